"""What was done on paper while the record was down: "made", lots and what left the batch, on the pages of a batch."""

from calc.record.streams import of_batch
from tests.support.batches import LOTS, MADE, RELEASED, blended, opened, send, signed, state_of, until_of
from tests.support.checked_client import soup, words
from tests.support.papers import squeezed, text_of_pdf

PHARMACIST = ("p1", "Pharmacist One")


def from_paper(record, time):
    """The boxes for what was done at a time of this day."""
    return {"late-done_at": f"{record.clock().day} {time}", "late-reason": "record was down"}


def test_made_and_dispensed_on_paper_are_told_with_both_times_on_page_and_pdf(record):
    """The checks are made at 3:00 PM; made on paper at 3:01 and written at 3:02, given out at 3:03, written at 3:04."""
    maker, checker = record.window("c1"), record.window("p1")
    number = blended(maker, checker)
    page = f"/record/batches/{number}"
    record.clock.on(minutes=2)
    typed = {**MADE, **signed("c1", "Compounder One")}
    early = send(maker, f"{page}/made", {**typed, **from_paper(record, "14:59")})
    assert early.status_code == 422
    box = soup(early).find(id="late-done_at")
    assert (box["aria-invalid"], box["value"][-5:]) == ("true", "14:59")
    assert box.find_parent("details").has_attr("open")
    assert "This cannot have been done before" in words(soup(early).main)
    assert send(maker, f"{page}/made", {**typed, **from_paper(record, "15:01")}).status_code == 303
    label = {"values-label_number": number, "values-label_until": until_of(record, number)}
    confirmed = {"reviewed-slips": "yes", "reviewed-late": "yes"}
    assert (
        send(checker, f"{page}/release", {**RELEASED, **label, **confirmed, **signed(*PHARMACIST)}).status_code == 303
    )
    record.clock.on(minutes=2)
    given = {"amount": "10", "containers": "1", "reference": "RX-1", **signed(*PHARMACIST)}
    assert send(checker, f"{page}/dispense", {**given, **from_paper(record, "15:03")}).status_code == 303
    row = soup(checker.get(f"{page}/references")).select("tbody tr")[-1]
    assert words(row).split("PM")[0].endswith("3:03 ")
    assert "RX-1" in words(row)
    shown = words(soup(checker.get(f"{page}?entries=all")).main)
    for said in (
        "3:01 PM Compounder One: signed the batch as made: 30 capsules (written down later,",
        "3:03 PM Pharmacist One: dispensed: 10 capsules (written down later,",
        "3:04 PM: record was down)",
    ):
        assert said in shown, said
    printed = squeezed(text_of_pdf(checker.get(f"{page}/record.pdf").data))
    for time in ("15:01", "15:03"):
        said = f"written down later; done {record.clock().day} {time}: record was down"
        assert squeezed(said) in printed


def test_a_lot_is_noted_later_and_its_boxes_have_ids_of_their_own(record):
    maker = record.window("c1")
    number = opened(maker)
    page = f"/record/batches/{number}"
    ids = [box["id"] for box in soup(maker.get(page)).find_all(attrs={"name": "late-done_at"})]
    assert sorted(ids) == ["late-done_at", "lots-late-done_at"]
    ahead = send(maker, page, {**LOTS, **from_paper(record, "15:01")}, f"{page}/lots", "LotsForm")
    assert soup(ahead).find(id="lots-late-done_at")["aria-invalid"] == "true"
    assert send(maker, page, {**LOTS, **from_paper(record, "09:30")}, f"{page}/lots", "LotsForm").status_code == 303
    assert {lot.done_at[-5:] for lot in state_of(record, number).lots} == {"09:30"}
    assert "9:30 AM" in words(soup(maker.get(page)).main)
    late = [event.late for event in record.events("lot.taken") if event.stream == of_batch(number)]
    assert len(late) == 3
    assert all(late)
