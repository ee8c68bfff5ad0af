"""The order of a liquid: `LiquidOrder`, complete, immutable and validated by itself alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, ConfigDict, Discriminator, Field, PrivateAttr, Tag, ValidationInfo

from calc import limits
from calc.arithmetic.notation import plain
from calc.arithmetic.units import ML, Figure, same_kind
from calc.orders.base import ReadableOrder
from calc.orders.choices import Acknowledgements, DoseBasis, DrugChoice, FormulationKey
from calc.orders.defaults import Names
from calc.orders.forms import Forms
from calc.orders.ingredients import LiquidIngredient
from calc.orders.names import NEEDED_OF_PARTS, names_of
from calc.orders.parts import Assessment, Balance, Bulk, Part, Screening, TabletsOfLiquid, kind_of_source
from calc.orders.sources import CapsulesOfLiquid, Dilution
from calc.orders.studies import BeyondUse
from calc.orders.vehicles import facts_of, parts_together
from calc.reading.dates import CalendarDate, Expiry
from calc.reading.fields import (
    Count,
    Percent,
    PlainText,
    Volume,
    check_within,
    choice,
    length,
    refuse,
    text_up_to,
    within,
)
from calc.reading.strengths import MassOrVolume, StrengthInRange
from calc.rules.liquids import marks

#: A vehicle has a name, or it has parts that name it.
_NAMED_OR_MIXED: dict[str, Any] = {
    "anyOf": [
        {"required": ["name"], "properties": {"name": {"type": "string"}}},
        {"required": ["parts"], "properties": {"parts": {"type": "array", "minItems": 1}}},
    ]
}


class VehiclePart(Part):
    """One part of a mixed vehicle: shares of it, a volume that is measured, or what brings the whole to volume."""

    name: Annotated[str, text_up_to(limits.LONGEST_VEHICLE)]
    share: Annotated[Count, within("vehicle.parts.share", limits.LIQUID_RANGES)] | None = None
    volume: Annotated[Volume, within("vehicle.parts.volume", limits.LIQUID_RANGES)] | None = None
    to_volume: Annotated[str, choice("yes")] | None = None
    aqueous: Annotated[str, choice("yes", "no")]
    preserved: Annotated[str, choice("yes", "no")]
    lot: PlainText | None = None
    expiry: Expiry | None = None


class Vehicle(Part):
    """The liquid that brings the whole to volume, and where the liquid is kept."""

    model_config = ConfigDict(json_schema_extra=_NAMED_OR_MIXED)

    name: Annotated[str, text_up_to(limits.LONGEST_VEHICLE)]
    aqueous: Annotated[str, choice("yes", "no")]
    preserved: Annotated[str, choice("yes", "no")]
    storage: Annotated[str, choice(limits.STORAGE_AQUEOUS, limits.STORAGE_NONAQUEOUS)]
    lot: PlainText | None = None
    expiry: Expiry | None = None
    parts: Annotated[tuple[VehiclePart, ...], Field(max_length=limits.MOST_PARTS), length(0, limits.MOST_PARTS)] = ()


def _even(graduation: Figure, info: ValidationInfo) -> Figure:
    """Refuse a graduation that does not divide the capacity evenly: the last mark of a syringe is its capacity."""
    capacity = info.data.get("capacity")
    if isinstance(capacity, Figure) and marks(capacity, graduation).denominator != 1:
        raise refuse("graduation_uneven", typed=graduation, capacity=capacity)
    return graduation


class Syringe(Part):
    """One oral syringe of the bench: what it holds, and from mark to mark."""

    capacity: Annotated[Volume, within("syringes.capacity", limits.LIQUID_RANGES)]
    graduation: Annotated[Volume, within("syringes.graduation", limits.LIQUID_RANGES), AfterValidator(_even)]


_mass_in_range = check_within("dose")


def _dose_in_range(dose: Figure) -> Any:
    """Check a dose typed as a mass, or as the volume that holds it, each against its own range."""
    if not same_kind(dose.unit, ML):
        return _mass_in_range(dose)
    low, high = limits.DOSE_TYPED_LOW.value, limits.DOSE_TYPED_HIGH.value
    if not low <= dose <= high:
        raise refuse("out_of_range", typed=plain(dose), low=low, high=high)
    return dose


class LiquidOrder(ReadableOrder):
    """What is asked for, complete and validated. Made by `LiquidOrder.read`; it never changes.

    `strength` is None where it follows from whole tablets and the volume. `worked_out` gives the order as it is
    planned, with the dose as a mass.
    """

    filled_in: ClassVar[Mapping[str, Any]] = limits.LIQUID_DEFAULTS
    needed: ClassVar[Mapping[str, frozenset[str]]] = {
        "LiquidOrder": frozenset({"preparation", "dose", "volume", "vehicle"}),
        "VehiclePart": frozenset({"name"}),
        "LiquidIngredient": frozenset({"name", "amount"}),
        "Syringe": frozenset({"capacity", "graduation"}),
        "Bulk": frozenset({"kind", "assay"}),
        "Dilution": frozenset({"kind", "drug_in_gram"}),
        "CapsulesOfLiquid": frozenset({"kind", "contents", "strength", "release"}),
        **NEEDED_OF_PARTS,
    }
    components: ClassVar[tuple[str, ...]] = ("vehicle",)
    follows = staticmethod(facts_of)
    together = staticmethod(parts_together)

    preparation: Annotated[str, choice("liquid", elsewhere=("capsule",))]
    drug: DrugChoice
    dose: Annotated[MassOrVolume, AfterValidator(_dose_in_range)]
    strength: StrengthInRange | None
    volume: Annotated[Volume, within("volume", limits.LIQUID_RANGES)]
    doses_per_day: Annotated[Count, within("doses_per_day")]
    dose_basis: DoseBasis | None = None
    forms: Forms | None = None
    prepared_on: CalendarDate
    internal_number: PlainText | None = None
    formulation: FormulationKey | None = None
    crushing_loss: Annotated[Percent, within("crushing_loss")] | None = None
    source: Annotated[
        Annotated[TabletsOfLiquid, Tag("tablet")]
        | Annotated[Bulk, Tag("powder")]
        | Annotated[Dilution, Tag("dilution")]
        | Annotated[CapsulesOfLiquid, Tag("capsule")],
        Discriminator(kind_of_source),
    ]
    balance: Balance
    vehicle: Vehicle
    ingredients: Annotated[
        tuple[LiquidIngredient, ...],
        Field(max_length=limits.MOST_INGREDIENTS),
        length(0, limits.MOST_INGREDIENTS),
    ] = ()
    syringes: Annotated[
        tuple[Syringe, ...],
        # Pydantic would count only the syringes that can be read; `length` counts all.
        Field(max_length=limits.MOST_SYRINGES, json_schema_extra={"minItems": 1}),
        length(1, limits.MOST_SYRINGES),
    ]
    beyond_use: BeyondUse
    screening: Screening
    assessment: Assessment
    acknowledgements: Acknowledgements

    _as_typed: LiquidOrder | None = PrivateAttr(default=None)

    @property
    def other_expiries(self) -> tuple[tuple[str, date | None], ...]:
        """The expiry of the vehicle by path, of a mixed one those of its parts, and those of the ingredients."""
        parts = self.vehicle.parts
        if not parts:
            return super().other_expiries
        of_parts = ((f"vehicle.parts.{index}.expiry", part.expiry) for index, part in enumerate(parts))
        return (*of_parts, *self.expiries_of_ingredients)

    @property
    def tablets_used(self) -> int | None:
        """The whole tablets that make the strength; None where a strength was ordered."""
        return self.source.tablets_used if isinstance(self.source, TabletsOfLiquid | CapsulesOfLiquid) else None

    @property
    def dose_is_volume(self) -> bool:
        """True if the dose was typed as a volume."""
        return same_kind((self._as_typed or self).dose.unit, ML)

    def worked_out(self, dose: Figure) -> Self:
        """Return the order with its dose, typed as a volume, as the mass that it is; it is written as it was typed."""
        order = self.model_copy(update={"dose": dose})
        order._as_typed = self
        return order

    def understood(self) -> dict[str, Any]:
        """Return the normalized order as a tree, the dose as it was typed."""
        return super().understood() if self._as_typed is None else self._as_typed.understood()

    def typed(self, name: str) -> str:
        """Return a quantity as the normalized order writes it."""
        return super().typed(name) if self._as_typed is None else self._as_typed.typed(name)


_OTHERS: Names = {
    "source": frozenset().union(*(each.model_fields for each in (TabletsOfLiquid, Bulk, Dilution, CapsulesOfLiquid))),
    "syringes": frozenset(Syringe.model_fields),
    "vehicle.parts": frozenset(VehiclePart.model_fields),
    "ingredients": frozenset(LiquidIngredient.model_fields),
}
LiquidOrder.names = {**names_of(LiquidOrder), **_OTHERS}
