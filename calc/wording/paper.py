"""The words of the papers: headings and blanks of the preparation sheet, the label's lines, the leaflet's frame."""

from __future__ import annotations

from calc.faults import NoticeCode

TITLE = "Preparation sheet"
LANGUAGE = "en"
PLAN_ID = "Plan ID"
VERSION = "Triturate {version}"
PRODUCT = "{batch} of {form} {dose}"

WITH_A_REASON = "{what}: overridden. {reason}."
GENERAL_RULES = "No drug file: general rules only"

FACTS = {
    "preparation": "Preparation",
    "strength": "Strength",
    "quantity": "Quantity",
    "from": "Made from",
    "capsule": "Capsules",
    "diluent": "Diluent",
}
PREPARATION = "{form} capsules, {release} release, to be taken by mouth"
STRENGTH = "{dose} of {form} in each capsule"
QUANTITY_EXTRA = "{quantity}; {batch} are made, {extra} for loss"
MADE_FROM = "{tablets} of {strength}, {release} release"
MADE_FROM_BULK = "{source}"
CAPSULE = "size {size}{brand}"
CAPSULE_NONE = "no size chosen"

NO, YES = "No", "Yes"
CONFIRMED = "Prescriber spoken with:"
ON = "on"

TABLETS = "{form} tablets {strength}"
#: Name and note of a powder that is weighed as it is.
POWDERS = {
    "powder": (
        "{form}, bulk powder",
        "{assay}, by its certificate. Reference of the certificate: ____________",
    ),
    "dilution": ("{form}, dilution", "{assay}, by its label. Made here or bought, its batch: ____________"),
}
SHELLS = "Empty capsule shells{size}{brand}"
SHELLS_SIZE = ", size {size}"
BY_FORMULA = "by the formula below"
SHELLS_PLANNED = "{shells} shells"
CHARACTERISTICS = "Salt form: {basis}; 90 to 110 %"
DILUENT_CHARACTERISTICS = "Grade, particle size: as named; see certificate."
SHELL_CHARACTERISTICS = "Material and color: ____________"

UNSIGNED = "Not released: override unsigned"
SIGNED = "Every override above names who confirmed it, when and how."
CONFIRMED_BY = "Confirmed by {blank} on {blank}, how (by phone, in writing): {blank}"
MASTER_APPROVED = "Master formulation record approved by ________________ on ____________ changes ________________"

RULE = "General limit: {days} days. {reference}."
STUDY = "Study at hand: {reference}. {days} days. A longer study does not lengthen the date by itself."
#: How capsules are kept, by the storage chosen.
STORAGE = {
    "room temperature": "Store at 20 to 25 \u00b0C (68 to 77 \u00b0F) in a tight, light-resistant container.",
    "refrigerator": "Store at 2 to 8 \u00b0C (36 to 46 \u00b0F) in a tight, light-resistant container.",
    "freezer": "Store at -25 to -10 \u00b0C (-13 to 14 \u00b0F) in a tight, light-resistant container.",
}

NOTICES = "Read first"
PASSED = "Overridden"
STEPS_HEAD = ("Step", "Formula and numbers", "Result", "Reference")
STEPS_NOTE = "Each formula was checked by its units before the program started, and ran on exact fractions."
ORDER_HEAD = ("Field", "Value", "From")
#: Where a value of the order comes from; what nobody typed is never called typed.
TYPED, FILLED_IN, NOT_ANSWERED, CHOSEN, DEFAULT = "typed", "filled in", "not answered", "chosen", "default"
CODE_ALT = "DataMatrix code with the plan ID {plan_id} and the order"
REFERENCE_ALT = "DataMatrix code with the plan ID {plan_id} and the batch number"

LABEL_WHAT = "by mouth, {release} release.{contains}"
LABEL_WHAT_SHORT = "by mouth.{contains}"
LABEL_CONTAINS = " Contains {excipients}."
LABEL_NOT_RELEASED = "Not released"
LABEL_UNTIL = "Discard after {date}"
LABEL_UNTIL_OPEN = "Discard after: printed once the expiry of each component is known"
LABEL_BATCH = "Batch {number}"
LABEL_BATCH_OPEN = "Batch ______________"
LABEL_STORE = {
    "room temperature": "Close tightly, protect from light, 68 to 77 \u00b0F (20 to 25 \u00b0C).",
    "refrigerator": "Close tightly, protect from light, refrigerate, 36 to 46 \u00b0F (2 to 8 \u00b0C).",
    "freezer": "Close tightly, protect from light, freeze, -13 to 14 \u00b0F (-25 to -10 \u00b0C).",
}
LABEL_STORE_SHORT = {
    "room temperature": "68 to 77 \u00b0F (20 to 25 \u00b0C).",
    "refrigerator": "Refrigerate, 36 to 46 \u00b0F (2 to 8 \u00b0C).",
    "freezer": "Freeze, -13 to 14 \u00b0F (-25 to -10 \u00b0C).",
}
LABEL_COMPOUNDED = "Compounded drug. Rx only."
LABEL_TITLE_LINE = "{form} capsules {dose}"
LABEL_CHILDREN = "Child-resistant. Keep out of reach of children."
LABEL_CHILDREN_SHORT = "Keep out of reach of children."
LABEL_TITLE = "Label: {product}"
#: The lines of a label for one patient, by the names of their fields: the word before each.
LABEL_LINES = {
    "patient": "Patient",
    "rx_number": "Rx",
    "filled": "Filled",
    "refills": "Refills",
    "prescriber": "Prescriber",
    "pharmacist": "RPh",
}
#: The words between which the directions are written by hand.
LABEL_TAKE = ("Take", "by mouth")
LABEL_PHARMACY = {"name": "Pharmacy", "phone": "Phone"}

LEAFLET_TITLE = "Your {drug} capsules"
LEAFLET_STRENGTH = "Each capsule holds {dose} of {form}."
LEAFLET_MADE = "A pharmacy made these capsules for you from tablets. They let the drug out at once (immediate release)."
LEAFLET_TAKE = "How to take them"
LEAFLET_TAKE_LINES = (
    "Take them by mouth, just as your prescriber told you.",
    "Do not take more. Do not give them to anyone else.",
    "Missed a dose? Ask your pharmacist. Do not take two doses at once.",
)
LEAFLET_KEEP = "How to keep them"
LEAFLET_KEEP_AT = {
    "room temperature": "Keep them at room temperature, 20 to 25 \u00b0C (68 to 77 \u00b0F).",
    "refrigerator": "Keep them in the refrigerator, 2 to 8 \u00b0C (36 to 46 \u00b0F).",
    "freezer": "Keep them in the freezer, -25 to -10 \u00b0C (-13 to 14 \u00b0F).",
}
LEAFLET_KEEP_LINES = (
    "Close the container tightly. Keep them dry, and protect them from light.",
    "Keep them out of reach of children.",
)
LEAFLET_UNTIL = "Discard them after {date}."
LEAFLET_UNTIL_OPEN = "Discard them after the date on the label ({date} at the latest)."
LEAFLET_SOURCES = "Where this comes from"
LEAFLET_OWN = "Taking, keeping: customary advice of pharmacies; label of a tablet for the temperature."
LEAFLET_ASK = "Questions? Ask your pharmacist"
LEAFLET_PHONE = "Pharmacy and phone:"
LEAFLET_TAKE_BLANK = "Your directions:"

PAPER_NAMES = {"letter": "Letter", "a4": "A4"}
WITH_ANNEX = "{name}, with annex"
LABEL, LEAFLET = "Label", "Patient leaflet"
#: What a sheet that is not of the day of printing says on each page, the most pressing first.
MARKS = {
    NoticeCode.PAST_USE: "Not for making: past its date",
    NoticeCode.NOT_TODAYS_PLAN: "Not today\u2019s plan",
}
#: The verdicts on a paper, by their codes.
VERDICTS = {
    "follows": "This paper still follows from its order",
    "followed_before": "This paper follows from its order by the rules before this version",
    "otherwise": "This version plans the order otherwise, or the paper was changed",
    "compare": "Compare the plan ID with the sheet",
}
VERDICT_ADVICE = {
    "follows": "The figures that this program works out today are the ones that the paper was printed from.",
    "followed_before": "Its figures are right by the rules that it was printed with. Since then changed:",
    "otherwise": "Do not work from it. Open the plan, compare every figure, and print it again.",
    "compare": "The code of a label or leaflet holds no order. Find the sheet with this plan ID and batch number; scan "
    "the code of the sheet to have its figures worked out again.",
}
#: What changed since papers were printed that name no set of defaults, by the path of the default.
CHANGES = {
    "beyond_use.counting": "The day of making was counted as day 0. Now it is day 1, so that the last day of use is "
    "a day earlier.",
    "source.least_tablets": "One tablet was enough for a batch. Now three are crushed, unless fewer were chosen.",
    "vehicle.aqueous": "Every vehicle counted as one with water. Now the table of vehicles says of some that "
    "they are not.",
    "vehicle.preserved": "Every vehicle counted as not preserved. Now the table of vehicles says of some that "
    "they are.",
}
MAY_HAVE_CHANGED = "Since this paper was printed some rules have changed. Those that may touch it:"


def plan_id(fingerprint: str) -> str:
    """Return a fingerprint as people read it, in fours.

    >>> plan_id("QRSNISOMPGP5ZF7C")
    'QRSN ISOM PGP5 ZF7C'
    """
    return " ".join(fingerprint[start : start + 4] for start in range(0, len(fingerprint), 4))
