"""Formulas: equations of the pharmacy, proved by pint at import and shown exactly as they ran.

A formula is a plain function with a single return expression whose annotations name units. `@formula` runs the body
twice at import: on pint quantities in the declared units, which stops the import on a wrong dimension, scale or
declared result; and on terms that record the operations applied to them and refuse floats, branches and comparisons.
A call checks the unit of each figure, then runs the recorded expression on whole numbers, with numerators and
denominators apart, and builds and reduces one figure at the end; this is faster than the body itself. A sheet shows
the same expression that ran, so the two cannot drift apart.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from fractions import Fraction
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, Generic, ParamSpec, get_args, get_type_hints

from calc import references
from calc.arithmetic import notation, units
from calc.arithmetic.units import REGISTRY, Figure, Unit, in_lowest_terms

Mg = Annotated[Figure, units.MG]
Ml = Annotated[Figure, units.ML]
Tablets = Annotated[Figure, units.TABLET]
Capsules = Annotated[Figure, units.CAPSULE]
Ratio = Annotated[Figure, units.RATIO]
MgPerTablet = Annotated[Figure, units.MG_PER_TABLET]
MgPerCapsule = Annotated[Figure, units.MG_PER_CAPSULE]
MgPerMl = Annotated[Figure, units.MG_PER_ML]
MlPerCapsule = Annotated[Figure, units.ML_PER_CAPSULE]
CapsulesPerTablet = Annotated[Figure, units.CAPSULE_PER_TABLET]
GPerMol = Annotated[Figure, units.G_PER_MOL]
Days = Annotated[Figure, units.DAY]
PerDay = Annotated[Figure, units.PER_DAY]

P = ParamSpec("P")
_SIGN = {"+": " + ", "-": " \u2212 ", "*": " \u00d7 ", "/": " / "}
_BINDS = {"+": 1, "-": 1, "*": 2, "/": 2, "name": 3, "number": 3}
#: Two sets of distinct primes: magnitudes at which two different expressions do not agree by accident.
_PROBES = ((7, 11, 13, 17, 19, 23, 29, 31), (101, 89, 83, 79, 73, 71, 67, 61))


class FormulaError(TypeError):
    """An invalid formula: its units disagree, or its body is not a single plain expression."""


class Term:
    """An operand that records the operations applied to it."""

    __slots__ = ("left", "operator", "right")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, operator: str, left: Any, right: Any = None) -> None:
        self.operator, self.left, self.right = operator, left, right

    def _with(self, operator: str, other: object, swapped: bool = False) -> Term:
        if isinstance(other, bool) or not isinstance(other, Term | int):
            raise FormulaError(f"a formula calculates with figures and whole numbers, not {type(other).__name__}")
        term = other if isinstance(other, Term) else Term("number", other)
        return Term(operator, term, self) if swapped else Term(operator, self, term)

    def __add__(self, other: object) -> Term:
        return self._with("+", other)

    def __radd__(self, other: object) -> Term:
        return self._with("+", other, swapped=True)

    def __sub__(self, other: object) -> Term:
        return self._with("-", other)

    def __rsub__(self, other: object) -> Term:
        return self._with("-", other, swapped=True)

    def __mul__(self, other: object) -> Term:
        return self._with("*", other)

    def __rmul__(self, other: object) -> Term:
        return self._with("*", other, swapped=True)

    def __truediv__(self, other: object) -> Term:
        return self._with("/", other)

    def __rtruediv__(self, other: object) -> Term:
        return self._with("/", other, swapped=True)

    def _no(self, *_: object) -> Any:
        raise FormulaError("a formula neither compares nor branches")

    __bool__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _no

    def write(self, names: dict[str, str]) -> str:
        """Return the expression as text, with each name replaced by its entry in `names`."""
        if self.operator == "name":
            return names[self.left]
        if self.operator == "number":
            return str(self.left)
        left, right = self.left.write(names), self.right.write(names)
        outer, inner = _BINDS[self.operator], _BINDS[self.right.operator]
        if _BINDS[self.left.operator] < outer:
            left = f"({left})"
        if inner < outer or (inner == outer and self._order_matters()):
            right = f"({right})"
        elif self.operator == "/" and "/" in right and self.right.operator == "name":
            right = f"({right})"  # a unit such as mg/tablet after the slash
        return f"{left}{_SIGN[self.operator]}{right}"

    def ratio(self) -> tuple[str, str]:
        """Return the expression's numerator and denominator as Python source, on the whole numbers of figures."""
        if self.operator == "name":
            return f"{self.left}.numerator", f"{self.left}.denominator"
        if self.operator == "number":
            return str(self.left), "1"
        (a, b), (c, d) = self.left.ratio(), self.right.ratio()
        match self.operator:
            case "*":
                return _times(a, c), _times(b, d)
            case "/":
                return _times(a, d), _times(b, c)
            case sign:
                return f"({_times(a, d)} {sign} {_times(c, b)})", _times(b, d)

    def _order_matters(self) -> bool:
        return self.operator in {"-", "/"} or self.right.operator == "/"


def _times(one: str, other: str) -> str:
    """Return a product as Python source, without a factor of 1."""
    return one if other == "1" else other if one == "1" else f"{one} * {other}"


class Formula(Generic[P]):
    """A proved equation. Call it with figures in the order of its parameters; it returns a figure.

    `name` and `doc` are those of the function, `reference` is its source, `parameters` the unit of each argument,
    `result` the unit of the result, `text` the equation in words.
    """

    def __init__(self, body: Callable[P, Figure], reference: str) -> None:
        self.name = body.__name__
        self.doc = inspect.getdoc(body) or ""
        if reference not in references.REFERENCES:
            raise FormulaError(f"{self.name}: unknown reference {reference!r}")
        self.reference = reference
        hints = get_type_hints(body, include_extras=True)
        declared = {name: self._unit_of(hint, name) for name, hint in hints.items()}
        self.result: Unit = declared.pop("return")
        self.parameters: dict[str, Unit] = declared
        if list(declared) != list(inspect.signature(body).parameters):
            raise FormulaError(f"{self.name}: each parameter names its unit")
        self._units = tuple(declared.values())
        self._body: Callable[..., Any] = body
        self._traced = self._trace()
        self.compute = self._compiled()
        self._prove()
        self._written_with = self._writing()
        self.text = self._traced.write({name: name.replace("_", " ") for name in declared})
        self.__doc__, self.__name__, self.__module__ = self.doc, self.name, body.__module__
        self.__wrapped__ = body  # so that doctest finds the example in the docstring

    if TYPE_CHECKING:

        def __call__(self, *given: P.args, **named: P.kwargs) -> Figure:
            """Compute exactly. Raises `WrongUnit` if a figure does not have the declared dimension."""

    else:
        __call__ = property(attrgetter("compute"))  # the compiled expression itself is what is called

    def substituted(self, given: tuple[Figure, ...]) -> str:
        """Return the equation with figures in place of the names, converted to the declared units."""
        return self._written_with(*given)

    def written(self, texts: tuple[str, ...]) -> str:
        """Return the equation with texts in place of the names: for a figure that is a root, not a fraction."""
        return self._traced.write(dict(zip(self.parameters, texts, strict=True)))

    def by_pint(self, given: tuple[Figure, ...]) -> Figure:
        """Compute the same result the long way: pint quantities through the body, converted at the end."""
        quantities = [REGISTRY.Quantity(figure.value, figure.unit.pint) for figure in given]
        answer = self._body(*quantities)
        return Figure(Fraction(answer.to(self.result.pint).magnitude), self.result)

    def _unit_of(self, hint: object, name: str) -> Unit:
        unit = get_args(hint)[1] if get_args(hint) else None
        if not isinstance(unit, Unit):
            raise FormulaError(f"{self.name}: {name} names no unit")
        return unit

    def _trace(self) -> Term:
        try:
            traced = self._body(*[Term("name", name) for name in self.parameters])
        except FormulaError as fault:
            raise FormulaError(f"{self.name}: {fault}") from fault
        if not isinstance(traced, Term):
            raise FormulaError(f"{self.name}: the body is not an expression of its figures")
        return traced

    def _compiled(self) -> Callable[..., Figure]:
        """Compile the traced expression on whole numbers behind a check of each unit; convert only on a mismatch.

        The expression holds only operators, whole numbers and names of parameters: `Term` writes nothing else.
        """
        above, below = self._traced.ratio()
        fits = " and ".join(f"{name}.unit is unit_{number}" for number, name in enumerate(self.parameters))
        named = ", ".join(self.parameters)
        source = f"lambda {named}: in_lowest_terms({above}, {below}, result) if {fits} else converted({named})"
        known = {"in_lowest_terms": in_lowest_terms, "result": self.result, "converted": self._converted}
        return self._function(source, known)

    def _writing(self) -> Callable[..., str]:
        """Compile the writing of figures in the equation's places, each in its declared unit."""
        figures = (
            f"{{working({name} if {name}.unit is unit_{number} else {name}.to(unit_{number}))}}"
            for number, name in enumerate(self.parameters)
        )
        source = f"lambda {', '.join(self.parameters)}: f'{self._places_for_figures().format(*figures)}'"
        return self._function(source, {"working": notation.working})

    def _function(self, source: str, known: dict[str, Any]) -> Callable[..., Any]:
        """Make a function of its source, which knows these names and `unit_0`, `unit_1`, ... for the declared units."""
        function: Callable[..., Any] = eval(  # noqa: S307
            source, known | {f"unit_{number}": unit for number, unit in enumerate(self._units)}
        )
        return function

    def _places_for_figures(self) -> str:
        """Return the equation as a template for `str.format`, written once, with the brackets that the units need."""
        slash = "/\0"  # stands for a unit such as mg/tablet; removed again below
        places = (f"{{{number}}}{slash if '/' in unit.many else ''}" for number, unit in enumerate(self._units))
        return self.written(tuple(places)).replace(slash, "")

    def _converted(self, *given: Figure) -> Figure:
        """Compute with each figure first converted to the unit of its parameter."""
        return self.compute(*map(Figure.to, given, self._units))

    def _prove(self) -> None:
        """Compare pint's result, the bare numbers and the compiled expression, in dimension and in scale."""
        for probe in _PROBES:
            numbers = [Fraction(n) for n in probe[: len(self._units)]]
            figures = tuple(Figure(n, unit) for n, unit in zip(numbers, self._units, strict=True))
            try:
                proved = self.by_pint(figures).value
            except Exception as fault:
                raise FormulaError(f"{self.name}: the units do not agree: {type(fault).__name__}") from fault
            if not proved == self._body(*numbers) == self.compute(*figures).value:
                raise FormulaError(f"{self.name}: the scale of a unit is wrong (mg and g, or a per cent and a ratio)")


#: Every formula in the program by name, in order of definition.
FORMULAS: dict[str, Formula[Any]] = {}


def formula(*, reference: str) -> Callable[[Callable[P, Figure]], Formula[P]]:
    """Declare an equation with a key of `calc.references`. Raises `FormulaError`; see the module docstring."""

    def declare(body: Callable[P, Figure]) -> Formula[P]:
        declared = Formula(body, reference)
        if declared.name in FORMULAS:
            raise FormulaError(f"{declared.name}: declared twice")
        FORMULAS[declared.name] = declared
        return declared

    return declare
