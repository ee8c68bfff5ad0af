"""Amounts typed at the bench: judged when the box is left, never judged beside another amount, kept with the order."""

from tests.browser.states import YES, order
from tests.browser.test_live import TEXT, settled, typed
from tests.support.orders import GOOD

SAID = "document.querySelector('#plan').textContent.replaceAll('\\u00a0', ' ')"


def test_an_amount_is_judged_when_its_box_is_left_and_stands_in_the_address(window):
    window.go(order(YES, GOOD))
    typed(window, "step-portion", "0.444")
    window.page.keyboard.press("Tab")
    window.page.locator("#plan", has_text="Outside 0.428 g to 0.436 g").wait_for()
    assert "4.625 mg" in window.page.evaluate(SAID)
    assert window.page.url.endswith("bench-portion=0.444&bench-portion_unit=g")
    assert window.page.locator("#step-portion").input_value() == "0.444"


def test_no_verdict_stands_beside_another_amount(window):
    window.go(order(YES, GOOD) + "&bench-portion=0.432&bench-portion_unit=g")
    assert "In band: 0.428 g to 0.436 g." in window.page.evaluate(SAID)
    window.page.locator("#step-portion").press("End")
    window.page.keyboard.type("9")
    assert "In band" not in window.page.evaluate(SAID)
    assert "4.5 mg (0 %)" not in window.page.evaluate(SAID)


def test_another_order_keeps_what_was_typed_and_judges_it_anew(window):
    window.go(order(YES, GOOD) + "&bench-portion=0.432&bench-portion_unit=g&bench-crush-done=yes")
    typed(window, "quantity", "x")
    window.page.locator("#summary").wait_for()
    assert "In band" not in window.page.evaluate(TEXT)
    typed(window, "quantity", "29")
    settled(window, "29 capsules of naltrexone")
    window.page.locator("#plan", has_text="Take off 0.014 g, or plan again.").wait_for()
    assert window.page.locator("#step-portion").input_value() == "0.432"
    assert window.page.locator("#step-crush-done").is_checked()


def test_what_is_typed_for_a_label_is_not_taken_away_by_the_bench(window):
    """The form of the label stands among the figures, too, and asks for nothing."""
    lots = {f"{part}.expiry": "2027-12-31" for part in ("source", "diluent", "capsule")}
    window.go(order({**YES, **lots}, GOOD) + "#papers")
    box = window.page.locator("#label-form input[type=text]").first
    box.fill("as directed")
    asked = len(window.requests)
    window.page.keyboard.press("Tab")
    assert box.input_value() == "as directed"
    assert len(window.requests) == asked
