"""The pharmacy of the settings: `TRITURATE_PHARMACY_NAME`, `TRITURATE_PHARMACY_ADDRESS`, `TRITURATE_PHARMACY_PHONE`."""

from __future__ import annotations

import os

from pydantic_core import PydanticCustomError

from calc import limits
from calc.paper.pharmacy import Pharmacy
from calc.reading.fields import text_up_to
from calc.service.clock import BadSetting


def pharmacy() -> Pharmacy:
    """Return the pharmacy of the settings; what is not set is blank.

    Raises `BadSetting` for a text that is too long or that the papers cannot print.
    """
    return Pharmacy(**{part: _text(part, longest) for part, (longest, _) in limits.PHARMACY_TEXTS.items()})


def _text(part: str, longest: int) -> str:
    setting = f"TRITURATE_PHARMACY_{part.upper()}"
    typed = os.environ.get(setting, "").strip(" ")
    if not typed:
        return ""
    try:
        text: str = text_up_to(longest).read(typed)
    except PydanticCustomError as fault:
        said = f"{typed[:60]!r} has more than {longest} characters, or one that the papers cannot print"
        raise BadSetting(f"{setting}: {said}") from fault
    return text
