"""A folder for records, and a record."""

import shutil
import tempfile
from pathlib import Path

import pytest

from calc.__main__ import main
from calc.record.envelope import Draft
from calc.store.settings import moment
from tests.store.batches import IN_CHARGE, PERSON, opened, written
from tests.store.places import memory
from tests.store.records import filled, record_in


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


@pytest.fixture
def said(capsys, folder, monkeypatch):
    """What a command says: its exit code, and what it writes to standard output and standard error."""
    monkeypatch.setenv("TRITURATE_DATA", str(folder))
    monkeypatch.delenv("TRITURATE_WITNESS", raising=False)

    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def kept(folder):
    """A record with one who is in charge, two batches and some notes."""
    store = record_in(folder, moment)
    site = Draft("site:main", "setting.changed", {"name": "pharmacy", "old": "", "new": "Test Pharmacy", "reason": ""})
    written(store, "people", site, Draft("person:i1", "person.added", PERSON), by=IN_CHARGE)
    written(store, "one", *opened("26-000001"))
    written(store, "two", *opened("26-000002", drug="=cmd"))
    filled(store, 4).close()
    return folder
