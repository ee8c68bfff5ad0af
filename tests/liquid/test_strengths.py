"""Strengths as "25 mg/5 mL" and "2 %", tablets and a volume, doses in mL: worked by hand, at every door."""

from fractions import Fraction

import pytest

from tests.orders.test_fields_left_out import GONE, with_all
from tests.support.bounds import faults_of
from tests.support.client import ask_api, make_client
from tests.support.pages import plain_text
from tests.support.papers import one_line, text_of_pdf
from tests.support.queries import as_query

BASE = {
    "preparation": "liquid",
    "drug": {"name": "another drug"},
    "dose": "5 mg",
    "strength": "1 mg",
    "volume": "150 mL",
    "prepared_on": "2026-11-25",
    "source": {"strength": "25 mg", "expiry": "2027-11-30"},
    "vehicle": {"name": "suspending vehicle", "expiry": "2027-11-30"},
}
#: Ten tablets of 25 mg in 150 mL: 250/150 = 5/3 mg in 1 mL, and 25/3 mg in a dose of 5 mL.
USED = with_all(BASE, {"dose": "5 mL", "strength": GONE, "source.tablets_used": 10})


@pytest.fixture(scope="module")
def client():
    return make_client()


@pytest.mark.parametrize(
    ("typed", "understood", "in_one_ml"),
    [
        ("5 mg", "5 mg", "5"),
        ("5 mg/mL", "5 mg", "5"),
        ("5 mg / 1 mL", "5 mg", "5"),
        ("25 mg/5 mL", "25 mg/5 mL", "5"),
        (" 0.025  g /  0.005 L ", "25 mg/5 mL", "5"),
        ("25 mcg/0.1 mL", "0.025 mg/0.1 mL", "0.25"),
        ("200 mg/2 L", "200 mg/2000 mL", "0.1"),
        ("10 mg/15 mL", "10 mg/15 mL", "2/3"),
        ("2 %", "2 %", "20"),  # 2 g in 100 mL
        ("0.50 %", "0.5 %", "5"),
    ],
)
def test_a_strength_is_read_as_it_is_written_on_labels(client, typed, understood, in_one_ml):
    order = with_all(BASE, {"strength": typed, "source.strength": "100 mg"})
    body = ask_api(client, order).get_json()
    assert body["order"]["strength"] == understood
    assert body["plan"]["strength"]["in_one_ml"]["exact"] == in_one_ml
    assert Fraction(body["plan"]["drug_needed"]["exact"]) == 150 * Fraction(in_one_ml)
    again = ask_api(client, body["order"]).get_json()
    assert (again["fingerprint"], again["plan"], again["defaults"]) == (body["fingerprint"], body["plan"], [])


def test_the_same_drug_in_1_ml_is_the_same_plan_and_what_stands_on_its_label_tells_the_orders_apart(client):
    answers = {
        typed: ask_api(client, with_all(BASE, {"strength": typed})).get_json()
        for typed in ("5 mg", "5 mg/mL", "25 mg/5 mL", "0.5 %")
    }
    prints = {typed: answer["fingerprint"] for typed, answer in answers.items()}
    assert prints["5 mg"] == prints["5 mg/mL"]
    assert len(set(prints.values())) == 3
    said = {typed: answer["plan"].pop("strength")["text"] for typed, answer in answers.items()}
    assert said == {"5 mg": "5 mg/mL", "5 mg/mL": "5 mg/mL", "25 mg/5 mL": "25 mg/5 mL", "0.5 %": "0.5 %"}
    assert all(answer["plan"] == answers["5 mg"]["plan"] for answer in answers.values())


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (
            {"dose": "5 mL", "strength": GONE, "source.tablets_used": 10, "volume": "228.593657 mL"},
            "250 mg/228.593657 mL",
        ),
        (
            {"dose": "5 mL", "strength": GONE, "source.tablets_used": 649, "volume": "1441.43856 mL"},
            "16,225 mg/1,441.43856 mL",
        ),
        # 19 tablets of 50 mg hydrochloride hold 950 x 341.41 / 377.87 = 858.3 mg of base, without an end
        (
            {"drug": "naltrexone", "dose": "5 mL", "dose_basis": "base", "strength": GONE, "source.strength": "50 mg"}
            | {"source.tablets_used": 19, "volume": "864 mL"},
            "about 858.3 mg/864 mL",
        ),
        ({"strength": "145.833331 mg/70 mL"}, "145.833331 mg/70 mL"),
    ],
)
def test_what_was_typed_of_a_strength_is_never_rounded(client, changes, text):
    """649 tablets of 25 mg hold 16,225 mg."""
    assert ask_api(client, with_all(BASE, changes)).get_json()["plan"]["strength"]["text"] == text


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("25 mg/0 mL", "zero_not_allowed"),
        ("0 mg/5 mL", "zero_not_allowed"),
        ("0 %", "zero_not_allowed"),
        ("5 mL", "wrong_dimension"),
        ("5 mL/25 mg", "wrong_dimension"),
        ("25 mg/5 mg", "wrong_dimension"),
        ("2 %/5 mL", "wrong_dimension"),
        ("25 mg/5 mL/day", "number_format"),
        ("25 mg/5", "unit_missing"),
        ("25/5 mL", "unit_missing"),
        ("25 mg/", "required"),
        ("/5 mL", "required"),
        ("2%", "unit_in_number"),
        ("25 mg/5mL", "unit_in_number"),
        ("25 mg/5 ml", "unit_unknown"),
        ("101 %", "out_of_range"),
        ("1001 mg/mL", "out_of_range"),
        ("1 mcg/2 L", "out_of_range"),
        ("1 mg/0.099999 mL", "out_of_range"),
        ("1 mg/2.000001 L", "out_of_range"),
        ("1 mg/2000.000001 mL", "out_of_range"),
    ],
)
def test_what_is_no_strength_is_one_fault_of_it(client, typed, code):
    assert faults_of(ask_api(client, with_all(BASE, {"strength": typed}))) == [(code, "strength")]
    for field in ("dose", "source.strength", "volume"):  # no other field takes a mass in a volume, or per cent
        for other in ("25 mg/5 mL", "2 %"):
            assert [path for _, path in faults_of(ask_api(client, with_all(BASE, {field: other})))] == [field]


def test_ten_tablets_to_150_ml_are_used_whole_and_the_strength_follows(client):
    body = ask_api(client, USED).get_json()
    plan = body["plan"]
    assert (plan["tablets_to_crush"], plan["all_of_the_powder"], plan["portion"]) == (10, True, None)
    assert plan["tablets_exact"]["exact"] == "10"
    assert plan["drug_needed"]["exact"] == "250"
    assert plan["nearly_whole_tablets"] is None
    assert plan["dose_volume"]["exact"] == "5"
    strength = plan["strength"]
    assert (strength["text"], strength["in_one_ml"]["exact"], strength["in_one_dose"]["exact"]) == (
        "250 mg/150 mL",
        "5/3",
        "25/3",
    )
    assert strength["in_one_ml"]["text"] == "about 1.667 mg/mL"
    assert strength["in_one_dose"]["text"] == "about 8.333 mg"
    assert (body["order"]["strength"], body["order"]["dose"]) == (None, "5 mL")
    again = ask_api(client, body["order"]).get_json()
    assert (again["fingerprint"], again["plan"], again["defaults"]) == (body["fingerprint"], plan, [])
    ordered = ask_api(client, with_all(BASE, {"dose": "5 mL", "strength": "10 mg/6 mL"})).get_json()["plan"]
    for name in ("tablets_to_crush", "drug_needed", "dose_volume", "doses", "syringe", "reverse_check"):
        assert ordered[name] == plan[name]


def test_as_base_the_strength_of_the_tablets_is_converted(client):
    """Two tablets of 50 mg hydrochloride to 100 mL: 1 mg in 1 mL, which is 341.40/377.86 mg of base."""
    order = {**USED, "drug": "naltrexone", "dose": "4.5 mL", "dose_basis": "base", "volume": "100 mL"}
    body = ask_api(client, with_all(order, {"source": {"tablets_used": 2}})).get_json()
    found = Fraction(body["plan"]["strength"]["in_one_ml"]["exact"])
    assert found == Fraction("341.40") / Fraction("377.86")
    assert Fraction(body["plan"]["strength"]["in_one_dose"]["exact"]) == found * Fraction("4.5")
    assert body["plan"]["drug_needed"]["exact"] == "100"
    codes = [step["code"] for step in body["plan"]["steps"]]
    assert codes[:3] == ["strength_of_tablets_used", "strength_as_ordered", "dose_of_volume"]


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"strength": "1 mg"}, [("excludes_each_other", "strength")]),
        ({"source.tablets_crushed": 10}, [("excludes_each_other", "source.tablets_crushed")]),
        ({"source.tablets_used": GONE}, [("required", "strength")]),
        (
            {"source": {"kind": "powder", "assay": "99 %", "tablets_used": 10}},
            [("unknown_field", "source.tablets_used")],
        ),
        ({"source.strength": "10 g", "volume": "1 mL"}, [("out_of_range", "source.tablets_used")]),
        ({"source.strength": "0.001 mcg", "volume": "150 mL"}, [("out_of_range", "source.tablets_used")]),
        ({"source.strength": "2 g", "volume": "30 mL", "dose": "20 mL"}, [("out_of_range", "dose")]),
    ],
)
def test_tablets_used_stand_in_place_of_a_strength(client, change, faults):
    assert faults_of(ask_api(client, with_all(USED, change))) == faults


def test_capsules_take_neither_a_dose_in_ml_nor_tablets_used(client):
    order = {"dose": "5 mL", "quantity": 30, "source": {"tablets_used": 10}}
    assert faults_of(ask_api(client, order)) == [("wrong_dimension", "dose"), ("unknown_field", "source.tablets_used")]


@pytest.mark.parametrize(
    ("change", "code", "field", "value"),
    [
        ({"source.strength": "25 mg", "volume": "10 mL"}, "thick_liquid", "source.tablets_used", "1"),
        (
            {"source": {"strength": "25 mg", "tablets_used": 10, "tablets_weighed": 10, "total_mass": "35 g"}},
            "solids_high",
            "source.tablets_used",
            "10",
        ),
    ],
)
def test_a_stop_is_told_of_where_the_strength_comes_from(client, change, code, field, value):
    stops = ask_api(client, with_all(USED, change)).get_json()["stops"]
    assert (code, field, value) in {(stop["code"], stop["field"], stop["value"]) for stop in stops}


def test_a_dose_in_ml_is_acknowledged_as_it_was_typed(client):
    """4.5 mL of 10 mg in 1 mL are 45 mg of naltrexone, far above a usual low dose."""
    order = {**BASE, "drug": "naltrexone", "dose": "4.5 mL", "strength": "10 mg", "source": {}}
    stops = ask_api(client, order).get_json()["stops"]
    (stop,) = [stop for stop in stops if stop["field"] == "dose"]
    assert stop["value"] == "4.5 mL"
    assert "45 mg" in stop["text"]


def test_the_page_takes_the_whole_strength_in_its_box_and_says_it_back(client):
    shared = "/liquid?preparation=liquid&drug-name=another%20drug&dose=5&dose_unit=mL&volume=150&volume_unit=mL&"
    rest = "source-strength=25&source-strength_unit=mg&vehicle-name=water&prepared_on=2026-11-25"
    moved = client.get(f"{shared}strength=25%20mg%2F5%20mL&strength_unit=mg&{rest}")
    assert moved.status_code == 303
    assert "strength=25&strength_unit=mg%2F5%20mL" in moved.location
    page = plain_text(client.get(moved.location))
    assert "25 mg/5 mL (5 mg in 1 mL)" in page
    assert "Drug in one dose 25 mg" in page


@pytest.mark.parametrize("paper", ["sheet", "label"])
def test_the_papers_say_the_drug_in_the_volume_and_about_how_much_is_in_1_ml(client, paper):
    query = [*as_query(USED), *([("label", "4x2")] if paper == "label" else [])]
    answer = client.get(f"/liquid/{paper}.pdf", query_string=query)
    assert answer.status_code == 200
    text = one_line(text_of_pdf(answer.data))
    assert "250 mg/150 mL" in text
    assert "about 1.667 mg in 1 mL" in text


def test_powder_of_tablets_used_whole_is_held_against_as_many(client):
    """Two tablets of 1826.2 mg have a mean of 913.1 mg; seventeen weigh 15,522.7 mg, of which 15,121 mg came back."""
    source = {"strength": "250 mg", "tablets_used": 17, "tablets_weighed": 2, "total_mass": "1826.2 mg"}
    order = with_all(BASE, {"dose": "1.5 mL", "strength": GONE, "volume": "108 mL"})
    for recovered, status in (("15121 mg", 200), ("15525 mg", 422)):
        answer = ask_api(client, {**order, "source": {**source, "recovered_mass": recovered}})
        assert answer.status_code == status


def test_of_more_tablets_weighed_all_powder_of_those_crushed_is_used(client):
    """20 mg are just two tablets of 10 mg; four were weighed, 809.6 mg, and no loss is kept in reserve."""
    source = {"strength": "10 mg", "least_tablets": 2, "tablets_weighed": 4, "total_mass": "809.6 mg"}
    order = {"preparation": "liquid", "drug": {"name": "prednisolone"}, "dose": "5 mg", "strength": "1 mg"}
    order |= {"volume": "20 mL", "crushing_loss": "0 %", "vehicle": {"name": "Ora-Blend"}, "prepared_on": "2027-01-15"}
    plan = ask_api(client, {**order, "source": source}).get_json()["plan"]
    assert (plan["tablets_to_crush"], plan["all_of_the_powder"]) == (2, True)
    assert (plan["portion"], plan["weighings"]) == (None, [])
    # With a loss in reserve three are crushed, and the powder of two is weighed out of them: 404.8 mg of 607.2 mg.
    plan = ask_api(client, {**order, "source": source, "crushing_loss": "3 %"}).get_json()["plan"]
    assert (plan["tablets_to_crush"], plan["all_of_the_powder"], plan["portion"]["text"]) == (3, False, "0.405 g")
