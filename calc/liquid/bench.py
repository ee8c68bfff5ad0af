"""The bench work of a liquid, in its order: one action a line, with its target and what is written down."""

from __future__ import annotations

from collections.abc import Iterator

from calc.arithmetic.rounding import divided
from calc.arithmetic.units import ML
from calc.liquid.plan import LiquidPlan
from calc.orders.parts import Bulk
from calc.planning.codes import StepCode
from calc.sheet.bench import SourceHand
from calc.sheet.lines import Action, Stage
from calc.wording import bench
from calc.wording import liquid as words
from calc.wording.figures import said


def work(plan: LiquidPlan) -> tuple[Stage, ...]:
    """All stages: gather, identify, count, weigh, crush, bring to volume, bottle, check, label, clean."""
    hand = _Hand(plan)
    stages = {
        words.GATHER: hand.gather(),
        words.IDENTIFY: hand.identify(),
        words.COUNT: hand.count(),
        words.WEIGH: hand.weigh(),
        words.WEIGH_OUT if isinstance(plan.order.source, Bulk) else words.CRUSH: hand.crush(),
        words.MIX: hand.mix(),
        words.BOTTLE_UP: hand.bottle(),
        words.CHECK: hand.check(),
        words.LABEL: hand.label(),
        words.CLEAN: hand.clean(),
    }
    made = (Stage(title, tuple(actions)) for title, actions in stages.items())
    return tuple(stage for stage in made if stage.actions)


class _Hand(SourceHand):
    """Writes the actions of one plan of a liquid."""

    def __init__(self, plan: LiquidPlan) -> None:
        super().__init__(plan, plan.source, plan.steps)
        self.plan, self.volume = plan, said(plan.order.volume.to(ML))
        vehicle = plan.order.vehicle
        self.kind = words.KINDS[vehicle.aqueous, vehicle.preserved]

    def gather(self) -> Iterator[Action]:
        yield Action(bench.PROTECT, note=bench.PROTECT_NOTE, name=" ")
        if not self.plan.whole_tablets:
            yield from self.balance()
        yield Action(words.MORTAR.format(volume=self.volume))
        bottle = self.plan.bottle
        several = bottle.count > 1
        target = words.BOTTLES if several else words.BOTTLE
        yield Action(
            words.TAKE_BOTTLES if several else words.TAKE_BOTTLE,
            target.format(count=bottle.count, capacity=said(bottle.capacity)),
            unit=words.UNIT_ML,
        )

    def identify(self) -> Iterator[Action]:
        yield from self.read_source()
        vehicle = words.READ_VEHICLE.format(vehicle=self.plan.order.vehicle.name, kind=self.kind)
        yield Action(vehicle, note=words.READ_VEHICLE_NOTE)

    def count(self) -> Iterator[Action]:
        if self.source.tablets is not None:
            yield self.count_tablets(self.source.tablets)

    def weigh(self) -> Iterator[Action]:
        if self.source.tablets is not None and not self.plan.whole_tablets:
            yield from self.weigh_tablets(self.source.tablets)

    def crush(self) -> Iterator[Action]:
        if self.plan.whole_tablets:
            yield Action(words.CRUSH_ALL, note=words.CRUSH_ALL_NOTE)
            return
        if self.source.tablets is not None:
            yield Action(words.CRUSH_ALL, note=words.CRUSH_NOTE)
            yield self.weigh_back()
        yield self.weigh_portion()

    def mix(self) -> Iterator[Action]:
        yield Action(words.WET)
        yield Action(words.THIN)
        yield Action(words.RINSE, note=words.RINSE_NOTE)
        yield Action(
            words.TO_VOLUME,
            words.TO_VOLUME_TARGET.format(volume=self.volume),
            note=words.TO_VOLUME_NOTE.format(volume=self.volume),
            unit=words.UNIT_ML,
        )
        yield Action(words.SHAKE, note=bench.END_POINT_NOTE, name=" ")

    def bottle(self) -> Iterator[Action]:
        count = self.plan.bottle.count
        if count > 1:
            each = said(divided(self.plan.order.volume.to(ML), count))
            target = words.EACH_BOTTLE_TARGET.format(count=count, volume=each)
            yield Action(words.FILL_BOTTLES, target, unit=words.UNIT_BOTTLES)
        else:
            yield Action(words.FILL_BOTTLE, self.volume, unit=words.UNIT_ML)

    def check(self) -> Iterator[Action]:
        yield Action(words.LOOK, note=words.LOOK_NOTE, name=" ")
        yield Action(words.MADE, self.volume, unit=words.UNIT_ML)

    def label(self) -> Iterator[Action]:
        store = words.STORE[self.plan.order.vehicle.storage]
        yield Action(words.STICK, note=store, name=" ")
        used = self.plan.syringe
        give = words.GIVE_SYRINGE if used.fillings == 1 else words.GIVE_SYRINGE_TIMES
        between = ""
        if used.mark_below is not None and used.mark_above is not None:
            between = words.BETWEEN.format(below=said(used.mark_below.volume), above=said(used.mark_above.volume))
        yield Action(
            give.format(capacity=said(used.capacity), times=used.fillings),
            said(self.plan.dose_volume),
            note=between,
            working=self.working(StepCode.DOSE_VOLUME),
            name=" ",
        )

    def clean(self) -> Iterator[Action]:
        if self.source.tablets is not None and not self.plan.whole_tablets:
            yield self.destroy(self.source.tablets)
        yield Action(words.WASH)
        yield Action(bench.DEVIATIONS, name=" ")
