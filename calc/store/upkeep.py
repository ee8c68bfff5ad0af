"""Making a record, and bringing one to the schema of this program."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection

from calc.record.chain import Head
from calc.record.refusals import NotSetUp
from calc.store.disk import sync_folder
from calc.store.migrations import migrate
from calc.store.opening import RESTORE, SETUP, refuse_network_drive, refuse_newer, revision_of, was_here
from calc.store.rebuilding import rebuild
from calc.store.sqlite import FILE, WRITES, connected, engine_of
from calc.store.view_tables import VIEWS, VIEWS_VERSION
from calc.store.witness import Line, witness_of

#: Says that the view tables are made, and of which version.
MADE = f"PRAGMA user_version={VIEWS_VERSION}"


def make(folder: Path, witness: Path | None = None) -> bool:
    """Make an empty record in a folder, with its witness; return False where there is one already.

    Only its owner may enter a folder that was made for it, or was empty. A run that was ended early is taken up again.
    Raises `NotSetUp` where the witness has seen a record that is not there, `BadSetting`, `OSError`.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    refuse_network_drive(folder)
    path, seen = folder / FILE, witness_of(folder, witness)
    if has_tables(path):
        return False
    if was_here(folder, seen):
        raise NotSetUp(RESTORE)
    if not any(folder.iterdir()):
        os.chmod(folder, 0o700)
    if not seen.exists():
        seen.begin(Line(Head()))
    make_file(path)
    with writing_alone(path) as connection:
        migrate(connection)
        make_views(connection)
        connection.exec_driver_sql(MADE)
    return True


def upgrade(folder: Path) -> None:
    """Bring the durable tables to the schema of this program, and make all view tables anew.

    A run that was ended early is taken up again: only a whole one says that the view tables are made. Raises
    `NotSetUp`, and `BadSettings` for a record of a newer version.
    """
    path = folder / FILE
    if not has_tables(path):
        raise NotSetUp(SETUP)
    with closing(connected(path)) as opened:
        refuse_newer(opened)
    with writing_alone(path) as connection:
        migrate(connection)
        connection.exec_driver_sql("PRAGMA user_version=0")
        make_views(connection)
    rebuild(lambda: writing_alone(path))
    with writing_alone(path) as connection:
        connection.exec_driver_sql(MADE)


def make_file(path: Path) -> bool:
    """Make an empty file that only its owner may read; return False where there is one."""
    if path.exists():
        return False
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    sync_folder(path.parent)
    return True


def has_tables(path: Path) -> bool:
    """Return whether there is a file that holds a record, of whatever schema."""
    if not path.exists():
        return False
    with closing(connected(path)) as connection:
        return revision_of(connection) is not None


@contextmanager
def writing_alone(path: Path) -> Iterator[Connection]:
    """Yield a connection without an authorizer, in a transaction that writes."""
    engine = engine_of(path, None)
    try:
        with engine.connect() as connection:
            connection.execution_options(**{WRITES: True})
            with connection.begin():
                yield connection
    finally:
        engine.dispose()


def make_views(connection: Connection) -> None:
    """Make the view tables, empty, in the place of those that are there."""
    VIEWS.drop_all(connection)
    VIEWS.create_all(connection)
