"""How what is typed is read, and JSON, at the edges of each rule.

Every code is worked out by hand from the contract: one strict number pattern, units from a closed list, what was typed
told again in at most forty characters; JSON of UTF-8, no name twice, ten brackets deep.
"""

from fractions import Fraction

import pytest

from calc.arithmetic.units import MCG, MG, figure
from calc.reading import numbers
from calc.reading.json_body import BadJson, NotWhole, read_json
from calc.reading.numbers import Unreadable, joined, parted, read_number, read_quantity

ALL_TYPED = "g mg mcg ug mL L % day"


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("required", ["", "   ", " " * 70_000]),
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
        ("too_many_digits", ["12345678", "12345678.5", "9" * 201]),
        ("too_many_decimals", ["1.2345678", "0.0000001", "1234567.1234567"]),
        (
            "number_format",
            [
                ".",
                ".5",
                "5.",
                "4.5.1",
                "1O",
                "x",
                "- 4",
                "1/2",
                "4-5",
                "0.5-",
                "1..5",
                "4,5mgx",
                "12345678.",
                "X5",
                "5X",
            ],
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
        ("X 5 mg", "number_format", {"typed": "X 5"}),
        ("X4.5 mg", "number_format", {"typed": "X4.5"}),
        ("\t4.5 mg", "hidden_character", {"typed": "[U+0009]4.5 mg"}),
        ("4.5 mg\n", "hidden_character", {"typed": "4.5 mg[U+000A]"}),
        ("5 \u0664", "non_ascii_digit", {"typed": "5 \u0664"}),
        ("-4 Mg", "number_format", {"typed": "-4 Mg"}),
        ("4.5\u00a0mg", "hidden_character", {"typed": "4.5[U+00A0]mg"}),
        ("9" * 201 + " mg", "too_many_digits", {"typed": "9" * 40 + "..."}),
        ("5" + 198 * " " + "mg", "text_too_long", {"typed": "5" + 39 * " " + "...", "longest": 200}),
        ("5" + 70_000 * " " + "Mg", "text_too_long", {"typed": "5" + 39 * " " + "...", "longest": 200}),
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
    assert read_quantity(300 * " " + "5" + 197 * " " + "mg" + 300 * " ") == figure(5, MG)
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
    assert numbers.shortened(typed) == shown
    assert numbers.shortened("123456", 5) == "12345..."


@pytest.mark.parametrize("hidden", "\x00\t\n\x7f\u00ad\u200b\u202e\ue000\u0378\u2028\u2029\u00a0\u3000\ud800")
def test_what_cannot_be_seen_or_turns_text_round_is_hidden(hidden):
    """One or two of each kind: controls, marks of direction, private, unassigned and half characters, other spaces."""
    assert numbers.is_hidden(hidden)
    assert numbers.holds_hidden(f"a{hidden}b")


@pytest.mark.parametrize("seen", " aZ0~\u00e9\u00b5\u2013\u4e2d")
def test_what_can_be_seen_is_not_hidden(seen):
    assert not numbers.is_hidden(seen)
    assert not numbers.holds_hidden(f"a{seen}b")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"\xff", "not_utf8"),
        (b"[" * 11 + b"]" * 11, "too_deep"),
        (b'{"a":' * 11 + b"1" + b"}" * 11, "too_deep"),
        (b"[[[[[[]" + b"[[[[[[", "too_deep"),
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
    assert read_json(b"[30.0, -30.0, 1.000, 0.0, 9999999999999.0]") == [30, -30, 1, 0, 9999999999999]
    assert all(type(number) is int for number in read_json(b"[30.0, 1.000]"))
    kept = b"[1000000000000000, 1.5, 1e3, 3.0e1, 1E0, 30.01, -999999999999999, 99999999999999.0]"
    assert all(isinstance(number, NotWhole) for number in read_json(kept))


@pytest.mark.parametrize(
    ("body", "facts"),
    [
        (b"", {"seen": "empty"}),
        (b"\xef\xbb\xbf \r\n", {"seen": "empty"}),
        (b'{"a": 1,}', {"seen": "trailing_comma", "line": 1, "column": 8}),
        (b'{\n "a": [1, 2 ,\n ]\n}', {"seen": "trailing_comma", "line": 2, "column": 13}),
        (b"[1,,]", {"seen": "trailing_comma", "line": 1, "column": 4}),
        (b'{"a": 1}\n\xef\xbb\xbf{"a": 2}', {"seen": "byte_order_mark", "line": 2, "column": 1}),
        (b"\xef\xbb\xbf\xef\xbb\xbf[]", {"seen": "byte_order_mark", "line": 1, "column": 1}),
        (b"[1 2]", {"seen": "other", "line": 1, "column": 4}),
        (b"[1,\n 2", {"seen": "other", "line": 2, "column": 3}),
        (b"NaN", {"seen": "constant"}),
        ("[1]".encode("utf-16"), {"seen": "utf_16"}),
        ("[1]".encode("utf-16-le"), {"seen": "utf_16"}),
        (b"\xff", {}),
    ],
)
def test_what_was_seen_instead_of_json_is_told_with_its_place(body, facts):
    with pytest.raises(BadJson) as refused:
        read_json(body)
    assert refused.value.facts == facts


def test_a_byte_order_mark_before_json_is_passed_over():
    assert read_json(b"\xef\xbb\xbf[1]") == [1]


def test_a_whole_quantity_in_the_box_of_its_number_is_parted_and_joined_again():
    assert (parted("4.5 mg"), parted(" 4500   mcg "), parted("5 %")) == (("4.5", "mg"), ("4500", "mcg"), ("5", "%"))
    assert [parted(text) for text in ("4.5", "4.5mg", "4.5 MG", "4,5 mg", "mg", "")] == [None] * 6
    assert joined("4.5", "mg") == "4.5 mg"
    assert joined("4500 mcg", "mg") == "4500 mcg"
    assert joined("4.5 MG", "mcg") == "4.5 MG"
    assert joined("1 000", "mg") == "1 000 mg"
