"""The list of bad inputs, and how an order is brought to either door to be refused there."""

import json
from fractions import Fraction

from tests.support.client import ask_api, ask_page
from tests.support.orders import GOOD, NUMBER_PATHS, UNIT_PATHS
from tests.support.pages import (
    assert_no_result_json,
    assert_no_result_page,
    error_at,
    page_faults,
    plain_text,
    read_page,
    says_fault,
    typed_at,
)
from tests.support.places import DATA
from tests.support.queries import as_query
from tests.support.schemas import validate

BOOK = json.loads((DATA / "bad_inputs.json").read_text(encoding="utf-8"))
CASES = {case["id"]: case for case in BOOK["cases"]}
PLAIN = {"dose": "4.5 mg", "quantity": 30, "prepared_on": "2026-11-23"}
LIQUID = {
    "preparation": "liquid",
    "dose": "4.5 mg",
    "strength": "1 mg",
    "volume": "100 mL",
    "prepared_on": "2026-11-25",
    "vehicle": {"name": "suspending vehicle", "preserved": "yes"},
}
#: The orders that a case may begin with, by name.
ORDERS = {"good": GOOD, "plain": PLAIN, "liquid": LIQUID}
KINDS = {"{NUM}": NUMBER_PATHS, "{UNIT}": UNIT_PATHS}
DOORS = ("json", "page")


def refused(client, door, tree, faults, typed=None):
    """Bring an order to a door, and see exactly these faults at their fields, no result, and what was typed."""
    if door == "json":
        answer = ask_api(client, tree)
        assert answer.status_code == 422, answer.text
        assert_no_result_json(answer)
        body = answer.get_json()
        validate("problem.schema.json", body)
        assert sorted([fault["code"], fault["field"]] for fault in body["faults"]) == sorted(map(list, faults))
        return [fault["text"] for fault in body["faults"]]
    answer = ask_page(client, as_query(tree))
    assert answer.status_code == 422, plain_text(answer)
    assert_no_result_page(answer)
    names = {path.replace(".", "-") for _, path in faults}
    page = read_page(answer, {"summary", *names, *(f"{name}{part}" for name in names for part in ("-error", "_unit"))})
    summary = page_faults(page)
    assert len(summary) == len(faults), summary
    for code, path in faults:
        name = path.replace(".", "-")
        if page.find(id=name) is None:
            assert any(target == "form" and says_fault(text, code, path) for target, text in summary)
            continue
        text = error_at(page, path)
        assert says_fault(text, code, path), (code, path, text)
        assert (name, text) in summary
        wrong = page.find(attrs={"aria-invalid": "true"})
        assert f"{name}-error" in wrong["aria-describedby"].split()
        if typed is not None and typed[0].strip(" "):
            assert typed_at(page, path) == (
                typed[0].strip(" "),
                typed[1] or (page_unit(page, path) if path in UNIT_PATHS else None),
            )
    return [text for _, text in summary]


def page_unit(page, path):
    """The unit that the page offers first, chosen where none was typed."""
    return page.find(attrs={"name": f"{path.replace('.', '-')}_unit"}).find("option").text


def figures_of(part):
    """Every shown figure of an answer, wherever it stands."""
    if isinstance(part, dict):
        if "exact" in part:
            yield part
        else:
            for value in part.values():
                yield from figures_of(value)
    elif isinstance(part, list):
        for value in part:
            yield from figures_of(value)


def in_mg(text):
    """A quantity or count, exact, masses in mg."""
    number, _, unit = str(text).strip().partition(" ")
    return Fraction(number) * {"g": 1000, "mcg": Fraction(1, 1000)}.get(unit.strip(), 1)
