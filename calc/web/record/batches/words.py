"""The words of the pages of a batch: labels and hints of its forms, titles of its acts, what happens then."""

from __future__ import annotations

from calc.record.batch.codes import BOTH_RIGHT, CANNOT_TELL, CHECK_WRONG, FIRST_WRONG
from calc.record.batch.state import SELF_CHECK, BatchStatus

CHOOSE = "choose"
REMARK, NEVER_A_NAME = "Remark", "Up to 300 characters. Never the name of a patient."
FIND, FIND_HINT = "Scan or type", "The number of a batch, or its sheet or label: opens the batch"
CHECKED_BY, TWO_PERSONS, SELF_CHECK_SAID = "Checked by", "A second person", "Nobody else: self-check"
SELF_REASON, PURPOSE = "Reason for a self-check", "Made for"
CONTAINER, CONTAINER_HINT = "Container and closure", "As 120 mL amber vial, child-resistant cap. May be left for later."
AT_STEP, WHY, WHAT_WAS_DONE = "At which step", "Why", "What was done"
MADE_COUNT, UNIT, AMOUNT = "How much was made", "Unit", "How much"
DESCRIPTION, DESCRIPTION_HINT = "Description", "What was made, as seen"
MASSES, MASSES_HINT = "Masses of filled capsules", "10 to 30, one after another, such as 203.1 201.8 204.0"
SHELLS = "Masses of empty shells"
SHELLS_HINT = "One by one: as many as capsules, or ten"
SHELLS_KNOWN = "Blank: the {shells} that were weighed together, {mass}, count. Else one by one"
BLANK, BLANK_HINT = "Why steps are blank", "How even the mixture is, and how it was shared: not recorded"
LEFT_OVER, LEFT_OVER_HINT = "Left over and destroyed", "What, how much, and in which way"
YIELD_REASON, YIELD_REASON_HINT = (
    "Why the count differs",
    "Asked where two or more capsules, or more than 3 % of a liquid, are missing",
)
YIELD_ASKED = "Asked below {least}"
CONTAINERS = "Containers"
REFERENCE = "Reference"
REFERENCE_HINT = "The dispensing system's own number. Kept beside the record, where it can be removed. Never a name."
WAY, WITNESS, WITNESS_HINT = "In which way", "Witness", "Who saw it, by initials"
OTHER_TEST = "Which other test"
NEW_OF_TEST = "Of what was tested: assay, content uniformity or other. Of the outcome: yes or no."
NEW_OF_TICK = "no: it was ticked, and not done."
TESTED, LABORATORY, FOUND, PASSES = "What was tested", "Laboratory", "What was found", "Does it pass?"
FINDING, FINISH = "What was found", "Who reads again"
FINDINGS = {
    FIRST_WRONG: "The first was wrong: the maker records again, then all is read again",
    CHECK_WRONG: "The check was wrong: somebody else reads all again",
    BOTH_RIGHT: "Both are right, two names for one thing: all is read again, by either name",
    CANNOT_TELL: "It cannot be told: reject the batch",
}
FINISHES = {"": "A third person", SELF_CHECK: "Nobody else is there: finish it as self-check"}
WHICH, NEW_VALUE = "What is corrected", "New value"
READING, READINGS = (
    "How it was read",
    {
        "typed": "typed by hand",
        "slip": "printed slip, kept",
    },
)
BOAT, TARE = "Boat no.", "Boat, empty"
TARE_HINT = "With its unit. Write both on the boat. Blank: nothing was noted."
AGAIN = "Why it is recorded again"
SHELLS_TOGETHER = "How many shells together"
OVERRIDE, OVERRIDE_HINT = "Override because", "Only if it is so all the same"
MAKER, LOT, EXPIRY = "Maker", "Lot", "Expires"
FROM_ORDER = "Filled in from the plan, not from this batch: read each from its bottle or box before it is recorded."
EXPIRY_HINT = "As 11/29/2026, 05/2028 or 2028-05"

LIMITS_OF_FILL = "Limits: fill of each {low} to {high}, mean fill {mean_low} to {mean_high}."
FILL_BEYOND, MEAN_BEYOND, BEYOND = "no. {number} ({fill})", "the mean ({fill})", "Beyond them: {what}."
HAND_OVER, HAND_OVER_RELEASE = "Hand over for the check", "Hand over for the release"
ABOUT_HANDING_OVER = (
    "Who reads must not see the figures. Handed over, this screen is locked and shows the empty form alone; "
    "the secret of {name} brings all else back."
)
ABOUT_CHECK = {
    "two persons": "Whoever made it cannot fill in this form.",
    "self-check": "Self-check, no second person: read each thing again, as if for the first time.",
}
ONE_DIFFERS = "One value differs: {names}. Read it again yourself, then send all values once more."
SOME_DIFFER = "{count} values differ: {names}. Read them again yourself, then send all values once more."

GROUPS = {
    BatchStatus.DUE: ("due for a check", "Nothing waits for a second person."),
    BatchStatus.OPEN: ("open", "No batch is open."),
    BatchStatus.HELD: ("held", "Nothing is held."),
    BatchStatus.MADE: ("made, waiting for release", "Nothing waits for release."),
}
NOT_A_NUMBER = "Type the number of a batch, such as 26-000123, or scan its sheet or label."
NO_SUCH_BATCH = "The record has no batch {number}."
KINDS = {"capsule": "capsules", "liquid": "liquid"}
#: What a list says instead of a figure, of a batch that is held or not.
HIDDEN_UNCHECKED, HIDDEN_HELD = "hidden until it is checked", "hidden while it is held"
STATE, ANY_STATE, OPENED_ON, DRUG = "State", "any", "Opened on", "Drug"
DAY_HINT, NO_DAY = "As 11/29/2026 or 2026-11-29", "Write a day, such as 11/29/2026."
DIFFERENCE, DIFFERENCE_BUTTON = "Look into the difference", "Sign what was found"
DIFFERENCE_HAPPENS = (
    "Nobody picks one of two numbers. What was wrong is read again, then a fresh and complete check follows.",
    "The first was wrong: what differs is taken back, and the maker records it again.",
    "The check was wrong: somebody else makes all of the check.",
    "It cannot be told: the batch is rejected.",
)
#: Beside what is on hand.
CAME_BACK = "{amount} came back, to be destroyed"
ATTEMPT, BY_THE_PLAN = "Check, try {number}", "as the plan says"
RELEASE, ABOUT_RELEASE = (
    "Release the batch",
    "Read tray and label yourself; the figures of the batch are not shown here.",
)
RELEASE_HAPPENS = (
    "Each value of the label is compared with the record. Something differs: you are told which, not what.",
    "All match, the list holds and the questions are answered: the batch is released.",
    "Once the check before release is made on its own, the batch shows its figures; then it is released here.",
)
OVERRIDE_ANSWER = "Only where an answer is yes, and it is dispensed all the same"
NO_WAY = "does not apply"
OF_DOSE, OF_PLAN = "The dose by what was weighed", "Figures of another version of the program"
NOTHING_TYPED, NO_LOT_TYPED = "Nothing was typed or ticked yet.", "No lot was typed yet."
NO_BOX = "{name}: you typed \u201c{typed}\u201d, which is not saved. Somebody recorded it since you opened this page."
NO_UNIT = "no unit"
LOT_OF, DEVIATION_AT = "the lot of the {component}", "the deviation of the {step}"
UNIT_OF_MASSES, UNIT_OF_SHELLS, IN_UNIT = "Unit of the filled capsules", "Unit of the shells", "In {unit}"
SINCE, SINCE_SAID, NONE_IN_PERIOD = "Since", "Since {day}.", "None in this period."
BY_POINT, BY_POINT_HEAD = "Checks by point", ("Point", "Checks", "With a difference")
BY_VALUE, BY_VALUE_HEAD = "Values that differed", ("Value", "Times")
RESOLVED, RESOLVED_HEAD = "Differences resolved", ("Finding", "Times")
DEVIATIONS, DEVIATIONS_HEAD = "Deviations", ("Reason", "Times")
DONE_AT, DONE_AT_HINT = "Done at", "2026-11-29 13:05, as on the paper"
LATE_REASON = "Why it is written down later"
WRITTEN_LATER = "written down later, {when}: {reason}"
REMOVED, NOTHING_BESIDE = "removed", "Nothing was released or dispensed yet."
GIVEN_BECAUSE = "Given all the same: {reason}"
EXPIRING, NONE_EXPIRING = "past their date, or within {days} days of it", "No stock nears its date."
LAST_DAY, DAY_LEFT, DAYS_LEFT, USE_UNTIL = "Last day", "1 day left", "{days} days left", "use until {day}"
NO_BACKUP, LAST_BACKUP = "There is no backup yet.", "Last backup: {day}, {days} ago."
BACKUP_AHEAD = "Last backup: {day}, by a clock that was ahead."
DAYS_AGO = {0: "less than a day", 1: "1 day"}
BACK_UP_NOW = "Back up the record now: triturate backup FILE."
