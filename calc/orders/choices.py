"""Fields of an order that are chosen: the drug, the chemical form of its dose, the reasons for overrides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Discriminator, Field, Tag, ValidationInfo

from calc.orders.parts import Acknowledgement, NamedDrug
from calc.reading.fields import PlainText, Reader, choice_from, length, refuse, stripped
from calc.reading.numbers import shortened

MOST_ACKNOWLEDGEMENTS = 20


def _basis_of_the_drug(given: str, info: ValidationInfo) -> str:
    """Refuse a chemical form of the dose that is not in the drug's file; without a file, refuse any."""
    drug = info.data.get("drug")
    context: Mapping[str, Any] = info.context or {}
    bases = tuple(context["library"].drugs[drug].bases) if isinstance(drug, str) else ()
    if drug is not None and given not in bases:
        raise refuse("unknown_choice", typed=given, choices=bases)
    return given


DrugChoice = Annotated[
    Annotated[str, choice_from(lambda library: library.drugs), Tag("key")] | Annotated[NamedDrug, Tag("named")],
    Discriminator(lambda given: "named" if isinstance(given, Mapping | NamedDrug) else "key"),
]


def _formulation_key(given: Any, context: Any) -> str:
    """Refuse a key that no published formulation has."""
    key = stripped(given, "text")
    if key not in context["library"].formulations:
        raise refuse("unknown_formulation", typed=shortened(key))
    return key


#: A published formulation by its key. It stands beside the order: no figure and no fingerprint knows of it.
FormulationKey = Annotated[
    str,
    Reader(_formulation_key, {"type": "string", "minLength": 1, "examples": ["pub:baclofen-5-cheo"]}, in_context=True),
]
DoseBasis = Annotated[PlainText, AfterValidator(_basis_of_the_drug)]
Acknowledgements = Annotated[
    tuple[Acknowledgement, ...], Field(max_length=MOST_ACKNOWLEDGEMENTS), length(0, MOST_ACKNOWLEDGEMENTS)
]
