"""The bench work on tablets or bulk powder up to the portion: the same for capsules and for a liquid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from calc import limits
from calc.answers.contract import Shown
from calc.answers.figures import share
from calc.answers.parts import Writer, step_shown
from calc.arithmetic import notation
from calc.arithmetic.units import PERCENT
from calc.orders.parts import TabletSource
from calc.planning.codes import StepCode
from calc.planning.parts import DrugSource, Planned, Tablets
from calc.planning.work import Step
from calc.sheet.lines import Action
from calc.sheet.names import assay_said, count_said, form_of_source, strength_said, tablets_said
from calc.wording import bench
from calc.wording.figures import said


class SourceHand:
    """Writes the actions on the source of one plan."""

    def __init__(self, plan: Planned, source: DrugSource, steps: Iterable[Step]) -> None:
        self.made, self.source = plan, source
        self.write = Writer(plan.order.balance.readability)
        self.workings = {step.code: step_shown(step, self.write) for step in steps}

    def working(self, code: StepCode) -> str:
        """What a step computed, in its numbers."""
        step = self.workings[code]
        return f"{step['substituted']} = {step['result']}"

    @property
    def portion(self) -> Shown | None:
        """The portion, as the balance shows it."""
        return self.write.on_balance_or_none(self.source.portion)

    def balance(self) -> Iterator[Action]:
        """The balance, before anything is weighed."""
        yield Action(bench.LEVEL, name=bench.BALANCE_NO)
        least = self.write.on_balance(self.source.least)["text"]
        yield Action(bench.ZERO, note=bench.LEAST.format(least=least))

    def read_source(self) -> Iterator[Action]:
        """The label of the source, read before anything is opened."""
        drug, source = self.made.drug, self.made.order.source
        others = drug.confused_with if drug is not None else ()
        facts = {
            "form": form_of_source(self.made),
            "not_other": "".join(bench.READ_TABLETS_NOT.format(other=other) for other in others),
        }
        if isinstance(source, TabletSource):
            read = bench.READ_TABLETS.format(strength=strength_said(self.made), release=source.release, **facts)
            yield Action(read, note=bench.READ_TABLETS_NOTE)
        else:
            yield Action(bench.READ_BULK.format(assay=assay_said(source), **facts), note=bench.READ_BULK_NOTE)

    def count_tablets(self, of: Tablets) -> Action:
        """The tablets to crush."""
        part = notation.grouped(notation.significant(of.exact, 4))
        counted = StepCode.TABLETS_TO_CRUSH if StepCode.TABLETS_TO_CRUSH in self.workings else StepCode.TABLETS_EXACT
        facts = {"share": share(of.share)["text"], "part": part, "tablets": count_said(of.number)}
        return Action(
            bench.COUNT_TABLETS,
            tablets_said(of.number),
            working=self.working(counted),
            note=bench.COUNTED_NOTE.format(**facts),
            unit=bench.TABLETS,
        )

    def weigh_tablets(self, of: Tablets) -> Iterator[Action]:
        """One tablet alone, then all of them before they are crushed."""
        if of.one_tablet is None or of.total_mass is None:
            formula = bench.ONE_TABLET_FORMULA.format(count=count_said(of.number))
            yield Action(
                bench.ONE_TABLET, formula, bench.ONE_TABLET_OPEN, note=bench.ONE_TABLET_NOTE, unit=bench.G, formula=True
            )
            yield Action(bench.ALL_TABLETS, band=bench.ALL_TABLETS_BAND, name=bench.ALL_TABLETS_NAME, unit=bench.G)
            return
        low, high = map(said, of.one_tablet)
        band, mean = bench.ONE_TABLET_BAND.format(low=low, high=high), self.working(StepCode.MASS_OF_ONE_TABLET)
        yield Action(bench.ONE_TABLET, band=band, working=mean, note=bench.ONE_TABLET_NOTE, unit=bench.G)
        yield Action(
            bench.ALL_TABLETS,
            self.write.on_balance(of.total_mass)["text"],
            bench.ALL_TABLETS_WEIGHED.format(weighed_on=self.made.order.prepared_on.isoformat()),
            name=bench.ALL_TABLETS_NAME,
            unit=bench.G,
        )

    def weigh_back(self) -> Action:
        """The powder that came back from the mortar."""
        most = said(limits.CRUSHING_LOSS_NOTICE.value.to(PERCENT))
        least = bench.RECOVERED_LEAST if self.portion is None else f"{bench.RECOVERED_LEAST}, {self.portion['text']}"
        return Action(bench.RECOVERED, band=least, note=bench.RECOVERED_NOTE.format(most=most), unit=bench.G)

    def weigh_portion(self) -> Action:
        """The portion, or the formula that gives it once the tablets are weighed."""
        of, portion = self.source.tablets, self.portion
        note = bench.PORTION_ALL_NOTE if of is not None and of.drug_left_over.numerator == 0 else ""
        if portion is not None:
            working = self.working(StepCode.PORTION)
            return Action(bench.PORTION, portion["text"], working=working, note=note, unit=bench.G)
        needed, held = notation.working(self.source.drug_needed), "" if of is None else notation.working(of.drug_held)
        formula = bench.ALL_TABLETS_OPEN if note else bench.PORTION_FORMULA.format(needed=needed, held=held)
        return Action(bench.PORTION, formula, note=note, name=bench.PORTION_NAME, unit=bench.G, formula=True)

    def destroy(self, of: Tablets) -> Action:
        """What is left of the powder."""
        left = of.drug_left_over
        target = bench.DESTROY_TARGET.format(left=said(left)) if left.numerator else bench.DESTROY_NONE
        return Action(bench.DESTROY, target)
