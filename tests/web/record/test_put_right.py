"""What was entered wrongly and is put right on the pages of a batch: a test, and two names of one thing."""

from tests.support.batches import RELEASED, blended, made, send, signed, state_of, until_of
from tests.support.checked_client import soup, words
from tests.support.papers import squeezed, text_of_pdf

FAILED = {"what": "assay", "laboratory": "Laboratory One", "found": "96 % of label", "passes": "no"}


def test_a_test_is_put_right_by_another_pharmacist_and_the_old_outcome_stays_struck_out(record):
    maker, checker, other = record.window("c1"), record.window("p1"), record.window("i1")
    number = made(maker, checker, release=record)
    page = f"/record/batches/{number}"
    assert f"{page}/test" in checker.get(page).text  # a laboratory reports after the release
    assert send(checker, f"{page}/test", {**FAILED, **signed("p1", "Pharmacist One")}).status_code == 303
    assert state_of(record, number).status == "held"
    (seq,) = (event.seq for event in record.events("test.recorded"))
    correct = f"{page}/correct/{seq}"
    assert correct in other.get(page).text
    assert correct not in checker.get(page).text
    right = {"field": "passes", "new": "yes", "reason": "wrong line"}
    refused = send(other, correct, {**right, **signed("p1", "Pharmacist One")})
    assert refused.status_code == 422
    assert "Of the outcome: yes or no." in words(soup(refused).main)
    assert send(other, correct, {**right, **signed("i1", "In Charge One")}).status_code == 303
    (entry,) = soup(other.get(f"{page}?entries=all")).select(f"#entry-{seq}")
    assert "recorded a test: assay, passes" in words(entry)
    assert [struck.text for struck in entry.select("s")] == ["no"]
    printed = squeezed(text_of_pdf(other.get(f"{page}/record.pdf").data))
    assert squeezed("96 % of label, yes, corrected from: no") in printed
    free = {"reason": "test passes"}
    mine = send(other, f"{page}/free", {**free, **signed("i1", "In Charge One")})
    assert "You entered or corrected a test of this batch" in words(soup(mine).main)
    assert send(other, f"{page}/free", {**free, **signed("p1", "Pharmacist One")}).status_code == 303
    assert state_of(record, number).status == "made"


def test_two_names_of_one_thing_are_shown_without_a_figure_and_found_to_be_one(record):
    """The drum says Fillwell: the pharmacist of two says so, and reads all again herself."""
    maker, checker = record.window("c1"), record.window("p1")
    number = made(maker, checker)
    page, signature = f"/record/batches/{number}", signed("p1", "Pharmacist One")
    label = {"values-label_number": number, "values-label_until": until_of(record, number), "reviewed-slips": "yes"}
    read = {**RELEASED, **label, "values-diluent-name": "Fillwell", **signature}
    for _ in range(2):
        send(checker, f"{page}/release", read)
    assert state_of(record, number).status == "held"
    asked = words(soup(checker.get(f"{page}/difference")).main)
    assert "microcrystalline cellulose PH-101 Fillwell" in asked
    assert "S30981" not in asked
    assert "Show both readings" in words(soup(checker.get(f"{page}/difference?readings=all")).main)
    found = {"finding": "both are right", "reason": "two names for one thing", **signature}
    assert send(checker, f"{page}/difference", found).status_code == 303
    assert state_of(record, number).status == "made"
    assert send(checker, f"{page}/release", read).headers["Location"] == page
    assert state_of(record, number).status == "released"
    assert "both are right" in words(soup(checker.get(f"{page}?entries=all")).main)


def test_a_tick_of_what_was_not_done_is_taken_back_on_its_page(record):
    maker = record.window("c1")
    number = blended(maker, record.window("p1"))
    page = f"/record/batches/{number}"
    assert send(maker, page, {"bench-begin_blend-done": "y"}, f"{page}/record", "StepsForm").status_code == 303
    (seq,) = (each.seq for each in record.events("step.done") if each.data["step"] == "begin_blend")
    assert "no: it was ticked, and not done." in words(soup(maker.get(f"{page}/correct/{seq}")).main)
    typed = {"field": "done", "new": "no", "reason": "wrong line"}
    assert send(maker, f"{page}/correct/{seq}", typed).status_code == 303
    assert "begin_blend" not in state_of(record, number).entries
    (entry,) = soup(maker.get(f"{page}?entries=all")).select(f"#entry-{seq}")
    assert "not done" in words(entry)
    assert not entry.select("a")
