"""The base of all orders, whatever is made: parsing from a tree, and the fields that all planning needs.

Parsing an order fills in its defaults first, so that the normalized order is complete; then every field, pair of
fields and choice is validated, and all faults are reported at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol, Self

from pydantic import ModelWrapValidatorHandler, PrivateAttr, ValidationInfo, model_validator

from calc.arithmetic.notation import decimal
from calc.arithmetic.units import MCG, Figure
from calc.faults import Fault, FaultCode, Notice, Refused
from calc.library import Library
from calc.orders.consistency import Rules, fields_together, rules_for, values_in_sequence
from calc.orders.dates_read import dates_read_in
from calc.orders.defaults import Names, Shape, complete, filled_in_now, shape_of
from calc.orders.follows import Following, Together
from calc.orders.forms import Forms, forms_together
from calc.orders.of_drug import bases, no_such_questions
from calc.orders.parts import (
    Acknowledgement,
    Assessment,
    Balance,
    NamedDrug,
    Part,
    Screening,
    is_powder,
)
from calc.orders.sources import AnySource, last_use
from calc.orders.studies import BeyondUse, days_or_hours
from calc.orders.vehicles import before_table, by_table
from calc.reading.fields import canonical
from calc.reading.validation import validated


class AnyOrder(Protocol):
    """The fields that every order has, as planning reads them."""

    @property
    def drug(self) -> str | NamedDrug:
        """Key of a drug's file, or the name of a drug without one."""

    @property
    def dose(self) -> Figure:
        """The amount taken at one time, or held by one capsule, in the form `dose_basis`."""

    @property
    def dose_basis(self) -> str | None:
        """The chemical form in which the dose is stated."""

    @property
    def forms(self) -> Forms | None:
        """The two forms of a drug without a file that differ: that of the dose, and that of the source's label."""

    @property
    def prepared_on(self) -> date:
        """The date of making."""

    @property
    def formulation(self) -> str | None:
        """The key of the published formulation that it names, beside all that counts."""

    @property
    def crushing_loss(self) -> Figure | None:
        """The fraction of the powder that may be lost in crushing; None for bulk powder."""

    @property
    def source(self) -> AnySource:
        """The source product of the drug."""

    @property
    def balance(self) -> Balance:
        """The balance in use."""

    @property
    def beyond_use(self) -> BeyondUse:
        """The counting of days to the beyond-use date, and the published dates."""

    @property
    def screening(self) -> Screening:
        """The answers to the screening questions of the drug's file, by the questions' codes."""

    @property
    def assessment(self) -> Assessment:
        """The pharmacist's answers on the drug."""

    @property
    def dates_read(self) -> tuple[Notice, ...]:
        """The expiries that were typed in another form, each with the day that it was read as."""

    @property
    def unknown_expiries(self) -> tuple[str, ...]:
        """The paths of the expiries of components that are not known."""

    @property
    def by_table(self) -> frozenset[str]:
        """The paths of what a table, and nobody else, says in this order."""

    @property
    def expiries_of_ingredients(self) -> tuple[tuple[str, date | None], ...]:
        """The expiries of the ingredients by path."""

    @property
    def acknowledgements(self) -> tuple[Acknowledgement, ...]:
        """The reasons given for overriding soft stops."""

    def typed(self, name: str) -> str:
        """Return a quantity of the order itself as the normalized order writes it."""

    def understood(self) -> dict[str, Any]:
        """Return the normalized order as a tree."""


class AsRead(NamedTuple):
    """What reading an order found beside its values; `ReadableOrder` says what each is."""

    defaults: tuple[str, ...] = ()
    dates_read: tuple[Notice, ...] = ()
    dates_filled_in: frozenset[str] = frozenset()
    defaults_before: tuple[str, ...] = ()
    by_table: frozenset[str] = frozenset()


class Prepared(NamedTuple):
    """What is prepared once for each kind of order: how its tree is completed, and its rules on fields together."""

    shape: Shape
    rules: Rules


class ReadableOrder(Part):
    """An order that is read from a tree. Made by `read`; it never changes."""

    #: Defaults for fields left out of the order, by path, as an order writes them.
    filled_in: ClassVar[Mapping[str, Any]] = {}
    #: Required fields, by model; all others have a default or may stay unknown.
    needed: ClassVar[Mapping[str, frozenset[str]]] = {}
    #: Names of the order's fields and those of each part: null in one of them is treated as absent.
    names: ClassVar[Names] = {}
    #: The parts besides the source whose expiry can end the use of the preparation.
    components: ClassVar[tuple[str, ...]] = ()

    follows: ClassVar[Following | None] = None
    together: ClassVar[Together | None] = None

    _as_read: AsRead = PrivateAttr(default_factory=AsRead)

    if TYPE_CHECKING:
        source: Any  # a field of every order, each with the kinds of sources that it takes

    @property
    def defaults(self) -> tuple[str, ...]:
        """The paths of fields that were left out and filled in."""
        return self._as_read.defaults

    @property
    def expiries(self) -> tuple[tuple[str, date | None], ...]:
        """The expiries of the components by path, the ingredients last; None for one that is not known."""
        return (("source.expiry", last_use(self.source)), *self.other_expiries)

    @property
    def other_expiries(self) -> tuple[tuple[str, date | None], ...]:
        """The same without that of the source."""
        own = [(f"{name}.expiry", getattr(self, name).expiry) for name in self.components]
        return (*own, *self.expiries_of_ingredients)

    @property
    def expiries_of_ingredients(self) -> tuple[tuple[str, date | None], ...]:
        """The expiries of the ingredients by path; none for an order that cannot have any."""
        listed: tuple[Any, ...] = getattr(self, "ingredients", ())
        return tuple([(f"ingredients.{index}.expiry", each.expiry) for index, each in enumerate(listed)])

    @property
    def unknown_expiries(self) -> tuple[str, ...]:
        """The paths of the expiries of components that are not known."""
        return tuple(path for path, expiry in self.expiries if expiry is None)

    @property
    def by_table(self) -> frozenset[str]:
        """The paths of what a table, and nobody else, says in this order."""
        return self._as_read.by_table

    @property
    def defaults_before(self) -> tuple[str, ...]:
        """The paths of fields that were left out and filled in with a default of an earlier set."""
        return self._as_read.defaults_before

    @property
    def dates_filled_in(self) -> frozenset[str]:
        """The paths of dates in the tree that no person typed."""
        return self._as_read.dates_filled_in

    @property
    def dates_read(self) -> tuple[Notice, ...]:
        """The expiries that were typed as packs or GS1 codes have them, each with the day that it was read as."""
        return self._as_read.dates_read

    @classmethod
    def read(
        cls,
        tree: Any,
        library: Library,
        *,
        today: date | None = None,
        dates_filled_in: frozenset[str] = frozenset(),
        earlier: Mapping[str, Any] | None = None,
    ) -> Self:
        """Parse and validate `tree` (names, texts and whole numbers, as JSON gives them) as an order.

        `today` stands in for a missing `prepared_on`; the core has no clock. `dates_filled_in` are the paths of dates
        that an edge wrote into the tree. `earlier` holds defaults by path, of an earlier set, for a paper that was
        printed with them. Raises `Refused` with every fault.

        >>> from calc.library import load
        >>> from calc.capsule.order import Order
        >>> Order.read({"dose": "4.5 mg", "quantity": 30}, load(), today=date(2026, 11, 22)).capsule.size
        '3'
        """
        context = {"library": library, "today": today, "earlier": earlier or {}, "dates_filled_in": dates_filled_in}
        return cls.model_validate(tree, context=context)

    @model_validator(mode="wrap")
    @classmethod
    def _all_faults_at_once(cls, tree: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        context: Mapping[str, Any] = info.context or {}
        if not isinstance(tree, Mapping):
            raise Refused((Fault(FaultCode.WRONG_TYPE, "", {"expected": "object"}),))
        library: Library = context["library"]
        earlier = before_table(context.get("earlier", {}), tree, library)
        prepared = cls._prepared()
        completed, defaults = complete(tree, prepared.shape, library, context.get("today"), earlier, cls.follows)
        order = validated(
            lambda: handler(completed),
            fields_together(completed, prepared.rules),
            values_in_sequence(completed),
            bases(completed, library),
            no_such_questions(completed, library),
            cls.together(completed) if cls.together else (),
            days_or_hours(completed),
            forms_together(completed),
        )
        order._as_read = AsRead(
            defaults,
            tuple(dates_read_in(completed)),
            context.get("dates_filled_in", frozenset()),
            tuple(path for path in earlier if filled_in_now(path, tree, completed)),
            by_table(completed, defaults, library),
        )
        return order

    @classmethod
    @cache
    def _prepared(cls) -> Prepared:
        return Prepared(shape_of(cls.names, cls.filled_in), rules_for(cls.names))

    @classmethod
    def input_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema of the input: few fields are required; in the others null is treated as absent."""
        schema = cls.model_json_schema()
        for name, part in ((schema["title"], schema), *schema["$defs"].items()):
            needed = cls.needed.get(name, frozenset())
            part["required"] = [field for field in part["properties"] if field in needed]
            for field, kind in part["properties"].items():
                if field not in needed and "anyOf" not in kind:
                    part["properties"][field] = {"anyOf": [kind, {"type": "null"}]}
        return schema

    def typed(self, name: str) -> str:
        """Return a quantity of the order itself as the normalized order writes it: the value of a stop on it."""
        return canonical(getattr(self, name))

    def understood(self) -> dict[str, Any]:
        """Return the normalized order as a tree; parsed again, it is the same order with nothing filled in.

        Masses are in mg, but a dose of bulk powder without a file keeps the mcg that it was typed in: it is told of.
        """
        tree = self.model_dump(mode="json")
        dose = getattr(self, "dose", None)
        told = isinstance(tree.get("drug"), dict) and is_powder(tree["source"])
        if told and isinstance(dose, Figure) and dose.unit is MCG:
            tree["dose"] = f"{decimal(dose)} mcg"
        return tree
