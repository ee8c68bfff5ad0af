"""The page of one drug: the contents of its file, with the reference for each part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calc.drug import DoseBand, Drug, OfDoses, Product, Study
from calc.handbook.bounds import sentence, value_said
from calc.wording import handbook as words


@dataclass(frozen=True, slots=True)
class Part:
    """One item: its name, the facts about it, and their source."""

    name: str
    lines: tuple[str, ...]
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Items of one kind; `about` comes before them."""

    anchor: str
    title: str
    parts: tuple[Part, ...]
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DrugPage:
    """The page of a drug's file."""

    title: str
    sections: tuple[Section, ...]


def drug_page(drug: Drug) -> DrugPage:
    """Return a drug's file as finished strings, without empty sections."""
    sections = (
        Section("names", words.NAMES, tuple(_names(drug))),
        Section("forms", words.FORMS, tuple(_forms(drug))),
        Section("doses", words.DOSES, tuple(_doses(drug)), (_stated_as(drug), drug.dose.reference)),
        Section("bands", words.BANDS, tuple(map(_band, drug.dose.bands))),
        Section("products", words.PRODUCTS, tuple(map(_product, drug.products))),
        Section("avoided", words.AVOIDED, tuple(_avoided(drug))),
        Section("cautions", words.CAUTIONS, tuple(_cautions(drug))),
        Section("screening", words.SCREENING, tuple(_screening(drug))),
        Section("studies", words.STUDIES, tuple(map(_study, drug.studies))),
        Section("warnings", words.LABEL_WARNINGS, tuple(_warnings(drug))),
    )
    title = words.DRUG.format(name=drug.name.capitalize())
    return DrugPage(title, tuple(section for section in sections if section.parts))


def _names(drug: Drug) -> Iterator[Part]:
    if drug.also_called:
        yield Part(words.ALSO, (", ".join(drug.also_called),))
    if drug.confused_with:
        yield Part(words.CONFUSED, (", ".join(drug.confused_with),))
    marketed = words.MARKETED_AS.format(release=drug.release, strength=value_said(drug.default_strength))
    yield Part(words.MARKETED, (marketed,))


def _forms(drug: Drug) -> Iterator[Part]:
    for basis in drug.bases.values():
        yield Part(sentence(basis.label), (value_said(basis.molar_mass_figure),), basis.reference)


def _stated_as(drug: Drug) -> str:
    return words.AS_FORM.format(form=drug.bases[drug.dose.basis].label)


def _doses(drug: Drug) -> Iterator[Part]:
    for field, (name, why) in words.DOSE_LIMITS.items():
        yield Part(name, (value_said(getattr(drug.dose, field)), sentence(why)))


def _band(band: DoseBand) -> Part:
    low, high = (None if end is None else value_said(end) for end in (band.low, band.high))
    if low is None:
        return Part(sentence(band.label), (words.BELOW.format(high=high),), band.reference)
    said = words.FROM.format(low=low) if high is None else words.FROM_TO.format(low=low, high=high)
    return Part(sentence(band.label), (said,), band.reference)


def _product(product: Product) -> Part:
    verdict = words.ACCEPTED if product.accepted else words.REFUSED
    lines = [
        words.PRODUCT.format(strength=value_said(product.strength), release=product.release, verdict=verdict),
        words.NDC.format(ndc=product.ndc) if product.ndc else "",
        words.CONTAINS.format(excipients=", ".join(product.contains)) if product.contains else "",
        product.note,
    ]
    return Part(product.labeler, tuple(filter(None, lines)), product.source)


def _avoided(drug: Drug) -> Iterator[Part]:
    for entry in drug.diluents_to_avoid:
        evidence = words.EVIDENCE_IS.format(evidence=entry.evidence)
        yield Part(sentence(entry.name), (entry.text, evidence), entry.reference)


def _cautions(drug: Drug) -> Iterator[Part]:
    for caution in drug.cautions:
        texts = (caution.text, *(_told_at(added, added.text) for added in caution.at_doses))
        yield Part(words.SEVERITIES[caution.severity], texts, caution.reference)


def _told_at(told: OfDoses, text: str) -> str:
    """Return a text after the doses that it speaks of, if not of all."""
    low, high = (None if bound is None else value_said(bound) for bound in (told.low, told.high))
    if low is None and high is None:
        return text
    return words.TOLD_AT[low is not None, high is not None, low == high].format(low=low, high=high, text=text)


def _screening(drug: Drug) -> Iterator[Part]:
    for asked in drug.screening:
        noted = (words.NOTED.format(what=asked.asks_for),) if asked.asks_for else ()
        yield Part(asked.question, (words.YES.format(yes=asked.yes), asked.detail, *noted))


def _study(study: Study) -> Part:
    preparation = words.PREPARATIONS[study.preparation]
    title = words.STUDY.format(preparation=preparation, days=study.days, storage=study.storage)
    diluents = (words.WITH.format(diluents=", ".join(study.diluents)),) if study.diluents else ()
    return Part(title, (study.conditions, *diluents, *_of_liquids(study)), f"{study.reference}. {study.source}")


def _of_liquids(study: Study) -> tuple[str, ...]:
    """Return the liquids to which a study applies; empty if it is not a study of a liquid."""
    if study.beyond_use_class is None or study.in_one_ml is None or study.kept is None:
        return ()
    kind, strength = words.KINDS_OF_LIQUID[study.beyond_use_class], value_said(study.in_one_ml)
    return (words.OF_LIQUIDS.format(strength=strength, kind=kind, kept=study.kept),)


def _warnings(drug: Drug) -> Iterator[Part]:
    for warning in drug.label_warnings:
        yield Part(warning.text, (), warning.reference)
