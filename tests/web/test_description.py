"""The endpoint's description, whole: every field said, every code told, every example sent, one shape of refusal."""

import itertools
import json

import pytest

from calc import limits
from calc.faults import FaultCode, NoticeCode, Reason, StopCode
from calc.planning.codes import StepCode
from calc.web.guard import MOST_QUERY, most_of
from calc.web.openapi.document import PAGE, PLAN
from calc.web.openapi.examples import REFUSED
from calc.wording.openapi import FIELDS, UNITS
from calc.wording.web import TITLES
from tests.support.checked_client import soup, words
from tests.support.client import PROBLEM, make_client, shared_app
from tests.support.mistakes import plan_by
from tests.support.orders import GOOD
from tests.support.schemas import DOCUMENT, validate
from tests.web.test_openapi import as_described

CLIENT = make_client()
SCHEMAS = DOCUMENT["components"]["schemas"]
FIGURE = "#/components/schemas/Shown"
FIELDS_OF = [(name, field) for name, schema in SCHEMAS.items() for field in schema.get("properties", {})]
OPERATIONS = [(path, method) for path, item in DOCUMENT["paths"].items() for method in item]


def nodes(part):
    """Every part of a schema."""
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from nodes(value)
    elif isinstance(part, list):
        for value in part:
            yield from nodes(value)


@pytest.mark.parametrize(("name", "field"), FIELDS_OF)
def test_every_field_is_described_and_every_figure_has_its_unit(name, field):
    kind = SCHEMAS[name]["properties"][field]
    assert kind.get("description"), "say what it is in calc/wording/openapi.py"
    for node in nodes(kind):
        if node.get("$ref") == FIGURE:
            units = node["properties"]["unit"]["enum"]
            assert units, "say its unit in calc/wording/openapi.py"
            assert set(units) <= set(SCHEMAS["Shown"]["properties"]["unit"]["enum"])
            assert units == ["1"] or f"In {' or '.join(units)}." in kind["description"]


def test_nothing_is_described_that_is_no_field():
    names = {field for _, field in FIELDS_OF} | {f"{name}.{field}" for name, field in FIELDS_OF}
    assert set(FIELDS) | set(UNITS) <= names


def test_every_bound_of_an_order_stands_at_its_field():
    told = {name.rpartition(".")[2]: [] for name in limits.RANGES}
    for name, field in FIELDS_OF:
        if field in told:
            told[field].append(SCHEMAS[name]["properties"][field]["description"])
    counts = {"quantity", "extra_capsules", "tablets_weighed", "days", "doses_per_day", "bodies", "number"}
    for path in limits.RANGES:
        field = path.rpartition(".")[2]
        assert any("From " in text and " to " in text for text in told[field]) or field in counts, path


@pytest.mark.parametrize(
    ("part", "field", "codes"),
    [
        ("FaultShown", "code", FaultCode),
        ("StopShown", "code", StopCode),
        ("NoticeShown", "code", NoticeCode),
        ("AcknowledgedShown", "reason", Reason),
        ("StepShown", "code", StepCode),
        ("Problem", "type", [f"/problems/{kind}" for kind in TITLES]),
    ],
)
def test_every_code_has_its_meaning(part, field, codes):
    kind = SCHEMAS[part]["properties"][field]
    assert [one["const"] for one in kind["oneOf"]] == kind["enum"] == [str(code) for code in codes]
    assert all(len(one["description"]) > 3 for one in kind["oneOf"])


def examples():
    for path, method in OPERATIONS:
        for kind, media in DOCUMENT["paths"][path][method].get("requestBody", {}).get("content", {}).items():
            for name, example in media.get("examples", {}).items():
                yield pytest.param(path, method, kind, example, id=f"{path}-{name}")


@pytest.mark.parametrize(("path", "method", "kind", "example"), list(examples()))
def test_every_example_is_sent_and_its_answer_is_as_described(path, method, kind, example):
    value = example["value"]
    body = value if isinstance(value, str) else json.dumps(value)
    answer = CLIENT.open(path, method=method.upper(), data=body, content_type=kind)
    assert answer.status_code == 200
    assert as_described(answer, path, method)
    assert example["summary"]


def test_every_address_that_takes_a_body_has_an_example():
    taking = {path for path, method in OPERATIONS if "requestBody" in DOCUMENT["paths"][path][method]}
    assert taking == {given.values[0] for given in examples()}


@pytest.mark.parametrize(("status", "name"), [(status, name) for status, bodies in REFUSED.items() for name in bodies])
def test_every_example_of_a_refusal_is_what_its_body_gets(status, name):
    example = DOCUMENT["paths"][PLAN]["post"]["responses"][status]["content"][PROBLEM]["examples"][name]
    answer = CLIENT.post(PLAN, data=REFUSED[status][name], content_type="application/json")
    assert (str(answer.status_code), answer.get_json()) == (status, example["value"])
    validate("problem.schema.json", example["value"])


RULES = [rule for rule in shared_app().url_map.iter_rules() if rule.rule.startswith("/api")]
#: Each way in which any address under /api refuses: what is sent, and the kind and status that come back.
REFUSALS = {
    "host": ({"headers": {"Host": "evil.example"}}, 400),
    "method": ({"method": "PATCH"}, 405),
    "too-large": ({"data": "larger"}, 413),
    "too-long": ({"query_string": "x" * (MOST_QUERY + 1)}, 414),
    "media-type": ({"data": "a=1", "content_type": "application/x-www-form-urlencoded"}, 415),
    "json": ({"data": "{", "content_type": "application/json"}, 400),
    "faults": ({"data": "[]", "content_type": "application/json"}, 422),
}
OF_A_BODY = {"media-type", "json", "faults"}


@pytest.mark.parametrize(("rule", "kind"), list(itertools.product(RULES, REFUSALS)), ids=str)
def test_every_address_refuses_in_the_one_shape(rule, kind):
    how, status = dict(REFUSALS[kind][0]), REFUSALS[kind][1]
    posts = "POST" in rule.methods
    if kind in OF_A_BODY and (not posts or (kind != "media-type" and rule.rule.endswith("/plans"))):
        return  # takes no body, or refuses by the line: `test_many`
    if how.get("data") == "larger":
        how |= {"data": b" " * (most_of(rule.rule) + 1), "content_type": "application/json"}
    answer = CLIENT.open(rule.rule, **{"method": "POST" if posts else "GET", **how})
    assert (answer.status_code, answer.mimetype) == (status, PROBLEM)
    body = json.loads(answer.get_data())
    validate("problem.schema.json", body)
    assert body["type"] == f"/problems/{'too-large' if kind == 'too-long' else kind}"
    assert body["title"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_kinds_that_are_left_have_the_one_shape_too(monkeypatch):
    stopped = CLIENT.post(PLAN, json={"dose": "450 mg", "quantity": 30})
    missing = CLIENT.get("/api/v1/nothing")
    not_acceptable = CLIENT.post(PLAN, json=GOOD, headers={"Accept": "application/fhir+json; fhirVersion=4.0"})
    plan_by(monkeypatch, None)
    mistaken = CLIENT.post(PLAN, json=GOOD)
    found = {}
    for answer in (stopped, missing, not_acceptable, mistaken):
        assert answer.mimetype == PROBLEM
        validate("problem.schema.json", answer.get_json())
        found[answer.get_json()["type"].removeprefix("/problems/")] = answer.status_code
    assert found == {"stops": 422, "not-found": 404, "not-acceptable": 406, "unexpected": 500}
    # `test_many` sees to "busy", tests/attacks to "timeout" and "storage"; what no other kind fits is "request".
    by_others = {"busy", "timeout", "storage", "request"}
    assert set(TITLES) == found.keys() | REFUSALS.keys() - {"too-long"} | by_others


def test_the_page_says_what_the_document_says():
    page = soup(CLIENT.get(PAGE))
    assert [words(title) for title in page.select("h2 > code")] == [f"{m.upper()} {path}" for path, m in OPERATIONS]
    text = "".join(words(page).split())
    for name, field in FIELDS_OF:
        assert field in text
        assert "".join(SCHEMAS[name]["properties"][field]["description"].replace("`", "").split()) in text
    for code in (*FaultCode, *StopCode, *NoticeCode):
        assert code.value in text
    shown = [pre.get_text() for pre in page.find_all("pre")]
    assert json.dumps(GOOD_EXAMPLE, ensure_ascii=False, indent=2) in shown


GOOD_EXAMPLE = DOCUMENT["paths"][PLAN]["post"]["requestBody"]["content"]["application/json"]["examples"][
    "tablets_weighed"
]["value"]


def test_the_page_needs_no_script_and_asks_nobody_else():
    page = soup(CLIENT.get(PAGE))
    assert page.find_all("details")
    assert not page.find_all("script")
    links = [tag[name] for tag in page.find_all(True) for name in ("href", "src") if tag.get(name)]
    assert [link for link in links if "//" in link] == []
