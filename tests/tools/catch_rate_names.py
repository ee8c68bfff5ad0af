"""Slips of the typing hand in what came with formulations: parts, ingredients, dates, whole tablets, dilutions, forms.

The clean orders are those of the published formulations, which others wrote, with a dose of 5 mL; and a few by hand
for what none of these say: dilutions, capsules with further ingredients, and two forms of a drug without a file. Each
of these figures gets one slip at a time. What is caught and stopped is counted as `tests.tools.catch_rate_published`
counts it. A date that is missed is *harmless* where no printed day is later than that of the clean order.
"""

import copy
from collections import defaultdict
from fractions import Fraction

from tests.support.client import make_app
from tests.tools.catch_rate import slips_of_quantity, typed
from tests.tools.catch_rate_others import put
from tests.tools.catch_rate_published import ALWAYS, TOLD

CLIENT = make_app().test_client()
MADE_ON = "2026-11-29"
#: What an order asks for besides, where the source leaves it to the pharmacy.
FILLED = {"source.strength": "50 mg", "source.contents": "powder", "source.release": "immediate"}
POWDER = {"kind": "dilution", "basis": "hydrochloride"}
PACKED = {"diluent": {"packing_statistic": "135 mg"}, "tablet_powder": {"packing_statistic": "165 mg"}}
WEIGHED = {"tablets_weighed": 3, "total_mass": "0.480 g"}


def by_hand():
    """Orders that nobody need question, of what no published formulation says; doses are usual ones."""
    for dose, in_gram, number in (("0.5 mg", "10 mg", 30), ("1 mg", "10 mg", 60), ("0.5 mg", "5 mg", 30)):
        source = POWDER | {"drug_in_gram": in_gram}
        yield {"dose": dose, "quantity": number, "source": source, "capsule": {"size": "1", "fill_mass": "200 mg"}}
    for dose, strength, in_gram in (
        ("1 mg", "1 mg", "20 mg"),
        ("4.5 mg", "1 mg", "100 mg"),
        ("0.5 mg", "0.5 mg", "10 mg"),
    ):
        liquid = {"preparation": "liquid", "dose": dose, "strength": strength, "volume": "60 mL"}
        yield liquid | {
            "source": POWDER | {"drug_in_gram": in_gram},
            "vehicle": {"name": "Ora-Blend", "preserved": "yes"},
        }
    for name, amount, packs in (("silicon dioxide, colloidal", "2 mg", "60 mg"), ("citric acid", "10 mg", "200 mg")):
        one = {"name": name, "amount": amount, "per": "capsule", "packing_statistic": packs}
        yield {"dose": "4.5 mg", "quantity": 30, "source": WEIGHED, "ingredients": [one], **PACKED}
    for dose, strength, tablet, forms in (
        ("5 mg", "1 mg", "5 mg", {"dose_molar_mass": "408.87 g/mol", "source_molar_mass": "567.05 g/mol"}),
        ("15 mg", "3 mg", "5 mg", {"dose_molar_mass": "360.44 g/mol", "source_molar_mass": "484.39 g/mol"}),
        ("10 mg", "2 mg", "20 mg", {"dose_equals": "1 mg", "source_equals": "1.25 mg"}),
        ("5 mg", "1 mg", "10 mg", {"dose_equals": "10 mg", "source_equals": "13.9 mg"}),
    ):
        liquid = {"preparation": "liquid", "drug": {"name": "Example drug"}, "dose": dose, "strength": strength}
        liquid |= {
            "volume": "100 mL",
            "source": {"strength": tablet},
            "vehicle": {"name": "Ora-Blend", "preserved": "yes"},
        }
        yield liquid | {"forms": {"dose": "the base", "source": "the salt"} | forms}
    for tablets, volume, dose in ((3, "150 mL", "4.5 mg"), (2, "100 mL", "3 mg"), (1, "50 mL", "1.5 mg")):
        liquid = {"preparation": "liquid", "dose": dose, "volume": volume, "source": {"tablets_used": tablets}}
        yield liquid | {"vehicle": {"name": "Ora-Blend", "preserved": "yes"}}


def published():
    """The orders of the published formulations, with a dose of 5 mL and what they ask for besides."""
    for formula in CLIENT.get("/api/v1/formulations").get_json()["formulations"]:
        tree = copy.deepcopy(formula["order"])
        if tree is None or tree["source"].get("contents") == "pellets":
            continue
        for path in formula["asked"]:
            part, _, name = path.rpartition(".")
            if part:
                tree[part].setdefault(name, FILLED[path])
        tree["dose"] = "5 mL"
        yield tree


def paths_of(tree):
    """The path of each figure that came with formulations, and the name it is counted under."""
    for at, part in enumerate(tree.get("vehicle", {}).get("parts", ())):
        yield from ((f"part: {name}", ("vehicle", "parts", at, name)) for name in ("volume", "share") if name in part)
    for at, one in enumerate(tree.get("ingredients", ())):
        yield from (
            (f"ingredient: {name}", ("ingredients", at, name))
            for name in ("amount", "packing_statistic")
            if name in one
        )
    for at, one in enumerate(tree.get("beyond_use", {}).get("studies", ())):
        yield from (
            ("published date", ("beyond_use", "studies", at, name)) for name in ("days", "hours") if name in one
        )
    for name in ("tablets_used", "drug_in_gram"):
        if name in tree["source"]:
            yield name, ("source", name)
    for name in tree.get("forms", ()):
        if name not in ("dose", "source"):
            yield name.replace("dose_", "").replace("source_", "").replace("_", " "), ("forms", name)


def slips_of(given):
    """Every slip in one figure: in a count those of ten, in a molar mass those of its number."""
    if isinstance(given, int):
        yield from ((kind, wrong) for kind, wrong in (("x10", given * 10), ("/10", given // 10)) if wrong > 0)
    elif given.endswith(" g/mol"):
        number = given.partition(" ")[0]
        for kind, wrong in slips_of_quantity(f"{number} mg"):
            if kind != "unit swap":
                yield kind, f"{wrong.partition(' ')[0]} g/mol"
    else:
        yield from slips_of_quantity(given)


def slips(tree):
    """Each slip in an order: (name, kind, the order with it)."""
    for name, path in paths_of(tree):
        given = tree
        for step in path:
            given = given[step]
        for kind, wrong in slips_of(given):
            yield name, kind, put(tree, path, wrong)
    for pair in (("dose_molar_mass", "source_molar_mass"), ("dose_equals", "source_equals")):
        forms = tree.get("forms", {})
        if pair[0] in forms:
            swap = dict(zip(pair, (forms[pair[1]], forms[pair[0]]), strict=True))
            yield pair[0].replace("dose_", "").replace("_", " "), "swapped", tree | {"forms": forms | swap}
    if "drug_in_gram" in tree["source"]:
        number = Fraction(tree["source"]["drug_in_gram"].split()[0])
        ratio = f"1:{typed(1000 / number)}"
        yield "drug_in_gram", "ratio typed", put(tree, ("source", "drug_in_gram"), ratio)


def answered(tree):
    """Stops and faults, all alarms, and the last day at each place of storage."""
    body = CLIENT.post("/api/v1/plan", json=tree).get_json()
    if "plan" not in body:
        codes = {entry["code"] for entry in (*body.get("faults", ()), *body.get("stops", ()))}
        return codes, codes, {}
    days = {one["storage"]: one["date"] for one in body["plan"]["beyond_use"]["by_storage"]}
    return set(), {notice["code"] for notice in body["plan"]["notices"]} & TOLD, days


def measure():
    """By name and kind: caught, stopped, confirmed always, harmless, all; what is missed; false alarms and orders."""
    table = defaultdict(lambda: dict.fromkeys(("caught", "stopped", "always", "harmless", "all"), 0))
    missed, alarmed, number = [], [], 0
    for tree in (*published(), *by_hand()):
        tree = tree | {"prepared_on": MADE_ON}
        _, before, days = answered(tree)
        number += 1
        if before - ALWAYS:
            alarmed.append((tree.get("formulation"), tree, sorted(before)))
        for name, kind, wrong in slips(tree):
            stops, after, its_days = answered(wrong)
            row = table[name, kind]
            row["all"] += 1
            row["caught"] += bool(after - before)
            row["stopped"] += bool(stops - before)
            if not after - before:
                row["always"] += bool(after & ALWAYS)
                row["harmless"] += name == "published date" and not later(its_days, days)
                missed.append((name, kind, tree.get("formulation"), wrong))
    return table, missed, alarmed, number


def later(days, before):
    """Whether any day is later than it was, or is there where none was."""
    return any(day is not None and (before.get(place) is None or day > before[place]) for place, day in days.items())


def main():
    """Print the shares."""
    table, missed, alarmed, number = measure()
    for (name, kind), row in sorted(table.items()):
        print(f"{name:30} {kind:12}", *(f"{what} {count}" for what, count in row.items()))
    for name, kind, formulation, _ in missed:
        print("   missed", name, kind, formulation or "by hand")
    print(f"clean orders with an alarm: {len(alarmed)} of {number}")
    for formulation, _, codes in alarmed:
        print("  ", formulation or "by hand", *codes)


if __name__ == "__main__":
    main()
