"""The words of the workbench: the readout's verbs, the four steps of the order of work with their states, its parts."""

from __future__ import annotations

#: The verbs of the readout, and what each is done with.
CRUSH, WEIGH_OUT, TAKE, USE_ALL, ADD, FILL_EACH = "Crush", "Weigh out", "Take", "Use all", "Add", "Fill each"
MAKE_UP, GIVE = "Make up to", "Give each time"
OF_TABLETS, TABLET_POWDER, BULK_POWDER, TRITURATION = (
    "{strength} tablets",
    "tablet powder",
    "bulk powder",
    "trituration",
)
DILUENT, IN_CAPSULE, IN_A_CAPSULE = "diluent {name}", "size {size} capsule", "one capsule"
WITH_VEHICLE, IN_SYRINGE = "with {vehicle}", "{capacity} oral syringe"
SHARE_OF_POWDER, ALL_OF_POWDER, AFTER_WEIGHING, WEIGH_FIRST = (
    "{share} of the powder",
    "all of the powder",
    "after weighing",
    "weigh the tablets first",
)
NO_DILUENT, NOT_KNOWN, AFTER_FILL = "none", "not known yet", "after a capsule size"
NOTHING_WEIGHED = "nothing"

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
        "order": ("Order", "Doses and days"),
        "weigh": ("Weigh", "On the plan of each batch"),
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
ORDERED, FROM_TABLETS, FROM_BULK = "{dose} \u00d7 {count}", "from {strength} tablets", "from bulk powder"
OF_STRENGTH, FROM_LIQUID = "{volume} of {strength}", "{dose} each time, {source}"
WEIGHED, MEAN = "{tablets}, {mass}", "{mean} each"
TO_WEIGH, TO_WEIGH_HINT = "{tablets} together", "before crushing"
MORE_TO_WEIGH, NOT_TO_WEIGH, NOT_TO_WEIGH_HINT = "More tablets", "Nothing to weigh first", "all is weighed at the bench"
WHOLE_TABLETS = "all of the powder is used"
OF_SIZE, NO_SIZE, PACKED = "Size {size}", "Capsule size?", "packing {powder} and {diluent}"
TO_A_MASS, NOT_PACKED = "filled to {mass}", "packing not measured"
IN_VEHICLE, ON_MARK, NOT_ON_MARK = "{vehicle}", "{volume} in a {capacity} syringe", "{volume}, between two marks"
ANSWERED, NO_QUESTIONS, OPEN = "Questions answered", "No questions to ask", {1: "1 question open"}
OPEN_MANY = "{number} questions open"
EXPIRIES, EXPIRIES_KNOWN = {1: "1 expiry date to enter"}, "expiry dates entered"
EXPIRIES_MANY = "{number} expiry dates to enter"

#: The line of state under the readout.
CLEAR, ANSWERED_STATE, UNASKED, NOT_RELEASED = (
    "Screening clear.",
    "Questions answered.",
    "No questions to ask.",
    "Not yet released.",
)
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

#: The head of the readout by its state.
READOUT = {
    "rest": ("Answer", "The answer appears here."),
    "off": ("No answer", "No figures and no papers while an order is stopped."),
    "dim": ("Last plan", "not for use"),
    "plan": ("Answer", ""),
}
#: The verbs of a readout at rest, by preparation.
AT_REST = {
    "capsule": ((CRUSH, "tablets"), (WEIGH_OUT, "powder"), (ADD, "diluent"), (FILL_EACH, "capsule")),
    "liquid": ((CRUSH, "tablets"), (WEIGH_OUT, "powder"), (MAKE_UP, "with vehicle"), (GIVE, "oral syringe")),
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
AFTER = "after the date that it depends on:"
BACK, CHECK_TYPED = "Dose by what was weighed", "Check what was typed"
KEPT_HERE = "Ticks and masses are kept in this page's address only."
