"""How what a second person reads is compared, worked by hand; and that the form tells nothing."""

from fractions import Fraction

import pytest

from calc import limits
from calc.arithmetic.units import MG, figure
from calc.faults import Refused
from calc.record.batch import acts
from calc.record.batch.blind import agree, compare, normal_lot
from calc.record.batch.points import point_named
from calc.record.batch.values import values_of
from calc.record.batch.view import data_shown, is_hidden, shown, without_figures
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
    made,
    opened,
    portioned,
    weighed,
)
from tests.support.orders import OPENED, changed

READ = {"crushing": (weighed, READ_CRUSHING), "mixing": (portioned, READ_MIXING), "release": (made, READ_RELEASE)}


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
        ("release", "made", "29", True),
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
    told = repr(shown(state, THREE.person)) + "".join(
        str(data_shown(state, each, THREE.person)) for each in pharmacy.events
    )
    for figure_of_it in ("0.433", "433", "432", "480", "A10", "C7715", "2028", "naltrexone", "4.5"):
        assert figure_of_it not in told, figure_of_it
    assert shown(state, ONE.person).state is state
    pharmacy.do(THREE, acts.ShowFigures())
    assert not is_hidden(pharmacy.state, THREE.person)
    assert shown(pharmacy.state, FOUR.person).hidden


def test_after_a_mismatch_the_maker_does_not_learn_what_was_read():
    pharmacy = weighed()
    pharmacy.do(TWO, acts.Check("crushing", {**READ_CRUSHING, "count_tablets": "7"}))
    for person in (ONE.person, TWO.person):
        check = shown(pharmacy.state, person).state.checks[-1]
        assert (check.values, check.differ) == ({}, ("count_tablets",))
        assert "values" not in data_shown(pharmacy.state, pharmacy.events[-1], person)
    pharmacy.do(FOUR, acts.ShowFigures())
    assert shown(pharmacy.state, FOUR.person).state.checks[-1].values["count_tablets"] == "7"
    assert LOTS["source"] == pharmacy.state.lots_of("source")[0].lot
