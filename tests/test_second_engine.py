"""The program and a second engine, written from the documents by someone who had not seen it, answer alike."""

import re
from pathlib import Path

import pytest

from tests.compare_engines import differences, first, trees

NORMAL, SEED = 2_000, 20261122
ENGINE = Path(__file__).parent / "second_engine"


def test_two_thousand_random_orders_are_answered_alike():
    assert [(tree, found) for tree in trees(NORMAL, SEED) for found in differences(tree)] == []


def test_the_orders_meet_plans_stops_and_faults():
    kinds = [next(iter(first(tree))) for tree in trees(300, SEED)]
    assert all(kinds.count(kind) >= 30 for kind in ("plan", "stops", "faults"))


@pytest.mark.parametrize("path", sorted(ENGINE.glob("*.py")), ids=lambda path: path.name)
def test_the_second_engine_knows_nothing_of_the_program(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"^\s*(?:from|import) calc\b", text, re.MULTILINE)
    assert "float(" not in text
