"""The program's endpoint beside the second engine: random orders, and what the two answer otherwise, in exact numbers.

python -m tests.compare_engines NUMBER SEED [KIND ...]      kinds as below; all of them where none is named
"""

import random
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from calc.web.app import create_app
from tests.second_engine import checks, liquids, orders, parts, work_out
from tests.second_engine.roots import root
from tests.second_engine.uniformity import work_out_uniformity
from tests.second_engine.weights import work_out_weights

CLIENT = create_app().test_client()
IN_MG = {"g": Fraction(1000), "ug": Fraction(1, 1000)}
ROOT = re.compile(r"(?:(.+) \+ )?sqrt\((.+)\)")
#: Fields that the documents leave open; the codes are compared all the same.
OPEN_FIELDS = {"acknowledgement_unused", "excludes_each_other"}


@dataclass(frozen=True)
class Kind:
    """What is asked, where, and who answers it here."""

    path: str
    random: Callable
    work_out: Callable


KINDS = {
    "capsules": Kind("/api/v1/plan", orders.random_order, work_out),
    "liquids": Kind("/api/v1/plan", liquids.random_liquid, work_out),
    "weights": Kind("/api/v1/check/weights", checks.random_weights, work_out_weights),
    "uniformity": Kind("/api/v1/check/uniformity", checks.random_uniformity, work_out_uniformity),
}


def first(tree, kind="capsules"):
    """What the program answers, in the shape of the second engine."""
    path = KINDS[kind].path
    if path.endswith("plan") and tree.get("prepared_on") is None:
        tree = tree | {"prepared_on": parts.TODAY.isoformat()}  # the server would take the day from its clock
    answer = CLIENT.post(path, json=tree)
    body = answer.get_json()
    if answer.status_code == 200:
        return {"plan": body.get("plan", body)}
    names = {"faults": ("code", "field"), "stops": ("code", "severity", "field", "value")}
    (what,) = names.keys() & body.keys()
    return {what: [{name: entry[name] for name in names[what]} for entry in body[what]]}


def number(text):
    """An exact figure: a fraction, or the rest and the square of a root that is none."""
    found = ROOT.fullmatch(text)
    if not found:
        return Fraction(text)
    rest, square = Fraction(found[1] or 0), Fraction(found[2])
    whole = root(square)
    return (rest, square) if whole is None else rest + whole


def in_mg(value, unit):
    """The figure in mg, where it is a mass."""
    scale = IN_MG.get(unit, 1)
    return (value[0] * scale, value[1] * scale**2) if isinstance(value, tuple) else value * scale


def figures(part, name):
    """A part of a plan in exact numbers, by `exact` or by `value`, without texts."""
    if isinstance(part, dict):
        if "exact" in part:
            return in_mg(number(part[name]), part["unit"])
        return {key: figures(value, name) for key, value in part.items() if key not in ("text", "conditions")}
    if isinstance(part, list):
        return [figures(item, name) for item in part]
    return part


def exact(part):
    """A part of a plan in exact numbers."""
    return figures(part, "exact")


def shown(part):
    """The shown values of a plan's part."""
    return figures(part, "value")


#: Faults of fields together. Beside a fault of a field alone they hang on how far its value was read.
TOGETHER = {"date_order", "recovered_above_total", "pair_incomplete", "excludes_each_other"}


def raised(entries):
    """Codes of faults or stops with their fields, where the documents say which: of a field alone, and together."""
    alone, together = set(), set()
    half_given = any(entry["code"] == "required" and entry["field"].startswith("acknow") for entry in entries)
    parts = {entry["field"] for entry in entries if entry["code"] == "wrong_type" and "." not in entry["field"]}
    for entry in entries:
        code, field = entry["code"].replace("list_too_long", "list_length"), entry["field"]
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


#: Checks: with how many places their figures are shown hangs on the limits near by.
MADE = ("weights", "uniformity")
#: Of two ways to a probability of which each is given to twelve places.
TOLERANCE = Fraction(2, 10**12)


def alike(mine, its):
    """Whether two parts of a plan are equal; probabilities but for the last place."""
    if isinstance(its, dict) and isinstance(mine, dict) and its.keys() == mine.keys():
        return all(
            abs(mine[key] - its[key]) <= TOLERANCE if key == "probability" else alike(mine[key], its[key])
            for key in its
        )
    if isinstance(its, list) and isinstance(mine, list) and len(its) == len(mine):
        return all(map(alike, mine, its))
    return mine == its


def differences(tree, kind="capsules"):
    """What the two engines answer otherwise to one order, as sentences."""
    ours, theirs = first(tree, kind), KINDS[kind].work_out(tree, parts.TODAY)
    (what,), (other,) = ours, theirs
    if what != other:
        return [
            f"{what} {ours[what] if what != 'plan' else ''}, second {other} {theirs[other] if other != 'plan' else ''}"
        ]
    if what != "plan":
        same = same_refusal(ours[what], theirs[what])
        return [] if same else [f"{what}: {raised(ours[what])}, second {raised(theirs[what])}"]
    found = []
    for name, its in theirs["plan"].items():
        mine = ours["plan"].get(name, "absent")
        if name == "notices":
            mine = [notice["code"] for notice in mine if notice["code"] not in OUR_OWN_NOTICES]
        if name in FREE_ORDER:
            same = sorted(map(str, exact(mine))) == sorted(map(str, exact(its)))
        else:
            unrounded = name in UNROUNDED or kind in MADE
            same = alike(exact(mine), exact(its)) and (unrounded or shown(mine) == shown(its))
        if not same:
            found.append(f"{name}: {exact(mine)}, second {exact(its)}; shown {shown(mine)}, second {shown(its)}")
    return found


def trees(number, seed, kind="capsules"):
    """Random orders; where only soft stops stand in the way, the same order again with reasons for them."""
    rng = random.Random(f"{seed} {kind}")
    made = 0
    while made < number:
        tree = KINDS[kind].random(rng)
        given = tree.pop("acknowledgements", None)
        answered = first(tree, kind)
        if "stops" in answered and all(stop["severity"] == "soft" for stop in answered["stops"]):
            yield tree
            made += 1
            tree = dict(tree)
            parts.acknowledge(rng, tree, answered["stops"])
        elif given is not None and "plan" in answered:
            tree["acknowledgements"] = given  # of nothing
        yield tree
        made += 1


def main(number, seed, kinds):
    """Print every difference in so many random orders of each kind, and how many there are."""
    everything = 0
    for kind in kinds:
        disagreed = 0
        for tree in trees(number, seed, kind):
            for found in differences(tree, kind):
                disagreed += 1
                print(found, tree)
        print(f"{disagreed} disagreements with the second engine in {number:,} random {kind} (seed {seed})")
        everything += disagreed
    return 1 if everything else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:] or list(KINDS)))
