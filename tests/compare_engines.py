"""The program beside the second engine: random orders, and what the two answer otherwise, in exact numbers."""

import random
import sys
from fractions import Fraction

from calc.answer import plan_shown
from calc.faults import Refused
from calc.library import load
from calc.order import Order
from calc.planning import plan
from tests.second_engine import orders, work_out

LIBRARY = load()
IN_MG = {"g": Fraction(1000), "mg/{capsule}": Fraction(1), "mg/{tablet}": Fraction(1), "ug": Fraction(1, 1000)}
#: Fields that the documents leave open; the codes are compared all the same.
OPEN_FIELDS = {"acknowledgement_unused", "excludes_each_other"}


def first(tree):
    """What the program answers, in the shape of the second engine."""
    try:
        made = plan(Order.read(tree, LIBRARY, today=orders.TODAY), LIBRARY)
    except Refused as refused:
        if refused.faults:
            return {"faults": [{"code": fault.code.value, "field": fault.field} for fault in refused.faults]}
        return {
            "stops": [
                {"code": stop.code.value, "severity": stop.severity, "field": stop.field, "value": stop.value}
                for stop in refused.stops
            ]
        }
    return {"plan": plan_shown(made)}


def exact(part):
    """A part of a plan in exact numbers, masses in mg, without texts."""
    if isinstance(part, dict):
        if "exact" in part:
            return Fraction(part["exact"]) * IN_MG.get(part["unit"], 1)
        return {name: exact(value) for name, value in part.items() if name != "text"}
    if isinstance(part, list):
        return [exact(item) for item in part]
    return part


def shown(part):
    """The shown values of a plan's part in exact numbers, masses in mg."""
    if isinstance(part, dict):
        if "exact" in part:
            return Fraction(part["value"]) * IN_MG.get(part["unit"], 1)
        return {name: shown(value) for name, value in part.items() if name != "text"}
    if isinstance(part, list):
        return [shown(item) for item in part]
    return part


#: Faults of fields together. Beside a fault of a field alone they hang on how far its value was read.
TOGETHER = {"date_order", "recovered_above_total", "pair_incomplete", "excludes_each_other"}


def raised(entries):
    """Codes of faults or stops with their fields, where the documents say which: of a field alone, and together."""
    alone, together = set(), set()
    half_given = any(entry["code"] == "required" and entry["field"].startswith("acknow") for entry in entries)
    parts = {entry["field"] for entry in entries if entry["code"] == "wrong_type" and "." not in entry["field"]}
    for entry in entries:
        code, field = entry["code"], entry["field"]
        if code == "unknown_choice" and field.startswith("acknowledgements"):
            code = "acknowledgement_unused"
        if field.partition(".")[0] in parts and field not in parts:
            continue  # what is missing in a part that is no object
        if half_given and code == "acknowledgement_unused":
            continue  # of an acknowledgement that is not complete
        fault = (code, "" if code in OPEN_FIELDS else field)
        (together if code in TOGETHER or field == "dose_basis" else alone).add(fault)
    return alone, together


def same_refusal(ours, theirs):
    """Whether two refusals say the same; beside what is wrong with both, the program may say more at once."""
    (alone, together), (its, of_its) = raised(ours), raised(theirs)
    return alone == its and (bool(alone) or together >= of_its > set() or together == of_its)


#: Plausibility beyond what the documents ask for.
OUR_OWN_NOTICES = {"quantity_unusual", "dose_unlike_strength", "fill_unlikely", "shell_unlikely"}
FREE_ORDER = ("estimated", "acknowledged", "notices")
#: Shown values that no document rounds to a number of places.
UNROUNDED = ("drug_needed", "drug_left_over", "tablets_exact", "offers")


def differences(tree):
    """What the two engines answer otherwise to one order, as sentences."""
    ours, theirs = first(tree), work_out(tree, orders.TODAY)
    (kind,), (other,) = ours, theirs
    if kind != other:
        return [
            f"{kind} {ours[kind] if kind != 'plan' else ''}, second {other} {theirs[other] if other != 'plan' else ''}"
        ]
    if kind != "plan":
        same = same_refusal(ours[kind], theirs[kind])
        return [] if same else [f"{kind}: {raised(ours[kind])}, second {raised(theirs[kind])}"]
    found = []
    for name, its in theirs["plan"].items():
        mine = ours["plan"][name]
        if name == "notices":
            mine = [notice["code"] for notice in mine if notice["code"] not in OUR_OWN_NOTICES]
        if name in FREE_ORDER:
            same = sorted(map(str, exact(mine))) == sorted(map(str, exact(its)))
        else:
            same = exact(mine) == exact(its) and (name in UNROUNDED or shown(mine) == shown(its))
        if not same:
            found.append(f"{name}: {exact(mine)}, second {exact(its)}; shown {shown(mine)}, second {shown(its)}")
    return found


def trees(number, seed):
    """Random orders; where only soft stops stand in the way, the same order again with reasons for them."""
    rng = random.Random(seed)
    made = 0
    while made < number:
        tree = orders.random_order(rng)
        given = tree.pop("acknowledgements", None)
        answered = first(tree)
        if "stops" in answered and all(stop["severity"] == "soft" for stop in answered["stops"]):
            yield tree
            made += 1
            tree = dict(tree)
            orders.acknowledge(rng, tree, answered["stops"])
        elif given is not None and "plan" in answered:
            tree["acknowledgements"] = given  # of nothing
        yield tree
        made += 1


def main(number, seed):
    """Print every difference in so many random orders, and how many there are."""
    disagreed = 0
    for tree in trees(number, seed):
        for found in differences(tree):
            disagreed += 1
            print(found, tree)
    print(f"{disagreed} disagreements with the second engine in {number:,} random orders (seed {seed})")
    return 1 if disagreed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
