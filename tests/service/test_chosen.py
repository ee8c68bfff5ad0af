"""Chosen fields of an answer: the values of the whole answer under their paths, and nothing else is written."""

import json
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.answers import figures, fingerprint
from calc.answers.writer import Writer
from calc.faults import Refused
from calc.library import load
from calc.service.answering import answer_to, plan_of
from calc.service.chosen import UnknownField, chosen, fields_in, parts_of, value_at
from calc.service.preparations import PREPARATIONS
from tests.capsule.test_worked_case import WORKED
from tests.casebook.compare import cases
from tests.casebook.liquids import CASES
from tests.liquid.test_bounds import BASE as LIQUID
from tests.support.client import make_client
from tests.support.places import ROOT

LIBRARY, TODAY, CLIENT = load(), date(2026, 11, 22), make_client()
TREES = {"capsule": WORKED, "liquid": LIQUID}


def paths(part, path=""):
    """Every path of an answer, of groups as of single values."""
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, value in inner:
        here = f"{path}.{name}" if path else str(name)
        yield here
        yield from paths(value, here)


ANSWERS = {key: json.loads(json.dumps(answer_to(tree, LIBRARY, TODAY))) for key, tree in TREES.items()}
PLANS = {key: plan_of(tree, LIBRARY, TODAY) for key, tree in TREES.items()}
PATHS = {key: list(paths(answer)) for key, answer in ANSWERS.items()}


@pytest.mark.parametrize("key", TREES)
def test_every_path_of_an_answer_can_be_chosen_and_holds_what_the_answer_holds(key):
    assert len(PATHS[key]) > 200
    for path in PATHS[key]:
        parts_of(path)
        assert chosen(PLANS[key], [path], TODAY) == {path: value_at(ANSWERS[key], path)}, path


@given(st.data())
def test_several_fields_are_those_of_the_whole_answer_in_the_order_asked(data):
    key = data.draw(st.sampled_from(sorted(TREES)))
    fields = data.draw(st.lists(st.sampled_from(PATHS[key]), min_size=1, max_size=6, unique=True))
    found = chosen(PLANS[key], fields_in(", ".join(fields)), TODAY)
    assert list(found) == fields
    assert found == {field: value_at(ANSWERS[key], field) for field in fields}


def test_the_fingerprint_by_itself_is_that_of_the_whole_answer():
    """Of every order of both case books that is planned: with and without triturations, tablets weighed, a size."""
    compared = 0
    for case in (*cases(), *CASES):
        try:
            plan = plan_of(case["order"], LIBRARY, TODAY)
        except Refused:
            continue
        whole = PREPARATIONS[plan.order.preparation].answer(plan)
        assert chosen(plan, ["fingerprint"], TODAY) == {"fingerprint": whole["fingerprint"]}
        compared += 1
    assert compared > 90


@pytest.mark.parametrize("key", TREES)
def test_each_key_of_a_plan_has_its_writer(key):
    assert list(PREPARATIONS[key].writers) == list(ANSWERS[key]["plan"])


def test_a_field_of_the_other_preparation_is_null():
    assert chosen(PLANS["capsule"], fields_in("plan.syringe.capacity.text"), TODAY) == {
        "plan.syringe.capacity.text": None
    }
    for beyond in ("plan.ladder.99.add", f"plan.ladder.{'9' * 5000}.add"):
        assert chosen(PLANS["capsule"], [beyond], TODAY) == {beyond: None}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "nothing",
            "No answer has the field nothing; an answer has: order, defaults, plan, fingerprint, version, asked.",
        ),
        ("plan.nothing", "No answer has the field plan.nothing; plan has: batch, drug_needed, "),
        ("plan.portion.mass", "plan.portion has: value, unit, text, exact."),
        ("order.nothing", "order has: drug, "),
        ("order.balance.nothing", "order.balance has: readability, "),
        ("plan.ladder.first", "plan.ladder has: 0."),
        (f"plan.ladder.{'9' * 5000}", "plan.ladder has: 0."),
        ("fingerprint.text", "No answer has the field fingerprint.text; fingerprint is a single value."),
        ("", "Name at least one field of the answer, such as plan.portion."),
        (" , ,", "Name at least one field of the answer, such as plan.portion."),
    ],
)
def test_an_unknown_field_is_refused_with_those_that_there_are(text, said):
    with pytest.raises(UnknownField) as refused:
        fields_in(text)
    assert said in str(refused.value)


def test_only_what_is_chosen_is_written():
    counted = []

    def count(frame, event, _):
        if event == "call":
            counted.append(frame.f_code)

    sys.setprofile(count)
    try:
        chosen(PLANS["capsule"], ["plan.portion", "plan.diluent"], TODAY)
    finally:
        sys.setprofile(None)
    assert counted.count(Writer.on_balance.__code__) == 2
    assert counted.count(figures.as_shown.__code__) == 2
    assert fingerprint.fingerprint.__code__ not in counted


def post(query, body=WORKED, **how):
    return CLIENT.post(f"/api/v1/plan{query}", json=body, **how)


def test_the_endpoint_answers_with_the_fields_asked_for():
    whole = post("").get_json()
    answer = post("?fields=plan.portion,plan.diluent.text&fields=fingerprint")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.get_json() == {
        "plan.portion": whole["plan"]["portion"],
        "plan.diluent.text": whole["plan"]["diluent"]["text"],
        "fingerprint": whole["fingerprint"],
    }


def test_the_example_of_the_contract_is_what_the_endpoint_answers():
    said = post("?fields=plan.portion,plan.diluent.text").get_data(as_text=True)
    assert said in (ROOT / "docs/contract.md").read_text(encoding="utf-8")


def test_the_endpoint_refuses_an_unknown_field_and_a_bad_order_as_ever():
    for query in (
        "?fields=plan.nothing",
        "?fields=",
        "?fields=plan.portion,nothing",
        f"?fields=plan.steps.{'9' * 5000}",
    ):
        refused = post(query)
        assert (refused.status_code, refused.mimetype) == (422, "application/problem+json")
        assert refused.get_json()["detail"]
    bad = post("?fields=plan.portion", {**WORKED, "dose": "0 mg"})
    assert bad.status_code == 422
    assert bad.get_json() == post("", {**WORKED, "dose": "0 mg"}).get_json()


def test_a_choice_of_fields_is_not_answered_in_fhir():
    assert post("?fields=plan.portion", headers={"Accept": "application/fhir+json"}).status_code == 406
