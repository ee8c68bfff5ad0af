"""The vehicle of an order, and those known by name, as the contract has them; blank is not known or disputed."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path

#: Name, other names, aqueous, preserved, free of sugar, what it contains.
TABLE = Path(__file__).with_name("vehicles.txt").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Known:
    """What the table says of one vehicle; None where it does not say."""

    aqueous: bool | None
    preserved: bool | None
    sugar_free: bool | None
    contains: tuple[str, ...]


SAID = {"yes": True, "no": False, "": None}


def _listed(text: str) -> tuple[str, ...]:
    """What stands between semicolons."""
    return tuple(one.strip() for one in text.split(";") if one.strip())


def _read() -> dict[str, Known]:
    """Each of the names, in small letters, with what is said of it."""
    known = {}
    for line in TABLE.splitlines():
        name, others, *said, contains = (cell.strip() for cell in line.split("|"))
        vehicle = Known(*(SAID[cell] for cell in said), _listed(contains))
        known |= dict.fromkeys((one.casefold() for one in (name, *_listed(others))), vehicle)
    return known


KNOWN = _read()


def known(name: str) -> Known | None:
    """What the table says of a vehicle, by any of its names."""
    return KNOWN.get(name.casefold())


@dataclass(slots=True)
class Part:
    """A vehicle, or one part of a mixture; `share` and `volume` are None where the amount is said another way."""

    name: str
    aqueous: bool
    preserved: bool
    expiry: date | None
    share: int | None = None
    volume: Fraction | None = None

    @property
    def known(self) -> Known | None:
        """What the table says of it."""
        return known(self.name)


@dataclass(slots=True)
class Vehicle:
    """The whole vehicle; `parts` is empty where it is one alone, `claimed`: said to be preserved as a mixture."""

    whole: Part
    cold: bool
    parts: list[Part] = field(default_factory=list)
    claimed: bool = False

    @property
    def each(self) -> list[Part]:
        """The parts, or the one vehicle."""
        return self.parts or [self.whole]

    @property
    def typed_volumes(self) -> list[Fraction]:
        """The volumes of its parts that were typed."""
        return [part.volume for part in self.parts if part.volume is not None]

    @property
    def expiries(self) -> dict[str, date | None]:
        """Each expiry by its field."""
        if not self.parts:
            return {"vehicle.expiry": self.whole.expiry}
        return {f"vehicle.parts.{at}.expiry": part.expiry for at, part in enumerate(self.parts)}
