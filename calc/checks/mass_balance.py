"""The mass balance of a batch: the fill of all capsules and the blend left, against what was weighed in."""

from __future__ import annotations

from dataclasses import dataclass

from calc.arithmetic.roots import Root
from calc.arithmetic.units import CAPSULE, MG, RATIO, Figure, figure
from calc.capsule.plan import Plan
from calc.checks.sample import WeightsAsked
from calc.checks.work import Work
from calc.planning.codes import StepCode
from calc.planning.made import judge_mass_balance
from calc.rules import samples
from calc.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class MassBalance:
    """What was weighed in, the fraction of it that is accounted for, the mass that is not, and the verdict.

    `uncertainty` is that of the fraction; None if the fills of the sample do not tell.
    """

    weighed_in: Figure
    share: Figure
    unaccounted: Figure
    uncertainty: Root | None
    verdict: Verdict


def balance_masses(
    work: Work, sample: WeightsAsked, plan: Plan | None, mean: Figure, variance: Figure | None
) -> MassBalance | None:
    """Return the mass balance; None if the capsules made or what was weighed in is not known.

    `mean` is the mean fill of the sample, and `variance` that of its fills, relative to their mean.
    """
    if sample.made is None:
        return None
    weighed_in = _weighed_in(work, sample, plan)
    if weighed_in is None:
        return None
    made = figure(sample.made, CAPSULE)
    left = figure(0, MG) if sample.blend_left is None else sample.blend_left.to(MG)
    share = work.run(StepCode.MASS_BALANCE, samples.mass_balance, made, mean, left, weighed_in)
    unaccounted = work.run(StepCode.UNACCOUNTED, samples.unaccounted, weighed_in, made, mean, left)
    uncertainty = None
    if variance is not None:
        rule, count = samples.squared_uncertainty_of_balance, figure(len(sample.capsules), RATIO)
        squared = work.run(StepCode.BALANCE_VARIANCE, rule, made, mean, weighed_in, variance, count)
        uncertainty = work.root(StepCode.BALANCE_UNCERTAINTY, "variance", squared, rule.reference)
    verdict = judge_mass_balance(share, uncertainty, unaccounted, sample.theoretical_fill)
    return MassBalance(weighed_in, share, unaccounted, uncertainty, verdict)


def _weighed_in(work: Work, sample: WeightsAsked, plan: Plan | None) -> Figure | None:
    """Return what was weighed in: as typed, or powder and diluent as the plan prints them."""
    if sample.weighed_in is not None:
        return sample.weighed_in.to(MG)
    if plan is None or plan.reverse_check is None:
        return None
    printed = plan.reverse_check
    return work.run(StepCode.WEIGHED_IN, samples.weighed_in, printed.taken.to(MG), printed.mixed_in.to(MG))
