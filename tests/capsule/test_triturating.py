"""The search for a trituration finds what trying everything finds, in every small case; and it keeps its bounds."""

import random
from fractions import Fraction
from math import floor

import pytest

from calc.arithmetic.units import MG, RATIO, figure
from calc.capsule.sheet import sheet
from calc.rules.triturations import Bounds, one_step_of_whole, triturations
from tests.support.papers import planned

ROUNDINGS = (Fraction(0), Fraction(1, 1000), Fraction(1, 100))


def half_up(value):
    return floor(value + Fraction(1, 2))


def handy_masses(least, most):
    """The least weighable quantity up to fives, times 1, 2, 5, 10 and so on, in steps of the balance."""
    first = next(mass for mass in range(least, least + 5) if mass % 5 == 0)
    return [mass for mass in range(first, most + 1) if str(mass // first).strip("0") in "125" and mass % first == 0]


def tried(needed, whole, most_weighed, least, cap, room, most_steps):
    """The best way by trying every one there is, in steps of the balance; ways are tuples of (weigh, total, take)."""
    found = []

    def go_on(way, weigh, left, part, first_is_whole):
        if left == 1:
            for total in range(weigh + least, min(10 * weigh, cap) + 1):
                taken = part * total / weigh
                shown = half_up(taken)
                effect = abs(shown - taken) / taken
                if least <= taken < total and (room is None or taken <= room) and effect <= ROUNDINGS[-1]:
                    grade = next(i for i, most in enumerate(ROUNDINGS) if effect <= most)
                    found.append((grade, first_is_whole, [*way, (weigh, total, taken)]))
            return
        for ratio in range(2, 11):
            if ratio * weigh <= cap:
                for taken in handy_masses(least, ratio * weigh - 1):
                    if part * ratio < taken:
                        go_on([*way, (weigh, ratio * weigh, taken)], taken, left - 1, part * ratio, first_is_whole)

    for number in range(1, most_steps + 1):
        for mass in handy_masses(least, most_weighed):
            go_on([], mass, number, needed, 1)
        if whole is not None and whole >= least:
            go_on([], whole, number, needed, 0)
        if found:
            _, weighed, way = min(found, key=lambda one: (0 if whole is not None else one[2][0][0], *rank(one)))
            return not weighed, way
    return False, []


def rank(one):
    grade, weighed, way = one
    return (
        grade,
        weighed,
        sum(total - weigh for weigh, total, _ in way),
        sum(half_up(Fraction(taken)) % 5 != 0 for _, _, taken in way),
        sum(total for _, total, _ in way),
        [total for _, total, _ in way],
        [taken for _, _, taken in way],
    )


def mg(number):
    return figure(Fraction(number), MG)


def bounds(least, cap, room=None, step=1, most_steps=4):
    roundings = tuple(figure(most, RATIO) for most in ROUNDINGS)
    return Bounds(mg(step), mg(least), mg(cap), None if room is None else mg(room), 10, most_steps, roundings)


@pytest.mark.parametrize("seed", range(60))
def test_it_finds_what_trying_everything_finds(seed):
    draw = random.Random(seed)
    least, cap = draw.randint(1, 12), draw.randint(30, 260)
    whole = draw.randint(least, 60)
    weighed = draw.randint(1, whole)
    needed = Fraction(draw.randint(1, 400), draw.choice([10, 16, 25, 100, 300, 1000]))
    if needed >= whole:
        needed /= 40
    room = draw.choice([None, None, draw.randint(least, cap)])
    given = draw.choice([whole, None])
    got = triturations(mg(needed), None if given is None else mg(given), mg(weighed), bounds(least, cap, room, 1, 3))
    expected_whole, expected = tried(needed, given, weighed, least, cap, room, 3)
    assert [(s.weigh.value, s.total.value, s.take.value) for s in got] == expected
    assert [s.take_shown.value for s in got] == [half_up(Fraction(taken)) for _, _, taken in expected]
    assert [s.all_of_it for s in got] == [expected_whole and index == 0 for index in range(len(got))]


@pytest.mark.parametrize(
    ("needed", "tablets", "steps"),
    [
        ("16", "160", 1),
        ("9.6", "160", 1),
        ("1.6", "160", 2),
        ("0.16", "160", 3),
        ("0.02", "160", 3),
        ("0.0096", "160", 4),
    ],
)
def test_fewer_steps_are_never_left_out(needed, tablets, steps):
    """On a balance of 1 mg that weighs 20 mg and more: n steps reach a ten to the n-th of it, and no further."""
    got = triturations(mg(needed), mg(tablets), mg(tablets), bounds(20, 20000))
    assert len(got) == steps
    for step in got:
        assert 20 <= step.weigh.value < step.total.value <= min(10 * step.weigh.value, 20000)
        assert 20 <= step.take.value < step.total.value
    assert [after.weigh for after in got[1:]] == [before.take for before in got[:-1]]
    part = Fraction(needed) / Fraction(tablets) if got[0].all_of_it else Fraction(needed) / got[0].weigh.value
    for step in got[:-1]:
        part = part * step.total.value / step.take.value
    assert part * got[-1].total.value == got[-1].take.value


@pytest.mark.parametrize(("needed", "steps"), [("2", 1), ("1.999999", 2), ("0.002", 4), ("0.001999", 0)])
def test_ten_times_and_four_steps_are_within_the_bounds(needed, steps):
    """20 mg, all there is, made up to 200 mg: of that 20 mg can be taken. Four times so, and no further."""
    assert len(triturations(mg(needed), mg(20), mg(20), bounds(20, 20000))) == steps


@pytest.mark.parametrize(("cap", "steps"), [(200, 1), (199, 2)])
def test_the_most_that_a_step_makes_up_to_is_within_the_bounds(cap, steps):
    assert len(triturations(mg(2), mg(20), mg(20), bounds(20, cap))) == steps


def test_beyond_four_steps_there_is_nothing():
    assert triturations(mg("0.0019"), mg(160), mg(160), bounds(20, 20000)) == ()


def test_a_powder_that_is_not_on_the_balances_grid_is_weighed():
    (step,) = triturations(mg("9.6"), mg("160.5"), mg("160.5"), bounds(20, 20000))
    assert not step.all_of_it
    assert step.weigh.value in (20, 40, 100)


def test_a_last_aliquot_has_room_in_the_capsules():
    room = mg(21)
    (step,) = triturations(mg("9.6"), mg(160), mg(160), bounds(20, 20000, 21))
    assert step.take <= room


@pytest.mark.parametrize(("share", "expected"), [("3/50", 400), ("1/999", 20000), ("1/1000", None)])
def test_one_step_of_all_the_powder_needs_no_mass_of_tablets(share, expected):
    got = one_step_of_whole(figure(Fraction(share), RATIO), bounds(20, 20000))
    assert (None if got is None else got.value) == expected


@pytest.mark.parametrize(
    ("changes", "diluent"),
    [
        ({}, "30 \u00d7 P_d \u2212 0.024 g"),
        ({"capsule": {"fill_mass": "120 mg"}}, "30 \u00d7 0.12 g \u2212 0.024 g"),
        (
            {"diluent": {"packing_statistic": "135 mg"}, "tablet_powder": {"packing_statistic": "165 mg"}},
            "30 \u00d7 0.135 g \u2212 0.024 g",
        ),
    ],
)
def test_before_the_tablets_are_weighed_the_aliquot_has_a_diluent_of_its_own(changes, diluent):
    """What the aliquot brings along is diluent: none of it is added a second time."""
    order = {"dose": "0.1 mg", "quantity": 30, "prepared_on": "2026-11-23", **changes}
    stage = next(stage for stage in sheet(planned(order)).work if stage.title == "Triturate")
    assert diluent in stage.actions[-1].note
    assert stage.actions[0].target == "W from 40 mg to 333.3 mg"
