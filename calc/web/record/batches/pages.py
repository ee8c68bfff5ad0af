"""The modules that hold the pages of a batch. To be imported is all that they need."""

from __future__ import annotations

from calc.web.record.batches import (
    acts,
    checking,
    correcting,
    difference,
    findings,
    listing,
    opening,
    page,
    references,
    releasing,
    start,
)

PAGES = (start, listing, opening, page, acts, checking, difference, releasing, correcting, findings, references)
