"""The compounding record as PDF: each element has its place, and it says what is kept, no more and no less."""

import csv
import json
from dataclasses import replace

import pytest

from calc.library import load
from calc.paper.label import STOCKS
from calc.record.batch.acts import Check, Correct, Dispense, Hold, Open, Print, Record, Resolve
from calc.record.batch.figures import written
from calc.record.paper.batch_papers import label_of_batch, sheet_of_batch
from calc.record.paper.document import record_content, record_pdf
from calc.record.paper.people import on_label, said_at
from calc.record.settings import Settings
from calc.record.words.paper import VOID
from tests.support.batch_by_acts import COMPOUNDER, LOTS, MADE, NUMBER, PHARMACIST, READ, WORKED, BatchByActs
from tests.support.batch_by_acts import played as play_once
from tests.support.papers import pages_of, squeezed, text_of_pdf
from tests.support.places import DATA

#: By hand: 4.5 mg x 433 / 432 = 4.5104 mg; ten masses of 1,853 mg less a shell of 48.1 mg are 137.2 mg a capsule.
#: Where each element of a compounding record stands, and of a master formulation what follows from the plan.
ELEMENTS = {
    "CR-1": ("30 capsules of naltrexone hydrochloride 4.5 mg", "4.5 mg of naltrexone hydrochloride in each capsule"),
    "CR-2": ("Prepared", "2026-11-29 09:33"),
    "CR-3": (f"Batch {NUMBER}",),
    "CR-4": ("Compounder One, compounder, license T 100", "Pharmacist Two, pharmacist, license P 200", MADE, READ),
    "CR-5": ("naltrexone hydrochloride tablets", "microcrystalline cellulose PH-101", "Empty capsule shells, size 3"),
    "CR-6": (*(text for lot in LOTS.values() for text in lot[:2]), "2028-05-31", "2028-01-31", "2029-01-31"),
    "CR-7": ("3 tablets, 0.480 g", "3.697 g", "0.433 g, boat 3, tare 1.203 g", "0.477 g"),
    "CR-8": ("tablets 50 mg", "90 to 110 %"),
    "CR-9": ("Quantity made", "30 of 30 capsules planned"),
    "CR-10": ("Description: white shells, white even powder",),
    "CR-11": ("Discard after May 27, 2027", "general limit for capsules", "Store at 20 to 25 °C"),
    "CR-12": (
        "135 mg \u00d7 480 mg / (3 tablets \u00d7 50 mg/tablet) = 432 mg",
        "Dose by what was weighed: 4.51 mg (+0.23 %)",
    ),
    "CR-13": ("186, 185, 185, 186, 184, 185, 186, 185, 185, 186 mg: the weights pass", "Mean fill: 137.2 mg"),
    "CR-14": ("Master formulation record", "none named; approved ones are not kept yet"),
    "CR-15": ("Reviewed for completeness before release", "Reviewed by Pharmacist Two, pharmacist, license P 200"),
    "CR-16": ("Maker One", "AB123", "Taken by", "Record to entry"),
    "CR-17": ("Yield: 30 of 30 capsules planned: 100 %", "deviations"),
    "MFR-1": ("naltrexone hydrochloride capsules, immediate release, to be taken by mouth",),
    "MFR-2": ("3 tablets of 50 mg", "40 shells"),
    "MFR-3": ("Salt form: naltrexone hydrochloride", "Grade, particle size: as named"),
    "MFR-4": ("Container and closure", "amber vial, 60 mL", "Tight, light-resistant, child-resistant"),
    "MFR-5": ("Crush to an even, fine powder", "Divide the whole blend", "Protective equipment", "gloves, mask, coat"),
    "MFR-6": ("Describe: shells, color of the powder, closed, clean",),
    "MFR-7": ("Beyond-use date and storage",),
    "MFR-8": ("USP <795> (2023)", "Study at hand"),
    "MFR-9": ("Calculations", "3,696.54... mg, on the balance 3.697 g"),
    "MFR-10": ("Text of the label",),
    "MFR-11": ("Lightest filled capsule that passes", "172 mg to 199 mg"),
    "MFR-12": ("The whole order as understood", "Fewest tablets to crush: 3"),
    "MFR-13": ("Not kept yet", "Master formulation records and their approval"),
}


@pytest.fixture(scope="module", name="played")
def released():
    return play_once()


@pytest.fixture(scope="module")
def text(played):
    return squeezed(text_of_pdf(record_pdf(played.kept, load())))


def content_of(batch):
    return record_content(batch.kept, load())


def said_in(content):
    return json.dumps(content, ensure_ascii=False)


def test_every_element_of_a_compounding_record_and_of_a_master_formulation_is_in_the_table():
    table = csv.DictReader((DATA / "record_elements.csv").read_text(encoding="utf-8").splitlines())
    assert {f"{row['record']}-{row['no']}" for row in table if row["record"] != "LABEL"} == ELEMENTS.keys()


@pytest.mark.parametrize("element", ELEMENTS)
def test_each_element_has_its_place(text, element):
    for words in ELEMENTS[element]:
        assert squeezed(words) in text, words


def test_every_entry_check_and_signature_is_printed_with_who_and_when(played, text):
    for event in played.events:
        if event.type in ("amount.recorded", "count.recorded", "step.done") and event.data.get("text"):
            assert squeezed(event.data["text"]) in text
        if event.signature is not None:
            assert squeezed(event.signature.meaning) in text
    assert squeezed("Check before crushing, try 1: differs") in text  # in the table of signatures
    assert squeezed("Check before crushing: matches") in text
    assert squeezed("Check before crushing, try 1: differ: Counted on the tray") in text
    assert squeezed("Check before crushing, try 2: all values match") in text
    assert squeezed("0.435 g, boat 3, tare 1.203 g (weighed again)") in text  # struck out, and replaced
    assert "Questionstothepatient:askedandclear" in text


def test_the_additions_of_the_blend_are_those_of_what_was_weighed_out(played):
    """By hand: 0.433 g of powder, doubled three times with 3.697 g of diluent, of which 0.666 g are left at the end."""
    found = [row for section in content_of(played)["sections"] for row in section["rows"]]
    assert [
        (row["target"], row["actual"]) for row in found if row["do"].startswith("Put the powder in the mortar")
    ] == [("0.432 g", "0.433 g")]
    assert [
        (row["target"], row["actual"]) for row in found if "of diluent; mix" in row["do"] or "rest of" in row["do"]
    ] == [
        ("0.432 g", "0.433 g, makes 0.866 g"),
        ("0.864 g", "0.866 g, makes 1.732 g"),
        ("1.728 g", "1.732 g, makes 3.464 g"),
        ("0.673 g", "0.666 g, makes 4.130 g"),
    ]


def test_head_and_sequence_stand_on_each_page_and_a_plain_batch_has_two(played):
    plain = play_once(slips=False)
    plain.act(Print("sheet", "letter"))
    plain.act(Print("label", "4x2", lines=("30 capsules",), filled=("patient", "directions")), PHARMACIST)
    plain.act(Dispense("30", "capsules", "1", "RX-1"), PHARMACIST, "I dispense this.")
    pages = [squeezed(page) for page in pages_of(record_pdf(plain.kept, load()))]
    assert len(pages) == 2
    for number, page in enumerate(pages, start=1):
        assert squeezed(said_at(plain.head)) in page
        assert squeezed(f"page {number} of 2") in page
        assert squeezed(f"Batch {NUMBER}") in page


def test_what_was_corrected_stands_struck_out_and_voids_the_checks_that_stood_on_it(played):
    batch = played.copy()
    lot = next(event for event in batch.events if event.type == "lot.taken")
    meaning = "I stand for this correction."
    other = PHARMACIST._replace(person="p3", name="Pharmacist Three")  # who has read it does not correct it
    batch.act(Correct(lot.seq, "text", "AB124", "read wrong"), other, meaning)
    content = content_of(batch)
    assert content["components"][0]["lots"][0]["lot"] == ["AB124", "AB123"]
    assert any("VOID" in mark for check in content["checks"] for mark in check["marks"])
    assert "Not released: held" in content["states"]
    (rows,) = (rows for title, rows in content["lists"] if title == "Corrections")
    assert rows[0][:5] == [f"Entry {lot.seq}", "text", "AB123", "AB124", "read wrong"]
    assert meaning in said_in(content["signatures"])


def test_a_sheet_that_was_printed_before_the_batch_was_planned_again_is_void():
    batch = BatchByActs()
    batch.act(Open(WORKED))
    batch.act(Print("sheet", "letter"))
    assert "VOID" not in said_in(content_of(batch)["lists"])
    batch.act(Record("count_tablets", "3", "tablets"))
    batch.act(Record("all_tablets", "0.480", "g"))
    (printed,) = next(rows for title, rows in content_of(batch)["lists"] if title == "Printed papers")
    assert "VOID: the batch was planned again after it was printed" in printed[1]


def test_a_batch_checked_by_its_maker_says_so_on_every_paper_and_is_never_called_verified():
    batch = BatchByActs()
    batch.act(Open(WORKED, checking="self-check", reason="alone today"))
    content = content_of(batch)
    assert content["states"][0] == "Self-check, no second person"
    assert ["Checked by", "self-check, no second person: alone today"] in content["facts"]
    sheet = text_of_pdf(sheet_of_batch(batch.state, batch.head, load(), "letter"))
    assert "Self-check, no second person" in sheet
    assert "verif" not in f"{said_in(content)} {sheet}".lower()


def test_a_batch_that_ends_as_self_check_says_of_each_check_who_made_it(played):
    """Two people read otherwise, twice; nobody else is there, so its maker finishes it alone."""
    batch = BatchByActs(Settings(technicians_check_before_crushing=True))
    batch.act(Open(WORKED))
    batch.record("count_tablets", "3", "tablets")
    batch.record("all_tablets", "0.480", "g")
    batch.take_lots()
    for _ in range(2):
        batch.act(Check("crushing", batch.read("crushing", count_tablets="4")), PHARMACIST, READ)
    resolved = Resolve("check was wrong", "counted again", "three lie there", finish="self-check")
    batch.act(resolved, PHARMACIST, "I looked into it.")
    content = content_of(batch)
    assert ["Checked by", "self-check, no second person: counted again"] in content["facts"]
    assert all(check["marks"] == [VOID] for check in content["checks"])  # they were a second person's
    (holds,) = (rows for title, rows in content["lists"] if title == "Holds and findings")
    assert holds[0][2].startswith("by the program, ")
    assert "check was wrong. counted again. three lie there" in holds[1]
    batch.act(Check("crushing", batch.read("crushing")), COMPOUNDER, READ)
    assert content_of(batch)["checks"][-1]["marks"] == ["Self-check, no second person"]


def test_sixty_labels_are_all_named_on_as_many_pages_as_they_need(played):
    batch = played.copy()
    for number in range(60):
        batch.act(Print("label", "4x2", reason="more containers" if number else ""), PHARMACIST)
    text = squeezed(text_of_pdf(record_pdf(batch.kept, load())))
    assert all(squeezed(f"no. {number},") in text for number in range(1, 61))


def test_a_version_that_plans_otherwise_prints_the_figures_that_were_kept_and_says_so(played):
    other = played.kept._replace(state=replace(played.state, fingerprint="A" * 16))
    content = record_content(other, load())
    assert any("plans the order otherwise" in said for said in content["states"])
    targets = {row["target"] for part in content["sections"] for row in part["rows"]}
    assert {"432 mg", "30 capsules"} <= targets  # of the events, not of a plan made today
    said = said_in(content)
    for words in ("0.433 g", "AB123", "Compounder One", "135 mg \u00d7 480 mg", "the weights pass"):
        assert words in said, words
    assert written(played.state.made) == "30 capsules"
    assert squeezed("4.5 mg") in squeezed(text_of_pdf(record_pdf(other, load())))


def test_sheet_and_label_bear_the_number_of_the_batch_and_the_head_of_the_record(played):
    sheet = [squeezed(page) for page in pages_of(sheet_of_batch(played.state, played.head, load(), "letter"))]
    assert len(sheet) == 2
    assert all(squeezed(said_at(played.head)) in page and NUMBER in page for page in sheet)
    for stock in STOCKS:
        label = label_of_batch(played.state, played.head, load(), stock, {"patient": "Somebody", "refills": "0"})
        assert squeezed(f"Batch {NUMBER}, record {on_label(played.head)}") in squeezed(text_of_pdf(label.pdf))
        assert label.filled == ("patient", "refills")
        assert not any("Somebody" in line for line in label.lines)
        assert "Discard after May 27, 2027" in label.lines


def test_holds_moves_and_lines_for_one_patient_are_told_but_never_what_was_typed(played):
    batch = played.copy()
    batch.act(Print("label", "4x2", lines=("30 capsules",), filled=("patient",)), PHARMACIST)
    batch.act(Dispense("20", "capsules", "1", "RX-SECRET-77"), PHARMACIST, "I dispense this.")
    batch.act(Hold("complaint"), PHARMACIST, "I hold this batch.")
    said = said_in(content_of(batch))
    for words in ("20 capsules", "containers: 1", "complaint", "lines for one patient were filled in: patient"):
        assert words in said, words
    assert "RX-SECRET-77" not in said
