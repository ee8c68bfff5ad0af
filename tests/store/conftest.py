"""A folder for records, and a record."""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.store.places import memory
from tests.store.records import record_in


@pytest.fixture
def folder():
    made = Path(tempfile.mkdtemp(dir=memory()))
    yield made / "record"
    shutil.rmtree(made)


@pytest.fixture
def store(folder):
    opened = record_in(folder)
    yield opened
    opened.close()
