"""A picture of a dose that is stopped, on a logarithmic line with the usual doses of its drug."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import cast

from calc.arithmetic.units import Figure
from calc.faults import Stop, StopCode
from calc.pictures.axis import ACROSS, FOOT, INSET, MARK, ROW, STEM, Axis, logarithm, named, powers_around, ticks
from calc.pictures.drawing import LETTER, Line, Mark, Picture, Shape, Words, bar, place, words
from calc.wording import pictures as words_said
from calc.wording.figures import said

#: Room above the drawing, where a sentence ends.
TOP = 8
#: The stops of a dose outside its drug's usual doses.
OF_THE_DOSE = frozenset(
    {
        StopCode.DOSE_BELOW_ABSOLUTE,
        StopCode.DOSE_BELOW_USUAL,
        StopCode.DOSE_ABOVE_USUAL,
        StopCode.DOSE_ABOVE_ABSOLUTE,
    }
)


def usual_dose(stops: Iterable[Stop]) -> Picture | None:
    """Draw the dose that is stopped beside the usual doses of its drug; None if no stop is one of the dose."""
    facts = next((stop.facts for stop in stops if stop.code in OF_THE_DOSE), None)
    if facts is None:
        return None
    dose, low, high = (cast("Figure", facts[name]) for name in ("compared", "usual_low", "usual_high"))
    return _drawn(dose, low, high)


def _drawn(dose: Figure, usual_low: Figure, usual_high: Figure) -> Picture:
    powers = [logarithm(mass) for mass in (dose, usual_low, usual_high)]
    axis = Axis(*powers_around(powers), INSET, ACROSS - 2 * INSET)
    at, begins, ends = (Fraction(*axis(power)) for power in powers)
    level = TOP + 2 * ROW + STEM
    of_tens, multiples = ticks(axis, level)
    label = words_said.STOPPED_DOSE.format(dose=said(dose))
    usual = words_said.USUAL_DOSES.format(low=said(usual_low), high=said(usual_high))
    return Picture(
        "usual",
        words_said.USUAL_TITLE,
        words_said.USUAL.format(usual=usual, dose=label),
        level + FOOT,
        bars=(bar("light", begins, level - STEM + 2, ends - begins, STEM - 2),),
        shapes=(Shape("axis", f"M0 {level}H{ACROSS}"), *multiples),
        lines=(*of_tens, Line("leader", place(at), place(TOP + ROW - 6), place(level))),
        marks=(Mark("missed", place(at), place(level - MARK)),),
        words=(
            *named(axis, level),
            _named(at, TOP + ROW - 6, label),
            _named((begins + ends) / 2, TOP + 2 * ROW, usual),
        ),
        width=ACROSS,
    )


def _named(at: Fraction, y: int, text: str) -> Words:
    """Return a label centered over its place, or moved to the end of the drawing that it would go beyond."""
    half = len(text) * LETTER / 2
    if at < half:
        return words(0, y, text)
    return words(ACROSS, y, text, "end") if at + half > ACROSS else words(at, y, text, "middle")
