"""What the record needs, looked at point by point."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from calc.record.people.state import Looked
from calc.record.refusals import NotSetUp
from calc.record.stamp import Moment, read_at
from calc.service.clock import BadSetting
from calc.store.door import Store
from calc.store.sqlite import FAULTS, FILE, BadSettings
from calc.store.witness import witness_of
from calc.store.writing import CLOCK_TOLERANCE, head_of

GOOD, LOOK, BAD = "good", "look", "bad"
#: Days after which a backup, and a verification, are asked for again.
DAYS = 7
_MB = 1024 * 1024
#: Free room, in MB, below which it is to be looked at, and below which it is bad.
LITTLE_ROOM, NO_ROOM = 1_000, 50


class Finding(NamedTuple):
    """A point that was looked at: good, to be looked at, or bad; a code of what was found, and its facts."""

    level: str
    code: str
    facts: Mapping[str, Any] = MappingProxyType({})


def looked_at(folder: Path, *, now: Callable[[], Moment], witness: Path | None = None) -> Iterator[Finding]:
    """Yield what was found of each point; the first bad one that hides the others ends it."""
    yield from _owners(folder, witness_of(folder, witness).path)
    try:
        store = Store.open(folder, now=now, witness=witness)
    except (NotSetUp, *FAULTS, BadSettings, BadSetting, OSError) as fault:
        yield Finding(BAD, "not_opened", {"why": fault})
        return
    try:
        yield Finding(GOOD, "opened")
        yield from _place(store)
        yield from _kept(store)
    finally:
        store.close()


def _owners(folder: Path, witness: Path) -> Iterator[Finding]:
    """Yield which of the folder and its files belongs to another user, who alone can open it."""
    with suppress(OSError):
        owner = folder.stat().st_uid
        if owner != os.geteuid():
            yield Finding(LOOK, "other_owner", {"path": folder})
        for path in (folder / FILE, witness):
            with suppress(OSError):
                if path.stat().st_uid != owner:
                    yield Finding(BAD, "owners", {"path": path})


def _place(store: Store) -> Iterator[Finding]:
    why = store.ready()
    yield Finding(GOOD, "ready") if why is None else Finding(BAD, "not_ready", {"why": why})
    open_to_others = store.folder.stat().st_mode & 0o077
    yield Finding(LOOK, "not_private", {"folder": store.folder}) if open_to_others else Finding(GOOD, "private")
    seen = store.witness.path
    if not seen.exists():
        yield Finding(BAD, "witness_gone", {"path": seen})
    elif seen.stat().st_dev == store.folder.stat().st_dev:
        yield Finding(LOOK, "witness_beside")
    else:
        yield Finding(GOOD, "witness_elsewhere")
    free = shutil.disk_usage(store.folder).free // _MB
    level = BAD if free < NO_ROOM else LOOK if free < LITTLE_ROOM else GOOD
    yield Finding(level, "room" if level == GOOD else "little_room", {"free": free})


def _kept(store: Store) -> Iterator[Finding]:
    now = store.now().at
    with store.reading() as reading:
        site = reading.site()
    with store.connection() as connection:
        _, last = head_of(connection)
    behind = bool(last) and now < read_at(last) - CLOCK_TOLERANCE
    yield Finding(BAD, "clock_behind", {"at": last}) if behind else Finding(GOOD, "clock")
    if site.backed_up is None:
        yield Finding(LOOK, "no_backup")
    else:
        old = is_old(site.backed_up, now)
        yield Finding(LOOK if old else GOOD, "backup_old" if old else "backed_up", {"at": site.backed_up.at[:10]})
    if site.verified is None or is_old(site.verified, now):
        yield Finding(LOOK, "not_verified", {"days": DAYS})
    else:
        yield Finding(GOOD, "verified", {"at": site.verified.at[:10]})
    if site.pharmacy:
        yield Finding(GOOD, "set_up", {"pharmacy": site.pharmacy})
    else:
        yield Finding(LOOK, "not_set_up")
    yield Finding(LOOK, "disk_encrypted")


def is_old(looked: Looked, now: datetime) -> bool:
    """Return whether something is to be done again: it was too long ago, or by a clock that was ahead."""
    return not -CLOCK_TOLERANCE <= now - read_at(looked.at) <= timedelta(days=DAYS)
