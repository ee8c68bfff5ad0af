"""The boat weighed back: what may stay in it is never asked for below what the balance shows."""

from calc.planning.bench import BenchCode
from tests.laws.test_bench import MADE, works

BOATS = {BenchCode.PORTION_BOAT, BenchCode.TRITURATION_BOAT, BenchCode.ALIQUOT_BOAT}


def test_less_than_a_step_of_the_balance_is_called_no_more_than_the_tare():
    seen = set()
    for made, steps in works("capsules"):
        actions = [action for stage in MADE["capsules"].sheet(made).work for action in stage.actions]
        for step, action in zip(steps, actions, strict=True):
            if step.code in BOATS:
                below = step.high < made.order.balance.readability
                assert (action.band == "No more than its tare") is below
                assert action.band.endswith("more than its tare")
                seen.add(below)
    assert seen == {True, False}
