"""Slips in what came with formulations are told, and published formulations are not: what was measured is kept."""

import pytest

from tests.tools.catch_rate_names import measure


@pytest.fixture(scope="module")
def measured():
    return measure()


@pytest.mark.parametrize(
    ("kind", "share", "number"),  # in per cent; `docs/evidence.md` names what is missed
    [("x1000", 100, 30), ("/1000", 97, 30), ("unit swap", 100, 40), ("lost point", 100, 6), ("ratio typed", 100, 6)],
)
def test_slips_in_new_names_are_caught(measured, kind, share, number):
    rows = [row for (_, of), row in measured[0].items() if of == kind]
    everything = sum(row["all"] for row in rows)
    assert everything >= number
    assert 100 * sum(row["caught"] for row in rows) >= share * everything


@pytest.mark.parametrize("name", ["equals", "molar mass"])
@pytest.mark.parametrize("kind", ["x10", "/10"])
def test_a_tenfold_slip_in_the_factor_of_two_forms_is_stopped(measured, name, kind):
    row = measured[0][name, kind]
    assert row["stopped"] == row["all"] >= 4


def test_a_date_typed_tenfold_seldom_lengthens_what_is_printed(measured):
    """It does for a monograph, to 180 days at most, and for a date shorter than the general limit, to that limit."""
    for kind, most in (("/10", 0), ("x10", 8)):
        row = measured[0]["published date", kind]
        assert row["all"] > 40
        assert row["all"] - row["caught"] - row["harmless"] <= most


def test_published_formulations_raise_no_alarm(measured):
    _, _, alarmed, number = measured
    assert number >= 40
    assert not alarmed
