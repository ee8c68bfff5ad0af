"""The words for a liquid: its answer in one line, its figures, its label and leaflet."""

from __future__ import annotations

from calc.planning.codes import StepCode

#: The titles of the steps that work out strength and dose where they follow from what was typed.
STEPS_OF_LIQUIDS = {
    StepCode.STRENGTH_OF_TABLETS_USED: "Strength that the whole tablets make, by their label",
    StepCode.STRENGTH_AS_ORDERED: "Strength in the chemical form of the dose",
    StepCode.DOSE_OF_VOLUME: "Drug in the volume of one dose",
}
HEADLINE = "{volume} of {drug} {strength}"
IN_WORDS = "Each dose {dose}, each milliliter {strength}"
#: A strength as the drug in a volume, in 1 mL, and both; and an amount that is rounded.
IN_VOLUME, IN_ONE_ML, STRENGTH_IN_FULL = "{drug}/{volume}", "{drug} in 1 mL", "{strength} ({in_one_ml})"
ABOUT = "about {amount}"
ECHO = "{volume} with {strength} of {form}, for doses of {dose}, from {source}"
BEGIN_WHOLE = "Crush {tablets}, rinse all of the powder in"
BEGIN_UNWEIGHED = "Crush {tablets}, take {share} of the powder"
BEGIN_WEIGHED = "Crush {tablets}, weigh {portion} of the powder"
BEGIN_POWDER = {
    "powder": "Weigh {portion} of the bulk powder",
    "dilution": "Weigh {portion} of the dilution",
}
ANSWER = "{begin}, bring to {volume} with vehicle: one dose is {dose_volume}"
VEHICLE = "{vehicle} ({kind}). Keep it {storage}."
MATERIALS = f"Vehicle: {VEHICLE}"
KINDS = {
    ("yes", "no"): "with water, without preservative",
    ("yes", "yes"): "with water and preservative",
    ("no", "no"): "without water",
    ("no", "yes"): "without water",
}
#: The kind of a vehicle of which nobody knows it, and which its label may say otherwise.
COUNTS_AS = "counts as {kind}"
PART_READ = "{name} ({kind})"
MIX_FIRST, MEASURE_FIRST = "with {vehicle}, mixed first", "with {measured}, then {last}"
MEASURED = "{volume} {name}"
PART_OF_MIXED = "{volume} of {mixed} mixed"
BY_TABLE = "By the table of vehicles the vehicle {facts}."
SUGAR = {"yes": "is sugar-free", "no": "holds sugar"}
EXCIPIENTS = "contains {excipients}"
PART_EXPIRY = "{name} (part {number})"
STORED = {"refrigerator": "in the refrigerator", "room temperature": "at room temperature"}
HUMAN = "{doses} {days}. {bottles}"
ONE_BOTTLE = "The bottle holds {drug} in all."
EACH_BOTTLE = "Each of {count} bottles holds {drug} in all."
DOSES = {True: "1 dose of {volume} lasts", False: "{doses} doses of {volume} last"}
NO_DAY = "less than a day"

FIGURES = {
    "drug_needed": "Drug needed",
    "tablets_exact": "Tablets, exact",
    "tablets_to_crush": "Tablets to crush",
    "portion_share": "Part of the powder used",
    "portion": "Powder to weigh out",
    "drug_left_over": "Drug left over",
    "strength": "Drug in 1 mL",
    "dose": "Drug in one dose",
    "per_container": "Drug in one bottle",
    "bottle": "Bottle",
    "dose_volume": "Volume of one dose",
    "syringe": "Oral syringe",
    "mark_below": "Mark below the dose",
    "mark_above": "Mark above the dose",
    "doses": "Doses",
    "days": "Days that they last",
}
NOTHING_WEIGHED = "none"
SYRINGE = "{capacity}, a mark at each {graduation}"
SYRINGE_TIMES = "{capacity}, a mark at each {graduation}, filled {times} times"
MARK = "{volume} holds {dose} ({deviation})"

REVERSE = "Computed back from these figures the strength is {strength} ({deviation})."
NEARLY_WHOLE = (
    "Nearly whole tablets: {tablets} make {volume} of {strength} (deviation {deviation}), or {other_volume} of the "
    "{ordered} ordered, without a weighing."
)
SUSPENSION = "The powder of tablets does not dissolve: it is a suspension, even only while it has just been shaken."
BOUND_BY_DEFAULT = "the general limit for a liquid {kind}, {storage}"

PRODUCT = "{volume} of {form} {strength}, oral suspension"
PREPARATION = "{form} oral suspension, {release} release, to be taken by mouth"
FACTS = {
    "preparation": "Preparation",
    "strength": "Strength",
    "per_container": "In one bottle",
    "dose": "One dose",
    "quantity": "Quantity",
    "from": "Made from",
    "vehicle": "Vehicle",
}
STRENGTH = "{strength} of {form}"
PER_CONTAINER = "{drug} of {form} in {volume}"
ONE_DOSE = "{dose} = {dose_volume}"
QUANTITY = "{volume} in {bottles}"
VEHICLE_PLANNED = "to {volume}"
VEHICLE_NOTE = "{kind}. Color and smell: ____________"

LABEL_TITLE_LINE = "{form} {strength}"
LABEL_QUANTITY = "{volume} oral suspension"
LABEL_WHAT = "by mouth, {in_one_ml}{per_container} in all. One dose: {dose} = {dose_volume}.{contains}"
LABEL_WHAT_SHORT = "{in_one_ml}{per_container} in all. {dose} = {dose_volume}.{contains}"
#: On a label whose strength says something else than what is in 1 mL.
LABEL_IN_ONE_ML = "{in_one_ml}, "
SPAN_ON_LABEL = "{low} to {high}, by the calendar"
LABEL_SHAKE = "Shake well before each dose."
LABEL_TAKE = ("Take", "mL by mouth")
LABEL_STORE = {
    "refrigerator": "Keep in the refrigerator, 36 to 46 \u00b0F (2 to 8 \u00b0C). Do not freeze. Protect from light.",
    "room temperature": "Close tightly, protect from light, 68 to 77 \u00b0F (20 to 25 \u00b0C).",
}
LABEL_STORE_SHORT = {
    "refrigerator": "Refrigerate, 36 to 46 \u00b0F (2 to 8 \u00b0C). Do not freeze.",
    "room temperature": "68 to 77 \u00b0F (20 to 25 \u00b0C).",
}

LEAFLET_TITLE = "Your {drug} liquid"
LEAFLET_STRENGTH = "Each mL holds {drug} of {form}. One dose of {dose} is {dose_volume}."
LEAFLET_MADE = {
    **dict.fromkeys(
        ("tablet", "capsule"),
        "A pharmacy made this liquid for you from tablets. It lets the drug out at once (immediate release).",
    ),
    **dict.fromkeys(
        ("powder", "dilution"),
        "A pharmacy made this liquid for you from the drug. It lets the drug out at once (immediate release).",
    ),
}
LEAFLET_TAKE_LINES = (
    "Shake the bottle well before each dose. Measure with the oral syringe, never with a spoon.",
    "Take it by mouth, just as your prescriber told you. Do not take more. Do not give it to anyone else.",
    "Missed a dose? Ask your pharmacist. Do not take two doses at once.",
)
LEAFLET_TAKE = "How to take it"
LEAFLET_KEEP = "How to keep it"
LEAFLET_KEEP_LINES = {
    "refrigerator": "Keep it in the refrigerator. Do not freeze it.",
    "room temperature": "Keep it at room temperature, 20 to 25 \u00b0C (68 to 77 \u00b0F).",
}
LEAFLET_KEEP_MORE = ("Close the bottle tightly. Protect it from light. Keep it out of reach of children.",)
LEAFLET_UNTIL = "Discard it after {date}."
LEAFLET_UNTIL_OPEN = "Discard it after the date on the label ({date} at the latest)."

WHOLE_HEAD = ("Tablets", "Volume", "Doses", "Days")
STRENGTHS_HEAD = ("Drug in 1 mL", "One dose", "Syringe")
HINTS = {
    "dose": "What is taken at one time, in mg or mL.",
    "strength": "For 5 mg/mL enter 5 mg, or 25 mg/5 mL, or 2 % (2 g in 100 mL).",
    "source-capsules_used": "All of so many capsules, in place of a strength: it follows from the volume.",
    "source-tablets_used": "All of so many tablets, in place of a strength: it follows from the volume.",
    "volume": "What the whole is brought to.",
    "vehicle-name": "As on its label.",
    "vehicle-aqueous": "Of a mixed vehicle: as its parts are.",
    "vehicle-preserved": "One that works in it. Of a mixed vehicle: if every part with water has one.",
    "vehicle-parts-0-name": "As on its label. The name above may then stay empty.",
    "vehicle-parts-0-share": "For 1:1 enter 1 in each part. Or volumes:",
    "vehicle-parts-0-volume": "What is measured of it first.",
    "vehicle-parts-0-to_volume": "For the one part that brings the whole to volume.",
    "vehicle-storage": "Empty: refrigerator where there is water, else room temperature.",
    "syringes-0-capacity": "Empty: 1 mL in 0.01, 3 mL in 0.1, 5 mL in 0.2 and 10 mL in 0.5 mL.",
    "prepared_on": "As 2027-05-31. Empty: today.",
}
