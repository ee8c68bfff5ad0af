"""Tenfold and thousandfold slips in orders of a drug without a file (A13); every figure is counted by hand."""

import pytest

from tests.support.client import PLAN, make_client

CLIENT = make_client()
POWDER = {"kind": "powder", "assay": "100 %"}


def asked(**more):
    order = {"drug": {"name": "drug A"}, "dose": "5 mg", "quantity": 30, "prepared_on": "2026-11-29", **more}
    return CLIENT.post(PLAN, json=order).get_json()


def liquid(**more):
    order = {"preparation": "liquid", "drug": {"name": "drug A"}, "dose": "5 mg", "volume": "100 mL"}
    return CLIENT.post(PLAN, json={**order, "vehicle": {"name": "syrup"}, **more}).get_json()


def stops(body):
    return {(stop["code"], stop["severity"], stop["field"], stop["value"]) for stop in body.get("stops", ())}


def notices(body):
    return {notice["code"]: notice["text"] for notice in body["plan"]["notices"]}


@pytest.mark.parametrize(("dose", "told"), [("24.999 mg", False), ("25 mg", True), ("50 mg", True), ("0.025 g", True)])
def test_a_capsule_of_a_whole_tablet_or_more_is_told_of(dose, told):
    said = notices(asked(dose=dose, source={"strength": "25 mg"}))
    assert ("whole_tablet_dose" in said) is told
    if told:
        assert "dispense the tablet?" in said["whole_tablet_dose"]


def test_a_drug_with_a_file_and_a_liquid_say_nothing_of_whole_tablets():
    with_file = asked(drug="naltrexone", dose="5 mg", source={"strength": "5 mg"})
    assert "whole_tablet_dose" not in str(with_file)
    assert "whole_tablet_dose" not in notices(liquid(strength="1 mg", dose="10 mg", source={"strength": "5 mg"}))


@pytest.mark.parametrize(
    ("dose", "crushed", "stopped"),
    # 60 capsules from tablets of 25 mcg, 3 % in reserve: 0.40416 mg x 60 / 0.025 / 0.97 = 999.975..., 1,000 tablets;
    # 0.40417 mg x 60 / 0.025 / 0.97 = 1,000.00..., 1,001.
    [("0.404166 mg", 1000, False), ("0.404167 mg", 1001, True), ("2.5 mg", 6186, True)],
)
def test_more_than_a_thousand_tablets_are_a_hard_stop(dose, crushed, stopped):
    body = asked(drug={"name": "liothyronine"}, dose=dose, quantity=60, source={"strength": "25 mcg"})
    found = {stop for stop in stops(body) if stop[0] == "many_tablets"}
    assert found == ({("many_tablets", "hard", "source.strength", str(crushed))} if stopped else set())


def test_a_liquid_of_thousands_of_tablets_is_stopped_too():
    """2 L of 30 mg/mL are 60,000 mg: 1,200 tablets of 50 mg, all used whole."""
    body = liquid(strength="30 mg", volume="2 L", dose="30 mg", source={"strength": "50 mg"})
    assert ("many_tablets", "hard", "source.strength", "1200") in stops(body)


@pytest.mark.parametrize(
    ("dose", "said"),
    [
        ("7.5 mg", "7.5 mg, that is 7,500 mcg"),
        ("0.05 mg", "0.05 mg, that is 50 mcg"),
        ("0.1 mg", "0.1 mg, that is 100 mcg"),
        ("1 g", "1,000 mg, that is 1 g"),
        ("1234.5 mg", "1,234.5 mg, that is 1.2345 g"),
        ("7500 mcg", "7,500 mcg, that is 7.5 mg"),
    ],
)
def test_a_dose_of_bulk_powder_is_said_in_the_neighboring_unit(dose, said):
    body = asked(dose=dose, quantity=5, source=POWDER, balance={"readability": "0.01 mg", "minimum": "0.05 mg"})
    reason = {"code": "dose_unit_unchecked", "reason": "prescriber_confirmed"}
    reasons = [{**reason, "value": value} for code, _, _, value in stops(body) if code == "dose_unit_unchecked"]
    body = asked(
        dose=dose,
        quantity=5,
        source=POWDER,
        balance={"readability": "0.01 mg", "minimum": "0.05 mg"},
        acknowledgements=reasons,
    )
    assert said in notices(body)["dose_in_other_unit"]


@pytest.mark.parametrize(
    ("dose", "quantity", "value"),
    [
        ("1 mg", 300, None),
        ("0.999999 mg", 300, "0.999999 mg"),
        ("7500 mcg", 60, "7.5 mg"),
        ("7500 ug", 60, "7.5 mg"),
        ("7.5 mg", 60, None),
        ("100 mg", 100, None),  # 10 g of drug, no more
        ("100.001 mg", 100, "100.001 mg"),
        ("0.1 g", 100, None),
    ],
)
def test_a_dose_of_bulk_powder_in_mcg_or_a_large_batch_must_be_confirmed(dose, quantity, value):
    body = asked(dose=dose, quantity=quantity, source=POWDER)
    found = {stop for stop in stops(body) if stop[0] == "dose_unit_unchecked"}
    assert found == (set() if value is None else {("dose_unit_unchecked", "soft", "dose", value)})


def test_what_was_typed_in_mcg_stays_so_in_the_order_that_is_posted_back():
    """Written back in mg, the order would no longer need the reason that it gives."""
    reason = {"code": "dose_unit_unchecked", "value": "7.5 mg", "reason": "reference_checked"}
    body = asked(dose="7500 mcg", quantity=60, source=POWDER, acknowledgements=[reason])
    assert body["order"]["dose"] == "7500 mcg"
    again = CLIENT.post(PLAN, json=body["order"]).get_json()
    assert (again["plan"], again["fingerprint"], again["defaults"]) == (body["plan"], body["fingerprint"], [])
    tablets = asked(dose="7500 mcg", source={"strength": "50 mg"})
    assert tablets["order"]["dose"] == "7.5 mg"


def test_a_drug_with_a_file_has_its_ranges_instead():
    body = asked(drug="naltrexone", dose="500 mcg", source=POWDER)
    assert not {"dose_unit_unchecked"} & {code for code, *_ in stops(body)}
    assert "dose_in_other_unit" not in str(body)


@pytest.mark.parametrize(
    ("strength", "told", "stop"),
    # Bulk powder of 100 %: so much drug in 1 mL is so much powder.
    [
        ("100 mg", False, None),
        ("100.01 mg", True, None),
        ("200 mg", True, None),
        ("200.01 mg", True, ("solids_high", "soft")),
        ("1000 mg", True, ("solids_high", "soft")),
    ],
)
def test_much_powder_in_1_ml_is_told_of_and_more_needs_a_reason(strength, told, stop):
    order = {"strength": strength, "dose": strength, "volume": "10 mL", "source": POWDER}
    body = liquid(**order)
    found = {(code, severity) for code, severity, field, _ in stops(body) if field == "strength"}
    assert found == ({stop} if stop else set())
    if stop:
        value = next(value for code, _, _, value in stops(body) if code == "solids_high")
        body = liquid(
            **order, acknowledgements=[{"code": "solids_high", "value": value, "reason": "reference_checked"}]
        )
    assert ("solids_notice" in notices(body)) is told


def test_more_than_a_gram_of_powder_in_1_ml_is_no_liquid():
    """50 % assay: 1 g of drug in 1 mL is 2 g of powder; 0.5 g is exactly 1 g, as published."""
    body = liquid(strength="1000 mg", dose="500 mg", source={"kind": "powder", "assay": "50 %"})
    assert ("solids_above_most", "hard", "strength", "1000 mg") in stops(body)
    assert {
        code for code, *_ in stops(liquid(strength="500 mg", dose="500 mg", source={**POWDER, "assay": "50 %"}))
    } == {
        "solids_high",
        "dose_unit_unchecked",
    }


@pytest.mark.parametrize(("amount", "stop"), [("90 g", None), ("90.01 g", "90010 mg"), ("900 g", "900000 mg")])
def test_ingredients_and_powder_of_more_than_a_gram_in_1_ml_are_no_liquid(amount, stop):
    """10 g of bulk powder of 100 % in 100 mL is 0.1 g in 1 mL; 90 g of an ingredient is 0.9 g more."""
    sugar = {"name": "sucrose", "amount": amount, "per": "100 mL", "role": "sweetener"}
    body = liquid(strength="100 mg", dose="100 mg", volume="100 mL", source=POWDER, ingredients=[sugar])
    found = [(field, value) for code, severity, field, value in stops(body) if code == "ingredients_above_most"]
    assert found == ([("ingredients.0.amount", stop)] if stop else [])


def test_tablet_powder_counts_by_its_mass_and_only_once_weighed():
    """Ten tablets of 25 mg weigh 2.5 g: 0.25 g each. 25 mg in 1 mL is a tablet in 1 mL: 0.25 g of powder."""
    weighed = {"strength": "25 mg", "tablets_weighed": 10, "total_mass": "2.5 g"}
    whole = liquid(strength="25 mg", dose="25 mg", volume="10 mL", source=weighed)
    portion = liquid(strength="25 mg", dose="25 mg", volume="9 mL", source=weighed)
    for body in (whole, portion):
        assert {code for code, *_ in stops(body)} == {"solids_high", "thick_liquid"}
        assert "250 mg of powder" in next(stop["text"] for stop in body["stops"] if stop["code"] == "solids_high")
    unweighed = liquid(strength="25 mg", dose="25 mg", volume="10 mL", source={"strength": "25 mg"})
    assert {code for code, *_ in stops(unweighed)} == {"thick_liquid"}
