"""From what is sent to what is answered: preparation, one line of many, the query, the refusal, the fingerprint."""

import base64
import hashlib
import json
import random
import re
import tracemalloc
from datetime import date
from itertools import pairwise
from urllib.parse import parse_qsl

import pytest

from calc.answers.fingerprint import fingerprint
from calc.answers.json_text import written
from calc.answers.problems import bad_json, check_refusal, problem, refusal
from calc.capsule.order import Order
from calc.faults import Fault, FaultCode, Refused, Stop, StopCode
from calc.library import load
from calc.liquid.order import LiquidOrder
from calc.orders.query import shortest_pairs_of
from calc.orders.query import written as query_of
from calc.reading.json_body import BadJson
from calc.service.answering import answer_to, plan_of
from calc.service.many import LONGEST_LINE, Line, answers, split
from calc.service.preparations import CAPSULES, LIQUID, preparation_in, preparation_of
from calc.web.forms.query import tree
from calc.wording import fault_text
from tests.second_engine.liquids import random_liquid
from tests.second_engine.orders import random_order

LIBRARY = load()


def read(tree, library, today):
    return preparation_in(tree).order.read(tree, library, today=today)


TODAY = date(2026, 11, 25)
CAPSULE = {"dose": "4.5 mg", "quantity": 30}
BOTTLE = {"dose": "4.5 mg", "strength": "1 mg", "volume": "100 mL", "vehicle": {"name": "syrup"}}

# Which preparation.


@pytest.mark.parametrize(
    ("kind", "order"),
    [("capsule", Order), (" capsule", Order), (None, Order), ("liquid", LiquidOrder), ("  liquid ", LiquidOrder)],
)
def test_an_order_is_read_as_of_its_preparation(kind, order):
    asked = read({"preparation": kind} | (BOTTLE if order is LiquidOrder else CAPSULE), LIBRARY, today=TODAY)
    assert type(asked) is order
    assert asked.prepared_on == TODAY


def test_an_order_that_names_no_preparation_is_of_capsules():
    assert type(read(CAPSULE, LIBRARY, today=TODAY)) is Order
    assert preparation_in(CAPSULE) is preparation_in({"preparation": None}) is CAPSULES
    assert preparation_in({"preparation": " liquid "}) is LIQUID


@pytest.mark.parametrize(
    ("kind", "code", "text"),
    [
        ("cream", "unknown_choice", "\u201ccream\u201d is not one of the choices (capsule, liquid)."),
        ("\tliquid", "hidden_character", "type it again"),
        ("LIQUID", "unknown_choice", "\u201cLIQUID\u201d is not one of the choices (capsule, liquid)."),
        ("", "required", "enter a value."),
        (5, "wrong_type", "this must be a text."),
    ],
)
def test_of_a_preparation_that_there_is_not_nothing_else_is_told(kind, code, text):
    with pytest.raises(Refused) as refused:
        read({"preparation": kind, "dose": "x"}, LIBRARY, today=TODAY)
    (fault,) = refused.value.faults
    assert (fault.code.value, fault.field) == (code, "preparation")
    assert text in fault_text(fault)


@pytest.mark.parametrize("sent", [[], "liquid", 3, None])
def test_what_is_no_object_is_told_as_such(sent):
    with pytest.raises(Refused) as refused:
        read(sent, LIBRARY, today=TODAY)
    assert [(fault.code.value, fault.field) for fault in refused.value.faults] == [("wrong_type", "")]


@pytest.mark.parametrize("sent", [CAPSULE, BOTTLE | {"preparation": "liquid"}])
def test_an_answer_is_of_the_order_and_of_the_day_that_it_is_asked_on(sent):
    whole = answer_to(sent, LIBRARY, TODAY)
    assert whole["order"]["prepared_on"] == TODAY.isoformat()
    assert whole["order"]["dose"] == "4.5 mg"
    plan = plan_of(sent, LIBRARY, TODAY)
    assert {**preparation_of(plan).answer(plan), "asked": whole["asked"]} == whole


# One line of many.


def answers_to(body, work_out=lambda tree: {"read": tree}):
    return list(answers(split([body]), work_out))


@pytest.mark.parametrize("size", [1, 2, 3, 5, 50])
def test_lines_are_the_same_however_they_come(size):
    body = b"1\n\n123456\n1234567\n12345678901\n\n12"
    chunks = [body[at : at + size] for at in range(0, len(body), size)]
    assert [(line.number, line.text) for line in split(chunks, longest=6)] == [
        *((1, b"1"), (2, b""), (3, b"123456"), (4, None), (5, None), (6, b""), (7, b"12")),
    ]
    assert [line.text for line in split([b"1234567"], longest=6)] == [None]
    assert [line.text for line in split([b"12\n123456"], longest=6)] == [b"12", b"123456"]


def test_of_a_line_that_is_too_long_nothing_is_kept():
    """100 pieces of 64 KiB of one line are 6.25 MiB; no more than a few pieces are held at a time."""
    tracemalloc.start()
    lines = list(split(bytes([65]) * LONGEST_LINE for _ in range(100)))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert lines == [Line(1, None)]
    assert most < 10 * LONGEST_LINE


def test_every_line_has_its_own_answer_and_blank_ones_none():
    found = answers_to(b'[1]\n \t\r\n{\n\x0c\n"2"\r\n')
    assert found[0] == {"read": [1]}
    assert [(one["type"], one["status"], one["code"], one["line"]) for one in found[1:3]] == [
        ("/problems/json", 400, "not_json", 3),
        ("/problems/json", 400, "not_json", 4),
    ]
    assert found[3:] == [{"read": "2"}]


def test_a_line_too_long_and_lines_too_many_are_told_by_their_number():
    found = list(
        answers([Line(9_999, None), *(Line(number, b"1") for number in (10_000, 10_001, 10_002))], lambda _: {})
    )
    assert [(one.get("type"), one.get("status"), one.get("line")) for one in found] == [
        ("/problems/too-large", 413, 9_999),
        (None, None, None),
        ("/problems/too-large", 413, 10_001),
    ]
    assert "64 KiB" in found[0]["detail"]
    assert "10,000 lines" in found[2]["detail"]


def refuse(_):
    raise Refused((Fault(FaultCode.REQUIRED, "dose"),))


def mistake(_):
    raise ZeroDivisionError


def test_a_refusal_and_our_own_mistake_are_told_by_the_number_of_the_line():
    (fault,) = answers_to(b"\n1", refuse)
    assert (fault["type"], fault["status"], fault["line"]) == ("/problems/faults", 422, 2)
    assert [one["field"] for one in fault["faults"]] == ["dose"]
    (wrong,) = answers_to(b"\n1", mistake)
    assert (wrong["type"], wrong["status"], wrong["line"]) == ("/problems/unexpected", 500, 2)
    assert re.search(r"Quote the number [0-9a-f]{8} ", wrong["detail"])


@pytest.mark.parametrize("text", ["a, b: c", "\u201cl\u00f6s\u201d", "line\nend", "\ud800 alone", "\U0001f48a"])
def test_an_answer_is_one_line_without_room_that_reads_back_as_it_was(text):
    line = written({"text": text, "list": [1, None]})
    assert json.loads(line) == {"text": text, "list": [1, None]}
    assert line.startswith(b'{"text":"')
    assert line.endswith(b'","list":[1,null]}')
    assert b"\n" not in line
    assert text.encode("utf-8", "ignore") in line or "\n" in text


# The query that says an order again.


def test_a_query_is_read_back_name_by_name_and_needs_no_care_where_it_stands():
    pairs = [("source-lot", "A & B/C"), ("a/b", "50 %"), ("vehicle-name", "cr\u00e8me=x?#+")]
    query = query_of(pairs)
    assert parse_qsl(query, strict_parsing=True) == pairs
    assert re.fullmatch(r"[A-Za-z0-9_.~%&=-]+", query)


@pytest.mark.parametrize(
    ("kind", "fields", "one"), [(LiquidOrder, LIQUID.query, random_liquid), (Order, CAPSULES.query, random_order)]
)
def test_the_shortest_query_of_an_order_is_the_same_order(kind, fields, one):
    rng, same = random.Random(20261125), 0
    for _ in range(60):
        try:
            order = kind.read(one(rng, new=True), LIBRARY, today=TODAY)
        except Refused:
            continue
        pairs = shortest_pairs_of(order)
        names = [name for name, _ in pairs]
        assert "prepared_on" in names
        filled_in = {path.replace(".", "-") for path in order.defaults if path != "prepared_on"} & set(names)
        # What the table of vehicles filled in is said, so that a later table reads it no other way.
        assert all(re.fullmatch("vehicle-(parts-[0-3]-)?(aqueous|preserved)", name) for name in filled_in)
        assert all(text for _, text in pairs)
        # A unit stands behind its number.
        units = [(before, name) for before, name in pairwise(names) if name.endswith("_unit")]
        assert all(f"{before}_unit" == name for before, name in units)
        again = kind.read(tree(parse_qsl(query_of(pairs), strict_parsing=True), fields), LIBRARY)
        assert again.understood() == order.understood()
        same += 1
    assert same > 30


# Refusals.


def test_a_problem_says_its_kind_and_a_detail_only_where_there_is_one():
    assert problem("not-found", 404).keys() == {"type", "title", "status"}
    assert problem("not-found", 404, "more")["detail"] == "more"


def test_refusals_have_the_kind_and_status_of_what_is_refused():
    fault, stop = Fault(FaultCode.ZERO_NOT_ALLOWED, "dose"), Stop(StopCode.OPIOIDS_YES, "screening.opioids", "yes")
    hard = Stop(StopCode.GEL_FORMING_DILUENT, "diluent.name", "x")
    soft = Stop(stop.code, stop.field, stop.value, {"why": "", "drug": "x"})
    faults, stops = refusal(Refused((fault,))), refusal(Refused(stops=(soft, hard)))
    assert (faults["type"], faults["status"], "stops" in faults) == ("/problems/faults", 422, False)
    assert (stops["type"], stops["status"], "faults" in stops) == ("/problems/stops", 422, False)
    assert [one["severity"] for one in stops["stops"]] == ["soft", "hard"]
    assert [bool(one["reasons"]) for one in stops["stops"]] == [True, False]
    json_fault = bad_json(BadJson("too_deep"))
    assert (json_fault["type"], json_fault["status"], json_fault["code"]) == ("/problems/json", 400, "too_deep")


def test_a_refused_check_names_the_fields_of_a_check():
    faults = (Fault(FaultCode.REQUIRED, "capsules.2"), Fault(FaultCode.REQUIRED, "order.dose"))
    said = check_refusal(Refused(faults))
    assert (said["type"], said["status"]) == ("/problems/faults", 422)
    assert said["title"] != refusal(Refused(faults))["title"]
    assert said["faults"][0]["text"] == "Filled capsule 3: enter a value."
    hard = Refused(stops=(Stop(StopCode.GEL_FORMING_DILUENT, "order.diluent.name", "x"),))
    assert check_refusal(hard) == refusal(hard)


# The fingerprint.


def test_a_fingerprint_is_of_the_canonical_json_of_order_codes_and_exact_figures():
    """Keys in order, no room, ASCII: 16 characters of the base32 of its SHA-256. Papers that were printed bear it."""
    plan = {
        "portion": {"value": "0.432", "unit": "g", "text": "0.432 g", "exact": "0.4320"},
        "batch": 30,
        "ladder": [{"add": {"value": "1", "unit": "mg", "text": "1 mg", "exact": "2/3"}}],
        "steps": [{"code": "batch", "title": "Capsules to make", "result": "30 capsules"}],
        "weighings": [{"name": "portion", "ok": True, "mass": None}],
        "beyond_use": {
            "date": "2027-05-24",
            "bound_by": "default",
            "others": [{"by": "tablets", "date": "2027-06-30"}],
        },
        "acknowledged": [{"code": "opioids_yes", "value": "yes", "reason": "prescriber_confirmed", "text": "words"}],
        "sizes": [{"size": "3", "fill_mass": None}],
        "spread": {"shift": "later"},
    }
    canonical = (
        '{"order":{"dose":"4.5 mg","drug":{"name":"\\u00e9"},"source":{"kind":"tablet"}},"plan":{'
        '"acknowledged":[{"code":"opioids_yes","reason":"prescriber_confirmed","value":"yes"}],"batch":30,'
        '"beyond_use":{"bound_by":"default","date":"2027-05-24","others":[{"by":"tablets","date":"2027-06-30"}]},'
        '"ladder":[{"add":["2/3","mg"]}],"portion":["0.4320","g"],"sizes":[{"fill_mass":null,"size":"3"}],'
        '"steps":[{"code":"batch"}],"weighings":[{"mass":null,"name":"portion","ok":true}]},"scheme":1}'
    )
    digest = hashlib.sha256(canonical.encode()).digest()
    order = {"drug": {"name": "\u00e9"}, "dose": "4.5 mg", "source": {"kind": "tablet"}}
    assert fingerprint(order, plan) == base64.b32encode(digest)[:16].decode()
