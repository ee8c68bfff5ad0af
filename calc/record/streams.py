"""The names of the streams: what an event of the record is of."""

from __future__ import annotations

#: What concerns the whole record, and what the name of a batch's stream begins with.
SITE, BATCH_STREAM = "site:main", "batch:"


def of_batch(number: str) -> str:
    """Return the stream of a batch.

    >>> of_batch("26-000123")
    'batch:26-000123'
    """
    return f"{BATCH_STREAM}{number}"
