"""`POST /label.pdf`: the label of one patient, whose lines are typed into the page and stand in the body alone.

They are printed and forgotten: no address, no log and no later page has them. A fault answers the page with what was
typed, never a redirect.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnsupportedMediaType

from calc.answers.problems import fault_shown
from calc.faults import Fault, Refused
from calc.paper.dispensing import read_lines
from calc.paper.label import STOCKS
from calc.service.preparations import AnyPlan
from calc.web.forms.label import STOCK, LabelForm, choice_of, faults_of_names, sent_by
from calc.wording import label_form as words

FORM = "application/x-www-form-urlencoded"
#: The label stocks with their names.
NAMES = {key: stock.name for key, stock in STOCKS.items()}


@dataclass(frozen=True, slots=True)
class Posted:
    """What was typed for one label: the body, the size chosen, how it is sent, and the faults of these."""

    typed: MultiDict[str, str]
    stock: str
    send: str
    faults: tuple[Fault, ...]

    def lines(self, plan: AnyPlan) -> Mapping[str, str]:
        """Return the lines as the label prints them. Raises `Refused` with every fault in what was typed."""
        faults = self.faults
        try:
            lines = read_lines(self.typed, plan)
        except Refused as refused:
            raise Refused((*faults, *refused.faults)) from refused
        if faults:
            raise Refused(faults)
        return lines


def posted() -> Posted:
    """Return what was typed into the form. Only the form's own type is taken, so that nothing of it meets a file."""
    if request.mimetype not in {"", FORM}:
        raise UnsupportedMediaType
    typed: MultiDict[str, str] = MultiDict(request.form)
    stock, of_stock = choice_of(STOCK, STOCKS, typed)
    send, of_send = sent_by(typed)
    return Posted(typed, stock, send, (*faults_of_names(typed), *of_stock, *of_send))


def shown(
    address: str,
    stocks: Sequence[str],
    plan: AnyPlan | None,
    typed: MultiDict[str, str],
    faults: Sequence[Fault] = (),
    *,
    busy: bool = False,
) -> dict[str, Any]:
    """Return the form as the page shows it: where it is sent, on which stocks, and what is left to stickers.

    Without a plan, whose order has faults of its own, every stock is offered: what was typed stays.
    """
    offered = {key: NAMES[key] for key in stocks} if plan is not None else NAMES
    left_out = [] if plan is None else _left_out(plan)
    return {
        "address": address,
        "form": LabelForm(offered, typed, [fault_shown(fault, words.label_fault_text) for fault in faults]),
        "busy": words.BUSY if busy else "",
        "stickers": words.STICKERS.format(texts=" ".join(left_out)) if left_out else "",
        "words": words,
    }


def _left_out(plan: AnyPlan) -> list[str]:
    """Return the warnings that a small label leaves to stickers."""
    return [] if plan.drug is None else [warning.text for warning in plan.drug.label_warnings[1:]]
