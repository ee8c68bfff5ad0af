"""The published formulations as JSON: what their files say, key by key; what was not seen is null."""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import TypedDict  # pydantic reads only this one before Python 3.12

from calc.answers.parts import VERSION
from calc.formulation import Dated, Formulation, Made
from calc.library import Library
from calc.reading.fields import canonical
from calc.wording.formulations import METHOD


class ContentShown(TypedDict):
    """One thing that goes into it, as the source has it."""

    name: str
    amount: str | None
    role: str | None


class MadeShown(TypedDict):
    """What the source makes, from what."""

    source: str
    unit_strength: str | None
    count: str | None
    drug: str | None
    volume: str | None
    derived: list[str]


class DatedShown(TypedDict):
    """One published date, for one storage."""

    storage: Literal["refrigerator", "room temperature", "freezer"]
    condition: str
    days: int | None
    hours: int | None
    kind: Literal["study", "monograph", "recipe"]
    stability_indicating: Literal["yes", "no", "unknown"]
    microbial: Literal["yes", "no", "unknown"]
    container: str | None
    reference: str
    note: str | None
    mark: Literal["R", "A"]


class MethodShown(TypedDict):
    """One step of the published method."""

    code: str
    text: str


class ReferenceShown(TypedDict):
    """Where it was published, and where it was read."""

    authors: str
    title: str
    where: str
    year: int | None
    addresses: list[str]


class FormulationShown(TypedDict):
    """One published formulation."""

    key: str
    title: str
    drug: str
    chemical_form: str | None
    form: Literal["capsule", "liquid"]
    strength: str | None
    whole: bool
    mark: Literal["R", "A"]
    made: MadeShown | None
    contents: list[ContentShown]
    container: str | None
    order: dict[str, Any] | None
    asked: list[str]
    left_open: list[str]
    dates: list[DatedShown]
    method: list[MethodShown]
    cautions: list[str]
    differs: list[str]
    not_seen: list[str]
    reference: ReferenceShown


class FormulationsAnswer(TypedDict):
    """The published formulations that were asked for."""

    formulations: list[FormulationShown]
    version: str


def answer_formulations(library: Library, keys: list[str]) -> FormulationsAnswer | None:
    """Return the formulations with these keys, all of them where there are none; None if one of them is not known."""
    known = library.formulations
    if not known.keys() >= set(keys):
        return None
    shown = [_shown(key, known[key], library) for key in dict.fromkeys(keys or known)]
    return {"formulations": shown, "version": VERSION}


def _shown(key: str, said: Formulation, library: Library) -> FormulationShown:
    return {
        "key": key,
        "title": said.title,
        "drug": said.drug,
        "chemical_form": said.chemical_form,
        "form": said.form,
        "strength": said.strength,
        "whole": said.whole,
        "mark": said.mark,
        "made": None if said.made is None else _made(said.made),
        "contents": [{"name": each.name, "amount": each.amount, "role": each.role} for each in said.contents],
        "container": said.container,
        "order": None
        if (order := said.order_said(library.named(said.drug))) is None
        else {**order, "formulation": key},
        "asked": list(said.asked),
        "left_open": list(said.left_open),
        "dates": [_dated(each) for each in said.dates],
        "method": [{"code": code.value, "text": METHOD[code]} for code in said.method],
        "cautions": list(said.cautions),
        "differs": list(said.differs),
        "not_seen": list(said.not_seen),
        "reference": {
            "authors": said.reference.authors,
            "title": said.reference.title,
            "where": said.reference.where,
            "year": said.reference.year,
            "addresses": list(said.reference.addresses),
        },
    }


def _made(made: Made) -> MadeShown:
    strength, drug, volume = (
        None if figure is None else canonical(figure) for figure in (made.unit_strength, made.drug, made.volume)
    )
    return {
        "source": made.source,
        "unit_strength": strength,
        "count": made.count,
        "drug": drug,
        "volume": volume,
        "derived": list(made.derived),
    }


def _dated(said: Dated) -> DatedShown:
    return {
        "storage": said.storage,
        "condition": said.condition,
        "days": said.days,
        "hours": said.hours,
        "kind": said.kind,
        "stability_indicating": said.stability_indicating,
        "microbial": said.microbial,
        "container": said.container,
        "reference": said.cited,
        "note": said.note,
        "mark": said.mark,
    }
