"""Drugs are data: a file alone adds a drug, and a bad file stops the start and says where it is bad."""

import shutil
from datetime import date

import pytest

from calc import library as libraries
from calc.capsule.answer import answer
from calc.capsule.order import Order
from calc.capsule.planning import plan
from calc.library import BadFile, load

DATA = libraries.HERE

SECOND_DRUG = """
name = "a second drug"
default_basis = "base"
default_strength = "10 mg"
default_size = "4"
release = "immediate"

[bases.base]
label = "a second drug"
molar_mass = "100.5"
reference = "made up for this test"

[dose]
basis = "base"
absolute_low = "10 mcg"
notice_low = "0.2 mg"
usual_low = "1 mg"
usual_high = "2 mg"
tenfold_above = "8 mg"
absolute_high = "9 mg"
reference = "made up for this test"

[[products]]
labeler = "none"
ndc = ""
strength = "10 mg"
release = "immediate"
accepted = true
source = "made up for this test"

[[cautions]]
code = "only_one"
severity = "caution"
text = "A caution of the second drug."
reference = "made up for this test"
source = "table"
"""


@pytest.fixture
def drugs(tmp_path):
    shutil.copytree(DATA / "drugs", tmp_path / "drugs")
    return tmp_path / "drugs"


@pytest.fixture
def tables(tmp_path):
    shutil.copytree(DATA / "tables", tmp_path / "tables")
    return tmp_path / "tables"


def test_a_file_alone_adds_a_drug_that_is_planned(drugs):
    (drugs / "second.toml").write_text(SECOND_DRUG, encoding="utf-8")
    library = load(drugs)
    tree = {"drug": "second", "dose": "1.5 mg", "quantity": 20}
    order = Order.read(tree, library, today=date(2026, 11, 22))
    shown = answer(plan(order, library))
    assert shown["order"]["source"]["strength"] == "10 mg"
    assert shown["order"]["capsule"]["size"] == "4"
    assert shown["plan"]["tablets_to_crush"] == 4  # 30 mg / (10 mg x 0.97) = 3.09
    assert [caution["code"] for caution in shown["plan"]["cautions"]] == ["only_one"]


def test_the_second_drug_keeps_its_own_dose_ranges(drugs):
    (drugs / "second.toml").write_text(SECOND_DRUG, encoding="utf-8")
    library = load(drugs)
    order = Order.read({"drug": "second", "dose": "4.5 mg", "quantity": 20}, library, today=date(2026, 11, 22))
    with pytest.raises(libraries_refused()) as refused:
        plan(order, library)
    assert [stop.code for stop in refused.value.stops] == ["dose_above_usual"]


def libraries_refused():
    from calc.faults import Refused

    return Refused


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('default_size = "4"', 'default_size = "9"', "default_size"),
        ('molar_mass = "100.5"', 'molar_mass = "about 100"', "bases.base.molar_mass"),
        ('usual_high = "2 mg"', 'usual_high = "20 mg"', "dose"),
        ('usual_high = "2 mg"', 'usual_high = "2 mL"', "dose.usual_high"),
        ('absolute_high = "9 mg"', "", "dose.absolute_high"),
        ('release = "immediate"\naccepted', 'release = "extended"\naccepted', "products.0"),
        ('default_strength = "10 mg"', 'default_strength = "11 mg"', "default_strength"),
        ('default_basis = "base"', 'default_basis = "salt"', "default_basis"),
        ('name = "a second drug"\n', 'name = "a second drug"\nnickname = "x"\n', "nickname"),
        ('severity = "caution"', 'severity = "loud"', "cautions.0.severity"),
        ("[dose]", "[dose", "line"),
    ],
)
def test_a_bad_file_stops_the_start_and_names_file_and_field(drugs, old, new, field):
    assert old in SECOND_DRUG
    (drugs / "second.toml").write_text(SECOND_DRUG.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadFile, match=rf"second\.toml.*{field}"):
        load(drugs)


def test_a_diluent_to_avoid_must_be_in_the_table(drugs):
    extra = '\n[[diluents_to_avoid]]\nname = "chalk"\nevidence = "weak"\ntext = "x"\nreference = "x"\n'
    (drugs / "second.toml").write_text(SECOND_DRUG + extra, encoding="utf-8")
    with pytest.raises(BadFile, match=r"second\.toml: diluents_to_avoid\.0\.name: 'chalk'"):
        load(drugs)


STUDY = """
[[studies]]
key = "made_up"
preparation = "{preparation}"
days = 30
storage = "x"
conditions = "x"
reference = "made up for this test"
source = "x"
"""
OF_A_LIQUID = 'beyond_use_class = "preserved_aqueous"\nin_one_ml = "1 mg"\nkept = "refrigerator"\n'


@pytest.mark.parametrize(
    ("preparation", "more"),
    [
        ("liquid", ""),
        ("liquid", OF_A_LIQUID.replace('kept = "refrigerator"\n', "")),
        ("liquid", OF_A_LIQUID + 'diluents = ["lactose"]\n'),
        ("capsule", OF_A_LIQUID),
        ("capsule", 'kept = "refrigerator"\n'),
    ],
)
def test_a_study_says_all_of_what_it_is_of_and_nothing_else(drugs, preparation, more):
    path = drugs / "second.toml"
    path.write_text(SECOND_DRUG + STUDY.format(preparation=preparation) + more, encoding="utf-8")
    with pytest.raises(BadFile, match=r"second\.toml: studies\.0: .*study of a liquid"):
        load(drugs)


def test_the_default_drug_must_have_a_file(drugs):
    (drugs / "naltrexone.toml").unlink()
    with pytest.raises(BadFile, match=r"naltrexone\.toml"):
        load(drugs)


@pytest.mark.parametrize(
    ("table", "old", "new", "field"),
    [
        ("capsules.csv", "Coni-Snap,3,0.3,48", "Coni-Snap,3,0.3 mL,48", "volume_ml"),
        ("diluents.csv", "PH-101,0.32,0.45", "PH-101,0.32,about 0.45", "tapped_density_g_per_ml"),
        ("beyond_use.csv", ",180,", ",many,", "days"),
        ("beyond_use.csv", "other_nonaqueous,", "something_else,", "other_nonaqueous"),
        ("diluents.csv", "microcrystalline cellulose PH-102,", "microcrystalline cellulose PH-101,", "twice"),
        ("diluents.csv", "microcrystalline cellulose PH-101,", "another powder,", "default diluent"),
    ],
)
def test_a_bad_table_stops_the_start_and_names_table_and_field(tables, table, old, new, field):
    text = (tables / table).read_text(encoding="utf-8")
    assert old in text
    (tables / table).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadFile, match=rf"{table}.*{field}"):
        load(tables=tables)


def test_an_empty_table_stops_the_start(tables):
    text = (tables / "capsules.csv").read_text(encoding="utf-8")
    (tables / "capsules.csv").write_text(text.splitlines()[0] + "\n", encoding="utf-8")
    with pytest.raises(BadFile, match="no rows"):
        load(tables=tables)


def test_no_product_of_extended_release_is_accepted_for_naltrexone():
    refused = [product.labeler for product in load().drugs["naltrexone"].products if not product.accepted]
    assert any("Vivitrol" in labeler for labeler in refused)
    assert any("Contrave" in labeler for labeler in refused)


def test_naltrexone_is_never_presented_as_reversing_an_overdose():
    for caution in load().drugs["naltrexone"].cautions:
        for sentence in caution.text.split(". "):
            if "revers" in sentence.lower():
                assert "Naloxone reverses" in sentence
                assert "naltrexone must not be used for that" in sentence
