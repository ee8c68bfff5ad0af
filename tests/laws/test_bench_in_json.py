"""The work at the bench as the endpoint tells it, held against the rest of the same answer by the contract alone."""

import random
import re
from fractions import Fraction

import pytest

from tests.second_engine.liquids import random_liquid
from tests.second_engine.orders import random_order
from tests.second_engine.parts import TODAY
from tests.support.client import ask_api, make_client

CLIENT = make_client()
RANDOM = {"capsule": random_order, "liquid": random_liquid}
UNITS = {"g": 1000, "mg": 1, "mcg": Fraction(1, 1000)}


def answers(kind, number):
    """Plans of random orders, each with its order."""
    rng, found = random.Random(29), 0
    while found < number:
        answer = ask_api(CLIENT, {"prepared_on": TODAY.isoformat(), **RANDOM[kind](rng, new=True)})
        if answer.status_code == 200:
            found += 1
            yield answer.get_json()


def exact(figure):
    return None if figure is None or "times" in figure else Fraction(figure["exact"])


def band(step, readability, *, triturated):
    """The bounds of a mass with a target and none of its own, by the contract, in grams."""
    target = exact(step["target"])
    part = Fraction(3 if step["code"] == "diluent" and not triturated else 1, 100)
    off = max(target * part, readability)
    return target - off, target + off


@pytest.mark.parametrize("kind", RANDOM)
def test_keys_targets_and_bands_are_those_of_the_contract(kind):
    met = set()
    for whole in answers(kind, 120):
        plan, bench = whole["plan"], whole["plan"]["bench"]
        steps = {step["key"]: step for step in bench}
        assert len(steps) == len(bench)
        number, unit = whole["order"]["balance"]["readability"].split()
        readability = Fraction(number) * UNITS[unit] / 1000
        triturated = any(step["code"] == "aliquot" for step in bench) and "portion" not in steps
        for step in bench:
            assert re.fullmatch(re.escape(step["code"]) + r"(-[1-9]\d*)?", step["key"])
            low, target, high = (exact(step[name]) for name in ("low", "target", "high"))
            assert low is None or high is None or low <= high
            assert None in (low, target) or step["wants"] == "tick" or low <= target
            if step["wants"] == "count" and step["code"] != "yield" and target is not None:
                assert low == target == high
            if step["code"] in ("portion", "diluent", "trituration_powder", "trituration_diluent", "aliquot"):
                if target is None:
                    assert low is high is None
                    continue
                assert (low, high) == band(step, readability, triturated=triturated)
                # What is shown lies within the band.
                assert low <= Fraction(step["low"]["value"]) <= Fraction(step["high"]["value"]) <= high
                met.add(step["code"])
        if plan["portion"] is not None and "portion" in steps:
            assert steps["portion"]["target"] == plan["portion"]
        if kind == "capsule" and plan["ladder"] and "rung-1" in steps:
            assert [steps[f"rung-{n}"]["target"] for n in range(1, len(plan["ladder"]) + 1)] == [
                one["add"] for one in plan["ladder"]
            ]
        assert (
            exact(steps["destroy_powder"]["target"]) == exact(plan["drug_left_over"])
            if "destroy_powder" in steps
            else True
        )
    assert met >= {"capsule": {"portion", "diluent", "trituration_diluent", "aliquot"}, "liquid": {"portion"}}[kind]
