"""Capsules that were made, checked by assay: the acceptance value of ten units, or of thirty."""

from fractions import Fraction
from typing import Any

from tests.second_engine.common import given
from tests.second_engine.contents import FACTORS, of_contents, of_masses
from tests.second_engine.reader import Reader
from tests.second_engine.roots import root
from tests.second_engine.shown import exact, quantity

LOW, HIGH = Fraction(985, 10), Fraction(1015, 10)
LIMIT = Fraction(15)
WIDE = Fraction(1, 4)


def _percent(value: Fraction) -> dict[str, str]:
    """A part of the label in per cent; how many places it is shown with is not worked out here."""
    return quantity(value, "%", exact(value))


def _with_root(rest: Fraction, square: Fraction) -> dict[str, str]:
    """A figure to which a root is added."""
    return {"exact": f"{exact(rest)} + sqrt({square.numerator}/{square.denominator})", "unit": "%", "value": "0"}


def _passes(off: Fraction, square: Fraction) -> bool:
    """Whether off + sqrt(square) is within the limit: squares are compared, no root is taken."""
    return off <= LIMIT and square <= (LIMIT - off) ** 2


def _judged(contents: list[Fraction]) -> tuple[Fraction, Fraction, Fraction, Fraction, bool]:
    """Mean, variance, reference value, how far the mean is off it, and whether the acceptance value passes."""
    number = len(contents)
    mean = sum(contents, Fraction(0)) / number
    variance = sum(((one - mean) ** 2 for one in contents), Fraction(0)) / (number - 1)
    reference = min(max(mean, LOW), HIGH)
    off = abs(reference - mean)
    return mean, variance, reference, off, _passes(off, FACTORS[number] ** 2 * variance)


def figures(contents: list[Fraction]) -> dict[str, Any]:
    """Every figure of the answer, with the verdict."""
    number = len(contents)
    mean, variance, reference, off, passed = _judged(contents)
    second = number > 10
    low, high = (1 - WIDE) * reference, (1 + WIDE) * reference
    oks = [low <= one <= high if second else None for one in contents]
    passed = passed and False not in oks
    verdict = "pass" if passed else "fail" if second else "assay 20 more"
    notices = ["first_ten_passed"] if second and _judged(contents[:10])[-1] else []
    spread = root(variance)
    return {
        "verdict": verdict,
        "stage": 2 if second else 1,
        "mean": _percent(mean),
        "standard_deviation": _with_root(Fraction(0), variance) if spread is None else _percent(spread),
        "k": quantity(FACTORS[number], "1", exact(FACTORS[number])),
        "reference_value": _percent(reference),
        "acceptance_value": _with_root(off, FACTORS[number] ** 2 * variance),
        "limit": _percent(LIMIT),
        "unit_limits": {"low": _percent(low), "high": _percent(high)} if second else None,
        "units": [{"content": _percent(one), "ok": ok} for one, ok in zip(contents, oks, strict=True)],
        "notices": notices,
    }


def work_out_uniformity(tree: Any, today: Any) -> dict[str, Any]:
    """Answer a check by assay with {"plan": ...} or {"faults": ...}; it knows no date."""
    del today
    if not isinstance(tree, dict):
        return {"faults": [{"code": "wrong_type", "field": ""}]}
    reader, by = Reader(), {"label": None, "method": "contents"}
    reader.unknown(tree, "", ("contents", "masses", "label", "assay", "shell"))
    label = reader.amount(tree, "label")
    if label is not None:
        by["label"] = quantity(label, "mg", exact(label))
    if given(tree, "masses"):
        by["method"] = "masses"
        contents = of_masses(reader, tree, label)
    else:
        contents = of_contents(reader, tree, label)
    return {"faults": reader.faults} if reader.faults else {"plan": figures(contents) | by}
