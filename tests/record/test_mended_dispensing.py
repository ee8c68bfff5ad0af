"""What leaves a batch, once it was found to leave it wrongly."""

import json

from calc.arithmetic.units import CAPSULE, figure
from calc.record.batch import acts
from calc.record.batch.stock import to_dispense
from tests.support.batch import ANSWERS, READ_RELEASE, SYSTEM, TWO, faults, made, released, why


def _destroyed(number, reason):
    return acts.Move("destroyed", number, way="drug waste", reason=reason)


def test_only_what_is_destroyed_as_returned_came_back():
    """30 made, 10 out, 10 back: 20 never left, of which 5 damaged ones go; 15 are left to be dispensed."""
    pharmacy = released()
    assert why(pharmacy, TWO, _destroyed("1", "returned")) == "not_enough"
    pharmacy.do(TWO, acts.Dispense("10", reference="RX 1"))
    pharmacy.do(TWO, acts.Move("returned", "10", reason="recall"))
    assert why(pharmacy, TWO, _destroyed("21", "damaged")) == "not_enough"
    pharmacy.do(TWO, _destroyed("5", "damaged"))
    assert to_dispense(pharmacy.state) == figure(15, CAPSULE)
    assert why(pharmacy, TWO, acts.Dispense("16", reference="RX 2")) == "not_enough"
    assert why(pharmacy, TWO, _destroyed("11", "returned")) == "not_enough"
    pharmacy.do(TWO, _destroyed("10", "returned"))
    pharmacy.do(TWO, acts.Dispense("15", reference="RX 2", answers=ANSWERS))
    assert pharmacy.state.on_hand == figure(0, CAPSULE)


def _stock():
    pharmacy = made(purpose="stock")
    pharmacy.do(TWO, acts.Release(READ_RELEASE))
    return pharmacy


def test_questions_are_asked_before_each_dispensing_not_asked_for():
    """Of a batch for one dispensing the release asked for the first only; of one made ahead it asked for none."""
    one, ahead = released(), _stock()
    assert faults(one, TWO, acts.Dispense("1", reference="RX 1", answers=ANSWERS)) == {
        "answers.opioids": "no_such_question",
        "answers.liver_disease": "no_such_question",
    }
    one.do(TWO, acts.Dispense("1", reference="RX 1"))
    assert (one.events[-1].data["screening"], one.events[-1].data["answers"]) == ("asked at release", None)
    for pharmacy in (one, ahead):
        assert faults(pharmacy, TWO, acts.Dispense("1", reference="RX 2", answers={"opioids": "no"})) == {
            "answers.liver_disease": "required"
        }
        stops = {**ANSWERS, "opioids": "yes"}
        assert why(pharmacy, TWO, acts.Dispense("1", reference="RX 2", answers=stops)) == "answer_stops"
        for given, override, says in (
            (ANSWERS, "", "asked and clear"),
            (stops, "opioid_free_interval_kept", "asked, overridden"),
        ):
            pharmacy.do(TWO, acts.Dispense("1", "", "1", "RX 2", given, override))
            data, (_, kept) = pharmacy.events[-1].data, pharmacy.references[-2:]
            assert data["screening"] == says
            assert "opioid" not in json.dumps(data)
            assert kept[0] == data["answers"]
            assert json.loads(kept[2])["answers"] == given


def test_another_system_dispenses_nothing_for_which_questions_are_due():
    pharmacy = _stock()
    pharmacy.settings = pharmacy.settings._replace(systems_dispense=True)
    assert why(pharmacy, SYSTEM, acts.Dispense("1", reference="RX 1", answers=ANSWERS)) == "answers_needed"
