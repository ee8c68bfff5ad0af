"""The states of a batch as chips, each a shape and a word, and what comes next in it."""

from __future__ import annotations

from typing import NamedTuple

from calc.record.batch.state import BatchStatus


class Chip(NamedTuple):
    """A state: its kind ("", "ok", "wait" or "stop"), its icon and its word."""

    kind: str
    icon: str
    word: str


CHIPS = {
    BatchStatus.OPEN: Chip("", "arrow", "Open"),
    BatchStatus.DUE: Chip("wait", "clock", "Due"),
    BatchStatus.HELD: Chip("stop", "triangle", "Held"),
    BatchStatus.MADE: Chip("wait", "clock", "Made"),
    BatchStatus.RELEASED: Chip("ok", "tick", "Released"),
    BatchStatus.REJECTED: Chip("stop", "triangle", "Rejected"),
    BatchStatus.CANCELLED: Chip("", "", "Canceled"),
    BatchStatus.EXHAUSTED: Chip("", "", "Used up"),
}
MATCHED, DIFFERS = Chip("ok", "tick", "Matched"), Chip("stop", "triangle", "Differs")
DUE, LOCKED, VOID = Chip("wait", "clock", "Due"), Chip("", "lock", "Locked"), Chip("", "", "Void")
PAST = Chip("stop", "triangle", "Past its date")
