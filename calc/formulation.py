"""Models of a published formulation's TOML file: what it fixes, what it leaves open, its dates, and what was not seen.

Facts alone stand in a file, in our own words. What a source does not say is left out, and shown as not known.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from calc.drug import Data, PlainDecimal, Words
from calc.limits import LONGEST_VEHICLE, MOST_INGREDIENTS, MOST_PARTS
from calc.reading.fields import Count, Mass, PlainText, Volume, canonical, text_up_to
from calc.reading.strengths import MassOrVolume

#: What a key starts with; behind it stands the name of the file.
KEY_PREFIX = "pub:"
NAME_IN_KEY = re.compile(r"[a-z0-9][a-z0-9.-]{0,35}")
Said = Literal["yes", "no", "unknown"]
Place = Literal["refrigerator", "room temperature", "freezer"]
#: Whether the page with a figure was read, or only an abstract, a translation or a quotation of it.
Mark = Literal["R", "A"]
VehicleName = Annotated[str, text_up_to(LONGEST_VEHICLE)]
Path = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z_]+)*$")]


class MethodCode(StrEnum):
    """One step of a published method; `calc.wording.formulations` has its sentence."""

    CRUSH_TABLETS = "crush_tablets"
    CRUSH_WITH_ANTIOXIDANT = "crush_with_antioxidant"
    EMPTY_CAPSULES = "empty_capsules"
    TRITURATE = "triturate"
    BLEND_BY_GEOMETRIC_DILUTION = "blend_by_geometric_dilution"
    FILL_CAPSULES = "fill_capsules"
    DISPERSE_WHOLE_TABLETS = "disperse_whole_tablets"
    SHAKE_ONE_MINUTE = "shake_one_minute"
    SHAKE_TWO_MINUTES_STAND_ONE_HOUR = "shake_two_minutes_stand_one_hour"
    MIX_VEHICLE_FIRST = "mix_vehicle_first"
    PASTE_WITH_WETTING_AGENT = "paste_with_wetting_agent"
    PASTE_WITH_VEHICLE = "paste_with_vehicle"
    DISSOLVE_IN_WATER = "dissolve_in_water"
    DISSOLVE_ANTIOXIDANT = "dissolve_antioxidant"
    WET_WITH_ACID = "wet_with_acid"
    ADD_IN_PORTIONS = "add_in_portions"
    ADD_BUFFER_AND_VEHICLE = "add_buffer_and_vehicle"
    ADD_VEHICLE = "add_vehicle"
    ADD_SYRUP = "add_syrup"
    MIX_IN_SYRINGE = "mix_in_syringe"
    RINSE_MORTAR = "rinse_mortar"
    TO_VOLUME = "to_volume"
    ADJUST_PH = "adjust_ph"
    MAY_BE_FILTERED = "may_be_filtered"
    SHAKE_BEFORE_USE = "shake_before_use"


class Content(Data):
    """One ingredient or part of the vehicle as the source has it; `amount` is absent where none was seen."""

    name: Words
    amount: Words | None = None
    role: Words | None = None


class Made(Data):
    """What the source makes: from how many of which tablets or capsules, or from how much drug, and how much of it.

    `derived` says which of these figures follow from others and are not printed.
    """

    source: Words
    unit_strength: Mass | None = None
    count: PlainDecimal | None = None
    drug: Mass | None = None
    volume: Volume | None = None
    derived: tuple[Literal["unit_strength", "count", "drug", "volume"], ...] = ()

    @model_validator(mode="after")
    def _derives_what_is_there(self) -> Made:
        for name in self.derived:
            if getattr(self, name) is None:
                raise ValueError(f"derived: {name} is not there")
        return self


class Source(Data):
    """The source of the drug, as an order names it; `contents` where the formulation names pellets."""

    kind: Literal["tablet", "capsule", "powder"]
    strength: Mass | None = None
    contents: Literal["pellets"] | None = None
    tablets_used: Count | None = None


class VehiclePart(Data):
    """One part of the vehicle, as an order names it, or another vehicle that the formulation takes in its place."""

    name: VehicleName
    share: Count | None = None
    volume: Volume | None = None
    to_volume: Literal["yes"] | None = None
    instead: tuple[VehicleName, ...] = ()

    @model_validator(mode="after")
    def _has_one_amount(self) -> VehiclePart:
        if sum(amount is not None for amount in (self.share, self.volume, self.to_volume)) != 1:
            raise ValueError("a part of the vehicle says one of share, volume and to_volume")
        return self


class Ingredient(Data):
    """One ingredient besides drug and vehicle, as an order names it."""

    name: PlainText
    amount: MassOrVolume
    per: Literal["batch", "100 mL"]
    role: Literal["buffer", "preservative", "antioxidant", "sweetener", "flavor", "wetting agent", "other"]


class OrderSaid(Data):
    """What an order of the formulation says, by the names of an order; `preserved` where the source says so itself.

    A strength, or tablets that are used whole.
    """

    strength: Mass | None = None
    volume: Volume
    source: Source
    vehicle: Annotated[tuple[VehiclePart, ...], Field(min_length=1, max_length=MOST_PARTS)]
    preserved: Literal["yes"] | None = None
    ingredients: Annotated[tuple[Ingredient, ...], Field(max_length=MOST_INGREDIENTS)] = ()

    @model_validator(mode="after")
    def _is_so_strong(self) -> OrderSaid:
        if (self.strength is None) == (self.source.tablets_used is None):
            raise ValueError("an order says its strength, or the tablets that are used whole")
        return self


class Dated(Data):
    """One published date. `condition` is its storage in the words of the source, `storage` the place that they mean.

    `cited` is the reference short enough for an order.
    """

    storage: Place
    condition: Words
    days: Annotated[Count, Field(ge=1, le=3650)] | None = None
    hours: Annotated[Count, Field(ge=1, le=240)] | None = None
    kind: Literal["study", "monograph", "recipe"]
    stability_indicating: Said = "unknown"
    microbial: Said = "unknown"
    container: PlainText | None = None
    cited: PlainText
    note: Words | None = None
    mark: Mark

    @model_validator(mode="after")
    def _lasts(self) -> Dated:
        if (self.days is None) == (self.hours is None):
            raise ValueError("a date says days or hours")
        return self


class Reference(Data):
    """Where a formulation was published, and where it was read."""

    authors: Words
    title: Words
    where: Words
    year: Annotated[int, Field(ge=1950, le=2100)] | None = None
    addresses: Annotated[tuple[Annotated[str, StringConstraints(pattern=r"^https?://\S+$")], ...], Field(min_length=1)]


class Formulation(Data):
    """One published formulation.

    `whole` says that form, strength, source with a count or a mass, batch, vehicle and a date were seen; any other is
    incomplete. `asked` are the names of an order that it leaves to be said, `left_open` those that it may say
    otherwise. `differs` says where the program finds another figure than the source prints, and why.
    """

    title: Words
    drug: Annotated[str, StringConstraints(pattern=r"^[a-z]+$")]
    chemical_form: Words | None = None
    form: Literal["capsule", "liquid"]
    strength: Words | None = None
    whole: bool
    mark: Mark
    made: Made | None = None
    contents: Annotated[tuple[Content, ...], Field(min_length=1)]
    container: Words | None = None
    order: OrderSaid | None = None
    asked: Annotated[tuple[Path, ...], Field(min_length=1)]
    left_open: tuple[Path, ...] = ()
    dates: tuple[Dated, ...] = ()
    method: tuple[MethodCode, ...] = ()
    cautions: tuple[Words, ...] = ()
    differs: tuple[Words, ...] = ()
    not_seen: tuple[Words, ...] = ()
    reference: Reference

    @model_validator(mode="after")
    def _is_what_it_says(self) -> Formulation:
        if not self.whole and not self.not_seen:
            raise ValueError("not_seen: an incomplete formulation says what was not seen")
        if self.whole:
            made = self.made
            if made is None or self.strength is None or (made.count or made.drug) is None or made.volume is None:
                raise ValueError("made: a whole formulation says its strength, a count or the drug, and the volume")
            if not self.dates or any(content.amount is None for content in self.contents):
                raise ValueError("whole: a formulation with no date, or with an amount not seen, is incomplete")
        if self.order is not None and not self.whole:
            raise ValueError("order: only a whole formulation says an order")
        return self

    def order_said(self, drug: Any) -> dict[str, Any] | None:
        """Return what an order of the formulation says, as JSON has it; None for one that cannot be said as an order.

        `drug` is how an order names its drug.
        """
        if self.order is None:
            return None
        order, (first, *others) = self.order, self.order.vehicle
        vehicle: dict[str, Any] = {
            "parts": [part.model_dump(exclude={"instead"}, exclude_none=True) for part in order.vehicle]
        }
        if not others and first.to_volume:
            vehicle = {"name": first.name}
        if order.preserved is not None:
            vehicle["preserved"] = order.preserved
        vehicle["storage"] = self.places[0]
        ingredients = [each.model_dump() for each in order.ingredients]
        return {
            "preparation": self.form,
            "drug": drug,
            **({} if order.strength is None else {"strength": canonical(order.strength)}),
            "volume": canonical(order.volume),
            "source": order.source.model_dump(exclude_none=True),
            "vehicle": vehicle,
            **({"ingredients": ingredients} if ingredients else {}),
            "beyond_use": {"studies": [_study(dated) for dated in self.dates]},
        }

    @property
    def places(self) -> tuple[Place, ...]:
        """The places of its dates, each once, as the file has them."""
        return tuple(dict.fromkeys(dated.storage for dated in self.dates))


_OF_A_STUDY = ("days", "hours", "storage", "container", "kind", "stability_indicating", "microbial")


def _study(dated: Dated) -> dict[str, Any]:
    """Return a published date as an order has it."""
    said = {name: value for name in _OF_A_STUDY if (value := getattr(dated, name)) is not None}
    return {**said, "reference": dated.cited}
