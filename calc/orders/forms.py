"""Two chemical forms of a drug without a file: that of dose and strength, and that on the label of its source.

The factor between them is stated by two molar masses, or by two amounts that are the same, as a label has them:
1.25 mg of a hydrochloride is 1 mg of its base.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from calc import limits
from calc.arithmetic.notation import plain
from calc.arithmetic.units import G_PER_MOL, MG, Figure, Unit
from calc.faults import Fault, FaultCode
from calc.orders.defaults import part_and_name
from calc.orders.parts import Part
from calc.reading.fields import Mass, PlainText, peek_mass, within
from calc.reading.molar_masses import MolarMass, peek_molar_mass

#: The two pairs that state a factor, each as the form of the dose and that of the source.
_MOLAR = "forms.dose_molar_mass", "forms.source_molar_mass"
_EQUAL = "forms.dose_equals", "forms.source_equals"


class Forms(Part):
    """The chemical form of dose and strength, that on the label of the source, and the factor between them."""

    dose: PlainText
    source: PlainText
    dose_molar_mass: Annotated[MolarMass, within("forms.dose_molar_mass")] | None = None
    source_molar_mass: Annotated[MolarMass, within("forms.source_molar_mass")] | None = None
    dose_equals: Annotated[Mass, within("forms.dose_equals")] | None = None
    source_equals: Annotated[Mass, within("forms.source_equals")] | None = None

    @property
    def ratio(self) -> tuple[Figure, Figure]:
        """What the factor is the ratio of: the figure of the form on the source's label, and that of the dose.

        Raises `TypeError` if neither pair is there, as in no order that was read.
        """
        for pair in ((self.source_molar_mass, self.dose_molar_mass), (self.source_equals, self.dose_equals)):
            if pair[0] is not None and pair[1] is not None:
                return pair[0], pair[1]
        raise TypeError("two forms of an order have no factor")


def forms_together(tree: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the faults of two forms beside the rest of the tree: a drug with a file, and a factor that is none."""
    forms = tree.get("forms")
    if forms is None:
        return
    if isinstance(tree["drug"], str):
        yield Fault(FaultCode.EXCLUDES_EACH_OTHER, "forms", {"given": "drug"})
    if not isinstance(forms, Mapping):
        return
    said = [path for path in (*_MOLAR, *_EQUAL) if part_and_name(path)[1] in forms]
    of_molar, of_equal = ([path for path in pair if path in said] for pair in (_MOLAR, _EQUAL))
    if of_molar and of_equal:
        yield Fault(FaultCode.EXCLUDES_EACH_OTHER, _EQUAL[0], {"given": of_molar[0]})
    elif not said:
        yield Fault(FaultCode.REQUIRED, _MOLAR[0])
    elif len(said) == 1:
        yield from (
            Fault(FaultCode.PAIR_INCOMPLETE, path, {"given": said[0]})
            for path in (_MOLAR if of_molar else _EQUAL)
            if path not in said
        )
    else:
        yield from _too_far(forms, said, G_PER_MOL if of_molar else MG)


def _too_far(forms: Mapping[str, Any], said: Sequence[str], kind: Unit) -> Iterator[Fault]:
    """Yield a fault if the factor is larger or smaller than that between any two forms of a drug."""
    read = peek_molar_mass if kind is G_PER_MOL else peek_mass
    dose, source = (read(forms[part_and_name(path)[1]]) for path in said)
    if dose is None or source is None or not all(_taken(*each) for each in zip(said, (dose, source), strict=True)):
        return
    most = limits.MOST_FACTOR.value.value
    low, high = Figure(dose.value / most, dose.unit), Figure(dose.value * most, dose.unit)
    if not low <= source <= high:
        yield Fault(FaultCode.OUT_OF_RANGE, said[1], {"typed": plain(source), "low": low, "high": high})


def _taken(path: str, figure: Figure) -> bool:
    return limits.RANGES[path].low <= figure <= limits.RANGES[path].high
