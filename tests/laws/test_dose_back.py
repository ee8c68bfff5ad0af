"""Laws of the dose computed back from what was weighed: of exact targets the dose ordered, and so much more of more."""

from datetime import date
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.arithmetic.units import MG, Figure
from calc.capsule.order import Order
from calc.capsule.planning import bench as capsule_bench
from calc.capsule.planning import plan
from calc.capsule.planning.dose_back import doses_back
from calc.library import load
from calc.liquid.strength_back import strengths_back
from calc.planning.bench import BenchCode
from calc.planning.bench_entries import AtBench, TypedEntry
from tests.laws.test_bench import MADE, works
from tests.support.orders import GOOD

BACK = {"capsules": doses_back, "liquids": strengths_back}
#: The masses that bear on the dose.
DRUG = {BenchCode.PORTION, BenchCode.TRITURATION_POWDER, BenchCode.TRITURATION_DILUENT, BenchCode.ALIQUOT}


def entered(amounts):
    """What was typed, as if it was read so exactly."""
    return AtBench({key: TypedEntry("1") for key in amounts}, {key: (amount,) for key, amount in amounts.items()})


@pytest.mark.parametrize("kind", MADE)
def test_of_exact_targets_the_dose_back_is_the_dose_ordered(kind):
    compared = 0
    for made, steps in works(kind):
        amounts = {step.key: step.target for step in steps if step.code in DRUG and isinstance(step.target, Figure)}
        found = list(BACK[kind](made, steps, entered(amounts)))
        if not amounts or not found:
            continue
        (back,) = found
        assert (back.deviation.numerator, back.state) == (0, "in")
        compared += 1
    assert compared > 35


@pytest.mark.parametrize("kind", MADE)
def test_of_what_is_printed_it_is_the_dose_of_the_reverse_check(kind):
    compared = 0
    for made, steps in works(kind):
        check = made.reverse_check
        portion = {step.key: step.shown for step in steps if step.code is BenchCode.PORTION and step.shown is not None}
        if not portion or check is None:
            continue
        if kind == "capsules":
            shown = MADE[kind].shown(made)
            portion |= {"diluent": check.diluent} if "diluent" in {step.key for step in steps} else {}
            portion["mean_fill"] = Figure(Fraction(shown["fill_mass"]["value"]), MG)
        *_, back = BACK[kind](made, steps, entered(portion))
        if kind == "capsules" and "diluent" not in portion and check.diluent.numerator:
            continue
        assert back.deviation.value == check.deviation.value
        compared += 1
    assert compared > 30


@given(part=st.fractions(Fraction(1, 2), Fraction(3, 2), max_denominator=1000))
def test_a_portion_so_much_larger_makes_a_dose_so_much_larger(part):
    made, steps = worked()
    (back,) = doses_back(made, steps, entered({"portion": Figure(432 * part, MG)}))
    assert back.deviation.value == part - 1
    states = (("stop", 5), ("deviation", 2), ("notice", 1))
    assert back.state == next((state for state, over in states if abs(part - 1) > Fraction(over, 100)), "in")


@cache
def worked():
    made = plan(Order.read(GOOD, load(), today=date(2026, 11, 23)), load())
    return made, capsule_bench.work_of(made)


@pytest.mark.parametrize("entry", ["all_tablets", "one_tablet", "recovered", "diluent", "ten_shells"])
def test_nothing_is_computed_back_before_the_first_boat(entry):
    made, steps = worked()
    assert list(doses_back(made, steps, entered({entry: Figure(Fraction(100), MG)}))) == []


def test_what_stays_in_a_boat_is_no_part_of_the_dose():
    """50 mg of an aliquot of which 0.5 mg stay in the boat: 1 % less."""
    for made, steps in works("capsules"):
        keys = {step.key: step for step in steps}
        if {"aliquot", "aliquot_boat"} <= keys.keys() and made.powder.known:
            taken = keys["aliquot"].target
            left = Figure(taken.value / 100, MG)
            (back,) = doses_back(made, steps, entered({"aliquot": taken, "aliquot_boat": left}))
            assert back.deviation.value == Fraction(-1, 100)
            return
    raise AssertionError("no work with a boat to be weighed back")
