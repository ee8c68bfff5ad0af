"""What an entry of a batch is, by the type of its event, without any figure."""

from __future__ import annotations

#: What was done, by the type of the event, without any figure.
TITLES = {
    "batch.opened": "opened the batch",
    "batch.planned": "planned the order",
    "lot.taken": "took a lot",
    "amount.recorded": "recorded an amount",
    "count.recorded": "recorded a count",
    "step.done": "recorded a step",
    "deviation.recorded": "recorded a deviation",
    "check.made": "made a check",
    "figures.shown": "looked at the figures, and cannot check this batch",
    "mismatch.resolved": "resolved a difference",
    "batch.made": "signed the batch as made",
    "test.recorded": "recorded a test",
    "batch.held": "held the batch",
    "batch.freed": "took the batch out of hold",
    "batch.released": "released the batch",
    "batch.rejected": "rejected the batch",
    "batch.cancelled": "canceled the batch",
    "sheet.printed": "printed a sheet",
    "label.printed": "printed labels",
    "record.printed": "printed the record",
    "batch.dispensed": "dispensed",
    "batch.returned": "took back",
    "batch.destroyed": "destroyed",
    "batch.counted": "counted",
    "entry.corrected": "corrected an entry",
}
