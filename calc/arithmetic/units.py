"""Units of the pharmacy, and `Figure`: an exact number with a unit.

Our own pint registry holds every definition. Gram, liter, tablet, capsule, day and mole are base units, each its own
dimension, so tablets never add to capsules and no exponents arise. Typed text never reaches pint: typed units come
from the closed list `TYPED_UNITS`, and magnitudes are fractions from the first character on.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import gcd
from typing import TYPE_CHECKING, Any, NoReturn

from pint import UnitRegistry

DEFINITIONS = (
    "gram = [mass] = g",
    "liter = [volume] = L",
    "tablet = [tablet]",
    "capsule = [capsule]",
    "day = [time]",
    "hour = 1 / 24 * day",
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
    """A figure met a unit of another dimension: an internal error, never an answer to a user."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One unit of the program.

    `code` is its UCUM code, as the endpoint writes it; `one` and `many` are its printed names, singular and plural;
    `pint` is the same unit in the registry, the source of every conversion factor and every proof. `after_one` and
    `after` are what is printed behind a number: a space and the name; behind a bare ratio nothing.
    """

    code: str
    one: str
    many: str
    pint: Any
    after_one: str
    after: str

    def __repr__(self) -> str:
        return f"Unit({self.code!r})"


def _unit(code: str, pint_name: str, one: str, many: str | None = None) -> Unit:
    names = one, one if many is None else many
    return Unit(code, *names, REGISTRY.Unit(pint_name), *(name and f" {name}" for name in names))


G = _unit("g", "gram", "g")
MG = _unit("mg", "milligram", "mg")
MCG = _unit("ug", "microgram", "mcg")
LITER = _unit("L", "liter", "L")
ML = _unit("mL", "milliliter", "mL")
DAY = _unit("d", "day", "day", "days")
HOUR = _unit("h", "hour", "hour", "hours")
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

#: The only units that may be typed after a number, spelled exactly like this.
TYPED_UNITS = {"g": G, "mg": MG, "mcg": MCG, "ug": MCG, "mL": ML, "L": LITER, "%": PERCENT, "day": DAY}


@cache
def conversion_factor(given: Unit, wanted: Unit) -> Fraction:
    """Return the factor that converts a magnitude from `given` to `wanted`, from pint's definitions.

    Raises `WrongUnit` if their dimensions differ.

    >>> conversion_factor(G, MG)
    Fraction(1000, 1)
    """
    if given.pint.dimensionality != wanted.pint.dimensionality:
        raise WrongUnit(f"{given.code} cannot be written in {wanted.code}")
    return Fraction(REGISTRY.Quantity(Fraction(1), given.pint).to(wanted.pint).magnitude)


@cache
def _whole_factor(given: Unit, wanted: Unit) -> tuple[int, int]:
    """Return the same factor as a numerator and a denominator."""
    return conversion_factor(given, wanted).as_integer_ratio()


@cache
def same_kind(one: Unit, other: Unit) -> bool:
    """Return True if two units have the same dimension."""
    return bool(one.pint.dimensionality == other.pint.dimensionality)


class _Open:
    """A figure while it is being made: as soon as its three parts are set, its class becomes `Figure`.

    A figure is read some ten times for each time that one is made, and plain attributes are read fastest.
    """

    __slots__ = ("denominator", "numerator", "unit")


class Figure(_Open):
    """An exact number with a unit: `numerator` / `denominator`, in lowest terms; it is never changed.

    Figures of one dimension can be compared. Arithmetic happens only inside a formula (`calc.arithmetic.formula`),
    where units are proved and whole numbers computed: `+ - * /` exist only for the type checker.

    >>> Figure(Fraction(1, 2), G) > Figure(Fraction(499), MG)
    True
    """

    __slots__ = ()
    numerator: int
    denominator: int
    unit: Unit

    def __new__(cls, value: Fraction, unit: Unit) -> Figure:
        """Make a figure from a number, which is in lowest terms."""
        made: Any = _Open()
        made.numerator, made.denominator = value.as_integer_ratio()
        made.unit, made.__class__ = unit, Figure
        return made  # type: ignore[no-any-return]

    def __setattr__(self, *_: object) -> NoReturn:
        raise AttributeError("a figure is never changed")

    __delattr__ = __setattr__

    def __copy__(self) -> Figure:
        return self

    def __deepcopy__(self, _: object) -> Figure:
        return self

    @property
    def value(self) -> Fraction:
        """The number without its unit."""
        return Fraction(self.numerator, self.denominator)

    def __repr__(self) -> str:
        return f"Figure(value={self.value!r}, unit={self.unit!r})"

    def to(self, unit: Unit) -> Figure:
        """Convert to another unit; raises `WrongUnit` if that has another dimension."""
        if unit is self.unit:
            return self
        above, below = _whole_factor(self.unit, unit)
        return in_lowest_terms(self.numerator * above, self.denominator * below, unit)

    def read_as(self, unit: Unit) -> Figure:
        """Return the same number with another unit: "4.5 mg" in an order is 4.5 mg in one capsule."""
        same: Any = _Open()
        same.numerator, same.denominator = self.numerator, self.denominator
        same.unit, same.__class__ = unit, Figure
        return same  # type: ignore[no-any-return]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Figure) or not (other.unit is self.unit or same_kind(self.unit, other.unit)):
            return False
        same = other.to(self.unit)
        return self.numerator == same.numerator and self.denominator == same.denominator

    def __hash__(self) -> int:
        return hash(self.to(_base(self.unit)).value)

    def __lt__(self, other: Figure) -> bool:
        if other.unit is self.unit:
            return self.numerator * other.denominator < other.numerator * self.denominator
        above, below = _whole_factor(other.unit, self.unit)
        return self.numerator * other.denominator * below < other.numerator * self.denominator * above

    def __le__(self, other: Figure) -> bool:
        if other.unit is self.unit:
            return self.numerator * other.denominator <= other.numerator * self.denominator
        above, below = _whole_factor(other.unit, self.unit)
        return self.numerator * other.denominator * below <= other.numerator * self.denominator * above

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


def in_lowest_terms(above: int, below: int, unit: Unit) -> Figure:
    """Reduce `above` / `below` to a figure, as every formula does. Raises `ZeroDivisionError` if `below` is 0.

    >>> in_lowest_terms(6, -4, MG)
    Figure(value=Fraction(-3, 2), unit=Unit('mg'))
    """
    if below <= 0:
        if below == 0:
            raise ZeroDivisionError(f"{above} over nothing")
        above, below = -above, -below
    common = gcd(above, below)
    made: Any = _Open()
    if common == 1:
        made.numerator, made.denominator = above, below
    else:
        made.numerator, made.denominator = above // common, below // common
    made.unit, made.__class__ = unit, Figure
    return made  # type: ignore[no-any-return]


@cache
def _base(unit: Unit) -> Unit:
    """Return the unit that stands for all units of its dimension, so that equal figures hash alike."""
    return next(u for u in ALL_UNITS if u.pint.dimensionality == unit.pint.dimensionality)


ALL_UNITS = tuple(value for value in list(globals().values()) if isinstance(value, Unit))


def figure(value: int | Fraction | str, unit: Unit) -> Figure:
    """Make a figure from an int, a Fraction or the text of one ("4.5", "2/3"). Raises `TypeError` for a float.

    >>> figure("4.5", MG)
    Figure(value=Fraction(9, 2), unit=Unit('mg'))
    """
    if type(value) is int:  # in lowest terms as it is
        whole: Any = _Open()
        whole.numerator, whole.denominator, whole.unit, whole.__class__ = value, 1, unit, Figure
        return whole  # type: ignore[no-any-return]
    if not isinstance(value, str | Fraction):
        raise TypeError(f"a figure is exact: {type(value).__name__} is not taken")
    return Figure(Fraction(value), unit)
