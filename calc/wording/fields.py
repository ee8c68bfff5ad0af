"""The names of the fields of an order, on the page, in messages and on paper, and the hints under them."""

from __future__ import annotations

from calc.wording.ingredients import FIELDS as FIELDS_OF_AN_INGREDIENT

#: The two forms of a drug without a file.
FIELDS_OF_FORMS = {
    "forms": "Two forms of the drug",
    "forms.dose": "Form of dose and strength",
    "forms.source": "Form on the label of tablets or powder",
    "forms.dose_molar_mass": "Molar mass of the form of the dose",
    "forms.source_molar_mass": "Molar mass of the form on the label",
    "forms.dose_equals": "Amount of the form of the dose",
    "forms.source_equals": "Equal amount of the form on the label",
}
#: The parts of a published date.
OF_A_STUDY = {
    "days": "days",
    "hours": "hours",
    "storage": "storage",
    "container": "container",
    "kind": "what it is",
    "stability_indicating": "stability-indicating assay",
    "microbial": "microbial test",
    "reference": "reference",
}
LABELS = {
    "": "The order",
    "preparation": "Preparation",
    "drug": "Drug",
    "drug.name": "Name of another drug",
    "dose": "Dose",
    "quantity": "Number of capsules",
    "dose_basis": "Dose stated as",
    **FIELDS_OF_FORMS,
    "allowance": "Allowance for loss",
    "extra_capsules": "Extra capsules",
    "prepared_on": "Date of making",
    "internal_number": "Batch number",
    "formulation": "Published formula",
    "crushing_loss": "Crushing loss kept in reserve",
    "source": "Tablets or powder",
    "source.kind": "Made from",
    "source.strength": "Strength of one tablet",
    "source.release": "Release of the tablets",
    "source.tablets_weighed": "Tablets weighed",
    "source.total_mass": "Mass of these tablets together",
    "source.weighed_on": "Weighed on",
    "source.tablets_crushed": "Tablets to crush",
    "source.crushed_mass": "Mass of the tablets to crush together",
    "source.common_powder": "Powder common to several batches",
    "source.least_tablets": "Fewest tablets to crush",
    "source.recovered_mass": "Powder recovered from the mortar",
    "source.maker": "Maker of tablets or powder",
    "source.ndc": "NDC of the tablets",
    "source.lot": "Lot of tablets or powder",
    "source.expiry": "Expiry of tablets or powder",
    "source.basis": "Chemical form of the powder",
    "source.assay": "Assay of the bulk powder",
    "source.assay_basis": "Assay stated",
    "source.contents": "Contents of the capsules",
    "source.capsules_weighed": "Capsules weighed",
    "source.full_mass": "Mass of these capsules together, full",
    "source.shells_mass": "Mass of the same shells, empty",
    "source.drug_in_gram": "Drug in 1 g of the dilution",
    "source.discard_after": "Discard the dilution after",
    "source.water": "Water in the bulk powder",
    "source.packing_statistic": "Bulk powder in one shell",
    "source.packing": "Shells filled with bulk powder",
    "source.packing.bodies": "Number of shells filled with bulk powder",
    "source.packing.total": "Mass of all shells filled with bulk powder",
    "source.packing.shells": "The same shells empty (bulk powder)",
    "balance": "Balance",
    "balance.readability": "Readability of the balance",
    "balance.sensitivity": "Sensitivity requirement",
    "balance.tolerated_error": "Tolerated error",
    "balance.repeatability": "Repeatability (standard deviation)",
    "balance.minimum": "Minimum weight of the certificate",
    "capsule": "Capsule",
    "capsule.size": "Capsule size",
    "capsule.brand": "Brand of the shells",
    "capsule.shell_mass": "Mass of one empty shell",
    "capsule.shells": "Empty shells",
    "capsule.shells.number": "Number of empty shells weighed",
    "capsule.shells.total": "Mass of these empty shells together",
    "capsule.fill_mass": "Fill mass of one capsule",
    "capsule.lot": "Lot of the shells",
    "capsule.expiry": "Expiry of the shells",
    "ingredients": "Ingredients",
    "diluent": "Diluent",
    "diluent.name": "Diluent",
    "diluent.packing_statistic": "Diluent in one shell",
    "diluent.packing": "Shells filled with diluent",
    "diluent.packing.bodies": "Number of shells filled with diluent",
    "diluent.packing.total": "Mass of all shells filled with diluent",
    "diluent.packing.shells": "The same shells empty (diluent)",
    "diluent.lot": "Lot of the diluent",
    "diluent.expiry": "Expiry of the diluent",
    "tablet_powder": "Tablet powder",
    "tablet_powder.packing_statistic": "Tablet powder in one shell",
    "tablet_powder.packing": "Shells filled with tablet powder",
    "tablet_powder.packing.bodies": "Number of shells filled with tablet powder",
    "tablet_powder.packing.total": "Mass of all shells filled with tablet powder",
    "tablet_powder.packing.shells": "The same shells empty (tablet powder)",
    "beyond_use": "Beyond-use date",
    "beyond_use.counting": "Day of making counted as",
    "beyond_use.storage": "Storage of the capsules",
    "beyond_use.studies": "Published dates",
    "beyond_use.studies.0": "Publication 1",
    **{f"beyond_use.studies.0.{name}": f"Publication 1, {said}" for name, said in OF_A_STUDY.items()},
    "screening": "Screening",
    "screening.opioids": "Any opioid in the last 14 days",
    "screening.liver_disease": "Liver disease",
    "assessment": "Questions on this drug",
    "assessment.may_be_crushed": "May it be crushed or opened",
    "assessment.hazardous": "Hazardous to handle",
    "assessment.narrow_index": "Narrow therapeutic index",
    "assessment.stability_supported": "Stability supported by a source",
    "acknowledgements": "Overrides",
    "paper": "Paper",
    "label": "Label",
}
#: The name of the water of bulk powder, by how its assay is stated: as the certificate calls it.
WATER_LABELS = {"dried": "Loss on drying of the bulk powder"}
#: Fields of a liquid alone; its other fields are those of an order of capsules.
LIQUID_LABELS = {
    "strength": "Strength of the liquid (in 1 mL)",
    "source.tablets_used": "Tablets used whole",
    "source.capsules_used": "Capsules used whole",
    "volume": "Volume to make",
    "doses_per_day": "Doses a day",
    "vehicle": "Vehicle",
    "vehicle.name": "Vehicle",
    "vehicle.aqueous": "Water in the vehicle",
    "vehicle.preserved": "Preservative in the vehicle",
    "vehicle.storage": "Storage of the liquid",
    "vehicle.lot": "Lot of the vehicle",
    "vehicle.expiry": "Expiry of the vehicle",
    "vehicle.parts": "Parts of the vehicle",
    "syringes": "Oral syringes",
}
_SYRINGE = {"capacity": "capacity", "graduation": "graduation"}
_PART = {
    "name": "name",
    "share": "share",
    "volume": "volume",
    "to_volume": "to volume",
    "aqueous": "water in it",
    "preserved": "preservative in it",
    "lot": "lot",
    "expiry": "expiry",
}
#: Fields of a titration alone; its other fields are those of an order of capsules, under `order`.
TITRATION_LABELS = {
    "schedule": "Schedule",
    "start": "First day of taking",
    "order": "The order of every batch",
    "way": "Way of taking",
    "common_powder": "Tablets weighed for all batches",
    "common_powder.tablets_weighed": "Tablets weighed for all batches",
    "common_powder.total_mass": "Mass of these tablets together, for all batches",
    "fill": "Steps to fill in",
    "fill.from": "First dose",
    "fill.by": "Up or down by",
    "fill.days": "Days of each step",
    "fill.to": "Last dose",
}
_STEP = {"dose": "dose", "days": "days"}
_ACKNOWLEDGEMENT = {"code": "what is overridden", "value": "value", "reason": "reason"}
#: Lists by name: the name of one item, and the names of its fields.
_LISTS = {
    "schedule": ("Step", _STEP),
    "acknowledgements": ("Override", _ACKNOWLEDGEMENT),
    "syringes": ("Syringe", _SYRINGE),
    "vehicle.parts": ("Vehicle part", _PART),
    "beyond_use.studies": ("Publication", OF_A_STUDY),
    "ingredients": ("Ingredient", FIELDS_OF_AN_INGREDIENT),
}


def label(path: str) -> str:
    """Return the name of the field at a dotted path; an unknown field is quoted as it was written.

    >>> label("source.total_mass"), label("acknowledgements.1.reason")
    ('Mass of these tablets together', 'Override 2, reason')
    >>> label("schedule.0.days"), label("order.source.strength"), label("vehicle.parts.1.share")
    ('Step 1, days', 'Strength of one tablet', 'Vehicle part 2, share')
    """
    if path in LABELS or path in TITRATION_LABELS or path in LIQUID_LABELS:
        return LABELS.get(path) or TITRATION_LABELS.get(path) or LIQUID_LABELS[path]
    if path.startswith("order."):
        return label(path.removeprefix("order."))
    for listed, (item, fields) in _LISTS.items():
        number, _, field = path.removeprefix(f"{listed}.").partition(".")
        if path.startswith(f"{listed}.") and number.isdecimal() and len(number) < 4:
            name = f"{item} {int(number) + 1}"
            return name if not field else f"{name}, {fields.get(field, field[:40])}"
    return f"\u201c{path[:60]}\u201d"


_TOGETHER = "All of them on the balance at once."
_SHELLS = "Their mass. If this is left blank: the balance was tared with them."
#: Hints under the labels: how to fill in a field, and its default.
HINTS = {
    "quantity": "1 to 1,000.",
    "source.strength": "Empty: 50 mg for naltrexone.",
    "source.tablets_weighed": "Count them. More may be weighed than are crushed.",
    "source.tablets_crushed": "Empty: as many as the batch needs, with its reserve and the fewest that you crush.",
    "source.crushed_mass": "If they are not all of those weighed.",
    "source.least_tablets": "1 to 20, for your bench. One tablet may hold more or less than the mean. Empty: 3.",
    "source.common_powder": "Of the batches of a schedule: crushed once for all of them.",
    "source.total_mass": "All together, before crushing.",
    "screening.opioids": "Tramadol, codeine cough medicine, buprenorphine, methadone and opioid antidiarrheals count.",
    "screening.liver_disease": "Acute hepatitis and liver failure above all.",
    "source.kind": "Commercial tablets or capsules, or powder.",
    "source.contents": "Only powder is crushed.",
    "source.capsules_weighed": "All of them are opened.",
    "source.shells_mass": "Brushed clean, both halves.",
    "source.drug_in_gram": "10 mg for 10 mg/g. No ratio: 1 in 100 is 10 mg/g.",
    "source.discard_after": "Its own date, where it was made here.",
    "source.assay": "By the certificate of analysis, 50 to 105 %.",
    "source.water": "By the certificate: water for an assay of the anhydrous substance, loss on drying for one of the "
    "dried. Leave it empty for an assay as is.",
    "source.packing_statistic": "Its packing statistic: what one shell holds of this powder alone. Or enter shells "
    "weighed together, below.",
    "source.packing.bodies": "1 to 30, usually ten. They are divided for you.",
    "source.packing.total": _TOGETHER,
    "source.packing.shells": _SHELLS,
    "diluent.packing_statistic": "Its packing statistic: what one shell holds of diluent alone. Or enter shells "
    "weighed together, below.",
    "diluent.packing.bodies": "1 to 30, usually ten. They are divided for you.",
    "diluent.packing.total": _TOGETHER,
    "diluent.packing.shells": _SHELLS,
    "tablet_powder.packing_statistic": "Its packing statistic: what one shell holds of tablet powder alone. Or enter "
    "shells weighed together, below. Left empty, it packs like the diluent, below 20 % of a capsule.",
    "tablet_powder.packing.bodies": "One to three will do: ten need ten tablets.",
    "tablet_powder.packing.total": _TOGETHER,
    "tablet_powder.packing.shells": _SHELLS,
    "capsule.fill_mass": "Instead of what shells hold, if your pharmacy fills to a mass.",
    "capsule.shell_mass": "Or enter shells weighed together, below. Empty: the table's.",
    "capsule.shells.number": "1 to 100, usually ten. They are divided for you.",
    "capsule.shells.total": "All of them on the balance at once.",
    "capsule.brand": "Volumes are known for Coni-Snap, ACG and Capsulcn. Empty: Coni-Snap.",
    "balance.readability": "Smallest step the balance shows. Empty: 1 mg.",
    "balance.sensitivity": "By sensitivity, with the tolerated error; 5 % if that is empty. Empty: 1 mg and 5 %.",
    "balance.repeatability": "Or by repeatability: its standard deviation.",
    "balance.minimum": "Or by the minimum weight on its certificate.",
    "allowance": "In percent of the capsules, 1 to 20. Empty: none.",
    "extra_capsules": "Or as a count.",
    "crushing_loss": "Tablets are chosen so that this much may be lost. Empty: 3 %.",
    "source.recovered_mass": "After crushing, if weighed.",
    "prepared_on": "As 2027-05-31. Empty: today.",
    "source.weighed_on": "Masses count only on the day of weighing. Empty: the date of making.",
    "internal_number": "Never a prescription number or a name.",
    "formulation": "Its key, as on /formulations; it changes no figure.",
    "source.expiry": "As on the pack: 2027-05, 05/2027 or 2027-05-31.",
    "diluent.expiry": "As on the pack.",
    "capsule.expiry": "As on the pack.",
    "beyond_use.studies.0.days": "Of this formula. A shorter date always holds. A longer one needs a monograph, or a "
    "study with a stability-indicating assay, a container and, with water, a microbial test.",
    "beyond_use.studies.0.hours": "Or hours, 1 to 240, counted from the making.",
    "beyond_use.studies.0.container": "As the study names it.",
    "beyond_use.studies.0.reference": "Who published it, as \u201cInt J Pharm Compd 2018;22:101\u201d.",
    "forms.dose": "As amlodipine.",
    "forms.source": "As amlodipine besylate.",
    "forms.dose_equals": "Instead of molar masses, as the label says it: 5 mg.",
    "forms.source_equals": "6.94 mg.",
    "drug.name": "Choose \u201canother drug\u201d in the list above too. Only the general rules are applied to it.",
}
