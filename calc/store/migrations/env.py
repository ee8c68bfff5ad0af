"""What Alembic runs for a migration: on the connection that it is given, in the transaction that is open there."""

from __future__ import annotations

from alembic import context


def run() -> None:
    """Run the revisions that are missing."""
    context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # as Alembic loads this file
    run()
