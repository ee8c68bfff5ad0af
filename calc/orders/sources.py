"""Sources of the drug besides tablets and pure bulk powder: a dilution, by the drug in a gram of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from calc.orders.parts import Bulk, BulkPacking, Component, OfNoTablets, Part, TabletSource
from calc.reading.dates import CalendarDate, Expiry
from calc.reading.dilutions import DrugInGram
from calc.reading.fields import Mass, PlainText, choice, within


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


#: The sources that are weighed as they are, and crushed by nobody.
POWDERS = (Bulk, Dilution)
Powders = Bulk | Dilution
AnySource = TabletSource | Powders


def last_use(source: AnySource) -> date | None:
    """Return the last day of use of a source: its expiry, or the day a dilution is discarded after, if earlier."""
    return min((day for _, day in days_of(source) if day is not None), default=None)


def days_of(source: AnySource) -> tuple[tuple[str, date | None], ...]:
    """Return the days that bound the use of a source, by their paths in an order."""
    own = (("source.discard_after", source.discard_after),) if isinstance(source, Dilution) else ()
    return (("source.expiry", source.expiry), *own)
