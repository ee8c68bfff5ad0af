"""What the table of vehicles knows of a vehicle: water, preservative, sugar and what some patients must avoid."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1)]
#: What is known of a vehicle; blank where nobody said it, or where two sources differ.
Known = Literal["yes", "no", ""]


class KnownVehicle(BaseModel):
    """One row of the table. `mark` says whether its source was read, or is quoted second-hand."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Text
    also: str
    aqueous: Known
    preserved: Known
    sugar_free: Known
    contains: str
    note: str
    source: Text
    mark: Literal["read", "second-hand"]

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the vehicle in small letters, its own first."""
        return tuple(name.casefold() for name in (self.name, *listed(self.also)))

    @property
    def excipients(self) -> tuple[str, ...]:
        """What is in it that some patients must avoid."""
        return listed(self.contains)


def listed(text: str) -> tuple[str, ...]:
    """Return the items of a cell of the table.

    >>> listed("sucrose; parabens"), listed("")
    (('sucrose', 'parabens'), ())
    """
    return tuple(item.strip(" ") for item in text.split(";") if item.strip(" "))
