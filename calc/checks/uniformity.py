"""Uniformity of content by USP <905>: the acceptance value of ten units, or of thirty.

Contents are found by assay; units rich in drug may be weighed instead, with one assay of their blend.

The limit is decided by squares: the room between it and the distance of the mean from M is compared with k standard
deviations, both squared, so that no root is extracted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calc import limits
from calc.arithmetic.notation import working
from calc.arithmetic.roots import Root
from calc.arithmetic.rounding import size_of
from calc.arithmetic.sums import Sum
from calc.arithmetic.units import MG, RATIO, Figure, figure
from calc.checks.assayed import FIRST, UniformityAsked
from calc.checks.work import AnyStep, RootStep, Work
from calc.faults import Notice, NoticeCode
from calc.planning.codes import StepCode
from calc.planning.work import of_one_capsule, per_capsule
from calc.rules import samples
from calc.verdicts import ActionCode, NextAction, Verdict

NET = Sum("sum of the contents of the units", "usp-905")
CONTENTS = Sum("sum of the contents found", "usp-905")


@dataclass(frozen=True, slots=True)
class CheckedUnit:
    """One unit: the content found, and whether it is close enough to M; None in the first stage, which does not ask."""

    content: Figure
    ok: bool | None


@dataclass(frozen=True, slots=True)
class UniformityChecked:
    """A completed check by content. Figures are ratios to the label; roots are kept as roots.

    `unit_limits` are the least and the most that one unit may hold; None in the first stage.
    """

    sample: UniformityAsked
    stage: int
    units: tuple[CheckedUnit, ...]
    mean: Figure
    deviation: Root
    k: Figure
    reference: Figure
    value: Root
    within: bool
    unit_limits: tuple[Figure, Figure] | None
    first_ten_passed: bool
    steps: tuple[AnyStep, ...]

    @property
    def out(self) -> tuple[int, ...]:
        """The numbers of the units too far from M, counted from one in the order given."""
        return tuple(number for number, unit in enumerate(self.units, start=1) if unit.ok is False)

    @property
    def verdict(self) -> Verdict:
        """Pass at or below the limit, in stage two with no unit out; more units if stage one fails, fail otherwise."""
        if self.within and not self.out:
            return Verdict.PASS
        return Verdict.ASSAY_MORE if self.stage == 1 else Verdict.FAIL

    @property
    def next(self) -> tuple[NextAction, ...]:
        """The next actions: one, or one for each limit that the second stage exceeds."""
        if self.verdict is Verdict.PASS:
            return (NextAction(ActionCode.CONTENTS_GOOD),)
        if self.verdict is Verdict.ASSAY_MORE:
            return (NextAction(ActionCode.ASSAY_TWENTY_MORE),)
        actions = []
        if not self.within:
            actions.append(NextAction(ActionCode.ACCEPTANCE_VALUE_HIGH, {"most": limits.ACCEPTANCE_VALUE.value}))
        if self.out:
            actions.append(NextAction(ActionCode.UNITS_OUT, {"most": limits.UNIT_TOLERANCE.value}, self.out))
        return tuple(actions)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Notices to be read beside the verdict."""
        return (Notice(NoticeCode.FIRST_TEN_PASSED),) if self.first_ten_passed else ()


def reference_value(mean: Figure) -> Figure:
    """Return M: the mean itself if it is from 98.5 to 101.5 % of the label, otherwise the nearer of the two.

    >>> from calc.arithmetic.units import PERCENT
    >>> reference_value(figure("96.6", PERCENT)).value, reference_value(figure("101.3", PERCENT)).value
    (Fraction(197, 2), Fraction(1013, 10))
    """
    low, high = limits.REFERENCE_LOW.value, limits.REFERENCE_HIGH.value
    return low if mean < low else high if mean > high else mean


def keeps_limit(distance: Figure, k: Figure, variance: Figure) -> bool:
    """Return True if the acceptance value is at or below its limit, decided by squares.

    >>> keeps_limit(figure("0.03", RATIO), figure("2.4", RATIO), figure("0.0025", RATIO))
    True
    """
    limit = limits.ACCEPTANCE_VALUE.value
    return distance <= limit and samples.squared_room(limit, distance) >= samples.squared_spread(k, variance)


def check_uniformity(sample: UniformityAsked) -> UniformityChecked:
    """Judge contents found by assay.

    >>> contents = ["94 %", "93 %", "97 %", "96 %", "94 %", "100 %", "102 %", "95 %", "97 %", "98 %"]
    >>> checked = check_uniformity(UniformityAsked.read({"contents": contents}))
    >>> checked.verdict.value, checked.value.significant(4)
    ('pass', '0.08707')
    """
    work = Work()
    contents = tuple(_contents(work, sample))
    second = len(contents) > FIRST
    first_ten_passed = second and _judge(Work(), sample, contents[:FIRST], stage=1).within
    return _judge(work, sample, contents, stage=2 if second else 1, first_ten_passed=first_ten_passed)


def _contents(work: Work, sample: UniformityAsked) -> Iterator[Figure]:
    """Yield each content as a fraction of the label: as found, or by the mass of its unit. Raises `TypeError` if the
    sample has neither.
    """
    if sample.contents is not None:
        for content in sample.contents:
            if sample.label is None:
                yield content.to(RATIO)
            else:
                given = content.to(MG), sample.label.to(MG)
                yield work.run(StepCode.CONTENT_OF_EACH, samples.content_of_label, *given)
        return
    masses, shell, assay, label = sample.masses, sample.shell, sample.assay, sample.label
    if masses is None or shell is None or assay is None or label is None:
        raise TypeError("a sample has contents, or masses with shell, assay and label")
    net = [work.run(StepCode.NET_OF_EACH, samples.fill_found, per_capsule(mass), per_capsule(shell)) for mass in masses]
    together = work.add_up(StepCode.NET_TOGETHER, NET, net)
    mean = work.run(StepCode.NET_MEAN, samples.mean_of_fills, together, figure(len(net), RATIO))
    work.run(StepCode.DRUG_SHARE, samples.drug_in_contents, label.to(MG), of_one_capsule(mean))
    for fill in net:
        yield work.run(StepCode.CONTENT_OF_EACH, samples.content_by_mass, fill, mean, assay.to(RATIO))


def _judge(
    work: Work, sample: UniformityAsked, contents: tuple[Figure, ...], *, stage: int, first_ten_passed: bool = False
) -> UniformityChecked:
    count = figure(len(contents), RATIO)
    together = work.add_up(StepCode.CONTENTS_TOGETHER, CONTENTS, contents)
    mean = work.run(StepCode.MEAN_CONTENT, samples.mean_content, together, count)
    squares = work.squares(
        StepCode.CONTENT_SQUARES, samples.squared_deviation_of_content, mean, contents, samples.mean_content.reference
    )
    variance = work.run(StepCode.CONTENT_VARIANCE, samples.variance, squares, count)
    deviation = work.root(StepCode.CONTENT_DEVIATION, "variance", variance, samples.mean_content.reference)
    reference = reference_value(mean).to(RATIO)
    distance = size_of(work.run(StepCode.OFF_REFERENCE, samples.off_reference, reference, mean))
    k = (limits.ACCEPTANCE_FIRST if stage == 1 else limits.ACCEPTANCE_ALL).value
    limit = limits.ACCEPTANCE_VALUE.value.to(RATIO)
    work.run(StepCode.SQUARED_ROOM, samples.squared_room, limit, distance)
    spread = work.run(StepCode.SQUARED_SPREAD, samples.squared_spread, k, variance)
    value = Root(spread, RATIO, distance.value)
    formula = samples.acceptance_value
    texts = working(distance), working(k), deviation.working()
    said = formula.text, formula.written(texts)
    work.steps.append(RootStep(StepCode.ACCEPTANCE_VALUE, *said, value, formula.reference, formula.name))
    unit_limits = _unit_limits(work, reference) if stage == 2 else None
    return UniformityChecked(
        sample=sample,
        stage=stage,
        units=tuple(CheckedUnit(content, _close_enough(content, unit_limits)) for content in contents),
        mean=mean,
        deviation=deviation,
        k=k,
        reference=reference,
        value=value,
        within=keeps_limit(distance, k, variance),
        unit_limits=unit_limits,
        first_ten_passed=first_ten_passed,
        steps=tuple(work.steps),
    )


def _unit_limits(work: Work, reference: Figure) -> tuple[Figure, Figure]:
    tolerance = limits.UNIT_TOLERANCE.value
    return (
        work.run(StepCode.LEAST_CONTENT, samples.least_content, tolerance, reference),
        work.run(StepCode.MOST_CONTENT, samples.most_content, tolerance, reference),
    )


def _close_enough(content: Figure, unit_limits: tuple[Figure, Figure] | None) -> bool | None:
    return None if unit_limits is None else unit_limits[0] <= content <= unit_limits[1]
