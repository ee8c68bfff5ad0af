"""The witness: a text file outside the database with a line for each commit, so that a cut or exchanged record is seen.

A line holds the sequence of the last event, its hash, and the highest number of a batch so far. It is written after the
commit and before the answer: it may lag by a line, and never leads.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from calc.record.chain import Head
from calc.store.disk import sync_folder

#: The name of the witness in the folder of the record, where it is not kept elsewhere.
NAME = "heads.txt"
NO_NUMBER = "-"
_LINE = re.compile(r"([0-9]{1,18}) ([0-9a-f]{64}) ([0-9]{2}-[0-9]{6,}|-)\n")
#: What a line can be that a crash cut off, and the line end that was set behind it later.
_TORN = re.compile(r"[0-9]{1,18}( [0-9a-f]{0,64}( [0-9-]*)?)?\n?")
#: Bytes at the end of the file among which the last line is looked for; other processes may have written beside us.
_TAIL = 64 * 1024


class Line(NamedTuple):
    """A line of the witness; `number` is blank before there is a batch."""

    head: Head
    number: str = ""

    def written(self) -> bytes:
        """Return the line as it stands in the file."""
        return f"{self.head.seq} {self.head.hash} {self.number or NO_NUMBER}\n".encode("ascii")


class Witness:
    """The file of the witness at a place."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def exists(self) -> bool:
        """Return whether there is a witness."""
        return self.path.is_file()

    def begin(self, line: Line) -> None:
        """Begin a new witness with a line; raises `OSError`, also where there is one."""
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            self.add(handle, line)
        finally:
            os.close(handle)
        sync_folder(self.path.parent)

    def opened(self) -> int:
        """Return the file opened for a line, or raise `OSError`: before a commit, so that none is made without it."""
        handle = os.open(self.path, os.O_RDWR | os.O_APPEND)
        try:
            size = os.fstat(handle).st_size
            if size and os.pread(handle, 1, size - 1) != b"\n":
                os.write(handle, b"\n")  # a crash has cut the line before: it gets an end of its own
        except OSError:
            os.close(handle)
            raise
        return handle

    def add(self, handle: int, line: Line) -> None:
        """Write a line and bring it to the disk; raises `OSError`."""
        text = line.written()
        if os.write(handle, text) != len(text):
            raise OSError("a line of the witness was cut")
        os.fsync(handle)

    def last(self) -> Line | None:
        """Return the line of the highest event near the end of the file, with the highest number; None without one."""
        with open(self.path, "rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _TAIL))
            lines = [line for text in file if (line := read(text)) is not None]
        if not lines:
            return None
        return Line(max(lines, key=lambda line: line.head.seq).head, max(line.number for line in lines))

    def lines(self) -> Iterator[tuple[int, Line | None]]:
        """Yield the number and content of each line, None for one that says nothing and is not just cut off."""
        with open(self.path, "rb") as file:
            for at, text in enumerate(file, 1):
                line = read(text)
                if line is not None or not _TORN.fullmatch(text.decode("latin-1")):
                    yield at, line

    def set_aside(self) -> Path:
        """Give the file another name beside it, so that a new witness can begin; return that name."""
        last = self.last()
        ending = "unreadable" if last is None else f"{last.head.seq}-{last.head.hash[:8]}"
        aside = self.path.with_name(f"{self.path.stem}-{ending}{self.path.suffix}")
        os.rename(self.path, aside)
        sync_folder(self.path.parent)
        return aside


def witness_of(folder: Path, elsewhere: Path | None = None) -> Witness:
    """Return the witness of the record in a folder: in that folder, or where else it is kept."""
    return Witness(elsewhere or folder / NAME)


def read(text: bytes) -> Line | None:
    r"""Return what a line of the file says, or None.

    >>> read(b"12 " + b"0" * 64 + b" 26-000123\n").number
    '26-000123'
    """
    match = _LINE.fullmatch(text.decode("latin-1"))
    if match is None:
        return None
    return Line(Head(int(match[1]), match[2]), "" if match[3] == NO_NUMBER else match[3])
