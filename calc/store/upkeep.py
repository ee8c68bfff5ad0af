"""Making a record, and bringing one to the schema of this program."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from calc.record.chain import Head
from calc.record.refusals import NotSetUp
from calc.store.door import WITNESS
from calc.store.migrations import migrate
from calc.store.opening import SETUP, revision_of
from calc.store.sqlite import FILE, WRITES, connected, engine_of
from calc.store.view_tables import VIEWS, VIEWS_VERSION
from calc.store.witness import Line, Witness, sync_folder


def make(folder: Path, witness: Path | None = None) -> bool:
    """Make an empty record in a folder, with its witness; return False where there is one already.

    Only its owner may enter the folder. A run that was ended early is taken up again. Raises `OSError`.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / FILE
    if not path.exists():
        os.chmod(folder, 0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        sync_folder(folder)
    with closing(connected(path)) as connection:
        if revision_of(connection) is not None:
            return False
    _migrate(path)
    seen = Witness(witness or folder / WITNESS)
    if not seen.exists():
        seen.begin(Line(Head()))
    return True


def upgrade(folder: Path) -> None:
    """Bring the durable tables to the schema of this program, and make all view tables anew; raises `NotSetUp`."""
    path = folder / FILE
    if not path.is_file():
        raise NotSetUp(SETUP)
    with closing(connected(path)) as connection:
        if revision_of(connection) is None:
            raise NotSetUp(SETUP)
    _migrate(path)


def _migrate(path: Path) -> None:
    engine = engine_of(path, None)
    try:
        with engine.connect() as connection:
            connection.execution_options(**{WRITES: True})
            with connection.begin():
                migrate(connection)
                make_views(connection)
    finally:
        engine.dispose()


def make_views(connection: Connection) -> None:
    """Make the view tables, empty, in the place of those that are there."""
    VIEWS.drop_all(connection)
    VIEWS.create_all(connection)
    connection.exec_driver_sql(f"PRAGMA user_version={VIEWS_VERSION}")
