"""What each field of an order takes and refuses, at the edges of each rule, and what its sentence names.

By hand from the contract: units of the field's kind, bounds included, texts of at most 40 characters, ISO dates from
2000 to 2100, a month of expiry good to its last day.
"""

import re
from datetime import date
from typing import Annotated

import pytest
from pydantic import BaseModel, ValidationError

from calc.arithmetic.units import CAPSULE, LITER, MCG, ML, PERCENT, G, figure
from calc.capsule.order import Order
from calc.faults import Refused
from calc.library import load
from calc.limits import LIQUID_RANGES
from calc.reading.fields import Count, Mass, Percent, TypedCount, Volume, choice, choice_from, within
from calc.reading.json_body import NotWhole
from calc.reading.validation import faults_in
from calc.wording import fault_text
from calc.wording.refusals import FAULTS

LIBRARY = load()
SIZES = ("000", "00E", "00", "0E", "0", "1E", "1", "2E", "2", "3", "4E", "4", "5")
PERCENTS = {"low": figure(0, PERCENT), "high": figure(20, PERCENT)}
DATES = {"low": date(2000, 1, 1), "high": date(2100, 12, 31)}


@pytest.mark.parametrize(
    ("path", "value", "code", "facts"),
    [
        ("dose", "4.5", "unit_missing", {"typed": "4.5", "units": "g mg mcg"}),
        ("dose", "4.5 Mg", "unit_unknown", {"typed": "Mg", "units": "g mg mcg"}),
        ("dose", "4.5 L", "wrong_dimension", {"typed": "4.5 L", "wanted": "mg"}),
        ("dose", "4,5 mg", "decimal_comma", {"typed": "4,5"}),
        ("dose", "0 mg", "zero_not_allowed", {"typed": "0 mg"}),
        ("dose", 4.5, "wrong_type", {"expected": "quantity"}),
        ("dose", "11 g", "out_of_range", {"typed": "11 g", "low": figure("0.001", MCG), "high": figure(10, G)}),
        ("allowance", "3", "unit_missing", {"typed": "3", "units": "%"}),
        ("allowance", "3 mg", "wrong_dimension", {"typed": "3 mg", "wanted": "%"}),
        ("allowance", "20.5 %", "out_of_range", {"typed": "20.5 %", **PERCENTS}),
        ("quantity", "30", "wrong_type", {"expected": "count"}),
        ("quantity", True, "wrong_type", {"expected": "count"}),
        ("quantity", NotWhole(), "wrong_type", {"expected": "count"}),
        ("quantity", TypedCount("1.5"), "not_whole", {"typed": "1.5"}),
        ("quantity", TypedCount("3O"), "number_format", {"typed": "3O"}),
        ("quantity", TypedCount(""), "required", {"typed": ""}),
        ("quantity", 0, "zero_not_allowed", {"typed": figure(0, CAPSULE)}),
        (
            "quantity",
            1001,
            "out_of_range",
            {"typed": "1,001 capsules", "low": figure(1, CAPSULE), "high": figure(1000, CAPSULE)},
        ),
        ("prepared_on", "2027-02-29", "no_such_day", {"typed": "2027-02-29"}),
        ("prepared_on", "20270531", "date_format", {"typed": "20270531"}),
        ("prepared_on", "2027-05", "date_format", {"typed": "2027-05"}),
        ("prepared_on", "x" * 40, "date_format", {"typed": "x" * 40}),
        ("prepared_on", 20270531, "wrong_type", {"expected": "date"}),
        ("prepared_on", " ", "required", {"typed": ""}),
        ("prepared_on", "1999-12-31", "out_of_range", {"typed": date(1999, 12, 31), **DATES}),
        ("prepared_on", "2101-01-01", "out_of_range", {"typed": date(2101, 1, 1), **DATES}),
        ("source.expiry", "2027-13", "no_such_day", {"typed": "2027-13"}),
        ("source.expiry", "2027-00", "no_such_day", {"typed": "2027-00"}),
        ("source.expiry", "2027-13-00", "no_such_day", {"typed": "2027-13-00"}),
        ("source.expiry", "00/2027", "no_such_day", {"typed": "00/2027"}),
        ("source.expiry", "13/27", "no_such_day", {"typed": "13/27"}),
        ("source.expiry", "05/0000", "no_such_day", {"typed": "05/0000"}),
        ("source.expiry", "2027-02-30", "no_such_day", {"typed": "2027-02-30"}),
        ("source.expiry", "05/207", "date_format", {"typed": "05/207"}),
        ("source.expiry", "05-2027", "date_format", {"typed": "05-2027"}),
        ("source.expiry", "05/31/2027", "date_format", {"typed": "05/31/2027"}),
        ("source.expiry", "2027-5", "date_format", {"typed": "2027-5"}),
        ("source.expiry", "05/1999", "out_of_range", {"typed": date(1999, 5, 31), **DATES}),
        ("prepared_on", "2027-07-00", "no_such_day", {"typed": "2027-07-00"}),
        ("prepared_on", "05/2027", "date_format", {"typed": "05/2027"}),
        ("source.expiry", "\t2027-05", "hidden_character", {"typed": "[U+0009]2027-05"}),
        ("source.expiry", "X2027-05", "date_format", {"typed": "X2027-05"}),
        ("source.expiry", "0000-05", "no_such_day", {"typed": "0000-05"}),
        ("source.expiry", "0001-05", "out_of_range", {"typed": date(1, 5, 31), **DATES}),
        ("source.expiry", 202705, "wrong_type", {"expected": "date"}),
        ("internal_number", "x" * 41, "text_too_long", {"typed": "x" * 40 + "...", "longest": 40}),
        ("internal_number", " " * 401, "required", {"typed": ""}),
        ("internal_number", "x" * 401, "text_too_long", {"typed": "x" * 40 + "...", "longest": 40}),
        ("dose", "5" + " " * 198 + "mg", "text_too_long", {"typed": "5" + " " * 39 + "...", "longest": 200}),
        ("internal_number", "\t" + "x" * 40, "text_too_long", {"typed": "[U+0009]" + "x" * 39 + "...", "longest": 40}),
        ("internal_number", "a\u200bb", "hidden_character", {"typed": "a[U+200B]b"}),
        ("internal_number", "  ", "required", {"typed": ""}),
        ("internal_number", 5, "wrong_type", {"expected": "text"}),
        (
            "internal_number",
            "no. \u4e2d",
            "not_printable",
            {"typed": "no. \u4e2d", "character": "\u4e2d", "number": "U+4E2D"},
        ),
        ("beyond_use.counting", "day 2", "unknown_choice", {"typed": "day 2", "choices": ("day 0", "day 1")}),
        ("beyond_use.counting", "\tday 0", "hidden_character", {"typed": "[U+0009]day 0"}),
        ("beyond_use.counting", "Xday 0", "unknown_choice", {"typed": "Xday 0", "choices": ("day 0", "day 1")}),
        ("beyond_use.counting", 1, "wrong_type", {"expected": "text"}),
        ("capsule.size", "9", "unknown_choice", {"typed": "9", "choices": SIZES}),
        ("preparation", "tablet", "unknown_choice", {"typed": "tablet", "choices": ("capsule", "liquid")}),
        ("preparation", "liquid", "unknown_choice", {"typed": "liquid", "choices": ("capsule",)}),
        ("drug", "nobody", "unknown_choice", {"typed": "nobody", "choices": ("naltrexone",)}),
        ("drug.name", "ReVia 50", "drug_has_file", {"typed": "ReVia 50", "choices": ("naltrexone",)}),
        ("drug.form", "capsule", "unknown_field", {}),
        ("source.colour", "red", "unknown_field", {}),
        ("colour", "red", "unknown_field", {}),
        ("source", 5, "wrong_type", {"expected": "object"}),
        ("capsule", "3", "wrong_type", {"expected": "object"}),
        ("acknowledgements", "x", "wrong_type", {"expected": "list"}),
    ],
)
def test_a_field_has_exactly_its_fault_and_the_text_names_every_fact(path, value, code, facts):
    """A fact that the sentence has a place for stands in it as it was typed; lists with commas."""
    fault = one_fault(path, value)
    assert (fault.code, fault.field, dict(fault.facts)) == (code, path, facts)
    text = fault_text(fault)
    for name, fact in facts.items():
        if isinstance(fact, str | date | int) and f"{{{name}}}" in FAULTS[fault.code] and name != "expected":
            assert str(fact) in text
        if isinstance(fact, tuple):
            assert f"({', '.join(fact)})" in text or fact[0] in text


def one_fault(path, value):
    """The only fault of an order that is good but for this field."""
    part, _, name = path.rpartition(".")
    tree = {"dose": "4.5 mg", "quantity": 30, "prepared_on": "2026-11-23"}
    tree[part or name] = {name: value} if part else value
    if part == "drug":
        tree |= {"drug": {"name": "any drug", name: value}, "source": {"strength": "50 mg"}}
    with pytest.raises(Refused) as refused:
        Order.read(tree, LIBRARY)
    (fault,) = refused.value.faults
    assert str(refused.value) == fault.code
    return fault


def test_two_fields_that_contradict_each_other_are_both_named():
    """Three tablets of 480 mg on a balance of 1 mg: 482 mg of powder can be, 482.1 mg cannot."""
    day, before = "2026-11-24", "2026-11-23"
    weighed = {
        "tablets_weighed": 3,
        "total_mass": "480 mg",
        "weighed_on": day,
        "recovered_mass": "482.1 mg",
        "tablets_crushed": 3,
    }
    tree = {"dose": "4.5 mg", "quantity": 30, "prepared_on": before, "source": weighed}
    with pytest.raises(Refused, match=r"^date_order, recovered_above_total$") as refused:
        Order.read(tree, LIBRARY)
    dates, masses = refused.value.faults
    assert (dates.field, masses.field) == ("source.weighed_on", "source.recovered_mass")
    assert all(said in fault_text(dates) for said in (day, before))
    assert all(said in fault_text(masses) for said in ("482.1 mg", "480 mg"))
    Order.read({**tree, "prepared_on": day, "source": {**weighed, "recovered_mass": "482 mg"}}, LIBRARY)


def made():
    """A part that is made of readers anew."""

    class Part(BaseModel):
        dose: Annotated[Mass, within("dose")]
        quantity: Annotated[Count, within("quantity")]
        allowance: Annotated[Percent, within("allowance")]
        volume: Annotated[Volume, within("volume", LIQUID_RANGES)]
        made: Annotated[str, choice("Xa", "b c", elsewhere=("d",))]
        size: Annotated[str, choice_from(lambda library: library.sizes)]

    return Part


CONTEXT = {"library": LIBRARY}
PART = {"dose": "1 mg", "quantity": 1, "allowance": "1 %", "volume": "1 mL", "made": "Xa", "size": "3"}


@pytest.mark.parametrize(
    ("field", "value", "code", "facts"),
    [
        (
            "dose",
            "0.0009 mcg",
            "out_of_range",
            {"typed": "0.0009 mcg", "low": figure("0.001", MCG), "high": figure(10, G)},
        ),
        (
            "dose",
            "10.000001 g",
            "out_of_range",
            {"typed": "10.000001 g", "low": figure("0.001", MCG), "high": figure(10, G)},
        ),
        ("quantity", 0, "zero_not_allowed", {"typed": figure(0, CAPSULE)}),
        (
            "quantity",
            -1,
            "out_of_range",
            {"typed": "-1 capsules", "low": figure(1, CAPSULE), "high": figure(1000, CAPSULE)},
        ),
        ("volume", "2.1 L", "out_of_range", {"typed": "2.1 L", "low": figure(1, ML), "high": figure(2, LITER)}),
        ("made", "e", "unknown_choice", {"typed": "e", "choices": ("Xa", "b c", "d")}),
        ("made", "d", "unknown_choice", {"typed": "d", "choices": ("Xa", "b c")}),
        ("size", "9", "unknown_choice", {"typed": "9", "choices": SIZES}),
    ],
)
def test_a_field_made_of_readers_refuses_what_is_outside_with_the_bound(field, value, code, facts):
    with pytest.raises(ValidationError) as invalid:
        made().model_validate({**PART, field: value}, context=CONTEXT)
    (fault,) = faults_in(invalid.value)
    assert (fault.code, fault.field, dict(fault.facts)) == (code, field, facts)


@pytest.mark.parametrize(
    ("field", "value", "written"),
    [
        ("dose", "0.001 mcg", "0.000001 mg"),
        ("dose", "10 g", "10000 mg"),
        ("quantity", 1, 1),
        ("quantity", 1000, 1000),
        ("allowance", "0 %", "0 %"),
        ("allowance", "20 %", "20 %"),
        ("volume", "2 L", "2000 mL"),
        ("made", " Xa ", "Xa"),
        ("made", "b c", "b c"),
        ("size", "00E", "00E"),
    ],
)
def test_a_field_made_of_readers_takes_its_bounds_and_writes_what_it_understood(field, value, written):
    assert made().model_validate({**PART, field: value}, context=CONTEXT).model_dump(mode="json")[field] == written


def test_a_field_made_of_readers_tells_machines_what_it_takes():
    """The number pattern of the contract with the units of its kind, and the words of a choice."""
    schema = made().model_json_schema()["properties"]
    number = r"^ *(?:0|[1-9][0-9]{0,6})(?:\.[0-9]{1,6})? +"
    for field, units, example in [
        ("dose", "g|mg|mcg|ug", "4.5 mg"),
        ("volume", "mL|L", "100 mL"),
        ("allowance", "%", "3 %"),
    ]:
        assert schema[field]["type"] == "string"
        assert schema[field]["pattern"] == f"{number}({units}) *$"
        assert schema[field]["examples"] == [example]
        assert re.search(schema[field]["pattern"], example)
    assert schema["quantity"]["type"] == "integer"
    assert (schema["made"]["type"], schema["made"]["enum"]) == ("string", ["Xa", "b c"])
    assert (schema["size"]["type"], schema["size"]["minLength"]) == ("string", 1)


def test_what_is_missing_inside_a_part_is_named_at_its_path():
    for path, value, field in [("drug", {}, "drug.name"), ("acknowledgements", [5], "acknowledgements.0")]:
        with pytest.raises(Refused) as refused:
            Order.read({"dose": "4.5 mg", "quantity": 30, "prepared_on": "2026-11-23", path: value}, LIBRARY)
        assert field in [fault.field for fault in refused.value.faults]


MONTHS = [
    ("2027-05", "2027-05-31"), ("2028-02", "2028-02-29"), (" 2027-01 ", "2027-01-31"), ("2027-12", "2027-12-31"),
    ("2027-05-21", "2027-05-21"), ("2100-12", "2100-12-31"), (" 2030-01-01", "2030-01-01"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "day"), MONTHS)
def test_a_month_of_expiry_is_good_to_its_last_day(typed, day):
    source = {"expiry": typed}
    order = Order.read({"dose": "4.5 mg", "quantity": 30, "prepared_on": "2026-11-23", "source": source}, LIBRARY)
    assert order.source.expiry.isoformat() == order.understood()["source"]["expiry"] == day


def test_texts_and_dates_are_taken_without_spaces_at_their_ends_and_accents_joined():
    """The longest text has 40 characters; with its spaces it may be ten times as long."""
    tree = {"dose": " 4.5 mg ", "quantity": TypedCount(" 30.0 "), "prepared_on": " 2000-01-01 "}
    order = Order.read({**tree, "internal_number": " " * 360 + "e\u0301" + "x" * 37 + "X"}, LIBRARY)
    assert (order.quantity, order.prepared_on, order.internal_number) == (
        30,
        date(2000, 1, 1),
        "\u00e9" + "x" * 37 + "X",
    )
    assert Order.read({**tree, "internal_number": " XX "}, LIBRARY).internal_number == "XX"
    assert Order.read({**tree, "prepared_on": date(2100, 12, 31)}, LIBRARY).prepared_on == date(2100, 12, 31)
    assert Order.read({**tree, "beyond_use": {"counting": " day 1 "}}, LIBRARY).beyond_use.counting == "day 1"
