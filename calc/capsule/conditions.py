"""Conditions of a dose's uncertainty, in sentences: assumptions, unknowns, why nothing is known yet."""

from __future__ import annotations

from collections.abc import Iterator

from calc.arithmetic.units import MG
from calc.capsule.plan import Plan
from calc.planning.codes import FillRule
from calc.planning.made import sample_of
from calc.rules.spread import Spread
from calc.wording import uncertainty as words
from calc.wording.figures import said
from calc.wording.spelled_out import count_in_words


def conditions(plan: Plan, spread: Spread) -> list[str]:
    """Return the assumptions behind the spread of a batch, each in a sentence."""
    source = words.AS_LABELED[plan.order.source.component]
    all_of_it = [words.ALL_OF_IT] if any(term.all_of_it for term in spread.terms) else []
    return [source, words.EVEN, *all_of_it, _of_balance(plan, spread), words.ON_ITS_OWN]


def _of_balance(plan: Plan, spread: Spread) -> str:
    balance, error = plan.order.balance, spread.terms[0].error
    if balance.sensitivity is not None:
        return words.SENSITIVITY.format(error=said(error), how=_how(plan))
    if balance.repeatability is not None:
        floor = words.FLOOR if error > balance.repeatability.to(MG) else ""
        return words.REPEATABILITY.format(error=said(error), floor=floor)
    return words.MINIMUM.format(error=said(error))


def _how(plan: Plan) -> str:
    """Return the words for a sensitivity of the balance that was entered, or was assumed."""
    return words.ASSUMED if "balance.sensitivity" in plan.order.defaults else words.ENTERED


def on_paper(plan: Plan) -> str:
    """Return the conditions in the few words that fit on the preparation sheet."""
    source = words.AS_LABELED_ON_PAPER[plan.order.source.component]
    fill = words.FILL_ON_PAPER[sample_of(plan.powder.batch)].format(number=count_in_words(plan.powder.batch))
    return words.ON_PAPER.format(source=source, how=_how(plan), fill=fill)


def unknown(plan: Plan) -> Iterator[str]:
    """Yield the unknowns that no weighing removes, each in a sentence; first, why the spread is not known yet."""
    if plan.spread is None:
        yield words.NOT_YET.format(why=_why(plan))
    batch = plan.powder.batch
    if batch > 1:
        yield words.UNKNOWN_FILL[sample_of(batch)].format(number=count_in_words(batch))
    yield words.UNKNOWN_SOURCE[plan.order.source.component]
    yield words.UNKNOWN_BLEND


def _why(plan: Plan) -> str:
    if not plan.powder.known:
        return words.WHY_TABLETS
    return words.WHY_ESTIMATE if plan.fill.rule is FillRule.ESTIMATE else words.WHY_FILL
