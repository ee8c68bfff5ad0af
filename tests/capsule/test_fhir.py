"""`Accept: application/fhir+json`: the capsules of a plan as a Medication of FHIR R5, its numbers digit for digit."""

import json
import sys
from xml.etree import ElementTree

import pytest
from fhir.resources.medication import Medication

import calc.capsule.fhir
from tests.support.client import PLAN, PROBLEM, make_app, make_client
from tests.support.orders import GOOD, OF_BULK, changed
from tests.support.schemas import validate

CLIENT = make_client()
FHIR = "application/fhir+json"
UCUM = "http://unitsofmeasure.org"
NUMBERED = changed(GOOD, {"internal_number": "A & <7>"})


def ask(tree, accept=FHIR, client=CLIENT):
    return client.post(PLAN, json=tree, headers={"Accept": accept})


def medication_of(tree):
    """The Medication as it was sent, its numbers as their digits, after the library has read it as well."""
    answer = ask(tree)
    assert (answer.status_code, answer.content_type) == (200, f"{FHIR}; fhirVersion=5.0")
    Medication.model_validate_json(answer.get_data())
    return json.loads(answer.get_data(), parse_float=str, parse_int=str)


def capsules(count):
    return {"value": count, "unit": "capsule", "system": UCUM, "code": "{capsule}"}


def per_capsule(number, unit="mg", code="mg"):
    return {"numerator": {"value": number, "unit": unit, "system": UCUM, "code": code}, "denominator": capsules("1")}


def test_the_worked_case_is_a_medication():
    found = medication_of(NUMBERED)
    assert found["resourceType"] == "Medication"
    assert found["code"] == {"text": "naltrexone hydrochloride 4.5 mg capsules"}
    assert (found["status"], found["doseForm"]) == ("active", {"text": "capsule"})
    assert found["totalVolume"] == capsules("30")
    assert found["batch"] == {"lotNumber": "A & <7>", "expirationDate": "2027-05-21"}
    drug, excipients, diluent = found["ingredient"]
    assert drug == {
        "item": {"concept": {"text": "naltrexone hydrochloride"}},
        "isActive": True,
        "strengthRatio": per_capsule("4.5"),
    }
    assert excipients == {"item": {"concept": {"text": "Excipients of the crushed 50 mg tablets"}}, "isActive": False}
    assert diluent["item"]["concept"]["text"] == "microcrystalline cellulose PH-101"
    assert (diluent["isActive"], diluent["strengthRatio"]) == (False, per_capsule("123.2"))


def test_the_fingerprint_is_that_of_the_answer_in_json():
    (identifier,) = medication_of(GOOD)["identifier"]
    assert identifier["value"] == ask(GOOD, "application/json").get_json()["fingerprint"]


@pytest.mark.parametrize(
    ("changes", "number", "unit", "code"),
    [
        ({"dose": "4.50 mg"}, "4.5", "mg", "mg"),
        ({"dose": "0.1 mg"}, "0.1", "mg", "mg"),
        ({"dose": "0.0045 g"}, "4.5", "mg", "mg"),
        ({"dose": "4.500001 mg"}, "4.500001", "mg", "mg"),
    ],
)
def test_the_dose_keeps_every_digit(changes, number, unit, code):
    tree = changed(GOOD, {**changes, "drug.name": "another drug"})
    assert medication_of(tree)["ingredient"][0]["strengthRatio"] == per_capsule(number, unit, code)


def test_a_dose_in_micrograms_has_the_code_of_ucum():
    """The order understood writes mcg where mg has too many decimals; UCUM writes ug."""
    assert calc.capsule.fhir._quantity("0.0000005", "mcg")["code"] == "ug"


def test_numbers_are_written_as_they_are_shown_with_their_zeros():
    tree = changed(GOOD, {"diluent.packing_statistic": "135.1 mg", "tablet_powder.packing_statistic": "165 mg"})
    shown = ask(tree, "application/json").get_json()["plan"]["diluent_per_capsule"]["value"]
    assert medication_of(tree)["ingredient"][2]["strengthRatio"]["numerator"]["value"] == shown
    assert calc.capsule.fhir._json({"value": calc.capsule.fhir.Exact("4.50")}) == '{"value":4.50}'


def test_an_estimate_is_no_strength_and_bulk_powder_has_no_excipients():
    estimated = changed(GOOD, {"diluent.packing_statistic": None, "tablet_powder.packing_statistic": None})
    assert "strengthRatio" not in medication_of(estimated)["ingredient"][2]
    # 14.4 mg of powder in each capsule, and no more is to be filled.
    alone = changed(GOOD, {"capsule.fill_mass": "14.4 mg", "diluent": None, "tablet_powder": None})
    assert len(medication_of(alone)["ingredient"]) == 2
    ingredients = medication_of(changed(GOOD, OF_BULK))["ingredient"]
    names = [part["item"]["concept"]["text"] for part in ingredients]
    assert names == ["naltrexone hydrochloride", "microcrystalline cellulose PH-101"]


def test_a_drug_without_a_file_and_a_dose_as_base_are_named():
    named = medication_of(changed(GOOD, {"drug.name": "another drug"}))
    assert named["ingredient"][0]["item"]["concept"]["text"] == "another drug"
    four = {"dose_basis": "base", "source.tablets_weighed": 4, "source.total_mass": "0.64 g"}
    base = medication_of(changed(GOOD, four))
    assert base["ingredient"][0]["item"]["concept"]["text"] == "naltrexone base"


def narrative(tree):
    found = medication_of(tree)["text"]
    assert found["status"] == "generated"
    root = ElementTree.fromstring(found["div"])
    assert root.tag == "{http://www.w3.org/1999/xhtml}div"
    return [part.text for part in root]


def test_what_must_be_read_is_in_the_narrative():
    passed = {"code": "opioids_yes", "value": "yes", "reason": "prescriber_confirmed"}
    lines = narrative(changed(GOOD, {"quantity": 9, "drug.name": "<b>x</b> & co"}))
    assert lines[0] == "9 capsules of <b>x</b> & co 4.5 mg"
    assert any("general rules" in line for line in lines)
    lines = narrative(changed(GOOD, {"screening.opioids": "yes", "acknowledgements": [passed]}))
    assert "Not released until both questions are answered" in lines
    assert any(line.startswith("Overridden: ") and "opioid" in line for line in lines)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/fhir+json", FHIR),
        ("application/fhir+json; fhirVersion=5.0", FHIR),
        ("application/fhir+json, application/json;q=0.9", FHIR),
        ("application/fhir+json, */*;q=0.1", FHIR),
        ("application/json, application/fhir+json;q=0.9", "application/json"),
        ("application/fhir+json; fhirVersion=4.0, application/json;q=0.1", "application/json"),
        ("*/*", "application/json"),
        ("text/html", "application/json"),
        ("", "application/json"),
        ("application/fhir+json;q=0", "application/json"),
    ],
)
def test_what_is_asked_for_is_answered(accept, kind):
    answer = ask(GOOD, accept)
    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "accept", ["application/fhir+json; fhirVersion=4.0", "application/fhir+json; fhirVersion=3.0.2"]
)
def test_another_release_of_fhir_is_not_answered(accept):
    answer = ask(GOOD, accept)
    assert (answer.status_code, answer.mimetype) == (406, PROBLEM)
    assert answer.get_json()["type"] == "/problems/not-acceptable"


def test_a_refusal_has_the_one_shape_whatever_was_asked_for():
    for tree, kind in (({}, "faults"), ({"dose": "45 mg", "quantity": 30}, "stops")):
        answer = ask(tree)
        assert (answer.status_code, answer.mimetype) == (422, PROBLEM)
        assert answer.get_json()["type"] == f"/problems/{kind}"
        assert answer.get_json() == ask(tree, "application/json").get_json()


@pytest.mark.parametrize("package", ["fhir", "fhir.resources"])
def test_without_the_extra_fhir_is_not_acceptable_and_json_is_answered_as_ever(monkeypatch, package):
    monkeypatch.delitem(sys.modules, "fhir.resources")
    monkeypatch.setitem(sys.modules, package, None)  # as Python says of a package that is not installed
    client = make_app().test_client()
    refused = ask(GOOD, FHIR, client)
    assert (refused.status_code, refused.mimetype) == (406, PROBLEM)
    validate("problem.schema.json", refused.get_json())
    assert ask(GOOD, f"{FHIR}, application/json;q=0.5", client).get_json() == ask(GOOD, "application/json").get_json()


def test_a_medication_that_does_not_hold_never_leaves():
    with pytest.raises(ValueError, match="nope"):
        calc.capsule.fhir.written({"resourceType": "Medication", "nope": True})
