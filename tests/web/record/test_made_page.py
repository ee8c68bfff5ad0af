"""The page that signs a batch as made lists what has no entry yet; the release says what was left blank, and why."""

from tests.support.batches import (
    BLENDED,
    MADE,
    READ,
    RELEASED,
    WEIGHED,
    blended,
    check,
    opened,
    record,
    send,
    signed,
    state_of,
    take_lots,
    until_of,
)
from tests.support.checked_client import soup, words


def test_what_is_not_recorded_is_listed_before_signing_and_told_after(shop):
    maker, checker = shop.window("c1"), shop.window("p1")
    number = blended(maker, checker)
    page = f"/record/batches/{number}/made"
    shown = soup(maker.get(page))
    assert "Not recorded yet:" in words(shown.main)
    assert "look of the blend, capsules filled" in words(shown.main)
    assert shown.find(id="blank") is not None
    unsaid = send(maker, page, {**MADE, "blank": "", **signed("c1", "Compounder One")})
    assert unsaid.status_code == 422
    assert soup(unsaid).find(id="blank")["aria-invalid"] == "true"
    assert send(maker, page, {**MADE, **signed("c1", "Compounder One")}).status_code == 303
    release = words(soup(checker.get(f"/record/batches/{number}/release")).main)
    assert "shared whole: look of the blend, capsules filled, done but not written down" in release


def test_no_reason_is_asked_of_who_recorded_both(shop):
    maker, checker = shop.window("c1"), shop.window("p1")
    number = blended(maker, checker)
    record(maker, number, {"bench-end_point": "even", "bench-divide": "30"})
    assert soup(maker.get(f"/record/batches/{number}/made")).find(id="blank") is None


def test_who_works_alone_reads_what_she_made_after_ten_minutes_or_work_at_another_batch(shop):
    alone, one = shop.window("p1"), signed("p1", "Pharmacist One")
    number = opened(alone, checking="self-check", reason="alone today", **one)
    page = f"/record/batches/{number}"
    take_lots(alone, number)
    record(alone, number, WEIGHED)
    assert check(alone, number, "crushing", {**READ, "values-zeroed": "yes"}, one).status_code == 303
    record(alone, number, BLENDED)
    assert send(alone, f"{page}/made", {**MADE, **one}).status_code == 303
    label = {"values-label_number": number, "values-label_until": until_of(shop, number)}
    read = {**RELEASED, **label, "reviewed-slips": "yes", "reviewed-self_check": "yes", **one}
    early = send(alone, f"{page}/release", read)
    assert early.status_code == 422
    assert "10 minutes" in words(soup(early).main)
    opened(alone)
    assert send(alone, f"{page}/release", read).headers["Location"] == page
    assert state_of(shop, number).status == "released"
