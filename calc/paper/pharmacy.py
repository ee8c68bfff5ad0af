"""The pharmacy as papers name it: name, address and phone; a blank one is a line to write on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pharmacy:
    """A pharmacy, as finished strings."""

    name: str = ""
    address: str = ""
    phone: str = ""


NO_PHARMACY = Pharmacy()
