"""Form fields: a quantity with its unit, a choice, a text, and groups of fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import UnboundField

from calc import limits
from calc.arithmetic.units import G_PER_MOL, MG, ML, PERCENT
from calc.drug import Drug
from calc.library import Library
from calc.orders.parts import BulkPowder, Packing, TabletsOfLiquid
from calc.orders.query import Fields
from calc.orders.studies import PLACES, PublishedDate
from calc.reading.dates import ISO_DATE, peek_date
from calc.reading.numbers import parted
from calc.reading.strengths import parted_as
from calc.service.preparations import PREPARATIONS
from calc.web.forms.query import ANOTHER_DRUG, MORE
from calc.wording.assessment import QUESTIONS as QUESTIONS_ON_A_DRUG
from calc.wording.fields import HINTS, WATER_LABELS, label
from calc.wording.opened import told_of_capsules

MASS_UNITS = ("mg", "g", "mcg")
PERCENT_UNITS = ("%",)
#: The units offered for a quantity, by its base unit; the first is preselected.
UNITS = {MG: MASS_UNITS, ML: ("mL", "L"), PERCENT: PERCENT_UNITS, G_PER_MOL: (G_PER_MOL.one,)}
#: The preselected unit of fields that are not usually in mg.
USUAL_UNIT = {
    "source-total_mass": "g",
    "source-crushed_mass": "g",
    "source-recovered_mass": "g",
    "capsule-shells-total": "g",
    **{f"{part}-packing-{name}": "g" for part in limits.PACKED for name in ("total", "shells")},
}
#: The names of all fields that take a number, in any preparation.
_NUMBERS = frozenset(
    name for each in PREPARATIONS.values() for names in (each.query.counts, each.query.quantities) for name in names
)
#: The names of the fields that take a whole date.
DAYS = frozenset({"prepared_on", "source-weighed_on", "source-discard_after"})
#: Before the number of a published date in the names of its fields, and the names that follow it.
STUDIES, OF_A_STUDY = "beyond_use-studies", tuple(PublishedDate.model_fields)
#: The fields at which a part without a field of its own is told of.
_TOLD_AT = {
    "vehicle-parts": "vehicle-parts-0-name",
    STUDIES: f"{STUDIES}-0-{OF_A_STUDY[0]}",
    "ingredients": "ingredients-0-name",
    "forms": "forms-dose",
    **{part: f"{part}-total" for part in ("capsule-shells", *(f"{powder}-packing" for powder in limits.PACKED))},
}
#: Fields that are typed one after the other and say nothing alone: while one of two is blank, nothing is wrong yet.
TYPED_TOGETHER = (
    ("source-tablets_weighed", "source-total_mass"),
    ("diluent-packing_statistic", "tablet_powder-packing_statistic"),
    ("capsule-shells-number", "capsule-shells-total"),
    *((f"forms-dose_{name}", f"forms-source_{name}") for name in ("molar_mass", "equals")),
    *((f"{part}-packing-bodies", f"{part}-packing-total") for part in limits.PACKED),
)
#: The one field of tablets that a form has only where it is filled in: a schedule does so.
COMMON_POWDER = "source-common_powder"
#: The fields of tablets, put away once bulk powder is chosen.
OF_TABLETS = (
    COMMON_POWDER,
    *(f"source-{name}" for name in TabletsOfLiquid.model_fields if name not in BulkPowder.model_fields),
    *("crushing_loss", "tablet_powder-packing_statistic", "tablet_powder-packing-bodies"),
    *("tablet_powder-packing-total", "tablet_powder-packing-shells"),
)
#: Fields of tablets that opened capsules have, too.
_OF_CAPSULES_TOO = (
    *("source-maker", "source-lot", "source-expiry"),
    *("source-strength", "source-release", "source-ndc", "source-recovered_mass", "crushing_loss"),
    *(f"tablet_powder-{name}" for name in ("packing_statistic", "packing-bodies", "packing-total", "packing-shells")),
)
#: How the names of the questions in the drugs' files begin, those of two forms, and those of the four questions.
QUESTION, IN_FORMS, ON_A_DRUG = "screening-", "forms-", "assessment-"
ANSWERS = (("not asked", "Not asked yet"), ("no", "No"), ("yes", "Yes"))


def packed(part: str) -> tuple[str, ...]:
    """Return the names of the fields for bodies of a powder weighed together."""
    return tuple(f"{part}-packing-{name}" for name in Packing.model_fields)


def field_name(path: str) -> str:
    """Return the name of a field in the query; the order of a titration has the same names as an order by itself.

    A list or a group without a field of its own is told of at one of its fields.

    >>> field_name("order.source.strength"), field_name("capsule.shells")
    ('source-strength', 'capsule-shells-total')
    """
    name = path.removeprefix("order.").replace(".", "-")
    return _TOLD_AT.get(name, name)


class TypedField(StringField):
    """A text field that shows its value exactly as typed."""


class DayField(TypedField):
    """A day, picked or typed in a date box; what is not a day stays in a box for text, exactly as typed."""

    data: Any

    def process(self, formdata: Any, *args: Any, **options: Any) -> None:
        """Take the day as typed, and choose the box for it."""
        super().process(formdata, *args, **options)
        is_day = not self.data or (ISO_DATE.fullmatch(self.data) and peek_date(self.data))
        self.box = "date" if is_day else "text"


class QuantityField(StringField):
    """A number and its unit under two names; some unit is always selected."""

    data: Any

    def __init__(self, *args: Any, units: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = self.units = units
        self.unit = units[0]

    def process(self, formdata: Any, *args: Any, **options: Any) -> None:
        """Take the number as typed, and the unit from its own name, or both where they were typed into one box."""
        super().process(formdata, *args, **options)
        self.unit = (formdata or {}).get(f"{self.name}_unit", self.units[0])
        if both := parted(self.data or "") or parted_as(self.name, self.data or ""):
            self.data, self.unit = both
        if self.unit not in self.units:
            self.units = (*self.units, self.unit)


@dataclass(frozen=True)
class Group:
    """Fields under one heading, in a step of the order of work; folded unless `always_open` or one needs attention.

    `drawn_by` is the template that draws a group which is no plain list of fields.
    `more` is the name of the list in it to which a button adds a row.
    """

    key: str
    title: str
    names: tuple[str, ...]
    always_open: bool = False
    step: str = "order"
    drawn_by: str = ""
    more: str = ""


#: The values and texts that a field offers, by its name.
Choices = Mapping[str, list[tuple[str, str]]]


def field_of(
    name: str,
    fields: Fields,
    choices: Choices,
    hint: str | None = None,
    more_units: Sequence[str] = (),
) -> UnboundField[Any]:
    """Return the form field for one field of an order, with `hint` instead of its usual hint, and with more units."""
    path = name.replace("-", ".")
    shown = {"label": label(path), "description": HINTS.get(path, "") if hint is None else hint}
    if name in fields.quantities:
        units = (*UNITS[fields.quantities[name]], *more_units)
        usual = USUAL_UNIT.get(name)
        ordered = units if usual is None else (usual, *(unit for unit in units if unit != usual))
        return QuantityField(**shown, units=ordered)
    if name.startswith((QUESTION, ON_A_DRUG)):
        if name in choices:
            ((question, detail),) = choices[name]
            shown = {"label": question, "description": detail}
        return RadioField(**shown, choices=listed(ANSWERS), default="not asked", validate_choice=False)
    if name in choices:
        return SelectField(**shown, choices=listed(choices[name]), validate_choice=False)
    return DayField(**shown) if name in DAYS else TypedField(**shown)


def follow_choices(form: Any) -> None:
    """Let a form say what follows from what is chosen in it: another drug, where one is named, and the water's name.

    The canonical query of another drug has its name alone; a form that showed the first drug of the list beside it
    would send both, which exclude each other.
    """
    if form.values.get("drug-name", "").strip(" ") and not form.values.get("drug", "").strip(" "):
        form.own("drug").data = ANOTHER_DRUG
    if form.values.get("source-kind", "").strip(" ") == "capsule":
        one = {"opened": "quantity" in form, "named": ""}
        for shared in (name for name in _OF_CAPSULES_TOO if name in form):
            field = form.own(shared)
            field.label.text = told_of_capsules(field.label.text, one)
            field.description = told_of_capsules(field.description, one)
    name = WATER_LABELS.get(form.values.get("source-assay_basis", "").strip(" "))
    if name is not None:
        form.own("source-water").label.text = name


def listed(choices: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Return pairs of value and text as the choices of a select field."""
    return [SelectChoice(value, text) for value, text in choices]


def chosen_drug(library: Library, typed: Mapping[str, str]) -> str | None:
    """Return the key of the drug's file that a form chooses; None for another drug."""
    if typed.get("drug-name", "").strip(" "):
        return None
    key = library.key_of(typed.get("drug", "").strip(" ") or limits.DEFAULT_DRUG)
    return key if key in library.drugs else None


def choices_from(library: Library, chosen: str | None) -> Choices:
    """Return what the fields of an order offer, with the drugs, sizes and diluents of a library.

    For a question, that is its words in the file of the drug chosen.
    """
    drugs = [(key, drug.name) for key, drug in library.drugs.items()]
    bases = {basis: basis for drug in library.drugs.values() for basis in drug.bases}
    return {
        "drug": [*drugs, (ANOTHER_DRUG, "another drug")],
        "dose_basis": [("", "as on the label of the tablets"), *bases.items()],
        "source-kind": [
            ("", "tablets"),
            ("powder", "bulk powder"),
            ("dilution", "dilution"),
            ("capsule", "opened capsules"),
        ],
        "source-assay_basis": [
            ("", "as is"),
            ("anhydrous", "anhydrous (water)"),
            ("dried", "dried (loss on drying)"),
        ],
        "source-basis": [("", "as the drug's file says"), *bases.items()],
        COMMON_POWDER: [("", "no"), ("yes", "yes")],
        "source-release": [("", "immediate"), ("extended", "extended")],
        "source-contents": [
            ("", "choose"),
            ("powder", "powder"),
            ("pellets", "pellets or granules"),
            ("liquid", "liquid"),
        ],
        "capsule-size": [("", "the drug's usual size"), *((size, size) for size in library.sizes)],
        "diluent-name": [
            ("", limits.DEFAULTS["diluent.name"]),
            *((name, name) for name in library.diluents if name != limits.DEFAULTS["diluent.name"]),
        ],
        **({} if chosen is None else _questions(library.drugs[chosen])),
        **{f"{ON_A_DRUG}{code}": [asked] for code, asked in QUESTIONS_ON_A_DRUG.items()},
        "beyond_use-counting": [("", "day 1 (stricter)"), ("day 0", "day 0 (a day later)")],
        "beyond_use-storage": [("", "room temperature"), ("refrigerator", "refrigerator"), ("freezer", "freezer")],
        **{
            f"{STUDIES}-{row}-{part}": choices
            for row in range(limits.MOST_STUDIES)
            for part, choices in _OF_A_STUDY_CHOSEN.items()
        },
    }


_FOUND = [("", "unknown"), ("yes", "yes"), ("no", "no")]
_OF_A_STUDY_CHOSEN = {
    "storage": [("", "choose"), *((place, place) for place in PLACES)],
    "kind": [("", "study"), ("monograph", "monograph (USP\u2013NF)"), ("recipe", "recipe: only a date is printed")],
    "stability_indicating": _FOUND,
    "microbial": _FOUND,
}


def rows_of(typed: Mapping[str, str], fields: str, parts: Iterable[str], least: int, most: int) -> int:
    """Return the number of rows of a list in a form: one blank row after the last that is used, while one is allowed.

    A list without a row has none until its button asks for one.

    >>> rows_of({"syringes-4-capacity": "5"}, "syringes", ["capacity"], 4, 10)
    6
    >>> [rows_of(typed, "beyond_use-studies", ["days"], 0, 8) for typed in ({}, {"more": "studies"})]
    [0, 1]
    """
    named = tuple(parts)
    used = [row for row in range(most) if any(typed.get(f"{fields}-{row}-{part}") for part in named)]
    blank = bool(used) or fields.replace("-", ".").endswith(typed.get(MORE, "-"))
    return max(least, min(max(used, default=-1) + 1 + blank, most))


def study_fields(typed: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the fields of all published dates in a form."""
    rows = rows_of(typed, STUDIES, OF_A_STUDY, 0, limits.MOST_STUDIES)
    return tuple(f"{STUDIES}-{row}-{part}" for row in range(rows) for part in OF_A_STUDY)


def _questions(drug: Drug) -> Choices:
    return {f"{QUESTION}{question.code}": [(question.question, question.detail)] for question in drug.screening}


def is_number(name: str) -> bool:
    """Return True if a field takes a number, so that a phone shows its number keyboard."""
    return name in _NUMBERS or name.startswith("schedule-") or name in ("fill-days", "common_powder-tablets_weighed")
