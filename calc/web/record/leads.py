"""The way from the code on a paper to its batch."""

from __future__ import annotations

from calc.record.refusals import NotSaved
from calc.record.streams import of_batch
from calc.store.door import Store
from calc.web.pages.paper_code import Leads


def leads_of(store: Store) -> Leads:
    """Return what leads from plan ID and batch number of a paper to its batch, if the batch ever had that plan."""

    def leads(fingerprint: str, batch: str) -> str:
        try:
            with store.reading() as reading:
                events = reading.events(of_batch(batch))
        except NotSaved:  # the page of the code answers while the record cannot be read, too
            return ""
        had = {event.data["fingerprint"] for event in events if event.type == "batch.planned"}
        return f"/record/batches/{batch}" if fingerprint.replace(" ", "").upper() in had else ""

    return leads
