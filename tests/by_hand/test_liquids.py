"""Hand-worked liquids at the bounds: what each limit takes, and what a stop says of what passed it.

Each figure is worked out beside its order; the limits are those of the contract, which include their own value.
"""

from fractions import Fraction

import pytest

from calc.arithmetic.units import MG_PER_ML, Figure
from calc.faults import Refused
from calc.liquid.answer import answer
from calc.liquid.order import LiquidOrder
from calc.liquid.planning import plan_liquid
from calc.wording import fault_text, stop_text
from tests.laws.test_liquids import BASE, COARSE, LIBRARY, PURE, plainly, told


def planned(**changes):
    return plan_liquid(LiquidOrder.read(BASE | changes, LIBRARY), LIBRARY)


def refused(**changes):
    """The stops, or the faults, by their codes; none where a plan is made."""
    try:
        planned(**changes)
    except Refused as refusal:
        return {one.code.value: one for one in (*refusal.faults, *refusal.stops)}
    return {}


#: Doses of 1 mL once a day; preserved, they may be used from 25 November to 30 December, 36 days.
BOUNDS = [
    ("days_unusual", {"volume": "4.9 mL"}, {"volume": "5 mL"}),
    ("days_unusual", {"volume": "121 mL"}, {"volume": "120 mL"}),
    ("outlasts_use", {"volume": "36 mL"}, {"volume": "35 mL"}),
    ("several_bottles", {"volume": "432.1 mL"}, {"volume": "432 mL"}),
    ("dose_volume_unusual", {"strength": "10.1 mg"}, {"strength": "10 mg"}),
    ("dose_volume_unusual", {"dose": "5 mg", "strength": "0.4 mg"}, {"dose": "5 mg", "strength": "0.5 mg"}),
    ("several_syringes", {"dose": "6 mg", "strength": "0.59 mg"}, {"dose": "6 mg", "strength": "0.6 mg"}),
    ("off_a_mark", {"dose": "1.05 mg"}, {"dose": "1.1 mg"}),
    ("less_than_one_dose", {"dose": "5 mg", "volume": "4.9 mL"}, {"dose": "5 mg", "volume": "5 mL"}),
    ("dose_below_mark", {"strength": "1.1 mg", "syringes": COARSE}, {"syringes": COARSE}),
    ("thick_liquid", {"strength": "25.1 mg"}, {"strength": "25 mg"}),
    ("below_least_weighable", {"volume": "19.9 mL", "source": PURE}, {"volume": "20 mL", "source": PURE}),
    # Of an assay of 99 % 40 mL take 40.4040... mg, shown as 40: a part of 100 less. 39.1 mL take 39.4949..., shown 39.
    (
        "rounding_above_limit",
        {"volume": "39.1 mL", "source": PURE | {"assay": "99 %"}},
        {"volume": "40 mL", "source": PURE | {"assay": "99 %"}},
    ),
    # Two tablets: 9.6 of 320 mg are 3 %. Of 80 mg of drug a portion is taken; 100 mg take all of the powder.
    (
        "crushing_loss_high",
        {"volume": "80 mL", "source": {"tablets_weighed": 2, "total_mass": "320 mg", "recovered_mass": "310.3 mg"}},
        {"volume": "80 mL", "source": {"tablets_weighed": 2, "total_mass": "320 mg", "recovered_mass": "310.4 mg"}},
    ),
    (
        "recovered_mass_too_small",
        {"volume": "100 mL", "source": {"tablets_weighed": 2, "total_mass": "320 mg", "recovered_mass": "310.3 mg"}},
        {"volume": "100 mL", "source": {"tablets_weighed": 2, "total_mass": "320 mg", "recovered_mass": "310.4 mg"}},
    ),
    # A tablet weighs up to 1.2 g, whole ones as well.
    (
        "heavy_tablet",
        {"volume": "100 mL", "source": {"tablets_weighed": 2, "total_mass": "2.401 g"}},
        {"volume": "100 mL", "source": {"tablets_weighed": 2, "total_mass": "2.4 g"}},
    ),
    (
        "expired",
        {"vehicle": BASE["vehicle"] | {"expiry": "2026-11-24"}},
        {"vehicle": BASE["vehicle"] | {"expiry": "2026-11-25"}},
    ),
]


def codes(changes):
    stops = refused(**changes)
    return set(stops) or set(told(planned(**changes)))


@pytest.mark.parametrize(("code", "beyond", "within"), BOUNDS)
def test_just_beyond_a_limit_it_is_told_and_at_it_not(code, beyond, within):
    assert code in codes(beyond)
    assert code not in codes(within)


@pytest.mark.parametrize(
    ("changes", "code", "field", "value"),
    [
        ({"dose": "5 mg", "strength": "0.7 mg", "volume": "7 mL"}, "less_than_one_dose", "volume", "7.143 mL"),
        ({"strength": "1.4 mg", "syringes": COARSE}, "dose_below_mark", "dose", "0.7143 mL"),
        ({"strength": "26 mg", "dose_basis": "base"}, "thick_liquid", "strength", "0.5755"),  # 26 x 377.86 / 341.4 / 50
        ({"volume": "10 mL", "source": PURE | {"assay": "97 %"}}, "below_least_weighable", "strength", "10.31 mg"),
        # 39 x 0.99 / 39.1 - 1 = -0.01253...
        ({"volume": "39.1 mL", "source": PURE | {"assay": "99 %"}}, "rounding_above_limit", "strength", "-1.25 %"),
        ({"vehicle": {"name": "syrup", "expiry": "2026-11-24"}}, "expired", "vehicle.expiry", "2026-11-24"),
        # 9.5 mg of base are 10.5146... mg of what a tablet of 1 mg is labelled with; ten tablets are the most.
        (
            {"dose": "9.5 mg", "dose_basis": "base", "source": {"strength": "1 mg"}},
            "many_tablets_per_dose",
            "dose",
            "10.51",
        ),
    ],
)
def test_a_stop_says_at_which_field_and_what_passed_it(changes, code, field, value):
    stop = refused(**changes)[code]
    assert (stop.field, stop.value) == (field, value)


@pytest.mark.parametrize(
    ("volume", "more", "named"),
    [
        ("10 mL", {}, "The next larger volume that can be made on this balance is 20 mL."),  # 20 mg is the least
        ("1999 mL", {"strength": "0.01 mg"}, "The next larger volume that can be made on this balance is 2,000 mL."),
        ("1999 mL", {"strength": "0.009997 mg"}, "No larger volume, up to 2,000 mL, can be made on this balance."),
        # In steps of 10 mg 20 mL would do as well, but are less than was ordered; 21 to 29 mL are more than 1 % off.
        ("20.4 mL", {"balance": {"readability": "10 mg", "minimum": "10 mg"}}, "on this balance is 30 mL."),
        ("29.4 mL", {"balance": {"readability": "10 mg", "minimum": "10 mg"}}, "on this balance is 30 mL."),
        ("39.1 mL", {"source": PURE | {"assay": "99 %"}}, "on this balance is 40 mL."),  # just 1 % off
    ],
)
def test_bulk_powder_that_cannot_be_weighed_names_the_next_volume(volume, more, named):
    stops = refused(**{"source": PURE, "volume": volume, "dose": "0.5 mg"} | more)
    assert stops
    assert all(named in plainly(stop_text(stop)) for stop in stops.values() if stop.field == "strength")


def test_a_portion_that_cannot_be_weighed_names_its_figures_and_whole_tablets():
    """5 mg of tablets of 50 mg in 160 mg are 16 mg, 5.7 mg are 18.24; 50 mL a tablet."""
    source = {"tablets_weighed": 1, "total_mass": "160 mg"}
    text = plainly(stop_text(refused(volume="5 mL", source=source)["below_least_weighable"]))
    assert "Powder to weigh out: 16 mg is too little for this balance, which may weigh 20 mg" in text
    assert "50 mL from 1 tablet, 100 mL from 2 tablets." in text
    text = plainly(stop_text(refused(volume="5.7 mL", source=source)["rounding_above_limit"]))
    assert "would show 18 mg for 18.24 mg of powder: that changes the dose by -1.316 %, more than 1 %" in text
    assert refused(volume="5.7 mL", source=source)["below_least_weighable"].value == "18.24 mg"


def test_powder_lost_of_whole_tablets_is_missing_and_of_a_portion_is_not():
    """20 of 320 mg are 6.25 %."""
    source = {"tablets_weighed": 2, "total_mass": "320 mg", "recovered_mass": "300 mg"}
    whole = plainly(stop_text(refused(volume="100 mL", source=source)["recovered_mass_too_small"]))
    assert "only 300 mg of powder is there, and the batch needs 320 mg. Crush one more tablet" in whole
    low = told(planned(volume="100 mL", source=source | {"recovered_mass": "312 mg"}))["batch_low"]
    assert low.startswith("2.5 % of the powder was lost, and all of it is needed: each dose holds that much less.")
    portion = told(planned(volume="80 mL", source=source))["crushing_loss_high"]
    assert portion.startswith(
        "6.25 % of the powder was lost in crushing, more than 3 %. The powder weighed out still holds"
    )


def test_roundings_of_both_masses_are_looked_past_together():
    """19.612 / 20 of the 51.4999 mg of two tablets are 50.5008... mg, on the balance 51: 20 / 51.4999 x 51 mg of drug.

    Their own mass is taken as it was typed.
    """
    source = {"strength": "10 mg", "tablets_weighed": 2, "total_mass": "51.4999 mg"}
    check = planned(drug={"name": "any drug"}, volume="19.612 mL", source=source).reverse_check
    strength = 20 / Fraction("51.4999") * 51 / Fraction("19.612")
    assert check.strength == Figure(strength, MG_PER_ML)
    assert check.deviation.value == strength - 1


def test_figures_that_do_not_end_are_shown_to_four_significant_digits():
    """4.5 / 0.7 = 6.42857...; of 133 mL 425.6 mg are printed as 426: 50 x 3 / 480 x 426 / 133 = 1.00093..."""
    assert answer(planned(dose="4.5 mg", strength="0.7 mg"))["plan"]["dose_volume"]["text"] == "6.429 mL"
    source = {"tablets_weighed": 3, "total_mass": "480 mg"}
    shown = answer(planned(volume="133 mL", source=source))["plan"]
    assert shown["reverse_check"]["strength"]["value"] == "1.001"
    assert (shown["tablets_exact"]["value"], shown["tablets_to_crush"]) == ("2.66", 3)
    assert (shown["portion"]["text"], shown["portion_share"]["exact"]) == ("0.426 g", "133/150")
    assert (shown["drug_left_over"]["text"], shown["reverse_check"]["deviation"]["text"]) == ("17 mg", "+0.09 %")


def test_marks_beside_a_dose_are_shown_with_what_they_hold():
    """1.05 mg in 1.05 mL lie between 1 and 1.1 mL of the 3 mL syringe: 5 less, and 5 more, of 105."""
    syringe = answer(planned(dose="1.05 mg"))["plan"]["syringe"]
    below, above = syringe["mark_below"], syringe["mark_above"]
    assert (below["volume"]["text"], below["dose"]["text"], below["deviation"]["text"]) == ("1 mL", "1 mg", "-4.76 %")
    assert (above["volume"]["text"], above["dose"]["text"], above["deviation"]["text"]) == (
        "1.1 mL",
        "1.1 mg",
        "+4.76 %",
    )
    assert syringe["on_a_mark"] is False


def test_the_cautions_are_those_of_the_drugs_file():
    assert len(answer(planned())["plan"]["cautions"]) == len(LIBRARY.drugs["naltrexone"].cautions) > 0
    assert answer(planned(drug={"name": "any drug"}, source={"strength": "50 mg"}))["plan"]["cautions"] == []


def test_the_least_volume_of_an_order_is_one_of_whole_tablets():
    """A tablet of 50 mg in 1 mL of 50 mg in 1 mL: thick, for which a reason is given."""
    reason = {"code": "thick_liquid", "value": "1", "reason": "reference_checked"}
    volumes = planned(strength="50 mg", volume="1 mL", acknowledgements=[reason]).whole_tablet_volumes
    assert [(each.tablets, each.volume.value, each.doses, each.days) for each in volumes] == [
        *((1, 1, 50, 50), (2, 2, 100, 100), (3, 3, 150, 150)),
    ]


def test_a_dose_of_a_liquid_is_taken_at_one_time():
    assert "7 mg at one time is above the usual" in plainly(stop_text(refused(dose="7 mg")["dose_above_usual"]))


@pytest.mark.parametrize(
    ("syringes", "text"),
    [
        ([], "enter a value."),
        (COARSE * 11, "give at most 10."),
        ([{"capacity": "5 mL", "graduation": "0.3 mL"}], "a syringe of 5 mL does not end on a mark of 0.3 mL"),
    ],
)
def test_syringes_that_nobody_can_draw_with_are_told(syringes, text):
    (fault,) = refused(syringes=syringes).values()
    assert text in plainly(fault_text(fault))
    assert fault.field == ("syringes.0.graduation" if len(syringes) == 1 else "syringes")


def test_ten_syringes_are_taken():
    assert len(planned(syringes=COARSE * 10).order.syringes) == 10
