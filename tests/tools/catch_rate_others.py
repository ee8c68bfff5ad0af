"""Slips of the typing hand in a schedule and in a check of finished capsules, as `tests.tools.catch_rate` counts them.

In a schedule an alarm is a fault, a stop of a batch, or a notice that names something implausible, of the schedule or
of a batch. In a check of weights it is a fault, a verdict that is not that of the clean check, or a notice that the
clean check does not raise: where a check fails for a slip, the capsules are weighed and typed again.
"""

import copy
from functools import cache

from tests.support.client import make_app
from tests.tools.catch_rate import PLAUSIBILITY, slips_of_quantity

CLIENT = make_app().test_client()
#: Of a schedule; the others say how the capsules last.
OF_A_SCHEDULE = PLAUSIBILITY | {"many_capsules_at_one_time", "needed_after_beyond_use", "doses_turn"}


def clean_schedules():
    """Schedules that nobody need question: doses of naltrexone that rise, or stay, or fall, as they are prescribed.

    The first is that of the project's issue. Doses lie within 0.5 to 6 mg, the usual range of the drug's file, and are
    few multiples of one strength; every batch is needed before its beyond-use date.
    """
    for steps in (
        (("1.5 mg", 14), ("3 mg", 14), ("4.5 mg", 30)),
        (("1.5 mg", 7), ("3 mg", 7), ("4.5 mg", 30)),
        (("1.5 mg", 30), ("3 mg", 30), ("4.5 mg", 30)),
        (("1 mg", 14), ("2 mg", 14), ("3 mg", 28)),
        (("1 mg", 14), ("2 mg", 14), ("3 mg", 14), ("4 mg", 28)),
        (("0.5 mg", 14), ("1 mg", 14), ("1.5 mg", 14), ("3 mg", 30)),
        (("0.75 mg", 14), ("1.5 mg", 14), ("3 mg", 30)),
        (("2 mg", 28), ("4 mg", 28)),
        (("1.5 mg", 28), ("3 mg", 56)),
        (("4.5 mg", 30), ("3 mg", 14), ("1.5 mg", 14)),
        (("2.25 mg", 14), ("4.5 mg", 42)),
        (("1.5 mg", 14), ("3 mg", 60)),
    ):
        yield {
            "schedule": [{"dose": dose, "days": days} for dose, days in steps],
            "order": {"prepared_on": "2026-11-23"},
        }


def clean_checks():
    """Weighings that pass: gross masses about 185 mg of shells of 48 mg and fills of 137 mg, written down by hand."""
    gross = ["185.2", "184.6", "186.1", "183.9", "185.8", "184.4", "185.5", "186.3", "184.9", "185.1"]
    yield {"theoretical_fill": "137 mg", "capsules": [f"{mass} mg" for mass in gross], "shell_mass": "48 mg"}
    gross = ["185", "187", "183", "186", "184", "188", "185", "184", "186", "187"]
    yield {
        "theoretical_fill": "137 mg",
        "capsules": [f"{mass} mg" for mass in gross],
        "shell_mass": "48.2 mg",
        "planned": 30,
        "made": 30,
    }
    gross = ["0.312", "0.309", "0.314", "0.311", "0.308", "0.315", "0.310", "0.313", "0.312", "0.311"]
    yield {"theoretical_fill": "250 mg", "capsules": [f"{mass} g" for mass in gross], "shell_mass": "61 mg"}
    shells = ["47.9", "48.3", "48.1", "47.6", "48.4", "48", "47.8", "48.2", "48.5", "47.7"]
    gross = ["158.6", "160.2", "159.3", "157.9", "161.1", "158.8", "159.9", "160.4", "159", "158.2"]
    yield {
        "theoretical_fill": "111 mg",
        "capsules": [f"{mass} mg" for mass in gross],
        "shells": [f"{mass} mg" for mass in shells],
        "planned": 100,
        "made": 99,
    }


def said_of_schedule(tree):
    """The alarms of a schedule."""
    answer = CLIENT.post("/api/v1/titration", json=tree)
    body = answer.get_json()
    if answer.status_code != 200:
        return {fault["code"] for fault in body["faults"]}
    found = {notice["code"] for notice in body["notices"]} & OF_A_SCHEDULE
    for way in body["ways"]:
        for batch in way["batches"]:
            found |= {stop["code"] for stop in batch["stops"]}
            if batch["plan"] is not None:
                found |= {notice["code"] for notice in batch["plan"]["notices"]} & OF_A_SCHEDULE
    return found


def said_of_check(tree):
    """What a check of weights says: its faults, or its verdict and its notices."""
    answer = CLIENT.post("/api/v1/check/weights", json=tree)
    body = answer.get_json()
    if answer.status_code != 200:
        return {fault["code"] for fault in body["faults"]}
    return {notice["code"] for notice in body["notices"]} | ({"fail"} if body["verdict"] != "pass" else set())


def put(tree, path, value):
    """A copy with a value at a path of names and numbers."""
    new = copy.deepcopy(tree)
    part = new
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = value
    return new


def at_each(tree, paths):
    """Each slip in one of these quantities: (kind, path, the tree with it)."""
    for path in paths:
        given = tree
        for name in path:
            given = given[name]
        for kind, wrong in slips_of_quantity(given):
            yield kind, path, put(tree, path, wrong)


def slips_of_schedule(tree):
    """Every slip in a schedule: in a dose, in the days of a step, and two steps in each other's place."""
    steps = range(len(tree["schedule"]))
    yield from at_each(tree, [("schedule", step, "dose") for step in steps])
    for step in steps:
        days = tree["schedule"][step]["days"]
        yield "days x10", ("days",), put(tree, ("schedule", step, "days"), days * 10)
        if days % 10 == 0:
            yield "days /10", ("days",), put(tree, ("schedule", step, "days"), days // 10)
    for step in steps[1:]:
        wrong = copy.deepcopy(tree)
        one, other = wrong["schedule"][step - 1], wrong["schedule"][step]
        one["dose"], other["dose"] = other["dose"], one["dose"]
        yield "doses of two steps swapped", ("dose",), wrong


def slips_of_check(tree):
    """Every slip in a check of weights: in a mass, and shell and fill in each other's place."""
    lists = [name for name in ("capsules", "shells") if name in tree]
    paths = [(name,) for name in ("theoretical_fill", "shell_mass") if name in tree]
    paths += [(name, number) for name in lists for number in range(len(tree[name]))]
    yield from at_each(tree, paths)
    if "shell_mass" in tree:
        swap = tree | {"shell_mass": tree["theoretical_fill"], "theoretical_fill": tree["shell_mass"]}
        yield "shell and fill swapped", ("shell_mass",), swap
    for name in ("planned", "made"):
        if name in tree:
            yield "capsules x10", (name,), tree | {name: tree[name] * 10}


#: By what is asked: the clean ones, their slips, and what is said to one.
ASKED = {
    "schedules": (clean_schedules, slips_of_schedule, said_of_schedule),
    "checks of weights": (clean_checks, slips_of_check, said_of_check),
}


@cache
def measure(name):
    """(caught, all) by kind, and by kind and path of what was missed; clean ones with an alarm, and their number."""
    clean, slips, said = ASKED[name]
    by_kind, missed = {}, {}
    alarmed = number = 0
    for tree in clean():
        before = said(tree)
        number += 1
        alarmed += bool(before - {"weight_not_content"})
        for kind, path, wrong in slips(tree):
            caught = bool(said(wrong) - before)
            of_kind = by_kind.setdefault(kind, [0, 0])
            of_kind[0] += caught
            of_kind[1] += 1
            if not caught:
                missed.setdefault(kind, []).append((path, wrong))
    return by_kind, missed, alarmed, number


def main():
    """Print the shares."""
    for name in ASKED:
        by_kind, missed, alarmed, number = measure(name)
        print(f"{name}: clean ones with an alarm: {alarmed} of {number}")
        for kind, (caught, everything) in sorted(by_kind.items()):
            where = sorted({str(path[0]) for path, _ in missed.get(kind, ())})
            print(f"{kind:30} {caught:5} of {everything:5}  {100 * caught / everything:5.1f} %  {' '.join(where)}")


if __name__ == "__main__":
    main()
