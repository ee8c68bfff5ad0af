"""Every sentence that a person reads, one for each code; the facts of a code are written into its sentence here.

A drug's own cautions stand in its file. Tests hold the codes and the sentences to each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from calc.arithmetic.units import TABLET, figure
from calc.faults import Fault, FaultCode, Notice, NoticeCode, Stop, StopCode
from calc.planning.codes import WeighingName
from calc.wording import steps
from calc.wording.fields import label
from calc.wording.figures import facts_said, said, value_said
from calc.wording.refusals import FAULTS, HARD_STOPS, SOFT_STOPS, STRONGER, TAKEN
from calc.wording.steps import NOTICES, OFFERS, REASONS, STEPS, WEIGHINGS

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
    """What is wrong with a field, and how to write it; `name` says what the field at a path is called."""
    facts = facts_said(fault.facts)
    if fault.code == "wrong_type":
        facts["expected"] = steps.EXPECTED[str(fault.facts["expected"])]
    if "given" in fault.facts:
        facts["given"] = name(str(fault.facts["given"]))
    return texts[fault.code].format(field=name(fault.field), **facts)


def stop_text(stop: Stop) -> str:
    """Which limit was passed, by what, and what would help."""
    facts = facts_said(stop.facts)
    facts["field"], facts["value"] = label(stop.field), value_said(stop.value)
    facts["taken"] = TAKEN[bool(stop.facts.get("at_one_time"))]
    if stop.code is StopCode.BELOW_LEAST_WEIGHABLE:
        facts["what"] = WEIGHINGS[WeighingName(str(stop.facts["what"]))]
    texts = {**HARD_STOPS, **SOFT_STOPS}
    text = texts[stop.code].format(**facts)
    if stop.facts.get("tenfold") and stop.code in STRONGER:
        text = f"{text} {STRONGER[stop.code].format(**facts)}"
    if stop.code is StopCode.CAPSULE_TOO_SMALL and stop.facts["sizes"]:
        text = f"{text} {steps.SIZES_THAT_HOLD.format(**facts)}"
    if "smallest" in stop.facts:
        found = stop.facts["smallest"] is not None
        text = f"{text} {(steps.SMALLEST_QUANTITY if found else steps.NO_QUANTITY).format(**facts)}"
    if "volumes" in stop.facts:
        text = f"{text} {_whole_tablets_said(stop.facts['volumes'], facts)}"
    if "next_volume" in stop.facts:
        found = stop.facts["next_volume"] is not None
        text = f"{text} {(steps.NEXT_VOLUME if found else steps.NO_VOLUME).format(**facts)}"
    return text


def _whole_tablets_said(volumes: Any, facts: Mapping[str, str]) -> str:
    """The volumes that whole tablets make, each with its tablets."""
    if not volumes:
        return steps.NO_WHOLE_TABLETS.format(**facts)
    each = (steps.WHOLE_TABLETS_OF.format(tablets=said(tablets), volume=said(volume)) for tablets, volume in volumes)
    return steps.WHOLE_TABLETS.format(volumes=", ".join(each))


def notice_text(notice: Notice) -> str:
    """What to read first."""
    facts = facts_said(notice.facts)
    facts["taken"] = TAKEN[bool(notice.facts.get("at_one_time"))]
    if "field" in notice.facts:
        facts["field"] = label(str(notice.facts["field"]))
    if "way" in notice.facts:
        facts["way"] = steps.WAYS[str(notice.facts["way"])]
    if notice.code is NoticeCode.WEIGH_TABLETS and notice.facts["tablets"] == figure(1, TABLET):
        return steps.WEIGH_ONE_TABLET
    if notice.facts.get("all_used"):
        return steps.LOST_OF_ALL.format(**facts)
    return NOTICES[notice.code].format(**facts)
