"""The page that signs a batch as made lists what has no entry yet; the release says what was left blank, and why."""

from tests.support.batches import MADE, blended, record, send, signed
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
