"""Checks by a second person, who sees no figure: made, shown instead, and resolved where two readings differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from calc import limits
from calc.faults import FaultCode
from calc.library import Library
from calc.record.batch.acts import Check, Resolve, ShowFigures
from calc.record.batch.asking import Asking, Decision
from calc.record.batch.back import is_stopped
from calc.record.batch.bench_order import part_of
from calc.record.batch.blind import again_after, differing, read_values
from calc.record.batch.codes import BOTH_RIGHT, CANNOT_TELL, FINDINGS, FIRST_WRONG, Why
from calc.record.batch.points import MIXING, RELEASE, Point, missing_at, point_named
from calc.record.batch.second import follows
from calc.record.batch.state import SELF_CHECK, TWO_PERSONS, BatchState, BatchStatus, CheckMade
from calc.record.batch.typed import Typed
from calc.record.batch.values import NAME, stands_on, values_of, was_read_before
from calc.record.envelope import Draft
from calc.record.stamp import read_at

#: Why the program holds a batch by itself.
BY_MISMATCH, BY_FINGERPRINT = "two readings differ", "the program computes otherwise"


def check(asking: Asking[Check]) -> Decision:
    """Compare what was read at a point, all values together. Nothing but the names of those that differ is told."""
    point = point_named(asking.state, asking.act.point)
    if point is None:
        raise asking.refused(Why.NO_SUCH_POINT, "point")
    may_check(asking, point)
    return Decision(check_at(asking, point, asking.act.values))


def may_check(asking: Asking[Any], point: Point) -> None:
    """Raise `ActRefused` unless a point is due, its evidence is there, and this person may read it."""
    state = asking.state
    if state.point_due != point.key:
        raise asking.refused(Why.NOT_DUE, "point", missing=missing_at(state, point), due=state.point_due)
    may_read_at(asking, point)


def may_read_at(asking: Asking[Any], point: Point) -> None:
    """Raise `ActRefused` unless this person may read what stands at a point now, and it is all there."""
    state = asking.state
    may_read(asking)
    if point.key == RELEASE:
        has_waited(asking)
    if not was_read_before(state, point):
        raise asking.refused(Why.EVIDENCE_GONE, "point")
    if point.key.startswith(MIXING) and is_stopped(state, asking.library):
        raise asking.refused(Why.DOSE_OFF, "point")


def has_waited(asking: Asking[Any]) -> None:
    """Raise `ActRefused` for who reads alone what she made just before, and did nothing else since."""
    state = asking.state
    if not state.self_checked or asking.person not in state.makers or state.made_as is None:
        return
    if seconds_between(state.made_as.at, asking) < limits.SELF_CHECK_MINUTES * 60 and not asking.elsewhere():
        raise asking.refused(Why.TOO_SOON, minutes=limits.SELF_CHECK_MINUTES)


def may_read(asking: Asking[Any]) -> None:
    """Raise `ActRefused` for a maker, unless the batch is checked by its maker, and for who has seen the figures."""
    state = asking.state
    if asking.person in state.makers:
        if not state.self_checked:
            raise asking.refused(Why.MAKER_CHECKS)
    elif asking.person in state.saw:
        raise asking.refused(Why.SAW_FIGURES)


def check_at(asking: Asking[Any], point: Point, values: Mapping[str, str]) -> tuple[Draft, ...]:
    """Return the events of a reading at a point: what it found, and that the batch is held, if it is."""
    state = asking.state
    read = read_values(state, point, values)
    differ = differing(state, point, read, asking.library)
    attempt = state.tries(point.key) + 1
    by_maker = state.self_checked and asking.person in state.makers
    data = {
        "point": point.key,
        "attempt": attempt,
        "values": [
            {"name": each.name, "value": values[each.name].strip(" "), "read_from": each.read_from}
            for each in values_of(state, point)
        ],
        "outcome": "differ" if differ else "match",
        "differ": list(differ),
        "checking": SELF_CHECK if by_maker else TWO_PERSONS,
        "interval": _seconds_since(asking, point),
    }
    drafts = [asking.draft("check.made", data)]
    if differ and attempt >= limits.MOST_ATTEMPTS:
        drafts.append(held(asking, BY_MISMATCH))
    elif not differ and not follows(state, read, asking.library):
        drafts.append(held(asking, BY_FINGERPRINT))
    return tuple(drafts)


def held(asking: Asking[Any], why: str, text: str = "") -> Draft:
    """Return the event of a batch that the program holds by itself."""
    return replace(asking, late=None).draft("batch.held", {"reason": why, "text": text, "by": "program"}, signed=False)


def _seconds_since(asking: Asking[Any], point: Point) -> int | None:
    """Return the whole seconds since the last value of a point was recorded."""
    state, names = asking.state, stands_on(asking.state, point)
    times = [entry.at for step, entry in state.entries.items() if step in names]
    times += [lot.at for lot in state.lots if f"lot.{lot.component}" in names]
    if state.made_as is not None and "made" in names:
        times.append(state.made_as.at)
    return seconds_between(max(times), asking) if times else None


def seconds_between(at: str, asking: Asking[Any]) -> int:
    """Return the whole seconds from the time of an event to the moment of the act."""
    return (asking.moment.at - read_at(at)) // timedelta(seconds=1)


def show_figures(asking: Asking[ShowFigures]) -> Decision:
    """Note that somebody sees the figures, who cannot check this batch any more."""
    state = asking.state
    if asking.person in state.makers | state.saw:
        raise asking.refused(Why.NOTHING_CHANGED)
    return Decision((asking.draft("figures.shown", {"point": state.point_due}, signed=False),))


def resolve(asking: Asking[Resolve]) -> Decision:
    """Say which of two readings was wrong. No figure is chosen: what was wrong is read again, and all is compared.

    Where two names of one thing differ, both may be right: then the one that was read counts as its name, too, and who
    has found that saw no figure, so that she may read all of it again.
    """
    act, state, typed = asking.act, asking.state, Typed()
    if state.status is not BatchStatus.HELD or state.mismatch is None:
        raise asking.refused(Why.NO_MISMATCH)
    if asking.person in state.makers and not state.self_checked:
        raise asking.refused(Why.MAKER_CHECKS)
    finding = typed.chosen("finding", act.finding, FINDINGS)
    reason = asking.reason(typed, "resolve", act.reason, act.text)
    if act.finish not in ("", SELF_CHECK):
        typed.fault(FaultCode.UNKNOWN_CHOICE, "finish", typed=act.finish, choices=(SELF_CHECK,))
    typed.done()
    if act.finish and not asking.settings.self_check_allowed:
        raise asking.refused(Why.SELF_CHECK_NOT_ALLOWED, "finish")
    again: frozenset[str] = frozenset()
    if finding == FIRST_WRONG:
        again = _again(asking, state.mismatch)
    named = named_otherwise(state, asking.library) if finding == BOTH_RIGHT else {}
    if finding == BOTH_RIGHT and not named:
        raise asking.refused(Why.NOT_NAMES, "finding")
    data = {
        "point": state.mismatch,
        "finding": finding,
        **reason,
        "again": sorted(again),
        "names": named,
        "checking": state.checking if finding == CANNOT_TELL else act.finish or state.checking,
    }
    resolved = asking.draft("mismatch.resolved", data)
    if finding != CANNOT_TELL:
        return Decision((resolved,))
    return Decision((resolved, asking.draft("batch.rejected", {"reason": CANNOT_TELL, "text": reason["text"]})))


def _again(asking: Asking[Resolve], key: str) -> frozenset[str]:
    """Return what has to be recorded again. Raises `ActRefused` if the order itself is wrong."""
    state, point = asking.state, point_named(asking.state, key)
    last = _last_that_differs(state, key)
    again, possible = (frozenset[str](), False) if point is None else again_after(state, point, last.differ)
    if not possible:
        raise asking.refused(Why.REJECT_INSTEAD, "finding")
    return again


def named_otherwise(state: BatchState, library: Library) -> dict[str, str]:
    """Return how a second person names what the record names otherwise, by value; nothing if anything else differs.

    Nor is it anything if the tables know the names as two products, or a number was read that the record's name does
    not have: a grade or a strength (PH-102, 10 %), of which nobody picks one.
    """
    if state.mismatch is None:
        return {}
    last = _last_that_differs(state, state.mismatch)
    names = {name: last.values[name].strip(" ") for name in last.differ if name.endswith(NAME)}
    known = {name: part_of(state.order, name.removesuffix(NAME))["name"] for name in names}
    apart = [name for name in names if not library.printed_names.may_be_one(known[name], names[name])]
    return names if len(names) == len(last.differ) and not apart else {}


def _last_that_differs(state: BatchState, key: str) -> CheckMade:
    """Return the last reading at a point that differs."""
    return next(each for each in reversed(state.checks) if each.point == key and each.differ)
