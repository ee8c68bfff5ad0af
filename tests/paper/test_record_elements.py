"""The record of a batch: each element of a master formulation, compounding record and label has its place, and those of
the work stand on the two pages for the bench."""

import csv

import pytest

from calc.capsule.papers import label_pdf, sheet_pdf
from calc.paper.label import STOCKS
from tests.support.orders import dated
from tests.support.papers import pages_of, planned, squeezed, text_of_pdf
from tests.support.places import DATA

TABLE = DATA / "record_elements.csv"
ELEMENTS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
PLAIN = {"dose": "4.5 mg", "quantity": 30, "prepared_on": "2026-11-22"}
#: Thirty capsules of 4.5 mg from three tablets of 0.480 g, in size 3, packing 135 and 165 mg.
WORKED = {
    "dose": "4.5 mg",
    "quantity": 30,
    "prepared_on": "2026-11-29",
    "source": {"tablets_weighed": 3, "total_mass": "0.480 g"},
    "capsule": {"size": "3"},
    "diluent": {"packing_statistic": "135 mg"},
    "tablet_powder": {"packing_statistic": "165 mg"},
    "screening": {"opioids": "no", "liver_disease": "no"},
}
BENCH_PAGES = 2
#: What pharmacy practice writes on a sheet besides, one word or two of each.
BESIDES = (
    *(
        "Balance no., check due",
        "Level, settle and zero the balance",
        "tare each boat",
        "Plate no.",
        "10 of them spare",
    ),
    *("W =", "Even, no specks or streaks", "Weigh ten empty shells", "Weigh ten filled capsules", "Destroy the rest"),
    *("Protective equipment", "Clean balance, mortar, plate and place of work", "Released by", "Witness"),
    *("one active drug", "not naloxone", "Divide the whole blend", "Patient", "Prescriber", "Directions"),
    *(
        "STOP. Check before crushing",
        "STOP. Check before mixing",
        "Weigh nothing below 0.020 g",
        "Place one label here",
    ),
    *("Leaflet given", "Counseling", "Adverse event or complaint", "Pharmacy", "Days\u2019 supply"),
)


def test_every_element_of_the_records_is_in_the_table():
    kinds = [element["record"] for element in ELEMENTS]
    assert {kind: kinds.count(kind) for kind in kinds} == {"MFR": 13, "CR": 17, "LABEL": 9}
    assert {element["where"] for element in ELEMENTS} == {"bench", "annex", "label"}


@pytest.fixture(scope="module")
def texts():
    pages = [squeezed(page) for page in pages_of(sheet_pdf(planned(WORKED), "letter", annex=True))]
    return {
        "bench": ["".join(pages[:BENCH_PAGES])],
        "annex": ["".join(pages[BENCH_PAGES:])],
        "label": [squeezed(text_of_pdf(label_pdf(planned(dated(PLAIN)), stock))) for stock in STOCKS],
    }


@pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: f"{element['record']}-{element['no']}")
def test_each_element_has_its_place(texts, element):
    for words in element["place"].split("|"):
        assert all(squeezed(words) in paper for paper in texts[element["where"]]), words


@pytest.mark.parametrize("words", BESIDES)
def test_what_practice_writes_down_besides_has_its_place(texts, words):
    assert squeezed(words) in texts["bench"][0]


def test_who_is_asked_a_question_has_a_line_for_it():
    text = squeezed(text_of_pdf(sheet_pdf(planned(PLAIN), "letter")))
    assert squeezed("Last dose:") in text
    assert squeezed("Prescriber spoken with:") in text
