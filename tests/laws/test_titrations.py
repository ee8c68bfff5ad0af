"""Laws of titrations over many random schedules, and hand-worked ones at the bounds: days, batches, stops, notices.

The figures beside the program's are worked out here from the schedule's own fields, as the contract says it in words.
"""

import random
from datetime import date, timedelta
from fractions import Fraction
from math import gcd, lcm

import pytest

from calc.arithmetic.units import CAPSULE, MCG, MG, figure
from calc.capsule.planning import plan as plan_order
from calc.faults import Refused
from calc.library import load
from calc.titration.answer import answer
from calc.titration.planning import titrate
from calc.titration.schedule import Titration
from calc.wording import fault_text, notice_text, stop_text
from calc.wording.figures import drug_said, said
from tests.second_engine.titrations import random_titration

LIBRARY = load()
TODAY = date(2026, 11, 25)
_RNG = random.Random(20261125)
TREES = [random_titration(_RNG, new=True) for _ in range(120)]


def tree_of(*steps, own=None, **order):
    schedule = [{"dose": dose, "days": days} for dose, days in steps]
    return {"schedule": schedule, "order": {"prepared_on": TODAY.isoformat(), **order}, **(own or {})}


TEN = {"code": "dose_above_usual", "value": "10 mg", "reason": "prescriber_confirmed"}
#: A dose that returns, ten and six capsules at one time, one above the usual, too many, late, powder.
CHOSEN = [
    tree_of(("1.5 mg", 7), ("3 mg", 7), ("1.5 mg", 200), own={"doses_per_day": 2}),
    tree_of(("0.5 mg", 9), ("5 mg", 14)),
    tree_of(("0.5 mg", 9), ("3 mg", 14)),
    tree_of(("5 mg", 10), ("10 mg", 10)),
    tree_of(("5 mg", 10), ("10 mg", 10), acknowledgements=[TEN]),
    tree_of(("1 mg", 250), ("2 mg", 365), own={"doses_per_day": 3}),
    tree_of(("2 mg", 30), own={"start": "2027-12-24"}, source={"kind": "powder", "assay": "99 %"}),
]
PARTS = [CHOSEN, *(TREES[number::20] for number in range(20))]
HOW_OFTEN = {1: "once a day", 2: "twice a day", 3: "3 times a day", 4: "4 times a day"}
#: What is of one time of taking, however many capsules make it.
OF_ONE_TIME = {
    *("dose_below_absolute", "dose_below_usual", "dose_above_usual", "dose_above_absolute", "many_tablets_per_dose"),
}
WAYS = {"one_strength": "One strength", "each_strength": "A batch for each strength"}


def mg(mass):
    return mass.to(MG).value


def plainly(text):
    return text.replace("\u00a0", " ")


def read(tree):
    return Titration.read(tree, LIBRARY, today=TODAY)


def titrated(*steps, own=None, **order):
    """What a schedule of (dose, days) comes to; `own` are fields beside it, the rest is its order."""
    return titrate(read(tree_of(*steps, own=own, **order)), LIBRARY)


def faults_of(tree):
    """The faults of what cannot be read: field and sentence."""
    with pytest.raises(Refused) as refused:
        titrate(read(tree), LIBRARY)
    return {fault.field: (fault.code.value, plainly(fault_text(fault))) for fault in refused.value.faults}


def days_doses_and_drug(made):
    """One step after another, each from the day after the last one on."""
    first = made.titration.start
    for asked, step in zip(made.titration.schedule, made.steps, strict=True):
        doses = asked.days * made.titration.doses_per_day
        assert (step.first, step.last) == (first, first + timedelta(asked.days - 1))
        assert (step.dose, step.doses, mg(step.drug)) == (asked.dose, doses, mg(asked.dose) * doses)
        first = step.last + timedelta(1)


def strengths(made, code):
    """The strength that each step is made of, in one way: the greatest common divisor of all doses, or its own."""
    doses = [mg(step.dose) for step in made.steps]
    whole = lcm(*(dose.denominator for dose in doses))
    common = Fraction(gcd(*(int(dose * whole) for dose in doses)), whole)
    return [common] * len(doses) if code == "one_strength" else doses


def capsules_of_each_strength(made):
    """A batch holds all capsules of its strength, from first to last need."""
    for way in made.ways:
        of_steps = list(zip(made.steps, strengths(made, way.code), strict=True))
        assert [batch.strength.value for batch in way.batches] == list(dict.fromkeys(one for _, one in of_steps))
        for batch in way.batches:
            needed = [step for step, strength in of_steps if strength == batch.strength.value]
            capsules = sum(mg(step.dose) / batch.strength.value * step.doses for step in needed)
            assert batch.quantity == batch.order.quantity == capsules
            assert mg(batch.order.dose) == batch.strength.value
            assert (batch.first, batch.last) == (needed[0].first, needed[-1].last)
        each = [mg(step.dose) / strength for step, strength in of_steps]
        assert [taking.at_one_time for taking in way.takings] == each
        assert [taking.capsules for taking in way.takings] == [
            count * step.doses for count, step in zip(each, made.steps, strict=True)
        ]


BEYOND_AN_ORDER = {"quantity_above_most", "dose_below_absolute"}


def orders_of_batches(made):
    """Planned by itself the order of a batch gives the same plan, or the same stops."""
    for batch in batches_of(made):
        assert (batch.plan is None) is bool(batch.stops)
        own = {stop.code.value for stop in batch.stops if not stop.field.startswith("schedule.")}
        given = {one.code for one in batch.order.acknowledgements}
        assert given <= {one.stop.code.value for one in batch.acknowledged}
        if own & BEYOND_AN_ORDER:
            continue
        try:
            alone = plan_order(batch.order, LIBRARY)
        except Refused as refused:
            assert {stop.code.value for stop in refused.stops} == own
        else:
            assert not own
            assert batch.plan in (None, alone)


def batches_of(made):
    return [batch for way in made.ways for batch in way.batches]


def unit_of(made):
    """The unit of the doses, where all have the same."""
    return MCG if all(step.dose.unit is MCG for step in made.steps) else MG


def stops_are_said(made):
    for batch in batches_of(made):
        assert (batch.quantity > 1000) is ("quantity_above_most" in {stop.code for stop in batch.stops})
        for stop in batch.stops:
            text = plainly(stop_text(stop))
            assert "None" not in text
            if stop.code == "quantity_above_most":
                assert (stop.field, stop.value) == ("quantity", str(batch.quantity))
                assert f"{batch.quantity:,} capsules" in text
                assert "1,000 capsules" in text
            if stop.field.startswith("schedule."):
                dose = made.steps[int(stop.field.split(".")[1])].dose
                assert stop.code.value in OF_ONE_TIME
                assert plainly(drug_said(dose, unit_of(made))) in text
                assert stop.code == "many_tablets_per_dose" or "at one time" in text


def turn_of(made):
    """The first step behind a dose that is higher, or lower, than what was taken before and after it."""
    doses = [step.dose.value for step in made.steps]
    for number in range(2, len(doses) + 1):
        here, peak = doses[number - 1], doses[number - 2]
        earlier = [dose for dose in doses[: number - 2] if dose != peak]
        if earlier and here != peak and (earlier[-1] < peak) is (here < peak):
            last = made.steps[number - 1].dose
            before = drug_said(made.steps[number - 2].dose, last.unit if last.unit is MCG else MG)
            yield f"{drug_said(last, last.unit if last.unit is MCG else MG)} in step {number} follows {before}"
            return


def notices_are_said(made):
    """Of doses that turn, of more than six capsules at one time, of a batch needed after its date; of nothing else."""
    wanted = list(turn_of(made))
    for way in made.ways:
        most = max(taking.at_one_time for taking in way.takings)
        if most > 6:
            taking = next(one for one in way.takings if one.at_one_time == most)
            unit = taking.step.dose.unit if taking.step.dose.unit is MCG else MG
            held, capsules = drug_said(figure(taking.strength.value, MG), unit_of(made)), said(figure(most, CAPSULE))
            many = f"{drug_said(taking.step.dose, unit)} takes {capsules} of {held} at one time, more than 6 capsules"
            wanted.append(f"{WAYS[way.code]}: {many}")
        for batch in way.batches:
            use = batch.plan and batch.plan.beyond_use.bound
            if use is not None and batch.last > use.date:
                held = drug_said(figure(batch.strength.value, MG), unit_of(made))
                late = f"capsules of {held} are needed until {batch.last}, but a batch"
                late += f" made on {batch.order.prepared_on} may not be used after {use.date}"
                wanted.append(f"{WAYS[way.code]}: {late}")
    texts = [plainly(notice_text(notice)) for notice in made.notices]
    assert [text[: len(words)] for text, words in zip(texts, wanted, strict=True)] == list(map(plainly, wanted))


def answer_is_that_of_the_ways(made):
    """Drug, tablets and calendar of a way stand where no batch of it is stopped."""
    shown = answer(made, LIBRARY)
    assert bool(shown["cautions"]) is isinstance(made.titration.order.drug, str)
    often, bulk = HOW_OFTEN[made.titration.doses_per_day], made.titration.order.source.kind in ("powder", "dilution")
    for way, said_of_way in zip(made.ways, shown["ways"], strict=True):
        needed, left = said_of_way["drug_needed"], said_of_way["drug_left_over"]
        if any(batch.stops for batch in way.batches):
            assert (needed, left, said_of_way["calendar"]) == (None, None, [])
            continue
        drug = sum(batch.plan.powder.drug_needed.value for batch in way.batches)
        of = [batch.plan.powder.tablets for batch in way.batches if not bulk]
        # Each batch's need with its reserve; the least number counts once for them all.
        order = made.titration.order
        least = 0 if bulk else max(sum(one.need for one in of), order.source.least_tablets)
        held = 0 if bulk else least * of[0].strength.value
        assert said_of_way["tablets"] == (None if bulk else least)
        assert Fraction(needed["exact"]) == drug
        assert left is None if bulk else Fraction(left["exact"]) == held - drug
        held_by = [drug_said(figure(one.strength.value, MG), unit_of(made)) for one in way.takings]
        lines = [
            f"{said(figure(one.at_one_time, CAPSULE))} of {each} {often}"
            for one, each in zip(way.takings, held_by, strict=True)
        ]
        assert [line["text"] for line in said_of_way["calendar"]] == lines


LAWS = (days_doses_and_drug, capsules_of_each_strength, orders_of_batches, stops_are_said, notices_are_said)
LAWS += (answer_is_that_of_the_ways,)


@pytest.mark.parametrize("part", range(len(PARTS)))
def test_ways_and_batches_follow_from_the_schedule(part):
    for tree in PARTS[part]:
        try:
            made = titrate(read(tree), LIBRARY)
        except Refused:
            assert part > 0
            continue
        for law in LAWS:
            law(made)


# Hand-worked: what a limit takes, and what is told of what cannot be read.


@pytest.mark.parametrize(
    ("capsules", "code"),
    [(300, None), (301, "quantity_large"), (1000, "quantity_large"), (1004, "quantity_above_most")],
)
def test_a_batch_takes_as_many_capsules_as_an_order(capsules, code):
    often = 1 if capsules <= 301 else 4
    half, rest = capsules // 2 // often, capsules // often - capsules // 2 // often
    made = titrated(("2 mg", half), ("2 mg", rest), own={"doses_per_day": often})
    for way in made.ways:
        (batch,) = way.batches
        assert batch.quantity == capsules
        assert [stop.code.value for stop in batch.stops] == ([code] if code else [])


def test_a_capsule_holds_no_less_than_an_order_takes():
    """0.001 mcg is taken; of 0.0025 and 0.001 mcg the largest common strength is 0.0005 mcg."""
    source, drug = {"strength": "50 mg"}, {"name": "any drug"}
    (one, _) = titrated(("0.0025 mcg", 10), ("0.001 mcg", 10), drug=drug, source=source).ways
    (stop,) = one.batches[0].stops
    assert (stop.code.value, one.batches[0].plan, one.calendar) == ("dose_below_absolute", None, ())
    assert (stop.field, stop.value) == ("dose", "0.0005 mcg")
    assert "0.0005 mcg a capsule is below 0.001 mcg, the least dose planned here" in plainly(stop_text(stop))
    (one, _) = titrated(("0.002 mcg", 10), ("0.001 mcg", 10), drug=drug, source=source).ways
    assert one.batches[0].stops == ()


def test_a_dose_of_several_capsules_is_stopped_at_its_step_until_a_reason_is_given():
    """5 and 10 mg are capsules of 5 mg: the dose of 10 mg is above the usual 6 mg, the capsule is not."""
    (batch,) = titrated(("5 mg", 10), ("10 mg", 10)).ways[0].batches
    (stop,) = batch.stops
    assert (stop.code.value, stop.field, stop.value) == ("dose_above_usual", "schedule.1.dose", "10 mg")
    assert "10 mg at one time is above the usual" in plainly(stop_text(stop))
    one, each = titrated(("5 mg", 10), ("10 mg", 10), acknowledgements=[TEN]).ways
    (batch,) = one.batches
    assert (batch.stops, batch.order.acknowledgements) == ((), ())
    assert "10 mg at one time" in plainly(stop_text(batch.acknowledged[0].stop))
    assert [len(batch.order.acknowledgements) for batch in each.batches] == [0, 1]
    assert "10 mg a capsule" in plainly(stop_text(each.batches[1].acknowledged[0].stop))


UNUSED, WRONG = "order.acknowledgements.0", "order.acknowledgements.1.reason"


def test_reasons_that_fit_nothing_are_all_told_with_what_was_given():
    given = [TEN | {"value": "9 mg"}, TEN | {"reason": "weighed_again"}]
    faults = faults_of(tree_of(("5 mg", 10), ("10 mg", 10), acknowledgements=given))
    assert {field: code for field, (code, _) in faults.items()} == {
        UNUSED: "acknowledgement_unused",
        WRONG: "unknown_choice",
    }
    assert "nothing stops with \u201cdose_above_usual, 9 mg\u201d here" in faults[UNUSED][1]
    assert (
        "\u201cweighed_again\u201d is not one of the choices (prescriber_confirmed, reference_checked)"
        in faults[WRONG][1]
    )


STEP = {"dose": "1.5 mg", "days": 14}


@pytest.mark.parametrize(
    ("tree", "field", "code", "text"),
    [
        ([], "", "wrong_type", "this must be an object with named fields."),
        ({"schedule": [STEP], "order": 3}, "order", "wrong_type", "this must be an object with named fields."),
        ({"schedule": []}, "schedule", "required", "enter a value."),
        ({"schedule": None}, "schedule", "required", "enter a value."),
        ({"schedule": 3}, "schedule", "wrong_type", "this must be a list."),
        ({"schedule": [STEP] * 25}, "schedule", "list_too_long", "give at most 24."),
        ({"schedule": [STEP | {"dose": None}]}, "schedule.0.dose", "required", "enter a value."),
        ({"schedule": [STEP, 3]}, "schedule.1", "wrong_type", "this must be an object with named fields."),
        ({"schedule": [STEP | {"strength": None}]}, "schedule.0.strength", "unknown_field", "is not a field"),
        ({"schedule": [STEP], "start": "2026-11-24"}, "start", "start_before_making", "2026-11-24 is before"),
        (
            {"schedule": [STEP], "start": "2026-11-26", "order": {"prepared_on": "2026-11-27"}},
            "start",
            "start_before_making",
            "2026-11-26 is before the capsules are made, 2026-11-27.",
        ),
        ({"schedule": [STEP], "order": {"dose": "1 mg"}}, "order.dose", "belongs_to_batch", "open the plan of that"),
        (
            {"schedule": [STEP], "order": {"source": {"total_mass": "1 g"}}},
            "order.source.total_mass",
            "belongs_to_batch",
            "open the plan of that batch",
        ),
        ({"schedule": [STEP], "order": {"allowance": "21 %"}}, "order.allowance", "out_of_range", "21 % is outside"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field_and_alone(tree, field, code, text):
    faults = faults_of(tree)
    assert {name: found for name, (found, _) in faults.items()} == {field: code}
    assert text in faults[field][1]


def test_twelve_steps_are_taken_and_null_is_as_good_as_left_out():
    plain = {"schedule": [STEP] * 12}
    null = {"schedule": [STEP] * 12, "doses_per_day": None, "start": None, "order": {"source": {"total_mass": None}}}
    assert read(plain) == read(null)
    assert len(read(plain).schedule) == 12


def test_the_first_day_is_the_day_of_making_unless_a_later_one_is_said():
    assert read({"schedule": [STEP]}).start == TODAY
    assert read({"schedule": [STEP], "order": {"prepared_on": "2026-12-01"}}).start == date(2026, 12, 1)
    assert read({"schedule": [STEP], "start": "2026-11-25"}).start == TODAY
    assert read({"schedule": [STEP], "start": "2026-12-24"}).start == date(2026, 12, 24)


def test_what_is_sent_stays_as_it_was():
    """The order is read without what the schedule gives; whoever sent it finds it unchanged."""
    source = {"strength": "50 mg", "total_mass": None}
    read({"schedule": [STEP], "order": {"source": source}})
    assert source == {"strength": "50 mg", "total_mass": None}
