"""The sentences that people read, one for each code, with the facts of the code filled in.

The cautions of a drug are in its own file. Tests check that every code has its sentence, and every sentence its code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from calc.arithmetic.units import DAY, TABLET, figure
from calc.faults import Fault, FaultCode, Notice, NoticeCode, Stop, StopCode
from calc.planning.codes import WeighingName
from calc.wording import steps, until
from calc.wording.fields import WATER_LABELS, label
from calc.wording.figures import Said, facts_said, in_typed_unit, said, value_said
from calc.wording.formulations import changes_said
from calc.wording.ingredients import NO_DILUENT, TOO_LARGE_TOGETHER
from calc.wording.liquid import NO_DAY
from calc.wording.notices_of_schedules import WAYS
from calc.wording.opened import told_of_capsules
from calc.wording.refusals import (
    EACH_OUT_OF_RANGE,
    FAULTS,
    HARD_STOPS,
    NOT_ABOVE_SHELLS,
    SOFT_STOPS,
    STRONGER,
    TAKEN,
    UNITS_MEANT,
    WRITE_UNIT,
)
from calc.wording.step_titles import STEPS
from calc.wording.steps import NOTICES, OFFERS, REASONS, WEIGHINGS
from calc.wording.vehicles import KNOWN

__all__ = [
    "FAULTS",
    "HARD_STOPS",
    "NOTICES",
    "OFFERS",
    "REASONS",
    "SOFT_STOPS",
    "STEPS",
    "WEIGHINGS",
    "fault_text",
    "label",
    "notice_text",
    "steps",
    "stop_text",
]


def fault_text(fault: Fault, name: Callable[[str], str] = label, texts: Mapping[FaultCode, str] = FAULTS) -> str:
    """Return the sentence of a fault: the error, and how to write the value. `name` returns the name of a field."""
    facts = facts_said(in_typed_unit(fault.facts) if fault.code == "out_of_range" else fault.facts)
    if fault.code == "wrong_type":
        facts["expected"] = steps.EXPECTED[str(fault.facts["expected"])]
    if fault.code == "unit_unknown":
        meant = UNITS_MEANT.get(str(fault.facts["typed"]).lower())
        facts["write"] = WRITE_UNIT.format(unit=meant) if meant in str(fault.facts["units"]).split() else ""
    if "given" in fault.facts:
        facts["given"] = name(str(fault.facts["given"]))
    if "shells" in fault.facts:
        return NOT_ABOVE_SHELLS.format(field=name(fault.field), **facts)
    if "each" in fault.facts:
        return EACH_OUT_OF_RANGE.format(field=name(fault.field), **facts)
    field = WATER_LABELS.get(str(fault.facts.get("assay_basis"))) or name(fault.field)
    return texts[fault.code].format(field=field, **facts)


def stop_text(stop: Stop, name: Callable[[str], str] = label) -> str:
    """Return the sentence of a stop: the limit, the value beyond it, and what would help. `name` names a field."""
    text = _stop_text(stop, name)
    return told_of_capsules(text, stop.facts) if "opened" in stop.facts else text


def _stop_text(stop: Stop, name: Callable[[str], str]) -> str:
    facts = facts_said(stop.facts)
    facts["field"], facts["value"] = name(stop.field), Said(value_said(stop.value))
    facts["taken"] = TAKEN[bool(stop.facts.get("at_one_time"))]
    if stop.code is StopCode.BELOW_LEAST_WEIGHABLE:
        facts["what"] = WEIGHINGS[WeighingName(str(stop.facts["what"]))]
    texts = {**HARD_STOPS, **SOFT_STOPS}
    text = (TOO_LARGE_TOGETHER if "room" in stop.facts else texts[stop.code]).format(**facts)
    if stop.facts.get("tenfold") and stop.code in STRONGER:
        text = f"{text} {STRONGER[stop.code].format(**facts)}"
    if stop.code is StopCode.CAPSULE_TOO_SMALL and stop.facts["sizes"]:
        text = f"{text} {steps.SIZES_THAT_HOLD.format(**facts)}"
    if "smallest" in stop.facts:
        exists = stop.facts["smallest"] is not None
        text = f"{text} {(steps.SMALLEST_QUANTITY if exists else steps.NO_QUANTITY).format(**facts)}"
    if "first_volume" in stop.facts:
        text = f"{text} {steps.FIRST_BY_VOLUME.format(**facts)}"
    if "volumes" in stop.facts:
        text = f"{text} {_whole_tablets_said(stop.facts['volumes'], facts)}"
    if "next_volume" in stop.facts:
        exists = stop.facts["next_volume"] is not None
        text = f"{text} {(steps.NEXT_VOLUME if exists else steps.NO_VOLUME).format(**facts)}"
    return text


def _whole_tablets_said(volumes: Any, facts: Mapping[str, str]) -> str:
    """Return the sentence with the volumes that whole tablets make, and the number of tablets for each."""
    if not volumes:
        return steps.NO_WHOLE_TABLETS.format(**facts)
    each = (steps.WHOLE_TABLETS_OF.format(tablets=said(tablets), volume=said(volume)) for tablets, volume in volumes)
    return steps.WHOLE_TABLETS.format(volumes=", ".join(each))


def notice_text(notice: Notice) -> str:
    """Return the sentence of a notice."""
    facts = facts_said(notice.facts)
    facts["taken"] = TAKEN[bool(notice.facts.get("at_one_time"))]
    if "field" in notice.facts:
        facts["field"] = label(str(notice.facts["field"]))
    if "changed" in notice.facts:
        facts["changed"] = changes_said(notice.facts["changed"])
    if "place" in notice.facts:
        facts |= until.said_of(notice.facts)
    if "way" in notice.facts:
        facts["way"] = WAYS[str(notice.facts["way"])]
    if notice.code is NoticeCode.NO_DILUENT_NEEDED and "ingredients" in notice.facts:
        return NO_DILUENT
    if notice.code is NoticeCode.VEHICLE_UNLIKE_TABLE:
        facts["known"] = KNOWN[str(notice.facts["fact"]), str(notice.facts["known"])]
    if notice.code is NoticeCode.WEIGH_TABLETS and notice.facts["tablets"] == figure(1, TABLET):
        return steps.WEIGH_ONE_TABLET
    if notice.code is NoticeCode.WEIGHT_NOT_CONTENT and "dose" in facts:
        return steps.WEIGHT_AT_DOSE.format(**facts)
    if notice.facts.get("days") == figure(0, DAY):
        facts["days"] = NO_DAY
    return NOTICES[notice.code].format(**facts)
