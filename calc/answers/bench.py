"""The work at the bench in an answer: each step with its key, what is written down, its target and its bounds."""

from __future__ import annotations

from collections.abc import Sequence

from calc.answers.contract import AmountShown, BenchStepShown, Shown
from calc.answers.figures import amount, as_shown, number_of
from calc.answers.writer import Writer
from calc.arithmetic import notation
from calc.arithmetic.rounding import down_to_step, up_to_step
from calc.arithmetic.units import MG, Figure
from calc.planning.bench import STAGE_OF, Amount, BenchCode, BenchStep, OfTablets, Wants
from calc.planning.bench_bands import band_of, is_triturated
from calc.planning.parts import OnBalance

#: Steps whose target is a mass as somebody typed it, or that nobody weighs out.
_AS_IT_IS = frozenset({BenchCode.ALL_TABLETS, BenchCode.USE_ALL, BenchCode.ALL_OF_THE_POWDER})
#: Steps whose target is an amount of drug.
_OF_DRUG = frozenset({BenchCode.DESTROY_POWDER, BenchCode.DESTROY_TRITURATION})


#: The texts of code, stage and entry, looked up once.
_TEXTS = {code: (code.value, STAGE_OF[code].value) for code in BenchCode}
_WANTS = {wants: wants.value for wants in Wants}


def bench_shown(steps: Sequence[BenchStep], write: Writer) -> list[BenchStepShown]:
    """Return the steps of the work under the keys of the contract, in order."""
    triturated = is_triturated(steps)
    shown: list[BenchStepShown] = []
    for step in steps:
        of, _, target, low, high, unit, wants, number, _ = step
        code, stage = _TEXTS[of]
        line: BenchStepShown = {
            "key": f"{code}-{number}" if number else code,
            "code": code,
            "stage": stage,
            "wants": _WANTS[wants],
            "unit": unit,
            "target": None,
            "low": None,
            "high": None,
        }
        if target is not None or low is not None or high is not None:
            low, high = band_of(step, write.readability, triturated=triturated)
            line["target"] = said = _amount(target, step, write)
            line["low"] = said if low is target else _amount(low, step, write, end=-1)
            line["high"] = said if high is target else _amount(high, step, write, end=1)
        shown.append(line)
    return shown


def _amount(given: Amount, step: BenchStep, write: Writer, end: int = 0) -> AmountShown | None:
    """Return an amount as a figure, or as what it is of the mass of the tablets; None if there is none."""
    if given is None:
        return None
    if isinstance(given, OfTablets):
        return {"times": notation.exact(given.times), "constant": write.on_balance(given.constant)}
    return figure_of(given, step, write, end)


def figure_of(given: Figure, step: BenchStep, write: Writer, end: int = 0) -> Shown:
    """Return a target of a step as a figure; with `end` -1 or 1 a lower or upper bound, rounded into the band."""
    if given.unit is not MG or step.code in _OF_DRUG:
        return amount(given)
    if step.unit == "mg":
        finer = write.capsule_step_in_mg
        inward = given if end == 0 else up_to_step(given, finer) if end < 0 else down_to_step(given, finer)
        return as_shown(given, number_of(inward))
    if end:
        return write.bound_on_balance(given, end)
    if step.code in _AS_IT_IS:
        return write.as_it_is(given)
    return write.on_balance(given if step.shown is None else OnBalance(given, step.shown))
