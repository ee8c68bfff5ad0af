"""How what is typed is read and how figures are written, at the edges of each rule.

Every text and code is worked out by hand: from the contract (one strict number pattern, units from a closed list,
texts of at most 40 characters, ISO dates from 2000 to 2100) and from what the project says of figures in print (half
up, a zero before the point, commas from 1,000, six significant digits where a figure of shown work never ends).
"""

from datetime import date
from fractions import Fraction

import pytest

from calc import figures
from calc.faults import Refused
from calc.figures import Unreadable, read_number, read_quantity
from calc.library import load
from calc.order import Order
from calc.readers import TypedCount
from calc.reading import BadJson, NotWhole, read_json
from calc.units import CAPSULE, MCG, MG, PERCENT, G, figure
from calc.wording import fault_text
from calc.wording.refusals import FAULTS

LIBRARY = load()
ALL_TYPED = "g mg mcg ug mL L % day"
SIZES = ("000", "00E", "00", "0E", "0", "1E", "1", "2E", "2", "3", "4E", "4", "5")


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("required", ["", "   "]),
        ("hidden_character", ["4\u200b5", "5\u00a0", "\t5", "5\n", "\ufeff5", "5\x7f"]),
        ("non_ascii_digit", ["\u0664", "4.\u0665", "\uff15", "5\u00b2"]),
        ("not_a_number", ["inf", "Infinity", "NaN", "sNaN", "-inf", "+NAN", "\u2212infinity"]),
        ("sign_not_allowed", ["-4", "+4.5", "\u22124", "\u20134", "\u20144", "--4", "\uff0d4", "\ufe634", "-0.5"]),
        ("zero_not_allowed", ["-0", "+0", "-0.0", "\u22120"]),
        ("exponent_not_allowed", ["1e3", "1E3", "1.5e-3", "1.e+3", "0e0", "12E99"]),
        ("thousands_separator", ["1,000", "12,345,678", "1,000.5", "1 000", "12 345.5", "12 345,5", "4 5 6"]),
        ("decimal_comma", ["4,5", "0,480", ",5", "1.000,5", "4,", "1,00", "1000,000", "0,000"]),
        (
            "unit_in_number",
            ["5mg", "5 MG", "4.5 mg/mL", "5%", "3 days", "1 tab", "2 capsules", "5ug", "5 \u00b5g", "1l"],
        ),
        ("leading_zero", ["007", "00.5", "00", "05", "000000005"]),
        ("too_many_digits", ["12345678", "12345678.5", "9" * 201, " " * 201]),
        ("too_many_decimals", ["1.2345678", "0.0000001", "1234567.1234567"]),
        (
            "number_format",
            [".", ".5", "5.", "4.5.1", "1O", "x", "- 4", "1/2", "4-5", "0.5-", "1..5", "4,5mgx", "12345678."],
        ),
    ],
)
def test_each_kind_of_bad_number_has_exactly_its_code(code, texts):
    for text in texts:
        with pytest.raises(Unreadable, match=f"^{code}$") as refused:
            read_number(text)
        assert refused.value.code == code
        assert set(refused.value.facts) == {"typed"}


@pytest.mark.parametrize(
    ("text", "code", "facts"),
    [
        ("", "required", {"typed": ""}),
        ("mg", "required", {"typed": "mg"}),
        (" mg ", "required", {"typed": "mg"}),
        ("4.5", "unit_missing", {"typed": "4.5", "units": ALL_TYPED}),
        (" 30 ", "unit_missing", {"typed": "30", "units": ALL_TYPED}),
        ("4.5 Mg", "unit_unknown", {"typed": "Mg", "units": ALL_TYPED}),
        ("4.5  ml ", "unit_unknown", {"typed": "ml", "units": ALL_TYPED}),
        ("5 mg/mL", "unit_unknown", {"typed": "mg/mL", "units": ALL_TYPED}),
        ("4.5mg", "unit_in_number", {"typed": "4.5mg"}),
        ("4.5 mg mg", "unit_in_number", {"typed": "4.5 mg"}),
        ("4,5 mg", "decimal_comma", {"typed": "4,5"}),
        ("1 000 mg", "thousands_separator", {"typed": "1 000"}),
        ("1 000", "thousands_separator", {"typed": "1 000"}),
        ("1 1,000", "thousands_separator", {"typed": "1 1,000"}),
        ("-4 mg", "sign_not_allowed", {"typed": "-4"}),
        ("-4 Mg", "number_format", {"typed": "-4 Mg"}),
        ("4.5\u00a0mg", "hidden_character", {"typed": "4.5[U+00A0]mg"}),
        ("9" * 201 + " mg", "too_many_digits", {"typed": "9" * 40 + "..."}),
    ],
)
def test_each_kind_of_bad_quantity_has_its_code_and_says_what_was_seen(text, code, facts):
    with pytest.raises(Unreadable) as refused:
        read_quantity(text)
    assert (refused.value.code, refused.value.facts) == (code, facts)


def test_what_stands_at_the_edge_is_read():
    """Seven digits, six decimals, and with its spaces as many characters as the longest text."""
    assert read_number("9999999.999999") == Fraction(9999999999999, 10**6)
    assert read_number(" " * 199 + "5") == 5
    assert read_number("0") == read_number("0.0") == 0
    assert read_quantity("4.5   mg") == figure("4.5", MG)
    assert read_quantity(" 5 ug").unit is MCG
    assert read_quantity("  0.100 L  ").value == Fraction(1, 10)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 40 + "..."),
        ("a\u200bb", "a[U+200B]b"),
        ("\t", "[U+0009]"),
        ("\U000e0001", "[U+E0001]"),
        ("\u200b" * 41, "[U+200B]" * 40 + "..."),
    ],
)
def test_what_was_typed_is_shown_again_in_forty_characters_at_most(typed, shown):
    assert figures.shortened(typed) == shown
    assert figures.shortened("123456", 5) == "12345..."


@pytest.mark.parametrize("hidden", "\x00\t\n\x7f\u00ad\u200b\u202e\ue000\u0378\u2028\u2029\u00a0\u3000\ud800")
def test_what_cannot_be_seen_or_turns_text_round_is_hidden(hidden):
    """One or two of each kind: controls, marks of direction, private, unassigned and half characters, other spaces."""
    assert figures.is_hidden(hidden)
    assert figures.holds_hidden(f"a{hidden}b")


@pytest.mark.parametrize("seen", " aZ0~\u00e9\u00b5\u2013\u4e2d")
def test_what_can_be_seen_is_not_hidden(seen):
    assert not figures.is_hidden(seen)
    assert not figures.holds_hidden(f"a{seen}b")


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
        ("prepared_on", "2027-02-29", "date_format", {"typed": "2027-02-29"}),
        ("prepared_on", "20270531", "date_format", {"typed": "20270531"}),
        ("prepared_on", "2027-05", "date_format", {"typed": "2027-05"}),
        ("prepared_on", "x" * 40, "date_format", {"typed": "x" * 40}),
        ("prepared_on", 20270531, "wrong_type", {"expected": "date"}),
        ("prepared_on", " ", "required", {"typed": ""}),
        ("prepared_on", "1999-12-31", "out_of_range", {"typed": date(1999, 12, 31), **DATES}),
        ("prepared_on", "2101-01-01", "out_of_range", {"typed": date(2101, 1, 1), **DATES}),
        ("source.expiry", "2027-13", "date_format", {"typed": "2027-13"}),
        ("source.expiry", "2027-00", "date_format", {"typed": "2027-00"}),
        ("source.expiry", "0000-05", "date_format", {"typed": "0000-05"}),
        ("source.expiry", "0001-05", "out_of_range", {"typed": date(1, 5, 31), **DATES}),
        ("source.expiry", 202705, "wrong_type", {"expected": "date"}),
        ("internal_number", "x" * 41, "text_too_long", {"typed": "x" * 40 + "...", "longest": 40}),
        ("internal_number", " " * 401, "text_too_long", {"typed": " " * 40 + "...", "longest": 40}),
        ("internal_number", "a\u200bb", "hidden_character", {"typed": "a[U+200B]b"}),
        ("internal_number", "  ", "required", {"typed": ""}),
        ("internal_number", 5, "wrong_type", {"expected": "text"}),
        ("internal_number", "no. \u4e2d", "not_printable", {"typed": "no. \u4e2d", "character": "\u4e2d"}),
        ("beyond_use.counting", "day 2", "unknown_choice", {"typed": "day 2", "choices": ("day 0", "day 1")}),
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
    order = Order.read({**tree, "internal_number": " " * 360 + "e\u0301" + "x" * 38}, LIBRARY)
    assert (order.quantity, order.prepared_on, order.internal_number) == (30, date(2000, 1, 1), "\u00e9" + "x" * 38)
    assert Order.read({**tree, "prepared_on": date(2100, 12, 31)}, LIBRARY).prepared_on == date(2100, 12, 31)
    assert Order.read({**tree, "beyond_use": {"counting": " day 1 "}}, LIBRARY).beyond_use.counting == "day 1"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"\xff", "not_utf8"),
        (b"[" * 11 + b"]" * 11, "too_deep"),
        (b'{"a":' * 11 + b"1" + b"}" * 11, "too_deep"),
        (b'["\\"", ' + b"[" * 10, "too_deep"),
        (b'{"a": 1, "a": 1}', "duplicate_key"),
        (b"", "not_json"),
        (b"NaN", "not_json"),
        (b"[-Infinity]", "not_json"),
        (b"[1", "not_json"),
        (b"{'a': 1}", "not_json"),
        (b'"' + b"[" * 11, "not_json"),
    ],
)
def test_each_kind_of_bad_json_has_exactly_its_code(body, code):
    with pytest.raises(BadJson, match=f"^{code}$") as refused:
        read_json(body)
    assert refused.value.code == code


def test_ten_brackets_deep_is_read_and_brackets_in_a_text_or_closed_again_do_not_count():
    assert read_json(b"[" * 10 + b"]" * 10) == [[[[[[[[[[]]]]]]]]]]
    assert read_json(b'["' + b"[{" * 20 + b'", "\\"[[[[[[[[[[["]') == ["[{" * 20, '"[[[[[[[[[[[']
    assert read_json(b"[" + b"[], {}, " * 20 + b"1]") == [[], {}] * 20 + [1]


def test_only_whole_numbers_of_fifteen_characters_are_looked_at():
    assert read_json(b"[999999999999999, -99999999999999, 0]") == [999999999999999, -99999999999999, 0]
    assert all(isinstance(kept, NotWhole) for kept in read_json(b"[1000000000000000, 1.0, 1e3, -999999999999999]"))
