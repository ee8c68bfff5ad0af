"""A folder for records: in memory where there is such a place, since each commit is synced."""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.store.records import record_in

MEMORY = Path("/dev/shm")


@pytest.fixture
def folder():
    made = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    yield made / "record"
    shutil.rmtree(made)


@pytest.fixture
def store(folder):
    opened = record_in(folder)
    yield opened
    opened.close()
