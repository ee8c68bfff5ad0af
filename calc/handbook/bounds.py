"""Every bound and default of the program and of each drug, with its unit, source and reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from calc import limits
from calc.arithmetic import notation
from calc.arithmetic.units import Figure
from calc.drug import Drug
from calc.library import Library
from calc.limits import Bound, Range, Series
from calc.references import REFERENCES
from calc.wording import fields
from calc.wording import handbook as words
from calc.wording.checks import LABELS


@dataclass(frozen=True, slots=True)
class Entry:
    """One bound or default. `code` is its name in the program."""

    name: str
    code: str
    value: str
    why: str
    reference: str


@dataclass(frozen=True, slots=True)
class Group:
    """Bounds of one kind."""

    anchor: str
    title: str
    entries: tuple[Entry, ...]


def groups(library: Library) -> tuple[Group, ...]:
    """Return all groups: fields, texts of a label, checks, bounds, defaults, the drugs' own, the longest dates."""
    held = vars(limits)
    bounds = {name: value for name, value in held.items() if isinstance(value, Bound | Series)}
    besides = {name: held[name] for name in words.OTHER_LIMITS}
    return (
        Group("fields", words.FIELDS, tuple(_ranges(limits.RANGES, fields.label))),
        Group("liquid-fields", words.LIQUID_FIELDS, tuple(_ranges(limits.LIQUID_RANGES, fields.label))),
        Group(
            "label",
            words.LABEL_TEXTS,
            (*_texts("pharmacy", limits.PHARMACY_TEXTS), *_texts("label", limits.LABEL_TEXTS)),
        ),
        Group("checks", words.CHECKED_FIELDS, tuple(_ranges(limits.CHECK_RANGES, LABELS.__getitem__))),
        Group("bench", words.BENCH_FIELDS, tuple(_ranges(limits.BENCH_RANGES, words.BENCH_ENTRIES.__getitem__))),
        Group("bounds", words.BOUNDS, tuple(_bound(name, bound) for name, bound in bounds.items())),
        Group("defaults", words.DEFAULTS, tuple(map(_default, limits.DEFAULTS))),
        Group("liquid-defaults", words.LIQUID_DEFAULTS, tuple(map(_default_of_liquid, limits.LIQUID_BECAUSE))),
        Group("besides", words.OTHERS, tuple(_other(name, str(value)) for name, value in besides.items())),
        *(_of_drug(key, drug) for key, drug in library.drugs.items()),
        Group("dates", words.DATES, tuple(_dates(library))),
        Group("vehicles", words.VEHICLES, tuple(_vehicles(library))),
    )


def value_said(figure: Figure) -> str:
    """Write a bound in the unit in which it is defined.

    >>> from calc.arithmetic.units import RATIO, G, figure
    >>> value_said(figure(10, G)), value_said(figure("0.41", RATIO))
    ('10 g', '0.41')
    """
    return notation.plain(figure)


def sentence(text: str) -> str:
    """Capitalize the first letter of a text.

    >>> sentence("below it a dose needs a reason")
    'Below it a dose needs a reason'
    """
    return text[:1].upper() + text[1:]


def _ranges(ranges: Mapping[str, Range], named: Callable[[str], str]) -> Iterator[Entry]:
    for path, taken in ranges.items():
        value = words.FROM_TO.format(low=value_said(taken.low), high=value_said(taken.high))
        name = words.FIELD_NAMES.get(path) or named(path)
        yield Entry(name, path, value, sentence(taken.why), REFERENCES[taken.reference])


def _texts(part: str, texts: Mapping[str, tuple[int, str]]) -> Iterator[Entry]:
    for name, (longest, why) in texts.items():
        path = f"{part}.{name}"
        value = words.AT_MOST.format(longest=longest)
        yield Entry(words.LABEL_NAMES[path], path, value, sentence(why), REFERENCES["own-decision"])


def _bound(name: str, bound: Bound | Series) -> Entry:
    said = name.replace("_", " ").capitalize()
    values = bound.values if isinstance(bound, Series) else (bound.value,)
    return Entry(said, name, ", ".join(map(value_said, values)), sentence(bound.why), REFERENCES[bound.reference])


def _default(path: str) -> Entry:
    reference, why = limits.DEFAULTS_BECAUSE[path]
    return Entry(fields.label(path), path, str(limits.DEFAULTS[path]), sentence(why), REFERENCES[reference])


def _default_of_liquid(path: str) -> Entry:
    reference, why = limits.LIQUID_BECAUSE[path]
    value = limits.LIQUID_DEFAULTS[path]
    if isinstance(value, list):
        value = ", ".join(words.SYRINGE.format(**syringe) for syringe in value)
    return Entry(fields.label(path), path, str(value), sentence(why), REFERENCES[reference])


def _other(name: str, value: str) -> Entry:
    return Entry(words.OTHER_LIMITS[name], name, value, "", REFERENCES["own-decision"])


def _of_drug(key: str, drug: Drug) -> Group:
    doses = tuple(
        Entry(name, f"{key}.dose.{field}", value_said(getattr(drug.dose, field)), sentence(why), drug.dose.reference)
        for field, (name, why) in words.DOSE_LIMITS.items()
    )
    said = {
        "default_strength": value_said(drug.default_strength),
        "default_size": drug.default_size,
        "default_basis": drug.bases[drug.default_basis].label,
    }
    defaults = tuple(
        Entry(name, f"{key}.{field}", said[field], sentence(why), words.OF_THE_DRUG)
        for field, (name, why) in words.DRUG_DEFAULTS.items()
    )
    return Group(f"drug-{key}", words.DRUG_LIMITS.format(drug=drug.name.capitalize()), (*doses, *defaults))


def _dates(library: Library) -> Iterable[Entry]:
    for rule in library.beyond_use.values():
        value = words.DAYS_AND_STORAGE.format(days=rule.days, storage=rule.storage)
        yield Entry(rule.description, rule.name, value, "", rule.reference)


def _vehicles(library: Library) -> Iterable[Entry]:
    """Yield what the table knows of each vehicle, with its source and whether that was read."""
    for row in dict.fromkeys((library.vehicles or {}).values()):
        known = [words.OF_VEHICLE[fact, value] for fact in words.FACTS for value in (getattr(row, fact),)]
        contains = [words.VEHICLE_CONTAINS.format(excipients=", ".join(row.excipients))] if row.excipients else []
        yield Entry(row.name, row.also, "; ".join([*known, *contains]), row.note, f"{row.source} ({row.mark})")
