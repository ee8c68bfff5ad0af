"""The order of capsules: `Order`, complete, immutable and validated by itself alone.

Page, endpoint and command line pass it the same tree of names and texts and get the same faults.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Discriminator, Field, Tag

from calc import limits
from calc.arithmetic.units import PERCENT, Figure, figure
from calc.library import Library
from calc.orders.base import ReadableOrder
from calc.orders.choices import Acknowledgements, DoseBasis, DrugChoice, FormulationKey
from calc.orders.defaults import Names
from calc.orders.forms import Forms
from calc.orders.ingredients import Ingredient, packed_apart, unsaid
from calc.orders.names import NEEDED_OF_PARTS, names_of
from calc.orders.parts import (
    Assessment,
    Balance,
    BulkPowder,
    Capsule,
    DiluentChoice,
    Packing,
    Screening,
    Shells,
    TabletPowder,
    TabletSource,
    kind_of_source,
)
from calc.orders.sources import CapsuleSource, DilutionInCapsules
from calc.orders.studies import BeyondUseOfCapsules
from calc.reading.dates import CalendarDate
from calc.reading.fields import Count, Mass, Percent, PlainText, choice, length, refuse, within


def ingredients_unsaid(tree: Mapping[str, Any], _library: Library) -> dict[str, Any]:
    """Return what the ingredients of a tree leave out, by path."""
    return unsaid(tree)


def _not_a_factor(allowance: Figure) -> Figure:
    if figure(0, PERCENT) < allowance < limits.LEAST_ALLOWANCE.value:
        raise refuse("factor_not_percent", typed=allowance, least=limits.LEAST_ALLOWANCE.value)
    return allowance


class Order(ReadableOrder):
    """What is asked for, complete and validated. Made by `Order.read`; it never changes."""

    filled_in: ClassVar[Mapping[str, Any]] = limits.DEFAULTS
    needed: ClassVar[Mapping[str, frozenset[str]]] = {
        "Order": frozenset({"dose", "quantity"}),
        "BulkPowder": frozenset({"kind", "assay"}),
        "DilutionInCapsules": frozenset({"kind", "drug_in_gram"}),
        "CapsuleSource": frozenset({"kind", "contents", "strength", "release"}),
        **dict.fromkeys(("DiluentPacking", "TabletPowderPacking", "BulkPacking"), frozenset({"bodies", "total"})),
        "Shells": frozenset({"number", "total"}),
        "Ingredient": frozenset({"name", "amount"}),
        **NEEDED_OF_PARTS,
    }

    components: ClassVar[tuple[str, ...]] = ("diluent", "capsule")
    follows = staticmethod(ingredients_unsaid)
    together = staticmethod(packed_apart)

    #: Never written back: an order of capsules is the same with or without it.
    preparation: Annotated[str, choice("capsule", elsewhere=("liquid",))] = Field(default="capsule", exclude=True)
    drug: DrugChoice
    dose: Annotated[Mass, within("dose")]
    quantity: Annotated[Count, within("quantity")]
    dose_basis: DoseBasis | None = None
    forms: Forms | None = None
    allowance: Annotated[Percent, within("allowance"), AfterValidator(_not_a_factor)] | None = None
    extra_capsules: Annotated[Count, within("extra_capsules")] | None = None
    prepared_on: CalendarDate
    internal_number: PlainText | None = None
    formulation: FormulationKey | None = None
    crushing_loss: Annotated[Percent, within("crushing_loss")] | None = None
    source: Annotated[
        Annotated[TabletSource, Tag("tablet")]
        | Annotated[BulkPowder, Tag("powder")]
        | Annotated[DilutionInCapsules, Tag("dilution")]
        | Annotated[CapsuleSource, Tag("capsule")],
        Discriminator(kind_of_source),
    ]
    balance: Balance
    capsule: Capsule
    diluent: DiluentChoice
    tablet_powder: TabletPowder
    ingredients: Annotated[
        tuple[Ingredient, ...], Field(max_length=limits.MOST_INGREDIENTS), length(0, limits.MOST_INGREDIENTS)
    ] = ()
    beyond_use: BeyondUseOfCapsules
    screening: Screening
    assessment: Assessment
    acknowledgements: Acknowledgements


_SOURCES = (TabletSource, BulkPowder, DilutionInCapsules, CapsuleSource)
_SOURCE: Names = {"source": frozenset().union(*(each.model_fields for each in _SOURCES))}
_WEIGHED_TOGETHER: Names = {
    **{f"{part}.packing": frozenset(Packing.model_fields) for part in limits.PACKED},
    "capsule.shells": frozenset(Shells.model_fields),
    "ingredients": frozenset(Ingredient.model_fields),
}
Order.names = {**names_of(Order), **_SOURCE, **_WEIGHED_TOGETHER}
