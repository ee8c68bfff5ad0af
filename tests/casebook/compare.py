"""Compares an answer of the program with a worked case, figure by figure, in exact fractions.

Knows nothing of `calc`: units are converted by the little table here.
"""

import json
from fractions import Fraction
from pathlib import Path

ORDERS = sorted((Path(__file__).parent / "orders").glob("*.json"))
IN_MG = {"g": Fraction(1000), "mg": Fraction(1), "mg/{capsule}": Fraction(1), "ug": Fraction(1, 1000)}
OFFER_CODES = ("weigh_portion", "most_capsules", "whole_tablets", "dilute_by_volume")
KNOWN = {"status", "plan", "notices", "notices_absent", "stops", "faults"}


def cases():
    """Every case of the book."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in ORDERS]


def number(text):
    """A plain, grouped or fractional number, exact."""
    return Fraction(text.replace(",", "").replace("+", ""))


def expected_quantity(text):
    """ "432 mg", "6777/55 mg", "2.7" or "-0.02 %" as an exact number in mg, one or a ratio."""
    value, _, unit = text.partition(" ")
    if unit == "%":
        return number(value) / 100
    return number(value) * IN_MG[unit] if unit else number(value)


def answered(figure, key):
    """The exact or shown number of an answered figure, masses in mg."""
    return number(figure[key]) * IN_MG.get(figure["unit"], Fraction(1))


def differences(expect, answer):
    """What an answer of status 200 says otherwise than the case, as sentences."""
    assert set(expect) <= KNOWN, set(expect) - KNOWN
    plan = answer["plan"]
    found = []

    def same(name, wanted, got):
        if wanted != got:
            found.append(f"{name}: expected {wanted}, got {got}")

    for name, wanted in expect.get("plan", {}).items():
        if name == "null":
            for key in wanted:
                same(key, None, plan[key])
        elif name == "ladder_add":
            same(
                name,
                [expected_quantity(text) for text in wanted],
                [answered(r["add"], "value") for r in plan["ladder"]],
            )
        elif name == "offers":
            got = [[o["code"], o["capsules"], o["tablets"]] for o in plan["offers"]]
            if wanted and wanted[0][0] not in {"weigh_portion", "dilute_by_volume"}:
                got = got[1:]
            same(name, [list(offer) for offer in wanted], got)
        elif name in {"offer_deviation", "offer_deviation_at_loss"}:
            key = name.removeprefix("offer_")
            for capsules, deviation in wanted.items():
                got = [number(o[key]["exact"]) for o in plan["offers"] if o["capsules"] == int(capsules)]
                same(f"{name} of {capsules}", True, number(deviation) in got)
        elif name == "gross_band":
            for end in ("low", "high"):
                same(f"band {end}", expected_quantity(wanted[end]), answered(plan[name][end], "value"))
        elif name == "beyond_use":
            for key, value in wanted.items():
                same(f"beyond use {key}", value, plan[name][key])
        elif name == "reverse_check":
            if "dose" in wanted:
                same("reverse dose", expected_quantity(wanted["dose"]), answered(plan[name]["dose"], "value"))
            if "deviation" in wanted:
                same(
                    "reverse deviation",
                    expected_quantity(wanted["deviation"]),
                    number(plan[name]["deviation"]["value"]),
                )
        elif name == "triturations":
            same("steps of the trituration", len(wanted), len(plan[name]))
            for number_of, (step, line) in enumerate(zip(wanted, plan[name], strict=False), 1):
                found += step_differences(f"step {number_of}", step, line)
        elif name == "weighed_in_order":
            got = [[line["name"], line["mass"] and answered(line["mass"], "value")] for line in plan["weighings"]]
            same(name, [[thing, mass and expected_quantity(mass)] for thing, mass in wanted], got)
        elif name == "weighings":
            got = {weighing["name"]: weighing for weighing in plan["weighings"]}
            for weighing in wanted:
                line = got[weighing["name"]]
                if "least" in weighing:
                    same(
                        f"least of {weighing['name']}",
                        expected_quantity(weighing["least"]),
                        answered(line["least"], "value"),
                    )
                if "ok" in weighing:
                    same(f"verdict of {weighing['name']}", weighing["ok"], line["ok"])
        elif isinstance(wanted, dict):
            if plan[name] is None:
                found.append(f"{name}: expected {wanted}, got nothing")
                continue
            assert set(wanted) <= {"exact", "shown"}, wanted
            if "exact" in wanted:
                same(f"{name} exact", expected_quantity(wanted["exact"]), answered(plan[name], "exact"))
            if "shown" in wanted:
                same(f"{name} shown", expected_quantity(wanted["shown"]), answered(plan[name], "value"))
        else:
            same(name, wanted, plan[name])
    codes = [notice["code"] for notice in plan["notices"]]
    found += [f"notice {code} is missing" for code in expect.get("notices", []) if code not in codes]
    found += [f"notice {code} should not be there" for code in expect.get("notices_absent", []) if code in codes]
    return found


def step_differences(place, wanted, got):
    """What one step of a trituration says otherwise; `take` is exact, everything else as the balance shows it."""
    found = []
    for name in ("weigh", "diluent", "total", "take_shown"):
        mass = got[name.removesuffix("_shown")]
        mass = None if mass is None else answered(mass, "value")
        if mass != (wanted[name] and expected_quantity(wanted[name])):
            found.append(f"{place}, {name}: expected {wanted[name]}, got {mass} mg")
    found += [
        f"{place}, {name}: expected {wanted[name]}, got {got[name]['exact']}"
        for name in ("take", "strength_after")
        if answered(got[name], "exact") != expected_quantity(wanted[name])
    ]
    if got["all_of_it"] is not wanted["all_of_it"]:
        found.append(f"{place}, all_of_it: expected {wanted['all_of_it']}")
    return found


def refusal_differences(expect, problem):
    """What a refusal says otherwise than the case."""
    found = []
    for kind, keys in (("stops", ("code", "severity")), ("faults", ("code", "field"))):
        wanted = {tuple(item) for item in expect.get(kind, [])}
        got = {tuple(item[key] for key in keys) for item in problem.get(kind, [])}
        if wanted != got:
            found.append(f"{kind}: expected {sorted(wanted)}, got {sorted(got)}")
    return found + [f"a refusal holds {name}" for name in ("plan", "order", "fingerprint") if name in problem]
