"""The whole case book through the endpoint and through the page, which must agree."""

import json

import pytest

from calc.wording.paper import plan_id
from tests.casebook.compare import cases, differences, refusal_differences
from tests.support.checked_client import soup, words
from tests.support.client import make_client
from tests.support.dates import day_in_words
from tests.support.queries import query_of
from tests.support.schemas import validate

CLIENT = make_client()
CASES = cases()
#: A JSON number for a dose, a text for a count: on the page every value is typed text.
JSON_ONLY = ["100-many-faults-at-once", "102-dose-as-json-number", "103-faults-hide-stops"]
SHOWN = (
    "drug_needed",
    "portion",
    "diluent",
    "diluent_per_capsule",
    "fill_mass",
    "powder_per_capsule",
    "drug_left_over",
)


def by_id(case):
    return case["id"]


def is_text_and_counts(case):
    return isinstance(case["order"].get("dose"), str) and isinstance(case["order"].get("quantity"), int)


def asked(case):
    return CLIENT.post("/api/v1/plan", json=case["order"])


def test_the_book_is_large_enough_to_mean_something():
    assert len(CASES) >= 100
    assert len({case["id"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=by_id)
def test_the_endpoint_answers_as_the_book_says(case):
    answer = asked(case)
    whole = json.loads(answer.get_data())
    assert answer.status_code == case["expect"]["status"], whole
    if answer.status_code == 200:
        validate("answer.schema.json", whole)
        assert differences(case["expect"], whole) == []
    else:
        assert refusal_differences(case["expect"], whole) == []


def test_only_wrong_json_types_cannot_be_said_on_the_page():
    assert [case["id"] for case in CASES if not is_text_and_counts(case)] == JSON_ONLY


@pytest.mark.parametrize("case", [case for case in CASES if case["id"] not in JSON_ONLY], ids=by_id)
def test_the_page_says_the_same(case):
    from_endpoint = json.loads(asked(case).get_data())
    answer = CLIENT.get("/", query_string=query_of(case["order"]), follow_redirects=True)
    assert answer.status_code == case["expect"]["status"]
    text = words(soup(answer).main)
    if answer.status_code == 200:
        plan = from_endpoint["plan"]
        expected = [plan[name]["text"] for name in SHOWN if plan[name] is not None]
        expected += [rung["add"]["text"] for rung in plan["ladder"]]
        expected += [notice["text"] for notice in plan["notices"]]
        expected += [step["result"] for step in plan["steps"]]
        expected += [day_in_words(plan["beyond_use"]["date"]), plan_id(from_endpoint["fingerprint"])]
    else:
        expected = [trouble["text"] for kind in ("faults", "stops") for trouble in from_endpoint.get(kind, [])]
    assert [part for part in expected if " ".join(part.split()) not in text] == []
