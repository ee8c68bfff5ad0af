"""The work at the bench as a preparation sheet prints it: short words, figures, stages gathered into sections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, ClassVar

from calc.arithmetic.units import MG, Figure
from calc.planning.bench import BenchCode, BenchStage, BenchStep, OfTablets
from calc.sheet.bench import BenchWriter, Details, DetailsByCode
from calc.sheet.lines import Action
from calc.sheet.names import amount_said
from calc.wording import sheet as words
from calc.wording import stages
from calc.wording.bench import StepWords
from calc.wording.bench_on_paper import words_on_paper
from calc.wording.figures import mass_said

#: Finished strings for the template, by their names in it.
Printed = dict[str, Any]
#: Steps that a field or a box of the sheet stands for, so that they have no row.
IN_A_FIELD = frozenset({BenchCode.PROTECT, BenchCode.ZERO_BALANCE, BenchCode.PLATE, BenchCode.DEVIATIONS})
#: The stage that begins the section of a stage; others begin their own.
_GATHERED = {
    BenchStage.IDENTIFY: BenchStage.GATHER,
    BenchStage.WEIGH: BenchStage.COUNT,
    BenchStage.CHECK: BenchStage.FILL,
    BenchStage.BOTTLE: BenchStage.FILL,
    BenchStage.CLEAN: BenchStage.LABEL,
}
_CRUSHING = (BenchStage.CRUSH, BenchStage.TRITURATE)
_MIXING = (BenchStage.BLEND, BenchStage.MIX)


def _section_of(step: BenchStep) -> BenchStage:
    """Return the stage that begins the section of a step."""
    return _GATHERED.get(step.stage, step.stage)


class OnPaper(BenchWriter):
    """The writer of the steps of one plan as the sheet prints them; a subclass adds those of its preparation."""

    def words(self, step: BenchStep) -> StepWords:
        """Return the words of a step on paper."""
        return words_on_paper(step)

    def sections(self, steps: Iterable[BenchStep], entered: Mapping[str, Action]) -> list[Printed]:
        """Return the rows of all steps by section, with the checks between, and what was `entered` by key."""
        titles = {**stages.TITLES, **words.SECTIONS, **self.titles}
        if self.source.tablets is None:
            titles |= stages.TITLES_OF_BULK | {BenchStage.COUNT: stages.TITLES_OF_BULK[BenchStage.WEIGH]}
        found: list[Printed] = []
        checks = [(_CRUSHING, self.before_crushing()), (_MIXING, self.before_mixing())]
        for begin, of_section in groupby(steps, key=_section_of):
            if checks and begin in checks[0][0]:
                found[-1]["check"] = checks.pop(0)[1]
            rows = [self.row(step, entered.get(step.key)) for step in of_section if step.code not in IN_A_FIELD]
            found.append({"title": titles[begin], "rows": rows, "check": None})
        return found

    def before_crushing(self) -> Printed:
        """Return the check by a second person before tablets are crushed, or bulk powder is weighed out."""
        if self.source.tablets is None:
            read = [[words.DRUG, ""], [words.LOT, ""], [words.ASSAY, "%"]]
            return {"title": words.STOP_BEFORE_WEIGHING, "read": [*read, *words.SIGNED]}
        mass = [] if self.unweighed else [[words.MASS, "g"]]
        read = [[words.STRENGTH, ""], [words.LOT, ""], [words.COUNT, ""], *mass]
        return {"title": words.STOP_BEFORE_CRUSHING, "read": [*read, *words.SIGNED]}

    def before_mixing(self) -> Printed:
        """Return the check by a second person before powder and diluent or vehicle meet."""
        return {"title": words.STOP_BEFORE_MIXING, "read": [*self.mixed(), *words.SIGNED]}

    @property
    def unweighed(self) -> bool:
        """Return True if no tablets are weighed: whole ones are crushed for a liquid."""
        return False

    def mixed(self) -> list[list[str]]:
        """Return what is read before mixing: each name with its unit."""
        raise NotImplementedError

    def row(self, step: BenchStep, entered: Action | None) -> Printed:
        """Return the row of a step, with what was entered for it."""
        action = self.action(step)
        return {
            "do": action.do,
            "note": action.note,
            "target": action.target,
            "band": action.band,
            "name": action.name.strip(),
            "unit": action.unit,
            "actual": "" if entered is None else entered.actual,
            "done": entered is not None and entered.done,
            "judged": "" if entered is None or entered.verdict.state == "in" else entered.verdict.text,
            "formula": action.formula,
            "boxed": action.boxed,
            **self.drawn(step, entered),
        }

    def drawn(self, _step: BenchStep, _entered: Action | None) -> Printed:
        """Return what a row has besides: a bar of the mortar, boxes for masses, sentences across the sheet."""
        return {}

    def between(self, step: BenchStep) -> str:
        """Return the bounds of a step in figures; blank while they are not known."""
        if not isinstance(step.low, Figure) or not isinstance(step.high, Figure):
            return ""
        return words.RANGE.format(low=self.on_balance(step.low), high=self.on_balance(step.high))

    def _one_tablet(self, step: BenchStep) -> Details:
        if isinstance(step.low, Figure) and isinstance(step.high, Figure):
            return {"target": words.RANGE.format(low=mass_said(step.low), high=mass_said(step.high))}
        return {**super()._one_tablet(step), "band": ""}

    def _all_tablets(self, step: BenchStep) -> Details:
        details = super()._all_tablets(step)
        if isinstance(step.target, Figure):
            return {**details, "band": ""}
        expected = words.RANGE if step.high else words.AT_LEAST
        ends = {"low": self.on_balance(step.low), "high": self.on_balance(step.high)}
        return {"target": expected.format(**ends), "formula": True}

    def _crushed_tablets(self, step: BenchStep) -> Details:
        return {**super()._crushed_tablets(step), "band": self.between(step)}

    def _recovered(self, step: BenchStep) -> Details:
        return {"target": self.recovered(step), "formula": isinstance(step.low, OfTablets)}

    def _destroy(self, step: BenchStep) -> Details:
        tablets, portion = self._tablets, self.source.portion
        details = super()._destroy(step)
        if tablets.there is None or portion is None or not tablets.drug_left_over.numerator:
            return {**details, "facts": {"drug": ""}}
        left = Figure(tablets.there.to(MG).value - portion.shown.to(MG).value, MG)
        drug = words.LEFT_OF_DRUG.format(left=amount_said(self.planned, tablets.drug_left_over))
        return {"facts": {"drug": drug}, "target": self.on_balance(left)}

    details: ClassVar[DetailsByCode] = {
        BenchCode.ONE_TABLET: _one_tablet,
        BenchCode.ALL_TABLETS: _all_tablets,
        BenchCode.CRUSHED_TABLETS: _crushed_tablets,
        BenchCode.RECOVERED: _recovered,
        BenchCode.DESTROY_POWDER: _destroy,
    }
