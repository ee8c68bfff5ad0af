"""How sure the dose is: every weighing and what its error does, the largest, the conditions, what nobody knows yet."""

from __future__ import annotations

from calc.capsule import conditions
from calc.capsule.contract import PlanShown
from calc.capsule.plan import Plan
from calc.capsule.sheet.lines import Sureness, TermLine
from calc.wording import uncertainty as words


def sureness(plan: Plan, shown: PlanShown) -> Sureness:
    """What is known of the spread of a batch before its capsules are weighed, and what is not."""
    found, cells = plan.spread, shown["spread"]
    said: list[str] = []
    terms: list[TermLine] = []
    on_paper: list[str] = []
    if found is not None and cells is not None:
        largest = found.largest
        if largest is None:
            said.append(words.UNDILUTED)
        else:
            at = cells["terms"][found.terms.index(largest)]
            facts = {"mass": at["mass"]["text"], "of_dose": at["of_dose"]["text"]}
            said.append(words.LEAD.format(batch=cells["batch"]["text"]))
            said.append(words.LARGEST.format(what=words.term_in_a_sentence(largest, found), **facts))
        on_paper = [*said, conditions.on_paper(plan)]
        said.append(_shift(shown))
        for term, cell in zip(found.terms, cells["terms"], strict=True):
            mass, of_mass, of_dose = (cell[name]["text"] for name in ("mass", "of_mass", "of_dose"))
            terms.append(TermLine(words.term_said(term, found), mass, words.error_said(term), of_mass, of_dose))
        if len(terms) > 1:
            terms.append(TermLine(words.TOGETHER, "", "", "", cells["batch"]["text"]))
    return Sureness(
        title=words.TITLE,
        said=tuple(said),
        head=words.HEAD,
        terms=tuple(terms),
        conditions_title=words.CONDITIONS_TITLE,
        conditions=() if cells is None else tuple(cells["conditions"]),
        unknown_title=words.UNKNOWN_TITLE,
        unknown=tuple(conditions.unknown(plan)),
        on_paper=tuple(on_paper),
    )


def _shift(shown: PlanShown) -> str:
    check = shown["reverse_check"]
    if check is None or check["deviation"]["exact"] == "0":
        return words.NO_SHIFT
    return words.SHIFT.format(deviation=check["deviation"]["text"])
