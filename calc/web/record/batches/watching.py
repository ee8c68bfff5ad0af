"""What the start page watches: stock that is past its date or nears it, and the age of the last backup."""

from __future__ import annotations

from collections.abc import Sequence
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

#: Most batches of one group on the start page.
MOST = 8
#: How many days before its date a batch is watched.
SOON = 60


class Backup(NamedTuple):
    """What is said of the last backup; `stop` is True where somebody has to make one."""

    text: str
    stop: bool


def group(title: str, none: str, rows: Sequence[dict[str, Any]], more: str) -> dict[str, Any]:
    """Return a group of batches: the first of its rows, and the address of all where there are more."""
    over = len(rows) > MOST
    count = f"{MOST}+" if over else str(len(rows))
    return {"title": title, "none": none, "count": count, "rows": rows[:MOST], "more": more if over else ""}


def expiring(reading: Reading) -> dict[str, Any]:
    """Return the group of released batches that are past their date or near it, with some of them on hand."""
    today = reading.moment().day
    rows = reading.expiring((today + timedelta(days=SOON)).isoformat(), limit=MOST + 1)
    found = [_shown(row, today) for row in rows]
    return group(words.EXPIRING.format(days=SOON), words.NONE_EXPIRING, found, "/record/batches?state=released")


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
    last, now = reading.site().backed_up, reading.moment().at
    overdue = last is None or is_old(last, now)
    if last is None:
        said = words.NO_BACKUP
    elif (days := (now - read_at(last.at)).days) < 0 and overdue:
        said = words.BACKUP_AHEAD.format(day=moment_of(last.at))
    else:
        days = max(days, 0)
        said = words.LAST_BACKUP.format(day=moment_of(last.at), days=words.DAYS_AGO.get(days, f"{days} days"))
    stop = overdue and role == Role.IN_CHARGE
    return Backup(f"{said} {words.BACK_UP_NOW}" if stop else said, stop)
