"""What every order says, whatever is made: how its tree is read, and the fields that the planning of any of them takes.

Reading an order fills in its defaults first, so that an order understood says everything; then every field, every pair
of fields and every choice is checked, and all faults are told at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Protocol, Self

from pydantic import (
    AfterValidator,
    Discriminator,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    Tag,
    ValidationInfo,
    model_validator,
)

from calc.arithmetic.units import Figure
from calc.faults import Fault, FaultCode, Refused
from calc.library import Library
from calc.orders.consistency import fields_together, values_in_sequence
from calc.orders.defaults import Names, complete
from calc.orders.parts import Acknowledgement, Balance, BeyondUse, Bulk, NamedDrug, Part, Screening, TabletSource
from calc.reading.fields import PlainText, choice_from, length, refuse
from calc.reading.numbers import shortened
from calc.reading.validation import validated

MOST_ACKNOWLEDGEMENTS = 20


def _basis_of_the_drug(given: str, info: ValidationInfo) -> str:
    """A dose can be stated as a chemical form that the drug's file knows; without a file no form is known."""
    drug = info.data.get("drug")
    context: Mapping[str, Any] = info.context or {}
    bases = tuple(context["library"].drugs[drug].bases) if isinstance(drug, str) else ()
    if drug is not None and given not in bases:
        raise refuse("unknown_choice", typed=given, choices=bases)
    return given


DrugChoice = Annotated[
    Annotated[str, choice_from(lambda library: tuple(library.drugs)), Tag("key")] | Annotated[NamedDrug, Tag("named")],
    Discriminator(lambda given: "named" if isinstance(given, Mapping | NamedDrug) else "key"),
]
DoseBasis = Annotated[PlainText, AfterValidator(_basis_of_the_drug)]
Acknowledgements = Annotated[
    tuple[Acknowledgement, ...], Field(max_length=MOST_ACKNOWLEDGEMENTS), length(0, MOST_ACKNOWLEDGEMENTS)
]


class AnyOrder(Protocol):
    """The fields that every order has, as planning reads them."""

    @property
    def drug(self) -> str | NamedDrug:
        """Key of a drug's file, or the name of a drug without one."""

    @property
    def dose(self) -> Figure:
        """What is taken at one time, or what one capsule holds, in the form `dose_basis`."""

    @property
    def dose_basis(self) -> str | None:
        """The chemical form that the dose is stated in."""

    @property
    def prepared_on(self) -> date:
        """The date of making."""

    @property
    def crushing_loss(self) -> Figure | None:
        """The part of the powder that may be lost in crushing; None of bulk powder."""

    @property
    def source(self) -> TabletSource | Bulk:
        """What the drug is taken from."""

    @property
    def balance(self) -> Balance:
        """The balance in use."""

    @property
    def beyond_use(self) -> BeyondUse:
        """How days are counted."""

    @property
    def screening(self) -> Screening:
        """The answers about this dispensing."""

    @property
    def acknowledgements(self) -> tuple[Acknowledgement, ...]:
        """The reasons given for soft stops."""


class ReadableOrder(Part):
    """An order that is read from a tree. Made by `read`; it never changes."""

    #: What the order means where it says nothing, by path, in its own words.
    filled_in: ClassVar[Mapping[str, Any]] = {}
    #: What must be sent, by model; everything else has a default or may stay unknown.
    needed: ClassVar[Mapping[str, frozenset[str]]] = {}
    #: The names of the order and of each of its parts: null under one of them is as good as left out.
    names: ClassVar[Names] = {}

    _defaults: tuple[str, ...] = PrivateAttr(default=())

    @property
    def defaults(self) -> tuple[str, ...]:
        """The paths of what was filled in, because the order did not say it."""
        return self._defaults

    @classmethod
    def read(cls, tree: Any, library: Library, *, today: date | None = None) -> Self:
        """The order that `tree` (names, texts and whole numbers, as JSON gives them) asks for.

        `today` stands in for a missing `prepared_on`; the core knows no clock. Raises `Refused` with every fault.

        >>> from calc.library import load
        >>> from calc.capsule.order import Order
        >>> Order.read({"dose": "4.5 mg", "quantity": 30}, load(), today=date(2026, 11, 22)).capsule.size
        '3'
        """
        return cls.model_validate(tree, context={"library": library, "today": today})

    @model_validator(mode="wrap")
    @classmethod
    def _all_faults_at_once(cls, tree: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        context: Mapping[str, Any] = info.context or {}
        if not isinstance(tree, Mapping):
            raise Refused((Fault(FaultCode.WRONG_TYPE, "", {"expected": "object"}),))
        library: Library = context["library"]
        completed, defaults = complete(tree, cls.names, cls.filled_in, library, context.get("today"))
        order = validated(
            lambda: handler(completed),
            fields_together(completed, cls.names),
            values_in_sequence(completed),
            _bases(completed, library),
        )
        order._defaults = defaults
        return order

    @classmethod
    def input_schema(cls) -> dict[str, Any]:
        """The JSON Schema of what may be sent: little is required, null is as good as left out elsewhere."""
        schema = cls.model_json_schema()
        for name, part in ((schema["title"], schema), *schema["$defs"].items()):
            needed = cls.needed.get(name, frozenset())
            part["required"] = [field for field in part["properties"] if field in needed]
            for field, kind in part["properties"].items():
                if field not in needed and "anyOf" not in kind:
                    part["properties"][field] = {"anyOf": [kind, {"type": "null"}]}
        return schema

    def understood(self) -> dict[str, Any]:
        """The whole order as a tree; read again, it is the same order with nothing filled in."""
        return self.model_dump(mode="json")


def names_of(model: type[ReadableOrder]) -> dict[str, frozenset[str]]:
    """The names of an order and of each part that is of one kind."""
    parts = {
        name: frozenset(field.annotation.model_fields)
        for name, field in model.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Part)
    }
    return {
        "": frozenset(model.model_fields),
        **parts,
        "drug": frozenset(NamedDrug.model_fields),
        "acknowledgements": frozenset(Acknowledgement.model_fields),
    }


#: What must be sent in the parts that every order has.
NEEDED_OF_PARTS: Mapping[str, frozenset[str]] = {
    "NamedDrug": frozenset({"name"}),
    "Acknowledgement": frozenset({"code", "value", "reason"}),
}


def _bases(tree: Mapping[str, Any], library: Library) -> Iterator[Fault]:
    """The chemical form of bulk powder must be one that the drug's file knows."""
    source, drug = tree["source"], tree["drug"]
    known = tuple(library.drugs[drug].bases) if isinstance(drug, str) and drug in library.drugs else ()
    basis = source.get("basis") if isinstance(source, Mapping) and source.get("kind") == "powder" else None
    if isinstance(basis, str) and basis.strip(" ") not in known and (known or isinstance(drug, Mapping)):
        yield Fault(FaultCode.UNKNOWN_CHOICE, "source.basis", {"typed": shortened(basis), "choices": known})
