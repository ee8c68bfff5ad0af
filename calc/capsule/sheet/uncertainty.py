"""Uncertainty of the dose of a batch: contributions of the weighings, conditions, unknowns."""

from __future__ import annotations

from calc import limits
from calc.capsule import conditions
from calc.capsule.contract import ContentOfTabletsShown, PlanShown
from calc.capsule.plan import Plan
from calc.sheet.lines import Uncertainty
from calc.sheet.names import tablets_said
from calc.wording import uncertainty as words
from calc.wording.figures import said as words_said


def uncertainty(plan: Plan, shown: PlanShown) -> Uncertainty:
    """Return the uncertainty of a batch before its capsules are weighed, and the unknowns."""
    spread, cells = plan.spread, shown["spread"]
    said: list[str] = []
    rows: list[tuple[str, ...]] = []
    on_paper: list[str] = []
    content = shown["content_of_tablets"]
    of_tablets = [] if content is None else [_of_tablets(content)]
    if spread is not None and cells is not None:
        largest = spread.largest
        if largest is None:
            said.append(words.UNDILUTED)
        else:
            of_largest = cells["terms"][spread.terms.index(largest)]
            facts = {"mass": of_largest["mass"]["text"], "of_dose": of_largest["of_dose"]["text"]}
            said += [words.LEAD.format(batch=cells["batch"]["text"]), words.TWICE]
            said.append(words.LARGEST.format(what=words.term_in_a_sentence(largest, spread), **facts))
        on_paper = [*said, *of_tablets, conditions.on_paper(plan)]
        said.append(_shift(shown))
        for term, cell in zip(spread.terms, cells["terms"], strict=True):
            mass, of_mass, of_dose = (cell[name]["text"] for name in ("mass", "of_mass", "of_dose"))
            rows.append((words.term_said(term, spread), mass, of_dose, of_mass, words.error_said(term)))
        if len(rows) > 1:
            rows.append((words.TOGETHER, "", cells["batch"]["text"], "", ""))
    said += of_tablets
    return Uncertainty(
        title=words.TITLE,
        show=words.SHOW,
        said=tuple(said),
        head=words.HEAD,
        rows=tuple(rows),
        conditions_title=words.CONDITIONS_TITLE,
        conditions=() if cells is None else tuple(cells["conditions"]),
        unknown_title=words.UNKNOWN_TITLE,
        unknown=tuple(conditions.unknown(plan)),
        on_paper=tuple(on_paper),
    )


def _of_tablets(content: ContentOfTabletsShown) -> str:
    """Return what the tablets leave open by themselves: of those crushed the content, of those weighed the mass."""
    weighed = content["weighed"]
    return words.OF_TABLETS.format(
        crushed=tablets_said(content["crushed"]),
        typical=content["typical"]["text"],
        one=words_said(limits.CONTENT_TYPICAL.value),
        worst=content["worst"]["text"],
        weighed="" if weighed is None else words.MEAN_OF_WEIGHED.format(weighed=tablets_said(weighed)),
    )


def _shift(shown: PlanShown) -> str:
    check = shown["reverse_check"]
    if check is None or check["deviation"]["exact"] == "0":
        return words.NO_SHIFT
    return words.SHIFT.format(deviation=check["deviation"]["text"].replace("below", "less than"))
