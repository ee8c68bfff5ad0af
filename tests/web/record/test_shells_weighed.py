"""Several shells on the balance at once: the page asks how many, says it again, and refuses at the box."""

from tests.support.batches import READ, WEIGHED, check, opened, record, signed, take_lots
from tests.support.checked_client import soup, words

UNPACKED = "dose=4.5&dose_unit=mg&quantity=30&capsule-size=3"
DILUENT = {"bench-packing_of_diluent": "1.350", "bench-packing_of_diluent_unit": "g"}
PACKED = ("packing_of_diluent", "packing_of_powder")
POWDER = {"bench-packing_of_powder": "0.330", "bench-packing_of_powder_unit": "g"}


def before_crushing(shop):
    """A batch whose packing is not measured, checked before crushing."""
    maker = shop.window("c1")
    number = opened(maker, UNPACKED)
    take_lots(maker, number)
    record(maker, number, WEIGHED)
    check(shop.window("p1"), number, "crushing", READ, signed("p1", "Pharmacist One"))
    return maker, number


def test_the_page_asks_how_many_shells_and_says_it_with_the_mass(shop):
    """Two shells of 0.330 g: 165 mg each, so 3.697 g of diluent; the words of a step say ten where they do."""
    maker, number = before_crushing(shop)
    page = soup(maker.get(f"/record/batches/{number}"))
    boxes = {name: page.find("input", {"name": f"bench-{name}-shells"})["value"] for name in ("ten_shells", *PACKED)}
    assert boxes == {"ten_shells": "10", "packing_of_diluent": "10", "packing_of_powder": ""}
    assert "about 480 mg" in words(page.find(id="row-ten_shells"))
    blank = record(maker, number, {**DILUENT, **POWDER, "bench-recovered": "0.475", "bench-recovered_unit": "g"})
    assert blank.status_code == 422
    told = soup(blank).find(id="bench-packing_of_powder-shells-error")
    assert "How many shells together" in words(told)
    assert soup(blank).find("input", {"name": "bench-recovered"})["value"] == "0.475"
    assert record(maker, number, {**DILUENT, **POWDER, "bench-packing_of_powder-shells": "2"}).status_code == 303
    shown = words(soup(maker.get(f"/record/batches/{number}")).main)
    assert "0.330 g of 2 shells" in shown
    assert "1.350 g of 10 shells" in shown
    assert "3.697 g" in shown


def test_a_reason_is_offered_only_where_one_is_taken_and_beside_its_box(shop):
    """Size 3, 0.30 mL: 4,500 mg/mL take no reason; 420 mg are 1,400 mg/mL, above 1,200, and take one of two."""
    maker, number = before_crushing(shop)
    hard = record(maker, number, {**DILUENT, "bench-packing_of_diluent-shells": "1"})
    assert hard.status_code == 422
    row = soup(hard).find(id="row-packing_of_diluent")
    assert "Shells filled with diluent: 1,350 mg in a size 3 shell would be 4,500 mg/mL" in words(row)
    assert soup(hard).find(id="override") is None
    dense = {**DILUENT, "bench-packing_of_diluent": "4.200"}
    soft = soup(record(maker, number, dense))
    offered = soft.find(id="row-packing_of_diluent").find(id="override").find_all("option")
    assert [each["value"] for each in offered] == ["", "reference_checked", "weighed_again"]
    assert record(maker, number, {**dense, "override": "weighed_again"}).status_code == 303


def test_figures_of_the_order_are_told_from_those_of_the_batch(shop):
    """The tablets' mass is its own target once it is recorded; what came with the order says so, and has a box."""
    maker = shop.window("c1")
    number = opened(maker)
    take_lots(maker, number)
    assert record(maker, number, WEIGHED).status_code == 303
    page = soup(maker.get(f"/record/batches/{number}"))
    weighed, packing = page.find(id="row-all_tablets"), page.find(id="row-packing_of_diluent")
    assert words(weighed.find(class_="target")) == ""
    assert "In band" not in words(weighed)
    assert "As ordered, 135 mg in one: not measured in this batch" in words(packing)
    assert record(maker, number, DILUENT).status_code == 303
    again = soup(maker.get(f"/record/batches/{number}")).find(id="row-packing_of_diluent")
    assert "1.350 g of 10 shells" in words(again)
    assert "Record again" in words(again)
    assert "As ordered" not in words(again)
