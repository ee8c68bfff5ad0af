"""The durable tables of the record: events, documents, and what is kept beside the chain so that it can be removed."""

from __future__ import annotations

from sqlalchemy import CHAR, BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

DURABLE = MetaData()

EVENT = Table(
    "event",
    DURABLE,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("stream", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("prev", CHAR(64), nullable=False, unique=True),
    Column("hash", CHAR(64), nullable=False),
    UniqueConstraint("stream", "version"),
    UniqueConstraint("request", "seq"),
)
#: The digest of what was sent with a request, and the first and last event that it wrote.
REQUEST = Table(
    "request",
    DURABLE,
    Column("request", Text, primary_key=True),
    Column("digest", CHAR(64), nullable=False),
    Column("first", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    Column("last", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
)
DOCUMENT = Table(
    "document",
    DURABLE,
    Column("sha256", CHAR(64), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)
REFERENCE = Table(
    "reference",
    DURABLE,
    Column("digest", CHAR(64), primary_key=True),
    Column("salt", Text, nullable=False),
    Column("text", Text, nullable=False),
)
CREDENTIAL = Table(
    "credential",
    DURABLE,
    Column("person", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("failures", Integer, nullable=False, default=0),
    Column("locked_until", Text),
)
SESSION = Table(
    "session",
    DURABLE,
    Column("hash", CHAR(64), primary_key=True),
    Column("person", Text, nullable=False),
    Column("device", Text),
    Column("token", Text, nullable=False),
    Column("seen", Text, nullable=False),
    Column("acted", Text, nullable=False),
    Column("ends", Text, nullable=False),
    Column("kept", LargeBinary),
    Index("session_person", "person"),
)
DEVICE = Table(
    "device",
    DURABLE,
    Column("hash", CHAR(64), primary_key=True),
    Column("device", Text, nullable=False, unique=True),
)
API_KEY = Table(
    "api_key",
    DURABLE,
    Column("hash", CHAR(64), primary_key=True),
    Column("key", Text, nullable=False, unique=True),
)
