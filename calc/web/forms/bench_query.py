"""What is typed at the bench, in the query of a page: `bench-KEY`, `bench-KEY_unit` and `bench-KEY-done` of each step.

Page and sheet take these names; they belong to one dispensing, and no order, hash, code, label or endpoint has them.
"""

from __future__ import annotations

import re

from calc.faults import Fault, FaultCode
from calc.limits import MOST_AT_BENCH
from calc.orders.query import Pairs
from calc.planning.bench_entries import BENCH, KEY, TypedEntry
from calc.reading.numbers import parted, shortened
from calc.web.forms.query import filled_in

PREFIX, UNIT, DONE, TICKED = f"{BENCH}-", "_unit", "-done", "yes"
_NAME = re.compile(rf"{PREFIX}(?P<key>{KEY.pattern})(?P<end>{UNIT}|{DONE})?", re.ASCII)


def apart(pairs: Pairs) -> tuple[Pairs, Pairs]:
    """Return the pairs of the order, and those of the bench.

    >>> apart([("dose", "4.5"), ("bench-portion", "432"), ("bench-portion_unit", "mg")])
    ([('dose', '4.5')], [('bench-portion', '432'), ('bench-portion_unit', 'mg')])
    """
    at_bench = [pair for pair in pairs if pair[0].startswith(PREFIX)]
    return (pairs, []) if not at_bench else ([pair for pair in pairs if not pair[0].startswith(PREFIX)], at_bench)


def canonical(pairs: Pairs) -> Pairs:
    """Return the pairs of the bench trimmed, without blank ones, and without units that belong to none.

    A quantity that was typed whole into the box of its number is parted, and the unit typed there holds.

    >>> canonical([("bench-portion", "432 mg"), ("bench-portion_unit", "g"), ("bench-diluent_unit", "g")])
    [('bench-portion', '432'), ('bench-portion_unit', 'mg')]
    """
    filled = filled_in(pairs)
    values = dict(filled)
    kept: Pairs = []
    for name, value in filled:
        whole = parted(values.get(name.removesuffix(UNIT), ""))
        if name.endswith(UNIT):
            if name.removesuffix(UNIT) in values:
                kept.append((name, whole[1] if whole else value))
        elif whole and f"{name}{UNIT}" in values:
            kept.append((name, whole[0]))
        else:
            kept.append((name, value))
    return kept


def faults_of(pairs: Pairs) -> list[Fault]:
    """Return the faults of the names: unknown, twice, or too many; and of what is said of a tick."""
    if len(pairs) > MOST_AT_BENCH:
        return [Fault(FaultCode.LIST_TOO_LONG, BENCH, {"longest": MOST_AT_BENCH})]
    faults: dict[tuple[str, str], Fault] = {}
    seen: set[str] = set()
    for name, value in pairs:
        found, path = _NAME.fullmatch(name), name.replace("-", ".", 1)
        if found is None:
            faults[FaultCode.UNKNOWN_FIELD, path] = Fault(FaultCode.UNKNOWN_FIELD, path)
        elif name in seen:
            faults[FaultCode.DUPLICATE_FIELD, path] = Fault(FaultCode.DUPLICATE_FIELD, path)
        elif found["end"] == DONE and value.strip(" ") not in ("", TICKED):
            facts = {"typed": shortened(value), "choices": (TICKED,)}
            faults[FaultCode.UNKNOWN_CHOICE, path] = Fault(FaultCode.UNKNOWN_CHOICE, path, facts)
        seen.add(name)
    return list(faults.values())


def typed(pairs: Pairs) -> dict[str, TypedEntry]:
    """Return what was typed for each step, by its key, of canonical pairs without faults.

    >>> typed([("bench-aliquot-2", "0.24"), ("bench-aliquot-2_unit", "g"), ("bench-crush-done", "yes")])
    {'aliquot-2': TypedEntry(value='0.24', unit='g', done=False), 'crush': TypedEntry(value='', unit='', done=True)}
    """
    entries: dict[str, TypedEntry] = {}
    for name, value in pairs:
        found = _NAME.fullmatch(name)
        if found is None:
            continue
        entry = entries.get(found["key"], TypedEntry())
        if found["end"] == UNIT:
            entry = entry._replace(unit=value)
        elif found["end"] == DONE:
            entry = entry._replace(done=True)
        else:
            entry = entry._replace(value=value)
        entries[found["key"]] = entry
    return entries


def known(pairs: Pairs) -> Pairs:
    """Return the pairs with names of the bench, each name once, so that a page can send them again.

    >>> known([("bench-crush-done", "yes"), ("bench-crush-done", "yes"), ("bench-anything", "1")])
    [('bench-crush-done', 'yes')]
    """
    kept = {name: value for name, value in reversed(pairs[:MOST_AT_BENCH]) if _NAME.fullmatch(name)}
    return list(reversed(kept.items()))


def key_of(name: str) -> str:
    """Return the key of the step that a name is of; blank for another name.

    >>> key_of("bench-aliquot-2_unit"), key_of("dose")
    ('aliquot-2', '')
    """
    found = _NAME.fullmatch(name)
    return "" if found is None else found["key"]
