"""The words of the preparation sheet: its fields, boxes and checks by hand, its sections, and its annex."""

from __future__ import annotations

from calc.planning.bench import BenchStage

#: How a page names itself, in the bench pages and in the annex behind them.
PAGE, ANNEX_PAGE = "page {page} of {pages}", "annex, page {page} of {pages}"
BATCH, MADE, PLAN = "Batch", "Made", "Plan ID"
PHARMACY, ADDRESS = "Pharmacy", "Address, phone, license no."
SUBTITLE = "By mouth. From {source}."
FROM_TABLETS, FROM_BULK = "{strength} tablets", "{powder}"
NOT_OTHER = "{name}, not {others}."
#: What is written by hand above the work: each line's name and how many of eight columns it takes.
BY_HAND = (
    ("Rx number", 1),
    ("Patient", 3),
    ("Date of birth", 1),
    ("Prescriber", 3),
    ("Date ordered", 1),
    ("Directions", 4),
    ("Days\u2019 supply", 1),
    ("Master formulation record no.", 2),
)
#: What is written down of the equipment, by preparation: each line's name, its columns, and the step it belongs to.
EQUIPMENT = {
    "capsule": (
        ("Balance no., check due", 2, "level_balance"),
        ("Mortar no.", 1, ""),
        ("Plate no.", 1, "plate"),
        ("Room \u00b0F, % RH", 1, ""),
        ("Protective equipment", 2, "protect"),
        ("Time, from and to", 1, ""),
    ),
    "liquid": (
        ("Balance no., check due", 2, "level_balance"),
        ("Mortar no.", 1, ""),
        ("Measure no.", 1, ""),
        ("Room \u00b0F, % RH", 1, ""),
        ("Protective equipment", 2, "protect"),
        ("Time, from and to", 1, ""),
    ),
}


BEFORE_RELEASE = "Before release"
ASKED_BY = "Asked by"
ANSWERED_ON = "Answered {date}."
DISCARD = "Discard after, at the latest"
DISCARD_OPEN = "{by_pharmacist} ({limit}: {date})"
DISCARD_SOONER = "or the earliest component expiry ____ if sooner"
ASSIGNED, BY = "Assigned:", "by"

COMPONENT_HEAD = ("Component", "Planned", "Actual", "Maker, NDC, grade", "Lot", "Expires", "Made", "Checked")
CONTAINER, CONTAINER_NOTE = "Container and closure", "Tight, light-resistant, child-resistant. Type, size:"
MEASURED = "Measured {date}:"
TABLETS_MEASURED = "{tablets} {mass}, {mean} each."
CRUSHED_MEASURED = "Those crushed {mass}."
SHELL, SHELL_OF_TABLE = "Empty shell {mass}.", "Empty shell {mass} (table)."
PACKING = "In one shell: {what}."
PACKED_POWDER, PACKED_DILUENT = "powder {mass}", "diluent {mass}"
AS_ORDERED = "As ordered, not measured in this batch: {what}"
FILL_GIVEN = "Fill of one capsule {mass}, as given."
BALANCE = "Balance in steps of {step}."
LEAST = "Weigh nothing below {least}."
CAUTIONS = "Cautions."

#: The titles of sections that gather several stages, by the first of them.
SECTIONS = {
    BenchStage.GATHER: "Gather and identify",
    BenchStage.COUNT: "Count and weigh before crushing",
    BenchStage.FILL: "Fill and check",
    BenchStage.LABEL: "Label and clean",
}
SECTIONS_OF_LIQUID = {BenchStage.FILL: "Bottle and check"}
SECTION_HEAD = ("Target", "Actual", "Made", "Checked")
STOP_BEFORE_CRUSHING, STOP_BEFORE_WEIGHING = "STOP. Check before crushing", "STOP. Check before weighing out"
STOP_BEFORE_MIXING = "STOP. Check before mixing"
#: What is read at a check.
DRUG, STRENGTH, ASSAY, LOT, COUNT, MASS = "Drug", "Strength", "Assay", "Lot", "Count", "Mass"
POWDER, TRITURATION, DILUENT, DILUENT_LOT = "Powder", "Trituration", "Diluent", "Diluent lot"
VEHICLE, VEHICLE_LOT = "Vehicle", "Vehicle lot"
SIGNED = (("Initials", ""), ("Time", ""))
RANGE, AT_LEAST, WITHIN = "{low} to {high}", "{low} or more", ": within {share}"
FILL_OPEN, FILL_OPEN_ALIQUOT = "(powder + {mixed}) / {batch}", "(trituration + {mixed}) / {batch}"
LEFT_OF_DRUG = " ({left} of drug)"
MEAN, RSD = "Mean", "RSD"
MASS_BALANCE = "Mass balance: (made \u00d7 mean fill + blend left ____ g) / ({powder} + {mixed}). {balance}"

BACK, BACK_FIGURE = "Computed back from what was weighed", "{figure} ({deviation})"
#: What is ticked before release by preparation, in two lines: each with its choices.
RELEASE = {
    "capsule": (
        (("Weights", ("pass", "fail")), ("Made ____ of {made}", ()), ("Assay sent", ("no", "yes"))),
        (("", ("Leaflet given",)), ("Counseling", ("accepted", "declined"))),
    ),
    "liquid": (
        (("Made ______ of {made}", ()), ("Assay sent", ("no", "yes"))),
        (("", ("Leaflet given",)), ("Counseling", ("accepted", "declined"))),
    ),
}
DEVIATIONS = "Deviations, with reason and initials:"
REVIEWED = "Reviewed for completeness: calculations, weighings, checks, label, yield."
COMPLAINT = "Adverse event or complaint: call the pharmacy; number the report."
LABEL_PLACE = "Place one label here"
CODE_SAYS = "Scan at /paper: is this sheet still right?"
CODE_TALL = "The order is too long for its code, which holds the plan ID and the batch number alone."
RELEASE_HEAD = ("", "Name", "Initials", "Date", "Time")
RELEASE_ROWS = (("Made by", ""), ("Checked by", "second person"), ("Released by", "pharmacist"))
RETAIN = "Keep this sheet as the compounding record of the batch, with the labels of all components."

ANNEX = "Annex"
PREPARATION = "The preparation"
ARITHMETIC = "Every step of the arithmetic"
SURE = "How sure is the dose?"
DISCARD_DATE = "Beyond-use date and storage"
CAUTIONS_IN_FULL = "Cautions in full"
QUESTIONS = "Questions before release"
LABEL_TEXT = "Text of the label"
ORDER = "The whole order as understood"
