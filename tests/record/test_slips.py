"""Planted slips of a maker, found by a true checker (the long form is `tests/tools/record_slips.py`)."""

from fractions import Fraction

from tests.tools.record_slips import KINDS, measure, refused


def test_a_true_checker_finds_the_slips_of_a_maker():
    found = measure(48, 11)
    assert found.keys() == set(KINDS)
    for kind, places in found.items():
        assert (places.total(), places[""]) == (8, 0), (kind, places)
    by_reading = sum(places["crushing"] + places["mixing"] + places["release"] for places in found.values())
    assert by_reading > 20  # the others no range let pass


def test_what_a_copying_checker_lets_pass_is_left_to_the_ranges():
    found = measure(12, 11, copied=True)
    assert found["wrong lot"][""] == found["wrong boat"][""] == 2
    assert found["unit"][""] == 0


def test_who_weighs_truly_is_hardly_ever_refused():
    assert refused(6, 5) == 0
    assert refused(6, 5, Fraction(1, 10), stated=True) == 0
