"""`GET /api/v1/openapi.json`: valid, whole, the same bytes each time, and true: the program does what it says."""

import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta

import pytest
import schemathesis
from hypothesis import settings
from jsonschema import Draft202012Validator
from jsonschema_rs import validator_for
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.config import SchemathesisConfig

from calc import limits
from calc.faults import REASONS, FaultCode, NoticeCode, StopCode
from calc.web.api.many import MEDIA_TYPE
from calc.web.guard import PLANS, most_of
from calc.web.openapi import liquid, many, titration
from calc.web.openapi.checks import UNIFORMITY, UNIFORMITY_EXAMPLE, WEIGHTS, WEIGHTS_EXAMPLE
from calc.web.openapi.document import ADDRESS, ALIVE, EXAMPLE, PAGE, PLAN
from calc.web.openapi.formulations import ADDRESS as FORMULATIONS
from calc.wording.web import JSON_FAULTS, TITLES
from tests.support.client import PROBLEM, make_client, shared_app
from tests.support.orders import GOOD, changed
from tests.support.schemas import DIALECT, DOCUMENT, described, validate

CLIENT = make_client()
TITRATION = titration.ADDRESS
SCHEMAS = DOCUMENT["components"]["schemas"]
EXAMPLES = {WEIGHTS: WEIGHTS_EXAMPLE, UNIFORMITY: UNIFORMITY_EXAMPLE}
ASKED_OF = {WEIGHTS: "WeightsAsked", UNIFORMITY: "UniformityAsked"}
LONG_BODY, LONG_QUERY = b" " * 70_000, "x" * 34_000
JSON = {"content_type": "application/json"}
ELSEWHERE = {"headers": {"Host": "evil.example"}}


def references(part):
    """Every `$ref` of a tree."""
    if isinstance(part, dict):
        found = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return found + [reference for value in part.values() for reference in references(value)]
    return [reference for value in part for reference in references(value)] if isinstance(part, list) else []


def as_described(answer, path, method):
    """The body of an answer, which has a status, a media type, headers and a schema that the document gives it."""
    said = DOCUMENT["paths"][path][method]["responses"][str(answer.status_code)]
    assert set(said.get("headers", {})) <= set(answer.headers.keys())
    content = said["content"][answer.mimetype]
    text = answer.get_data(as_text=True)
    body = json.loads(text) if answer.mimetype.endswith("/json") or answer.mimetype.endswith("+json") else text
    Draft202012Validator({"$schema": DIALECT, **DOCUMENT, **content["schema"]}).validate(body)
    if "x-itemSchema" in content:
        body = [json.loads(line) for line in text.splitlines()]
        for item in body:
            Draft202012Validator({"$schema": DIALECT, **DOCUMENT, **content["x-itemSchema"]}).validate(item)
    return body


def test_the_document_is_valid_openapi():
    OpenAPIV31SpecValidator(DOCUMENT).validate()
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)


def test_the_document_is_served_as_it_was_made():
    answer = CLIENT.get(ADDRESS)
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert json.loads(answer.get_data()) == DOCUMENT
    assert (DOCUMENT["info"]["title"], DOCUMENT["info"]["version"]) == ("Triturate", "1")
    assert DOCUMENT["servers"] == [{"url": "/"}]


def test_the_document_is_the_same_bytes_in_every_process():
    code = "import sys, calc.library as l, calc.web.openapi.document as o; d = o.described(l.load()); "
    code += "sys.stdout.buffer.write(o.document(d))"
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        made = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
        assert made.stdout == CLIENT.get(ADDRESS).get_data()


def test_every_reference_leads_to_a_schema_and_every_schema_is_used():
    found = {reference.removeprefix("#/components/schemas/") for reference in references(DOCUMENT)}
    assert found == set(SCHEMAS)
    assert "$defs" not in json.dumps(DOCUMENT)


def test_every_address_under_api_is_in_the_document_with_its_methods():
    rules = CLIENT.application.url_map.iter_rules()
    served = {rule.rule: {m.lower() for m in rule.methods - {"HEAD", "OPTIONS"}} for rule in rules}
    under_api = {path: methods for path, methods in served.items() if path.startswith("/api")}
    said = {path: set(operations) for path, operations in DOCUMENT["paths"].items()}
    assert said == {**under_api, ALIVE: served[ALIVE]}


def test_every_code_is_in_the_document():
    def codes(part, field="code"):
        return SCHEMAS[part]["properties"][field]["enum"]

    assert codes("FaultShown") == list(FaultCode)
    assert codes("StopShown") == list(StopCode)
    assert codes("NoticeShown") == list(NoticeCode)
    assert codes("Acknowledgement") == codes("AcknowledgedShown") == list(REASONS)
    assert codes("Problem") == list(JSON_FAULTS)
    assert codes("Problem", "type") == [f"/problems/{kind}" for kind in TITLES]


def test_the_examples_are_answered_with_figures_worked_elsewhere():
    described("LiquidOrder").validate(liquid.EXAMPLE)
    plan = CLIENT.post(PLAN, json=liquid.EXAMPLE).get_json()["plan"]
    assert (plan["tablets_to_crush"], plan["dose_volume"]["text"], plan["doses"]) == (2, "4.5 mL", 22)
    described("Order").validate(EXAMPLE)
    assert CLIENT.post(PLAN, json=EXAMPLE).get_json()["plan"]["portion"]["text"] == "0.432 g"
    for path, name in ASKED_OF.items():
        described(name).validate(EXAMPLES[path])
        assert CLIENT.post(path, json=EXAMPLES[path]).get_json()["verdict"] == "pass"
    described("Titration").validate(titration.EXAMPLE)
    ways = CLIENT.post(TITRATION, json=titration.EXAMPLE).get_json()["ways"]
    assert [way["capsules"] for way in ways] == [132, 58]
    described("Titration").validate(titration.LIQUID_EXAMPLE)
    calendar = CLIENT.post(TITRATION, json=titration.LIQUID_EXAMPLE).get_json()["calendar"]
    assert [line["text"] for line in calendar] == [f"{volume} mL once a day" for volume in ("0.1", "0.2", "0.3")]


@pytest.mark.parametrize(
    ("path", "value", "taken"),
    [
        ("preparation", "capsule", False),
        ("preparation", "liquid", True),
        ("doses_per_day", 4, True),
        ("doses_per_day", 5, False),
        ("quantity", 30, False),
        ("syringes", [], False),
        ("syringes", [{"capacity": "1 mL", "graduation": "0.01 mL"}] * 10, True),
        ("syringes", [{"capacity": "1 mL", "graduation": "0.01 mL"}] * 11, False),
        ("vehicle", {"aqueous": "no"}, False),
        ("source", {"kind": "powder", "assay": "98 %"}, True),
        ("source", {"kind": "powder", "assay": "98 %", "packing_statistic": "200 mg"}, False),
    ],
)
def test_a_liquid_takes_what_the_document_says(path, value, taken):
    tree = {**liquid.EXAMPLE, path: value}
    assert described("LiquidOrder").is_valid(tree) is taken
    assert (CLIENT.post(PLAN, json=tree).get_json().get("type") != "/problems/faults") is taken


@pytest.mark.parametrize(("path", "low", "high"), [("schedule.0.days", 1, 365), ("doses_per_day", 1, 4)])
def test_a_count_of_a_titration_ends_where_the_document_says(path, low, high):
    schedule = {"schedule": [{"dose": "1.5 mg", "days": 14}]}
    for value, taken in ((low, True), (high, True), (low - 1, False), (high + 1, False)):
        tree = json.loads(json.dumps(schedule))
        if path == "doses_per_day":
            tree[path] = value
        else:
            tree["schedule"][0]["days"] = value
        assert described("Titration").is_valid(tree) is taken
        assert (CLIENT.post(TITRATION, json=tree).status_code == 200) is taken


def test_a_titration_describes_an_order_without_what_belongs_to_one_batch():
    order, source = SCHEMAS["TitrationOrder"]["properties"], SCHEMAS["TitrationSource"]["properties"]
    assert SCHEMAS["Order"]["properties"].keys() - order.keys() == {
        "dose",
        "quantity",
        "internal_number",
        "formulation",
    }
    weighed = {"tablets_weighed", "total_mass", "weighed_on", "recovered_mass", "tablets_crushed", "crushed_mass"}
    weighed |= {"common_powder"}
    assert SCHEMAS["TabletSource"]["properties"].keys() - source.keys() == weighed
    assert {**SCHEMAS["Order"]["properties"], **order, "source": None} == {
        **SCHEMAS["Order"]["properties"],
        "source": None,
    }


ANSWERS = [
    ("post", PLAN, 200, {"json": GOOD}),
    ("post", PLAN, 200, {"json": GOOD, "headers": {"Accept": "application/fhir+json"}}),
    ("post", PLAN, 406, {"json": GOOD, "headers": {"Accept": "application/fhir+json; fhirVersion=4.0"}}),
    ("post", PLAN, 200, {"json": liquid.EXAMPLE}),
    ("post", PLAN, 400, {"data": "{", **JSON}),
    ("post", PLAN, 400, {"json": GOOD, **ELSEWHERE}),
    ("get", PLAN, 405, {}),
    ("post", PLAN, 413, {"data": LONG_BODY, **JSON}),
    ("post", PLAN, 414, {"json": GOOD, "query_string": LONG_QUERY}),
    ("post", PLAN, 415, {"data": "dose=4.5"}),
    ("post", PLAN, 422, {"json": {}}),
    ("post", PLAN, 422, {"json": changed(GOOD, {"source.release": "extended"})}),
]
for address, example in EXAMPLES.items():
    ANSWERS += [
        ("post", address, 200, {"json": example}),
        ("post", address, 400, {"data": "{", **JSON}),
        ("post", address, 400, {"json": example, **ELSEWHERE}),
        ("get", address, 405, {}),
        ("post", address, 413, {"data": LONG_BODY, **JSON}),
        ("post", address, 414, {"json": example, "query_string": LONG_QUERY}),
        ("post", address, 415, {"data": "contents=98"}),
        ("post", address, 422, {"json": {}}),
    ]
ANSWERS += [
    ("post", TITRATION, 200, {"json": titration.EXAMPLE}),
    ("post", TITRATION, 400, {"data": "{", **JSON}),
    ("get", TITRATION, 405, {}),
    ("post", TITRATION, 413, {"data": LONG_BODY, **JSON}),
    ("post", TITRATION, 414, {"json": GOOD, "query_string": LONG_QUERY}),
    ("post", TITRATION, 415, {"data": "dose=4.5"}),
    ("post", TITRATION, 422, {"json": {}}),
]
MANY = {"content_type": MEDIA_TYPE}
ANSWERS += [
    ("post", PLANS, 200, {"data": many.EXAMPLE, **MANY}),
    ("post", PLANS, 400, {"data": many.EXAMPLE, **MANY, **ELSEWHERE}),
    ("get", PLANS, 405, {}),
    ("post", PLANS, 413, {"data": b" " * (most_of(PLANS) + 1), **MANY}),
    ("post", PLANS, 414, {"data": "", "query_string": LONG_QUERY, **MANY}),
    ("post", PLANS, 415, {"json": GOOD}),
]
for address in (ADDRESS, PAGE, ALIVE, FORMULATIONS):
    ANSWERS += [
        ("get", address, 200, {}),
        ("get", address, 400, ELSEWHERE),
        ("post", address, 405, {}),
        ("get", address, 413, {"data": LONG_BODY}),
        ("get", address, 414, {"query_string": LONG_QUERY}),
    ]


ANSWERS.append(("get", FORMULATIONS, 404, {"query_string": {"key": "pub:nobody"}}))


@pytest.mark.parametrize(("method", "path", "status", "how"), ANSWERS)
def test_an_answer_is_as_the_document_says(method, path, status, how):
    answer = CLIENT.open(path, method=method.upper(), **how)
    assert answer.status_code == status
    (described_method,) = DOCUMENT["paths"][path]
    as_described(answer, path, described_method)
    if answer.mimetype == PROBLEM:
        validate("problem.schema.json", json.loads(answer.get_data()))


def test_every_status_of_the_document_was_asked_for():
    asked = {(path, str(status)) for _, path, status, _ in ANSWERS}
    operations = [(path, operation) for path, item in DOCUMENT["paths"].items() for operation in item.values()]
    said = {(path, status) for path, operation in operations for status in operation["responses"]}
    ours = (PLAN, PLANS, TITRATION, *EXAMPLES)
    # `test_endpoint` sees to our own mistakes, `test_many` to too much at once.
    assert said - asked == {(path, "500") for path in ours} | {(PLANS, "503")}
    assert asked <= said


@pytest.mark.parametrize("path", ["quantity", "extra_capsules", "source.tablets_weighed"])
def test_a_count_ends_where_the_document_says(path):
    part, _, name = path.rpartition(".")
    field = SCHEMAS["TabletSource" if part else "Order"]["properties"][name]
    bounds = field["anyOf"][0] if "anyOf" in field else field

    def out_of_range(value):
        faults = CLIENT.post(PLAN, json=changed(GOOD, {path: value})).get_json().get("faults", ())
        return (path, True) in {(f["field"], f["code"] in {"out_of_range", "zero_not_allowed"}) for f in faults}

    assert not out_of_range(bounds["minimum"])
    assert not out_of_range(bounds["maximum"])
    assert out_of_range(bounds["minimum"] - 1)
    assert out_of_range(bounds["maximum"] + 1)


def test_a_text_takes_what_the_papers_print_and_nothing_else():
    pattern = re.compile(SCHEMAS["Text"]["pattern"])
    taken = {chr(code) for code in range(0x11000) if pattern.search(f"{chr(code)}.")}
    assert taken == limits.PRINTABLE
    assert not pattern.search("  ")


def test_a_date_takes_every_day_that_the_program_takes_and_no_other_year():
    pattern = re.compile(SCHEMAS["Order"]["properties"]["prepared_on"]["anyOf"][0]["pattern"])
    day, last = date.fromisoformat(limits.EARLIEST_DATE), date.fromisoformat(limits.LATEST_DATE)
    assert not pattern.search((day - timedelta(1)).isoformat())
    assert not pattern.search((last + timedelta(1)).isoformat())
    while day < last:
        assert pattern.search(day.isoformat())
        day += timedelta(1)
    expiry = re.compile(SCHEMAS["TabletSource"]["properties"]["expiry"]["anyOf"][0]["pattern"])
    assert [bool(expiry.search(text)) for text in ("2027-05", "2027-05-31", "2027-13", "2027")] == [
        True,
        True,
        *[False] * 2,
    ]


#: The faults of an order that follows the schema: ranges of quantities, the calendar, and what does not go together.
BEYOND_A_SCHEMA = {
    FaultCode.REQUIRED,  # the strength of tablets of a drug without a file
    FaultCode.UNKNOWN_CHOICE,  # a chemical form of another drug
    FaultCode.DRUG_HAS_FILE,
    FaultCode.OUT_OF_RANGE,
    FaultCode.ZERO_NOT_ALLOWED,
    FaultCode.FACTOR_NOT_PERCENT,
    FaultCode.DATE_FORMAT,
    FaultCode.NO_SUCH_DAY,  # 30 February
    FaultCode.DATE_ORDER,
    FaultCode.PAIR_INCOMPLETE,
    FaultCode.EXCLUDES_EACH_OTHER,
    FaultCode.RECOVERED_ABOVE_TOTAL,
    FaultCode.ACKNOWLEDGEMENT_UNUSED,
    FaultCode.GRADUATION_UNEVEN,
    FaultCode.VOLUMES_TOO_LARGE,
    FaultCode.NO_SUCH_QUESTION,  # which questions there are hangs on the drug
}
#: The faults of a check that follows its schema.
BEYOND_A_CHECK = {
    FaultCode.REQUIRED,  # the shell, in one of two ways
    FaultCode.OUT_OF_RANGE,
    FaultCode.ZERO_NOT_ALLOWED,
    FaultCode.PAIR_INCOMPLETE,
    FaultCode.EXCLUDES_EACH_OTHER,
}
#: An order of capsules or of a liquid.
EITHER = {"$schema": DIALECT, **DOCUMENT["paths"][PLAN]["post"]["requestBody"]["content"]["application/json"]["schema"]}
EITHER |= {"components": DOCUMENT["components"]}
#: What each address takes, and the faults that its schema cannot tell.
TAKEN = {
    PLAN: (validator_for(EITHER), BEYOND_A_SCHEMA),
    # Per cent beside a label, and units too poor in drug for their masses.
    UNIFORMITY: (
        described("UniformityAsked"),
        BEYOND_A_CHECK | {FaultCode.WRONG_DIMENSION, FaultCode.WEIGHT_VARIATION_NOT_ALLOWED},
    ),
    WEIGHTS: (
        described("WeightsAsked"),
        # All of fewer than ten are weighed: no schema compares a length with a number.
        BEYOND_A_CHECK | BEYOND_A_SCHEMA | {FaultCode.SPREAD_UNKNOWN, FaultCode.LIST_LENGTH},
    ),
}


def told_by_the_schema(_context, response, case):
    """What follows the schema has no fault that a schema can tell; what does not has a fault and reaches no stop."""
    if case.path in TAKEN and response.status_code == 422:
        problem = json.loads(response.content)
        taken, beyond = TAKEN[case.path]
        if taken.is_valid(case.body):
            assert {fault["code"] for fault in problem.get("faults", ())} <= beyond
        else:
            assert problem["type"] == "/problems/faults"


CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": 20261122,
        # 422 is also the answer to an order that can be read: stops, and the faults above.
        "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "422"]}},
    }
)
# Without a filter schemathesis leaves out the address that it had the document from.
# A body of lines is no JSON that it could make: `test_many` tries lines of any bytes.
API = schemathesis.openapi.from_wsgi(ADDRESS, shared_app(), config=CONFIG).include(path_regex="^/").exclude(path=PLANS)


@API.parametrize()
@settings(max_examples=60, database=None)
def test_what_schemathesis_tries_is_answered_as_the_document_says(case):
    case.call_and_validate(additional_checks=[told_by_the_schema])
