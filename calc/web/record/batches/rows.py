"""The work of a batch as rows: what is recorded at each step, by whom, and the boxes for what can be recorded now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from calc.arithmetic.units import Figure
from calc.record.batch import figures
from calc.record.batch.blending import additions
from calc.record.batch.points import is_recorded, lock_of, points_of
from calc.record.batch.state import OWN_TARGET, BatchState, Entry
from calc.record.words.readings import lower_first, of_shells, point_words
from calc.sheet.lines import NO_VERDICT, Action, Stage, Verdict
from calc.web.record.batches.acting import address_of
from calc.web.record.batches.boxes import BOX, may_again
from calc.web.record.batches.forms import StepsForm
from calc.web.record.batches.moments import done_time
from calc.web.record.batches.names import Names
from calc.web.record.batches.states import DUE, MATCHED, Chip
from calc.wording.bench_targets import RUNG_TOTAL


@dataclass(frozen=True, slots=True)
class Row:
    """One step: its words and target, what is recorded, and the fields where something can be recorded now."""

    key: str
    do: str
    hint: str
    target: str
    wants: str
    unit: str
    boxed: bool
    recorded: bool
    actual: str
    old: tuple[str, ...]
    who: str
    verdict: Verdict
    check: Chip | None
    again: str
    deviation: str
    box: Any
    unit_box: Any
    shells: Any
    override: Any
    tick: Any
    replaces: Any
    more: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class StageRows:
    """A stage: its rows, why it is locked (blank if it is not), and whether there are boxes and steps to be ticked."""

    key: str
    title: str
    rows: tuple[Row, ...]
    locked: str
    open: bool
    ticks: bool


@dataclass(frozen=True, slots=True)
class Work:
    """The work of one batch: its boxes, the values that were replaced or corrected, and whether one may record.

    `off` are the steps out of band whose deviation is not recorded yet; `stopped` is the box at which a reason would
    override what refused it. `additions` are those of the blend by what was weighed out: what is added, and the total.
    """

    state: BatchState
    form: StepsForm
    old: Mapping[str, tuple[str, ...]]
    writes: bool
    off: frozenset[str] = frozenset()
    stopped: str = ""
    additions: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def stages(self, work: tuple[Stage, ...]) -> Iterator[StageRows]:
        """Yield the stages that hold entries of the record."""
        for place, stage in enumerate(work, start=1):
            actions = [action for action in stage.actions if self._is_recorded(action.key)]
            if not actions:
                continue
            rows = tuple(self._row(action) for action in actions)
            opened = [row for row in rows if row.box or row.tick]
            lock = next((lock for action in actions if (lock := lock_of(self.state, action.key))), None)
            why = "" if lock is None else f"Locked until the {lower_first(point_words(lock).title)} matches."
            ticks = any(row.tick for row in opened)
            yield StageRows(str(place), stage.title, rows, why, bool(opened) and self.writes, ticks)

    def _is_recorded(self, key: str) -> bool:
        target = self.state.target(key)
        return target is not None and is_recorded(self.state, target)

    def _row(self, action: Action) -> Row:
        entry, box = self.state.entries.get(action.key), f"{BOX}{action.key}"
        own = entry is not None and entry.code in OWN_TARGET
        added, total = self.additions.get(action.key, (action.target, action.band))
        notes = [total, action.note, action.name if action.wants == "text" else ""]
        more = (self._field(f"{box}-{name}") for name in ("reason", "reading", "boat", "tare"))
        return Row(
            key=action.key,
            do=action.do,
            hint=" ".join(f"{note.rstrip('.:= ')}." for note in notes if note.strip()),
            target="" if own else added,
            wants=action.wants,
            unit=action.unit,
            boxed=action.boxed,
            recorded=entry is not None,
            actual=action.actual if entry is None else of_shells(action.actual, entry.shells),
            old=self.old.get(action.key, ()),
            who="" if entry is None else _who(entry),
            verdict=NO_VERDICT if entry is None or own else action.verdict,
            check=self._check(action.key, entry),
            again=self._again(action, entry),
            deviation=address_of(self.state.number, f"deviation?step={action.key}") if action.key in self.off else "",
            box=self._field(box),
            unit_box=self._field(f"{box}_unit"),
            shells=self._field(f"{box}-shells"),
            override=self._field("override") if box == self.stopped else None,
            tick=self._field(f"{box}-done"),
            replaces=self._field(f"{box}-replaces"),
            more=tuple(field for field in more if field is not None),
        )

    def _field(self, name: str) -> Any:
        return self.form[name] if self.writes and name in self.form else None

    def _check(self, key: str, entry: Entry | None) -> Chip | None:
        """Return whether a second person has compared an entry, or is about to."""
        points = [point for point in points_of(self.state) if key in point.needs]
        if entry is None or not points:
            return None
        if self.state.matched(points[0].key):
            return MATCHED
        return None if self.state.last_lock else DUE

    def _again(self, action: Action, entry: Entry | None) -> str:
        """Return the address at which a step can be recorded again; blank where it cannot."""
        key = action.key
        opened = f"{BOX}{key}" in self.form or f"{BOX}{key}-done" in self.form
        if entry is None or opened or not self.writes or action.wants == "tick" or not may_again(self.state, key):
            return ""
        return f"{address_of(self.state.number)}?again={key}#row-{key}"


def _who(entry: Entry) -> str:
    boat = f", boat {entry.boat}" if entry.boat else ""
    reading = f", {_READING[entry.reading]}" if entry.reading in _READING else ""
    return f"{entry.by.name}, {done_time(entry.done_at)}{boat}{reading}"


_READING = {"slip": "printed slip"}


def additions_said(state: BatchState, names: Names) -> dict[str, tuple[str, str]]:
    """Return what is added at each step of the blend and what is in the mortar then, by what was weighed out."""

    def said(mass: Figure) -> str:
        return names.amount(figures.written(mass))

    return {
        step: (said(each.add), "" if each.total is None else RUNG_TOTAL.format(total=said(each.total)))
        for step, each in additions(state).items()
    }
