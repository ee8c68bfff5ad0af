"""The input of a check by content: contents found by assay, or masses of the units and one assay; validated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field

from calc import limits
from calc.arithmetic.units import MG, PERCENT, Figure, figure, same_kind
from calc.checks.sample import Sample
from calc.faults import Fault, FaultCode, Refused
from calc.limits import CHECK_RANGES
from calc.planning.work import per_capsule
from calc.reading.contents import Content, is_mass
from calc.reading.fields import Mass, PositivePercent, length, peek_mass, within
from calc.rules import samples

FIRST, ALL = int(limits.ASSAYED_FIRST.value.value), int(limits.ASSAYED_ALL.value.value)
_IN_PERCENT, _IN_MG = within("contents", CHECK_RANGES).func, within("contents_in_mg", CHECK_RANGES).func
#: What belongs to masses, and to no list of contents.
_OF_MASSES = ("assay", "shell")


def _in_range(content: Figure) -> Any:
    check: Any = _IN_PERCENT if same_kind(content.unit, PERCENT) else _IN_MG
    return check(content)


class UniformityAsked(Sample):
    """What an assay found in each unit: ten units, or the same ten and twenty more.

    Contents are in per cent of the label, or masses of drug beside the `label`. Instead of them the gross masses of the
    units and one assay of their blend may be given, if the units hold enough drug for that.

    >>> len(UniformityAsked.read({"contents": ["98.5 %"] * 10}).contents)
    10
    >>> UniformityAsked.read({"contents": ["4.43 mg"] * 10, "label": "4.5 mg"}).label.value
    Fraction(9, 2)
    """

    contents: (
        Annotated[
            tuple[Annotated[Content, AfterValidator(_in_range)], ...],
            Field(json_schema_extra={"minItems": FIRST, "maxItems": ALL}),
            length(0, ALL),
        ]
        | None
    ) = None
    label: Annotated[Mass, within("label", CHECK_RANGES)] | None = None
    masses: (
        Annotated[
            tuple[Annotated[Mass, within("masses", CHECK_RANGES)], ...],
            Field(json_schema_extra={"minItems": FIRST, "maxItems": ALL}),
            length(0, ALL),
        ]
        | None
    ) = None
    assay: Annotated[PositivePercent, within("assay", CHECK_RANGES)] | None = None
    shell: Annotated[Mass, within("shell", CHECK_RANGES)] | None = None

    @classmethod
    def read(cls, tree: Any) -> Self:
        """Parse and validate `tree`. Raises `Refused` with every fault; masses of units too poor in drug are one."""
        sample = super().read(tree)
        if sample.masses is not None and sample.label is not None and sample.shell is not None:
            net = sum((mass.to(MG).value for mass in sample.masses), Fraction(0)) / len(sample.masses)
            net -= sample.shell.to(MG).value
            if not is_rich(sample.label, figure(net, MG)):
                mass, share = limits.VARIATION_MASS.value, limits.VARIATION_SHARE.value
                facts = {"mass": mass, "share": share, "label": sample.label, "net": per_capsule(figure(net, MG))}
                raise Refused((Fault(FaultCode.WEIGHT_VARIATION_NOT_ALLOWED, "label", facts),))
        return sample

    @classmethod
    def together(cls, tree: Mapping[str, Any]) -> Iterator[Fault]:
        """Yield faults of two ways or none, of what one way lacks, of lists, and of contents far above the label."""
        contents, masses = tree.get("contents"), tree.get("masses")
        if "contents" in tree:
            for name in ("masses", *_OF_MASSES):
                if name in tree:
                    yield Fault(FaultCode.EXCLUDES_EACH_OTHER, name, {"given": "contents"})
        elif "masses" not in tree:
            yield Fault(FaultCode.REQUIRED, "contents")
        if "masses" in tree:
            for name in (*_OF_MASSES, "label"):
                if name not in tree:
                    yield Fault(FaultCode.REQUIRED, name)
        for name, items in (("contents", contents), ("masses", masses)):
            if isinstance(items, list | tuple) and len(items) < ALL and len(items) != FIRST:
                yield Fault(FaultCode.LIST_LENGTH, name, {"wanted": f"{FIRST} or {ALL}", "count": len(items)})
        if isinstance(contents, list | tuple) and len(contents) <= ALL:
            yield from _beside_label(contents, tree.get("label"))

    @classmethod
    def input_schema(cls) -> dict[str, Any]:
        """Return the schema: contents, or masses with all that belongs to them."""
        schema = super().input_schema()
        lists: dict[str, Any] = {name: {"type": "array"} for name in ("contents", "masses")}
        return {
            **schema,
            "anyOf": [
                {"required": ["contents"], "properties": {"contents": lists["contents"]}},
                {"required": ["masses", *_OF_MASSES, "label"], "properties": {"masses": lists["masses"]}},
            ],
        }


def is_rich(label: Figure, net: Figure) -> bool:
    """Return True for a unit with so much drug that its mass tells its content.

    >>> is_rich(figure(25, MG), figure(100, MG)), is_rich(figure(25, MG), figure(101, MG))
    (True, False)
    """
    if net.value <= 0 or label < limits.VARIATION_MASS.value:
        return False
    return samples.drug_in_contents(label.to(MG), net) >= limits.VARIATION_SHARE.value


def _beside_label(contents: list[Any] | tuple[Any, ...], typed: Any) -> Iterator[Fault]:
    """Yield a fault of masses without a label, or of each content too far above the label."""
    if typed is None:
        if any(map(is_mass, contents)):
            yield Fault(FaultCode.REQUIRED, "label")
        return
    label = peek_mass(typed)
    if label is None:
        return
    most = Figure(label.value * CHECK_RANGES["contents"].high.value / 100, label.unit)
    for index, content in enumerate(map(peek_mass, contents)):
        if content is not None and content > most:
            facts = {"typed": content, "low": CHECK_RANGES["contents_in_mg"].low, "high": most}
            yield Fault(FaultCode.OUT_OF_RANGE, f"contents.{index}", facts)
