"""The comparison of what a second person read with what the record holds: exactly, but for masses put on twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from calc import limits
from calc.arithmetic.units import MG, ML, PERCENT, Figure, same_kind
from calc.capsule.plan import Plan
from calc.drug import Drug
from calc.faults import FaultCode
from calc.library import Library
from calc.planning.bench_codes import BenchCode
from calc.reading.dilutions import drug_in_gram
from calc.reading.printed_names import joined
from calc.reading.strengths import Strength, mass_or_volume, strength_in
from calc.record.batch.as_printed import taken_off
from calc.record.batch.bench_order import part_of
from calc.record.batch.codes import NO, YES
from calc.record.batch.planned import plan_batch
from calc.record.batch.points import Point
from calc.record.batch.state import BatchState
from calc.record.batch.typed import Typed
from calc.record.batch.values import ALL, FORM_OF, FORMS, NAME, PART, Asked, values_of
from calc.service.preparations import AnyPlan

#: The beginning of the path of a value that was read.
VALUES = "values"
_CHOICES = {"form": FORMS, "yes-no": (YES, NO), "all-or-part": (ALL, PART)}
#: What a bottle says of its contents beside the drug: the form is asked apart.
_FORM_WORDS = re.compile(r"\b(?:tablet|capsule)s?\b", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\-\u2010-\u2015]")


def normal_lot(text: str) -> str:
    """Return a lot as it is compared: upper case, without blanks and hyphens.

    >>> normal_lot("a10-422 b")
    'A10422B'
    """
    return _BLANKS.sub("", text).upper()


def normal_boat(text: str) -> str:
    """Return what is written on a boat as it is compared: letters and digits, in one case.

    >>> normal_boat("No. A-7")
    'noa7'
    """
    return "".join(character for character in text.casefold() if character.isalnum())


def read_values(state: BatchState, point: Point, values: Mapping[str, str]) -> dict[str, Any]:
    """Return each value of a point as it was read. Raises `Refused` with each that is missing or no value."""
    typed, asked = Typed(), {each.name: each for each in values_of(state, point)}
    for name in values.keys() - asked.keys():
        typed.fault(FaultCode.UNKNOWN_FIELD, f"{VALUES}.{name}", names=tuple(asked))
    read = {
        name: _READ[each.kind](typed, f"{VALUES}.{name}", taken_off(each, values.get(name, "")))
        for name, each in asked.items()
    }
    typed.done()
    return read


def differing(state: BatchState, point: Point, read: Mapping[str, Any], library: Library) -> tuple[str, ...]:
    """Return the names of the values that differ, in the order of the form; none if all of them match.

    `read` is what `read_values` returns. Neither a figure nor a direction is told.
    """
    expected = _Expected(state, plan_batch(state.order, library).plan, library)
    return tuple(each.name for each in values_of(state, point) if not expected.agrees(each, read[each.name]))


def agree(one: Figure, other: Figure, readability: Figure, repeatability: Figure | None) -> bool:
    """Return True if two readings of one mass are no further apart than a balance and a hand bring them.

    >>> from calc.arithmetic.units import figure
    >>> step = figure(1, MG)
    >>> [agree(figure(432, MG), figure(mass, MG), step, None) for mass in (430, 434, 435)]
    [True, True, False]
    """
    apart = abs(one.to(MG).value - other.to(MG).value)
    most = limits.READINGS_STEPS.value.value * readability.to(MG).value
    if repeatability is not None:
        most = max(most, limits.READINGS_REPEATABILITIES.value.value * repeatability.to(MG).value)
    return apart <= most


class _Expected:
    """What each value should be, by the record and the plan of its order."""

    def __init__(self, state: BatchState, plan: AnyPlan, library: Library) -> None:
        self.state, self.plan, self.library = state, plan, library

    def agrees(self, asked: Asked, read: Any) -> bool:
        """Return True if a value that was read is the one expected."""
        state, name = self.state, asked.name
        if asked.kind in ("mass", "gross") and asked.stands_on:
            return self._mass_agrees(asked, read)
        if asked.kind == "lots":
            held = state.lots_of(asked.stands_on.removeprefix("lot."))
            return Counter(map(normal_lot, read)) == Counter(normal_lot(lot.lot) for lot in held)
        if asked.kind == "dates":
            held = state.lots_of(asked.stands_on.removeprefix("lot."))
            return sorted(day.isoformat() for day in read) == sorted(lot.expiry for lot in held)
        if name.endswith(".boat"):
            return normal_boat(read) == normal_boat(state.entries[asked.stands_on].boat)
        if name.endswith(NAME):
            known = part_of(state.order, name.removesuffix(NAME))["name"], state.also_named.get(name)
            return any(each is not None and self.library.printed_names.are_one(each, read) for each in known)
        if asked.stands_on and asked.kind == "count":
            counted = state.on_hand if name == "made" else state.entries[asked.stands_on].actual
            target = state.target(asked.stands_on)
            if target is not None and target.code is BenchCode.COUNT_TABLETS and state.uses_all:
                counted = target.target  # all are used whole: the number is the one planned, whatever was recorded
            return counted is not None and Fraction(read) == counted.value
        return bool(_BY_NAME[name](self, read))

    def _mass_agrees(self, asked: Asked, read: Figure) -> bool:
        entry, balance = self.state.entries[asked.stands_on], self.plan.order.balance
        if asked.kind == "gross" and entry.tare is not None:
            read = Figure(read.to(MG).value - entry.tare.to(MG).value, MG)
        first = entry.actual
        return first is not None and agree(first, read, balance.readability, balance.repeatability)

    def is_drug(self, read: str) -> bool:
        """Return True if a text names the drug ordered: by its name, a synonym, a salt or a brand of its file."""
        drug = self.state.order["drug"]
        if isinstance(drug, str):
            return self.library.drugs_meant_by(read) == (drug,)
        return joined(drug["name"]) in (joined(read), joined(_FORM_WORDS.sub(" ", read)))

    def is_dose(self, read: Figure) -> bool:
        """Return True for the dose ordered, as a mass; of a liquid also as the volume that holds it."""
        if same_kind(read.unit, ML) and not isinstance(self.plan, Plan):
            return read == self.plan.dose_volume.to(ML)
        return read == self.plan.order.dose

    def is_strength(self, read: Any) -> bool:
        """Return True for the strength of a liquid, however it is written; of capsules for the dose in one."""
        if isinstance(self.plan, Plan):
            return bool(read == self.plan.order.dose)
        return isinstance(read, Strength) and read.in_one_ml.value == self.plan.strength.value

    def is_quantity(self, read: Any) -> bool:
        """Return True for the quantity that a label states: capsules ordered or made, a volume, or a bottle's."""
        if isinstance(self.plan, Plan):
            return bool(read == self.state.number_on_label)
        volume = self.plan.order.volume.to(ML).value
        return read.to(ML).value in (volume, volume / self.plan.bottle.count)

    def is_volume(self, read: Figure) -> bool:
        """Return True for the volume ordered."""
        return not isinstance(self.plan, Plan) and read == self.plan.order.volume

    def is_bottles(self, read: int) -> bool:
        """Return True for the number of bottles."""
        return not isinstance(self.plan, Plan) and read == self.plan.bottle.count

    def is_crushed(self, read: int) -> bool:
        """Return True for the number of tablets to crush."""
        source = self.plan.powder if isinstance(self.plan, Plan) else self.plan.source
        return source.tablets is not None and read == source.tablets.number

    def is_basis(self, read: str) -> bool:
        """Return True if a text names the form of the drug that the strength is of, as the drug's file names it."""
        drug, basis = self.library.drug_of(self.state.order["drug"]), getattr(self.plan.order.source, "basis", None)
        if drug is None or basis is None:
            return bool(basis == read)
        return joined(read) in {joined(name) for name in _names_of_form(drug, basis)}

    def of_source(self, name: str, read: Any) -> bool:
        """Return True for what the label of the source says."""
        return bool(getattr(self.plan.order.source, name) == read)


def _names_of_form(drug: Drug, basis: str) -> tuple[str, ...]:
    """Return how a chemical form of a drug is called: by its key, and as the drug's file and a label have it."""
    form = drug.bases.get(basis)
    if form is None:
        return (basis,)
    short = form.on_label.removeprefix(drug.name).strip()
    return tuple(name for name in (basis, form.label, form.on_label, short, f"{drug.name} {basis}") if name)


_BY_NAME: dict[str, Callable[[_Expected, Any], bool]] = {
    "drug": _Expected.is_drug,
    "form": lambda expected, read: read == FORM_OF[expected.state.preparation],
    "dose": _Expected.is_dose,
    "quantity": lambda expected, read: bool(expected.state.order["quantity"] == read),
    "strength": _Expected.is_strength,
    "volume": _Expected.is_volume,
    "source_drug": _Expected.is_drug,
    "source_strength": lambda expected, read: expected.of_source("strength", read),
    "immediate": lambda _, read: read == YES,
    "drug_in_gram": lambda expected, read: expected.of_source("drug_in_gram", read),
    "assay": lambda expected, read: expected.of_source("assay", read),
    "water": lambda expected, read: expected.of_source("water", read),
    "basis": _Expected.is_basis,
    "all_of_the_powder": lambda _, read: read == ALL,
    "number_crushed": _Expected.is_crushed,
    "size": lambda expected, read: bool(expected.state.order["capsule"]["size"] == read),
    "zeroed": lambda _, read: read == YES,
    "bottles": _Expected.is_bottles,
    "label_number": lambda expected, read: normal_lot(read) == normal_lot(expected.state.number),
    "label_drug": _Expected.is_drug,
    "label_strength": _Expected.is_strength,
    "label_quantity": _Expected.is_quantity,
    "label_until": lambda expected, read: read.isoformat() == expected.state.use_until,
}


def _lines(typed: Typed, field: str, given: str, one: Callable[[str, str], Any]) -> list[Any]:
    lines = [line for line in given.splitlines() if line.strip(" ")] or [""]
    if len(lines) > limits.MOST_LOTS:
        typed.fault(FaultCode.LIST_TOO_LONG, field, longest=limits.MOST_LOTS)
        return []
    return [one(field, line) for line in lines]


def _of(kind: Any) -> Callable[[Typed, str, str], Any]:
    return lambda typed, field, given: typed.quantity(field, given, kind)


def _chosen(kind: str) -> Callable[[Typed, str, str], Any]:
    return lambda typed, field, given: typed.chosen(field, given, _CHOICES[kind])


_MOST_COUNTED = limits.BENCH_RANGES["count"].high.numerator
#: How each kind of field is read.
_READ: dict[str, Callable[[Typed, str, str], Any]] = {
    "text": lambda typed, field, given: typed.text(field, given),
    "basis": lambda typed, field, given: typed.text(field, given),
    "size": lambda typed, field, given: typed.text(field, given),
    "name": lambda typed, field, given: typed.printed(field, given),
    **{kind: _chosen(kind) for kind in _CHOICES},
    "mass": _of(MG),
    "gross": _of(MG),
    "volume": _of(ML),
    "percent": _of(PERCENT),
    "dose": lambda typed, field, given: typed.read(field, mass_or_volume, given),
    "strength": lambda typed, field, given: typed.read(field, strength_in, given),
    "in-gram": lambda typed, field, given: typed.read(field, drug_in_gram, given),
    "count": lambda typed, field, given: typed.count(field, given, _MOST_COUNTED),
    "date": lambda typed, field, given: typed.day(field, given),
    "lots": lambda typed, field, given: _lines(typed, field, given, typed.text),
    "dates": lambda typed, field, given: _lines(typed, field, given, typed.expiry),
}


def again_after(state: BatchState, point: Point, differ: tuple[str, ...]) -> tuple[frozenset[str], bool]:
    """Return what is recorded again if the first reading was wrong, and whether all that differ can be.

    What the order says cannot: a batch of a wrong order is rejected.
    """
    asked = {each.name: each for each in values_of(state, point)}
    known = [asked[name] for name in differ if name in asked]
    again = frozenset(each.stands_on for each in known if each.stands_on)
    return again, all(each.stands_on or each.name.startswith("label_") or each.name == "zeroed" for each in known)
