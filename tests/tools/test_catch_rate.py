"""Slips of the typing hand are told, and ordinary orders are not: the shares that the program promises."""

import pytest

from tests.tools import catch_rate_others
from tests.tools.catch_rate import clean_liquids, clean_orders, false_alarms, measure, published_orders

GOALS = [("x1000", 99), ("/1000", 99), ("unit swap", 99), ("x10", 95), ("/10", 95), ("lost point", 95)]


@pytest.fixture(scope="module")
def measured():
    return measure()


@pytest.fixture(scope="module")
def measured_liquids():
    return measure(clean_liquids)


def assert_caught(by_kind, kind, goal):
    caught, everything = by_kind[kind]
    assert everything >= 25
    assert 100 * caught >= goal * everything


@pytest.mark.parametrize(
    ("kind", "goal"), [*GOALS, ("dose and strength swapped", 95), ("tablets and quantity swapped", 95)]
)
def test_slips_are_caught(measured, kind, goal):
    assert_caught(measured[0], kind, goal)


def test_ten_bodies_typed_for_one_are_stopped(measured):
    """A shell left in a mean is within what powders pack, and is measured only: the fields ask for the shells."""
    caught, everything = measured[0]["ten bodies not divided"]
    assert caught == everything >= 15
    assert measured[0]["shell left in"][1] == everything


@pytest.mark.parametrize(("kind", "goal"), [*GOALS, ("drug of the bottle for that of 1 mL", 99)])
def test_slips_in_a_liquid_are_caught(measured_liquids, kind, goal):
    assert_caught(measured_liquids[0], kind, goal)


@pytest.mark.parametrize("which", ["measured", "measured_liquids"])
def test_ordinary_orders_raise_no_alarm(request, which):
    _, _, alarmed, hard, number = request.getfixturevalue(which)
    assert number >= 35
    assert hard == 0
    assert 100 * alarmed <= 5 * number


def test_published_orders_raise_no_alarm_beside_the_ordinary_ones():
    alarmed, hard, number = false_alarms([*published_orders(), *clean_orders(), *clean_liquids()])
    assert number >= 90
    assert hard == 0
    assert 100 * alarmed <= 5 * number


@pytest.mark.parametrize("name", catch_rate_others.ASKED)
def test_slips_in_a_schedule_and_in_a_check_are_caught(name):
    by_kind, _, alarmed, number = catch_rate_others.measure(name)
    for kind, goal in GOALS:
        caught, everything = by_kind[kind]
        assert everything >= 16
        assert 100 * caught >= goal * everything
    # A step of seven days is a batch of seven capsules, fewer than usual, and a small dose for long one of many.
    assert alarmed <= {"schedules": 2, "checks of weights": 0}[name] < number


def test_what_has_changed_places_is_told_where_it_can_be():
    """Doses of two steps alone may fall as well as rise; of three, two that changed places rise and fall."""
    of_schedules, missed, _, _ = catch_rate_others.measure("schedules")
    caught, everything = of_schedules["doses of two steps swapped"]
    assert everything - caught == sum(len(wrong["schedule"]) == 2 for _, wrong in missed["doses of two steps swapped"])
    assert catch_rate_others.measure("checks of weights")[0]["shell and fill swapped"] == [3, 3]
