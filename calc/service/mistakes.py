"""Internal errors, logged under a reference number. The log names the error and its place, never the order."""

from __future__ import annotations

import logging
import secrets
from pathlib import Path

log = logging.getLogger("triturate")


def log_mistake(fault: Exception) -> str:
    """Log an internal error and return its reference number."""
    number = secrets.token_hex(4)
    where = fault.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = "" if where is None else f"{Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}"
    log.error("mistake %s: %s at %s", number, type(fault).__name__, place)
    return number
