"""What went from the boats into the mortar: as typed where it was weighed, as planned where it was not yet."""

from __future__ import annotations

from collections.abc import Sequence

from calc.arithmetic.units import MG, TABLET, Figure, figure
from calc.planning.bench import BenchCode, BenchStep
from calc.planning.bench_entries import AtBench
from calc.planning.parts import Tablets
from calc.rules.bench import powder_used
from calc.rules.triturations import strength_of_powder


class Used:
    """The masses of one work; `typed` and `open` say whether any that bears on the dose was typed, or was not yet."""

    def __init__(self, steps: Sequence[BenchStep], at_bench: AtBench) -> None:
        self.steps, self.at_bench = {step.key: step for step in steps}, at_bench
        self.typed = self.open = False

    def mass(self, code: BenchCode, number: int = 0, boat: BenchCode | None = None) -> Figure | None:
        """Return the mass of a step less what stayed in its boat; None if it is neither typed nor planned."""
        step, actual = self.steps.get(_key(code, number)), self.at_bench.amount(_key(code, number))
        if actual is None:
            self.open = self.open or step is not None
            target = None if step is None else step.target
            return target if isinstance(target, Figure) and target.numerator > 0 else None
        self.typed = True
        left = None if boat is None else self.at_bench.amount(_key(boat, number))
        if left is None:
            return actual
        return powder_used(actual, left) if left < actual else None

    def entry(self, code: BenchCode) -> Figure | None:
        """Return what was typed for a step that bears on the dose; None if nothing was."""
        actual = self.at_bench.amount(code.value)
        self.typed = self.typed or actual is not None
        return actual

    def tablets(self, tablets: Tablets) -> tuple[Figure, Figure] | None:
        """Return the drug in one part of the powder of tablets, and the mass crushed; None before any were weighed."""
        total = self.at_bench.amount(BenchCode.ALL_TABLETS) or tablets.total_mass
        if total is None:
            return None
        weighed, number = figure(tablets.weighed or tablets.number, TABLET), figure(tablets.number, TABLET)
        crushed = self.at_bench.amount(BenchCode.CRUSHED_TABLETS) or tablets.crushed_mass
        if crushed is None:
            crushed = Figure(total.to(MG).value / weighed.value * number.value, MG)
        return strength_of_powder(weighed, tablets.strength, total), crushed

    def is_counted_otherwise(self) -> bool:
        """Return True if another number of tablets was counted than is planned."""
        counted, step = self.at_bench.amount(BenchCode.COUNT_TABLETS), self.steps.get(BenchCode.COUNT_TABLETS)
        return counted is not None and step is not None and counted != step.target


def _key(code: BenchCode, number: int) -> str:
    return f"{code}-{number}" if number else code.value
