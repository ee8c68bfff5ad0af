"""Oral liquids against the case book: orders worked by hand, each with its sums beside it, through the endpoint."""

import json

import pytest

from tests.casebook.liquids import CASES, KNOWN, differences
from tests.support.client import make_client
from tests.support.schemas import validate

CLIENT = make_client()


def ask(order):
    answer = CLIENT.post("/api/v1/plan", json=order)
    return answer.status_code, json.loads(answer.get_data())


def test_the_book_is_large_enough_to_mean_something():
    assert len({case["id"] for case in CASES}) == len(CASES) >= 50
    assert all(case["sums"] and set(case["expect"]) <= KNOWN for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_liquid_comes_to_what_was_worked_by_hand(case):
    status, said = ask(case["order"])
    assert differences(case["expect"], status, said) == []
    if status == 200:
        validate("liquid_answer.schema.json", said)
        validate("liquid_order.schema.json", said["order"])
    else:
        validate("problem.schema.json", said)


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["expect"]["status"] == 200], ids=lambda case: case["id"]
)
def test_the_order_understood_gives_the_same_plan_and_nothing_is_filled_in(case):
    _, first = ask(case["order"])
    status, again = ask(first["order"])
    assert (status, again["defaults"]) == (200, [])
    assert {**again, "defaults": first["defaults"]} == first


def test_capsules_are_the_same_order_with_their_preparation_and_without():
    order = {"dose": "4.5 mg", "quantity": 30, "prepared_on": "2026-11-25"}
    _, said = ask({**order, "preparation": "capsule"})
    _, unsaid = ask(order)
    assert said == unsaid
    assert "preparation" not in said["order"]
    assert ask({**order, "preparation": None}) == (200, unsaid)


def test_a_titration_of_capsules_takes_no_field_of_a_liquid():
    order = {"preparation": "capsule", "strength": "1 mg"}
    answer = CLIENT.post("/api/v1/titration", json={"schedule": [{"dose": "1.5 mg", "days": 14}], "order": order})
    faults = [(fault["code"], fault["field"]) for fault in answer.get_json()["faults"]]
    assert faults == [("unknown_field", "order.strength")]


GOOD = next(case["order"] for case in CASES if case["id"] == "5-mg-per-ml") | {"volume": "20 mL"}


@pytest.mark.parametrize(
    ("slip", "stops", "notices"),
    [
        ({}, set(), set()),
        ({"strength": "50 mg"}, {"thick_liquid"}, set()),
        ({"strength": "0.5 mg"}, set(), {"days_unusual"}),
        ({"volume": "200 mL"}, set(), {"days_unusual"}),
        ({"volume": "2 mL"}, set(), {"days_unusual"}),
        ({"dose": "45 mg"}, {"dose_above_usual"}, set()),
    ],
)
def test_a_tenfold_slip_in_strength_or_volume_is_noticed(slip, stops, notices):
    _, said = ask(GOOD | slip)
    assert {stop["code"] for stop in said.get("stops", [])} == stops
    found = {notice["code"] for notice in said.get("plan", {}).get("notices", [])}
    assert found & {"days_unusual", "dose_volume_unusual"} == notices


@pytest.mark.parametrize("dose", ["4.5 mg", "3.3 mg", "1.7 mg", "0.55 mg"])
def test_a_strength_that_is_named_lands_on_a_mark(dose):
    order = next(case["order"] for case in CASES if case["id"] == "100-ml-of-1-mg-per-ml") | {"dose": dose}
    named = ask(order | {"strength": "1.3 mg"})[1]["plan"]["other_strengths"]
    assert named
    for other in named:
        plan = ask(order | {"strength": f"{other['strength']['value']} mg"})[1]["plan"]
        assert plan["syringe"]["on_a_mark"]
        assert plan["syringe"]["capacity"] == other["capacity"]
        assert plan["dose_volume"] == other["dose_volume"]
