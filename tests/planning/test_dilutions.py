"""A dilution as the source, by the drug in a gram of it: worked by hand, at every door."""

import re

import pytest

from tests.orders.test_fields_left_out import GONE, with_all
from tests.support.bounds import faults_of
from tests.support.client import ask_api, make_client
from tests.support.pages import plain_text
from tests.support.papers import text_of_pdf
from tests.support.queries import as_query

STOCK = {"kind": "dilution", "drug_in_gram": "10 mg", "lot": "D7", "expiry": "2027-11-30"}
#: Thirty capsules of 0.5 mg from 10 mg/g: 15 mg of drug in 1.5 g, 50 mg in each capsule, in a fill of 150 mg.
CAPSULES = {
    "dose": "0.5 mg",
    "quantity": 30,
    "prepared_on": "2026-11-25",
    "source": STOCK,
    "capsule": {"fill_mass": "150 mg", "expiry": "2028-01-31"},
    "diluent": {"expiry": "2028-01-31"},
}
#: 100 mL of 0.5 mg in 1 mL: 50 mg in 5 g.
LIQUID = {
    "preparation": "liquid",
    "dose": "1 mg",
    "strength": "0.5 mg",
    "volume": "100 mL",
    "prepared_on": "2026-11-25",
    "source": STOCK,
    "vehicle": {"name": "suspending vehicle", "preserved": "yes", "expiry": "2028-01-31"},
}


@pytest.fixture(scope="module")
def client():
    return make_client()


@pytest.mark.parametrize("typed", ["10 mg", "10 mg/g", "0.01 g", "10000 mcg/g"])
def test_a_dilution_is_weighed_as_a_powder_of_that_strength(client, typed):
    body = ask_api(client, with_all(CAPSULES, {"source.drug_in_gram": typed})).get_json()
    plan = body["plan"]
    assert (plan["drug_needed"]["exact"], plan["portion"]["exact"]) == ("15", "1.5")
    assert plan["portion"]["unit"] == "g"
    assert plan["diluent_per_capsule"]["exact"] == "100"
    assert plan["reverse_check"]["dose"]["exact"] == "0.5"
    assert (plan["tablets_exact"], plan["tablets_to_crush"], plan["offers"]) == (None, None, [])
    assert body["order"]["source"]["drug_in_gram"] == "10 mg"
    (step,) = [step for step in plan["steps"] if step["code"] == "strength_of_dilution"]
    assert "10 mg" in step["substituted"]
    again = ask_api(client, body["order"]).get_json()
    plan.pop("spread"), again["plan"].pop("spread")  # it says which figures of the balance were assumed
    assert (again["fingerprint"], again["plan"], again["defaults"]) == (body["fingerprint"], plan, [])


def test_a_liquid_is_made_of_it(client):
    plan = ask_api(client, LIQUID).get_json()["plan"]
    assert (plan["drug_needed"]["exact"], plan["portion"]["exact"]) == ("50", "5")
    assert plan["reverse_check"]["strength"]["exact"] == "0.5"


def test_the_dilution_has_a_chemical_form_of_its_own(client):
    """15 mg of hydrochloride are 15 x 341.40/377.86 mg of base, 1.35526... g of a dilution of base."""
    plan = ask_api(client, with_all(CAPSULES, {"source.basis": "base"})).get_json()["plan"]
    assert plan["portion"]["value"] == "1.355"
    assert faults_of(ask_api(client, with_all(CAPSULES, {"source.basis": "tartrate"}))) == [
        ("unknown_choice", "source.basis")
    ]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1 in 1000", "1 in 1,000 is 1 mg/g"),
        ("1:10", "1 in 10 is 100 mg/g"),
        ("1 : 100", "1 in 100 is 10 mg/g"),
        ("1 to 3", "1 in 3 is 333.3 mg/g"),
        ("1/10", "1 in 10 is 100 mg/g"),
        ("1:1000 mg", "1 in 1,000 is 1 mg/g"),
    ],
)
def test_a_ratio_is_refused_and_said_in_mg_in_a_gram(client, typed, says):
    answer = ask_api(client, with_all(CAPSULES, {"source.drug_in_gram": typed}))
    assert faults_of(answer) == [("ratio_not_allowed", "source.drug_in_gram")]
    assert says in answer.get_json()["faults"][0]["text"].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"source.drug_in_gram": GONE}, [("required", "source.drug_in_gram")]),
        ({"source.drug_in_gram": "0.1 mg"}, []),
        ({"source.drug_in_gram": "0.099999 mg"}, [("out_of_range", "source.drug_in_gram")]),
        ({"source.drug_in_gram": "100 mg"}, []),
        ({"source.drug_in_gram": "100.000001 mg"}, [("out_of_range", "source.drug_in_gram")]),
        ({"source.drug_in_gram": "1 %"}, [("wrong_dimension", "source.drug_in_gram")]),
        ({"source.drug_in_gram": "1:0"}, [("number_format", "source.drug_in_gram")]),
        ({"source.assay": "99 %"}, [("unknown_field", "source.assay")]),
        ({"source.tablets_weighed": 3}, [("unknown_field", "source.tablets_weighed")]),
        ({"crushing_loss": "3 %"}, [("excludes_each_other", "crushing_loss")]),
    ],
)
def test_what_a_dilution_takes(client, change, faults):
    assert faults_of(ask_api(client, with_all(CAPSULES, change))) == faults


def test_its_own_date_bounds_the_use_and_stops_what_is_past(client):
    plan = ask_api(client, with_all(CAPSULES, {"source.discard_after": "2026-12-20"})).get_json()["plan"]
    assert (plan["beyond_use"]["date"], plan["beyond_use"]["bound_by"]) == ("2026-12-20", "dilution")
    stopped = ask_api(client, with_all(CAPSULES, {"source.discard_after": "2026-11-24"})).get_json()
    assert [(stop["code"], stop["field"]) for stop in stopped["stops"]] == [("expired", "source.discard_after")]


@pytest.mark.parametrize(("at", "order"), [("", CAPSULES), ("/liquid", LIQUID)])
def test_page_and_papers_say_mg_in_a_gram_and_no_bulk_powder(client, at, order):
    asked = {"screening-opioids": "no", "screening-liver_disease": "no"}
    query = [*as_query(order), *asked.items()]
    texts = []
    for paper, more in (("sheet", [("annex", "yes")]), ("label", [("label", "4x2")]), ("leaflet", [])):
        answer = client.get(f"{at}/{paper}.pdf", query_string=[*query, *more])
        assert answer.status_code == 200
        texts.append(text_of_pdf(answer.data))
    assert "dilution, naltrexone hydrochloride, 10 mg/g" in texts[0]
    page = plain_text(client.get(at or "/", query_string=query))
    assert "Weigh 1.500 g of the dilution" in page or "Weigh 5.000 g of the dilution" in page
    for text in texts:
        assert "bulk powder" not in text.lower()
        assert "certificate of analysis" not in text.lower()
        assert re.search(r"\b1 ?: ?\d|\b1 in \d+\b(?! mL)", text) is None
