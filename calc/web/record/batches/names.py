"""What the steps and components of a batch are called on its pages, and its amounts as its balance shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calc.answers.writer import Writer
from calc.arithmetic import notation
from calc.arithmetic.units import MG, G
from calc.planning.bench_codes import BenchCode
from calc.record.batch import figures
from calc.record.words.readings import READINGS, SOURCES, component_words, lower_first, shells_said
from calc.record.words.steps import COUNTED, step_name
from calc.sheet.lines import PlanSheet
from calc.web.record.batches import words


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one batch: its steps as its work says them, and how its balance shows a mass."""

    steps: Mapping[str, str]
    decimals: int
    source: str = ""

    @classmethod
    def of(cls, sheet: PlanSheet, writer: Writer, source: str) -> Names:
        """Return the names for the sheet of a batch, whose source is of a kind."""
        steps = {action.key: action.do for stage in sheet.work for action in stage.actions}
        return cls(steps, writer.balance_decimals, source)

    @classmethod
    def without_figures(cls, source: str) -> Names:
        """Return names that say no figure, of a batch whose source is of a kind: of its work, they know the steps."""
        return cls({}, 0, source)

    def step(self, key: str) -> str:
        """Return the short name of a step; what it says, where it has none."""
        code = key.partition("-")[0]
        if code == BenchCode.COUNT_TABLETS and self.source:
            return COUNTED.format(source=SOURCES[self.source])
        known = READINGS.get(code)
        named = step_name(key) or ("" if known is None else known.label)
        if named:
            return named
        return self.steps.get(key, key.replace("_", " ")).rstrip(".")

    def missing(self, key: str) -> str:
        """Return what is missing: a step, "lot.COMPONENT" or "deviation.STEP", within a sentence."""
        kind, _, rest = key.partition(".")
        if kind == "lot":
            return words.LOT_OF.format(component=lower_first(self.component(rest)))
        if kind == "deviation":
            return words.DEVIATION_AT.format(step=lower_first(self.step(rest)))
        return lower_first(self.step(key))

    def component(self, path: str) -> str:
        """Return the name of a component."""
        return component_words(path, self.source)

    def amount(self, text: str, step: str = "") -> str:
        """Return an amount of an event as the bench reads it: masses with the decimals of the balance.

        What is counted at the step of the empty shells are shells.
        """
        try:
            found = figures.read(text)
        except (KeyError, ValueError):  # a text, a lot, a day
            return text
        if step == BenchCode.SHELLS:
            return shells_said(found.numerator)
        if found.unit not in (MG, G):
            return text
        exact = notation.exact(found.to(G))
        places = max(self.decimals, len(exact.partition(".")[2]))
        return notation.with_unit(notation.grouped(notation.fixed(found.to(G), places)), G)
