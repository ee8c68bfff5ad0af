"""The program and a second engine, written from the documents by people who had not seen it, answer alike."""

import math
import re
from fractions import Fraction
from pathlib import Path

import pytest

from tests.second_engine.student import between
from tests.tools.compare_engines import KINDS, answered, differences

#: So many orders of each kind, in so many parts of a seed each.
NORMAL, PARTS, SEED = 2_000, 20, 20261122
#: So many of the kind that is drawn beside them.
BESIDE = 150
ENGINE = Path(__file__).parent


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("kind", KINDS)
def test_two_thousand_random_orders_are_answered_alike(kind, part):
    seen = []
    unlike = []
    for tree, answer in answered(NORMAL // PARTS, SEED + part, kind):
        seen += answer
        unlike += [(tree, found) for found in differences(tree, answer, kind)]
    assert unlike == []
    kinds = ("plan", "stops", "faults") if KINDS[kind].stops else ("plan", "faults")
    assert all(kind_of_answer in seen for kind_of_answer in kinds)


def test_orders_that_name_a_formulation_are_answered_alike():
    made = list(answered(BESIDE, SEED, "formulations"))
    assert [found for tree, answer in made for found in differences(tree, answer, "formulations")] == []
    planned = [answer["plan"]["formulation"] for _, answer in made if "plan" in answer]
    assert {name for said in planned if said for name in said["changed"]} >= {"preparation", "vehicle", "ingredients"}
    assert {kind for _, answer in made for kind in answer} == {"plan", "stops", "faults"}


def closed_form(freedom, bound):
    """P(-bound <= t <= bound), summed: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4."""
    angle = math.atan(bound / math.sqrt(freedom))
    odd = freedom % 2
    term, terms = math.cos(angle) if odd else 1.0, []
    for power in range(odd, freedom - 1, 2):
        terms.append(term)
        term *= math.cos(angle) ** 2 * (power + 1) / (power + 2)
    together = math.sin(angle) * math.fsum(terms)
    return 2 / math.pi * (angle + together) if odd else together


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 9, 10, 29, 30, 100, 999, 1000])
@pytest.mark.parametrize("bound", [Fraction(1, 1000), Fraction(1), Fraction(9, 4), Fraction(7), Fraction(10**6)])
def test_its_students_t_keeps_to_the_closed_form(freedom, bound):
    assert abs(between(freedom, -bound, bound) - Fraction(closed_form(freedom, bound))) < Fraction(1, 10**12)
    half = between(freedom, Fraction(0), bound)
    assert abs(2 * half - Fraction(closed_form(freedom, bound))) < Fraction(1, 10**12)


@pytest.mark.parametrize("path", sorted(set(ENGINE.glob("*.py")) - {Path(__file__)}), ids=lambda path: path.name)
def test_the_second_engine_knows_nothing_of_the_program(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"^\s*(?:from|import) calc\b", text, re.MULTILINE)
    assert "float(" not in text
