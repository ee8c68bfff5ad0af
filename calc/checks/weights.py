"""The check by weight: each fill of a sample, their mean and their spread against the theoretical fill; batch loss.

A fill is compared with the fill worked out for the batch, never with the batch's own mean: that would pass a batch that
is light throughout. Masses, count and mass balance have a verdict each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calc import limits
from calc.arithmetic.roots import Root
from calc.arithmetic.sums import Sum
from calc.arithmetic.units import CAPSULE, MG, MG_PER_CAPSULE, RATIO, Figure, figure
from calc.capsule.plan import Plan
from calc.checks.contents_rule import ContentsRule, judge_contents
from calc.checks.mass_balance import MassBalance, balance_masses
from calc.checks.sample import WeightsAsked
from calc.checks.uncertainty import DoseSpread, spread_of_dose
from calc.checks.work import AnyStep, Work
from calc.faults import Notice, NoticeCode
from calc.planning.codes import StepCode
from calc.planning.made import judge_count
from calc.planning.work import per_capsule
from calc.rules import samples
from calc.verdicts import ActionCode, NextAction, Verdict

#: The verdict of a check is the first of these that masses, count or mass balance have.
WORST_FIRST = Verdict.FAIL, Verdict.HOLD, Verdict.EXPLAIN, Verdict.PASS
SHELLS, CAPSULES = Sum("sum of the masses of the empty shells"), Sum("sum of the masses of the filled capsules")


@dataclass(frozen=True, slots=True)
class CheckedCapsule:
    """One capsule: its mass, its fill, that as a fraction of the theoretical fill, and whether it is in the band."""

    gross: Figure
    fill: Figure
    share: Figure
    ok: bool


@dataclass(frozen=True, slots=True)
class WeightsChecked:
    """A completed check by weight. `spread` is None for one capsule or if they hold nothing, `loss` without counts,
    `balance` if nothing is known of what was weighed in.

    `plan` is the plan of the capsules, if known: it has the spread due to weighing, and `dose` has that of one capsule.
    """

    sample: WeightsAsked
    mean_shell: Figure
    capsules: tuple[CheckedCapsule, ...]
    mean_fill: Figure
    mean_share: Figure
    mean_ok: bool
    band: tuple[Figure, Figure]
    mean_band: tuple[Figure, Figure]
    spread: Root | None
    loss: Figure | None
    balance: MassBalance | None
    contents_rule: ContentsRule | None
    dose: DoseSpread | None
    plan: Plan | None
    steps: tuple[AnyStep, ...]

    @property
    def spread_ok(self) -> bool | None:
        """True if the relative standard deviation is within its limit; a notice, not part of the verdict."""
        return None if self.spread is None else self.spread.at_most(limits.FILL_SPREAD.value)

    @property
    def loss_ok(self) -> bool | None:
        """True if no more capsules are missing than the limit allows; None if no counts were given."""
        return None if self.loss is None else self.loss <= limits.BATCH_LOSS.value

    @property
    def out(self) -> tuple[int, ...]:
        """The numbers of the capsules outside the band, counted from one in the order given."""
        return tuple(number for number, capsule in enumerate(self.capsules, start=1) if not capsule.ok)

    @property
    def masses(self) -> Verdict:
        """Pass if each fill and their mean are within their limits, otherwise fail."""
        return Verdict.PASS if not self.out and self.mean_ok else Verdict.FAIL

    @property
    def count(self) -> Verdict | None:
        """The verdict on the number of capsules made; None if no counts were given."""
        planned, made = self.sample.planned, self.sample.made
        return None if planned is None or made is None else judge_count(planned, made)

    @property
    def verdict(self) -> Verdict:
        """The worst of the three verdicts: of masses, count and mass balance."""
        parts = {self.masses, self.count, None if self.balance is None else self.balance.verdict}
        return next(verdict for verdict in WORST_FIRST if verdict in parts)

    @property
    def next(self) -> tuple[NextAction, ...]:
        """The next actions: one for each verdict that asks for something, then what a good batch asks for."""
        actions = []
        if not self.mean_ok:
            actions.append(NextAction(ActionCode.MEAN_OUT))
        if self.out:
            actions.append(NextAction(ActionCode.CAPSULES_OUT, numbers=self.out))
        actions += [*self._of_count(), *self._of_balance()]
        if self.verdict in (Verdict.PASS, Verdict.EXPLAIN):
            actions.append(NextAction(ActionCode.WEIGHTS_GOOD))
        return tuple(actions)

    def _of_count(self) -> Iterator[NextAction]:
        planned, made = self.sample.planned, self.sample.made
        if planned is None or made is None or self.count is Verdict.PASS:
            return
        facts = {"made": made, "planned": figure(planned, CAPSULE), "missing": planned - made}
        if self.count is Verdict.EXPLAIN:
            yield NextAction(ActionCode.COUNT_EXPLAINED, facts)
        else:
            yield NextAction(ActionCode.COUNT_ABOVE if made > planned else ActionCode.COUNT_LOW, facts)

    def _of_balance(self) -> Iterator[NextAction]:
        balance = self.balance
        if balance is None or balance.verdict is Verdict.PASS:
            return
        if balance.verdict is Verdict.EXPLAIN:
            yield NextAction(ActionCode.BALANCE_EXPLAINED)
        else:
            above = balance.share > figure(1, RATIO)
            yield NextAction(ActionCode.BALANCE_HIGH if above else ActionCode.BALANCE_LOW)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Notices to be read beside the verdict."""
        dose = {} if self.plan is None else {"dose": self.plan.order.dose}
        notices = [Notice(NoticeCode.WEIGHT_NOT_CONTENT, dose)]
        if self.spread is not None and not self.spread_ok:
            notices.append(Notice(NoticeCode.FILL_SPREAD_HIGH, {"most": limits.FILL_SPREAD.value}))
        if self.loss is not None and self.loss.value < 0:
            notices.append(Notice(NoticeCode.MORE_MADE_THAN_PLANNED))
        shell, fill = Figure(self.mean_shell.to(MG_PER_CAPSULE).value, MG), self.sample.theoretical_fill
        if shell > fill:
            notices.append(Notice(NoticeCode.SHELL_ABOVE_FILL, {"shell": shell, "fill": fill}))
        if self.contents_rule is not None:
            notices += self.contents_rule.notices
        return tuple(notices)


def check_weights(sample: WeightsAsked, plan: Plan | None = None) -> WeightsChecked:
    """Judge a sample of capsules by weight; with the plan they were made by, add the uncertainty of one dose.

    >>> capsules = ["180 mg", "182 mg", "184 mg", "185 mg", "185 mg", "186 mg", "186 mg", "187 mg", "188 mg", "189 mg"]
    >>> tree = {"theoretical_fill": "137.6 mg", "capsules": capsules, "shell_mass": "48 mg"}
    >>> checked = check_weights(WeightsAsked.read(tree))
    >>> checked.verdict.value, checked.mean_fill.value, checked.spread_ok
    ('pass', Fraction(686, 5), True)
    """
    work = Work()
    theoretical = per_capsule(sample.theoretical_fill)
    shell = _mean_shell(work, sample)
    together = work.add_up(StepCode.CAPSULES_TOGETHER, CAPSULES, [mass.to(MG) for mass in sample.capsules])
    count = figure(len(sample.capsules), CAPSULE)
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
    capsules = tuple(_capsule(work, per_capsule(mass), shell, theoretical, band) for mass in sample.capsules)
    variance = _variance(work, capsules, mean)
    spread = (
        None if variance is None else work.root(StepCode.FILL_RSD, "variance", variance, limits.FILL_SPREAD.reference)
    )
    loss, balance = _loss(work, sample), balance_masses(work, sample, plan, mean, variance)
    contents_rule = judge_contents(work, [capsule.fill for capsule in capsules], theoretical, plan)
    dose = None
    if plan is not None and plan.spread is not None:
        dose = spread_of_dose(work, plan.spread, variance, len(capsules), share)
    return WeightsChecked(
        sample=sample,
        mean_shell=shell,
        capsules=capsules,
        mean_fill=mean,
        mean_share=share,
        mean_ok=mean_band[0] <= mean <= mean_band[1],
        band=band,
        mean_band=mean_band,
        spread=spread,
        loss=loss,
        balance=balance,
        contents_rule=contents_rule,
        dose=dose,
        plan=plan,
        steps=tuple(work.steps),
    )


def _mean_shell(work: Work, sample: WeightsAsked) -> Figure:
    if sample.shell_mass is not None:
        return per_capsule(sample.shell_mass)
    shells = [mass.to(MG) for mass in sample.shells or ()]
    together = work.add_up(StepCode.SHELLS_TOGETHER, SHELLS, shells)
    return work.run(StepCode.MEAN_SHELL, samples.mean_mass, together, figure(len(shells), CAPSULE))


def _capsule(
    work: Work, gross: Figure, shell: Figure, theoretical: Figure, band: tuple[Figure, Figure]
) -> CheckedCapsule:
    fill = work.run(StepCode.FILL_OF_EACH, samples.fill_found, gross, shell)
    share = work.run(StepCode.SHARE_OF_EACH, samples.share_of_theoretical_fill, fill, theoretical)
    return CheckedCapsule(gross, fill, share, band[0] <= fill <= band[1])


def _variance(work: Work, capsules: tuple[CheckedCapsule, ...], mean: Figure) -> Figure | None:
    """Return the variance of the fills, relative to their mean; None for capsules that hold nothing, or for one."""
    if mean.value <= 0 or len(capsules) == 1:
        return None
    fills = [capsule.fill for capsule in capsules]
    squares = work.squares(
        StepCode.FILL_SQUARES, samples.squared_deviation_of_fill, mean, fills, samples.variance.reference
    )
    return work.run(StepCode.FILL_VARIANCE, samples.variance, squares, figure(len(fills), RATIO))


def _loss(work: Work, sample: WeightsAsked) -> Figure | None:
    if sample.planned is None or sample.made is None:
        return None
    planned, made = figure(sample.planned, CAPSULE), figure(sample.made, CAPSULE)
    return work.run(StepCode.BATCH_LOSS, samples.batch_loss, planned, made)
