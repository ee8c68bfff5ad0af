"""The figures beside a batch: the dose by what was weighed, how far it is off, and what there is."""

from __future__ import annotations

from calc.arithmetic import notation
from calc.record.batch import figures
from calc.record.batch.state import BatchState
from calc.sheet.lines import PlanSheet
from calc.web.record.batches import words


def readout_of(state: BatchState, sheet: PlanSheet) -> list[dict[str, str]]:
    """Return the dose by what was weighed, how far it is off, and what there is."""
    found: list[dict[str, str]] = []
    for line in sheet.bench_back:
        number, _, unit = line.figure.partition(" ")
        found.append({"name": line.name, "about": "", "number": number, "unit": unit, "instead": line.text})
        off, _, percent = line.deviation.partition(" ")
        found.append({"name": "Off by", "about": "stops above 5 %", "number": off, "unit": percent, "instead": "-"})
    amount = state.on_hand or state.planned
    if amount is not None and not (state.last_lock and state.on_hand is None):
        number, unit = notation.grouped(notation.exact(amount)), "mL" if state.is_liquid else "capsules"
        unit = unit.removesuffix("s") if amount.value == 1 else unit
        name = "To make" if state.on_hand is None else "On hand"
        back = state.back
        about = words.CAME_BACK.format(amount=figures.written(back)) if back is not None and back.value else ""
        found.append({"name": name, "about": about, "number": number, "unit": unit, "instead": ""})
    return found
