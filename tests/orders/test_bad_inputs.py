"""Bad inputs at both doors: every case of data/bad_inputs.json, refused at its field, with no result, and kept."""

import ast
import itertools
import json
import re
from fractions import Fraction

import pytest

from tests.support.bad_inputs import BOOK, CASES, DOORS, KINDS, ORDERS, PLAIN, in_mg, refused
from tests.support.client import PLAN, ask_api, ask_page, assert_still_good, make_client
from tests.support.orders import COUNT_PATHS, NUMBER_PATHS, changed, holding, unit_at, value_at
from tests.support.pages import (
    assert_no_result_json,
    assert_no_result_page,
    page_faults,
    plain_text,
    read_page,
    text_of,
    typed_at,
)
from tests.support.places import TESTS
from tests.support.queries import as_query
from tests.support.schemas import validate

SHARED_IDS = {
    "N": "001 003 004 007 011 013 014 015 017 018 019 021 022 027 029 031 032 033 034 035 036 037 038 039 041 043 044 "
    "045 046 047 048 049 053 055 057 060 061 062 064 065",
    "U": "001 002 003 004 005 008 009 010 011 012 013 014 017 018 019 022",
    "J": "001 002 003 004 005 006 007 008 010 012 013 014 015 018 020 021 022 025 029 030",
    "D": "001 002 004 005 006 010 012 013 014 017 020 021 022 024",
    "P": "001 003 004 006 007 009 011 013 014 015 016 017 019 020",
    "W": "001 003 007 008 010 011 012 013 014 015 016 017 018 021 022 024 025 027 028 029 030 031 032 034 037",
    "O": "001 003 004 005 006 008 009 010 011 012",
    "S": "001 003 004 006 007 008 009 011 012 013 014 015 016 017 019 021 022",
}
ROOMY = changed(PLAIN, {"drug.name": "another drug", "source.strength": "50 mg"})


@pytest.fixture(scope="module")
def client():
    return make_client()


def field_cases():
    """Each case of a field, at each door, for each field of its kind."""
    for key, case in CASES.items():
        given = case["input"]
        for path, door in itertools.product(KINDS.get(given.get("field") or given.get("omit_field"), ()), DOORS):
            yield pytest.param(key, door, path, id=f"{key}-{door}-{path}")


def ordered(case, door, path):
    """The order of a case with its value in the field at `path`, and that value as typed."""
    given = case["input"]
    if "omit_field" in given:
        return changed(holding(path), {path: None}), None
    value = given["value"] if "value" in given else given["repeat"][0] * given["repeat"][1]
    if given["field"] == "{UNIT}":
        tree = holding(path)
        number = value_at(tree, path).rpartition(" ")[0]
        return changed(tree, {path: f"{number} {value}"}), (number, value)
    if "orders" in case:
        room = case["orders"][path]
        tree, unit = changed(ROOMY, room["with"]), room["unit"]
    else:
        tree, unit = holding(path), unit_at(holding(path), path)
    if path in COUNT_PATHS:
        is_count = door == "json" and value in {"0", "1000"}
        return changed(tree, {path: int(value) if is_count else value}), (value, None)
    text = "" if door == "json" and value == "" else f"{value} {unit}"
    return changed(tree, {path: text}), (value, unit)


def wanted(case, door, path, tree):
    """The code that a case must be refused with at a door and a field; None where it is taken."""
    exceptions = {**case.get("except", {}).get("both", {}), **case.get("except", {}).get(door, {})}
    if door == "json" and path in COUNT_PATHS and "field" in case["input"] and isinstance(value_at(tree, path), str):
        return "wrong_type"
    return exceptions.get(path, case["check"].get("code"))


@pytest.mark.parametrize(("key", "door", "path"), list(field_cases()))
def test_a_field(client, key, door, path):
    case = CASES[key]
    tree, typed = ordered(case, door, path)
    if "status_page" in case:
        answer = ask_api(client, tree) if door == "json" else ask_page(client, as_query(tree))
        assert answer.status_code == (case["check"]["status"][0] if door == "json" else case["status_page"])
        assert_no_result_json(answer) if door == "json" else assert_no_result_page(answer)
    elif (code := wanted(case, door, path, tree)) is not None:
        texts = refused(client, door, tree, [(code, path)], typed if "value" in case["input"] else None)
        if key.startswith("U"):
            units = "%" if value_at(holding(path), path).endswith("%") else "g mg mcg"
            assert texts[0].endswith((f"use one of {units}.", f"({units})."))
    else:
        taken(client, door, tree, path, typed, case)
    if "refused_value" in case and path not in COUNT_PATHS:
        value, unit = case["refused_value"], typed[1]
        refused(client, door, changed(tree, {path: f"{value} {unit}"}), [(case["refused_code"], path)], (value, unit))
    if path == NUMBER_PATHS[-1]:
        assert_still_good(client)


def taken(client, door, tree, path, typed, case):
    """Bring an order to a door that takes it as it is: exactly the value typed, shown as people read it."""
    if door == "json":
        answer = ask_api(client, tree)
        assert answer.status_code == 200, answer.text
        body = answer.get_json()
        assert (path in body["defaults"]) <= (typed is None)
        if typed is not None:
            assert in_mg(value_at(body["order"], path)) == in_mg(f"{typed[0].strip(' ')} {typed[1] or ''}")
        texts = " ".join(step["substituted"] + " " + step["result"] for step in body["plan"]["steps"])
    else:
        answer = ask_page(client, as_query(tree))
        page = read_page(answer)
        assert answer.status_code == 200, page_faults(page)
        assert page.select_one(".plan") is not None
        if typed is not None and typed[0].strip(" "):
            assert typed_at(page, path)[0] == typed[0].strip(" ")
        texts = text_of(page.select_one("#answer")) + " " + text_of(page.select_one(".plan"))
    assert not re.search(r"(?<![\w.])\.\d", texts)
    if case["check"].get("shown") == "1,000":
        assert not re.search(r"(?<![\w,.-])1000(?!\d)", texts)


@pytest.mark.parametrize("path", NUMBER_PATHS)
@pytest.mark.parametrize("door", DOORS)
def test_every_field_is_tried_in_an_order_that_is_good_without_it(client, door, path):
    tree = holding(path)
    assert ask_api(client, tree).status_code == 200 == ask_page(client, as_query(tree)).status_code


@pytest.mark.parametrize(("key", "shown"), [("N060", "0.5 mg"), ("N061", "1,000 mg"), ("N053", "5 mg")])
def test_a_number_is_printed_as_people_read_it(client, key, shown):
    tree, _ = ordered(CASES[key], "page", "source.strength")
    assert shown in text_of(read_page(ask_page(client, as_query(tree))))
    assert shown in ask_api(client, tree).text


def range_cases():
    for path, (below, least, most, above) in CASES["D004"]["ranges"].items():
        for name, value in (("below", below), ("least", least), ("most", most), ("above", above)):
            if value is not None:
                for door in DOORS:
                    code = "out_of_range" if name in {"below", "above"} else None
                    yield pytest.param(path, value, code, door, id=f"D004-{door}-{path}-{name}")


@pytest.mark.parametrize(("path", "value", "code", "door"), list(range_cases()))
def test_a_range_ends_at_its_written_bound(client, path, value, code, door):
    tree = changed(holding(path), {path: value})
    if path == "source.total_mass":
        tree["source"].pop("recovered_mass", None)
    if path == "source.recovered_mass":  # so much came back that the tablets must have weighed more
        tree = changed(tree, {"source.total_mass": "1000 g"})
    if code == "out_of_range":
        refused(client, door, tree, [(zero_or(code, value, path, door), path)])
        return
    answer = ask_api(client, tree) if door == "json" else ask_page(client, as_query(tree))
    if door == "json":
        assert "faults" not in answer.get_json(), answer.get_json()
    else:
        assert read_page(answer).select_one(".plan, .stops, .way") is not None
    assert_still_good(client)


def zero_or(code, value, path, door):
    """A count below nothing has a sign on the page, and none of nothing is a zero."""
    if value == 0:
        return "zero_not_allowed"
    return "sign_not_allowed" if door == "page" and path in COUNT_PATHS and value < 0 else code


def try_cases():
    for key, case in CASES.items():
        for number, attempt in enumerate(case.get("tries", ()), start=1):
            for door in DOORS:
                if attempt.get("door", door) == door:
                    yield pytest.param(attempt, door, id=f"{key}-{door}-{number}")


def at(tree, path):
    for name in path.split("."):
        tree = tree[int(name)] if isinstance(tree, list) else tree[name]
    return tree


@pytest.mark.parametrize(("attempt", "door"), list(try_cases()))
def test_an_order(client, attempt, door):
    tree = changed(ORDERS[attempt.get("from", "good")], attempt["set"])
    faults = attempt.get(f"{door}_faults", attempt.get("faults"))
    answer = ask_api(client, tree) if door == "json" else ask_page(client, as_query(tree))
    assert answer.status_code == attempt["status"], answer.text if door == "json" else plain_text(answer)
    if door == "json":
        text = json.dumps(answer.get_json(), ensure_ascii=False)
        body = answer.get_json()
        if "stops" in attempt:
            assert_no_result_json(answer, figures=False)
            raised = sorted((stop["code"], stop["severity"]) for stop in body["stops"])
            assert raised == sorted(attempt["stops"].items())
        elif attempt["status"] == 200:
            assert_plan(body, attempt)
    else:
        page = read_page(answer)
        text = text_of(page)
        if "stops" in attempt:
            assert_no_result_page(answer, figures=False)
            assert len(page_faults(page)) == len(attempt["stops"])
            asked = {code["value"] for code in page.select('.reason input[name$="-code"]')}
            soft = {code for code, severity in attempt["stops"].items() if severity == "soft"}
            # Beside a hard stop a reason would let nothing pass: none is asked for until it is gone.
            assert asked == (soft if "hard" not in attempt["stops"].values() else set())
            assert text.count("It cannot be overridden: fix it.") == list(attempt["stops"].values()).count("hard")
        elif attempt["status"] == 200:
            assert page.select_one(".plan") is not None
            assert page.select_one("#answer") is not None
    if faults is not None:
        refused(client, door, tree, faults)
    elif "fields" in attempt:
        found = [f["field"] for f in body["faults"]] if door == "json" else [t for t, _ in page_faults(page)]
        assert found == (attempt["fields"] if door == "json" else [on_page(p) for p in attempt["fields"]])
    for said in (*attempt.get("says", ()), *attempt.get(f"{door}_says", ())):
        assert said in text
    for said in (*attempt.get("lacks", ()), *attempt.get(f"{door}_lacks", ())):
        assert said not in text
    assert_still_good(client)


def on_page(path):
    return "-".join(path.split(".")[:2]) if path.startswith("acknowledgements.") else path.replace(".", "-")


def assert_plan(body, attempt):
    plan = body["plan"]
    for path, value in attempt.get("plan", {}).items():
        got = at(plan, path)
        if path.endswith(".exact"):
            assert Fraction(got) == Fraction(*map(Fraction, value.split("/"))), path
        else:
            assert got == value, path
    assert [name for name in attempt.get("null", ()) if plan[name] is not None] == []
    codes = {notice["code"] for notice in plan["notices"]}
    assert set(attempt.get("notices", ())) <= codes
    assert not set(attempt.get("no_notices", ())) & codes
    assert set(attempt.get("defaults", ())) <= set(body["defaults"])


def raw_cases():
    for key, case in CASES.items():
        if "raws" in case:
            for number, raw in enumerate(case["raws"], start=1):
                yield pytest.param(case, raw, id=f"{key}-{number}")
        elif "raw" in case["input"] and "test" not in case:
            yield pytest.param(case, case["input"]["raw"], id=key)


def body_of(raw):
    if isinstance(raw, str):
        return raw.encode()
    if "repeat" in raw:
        return "".join(text * times for text, times in (raw["repeat"], raw.get("then", ("", 0)))).encode()
    return bytes.fromhex(raw["hex"]) if "hex" in raw else raw["text"].encode(raw.get("encoding", "utf-8"))


@pytest.mark.parametrize(("case", "raw"), list(raw_cases()))
def test_a_raw_body(client, case, raw):
    kind = case["input"].get("content_type", "application/json")
    answer = client.post(PLAN, data=body_of(raw), content_type=kind)
    assert answer.status_code in case["check"]["status"]
    assert_no_result_json(answer)
    body = answer.get_json()
    validate("problem.schema.json", body)
    if isinstance(raw, dict) and "fault" in raw:
        assert [(f["code"], f["field"]) for f in body["faults"]] == [(case["check"]["code"], raw["fault"])]
    elif "faults" in case:
        assert [[f["code"], f["field"]] for f in body["faults"]] == case["faults"]
    elif "code" in case["check"]:
        assert body["code"] == case["check"]["code"]
    assert_still_good(client)


def test_every_case_is_held_or_left_out_with_a_reason():
    holders = set()
    for path in TESTS.rglob("test_*.py"):
        holders |= {part.name for part in ast.parse(path.read_text()).body if isinstance(part, ast.FunctionDef)}
    ids = {f"{group}{number}" for group, numbers in SHARED_IDS.items() for number in numbers.split()}
    assert len(BOOK["cases"]) == len(CASES)
    assert CASES.keys() | BOOK["left_out"].keys() == ids
    assert not CASES.keys() & BOOK["left_out"].keys()
    assert all(BOOK["left_out"].values())
    for case in CASES.values():
        held = [name for name in ("tries", "raws", "ranges") if name in case]
        given = case["input"]
        assert held or {given.get("field"), given.get("omit_field")} & KINDS.keys() or "raw" in given or "test" in case
        assert {case.get("test", "test_a_field"), case.get("record", "test_a_field")} <= holders
        assert case["why"]
        assert case.get("changed", "why")
