"""Sources of the drug besides tablets and pure bulk powder: dilutions, by the drug in a gram, and opened capsules."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from calc import limits
from calc.arithmetic.units import MG, Figure
from calc.orders.parts import Bulk, BulkPacking, CommercialTablets, Component, OfNoTablets, Part, TabletSource
from calc.reading.dates import CalendarDate, Expiry
from calc.reading.dilutions import DrugInGram
from calc.reading.fields import Count, Mass, PlainText, choice, within

#: Contents of capsules that nothing is made of.
PELLETS = "pellets"
STOPPED_CONTENTS = (PELLETS, "liquid")


class Dilution(OfNoTablets, Part):
    """A stock or bought dilution: a powder of which a gram holds so much drug."""

    kind: Annotated[str, choice("dilution")]
    drug_in_gram: Annotated[DrugInGram, within("source.drug_in_gram")]
    basis: PlainText | None = None
    maker: PlainText | None = None
    lot: PlainText | None = None
    expiry: Expiry | None = None
    discard_after: CalendarDate | None = None

    @property
    def component(self) -> Component:
        """What the drug comes from, as a component."""
        return "dilution"


class DilutionInCapsules(Dilution):
    """A dilution that goes into capsules: how it packs is asked, too."""

    packing_statistic: Annotated[Mass, within("source.packing_statistic")] | None = None
    packing: BulkPacking | None = None


class CapsuleSource(Part):
    """Commercial capsules that are opened: what their label says, and what was weighed full and empty on the day.

    Their contents are worked as crushed tablets are, by what they weigh without the shells.
    """

    kind: Annotated[str, choice("capsule")]
    contents: Annotated[str, choice("powder", *STOPPED_CONTENTS)]
    strength: Annotated[Mass, within("source.strength")]
    release: Annotated[str, choice("immediate", "extended", "delayed")]
    capsules_weighed: Annotated[Count, within("source.capsules_weighed")] | None = None
    full_mass: Annotated[Mass, within("source.full_mass")] | None = None
    shells_mass: Annotated[Mass, within("source.shells_mass")] | None = None
    weighed_on: CalendarDate | None = None
    recovered_mass: Annotated[Mass, within("source.recovered_mass")] | None = None
    maker: PlainText | None = None
    ndc: PlainText | None = None
    lot: PlainText | None = None
    expiry: Expiry | None = None

    @property
    def component(self) -> Component:
        """What the drug comes from, as a component: its words are told of capsules afterwards."""
        return "tablets"

    # What planning asks of tablets: all that were weighed were opened, and none of them was weighed apart.

    @property
    def tablets_weighed(self) -> int | None:
        """The capsules weighed."""
        return self.capsules_weighed

    @property
    def tablets_crushed(self) -> int | None:
        """None: all that were weighed on the day are opened, else as many as the batch needs."""
        return None

    @property
    def total_mass(self) -> Figure | None:
        """What the contents of all of them weigh; None before they are weighed."""
        if self.full_mass is None or self.shells_mass is None:
            return None
        return Figure(self.full_mass.to(MG).value - self.shells_mass.to(MG).value, MG)

    @property
    def crushed_mass(self) -> Figure | None:
        """None: those opened are those weighed."""
        return None

    @property
    def least_tablets(self) -> int:
        """The fewest that are opened where nothing else asks for more."""
        return int(limits.FEW_TABLETS.value.value)


class CapsulesOfLiquid(CapsuleSource):
    """The commercial capsules of a liquid, whose strength may follow from so many of them, used whole."""

    capsules_used: Annotated[Count, within("source.capsules_used", limits.LIQUID_RANGES)] | None = None

    @property
    def tablets_used(self) -> int | None:
        """The capsules used whole."""
        return self.capsules_used


#: The sources that are weighed as they are, and crushed by nobody.
POWDERS = (Bulk, Dilution)
Powders = Bulk | Dilution
#: The sources that are counted, and crushed or opened.
COUNTED = (CommercialTablets, CapsuleSource)
Counted = CommercialTablets | CapsuleSource
AnySource = Counted | Powders
#: What the fields of tablets are called for capsules.
_OF_CAPSULES = {
    "tablets_weighed": "capsules_weighed",
    "tablets_crushed": "capsules_weighed",
    "tablets_used": "capsules_used",
    "total_mass": "full_mass",
}


def field_of(source: AnySource, name: str) -> str:
    """Return the path of a field of tablets in an order, as it is called for this source."""
    return f"source.{_OF_CAPSULES.get(name, name) if isinstance(source, CapsuleSource) else name}"


def is_common(source: AnySource) -> bool:
    """Return True if the powder of a source is common to other batches, and was crushed once for all of them."""
    return isinstance(source, TabletSource) and source.common_powder == "yes"


def last_use(source: AnySource) -> date | None:
    """Return the last day of use of a source: its expiry, or the day a dilution is discarded after, if earlier."""
    if not isinstance(source, Dilution):
        return source.expiry
    return min((day for _, day in days_of(source) if day is not None), default=None)


def days_of(source: AnySource) -> tuple[tuple[str, date | None], ...]:
    """Return the days that bound the use of a source, by their paths in an order."""
    own = (("source.discard_after", source.discard_after),) if isinstance(source, Dilution) else ()
    return (("source.expiry", source.expiry), *own)
