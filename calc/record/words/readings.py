"""The words of what a second person reads: the points, the things that are read, and the label of each value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class PointWords(NamedTuple):
    """A point: its title, what a match unlocks, and why the check stands there."""

    title: str
    unlocks: str
    why: str


POINTS = {
    "crushing": PointWords(
        "Check before crushing", "crushing is unlocked.", "Why now: crushing destroys the count of the tablets."
    ),
    "mixing": PointWords(
        "Check before mixing", "mixing is unlocked.", "Why now: once mixed, no part can be weighed again."
    ),
    "release": PointWords(
        "Check before release",
        "the batch can be released.",
        "Why now: after this nobody sees capsules and label side by side.",
    ),
}
#: The title of the check before the mixing of one step of a trituration.
OF_STEP = "Check before mixing, trituration step {step}"


def point_words(key: str) -> PointWords:
    """Return the words of a point; the mixing of a step of a trituration is named with its number.

    >>> point_words("mixing-2").title
    'Check before mixing, trituration step 2'
    """
    code, _, step = key.partition("-")
    words = POINTS[code]
    return words._replace(title=OF_STEP.format(step=step)) if step else words


class ThingWords(NamedTuple):
    """A thing that is read: its title, and how to read it."""

    title: str
    hint: str


#: The things in the order of the bench.
THINGS: Mapping[str, ThingWords] = {
    "prescription": ThingWords("Prescription", "Read the prescription itself, not the sheet"),
    "bottle": ThingWords("Bottle", "Read the stock bottle"),
    "container": ThingWords("Containers", "Read the label of each"),
    "tray": ThingWords("Tray", "Count them yourself"),
    "balance": ThingWords("Balance", "Zero, then put each on again"),
    "label": ThingWords("Label", "Read the label that was printed"),
}
#: What stands for the prescription of a batch that is made ahead.
REQUEST = ThingWords("Request", "Read the request for stock, not the sheet")


class ReadingWords(NamedTuple):
    """A value: its label, and how it is typed."""

    label: str
    hint: str = ""


_WITH_UNIT, _AS_WRITTEN, _AS_SHOWN = "Number and unit", "As written", "As the display shows, with its unit"
_WITH_BOAT = "In its boat, as the display shows, with its unit"
_ONE_LINE_EACH = "As printed; several: one on each line"
_DATE = "As printed, or as 11/29/2026 or 2026-11-29"
_NAME = "As printed, with brand and grade. Known names of one product are one; others match by letters and digits"
#: The hint of a mass that is weighed in its boat, whatever the mass is.
GROSS = _WITH_BOAT
#: Each value by the code of its label; masses by the code of their step.
READINGS: Mapping[str, ReadingWords] = {
    "drug": ReadingWords("Drug", _AS_WRITTEN),
    "form": ReadingWords("Form"),
    "dose": ReadingWords("Dose of one capsule", _WITH_UNIT),
    "dose_liquid": ReadingWords("One dose", "Number and unit, as a mass or as a volume"),
    "quantity": ReadingWords("Number of capsules", _AS_WRITTEN),
    "strength": ReadingWords("Strength of the liquid", "As 1 mg/mL"),
    "volume": ReadingWords("Volume", _WITH_UNIT),
    "source_drug": ReadingWords("Drug on the bottle", "As printed; its strength is asked for below"),
    "strength_of_tablet": ReadingWords("Strength of one tablet", _WITH_UNIT),
    "strength_of_capsule": ReadingWords("Strength of one source capsule", _WITH_UNIT),
    "immediate": ReadingWords("Immediate release?"),
    "drug_in_gram": ReadingWords("Drug in one gram", "As 10 mg/g"),
    "assay": ReadingWords("Assay", "With %, as on the certificate"),
    "water": ReadingWords("Water", "With %, as on the certificate"),
    "basis": ReadingWords("Drug form of the strength", "As printed: the salt or the base"),
    "lot": ReadingWords("Lot", _ONE_LINE_EACH),
    "expiry": ReadingWords("Expires", _ONE_LINE_EACH),
    "all_of_the_powder": ReadingWords("Powder in the mortar"),
    "counted_tablet": ReadingWords("Tablets on the tray"),
    "counted_capsule": ReadingWords("Source capsules on the tray"),
    "number_crushed": ReadingWords("Tablets set apart to crush"),
    "all_tablets": ReadingWords("Mass of the tablets together", _AS_SHOWN),
    "crushed_tablets": ReadingWords("Mass of those to crush", _AS_SHOWN),
    "full_capsules": ReadingWords("Mass of the source capsules together", _AS_SHOWN),
    "empty_shells": ReadingWords("Mass of their shells, empty", _AS_SHOWN),
    "portion": ReadingWords("Powder weighed out", _AS_SHOWN),
    "ingredient": ReadingWords("Ingredient", _AS_SHOWN),
    "diluent": ReadingWords("Diluent", _AS_SHOWN),
    "trituration_powder": ReadingWords("Powder for the trituration", _AS_SHOWN),
    "trituration_diluent": ReadingWords("Diluent of the trituration", _AS_SHOWN),
    "aliquot": ReadingWords("Aliquot of the trituration", _AS_SHOWN),
    "boat": ReadingWords("Boat no.", "As written on the boat"),
    "zeroed": ReadingWords("Was the pan back to zero?"),
    "size": ReadingWords("Size of the shells", "As printed"),
    "name_of_diluent": ReadingWords("Name", _NAME),
    "name_of_vehicle": ReadingWords("Name", _NAME),
    "name_of_ingredients": ReadingWords("Name", _NAME),
    "bottles": ReadingWords("Bottles filled"),
    "made": ReadingWords("Capsules on the tray"),
    "label_number": ReadingWords("Batch no. on the label", "Scan or type"),
    "label_drug": ReadingWords("Drug on the label", "As printed"),
    "label_strength": ReadingWords("Strength on the label", _WITH_UNIT),
    "label_quantity": ReadingWords("Quantity on the label", "As printed"),
    "label_until": ReadingWords("Discard after", _DATE),
}
#: What stands before the label of a value that one of several components has.
OF_COMPONENT = {
    "source": "Source of the drug",
    "container": "Container",
    "diluent": "Diluent",
    "capsule": "Shells",
    "vehicle": "Vehicle",
    "vehicle.parts": "Vehicle part {number}",
    "ingredients": "Ingredient {number}",
}


#: What the source of the drug is called, by its kind.
SOURCES = {"tablet": "Tablets", "capsule": "Source capsules", "powder": "Bulk powder", "dilution": "Dilution"}


def component_words(path: str, source: str = "") -> str:
    """Return the name of a component by its path in the order; `source` is the kind of source, where it is known.

    >>> component_words("vehicle.parts.1"), component_words("source", "tablet"), component_words("source")
    ('Vehicle part 2', 'Tablets', 'Source of the drug')
    """
    if path == "source" and source:
        return SOURCES[source]
    name, _, place = path.rpartition(".")
    if not place.isdecimal():
        return OF_COMPONENT[path]
    return OF_COMPONENT[name].format(number=int(place) + 1)


def upper_first(text: str) -> str:
    """Return a text as it begins a sentence or stands in a list."""
    return f"{text[:1].upper()}{text[1:]}"


def shells_said(shells: int) -> str:
    """Return a number of shells in words.

    >>> shells_said(1), shells_said(10)
    ('1 shell', '10 shells')
    """
    return f"{shells} shell{'s' * (shells != 1)}"


def of_shells(mass: str, shells: int | None) -> str:
    """Return a mass with the number of shells that it is of, if several can be weighed together.

    >>> of_shells("0.330 g", 2), of_shells("0.480 g", None)
    ('0.330 g of 2 shells', '0.480 g')
    """
    return mass if shells is None or not mass else f"{mass} of {shells_said(shells)}"


def lower_first(text: str) -> str:
    """Return a text as it stands within a sentence."""
    return f"{text[:1].lower()}{text[1:]}"
