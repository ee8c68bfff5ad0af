"""`POST /api/v1/plan`: what it takes, what it answers, and everything it refuses at the door in one shape."""

import json

import pytest

from tests.capsule.test_worked_case import WORKED
from tests.support.client import make_client
from tests.support.mistakes import plan_by
from tests.support.schemas import validate

CLIENT = make_client()
PATH = "/api/v1/plan"


def post(body, **named):
    named.setdefault("content_type", "application/json")
    return CLIENT.post(PATH, data=body if isinstance(body, bytes | str) else json.dumps(body), **named)


def test_an_order_is_answered_by_the_contract():
    answer = post(WORKED)
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    whole = json.loads(answer.get_data())
    validate("answer.schema.json", whole)
    assert whole["plan"]["portion"] == {"value": "0.432", "unit": "g", "text": "0.432 g", "exact": "0.432"}


def test_an_order_understood_and_posted_back_gives_the_same_plan_and_no_defaults():
    first = json.loads(post({"dose": "4.5 mg", "quantity": 30}).get_data())
    again = json.loads(post(first["order"]).get_data())
    assert again == {**first, "defaults": []}


@pytest.mark.parametrize(
    ("body", "status", "kind", "code"),
    [
        ('{"dose":"4.5 mg","dose":"45 mg","quantity":30}', 400, "json", "duplicate_key"),
        ('{"dose":NaN}', 400, "json", "not_json"),
        ('{"dose":-Infinity}', 400, "json", "not_json"),
        ('{"dose":"4.5 mg"} {}', 400, "json", "not_json"),
        ("", 400, "json", "not_json"),
        (b"\xef\xbb\xbf{}", 422, "faults", None),
        ('{"dose":"4.5 mg"}'.encode("utf-16"), 400, "json", "not_utf8"),
        (b'{"dose":"\xff"}', 400, "json", "not_utf8"),
        ("[" * 20000 + "]" * 20000, 400, "json", "too_deep"),
        ('{"a":' * 11 + "1" + "}" * 11, 400, "json", "too_deep"),
        ('"' + "\\" * 30001, 400, "json", "not_json"),
        ('"' + '\\"' * 30000, 400, "json", "not_json"),
        ("[1" + "0" * 60000 + "]", 422, "faults", None),
        ("[]", 422, "faults", None),
        ('"text"', 422, "faults", None),
        (" " * 70000, 413, "too-large", None),
    ],
)
def test_what_is_no_order_is_refused_in_one_shape(body, status, kind, code):
    answer = post(body)
    problem = json.loads(answer.get_data())
    assert (answer.status_code, problem["type"], problem.get("code")) == (status, f"/problems/{kind}", code)


def test_nesting_of_ten_is_read():
    assert post('{"a":' * 10 + "1" + "}" * 10).status_code == 422


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"dose": 4.5, "quantity": 30}, "wrong_type", "dose"),
        ('{"dose":1e400,"quantity":30}', "wrong_type", "dose"),
        ({"dose": True, "quantity": 30}, "wrong_type", "dose"),
        ({"dose": ["5 mg"], "quantity": 30}, "wrong_type", "dose"),
        ({"dose": None, "quantity": 30}, "required", "dose"),
        ({"dose": "4.5 mg", "quantity": 30.5}, "wrong_type", "quantity"),
        ('{"dose":"4.5 mg","quantity":30.000001}', "wrong_type", "quantity"),
        ('{"dose":"4.5 mg","quantity":' + "9" * 5000 + "}", "wrong_type", "quantity"),
        ({"dose": "4.5 mg", "quantity": "30"}, "wrong_type", "quantity"),
        ({"dose": "4.5 mg", "quantity": True}, "wrong_type", "quantity"),
        ({"Dose": "4.5 mg", "quantity": 30}, "unknown_field", "Dose"),
        ({"Dose": None, "dose": "4.5 mg", "quantity": 30}, "unknown_field", "Dose"),
        ({"dose": "4.5 mg", "quantity": 30, "source": {"x": 1}}, "unknown_field", "source.x"),
        ({"dose": "4.5 mg", "quantity": 30, "source": []}, "wrong_type", "source"),
        ({"dose": "4.5 mg", "quantity": 30, "internal_number": "x" * 41}, "text_too_long", "internal_number"),
        ({"dose": "4.5 mg", "quantity": 30, "internal_number": "\u061c1-2"}, "hidden_character", "internal_number"),
        ({"dose": "4.5 mg", "quantity": 30, "internal_number": "\ud800"}, "hidden_character", "internal_number"),
        ({"dose": "4.5 mg", "quantity": 30, "internal_number": ""}, "required", "internal_number"),
        ({"dose": "4.5 mg", "quantity": 30, "acknowledgements": [None]}, "wrong_type", "acknowledgements.0"),
        ({"dose": "4.5 mg", "quantity": 30, "acknowledgements": [{}] * 21}, "list_too_long", "acknowledgements"),
        ({"dose": "4.5 mg", "quantity": 30, "prepared_on": "22.11.2026"}, "date_format", "prepared_on"),
        ({"dose": "4.5 mg", "quantity": 30, "prepared_on": "2026-02-29"}, "no_such_day", "prepared_on"),
        ({"dose": "4.5 mg", "quantity": 30, "prepared_on": "1999-12-31"}, "out_of_range", "prepared_on"),
        ({"dose": "4.5 mg", "quantity": 30, "drug": "unknown"}, "unknown_choice", "drug"),
        ({"dose": "4.5 mg", "quantity": 30, "drug": {"name": "x"}}, "required", "source.strength"),
        ({"dose": "4.5 mg", "quantity": 30, "allowance": "0.1 %"}, "factor_not_percent", "allowance"),
        ({"dose": "4.5 mg", "quantity": 30, "allowance": "110 %"}, "out_of_range", "allowance"),
        ({"dose": "4.5 mg", "quantity": 30, "dose_basis": "salt"}, "unknown_choice", "dose_basis"),
    ],
)
def test_a_fault_names_its_field(body, code, field):
    answer = post(body)
    assert answer.status_code == 422
    faults = [(fault["code"], fault["field"]) for fault in json.loads(answer.get_data())["faults"]]
    assert (code, field) in faults


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/json+x"])
def test_another_media_type_is_refused(kind):
    answer = post(WORKED, content_type=kind)
    assert (answer.status_code, answer.mimetype) == (415, "application/problem+json")


def test_a_compressed_body_is_refused():
    assert post(b"\x1f\x8b", headers={"Content-Encoding": "gzip"}).status_code == 415


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "TRACE", "FOO"])
def test_another_method_is_refused_with_the_ones_that_are_taken(method):
    answer = CLIENT.open(PATH, method=method)
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "POST" in answer.headers["Allow"]


def test_nothing_else_is_under_api():
    answer = CLIENT.get("/api/v2/plan")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_a_query_beside_the_body_is_never_mixed_in():
    assert post(WORKED, query_string={"dose": "50"}).get_data() == post(WORKED).get_data()


@pytest.mark.parametrize("host", ["evil.example", "", "127.0.0.1.evil.example", "localhost:80:80", "waitress.invalid"])
def test_another_host_is_refused(host):
    answer = post(WORKED, headers={"Host": host})
    assert answer.status_code == 400
    assert json.loads(answer.get_data())["type"] == "/problems/host"
    assert CLIENT.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:9"])
def test_this_machine_is_answered(host):
    assert CLIENT.get("/healthz", headers={"Host": host}).status_code == 200


def test_a_forged_proxy_header_changes_nothing():
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https"}
    answer = CLIENT.get("/", query_string={"dose": "4.5", "allowance": ""}, headers=forged)
    assert answer.headers["Location"].startswith("/?")


def test_our_own_mistake_gives_a_number_and_no_figures(monkeypatch):
    def broken(order, library):
        raise ZeroDivisionError

    plan_by(monkeypatch, broken)
    answer = post(WORKED)
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert json.loads(answer.get_data())["type"] == "/problems/unexpected"


def test_a_refusal_of_stops_says_code_severity_field_value_and_reasons():
    stops = json.loads(post({"dose": "45 mg", "quantity": 30}).get_data())["stops"]
    assert stops[0].keys() == {"code", "severity", "field", "value", "reasons", "text"}
    assert (stops[0]["severity"], stops[0]["value"]) == ("soft", "45 mg")
    assert "4.5 mg" in stops[0]["text"]  # the tenfold slip is named
