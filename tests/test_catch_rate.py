"""Slips of the typing hand are told, and ordinary orders are not: the shares that the program promises."""

import pytest

from tests.catch_rate import measure


@pytest.fixture(scope="module")
def measured():
    return measure()


@pytest.mark.parametrize(
    ("kind", "goal"),
    [
        *(("x1000", 99), ("/1000", 99), ("unit swap", 99), ("x10", 95), ("/10", 95), ("lost point", 95)),
        *(("dose and strength swapped", 95), ("tablets and quantity swapped", 95)),
    ],
)
def test_slips_are_caught(measured, kind, goal):
    caught, everything = measured[0][kind]
    assert everything >= 25
    assert 100 * caught >= goal * everything


def test_ordinary_orders_raise_no_alarm(measured):
    _, _, alarmed, hard, number = measured
    assert number >= 40
    assert hard == 0
    assert 100 * alarmed <= 5 * number
