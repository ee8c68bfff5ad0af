"""Words of the batch page that say what is meant: what was counted, where a lot comes from, which shells count."""

from tests.support.batches import ORDER, blended, opened, record
from tests.support.checked_client import soup, words

COUNTED = {"bench-shells": "40"}
TOGETHER = {"bench-ten_shells": "483", "bench-ten_shells_unit": "mg"}


def test_empty_shells_are_counted_as_shells_and_those_weighed_together_are_offered(shop):
    """They were said to be 40 capsules; and the box for single shells did not say that it may stay blank."""
    maker = shop.window("c1")
    number = blended(maker, shop.window("p1"))
    page = f"/record/batches/{number}"
    hint = soup(maker.get(f"{page}/made")).find(id="shells-hint")
    assert words(hint) == "One by one: as many as capsules, or ten"
    record(maker, number, {**COUNTED, **TOGETHER})
    shown = soup(maker.get(page)).main
    assert "empty shells counted out, 40 shells" in words(shown)
    assert "40 capsules" not in words(shown)
    hint = soup(maker.get(f"{page}/made")).find(id="shells-hint")
    assert words(hint) == "Blank: the 10 shells that were weighed together, 483 mg, count. Else one by one"
    links = shown.select("a[href*='/correct/']")
    link = next(each for each in links if "40 shells" in words(each.find_parent("li") or each.parent))
    assert "40 shells" in words(soup(maker.get(link["href"])).main)


def test_a_lot_of_the_plan_is_filled_in_and_said_to_be_of_the_plan(shop):
    maker = shop.window("c1")
    with_lot = soup(maker.get(f"/record/batches/{opened(maker, f'{ORDER}&source-lot=A1')}"))
    assert with_lot.find(id="lot-source-lot")["value"] == "A1"
    assert "read each from its bottle or box" in words(with_lot.find(id="lots"))
    without = soup(maker.get(f"/record/batches/{opened(maker)}"))
    assert "from the plan" not in words(without.find(id="lots"))
