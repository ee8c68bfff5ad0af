"""What only a formula's own example noticed when the formula was made wrong: the same figures in a whole plan.

Found by `tests.tools.mutation` and mutmut. Every figure is worked out by hand or stands in the project's description of
the pharmacy; none was read off the program. The worked case: 30 capsules of 4.5 mg, 3 tablets of 50 mg that weigh 480
mg.
"""

from fractions import Fraction

import pytest

from calc.arithmetic.units import MG, MG_PER_CAPSULE, figure
from calc.faults import Refused
from tests.capsule.test_worked_case import WORKED, changed, worked_out


def rows(made):
    return {row.size: row for row in made.sizes}


def steps(made):
    return {step.code.value: step for step in made.steps}


def test_whole_tablet_offers_say_the_dose_at_the_crushing_loss():
    """33 from 3: 150 / (33 x 4.5) - 1 = 1/99, and 100/99 x 0.97 - 1 = -2/99; 100 from 9 are exact, so -3 %."""
    offers = {offer.capsules: offer for offer in worked_out(WORKED).offers}
    assert (offers[33].deviation.value, offers[33].deviation_at_loss.value) == (Fraction(1, 99), Fraction(-2, 99))
    assert (offers[100].deviation.value, offers[100].deviation_at_loss.value) == (0, Fraction(-3, 100))
    assert (offers[30].deviation.value, offers[30].deviation_at_loss.value) == (0, 0)
    assert offers[33].dose == figure("50/11", MG_PER_CAPSULE)


def test_another_crushing_loss_is_another_dose_at_that_loss():
    """100/99 x 0.95 - 1 = -4/99."""
    offers = {offer.capsules: offer for offer in worked_out(changed(crushing_loss="5 %")).offers}
    assert offers[33].deviation_at_loss.value == Fraction(-4, 99)


def test_other_sizes_by_packing_statistics():
    """Size 2 holds 0.37 mL, size 4 0.21 mL, size 3 0.30 mL; of the powder 14.4 mg in 165 mg, beside 135 mg of diluent.

    Size 2: 135 x (37/30 - 14.4/165) = 17019/110 mg, with the powder 18603/110 mg. Size 4: 135 x (0.7 - 14.4/165) =
    9099/110 mg, with the powder 10683/110 mg; 30 capsules take 4,641.5... and 2,481.5... mg of diluent.
    """
    made = rows(worked_out(WORKED))
    assert made["2"].fill_mass == figure("18603/110", MG_PER_CAPSULE)
    assert made["2"].diluent.exact == figure("51057/11", MG)
    assert made["2"].diluent.shown == figure(4642, MG)
    assert made["2"].share.value == Fraction(1584, 18603)
    assert made["4"].fill_mass == figure("10683/110", MG_PER_CAPSULE)
    assert made["4"].diluent.exact == figure("27297/11", MG)
    assert made["4"].diluent.shown == figure(2482, MG)
    assert made["4"].share.value == Fraction(1584, 10683)
    assert made["3"].share.value == Fraction("14.4") / Fraction(7569, 55)


def test_other_sizes_by_a_given_fill_mass():
    """120 mg in 0.30 mL are 148 mg in 0.37 mL and 84 mg in 0.21 mL; less 14.4 mg of powder, times 30 capsules."""
    made = rows(worked_out(changed(capsule={"size": "3", "fill_mass": "120 mg"}, diluent={}, tablet_powder={})))
    assert made["2"].fill_mass == figure(148, MG_PER_CAPSULE)
    assert made["2"].diluent.exact == figure(4008, MG)
    assert made["2"].share.value == Fraction(144, 1480)
    assert made["4"].fill_mass == figure(84, MG_PER_CAPSULE)
    assert made["4"].diluent.exact == figure(2088, MG)
    assert made["3"].share.value == Fraction(12, 100)


def test_a_size_too_small_names_the_sizes_that_hold_the_powder():
    """50 mg from 50 mg tablets is a whole tablet of 160 mg each; 145 mg fill 0.30 mL, so 0.331 mL are wanted."""
    tree = changed(
        drug={"name": "any drug"},
        dose="50 mg",
        quantity=20,
        source={"strength": "50 mg", "tablets_weighed": 20, "total_mass": "3.200 g"},
        tablet_powder={"packing_statistic": "145 mg"},
    )
    with pytest.raises(Refused) as refused:
        worked_out(tree)
    facts = {stop.code.value: stop.facts for stop in refused.value.stops}["capsule_too_small"]
    assert facts["sizes"] == ("2", "2E", "1", "1E", "0", "0E", "00", "00E", "000")


def test_a_tablet_alone_weighs_within_a_tenth_of_the_mean():
    low, high = worked_out(WORKED).powder.tablets.one_tablet
    assert (low.value, high.value) == (144, 176)


def test_the_error_of_a_weighing_is_a_part_of_the_mass_weighed():
    """6 mg of 432 mg."""
    assert steps(worked_out(WORKED))["weighing_error"].result.value == Fraction(1, 72)


def test_rounding_down_lowers_the_dose_and_rounding_up_raises_it():
    """33 capsules take 475.2 mg, weighed as 475: -0.2/475.2. 34, of 4 tablets of 640 mg, 489.6: 490."""
    down = worked_out(changed(quantity=33)).powder
    assert down.portion.exact == figure("475.2", MG)
    assert down.rounding_effect.value == Fraction(-1, 2376)
    up = worked_out(changed(quantity=34, source={"tablets_weighed": 4, "total_mass": "0.640 g"})).powder
    assert up.portion.exact == figure("489.6", MG)
    assert up.rounding_effect.value == Fraction(1, 1224)


def test_a_part_of_the_powder_lost_in_the_mortar():
    """480 mg in, 460 mg out: a twenty-fourth, above 3 %, is told."""
    made = worked_out(changed(source={**WORKED["source"], "recovered_mass": "0.460 g"}))
    assert steps(made)["loss_in_crushing"].result.value == Fraction(1, 24)
    assert "crushing_loss_high" in [notice.code for notice in made.notices]


@pytest.mark.parametrize(("shell", "unlikely"), [("23 mg", True), ("24 mg", False), ("96 mg", False), ("97 mg", True)])
def test_a_shell_unlike_the_tables_is_told(shell, unlikely):
    """The table has 48 mg for size 3; from half of it to twice it is likely."""
    made = worked_out(changed(capsule={"size": "3", "shell_mass": shell}))
    assert ("shell_unlikely" in [notice.code for notice in made.notices]) is unlikely
