"""One record for a module of tests, or a new one for a test that changes who may do what."""

import pytest

from tests.support.record import RecordForTests


@pytest.fixture
def record(tmp_path_factory):
    made = RecordForTests()
    yield made
    made.close()
