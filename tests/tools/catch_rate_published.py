"""Slips of the typing hand in orders of published formulas, which the authors of this program did not write.

`tests/data/published_formulas.json` says which. Each figure of each order gets one slip at a time. A slip is *caught*
if it raises a fault, a stop or a notice of something implausible that the clean order does not raise, and *stopped*
if it is not a notice alone. A soft stop that every clean order of its kind raises (a small dose of bulk powder
without a file, more than half a tablet or much powder in 1 mL) tells nothing of a slip, and is no false alarm: where
a slip raises that alone, it is counted as *confirmed always*.
"""

import copy
import json
from collections import defaultdict

from calc.faults import Refused
from calc.service.preparations import preparation_in
from tests.support.places import DATA
from tests.tools.catch_rate import LIBRARY, MASSES, PLAUSIBILITY, at, changed, slips_of_quantity

PUBLISHED = json.loads((DATA / "published_formulas.json").read_text(encoding="utf-8"))["orders"]
#: Notices of something implausible. That the doses outlast the general limit is true of most of these formulas, whose
#: published dates are longer.
TOLD = PLAUSIBILITY - {"outlasts_use"} | {"whole_tablet_dose", "solids_notice"}
#: Soft stops that every order of its kind raises.
ALWAYS = {"dose_unit_unchecked", "thick_liquid", "solids_high"}
#: The figures that a prescription or a formula gives; a slip in a count is a slip of ten.
COUNTS = ("quantity",)


def answered(tree):
    """What the program says: whether it stops, and the codes of faults, stops and implausible notices."""
    try:
        preparation = preparation_in(tree)
        made = preparation.plan(preparation.order.read(tree, LIBRARY), LIBRARY)
    except Refused as refused:
        codes = {fault.code.value for fault in refused.faults} | {stop.code.value for stop in refused.stops}
        return codes, codes
    return set(), {notice.code.value for notice in made.notices} & TOLD


def slips(tree):
    """Every slip in the masses, volumes and counts of an order: (kind, where, the order with it)."""
    for path in MASSES:
        if isinstance(given := at(tree, path), str):
            for kind, wrong in slips_of_quantity(given):
                yield kind, path, changed(tree, {path: wrong})
    for path in COUNTS:
        if isinstance(given := at(tree, path), int):
            yield "x10", path, changed(tree, {path: given * 10})


def measure():
    """By kind and whether the drug has a file: caught, stopped, confirmed always, all; what is missed; false alarms."""
    table = defaultdict(lambda: {"caught": 0, "stopped": 0, "always": 0, "all": 0})
    missed, alarmed = [], []
    number = 0
    for each in PUBLISHED:
        tree = copy.deepcopy(each["order"]) | {"prepared_on": "2026-11-29"}
        _, before = answered(tree)
        if "unknown_choice" in before:  # a diluent that is not in the table
            continue
        number += 1
        if before - ALWAYS:
            alarmed.append((each["name"], sorted(before)))
        file = "without a file" if isinstance(tree.get("drug"), dict) else "with a file"
        for kind, path, wrong in slips(tree):
            stops, after = answered(wrong)
            of_kind = table[kind, file]
            of_kind["all"] += 1
            of_kind["caught"] += bool(after - before)
            of_kind["stopped"] += bool(stops - before)
            if not after - before:
                of_kind["always"] += bool(after & ALWAYS)
                missed.append((kind, file, each["name"], path, wrong, sorted(after)))
    return table, missed, alarmed, number


def main():
    """Print the shares."""
    table, missed, alarmed, number = measure()
    for (kind, file), of_kind in sorted(table.items()):
        print(f"{kind:12} {file:15}", *(f"{name} {number}" for name, number in of_kind.items()))
    for kind, file, name, path, _, codes in missed:
        print("   missed", kind, file, name, path, *codes)
    print(f"clean orders with an alarm: {len(alarmed)} of {number}")
    for name, codes in alarmed:
        print("  ", name, *codes)


if __name__ == "__main__":
    main()
