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
    assert window.page.locator("[name=bench-crush-done]").is_checked()


def test_what_is_typed_for_a_label_is_not_taken_away_by_the_bench(window):
    """The form of the label stands among the figures, too, and asks for nothing."""
    lots = {f"{part}.expiry": "2027-12-31" for part in ("source", "diluent", "capsule")}
    window.go(order({**YES, **lots}, GOOD) + "#papers")
    box = window.page.locator("#label-form input:not([type])").first
    box.fill("as directed")
    asked = len(window.requests)
    window.page.keyboard.press("Tab")
    assert box.input_value() == "as directed"
    assert len(window.requests) == asked


WORK = "Object.entries(localStorage).filter(([name]) => name.startsWith('triturate.work.'))"


def entered(window):
    """Open the plan without entries, and type one and tick one."""
    window.go(order(YES, GOOD))
    typed(window, "step-portion", "0.444")
    window.page.keyboard.press("Tab")
    window.page.locator("#plan", has_text="Outside 0.428 g to 0.436 g").wait_for()
    window.page.locator("[name=bench-crush-done]").check()
    window.page.wait_for_url("**bench-crush-done=yes**")


def test_entries_come_back_with_their_plan_in_this_browser(window):
    entered(window)
    window.go(order(YES, GOOD))
    window.page.locator("#plan", has_text="Outside 0.428 g to 0.436 g").wait_for()
    assert window.page.locator("#step-portion").input_value() == "0.444"
    assert window.page.locator("[name=bench-crush-done]").is_checked()
    assert "filled in as this browser kept them" in window.page.locator("#came").inner_text()
    window.go(order({**YES, "quantity": 29}, GOOD))
    assert window.page.locator("#step-portion").input_value() == ""


def test_entries_taken_out_stay_out(window):
    entered(window)
    window.page.locator("[name=bench-crush-done]").uncheck()
    window.page.wait_for_url(lambda url: "crush-done" not in url)
    window.page.locator("#step-portion").press("Control+a")
    window.page.keyboard.press("Delete")
    window.page.keyboard.press("Tab")
    window.page.wait_for_url(lambda url: "bench-" not in url)
    assert window.page.evaluate(WORK) == []
    window.go(order(YES, GOOD))
    window.page.wait_for_load_state("networkidle")
    assert window.page.locator("#step-portion").input_value() == ""


def test_entries_that_came_back_are_said_and_taken_out_at_once(window):
    entered(window)
    assert window.page.locator("#came").is_hidden()
    window.go(order(YES, GOOD))
    window.page.locator("#plan", has_text="Outside 0.428 g to 0.436 g").wait_for()
    window.page.locator("#came button").click()
    window.page.wait_for_url(lambda url: "bench-" not in url)
    assert window.page.locator("#step-portion").input_value() == ""
    assert not window.page.locator("[name=bench-crush-done]").is_checked()
    assert window.page.locator("#came").is_hidden()
    assert window.page.evaluate(WORK) == []


def test_entries_are_dropped_after_seven_days(window):
    entered(window)
    ((name, value),) = window.page.evaluate(WORK)
    day = 24 * 60 * 60 * 1000
    at, _, text = value.partition(" ")
    for days, kept in ((6, "0.444"), (7, "")):
        window.page.evaluate(
            "([name, value]) => localStorage.setItem(name, value)", [name, f"{int(at) - days * day} {text}"]
        )
        window.go(order(YES, GOOD))
        window.page.wait_for_load_state("networkidle")
        assert window.page.locator("#step-portion").input_value() == kept
