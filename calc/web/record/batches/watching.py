"""What the start page watches: stock that is past its date or nears it, and the age of the last backup."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from calc.record.rights import Role
from calc.record.stamp import read_at
from calc.store.doctor import is_old
from calc.store.reading import BatchRow, Reading
from calc.web.record.batches import words
from calc.web.record.batches.acting import address_of
from calc.web.record.batches.moments import day_of, moment_of
from calc.web.record.batches.states import PAST, Chip

#: How many days before its date a batch is watched.
SOON = 60


class Backup(NamedTuple):
    """What is said of the last backup; `stop` is True where somebody has to make one."""

    text: str
    stop: bool


def expiring(reading: Reading, most: int) -> dict[str, Any]:
    """Return the group of released batches that are past their date or near it, with some of them on hand."""
    today = reading.moment().day
    rows = reading.expiring((today + timedelta(days=SOON)).isoformat(), limit=most + 1)
    return {
        "title": words.EXPIRING.format(days=SOON),
        "none": words.NONE_EXPIRING,
        "count": f"{most}+" if len(rows) > most else str(len(rows)),
        "rows": [_shown(row, today) for row in rows[:most]],
        "more": "/record/batches?state=released" if len(rows) > most else "",
    }


def _shown(row: BatchRow, today: date) -> dict[str, Any]:
    until = row.use_until or ""
    left = (date.fromisoformat(until) - today).days
    soon = words.LAST_DAY if left == 0 else words.DAY_LEFT if left == 1 else words.DAYS_LEFT.format(days=left)
    return {
        "number": row.number,
        "address": address_of(row.number),
        "what": f"{row.drug}, {words.KINDS[row.preparation]}",
        "next": words.USE_UNTIL.format(day=day_of(until)),
        "state": PAST if left < 0 else Chip("wait", "clock", soon),
    }


def backup(reading: Reading, role: Role) -> Backup:
    """Return what is said of the last backup: the pharmacist-in-charge is told to make one that is overdue."""
    last = reading.site().backed_up
    age = None if last is None else reading.moment().at - read_at(last.at)
    overdue = last is None or is_old(last, reading.moment().at)
    if last is None or age is None:
        said = words.NO_BACKUP
    elif overdue and age.days < 0:
        said = words.BACKUP_AHEAD.format(day=moment_of(last.at))
    else:
        days = max(age.days, 0)
        said = words.LAST_BACKUP.format(day=moment_of(last.at), days=words.DAYS_AGO.get(days, f"{days} days"))
    stop = overdue and role == Role.IN_CHARGE
    return Backup(f"{said} {words.BACK_UP_NOW}" if stop else said, stop)
