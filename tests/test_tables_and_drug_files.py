"""The tables and drugs' files as they stand, what stops the start, and how our own mistakes are logged.

Figures are those of the tables' own rows; studies and classes those of the project's description of the pharmacy. A bad
cell must stop the start, and the message name table, row and field.
"""

import csv
import logging
import shutil
from fractions import Fraction

import pytest

from calc.arithmetic.units import MG, MG_PER_CAPSULE, MG_PER_ML, ML_PER_CAPSULE, G, figure
from calc.drug import Drug
from calc.library import HERE, BadFile, document, load
from calc.service.mistakes import log_mistake

LIBRARY = load()
NALTREXONE = LIBRARY.drugs["naltrexone"]
SIZES = ("000", "00E", "00", "0E", "0", "1E", "1", "2E", "2", "3", "4E", "4", "5")


def test_the_tables_are_read_as_they_stand():
    """Rows of capsules.csv, diluents.csv and beyond_use.csv; 0.45 g/mL are 450 mg/mL."""
    library = load()
    three, brandless = library.shell("3", "coni-SNAP"), library.shell("3", None)
    assert three is brandless
    assert (three.brand, three.size) == ("Coni-Snap", "3")
    assert repr((three.volume, three.mass)) == repr((figure("0.3", ML_PER_CAPSULE), figure(48, MG_PER_CAPSULE)))
    assert three.source.startswith("Capsugel Coni-Snap brochure")
    assert library.shell("5", "ACG").volume == figure("0.1", ML_PER_CAPSULE)
    assert library.shell("5", "ACG").mass is library.shell("9", None) is library.shell("3", "Nobody") is None
    assert library.sizes == SIZES
    assert [shell.size for shell in library.shells_of("ACG")] == [size for size in SIZES if size != "4E"]
    assert [shell.size for shell in library.shells_of(None)] == list(library.sizes)
    assert library.shells_of("Nobody") == ()
    cellulose, gel = library.diluents["microcrystalline cellulose PH-101"], library.diluents["hypromellose K4M"]
    assert repr(cellulose.tapped_density) == repr(figure(450, MG_PER_ML))
    assert gel.tapped_density is None
    assert (cellulose.name, cellulose.gel_forming, gel.gel_forming) == (
        "microcrystalline cellulose PH-101",
        False,
        True,
    )
    assert "50 micrometres" in cellulose.note
    assert "Handbook of Pharmaceutical Excipients" in cellulose.source
    days = {name: rule.days for name, rule in library.beyond_use.items()}
    assert days == {
        "nonpreserved_aqueous": 14, "preserved_aqueous": 35, "oral_liquid_nonaqueous": 90, "other_nonaqueous": 180,
    }  # fmt: skip
    watery = library.beyond_use["nonpreserved_aqueous"]
    assert (watery.name, watery.storage) == ("nonpreserved_aqueous", "refrigerator")
    assert watery.description.startswith("Contains water")
    assert watery.reference.startswith("USP <795>")


@pytest.fixture
def data(tmp_path):
    for name in ("drugs", "tables"):
        shutil.copytree(HERE / name, tmp_path / name)
    return tmp_path


def refused(data):
    """What the start says of this data."""
    with pytest.raises(BadFile) as bad:
        load(data / "drugs", data / "tables")
    return str(bad.value)


BAD_CELLS = [
    ("capsules.csv", 2, "brand", ""), ("capsules.csv", 3, "size", ""), ("capsules.csv", 10, "source", ""),
    ("capsules.csv", 7, "volume_ml", ""), ("capsules.csv", 36, "volume_ml", "0,3"),
    ("capsules.csv", 2, "gelatin_shell_mg", "-48"), ("capsules.csv", 2, "hypromellose_shell_mg", "about 48"),
    ("diluents.csv", 2, "name", ""), ("diluents.csv", 3, "excipient", ""), ("diluents.csv", 4, "source", ""),
    ("diluents.csv", 2, "bulk_density_g_per_ml", ".4"), ("diluents.csv", 9, "tapped_density_g_per_ml", "0.4 g/mL"),
    ("diluents.csv", 2, "gel_forming", "maybe"), ("beyond_use.csv", 2, "class", ""),
    ("beyond_use.csv", 3, "description", ""), ("beyond_use.csv", 4, "days", "0"), ("beyond_use.csv", 5, "days", "3651"),
    ("beyond_use.csv", 2, "storage", ""), ("beyond_use.csv", 3, "reference", ""), ("beyond_use.csv", 4, "source", ""),
]  # fmt: skip


@pytest.mark.parametrize(("table", "line", "column", "value"), BAD_CELLS)
def test_a_bad_cell_stops_the_start_and_names_table_row_and_field(data, table, line, column, value):
    with (data / "tables" / table).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    if line > len(rows):
        rows.append(list(rows[-1]))
    rows[line - 1][rows[0].index(column)] = value
    with (data / "tables" / table).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    said = refused(data)
    assert said.startswith(f"{table} line {line}: {column}")
    assert all(part.startswith(f"{table} line {line}: {column}") for part in said.split("; "))


def edited(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("tables/capsules.csv", "size,volume_ml", "sizes,volume_ml", "capsules.csv line 2: size: Field required; caps"),
        (
            "tables/beyond_use.csv",
            "other_nonaqueous,",
            "others,",
            "beyond_use.csv: class: 'other_nonaqueous' is missing",
        ),
        ("tables/beyond_use.csv", "\npreserved_", "\nx_", "beyond_use.csv: class: 'preserved_aqueous' is missing"),
        ("tables/beyond_use.csv", "nonpreserved_", "x_", "beyond_use.csv: class: 'nonpreserved_aqueous' is missing"),
        ("tables/beyond_use.csv", "oral_", "x_", "beyond_use.csv: class: 'oral_liquid_nonaqueous' is missing"),
        (
            "tables/diluents.csv",
            "microcrystalline cellulose PH-101,",
            "chalk,",
            "diluents.csv: the default diluent 'microcrystalline cellulose PH-101' is missing",
        ),
        (
            "drugs/naltrexone.toml",
            'default_basis = "hydrochloride"',
            'default_basis = "salt"',
            "naltrexone.toml: the file as a whole: Value error, default_basis: 'salt' is not one of the bases",
        ),
        (
            "drugs/naltrexone.toml",
            'basis = "hydrochloride"\nusual',
            'basis = "salt"\nusual',
            "naltrexone.toml: the file as a whole: Value error, dose.basis: 'salt' is not one of the bases",
        ),
        (
            "drugs/naltrexone.toml",
            'default_size = "3"',
            'default_size = "6"',
            "naltrexone.toml: default_size: '6' is not in capsules.csv",
        ),
        (
            "drugs/naltrexone.toml",
            '"microcrystalline cellulose PH-102"',
            '"chalk"',
            "naltrexone.toml: studies.0.diluents: 'chalk' is not in diluents.csv",
        ),
        (
            "drugs/naltrexone.toml",
            'name = "calcium carbonate"',
            'name = "chalk"',
            "naltrexone.toml: diluents_to_avoid.0.name: 'chalk' is not in diluents.csv",
        ),
        ("drugs/naltrexone.toml", "days = 60", "days = 0", "naltrexone.toml: studies.1.days: "),
        ("drugs/naltrexone.toml", "days = 60", "days = sixty", "naltrexone.toml: "),
        (
            "drugs/naltrexone.toml",
            '\nstrength = "50 mg"',
            '\nstrength = "50"',
            "naltrexone.toml: products.0.strength: unit_missing",
        ),
    ],
)
def test_what_is_missing_or_contradicts_itself_stops_the_start_in_words(data, path, old, new, said):
    edited(data / path, old, new)
    assert refused(data).startswith(said)


def test_a_size_that_only_the_reference_brand_has_may_be_the_usual_one(data):
    edited(data / "drugs" / "naltrexone.toml", 'default_size = "3"', 'default_size = "4E"')
    assert load(data / "drugs", data / "tables").drugs["naltrexone"].default_size == "4E"


@pytest.mark.parametrize("table", ["capsules.csv", "diluents.csv", "beyond_use.csv"])
def test_an_empty_table_is_named(data, table):
    path = data / "tables" / table
    path.write_text(path.read_text(encoding="utf-8").partition("\n")[0], encoding="utf-8")
    assert refused(data) == f"{table}: no rows"


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ("capsules.csv", "acg,3,0.4,,,x", "capsules.csv line 36: brand size: 'acg 3' stands there twice"),
        (
            "beyond_use.csv",
            "other_nonaqueous,x,360,x,x,x",
            "beyond_use.csv line 6: class: 'other_nonaqueous' stands there",
        ),
        (
            "diluents.csv",
            "Mannitol powder,x,x,,,no,,x",
            "diluents.csv line 29: name: 'Mannitol powder' stands there twice",
        ),
        ("capsules.csv", '"ACG"x,6,0.4,,,x', "capsules.csv line 36: "),
        ("name_words.csv", "ER,extended,word,x", "name_words.csv line 47: word: 'ER' stands there twice"),
        ("official_names.csv", "naloxone,x", "official_names.csv line 11: name: 'naloxone' stands there twice"),
        ("printed_names.csv", "MCC,olive oil,x", "printed_names.csv line 37: printed: 'MCC' stands there twice"),
        ("printed_names.csv", "M.C.C.,olive oil,x", "printed_names.csv: printed: 'M.C.C.' is two products"),
        ("printed_names.csv", "chalk,chalk,x", "printed_names.csv: name: 'chalk' is in neither table"),
        ("capsules.csv", "ACG,6,0.4,,,x\udcff", "capsules.csv: 'utf-8' codec can't decode byte 0xff"),
    ],
)
def test_a_second_row_of_one_thing_and_what_is_no_table_stop_the_start(data, table, row, said):
    """Else the days of the last row of a class would hold, unseen."""
    with (data / "tables" / table).open("a", encoding="utf-8", errors="surrogateescape") as file:
        file.write(f"{row}\n")
    assert refused(data).startswith(said)


def test_a_drug_file_that_is_no_text_is_named(data):
    path = data / "drugs" / "naltrexone.toml"
    path.write_bytes(path.read_bytes() + b"\xff")
    assert refused(data).startswith("naltrexone.toml: 'utf-8' codec can't decode byte 0xff")
    path.rename(path.with_stem("other"))
    assert refused(data) == "naltrexone.toml: the file of the default drug is missing"


def test_a_document_is_given_whole_or_named():
    assert document("evidence.md").startswith("# ")
    with pytest.raises(BadFile, match=r"^nothing.md: the document is not installed$"):
        document("nothing.md")


def test_a_drug_is_known_by_its_name_its_brands_and_its_usual_misspellings():
    """Its name anywhere in what was typed; a brand or misspelling only as a word of its own."""
    for typed in ("Naltrexone HCl", "naltrexonehydrochloride", "ReVia", "REVIA 50 mg", "low dose (LDN)", "Naltrexona"):
        assert NALTREXONE.is_meant_by(typed), typed
    for typed in ("naloxone", "Soldner", "reviax", "ldns", "", "aspirin"):
        assert not NALTREXONE.is_meant_by(typed), typed
    for typed in ("Naloxone", "NALOXONE HCl 4 mg"):
        assert NALTREXONE.is_confused_with(typed), typed
    for typed in ("naltrexone", "naloxegol", ""):
        assert not NALTREXONE.is_confused_with(typed), typed


def test_a_study_of_a_liquid_applies_to_its_own_class_strength_and_storage_alone():
    """Fawcett 1997: 1 mg in 1 mL, preserved, 60 days at 4 C; one of capsules applies to no liquid."""
    of_capsules, cold, warm = NALTREXONE.studies
    assert (cold.days, warm.days) == (60, 30)
    one = figure(1, MG_PER_ML)
    assert cold.applies_to("preserved_aqueous", one, "refrigerator")
    assert warm.applies_to("preserved_aqueous", one, "room temperature")
    assert cold.model_copy(update={"in_one_ml": figure("0.001", G)}).applies_to(
        "preserved_aqueous", one, "refrigerator"
    )
    assert not cold.applies_to("preserved_aqueous", one, "room temperature")
    assert not cold.applies_to("nonpreserved_aqueous", one, "refrigerator")
    assert not cold.applies_to("preserved_aqueous", figure("1.1", MG_PER_ML), "refrigerator")
    assert not of_capsules.applies_to("preserved_aqueous", one, "refrigerator")
    assert not cold.model_copy(update={"in_one_ml": None}).applies_to("preserved_aqueous", one, "refrigerator")


def test_what_may_be_crushed_and_how_it_is_stated():
    assert isinstance(NALTREXONE, Drug)
    assert NALTREXONE.accepted_strengths == (figure(50, MG),)
    assert NALTREXONE.bases["base"].molar_mass_figure.value == Fraction("341.40")
    assert all(product.release == "immediate" for product in NALTREXONE.accepted_products)


def test_our_own_mistake_is_logged_by_number_kind_and_innermost_place_and_says_nothing_of_the_order(caplog):
    def inner():
        raise ValueError("4.5 mg of a secret")

    faults = []
    for work in (inner, lambda: inner()):
        try:
            work()
        except ValueError as fault:
            faults.append(fault)
    with caplog.at_level(logging.ERROR, logger="triturate"):
        numbers = [log_mistake(fault) for fault in (*faults, KeyError("never raised"))]
    line = inner.__code__.co_firstlineno + 1
    place = f"test_tables_and_drug_files.py:{line}"
    assert [record.getMessage() for record in caplog.records] == [
        f"mistake {numbers[0]}: ValueError at {place}",
        f"mistake {numbers[1]}: ValueError at {place}",
        f"mistake {numbers[2]}: KeyError at ",
    ]
    assert {(record.name, record.levelname) for record in caplog.records} == {("triturate", "ERROR")}
    assert len(set(numbers)) == 3
    assert all(len(number) == 8 and int(number, 16) >= 0 for number in numbers)
