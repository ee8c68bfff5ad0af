"""Papers of a batch on its page: printed with number and head, noted, and without a patient in the record."""

import threading

import pytest

from calc.record.batch.acts import Open
from calc.record.paper.people import anchor, on_label, said_at
from calc.web.pages import common
from tests.support.batch_by_acts import NUMBER, WORKED, BatchByActs, played, put
from tests.support.batches import MADE, RELEASED, blended, send, signed, until_of
from tests.support.checked_client import soup, words
from tests.support.papers import pages_of, squeezed, text_of_pdf
from tests.support.record import RecordForTests, fields_of, post

BATCH = f"/record/batches/{NUMBER}"
PAPERS = f"{BATCH}/papers"
PATIENT = "Somebody Somewhere"


@pytest.fixture(scope="module")
def record():
    made = RecordForTests()
    put(made, played())
    yield made
    made.close()


def head_of(record):
    with record.store.reading() as reading:
        return reading.head()


def printed(record, window, paper, **fields):
    form = fields_of(window.get(PAPERS), "LabelForm" if paper == "label" else "SheetForm")
    return post(window, f"{BATCH}/{paper}.pdf", {**form, **fields})


def test_the_record_is_printed_with_the_head_and_noted_by_nothing(record):
    before = head_of(record)
    answer = record.window("p1").get(f"{BATCH}/record.pdf?size=a4")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert all(squeezed(said_at(before)) in squeezed(page) for page in pages_of(answer.get_data()))
    assert head_of(record) == before


def test_sheet_and_label_are_printed_and_noted_with_the_head_that_they_bear(record):
    window = record.window("p1")
    for paper, fields in (
        ("sheet", {"size": "letter"}),
        ("label", {"size": "4x2", "patient": PATIENT, "refills": "2"}),
    ):
        before = head_of(record)
        answer = printed(record, window, paper, **fields)
        assert answer.mimetype == "application/pdf", answer.text
        assert "no-store" in answer.headers["Cache-Control"]
        text = squeezed(text_of_pdf(answer.get_data()))
        assert NUMBER in text
        assert squeezed(on_label(before) if paper == "label" else before.short) in text
        event = record.events(f"{paper}.printed")[-1]
        assert event.data["head"] == anchor(before)
        assert event.by.person == "p1"
    assert event.data["filled"] == ["patient", "refills"]
    assert squeezed(PATIENT) in text
    database = b"".join(path.read_bytes() for path in record.folder.iterdir() if path.is_file())
    assert PATIENT.encode() not in database


def test_a_second_label_needs_a_reason_and_a_fault_keeps_what_was_typed_and_prints_nothing(record):
    window = record.window("p1")
    printed(record, window, "label", size="4x2")
    number = len(record.events("label.printed"))
    again = printed(record, window, "label", size="4x2", patient=PATIENT)
    assert again.status_code == 422
    assert PATIENT in again.get_data(as_text=True)
    faulty = printed(record, window, "label", size="4x2", patient=PATIENT, filled="2020-01-01", reason="first lost")
    assert faulty.status_code == 422
    assert "2020-01-01" in faulty.get_data(as_text=True)
    assert len(record.events("label.printed")) == number
    assert printed(record, window, "label", size="4x2", reason="first lost").mimetype == "application/pdf"


def test_a_size_that_there_is_not_and_a_press_that_is_full_keep_what_was_typed(record, monkeypatch):
    window, number = record.window("p1"), len(record.events())
    for paper in ("sheet", "label"):
        assert printed(record, window, paper, size="poster").status_code == 422
    monkeypatch.setattr("calc.web.pages.common._press", threading.BoundedSemaphore(1))
    with common.at_the_press():
        answer = printed(record, window, "label", size="4x2", patient=PATIENT, reason="first lost")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "1"
    assert PATIENT in answer.get_data(as_text=True)
    assert len(record.events()) == number


@pytest.mark.parametrize("case", ["W021"])
def test_who_may_not_print_is_refused_at_the_address_itself(record, case):
    """W021 of the list of bad inputs: somebody calls an address directly that the role may not use."""
    auditor = record.window("a1")
    page = auditor.get(PAPERS).get_data(as_text=True)
    assert "sheet.pdf" not in page
    assert "label.pdf" not in page
    assert auditor.get(f"{BATCH}/record.pdf").status_code == 403
    number = len(record.events())
    for paper in ("sheet", "label"):
        assert post(auditor, f"{BATCH}/{paper}.pdf", {}).status_code == 403
    assert len(record.events()) == number


@pytest.mark.parametrize("case", ["W025"])
def test_a_form_sent_twice_is_noted_once(record, case):
    """W025 of the list of bad inputs: a double click on Save makes one record."""
    window = record.window("c1")
    form = fields_of(window.get(PAPERS), "SheetForm")
    before = len(record.events("sheet.printed"))
    first, again = (post(window, f"{BATCH}/sheet.pdf", {**form, "size": "letter"}) for _ in range(2))
    assert (first.mimetype, again.status_code) == ("application/pdf", 422)
    assert "had already printed a paper" in again.get_data(as_text=True)
    assert len(record.events("sheet.printed")) == before + 1


def test_the_record_of_a_batch_that_waits_for_a_check_is_printed_for_its_maker_alone():
    made = RecordForTests()
    batch = BatchByActs()
    batch.act(Open(WORKED))
    batch.record("count_tablets", "3", "tablets")
    batch.record("all_tablets", "0.480", "g")
    batch.take_lots()
    assert batch.state.point_due == "crushing"
    put(made, batch)
    answer = made.window("p1").get(f"{BATCH}/record.pdf")
    assert (answer.status_code, answer.headers["Location"]) == (303, BATCH)
    assert "0.480" not in made.window("p1").get(PAPERS).get_data(as_text=True)
    made.close()


def test_the_label_states_the_capsules_made_and_is_read_as_it_is_printed(record):
    """Twenty-nine of thirty: who reads "29 capsules" off the label has read what the record expects."""
    maker, checker = record.window("c1"), record.window("p1")
    number = blended(maker, checker)
    page = f"/record/batches/{number}"
    made = send(maker, f"{page}/made", {**MADE, "made": "29", **signed("c1", "Compounder One")})
    assert made.headers["Location"] == page
    label = send(maker, f"{page}/papers", {"size": "4x2"}, f"{page}/label.pdf", "LabelForm")
    text = text_of_pdf(label.get_data())
    assert "29 capsules" in text
    assert "30 capsules" not in text
    assert "Test Pharmacy" in text  # as the record knows it
    assert any(line.startswith("29 capsules, ") for line in record.events("label.printed")[-1].data["lines"])
    read = {"values-made": "29", "values-label_quantity": "29", "values-label_number": number}
    read |= {"values-label_until": until_of(record, number), "reviewed-slips": "yes", "reviewed-weights": "yes"}
    released = send(checker, f"{page}/release", {**RELEASED, **read, **signed("p1", "Pharmacist One")})
    assert released.headers["Location"] == page


def test_a_label_that_states_another_number_than_the_corrected_one_is_to_be_printed_again(record):
    maker, checker = record.window("c1"), record.window("p1")
    number = blended(maker, checker)
    page, old = f"/record/batches/{number}", "The last label does not state 29 capsules, as were made"
    send(maker, f"{page}/made", {**MADE, **signed("c1", "Compounder One")})
    send(maker, f"{page}/papers", {"size": "4x2"}, f"{page}/label.pdf", "LabelForm")
    assert "does not state" not in maker.get(page).text
    wrong = {"field": "made", "new": "29", "reason": "typed wrong", **signed("p2", "Pharmacist Two")}
    seq = record.events("batch.made")[-1].seq
    assert send(maker, f"{page}/correct/{seq}", wrong).status_code == 303
    assert old in words(soup(maker.get(page)).main)
    assert "does not state" not in record.window("i1").get(page).text  # who may still count the tray is told no number
    sure = signed("p2", "Pharmacist Two")
    assert send(maker, f"{page}/hold", {"reason": "recall", **sure}).status_code == 303
    assert "does not state" not in maker.get(page).text  # no label is printed of a batch on hold
    assert send(maker, f"{page}/free", {"reason": "answered", **sure}).status_code == 303
    assert old in words(soup(maker.get(page)).main)
    again = {"size": "4x2", "reason": "label was wrong"}
    send(maker, f"{page}/papers", again, f"{page}/label.pdf", "LabelForm")
    assert "does not state" not in maker.get(page).text
