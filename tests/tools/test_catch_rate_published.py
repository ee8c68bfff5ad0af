"""Slips in orders that the authors of this program did not write: what was measured is kept."""

import pytest

from tests.tools.catch_rate_published import measure


@pytest.fixture(scope="module")
def measured():
    return measure()


@pytest.mark.parametrize(
    ("kind", "caught", "stopped"),
    # In per cent. The goals are 100 and 95 for a thousandfold slip or a wrong unit, 95 caught for a tenfold one;
    # `docs/evidence.md` names what is missed.
    [("x1000", 99, 94), ("/1000", 99, 94), ("unit swap", 99, 95), ("x10", 80, 25)],
)
def test_slips_in_published_orders_are_caught(measured, kind, caught, stopped):
    rows = [row for (of, _), row in measured[0].items() if of == kind]
    everything = sum(row["all"] for row in rows)
    assert everything >= 150
    assert 100 * sum(row["caught"] for row in rows) >= caught * everything
    assert 100 * sum(row["stopped"] for row in rows) >= stopped * everything


def test_slips_where_the_drug_has_a_file_are_all_caught(measured):
    for kind in ("x1000", "/1000", "unit swap", "x10", "/10"):
        row = measured[0][kind, "with a file"]
        assert row["caught"] == row["all"] > 0


def test_published_orders_raise_few_false_alarms(measured):
    _, _, alarmed, number = measured
    assert number >= 45
    assert 100 * len(alarmed) <= 5 * number
