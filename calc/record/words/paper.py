"""The words of the compounding record on paper."""

from __future__ import annotations

from calc.record.rights import Role
from calc.verdicts import Verdict

TITLE = "Compounding record"
PAPER = "Compounding record, {name}"
PAGE = "page {page} of {pages}"
BATCH, MADE, PLAN = "Batch", "Made", "Plan ID"
HEAD = "Record to entry {seq}, head {head}"
PRINTED = "Printed {at}"
RETAIN = "Printed from the record of the batch; what is kept there counts."

SELF_CHECK = "Self-check, no second person"
NOT_RELEASED = "Not released: {status}"
PLANNED_OTHERWISE = (
    "This version of the program plans the order otherwise: every figure here is as it was kept, by version {version}."
)
STATUS = {
    "open": "open",
    "due for a check": "due for a check",
    "held": "held",
    "made": "made, not yet released",
    "released": "released",
    "rejected": "REJECTED",
    "cancelled": "CANCELED",
    "used up": "used up",
}
ROLES = {
    Role.COMPOUNDER: "compounder",
    Role.PHARMACIST: "pharmacist",
    Role.IN_CHARGE: "pharmacist-in-charge",
    Role.AUDITOR: "auditor",
    Role.SYSTEM: "system",
}
WHO = "{name}, {role}"
LICENSE = ", license {license}"
STRUCK = "corrected from: {old}"
LATE = "written down later; done {done_at}: {reason}"

#: The facts of a batch, by name.
FACTS = {
    "opened": "Opened",
    "made": "Prepared",
    "checking": "Checked by",
    "purpose": "Made for",
    "quantity": "Quantity made",
    "status": "State",
    "formulation": "Master formulation record",
    "container": "Container and closure",
}
TWO_PERSONS = "two persons"
SELF_REASON = "self-check, no second person: {reason}"
OF_PLANNED = "{made} of {planned} planned"
NOT_COUNTED = "not counted yet; {planned} planned"
NO_FORMULATION = "none named; approved ones are not kept yet"
FORMULATION = "{key}; its approval is not kept yet"
NOT_WRITTEN = "not written down"

SIGNATURES = "Signatures"
SIGNATURE_HEAD = ("For", "Name, role, license", "Date and time", "Meaning", "Stands for")
UPTO = "to entry {seq}, {hash}"
UNSIGNED = "not signed"
#: What an event of a batch is, in words.
EVENTS = {
    "batch.opened": "Opened",
    "batch.planned": "Planned",
    "lot.taken": "Lot taken",
    "amount.recorded": "Amount",
    "count.recorded": "Count",
    "step.done": "Step done",
    "deviation.recorded": "Deviation",
    "check.made": "Check",
    "mismatch.resolved": "Difference resolved",
    "batch.made": "Made",
    "test.recorded": "Test",
    "batch.held": "Held",
    "batch.freed": "Freed",
    "batch.released": "Released",
    "batch.rejected": "Rejected",
    "batch.cancelled": "Canceled",
    "sheet.printed": "Sheet printed",
    "label.printed": "Label printed",
    "batch.dispensed": "Dispensed",
    "batch.returned": "Returned",
    "batch.destroyed": "Destroyed",
    "batch.counted": "Counted",
    "entry.corrected": "Corrected",
    "figures.shown": "Figures shown before a check",
}

COMPONENTS = "Components"
COMPONENT_HEAD = ("Component, strength or grade", "Planned", "Actual", "Maker", "Lot", "Expires", "Taken by")
WORK_HEAD = ("Target", "Actual", "In band", "By", "Entry")
SIDES = {-1: "below", 0: "yes", 1: "above", None: ""}
DONE, BOAT, TARE = "done", "boat {boat}", "tare {tare}"
BELOW = "{number} weighed, see below"
MAKES = "{added}, makes {total}"
OTHER_STEPS = "Also recorded"

CHECKS = "Blind checks: what was read from the things themselves"
NO_CHECKS = "No check was made."
CHECK = "{point}, try {attempt}: {outcome}"
SIGNED_MATCHES, SIGNED_DIFFERS = "{point}: matches", "{point}, try {attempt}: differs"
MATCH, DIFFER, VOID = "all values match", "differ: {names}", "VOID, corrected or to be read again since"
VALUE = "{name}: {value}"
READ_BY = "read by {who}, {at}"
#: Values that are read from the bottle and whose labels there say no more than "Lot".
OF_BOTTLE = {
    "source_strength": "Strength on the bottle",
    "source_lot": "Lot on the bottle",
    "source_expiry": "Expires, on the bottle",
    "count_tablets": "Counted on the tray",
}
OF_CONTAINER = {"name": "{name}: name", "lot": "{name}: lot"}
BOAT_OF = "{name}: boat no."

DEVIATIONS = "Deviations"
CORRECTIONS = "Corrections"
HOLDS = "Holds and findings"
TESTS = "Tests"
MOVES = "Dispensings, returns, destruction"
PAPERS = "Printed papers"
NONE = "Not yet."
NONE_OF = "No {names} so far."
VOID_SHEET = "VOID: the batch was planned again after it was printed"
EARLIER_SHEETS = "A sheet without this batch number, or with another plan ID than {plan_id}, is void for this batch."
EFFECT = "dose off by {off}"
#: What a deviation is at that is no step.
AT = {"dose": "Dose by what was weighed", "plan": "Figures of another version of the program"}
#: What the review of a release found that the release itself has answered.
ANSWERED = {"asked": "yes"}
OF_MOVE = {
    "containers": "containers: {value}",
    "screening": "questions: {value}",
    "way": "{value}",
    "witness": "witness: {value}",
    "reason": "{value}",
    "text": "{value}",
}
BY_PROGRAM = "by the program, {at}"
NUMBER, NUMBERED = "no. {number}", "no. {first} to {last}"
DRAFT = "draft, not signed by a pharmacist"
PATIENT_LINES = "lines for one patient were filled in: {names}"

PRODUCT = "What was made"
YIELD = "Yield"
YIELD_SAID = "{counted}: {share}"
LEFT_BLANK = "Steps without an entry"
DESCRIPTION, MASSES, SHELLS, LEFT_OVER = "Description", "Masses weighed", "Empty shells", "Left over and destroyed"
MEAN_FILL = "Mean fill"
VERDICTS = {
    Verdict.PASS: "the weights pass",
    Verdict.EXPLAIN: "the weights need an explanation",
    Verdict.HOLD: "held for the weights",
    Verdict.FAIL: "the weights FAIL",
    Verdict.ASSAY_MORE: "assay 20 more",
}
REASON = "Reason"
QUESTIONS, UNTIL = "Questions to the patient", "Last day of use"
RELEASE = "Reviewed for completeness before release"
NOT_REVIEWED = "Not reviewed: the batch is not released."
REVIEWED = "Reviewed by {who}, {at}"
ANSWERS = {True: "asked and clear", False: "asked"}
BEYOND_USE = "Beyond-use date and storage"
LABEL_TEXT = "Text of the label"
CAUTIONS = "Cautions"
CALCULATIONS = "Calculations"
ORDER = "The whole order as understood"
NOT_KEPT = "Not kept yet"
NOT_KEPT_YET = "Master formulation records and their approval; lots as received, with certificates; checks of balances."
LAST_CHANGE = "Entry {entry}"

#: On the sheet and the label of a batch.
HEAD_AND_VERSION = "{head}. {version}"
SHEET_RETAIN = "Sheet of a batch: what counts is kept in its record."
LABEL_BATCH = "{batch}, record {head}"

#: On the page of the papers of a batch.
PAPERS_OF = "Papers of batch {number}"
ABOUT = "Sheet and label bear the number of the batch and the head of the record, and each is noted there."
TO_BATCH = "Back to batch {number}"
SHEET, LABEL = "Preparation sheet", "Label"
PRINT_RECORD, PRINT_SHEET, PRINT_LABEL = "Print the record", "Print the sheet", "Print the label"
ON_A4 = "On A4"
SIZE, WHY_AGAIN, FIRST_TIME = "Size", "Why another one is printed", "It is the first one"
PRINTED_BEFORE = "Nothing was printed: this page had already printed a paper. Print again if you need one more."
SEES = "The batch is due for a check. Its sheet shows the figures: who prints it cannot check this batch."
RECORD_LATER = "The record can be printed once the check is made."
FORGOTTEN = "What is typed for the patient is printed and forgotten. The record keeps only which lines were filled in."
DOES_NOT_FIT = "It does not fit on {on}. Choose a larger size, or shorten what is typed."
CANNOT_BE_PLANNED = "This version of the program does not plan the order. The record itself can be printed."


def of_planned(made: str, planned: str) -> str:
    """Return how much was made of what was planned; a unit that both have is said once.

    >>> of_planned("29 capsules", "30 capsules"), of_planned("98 mL", "100 mL"), of_planned("1 capsule", "30 capsules")
    ('29 of 30 capsules planned', '98 of 100 mL planned', '1 of 30 capsules planned')
    """
    number, _, unit = made.rpartition(" ")
    same = unit.rstrip("s") == planned.rpartition(" ")[2].rstrip("s")
    return OF_PLANNED.format(made=number if same else made, planned=planned)
