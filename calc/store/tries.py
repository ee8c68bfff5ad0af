"""How wrong tries at a door are counted, when that locks the door, and for how long."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, insert, select, update

from calc.limits.people import LOCK_MINUTES, WRONG_LOCK, WRONG_SHUT
from calc.record.stamp import read_at, written_at
from calc.store.tables import CREDENTIAL


class Verdict(NamedTuple):
    """What came of a try: right; or wrong, and then for how many seconds the door is locked, or shut until unlocked.

    `failures` are the wrong tries in a row; `noted` says that this one locked a door for the first time or shut it.
    """

    right: bool
    wait: int = 0
    shut: bool = False
    failures: int = 0
    noted: bool = False


class Count(NamedTuple):
    """The wrong tries in a row at a door, and until when it is locked."""

    failures: int = 0
    until: datetime | None = None

    def closed(self, now: datetime) -> bool:
        """Return True if nothing is tried at this door now."""
        return self.failures >= WRONG_SHUT or (self.until is not None and now < self.until)

    def wrong(self, now: datetime) -> Count:
        """Return the count after one more wrong try.

        >>> from datetime import UTC
        >>> noon = datetime(2026, 11, 29, 12, tzinfo=UTC)
        >>> Count(4).wrong(noon).until - noon, Count(7).wrong(noon).until - noon, Count(18).wrong(noon).until - noon
        (datetime.timedelta(seconds=60), datetime.timedelta(seconds=480), datetime.timedelta(seconds=900))
        """
        failures = self.failures + 1
        if failures < WRONG_LOCK:
            return Count(failures)
        minutes = LOCK_MINUTES[min(failures - WRONG_LOCK, len(LOCK_MINUTES) - 1)]
        return Count(failures, now + timedelta(minutes=minutes))

    def verdict(self, now: datetime) -> Verdict:
        """Return what is said of a try that was wrong, or that was not made because the door is closed."""
        shut = self.failures >= WRONG_SHUT
        wait = 0 if shut or self.until is None else -((now - self.until) // timedelta(seconds=1))
        return Verdict(right=False, wait=max(wait, 0), shut=shut, failures=self.failures)


def row_of(person: str, kind: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions for one row of the credentials."""
    return CREDENTIAL.c.person == person, CREDENTIAL.c.kind == kind


def count_at(connection: Connection, person: str, door: str) -> Count:
    """Return the count at a door of a person; none where nothing was ever tried."""
    columns = select(CREDENTIAL.c.failures, CREDENTIAL.c.locked_until)
    row = connection.execute(columns.where(*row_of(person, door))).one_or_none()
    return Count() if row is None else Count(row.failures, read_at(row.locked_until) if row.locked_until else None)


def write_count(connection: Connection, person: str, door: str, count: Count) -> None:
    """Keep the count at a door."""
    values = {"failures": count.failures, "locked_until": None if count.until is None else written_at(count.until)}
    if not connection.execute(update(CREDENTIAL).where(*row_of(person, door)).values(values)).rowcount:
        connection.execute(insert(CREDENTIAL).values(person=person, kind=door, hash="", **values))
