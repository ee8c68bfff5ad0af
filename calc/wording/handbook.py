"""The words of the reference pages: formulas, limits, the file of a drug, the published figures."""

from __future__ import annotations

METHODS, LIMITS, EVIDENCE = "Every formula", "Every limit and default", "Evidence"
#: The subjects of the rules in the order of the work, by module.
SUBJECTS = {
    "tablets": "From tablets to the powder to weigh out",
    "forms": "Two chemical forms of one drug",
    "bulk": "Bulk powder",
    "weighing": "The balance",
    "triturations": "Triturations",
    "dilutions": "The search for a trituration",
    "capsules": "What goes into a capsule",
    "blending": "Blending",
    "checks": "Checks that leave with the batch",
    "offers": "Ways to make it",
    "beyond_use": "Beyond-use dates",
    "spread": "How sure the dose is",
    "samples": "Capsules that were made",
    "titration": "Titration",
    "ingredients": "Further ingredients",
    "liquids": "Oral liquids",
}
#: Units in an equation of units, by code, if they are not written there by their printed name.
UNITS = {"1": "ratio", "%": "%", "{capsule}/{tablet}": "capsule/tablet", "/d": "1/day"}

HOW_PROVED = (
    "Each formula names the unit of every argument and of its result. When the program starts, before it answers "
    "anything, pint, a library that calculates with units, works each formula on those units: the units must come out "
    "as declared, or the program does not start. Then the same bare numbers are worked without units, and both answers "
    "must agree: so no g stands where mg was meant, and no percent where a ratio was."
)
HOW_COMPUTED = (
    "All arithmetic is on exact fractions. Rounding comes afterwards, once, to what can be counted or weighed. The "
    "numbers of each example were computed by the formula itself when this page was made, and once more by pint. A "
    "ratio is a plain number, as is any number written in a formula."
)
#: A text that speaks of certain doses: whether they have a least and a most one, and whether it is one dose.
TOLD_AT = {
    (True, True, True): "At {low}: {text}",
    (True, True, False): "From {low} to {high}: {text}",
    (True, False, False): "From {low} on: {text}",
    (False, True, False): "Up to {high}: {text}",
}
COUNT = "{formulas} formulas in {subjects} subjects."
OTHER_RULES = "Rules that are no single equation"

LIMITS_LEAD = (
    "What lies outside a range is a fault of its field; what passes a bound is a stop, a notice or a choice of the "
    "plan, as its reason says. A bound includes its own value. Ratios are plain numbers: 0.1 is 10 %."
)
FIELDS, CHECKED_FIELDS = "What each field of an order takes", "What each field of a check on capsules takes"
LIQUID_FIELDS, LIQUID_DEFAULTS = "What an order of a liquid takes besides", "What a liquid means where it says nothing"
BOUNDS, DEFAULTS, OTHERS = "Bounds that the rules use", "What an order means where it says nothing", "Besides"
BENCH_FIELDS = "What is taken of amounts typed at the bench"
BENCH_ENTRIES = {"mass": "A mass", "count": "A count", "volume": "A volume"}
LABEL_TEXTS, AT_MOST = "How long the texts on a label may be", "{longest} characters at most"
LABEL_NAMES = {
    "pharmacy.name": "Name of the pharmacy (a setting)",
    "pharmacy.address": "Address of the pharmacy (a setting)",
    "pharmacy.phone": "Phone of the pharmacy (a setting)",
    "label.patient": "Patient",
    "label.rx_number": "Prescription number",
    "label.prescriber": "Prescriber",
    "label.directions": "Directions",
    "label.pharmacist": "Pharmacist",
}
DRUG_LIMITS, DATES = "{drug}: doses and defaults", "Longest beyond-use dates"
FROM_TO = "{low} to {high}"
#: Names of fields that no message names alone.
FIELD_NAMES = {
    "beyond_use.studies.days": "Days that a published study gives",
    "beyond_use.studies.hours": "Hours that a published study gives",
    "schedule.days": "Days of one step of a titration",
    "ingredients.amount": "Mass of an ingredient",
    "ingredients.volume": "Volume of an ingredient",
    "ingredients.packing_statistic": "Ingredient in one shell",
    "vehicle.parts.share": "Shares of a part of a mixed vehicle",
    "vehicle.parts.volume": "Volume of a part of a vehicle",
    "syringes.capacity": "Capacity of an oral syringe",
    "syringes.graduation": "From mark to mark on an oral syringe",
}
SYRINGE = "{capacity} in {graduation}"
OF_THE_DRUG = "the drug's file"
DAYS_AND_STORAGE = "{days} days, {storage}"
#: Descriptions of the other names in `calc.limits`.
OTHER_LIMITS = {
    "FEWEST_NDC_DIGITS": "Fewest digits of an NDC",
    "MOST_NDC_DIGITS": "Most digits of an NDC",
    "LONGEST_TEXT": "Most characters of a typed text",
    "LONGEST_AT_BENCH": "Most characters of a text typed at the bench",
    "MOST_AT_BENCH": "Most names in an address of what is typed at the bench",
    "LONGEST_VEHICLE": "Most characters of the name of a vehicle",
    "SCHEDULE_STEPS": "Most steps of the schedule of a titration",
    "DOSES_PER_DAY": "Doses a day of a titration or a liquid that does not say",
    "MOST_REFILLS": "Most refills on a label",
    "MOST_STUDIES": "Most published dates that an order names",
    "MOST_INGREDIENTS": "Most ingredients besides drug, diluent and vehicle",
    "MOST_PARTS": "Most parts of a mixed vehicle",
    "MOST_SYRINGES": "Most oral syringes that an order of a liquid names",
    "STORAGE_AQUEOUS": "Storage of a liquid with water that does not say",
    "STORAGE_FROZEN": "Storage that the longest dates say nothing of",
    "STORAGE_NONAQUEOUS": "Storage of a liquid without water that does not say",
    "DEFAULT_DRUG": "The drug of an order that names none",
    "CAPSULE_CLASS": "The class of beyond-use dates of capsules of powder",
    "REFERENCE_BRAND": "Shells whose table is used where an order names no brand",
    "FAR_YEARS": "Years after the making from which on an expiry is a notice",
    "EARLIEST_DATE": "The earliest date that is read",
    "LATEST_DATE": "The latest date that is read",
    "SELF_CHECK_MINUTES": "Minutes before one who works alone reads her own batch again for its release",
    "LONGEST_REMARK": "Most characters of a remark in the record",
    "SHORTEST_REMARK": "Fewest different characters of a remark in the record",
    "LONGEST_PRINTED": "Most characters of a name read from a label",
    "MOST_LOTS": "Most lots of one component in a batch",
    "MOST_CONTAINERS": "Most containers of one dispensing",
    "MOST_PRINTED": "Most labels or sheets noted at once",
    "MOST_LINES": "Most lines of a label kept with its batch",
    "MOST_ATTEMPTS": "Readings that differ, after which a batch is held",
}

DOSE_LIMITS = {
    "absolute_low": ("Least dose", "below it an order is stopped, and nothing overrides it"),
    "notice_low": ("Reason needed below", "below it a dose needs a reason"),
    "usual_low": ("Usual from", "below it a dose is a notice"),
    "usual_high": ("Usual to", "above it a dose needs a reason"),
    "tenfold_above": ("Tenfold slip looked for above", "above it the question is whether a tenth was meant"),
    "absolute_high": ("Never reached", "from it on an order is stopped, and nothing overrides it"),
}
DRUG_DEFAULTS = {
    "default_strength": ("Strength of a tablet", "where an order does not say"),
    "default_size": ("Capsule size", "where an order does not say"),
    "default_basis": ("Chemical form", "that dose and strength are stated in where an order does not say"),
}

DRUG = "{name}: what is known here"
NAMES, ALSO, CONFUSED, MARKETED = "Names", "Also called", "Easily confused with", "Taken from"
MARKETED_AS = "{strength} tablets, {release} release, where an order does not say."
FORMS = "Chemical forms"
DOSES, BANDS, AS_FORM = "Doses", "Named bands of doses", "Stated as {form}."
BELOW, FROM = "below {high}", "from {low}"
PRODUCTS, ACCEPTED, REFUSED = "Products", "may be crushed", "refused"
PRODUCT = "{strength}, {release} release: {verdict}"
NDC, CONTAINS = "NDC {ndc}", "Contains {excipients}."
AVOIDED, EVIDENCE_IS = "Diluents that need a reason", "Evidence: {evidence}."
CAUTIONS, SCREENING, YES = "Cautions", "Screening before release", "If yes: {yes}"
NOTED = "{what}: to be written down then."
SEVERITIES = {"warning": "Warning", "caution": "Caution", "information": "Information"}
STUDIES, STUDY = "Stability studies", "{preparation}: {days} days, {storage}"
PREPARATIONS = {"capsule": "Capsules", "liquid": "Oral liquid"}
WITH = "With {diluents}."
OF_LIQUIDS = "Counts for liquids of {strength} in 1 mL {kind}, kept so: {kept}."
KINDS_OF_LIQUID = {
    "nonpreserved_aqueous": "with water and without a preservative",
    "preserved_aqueous": "with water and a preservative",
    "oral_liquid_nonaqueous": "without water",
}
LABEL_WARNINGS = "Warnings on the label"
VEHICLES = "Vehicles"
FACTS = ("aqueous", "preserved", "sugar_free")
OF_VEHICLE = {
    ("aqueous", "yes"): "with water",
    ("aqueous", "no"): "without water",
    ("aqueous", ""): "whether with water is not known",
    ("preserved", "yes"): "preserved",
    ("preserved", "no"): "not preserved",
    ("preserved", ""): "a preservative is not known",
    ("sugar_free", "yes"): "sugar-free",
    ("sugar_free", "no"): "with sugar",
    ("sugar_free", ""): "sugar is not known",
}
VEHICLE_CONTAINS = "contains {excipients}"
