"""The fills of a sample of capsules against the theoretical fill: each, their mean, their spread; and the batch loss.

A fill is judged against what was worked out for the batch, never against the batch's own mean, which would pass a
batch that is light throughout.
"""

from __future__ import annotations

from dataclasses import dataclass

from calc import limits
from calc.arithmetic.roots import Root
from calc.arithmetic.sums import Sum
from calc.arithmetic.units import CAPSULE, MG, MG_PER_CAPSULE, RATIO, Figure, figure
from calc.capsule.plan import Plan
from calc.checks.sample import WeightsAsked
from calc.checks.uncertainty import DoseSpread, spread_of_dose
from calc.checks.work import AnyStep, Work
from calc.faults import Notice, NoticeCode
from calc.planning.codes import StepCode
from calc.planning.work import per_capsule
from calc.rules import samples
from calc.verdicts import Next, NextCode, Verdict

SHELLS, CAPSULES = Sum("sum of the masses of the empty shells"), Sum("sum of the masses of the filled capsules")


@dataclass(frozen=True, slots=True)
class CheckedCapsule:
    """One capsule: its mass, its fill, that as a part of the theoretical fill, and whether it lies in the band."""

    gross: Figure
    fill: Figure
    share: Figure
    ok: bool


@dataclass(frozen=True, slots=True)
class WeightsChecked:
    """A check by weight, complete. `spread` is None where the capsules hold nothing, `loss` where none was given.

    `made` is the plan of the capsules, where it is known: it tells what the weighings leave open, and `dose` the rest.
    """

    asked: WeightsAsked
    mean_shell: Figure
    capsules: tuple[CheckedCapsule, ...]
    mean_fill: Figure
    mean_share: Figure
    mean_ok: bool
    band: tuple[Figure, Figure]
    mean_band: tuple[Figure, Figure]
    spread: Root | None
    loss: Figure | None
    dose: DoseSpread | None
    made: Plan | None
    steps: tuple[AnyStep, ...]

    @property
    def spread_ok(self) -> bool | None:
        """Whether the relative standard deviation is at or below its limit; a notice, no part of the verdict."""
        return None if self.spread is None else self.spread.at_most(limits.FILL_SPREAD.value)

    @property
    def loss_ok(self) -> bool | None:
        """Whether no more capsules are missing than the limit."""
        return None if self.loss is None else self.loss <= limits.BATCH_LOSS.value

    @property
    def out(self) -> tuple[int, ...]:
        """The capsules outside the band, as they are numbered: from one, in the order given."""
        return tuple(number for number, capsule in enumerate(self.capsules, start=1) if not capsule.ok)

    @property
    def verdict(self) -> Verdict:
        """Pass where each fill, their mean and the batch loss keep their limits."""
        return Verdict.PASS if not self.out and self.mean_ok and self.loss_ok is not False else Verdict.FAIL

    @property
    def next(self) -> tuple[Next, ...]:
        """What to do next: one thing where the batch passes, one for each limit that it does not keep."""
        if self.verdict is Verdict.PASS:
            return (Next(NextCode.WEIGHTS_GOOD),)
        found = []
        if not self.mean_ok:
            found.append(Next(NextCode.MEAN_OUT))
        if self.out:
            found.append(Next(NextCode.CAPSULES_OUT, numbers=self.out))
        if self.loss_ok is False:
            found.append(Next(NextCode.LOSS_HIGH, {"most": limits.BATCH_LOSS.value}))
        return tuple(found)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What to read beside the verdict."""
        found = [Notice(NoticeCode.WEIGHT_NOT_CONTENT)]
        if self.spread is not None and not self.spread_ok:
            found.append(Notice(NoticeCode.FILL_SPREAD_HIGH, {"most": limits.FILL_SPREAD.value}))
        if self.loss is not None and self.loss.value < 0:
            found.append(Notice(NoticeCode.MORE_MADE_THAN_PLANNED))
        shell, fill = Figure(self.mean_shell.to(MG_PER_CAPSULE).value, MG), self.asked.theoretical_fill
        if shell > fill:
            found.append(Notice(NoticeCode.SHELL_ABOVE_FILL, {"shell": shell, "fill": fill}))
        return tuple(found)


def check_weights(asked: WeightsAsked, made: Plan | None = None) -> WeightsChecked:
    """Judge a sample of capsules by weight; with the plan they were made by, tell also how sure the dose of one is.

    >>> capsules = ["180 mg", "182 mg", "184 mg", "185 mg", "185 mg", "186 mg", "186 mg", "187 mg", "188 mg", "189 mg"]
    >>> given = {"theoretical_fill": "137.6 mg", "capsules": capsules, "shell_mass": "48 mg"}
    >>> checked = check_weights(WeightsAsked.read(given))
    >>> checked.verdict.value, checked.mean_fill.value, checked.spread_ok
    ('pass', Fraction(686, 5), True)
    """
    work = Work()
    theoretical = per_capsule(asked.theoretical_fill)
    shell = _mean_shell(work, asked)
    together = work.add_up(StepCode.CAPSULES_TOGETHER, CAPSULES, [mass.to(MG) for mass in asked.capsules])
    count = figure(len(asked.capsules), CAPSULE)
    gross = work.run(StepCode.MEAN_GROSS, samples.mean_mass, together, count)
    mean = work.run(StepCode.MEAN_FILL, samples.fill_found, gross, shell)
    share = work.run(StepCode.MEAN_SHARE, samples.share_of_theoretical_fill, mean, theoretical)
    band = (
        work.run(StepCode.FILL_LOW, samples.limit_of_fill, limits.CAPSULE_BAND_LOW.value, theoretical),
        work.run(StepCode.FILL_HIGH, samples.limit_of_fill, limits.CAPSULE_BAND_HIGH.value, theoretical),
    )
    mean_band = (
        work.run(StepCode.MEAN_LOW, samples.limit_of_fill, limits.MEAN_FILL_LOW.value, theoretical),
        work.run(StepCode.MEAN_HIGH, samples.limit_of_fill, limits.MEAN_FILL_HIGH.value, theoretical),
    )
    capsules = tuple(_capsule(work, per_capsule(mass), shell, theoretical, band) for mass in asked.capsules)
    variance = _variance(work, capsules, mean)
    spread = (
        None if variance is None else work.root(StepCode.FILL_RSD, "variance", variance, limits.FILL_SPREAD.reference)
    )
    loss = _loss(work, asked)
    dose = None
    if made is not None and made.spread is not None:
        dose = spread_of_dose(work, made.spread, variance, len(capsules), share)
    return WeightsChecked(
        asked=asked,
        mean_shell=shell,
        capsules=capsules,
        mean_fill=mean,
        mean_share=share,
        mean_ok=mean_band[0] <= mean <= mean_band[1],
        band=band,
        mean_band=mean_band,
        spread=spread,
        loss=loss,
        dose=dose,
        made=made,
        steps=tuple(work.steps),
    )


def _mean_shell(work: Work, asked: WeightsAsked) -> Figure:
    if asked.shell_mass is not None:
        return per_capsule(asked.shell_mass)
    shells = [mass.to(MG) for mass in asked.shells or ()]
    together = work.add_up(StepCode.SHELLS_TOGETHER, SHELLS, shells)
    return work.run(StepCode.MEAN_SHELL, samples.mean_mass, together, figure(len(shells), CAPSULE))


def _capsule(
    work: Work, gross: Figure, shell: Figure, theoretical: Figure, band: tuple[Figure, Figure]
) -> CheckedCapsule:
    fill = work.run(StepCode.FILL_OF_EACH, samples.fill_found, gross, shell)
    share = work.run(StepCode.SHARE_OF_EACH, samples.share_of_theoretical_fill, fill, theoretical)
    return CheckedCapsule(gross, fill, share, band[0] <= fill <= band[1])


def _variance(work: Work, capsules: tuple[CheckedCapsule, ...], mean: Figure) -> Figure | None:
    """The variance of the fills as a part of their mean; of capsules that hold nothing there is none."""
    if mean.value <= 0:
        return None
    fills = [capsule.fill for capsule in capsules]
    squares = work.squares(
        StepCode.FILL_SQUARES, samples.squared_deviation_of_fill, mean, fills, samples.variance.reference
    )
    return work.run(StepCode.FILL_VARIANCE, samples.variance, squares, figure(len(fills), RATIO))


def _loss(work: Work, asked: WeightsAsked) -> Figure | None:
    if asked.planned is None or asked.made is None:
        return None
    planned, made = figure(asked.planned, CAPSULE), figure(asked.made, CAPSULE)
    return work.run(StepCode.BATCH_LOSS, samples.batch_loss, planned, made)
