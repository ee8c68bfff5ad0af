"""One record for the tests of a module that change nothing of each other, or a new one for a test by itself."""

import pytest

from tests.support.record import RecordForTests


@pytest.fixture(scope="module")
def shop():
    """The record of a module."""
    made = RecordForTests()
    yield made
    made.close()


@pytest.fixture
def record():
    """A record of its own."""
    made = RecordForTests()
    yield made
    made.close()
