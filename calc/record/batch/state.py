"""What is known of a batch: folded from its events, in their order."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique
from typing import Any, NamedTuple

from calc.arithmetic.units import Figure
from calc.planning.bench_bands import Bounds
from calc.planning.bench_codes import BenchCode
from calc.record.batch.codes import YES
from calc.record.envelope import By, Event

TWO_PERSONS, SELF_CHECK = "two persons", "self-check"
_CODES = {code.value: code for code in BenchCode}
#: Steps whose entry says what there is: the plan follows it, and so does the band.
_MEASURED = frozenset({BenchCode.COUNT_TABLETS, BenchCode.ALL_TABLETS, BenchCode.FULL_CAPSULES, BenchCode.EMPTY_SHELLS})
#: Masses that the plan takes over: once one is recorded, its target is the entry itself, and says nothing.
OWN_TARGET = frozenset({BenchCode.ALL_TABLETS, BenchCode.FULL_CAPSULES, BenchCode.EMPTY_SHELLS, BenchCode.TEN_SHELLS})

#: Steps by which all that is counted is weighed, too.
_WEIGHED = frozenset({BenchCode.ALL_TABLETS, BenchCode.FULL_CAPSULES})


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
    """One step of the work as planned, by its key: what it wants, its target, and its band in figures."""

    step: str
    what: str
    wants: str
    unit: str
    target: Figure | None
    low: Figure | None
    high: Figure | None

    @property
    def code(self) -> BenchCode:
        """The code of the step, without its number."""
        return _CODES[self.step.partition("-")[0]]

    def side_of(self, actual: Figure | None) -> int | None:
        """Return the side of the band that an amount is on; None where nothing bounds it, or where it is measured."""
        if actual is None or self.code in _MEASURED or (self.low is None and self.high is None):
            return None
        return Bounds(self.low, self.high).side_of(actual)


class Entry(NamedTuple):
    """What was recorded at a step. `actual` is None for a text or a tick; `side` is -1, 0 or 1 of the band.

    `text` is what was typed, of an amount with its unit; `replaced` are the sequences of earlier entries of the step.
    `shells` is how many shells were weighed together; None where none were, and of one that was recorded by itself.
    `passed` are stops of this amount that were overridden, as an order acknowledges them.
    """

    seq: int
    step: str
    actual: Figure | None
    text: str
    boat: str
    tare: Figure | None
    side: int | None
    by: By
    at: str
    done_at: str
    reading: str
    replaced: tuple[int, ...] = ()
    shells: int | None = None
    passed: tuple[Mapping[str, str], ...] = ()

    @property
    def code(self) -> BenchCode:
        """The code of its step."""
        return _CODES[self.step.partition("-")[0]]

    @property
    def day(self) -> str:
        """The day on which it was done."""
        return self.done_at[:10]


class TakenLot(NamedTuple):
    """A lot of a component that went into the batch; `expiry` is a day as 2027-05-31."""

    seq: int
    component: str
    maker: str
    lot: str
    expiry: str
    by: By
    at: str
    done_at: str = ""


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

    @property
    def matched(self) -> bool:
        """True if all values matched and nothing that they stood on was corrected since."""
        return not self.differ and not self.void


def voided(
    checks: tuple[CheckMade, ...], points: Collection[str], *, if_matched: bool = False
) -> tuple[CheckMade, ...]:
    """Return checks of which those at some points are void; `if_matched` leaves readings that differ as they are."""
    return tuple(
        each._replace(void=each.void or (each.point in points and (each.matched or not if_matched))) for each in checks
    )


class Out(NamedTuple):
    """A time in which a batch was released, as local times; `until` is blank as long as it is."""

    since: str
    until: str = ""

    def holds(self, at: str) -> bool:
        """Return True for a local time within it, its ends included."""
        return self.since <= at <= (self.until or at)


@dataclass(frozen=True, slots=True)
class BatchState:
    """A batch. `version` counts its events; `before_hold` is the status that a held one goes back to.

    `explained` are the steps with a deviation since their amount, or their band, changed last.
    `also_named` says, by value, what a container calls what the order names otherwise.
    `unread` are entries and lots that were recorded again or corrected since a second person read them.
    `order` is the tree of the order as understood, with the batch's number and no answers to questions; `base` is the
    one it was opened with. `source` is the kind of source; `careful` says why every drug mass is read twice.
    `mismatch` is the point whose two readings differ, `again` the names of values to be recorded again; `from_paper`
    says that some of it was written down later; `opened_at` is the day of opening, and its time if that is from paper.
    `out` are the times in which it was released. Amounts of what was made are capsules or milliliters; `back` is what
    came back and is not destroyed as "returned" yet: what is destroyed for another reason never left.
    """

    number: str
    version: int = 0
    status: BatchStatus = BatchStatus.OPEN
    before_hold: BatchStatus | None = None
    held_because: str = ""
    checking: str = TWO_PERSONS
    purpose: str = "one dispensing"
    container: str = ""
    order: Mapping[str, Any] = field(default_factory=dict)
    base: Mapping[str, Any] = field(default_factory=dict)
    preparation: str = "capsule"
    source: str = "tablet"
    careful: tuple[str, ...] = ()
    fingerprint: str = ""
    program: str = ""
    answer: str = ""
    changed_figures: bool = False
    opened_at: str = ""
    opened_by: By | None = None
    use_until: str | None = None
    targets: tuple[Target, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)
    lots: tuple[TakenLot, ...] = ()
    deviations: tuple[Event, ...] = ()
    explained: frozenset[str] = frozenset()
    checks: tuple[CheckMade, ...] = ()
    point_due: str | None = None
    mismatch: str | None = None
    makers: frozenset[str] = frozenset()
    checkers: frozenset[str] = frozenset()
    saw: frozenset[str] = frozenset()
    resolved_by: frozenset[str] = frozenset()
    also_named: Mapping[str, str] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    is_made: bool = False
    made: Figure | None = None
    planned: Figure | None = None
    dispensed: Figure | None = None
    destroyed: Figure | None = None
    returned: Figure | None = None
    back: Figure | None = None
    on_hand: Figure | None = None
    made_as: Event | None = None
    tests: tuple[Event, ...] = ()
    moves: tuple[Event, ...] = ()
    papers: tuple[Event, ...] = ()
    corrections: tuple[Event, ...] = ()
    released: Event | None = None
    out: tuple[Out, ...] = ()
    from_paper: bool = False

    @property
    def opened_on(self) -> str:
        """The day on which it was opened."""
        return self.opened_at[:10]

    def target(self, step: str) -> Target | None:
        """Return the step of this key; None if the work has none."""
        return next((each for each in self.targets if each.step == step), None)

    def side(self, step: str, actual: Figure | None) -> int | None:
        """Return the side of the band of a step that an amount is on; None where nothing bounds it."""
        target = self.target(step)
        return None if target is None else target.side_of(actual)

    def matched(self, point: str) -> bool:
        """Return True if a check at this point matched and stands."""
        return any(check.matched for check in self.checks if check.point == point)

    def tries(self, point: str) -> int:
        """Return how many readings at this point differ since the last one that matched, and are not resolved."""
        found = 0
        for check in self.checks:
            if check.point == point and not check.differ:
                found = 0
            elif check.point == point and not check.void:
                found += 1
        return found

    def lots_of(self, component: str) -> tuple[TakenLot, ...]:
        """Return the lots that were taken of a component."""
        return tuple(lot for lot in self.lots if lot.component == component)

    @property
    def number_on_label(self) -> int | None:
        """How many capsules its label states: those ordered, or those made if they are fewer; None for a liquid."""
        if self.is_liquid:
            return None
        ordered = int(self.order["quantity"])
        return ordered if self.made is None else min(ordered, self.made.value.numerator)

    @property
    def uses_all(self) -> bool:
        """True where all that is counted is used and none of it is weighed: the number has to be the one planned."""
        return not any(each.code in _WEIGHED for each in self.targets)

    @property
    def fails_test(self) -> bool:
        """True if a test of the batch fails, whatever others say: nothing of it is released or dispensed."""
        return any(test.data["passes"] != YES for test in self.tests)

    @property
    def has_draft(self) -> bool:
        """True if a deviation waits for a pharmacist's signature."""
        return any(each.signature is None for each in self.deviations)

    @property
    def is_liquid(self) -> bool:
        """True for a liquid."""
        return self.preparation == "liquid"

    @property
    def self_checked(self) -> bool:
        """True if one person makes and checks it, which is never called verification."""
        return self.checking == SELF_CHECK

    @property
    def is_out(self) -> bool:
        """True once it is released, as long as that stands: some of it may be out as it was planned then."""
        return not {self.status, self.before_hold}.isdisjoint({BatchStatus.RELEASED, BatchStatus.EXHAUSTED})

    @property
    def last_lock(self) -> bool:
        """True in a state that nothing leads out of."""
        return self.status in (BatchStatus.REJECTED, BatchStatus.CANCELLED)
