"""Laws of every sentence that a person reads, on pages and papers, over random orders of each kind.

One is not many, no line begins in the middle of a sentence, no word is said twice, and amounts of drug in one sentence
have one unit. The strength on a tablet's label keeps the unit of the label, and powder is not drug.
"""

import re
from contextlib import suppress

import pytest

from calc.capsule.papers import label_content, leaflet_content, sheet_content
from calc.faults import Refused
from calc.library import load
from calc.liquid.papers import liquid_leaflet_content, liquid_sheet_content
from calc.paper.press import DoesNotFit
from calc.pictures import pictures
from calc.service.preparations import CAPSULES, LIQUID
from calc.titration.planning import titrate
from calc.titration.schedule import Titration
from calc.titration.sheet import titration_sheet
from calc.wording import fault_text, stop_text
from tests.second_engine.parts import TODAY
from tests.support.sheets import NO_SENTENCE, texts_of
from tests.tools.compare_engines import trees

LIBRARY = load()
EACH = 70
#: Not sentences: shown work, which runs in mg, and what was typed.
ARITHMETIC = {"working", "steps", "substituted", "result", "formula", "order", "components", "in_words", "words"}
COUNTED = "tablet|capsule|dose|day|shell|bottle|week|step"
ONE_AS_MANY = re.compile(
    rf"(?<![\d.,/-])1 (?:(?:{COUNTED})s\b|(?:{COUNTED}) (?:are|hold|were|do|last|leave|together weigh)\b)"
)
TWICE = re.compile(r"\b([a-z]{2,})[:,]? \1\b", re.IGNORECASE)
#: A name of a diluent, an assay "as is", which is not corrected, and typed names that say one twice.
NAMES = re.compile(
    "starch Starch|as is is|tablets tablets|ehicle: [Vv]ehicle|water, water with|syrup, syrup|sodium, sodium"
)
#: Beginnings that want a subject before them; a target in a column of its own is a figure.
LOST = re.compile(r"(?:^|[.:] )(?:If it does not|Within \d|Bound by|As entered|At least the|Each about|Mean of)")
LABEL = re.compile(
    r"[\d.,]+ mc?g(?= tablet| source capsule| capsules(?:, immediate|$)|/g\b)|(?:tablet|capsule)s? of [\d.,]+ mc?g|"
    r"that is [\d.,]+ mc?g|mg and mcg|"
    r"[\d.,]+ mg of (?:the bulk )?(?:powder|the dilution)(?:, more than [\d.,]+ mg)?"
)


def papers_of(kind, plan):
    """What the papers of a plan say; a label that does not fit says nothing."""
    drug = plan.drug
    if kind == "capsules":
        yield sheet_content(plan, "letter", annex=True)
        with suppress(DoesNotFit, Refused):  # or waits for an expiry
            yield label_content(plan, "4x2")
        if drug is not None:
            yield leaflet_content(plan, drug, "letter")
    else:
        yield liquid_sheet_content(plan, "letter", annex=True)
        if drug is not None:
            yield liquid_leaflet_content(plan, drug, "letter")


def said_of(kind, tree):
    """Everything that pages and papers say of an order, or why it is refused."""
    try:
        if kind == "titrations":
            yield titration_sheet(titrate(Titration.read(tree, LIBRARY, today=TODAY), LIBRARY), LIBRARY)
            return
        preparation = CAPSULES if kind == "capsules" else LIQUID
        plan = preparation.plan(preparation.order.read(tree, LIBRARY, today=TODAY), LIBRARY)
        yield preparation.sheet(plan)
        yield pictures(plan) if kind == "capsules" else ()
        if plan.beyond_use.bound is not None:
            yield from papers_of(kind, plan)
    except Refused as refused:
        yield [fault_text(fault) for fault in refused.faults]
        yield [stop_text(stop) for stop in refused.stops]


def sentences(kind):
    """Each sentence once, with the order that it is said of."""
    found = {}
    for tree in trees(EACH, "sentences", kind, new=True):
        for said in said_of(kind, tree):
            for name, text in texts_of(said):
                if name not in NO_SENTENCE | ARITHMETIC:
                    found.setdefault(text.replace("\u00a0", " "), tree)
    return found


@pytest.mark.parametrize("kind", ["capsules", "liquids", "titrations"])
def test_every_sentence_is_whole_counts_one_as_one_and_has_one_unit_of_drug(kind):
    said = sentences(kind)
    assert len(said) > 200
    slips = {
        text: tree
        for text, tree in said.items()
        if ONE_AS_MANY.search(text) or LOST.search(text) or (TWICE.search(text) and not NAMES.search(text))
    }
    assert slips == {}
    two_units = {
        text: tree
        for text, tree in said.items()
        for amounts in (LABEL.sub("", text),)
        if re.search(r"\d mcg\b", amounts) and re.search(r"\d mg\b", amounts)
    }
    assert two_units == {}


@pytest.mark.parametrize(
    ("law", "text"),
    [
        (ONE_AS_MANY, "1 tablets"),
        (ONE_AS_MANY, "1 dose last 1 day"),
        (ONE_AS_MANY, "1 tablet together weigh 480 mg"),
        (TWICE, "Vehicle: Vehicle: syrup"),
        (LOST, "Weigh one tablet alone. If it does not, count again."),
        (LOST, "Within 10 % of the mean"),
    ],
)
def test_the_slips_that_use_found_are_told(law, text):
    assert law.search(text)


def test_a_plan_in_micrograms_says_every_amount_of_drug_in_micrograms():
    """7 tablets of 25 mcg hold 175 mcg; 60 capsules of 2.5 mcg 150; 25 are left over."""
    tree = {
        "drug": {"name": "liothyronine"},
        "dose": "2.5 mcg",
        "quantity": 60,
        "source": {"strength": "25 mcg", "tablets_weighed": 7, "total_mass": "0.560 g"},
    }
    plan = CAPSULES.plan(CAPSULES.order.read(tree, LIBRARY, today=TODAY), LIBRARY)
    made = CAPSULES.sheet(plan)
    assert made.headline == "60 capsules of liothyronine 2.5 mcg"
    assert "7 tablets hold 175 mcg; 60 capsules hold 150 mcg; 25 mcg is left over." in made.human
    figures = {line.name: line.text for line in made.key_figures}
    assert (figures["Drug needed"], figures["Drug left over"]) == ("150 mcg", "25 mcg")
    assert "from 25 mcg tablets" in made.echo


def test_a_plan_in_milligrams_stays_in_milligrams():
    """30 of 0.05 mg are 1.5 mg."""
