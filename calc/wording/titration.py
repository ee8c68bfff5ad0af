"""The words for a titration: its two ways, its calendar, its page and leaflet."""

from __future__ import annotations

#: The list of the steps, as orders and pages name it.
SCHEDULE = "schedule"
HEADLINE = "{drug} {first} to {last}"
HEADLINE_ONE = "{drug} {first}"
HINTS = {"start": "As 2027-05-31. Empty: the date of making."}
TAKE = "{capsules} of {strength}"
HOW_OFTEN = {1: "once a day", 2: "twice a day", 3: "3 times a day", 4: "4 times a day"}

#: Between the capsules of two strengths that are taken together.
AND = " and "
WAY_TITLES = {
    "one_strength": "One strength, several at one time",
    "each_strength": "A batch for each strength",
    "two_strengths": "Two strengths together",
    "three_strengths": "Three strengths together",
}
_FEWEST = "Every dose is the fewest capsules of {strengths}, taken together."
_OWN_LOOK = "Give each strength a look of its own: a dose with the wrong one is a wrong dose."
WAY_ABOUT = {
    "one_strength": "Every dose is a whole number of capsules of {strengths}, the largest strength that divides all.",
    "each_strength": "Every dose is one capsule.",
    "two_strengths": f"{_FEWEST} {_OWN_LOOK}",
    "three_strengths": f"{_FEWEST} {_OWN_LOOK}",
}
BATCHES = {1: "1 batch", 2: "{count} batches"}
#: The recommendation with its reason.
RECOMMENDED = {
    "fewest_batches_and_capsules": "{way}: {batches}, and at most {capsules} at one time. Batches and "
    "capsules at one time counted together, no other way has fewer.",
    "only_way": "{way}: every other way has a batch that may not be made.",
}
COMPARED_TITLE, COMPARE, RECOMMENDED_IS = "The ways side by side", "Compare", "Recommended."
COMPARED = {
    "strengths": "Strengths",
    "batches": "Batches to make",
    "capsules": "Capsules for the schedule",
    "most": "Most capsules at one time",
    "tablets": "Tablets to crush",
    "drug_needed": "Drug needed",
    "drug_left_over": "Drug left over in powder",
    "capsules_left_over": "Capsules left over",
}
STOPPED = "stopped"
STOPPED_WAY = "{way}: a batch may not be made; see below."
#: The answer in one line, which may break only between these parts.
ANSWER = ("{days},", "from {first}", "to {last},", "{drug} of drug in all")
NEEDED = "{first} to {last}"

STRENGTHS = "You get capsules of {dose} of {form}."
CALENDAR = "Your calendar"
CALENDAR_HEAD = ("From", "To", "Days", "Dose", "Take")
CALENDAR_ONE = "Find the row for the day. Take as many capsules at one time as it says."
CALENDAR_SEVERAL = "Find the row for the day. Take only capsules of the strength in that row. Read it on the label."
CALENDAR_TOGETHER = (
    "Find the row for the day. Take all capsules in that row at one time, of each strength as many as it says. "
    "Read the strength on each label."
)
CALENDAR_END = "Do not move to the next row early. At the end of the calendar, ask your prescriber how to go on."
UNTIL = "Discard the capsules of {strengths} after {date}."
UNTIL_OPEN = "Discard the capsules of {strengths} after the date on their label ({date} at the latest)."
LATE = "Your calendar goes on after that date. Ask your pharmacist for fresh capsules before then."
FINGERPRINT = "{fingerprint} ({strength})"
CODE_ON_LABELS = "The label of each container carries the code of its batch."

#: The words around the rows of a schedule, and what is said of rows that were filled in.
ROWS = {
    "hint": "One step a row, in order: the dose taken at one time, and for how many days. Blank rows are skipped.",
    "fill": "Fill the rows by equal steps",
    "fill_hint": "As 0.5 mg, by 0.5 mg, 7 days, to 4.5 mg. A smaller last dose makes a taper. Rows typed before are "
    "replaced, and every row can be changed afterwards.",
    "fill_button": "Fill the rows",
    "step": "Step",
    "dose": "Dose",
    "days": "Days",
    "remove": "Remove",
    "remove_step": "Remove step {number}",
    "more": "Add rows",
}
FILLED_STEPS = {1: "1 step", 2: "{count} steps"}
FILLED_IN = "Filled in: {count}, {first} to {last} by {by}, {days} each."
LAST_STEP = "The last step is {step}, so that the last dose is {last} itself."

#: The order of work: what is entered in each step, in two short lines.
STEPS_OF, STEPS_OF_ONE = "{count} steps, {first} to {last}", "1 step, {first}"
BY_BATCH, BY_BATCH_HINT = "Batch by batch", "each batch's plan asks for its tablets"

#: Of what the doses are made, as the form offers it.
MADE_AS = {"": "capsules", "liquid": "an oral liquid"}
VOLUME_HINT = "Empty: what the schedule takes while the liquid may be used."
#: A titration from a liquid: its page, its calendar and its leaflet.
STOPPED_LIQUID = "The liquid may not be made; see below."
LIQUID_TITLE = "One liquid"
LIQUID_ABOUT = "Every dose is a volume of one liquid of {strength}, measured with an oral syringe."
LIQUID_FIGURES = {
    "needed": "Liquid for the schedule",
    "volume": "To make",
    "lasts": "Lasts until",
    "until": "Discard after",
    "tablets": "Tablets to crush",
    "portion": "Powder to weigh out",
    "drug": "Drug needed",
    "left": "Drug left over",
}
SPAN_OF_VOLUMES = "{low} to {high}"
SYRINGE = "{capacity} syringe, a mark at each {graduation}{between}"
SYRINGE_TIMES = "{capacity} syringe filled {times} times, a mark at each {graduation}{between}"
BETWEEN_MARKS = "; between two marks"
ALL_WITH = "Every dose is measured with the {syringe}."
TAKE_WITH = "{take}, with the {syringe}"
MEASURED_HEAD = ("From and to", "Take", "Dose", "Syringe", "In all")
OTHERS_TITLE, OTHERS_HEAD = "Strengths with every dose on a mark", ("Drug in 1 mL", "One syringe")
LABEL_HERE = "Print it here: a label printed with the plan of the batch says the first dose alone."
LIQUID_STRENGTH = "Each mL holds {strength} of {form}."
CALENDAR_SYRINGE = (
    "Find the row for the day. Measure its volume with the {capacity} syringe, a mark at each {graduation}."
)
CALENDAR_SYRINGES = "Find the row for the day. Measure its volume with the oral syringe that the row names."
LATE_LIQUID = "Your calendar goes on after this bottle. Ask your pharmacist for a fresh one in time."

#: One powder for the batches of a way.
COMMON_TITLE, COMMON_GROUP = "One powder for all batches", "One powder for all batches made today"
COMMON = (
    "Crush {tablets} once and take each batch's share of the powder. Weigh the tablets together first and enter them "
    "under Weigh: the portions follow."
)
COMMON_WEIGHED = (
    "Crush {tablets} once: {mass} of powder. Weigh each portion from it. The plan of each batch names the same "
    "tablets; do not crush them again."
)
COMMON_HEAD = ("Batch", "Share of the powder", "Powder to weigh out")
AFTER_WEIGHING = {True: "after weighing", False: "by a trituration, see its plan"}
OF_COMMON_POWDER = "one powder"
COMMON_LEFT = "Powder left over: {mass}."
WEIGHED_FOR_ALL = "for all batches"
COMMON_HINTS = {
    "tablets_weighed": "For all batches made today. Crushed once; each way says how many.",
    "total_mass": "All together, before crushing.",
}
