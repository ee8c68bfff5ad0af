"""The drugs' files, the published formulations and the tables, read once at start into frozen data.

A drug is one TOML file in `drugs/`, named by the drug's key; so is a formulation in `formulations/`. A file or table
with anything unknown, missing or contradictory in it stops the start with a `BadFile` that names file and field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import Field

from calc import limits
from calc.arithmetic.units import G_PER_ML, MG_PER_CAPSULE, MG_PER_ML, ML_PER_CAPSULE, Figure, figure
from calc.drug import Data, Drug, PlainDecimal, Words
from calc.formulation import KEY_PREFIX, NAME_IN_KEY, Formulation
from calc.reading.files import BadFile, rows_of, text_of, toml_of
from calc.reading.known_vehicles import KnownVehicle, listed
from calc.reading.printed_names import PrintedName, PrintedNames
from calc.reading.spelling import NameWord, OfficialName

HERE = Path(__file__).resolve().parent
#: Templates of pages and papers: inside the package in a wheel, beside it in a checkout.
TEMPLATES = next((f for f in (HERE / "templates", HERE.parent / "templates") if f.is_dir()), HERE / "templates")
#: Documents that are also pages: inside the package in a wheel, beside it in a checkout.
DOCUMENTS = next((f for f in (HERE / "docs", HERE.parent / "docs") if f.is_dir()), HERE / "docs")


@cache
def paper_templates() -> Mapping[str, bytes]:
    """Return the Typst templates of the papers, by file name; raises `BadFile` if they are not installed.

    >>> sorted(name.removesuffix(".typ") for name in paper_templates())
    ['annex', 'label', 'label_fits', 'label_layout', 'leaflet', 'record', 'sheet', 'sheet_parts', 'style']
    """
    files = sorted((TEMPLATES / "paper").glob("*.typ"))
    if not files:
        raise BadFile("the templates of the papers are not installed")
    return {path.name: path.read_bytes() for path in files}


def document(name: str) -> str:
    """Return the text of a document; raises `BadFile` if it is not installed."""
    path = DOCUMENTS / name
    if not path.is_file():
        raise BadFile(f"{name}: the document is not installed")
    return text_of(path)


@dataclass(frozen=True, slots=True)
class Shell:
    """One size of capsule shell of one brand: body volume and, if known, mean mass of the empty shell."""

    brand: str
    size: str
    volume: Figure
    mass: Figure | None
    source: str


@dataclass(frozen=True, slots=True)
class Diluent:
    """One diluent of the table; `tapped_density` is None if no source gives a single figure."""

    name: str
    tapped_density: Figure | None
    gel_forming: bool
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class BeyondUseRule:
    """The longest beyond-use date of one class of preparations, unless a study gives a shorter one."""

    name: str
    description: str
    days: int
    storage: str
    reference: str


class _ShellRow(Data):
    brand: Words
    size: Words
    volume_ml: PlainDecimal
    gelatin_shell_mg: PlainDecimal | Literal[""]
    hypromellose_shell_mg: PlainDecimal | Literal[""]
    source: Words


class _DiluentRow(Data):
    name: Words
    excipient: Words
    grade: str
    bulk_density_g_per_ml: PlainDecimal | Literal[""]
    tapped_density_g_per_ml: PlainDecimal | Literal[""]
    gel_forming: Literal["yes", "no"]
    note: str
    source: Words


class _BeyondUseRow(Data):
    name: Words = Field(alias="class")
    description: Words
    days: Annotated[int, Field(ge=1, le=3650)]
    storage: Words
    reference: Words
    source: Words


@dataclass(frozen=True, eq=False)
class Library:
    """All data of the program. Look-ups return None, or an empty tuple, for unknown keys.

    A library equals none but itself, so that what is prepared from one may be kept by it.
    """

    drugs: Mapping[str, Drug]
    shells: tuple[Shell, ...]
    diluents: Mapping[str, Diluent]
    beyond_use: Mapping[str, BeyondUseRule]
    name_words: tuple[NameWord, ...] = ()
    official_names: frozenset[str] = frozenset()
    vehicles: Mapping[str, KnownVehicle] | None = None
    formulations: Mapping[str, Formulation] = field(default_factory=dict)
    printed_names: PrintedNames = field(default_factory=lambda: PrintedNames({}))

    def drugs_meant_by(self, typed: str) -> tuple[str, ...]:
        """Return the keys of the drugs' files that a typed name means; another official name in it does not count."""
        text = typed.lower()
        for other in self.official_names:
            text = text.replace(other, " ")
        return tuple(key for key, drug in self.drugs.items() if drug.is_meant_by(text))

    @cached_property
    def sizes(self) -> tuple[str, ...]:
        """The capsule sizes of the reference brand, the largest first."""
        return tuple(shell.size for shell in self.shells if shell.brand == limits.REFERENCE_BRAND)

    @cached_property
    def _shells_by_key(self) -> Mapping[tuple[str, str], Shell]:
        return {(shell.brand.lower(), shell.size): shell for shell in self.shells}

    @cached_property
    def _shells_by_brand(self) -> Mapping[str, tuple[Shell, ...]]:
        brands = {shell.brand.lower() for shell in self.shells}
        return {brand: tuple(s for s in self.shells if s.brand.lower() == brand) for brand in brands}

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        return {key.lower(): key for key in self.drugs}

    @cached_property
    def _questions(self) -> Mapping[str, tuple[str, ...]]:
        return {key: tuple(question.code for question in drug.screening) for key, drug in self.drugs.items()}

    def key_of(self, typed: Any) -> Any:
        """Return the key of the drug that is typed in whatever case, or what is typed if there is no such key."""
        return self._keys.get(typed.lower(), typed) if isinstance(typed, str) else typed

    def named(self, drug: str) -> Any:
        """Return how an order names a drug that is known by its name: by the key of its file, if it has one."""
        key = self.key_of(drug)
        return key if key in self.drugs else {"name": drug}

    def drug_of(self, drug: object) -> Drug | None:
        """Return the file of the drug that an order names by its key; None for one named without a file."""
        return self.drugs[drug] if isinstance(drug, str) else None

    def questions_of(self, drug: object) -> tuple[str, ...] | None:
        """Return the codes of the questions on a drug: of its file, none if it is named; None if it is not known."""
        if isinstance(drug, str) and drug in self.drugs:
            return self._questions[drug]
        return () if isinstance(drug, Mapping) else None

    def vehicle(self, name: object) -> KnownVehicle | None:
        """Return what the table knows of a vehicle, by any of its names in whatever case; None if it is not in it."""
        by_name = self.vehicles or {}
        return by_name.get(" ".join(name.split()).casefold()) if isinstance(name, str) else None

    def shells_of(self, brand: str | None) -> tuple[Shell, ...]:
        """Return the shells of a brand (by default the reference brand), the largest first; empty if unknown."""
        return self._shells_by_brand.get((brand or limits.REFERENCE_BRAND).lower(), ())

    def shell(self, size: str, brand: str | None) -> Shell | None:
        """Return the shell of this size and brand (by default the reference brand), or None if unknown."""
        return self._shells_by_key.get(((brand or limits.REFERENCE_BRAND).lower(), size))


def _drug(path: Path, diluents: Mapping[str, Diluent], sizes: tuple[str, ...]) -> Drug:
    drug = toml_of(path, Drug)
    if drug.default_size not in sizes:
        raise BadFile(f"{path.name}: default_size: {drug.default_size!r} is not in capsules.csv")
    named = [(f"diluents_to_avoid.{i}.name", entry.name) for i, entry in enumerate(drug.diluents_to_avoid)]
    named += [(f"studies.{i}.diluents", name) for i, study in enumerate(drug.studies) for name in study.diluents]
    for place, name in named:
        if name not in diluents:
            raise BadFile(f"{path.name}: {place}: {name!r} is not in diluents.csv")
    return drug


def _vehicles(path: Path) -> Mapping[str, KnownVehicle]:
    rows = rows_of(path, KnownVehicle, "name")
    by_name = {name: row for row in rows for name in row.names}
    if len(by_name) != sum(len(row.names) for row in rows):
        raise BadFile(f"{path.name}: also: a name stands there twice")
    return MappingProxyType(by_name)


def _printed_names(path: Path, diluents: Iterable[str], vehicles: Mapping[str, KnownVehicle]) -> PrintedNames:
    """Join the names of both tables with those that labels print besides."""
    names: dict[str, list[str]] = {name: [] for name in diluents}
    names |= {row.name: list(listed(row.also)) for row in vehicles.values()}
    for row in rows_of(path, PrintedName, "printed"):
        if row.name not in names:
            raise BadFile(f"{path.name}: name: {row.name!r} is in neither table")
        names[row.name].append(row.printed)
    try:
        return PrintedNames(names)
    except ValueError as fault:
        raise BadFile(f"{path.name}: printed: {fault}") from fault


def _formulations(folder: Path) -> Mapping[str, Formulation]:
    """Read the published formulations by their keys."""
    by_key = {}
    for path in sorted(folder.glob("*.toml")):
        if not NAME_IN_KEY.fullmatch(path.stem):
            raise BadFile(f"{path.name}: its name is no key: small letters, digits, points and hyphens, 36 at most")
        by_key[f"{KEY_PREFIX}{path.stem}"] = toml_of(path, Formulation)
    return MappingProxyType(by_key)


def load(
    drugs: Path = HERE / "drugs", tables: Path = HERE / "tables", formulations: Path = HERE / "formulations"
) -> Library:
    """Read every drug's file, every table and every formulation.

    Raises `BadFile`, naming the file and the field, for anything that cannot be used.

    >>> sorted(load().drugs)
    ['naltrexone']
    """
    shells = tuple(
        Shell(
            row.brand,
            row.size,
            figure(row.volume_ml, ML_PER_CAPSULE),
            figure(row.gelatin_shell_mg, MG_PER_CAPSULE) if row.gelatin_shell_mg else None,
            row.source,
        )
        for row in rows_of(tables / "capsules.csv", _ShellRow, "brand", "size")
    )
    diluents: dict[str, Diluent] = {}
    for row in rows_of(tables / "diluents.csv", _DiluentRow, "name"):
        tapped = row.tapped_density_g_per_ml
        density = figure(tapped, G_PER_ML).to(MG_PER_ML) if tapped else None
        diluents[row.name] = Diluent(row.name, density, row.gel_forming == "yes", row.note, row.source)
    if limits.DEFAULTS["diluent.name"] not in diluents:
        raise BadFile(f"diluents.csv: the default diluent {limits.DEFAULTS['diluent.name']!r} is missing")
    beyond_use = {
        row.name: BeyondUseRule(row.name, row.description, row.days, row.storage, row.reference)
        for row in rows_of(tables / "beyond_use.csv", _BeyondUseRow, "class")
    }
    for name in (limits.CAPSULE_CLASS, *limits.LIQUID_CLASSES.values()):
        if name not in beyond_use:
            raise BadFile(f"beyond_use.csv: class: {name!r} is missing")
    sizes = tuple(shell.size for shell in shells if shell.brand == limits.REFERENCE_BRAND)
    files = sorted(drugs.glob("*.toml"))
    if limits.DEFAULT_DRUG not in {path.stem for path in files}:
        raise BadFile(f"{limits.DEFAULT_DRUG}.toml: the file of the default drug is missing")
    by_key = {path.stem: _drug(path, diluents, sizes) for path in files}
    vehicles = _vehicles(tables / "vehicles.csv")
    return Library(
        MappingProxyType(by_key),
        shells,
        MappingProxyType(diluents),
        MappingProxyType(beyond_use),
        rows_of(tables / "name_words.csv", NameWord, "word"),
        frozenset(row.name for row in rows_of(tables / "official_names.csv", OfficialName, "name")),
        vehicles,
        _formulations(formulations),
        _printed_names(tables / "printed_names.csv", diluents, vehicles),
    )
