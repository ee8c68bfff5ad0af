"""The units of the pharmacy, and `Figure`: an exact number with one of them.

One pint registry of our own holds every definition. Gram, liter, tablet, capsule, day and mole are base units, each a
dimension of its own, so tablets never add to capsules and no exponents arise. Nothing a person types ever reaches
pint: typed units come from the closed list `TYPED_UNITS`, and magnitudes are fractions from the first character on.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import gcd
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pint import UnitRegistry

DEFINITIONS = (
    "gram = [mass] = g",
    "liter = [volume] = L",
    "tablet = [tablet]",
    "capsule = [capsule]",
    "day = [time]",
    "mole = [substance] = mol",
    "percent = 0.01",
    "milli- = 0.001 = m-",
    "micro- = 0.000001 = u-",
)


def _registry() -> Any:
    registry: Any = UnitRegistry(None, non_int_type=Fraction)
    for definition in DEFINITIONS:
        registry.define(definition)
    return registry


REGISTRY = _registry()


class WrongUnit(TypeError):
    """A figure met a unit of another dimension: our own mistake, never an answer to a person."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One unit of the program.

    `code` is its UCUM code, as the endpoint writes it; `one` and `many` are its name behind a number in print;
    `pint` is the same unit in the registry, the source of every conversion factor and of every proof.
    """

    code: str
    one: str
    many: str
    pint: Any

    def __repr__(self) -> str:
        return f"Unit({self.code!r})"


def _unit(code: str, pint_name: str, one: str, many: str | None = None) -> Unit:
    return Unit(code, one, one if many is None else many, REGISTRY.Unit(pint_name))


G = _unit("g", "gram", "g")
MG = _unit("mg", "milligram", "mg")
MCG = _unit("ug", "microgram", "mcg")
LITER = _unit("L", "liter", "L")
ML = _unit("mL", "milliliter", "mL")
DAY = _unit("d", "day", "day", "days")
RATIO = _unit("1", "dimensionless", "")
PERCENT = _unit("%", "percent", "%")
TABLET = _unit("{tablet}", "tablet", "tablet", "tablets")
CAPSULE = _unit("{capsule}", "capsule", "capsule", "capsules")
MG_PER_TABLET = _unit("mg/{tablet}", "milligram / tablet", "mg/tablet")
MG_PER_CAPSULE = _unit("mg/{capsule}", "milligram / capsule", "mg/capsule")
MG_PER_ML = _unit("mg/mL", "milligram / milliliter", "mg/mL")
MCG_PER_ML = _unit("ug/mL", "microgram / milliliter", "mcg/mL")
G_PER_ML = _unit("g/mL", "gram / milliliter", "g/mL")
ML_PER_CAPSULE = _unit("mL/{capsule}", "milliliter / capsule", "mL/capsule")
CAPSULE_PER_TABLET = _unit("{capsule}/{tablet}", "capsule / tablet", "capsule", "capsules")
G_PER_MOL = _unit("g/mol", "gram / mole", "g/mol")
PER_DAY = _unit("/d", "1 / day", "a day")

#: What a person may write behind a number, and nothing else; spelled exactly so.
TYPED_UNITS = {"g": G, "mg": MG, "mcg": MCG, "ug": MCG, "mL": ML, "L": LITER, "%": PERCENT, "day": DAY}


@cache
def conversion_factor(given: Unit, wanted: Unit) -> Fraction:
    """What a magnitude in `given` is multiplied by to be in `wanted`, from pint's definitions.

    Raises `WrongUnit` where the two measure different things.

    >>> conversion_factor(G, MG)
    Fraction(1000, 1)
    """
    if given.pint.dimensionality != wanted.pint.dimensionality:
        raise WrongUnit(f"{given.code} cannot be written in {wanted.code}")
    return Fraction(REGISTRY.Quantity(Fraction(1), given.pint).to(wanted.pint).magnitude)


@cache
def _whole_factor(given: Unit, wanted: Unit) -> tuple[int, int]:
    """The same factor as two whole numbers, one over the other."""
    return conversion_factor(given, wanted).as_integer_ratio()


@cache
def _same_kind(one: Unit, other: Unit) -> bool:
    """Whether two units measure the same thing."""
    return bool(one.pint.dimensionality == other.pint.dimensionality)


class Figure:
    """An exact number with its unit: `numerator` over `denominator`, in lowest terms; immutable, as a Fraction is.

    Figures compare with one another when they measure the same thing. They are calculated with only inside a formula
    (`calc.arithmetic.formula`), where the units are proved and the whole numbers are worked on: `+ - * /` exist for the
    type checker alone.

    >>> Figure(Fraction(1, 2), G) > Figure(Fraction(499), MG)
    True
    """

    __slots__ = ("_denominator", "_numerator", "_unit")
    _numerator: int
    _denominator: int
    _unit: Unit

    def __init__(self, value: Fraction, unit: Unit) -> None:
        self._numerator, self._denominator = value.as_integer_ratio()
        self._unit = unit

    numerator: int = property(attrgetter("_numerator"))  # type: ignore[assignment]
    denominator: int = property(attrgetter("_denominator"))  # type: ignore[assignment]
    unit: Unit = property(attrgetter("_unit"))  # type: ignore[assignment]

    @property
    def value(self) -> Fraction:
        """The number alone."""
        return Fraction(self._numerator, self._denominator)

    def __repr__(self) -> str:
        return f"Figure(value={self.value!r}, unit={self._unit!r})"

    def to(self, unit: Unit) -> Figure:
        """The same figure written in another unit; raises `WrongUnit` if that measures something else."""
        if unit is self._unit:
            return self
        above, below = _whole_factor(self._unit, unit)
        return in_lowest_terms(self._numerator * above, self._denominator * below, unit)

    def read_as(self, unit: Unit) -> Figure:
        """The same number with another unit: what an order calls "4.5 mg" is 4.5 mg in one capsule."""
        return in_lowest_terms(self._numerator, self._denominator, unit)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Figure) or not _same_kind(self._unit, other._unit):
            return False
        same = other.to(self._unit)
        return self._numerator == same._numerator and self._denominator == same._denominator

    def __hash__(self) -> int:
        return hash(self.to(_base(self._unit)).value)

    def __lt__(self, other: Figure) -> bool:
        same = other if other._unit is self._unit else other.to(self._unit)
        return self._numerator * same._denominator < same._numerator * self._denominator

    def __le__(self, other: Figure) -> bool:
        same = other if other._unit is self._unit else other.to(self._unit)
        return self._numerator * same._denominator <= same._numerator * self._denominator

    def __gt__(self, other: Figure) -> bool:
        return other < self

    def __ge__(self, other: Figure) -> bool:
        return other <= self

    if TYPE_CHECKING:

        def __add__(self, other: Figure | int) -> Figure: ...
        def __radd__(self, other: int) -> Figure: ...
        def __sub__(self, other: Figure | int) -> Figure: ...
        def __rsub__(self, other: int) -> Figure: ...
        def __mul__(self, other: Figure | int) -> Figure: ...
        def __rmul__(self, other: int) -> Figure: ...
        def __truediv__(self, other: Figure | int) -> Figure: ...
        def __rtruediv__(self, other: int) -> Figure: ...


_bare = object.__new__


def in_lowest_terms(above: int, below: int, unit: Unit) -> Figure:
    """The figure `above` over `below`: how every result of a formula is made. Raises `ZeroDivisionError` over nothing.

    >>> in_lowest_terms(6, -4, MG)
    Figure(value=Fraction(-3, 2), unit=Unit('mg'))
    """
    if below <= 0:
        if below == 0:
            raise ZeroDivisionError(f"{above} over nothing")
        above, below = -above, -below
    common = gcd(above, below)
    made = _bare(Figure)
    if common == 1:
        made._numerator, made._denominator = above, below
    else:
        made._numerator, made._denominator = above // common, below // common
    made._unit = unit
    return made


@cache
def _base(unit: Unit) -> Unit:
    """The unit that stands for all of the same dimension, so that equal figures hash alike."""
    return next(u for u in ALL_UNITS if u.pint.dimensionality == unit.pint.dimensionality)


ALL_UNITS = tuple(value for value in list(globals().values()) if isinstance(value, Unit))


def figure(value: int | Fraction | str, unit: Unit) -> Figure:
    """A figure from a whole number, a fraction or the text of one ("4.5", "2/3"); never from a float.

    >>> figure("4.5", MG)
    Figure(value=Fraction(9, 2), unit=Unit('mg'))
    """
    if type(value) is int:
        return in_lowest_terms(value, 1, unit)
    if not isinstance(value, str | Fraction):
        raise TypeError(f"a figure is exact: {type(value).__name__} is not taken")
    return Figure(Fraction(value), unit)
