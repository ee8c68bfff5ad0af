"""The words of published formulations: the steps of their methods, and what a page and a paper say of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calc.faults import NoticeCode
from calc.formulation import MethodCode

#: What the source says is done, in our own words; a sheet's own steps are those of its plan.
METHOD: Mapping[MethodCode, str] = {
    MethodCode.CRUSH_TABLETS: "Crush the tablets to a fine powder.",
    MethodCode.CRUSH_WITH_ANTIOXIDANT: "Crush the tablets together with the ascorbic acid.",
    MethodCode.EMPTY_CAPSULES: "Empty the capsules.",
    MethodCode.TRITURATE: "Grind the contents fine.",
    MethodCode.BLEND_BY_GEOMETRIC_DILUTION: "Blend by geometric dilution, until it is even.",
    MethodCode.FILL_CAPSULES: "Fill the capsules.",
    MethodCode.DISPERSE_WHOLE_TABLETS: "Put the whole tablets into the water; do not grind them.",
    MethodCode.SHAKE_ONE_MINUTE: "Shake for one minute.",
    MethodCode.SHAKE_TWO_MINUTES_STAND_ONE_HOUR: "Shake for two minutes, and let stand for one hour.",
    MethodCode.MIX_VEHICLE_FIRST: "Mix the vehicle first.",
    MethodCode.PASTE_WITH_WETTING_AGENT: "Make a smooth paste with the wetting agent.",
    MethodCode.PASTE_WITH_VEHICLE: "Make a smooth paste with a little vehicle.",
    MethodCode.DISSOLVE_IN_WATER: "Add the powder to the water.",
    MethodCode.DISSOLVE_ANTIOXIDANT: "Dissolve the ascorbic acid tablet in it.",
    MethodCode.WET_WITH_ACID: "Grind the tablets with some of the citric acid, in solution.",
    MethodCode.ADD_IN_PORTIONS: "Add liquid in small portions.",
    MethodCode.ADD_BUFFER_AND_VEHICLE: "Add the buffer, then the vehicle.",
    MethodCode.ADD_VEHICLE: "Add the vehicle.",
    MethodCode.ADD_SYRUP: "Add the syrup.",
    MethodCode.MIX_IN_SYRINGE: "Mix with the liquid in a syringe.",
    MethodCode.RINSE_MORTAR: "Rinse the mortar with vehicle.",
    MethodCode.TO_VOLUME: "Bring to volume.",
    MethodCode.ADJUST_PH: "Adjust the pH.",
    MethodCode.MAY_BE_FILTERED: "It is gritty; it may be filtered.",
    MethodCode.SHAKE_BEFORE_USE: "Shake before each use.",
}

TITLE = "Published formulations"
LEAD = (
    "Facts of published formulas, in our own words, each with its source. They are no permission to make one: a "
    "pharmacist reads the source first. What nobody saw at the source is not filled in."
)
SEARCH, WORDS_ASKED, FORM_ASKED, FIND = "Search", "Drug, or any word", "Form", "Find"
FORMS: Mapping[str, str] = {"liquid": "Oral liquid", "capsule": "Capsules"}
EVERY_FORM = "Any form"
FOUND = "{shown} of {all} formulations."
NONE_FOUND = "No formulation here has that. Try a part of the drug's name, or any form."
#: What is wrong with what was typed into the search.
TOO_LONG, NO_FORM = "Type at most {longest} characters.", "Choose one of the forms in the list."
WHOLE: Mapping[bool, str] = {
    True: "Whole: strength, amounts, batch and a date were seen.",
    False: "Incomplete: it cannot be made from what was seen.",
}
MARKS: Mapping[str, str] = {"R": "Read at its source.", "A": "Second-hand: an abstract, a translation or a quotation."}
NOT_KNOWN = "Not known"
WHAT, CONTENTS, DATES, HOW = "What it is", "What goes into it", "How long it keeps, by storage", "How it is made"
CAUTIONS, DIFFERS, OPEN, SOURCE = "Cautions", "Where this program differs", "What is not known", "Source"
DRUG, FORM, STRENGTH, FROM, BATCH, CONTAINER = "Drug", "Form", "Strength", "Made from", "Batch", "Container"
COUNTED, OF_DRUG = "{count} of {strength}", "{drug} of the drug"
DERIVED: Mapping[str, str] = {
    "unit_strength": "The strength of one follows from the rest; it is not printed.",
    "count": "The number follows from the mass and the strength of one; it is not printed.",
    "drug": "The mass follows from the rest; it is not printed.",
    "volume": "The volume follows from the rest; it is not printed.",
}
KEEPS = "{place}: {lasts}"
PLACES: Mapping[str, str] = {
    "refrigerator": "Refrigerator",
    "room temperature": "Room temperature",
    "freezer": "Freezer",
}
DAYS, HOURS = "{number} days", "{number} hours"
KINDS: Mapping[str, str] = {"study": "A study", "monograph": "A monograph", "recipe": "A recipe: it proves no date"}
ASSAY: Mapping[str, str] = {
    "yes": "Stability-indicating assay: yes",
    "no": "Stability-indicating assay: no",
    "unknown": "Stability-indicating assay: not known",
}
GERMS: Mapping[str, str] = {
    "yes": "Germs looked for: yes",
    "no": "Germs looked for: no",
    "unknown": "Germs looked for: not known",
}
KEPT_IN = "Container: {container}"
DATES_ABOUT = (
    "A shorter date always binds. A longer one counts only by a monograph, or by a study with a stability-indicating "
    "assay, its container and, with water, a look for germs; else the general limit stands, and the plan's date is "
    "earlier than the one published."
)
HOW_ABOUT = "The source's steps. The sheet has those of the plan, with the figures of your tablets."
ASKS = "Asked for before it can be made: {names}."
MAKE, MAKE_ABOUT = "Make this", "Opens the order with all that the source fixes. It still asks for: {names}."
NO_ORDER = "An order cannot say this formulation yet; nothing is prefilled."
YEAR, READ_AT = "Year", "Read at {address}"

#: What an order says otherwise than the formulation that it names.
CHANGED: Mapping[str, str] = {
    "preparation": "the form",
    "drug": "the drug",
    "strength": "the strength",
    "source.kind": "what it is made from",
    "source.strength": "the strength of one tablet",
    "source.contents": "the contents of the capsules",
    "vehicle": "the vehicle",
    "ingredients": "the ingredients",
    "storage": "the storage",
    "beyond_use.studies": "the published dates",
}


def changes_said(changed: Any) -> str:
    """Return the names of what an order says otherwise, in words.

    >>> changes_said(("strength", "vehicle"))
    'the strength, the vehicle'
    """
    return ", ".join(CHANGED[name] for name in changed)


NOTICES = {
    NoticeCode.FORMULATION_NAMED: "The order names the published formula \u201c{title}\u201d ({key}). Read its source "
    "before it is made; every figure here is the plan's own.",
    NoticeCode.FORMULATION_CHANGED: "Changed from the published formula {key}: {changed}. What was published of it, "
    "its dates too, does not speak of this order.",
    NoticeCode.PELLETS_NAMED: "The pellets of the capsules are used, because the published formula that this order "
    "keeps says so. They stay whole, nothing grinds them, none is left behind: all of them hold what the label says.",
    NoticeCode.FORMULATION_INCOMPLETE: "The formula {key} is incomplete: not all of it was seen at its source, so this "
    "order cannot be compared with it.",
}
#: The same on papers that leave the pharmacy: followed, or not as it was published.
ON_LABEL: Mapping[bool, str] = {True: "Formula {key}.", False: "Formula {key}, changed."}
#: The same on a small label, with what every label says of a compounded drug.
SHORT_ON_LABEL: Mapping[bool, str] = {
    True: "Compounded by {name}. Rx only.",
    False: "Compounded by {name}, changed. Rx only.",
}
ON_LEAFLET: Mapping[bool, str] = {
    True: "It is made by a published formula: {title}.",
    False: "It is made after a published formula, with changes: {title}.",
}
