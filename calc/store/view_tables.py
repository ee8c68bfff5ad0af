"""View tables: made from the events, in the transaction that writes them, and at any time once more.

They answer lists and searches, and hold by their keys what must hold against a race: one person has one part in a
batch, a check of a batch by two persons is a checker's, and each point has one check that counts.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

#: Counted up whenever a view table, or how it is filled, changes: `triturate upgrade` then makes all of them anew. A
#: test holds what is listed of recorded events against it.
VIEWS_VERSION = 2

VIEWS = MetaData()

#: What the log is searched by.
LOG = Table(
    "log",
    VIEWS,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("type", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("person", Text, nullable=False),
    Index("log_type", "type", "seq"),
    Index("log_day", "day", "seq"),
    Index("log_person", "person", "seq"),
)
BATCH = Table(
    "batch",
    VIEWS,
    Column("number", Text, primary_key=True),
    Column("checking", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("drug", Text, nullable=False),
    Column("preparation", Text, nullable=False),
    Column("due", Text),
    Column("use_until", Text),
    #: What is there, in whole capsules or microliters.
    Column("on_hand", BigInteger),
    Column("version", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    UniqueConstraint("number", "checking"),
    CheckConstraint("checking IN ('two persons', 'self-check')", name="batch_checking"),
    CheckConstraint("on_hand >= 0", name="batch_on_hand"),
    Index("batch_state", "state", "number"),
    Index("batch_day", "day", "number"),
    Index("batch_drug", "drug", "number"),
)
BATCH_PERSON = Table(
    "batch_person",
    VIEWS,
    Column("batch", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("part", Text, nullable=False),
    UniqueConstraint("batch", "person", "part"),
    CheckConstraint("part IN ('maker', 'checker', 'saw')", name="batch_person_part"),
    ForeignKeyConstraint(["batch"], ["batch.number"]),
)
BATCH_CHECK = Table(
    "batch_check",
    VIEWS,
    Column("batch", Text, primary_key=True),
    Column("point", Text, primary_key=True),
    Column("checking", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("part", Text, nullable=False),
    ForeignKeyConstraint(
        ["batch", "person", "part"], ["batch_person.batch", "batch_person.person", "batch_person.part"]
    ),
    ForeignKeyConstraint(["batch", "checking"], ["batch.number", "batch.checking"]),
    CheckConstraint(
        "checking = 'two persons' AND part = 'checker' OR checking = 'self-check' AND part = 'maker'",
        name="batch_check_part",
    ),
)
