"""How what a second person reads is compared, worked by hand; and that the form tells nothing."""

from datetime import date
from fractions import Fraction

import pytest

from calc import limits
from calc.arithmetic.units import MG, figure
from calc.faults import Refused
from calc.record.batch import acts
from calc.record.batch.blind import agree, normal_lot
from calc.record.batch.points import point_named
from calc.record.batch.typed import Typed
from calc.record.batch.values import values_of
from calc.record.batch.view import data_shown, is_hidden
from calc.sheet.names import capsules_said
from calc.wording.dates import in_words
from calc.wording.paper import LABEL_BATCH, LABEL_UNTIL
from calc.wording.until import ON_LABEL
from tests.record.test_kinds import NAMED, amount_of
from tests.support.batch import (
    FOUR,
    LIBRARY,
    LOTS,
    ONE,
    ORDER,
    READ_CRUSHING,
    READ_MIXING,
    READ_RELEASE,
    THREE,
    TWO,
    Pharmacy,
    made,
    opened,
    portioned,
    weighed,
)
from tests.support.orders import OPENED, changed
from tests.support.reader import bench_of, compare
from tests.support.shape import without_figures

#: What drums of the diluent of these batches say, and what others say.
LIKE_PH_101 = (
    "Microcrystalline Cellulose NF PH-101",
    "Avicel PH-101",
    "AVICEL\u00ae PH 101 (Cellulose, Microcrystalline), NF/Ph. Eur./JP, BP",
)
UNLIKE_PH_101 = (
    "Avicel PH-102",
    "Microcrystalline Cellulose NF",
    "Avicel PH-10 1",
    "PH-101",
    "Avicel PH-101 PH-102",
    "NF",
)
READ = {"crushing": (weighed, READ_CRUSHING), "mixing": (portioned, READ_MIXING), "release": (made, READ_RELEASE)}
#: The last day of use as the label of the batch prints it.
DISCARD = LABEL_UNTIL.format(date=in_words(date(2027, 5, 28)))


@pytest.mark.parametrize(
    ("point", "name", "read", "differs"),
    [
        ("crushing", "drug", "Revia", False),
        ("crushing", "drug", "naloxone", True),
        ("crushing", "form", "oral liquid", True),
        ("crushing", "dose", "45 mg", True),
        ("crushing", "dose", "0.0045 g", False),
        ("crushing", "quantity", "60", True),
        ("crushing", "source_strength", "25 mg", True),
        ("crushing", "immediate", "no", True),
        ("crushing", "source_lot", "A10432", True),
        ("crushing", "source_lot", "A1 0422", False),
        ("crushing", "source_lot", "A10-422\nB1", True),
        ("crushing", "source_expiry", "05/2029", True),
        ("crushing", "source_expiry", "2028-05-31", False),
        ("crushing", "count_tablets", "4", True),
        ("crushing", "all_tablets", "0.478 g", False),
        ("crushing", "all_tablets", "0.477 g", True),
        ("crushing", "all_tablets", "0.048 g", True),
        ("mixing", "portion", "1.635 g", False),  # 1.2 g of boat: 0.435 g, two steps from 0.433 g
        ("mixing", "portion", "1.636 g", True),
        ("mixing", "portion", "0.433 g", True),  # the boat was tared, though its gross mass is asked
        ("mixing", "portion.boat", "2", True),
        ("mixing", "diluent", "3.696 g", False),
        ("mixing", "diluent.name", "lactose monohydrate", True),
        ("mixing", "size", "1", True),
        *(("mixing", "diluent.name", read, False) for read in LIKE_PH_101),
        *(("mixing", "diluent.name", read, True) for read in UNLIKE_PH_101),
        ("mixing", "size", "SIZE #3", False),
        ("mixing", "size", "Size 00", True),
        ("crushing", "source_expiry", "MAY 2028", False),
        ("crushing", "source_expiry", "EXP: 31 MAY 2028", False),
        ("crushing", "source_expiry", "2028-JUN", True),
        ("crushing", "quantity", "#30", False),
        ("crushing", "quantity", "60 capsules", True),
        ("crushing", "count_tablets", "3 tablets", False),
        ("crushing", "source_drug", "Naltrexone Hydrochloride Tablets, USP", False),
        ("release", "made", "29", True),
        ("release", "made", "30 capsules", False),
        ("release", "label_number", LABEL_BATCH.format(number="26-000123"), False),
        ("release", "label_quantity", capsules_said(30), False),
        ("release", "label_quantity", capsules_said(60), True),
        ("release", "label_until", DISCARD, False),
        *(("release", "label_until", f"{DISCARD}{rests}", False) for rests in ON_LABEL.values() if rests),
        ("release", "label_until", in_words(date(2027, 5, 27)), True),
        ("release", "label_number", "26 000123", False),
        ("release", "label_number", "26-000132", True),
        ("release", "label_strength", "45 mg", True),
        ("release", "label_quantity", "60", True),
        ("release", "label_until", "05/28/2027", False),
        ("release", "label_until", "2027-05-29", True),
    ],
)
def test_one_value_read_otherwise(point, name, read, differs):
    batch, values = READ[point]
    state = batch().state
    found = compare(state, point_named(state, point), {**values, name: read}, LIBRARY)
    assert found == ((name,) if differs else ())


def test_one_name_never_stands_for_another_strength_or_grade():
    """1 % is not 10 %, 8.4 % not 84 %, one vehicle of the tables not another; all else by letters and digits."""
    names = LIBRARY.printed_names
    for recorded, printed in (
        ("methylcellulose 1 %", "Methylcellulose 1.0%"),
        ("sodium bicarbonate 8.4 %", "Sodium Bicarbonate Injection 8.4%, USP"),
        ("Ora-Plus", "ORA-PLUS\u00ae Oral Suspending Vehicle"),
        ("simple syrup", "Syrup, NF"),
        ("own base No. 7", "Own Base no.7 USP"),
    ):
        assert names.are_one(recorded, printed), printed
    for recorded, printed in (
        ("methylcellulose 1 %", "methylcellulose 10 %"),
        ("methylcellulose 1 %", "Methylcellulose Oral Solution USP"),
        ("sodium bicarbonate 8.4 %", "sodium bicarbonate 84 %"),
        ("sodium bicarbonate", "sodium bicarbonate 8.4 %"),
        ("Ora-Sweet", "Ora-Sweet SF"),
        ("Vehicle for Oral Solution", "Vehicle for Oral Solution, Sugar Free, NF"),
        ("simple syrup", "Cherry Syrup NF"),
        ("own base 1.0", "own base 10"),
        ("own base 1 1", "own base 11"),
    ):
        assert not names.are_one(recorded, printed), printed


def test_a_drug_without_a_file_is_read_from_its_bottle_without_its_form_and_pharmacopoeia():
    pharmacy = Pharmacy()
    pharmacy.do(ONE, acts.Open({**ORDER, **NAMED}))
    for component in ("source", "diluent", "capsule"):
        pharmacy.do(ONE, acts.TakeLot(component, "Maker One", "L1", "05/2028"))
    for step in ("count_tablets", "all_tablets"):
        pharmacy.do(ONE, acts.Record(step, *amount_of(pharmacy.state.target(step))))
    state = pharmacy.state
    values = bench_of(state).read(state, "crushing")
    for read, differs in (("Baclofen Tablets, USP", False), ("Baclofen ER Tablets", True), ("tablets", True)):
        found = compare(state, point_named(state, "crushing"), {**values, "source_drug": read}, LIBRARY)
        assert found == (("source_drug",) if differs else ()), read


def test_what_is_printed_otherwise_than_a_value_is_is_refused_and_not_guessed():
    """A noun of something else, a year of two digits beside a month's name, a day of which nobody knows the month."""
    state = made().state
    for name, read in {"label_quantity": "30 tablets", "label_until": "May 28, 27", "made": "capsules"}.items():
        with pytest.raises(Refused) as refused:
            compare(state, point_named(state, "release"), {**READ_RELEASE, name: read}, LIBRARY)
        assert [fault.field for fault in refused.value.faults] == [f"values.{name}"]
    typed = Typed()
    assert typed.expiry("expiry", "03/04/2028") is None
    assert [fault.field for fault in typed.faults] == ["expiry"]
    assert typed.day("day", "03/04/2028") == date(2028, 3, 4)


def test_what_cannot_be_read_or_is_missing_is_a_fault_at_its_field_and_no_reading():
    state = weighed().state
    typed = {**READ_CRUSHING, "dose": "4.5", "count_tablets": "3.5", "form": "", "more": "1"}
    with pytest.raises(Refused) as refused:
        compare(state, point_named(state, "crushing"), typed, LIBRARY)
    assert {fault.field: fault.code.value for fault in refused.value.faults} == {
        "values.more": "unknown_field",
        "values.form": "required",
        "values.dose": "unit_missing",
        "values.count_tablets": "not_whole",
    }


def test_two_readings_agree_within_two_steps_or_four_repeatabilities():
    assert (limits.READINGS_STEPS.value.value, limits.READINGS_REPEATABILITIES.value.value) == (2, 4)
    step = figure("0.1", MG)
    for apart, repeatability, same in (
        ("0.2", None, True),
        ("0.21", None, False),
        ("0.6", "0.15", True),
        ("0.61", "0.15", False),
        ("0.2", "0.01", True),  # the larger of the two counts
    ):
        s = None if repeatability is None else figure(repeatability, MG)
        assert agree(figure(100, MG), figure(100 + Fraction(apart), MG), step, s) is same
    assert normal_lot(" a10\u2013422-B ") == "A10422B"


def test_several_lots_are_read_in_any_order_and_none_may_be_left_out():
    pharmacy = opened()
    pharmacy.do(ONE, acts.TakeLot("source", "", "B77", "2027-12"))
    pharmacy.do(ONE, [acts.Record("count_tablets", "3"), acts.Record("all_tablets", "0.480", "g")])
    assert pharmacy.state.order["source"]["lot"] == "A10-422, B77"
    assert pharmacy.state.order["source"]["expiry"] == "2027-12-31"
    point = point_named(pharmacy.state, "crushing")
    both = {**READ_CRUSHING, "source_lot": "b77\na10422", "source_expiry": "2028-05\n2027-12"}
    assert compare(pharmacy.state, point, both, LIBRARY) == ()
    assert compare(pharmacy.state, point, READ_CRUSHING, LIBRARY) == ("source_lot", "source_expiry")


def test_values_follow_the_shape_and_nothing_but_the_shape():
    """A batch without a figure, a name or a lot in it asks for the same values."""
    for order in (ORDER, changed(ORDER, {"source": OPENED["source"], "acknowledgements": OPENED["acknowledgements"]})):
        state = opened(order).state
        assert "hidden" in str(without_figures(state).order)
        for point in ("crushing", "mixing", "release"):
            point = point_named(state, point)
            assert values_of(state, point) == values_of(without_figures(state), point)
    for batch, _ in READ.values():
        state = batch().state
        point = point_named(state, state.point_due)
        assert values_of(state, point) == values_of(without_figures(state), point)


def test_who_may_still_read_a_batch_sees_no_figure_of_it():
    pharmacy = portioned()
    state = pharmacy.state
    assert (is_hidden(state, ONE.person), is_hidden(state, THREE.person)) == (False, True)
    told = "".join(str(data_shown(state, each, THREE.person)) for each in pharmacy.events)
    for figure_of_it in ("0.433", "433", "432", "480", "A10", "C7715", "2028", "naltrexone", "4.5"):
        assert figure_of_it not in told, figure_of_it
    assert all(data_shown(state, each, ONE.person) == each.data for each in pharmacy.events)
    pharmacy.do(THREE, acts.ShowFigures())
    assert not is_hidden(pharmacy.state, THREE.person)
    assert is_hidden(pharmacy.state, FOUR.person)


def test_after_a_mismatch_the_maker_does_not_learn_what_was_read():
    pharmacy = weighed()
    pharmacy.do(TWO, acts.Check("crushing", {**READ_CRUSHING, "count_tablets": "7"}))
    for person in (ONE.person, TWO.person):
        told = data_shown(pharmacy.state, pharmacy.events[-1], person)
        assert told["differ"] == ["count_tablets"]
        assert "values" not in told
    pharmacy.do(FOUR, acts.ShowFigures())
    read = data_shown(pharmacy.state, pharmacy.events[-2], FOUR.person)["values"]
    assert next(each["value"] for each in read if each["name"] == "count_tablets") == "7"
    assert LOTS["source"] == pharmacy.state.lots_of("source")[0].lot
