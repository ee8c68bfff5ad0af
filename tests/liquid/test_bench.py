"""The work of a liquid at the bench: each line names the plan's own figures, and what is written down has its box."""

import re

import pytest

from calc.arithmetic.notation import working
from calc.arithmetic.units import MG, ML, figure
from calc.liquid.answer import answer
from calc.liquid.bench import work
from calc.wording.figures import said
from tests.by_hand.test_liquids import planned
from tests.laws.test_liquids import PARTS, PURE, of_tablets, plainly, plans
from tests.support.sheets import left_to_the_pharmacist

KINDS = {
    ("yes", "no"): "with water, without preservative",
    ("yes", "yes"): "with water and preservative",
    ("no", "no"): "without water",
    ("no", "yes"): "without water",
}


def stages_of(plan):
    return {stage.title: stage.actions for stage in work(plan, answer(plan)["plan"])}


def all_of(stages):
    return [action for actions in stages.values() for action in actions]


def one(stages, words):
    """The one action that begins so."""
    (found,) = (action for action in all_of(stages) if action.do.startswith(words))
    return found


def measure_and_bottles(order, plan, stages):
    volume, count = said(order.volume.to(ML)), plan.bottle.count
    assert f"a measure of {volume} or more" in one(stages, "Lay out").do
    whole = one(stages, "Bring the whole to volume")
    assert (whole.target, whole.unit) == (f"to {volume}", "mL")
    to_volume = [part.name for part in order.vehicle.parts if part.to_volume]
    assert f"to volume with {to_volume[0] if to_volume else 'vehicle'} and read" in whole.do
    never = "" if to_volume else f": never add {volume} of vehicle"
    assert whole.note.endswith(f" together are {volume}{never}.")
    made = one(stages, "Write down the volume made")
    assert (made.target, made.unit) == (volume, "mL")
    holds = said(plan.bottle.capacity)
    bottle = one(stages, "Take the bottles" if count > 1 else "Take the bottle,")
    assert (bottle.target, bottle.unit) == (f"{count} of {holds}" if count > 1 else holds, "mL")
    poured = one(stages, "Share it evenly" if count > 1 else "Pour it into the bottle")
    each = f"{count} times {said(figure(order.volume.to(ML).value / count, ML))}"
    assert (poured.target, poured.unit) == ((each, "bottles") if count > 1 else (volume, "mL"))


def syringe_and_marks(order, plan, stages):
    used, given = plan.syringe, one(stages, "Give an oral syringe")
    assert f"oral syringe of {said(used.capacity)} with it" in given.do
    assert ("and mark the dose" in given.do) is (used.fillings == 1)
    assert (f"fill it {used.fillings} times for one dose" in given.do) is (used.fillings > 1)
    assert given.target == said(plan.dose_volume)
    assert given.working.startswith(f"{working(order.dose.to(MG))} / ")
    if used.on_a_mark:
        assert given.note == ""
    else:
        between = f"The dose lies between the marks {said(used.mark_below.volume)} and {said(used.mark_above.volume)}"
        assert given.note.startswith(between)


def vehicle_and_storage(order, plan, stages):
    vehicle, store = order.vehicle, one(stages, "Label it").note
    read = one(stages, "Read the label of each part" if vehicle.parts else "Read the label of the vehicle")
    named = [f": {vehicle.name}, {KINDS[vehicle.aqueous, vehicle.preserved]}."]
    assert all(text in read.do for text in [part.name for part in vehicle.parts] or named)
    assert ("Lots and expiries" if vehicle.parts else "Lot and expiry") in read.note
    assert ("refrigerator" in store) is (vehicle.storage == "refrigerator")
    assert ("20 to 25" in store) is (vehicle.storage == "room temperature")
    assert store.startswith("Storage: by the pharmacist: ____") is left_to_the_pharmacist(order.understood())


def source_and_balance(order, plan, stages):
    """Tablets are counted and crushed; only what is weighed takes a balance, and only of that something is left."""
    begun = {action.do.partition(".")[0].partition(":")[0] for action in all_of(stages)}
    begun = {re.sub(r"Weigh [\d,]+ tablets? together", "Weigh all tablets together", words) for words in begun}
    tablets, whole = of_tablets(order), plan.whole_tablets
    assert ("Crush" in stages, "Count" in stages, "Weigh out" in stages) == (tablets, tablets, not tablets)
    assert ("Weigh before crushing" in stages) is (tablets and not whole)
    assert ("Level the balance and let it settle" in begun) is (not whole)
    portions = {"Weigh out the powder", "Weigh out the powder, as the program says for W"}
    assert bool(portions & begun) is (not whole)
    of_portions = {
        "Weigh the powder recovered from the mortar",
        "Weigh all tablets together, before crushing",
        "Destroy the powder left over, as your pharmacy's rules say",
    }
    assert begun & of_portions == (of_portions if tablets and not whole else set())
    if tablets:
        note = one(stages, "Crush all the tablets").note
        assert ("all of the powder is needed" in note) is whole
        assert ("Do not sieve the coat out" in note) is (not whole)


#: What a compounding record has a place for, and what is said about it.
BOXES = {
    "Put on protective equipment": "what was worn",
    "Mix, and shake": "for how long it was mixed",
    "Look at it": "Write down color, smell",
    "Label it": "tore ",
    "Give an oral syringe": "",
    "Write down every deviation": "",
}


def boxes(order, plan, stages):
    for words, note in BOXES.items():
        action = one(stages, words)
        assert action.name, words
        assert note in action.note
    assert "missing in every dose" in one(stages, "Rinse mortar").note
    # What stands in a box is what is written down: a symbol of a formula or a number; else nothing.
    names = {action.name.strip() for action in all_of(stages)}
    assert all(name == "" or name.endswith(("=", "no.")) for name in names)
    texts = [text for action in all_of(stages) for text in (*action, *action.verdict) if isinstance(text, str)]
    assert not [text for text in texts if "None" in text or "{" in text]


LAWS = (measure_and_bottles, syringe_and_marks, vehicle_and_storage, source_and_balance, boxes)


@pytest.mark.parametrize("part", range(len(PARTS)))
def test_the_work_is_that_of_the_plan(part):
    for order, plan in plans(part):
        stages = stages_of(plan)
        for law in LAWS:
            law(order, plan, stages)


@pytest.mark.parametrize("changes", [{}, {"volume": "100 mL"}, {"source": PURE}, {"volume": "432 mL"}])
def test_the_work_of_each_source_is_whole(changes):
    plan = planned(**changes)
    for law in LAWS:
        law(plan.order, plan, stages_of(plan))


def test_three_bottles_and_a_dose_between_marks_as_they_are_read_at_the_bench():
    """1 L in three bottles of 480 mL are 333.333... mL each; 1.05 mL lie between 1 and 1.1 mL of the 3 mL syringe."""
    stages = stages_of(planned(volume="1 L", dose="1.05 mg"))
    assert plainly(one(stages, "Share it evenly").target) == "3 times 333.3 mL"
    given = one(stages, "Give an oral syringe")
    assert plainly(given.do) == "Give an oral syringe of 3 mL with it and mark the dose."
    assert plainly(given.note) == "The dose lies between the marks 1 mL and 1.1 mL: the notice says what each changes."


def test_two_bottles_and_a_dose_of_two_fillings_as_they_are_read_at_the_bench():
    """450 mL in two bottles of 480 mL are 225 mL each; 12 mL are two fillings of 10 mL."""
    stages = stages_of(planned(volume="450 mL", dose="6 mg", strength="0.5 mg"))
    assert plainly(one(stages, "Take the bottles").target) == "2 of 480 mL"
    assert plainly(one(stages, "Share it evenly").target) == "2 times 225 mL"
    given = one(stages, "Give an oral syringe")
    assert plainly(given.do) == "Give an oral syringe of 10 mL with it; fill it 2 times for one dose."
    assert (plainly(given.target), given.note) == ("12 mL", "")
