"""Two forms of a drug without a file, by molar masses or by an equivalence: worked by hand, at every door."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from calc.__main__ import main
from calc.paper.code import pack, unpack
from tests.orders.test_fields_left_out import GONE, with_all
from tests.support.bounds import faults_of
from tests.support.client import ask_api, make_client
from tests.support.pages import plain_text
from tests.support.papers import one_line, text_of_pdf
from tests.support.queries import as_query

#: 250 of the base are 300 of the salt: 1.2.
MOLAR = {
    "dose": "examplol",
    "source": "examplol hydrochloride",
    "dose_molar_mass": "250 g/mol",
    "source_molar_mass": "300.00 g/mol",
}
#: As a label has it: 1.25 mg of the salt is 1 mg of the base.
EQUAL = {"dose": "base", "source": "hydrochloride", "dose_equals": "1 mg", "source_equals": "1250 mcg"}
ASSESSED = dict.fromkeys(("may_be_crushed", "stability_supported"), "yes")
ASSESSED |= dict.fromkeys(("hazardous", "narrow_index"), "no")
#: Twenty capsules of 5 mg: 100 mg of base, 120 mg of salt; 12 tablets of 10 mg; 24 mg of a powder of 50 % in each.
CAPSULES = {
    "drug": {"name": "examplol"},
    "dose": "5 mg",
    "quantity": 20,
    "prepared_on": "2026-11-25",
    "forms": MOLAR,
    "source": {
        "strength": "10 mg",
        "tablets_weighed": 12,
        "total_mass": "1.2 g",
        "tablets_crushed": 12,
        "weighed_on": "2026-11-25",
    },
    "crushing_loss": "0 %",
    "capsule": {"size": "3", "fill_mass": "150 mg"},
    "assessment": ASSESSED,
}
POWDER = {"kind": "powder", "assay": "100 %", "lot": "P1", "expiry": "2028-01-31"}
#: 100 mL of 2 mg in 1 mL: 200 mg of base, 250 mg of salt; ten tablets of 25 mg, used whole.
LIQUID = {
    "preparation": "liquid",
    "drug": {"name": "examplol"},
    "dose": "4 mg",
    "strength": "2 mg",
    "volume": "100 mL",
    "prepared_on": "2026-11-25",
    "forms": EQUAL,
    "source": {"strength": "25 mg"},
    "vehicle": {"name": "suspending vehicle", "preserved": "yes"},
    "assessment": ASSESSED,
}


@pytest.fixture(scope="module")
def client():
    return make_client()


def steps_of(plan, code):
    return [step for step in plan["steps"] if step["code"] == code]


def notice_of(plan, code):
    return [notice["text"].replace("\u00a0", " ") for notice in plan["notices"] if notice["code"] == code]


def test_capsules_by_molar_masses(client):
    body = ask_api(client, CAPSULES).get_json()
    plan = body["plan"]
    assert (plan["drug_needed"]["exact"], plan["tablets_exact"]["exact"], plan["portion"]["exact"]) == (
        "120",
        "12",
        "1.2",
    )
    assert plan["reverse_check"]["dose"]["exact"] == "5"
    (step,) = steps_of(plan, "dose_as_labelled")
    assert step["result"].startswith("6 mg")
    assert "300 g/mol" in step["substituted"]
    assert "250 g/mol" in step["substituted"]
    (said,) = notice_of(plan, "forms_converted")
    assert "100 mg of examplol count as 120 mg of examplol hydrochloride" in said
    assert body["order"]["forms"] == {
        **MOLAR,
        "source_molar_mass": "300 g/mol",
        "dose_equals": None,
        "source_equals": None,
    }
    again = ask_api(client, body["order"]).get_json()
    assert (again["fingerprint"], again["plan"]["steps"]) == (body["fingerprint"], plan["steps"])


def test_a_liquid_by_an_equivalence_and_back(client):
    plan = ask_api(client, LIQUID).get_json()["plan"]
    assert (plan["drug_needed"]["exact"], plan["tablets_exact"]["exact"]) == ("250", "10")
    assert plan["reverse_check"]["strength"]["exact"] == "2"
    (step,) = steps_of(plan, "strength_as_labelled")
    assert "1.25 mg" in step["substituted"]
    assert step["reference"].startswith("Equivalence")
    # Eight tablets used whole: 200 mg of salt in 100 mL, 1.6 mg of base in 1 mL; 4 mg are 2.5 mL.
    whole = ask_api(client, with_all(LIQUID, {"strength": GONE, "source.tablets_used": 8})).get_json()["plan"]
    assert (whole["strength"]["in_one_ml"]["exact"], whole["dose_volume"]["exact"]) == ("1.6", "2.5")
    assert whole["strength"]["text"] == "160 mg/100 mL"
    assert steps_of(whole, "strength_as_ordered")
    # A dose of 5 mL of 2 mg in 1 mL is 10 mg of base.
    measured = ask_api(client, with_all(LIQUID, {"dose": "5 mL"})).get_json()["plan"]
    assert measured["strength"]["in_one_dose"]["exact"] == "10"


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        (POWDER, ("120", "0.12")),
        ({"kind": "dilution", "drug_in_gram": "100 mg"}, ("120", "1.2")),
        (
            {"kind": "capsule", "contents": "powder", "release": "immediate", "strength": "10 mg"}
            | {"capsules_weighed": 12, "full_mass": "1.8 g", "shells_mass": "0.6 g"},
            ("120", "1.2"),
        ),
    ],
    ids=["powder", "dilution", "capsule"],
)
def test_every_source_is_in_its_own_form(client, source, needed):
    change = {"source": source, "crushing_loss": GONE if source["kind"] != "capsule" else "0 %"}
    plan = ask_api(client, with_all(CAPSULES, change)).get_json()["plan"]
    assert (plan["drug_needed"]["exact"], plan["portion"]["exact"]) == needed
    assert plan["reverse_check"]["dose"]["exact"] == "5"


def test_a_dose_is_held_against_one_tablet_in_the_form_of_the_tablet(client):
    """9 mg of base are 10.8 mg of salt: more than one tablet of 10 mg, though 9 is less than 10."""
    change = {"dose": "9 mg", "source": {"strength": "10 mg"}}
    (said,) = notice_of(ask_api(client, with_all(CAPSULES, change)).get_json()["plan"], "whole_tablet_dose")
    assert "1.08 tablets" in said
    plain = with_all(CAPSULES, {**change, "forms": GONE})
    assert not notice_of(ask_api(client, plain).get_json()["plan"], "whole_tablet_dose")
    # 100 tablets of 10 mg hold 1,000 mg of salt, 833.3 mg of base.
    stopped = ask_api(client, with_all(CAPSULES, {"dose": "84 mg", "source": {"strength": "1 mg"}})).get_json()
    assert ("many_tablets_per_dose", "100.8") in [(stop["code"], stop["value"]) for stop in stopped["stops"]]


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"drug": "naltrexone"}, [("excludes_each_other", "forms")]),
        ({"forms": 5}, [("wrong_type", "forms")]),
        (
            {"forms": {}},
            [("required", "forms.dose"), ("required", "forms.source"), ("required", "forms.dose_molar_mass")],
        ),
        ({"forms.strength": "5 mg"}, [("unknown_field", "forms.strength")]),
        ({"forms.dose": "  "}, [("required", "forms.dose")]),
        ({"forms.source": "x" * 41}, [("text_too_long", "forms.source")]),
        ({"forms.source_molar_mass": GONE}, [("pair_incomplete", "forms.source_molar_mass")]),
        ({"forms.dose_equals": "1 mg"}, [("excludes_each_other", "forms.dose_equals")]),
        ({"forms.dose_molar_mass": 250}, [("wrong_type", "forms.dose_molar_mass")]),
        ({"forms.dose_molar_mass": "250"}, [("unit_missing", "forms.dose_molar_mass")]),
        ({"forms.dose_molar_mass": "250 mg"}, [("wrong_dimension", "forms.dose_molar_mass")]),
        ({"forms.dose_molar_mass": "250 Da"}, [("unit_unknown", "forms.dose_molar_mass")]),
        ({"forms.dose_molar_mass": "2,5 g/mol"}, [("decimal_comma", "forms.dose_molar_mass")]),
        ({"forms.dose_molar_mass": "g/mol"}, [("required", "forms.dose_molar_mass")]),
        ({"forms.dose_molar_mass": "0 g/mol"}, [("zero_not_allowed", "forms.dose_molar_mass")]),
        ({"dose": "5 g/mol"}, [("unit_unknown", "dose")]),
        ({"forms.dose_molar_mass": "9.999999 g/mol"}, [("out_of_range", "forms.dose_molar_mass")]),
        ({"forms.source_molar_mass": "10000.000001 g/mol"}, [("out_of_range", "forms.source_molar_mass")]),
        ({"forms.dose_molar_mass": "10 g/mol", "forms.source_molar_mass": "50 g/mol"}, []),
        ({"forms.dose_molar_mass": "10000 g/mol", "forms.source_molar_mass": "2000 g/mol"}, []),
        ({"forms.source_molar_mass": "1250.000001 g/mol"}, [("out_of_range", "forms.source_molar_mass")]),
        ({"forms.source_molar_mass": "49.999999 g/mol"}, [("out_of_range", "forms.source_molar_mass")]),
        ({"forms": {**EQUAL, "dose_equals": "0.000999 mg"}}, [("out_of_range", "forms.dose_equals")]),
        ({"forms": {**EQUAL, "dose_equals": "0.001 mg", "source_equals": "0.005 mg"}}, []),
        ({"forms": {**EQUAL, "dose_equals": "10 g", "source_equals": "10 g"}}, []),
        ({"forms": {**EQUAL, "source_equals": "10.000001 g"}}, [("out_of_range", "forms.source_equals")]),
        ({"forms": {**EQUAL, "source_equals": "0.199999 mg"}}, [("out_of_range", "forms.source_equals")]),
    ],
)
def test_what_is_taken(client, change, faults):
    order = with_all(CAPSULES, change)
    assert sorted(faults_of(ask_api(client, order))) == sorted(faults)
    schedule = {"schedule": [{"dose": "5 mg", "days": 20}], "order": {**order, "dose": GONE, "quantity": GONE}}
    schedule["order"] = {name: value for name, value in schedule["order"].items() if value is not GONE}
    schedule["order"]["source"] = {"strength": "10 mg"}
    at_schedule = client.post("/api/v1/titration", json=schedule)
    expected = [(code, f"order.{field}") for code, field in faults if field != "dose"]
    found = [each for each in faults_of(at_schedule) if each[1] != "order.dose"]
    assert sorted(found) == sorted(expected)


def test_query_command_line_and_code_say_the_same(client, capsysbinary):
    pairs, fingerprint = as_query(CAPSULES), ask_api(client, CAPSULES).get_json()["fingerprint"]
    assert ("forms-dose_molar_mass", "250") in pairs
    assert unpack(pack(pairs)) == pairs
    typed = [pair for pair in pairs if not pair[0].startswith("forms-dose_molar_mass")]
    moved = client.get("/", query_string=[*typed, ("forms-dose_molar_mass", " 250 g/mol")])
    assert dict(parse_qsl(urlsplit(moved.location).query))["forms-dose_molar_mass_unit"] == "g/mol"
    page = client.get(moved.location)
    assert fingerprint in page.text.replace("-", "").replace(" ", "")
    fields = [part for name, value in MOLAR.items() for part in (f"--forms.{name}", value)]
    order = ["--drug.name", "examplol", "--dose", "5 mg", "--quantity", "20", "--source.strength", "10 mg"]
    assert main(["plan", *order, *fields]) == 0
    assert json.loads(capsysbinary.readouterr().out)["plan"]["drug_needed"]["exact"] == "120"


def test_page_and_papers_name_each_form_where_it_counts(client):
    """The label says the form of the dose, the label to read is that of the source; brackets name the drug."""
    expiries = {"source.expiry": "2028-01-31", "capsule.expiry": "2028-01-31", "diluent": {"expiry": "2028-01-31"}}
    pairs = as_query(with_all(CAPSULES, {**expiries, "forms": {**EQUAL, "source_equals": "1.2 mg"}}))
    page = plain_text(client.get("/", query_string=pairs))
    assert "100 mg of examplol (base) count as 120 mg of examplol (hydrochloride)" in page
    texts = {}
    for paper, more in (("sheet", [("annex", "yes")]), ("label", [("label", "4x2")])):
        answer = client.get(f"/{paper}.pdf", query_string=[*pairs, *more])
        assert answer.status_code == 200
        texts[paper] = one_line(text_of_pdf(answer.data))
    assert "examplol (hydrochloride) tablets 10 mg" in texts["sheet"]
    assert "Tablet label: examplol (hydrochloride) 10 mg" in texts["sheet"]
    assert "120 mg of examplol (hydrochloride)" in texts["sheet"]
    assert "examplol (base) 5 mg" in texts["label"]
    assert "hydrochloride" not in texts["label"]
    pairs = as_query(with_all(LIQUID, {"source.expiry": "2028-01-31", "vehicle.expiry": "2028-01-31"}))
    label = one_line(text_of_pdf(client.get("/liquid/label.pdf", query_string=[*pairs, ("label", "4x2")]).data))
    assert "examplol (base)" in label
    assert "hydrochloride" not in label


def test_the_fields_are_there_for_another_drug_alone(client):
    assert 'name="forms-dose"' not in client.get("/").text
    assert 'name="forms-dose"' in client.get("/", query_string={"drug-name": "examplol"}).text
    refused = client.get(
        "/", query_string=[("dose", "4.5"), ("dose_unit", "mg"), ("quantity", "30"), ("forms-dose", "base")]
    )
    assert "take this or" in plain_text(refused)
    assert 'name="forms-dose"' in refused.text


def test_a_schedule_tells_once_what_its_batches_are_made_from(client):
    """Two batches, of 2 mg and of 4 mg: two forms of the drug, and water that an assay as is counts already."""
    steps = [{"dose": dose, "days": 14} for dose in ("2 mg", "4 mg")]
    source = {"kind": "powder", "assay": "98 %", "water": "3 %"}
    order = {"drug": {"name": "examplol"}, "forms": MOLAR, "source": source, "prepared_on": "2026-11-25"}
    asked = as_query({"schedule": steps, **order})
    page = plain_text(client.get("/titration", query_string=asked, follow_redirects=True))
    assert page.count("100 mg of examplol count as 120 mg of examplol hydrochloride") == 1
    assert page.count("The water of 3 % was not used") == 1
