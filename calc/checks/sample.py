"""The input of a check by weight: masses of a sample of capsules, what was planned and made; validated.

Page and endpoint pass the same tree of names and texts and get the same faults, all at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field

from calc import limits
from calc.arithmetic.notation import plain
from calc.arithmetic.units import CAPSULE, MCG, MG, G, figure
from calc.capsule.order import Order
from calc.faults import Fault, FaultCode, Refused
from calc.limits import CHECK_RANGES
from calc.planning.made import capsules_weighed
from calc.reading.fields import Count, Mass, MassOrNone, length, peek_count, peek_mass, within
from calc.reading.validation import trimmed, validated, without_null

FEWEST, MOST = int(limits.FEWEST_WEIGHED.value.value), int(limits.MOST_WEIGHED.value.value)


class Sample(BaseModel):
    """What a check was given; `read` validates it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: Required fields.
    required: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def read(cls, tree: Any) -> Self:
        """Parse and validate `tree` (names, texts, whole numbers and lists, as JSON gives them) as a check.

        Raises `Refused` with every fault.
        """
        if not isinstance(tree, Mapping):
            raise Refused((Fault(FaultCode.WRONG_TYPE, "", {"expected": "object"}),))
        fields = without_null(trimmed(dict(tree)), cls.model_fields)
        context = {"label": "label" in fields}
        try:
            return validated(lambda: cls.model_validate(fields, context=context), cls.together(fields))
        except Refused as refused:
            raise Refused(tuple(_one_for_all(fields, refused.faults))) from refused

    @classmethod
    def together(cls, _tree: Mapping[str, Any]) -> Iterator[Fault]:
        """Yield a fault for each conflict between fields, whatever else is wrong."""
        return iter(())

    @classmethod
    def input_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema of the input; null is treated as absent in fields that are not required."""
        schema = cls.model_json_schema()
        schema["required"] = sorted(cls.required)
        return schema


#: The unit that is a thousand times as large, and that a thousandth part of it.
_LARGER, _SMALLER = {MCG: MG, MG: G}, {G: MG, MG: MCG}


def _one_for_all(tree: Mapping[str, Any], faults: tuple[Fault, ...]) -> Iterator[Fault]:
    """Yield the faults, with one for all masses of a list if each of them is as if its unit were another."""
    slipped = {name: fault for name in ("capsules", "shells") if (fault := _thousandfold(name, tree.get(name)))}
    yield from slipped.values()
    for fault in faults:
        name, _, item = fault.field.partition(".")
        if not item or name not in slipped:
            yield fault


def _thousandfold(name: str, masses: Any) -> Fault | None:
    """Return the fault of a whole list, if each mass is out of range and in range with the same other unit."""
    read = [mass for mass in map(peek_mass, masses) if mass is not None] if isinstance(masses, list | tuple) else []
    bounds = CHECK_RANGES[name]
    low, high = bounds.low, bounds.high
    for units in (_LARGER, _SMALLER):
        meant = [mass.read_as(units[mass.unit]) for mass in read if mass.unit in units]
        out = [mass for mass in read if (mass < low if units is _LARGER else mass > high)]
        if 1 < len(meant) == len(out) == len(masses) and all(low <= mass <= high for mass in meant):
            facts = {"typed": plain(read[0]), "low": low, "high": high, "count": len(read), "unit": meant[0].unit.one}
            return Fault(FaultCode.OUT_OF_RANGE, name, facts)
    return None


def _too_short(tree: Mapping[str, Any], name: str, fewest: int = FEWEST) -> Iterator[Fault]:
    """Yield a fault for fewer masses than `fewest`; where those are fewer than ten, no others are left to weigh."""
    masses = tree.get(name)
    if isinstance(masses, list | tuple) and len(masses) < fewest:
        wanted = f"{fewest} to {MOST}" if fewest == FEWEST else f"all {fewest}" if fewest > 1 else "1"
        yield Fault(FaultCode.LIST_LENGTH, name, {"wanted": wanted, "count": len(masses)})


class WeightsAsked(Sample):
    """The masses of filled capsules, of the empty shells, and what was planned and made.

    Ten capsules are weighed, or all of them where fewer were made.

    >>> capsules = ["185 mg"] * 10
    >>> asked = WeightsAsked.read({"theoretical_fill": "137.6 mg", "capsules": capsules, "shell_mass": "48 mg"})
    >>> asked.theoretical_fill, len(asked.capsules)
    (Figure(value=Fraction(688, 5), unit=Unit('mg')), 10)
    """

    required: ClassVar[frozenset[str]] = frozenset({"theoretical_fill", "capsules"})
    #: True if a plan says what was weighed in.
    of_order: ClassVar[bool] = False

    theoretical_fill: Annotated[Mass, within("theoretical_fill", CHECK_RANGES)]
    capsules: Annotated[
        tuple[Annotated[Mass, within("capsules", CHECK_RANGES)], ...],
        Field(json_schema_extra={"minItems": 1, "maxItems": MOST}),
        length(0, MOST),
    ]
    shell_mass: Annotated[Mass, within("shell_mass", CHECK_RANGES)] | None = None
    shells: Annotated[tuple[Annotated[Mass, within("shells", CHECK_RANGES)], ...], length(0, MOST)] | None = Field(
        default=None, json_schema_extra={"minItems": FEWEST, "maxItems": MOST}
    )
    planned: Annotated[Count, within("planned", CHECK_RANGES)] | None = None
    made: Annotated[Count, within("made", CHECK_RANGES)] | None = None
    weighed_in: Annotated[Mass, within("weighed_in", CHECK_RANGES)] | None = None
    blend_left: Annotated[MassOrNone, within("blend_left", CHECK_RANGES)] | None = None

    @classmethod
    def input_schema(cls) -> dict[str, Any]:
        """Return the same; with an order allowed instead of the theoretical fill (`calc.checks.from_order`), and fewer
        than ten capsules if fewer were made.
        """
        schema, order, nothing = super().input_schema(), Order.input_schema(), {"type": "null"}
        parts = order.pop("$defs")
        fields = schema["properties"]
        fields["theoretical_fill"] = {"anyOf": [fields["theoretical_fill"], nothing]}
        fields["order"] = {"anyOf": [{"$ref": "#/$defs/Order"}, nothing]}
        text, tree = {"type": "string"}, {"type": "object"}
        return {
            **schema,
            "required": ["capsules"],
            "oneOf": [
                {"required": ["theoretical_fill"], "properties": {"theoretical_fill": text, "order": nothing}},
                {"required": ["order"], "properties": {"order": tree, "theoretical_fill": nothing}},
            ],
            "anyOf": [
                {"properties": {"capsules": {"minItems": FEWEST}}},
                {
                    "required": ["made"],
                    "properties": {"made": {"type": "integer", "minimum": 1, "exclusiveMaximum": FEWEST}},
                },
            ],
            "$defs": {**parts, "Order": order},
        }

    @classmethod
    def together(cls, tree: Mapping[str, Any]) -> Iterator[Fault]:
        """Yield faults of lists too short, a shell known twice or never, half a pair, more weighed than made."""
        made = peek_count(tree.get("made"))
        yield from _too_short(tree, "capsules", FEWEST if made is None or made < 1 else capsules_weighed(made))
        yield from _too_short(tree, "shells")
        if "shell_mass" in tree and "shells" in tree:
            yield Fault(FaultCode.EXCLUDES_EACH_OTHER, "shells", {"given": "shell_mass"})
        if "shell_mass" not in tree and "shells" not in tree:
            yield Fault(FaultCode.REQUIRED, "shell_mass")
        for field, partner in (("planned", "made"), ("made", "planned")):
            if field in tree and partner not in tree:
                yield Fault(FaultCode.PAIR_INCOMPLETE, partner, {"given": field})
        for field in ("weighed_in", "blend_left"):
            if field in tree and "made" not in tree:
                yield Fault(FaultCode.PAIR_INCOMPLETE, "made", {"given": field})
        if "blend_left" in tree and "weighed_in" not in tree and not cls.of_order:
            yield Fault(FaultCode.PAIR_INCOMPLETE, "weighed_in", {"given": "blend_left"})
        capsules = tree.get("capsules")
        weighed = len(capsules) if isinstance(capsules, list | tuple) else 0
        if made is not None and 0 < made < weighed <= MOST:
            most = CHECK_RANGES["made"].high
            facts = {"typed": figure(made, CAPSULE), "low": figure(weighed, CAPSULE), "high": most}
            yield Fault(FaultCode.OUT_OF_RANGE, "made", facts)


class OrderedWeights(WeightsAsked):
    """The same of the capsules of an order: its plan says what was weighed in, unless the sample does."""

    of_order: ClassVar[bool] = True
