"""Where the record is kept, by `TRITURATE_DATA` and `TRITURATE_WITNESS`, and the moment of its events."""

from __future__ import annotations

import os
from pathlib import Path

from calc.record.stamp import Moment
from calc.service import clock

DATA, WITNESS = "TRITURATE_DATA", "TRITURATE_WITNESS"


def data_folder() -> Path | None:
    """Return the folder of the record; None where there is to be no record."""
    return _path(DATA)


def witness_file() -> Path | None:
    """Return where the witness is kept; None for beside the record."""
    return _path(WITNESS)


def moment() -> Moment:
    """Return the present moment with the local day, in the time zone of all dates; raises `BadSetting`."""
    at, zone = clock.now(), clock.zone()
    local = at.astimezone(zone)
    return Moment(at, str(local.tzinfo), local.date())


def _path(name: str) -> Path | None:
    text = os.environ.get(name)
    return Path(text) if text else None
