"""Whatever is typed or sent: a number is read as it is written or refused, and no bytes bring the endpoint down.

Two hundred examples each in the normal run; `make check-long` tries twenty thousand
(`pytest tests/laws/test_reading.py --hypothesis-profile=long`).
"""

import json
import re
from fractions import Fraction
from urllib.parse import urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from calc.arithmetic.notation import decimal
from calc.arithmetic.units import MCG, MG, G, figure
from calc.faults import FaultCode
from calc.reading.fields import canonical
from calc.reading.json_body import BadJson, NotWhole, read_json
from calc.reading.numbers import Unreadable, read_number, read_quantity
from tests.support.client import PLAN, make_client
from tests.support.orders import GOOD, changed

CLIENT = make_client()
CODES = {str(code) for code in FaultCode}
JSON_CODES = {"not_utf8", "too_deep", "duplicate_key", "not_json"}
IN_MG = {"mg": Fraction(1), "mcg": Fraction(1, 1000), "ug": Fraction(1, 1000), "g": Fraction(1000)}

digits = st.text("0123456789", min_size=1, max_size=9)
#: Texts close to numbers, where mistakes of a reader would show, and any text at all.
nearly = st.text("0123456789.,-+eE \u0663\uff11\u2212\u00a0\u200b", max_size=14)
typed = st.one_of(nearly, st.text(max_size=30))
units = st.sampled_from([*IN_MG, "MG", "Mg", "mgs", "ml", "mg/mL", "\u00b5g", "%", "day", ""])
leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), typed)
trees = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(typed, inner, max_size=3))
PATHS = [
    *(
        "drug",
        "dose",
        "dose_basis",
        "quantity",
        "allowance",
        "extra_capsules",
        "prepared_on",
        "internal_number",
        "source",
    ),
    *("source.kind", "source.strength", "source.tablets_weighed", "source.total_mass", "source.expiry", "balance"),
    *(
        "balance.readability",
        "capsule",
        "capsule.size",
        "capsule.fill_mass",
        "diluent.name",
        "diluent.lot",
        "screening",
    ),
    *("acknowledgements", "crushing_loss", "beyond_use.counting", "screening.opioids"),
]


def understood(text):
    """The number that a text writes, read by hand and not by our pattern; None where it does not fit the contract."""
    whole, point, decimals = text.strip(" ").partition(".")
    if not whole or (point and not decimals) or not set(whole + decimals) <= set("0123456789"):
        return None
    if len(whole) > 7 or len(decimals) > 6 or (len(whole) > 1 and whole[0] == "0"):
        return None
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def read(reader, text):
    """What a reader makes of a text: a value, or the code of its refusal, which must be one of the contract."""
    try:
        return reader(text)
    except Unreadable as fault:
        assert fault.code in CODES
        return None


@given(typed)
def test_a_number_is_read_as_it_is_written_or_refused(text):
    assert read(read_number, text) == understood(text)


@given(digits, st.one_of(st.none(), digits))
def test_a_plain_number_is_read_exactly(whole, decimals):
    text = whole if decimals is None else f"{whole}.{decimals}"
    assert read(read_number, text) == understood(text)


@given(typed, st.sampled_from(["", " ", "   ", "\u00a0", "\t"]), units)
@example("0 ", "", "mg")
def test_a_quantity_is_a_number_spaces_and_a_known_unit(number, gap, unit):
    text = f"{number}{gap}{unit}"
    got = read(read_quantity, text)
    written, _, rest = text.strip(" ").partition(" ")
    if rest.strip(" ") in IN_MG:
        wanted = understood(written)
        assert (got is None) == (wanted is None)
        assert got is None or got.to(MG).value == wanted * IN_MG[rest.strip(" ")]
    else:
        assert got is None or got.unit.pint.dimensionality != MG.pint.dimensionality


@given(st.integers(0, 10**13 - 1), st.sampled_from([MG, MCG, G]))
def test_an_amount_understood_is_written_so_that_it_is_read_back_the_same(millionths, unit):
    amount = figure(decimal(Fraction(millionths, 10**6)), unit)
    back = read_quantity(canonical(amount))
    assert back.to(MG).value == amount.to(MG).value


@given(st.binary(max_size=200))
def test_any_bytes_are_json_or_refused_with_a_code(body):
    try:
        read_json(body)
    except BadJson as fault:
        assert fault.code in JSON_CODES


@given(trees)
def test_json_is_read_as_the_standard_library_reads_it_but_for_what_no_field_takes(tree):
    body = json.dumps(tree).encode()
    try:
        got = read_json(body)
    except BadJson as fault:
        assert fault.code == "too_deep" or re.search(rb"NaN|Infinity", body)
    else:
        assert same(got, json.loads(body))


def same(ours, theirs):
    """Whether two trees are equal, a number that no field takes being equal to any such."""
    if isinstance(ours, NotWhole):
        return isinstance(theirs, float) or len(str(theirs)) > 15
    if type(ours) is int and isinstance(theirs, float):
        return ours == theirs
    if isinstance(ours, dict):
        return (
            isinstance(theirs, dict) and all(map(same, ours.values(), theirs.values())) and list(ours) == list(theirs)
        )
    if isinstance(ours, list):
        return isinstance(theirs, list) and len(ours) == len(theirs) and all(map(same, ours, theirs))
    return type(ours) is type(theirs) and ours == theirs


@pytest.mark.parametrize("body", [b'{"a": 1, "a": 2}', b'{"a": {"b": 1, "b": 1}}', b'[{"a": 1, "\\u0061": 2}]'])
def test_a_name_twice_is_refused(body):
    with pytest.raises(BadJson, match="duplicate_key"):
        read_json(body)


@given(st.sampled_from(PATHS), trees)
def test_whatever_stands_in_a_field_the_endpoint_answers_with_a_plan_or_a_refusal(path, value):
    answer = CLIENT.post(PLAN, data=json.dumps(changed(GOOD, {path: value})), content_type="application/json")
    assert answer.status_code in (200, 400, 422)
    if answer.status_code == 422:
        problem = answer.get_json()
        assert all(fault["code"] in CODES for fault in problem.get("faults", ()))
        assert problem.get("faults") or problem.get("stops")


@given(st.binary(max_size=300))
def test_whatever_bytes_are_sent_the_endpoint_answers_with_a_refusal(body):
    assert CLIENT.post(PLAN, data=body, content_type="application/json").status_code in (400, 422)


@given(st.lists(st.tuples(st.sampled_from([p.replace(".", "-") for p in PATHS]), typed), max_size=5))
def test_whatever_query_is_asked_the_page_answers(pairs):
    answer = CLIENT.get("/", query_string=urlencode(pairs))
    assert answer.status_code in (200, 303, 414, 422)


def with_spaces(tree, sides):
    """The tree with spaces around each of its texts, as many as `sides` gives next."""
    if isinstance(tree, dict):
        return {name: with_spaces(value, sides) for name, value in tree.items()}
    if isinstance(tree, list):
        return [with_spaces(value, sides) for value in tree]
    return " " * next(sides) + tree + " " * next(sides) if isinstance(tree, str) else tree


SCHEDULE = {"schedule": [{"dose": "1.5 mg", "days": 14}, {"dose": "3 mg", "days": 14}], "start": "2026-11-30"}
ABOVE = {"code": "dose_above_usual", "value": "45 mg", "reason": "prescriber_confirmed"}
WHOLE_ORDERS = (
    {**GOOD, "drug": "naltrexone", "dose_basis": "hydrochloride", "internal_number": "A17", "crushing_loss": "2 %"},
    changed(GOOD, {"drug": {"name": "drug A"}, "source.lot": "L1", "diluent.name": "potato starch"}),
    changed(GOOD, {"dose": "45 mg", "quantity": 3, "acknowledgements": [ABOVE]}),
    changed(
        GOOD, {"source": {"kind": "powder", "assay": "98.5 %", "basis": "base"}, "tablet_powder": None, "diluent": None}
    ),
    {
        "preparation": "liquid",
        "dose": "4.5 mg",
        "strength": "1 mg",
        "volume": "0.1 L",
        "prepared_on": "2026-11-25",
        "vehicle": {"name": "oil", "aqueous": "no", "storage": "room temperature"},
        "syringes": [{"capacity": "5 mL", "graduation": "0.1 mL"}],
    },
)


@pytest.mark.parametrize("number", range(len(WHOLE_ORDERS)))
@given(data=st.data())
def test_spaces_around_any_text_change_neither_plan_nor_fingerprint(number, data):
    plain = WHOLE_ORDERS[number]
    sides = iter(lambda: data.draw(st.integers(0, 3)), None)
    order = with_spaces(plain, sides)
    if isinstance(order.get("drug"), str):
        order["drug"] = order["drug"].upper() if data.draw(st.booleans()) else order["drug"]
    wanted, got = (CLIENT.post(PLAN, json=tree).get_json() for tree in (plain, order))
    again = CLIENT.post(PLAN, json=got["order"]).get_json()
    assert (got["plan"], got["fingerprint"]) == (wanted["plan"], wanted["fingerprint"])
    assert (again["fingerprint"], again["defaults"]) == (wanted["fingerprint"], [])


@given(data=st.data())
def test_a_schedule_and_a_check_are_the_same_with_spaces_around_any_text(data):
    sides = iter(lambda: data.draw(st.integers(0, 3)), None)
    check = {
        "theoretical_fill": "135 mg",
        "shell_mass": "48 mg",
        "capsules": [f"{183 + mass} mg" for mass in range(10)],
    }
    schedule = {**SCHEDULE, "order": {"drug": "naltrexone", "prepared_on": "2026-11-29", "capsule": {"size": "4"}}}
    for path, tree in (("/api/v1/check/weights", check), ("/api/v1/titration", schedule)):
        wanted, got = (CLIENT.post(path, json=typed).get_json() for typed in (tree, with_spaces(tree, sides)))
        assert got == wanted
