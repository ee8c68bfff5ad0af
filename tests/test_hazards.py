"""The hazard log: each hazard has cause, harm and control, and names tests that exist."""

import ast
import re
from functools import cache

import pytest

from tests.support.places import ROOT

LOG = (ROOT / "docs" / "hazards.md").read_text(encoding="utf-8")
PARTS = ("Cause", "Harm", "Control", "Tests")
HEADING = re.compile(r"^### (H\d{2,}) (.+)$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::([\w:]+)`")


def hazards_of(text):
    """Each hazard of a log as (number, title, its parts by name)."""
    pieces = HEADING.split(re.sub(r"^## .*$", "", text, flags=re.MULTILINE))[1:]
    for number, title, body in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        items = re.split(r"^- (\w+): ", body, flags=re.MULTILINE)
        assert not items[0].strip(), f"{number}: {items[0]}"
        assert len(items[1::2]) == len(set(items[1::2])), f"{number} has a part twice"
        yield number, title, {name: " ".join(part.split()) for name, part in zip(items[1::2], items[2::2], strict=True)}


def functions_of(source):
    """The names of the functions in a file, those of a class as Class::function."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield from (f"{node.name}::{part.name}" for part in node.body if isinstance(part, ast.FunctionDef))


@cache
def defined_in(name):
    """The names of all functions in a file of the project; none where there is no such file."""
    path = ROOT / name
    return frozenset(functions_of(path.read_text(encoding="utf-8"))) if path.is_file() else frozenset()


def missing(text):
    """Each test that a text names and that does not exist.

    >>> missing("`tests/test_hazards.py::test_there_are_hazards_enough` and `tests/test_hazards.py::test_made_up`")
    ['tests/test_hazards.py::test_made_up']
    """
    named = TEST.findall(text)
    return [
        f"{path}::{name}"
        for path, name in named
        if not re.search(r"(?:^|::)test_", name) or name not in defined_in(path)
    ]


HAZARDS = list(hazards_of(LOG))


def test_there_are_hazards_enough():
    assert len(HAZARDS) >= 36
    assert len({title for _, title, _ in HAZARDS}) == len(HAZARDS)


def test_their_numbers_are_consecutive():
    assert [number for number, _, _ in HAZARDS] == [f"H{number:02}" for number in range(1, len(HAZARDS) + 1)]


@pytest.mark.parametrize(("number", "parts"), [pytest.param(n, parts, id=n) for n, _, parts in HAZARDS])
def test_each_has_cause_harm_control_and_tests_that_exist(number, parts):
    assert set(PARTS) <= parts.keys() <= {*PARTS, "Left"}
    assert all(len(parts[name]) > 10 and parts[name][-1] in ".`" for name in parts)
    assert TEST.search(parts["Tests"])
    assert missing(parts["Tests"]) == []


def test_a_line_of_tests_holds_nothing_but_tests():
    for number, _, parts in HAZARDS:
        assert not TEST.sub("", parts["Tests"]).strip(", "), number


def test_no_test_is_named_outside_a_line_of_tests():
    assert len(TEST.findall(LOG)) == sum(len(TEST.findall(parts["Tests"])) for _, _, parts in HAZARDS)


@pytest.mark.parametrize(
    "name",
    ["tests/test_hazards.py::test_made_up", "tests/test_made_up.py::test_x", "tests/test_hazards.py::missing"],
)
def test_a_made_up_name_is_told_as_missing(name):
    assert missing(f"`{name}`") == [name]


def test_a_test_within_a_class_is_found_by_its_class():
    source = "class TestIt:\n    def test_one(self): ...\n\ndef test_two(): ...\n"
    assert list(functions_of(source)) == ["TestIt::test_one", "test_two"]


def test_a_hazard_without_its_control_is_told():
    ((number, title, parts),) = hazards_of(
        "## Group\n\n### H01 Something\n- Cause: a slip.\n- Harm: a wrong\n  dose.\n"
    )
    assert (number, title) == ("H01", "Something")
    assert parts == {"Cause": "a slip.", "Harm": "a wrong dose."}
    assert set(PARTS) - parts.keys() == {"Control", "Tests"}


def test_the_log_fits_its_page():
    assert [line for line in LOG.splitlines() if len(line) > 120] == []
