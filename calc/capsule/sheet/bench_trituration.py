"""The trituration at the bench, step by step; in formulas before the tablets are weighed."""

from __future__ import annotations

from typing import ClassVar

from calc.answers.figures import root_share
from calc.arithmetic.rounding import to_step
from calc.arithmetic.units import MG, Figure
from calc.capsule.contract import PlanShown, TriturationShown
from calc.capsule.plan import Plan
from calc.capsule.planning.bench import is_crushed_in_diluent, is_measured
from calc.capsule.planning.uncertainty import error_of_balance
from calc.planning.bench import BenchCode, BenchStep
from calc.planning.bench_entries import NOTHING_AT_BENCH, AtBench
from calc.planning.codes import FillRule, StepCode
from calc.planning.ingredients import weighed_together
from calc.rules.spread import Term
from calc.sheet.bench import BenchWriter, Details, DetailsByCode
from calc.sheet.names import amount_said, count_said, grams_said
from calc.wording import bench_targets as words
from calc.wording import ingredients as of_ingredients
from calc.wording import stages
from calc.wording.figures import mass_said


class Triturating(BenchWriter):
    """The writer of the steps of a trituration."""

    def __init__(self, plan: Plan, shown: PlanShown, at_bench: AtBench = NOTHING_AT_BENCH) -> None:
        super().__init__(plan, plan.powder, shown["steps"], at_bench)
        self.plan, self.shown = plan, shown
        if is_crushed_in_diluent(plan):
            self.titles = {**self.titles, **stages.TITLES_IN_DILUENT}
        #: The working of each figure of the trituration, step by step.
        self._workings_by_step = {
            code: [f"{step['substituted']} = {step['result']}" for step in shown["steps"] if step["code"] == code]
            for code in (StepCode.TRITURATION_DILUENT, StepCode.ALIQUOT)
        }

    def _shown_and_facts(self, step: BenchStep) -> tuple[TriturationShown, dict[str, str]]:
        """Return the step of the trituration as shown, and the facts that number it if there are several."""
        steps = self.shown["triturations"]
        number = words.TRITURATION_STEP.format(index=step.step, steps=len(steps)) if step.step else ""
        return steps[max(step.step, 1) - 1], {"step": number, "diluent": self.plan.order.diluent.name}

    def name_diluent(self, _: BenchStep) -> Details:
        """Return the name of the diluent as a fact."""
        return {"facts": {"diluent": self.plan.order.diluent.name}}

    def _only_if_light(self, step: BenchStep) -> Details:
        low, high = (self.on_balance(end) for end in (step.low, step.high))
        facts = {"low": low, "high": high}
        target = words.ONLY_IF_LIGHT_ALL if step.what else words.ONLY_IF_LIGHT_TARGET
        return {"facts": facts, "target": target.format(**facts), "formula": True}

    def _all_of_it(self, step: BenchStep) -> Details:
        mass = self.on_balance(step.target)
        return {
            "facts": self._shown_and_facts(step)[1],
            "target": words.ALL_OF_IT_TARGET.format(mass=mass) if mass else "",
        }

    def _uncertain(self, mass: Figure) -> str:
        """Return the sentence with the standard uncertainty that the balance gives a mass."""
        balance = self.plan.order.balance
        error, kind = error_of_balance(balance, balance.readability.to(MG))
        uncertainty = root_share(Term("aliquot", 1, to_step(mass, balance.readability), error, kind).of_mass)["text"]
        return words.UNCERTAINTY.format(uncertainty=uncertainty)

    def _powder(self, step: BenchStep) -> Details:
        uncertainty = self._uncertain(step.target).strip() if isinstance(step.target, Figure) else ""
        facts = {**self._shown_and_facts(step)[1], "uncertainty": uncertainty}
        return {"facts": facts, "target": self.on_balance(step.target)}

    def _boat(self, step: BenchStep) -> Details:
        number = self._shown_and_facts(step)[1] if self.shown["triturations"] else {"step": ""}
        most = step.high if isinstance(step.high, Figure) else None
        if most is None or most < self.plan.order.balance.readability:
            return {"facts": number, "band": words.BOAT_EMPTY}
        return {"facts": number, "band": words.BOAT_BAND.format(high=mass_said(most))}

    def _add_diluent(self, step: BenchStep) -> Details:
        shown, facts = self._shown_and_facts(step)
        total = shown["total"]["text"]
        band = words.TRITURATION_TOTAL.format(total=total)
        if not isinstance(step.target, Figure):
            formula = words.TRITURATION_FORMULA.format(total=total)
            return {"facts": facts, "target": formula, "band": band, "formula": True}
        # Of tablets not weighed yet the first diluent has no working.
        workings = self._workings_by_step[StepCode.TRITURATION_DILUENT]
        working = workings[max(step.step, 1) - 1 - (len(self.shown["triturations"]) - len(workings))]
        return {"facts": facts, "target": self.on_balance(step.target), "band": band, "working": working}

    def _rub(self, step: BenchStep) -> Details:
        target = words.RUB_TARGET.format(mass=self.on_balance(step.target))
        return {"facts": self._shown_and_facts(step)[1], "target": target}

    def _crush_in_diluent(self, step: BenchStep) -> Details:
        target = mass_said(step.target) if isinstance(step.target, Figure) else ""
        return {"facts": self._shown_and_facts(step)[1], "target": target}

    def _sieve(self, step: BenchStep) -> Details:
        return {"facts": self._shown_and_facts(step)[1]}

    def _mix(self, step: BenchStep) -> Details:
        shown, facts = self._shown_and_facts(step)
        return {"facts": facts, "band": words.TRITURATION_STRENGTH.format(strength=shown["strength_after"]["text"])}

    def _take_aliquot(self, step: BenchStep) -> Details:
        shown, facts = self._shown_and_facts(step)
        take = shown["take"]["text"]
        facts["uncertainty"] = self._uncertain(step.target) if isinstance(step.target, Figure) else ""
        if step.what == "portion":
            return {"facts": {**facts, "rest": self.diluent_beside(take)}, "target": take}
        last = step.what == "capsules"
        return {"facts": facts, "target": take, "working": self._workings_by_step[StepCode.ALIQUOT][0] if last else ""}

    def diluent_beside(self, take: str) -> str:
        """Return the formula for the diluent added to an aliquot: the contents of the capsules less the aliquot."""
        fill = self.plan.fill
        each = fill.fill_mass if fill.rule is FillRule.GIVEN else fill.packing_of_diluent
        filled = grams_said(each) if is_measured(self.plan) and each is not None else words.PACKING_OF_DILUENT
        batch = count_said(self.plan.powder.batch)
        return words.DILUENT_FORMULA_ALIQUOT.format(batch=batch, filled=filled, take=take, less=self.less())

    def less(self) -> str:
        """Return what the ingredients take off the diluent, as a part of a formula; blank without any."""
        fill, batch = self.plan.fill, self.plan.powder.batch
        if fill.beside is None:
            return ""
        if fill.rule is FillRule.GIVEN:
            return of_ingredients.LESS.format(mass=self.on_balance(weighed_together(fill.beside.used)))
        if is_measured(self.plan) and fill.packing_of_diluent is not None:
            mass = Figure(fill.packing_of_diluent.value * fill.beside.room.value * batch, MG)
            return of_ingredients.LESS.format(mass=self.on_balance(mass)) if mass.numerator else ""
        parts = ((Figure(mass.value * batch, MG), name, statistic) for name, mass, statistic in fill.beside.packed)
        return "".join(
            (of_ingredients.LESS_MEASURED if name else of_ingredients.LESS).format(
                mass=self.on_balance(mass), statistic=grams_said(statistic)
            )
            for mass, name, statistic in parts
            if mass.numerator
        )

    def _named(self, step: BenchStep) -> Details:
        return self.of_ingredient(step, self.plan.ingredients)

    def _mix_ingredients(self, step: BenchStep) -> Details:
        names = ", ".join(each.name for each in self.plan.ingredients)
        return {"facts": {"names": names}, "target": self.on_balance(step.target)}

    def _destroy_trituration(self, step: BenchStep) -> Details:
        left = step.target
        return {
            "target": words.DESTROY_TARGET.format(left=amount_said(self.planned, left))
            if isinstance(left, Figure)
            else ""
        }

    details: ClassVar[DetailsByCode] = {
        BenchCode.READ_INGREDIENT: _named,
        BenchCode.INGREDIENT: _named,
        BenchCode.MIX_INGREDIENTS: _mix_ingredients,
        BenchCode.ONLY_IF_LIGHT: _only_if_light,
        BenchCode.ALL_OF_THE_POWDER: _all_of_it,
        BenchCode.TRITURATION_POWDER: _powder,
        BenchCode.TRITURATION_BOAT: _boat,
        BenchCode.TRITURATION_DILUENT: _add_diluent,
        BenchCode.RUB_DILUENT: _rub,
        BenchCode.CRUSH_IN_DILUENT: _crush_in_diluent,
        BenchCode.TRITURATION_MIX: _mix,
        BenchCode.TRITURATION_SIEVE: _sieve,
        BenchCode.ALIQUOT: _take_aliquot,
        BenchCode.ALIQUOT_BOAT: _boat,
        BenchCode.PORTION_BOAT: _boat,
        BenchCode.DESTROY_TRITURATION: _destroy_trituration,
    }
