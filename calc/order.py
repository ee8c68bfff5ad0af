"""What is asked: `Order`, complete, immutable and validated. The only place that decides whether an order can be read.

The page, the endpoint and the command line hand in the same tree of names and texts and get the same faults. Reading
an order fills in its defaults first, so that an order understood says everything; then every field, every pair of
fields and every choice is checked, and all faults are told at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    Tag,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from calc import limits
from calc.consistency import fields_together, values_in_sequence
from calc.defaults import complete
from calc.faults import Fault, FaultCode, Refused
from calc.figures import shortened
from calc.library import Library
from calc.parts import (
    Acknowledgement,
    Balance,
    BeyondUse,
    BulkPowder,
    Capsule,
    DiluentChoice,
    NamedDrug,
    Part,
    Screening,
    TabletPowder,
    TabletSource,
    kind_of_source,
)
from calc.readers import CalendarDate, Count, Mass, Percent, PlainText, choice_from, faults_in, refuse, within
from calc.units import PERCENT, Figure, figure

MOST_ACKNOWLEDGEMENTS = 20


def _not_a_factor(given: Figure) -> Figure:
    if figure(0, PERCENT) < given < limits.LEAST_ALLOWANCE.value:
        raise refuse("factor_not_percent", typed=given, least=limits.LEAST_ALLOWANCE.value)
    return given


def _few_enough(given: Any) -> Any:
    """A list is measured before it is read: a long one is one fault, not one for each of its items."""
    if isinstance(given, list | tuple) and len(given) > MOST_ACKNOWLEDGEMENTS:
        raise refuse("list_too_long", longest=MOST_ACKNOWLEDGEMENTS)
    return given


def _basis_of_the_drug(given: str, info: ValidationInfo) -> str:
    """A dose can be stated as a chemical form that the drug's file knows; without a file no form is known."""
    drug = info.data.get("drug")
    context: Mapping[str, Any] = info.context or {}
    bases = tuple(context["library"].drugs[drug].bases) if isinstance(drug, str) else ()
    if drug is not None and given not in bases:
        raise refuse("unknown_choice", typed=given, choices=bases)
    return given


class Order(Part):
    """What is asked for, complete and validated. Made by `Order.read`; it never changes."""

    drug: Annotated[
        Annotated[str, choice_from(lambda library: tuple(library.drugs)), Tag("key")]
        | Annotated[NamedDrug, Tag("named")],
        Discriminator(lambda given: "named" if isinstance(given, Mapping | NamedDrug) else "key"),
    ]
    dose: Annotated[Mass, within("dose")]
    quantity: Annotated[Count, within("quantity")]
    dose_basis: Annotated[PlainText, AfterValidator(_basis_of_the_drug)] | None = None
    allowance: Annotated[Percent, within("allowance"), AfterValidator(_not_a_factor)] | None = None
    extra_capsules: Annotated[Count, within("extra_capsules")] | None = None
    prepared_on: CalendarDate
    internal_number: PlainText | None = None
    crushing_loss: Annotated[Percent, within("crushing_loss")] | None = None
    source: Annotated[
        Annotated[TabletSource, Tag("tablet")] | Annotated[BulkPowder, Tag("powder")], Discriminator(kind_of_source)
    ]
    balance: Balance
    capsule: Capsule
    diluent: DiluentChoice
    tablet_powder: TabletPowder
    beyond_use: BeyondUse
    screening: Screening
    acknowledgements: Annotated[
        tuple[Acknowledgement, ...], Field(max_length=MOST_ACKNOWLEDGEMENTS), BeforeValidator(_few_enough)
    ]

    _defaults: tuple[str, ...] = PrivateAttr(default=())

    @property
    def defaults(self) -> tuple[str, ...]:
        """The paths of what was filled in, because the order did not say it."""
        return self._defaults

    @classmethod
    def read(cls, tree: Any, library: Library, *, today: date | None = None) -> Order:
        """The order that `tree` (names, texts and whole numbers, as JSON gives them) asks for.

        `today` stands in for a missing `prepared_on`; the core knows no clock. Raises `Refused` with every fault.

        >>> from calc.library import load
        >>> Order.read({"dose": "4.5 mg", "quantity": 30}, load(), today=date(2026, 11, 22)).capsule.size
        '3'
        """
        return cls.model_validate(tree, context={"library": library, "today": today})

    @model_validator(mode="wrap")
    @classmethod
    def _all_faults_at_once(cls, tree: Any, handler: ModelWrapValidatorHandler[Order], info: ValidationInfo) -> Order:
        context: Mapping[str, Any] = info.context or {}
        if not isinstance(tree, Mapping):
            raise Refused((Fault(FaultCode.WRONG_TYPE, "", {"expected": "object"}),))
        completed, defaults = complete(tree, _NAMES, context["library"], context.get("today"))
        faults: dict[tuple[str, str], Fault] = {}
        try:
            order = handler(completed)
        except ValidationError as invalid:
            for fault in faults_in(invalid):
                faults.setdefault((fault.code, fault.field), fault)
        for fault in (
            *fields_together(completed),
            *values_in_sequence(completed),
            *_bases(completed, context["library"]),
        ):
            faults.setdefault((fault.code, fault.field), fault)
        if faults:
            raise Refused(tuple(faults.values()))
        order._defaults = defaults
        return order

    @classmethod
    def input_schema(cls) -> dict[str, Any]:
        """The JSON Schema of what may be sent: only dose and quantity are required, null is as good as left out."""
        schema = cls.model_json_schema()
        for name, part in ((schema["title"], schema), *schema["$defs"].items()):
            needed = _REQUIRED.get(name, frozenset())
            part["required"] = [field for field in part["properties"] if field in needed]
            for field, kind in part["properties"].items():
                if field not in needed and "anyOf" not in kind:
                    part["properties"][field] = {"anyOf": [kind, {"type": "null"}]}
        return schema

    def understood(self) -> dict[str, Any]:
        """The whole order as a tree; read again, it is the same order with nothing filled in."""
        return self.model_dump(mode="json")


def _bases(tree: Mapping[str, Any], library: Library) -> Iterator[Fault]:
    """The chemical form of bulk powder must be one that the drug's file knows."""
    source, drug = tree["source"], tree["drug"]
    known = tuple(library.drugs[drug].bases) if isinstance(drug, str) and drug in library.drugs else ()
    basis = source.get("basis") if isinstance(source, Mapping) and source.get("kind") == "powder" else None
    if isinstance(basis, str) and basis.strip(" ") not in known and (known or isinstance(drug, Mapping)):
        yield Fault(FaultCode.UNKNOWN_CHOICE, "source.basis", {"typed": shortened(basis), "choices": known})


#: What must be sent, by model; everything else has a default or may stay unknown.
_REQUIRED: Mapping[str, frozenset[str]] = {
    "Order": frozenset({"dose", "quantity"}),
    "NamedDrug": frozenset({"name"}),
    "BulkPowder": frozenset({"kind", "assay"}),
    "Acknowledgement": frozenset({"code", "value", "reason"}),
}

#: The names of the order and of each of its parts: null under one of them is as good as left out.
_NAMES: Mapping[str, frozenset[str]] = (
    {"": frozenset(Order.model_fields)}
    | {
        name: frozenset(field.annotation.model_fields)
        for name, field in Order.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Part)
    }
    | {"drug": frozenset(NamedDrug.model_fields), "acknowledgements": frozenset(Acknowledgement.model_fields)}
    | {"source": frozenset(TabletSource.model_fields) | frozenset(BulkPowder.model_fields)}
)
