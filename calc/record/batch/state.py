"""What is known of a batch: folded from its events, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique
from typing import Any, NamedTuple

from calc.arithmetic.units import Figure
from calc.record.envelope import By, Event


@unique
class BatchStatus(StrEnum):
    """Where a batch stands."""

    OPEN = "open"
    DUE = "due for a check"
    HELD = "held"
    MADE = "made"
    RELEASED = "released"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    EXHAUSTED = "used up"


class Target(NamedTuple):
    """One step of the work as planned: what it wants, its target and bounds in figures, and the point that locks it."""

    step: str
    what: str
    wants: str
    unit: str
    target: Figure | None
    low: Figure | None
    high: Figure | None


class Entry(NamedTuple):
    """What was recorded at a step. `actual` is None for a text or a tick; `side` is -1, 0 or 1 of the band."""

    seq: int
    step: str
    actual: Figure | None
    text: str
    boat: str
    tare: Figure | None
    side: int | None
    by: By
    at: str
    day: str
    reading: str
    replaced: tuple[int, ...] = ()


class TakenLot(NamedTuple):
    """A lot of a component that went into the batch."""

    seq: int
    component: str
    maker: str
    lot: str
    expiry: str
    by: By
    at: str


class CheckMade(NamedTuple):
    """A check that was made at a point: its attempt, and the names of the values that differ (none: all match)."""

    seq: int
    point: str
    attempt: int
    differ: tuple[str, ...]
    values: Mapping[str, str]
    by: By
    at: str
    void: bool = False


@dataclass(frozen=True, slots=True)
class BatchState:
    """A batch. `version` counts its events; `before_hold` is the status that a held one goes back to.

    `order` is the tree of the order as understood, with the batch's number and no answers to questions.
    """

    number: str
    version: int = 0
    status: BatchStatus = BatchStatus.OPEN
    before_hold: BatchStatus | None = None
    checking: str = "two persons"
    purpose: str = "one dispensing"
    container: str = ""
    order: Mapping[str, Any] = field(default_factory=dict)
    preparation: str = "capsule"
    fingerprint: str = ""
    program: str = ""
    answer: str = ""
    opened_on: str = ""
    opened_by: By | None = None
    use_until: str | None = None
    targets: tuple[Target, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)
    lots: tuple[TakenLot, ...] = ()
    deviations: tuple[Event, ...] = ()
    checks: tuple[CheckMade, ...] = ()
    point_due: str | None = None
    makers: frozenset[str] = frozenset()
    checkers: frozenset[str] = frozenset()
    saw: frozenset[str] = frozenset()
    resolved_by: frozenset[str] = frozenset()
    made: int | None = None
    planned: int | None = None
    on_hand: Figure | None = None
    tests: tuple[Event, ...] = ()
    moves: tuple[Event, ...] = ()
    papers: tuple[Event, ...] = ()
    corrections: tuple[Event, ...] = ()
    released: Event | None = None
