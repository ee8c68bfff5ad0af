"""The names of the streams: what an event of the record is of."""

from __future__ import annotations

import re

#: What concerns the whole record, and what the name of a batch's stream begins with.
SITE, BATCH_STREAM = "site:main", "batch:"
#: The number of a batch: its year, and which one of that year it is.
NUMBER = re.compile(r"[0-9]{2}-[0-9]{6}", re.ASCII)


def of_batch(number: str) -> str:
    """Return the stream of a batch.

    >>> of_batch("26-000123")
    'batch:26-000123'
    """
    return f"{BATCH_STREAM}{number}"
