"""What a command of the record says where it could not do what it was asked, and with which exit code."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import SQLITE_ERROR
from typing import NamedTuple

from calc.cli.whole_file import BadOutput
from calc.record.refusals import NotSaved, NotSetUp
from calc.service.clock import BadSetting
from calc.store.copying import NoCopy
from calc.store.opening import RESTORE
from calc.store.sqlite import FAULTS, FILE, BadSettings, code_of, under
from calc.store.verify import Bad, verify
from calc.wording import cli_record as words

GOOD, FOUND_BAD, MISUSED, NOT_DONE = 0, 1, 2, 3


class Misused(Exception):
    """Arguments that do not go together, with a sentence that says so."""


class Told(NamedTuple):
    """A sentence, and the exit code."""

    text: str
    code: int


def told(fault: Exception, folder: Path | None) -> Told | None:
    """Return what is said of a fault of the record in a folder; None for a mistake of the program.

    What was changed by hand stops whatever reads it, in many ways: the chain then says where.
    """
    match fault:
        case Misused():
            return Told(str(fault), MISUSED)
        case Bad():
            return Told(words.BAD.format(where=fault.where, why=words.WHY[fault.what]), FOUND_BAD)
        case NotSaved():
            return Told(words.NOT_SAVED.format(why=words.NOT_SAVED_BY[fault.why]), NOT_DONE)
        case NotSetUp():
            return Told(needs(fault), NOT_DONE)
        case NoCopy():
            return Told(words.NO_COPY[fault.what], NOT_DONE)
        case BadSettings() | BadSetting() | BadOutput() | OSError():
            return Told(words.NOT_DONE.format(why=plain(fault)), NOT_DONE)
    is_known = isinstance(fault, FAULTS)
    found = None if folder is None or (is_known and code_of(fault) != SQLITE_ERROR) else _found(folder)
    if found is not None:
        return told(found, folder)
    return Told(words.NOT_DONE.format(why=plain(fault)), NOT_DONE) if is_known else None


def needs(fault: NotSetUp) -> str:
    """Return what is to be done first."""
    return words.GONE if fault.command == RESTORE else words.NOT_OPENED.format(command=fault.command)


def plain(fault: Exception) -> str:
    """Return what a fault says, in one line and without the numbers of the system.

    >>> plain(FileNotFoundError(2, "No such file or directory", "copy"))
    'No such file or directory: copy'
    """
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror if fault.filename is None else f"{fault.strerror}: {fault.filename}"
    return str(under(fault))


def _found(folder: Path) -> Bad | None:
    """Return the first thing that is wrong with the record in a folder; None where all of it is as it was written."""
    try:
        verify(folder / FILE)
    except Bad as bad:
        return bad
    except (*FAULTS, BadSettings, OSError):
        return None
    return None
