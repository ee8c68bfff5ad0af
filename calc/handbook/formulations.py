"""The pages of published formulations: a list that can be searched, and one page for each, as finished strings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from calc.formulation import Dated, Formulation
from calc.handbook.bounds import sentence, value_said
from calc.handbook.drugs import Part
from calc.library import Library
from calc.limits import LONGEST_TEXT
from calc.wording import formulations as words
from calc.wording import label


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed into the search; `faults` says what is wrong with it, by the name of its field."""

    drug: str
    form: str
    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """One formulation in the list."""

    key: str
    title: str
    lines: tuple[str, ...]
    reference: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a formulation's page: `about`, then named parts, or sentences (numbered where their order counts)."""

    anchor: str
    title: str
    parts: tuple[Part, ...] = ()
    items: tuple[str, ...] = ()
    numbered: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class FormulationPage:
    """The page of one formulation. `asked` is what an order of it still needs."""

    title: str
    verdict: str
    mark: str
    asked: str
    sections: tuple[Section, ...]


def searched(drug: str, form: str) -> Search:
    """Return what was typed into the search, with what is wrong with it."""
    faults = {}
    if len(drug) > LONGEST_TEXT:
        faults["drug"] = words.TOO_LONG.format(longest=LONGEST_TEXT)
    if form and form not in words.FORMS:
        faults["form"] = words.NO_FORM
    return Search(drug, form, faults)


def found(search: Search, library: Library) -> tuple[Found, ...]:
    """Return the formulations that have every word of the search, in the order of their titles; none for a bad one."""
    if search.faults:
        return ()
    wanted = search.drug.casefold().split()
    known = sorted(library.formulations.items(), key=lambda item: item[1].title.casefold())
    return tuple(
        _found(key, said)
        for key, said in known
        if search.form in ("", said.form) and all(word in _searchable(key, said) for word in wanted)
    )


def _searchable(key: str, said: Formulation) -> str:
    names = (content.name for content in said.contents)
    return " ".join((key, said.drug, said.title, said.strength or "", said.reference.authors, *names)).casefold()


def _found(key: str, said: Formulation) -> Found:
    lines = (words.FORMS[said.form], words.WHOLE[said.whole], words.MARKS[said.mark])
    return Found(key, said.title, lines, said.reference.authors)


def formulation_page(said: Formulation) -> FormulationPage:
    """Return one formulation as finished strings, without empty sections."""
    sections = (
        Section("what", words.WHAT, tuple(_what(said))),
        Section("contents", words.CONTENTS, tuple(_contents(said))),
        Section(
            "dates", words.DATES, tuple(map(_dated, said.dates)) or (_unknown(words.DATES),), about=_of_dates(said)
        ),
        Section("method", words.HOW, items=_method(said), numbered=bool(said.method), about=words.HOW_ABOUT),
        Section("cautions", words.CAUTIONS, items=said.cautions),
        Section("differs", words.DIFFERS, items=said.differs),
        Section("open", words.OPEN, items=said.not_seen),
        Section("source", words.SOURCE, tuple(_source(said))),
    )
    shown = tuple(section for section in sections if section.parts or section.items)
    asked = ", ".join(label(path).lower() for path in said.asked)
    return FormulationPage(said.title, words.WHOLE[said.whole], words.MARKS[said.mark], asked, shown)


def _unknown(name: str) -> Part:
    return Part(name, (words.NOT_KNOWN,))


def _what(said: Formulation) -> Iterator[Part]:
    made = said.made
    form = (sentence(said.drug), *((sentence(said.chemical_form),) if said.chemical_form else ()))
    yield Part(words.DRUG, form)
    yield Part(words.FORM, (words.FORMS[said.form],))
    yield Part(words.STRENGTH, (said.strength or words.NOT_KNOWN,))
    if made is None:
        yield _unknown(words.FROM)
        yield _unknown(words.BATCH)
    else:
        strength, drug = (None if each is None else value_said(each) for each in (made.unit_strength, made.drug))
        counted = words.COUNTED.format(count=made.count or words.NOT_KNOWN.lower(), strength=strength)
        lines = [sentence(made.source)]
        lines += [counted] if strength else [made.count] if made.count else []
        lines += [words.OF_DRUG.format(drug=drug)] if drug else []
        lines += [words.DERIVED[name] for name in made.derived if name != "volume"]
        yield Part(words.FROM, tuple(lines))
        volume = words.NOT_KNOWN if made.volume is None else value_said(made.volume)
        yield Part(words.BATCH, (volume, *((words.DERIVED["volume"],) if "volume" in made.derived else ())))
    yield Part(words.CONTAINER, (sentence(said.container) if said.container else words.NOT_KNOWN,))


def _contents(said: Formulation) -> Iterator[Part]:
    for content in said.contents:
        role = (sentence(content.role),) if content.role else ()
        yield Part(sentence(content.name), (sentence(content.amount or words.NOT_KNOWN), *role))


def _of_dates(said: Formulation) -> str:
    return words.DATES_ABOUT if said.dates else ""


def _dated(dated: Dated) -> Part:
    lasts = words.HOURS.format(number=dated.hours) if dated.days is None else words.DAYS.format(number=dated.days)
    title = words.KEEPS.format(place=words.PLACES[dated.storage], lasts=lasts)
    kept = words.KEPT_IN.format(container=dated.container or words.NOT_KNOWN.lower())
    found_how = (words.ASSAY[dated.stability_indicating], words.GERMS[dated.microbial], kept)
    lines: Iterable[str | None] = (sentence(dated.condition), words.KINDS[dated.kind], *found_how, dated.note)
    return Part(title, tuple(filter(None, lines)), f"{dated.cited}. {words.MARKS[dated.mark]}")


def _method(said: Formulation) -> tuple[str, ...]:
    return tuple(words.METHOD[code] for code in said.method) or (words.NOT_KNOWN,)


def _source(said: Formulation) -> Iterator[Part]:
    reference = said.reference
    year = words.NOT_KNOWN if reference.year is None else str(reference.year)
    read_at = tuple(words.READ_AT.format(address=address) for address in reference.addresses)
    yield Part(reference.title, (reference.authors, reference.where, f"{words.YEAR}: {year}", *read_at))
