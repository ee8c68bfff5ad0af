"""The work at the bench for a liquid as lines of a sheet, one for each step: target and entry."""

from __future__ import annotations

from typing import ClassVar

from calc.arithmetic.rounding import divided
from calc.arithmetic.units import ML
from calc.liquid.answer import back_shown, volume_said
from calc.liquid.bench_steps import work_of
from calc.liquid.contract import LiquidPlanShown
from calc.liquid.plan import LiquidPlan
from calc.liquid.said import kind_said
from calc.liquid.strength_back import strengths_back
from calc.planning.bench import BenchCode, BenchStep
from calc.planning.bench_entries import NOTHING_AT_BENCH, AtBench
from calc.planning.bench_judged import is_mixed, with_mass
from calc.planning.codes import StepCode
from calc.sheet.assessment import stored
from calc.sheet.bench import BenchWriter, Details, DetailsByCode
from calc.sheet.bench_verdicts import back_line, stopped, why_not_back
from calc.sheet.lines import BackLine, Stage
from calc.sheet.names import text_of_drug
from calc.wording import bench_targets as words
from calc.wording import bench_verdicts as words_on_entries
from calc.wording import liquid, stages
from calc.wording.figures import said


def work(plan: LiquidPlan, shown: LiquidPlanShown, at_bench: AtBench = NOTHING_AT_BENCH) -> tuple[Stage, ...]:
    """Return the lines of all steps, by stage, each with what was typed for it."""
    return LiquidBench(plan, shown, at_bench).stages(work_of(plan))


def strength_back(plan: LiquidPlan, at_bench: AtBench) -> tuple[BackLine, ...]:
    """Return the lines of the strength computed back from what was typed; none before the first of it."""
    if not at_bench.typed:
        return ()
    steps, name = with_mass(work_of(plan), at_bench), words_on_entries.STRENGTH_BACK
    why_not = why_not_back(steps, at_bench)
    if why_not:
        return (stopped(name, why_not),)
    mixed = is_mixed(steps, at_bench)
    return tuple(
        back_line(back, name, text_of_drug(plan, back.found, back_shown(back.found)), mixed=mixed)
        for back in strengths_back(plan, steps, at_bench)
    )


class LiquidBench(BenchWriter):
    """The writer of the steps of one plan of a liquid."""

    titles = stages.TITLES_OF_LIQUID

    def __init__(self, plan: LiquidPlan, shown: LiquidPlanShown, at_bench: AtBench = NOTHING_AT_BENCH) -> None:
        super().__init__(plan, plan.source, shown["steps"], at_bench)
        self.plan, self.volume = plan, said(plan.order.volume.to(ML))

    def _name_volume(self, _: BenchStep) -> Details:
        return {"facts": {"volume": self.volume}}

    def _bottles(self, _: BenchStep) -> Details:
        bottle = self.plan.bottle
        target = words.BOTTLES if bottle.count > 1 else words.BOTTLE
        return {"target": target.format(count=bottle.count, capacity=said(bottle.capacity))}

    def _read_vehicle(self, _: BenchStep) -> Details:
        vehicle = self.plan.order.vehicle
        of_parts = (liquid.PART_READ.format(name=part.name, kind=kind_said(self.plan, part)) for part in vehicle.parts)
        whole = liquid.KINDS[vehicle.aqueous, vehicle.preserved] if vehicle.parts else kind_said(self.plan, vehicle)
        return {"facts": {"vehicle": vehicle.name, "kind": whole, "parts": ", ".join(of_parts)}}

    def _measure_part(self, step: BenchStep) -> Details:
        part = self.plan.vehicle.measured[max(step.step, 1) - 1]
        working = self.working(StepCode.VEHICLE_SHARE) if self.plan.vehicle.mixed is not None else ""
        return {"facts": {"name": part.name}, "target": volume_said(part.volume), "working": working}

    def _mix_vehicle(self, step: BenchStep) -> Details:
        ratio = ":".join(str(part.share) for part in self.plan.order.vehicle.parts)
        mixed = volume_said(step.target)
        return {"facts": {"mixed": mixed, "ratio": ratio}, "target": mixed}

    def _first_part(self, _: BenchStep) -> Details:
        measured = self.plan.vehicle.measured
        return {"facts": {"name": measured[0].name if measured else ""}}

    def _add_part(self, step: BenchStep) -> Details:
        part = self.plan.vehicle.measured[max(step.step, 1)]
        return {"facts": {"name": part.name}, "target": volume_said(part.volume)}

    def _named(self, step: BenchStep) -> Details:
        return self.of_ingredient(step, self.plan.ingredients)

    def _rinse(self, _: BenchStep) -> Details:
        return {"facts": {"name": self._last}}

    @property
    def _last(self) -> str:
        last = self.plan.vehicle.to_volume
        return "" if last is None else last.name

    def _to_volume(self, _: BenchStep) -> Details:
        facts = {"volume": self.volume, "name": self._last}
        return {"facts": facts, "target": words.TO_VOLUME_TARGET.format(volume=self.volume)}

    def _fill_bottles(self, step: BenchStep) -> Details:
        count = self.plan.bottle.count
        if step.what == "bottle":
            return {"target": self.volume}
        each = said(divided(self.plan.order.volume.to(ML), count))
        return {"target": words.EACH_BOTTLE_TARGET.format(count=count, volume=each)}

    def _volume_made(self, _: BenchStep) -> Details:
        return {"target": self.volume}

    def _label(self, _: BenchStep) -> Details:
        return {"facts": {"store": stored(self.plan, words.STORE[self.plan.order.vehicle.storage])}}

    def _give_syringe(self, _: BenchStep) -> Details:
        syringe = self.plan.syringe
        between = ""
        if syringe.mark_below is not None and syringe.mark_above is not None:
            between = words.BETWEEN.format(below=said(syringe.mark_below.volume), above=said(syringe.mark_above.volume))
        facts = {"capacity": said(syringe.capacity), "times": syringe.fillings, "between": between}
        return {"facts": facts, "target": said(self.plan.dose_volume), "working": self.working(StepCode.DOSE_VOLUME)}

    details: ClassVar[DetailsByCode] = {
        **BenchWriter.details,
        BenchCode.MORTAR_AND_MEASURE: _name_volume,
        BenchCode.BOTTLES: _bottles,
        BenchCode.READ_VEHICLE: _read_vehicle,
        **dict.fromkeys(
            (
                *(BenchCode.READ_INGREDIENT, BenchCode.INGREDIENT, BenchCode.INGREDIENT_VOLUME),
                *(BenchCode.WET_WITH, BenchCode.ADD_INGREDIENT),
            ),
            _named,
        ),
        BenchCode.MEASURE_PART: _measure_part,
        BenchCode.MIX_VEHICLE: _mix_vehicle,
        BenchCode.WET: _first_part,
        BenchCode.THIN: _first_part,
        BenchCode.ADD_PART: _add_part,
        BenchCode.RINSE: _rinse,
        BenchCode.TO_VOLUME: _to_volume,
        BenchCode.FILL_BOTTLES: _fill_bottles,
        BenchCode.VOLUME_MADE: _volume_made,
        BenchCode.LABEL_BOTTLES: _label,
        BenchCode.GIVE_SYRINGE: _give_syringe,
    }
