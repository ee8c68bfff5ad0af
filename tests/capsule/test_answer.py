"""The answer of the endpoint: its keys, its schema, how figures are shown, the fingerprint."""

import json
from datetime import date
from pathlib import Path

import pytest

from calc.answers.figures import deviation
from calc.answers.parts import VERSION
from calc.arithmetic.units import RATIO, figure
from calc.capsule.answer import answer, plan_shown
from calc.capsule.order import Order
from calc.capsule.planning import plan
from calc.library import load
from tests.capsule.test_worked_case import WORKED
from tests.support.schemas import DOCS, SCHEMAS, validate

LIBRARY = load()
TODAY = date(2026, 11, 22)


def answered(tree):
    return answer(plan(Order.read(tree, LIBRARY, today=TODAY), LIBRARY))


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_schema_in_the_docs_is_the_one_of_the_models(name):
    written = json.loads((Path(DOCS) / name).read_text(encoding="utf-8"))
    assert written == SCHEMAS[name], "run: python -m tests.support.schemas"


@pytest.mark.parametrize("tree", [WORKED, {"dose": "4.5 mg", "quantity": 30}], ids=["worked", "plain"])
def test_an_answer_and_its_order_follow_their_schemas(tree):
    whole = answered(tree)
    validate("answer.schema.json", whole)
    validate("order.schema.json", whole["order"])


def test_the_schema_refuses_an_order_that_cannot_be_read():
    from jsonschema_rs import ValidationError

    with pytest.raises(ValidationError):
        validate("order.schema.json", {"dose": 4.5, "quantity": 30})


def test_what_the_balance_weighs_is_in_one_unit_with_its_decimals():
    shown = answered({**WORKED, "balance": {"readability": "0.1 mg", "sensitivity": "6 mg", "tolerated_error": "5 %"}})
    figures = [shown["plan"]["portion"], shown["plan"]["diluent"]]
    figures += [weighing["mass"] for weighing in shown["plan"]["weighings"]]
    figures += [rung[part] for rung in shown["plan"]["ladder"] for part in ("add", "total")]
    assert {figure["unit"] for figure in figures} == {"g"}
    assert {len(figure["value"].partition(".")[2]) for figure in figures} == {4}


def test_the_fingerprint_is_sixteen_characters_and_follows_the_figures():
    one = answered(WORKED)
    assert len(one["fingerprint"]) == 16
    assert one["fingerprint"].isalnum()
    other = answered({**WORKED, "source": {"tablets_weighed": 3, "total_mass": "0.481 g"}})
    assert other["fingerprint"] != one["fingerprint"]


def test_the_fingerprint_knows_no_version_and_no_defaults(monkeypatch):
    one = answered(WORKED)
    again = answered(one["order"])
    assert one["defaults"] != again["defaults"]
    assert one["fingerprint"] == again["fingerprint"]
    assert one["version"] == VERSION


def test_a_new_wording_keeps_the_fingerprint():
    from calc.answers.fingerprint import fingerprint

    made = plan(Order.read(WORKED, LIBRARY, today=TODAY), LIBRARY)
    shown = plan_shown(made)
    before = fingerprint(made.order.understood(), shown)
    for step in shown["steps"]:
        step["title"], step["formula"], step["result"] = "other", "words", "here"
    for caution in shown["cautions"]:
        caution["text"] = "said otherwise"
    shown["portion"]["text"] = "432 mg"
    assert fingerprint(made.order.understood(), shown) == before


@pytest.mark.parametrize(
    ("value", "text"),
    [("0", "0 %"), ("-1/4129", "-0.02 %"), ("1/99", "+1.01 %"), ("1/100000", "below 0.01 %"), ("-3/100", "-3 %")],
)
def test_a_deviation_is_shown_to_a_hundredth_of_a_per_cent(value, text):
    assert deviation(figure(value, RATIO))["text"] == text


def test_no_float_is_anywhere_in_an_answer():
    def look(part):
        assert not isinstance(part, float)
        for item in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
            look(item)

    look(answered(WORKED))
