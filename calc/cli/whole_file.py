"""A file that is either written whole or stays as it was."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from calc.store.disk import sync_folder
from calc.wording import cli as words

#: Letters of a file's name that the name of its unfinished copy repeats.
MOST_LETTERS = 60


class BadOutput(Exception):
    """The file cannot be written where it was asked for."""


@contextmanager
def written_whole(name: str, *, follow: bool) -> Iterator[IO[bytes]]:
    """Yield a file beside the one named, and put it in its place once all of it is written and on the disk.

    If anything is raised, an interruption too, the unfinished copy is removed and an older file stays as it was. A
    symbolic link is only followed if asked. A pipe or a device is written to directly. Raises `BadOutput`, `OSError`.
    """
    path = Path(name)
    if path.is_symlink():
        if not follow:
            raise BadOutput(words.LINK.format(name=name))
        path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        with open(path, "wb") as out:
            yield out
        return
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:MOST_LETTERS]}.", suffix=".part")
    try:
        with open(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.chmod(beside, mode)
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise
    sync_folder(path.parent)


def _umask() -> int:
    """Return the bits that a new file of this process does not get; they can only be read by setting them."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
