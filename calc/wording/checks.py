"""The words for the checks on finished capsules: names of fields, verdicts, next actions, the plot in words."""

from __future__ import annotations

from collections.abc import Sequence

from calc.faults import Fault, FaultCode
from calc.verdicts import ActionCode, NextAction, Verdict
from calc.wording import fault_text, label
from calc.wording.figures import facts_said
from calc.wording.refusals import FAULTS

LABELS = {
    "": "The check",
    "by": "Kind of check",
    "order": "The order of these capsules",
    "theoretical_fill": "Theoretical fill of one capsule",
    "capsules": "Masses of the filled capsules",
    "shell_mass": "Mean mass of one empty shell",
    "shells": "Masses of the empty shells",
    "planned": "Capsules planned",
    "made": "Capsules made",
    "weighed_in": "All that was weighed into the blend",
    "blend_left": "Blend left over",
    "contents": "Contents found",
    "contents_in_mg": "Contents found, in mg",
    "label": "Drug in one unit, by the label",
    "masses": "Masses of the filled units",
    "assay": "Mean content by one assay",
    "shell": "Mean mass of an empty shell",
}
#: The name of one item of a list, numbered from one.
ITEMS = {"capsules": "Filled capsule {number}", "shells": "Empty shell {number}", "contents": "Unit {number}"}
ITEMS |= {"masses": "Filled unit {number}"}
HINTS = {
    "theoretical_fill": "The fill that the sheet gives, not the mean of the batch.",
    "capsules": "10 to 30, from the edge and the middle of the plate, or all if fewer were made; spaces, line "
    "ends or semicolons between them.",
    "shell_mass": "Of at least ten empty shells, or enter each below.",
    "shells": "Instead of their mean: 10 to 30 shells, one by one.",
    "planned": "As on the sheet, with the allowance.",
    "made": "Counted. Needed if fewer than ten were made.",
    "weighed_in": "Powder and diluent together. With an order: as planned, unless entered.",
    "blend_left": "Weighed on plate and mortar; 0 if there is none.",
    "contents": "In percent of the label, or in mg with the label below; 10 units, or 30, the same ten first. Spaces, "
    "line ends or semicolons between them.",
    "label": "For contents in mg, and for masses.",
    "masses": "Instead of contents, where a unit holds at least 25 mg and 25 % of drug: 10 or 30 units, one by one.",
    "assay": "In percent of the label. With masses.",
    "shell": "Of at least ten. With masses.",
}
#: The title of a step about one capsule.
OF_EACH = "{item}: {title}"
FAULTS_OF_CHECKS = {**FAULTS, FaultCode.UNKNOWN_FIELD: "{field} is not a field of this check."}
#: Added where every mass of a list is out of range as if another unit had been meant.
OTHER_UNIT = "So are all {count} of them: they read as if typed in {unit}."
TITLE_OF_FAULTS = "The check cannot be read"

TITLE = "Check the capsules made"
BY_WEIGHT, BY_CONTENT = "By weight", "By content, from assays"
PROBLEM = "There is a problem with the check"
MADE_BY = "{order}. Theoretical fill of one capsule: {fill}."
MADE_BY_OTHER = "The order in the address of this page cannot be planned as it stands."
ENTER_FILL = "Check without the order, by its theoretical fill alone"
STOPPED, OPEN_PLAN = "A limit stops the order of these capsules", "Open its plan"
VERDICTS = {
    Verdict.PASS: "Pass",
    Verdict.EXPLAIN: "Explain",
    Verdict.HOLD: "Hold",
    Verdict.FAIL: "Fail",
    Verdict.ASSAY_MORE: "Assay 20 more",
}
WEIGHTS_SAID = {
    Verdict.PASS: "The batch passes by weight",
    Verdict.EXPLAIN: "The masses pass, and what is missing needs a reason",
    Verdict.HOLD: "The masses pass, but the batch is held for a pharmacist",
    Verdict.FAIL: "The batch does not pass by weight",
}
CONTENTS_SAID = {
    Verdict.PASS: "The units pass by content",
    Verdict.FAIL: "The units do not pass by content",
    Verdict.ASSAY_MORE: "Not decided: ten units are not enough",
}
#: What comes first, by the verdict.
FIRST = {Verdict.FAIL: "Set the batch aside.", Verdict.HOLD: "Hold the batch."}
NEXT = {
    ActionCode.WEIGHTS_GOOD: "Write the masses in the compounding record and go on to the label.",
    ActionCode.CAPSULES_OUT: "Outside the limits, by number: {numbers}. Read what was entered and weigh these again.",
    ActionCode.MEAN_OUT: "The mean fill is too far from the theoretical fill: check the theoretical fill, the empty "
    "shells and how many capsules the blend was divided into.",
    ActionCode.COUNT_ABOVE: "{made} were made of a batch of {planned}: each holds less drug, or the count is wrong. "
    "Count again; if the count is right, a pharmacist decides.",
    ActionCode.COUNT_EXPLAINED: "{missing} of {planned} are missing: count again, find where the blend went, and write "
    "the reason in the compounding record.",
    ActionCode.COUNT_LOW: "{missing} of {planned} are missing: count again and find where the blend went; a pharmacist "
    "decides.",
    ActionCode.BALANCE_HIGH: "Capsules and blend left weigh more than what was weighed in: something else is in it, or "
    "a mass is wrong. Read the masses again; a pharmacist decides.",
    ActionCode.BALANCE_EXPLAINED: "Part of what was weighed in is missing: find where it went and write the reason in "
    "the compounding record.",
    ActionCode.BALANCE_LOW: "Much of what was weighed in is missing: find where it went; a pharmacist decides.",
    ActionCode.CONTENTS_GOOD: "Keep the report of the assays with the record of this batch.",
    ActionCode.ASSAY_TWENTY_MORE: "Assay 20 more units of this batch and enter all 30, these ten first.",
    ActionCode.ACCEPTANCE_VALUE_HIGH: "The acceptance value of the 30 units is above {most}. There is no third stage: "
    "find the cause before another batch is made.",
    ActionCode.UNITS_OUT: "More than {most} of M away from it, by number: {numbers}.",
}

WEIGHTS_PLOT = (
    "{count} fills, from {least} to {most} of the theoretical fill; limits {low} to {high}: {out}. Mean {mean}; "
    "limits {mean_low} to {mean_high}: {mean_out}."
)
CONTENTS_PLOT = (
    "{count} contents, from {least} to {most} of the label. Mean {mean}, reference value M {reference}. The bar is the "
    "mean with k standard deviations on either side; it must lie from M \u2212 15 to M + 15, {low} to {high}: "
    "{within}, by the acceptance value {value}."
)
UNITS_PLOT = " A single unit may hold {low} to {high}: {out}."
NONE_OUT, OUT = "none outside", "outside by number {numbers}"
WITHIN, NOT_WITHIN = "within", "not within"
BEYOND, BAR_BEYOND = " Dots at the edge lie beyond it.", " The bar goes on beyond the edge."
M, M_LOW, M_HIGH = "M", "M \u2212 15", "M + 15"
UNIT_LOW, UNIT_HIGH, MEAN = "0.75 M", "1.25 M", "Mean"
OF_THEORETICAL, OF_LABEL = "Fill in percent of the theoretical fill", "Content in percent of the label"

STATES = {
    Verdict.PASS: "pass",
    Verdict.EXPLAIN: "more",
    Verdict.HOLD: "fail",
    Verdict.FAIL: "fail",
    Verdict.ASSAY_MORE: "more",
}
#: A count or a mass balance on the page: its verdict in words, and how it looks.
ASKED = {Verdict.PASS: ("Kept", "ok"), Verdict.EXPLAIN: ("Explain", ""), Verdict.HOLD: ("Hold", "low")}
EACH_FILL, MEAN_FILL, RSD = "Fill of each capsule", "Mean fill", "Relative standard deviation of the fill"
ACCEPTANCE_VALUE, EACH_UNIT = "Acceptance value", "Content of each unit"
COUNT, BALANCE = "Capsules made", "Mass balance"
CONTENTS_RULE = "Beside it: the rule of BP and Ph. Eur. on contents"
CONTENTS_FOUND = "More than {limit} off their mean of {mean}, by number: {outside}"
CONTENTS_TAKEN = "of the first 20 at most two more than {limit} off their own mean, none more than {far}"
NO_NUMBER = "none"
TERMS = ("Mean content", "Standard deviation", "k", "Reference value M")
FROM_TO, WITH_SHARE, AT_MOST = "{low} to {high}", "{figure} ({share})", "at most {most}"
LOST = "{made} of {planned} (batch loss {share})"
BALANCED = "{share} of {weighed_in}"
IS_WITHIN, IS_OUTSIDE, KEPT, NOT_KEPT, NOTICE_ONLY = "Within", "Outside", "Kept", "Not kept", "Above: a notice only"
ALL_WITHIN, OUTSIDE_BY_NUMBER = "All within", "Outside by number: {numbers}"
WEIGHTS_COLUMNS = ("Capsule", "Gross mass", "Fill", "Of the theoretical fill")
CONTENTS_COLUMNS = ("Unit", "Content of the label")
CAPSULES, UNITS = "Each capsule", "Each unit"


def numbers_said(numbers: Sequence[int]) -> str:
    """Return ascending numbers as text, with three or more in a row as a range.

    >>> numbers_said((1, 2, 3, 4, 7, 9, 10))
    '1 to 4, 7, 9, 10'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = (f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
    return ", ".join(said)


def title_of_each(name: str, number: int, title: str) -> str:
    """Return the title of a step about one item of a list.

    >>> title_of_each("capsules", 3, "Its fill")
    'Filled capsule 3: its fill'
    """
    return title_about(ITEMS[name].format(number=number), title)


def title_about(item: str, title: str) -> str:
    """Return the title of a step about one of several things."""
    return OF_EACH.format(item=item, title=title[0].lower() + title[1:])


def check_label(path: str) -> str:
    """Return the name of the field at a dotted path; an unknown field is quoted as it was written.

    >>> check_label("capsules.2"), check_label("made")
    ('Filled capsule 3', 'Capsules made')
    """
    if path in LABELS:
        return LABELS[path]
    if path.startswith("order."):
        return label(path)
    name, _, index = path.partition(".")
    if name in ITEMS and index.isascii() and index.isdecimal() and len(index) < 4:
        return ITEMS[name].format(number=int(index) + 1)
    return f"\u201c{path[:60]}\u201d"


def check_fault_text(fault: Fault) -> str:
    """Return the sentence of a fault of a check: the error, and how to write the value."""
    if fault.field.startswith("order."):
        return fault_text(fault)
    text = fault_text(fault, check_label, FAULTS_OF_CHECKS)
    return f"{text} {OTHER_UNIT.format(**fault.facts)}" if "unit" in fault.facts else text


def next_text(verdict: Verdict, steps: Sequence[NextAction]) -> str:
    """Return the next actions as one paragraph."""
    said = [NEXT[step.code].format(numbers=numbers_said(step.numbers), **facts_said(step.facts)) for step in steps]
    return " ".join([FIRST[verdict], *said] if verdict in FIRST else said)
