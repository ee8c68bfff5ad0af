"""The plan of capsules: complete, immutable data with every step of its arithmetic, without words or strings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from calc import limits
from calc.arithmetic.roots import Root
from calc.arithmetic.rounding import total
from calc.arithmetic.units import CAPSULE, MG, RATIO, Figure, figure
from calc.capsule.order import Order
from calc.drug import Drug
from calc.faults import Notice
from calc.planning.codes import FillRule, OfferCode
from calc.planning.ingredients import IngredientUsed
from calc.planning.parts import Acknowledged, BeyondUse, DrugSource, FormulationUsed, OnBalance, Weighing
from calc.planning.work import Step
from calc.rules.blending import Rung
from calc.rules.ingredients import room_of_ingredient
from calc.rules.spread import Spread
from calc.rules.tablets import drug_needed, squared_content


@dataclass(frozen=True, slots=True)
class Trituration:
    """One step of a trituration; `weigh` and `diluent` are None for tablets that are not weighed yet.

    `all_of_it` means that whole tablets are crushed in the diluent, so that no powder is weighed; `strength_after` is
    the drug in one part of the mixture.
    """

    weigh: Figure | None
    all_of_it: bool
    diluent: OnBalance | None
    total: Figure
    take: OnBalance
    strength_after: Figure


class SizeRow(NamedTuple):
    """One capsule size in the comparison of sizes; figures are None if the powder does not fit."""

    size: str
    fill_mass: Figure | None
    diluent: OnBalance | None
    share: Figure | None


class Offer(NamedTuple):
    """One way to make the order, and its cost."""

    code: OfferCode
    capsules: int
    tablets: int
    dose: Figure
    deviation: Figure
    deviation_at_loss: Figure
    drug_left_over: Figure
    surplus: int
    weighings: int

    @property
    def surplus_drug(self) -> Figure:
        """The drug in the capsules beyond those ordered."""
        return drug_needed(self.dose, figure(self.surplus, CAPSULE))


class ReverseCheck(NamedTuple):
    """The dose computed back from the printed figures: from the final portion or aliquot and its diluent."""

    dose: Figure
    deviation: Figure
    taken: Figure
    diluent: Figure
    ingredients: Figure

    @property
    def mixed_in(self) -> Figure:
        """All that is mixed with it: the diluent and the ingredients."""
        return total((self.diluent, self.ingredients), MG) if self.ingredients.numerator else self.diluent


class ContentOfTablets(NamedTuple):
    """What single tablets leave open in the mean content of so many: its spread about that of their lot.

    >>> content = ContentOfTablets(1)
    >>> content.typical.significant(2), content.worst.significant(3)
    ('0.02', '0.0625')
    """

    number: int

    @property
    def typical(self) -> Root:
        """The usual spread."""
        return self._spread(limits.CONTENT_TYPICAL)

    @property
    def worst(self) -> Root:
        """The widest spread that tablets of one lot may have."""
        return self._spread(limits.CONTENT_WORST)

    def _spread(self, of_one: limits.Bound) -> Root:
        return Root(squared_content(of_one.value, figure(self.number, RATIO)), RATIO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Powder(DrugSource):
    """The powder that holds the drug of a batch of capsules.

    `tablets_for_quantity` is the exact number of tablets for the capsules ordered, extra ones left out; None for bulk.
    """

    batch: int
    dose: Figure
    dose_as_labeled: Figure
    tablets_for_quantity: Figure | None


class Beside(NamedTuple):
    """The ingredients in one capsule: all of them together, those with a packing statistic, and what has none.

    `packed` are the name, the mass in one capsule and the packing statistic of each; `first` is the place of the first
    without one, of which all together weigh `unpacked`.
    """

    used: tuple[IngredientUsed, ...]
    each: Figure
    packed: tuple[tuple[str, Figure, Figure], ...]
    unpacked: Figure
    first: int | None

    @property
    def room(self) -> Figure:
        """The part of a capsule that those with a packing statistic take."""
        return total((room_of_ingredient(mass, statistic) for _, mass, statistic in self.packed), RATIO)


class Fill(NamedTuple):
    """The contents of one capsule; figures that are not known are None."""

    rule: FillRule
    packing_of_powder: Figure | None = None
    packing_of_diluent: Figure | None = None
    powder_per_capsule: Figure | None = None
    share_of_body: Figure | None = None
    diluent_per_capsule: Figure | None = None
    fill_mass: Figure | None = None
    diluent: OnBalance | None = None
    body_volume: Figure | None = None
    beside: Beside | None = None


class Plan(NamedTuple):
    """Everything needed to make an order of capsules. `drug` is None for a drug without a file."""

    order: Order
    drug: Drug | None
    powder: Powder
    fill: Fill
    shell_mass: Figure | None
    shell_estimated: bool
    gross_band: tuple[OnBalance, OnBalance] | None
    estimated: tuple[str, ...]
    weighings: tuple[Weighing, ...]
    triturations: tuple[Trituration, ...]
    ingredients: tuple[IngredientUsed, ...]
    ladder: tuple[Rung, ...]
    sizes: tuple[SizeRow, ...]
    offers: tuple[Offer, ...]
    ten_tablets: Offer | None
    content_of_tablets: ContentOfTablets | None
    steps: tuple[Step, ...]
    notices: tuple[Notice, ...]
    acknowledged: tuple[Acknowledged, ...]
    beyond_use: BeyondUse
    formulation: FormulationUsed | None
    reverse_check: ReverseCheck | None
    spread: Spread | None
