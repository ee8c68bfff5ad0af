"""Two readings that differ by a name alone: both may be right, and who says so has seen no figure."""

import pytest

from calc.record.batch import acts
from tests.support.batch import FOUR, MADE, ONE, READ_MIXING, TWO, portioned, why


def test_two_names_of_one_thing_are_both_right_and_who_says_so_may_read():
    """A pharmacy of two: the maker, and the pharmacist who reads another name on the drum of the diluent."""
    pharmacy, other = portioned(), {**READ_MIXING, "diluent.name": "Fillwell"}
    resolve = acts.Resolve("both are right", "two names for one thing")
    for read in ({**other, "portion": "1.700 g"}, other):
        pharmacy.do(TWO, acts.Check("mixing", read))
    pharmacy.do(TWO, resolve)
    assert pharmacy.events[-1].data["names"] == {"diluent.name": "Fillwell"}
    assert (pharmacy.state.saw, pharmacy.state.point_due) == (frozenset(), "mixing")
    assert pharmacy.do(TWO, acts.Check("mixing", {**other, "portion": "1.700 g"})) == ["check.made"]
    assert pharmacy.state.mismatch == "mixing"
    pharmacy.do(TWO, acts.Check("mixing", {**other, "diluent.name": "FILL-WELL"}))
    assert pharmacy.state.matched("mixing")
    assert pharmacy.do(ONE, MADE) == ["batch.made"]


#: Beside another name: a mass, a lot; a grade, in a name that no table has; two products of the tables.
SLIPS = {
    "mass": {"portion": "1.700 g"},
    "lot": {"diluent.lot": "C7716"},
    "grade": {"diluent.name": "Fillwell 102"},
    "product": {"diluent.name": "Avicel PH-102"},
    "no grade": {"diluent.name": "Microcrystalline Cellulose, NF"},
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_mass_a_lot_or_a_grade_is_never_both(slip):
    pharmacy = portioned()
    for _ in range(2):
        pharmacy.do(TWO, acts.Check("mixing", {**READ_MIXING, "diluent.name": "Fillwell", **slip}))
    assert why(pharmacy, FOUR, acts.Resolve("both are right", "two names for one thing")) == "not_names"
    assert why(portioned(), FOUR, acts.Resolve("both are right", "typed wrong")) == "no_mismatch"
