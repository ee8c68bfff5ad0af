"""What is looked at before a record is used: its place, its schema, its guards, and what the witness saw."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select

from calc.record.chain import Head
from calc.record.refusals import NotSetUp
from calc.service.clock import BadSetting
from calc.store.guards import TRIGGERS
from calc.store.migrations import SCHEMA
from calc.store.sqlite import FILE, BadSettings, connected
from calc.store.states import event_of
from calc.store.tables import EVENT
from calc.store.view_tables import LOG, VIEWS_VERSION
from calc.store.witness import Line, Witness
from calc.store.writing import head_of

SETUP, UPGRADE = "triturate setup", "triturate upgrade"
#: What helps where the record is gone that a witness has seen: a new one in its place would be another.
RESTORE = "triturate restore FILE"
#: File systems on other computers: their locks cannot be relied on.
NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.glusterfs", "davfs"}
)
#: Where a record is made from a copy, in its folder: it takes its place as a whole, or not at all.
APART = "restoring"
#: The events that a record was made from a copy, and that somebody has signed for what its witness saw more.
RESTORED, FORKED = "record.restored", "record.forked"
_MOUNTS = Path("/proc/self/mounts")


class Gap(NamedTuple):
    """The head of the record, and the higher or other one that the witness saw, with its highest batch number."""

    record: Head
    witness: Head
    number: str


def guarded(folder: Path, witness: Witness) -> bool:
    """Return whether the record in a folder has all its guards; raises `NotSetUp`, `BadSetting`, `BadSettings`."""
    path = folder / FILE
    if not path.is_file():
        raise missing(folder, witness)
    refuse_network_drive(folder)
    with closing(connected(path)) as connection:
        if (revision := revision_of(connection)) is None:
            raise missing(folder, witness)
        refuse_newer(connection)
        if (revision, views_version(connection)) != (SCHEMA, VIEWS_VERSION):
            raise NotSetUp(UPGRADE)
        found = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return found == TRIGGERS


def missing(folder: Path, witness: Witness) -> NotSetUp:
    """Return what helps where there is no record in a folder: to restore the one that was here, or a new one."""
    return NotSetUp(RESTORE if was_here(folder, witness) else SETUP)


def was_here(folder: Path, witness: Witness) -> bool:
    """Return whether a witness knows of an event, or a restoring in a folder was not brought to its end."""
    line = witness.last() if witness.exists() else None
    return (line is not None and line.head != Head()) or (folder / APART).exists()


def refuse_newer(connection: sqlite3.Connection) -> None:
    """Raise `BadSettings` for a record that this program is too old for."""
    if (revision_of(connection) or "") > SCHEMA or views_version(connection) > VIEWS_VERSION:
        raise BadSettings("the record is of a newer version of the program: install that one")


def views_version(connection: sqlite3.Connection) -> int:
    """Return the version of the view tables; 0 where they are not filled."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_network_drive(folder: Path) -> None:
    """Raise `BadSetting` for a folder on another computer."""
    if (kind := network_drive(folder)) is not None:
        raise BadSetting(f"TRITURATE_DATA: {folder} is on a network drive ({kind}), whose locks cannot be relied on")


def revision_of(connection: sqlite3.Connection) -> str | None:
    """Return the revision of the durable tables; None where there are none."""
    with suppress(sqlite3.OperationalError):
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])
    return None


def gap_between(connection: Connection, line: Line | None) -> Gap | None:
    """Return what the last line of a witness saw that the record does not hold; None where it holds that."""
    head, _ = head_of(connection)
    if line is None or line.head == Head():
        return None
    query = select(EVENT.c.hash).where(EVENT.c.seq == line.head.seq)
    if connection.execute(query).scalar() == line.head.hash:
        return None
    return Gap(head, line.head, line.number)


def went_above(connection: Connection) -> str:
    """Return the highest number of a batch that was lost, and that this record went above; blank for none."""
    query = select(EVENT.c.body).join(LOG, LOG.c.seq == EVENT.c.seq).where(LOG.c.type.in_((RESTORED, FORKED)))
    return max((str(event_of(row.body).data["number"]) for row in connection.execute(query)), default="")


def network_drive(folder: Path) -> str | None:
    """Return the kind of file system that a folder is on, if it is one of another computer; None where unknown."""
    try:
        mounts = [line.split(" ") for line in _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return None
    at = folder.resolve()
    under = [(len(place), kind) for _, place, kind, *_ in mounts if at.is_relative_to(place.replace("\\040", " "))]
    kind = max(under, default=(0, ""))[1]
    return kind if kind in NETWORK else None
