"""The program's endpoint beside the second engine: random orders, and what the two answer otherwise, in exact numbers.

python -m tests.tools.compare_engines NUMBER SEED [KIND ...]      kinds as below; all of them where none is named
"""

import copy
import multiprocessing
import random
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from tests.second_engine import checks, liquids, orders, parts, titrations, work_out
from tests.second_engine.formulas import work_out_formula
from tests.second_engine.random_formulas import random_formula
from tests.second_engine.roots import root
from tests.second_engine.titration import work_out_titration
from tests.second_engine.uniformity import work_out_uniformity
from tests.second_engine.weights import work_out_weights
from tests.support.client import make_app

CLIENT = make_app().test_client()
IN_MG = {"g": Fraction(1000), "ug": Fraction(1, 1000)}
ROOT = re.compile(r"(?:(.+) \+ )?sqrt\((.+)\)")
#: Fields that the documents leave open; the codes are compared all the same.
OPEN_FIELDS = {"acknowledgement_unused", "excludes_each_other"}
#: So many orders are drawn from one seed.
PART = 500


@dataclass(frozen=True)
class Kind:
    """What is asked, where, and who answers it here."""

    path: str
    random: Callable
    work_out: Callable
    stops: bool = False


KINDS = {
    "capsules": Kind("/api/v1/plan", orders.random_order, work_out, stops=True),
    "liquids": Kind("/api/v1/plan", liquids.random_liquid, work_out, stops=True),
    "titrations": Kind("/api/v1/titration", titrations.random_titration, work_out_titration),
    "weights": Kind("/api/v1/check/weights", checks.random_weights, work_out_weights, stops=True),
    "uniformity": Kind("/api/v1/check/uniformity", checks.random_uniformity, work_out_uniformity),
}

FORMULAS = CLIENT.get("/api/v1/formulations").get_json()["formulations"]
#: Kinds that are compared beside those above, and drawn by nobody else.
KINDS_BESIDE = {
    "formulations": Kind(
        "/api/v1/plan",
        partial(random_formula, FORMULAS),
        partial(work_out_formula, FORMULAS),
        stops=True,
    )
}
ALL_KINDS = KINDS | KINDS_BESIDE


def first(tree, kind):
    """What the program answers, in the shape of the second engine."""
    path = ALL_KINDS[kind].path
    if path.endswith("plan") and tree.get("prepared_on") is None:
        tree = tree | {"prepared_on": parts.TODAY.isoformat()}  # the server would take the day from its clock
    answer = CLIENT.post(path, json=tree)
    body = answer.get_json()
    if answer.status_code == 200:
        return {"plan": plan_with_order(body)}
    names = {"faults": ("code", "field"), "stops": ("code", "severity", "field", "value")}
    for what in names.keys() & body.keys():
        return {what: [{name: entry[name] for name in names[what]} for entry in body[what]]}
    return {"mistake": f"{answer.status}: {body.get('code')}"}


def plan_with_order(body):
    """The plan of an answer, with its vehicle as understood and its strength as said, as the second engine has them."""
    plan, vehicle = body.get("plan", body), body.get("order", {}).get("vehicle")
    if vehicle is None:
        return plan
    strength = {**plan["strength"], "said": plan["strength"]["text"]}
    return {**plan, "vehicle_as_understood": vehicle, "strength": strength}


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


#: Faults of fields together. Beside a fault of a field alone they hang on how far its value was read.
TOGETHER = {
    "no_such_question",
    "date_order",
    "start_before_making",
    "recovered_above_total",
    "pair_incomplete",
    "excludes_each_other",
}
TOGETHER |= {"volumes_too_large", "shells_above_full", "weight_variation_not_allowed"}


def raised(entries):
    """Codes of faults or stops with their fields, where the documents say which: of a field alone, and together."""
    alone, together = set(), set()
    entries = [entry | {"field": entry["field"].removeprefix("order.")} for entry in entries]
    half_given = any(entry["code"] == "required" and entry["field"].startswith("acknow") for entry in entries)
    parts = {entry["field"] for entry in entries if entry["code"] == "wrong_type" and "." not in entry["field"]}
    if any(entry["code"] == "date_order" for entry in entries):  # what was weighed after the making is not judged
        entries = [entry for entry in entries if entry["code"] != "recovered_above_total"]
    for entry in entries:
        code, field = entry["code"].replace("list_too_long", "list_length"), entry["field"]
        if code == "unknown_choice" and field.startswith("acknowledgements"):
            code = "acknowledgement_unused"
        if field.partition(".")[0] in parts and field not in parts:
            continue  # what is missing in a part that is no object
        if half_given and code == "acknowledgement_unused":
            continue  # of an acknowledgement that is not complete
        fault = (code, "" if code in OPEN_FIELDS else field)
        (together if code in TOGETHER or field.endswith("dose_basis") else alone).add(fault)
    return alone, together


def same_refusal(ours, theirs):
    """Whether two refusals say the same; beside what is wrong with both, the program may say more at once."""
    (alone, together), (its, of_its) = raised(ours), raised(theirs)
    return alone == its and (bool(alone) or together >= of_its > set() or together == of_its)


#: What is words, or is compared by what it holds.
WORDS = {"text", "conditions", "order", "query", "fingerprint"}
#: Plausibility beyond what the documents ask for.
OUR_OWN_NOTICES = {
    *("quantity_unusual", "dose_unlike_strength", "fill_unlikely", "shell_unlikely"),
    *("shell_above_fill", "doses_turn"),
}


def figures(part, name):
    """A part of a plan in exact numbers, by `exact` or by `value`, without words; lists of codes in one order."""
    if isinstance(part, list):
        return [figures(item, name) for item in part]
    if not isinstance(part, dict):
        return part
    if "exact" in part:
        return in_mg(number(part[name]), part["unit"])
    found = {key: figures(value, name) for key, value in part.items() if key not in WORDS}
    if "stops" in found:
        stops = raised(part["stops"])[0]
        if ("quantity_above_most", "quantity") in stops:  # what else of such a batch is worked out is not said
            stops = {stop for stop in stops if stop[0] not in ("below_least_weighable", "rounding_above_limit")}
        found["stops"] = sorted(map(str, stops))
    if "notices" in found:
        codes = [notice if isinstance(notice, str) else notice["code"] for notice in part["notices"]]
        found["notices"] = sorted(code for code in codes if code not in OUR_OWN_NOTICES)
    for key in found.keys() & {"estimated", "acknowledged"}:
        found[key] = sorted(map(str, found[key]))
    return found


#: Shown values that no document rounds to a number of places.
UNROUNDED = {"drug_needed", "drug_left_over", "offers", "strength_per_container"}
#: Checks: with how many places their figures are shown hangs on the limits near by.
MADE = ("weights", "uniformity")
#: Of two ways to a probability of which each is given to twelve places.
TOLERANCE = Fraction(2, 10**12)


def unlike(mine, its, path=""):
    """Where two parts of a plan differ; probabilities may differ in the last place."""
    if isinstance(its, dict) and isinstance(mine, dict):
        for key in its:
            yield from unlike(mine.get(key, "absent"), its[key], f"{path}.{key}".lstrip("."))
    elif isinstance(its, list) and isinstance(mine, list) and len(its) == len(mine):
        for index, (one, other) in enumerate(zip(mine, its, strict=True)):
            yield from unlike(one, other, f"{path}.{index}")
    elif mine != its and not (path.endswith("probability") and abs(mine - its) <= TOLERANCE):
        yield f"{path}: {mine}, second {its}"


def differences(tree, ours, kind):
    """What the second engine answers otherwise than the program did, as sentences."""
    theirs = ALL_KINDS[kind].work_out(tree, parts.TODAY)
    (what,), (other,) = ours, theirs
    if what != other:
        said = [f"{name} {answer[name] if name != 'plan' else ''}" for name, answer in ((what, ours), (other, theirs))]
        return [", second ".join(said)]
    if what != "plan":
        same = same_refusal(ours[what], theirs[what])
        return [] if same else [f"{what}: {raised(ours[what])}, second {raised(theirs[what])}"]
    mine, its = (figures(answer["plan"], "exact") for answer in (ours, theirs))
    found = list(unlike(mine, its))
    if not found and kind not in MADE:
        mine, its = (shown(figures(answer["plan"], "value")) for answer in (ours, theirs))
        found = [f"shown {where}" for where in unlike(mine, its)]
    return found


def shown(part):
    """The shown figures of a plan that are rounded by a document."""
    if isinstance(part, list):
        return [shown(item) for item in part]
    if not isinstance(part, dict):
        return part
    return {key: shown(value) for key, value in part.items() if key not in UNROUNDED}


def stops_in(answer):
    """The stops of a refusal, or those of the batches of a titration."""
    plan = answer.get("plan", {})
    ways = [*plan.get("ways", ()), *plan.get("together", ())]
    if "batch" in answer.get("plan", ()) and isinstance(answer["plan"]["batch"], dict):
        return answer["plan"]["batch"]["stops"]  # of one liquid
    return answer.get("stops", [stop for way in ways for batch in way["batches"] for stop in batch["stops"]])


def answered(number, seed, kind, new=True):
    """Random orders with the program's answers; where only soft stops stand in the way, again with reasons for them.

    `new`: with names that came after the first version of the contract.
    """
    rng = random.Random(f"{seed} {kind}")
    made = 0
    while made < number:
        tree = ALL_KINDS[kind].random(rng, new)
        order = tree["order"] if isinstance(tree.get("order"), dict) else tree
        given = order.pop("acknowledgements", None)
        answer = first(tree, kind)
        stops = stops_in(answer)
        if stops and (kind == "titrations" or all(stop["severity"] == "soft" for stop in stops)):
            yield copy.deepcopy(tree), answer
            made += 1
            parts.acknowledge(rng, order, stops)
        elif given is not None and "plan" in answer:
            order["acknowledgements"] = given  # of nothing
        yield tree, first(tree, kind) if "acknowledgements" in order else answer
        made += 1


def trees(number, seed, kind="capsules", new=False):
    """Random orders alone."""
    return (tree for tree, _ in answered(number, seed, kind, new))


def disagreements(kind, number, seed):
    """Each difference in so many random orders of one kind, with its order."""
    return [(found, tree) for tree, answer in answered(number, seed, kind) for found in differences(tree, answer, kind)]


def main(number, seed, kinds):
    """Print every difference in so many random orders of each kind, and how many there are; a part on each core."""
    everything = 0
    with multiprocessing.get_context("fork").Pool() as pool:
        for kind in kinds:
            jobs = [(kind, min(PART, number - first), f"{seed}.{first}") for first in range(0, number, PART)]
            unlike = [one for found in pool.starmap(disagreements, jobs, chunksize=1) for one in found]
            for found, tree in unlike:
                print(found, tree)
            print(f"{len(unlike)} disagreements in {number:,} random {kind} (seed {seed})", flush=True)
            everything += len(unlike)
    print(f"{everything} disagreements with the second engine in {number * len(kinds):,} orders")
    return 1 if everything else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:] or list(ALL_KINDS)))
