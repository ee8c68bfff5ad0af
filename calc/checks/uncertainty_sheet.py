"""Uncertainty of the dose of one capsule on the page of a check: a probability for each content of the source."""

from __future__ import annotations

from calc import limits
from calc.answers.figures import deviation, root_share
from calc.checks.contract import DoseSpreadShown, WeightsAnswer
from calc.checks.uncertainty import DoseSpread
from calc.checks.weights import WeightsChecked
from calc.pictures.drawing import Picture
from calc.pictures.spread import Spreading, spread_of_capsule
from calc.sheet.lines import Uncertainty
from calc.wording import uncertainty as words
from calc.wording.figures import said


def uncertainty(checked: WeightsChecked, answer: WeightsAnswer) -> Uncertainty | None:
    """Return the strings for the page; None for capsules whose order is not known."""
    dose, shown = checked.dose, answer["spread"]
    if dose is None or shown is None:
        return None
    low, high = said(limits.DOSE_LOW.value), said(limits.DOSE_HIGH.value)
    return Uncertainty(
        title=words.TITLE,
        show=words.SHOW,
        said=_sentences(dose, shown, len(checked.capsules)),
        head=tuple(name.format(low=low, high=high) for name in words.CHECK_HEAD),
        rows=tuple(
            (words.OF_ITS_LABEL.format(label=said(at.label)), line["content"]["text"], line["probability"]["text"])
            for at, line in zip(dose.within, shown["within"], strict=True)
        ),
        conditions_title=words.CONDITIONS_TITLE,
        conditions=tuple(shown["conditions"]),
    )


def drawn(dose: DoseSpread | None) -> Picture | None:
    """Return the picture of the dose for each fraction of its label that the source may hold; None if unknown."""
    if dose is None or dose.combined is None:
        return None
    names = [words.at_label(at.label) for at in dose.within]
    spreads = [Spreading(name, at.content, dose.combined) for name, at in zip(names, dose.within, strict=True)]
    return spread_of_capsule(spreads)


def _sentences(dose: DoseSpread, shown: DoseSpreadShown, weighed: int) -> tuple[str, ...]:
    if shown["combined"] is None or shown["fill"] is None:
        return (words.CHECK_ONE if weighed == 1 else words.CHECK_EMPTY,)
    batch, fill = shown["batch"]["text"], shown["fill"]["text"]
    lines = [words.CHECK_LEAD.format(combined=shown["combined"]["text"], batch=batch, fill=fill)]
    largest = dose.largest
    if dose.fill_is_largest:
        lines.append(words.CHECK_LARGEST.format(what=words.FILLING))
    elif largest is not None:
        of_dose = root_share(largest.of_dose)["text"]
        what = words.OF_WEIGHING.format(what=words.term_in_a_sentence(largest, dose.batch), of_dose=of_dose)
        lines.append(words.CHECK_LARGEST.format(what=what))
    shift = deviation(dose.batch.shift)["text"]
    lines.append(words.CHECK_SHIFTS.format(fill_shift=shown["fill_shift"]["text"], shift=shift))
    return tuple(lines)
