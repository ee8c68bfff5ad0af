"""The work at the bench as lines of a sheet: the words of each step with its target, band and working."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, ClassVar

from calc import limits
from calc.answers.bench import figure_of
from calc.answers.contract import StepShown
from calc.answers.figures import share
from calc.answers.writer import Writer
from calc.arithmetic import notation
from calc.arithmetic.units import MG, PERCENT, Figure
from calc.orders.ingredients import OTHER
from calc.orders.sources import POWDERS
from calc.planning.bench import Amount, BenchCode, BenchStage, BenchStep, OfTablets
from calc.planning.bench_entries import NOTHING_AT_BENCH, AtBench
from calc.planning.codes import StepCode
from calc.planning.ingredients import IngredientUsed
from calc.planning.parts import DrugSource, OnBalance, Planned, Tablets
from calc.sheet.bench_verdicts import entries_of
from calc.sheet.lines import Action, Stage
from calc.sheet.names import (
    amount_said,
    assay_said,
    count_said,
    form_of_source,
    release_said,
    strength_said,
    tablets_said,
)
from calc.wording import bench_targets as words
from calc.wording import ingredients as of_ingredients
from calc.wording import stages
from calc.wording.bench import StepWords, words_of
from calc.wording.dates import in_short
from calc.wording.figures import mass_said, said

#: The facts for the words of a step, under `facts`, and fields of its line that replace the usual ones.
Details = dict[str, Any]
#: The methods of a writer that return the details of a step, by its code.
DetailsByCode = Mapping[BenchCode, Callable[[Any, BenchStep], Details]]
#: The units that the actual amount of a step can be typed in, by its own; that comes first.
UNITS_TYPED = {"g": ("g", "mg"), "mg": ("mg", "g"), "mL": ("mL",)}


class BenchWriter:
    """The writer of the steps of one plan; a subclass adds the details of its preparation's own steps.

    `worked` is the shown work of the plan's answer, to be read at the bench where a figure is worked out there.
    """

    titles: Mapping[BenchStage, str] = {}

    def __init__(
        self, plan: Planned, source: DrugSource, worked: Iterable[StepShown], at_bench: AtBench = NOTHING_AT_BENCH
    ) -> None:
        self.planned, self.source, self.at_bench = plan, source, at_bench
        self.write = Writer(plan.order.balance.readability)
        self.workings = {step["code"]: step for step in worked}
        self.entries: Mapping[str, Mapping[str, Any]] = {}

    def stages(self, steps: Sequence[BenchStep]) -> tuple[Stage, ...]:
        """Return the lines of all steps, by stage with its title, each with what was typed for it."""
        self.entries = entries_of(steps, self.source, self.write, self.at_bench)
        titles = {**stages.TITLES, **self.titles}
        if self.source.tablets is None:
            titles |= stages.TITLES_OF_BULK
        by_stage = groupby(steps, key=lambda step: step.stage)
        return tuple(Stage(titles[stage], tuple(map(self.action, of_stage))) for stage, of_stage in by_stage)

    def action(self, step: BenchStep) -> Action:
        """Return the line of one step."""
        step_words = self.words(step)
        adds = self.details.get(step.code)
        details = {} if adds is None else adds(self, step)
        facts = details.pop("facts", {})
        line = {"note": step_words.note.format(**facts), "name": step_words.name, "unit": step.unit, **details}
        line |= {"key": step.key, "wants": step.wants.value, "units": UNITS_TYPED.get(step.unit, ())}
        line |= self.entries.get(step.key, {})
        return Action(step_words.do.format(**facts), **line)

    def words(self, step: BenchStep) -> StepWords:
        """Return the words of a step."""
        return words_of(step)

    def working(self, code: StepCode) -> str:
        """Return the working of a step, in numbers; blank if it did not run."""
        step = self.workings.get(code)
        return "" if step is None else f"{step['substituted']} = {step['result']}"

    def on_balance(self, amount: Amount) -> str:
        """Return a mass as the balance shows it; blank while it is not known."""
        return self.write.on_balance(amount)["text"] if isinstance(amount, Figure) else ""

    def _zero(self, step: BenchStep) -> Details:
        return {"facts": {"least": self.on_balance(step.low)}}

    def _read_source(self, _: BenchStep) -> Details:
        source, drug = self.planned.order.source, self.planned.drug
        others = drug.confused_with if drug is not None else ()
        facts = {
            "form": form_of_source(self.planned),
            "not_other": "".join(words.READ_NOT.format(other=other) for other in others),
            "strength": strength_said(self.planned),
            "release": release_said(self.planned),
            "assay": assay_said(source) if isinstance(source, POWDERS) else "",
        }
        return {"facts": facts}

    def _count(self, _: BenchStep) -> Details:
        tablets = self._tablets
        part = notation.grouped(notation.counted(tablets.exact, 4))
        counted = StepCode.TABLETS_TO_CRUSH if StepCode.TABLETS_TO_CRUSH in self.workings else StepCode.TABLETS_EXACT
        facts = {"share": share(tablets.share)["text"], "part": part, "tablets": count_said(tablets.number)}
        number = max(tablets.number, tablets.weighed or 0)
        working = self.working(counted) if number == tablets.need else ""
        return {"facts": facts, "target": tablets_said(number), "working": working}

    @property
    def _tablets(self) -> Tablets:
        if self.source.tablets is None:
            raise TypeError("bulk powder has no step of tablets")
        return self.source.tablets

    def _one_tablet(self, step: BenchStep) -> Details:
        if not isinstance(step.low, Figure) or not isinstance(step.high, Figure):
            formula = words.ONE_TABLET_FORMULA.format(count=count_said(self._tablets.number))
            return {"target": formula, "band": words.ONE_TABLET_OPEN, "formula": True}
        band = words.ONE_TABLET_BAND.format(low=mass_said(step.low), high=mass_said(step.high))
        return {"band": band, "working": self.working(StepCode.MASS_OF_ONE_TABLET)}

    def _all_tablets(self, step: BenchStep) -> Details:
        tablets = self._tablets
        if not isinstance(step.target, Figure):
            ends = {"low": self.on_balance(step.low), "high": self.on_balance(step.high)}
            return {"band": (words.ALL_TABLETS_BAND if step.high else words.ALL_TABLETS_LEAST).format(**ends)}
        weighed_on = in_short(self.planned.order.prepared_on)
        band = words.ALL_TABLETS_WEIGHED.format(weighed_on=weighed_on)
        mean = Figure(step.target.value / (tablets.weighed or tablets.number), MG)
        facts = {"weighed": tablets_said(tablets.weighed or tablets.number), "mean": said(mean)}
        return {"facts": facts, "target": self.write.as_it_is(step.target)["text"], "band": band}

    def _crushed_tablets(self, step: BenchStep) -> Details:
        number = self._tablets.number
        facts = {"crushed": tablets_said(number), "them": words.THEM_ONE if number == 1 else words.THEM}
        ends = {name: self.on_balance(end) for name, end in (("low", step.low), ("high", step.high))}
        working = self.working(StepCode.MASS_OF_CRUSHED)
        band = words.ONE_TABLET_BAND.format(**ends)
        return {"facts": facts, "target": self.on_balance(step.target), "band": band, "working": working}

    def _enough_for_portion(self, step: BenchStep) -> Details:
        facts = {"low": self.on_balance(step.low), "enough": self.on_balance(step.target)}
        facts["heavy"] = mass_said(Figure(limits.HEAVY_TABLET.value.value, MG))
        target = "" if step.what.startswith("never") else words.ENOUGH_TARGET.format(**facts)
        return {"facts": facts, "target": target, "formula": True, "boxed": True}

    def _recovered(self, step: BenchStep) -> Details:
        band = words.RECOVERED_BAND.format(bounds=self.recovered(step))
        return {"facts": {"most": said(limits.CRUSHING_LOSS_NOTICE.value.to(PERCENT))}, "band": band}

    def recovered(self, step: BenchStep) -> str:
        """Return the bounds of the powder got back from the mortar: figures, or what they are of W."""
        if not isinstance(step.low, OfTablets):
            return words.BOUNDS.format(low=self._end(step, -1), high=self._end(step, 1))
        held, needed = self._tablets.drug_held, self.source.drug_needed
        of_drug = step.low.times * held.value == needed.value and not self.source.all_used
        part = words.OF_HELD.format(needed=notation.working(needed), held=notation.working(held))
        return words.BOUNDS_OPEN.format(kept=part if of_drug else notation.exact(step.low.times))

    def _end(self, step: BenchStep, end: int) -> str:
        """Return the lower (-1) or upper (1) bound of a step as it is printed, rounded into the band."""
        bound = step.low if end < 0 else step.high
        return figure_of(bound, step, self.write, end)["text"] if isinstance(bound, Figure) else ""

    def of_ingredient(self, step: BenchStep, used: Iterable[IngredientUsed]) -> Details:
        """Return the details of a step with one ingredient, whose name the step has."""
        role = next((each.role for each in used if each.name == step.what and each.role != OTHER), "")
        said_of = of_ingredients.ROLE.format(role=role) if role else ""
        target = ""
        if isinstance(step.target, Figure):
            shown = step.target if step.shown is None else OnBalance(step.target, step.shown)
            target = self.write.on_balance(shown)["text"] if step.unit == "g" else said(step.target)
        return {"facts": {"name": step.what, "role": said_of}, "target": target, "name": ""}

    def _use_all(self, step: BenchStep) -> Details:
        if not isinstance(step.target, Figure):
            return {"target": words.USE_ALL_OPEN}
        mass = self.write.as_it_is(step.target)["text"]
        return {"target": words.ALL_OF_IT_TARGET.format(mass=mass), "working": self.working(StepCode.PORTION)}

    def _portion(self, step: BenchStep) -> Details:
        tablets = self.source.tablets
        if isinstance(step.target, Figure):
            portion = self.source.portion
            shown = step.target if portion is None else portion
            working = self.working(StepCode.PORTION)
            return {"target": self.write.on_balance(shown)["text"], "working": working, "name": ""}
        if step.target is None:
            return {}
        held = "" if tablets is None else notation.working(tablets.drug_held)
        needed = notation.working(self.source.drug_needed)
        facts = {"little": mass_said(limits.WELL_WEIGHED.value)}
        return {"facts": facts, "target": words.PORTION_FORMULA.format(needed=needed, held=held), "formula": True}

    def _destroy(self, _: BenchStep) -> Details:
        left = self._tablets.drug_left_over
        return {
            "target": words.DESTROY_TARGET.format(left=amount_said(self.planned, left))
            if left.numerator
            else words.DESTROY_NONE
        }

    #: A step without an entry consists of its words alone.
    details: ClassVar[DetailsByCode] = {
        BenchCode.ZERO_BALANCE: _zero,
        BenchCode.READ_SOURCE: _read_source,
        BenchCode.COUNT_TABLETS: _count,
        BenchCode.ONE_TABLET: _one_tablet,
        BenchCode.ALL_TABLETS: _all_tablets,
        BenchCode.CRUSHED_TABLETS: _crushed_tablets,
        BenchCode.ENOUGH_FOR_PORTION: _enough_for_portion,
        BenchCode.RECOVERED: _recovered,
        BenchCode.USE_ALL: _use_all,
        BenchCode.PORTION: _portion,
        BenchCode.DESTROY_POWDER: _destroy,
    }
