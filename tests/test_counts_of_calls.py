"""What keeps a plan quick, counted and never timed: calls, figures made, texts written again, memory kept."""

import gc
import tracemalloc
from datetime import date
from fractions import Fraction
from functools import cache

import pytest

from calc.answers import figures
from calc.answers.json_text import written
from calc.answers.writer import Writer
from calc.arithmetic import notation, units
from calc.arithmetic.formula import FORMULAS
from calc.arithmetic.rounding import steps_in
from calc.arithmetic.units import MG, figure
from calc.capsule.answer import answer
from calc.capsule.order import Order
from calc.capsule.planning import plan
from calc.library import load
from calc.service.answering import answer_to
from tests.capsule.test_worked_case import WORKED
from tests.support.client import make_app
from tests.support.counting import calls
from tests.support.queries import as_query

LIBRARY, TODAY = load(), date(2026, 11, 22)
ORDER = Order.read(WORKED, LIBRARY, today=TODAY)
MADE = plan(ORDER, LIBRARY)
CLIENT = make_app().test_client()


@cache
def page():
    """The address of a page with a plan."""
    return CLIENT.get("/", query_string=as_query(WORKED)).location


#: Calls of Python's functions: a little more than were counted. They are lowered with what is made faster. The last
#: rise came with dates by storage, ingredients, parts of a vehicle and further sources, which each order is asked for.
@pytest.mark.parametrize(
    ("work", "most"),
    [
        (lambda: Order.read(WORKED, LIBRARY, today=TODAY), 275),
        (lambda: plan(ORDER, LIBRARY), 660),
        (lambda: written(answer(MADE)), 2200),
        (lambda: CLIENT.get(page()), 25000),
    ],
    ids=["read", "plan", "answer", "page"],
)
def test_an_order_takes_no_more_calls_than_it_did(work, most):
    assert 0.5 * most < sum(calls(work).values()) <= most


def test_a_plan_works_on_whole_numbers_and_makes_hardly_a_fraction():
    counted = calls(lambda: plan(ORDER, LIBRARY))
    formulas = sum(counted[proved.compute.__code__] for proved in FORMULAS.values())
    made = counted[units.in_lowest_terms.__code__]
    assert 50 < formulas <= 78  # each is run where its figure is needed, and not again
    assert formulas < made < 2.4 * formulas
    assert counted[Fraction.__new__.__code__] < made / 10


def test_an_answer_writes_each_figure_in_one_pass_and_a_mass_on_the_balance_once():
    counted = calls(lambda: answer(MADE))
    asked, shown = counted[Writer.on_balance.__code__], counted[figures.as_shown.__code__]
    assert counted[steps_in.__code__] < 0.65 * asked  # the portion is weighed, laddered and spread: written once
    assert 60 < shown < 80
    assert counted[Fraction.__new__.__code__] <= 10  # the roots of the spread, and no other figure
    assert counted[Writer.__init__.__code__] == 1


def test_equal_figures_in_other_units_are_written_each_in_its_own():
    gram, milligrams = figure(1, units.G), figure(1000, MG)
    assert gram == milligrams
    assert (notation.working(gram), notation.working(milligrams)) == ("1 g", "1,000 mg")


def test_memory_does_not_grow_with_the_number_of_plans():
    trees = [{**WORKED, "dose": f"4.{number} mg", "quantity": 20 + number} for number in range(1, 10)]

    def rounds(number):
        for _ in range(number):
            for tree in trees:
                written(answer_to(tree, LIBRARY, TODAY))
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        before = rounds(3)
        after = rounds(15)
    finally:
        tracemalloc.stop()
    one_answer = len(written(answer_to(trees[0], LIBRARY, TODAY)))
    assert after - before < one_answer  # 135 plans, and not one of them was kept
