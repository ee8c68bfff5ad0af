"""The durable tables as they began, with the triggers that guard them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from calc.store import guards

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_LONG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "event",
        sa.Column("seq", _LONG, primary_key=True, autoincrement=False),
        sa.Column("stream", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("prev", sa.CHAR(64), nullable=False, unique=True),
        sa.Column("hash", sa.CHAR(64), nullable=False),
        sa.UniqueConstraint("stream", "version"),
        sa.UniqueConstraint("request", "seq"),
    )
    op.create_table(
        "request",
        sa.Column("request", sa.Text, primary_key=True),
        sa.Column("digest", sa.CHAR(64), nullable=False),
        sa.Column("first", _LONG, nullable=False),
        sa.Column("last", _LONG, nullable=False),
    )
    op.create_table(
        "document",
        sa.Column("sha256", sa.CHAR(64), primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "reference",
        sa.Column("digest", sa.CHAR(64), primary_key=True),
        sa.Column("salt", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "credential",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.Text),
    )
    op.create_table(
        "session",
        sa.Column("hash", sa.CHAR(64), primary_key=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("device", sa.Text),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("seen", sa.Text, nullable=False),
        sa.Column("acted", sa.Text, nullable=False),
        sa.Column("ends", sa.Text, nullable=False),
        sa.Column("kept", sa.LargeBinary),
    )
    op.create_index("session_person", "session", ["person"])
    for name, holder in (("device", "device"), ("api_key", "key")):
        op.create_table(
            name,
            sa.Column("hash", sa.CHAR(64), primary_key=True),
            sa.Column(holder, sa.Text, nullable=False, unique=True),
        )
    guards.make(op.get_bind())
