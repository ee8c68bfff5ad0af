"""The rule of BP and Ph. Eur. on the contents of capsules, beside the verdict against the theoretical fill.

It looks at twenty capsules by their own mean, so it passes a batch that is light throughout: it never stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from calc import limits
from calc.arithmetic.sums import Sum
from calc.arithmetic.units import MG, MG_PER_CAPSULE, RATIO, Figure, figure
from calc.capsule.plan import Plan
from calc.checks.work import Work
from calc.faults import Notice, NoticeCode
from calc.planning.codes import StepCode
from calc.rules import samples
from calc.verdicts import Verdict

UNITS = int(limits.RULE_UNITS.value.value)
FILLS = Sum("sum of the contents", "ph-eur-2-9-5")


@dataclass(frozen=True, slots=True)
class ContentsRule:
    """The mean of the contents, the limit, and the numbers of the capsules outside it and twice as far outside.

    `content_asked` is True if so little drug is in a capsule that its content is asked for; None if that is unknown.
    """

    mean: Figure
    limit: Figure
    outside: tuple[int, ...]
    far_outside: tuple[int, ...]
    content_asked: bool | None

    @property
    def verdict(self) -> Verdict:
        """Pass with at most two capsules outside the limit, and none outside twice the limit."""
        few = len(self.outside) <= int(limits.RULE_OUTSIDE.value.value)
        return Verdict.PASS if few and not self.far_outside else Verdict.FAIL

    @property
    def notices(self) -> Iterator[Notice]:
        """Yield what is to be read beside the rule."""
        yield Notice(NoticeCode.SHELL_SPREAD_COUNTS)
        if self.content_asked is not False:
            facts = {"mass": limits.CONTENT_ASKED_MASS.value, "share": limits.CONTENT_ASKED_SHARE.value}
            yield Notice(NoticeCode.CONTENT_ASKED, facts)


def judge_contents(work: Work, fills: Sequence[Figure], theoretical: Figure, plan: Plan | None) -> ContentsRule | None:
    """Judge the first twenty fills by their own mean; None of fewer, or of capsules that hold nothing."""
    fills = fills[:UNITS]
    if len(fills) < UNITS or sum(fill.value for fill in fills) <= 0:
        return None
    together = work.add_up(StepCode.RULE_TOGETHER, FILLS, fills)
    mean = work.run(StepCode.RULE_MEAN, samples.mean_of_fills, together, figure(UNITS, RATIO))
    limit = (limits.RULE_WIDE if mean < limits.RULE_HEAVY.value else limits.RULE_NARROW).value
    far = Figure(limit.value * limits.RULE_FAR.value.value, RATIO)
    band = (
        work.run(StepCode.RULE_LOW, samples.least_by_mean, limit, mean),
        work.run(StepCode.RULE_HIGH, samples.most_by_mean, limit, mean),
    )
    wider = (
        work.run(StepCode.RULE_LEAST, samples.least_by_mean, far, mean),
        work.run(StepCode.RULE_MOST, samples.most_by_mean, far, mean),
    )
    return ContentsRule(mean, limit, _outside(fills, band), _outside(fills, wider), _asked(theoretical, plan))


def _outside(fills: Sequence[Figure], band: tuple[Figure, Figure]) -> tuple[int, ...]:
    return tuple(number for number, fill in enumerate(fills, start=1) if not band[0] <= fill <= band[1])


def _asked(theoretical: Figure, plan: Plan | None) -> bool | None:
    if plan is None:
        return None
    dose = plan.order.dose.to(MG)
    share = Figure(dose.value / theoretical.to(MG_PER_CAPSULE).value, RATIO)
    return dose < limits.CONTENT_ASKED_MASS.value or share < limits.CONTENT_ASKED_SHARE.value
