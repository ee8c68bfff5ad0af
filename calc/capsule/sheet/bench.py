"""The work at the bench, in its order: one action a line, with its target, its working and what is written down."""

from __future__ import annotations

from collections.abc import Iterator

from calc.capsule.contract import PlanShown
from calc.capsule.plan import Plan
from calc.capsule.sheet.bench_trituration import dilution
from calc.planning.codes import FillRule, StepCode
from calc.sheet.bench import SourceHand
from calc.sheet.lines import Action, Stage
from calc.sheet.names import capsules_said, count_said, grams_said
from calc.wording import bench
from calc.wording.figures import said


def work(plan: Plan, shown: PlanShown) -> tuple[Stage, ...]:
    """All stages: gather, identify, count, weigh, crush, triturate where needed, blend, fill, check, label, clean."""
    hand = _Hand(plan, shown)
    stages = {
        bench.GATHER: hand.gather(),
        bench.IDENTIFY: hand.identify(),
        bench.COUNT: hand.count(),
        bench.WEIGH_FIRST if plan.powder.tablets is None else bench.WEIGH: hand.weigh(),
        bench.WEIGH_OUT if plan.powder.tablets is None else bench.CRUSH: hand.crush(),
        bench.DILUTE: dilution(plan, shown),
        bench.BLEND: hand.blend(),
        bench.FILL: hand.fill(),
        bench.CHECK: hand.check(),
        bench.LABEL: hand.label(),
        bench.CLEAN: hand.clean(),
    }
    made = (Stage(title, tuple(actions)) for title, actions in stages.items())
    return tuple(stage for stage in made if stage.actions)


class _Hand(SourceHand):
    """Writes the actions of one plan of capsules."""

    def __init__(self, plan: Plan, shown: PlanShown) -> None:
        super().__init__(plan, plan.powder, plan.steps)
        self.plan, self.shown = plan, shown
        self.size = plan.order.capsule.size
        self.batch, self.capsules = count_said(plan.powder.batch), capsules_said(plan.powder.batch)
        #: No mass is printed from an estimate, and no ladder, band or mean rests on one.
        self.measured = plan.fill.rule in (FillRule.PACKING, FillRule.GIVEN)
        #: What a trituration takes for the capsules, in the place of a portion.
        self.aliquot = shown["triturations"][-1]["take"] if plan.powder.known and shown["triturations"] else None

    def _sized(self, text: str) -> str:
        return text.format(size=self.size) if self.size is not None else ""

    def gather(self) -> Iterator[Action]:
        yield Action(bench.PROTECT, note=bench.PROTECT_NOTE, name=" ")
        yield from self.balance()
        yield Action(bench.MORTAR)
        yield Action(bench.PLATE, name=bench.BATCH_OF_PLATE)
        shells = count_said(self.plan.powder.batch + bench.SPARES)
        yield Action(
            bench.SHELLS.format(size=self._sized(bench.SHELLS_SIZE), spares=bench.SPARES),
            bench.SHELLS_TARGET.format(shells=shells),
            unit=bench.SHELLS_UNIT,
        )

    def identify(self) -> Iterator[Action]:
        yield from self.read_source()
        yield Action(bench.READ_DILUENT.format(diluent=self.plan.order.diluent.name))

    def count(self) -> Iterator[Action]:
        if self.plan.powder.tablets is not None:
            yield self.count_tablets(self.plan.powder.tablets)

    def weigh(self) -> Iterator[Action]:
        if self.plan.powder.tablets is not None:
            yield from self.weigh_tablets(self.plan.powder.tablets)
        yield from self._shells()

    def _shells(self) -> Iterator[Action]:
        shell = self.plan.shell_mass
        note = bench.TEN_SHELLS_TABLE if self.plan.shell_estimated else bench.TEN_SHELLS_ENTERED
        yield Action(bench.TEN_SHELLS, note="" if shell is None else note.format(shell=said(shell)), unit=bench.MG)
        if not self.measured:
            yield Action(
                bench.TEN_BODIES.format(size=self._sized(bench.BODIES_SIZE)),
                note=bench.TEN_BODIES_NOTE,
                name=bench.TEN_BODIES_NAME,
                unit=bench.G,
            )

    def crush(self) -> Iterator[Action]:
        if self.plan.powder.tablets is not None:
            yield from self._crushed()
        if self.aliquot is None:
            if not self.measured:
                yield Action(
                    bench.POWDER_BODIES, note=bench.POWDER_BODIES_NOTE, name=bench.POWDER_BODIES_NAME, unit=bench.G
                )
            yield self.weigh_portion()
        yield self._diluent()

    def _crushed(self) -> Iterator[Action]:
        yield Action(bench.CRUSH_ALL, note=bench.CRUSH_NOTE)
        if self.aliquot is None:
            yield self.weigh_back()

    def _diluent(self) -> Action:
        fill, do = self.plan.fill, bench.DILUENT.format(diluent=self.plan.order.diluent.name)
        if self.measured and fill.diluent is not None:
            if fill.diluent.exact.value == 0:
                return Action(bench.DILUENT_NONE)
            diluent = self.shown["diluent"]
            working = self.working(StepCode.DILUENT)
            return Action(do, diluent["text"] if diluent is not None else "", working=working, unit=bench.G)
        if self.aliquot is not None:
            formula = bench.DILUENT_FORMULA_ALIQUOT.format(
                batch=self.batch, filled=bench.PACKING_OF_DILUENT, take=self.aliquot["text"]
            )
        elif fill.rule is FillRule.GIVEN and fill.fill_mass is not None:
            formula = bench.DILUENT_FORMULA_GIVEN.format(batch=self.batch, fill=grams_said(fill.fill_mass))
        elif fill.rule is FillRule.PACKING and fill.packing_of_diluent and fill.packing_of_powder:
            constants = {"p_d": grams_said(fill.packing_of_diluent), "p_t": grams_said(fill.packing_of_powder)}
            formula = bench.DILUENT_FORMULA_PACKING.format(batch=self.batch, **constants)
        else:
            formula = bench.DILUENT_FORMULA_MEASURE.format(batch=self.batch)
        return Action(do, formula, name=bench.DILUENT_NAME, unit=bench.G, formula=True)

    def blend(self) -> Iterator[Action]:
        ladder = self.shown["ladder"]
        if not (self.measured and self.plan.fill.diluent is not None and self.plan.fill.diluent.exact.value == 0):
            do = bench.FIRST_RUNG if self.aliquot is None else bench.FIRST_RUNG_ALIQUOT
            first = self.portion if self.aliquot is None else self.aliquot
            yield Action(do, first["text"] if ladder and first is not None else "")
            for index, rung in enumerate(ladder, start=1):
                do = bench.RUNG if index < len(ladder) else bench.LAST_RUNG
                yield Action(do, rung["add"]["text"], bench.RUNG_TOTAL.format(total=rung["total"]["text"]))
            if not ladder:
                yield Action(bench.RUNGS_OPEN, note=bench.RUNGS_OPEN_NOTE, name=" ")
        yield Action(bench.END_POINT, note=bench.END_POINT_NOTE, name=" ")

    def fill(self) -> Iterator[Action]:
        mass = self.shown["fill_mass"]
        known = self.measured and mass is not None
        if known and mass is not None:
            band = bench.FILL_NOTE.format(fill=mass["text"])
        else:
            formula = bench.FILL_FORMULA if self.aliquot is None else bench.FILL_FORMULA_ALIQUOT
            band = formula.format(batch=self.batch)
        yield Action(
            bench.DIVIDE.format(batch=self.capsules, size=self._sized(bench.DIVIDE_SIZE)),
            self.capsules,
            band,
            working=self.working(StepCode.FILL_MASS) if known and StepCode.FILL_MASS in self.workings else "",
            note=bench.DIVIDE_NOTE,
            unit=bench.CAPSULES,
        )

    def check(self) -> Iterator[Action]:
        band, mass = self.shown["gross_band"], self.shown["fill_mass"]
        if band is not None:
            text = bench.TEN_CAPSULES_BAND.format(low=band["low"]["text"], high=band["high"]["text"])
            note = bench.TEN_CAPSULES_TABLE if self.plan.shell_estimated else ""
            yield Action(bench.TEN_CAPSULES, text, note=note, unit=bench.MG, formula=True)
        else:
            yield Action(bench.TEN_CAPSULES, bench.TEN_CAPSULES_FORMULA, unit=bench.MG, formula=True)
        if self.measured and mass is not None:
            mean = bench.MEAN_FILL_BAND.format(fill=mass["text"])
        else:
            mean = (bench.MEAN_FILL_OPEN if self.aliquot is None else bench.MEAN_FILL_ALIQUOT).format(batch=self.batch)
        yield Action(bench.MEAN_FILL, band=mean, unit=bench.MG)
        yield Action(bench.YIELD, self.capsules, unit=bench.CAPSULES)
        yield Action(bench.DESCRIBE, name=" ")

    def label(self) -> Iterator[Action]:
        quantity = self.plan.order.quantity
        yield Action(bench.CONTAINER, note=bench.CONTAINER_NOTE, name=" ")
        yield Action(bench.STICK, capsules_said(quantity), note=bench.STORE, unit=bench.CAPSULES)
        extra = self.plan.powder.batch - quantity
        if extra:
            do = bench.EXTRAS.format(extra=count_said(extra), quantity=count_said(quantity))
            yield Action(do, unit=bench.CAPSULES)

    def clean(self) -> Iterator[Action]:
        of = self.plan.powder.tablets
        if of is not None:
            yield self.destroy(of)
        elif self.aliquot is not None:
            yield Action(bench.DESTROY_TRITURATION)
        yield Action(bench.WASH)
        yield Action(bench.DEVIATIONS, name=" ")
