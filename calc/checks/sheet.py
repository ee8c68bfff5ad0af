"""A check as finished strings for the page: verdict, limits, capsules or units, steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from calc import limits
from calc.answers.contract import Band, NoticeShown, StepShown
from calc.arithmetic.units import RATIO, Figure
from calc.checks.answer import OF_EACH, uniformity_shown, weights_shown
from calc.checks.contract import WeightsAnswer
from calc.checks.plot import Plot, plot_contents, plot_weights
from calc.checks.uncertainty_sheet import drawn, uncertainty
from calc.checks.uniformity import UniformityChecked
from calc.checks.weights import WeightsChecked
from calc.checks.work import AnyStep
from calc.pictures.drawing import Picture
from calc.sheet.lines import Uncertainty
from calc.sheet.names import count_said
from calc.wording import checks as words
from calc.wording.figures import said
from calc.wording.made import balance_taken, counts_taken

_EACH = frozenset(code.value for code in OF_EACH)


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: the figure found, the range allowed, and the verdict in words; `state` is "ok", "low" or blank."""

    name: str
    found: str
    taken: str
    verdict: str
    state: str


@dataclass(frozen=True, slots=True)
class Item:
    """One capsule or unit of the sample."""

    number: int
    cells: tuple[str, ...]
    verdict: str
    state: str


#: A step and the name of its formula, blank for a sum or a root.
Worked = tuple[StepShown, str]


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """Everything that the page shows of one check. `state` is "pass", "fail" or "more"."""

    title: str
    state: str
    verdict: str
    next: str
    notices: tuple[NoticeShown, ...]
    limits: tuple[Limit, ...]
    plot: Plot
    uncertainty: Uncertainty | None
    uncertainty_picture: Picture | None
    columns: tuple[str, ...]
    items: tuple[Item, ...]
    items_title: str
    steps: tuple[Worked, ...]
    steps_of_each: tuple[Worked, ...]


def sheet_of_weights(checked: WeightsChecked) -> CheckSheet:
    """Return the finished strings of a check by weight."""
    answer = weights_shown(checked)
    worked = _worked(answer["steps"], checked.steps)
    fills = answer["fills"]
    shares = [capsule.share.value for capsule in checked.capsules]
    least, most = fills[shares.index(min(shares))], fills[shares.index(max(shares))]
    of_each = words.FROM_TO.format(low=least["share"]["text"], high=most["share"]["text"])
    mean = words.WITH_SHARE.format(figure=answer["mean_fill"]["text"], share=answer["mean_share"]["text"])
    shares_taken = limits.CAPSULE_BAND_LOW.value, limits.CAPSULE_BAND_HIGH.value
    mean_taken = limits.MEAN_FILL_LOW.value, limits.MEAN_FILL_HIGH.value
    checked_limits = [
        Limit(words.EACH_FILL, of_each, _shares_and_masses(shares_taken, answer["band"]), *_all_within(checked.out)),
        Limit(words.MEAN_FILL, mean, _shares_and_masses(mean_taken, answer["mean_band"]), *_within(ok=checked.mean_ok)),
    ]
    if answer["rsd"] is not None:
        kept = (words.KEPT, "ok") if checked.spread_ok else (words.NOTICE_ONLY, "")
        most_rsd = words.AT_MOST.format(most=said(limits.FILL_SPREAD.value))
        checked_limits.append(Limit(words.RSD, answer["rsd"]["text"], most_rsd, *kept))
    checked_limits += [*_of_count(checked, answer), *_of_balance(checked, answer), *_of_contents(answer)]
    items = tuple(
        Item(number, (fill["gross"]["text"], fill["fill"]["text"], fill["share"]["text"]), *_within(ok=fill["ok"]))
        for number, fill in enumerate(fills, start=1)
    )
    return CheckSheet(
        title=words.WEIGHTS_SAID[checked.verdict],
        state=words.STATES[checked.verdict],
        verdict=words.VERDICTS[checked.verdict],
        next=answer["next"],
        notices=tuple(answer["notices"]),
        limits=tuple(checked_limits),
        plot=plot_weights(checked, answer),
        uncertainty=uncertainty(checked, answer),
        uncertainty_picture=drawn(checked.dose),
        columns=words.WEIGHTS_COLUMNS,
        items=items,
        items_title=words.CAPSULES,
        steps=tuple((step, method) for step, method in worked if step["code"] not in _EACH),
        steps_of_each=tuple((step, method) for step, method in worked if step["code"] in _EACH),
    )


def _of_count(checked: WeightsChecked, answer: WeightsAnswer) -> Iterator[Limit]:
    """Yield the number of capsules made against the batch, if both are known."""
    planned, made, loss = checked.sample.planned, checked.sample.made, answer["batch_loss"]
    if planned is None or made is None or loss is None or checked.count is None:
        return
    found = words.LOST.format(share=loss["text"], made=count_said(made), planned=count_said(planned))
    yield Limit(words.COUNT, found, counts_taken(planned), *words.ASKED[checked.count])


def _of_contents(answer: WeightsAnswer) -> Iterator[Limit]:
    """Yield the rule of BP and Ph. Eur. on contents, if enough capsules were weighed."""
    rule = answer["contents_rule"]
    if rule is None:
        return
    limit, far = rule["limit"]["text"], said(Figure(2 * Fraction(rule["limit"]["exact"]), RATIO))
    outside = words.numbers_said(rule["outside"]) or words.NO_NUMBER
    found = words.CONTENTS_FOUND.format(outside=outside, limit=limit, mean=rule["mean"]["text"])
    taken = words.CONTENTS_TAKEN.format(limit=limit, far=far)
    yield Limit(words.CONTENTS_RULE, found, taken, *_kept(ok=rule["verdict"] == "pass"))


def _of_balance(checked: WeightsChecked, answer: WeightsAnswer) -> Iterator[Limit]:
    """Yield the mass balance against its limits, if it is known."""
    share, weighed_in = answer["mass_balance"], answer["weighed_in"]
    if checked.balance is None or share is None or weighed_in is None:
        return
    found = words.BALANCED.format(share=share["text"], weighed_in=weighed_in["text"])
    yield Limit(words.BALANCE, found, balance_taken(), *words.ASKED[checked.balance.verdict])


def sheet_of_contents(checked: UniformityChecked) -> CheckSheet:
    """Return the finished strings of a check by content."""
    answer = uniformity_shown(checked)
    worked = _worked(answer["steps"], checked.steps)
    limit = words.AT_MOST.format(most=answer["limit"]["text"])
    checked_limits = [
        Limit(words.ACCEPTANCE_VALUE, answer["acceptance_value"]["text"], limit, *_kept(ok=checked.within))
    ]
    if answer["unit_limits"] is not None:
        contents = [unit.content.value for unit in checked.units]
        least, most = (answer["units"][contents.index(end(contents))]["content"]["text"] for end in (min, max))
        of_each = words.FROM_TO.format(low=least, high=most)
        checked_limits.append(Limit(words.EACH_UNIT, of_each, _band(answer["unit_limits"]), *_all_within(checked.out)))
    terms = answer["mean"], answer["standard_deviation"], answer["k"], answer["reference_value"]
    checked_limits += [Limit(name, term["text"], "", "", "") for name, term in zip(words.TERMS, terms, strict=True)]
    items = tuple(
        Item(number, (unit["content"]["text"],), *(("", "") if unit["ok"] is None else _within(ok=unit["ok"])))
        for number, unit in enumerate(answer["units"], start=1)
    )
    return CheckSheet(
        title=words.CONTENTS_SAID[checked.verdict],
        state=words.STATES[checked.verdict],
        verdict=words.VERDICTS[checked.verdict],
        next=answer["next"],
        notices=tuple(answer["notices"]),
        limits=tuple(checked_limits),
        plot=plot_contents(checked, answer),
        uncertainty=None,
        uncertainty_picture=None,
        columns=words.CONTENTS_COLUMNS,
        items=items,
        items_title=words.UNITS,
        steps=tuple((step, method) for step, method in worked if step["code"] not in _EACH),
        steps_of_each=tuple((step, method) for step, method in worked if step["code"] in _EACH),
    )


def _worked(shown: Sequence[StepShown], steps: Sequence[AnyStep]) -> tuple[Worked, ...]:
    return tuple(zip(shown, (step.method for step in steps), strict=True))


def _band(band: Band) -> str:
    return words.FROM_TO.format(low=band["low"]["text"], high=band["high"]["text"])


def _shares_and_masses(shares: tuple[Figure, Figure], band: Band) -> str:
    """Return a band as shares of the theoretical fill and as masses."""
    low, high = map(said, shares)
    return words.WITH_SHARE.format(figure=words.FROM_TO.format(low=low, high=high), share=_band(band))


def _within(*, ok: bool) -> tuple[str, str]:
    return (words.IS_WITHIN, "ok") if ok else (words.IS_OUTSIDE, "low")


def _kept(*, ok: bool) -> tuple[str, str]:
    return (words.KEPT, "ok") if ok else (words.NOT_KEPT, "low")


def _all_within(out: Sequence[int]) -> tuple[str, str]:
    if not out:
        return words.ALL_WITHIN, "ok"
    return words.OUTSIDE_BY_NUMBER.format(numbers=words.numbers_said(out)), "low"
