"""Two chemical forms of a drug without a file: the one ordered and the one on the label of its source."""

from fractions import Fraction
from typing import Any

from tests.second_engine import tables
from tests.second_engine.numbers import read_quantity
from tests.second_engine.reader import Reader

NAMES = ("dose", "source", "dose_molar_mass", "source_molar_mass", "dose_equals", "source_equals")
PAIRS = (NAMES[2:4], NAMES[4:])
MOST = 5
OF_A_MOLE = "g/mol"


def _molar_mass(reader: Reader, part: dict[str, Any], name: str) -> Fraction | None:
    """A molar mass in g/mol; any other unit is of a wrong kind."""
    typed, field = part.get(name), f"forms.{name}"
    text = typed.strip(" ") if isinstance(typed, str) else ""
    if not f" {text}".endswith(f" {OF_A_MOLE}"):
        reader.amount(part, field, "molar mass")
        return None
    grams, code = read_quantity(text.removesuffix("/mol"), "mass", zero=False)
    low, high = tables.RANGES[field]
    if grams is None:
        reader.fault(code or "number_format", field)
    elif not low <= grams / 1000 <= high:
        reader.fault("out_of_range", field)
    else:
        return grams / 1000
    return None


def read_forms(reader: Reader, tree: dict[str, Any], filed: bool) -> Fraction | None:
    """The amount in the form of the source for one in the form ordered; None where the forms are the same."""
    if tree.get("forms") is None:
        return None
    part = reader.part(tree, "forms", NAMES)
    if filed:
        reader.fault("excludes_each_other", "forms")
    if not isinstance(tree["forms"], dict):
        return None
    for name in NAMES[:2]:
        if part.get(name) is None:
            reader.fault("required", f"forms.{name}")
        reader.text(part, f"forms.{name}")
    given = [[name for name in pair if part.get(name) is not None] for pair in PAIRS]
    if all(given):
        reader.fault("excludes_each_other", "forms.dose_equals")
    elif not any(given):
        reader.fault("required", "forms.dose_molar_mass")
    factor = None
    for pair, names in zip(PAIRS, given, strict=True):
        if len(names) == 1 and not all(given):
            reader.fault("pair_incomplete", f"forms.{next(name for name in pair if name not in names)}")
        molar = pair == PAIRS[0]
        read = [_molar_mass(reader, part, name) if molar else reader.amount(part, f"forms.{name}") for name in pair]
        of_dose, of_source = read
        if of_dose and of_source and not all(given):
            factor = of_source / of_dose
            if not Fraction(1, MOST) <= factor <= MOST:
                reader.fault("out_of_range", f"forms.{pair[1]}")
    return factor
