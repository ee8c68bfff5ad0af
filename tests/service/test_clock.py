"""The clock of the program: the day in the zone that was set."""

import time
from datetime import datetime, timedelta, timezone

import pytest

from calc.service.clock import BadSetting, today


def date_now(zone):
    return datetime.fromtimestamp(time.time(), zone).date()


@pytest.mark.parametrize(("zone", "hours"), [("Pacific/Kiritimati", 14), ("Pacific/Pago_Pago", -11)])
def test_the_day_is_that_of_the_zone_that_was_set(monkeypatch, zone, hours):
    """Neither zone has a summer time; one of the two is never on the day of the other."""
    monkeypatch.setenv("TRITURATE_TZ", zone)
    there = timezone(timedelta(hours=hours))
    before, said, after = date_now(there), today(), date_now(there)
    assert before <= said <= after


@pytest.mark.parametrize("name", ["Mars/Olympus", "../etc/passwd", "Europe/"])
def test_a_zone_that_there_is_not_stops_the_start_and_is_named(monkeypatch, name):
    monkeypatch.setenv("TRITURATE_TZ", name)
    with pytest.raises(BadSetting, match="is not a time zone") as refused:
        today()
    assert repr(name) in str(refused.value)
