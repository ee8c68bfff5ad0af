"""What leaves a batch, once it was found to leave it wrongly."""

from calc.arithmetic.units import CAPSULE, figure
from calc.record.batch import acts
from calc.record.batch.stock import to_dispense
from tests.record.test_corrections import why
from tests.support.batch import TWO, released


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
    pharmacy.do(TWO, acts.Dispense("15", reference="RX 2"))
    assert pharmacy.state.on_hand == figure(0, CAPSULE)
