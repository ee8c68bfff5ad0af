"""What was typed at the bench as lines of a sheet: the amount as said, its verdict, and the dose computed back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from calc import limits
from calc.answers.bench import figure_of
from calc.answers.figures import deviation
from calc.answers.writer import Writer
from calc.arithmetic import notation
from calc.arithmetic.rounding import size_of, to_step
from calc.arithmetic.units import MG, PERCENT, Figure, G
from calc.planning.bench import BenchCode, BenchStep, Wants
from calc.planning.bench_bands import Bounds, band_of, is_triturated
from calc.planning.bench_entries import AtBench, TypedEntry
from calc.planning.bench_judged import Back, BackState, Judged, judged, with_mass
from calc.planning.bench_used import Used
from calc.planning.parts import DrugSource
from calc.rules.bench import still_to_add
from calc.sheet.lines import BackLine, Verdict
from calc.wording import bench_verdicts as words
from calc.wording import fault_text
from calc.wording.figures import mass_said, said
from calc.wording.made import counts_taken

#: A sentence of its own for a step out of band, where no other choice decides, and whether nobody goes on then.
_OUT: Mapping[BenchCode, tuple[str, bool]] = {
    BenchCode.ONE_TABLET: (words.COUNT_AGAIN, True),
    BenchCode.CRUSHED_TABLETS: (words.COUNT_AGAIN, True),
    BenchCode.COUNT_TABLETS: (words.COUNTED_OTHERWISE, True),
    BenchCode.PORTION_BOAT: (words.LEFT_IN_BOAT, True),
    BenchCode.TRITURATION_BOAT: (words.LEFT_IN_BOAT, True),
    BenchCode.ALIQUOT_BOAT: (words.LEFT_IN_BOAT, True),
    BenchCode.MEAN_FILL: (words.MEAN_OUT, True),
    BenchCode.DIVIDE: (words.SHARED_OTHERWISE, True),
}
#: What is taken of the powder from the mortar.
_TAKEN = frozenset({BenchCode.PORTION, BenchCode.TRITURATION_POWDER})
_STATES = {-1: "low", 0: "in", 1: "high"}


class Verdicts:
    """The writer of what is said of the entries of one work."""

    def __init__(self, write: Writer, source: DrugSource, taken: Figure | None) -> None:
        self.write, self.source, self.taken = write, source, taken

    def actual(self, step: BenchStep, at_bench: AtBench) -> str:
        """Return an entry as it is said, with its unit; blank if there is none that can be read."""
        found = at_bench.amounts.get(step.key)
        if found is None:
            return at_bench.texts.get(step.key, "")
        if step.wants is Wants.MASS:
            *others, last = (self._mass(each, step) for each in found)
            return ", ".join([*(each.partition(" ")[0] for each in others), last])
        number = notation.grouped(notation.exact(found[0]))
        return f"{number} {step.unit}"

    def _mass(self, mass: Figure, step: BenchStep) -> str:
        """Return a mass with every digit that was typed, and no fewer decimals than the balance has."""
        unit = MG if step.unit == "mg" else G
        number = notation.exact(mass.to(unit))
        decimals = len(number.partition(".")[2])
        if unit is G:
            number = notation.fixed(mass.to(unit), max(decimals, self.write.balance_decimals))
        return notation.with_unit(notation.grouped(number), unit)

    def verdict(self, judged: Judged) -> Verdict:
        """Return what is said of one entry."""
        side, step = judged.side, judged.step
        if isinstance(step.target, Figure) and step.target.numerator <= 0:
            return self.for_mass(step, judged.bounds)
        if side is None:
            return Verdict()
        if side == 0:
            return Verdict("in", self._in_band(step, judged.bounds))
        text, stops = self._outside(judged, side)
        ends = self.ends(step, judged.bounds)
        facts = {
            "outside": self._outside_said(ends),
            "target": self.target(step),
            "off": self._off(judged),
            "out": sum(map(bool, judged.sides)),
            "weighed": len(judged.sides),
            "most": said(limits.CRUSHING_LOSS_NOTICE.value.to(PERCENT)),
        }
        return Verdict(_STATES[side], text.format(**facts), stops)

    def _in_band(self, step: BenchStep, bounds: Bounds) -> str:
        if step.wants is Wants.COUNT and bounds.low == bounds.high:
            return words.AS_PLANNED
        ends = self.ends(step, bounds)
        text = words.IN_BETWEEN if ends["low"] and ends["high"] else words.IN_LEAST if ends["low"] else words.IN_MOST
        return text.format(**ends)

    def ends(self, step: BenchStep, bounds: Bounds) -> dict[str, str]:
        """Return the bounds as they are printed beside the step; blank where there is none."""

        def printed(bound: object, end: int) -> str:
            if not isinstance(bound, Figure):
                return ""
            if step.code is BenchCode.ONE_TABLET:
                return mass_said(bound)
            return figure_of(bound, step, self.write, end)["text"]

        return {"low": printed(bounds.low, -1), "high": printed(bounds.high, 1)}

    def target(self, step: BenchStep) -> str:
        """Return the target of a step as it is printed; blank if it has none in figures."""
        if not isinstance(step.target, Figure):
            return ""
        text = figure_of(step.target, step, self.write)["text"]
        return f"{text.partition(' ')[0]} {step.unit}" if step.wants is Wants.COUNT else text

    def _outside_said(self, ends: Mapping[str, str]) -> str:
        kind = "both" if ends["low"] and ends["high"] else "low" if ends["low"] else "high"
        return words.OUTSIDE[kind].format(**ends)

    def _outside(self, judged: Judged, side: int) -> tuple[str, bool]:
        """Return the sentence for an entry out of its band, and whether nobody goes on."""
        step = judged.step
        if step.code in _OUT:
            return _OUT[step.code]
        if step.code is BenchCode.RECOVERED:
            return self._recovered(judged, side)
        if step.code is BenchCode.TEN_CAPSULES:
            return words.CAPSULES_OUT, True
        if step.code is BenchCode.YIELD:
            return counts_taken(int(step.target.value) if isinstance(step.target, Figure) else 0), True
        if step.code is BenchCode.ALL_TABLETS:
            return (words.WEIGH_AGAIN if step.target is None else words.NOT_AS_ENTERED), True
        if step.wants is Wants.COUNT:
            return words.OTHER_NUMBER, False
        if step.code in (BenchCode.MEASURE_PART, BenchCode.INGREDIENT_VOLUME):
            return (words.MEASURE_AGAIN, True) if judged.far else (words.DEVIATES, False)
        if step.wants is Wants.VOLUME:
            if side < 0:
                return words.TO_VOLUME, False
            return (words.NOT_TAKEN_OUT, True) if judged.far else (words.DEVIATES, False)
        if not judged.far:
            return words.DEVIATES, False
        if judged.mixed:
            return words.CANNOT_BE_PARTED, True
        return (words.ADD if side < 0 else words.TAKE_OFF), True

    def _recovered(self, judged: Judged, side: int) -> tuple[str, bool]:
        if side > 0:
            return words.MORE_THAN_THERE_WAS, True
        if self.source.all_used:
            return words.LOST_OF_ALL, True
        if self.taken is not None and judged.actual[0] < self.taken:
            return words.LESS_THAN_TAKEN, True
        return words.LOST, False

    def _off(self, judged: Judged) -> str:
        """Return how much an entry is off its target as it is printed; blank without one."""
        step = judged.step
        shown = step.target if step.shown is None else step.shown
        if not isinstance(shown, Figure) or step.wants is not Wants.MASS:
            return ""
        off = still_to_add(to_step(shown.to(MG), self.write.readability), judged.actual[0])
        return self._mass(size_of(off), step)

    def for_mass(self, step: BenchStep, bounds: Bounds) -> Verdict:
        """Return the target that follows from the mass of the tablets typed at the bench."""
        if not isinstance(step.target, Figure):
            return Verdict()
        if step.target.numerator <= 0:
            return Verdict("high", words.NO_ROOM, stops=True)
        return Verdict(text=words.FOR_W.format(target=self.target(step), **self.ends(step, bounds)))


def entries_of(
    steps: Sequence[BenchStep], source: DrugSource, write: Writer, at_bench: AtBench
) -> Mapping[str, Mapping[str, Any]]:
    """Return the fields of the lines of a sheet that hold what was typed at the bench, by the keys of the steps."""
    if not at_bench.typed:
        return {}
    settled = with_mass(steps, at_bench)
    taken = next((step.target for step in settled if step.code in _TAKEN and isinstance(step.target, Figure)), None)
    said_of, verdicts = judged(settled, write.readability, at_bench), Verdicts(write, source, taken)
    triturated, found = is_triturated(settled), {}
    for before, step in zip(steps, settled, strict=True):
        typed, fault = at_bench.typed.get(step.key, TypedEntry()), at_bench.faults.get(step.key)
        verdict = Verdict()
        if step.key in said_of:
            verdict = verdicts.verdict(said_of[step.key])
        elif before.target is not step.target:
            bounds = band_of(step, write.readability, triturated=triturated)
            verdict = verdicts.for_mass(step, bounds)
        found[step.key] = {
            "actual": verdicts.actual(step, at_bench),
            "typed": typed.value,
            "typed_unit": typed.unit,
            "error": "" if fault is None else fault_text(fault, lambda _: words.ACTUAL),
            "done": typed.done,
            "verdict": verdict,
        }
    return found


def back_line(back: Back, name: str, figure: str, *, mixed: bool) -> BackLine:
    """Return one line of what is computed back: its figure as said, how far it is off, and what to do."""
    text = words.BACK_MIXED if mixed and back.state is BackState.STOP else words.BACK[back.state]
    bounds = {"notice": limits.BACK_NOTICE, "deviation": limits.BACK_DEVIATION, "stop": limits.BACK_STOP}
    said_so = text.format(**{key: said(bound.value) for key, bound in bounds.items()})
    more = words.AS_PLANNED_SO_FAR if back.open else ""
    return BackLine(name, figure, deviation(back.deviation)["text"], back.state.value, f"{said_so}{more}")


def why_not_back(steps: Sequence[BenchStep], at_bench: AtBench) -> str:
    """Return why nothing can be computed back from what was typed; blank if it can."""
    if at_bench.faults:
        return words.NOT_READ
    return words.COUNT_FIRST if Used(steps, at_bench).is_counted_otherwise() else ""


def stopped(name: str, text: str) -> BackLine:
    """Return the line that stands where nothing can be computed back."""
    return BackLine(name, "", "", BackState.STOP.value, text)
