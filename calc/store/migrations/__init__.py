"""Migrations of the durable tables. View tables have none: they are made anew from the events."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

#: The last revision of the durable tables; a test holds it to the scripts.
SCHEMA = "0001"
FOLDER = Path(__file__).parent


def migrate(connection: Connection) -> None:
    """Bring the durable tables of a connection to the last revision, in its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
