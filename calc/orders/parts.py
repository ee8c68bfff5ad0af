"""Parts of an order: source, balance, capsule, diluent and others, each field with its reader and range."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationInfo

from calc import limits
from calc.arithmetic.units import Figure
from calc.faults import Reason
from calc.reading.dates import CalendarDate, Expiry
from calc.reading.fields import (
    Count,
    Mass,
    Percent,
    PlainText,
    PositivePercent,
    TaredOrMass,
    choice,
    choice_from,
    refuse,
    within,
)

#: The answer of a question that nobody has answered.
NOT_ASKED = "not asked"
#: What the drug can come from.
Component = Literal["tablets", "powder", "dilution"]
#: The kinds of source besides tablets.
KINDS = ("powder", "dilution", "capsule")


class Part(BaseModel):
    """A part of an order: frozen, and a name that is not known is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _has_no_file(given: str, info: ValidationInfo) -> str:
    """Refuse a name whose drug has a file: planning by the name alone would drop its dose ranges and cautions."""
    context: Mapping[str, Any] = info.context or {}
    known = context["library"].drugs_meant_by(given)
    if known:
        raise refuse("drug_has_file", typed=given, choices=known)
    return given


class NamedDrug(Part):
    """A drug without a file of its own: general rules only."""

    name: Annotated[PlainText, AfterValidator(_has_no_file)]


class Packing(Part):
    """Bodies filled with one powder and weighed together, with the same shells empty or tared."""

    bodies: Annotated[Count, within("diluent.packing.bodies")]
    total: Annotated[Mass, within("diluent.packing.total")]
    shells: Annotated[TaredOrMass, within("diluent.packing.shells")]


class DiluentPacking(Packing):
    """Bodies filled with diluent alone."""


class TabletPowderPacking(Packing):
    """Bodies filled with the crushed tablets alone."""


class BulkPacking(Packing):
    """Bodies filled with bulk powder alone."""


class Shells(Part):
    """Empty shells weighed together."""

    number: Annotated[Count, within("capsule.shells.number")]
    total: Annotated[Mass, within("capsule.shells.total")]


class CommercialTablets(Part):
    """Commercial tablets: what their label says, and what was counted and weighed on the day."""

    kind: Annotated[str, choice("tablet", elsewhere=KINDS)]
    strength: Annotated[Mass, within("source.strength")] | None = None
    release: Annotated[str, choice("immediate", "extended")]
    tablets_weighed: Annotated[Count, within("source.tablets_weighed")] | None = None
    total_mass: Annotated[Mass, within("source.total_mass")] | None = None
    weighed_on: CalendarDate | None = None
    tablets_crushed: Annotated[Count, within("source.tablets_crushed")] | None = None
    crushed_mass: Annotated[Mass, within("source.crushed_mass")] | None = None
    least_tablets: Annotated[Count, within("source.least_tablets")]
    recovered_mass: Annotated[Mass, within("source.recovered_mass")] | None = None
    maker: PlainText | None = None
    ndc: PlainText | None = None
    lot: PlainText | None = None
    expiry: Expiry | None = None

    @property
    def component(self) -> Component:
        """What the drug comes from, as a component."""
        return "tablets"


class TabletSource(CommercialTablets):
    """The commercial tablets of capsules, whose powder may be common to several batches, crushed once for all."""

    common_powder: Annotated[str, choice("yes")] | None = None


class TabletsOfLiquid(CommercialTablets):
    """The commercial tablets of a liquid, whose strength may follow from so many of them, used whole."""

    tablets_used: Annotated[Count, within("source.tablets_used", limits.LIQUID_RANGES)] | None = None


class OfNoTablets:
    """What is asked of tablets alone is not there, so that nobody has to ask which of the two a source is."""

    @property
    def component(self) -> Component:
        """What the drug comes from, as a component."""
        return "powder"

    @property
    def strength(self) -> Figure | None:
        """None: no tablet has a strength."""
        return None

    @property
    def recovered_mass(self) -> Figure | None:
        """None: nothing is crushed."""
        return None

    @property
    def release(self) -> str | None:
        """None: the powder itself lets the drug go at once."""
        return None

    @property
    def ndc(self) -> str | None:
        """None: only commercial tablets have one."""
        return None


class Bulk(OfNoTablets, Part):
    """The bulk powder: what its label and its certificate of analysis say."""

    kind: Annotated[str, choice("powder")]
    basis: PlainText | None = None
    assay: Annotated[PositivePercent, within("source.assay")]
    assay_basis: Annotated[str, choice("as is", "anhydrous", "dried")]
    water: Annotated[Percent, within("source.water")] | None = None
    maker: PlainText | None = None
    lot: PlainText | None = None
    expiry: Expiry | None = None


class BulkPowder(Bulk):
    """Bulk powder that goes into capsules: how it packs is asked, too."""

    packing_statistic: Annotated[Mass, within("source.packing_statistic")] | None = None
    packing: BulkPacking | None = None


def kind_of_source(given: Any) -> str:
    """Return the kind of a source, given as a tree or a model: "tablet" unless it is another that is known."""
    kind = given.get("kind") if isinstance(given, dict) else getattr(given, "kind", None)
    return kind if kind in KINDS else "tablet"


def is_powder(source: Any) -> bool:
    """Return True if the tree of a source is of a powder, which is weighed as it is: bulk powder or a dilution."""
    return isinstance(source, dict) and source.get("kind") in ("powder", "dilution")


class Balance(Part):
    """The balance in use and the rule that gives its least weighable quantity."""

    readability: Annotated[Mass, within("balance.readability")]
    sensitivity: Annotated[Mass, within("balance.sensitivity")] | None = None
    tolerated_error: Annotated[PositivePercent, within("balance.tolerated_error")] | None = None
    repeatability: Annotated[Mass, within("balance.repeatability")] | None = None
    minimum: Annotated[Mass, within("balance.minimum")] | None = None


class Capsule(Part):
    """The shells, and the fill where the pharmacy gives it."""

    size: Annotated[str, choice_from(lambda library: library.sizes)] | None = None
    brand: PlainText | None = None
    shell_mass: Annotated[Mass, within("capsule.shell_mass")] | None = None
    shells: Shells | None = None
    fill_mass: Annotated[Mass, within("capsule.fill_mass")] | None = None
    lot: PlainText | None = None
    expiry: Expiry | None = None


class DiluentChoice(Part):
    """The powder that fills the capsules up."""

    name: Annotated[str, choice_from(lambda library: library.diluents)]
    packing_statistic: Annotated[Mass, within("diluent.packing_statistic")] | None = None
    packing: DiluentPacking | None = None
    lot: PlainText | None = None
    expiry: Expiry | None = None


class TabletPowder(Part):
    """The crushed tablets as they pack in a capsule body."""

    packing_statistic: Annotated[Mass, within("tablet_powder.packing_statistic")] | None = None
    packing: TabletPowderPacking | None = None


#: An answer to a question, and the answers to the screening questions of a drug's file by the questions' codes. They
#: are about one dispensing and identify nobody.
Answer = Annotated[str, choice("not asked", "no", "yes")]
Screening = Mapping[str, Answer]


class Assessment(Part):
    """What the pharmacist answers on a drug: of the drug, not of a patient. Asked where it has no file; else null."""

    may_be_crushed: Answer | None = None
    hazardous: Answer | None = None
    narrow_index: Answer | None = None
    stability_supported: Answer | None = None


class Acknowledgement(Part):
    """A reason for going past one soft stop, tied to the value that raised it."""

    code: PlainText
    value: PlainText
    reason: Annotated[str, choice(*Reason)]
