"""The words of the workbench: the readout's verbs, the four steps of the order of work with their states, its parts."""

from __future__ import annotations

#: The verbs of the answer, on page and paper.
CRUSH, WEIGH_OUT, TAKE, USE_ALL, RINSE_IN = "Crush", "Weigh out", "Take", "Use all", "Rinse in"
ADD, FILL_EACH, FILL_EACH_CAPSULE, BRING_TO, GIVE = (
    "Add",
    "Fill each",
    "Fill each capsule",
    "Bring to",
    "Give each time",
)
#: What each is done with.
OF_TABLETS, TABLET_POWDER = "{strength} tablets", "tablet powder"
TRITURATION, DILUENT, OF_A_SIZE = "trituration", "diluent", "size {size} capsule"
WITH_VEHICLE, IN_SYRINGE = "with {vehicle}", "{capacity} syringe"
#: What stands where there is no figure.
WEIGH_FIRST, SHARE_OF_POWDER, ALL_OF_IT = "weigh the tablets first", "{share} of the powder", "all of it"
ADD_ROW = "Add another"
NO_DILUENT, AFTER_WEIGHING, AFTER_FILL = "none", "after weighing", "after a capsule size"

#: The button that leads from a plan to the record.
OPEN_BATCH = "Open a batch"
#: The steps of the order of work by preparation: key, title, and what it asks for while it has nothing.
STEPS = {
    "capsule": {
        "order": ("Order", "Dose and number"),
        "weigh": ("Weigh", "Tablets together, before crushing"),
        "fill": ("Fill", "Capsule size, diluent, packing"),
        "release": ("Release", "Questions, lots, expiry dates"),
    },
    "liquid": {
        "order": ("Order", "Dose, strength, volume, vehicle"),
        "weigh": ("Weigh", "Tablets together, before crushing"),
        "fill": ("Measure", "Storage and oral syringes"),
        "release": ("Release", "Questions, lots, expiry dates"),
    },
    "titration": {
        "order": ("Order", "The schedule, and from what"),
        "weigh": ("Weigh", "Balance, loss; tablets batch by batch"),
        "fill": ("Fill", "Capsule size, diluent, packing"),
        "release": ("Release", "Questions, lots, expiry dates"),
    },
}
#: The states of a step, by its code.
STATES = {
    "start": "Start here",
    "done": "Done",
    "now": "Next",
    "later": "Later",
    "halt": "Stopped",
    "wait": "Waiting",
    "fix": "To fix",
}
#: What is entered in a step, in two short lines.
ORDERED, FROM_TABLETS, FROM_BULK = "{dose} \u00d7 {count}", "from {strength} tablets", "from {powder}"
OF_STRENGTH, FROM_LIQUID = "{volume} of {strength}", "{dose} each time, {source}"
WEIGHED, MEAN = "{tablets}, {mass}", "{mean} each"
TO_WEIGH, TO_WEIGH_HINT = "{tablets} together", "before crushing"
MORE_TO_WEIGH, NOT_TO_WEIGH, NOT_TO_WEIGH_HINT = "More tablets", "Nothing to weigh first", "all is weighed at the bench"
WHOLE_TABLETS = "all of the powder is used"
OF_SIZE, NO_SIZE, PACKED = "Size {size}", "Capsule size?", "packing {powder} and {diluent}"
TO_A_MASS, NOT_PACKED = "filled to {mass}", "packing not measured"
ON_MARK, NOT_ON_MARK = "{volume} in a {capacity} syringe", "{volume}, between two marks"
ANSWERED, NO_QUESTIONS, OPEN = "Questions answered", "No questions to ask", {1: "1 question open"}
OPEN_MANY = "{number} questions open"
EXPIRIES, EXPIRIES_KNOWN = {1: "1 expiry date to enter"}, "expiry dates entered"
EXPIRIES_MANY = "{number} expiry dates to enter"

#: The line of state under the readout.
CLEAR, ALL_ANSWERED, UNASKED = "Screening clear.", "Questions answered.", "No questions to ask."
NOT_RELEASED = "A pharmacist releases the batch, after the checks on its sheet."
ANSWER_THEM = "Answer"
DISCARD_AFTER, NO_DATE, LIMIT_OF_DATE = "Discard after", "no date", "At most, {limit}"

#: What each paper's button says, and what the paper is.
PAPERS_OF = {
    "sheet": ("Print sheet", "The steps of the work, with room for what was weighed and for initials."),
    "label": ("Print label", "Drug and strength first, the last day of use, lines for patient and directions."),
    "leaflet": ("Leaflet", "For the patient: warnings first, then how to take it and how to keep it."),
}

#: The parts of a plan.
BENCH, PAPERS, WAYS, WHY, CAUTIONS = "Bench", "Papers", "Ways to make it", "Why", "Cautions"

#: The head of the readout: with figures or at rest, stopped, and with the last figures while half a pair is typed.
ANSWER, NO_ANSWER, LAST_PLAN, NOT_FOR_USE = "Answer", "No answer", "Last plan", "not for use"
#: The verbs of a readout at rest, by preparation.
AT_REST = {
    "capsule": ((CRUSH, "tablets"), (WEIGH_OUT, "powder"), (ADD, "diluent"), (FILL_EACH, "capsule")),
    "liquid": ((CRUSH, "tablets"), (WEIGH_OUT, "powder"), (BRING_TO, "with vehicle"), (GIVE, "oral syringe")),
}
#: Headings, buttons and sentences around them.
NEXT, TOLD, FIGURES, EVERY_STEP = "Next", "To know before you begin", "The order in figures", "Every step"
UPDATE, WORK_OUT, EXAMPLE = "Update the plan", "Work it out", "Show the worked example"
FORMATS = "other formats"
SOONER = "Sooner if a component expires first."
PLAN_ID_ON, CHECK_A_PAPER = "Papers carry the plan ID", "Check whether a paper still follows from its order"
NO_OTHER_WAY = "There is no other way to make this volume near the one ordered."
PUT_AWAY = "The steps come back with the missing value"
PUT_AWAY_WHY = "Steps, papers and pictures are put away, so that nobody works from an old plan."
WAITING, PROBLEM, STOPPED = "Waiting for one more value", "There is a problem with the order", "This order is stopped"
CAN_OVERRIDE = "You can override it with a reason, at its field."
OVERRIDE_LATER = "You can override it with a reason once the rest is fixed."
NO_OVERRIDE = "It cannot be overridden: fix it."
CORRECT, OVERRIDE, OVERRIDE_WITH = "Correct it", "Overridden.", "Override with a reason"
AFTER = "needs first:"
BACK, CHECK_TYPED = "Dose by what was weighed", "Check what was typed"
CAME_BACK = "Ticks and masses were filled in as this browser kept them for this plan ID. Another batch? Take them out."
READ_FIRST = {1: "1 notice to read first"}
READ_FIRST_MANY = "{number} notices to read first"
TAKE_OUT = "Take them out"
KEPT_HERE = "Ticks and masses are kept in this page's address, and for seven days in this browser."
