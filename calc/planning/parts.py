"""Parts common to all plans: weighings, tablets, the source of the drug, the beyond-use date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, Protocol

from calc.arithmetic.units import MG, Figure
from calc.drug import Drug, Study
from calc.faults import Stop
from calc.formulation import Formulation
from calc.library import BeyondUseRule
from calc.orders.base import AnyOrder
from calc.orders.parts import Acknowledgement
from calc.orders.sources import CapsuleSource
from calc.orders.studies import KINDS, PublishedDate
from calc.planning.codes import WeighingName
from calc.rules.beyond_use import DatedLimit

#: What a beyond-use date starts from.
Base = Literal["table", "monograph", "study", "unproven"]


class Planned(Protocol):
    """Any plan: its order, and its drug's file if there is one."""

    @property
    def order(self) -> AnyOrder:
        """The order planned."""

    @property
    def drug(self) -> Drug | None:
        """The drug's file; None for a drug without one."""


class OnBalance(NamedTuple):
    """A mass to weigh: exact, and as the balance shows it."""

    exact: Figure
    shown: Figure


class Weighing(NamedTuple):
    """One weighing and whether this balance is fit for it; `mass` is None while it is not known.

    `shown` is the mass as the balance shows it, where that is not the mass rounded half up.
    """

    name: WeighingName
    mass: Figure | None
    least: Figure
    shown: Figure | None = None

    @property
    def ok(self) -> bool | None:
        """True if the mass is at or above the least weighable quantity; None while it is not known."""
        return None if self.mass is None else self.mass >= self.least


def weighing_of_portion(portion: OnBalance | None, least: Figure) -> Weighing:
    """Return the weighing of a portion; its mass is None while it is not known."""
    exact, shown = (None, None) if portion is None else portion
    return Weighing(WeighingName.PORTION, exact, least, shown)


def weighings_of_tablets(order: AnyOrder, total_mass: Figure | None, least: Figure) -> tuple[Weighing, ...]:
    """Return the weighing of the tablets; of opened capsules those of the full ones and of their empty shells.

    `total_mass` is None while what was weighed on the day is not known.
    """
    source = order.source
    if not isinstance(source, CapsuleSource):
        return (Weighing(WeighingName.TABLETS, total_mass, least),)
    known = None if total_mass is None else (source.full_mass, source.shells_mass)
    full, shells = known or (None, None)
    names = (WeighingName.TABLETS, full), (WeighingName.SHELLS, shells)
    return tuple(Weighing(name, None if mass is None else mass.to(MG), least) for name, mass in names)


class Tablets(NamedTuple):
    """The tablets of a batch: the number crushed, the number needed with a reserve, the drug they hold, their masses.

    `total_mass` is the mass of the tablets `weighed` together, from which the mean follows: all that are crushed, or
    more, or fewer. `expected_mass` is that of the tablets crushed by the mean, `crushed_mass` the one found. All are
    None until tablets are weighed.
    """

    number: int
    need: int
    weighed: int | None
    strength: Figure
    exact: Figure
    share: Figure
    drug_held: Figure
    drug_left_over: Figure
    total_mass: Figure | None
    one_tablet: tuple[Figure, Figure] | None
    expected_mass: Figure | None
    crushed_mass: Figure | None

    @property
    def there(self) -> Figure | None:
        """The powder that there is: the mass found of the tablets crushed, or else expected."""
        return self.expected_mass if self.crushed_mass is None else self.crushed_mass

    @property
    def all_used(self) -> bool:
        """True if all of the powder goes into the batch, so that none of it is weighed out."""
        return self.drug_left_over.numerator == 0


class EnoughForPortion(NamedTuple):
    """Bounds for W, the mass of all tablets crushed, rounded up to what the balance shows.

    Below `least` the portion is less than may be weighed; None if no tablets of this strength weigh so little. From
    `enough` on it can be weighed, and rounding changes the dose by no more than its limit, whatever W is; between the
    two it depends on W. `never` is True if even tablets as heavy as they are expected stay below `least`, `likely` if
    lighter ones than any that are expected would reach it.
    """

    least: Figure | None
    enough: Figure
    never: bool
    likely: bool


@dataclass(frozen=True, slots=True)
class DrugSource:
    """The powder taken from the tablets or from the bulk powder, and the portion of it on the balance.

    `needed` is the mass of powder that holds the drug, `strength` the drug in one part of it. Both are None before the
    tablets are weighed, and for a liquid made of whole tablets; so is `portion`, which is also None if a trituration
    takes its place. `enough` is what tablets not weighed yet must weigh for one; None if any do.
    """

    drug_needed: Figure
    tablets: Tablets | None
    needed: Figure | None
    strength: Figure | None
    portion: OnBalance | None
    rounding_effect: Figure | None
    least: Figure
    enough: EnoughForPortion | None = None

    @property
    def all_used(self) -> bool:
        """True if all powder of the tablets goes into the batch, so that none of it is weighed out."""
        return self.tablets is not None and self.tablets.all_used

    @property
    def never_enough(self) -> bool:
        """True if no tablets that are expected weigh enough for a portion."""
        return self.enough is not None and self.enough.never

    @property
    def known(self) -> bool:
        """True if the mass of powder is known: bulk powder, or tablets weighed on the day of making."""
        return self.needed is not None


class KeptAt(NamedTuple):
    """The last day of use of a preparation stored at one place: what sets it, and all other limits considered.

    `bound` is None where nothing gives a date. `base` is what it starts from: the "table", a "monograph", a "study"
    that proves its date, one that is "unproven", or None; `rests_on` is that publication. `general` is the last day by
    the table's `rule`, None where the table has none for this storage. `studies` are those of the drug's file.
    `unproven` are the studies that would give a later date, each with what it lacks. `hours` are counted from the
    making, where they can end before `other_day` does, the last one that everything but hours allows.
    """

    storage: str
    bound: DatedLimit | None
    others: tuple[DatedLimit, ...]
    base: Base | None
    rests_on: PublishedDate | None
    rule: BeyondUseRule
    general: date | None
    studies: tuple[Study, ...]
    unproven: tuple[tuple[PublishedDate, tuple[str, ...]], ...]
    hours: int | None
    other_day: date | None

    @property
    def date(self) -> date | None:
        """The last day of use; None where there is none."""
        return None if self.bound is None else self.bound.date

    @property
    def lengthened(self) -> bool:
        """True if a monograph or a study gives a later date than the table, or one where the table has none."""
        if self.base not in ("monograph", "study") or self.date is None:
            return False
        return self.general is None or self.date > self.general


class FormulationUsed(NamedTuple):
    """A published formulation that an order names; `changed` are the names of what the order says otherwise."""

    key: str
    said: Formulation
    changed: tuple[str, ...]


class BeyondUse(NamedTuple):
    """The beyond-use date as the order has the preparation stored, and at each other place that a publication names."""

    chosen: KeptAt
    elsewhere: tuple[KeptAt, ...]

    @property
    def bound(self) -> DatedLimit | None:
        """What sets the date; None where nothing gives one."""
        return self.chosen.bound

    @property
    def date(self) -> date | None:
        """The last day of use; None where there is none."""
        return self.chosen.date

    @property
    def published_by(self) -> str:
        """What was published and sets the date: "study", "monograph" or "recipe"; blank if anything else does."""
        by = "" if self.bound is None else self.bound.by
        return by if by in KINDS else ""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A soft stop that was overridden, and the reason given."""

    stop: Stop
    acknowledgement: Acknowledgement
