"""The work at the bench for capsules as lines of a sheet, one for each step: target, working, box."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from calc.answers.figures import dose
from calc.arithmetic.units import MG, Figure
from calc.capsule.contract import PlanShown
from calc.capsule.order import Order
from calc.capsule.plan import Plan
from calc.capsule.planning.bench import is_measured, is_triturated, work_of
from calc.capsule.planning.dose_back import doses_back
from calc.capsule.planning.packing import Mean, of_diluent, of_powder
from calc.capsule.sheet.bench_trituration import Triturating
from calc.planning.bench import SPARE_SHELLS, BenchCode, BenchStep
from calc.planning.bench_entries import NOTHING_AT_BENCH, AtBench
from calc.planning.bench_judged import is_mixed, with_mass
from calc.planning.codes import FillRule, StepCode
from calc.sheet.assessment import stored
from calc.sheet.bench import BenchWriter, Details, DetailsByCode
from calc.sheet.bench_verdicts import back_line, stopped, why_not_back
from calc.sheet.lines import BackLine, Stage
from calc.sheet.names import capsules_said, count_said, grams_said, text_of_drug, text_or
from calc.wording import bench_targets as words
from calc.wording import bench_verdicts as words_on_entries
from calc.wording.figures import mass_said, said
from calc.wording.made import balance_taken, counts_taken
from calc.wording.spelled_out import count_in_words

#: Empty shells weighed together, as the words of the step say.
SHELLS_WEIGHED = 10


def work(plan: Plan, shown: PlanShown, at_bench: AtBench = NOTHING_AT_BENCH) -> tuple[Stage, ...]:
    """Return the lines of all steps, by stage, each with what was typed for it."""
    return CapsuleBench(plan, shown, at_bench).stages(work_of(plan, of_batch=at_bench.batch is not None))


def dose_back(plan: Plan, at_bench: AtBench) -> tuple[BackLine, ...]:
    """Return the lines of the dose computed back from what was typed; none before the first boat."""
    if not at_bench.typed:
        return ()
    steps = with_mass(work_of(plan), at_bench)
    why_not = why_not_back(steps, at_bench)
    if why_not:
        return (stopped(words_on_entries.DOSE_BACK, why_not),)
    mixed = is_mixed(steps, at_bench)
    return tuple(
        back_line(
            back,
            words_on_entries.FILL_BACK if back.by_fill else words_on_entries.DOSE_BACK,
            text_of_drug(plan, back.found, dose(back.found)),
            mixed=mixed,
        )
        for back in doses_back(plan, steps, at_bench)
    )


class CapsuleBench(Triturating):
    """The writer of the steps of one plan of capsules."""

    def __init__(self, plan: Plan, shown: PlanShown, at_bench: AtBench = NOTHING_AT_BENCH) -> None:
        super().__init__(plan, shown, at_bench)
        self.size = plan.order.capsule.size
        self.mixed_in = words.MIXED[bool(plan.ingredients)]
        self.batch, self.capsules = count_said(plan.powder.batch), capsules_said(plan.powder.batch)
        #: The aliquot that goes into the capsules instead of a portion; None without a trituration.
        self.aliquot = shown["triturations"][-1]["take"]["text"] if is_triturated(plan) else None

    def _sized(self, text: str) -> str:
        return text.format(size=self.size) if self.size is not None else ""

    def _shells(self, _: BenchStep) -> Details:
        facts = {"size": self._sized(words.SHELLS_SIZE), "spares": SPARE_SHELLS}
        shells = count_said(self.plan.powder.batch + SPARE_SHELLS)
        return {"facts": facts, "target": words.SHELLS_TARGET.format(shells=shells)}

    def _ten_shells(self, _: BenchStep) -> Details:
        shell = self.plan.shell_mass
        note = words.TEN_SHELLS_TABLE if self.plan.shell_estimated else words.TEN_SHELLS_ENTERED
        if shell is None:
            return {"facts": {"shell": ""}}
        together = mass_said(Figure(shell.value * SHELLS_WEIGHED, MG))
        target = words.TEN_SHELLS_TARGET.format(mass=together)
        return {"facts": {"shell": note.format(shell=said(shell))}, "target": target}

    def _packing_of_diluent(self, step: BenchStep) -> Details:
        return {"facts": {"size": self._sized(words.BODIES_SIZE)}, "band": self._as_ordered(step, of_diluent)}

    def _packing_of_powder(self, step: BenchStep) -> Details:
        return {"band": self._as_ordered(step, of_powder)}

    def _as_ordered(self, step: BenchStep, how: Callable[[Order], Mean | None]) -> str:
        """Return how a powder packs by the order of a batch that has not measured it; blank without such an order."""
        mean, batch = how(self.plan.order), self.at_bench.batch
        if mean is None or batch is None or step.key in batch:
            return ""
        return words.PACKING_ORDERED.format(mass=said(mean.mass))

    def _diluent(self, step: BenchStep) -> Details:
        facts = {"diluent": self.plan.order.diluent.name}
        if is_measured(self.plan) and self.plan.fill.diluent is not None:
            working = self.working(StepCode.DILUENT)
            return {"facts": facts, "target": self.on_balance(step.target), "working": working, "name": ""}
        if step.what == "by the program":  # it follows from a portion that is not known yet
            return {"facts": facts}
        return {"facts": facts, "target": self._diluent_formula(), "formula": True}

    def _diluent_formula(self) -> str:
        """Return the formula for the diluent from masses measured at the bench."""
        fill = self.plan.fill
        if self.aliquot is not None:
            return self.diluent_beside(self.aliquot)
        if fill.rule is FillRule.GIVEN and fill.fill_mass is not None:
            return words.DILUENT_FORMULA_GIVEN.format(
                batch=self.batch, fill=grams_said(fill.fill_mass), less=self.less()
            )
        if fill.rule is FillRule.PACKING and fill.packing_of_diluent and fill.packing_of_powder:
            constants = {"p_d": grams_said(fill.packing_of_diluent), "p_t": grams_said(fill.packing_of_powder)}
            return words.DILUENT_FORMULA_PACKING.format(batch=self.batch, less=self.less(), **constants)
        return words.DILUENT_FORMULA_MEASURE.format(batch=self.batch, less=self.less())

    def _begin_blend(self, step: BenchStep) -> Details:
        if step.target is None:
            return {}
        return {"target": self.aliquot or text_or(self.shown["portion"], "")}

    def _rung(self, step: BenchStep) -> Details:
        rung = self.shown["ladder"][step.step - 1]
        return {"target": rung["add"]["text"], "band": words.RUNG_TOTAL.format(total=rung["total"]["text"])}

    def _divide(self, _: BenchStep) -> Details:
        facts = {"capsules": self.capsules, "size": self._sized(words.DIVIDE_SIZE)}
        mass = self.shown["fill_mass"]
        if is_measured(self.plan) and mass is not None:
            band, working = words.FILL_NOTE.format(fill=mass["text"]), self.working(StepCode.FILL_MASS)
        else:
            formula = words.FILL_FORMULA if self.aliquot is None else words.FILL_FORMULA_ALIQUOT
            band, working = formula.format(batch=self.batch, mixed=self.mixed_in), ""
        return {"facts": facts, "target": self.capsules, "band": band, "working": working}

    def _ten_capsules(self, _: BenchStep) -> Details:
        band, number = self.shown["gross_band"], count_in_words(self.plan.powder.batch)
        if band is None:
            return {"facts": {"shell": "", "number": number}, "target": words.TEN_CAPSULES_FORMULA, "formula": True}
        text = words.TEN_CAPSULES_BAND.format(low=band["low"]["text"], high=band["high"]["text"])
        shell = words.TEN_CAPSULES_TABLE if self.plan.shell_estimated else ""
        return {"facts": {"shell": shell, "number": number}, "target": text, "formula": True}

    def _mean_fill(self, _: BenchStep) -> Details:
        mass, facts = self.shown["fill_mass"], {"number": count_in_words(self.plan.powder.batch)}
        if is_measured(self.plan) and mass is not None:
            return {"facts": facts, "band": words.MEAN_FILL_BAND.format(fill=mass["text"])}
        formula = words.MEAN_FILL_OPEN if self.aliquot is None else words.MEAN_FILL_ALIQUOT
        return {"facts": facts, "band": formula.format(batch=self.batch, mixed=self.mixed_in)}

    def _yield(self, _: BenchStep) -> Details:
        facts = {"powder": words.POWDERS[self.aliquot is None], "mixed": self.mixed_in, "balance": balance_taken()}
        return {"facts": facts, "target": self.capsules, "band": counts_taken(self.plan.powder.batch)}

    def _label(self, _: BenchStep) -> Details:
        store = stored(self.plan, words.STORE[self.plan.order.beyond_use.storage])
        return {"facts": {"store": store}, "target": capsules_said(self.plan.order.quantity)}

    def _extras(self, _: BenchStep) -> Details:
        quantity = self.plan.order.quantity
        return {"facts": {"extra": count_said(self.plan.powder.batch - quantity), "quantity": count_said(quantity)}}

    details: ClassVar[DetailsByCode] = {
        **BenchWriter.details,
        **Triturating.details,
        BenchCode.SHELLS: _shells,
        BenchCode.READ_DILUENT: Triturating.name_diluent,
        BenchCode.TEN_SHELLS: _ten_shells,
        BenchCode.PACKING_OF_DILUENT: _packing_of_diluent,
        BenchCode.PACKING_OF_POWDER: _packing_of_powder,
        BenchCode.DILUENT: _diluent,
        BenchCode.BEGIN_BLEND: _begin_blend,
        BenchCode.RUNG: _rung,
        BenchCode.DIVIDE: _divide,
        BenchCode.TEN_CAPSULES: _ten_capsules,
        BenchCode.MEAN_FILL: _mean_fill,
        BenchCode.YIELD: _yield,
        BenchCode.LABEL: _label,
        BenchCode.EXTRAS: _extras,
    }
