"""The record of a batch: each element of a master formulation, compounding record and label has its place."""

import csv

import pytest

from calc.capsule.papers import label_pdf, sheet_pdf
from calc.paper.label import STOCKS
from tests.support.orders import dated
from tests.support.papers import planned, squeezed, text_of_pdf
from tests.support.places import DATA

TABLE = DATA / "record_elements.csv"
ELEMENTS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
PLAIN = {"dose": "4.5 mg", "quantity": 30, "prepared_on": "2026-11-22"}
#: What pharmacy practice writes on a sheet besides, one word or two of each.
BESIDES = (
    *("Balance no.", "Level the balance", "Zero the balance", "tare the boat", "Plate no.", "10 spare", "W ="),
    *("Look at the blend", "Weigh ten empty shells", "Weigh ten filled capsules", "Destroy the powder left over"),
    *("Put on protective equipment", "Clean balance, mortar, plate and place of work", "Released by"),
    *("one active drug", "not naloxone", "Divide the whole blend into 30 capsules", "Last dose:", "Prescriber"),
)


def test_every_element_of_the_records_is_in_the_table():
    kinds = [element["record"] for element in ELEMENTS]
    assert {kind: kinds.count(kind) for kind in kinds} == {"MFR": 13, "CR": 17, "LABEL": 9}


@pytest.fixture(scope="module")
def texts():
    made = planned(PLAIN)
    return {
        "sheet": squeezed(text_of_pdf(sheet_pdf(made, "letter"))),
        "labels": [squeezed(text_of_pdf(label_pdf(planned(dated(PLAIN)), stock))) for stock in STOCKS],
    }


@pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: f"{element['record']}-{element['no']}")
def test_each_element_has_its_place(texts, element):
    papers = texts["labels"] if element["record"] == "LABEL" else [texts["sheet"]]
    for words in element["place"].split("|"):
        assert all(squeezed(words) in paper for paper in papers), words


@pytest.mark.parametrize("words", BESIDES)
def test_what_practice_writes_down_besides_has_its_place(texts, words):
    assert squeezed(words) in texts["sheet"]
