"""The work at the bench for capsules as the preparation sheet prints it."""

from __future__ import annotations

from typing import ClassVar

from calc import limits
from calc.arithmetic import notation
from calc.arithmetic.units import MG, PERCENT, RATIO, Figure
from calc.capsule.planning.bench import is_measured
from calc.capsule.sheet.bench import CapsuleBench
from calc.planning.bench import BenchCode, BenchStep
from calc.planning.made import capsules_weighed
from calc.rules.blending import Rung
from calc.sheet.bench import Details, DetailsByCode
from calc.sheet.lines import Action
from calc.sheet.on_paper import OnPaper, Printed
from calc.wording import bench_targets
from calc.wording import sheet as words
from calc.wording.figures import said
from calc.wording.made import balance_taken, counts_taken
from calc.wording.spelled_out import count_in_words


class CapsulesOnPaper(OnPaper, CapsuleBench):
    """The writer of the steps of one plan of capsules, as the sheet prints them."""

    def mixed(self) -> list[list[str]]:
        """Return what is read before mixing: each name with its unit."""
        powder = words.POWDER if self.aliquot is None else words.TRITURATION
        return [[powder, "g"], [words.DILUENT, "g"], [words.DILUENT_LOT, ""]]

    def drawn(self, step: BenchStep, entered: Action | None) -> Printed:
        """Return what a row has besides: a bar of the mortar, boxes for masses, sentences across the sheet."""
        match step.code:
            case BenchCode.BEGIN_BLEND if self.plan.ladder:
                return {"bar": self._bar(self.plan.ladder[0], added=False)}
            case BenchCode.RUNG:
                return {"bar": self._bar(self.plan.ladder[step.step - 1], added=True)}
            case BenchCode.TEN_CAPSULES:
                masses = [] if entered is None else entered.actual.rpartition(" ")[0].split(", ")
                boxes = capsules_weighed(self.plan.powder.batch)
                return {"masses": [masses[at] if at < len(masses) else "" for at in range(boxes)], "actual": ""}
            case BenchCode.YIELD:
                powder = bench_targets.POWDERS[self.aliquot is None]
                balance = words.MASS_BALANCE.format(powder=powder, mixed=self.mixed_in, balance=balance_taken())
                return {"wide": f"{counts_taken(self.plan.powder.batch)} {balance}"}
        return {}

    def _bar(self, rung: Rung, *, added: bool) -> list[str]:
        """Return what is in the mortar before an addition, and after it if it is made, as shares of the whole blend."""
        all_of_it, total = self.plan.ladder[-1].total.to(MG).value, rung.total.to(MG).value
        inside = total - rung.add.to(MG).value
        return [
            notation.significant(Figure(part / all_of_it, RATIO), 4) for part in (inside, total if added else inside)
        ]

    def _rung(self, step: BenchStep) -> Details:
        rung = self.shown["ladder"][step.step - 1]
        return {"facts": {"total": rung["total"]["text"]}, "target": rung["add"]["text"]}

    def _divide(self, step: BenchStep) -> Details:
        details = super()._divide(step)
        return {**details, "band": ""} if is_measured(self.plan) and self.shown["fill_mass"] is not None else details

    def _ten_capsules(self, step: BenchStep) -> Details:
        details = super()._ten_capsules(step)
        return {**details, "unit": "", "formula": self.shown["gross_band"] is None}

    def _mean_fill(self, _: BenchStep) -> Details:
        mass = self.shown["fill_mass"]
        within = words.WITHIN.format(share=said(Figure(1 - limits.MEAN_FILL_LOW.value.value, RATIO).to(PERCENT)))
        facts = {"number": count_in_words(self.plan.powder.batch), "within": within}
        if not is_measured(self.plan) or mass is None:
            formula = words.FILL_OPEN if self.aliquot is None else words.FILL_OPEN_ALIQUOT
            return {"facts": facts, "target": formula.format(batch=self.batch, mixed=self.mixed_in), "formula": True}
        return {"facts": facts, "target": mass["text"]}

    def _yield(self, _: BenchStep) -> Details:
        return {"target": self.capsules}

    details: ClassVar[DetailsByCode] = {
        **CapsuleBench.details,
        **OnPaper.details,
        BenchCode.RUNG: _rung,
        BenchCode.DIVIDE: _divide,
        BenchCode.TEN_CAPSULES: _ten_capsules,
        BenchCode.MEAN_FILL: _mean_fill,
        BenchCode.YIELD: _yield,
    }
