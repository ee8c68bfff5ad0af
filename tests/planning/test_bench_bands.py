"""What is in band at the bench: by hand, as a law, and as the answer shows it."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.arithmetic.units import MG, RATIO, figure
from calc.library import load
from calc.planning.bench import BenchCode, BenchStep, OfTablets, Wants
from calc.planning.bench_bands import Bounds, about, band_of
from calc.service.answering import answer_to
from tests.support.orders import GOOD, changed

LIBRARY = load()
TODAY = date(2026, 11, 23)


def bench(tree):
    return {step["key"]: step for step in answer_to(tree, LIBRARY, TODAY)["plan"]["bench"]}


def told(amount):
    """An amount of the answer as (as shown, exact)."""
    return None if amount is None else (amount["text"], amount["exact"])


#: The worked case on a balance of 1 mg. Of 432 mg a hundredth is 4.32 mg: 427.68 to 436.32 mg, 428 to 436 as weighed.
#: Of 40662/11 mg = 3696.545... mg of diluent 3 % is 110.896... mg: 3585.649... to 3807.441... mg. A hundredth of 480 mg
#: is 4.8 mg: 475.2 to 484.8 mg. One tablet of 160 mg weighs 144 to 176; 97 % of 480 mg are 465.6 mg. The mean fill is
#: within 3 % of 7569/55 mg: 133.489... to 141.746... mg, one decimal finer than the balance.
WORKED = {
    "shells": ("shells", ("40 capsules", "40"), ("40 capsules", "40"), ("40 capsules", "40")),
    "count_tablets": ("tablets", ("3 tablets", "3"), ("3 tablets", "3"), ("3 tablets", "3")),
    "one_tablet": ("g", None, ("0.144 g", "0.144"), ("0.176 g", "0.176")),
    "all_tablets": ("g", ("0.480 g", "0.48"), ("0.476 g", "0.4752"), ("0.484 g", "0.4848")),
    "ten_shells": ("mg", None, None, None),
    "recovered": ("g", None, ("0.466 g", "0.4656"), ("0.480 g", "0.48")),
    "portion": ("g", ("0.432 g", "0.432"), ("0.428 g", "0.42768"), ("0.436 g", "0.43632")),
    "diluent": ("g", ("3.697 g", "20331/5500"), ("3.586 g", "1972107/550000"), ("3.807 g", "2094093/550000")),
    "divide": ("capsules", ("30 capsules", "30"), ("30 capsules", "30"), ("30 capsules", "30")),
    "ten_capsules": ("mg", None, ("172 mg", "172"), ("199 mg", "199")),
    "mean_fill": ("mg", ("137.6 mg", "7569/55"), ("133.5 mg", "734193/5500"), ("141.7 mg", "779607/5500")),
    "yield": ("capsules", ("30 capsules", "30"), ("29 capsules", "29"), ("30 capsules", "30")),
    "label": ("capsules", ("30 capsules", "30"), ("30 capsules", "30"), ("30 capsules", "30")),
}


def test_the_bands_of_the_worked_case():
    steps = bench(GOOD)
    wanted = {key for key, step in steps.items() if step["wants"] in ("mass", "count", "volume")}
    assert wanted == WORKED.keys()
    for key, (unit, target, low, high) in WORKED.items():
        step = steps[key]
        assert (step["unit"], told(step["target"]), told(step["low"]), told(step["high"])) == (unit, target, low, high)
        assert step["code"] == key


def test_before_the_tablets_are_weighed_amounts_hang_on_their_mass():
    """9/10 W is the portion, 4050 mg - 81/110 W the diluent, 3/10 to 11/30 W one of three tablets."""
    steps = bench(changed(GOOD, {f"source.{name}": None for name in ("tablets_weighed", "total_mass", "weighed_on")}))
    targets = {key: steps[key]["target"] for key in ("portion", "diluent", "all_tablets")}
    assert (targets["portion"]["times"], targets["portion"]["constant"]["exact"]) == ("0.9", "0")
    assert (targets["diluent"]["times"], targets["diluent"]["constant"]["exact"]) == ("-81/110", "4.05")
    assert targets["all_tablets"] is None
    assert [steps["one_tablet"][end]["times"] for end in ("low", "high")] == ["0.3", "11/30"]
    assert [steps["recovered"][end]["times"] for end in ("low", "high")] == ["0.97", "1"]
    assert steps["portion"]["low"] is steps["portion"]["high"] is None


def test_the_key_counts_where_a_plan_has_several_of_one_code():
    tree = {"dose": "0.02 mg", "quantity": 30, "source": {"strength": "50 mg", "least_tablets": 1}}
    tree |= {"drug": {"name": "a drug"}, "capsule": {"size": "3", "fill_mass": "135 mg"}}
    tree["source"] |= {"tablets_weighed": 1, "total_mass": "160 mg", "weighed_on": "2026-11-23"}
    steps = bench({**tree, "prepared_on": "2026-11-23"})
    aliquots = [key for key in steps if key.startswith("aliquot")]
    assert len(aliquots) > 1
    assert aliquots == [f"aliquot-{number}" for number in range(1, len(aliquots) + 1)]
    # Beside a trituration the diluent of the capsules is held to a hundredth, too.
    diluent = steps["diluent"]
    target, low = (Fraction(diluent[name]["exact"]) for name in ("target", "low"))
    assert low == target * Fraction(99, 100)


masses = st.fractions(min_value=Fraction(1, 10), max_value=10**6, max_denominator=10**6)


@given(
    target=masses, step=st.sampled_from(("0.01", "0.1", "1", "2", "10", "100")), part=st.sampled_from(("0.01", "0.03"))
)
def test_in_band_is_within_a_step_or_a_part_of_the_target(target, step, part):
    off = max(Fraction(step), target * Fraction(part))
    bounds = about(figure(target, MG), figure(part, RATIO), figure(1, RATIO), figure(step, MG))
    tiny = Fraction(1, 10**9)
    for actual in (target, target - off, target + off, target - off + tiny, target + off - tiny):
        assert bounds.side_of(figure(actual, MG)) == 0
    assert bounds.side_of(figure(target - off - tiny, MG)) == -1
    assert bounds.side_of(figure(target + off + tiny, MG)) == 1


def test_a_band_is_its_own_or_about_the_target_or_none():
    target, readability = figure(50, MG), figure(1, MG)

    def band(**parts):
        return band_of(BenchStep(BenchCode.DILUENT, **parts), readability, triturated=False)

    own = band(target=target, low=figure(10, MG), wants=Wants.MASS)
    assert own == Bounds(figure(10, MG), None)
    assert own.side_of(figure("9.999", MG)) == -1
    assert own.side_of(figure(10**9, MG)) == 0
    assert band(target=target, wants=Wants.MASS) == Bounds(figure("48.5", MG), figure("51.5", MG))
    assert band(target=target, wants=Wants.TICK) == band(wants=Wants.MASS) == Bounds()
    assert not band(target=OfTablets(target, Fraction(1)), wants=Wants.MASS).known
    beside = band_of(BenchStep(BenchCode.DILUENT, target=target, wants=Wants.MASS), readability, triturated=True)
    assert beside == Bounds(figure(49, MG), figure(51, MG))


@pytest.mark.parametrize(("typed", "side"), [("98.9", -1), ("99", 0), ("101", 0), ("101.1", 1)])
def test_a_liquid_is_brought_to_volume_within_a_hundredth(typed, side):
    tree = {"preparation": "liquid", "dose": "4.5 mg", "strength": "1 mg", "volume": "100 mL"}
    step = bench({**tree, "vehicle": {"name": "syrup", "preserved": "yes"}})["to_volume"]
    low, high = (Fraction(step[end]["exact"]) for end in ("low", "high"))
    assert (Fraction(typed) > high) - (Fraction(typed) < low) == side
