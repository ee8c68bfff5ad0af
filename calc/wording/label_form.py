"""The words of the form for one patient's label: its fields with their hints, and the faults of what is typed there."""

from __future__ import annotations

from calc.faults import Fault, FaultCode
from calc.wording import fault_text, label
from calc.wording.refusals import FAULTS

TITLE = "Label for one patient"
ABOUT = (
    "What stands here is printed on the label and kept nowhere: not in an address, not in a log. "
    "What stays blank is a line to write on."
)
LABELS = {
    "patient": "Patient",
    "rx_number": "Prescription number",
    "prescriber": "Prescriber",
    "filled": "Date filled",
    "directions": "Directions",
    "refills": "Refills",
    "pharmacist": "Pharmacist",
    "label": "Label size",
    "send": "Print or save",
}
HINTS = {
    "filled": "As 11/29/2026 or 2026-11-29.",
    "directions": "As the patient reads them: Take 1 capsule by mouth at bedtime.",
    "refills": "A number; 0 for none.",
    "pharmacist": "Initials.",
}
#: The two buttons, by what they send, the usual one first.
SEND = {"inline": "Print label", "attachment": "Save label"}
STICKERS = "A label smaller than 4 \u00d7 2 in holds the gravest warning alone. Put stickers beside it: {texts}"
PROBLEM = "There is a problem with the label"
BUSY = "As many papers as are set at a time are being set. Print the label again."

_FAULTS = {
    **FAULTS,
    FaultCode.UNKNOWN_FIELD: "{field} is not a line of the label.",
    FaultCode.DATE_FORMAT: "{field}: write \u201c{typed}\u201d as a date like 11/29/2026.",
    FaultCode.DOES_NOT_FIT: "{field}: these lines do not fit {typed} at a size that can be read; shorten them or "
    "choose a larger label.",
}


def _name(path: str) -> str:
    """Return the name of a line of the label; another name is quoted as it was typed."""
    return LABELS.get(path) or label(path)


def label_fault_text(fault: Fault) -> str:
    """Return the sentence of a fault in what is typed for a label."""
    return fault_text(fault, _name, _FAULTS)
