"""Laws of liquids over many random orders: figures of the plan, and which stops and notices stand and what they name.

The figures beside the program's are worked out here from the order's own fields, as the contract says it in words.
"""

import random
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from math import ceil, floor

import pytest

from calc.arithmetic.units import DAY, MCG, MG, ML, RATIO, TABLET, figure
from calc.faults import Refused
from calc.library import load
from calc.liquid.order import LiquidOrder
from calc.liquid.planning import plan_liquid
from calc.wording import notice_text, stop_text
from calc.wording.figures import drug_said, said, strength_said
from tests.second_engine.liquids import random_liquid

LIBRARY = load()
TODAY = date(2026, 11, 25)
BASE = {
    "preparation": "liquid",
    "dose": "1 mg",
    "strength": "1 mg",
    "volume": "36 mL",
    "prepared_on": TODAY.isoformat(),
    "vehicle": {"name": "suspending vehicle", "preserved": "yes"},
}
COARSE = [{"capacity": "10 mL", "graduation": "1 mL"}]
MOLAR_MASS = {"hydrochloride": Fraction("377.86"), "base": Fraction("341.4")}
CLASSES = {("yes", "no"): 14, ("yes", "yes"): 35, ("no", "no"): 90, ("no", "yes"): 90}
BOTTLES = (30, 60, 90, 120, 180, 240, 360, 480)
ROUND = [Fraction(number) for number in ("1", "1.5", "2", "2.5", "3", "4", "5", "6", "7.5", "8")]
#: What stops a liquid besides its powder, and at which field.
TO_STOP = {
    "less_than_one_dose": "volume",
    "dose_below_mark": "dose",
    "thick_liquid": "strength",
    "many_tablets_per_dose": "dose",
    "opioids_yes": "screening.opioids",
    "liver_disease_yes": "screening.liver_disease",
}
OF_PORTION = {"below_least_weighable", "rounding_above_limit"}
TO_READ = {
    *("dose_volume_unusual", "several_syringes", "off_a_mark", "several_bottles", "days_unusual", "outlasts_use"),
    *("no_drug_file", "dose_unlike_strength"),
}
FINE = [{"capacity": "3 mL", "graduation": "0.1 mL"}, {"capacity": "10 mL", "graduation": "0.5 mL"}]
#: Of bulk powder as good as pure: so many mg of drug are so many mg of powder.
PURE = {"kind": "powder", "assay": "100 %"}
NAMED = {"drug": {"name": "any drug"}}
#: What changes the plain order and is planned: figures at a bound, which includes its own value,
#: Tablets so strong that their label is read again.
OF_2_G = {
    "source": {"strength": "2 g"},
    "acknowledgements": [{"code": "strong_tablet", "value": "2000 mg", "reason": "label_checked"}],
}
TAKEN = [
    *({"volume": volume} for volume in ("5 mL", "36 mL", "120 mL", "432 mL")),
    *({"dose": dose, "volume": "36 mL"} for dose in ("0.5 mg", "6 mg")),
    {"dose": "5 mg", "volume": "5 mL"},
    {"syringes": COARSE * 10},
    {"strength": "10 mg"},
    {"dose": "5 mg", "strength": "0.5 mg"},
    {"strength": "25 mg"},
    {"volume": "20 mL", "source": PURE},
    {"volume": "40 mL", "source": PURE | {"assay": "99 %"}},  # 40.4040... mg, shown as 40: a hundredth less
    # other strengths at both ends of what an order takes, and at a fifth and five times the one ordered,
    NAMED | {"dose": "0.008 mcg", "strength": "0.003 mcg", "syringes": COARSE, **OF_2_G},
    NAMED | {"dose": "6 g", "strength": "0.8 g", "syringes": COARSE, **OF_2_G},
    {"dose": "6 mg", "strength": "5 mg", "syringes": COARSE},
    {"dose": "1.1 mg", "strength": "0.2 mg", "syringes": [*COARSE, *FINE[:1]]},
    # two largest syringes, several bottles, no file, another form, a mass finer than the balance.
    {"dose": "6 mg", "strength": "0.5 mg", "syringes": [*COARSE, *FINE]},
    {"dose": "1.05 mg", "volume": "950 mL", "source": {"tablets_weighed": 19, "total_mass": "3.04 g"}},
    NAMED | {"dose": "22 mg", "volume": "2 L", "source": {"strength": "50 mg"}},
    NAMED | {"source": {"strength": "50 mg"}},
    {"dose_basis": "base", "source": {"tablets_weighed": 1, "total_mass": "160.4 mg"}},
    {"strength": "1.3 mg", "source": {"kind": "powder", "assay": "98 %", "basis": "base"}},
]
#: What changes it and is stopped.
STOPPED = [
    {"dose": "5 mg", "volume": "4 mL"},
    {"dose": "0.7 mg", "syringes": COARSE},
    {"strength": "26 mg", "dose_basis": "base"},
    {"dose": "9.5 mg", "strength": "0.4 mg", "dose_basis": "base", "source": {"strength": "1 mg"}},
    {"screening": {"opioids": "yes", "liver_disease": "yes"}},
    {"volume": "5 mL", "source": {"tablets_weighed": 1, "total_mass": "160 mg"}},
]
_RNG = random.Random(20261125)
#: A reason that is given hides a stop: here none is.
TREES = [random_liquid(_RNG) | {"acknowledgements": None} for _ in range(200)]
PARTS = [[BASE | changes for changes in (*TAKEN, *STOPPED)], *(TREES[number::20] for number in range(20))]


def told(plan):
    """The texts of the notices by their codes."""
    return {notice.code.value: plainly(notice_text(notice)) for notice in plan.notices}


def plainly(text):
    return text.replace("\u00a0", " ")


def orders(trees):
    """Every order that can be read, with its plan, or None and the stops."""
    for tree in trees:
        try:
            order = LiquidOrder.read(tree, LIBRARY, today=TODAY)
        except Refused:
            continue
        try:
            yield order, plan_liquid(order, LIBRARY), ()
        except Refused as refusal:
            yield order, None, refusal.stops


def plans(part):
    return [(order, plan) for order, plan, _ in orders(PARTS[part]) if plan is not None]


def mg(mass):
    return mass.to(MG).value


def ml(volume):
    return volume.to(ML).value


def in_form_of_label(order, amount):
    """Strength or drug in the chemical form on the label of the source."""
    if not isinstance(order.drug, str):
        return amount
    stated, label = order.dose_basis or "hydrochloride", getattr(order.source, "basis", None) or "hydrochloride"
    return amount * MOLAR_MASS[label] / MOLAR_MASS[stated]


def of_tablets(order):
    return order.source.kind == "tablet"


def weighed_today(order):
    return order.source.total_mass is not None and order.source.weighed_on == order.prepared_on


def drawn(volume, syringes):
    """Capacity and graduation of the smallest syringe that holds it, of the finest of the largest where none does."""
    every = sorted((ml(one.capacity), ml(one.graduation)) for one in syringes)
    largest = max(capacity for capacity, _ in every)
    holding = [one for one in every if one[0] >= volume] or [one for one in every if one[0] == largest]
    return holding[0]


def on_a_mark(volume, syringes):
    return (
        volume <= max(ml(one.capacity) for one in syringes) and (volume / drawn(volume, syringes)[1]).denominator == 1
    )


def drug_doses_days_and_bottles(order, plan):
    strength, volume = mg(order.strength.in_one_ml), ml(order.volume)
    assert ml(plan.dose_volume) == mg(order.dose) / strength
    assert plan.doses == volume // (mg(order.dose) / strength)
    assert plan.days == plan.doses // order.doses_per_day
    assert plan.source.drug_needed.value == in_form_of_label(order, strength) * volume
    size = next((size for size in BOTTLES if volume <= Fraction(9, 10) * size), 480)
    count = 1 if volume <= 432 else ceil(volume / 432)
    assert (ml(plan.bottle.capacity), plan.bottle.count) == (size, count)
    assert mg(plan.strength_per_container) == strength * volume / count
    assert (plan.drug is None) is not isinstance(order.drug, str)


def syringe_and_marks(order, plan):
    used, strength = plan.syringe, mg(order.strength.in_one_ml)
    capacity, graduation = drawn(ml(plan.dose_volume), order.syringes)
    assert (ml(used.capacity), ml(used.graduation)) == (capacity, graduation)
    assert used.fillings == ceil(ml(plan.dose_volume) / capacity)
    marks = ml(plan.dose_volume) / graduation
    beside = () if marks.denominator == 1 else (floor(marks) * graduation, ceil(marks) * graduation)
    found = [mark for mark in (used.mark_below, used.mark_above) if mark is not None]
    assert tuple(ml(mark.volume) for mark in found) == beside
    assert [mg(mark.dose) for mark in found] == [volume * strength for volume in beside]
    assert [mark.deviation.value for mark in found] == [volume * strength / mg(order.dose) - 1 for volume in beside]


def other_strengths(order, plan):
    """All round ones near by, that an order takes, whose dose is on a mark."""
    strength, dose = mg(order.strength.in_one_ml), mg(order.dose)
    near = sorted(number * Fraction(10) ** power for number, power in product(ROUND, range(-8, 5)))
    near = [one for one in near if strength / 5 <= one <= 5 * strength and one != strength]
    named = [one for one in near if Fraction(1, 10**6) <= one <= 1000 and on_a_mark(dose / one, order.syringes)]
    named = [] if plan.syringe.on_a_mark else named
    assert [(other.strength.value, ml(other.dose_volume), ml(other.capacity)) for other in plan.other_strengths] == [
        (one, dose / one, drawn(dose / one, order.syringes)[0]) for one in named
    ]


def near_volumes(order):
    """Tablets and volume of whole tablets: at or below the order, and the next two above it."""
    one = mg(order.source.strength) / in_form_of_label(order, mg(order.strength.in_one_ml))
    first = floor(ml(order.volume) / one) // one.denominator
    near = [(first + more) * one.denominator for more in (0, 1, 2)]
    return [(tablets, tablets * one) for tablets in near if 1 <= tablets * one <= 2000]


def whole_tablet_volumes(order, plan):
    if not of_tablets(order):
        assert plan.whole_tablet_volumes == ()
        return
    assert [(each.tablets, ml(each.volume)) for each in plan.whole_tablet_volumes] == near_volumes(order)
    for each in plan.whole_tablet_volumes:
        assert each.doses == ml(each.volume) // ml(plan.dose_volume)
        assert each.days == each.doses // order.doses_per_day


def tablets_and_weighings(order, plan):
    """Of whole tablets nothing is weighed; of every other source the portion, and before it the tablets."""
    names = [weighing.name.value for weighing in plan.weighings]
    source, of = plan.source, plan.source.tablets
    if not of_tablets(order):
        assert (names, of, plan.whole_tablets) == (["portion"], None, False)
        assert plan.weighings[0].mass == source.portion.exact
        return
    exact = in_form_of_label(order, mg(order.strength.in_one_ml)) * ml(order.volume) / mg(order.source.strength)
    today = weighed_today(order)
    crushed = order.source.tablets_crushed or (order.source.tablets_weighed if today else None)
    whole = exact.denominator == 1 and crushed in (None, exact)
    assert (plan.whole_tablets, of.exact.value) == (whole, exact)
    if whole:
        assert (names, of.number, of.share.value, of.drug_left_over.value) == ([], exact, 1, 0)
        assert source.portion is None
        return
    assert names == ["tablets", "portion"]
    total = mg(order.source.total_mass) if today else None
    portion = None if total is None else total * exact / order.source.tablets_weighed
    assert [one.mass and mg(one.mass) for one in plan.weighings] == [total, portion]


def strength_computed_back(order, plan):
    """From the figures as printed, in the form ordered; not known while the tablets are to be weighed."""
    source, of, volume = plan.source, plan.source.tablets, ml(order.volume)
    if plan.whole_tablets:
        found = mg(order.source.strength) * of.number / volume
    elif source.portion is None:
        assert plan.reverse_check is None
        return
    elif of is None:
        found = source.strength.value * mg(source.portion.shown) / volume
    else:
        mean = mg(order.source.total_mass) / order.source.tablets_weighed
        found = mg(order.source.strength) / mean * mg(source.portion.shown) / volume
    ordered = found * mg(order.strength.in_one_ml) / in_form_of_label(order, mg(order.strength.in_one_ml))
    assert plan.reverse_check.strength.value == ordered
    assert plan.reverse_check.deviation.value == ordered / mg(order.strength.in_one_ml) - 1


def date_of_use(order, plan):
    """The earliest of class, expiries and studies of which nothing but their days is said.

    Fawcett 1997: 1 mg/mL of the hydrochloride, preserved: 60 days in the refrigerator, 30 at room temperature.
    """
    vehicle = order.vehicle
    warm_water = (vehicle.aqueous, vehicle.preserved, vehicle.storage) == ("yes", "no", "room temperature")
    days = [] if warm_water else [CLASSES[vehicle.aqueous, vehicle.preserved]]
    usual = mg(order.strength.in_one_ml) * (
        MOLAR_MASS["hydrochloride"] / MOLAR_MASS["base"] if order.dose_basis == "base" else 1
    )
    if order.drug == "naltrexone" and (vehicle.aqueous, vehicle.preserved, usual) == ("yes", "yes", 1):
        days.append(60 if vehicle.storage == "refrigerator" else 30)
    here = [study for study in order.beyond_use.studies if study.storage == vehicle.storage]
    if any(study.hours or study.container or study.kind != "study" for study in here):
        return  # worked out by the second engine
    typed = [study.days for study in here]
    days += typed
    if warm_water and typed and min(typed) > CLASSES["yes", "no"]:  # a bare study gives no more than a cold one has
        days.append(CLASSES["yes", "no"])
    no_date = warm_water and not typed
    dates = [order.prepared_on + timedelta(one - (order.beyond_use.counting == "day 1")) for one in days]
    expiries = [order.source.expiry, vehicle.expiry, *(part.expiry for part in vehicle.parts)]
    dates += [expiry for expiry in expiries if expiry is not None]
    assert plan.beyond_use.date == (None if no_date else min(dates))
    bound = [] if no_date else [plan.beyond_use.date]
    assert sorted([*bound, *(one.date for one in plan.beyond_use.chosen.others)]) == sorted(dates)


def unit_of(order):
    """The unit of the dose, in which amounts of drug are said."""
    return MCG if order.dose.unit is MCG else MG


def notices_are_said(order, plan):
    """Each stands where it must, and names its figures."""
    dose_volume, graduation = ml(plan.dose_volume), ml(plan.syringe.graduation)
    dose, one, capacity = drug_said(order.dose, unit_of(order)), said(plan.dose_volume), said(plan.syringe.capacity)
    marks, times = dose_volume / graduation, ceil(dose_volume / ml(plan.syringe.capacity))
    days, last = plan.days, plan.beyond_use.date
    usable = plan.days if last is None else (last - order.prepared_on).days + 1
    wanted = {}
    if not Fraction(1, 10) <= dose_volume <= 10:
        wanted["dose_volume_unusual"] = [dose, one, "0.1 mL", "10 mL"]
    if times > 1:
        wanted["several_syringes"] = [dose, one, capacity, f"filled {times} times"]
    if marks.denominator != 1:
        changes = [(mark, said(figure(abs(mark / marks - 1), RATIO))) for mark in (floor(marks), ceil(marks))]
        beside = [f"{said(figure(mark * graduation, ML))} would give {by}" for mark, by in changes]
        wanted["off_a_mark"] = [dose, one, capacity, said(figure(graduation, ML)), *beside]
    if plan.bottle.count > 1:
        wanted["several_bottles"] = [f"{plan.bottle.count} bottles of 480 mL"]
    if not 5 <= days <= 120:
        wanted["days_unusual"] = [said(figure(days, DAY)), "5 to 120 days"]
    if days > usable:
        wanted["outlasts_use"] = [said(figure(days, DAY)), last.isoformat()]
    if not isinstance(order.drug, str):  # nothing is known of it; but whole handfuls and crumbs of tablets are seldom
        wanted["no_drug_file"] = [order.drug.name]
        part = mg(order.dose) / mg(order.source.strength) if of_tablets(order) else 1
        if not Fraction(1, 25) <= part <= 4:
            wanted["dose_unlike_strength"] = [dose, strength_said(order.source.strength), order.drug.name]
    assert_named(wanted, TO_READ, told(plan))


def stops_are_said(order, stops):
    """Each stands where it must, and names its figures."""
    volume, dose_volume = ml(order.volume), mg(order.dose) / mg(order.strength.in_one_ml)
    capacity, graduation = drawn(dose_volume, order.syringes)
    dose, one = drug_said(order.dose, unit_of(order)), said(figure(dose_volume, ML))
    wanted = {}
    if volume < dose_volume:
        wanted["less_than_one_dose"] = [said(order.volume.to(ML)), one]
    if dose_volume < graduation:
        wanted["dose_below_mark"] = [dose, one, said(figure(graduation, ML)), said(figure(capacity, ML))]
    tablet = order.source.strength if of_tablets(order) else None
    if tablet is not None:
        if in_form_of_label(order, mg(order.strength.in_one_ml)) / mg(tablet) > Fraction(1, 2):
            whole = figure(mg(order.strength.in_one_ml) * volume, MG)
            wanted["thick_liquid"] = [
                strength_said(order.strength.stated),
                strength_said(tablet),
                drug_said(whole, order.strength.stated.unit if order.strength.stated.unit is MCG else MG),
                said(order.volume.to(ML)),
                "0.5",
            ]
        if in_form_of_label(order, mg(order.dose)) / mg(tablet) > 10:
            wanted["many_tablets_per_dose"] = [dose, strength_said(tablet), "10 tablets"]
    known = {question.code: question.yes for question in LIBRARY.drugs["naltrexone"].screening}
    for field, answer in order.screening.items():
        if answer == "yes":
            wanted[f"{field}_yes"] = [known[field] if isinstance(order.drug, str) else order.drug.name]
    texts = {stop.code.value: plainly(stop_text(stop)) for stop in stops}
    assert_named(wanted, TO_STOP.keys(), texts)
    assert all(stop.field == TO_STOP.get(stop.code.value, stop.field) for stop in stops)
    assert {stop.field for stop in stops if stop.code in OF_PORTION} <= {"strength", "source.total_mass"}
    if tablet is not None:
        whole = [
            f"{said(figure(volume, ML))} from {said(figure(number, TABLET))}" for number, volume in near_volumes(order)
        ]
        portion = {stop.code.value for stop in stops if stop.code in OF_PORTION and stop.field == "strength"}
        assert [code for code in portion for one in whole if plainly(one) not in texts[code]] == []


def assert_named(wanted, of_these, texts):
    """Of these codes only those wanted stand, each with its figures in its text, and no text has a gap."""
    assert texts.keys() & of_these == set(wanted)
    assert [one for code in wanted for one in wanted[code] if plainly(one) not in texts[code]] == []
    assert not [text for text in texts.values() if "None" in text]


LAWS = (drug_doses_days_and_bottles, syringe_and_marks, other_strengths, whole_tablet_volumes, tablets_and_weighings)
LAWS += (strength_computed_back, date_of_use, notices_are_said)


@pytest.mark.parametrize("part", range(len(PARTS)))
def test_plan_and_stops_follow_from_the_order(part):
    for order, plan, stops in orders(PARTS[part]):
        stops_are_said(order, stops)
        if plan is not None:
            for law in LAWS:
                law(order, plan)


@pytest.mark.parametrize(("changes", "made"), [(TAKEN, True), (STOPPED, False)])
def test_a_limit_includes_its_own_value(changes, made):
    for one in changes:
        assert [plan is not None for _, plan, _ in orders([BASE | one])] == [made], one


def test_the_orders_meet_every_stop_and_notice_and_every_way_to_weigh():
    codes, sources, strengths = set(), set(), 0
    for order, plan, stops in orders([*TREES, *PARTS[0]]):
        codes |= {stop.code.value for stop in stops} | ({} if plan is None else told(plan)).keys()
        if plan is not None:
            sources.add((of_tablets(order), plan.whole_tablets, of_tablets(order) and weighed_today(order)))
            strengths += len(plan.other_strengths)
    assert codes >= TO_STOP.keys() | TO_READ
    assert len(sources) == 5
    assert strengths > 50
