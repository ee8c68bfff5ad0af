"""The writer of one plan's masses: in grams as the balance shows them, and in mg for what is in one capsule."""

from __future__ import annotations

from typing import Any

from calc.answers import figures
from calc.answers.contract import Shown
from calc.answers.figures import as_shown, looks_zero
from calc.arithmetic import notation
from calc.arithmetic.rounding import down_to_step, steps_in, steps_within
from calc.arithmetic.units import MG, RATIO, Figure, G
from calc.planning.parts import OnBalance
from calc.planning.work import capsule_step

#: A mass in grams as it was typed has no more decimals.
MOST_DECIMALS = 9


class Writer:
    """The writer of one plan's figures: masses on the balance are in grams, with the balance's decimals throughout.

    A mass that a plan names again, such as the portion, is written once: its dictionary is shared and never changed.
    """

    amount = staticmethod(figures.amount)
    dose = staticmethod(figures.dose)
    share = staticmethod(figures.share)
    deviation = staticmethod(figures.deviation)
    root_share = staticmethod(figures.root_share)
    strength_after = staticmethod(figures.strength_after)

    def __init__(self, readability: Figure) -> None:
        self.readability = readability
        in_grams = readability.to(G)
        self.balance_decimals = len((notation.decimal(in_grams) or "").partition(".")[2])
        self.last_places = in_grams.numerator * 10**self.balance_decimals // in_grams.denominator  # in one step
        self.capsule_step = capsule_step(readability)
        self.capsule_step_in_mg = self.capsule_step.read_as(MG)
        self.capsule_decimals = len((notation.decimal(self.capsule_step) or "").partition(".")[2])
        self._written: dict[tuple[Any, ...], Shown] = {}

    def on_balance(self, mass: OnBalance | Figure) -> Shown:
        """Return a mass as the balance shows it."""
        exact, displayed = mass if isinstance(mass, OnBalance) else (mass, mass)
        key = exact.numerator, exact.denominator, exact.unit, displayed.numerator, displayed.denominator, displayed.unit
        written = self._written.get(key)
        if written is None:
            written = self._written[key] = self._of_steps(exact, steps_in(displayed, self.readability))
        return written

    def bound_on_balance(self, bound: Figure, end: int) -> Shown:
        """Return a lower (`end` -1) or an upper (1) bound as the balance shows it, rounded into the band."""
        return self._of_steps(bound, steps_within(bound, self.readability, end))

    def _of_steps(self, exact: Figure, steps: int) -> Shown:
        return as_shown(exact.to(G), notation.with_point(steps * self.last_places, self.balance_decimals))

    def as_it_is(self, mass: Figure) -> Shown:
        """Return a mass that was typed, or that follows from one and is not weighed, with all of its decimals.

        Where it has no end, or more decimals than anybody types, it is cut to the balance's.
        """
        key = mass.numerator, mass.denominator, mass.unit
        written = self._written.get(key)
        if written is None:
            written = self._written[key] = self._as_it_is(mass)
        return written

    def _as_it_is(self, mass: Figure) -> Shown:
        in_grams = mass.to(G)
        number = notation.decimal(in_grams)
        decimals = len((number or "").partition(".")[2])
        if number is None or decimals > MOST_DECIMALS:
            return self.on_balance(OnBalance(mass, down_to_step(mass, self.readability)))
        return as_shown(in_grams, notation.fixed(in_grams, max(decimals, self.balance_decimals)))

    def on_balance_or_none(self, mass: OnBalance | Figure | None) -> Shown | None:
        """Return a mass as the balance shows it; None while it is not known."""
        return None if mass is None else self.on_balance(mass)

    def per_capsule(self, figure: Figure | None) -> Shown | None:
        """Return a mass in one capsule, one decimal finer than the balance; None while it is not known."""
        return None if figure is None else self.of_capsule(figure)

    def of_capsule(self, figure: Figure) -> Shown:
        """Return a known mass in one capsule, one decimal finer than the balance."""
        number = notation.fixed(figure, self.capsule_decimals)
        below = figure.numerator != 0 and looks_zero(number)
        return as_shown(figure, number if below else notation.trimmed(number))

    def band(self, mass: OnBalance) -> Shown:
        """Return a bound of the band for a capsule, in mg as the balance resolves it."""
        return as_shown(mass.exact.to(MG), notation.trimmed(notation.fixed(mass.shown.to(MG), 6)))


def _exact(figure: Figure) -> Shown:
    return {"unit": figure.unit.code, "exact": notation.exact(figure)}  # type: ignore[typeddict-item]


class ExactWriter(Writer):
    """The writer of as much of a plan's figures as a fingerprint takes of them: their exact values and units."""

    amount = dose = deviation = strength_after = staticmethod(_exact)

    @staticmethod
    def share(figure: Figure, digits: int = 4) -> Shown:  # noqa: ARG004
        """Return a fraction as a ratio."""
        return _exact(figure.to(RATIO))

    def on_balance(self, mass: OnBalance | Figure) -> Shown:
        """Return a mass on the balance, in grams."""
        return _exact((mass.exact if isinstance(mass, OnBalance) else mass).to(G))

    def as_it_is(self, mass: Figure) -> Shown:
        """Return a mass that was typed, in grams."""
        return _exact(mass.to(G))

    def of_capsule(self, figure: Figure) -> Shown:
        """Return a mass in one capsule."""
        return _exact(figure)

    def band(self, mass: OnBalance) -> Shown:
        """Return a bound of the band for a capsule, in mg."""
        return _exact(mass.exact.to(MG))
