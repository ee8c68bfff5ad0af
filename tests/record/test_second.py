"""The second calculation: the order as the second person read it gives the plan of the batch, or the batch is held."""

from dataclasses import replace

import pytest

from calc.record.batch import acts
from calc.record.batch.blind import read_values
from calc.record.batch.points import point_named
from calc.record.batch.second import follows, order_as_read
from tests.record.test_kinds import KINDS, amount_of
from tests.support.batch import FOUR, LIBRARY, ONE, READ_CRUSHING, TWO, Pharmacy, made, seq_of, weighed, why
from tests.support.reader import bench_of, compare

#: What a second person reads, one value at a time otherwise than the record has it, and where the order says it then.
OTHERWISE = {
    "dose": ("4.6 mg", ("dose",), "4.6 mg"),
    "quantity": ("31", ("quantity",), 31),
    "source_strength": ("25 mg", ("source", "strength"), "25 mg"),
    "source_expiry": ("02/2027", ("source", "expiry"), "2027-02-28"),
    "count_tablets": ("4", ("source", "tablets_weighed"), 4),
}
LIQUID = {"preparation": "liquid", "volume": "100 mL", "vehicle": {"name": "water", "storage": "refrigerator"}}
#: Strength and dose as ordered, each as it was read, and each as the order would say it.
LIQUIDS = [
    ("5 mg/5 mL", "4.5 mg", "1 mg/mL", "0.0045 g", "5 mg/5 mL", "4.5 mg"),
    ("5 mg/5 mL", "4.5 mg", "2 mg", "2.25 mL", "10 mg/5 mL", "4.5 mg"),
    ("0.1 %", "4.5 mL", "1000 mcg/mL", "4.5 mg", "0.1 %", "4.5 mL"),
    ("0.1 %", "4.5 mL", "0.2 %", "0.0045 L", "0.2 %", "4.5 mL"),
]


def at(tree, path):
    for name in path:
        tree = tree[name]
    return tree


def read_at(pharmacy, point, values):
    return read_values(pharmacy.state, point_named(pharmacy.state, point), values)


def test_every_value_of_prescription_bottle_and_tray_enters_the_second_calculation():
    pharmacy = weighed()
    read = read_at(pharmacy, "crushing", READ_CRUSHING)
    assert order_as_read(pharmacy.state, read, LIBRARY) == pharmacy.state.order
    assert follows(pharmacy.state, read, LIBRARY)
    for name, (typed, path, said) in OTHERWISE.items():
        other = read_at(pharmacy, "crushing", {**READ_CRUSHING, name: typed})
        assert at(order_as_read(pharmacy.state, other, LIBRARY), path) == said
        assert not follows(pharmacy.state, other, LIBRARY), name


@pytest.mark.parametrize(("strength", "dose", "strength_read", "dose_read", "strength_said", "dose_said"), LIQUIDS)
def test_a_liquid_is_planned_by_strength_and_dose_however_they_were_read(
    strength, dose, strength_read, dose_read, strength_said, dose_said
):
    pharmacy = Pharmacy()
    pharmacy.do(ONE, acts.Open({**LIQUID, "strength": strength, "dose": dose}))
    for component in ("source", "vehicle"):
        pharmacy.do(ONE, acts.TakeLot(component, "Maker One", "L1", "05/2028"))
    pharmacy.do(ONE, acts.Record("count_tablets", *amount_of(pharmacy.state.target("count_tablets"))))
    values = bench_of(pharmacy.state).read(pharmacy.state, "crushing")
    read = read_at(pharmacy, "crushing", {**values, "strength": strength_read, "dose": dose_read})
    tree = order_as_read(pharmacy.state, read, LIBRARY)
    assert (tree["strength"], tree["dose"]) == (strength_said, dose_said)
    assert follows(pharmacy.state, read, LIBRARY) is ((strength_said, dose_said) == (strength, dose))


@pytest.mark.parametrize(
    ("kind", "point", "name", "typed"),
    [("bulk powder", "mixing", "assay", "97.5 %"), ("dilution", "mixing", "drug_in_gram", "9 mg/g")],
)
def test_what_the_bottle_of_a_powder_says_enters_it(kind, point, name, typed):
    pharmacy = Pharmacy()
    pharmacy.do(ONE, acts.Open(KINDS[kind][0]))
    for component in ("source", "diluent", "capsule"):
        pharmacy.do(ONE, acts.TakeLot(component, "Maker One", "L1", "05/2028"))
    for step in ("portion", "diluent"):
        pharmacy.do(ONE, acts.Record(step, *amount_of(pharmacy.state.target(step))))
    values = bench_of(pharmacy.state).read(pharmacy.state, point)
    assert follows(pharmacy.state, read_at(pharmacy, point, values), LIBRARY)
    assert not follows(pharmacy.state, read_at(pharmacy, point, {**values, name: typed}), LIBRARY)
    as_printed = {**values, "size": f"Size #{values['size']}", "diluent.name": "Avicel PH-101, NF"}
    if "basis" in values:
        as_printed["basis"] = "Naltrexone HCl"
    assert compare(pharmacy.state, point_named(pharmacy.state, point), as_printed, LIBRARY) == ()
    assert follows(pharmacy.state, read_at(pharmacy, point, as_printed), LIBRARY)


def test_a_program_that_computes_otherwise_from_equal_values_holds_the_batch():
    """The table of dates gives capsules 90 days where the batch was planned with 180; nobody's reading is wrong."""
    pharmacy = weighed()
    dates = dict(LIBRARY.beyond_use)
    (name,) = (name for name, rule in dates.items() if rule.days == 180 and "capsules" in rule.description)
    pharmacy.library = replace(LIBRARY, beyond_use={**dates, name: replace(dates[name], days=90)})
    assert pharmacy.do(TWO, acts.Check("crushing", READ_CRUSHING)) == ["check.made", "batch.held"]
    checked, held = pharmacy.events[-2:]
    assert (checked.data["outcome"], held.data["reason"]) == ("match", "the program computes otherwise")
    assert not any(character.isdigit() for character in held.data["text"])
    assert why(pharmacy, ONE, acts.Record("crush", done=True)) == "wrong_state"


def test_a_batch_whose_corrected_order_plans_nothing_is_not_held_for_the_program():
    """The source had expired: the batch was held for that once, and a fresh reading that matches adds no hold."""
    pharmacy = made()
    pharmacy.do(FOUR, acts.Correct(seq_of(pharmacy, "lot.taken", "source"), "expiry", "10/2026", "read wrong"))
    pharmacy.do(TWO, acts.Free("other", "to see what the list says"))
    values = {name: READ_CRUSHING[name] for name in list(READ_CRUSHING)[:9]}
    assert pharmacy.do(TWO, acts.Check("crushing", {**values, "source_expiry": "10/2026"})) == ["check.made"]
