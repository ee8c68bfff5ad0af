"""What strangers send: markup, other hosts, forged headers, bodies without end, marks that turn text around."""

import gzip
import io
import json
import re
from urllib.parse import urlencode

import pytest

from tests.support.bad_inputs import CASES, DOORS, refused
from tests.support.client import PLAN, PROBLEM, ask_api, ask_page, assert_still_good, make_client
from tests.support.orders import COUNT_PATHS, GOOD, NUMBER_PATHS, TEXT_PATHS, UNIT_PATHS, changed, holding
from tests.support.pages import (
    assert_no_result_json,
    assert_no_result_page,
    error_at,
    page_faults,
    read_page,
    says_fault,
    text_of,
)
from tests.support.queries import as_query


@pytest.fixture(scope="module")
def client():
    return make_client()


def test_a_body_without_a_length_is_cut_off(client):
    class Endless(io.RawIOBase):
        taken = 0

        def readable(self):
            return True

        def readinto(self, buffer):
            Endless.taken += len(buffer)
            assert Endless.taken < 1 << 20
            buffer[:] = b"1" * len(buffer)
            return len(buffer)

    chunked = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}
    given = {**chunked, "wsgi.input": Endless()}
    answer = client.post(PLAN, content_type="application/json", environ_overrides=given)
    assert answer.status_code == 413
    assert Endless.taken > 0
    assert_no_result_json(answer)
    assert_still_good(client)


def test_a_compressed_body_is_not_taken(client):
    for body in (gzip.compress(b"0" * 10_000_000), gzip.compress(json.dumps(GOOD).encode())):
        answer = client.post(PLAN, data=body, content_type="application/json", headers={"Content-Encoding": "gzip"})
        assert answer.status_code == 415
        assert_no_result_json(answer)
    assert_still_good(client)


@pytest.mark.parametrize("method", [*CASES["J022"]["input"]["methods"], "GET"])
def test_only_the_methods_offered(client, method):
    answer = client.open(PLAN, method=method, json=GOOD)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}
    assert_no_result_json(answer)
    assert client.open("/", method=method if method != "GET" else "POST").status_code == 405


def test_a_name_given_twice_is_refused(client):
    for path in (*NUMBER_PATHS, "prepared_on", "capsule.size"):
        pairs = as_query(holding(path))
        name = path.replace(".", "-")
        for twice in ((name, "50"), *([(f"{name}_unit", "g")] if path in UNIT_PATHS else ())):
            # The form sends its empty fields too: they are left out still, and no fault of their own.
            empty = [(blank, "") for blank in ("internal_number", "source-lot")]
            answer = ask_page(client, [*pairs, twice, *empty])
            assert answer.status_code == 422
            assert_no_result_page(answer)
            page = read_page(answer, {"summary", f"{name}-error"})
            assert says_fault(error_at(page, path), "duplicate_field", path)
            assert [target for target, _ in page_faults(page)] == [name]
    assert_still_good(client)


HOSTILE = CASES["W003"]["input"]["text"]
MARKUP = ("<script>alert(1)</script>", "</select><b id=x>", "{{7*7}} {% raw %} &amp;lt;")


def is_our_script(element):
    """Whether an element is the one script of the pages: a file of ours, with nothing between its tags."""
    ours = [{"src": f"/static/{name}.js", "type": "module"} for name in ("live", "bench")]
    return element.name == "script" and element.attrs in ours and not element.text


@pytest.mark.parametrize("text", [HOSTILE, *MARKUP])
@pytest.mark.parametrize("path", [*TEXT_PATHS, *NUMBER_PATHS, "capsule.size", "screening.opioids", "acknowledgements"])
def test_what_is_typed_is_only_ever_text(client, path, text):
    name = path.replace(".", "-")
    tree = changed(holding(path), {path: text})
    pairs = as_query(tree)
    if path in UNIT_PATHS:
        pairs = [(n, text if n in {name, f"{name}_unit"} else v) for n, v in as_query(holding(path))]
    elif path == "acknowledgements":
        pairs = [*as_query(GOOD), *((f"{path}-0-{part}", text) for part in ("code", "value", "reason"))]
    answer = ask_page(client, pairs)
    assert answer.status_code == (200 if path in TEXT_PATHS else 422)
    page = read_page(answer)
    assert all(is_our_script(element) for element in page.find_all(["script", "style", "b"]))
    for element in page.find_all(True):
        drawn = element.find_parent("svg") is not None  # where x is a place
        assert not [given for given in element.attrs if given.startswith("on") or (given == "x" and not drawn)]
        assert not element.has_attr("autofocus") or element["id"] == "summary"
    if path in {*TEXT_PATHS, *NUMBER_PATHS}:
        assert page.find(id=name)["value"] == text
    assert "49" not in text_of(page.find("h1"))


def test_another_host_is_not_answered(client):
    for host in ("evil.example", "evil.example:80", "localhost.evil.example", "localhost@evil.example", "", "[::2]"):
        for answer in (
            client.get("/", headers={"Host": host}),
            client.get("/?dose=4.5&dose_unit=mg&allowance=", headers={"Host": host}),
        ):
            assert answer.status_code == 400
            assert_no_result_page(answer)
            assert not host or host not in answer.text
        answer = ask_api(client, GOOD, headers={"Host": host})
        assert answer.status_code == 400
        assert_no_result_json(answer)
    assert_still_good(client)


def test_forwarded_headers_are_not_believed(client):
    forged = {**CASES["W018"]["input"]["headers"], "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    forged |= {"X-Forwarded-Prefix": "/evil", "X-Original-URL": "/evil", "X-Rewrite-URL": "/evil"}
    query = urlencode([*as_query(GOOD), ("allowance", "")])
    for address in ("/", f"/?{query}", "/nothing"):
        plain, answer = client.get(address), client.get(address, headers=forged)
        assert (answer.status_code, answer.data) == (plain.status_code, plain.data)
        assert answer.headers.get("Location") == plain.headers.get("Location")
    assert client.get(f"/?{query}").headers["Location"].startswith("/?")
    assert ask_api(client, GOOD, headers=forged).data == ask_api(client, GOOD).data


def test_figures_are_not_translated(client):
    plain = ask_page(client, as_query(GOOD))
    assert ask_page(client, as_query(GOOD), headers={"Accept-Language": "de"}).data == plain.data
    refusal = as_query(changed(GOOD, {"dose": "4,5 mg"}))
    for answer in (plain, ask_page(client, refusal), client.get("/")):
        page = read_page(answer)
        assert page.html["lang"] == "en"
        kept = page.select(
            "h1[translate], .line, dl.figures, ul.formulas, .working p:nth-of-type(2), .working p:nth-of-type(3), td"
        )
        for element in kept:
            spared = [element, *element.parents]
            is_figure = element.name != "td" or re.search(r"\d.* (mg|g|mcg)\b", text_of(element))
            assert not is_figure or any(part.get("translate") == "no" for part in spared), element


def test_nothing_is_filled_in_by_the_browser(client):
    for answer in (client.get("/"), ask_page(client, as_query(GOOD))):
        page = read_page(answer)
        assert page.find(id="form")["autocomplete"] == "off"
        boxes = page.select("#form input:not([type])")
        assert boxes
        assert not [box["id"] for box in boxes if box.has_attr("autocomplete")]
    assert not [field["id"] for field in read_page(client.get("/")).select("input:not([type])") if field["value"]]


def test_every_answer_carries_the_policy(client):
    answers = [
        client.get("/"),
        client.get("/", query_string=[*as_query(GOOD), ("allowance", "")]),
        ask_page(client, as_query(GOOD)),
        ask_page(client, as_query(changed(GOOD, {"dose": "4,5 mg"}))),
        ask_page(client, as_query(changed(GOOD, {"dose": "4.5 g"}))),
        ask_page(client, [("dose", "9" * 34_000)]),
        client.get("/nothing"),
        client.post("/"),
        client.get("/", headers={"Host": "evil.example"}),
        client.get("/static/style.css"),
        ask_api(client, GOOD),
        ask_api(client, {}),
        client.get(PLAN),
        client.get("/api/nothing"),
        client.post(PLAN, data="x" * 70_000, content_type="application/json"),
        client.post(PLAN, data="x", content_type="text/plain"),
    ]
    assert [a.status_code for a in answers] == [
        200,
        303,
        200,
        422,
        422,
        414,
        404,
        405,
        400,
        200,
        200,
        422,
        405,
        404,
        413,
        415,
    ]
    for answer in answers:
        answer.close()
        policy = dict(rule.split(maxsplit=1) for rule in answer.headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
        assert policy["style-src"] == policy["form-action"] == "'self'"
        assert policy["script-src"] == policy["connect-src"] == "'self'"
        assert not {"script-src-elem", "script-src-attr"} & policy.keys()
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        if answer.mimetype == "text/html" and answer.status_code != 303:
            page = read_page(answer)
            active = page.find_all(["script", "style", "iframe", "object", "embed", "base"])
            assert all(is_our_script(element) for element in active)
            for element in page.find_all(True):
                assert not [name for name in element.attrs if name == "style" or name.startswith("on")]
                assert not element.get("src") or is_our_script(element)
                assert not element.get("href", "").startswith(("http", "//", "javascript"))


MARK = CASES["S006"]["input"]["text"]


@pytest.mark.parametrize("path", [*TEXT_PATHS, *NUMBER_PATHS, "capsule.size", "prepared_on", "source.expiry"])
@pytest.mark.parametrize("door", DOORS)
def test_a_mark_of_direction_is_refused(client, door, path):
    tree = changed(holding(path), {path: MARK})
    if path in COUNT_PATHS and door == "json":
        refused(client, door, tree, [("wrong_type", path)])
    else:
        number, _, unit = MARK.rpartition(" ")
        typed = (number, unit) if path in UNIT_PATHS else (MARK, None)
        refused(client, door, tree, [("hidden_character", path)], None if path == "capsule.size" else typed)


@pytest.mark.parametrize("path", TEXT_PATHS)
def test_a_text_without_end_is_refused(client, path):
    for length in (41, 7_000):
        tree = changed(GOOD, {path: "a" * length})
        refused(client, "json", tree, [("text_too_long", path)])
        refused(client, "page", tree, [("text_too_long", path)], ("a" * length, None))
    tree = changed(GOOD, {path: "a" * 200_000})
    answer = ask_api(client, tree)
    assert answer.status_code == 413
    assert answer.content_type == PROBLEM
    assert_no_result_json(answer)
    answer = ask_page(client, as_query(tree))
    assert answer.status_code == 414
    assert_no_result_page(answer)
    assert_still_good(client)
