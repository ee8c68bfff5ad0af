"""The pharmacy's own bench: set once, kept in the browser alone, told where it is in force."""

import json

import pytest

from tests.browser.states import YES, order
from tests.browser.test_live import answer, settled, typed
from tests.support.orders import GOOD, changed

BENCH = changed(GOOD, {"balance": {"readability": "0.1 mg", "minimum": "10 mg"}, "allowance": "10 %"})
LABEL = {"code": "strength_not_in_drug_file", "value": "100 mg", "reason": "label_checked"}
KEPT = "JSON.parse(localStorage.getItem('triturate.bench'))"
NOTE = "[data-bench=held]"


def remember(window, tree=BENCH):
    window.go(order(YES, tree))
    window.page.locator("#bench > summary").click()
    window.page.locator("#bench-paper").select_option("a4")
    window.page.get_by_role("button", name="Remember this bench").click()
    window.go("/")


def filled(window):
    names = ("balance-readability", "balance-minimum", "capsule-size", "allowance", "diluent-packing_statistic")
    return {name: window.page.locator(f"#{name}").input_value() for name in names}


def test_a_bench_set_once_is_filled_in_on_the_next_new_order_and_told(window):
    remember(window)
    assert list(filled(window).values()) == ["0.1", "10", "3", "10", "135"]
    note = window.page.locator(NOTE)
    assert note.is_visible()
    assert "Readability of the balance 0.1\u00a0mg; " in note.inner_text()
    assert "Diluent in one shell 135\u00a0mg" in note.inner_text()
    typed(window, "dose", "4.5")
    typed(window, "quantity", "30")
    settled(window, "30 capsules (33 made) of naltrexone")
    assert "balance-readability=0.1" in window.page.url


def test_nothing_of_an_order_is_in_it_and_the_server_is_told_nothing(window):
    window.go(order({**YES, "source.lot": "L77", "internal_number": "B12"}, BENCH))
    asked = len(window.requests)
    window.page.locator("#bench > summary").click()
    window.page.get_by_role("button", name="Remember this bench").click()
    assert len(window.requests) == asked
    kept = window.page.evaluate(KEPT)
    assert not {"dose", "quantity", "source-lot", "internal_number", "source-total_mass", "screening-opioids"} & set(
        kept
    )
    assert window.context.cookies() == []


def test_an_address_with_its_own_values_wins_and_says_so(window):
    remember(window)
    window.go(order({"dose": "4.5 mg", "quantity": 30}, GOOD))
    assert filled(window)["balance-readability"] == ""
    assert "30 capsules of naltrexone" in answer(window)
    window.page.locator("#bench > summary").click()
    assert window.page.locator("#bench [data-bench=apart]").count() == 1


def test_forget_the_bench_clears_it_and_what_it_filled_in(window):
    remember(window)
    window.page.locator("#bench > summary").click()
    window.page.get_by_role("button", name="Forget the bench").click()
    assert window.page.evaluate("localStorage.length") == 0
    assert set(filled(window).values()) == {""}
    assert not window.page.locator(NOTE).is_visible()
    window.go("/")
    assert set(filled(window).values()) == {""}


@pytest.mark.parametrize(("name", "text"), [("source-strength", "25"), ("capsule-brand", "ACG")])
def test_a_mass_measured_with_something_else_is_taken_out(window, name, text):
    remember(window)
    window.page.evaluate("document.querySelectorAll('form details').forEach((group) => { group.open = true; })")
    measured = [window.page.locator(f"#{part}-packing_statistic") for part in ("tablet_powder", "diluent")]
    assert [one.input_value() for one in measured] == ["165", "135"]
    typed(window, name, text)
    assert [one.input_value() for one in measured] == ["", ""]


def test_a_drug_or_strength_that_the_statistics_were_not_measured_with_gets_none(window):
    remember(window, changed(BENCH, {"source.strength": "100 mg", "acknowledgements": [LABEL]}))
    assert window.page.evaluate(KEPT)["source-strength"] == "100"
    assert filled(window)["diluent-packing_statistic"] == ""
    assert filled(window)["balance-readability"] == "0.1"


def test_another_size_takes_the_packing_statistics_out(window):
    remember(window)
    window.reveal("capsule-size")
    window.page.locator("#capsule-size").select_option("1")
    assert filled(window)["diluent-packing_statistic"] == ""
    assert "Packing" not in window.page.locator(NOTE).inner_text()


def test_the_paper_of_the_bench_is_the_one_that_the_buttons_print(window):
    remember(window)
    typed(window, "dose", "4.5")
    typed(window, "quantity", "30")
    settled(window, "30 capsules (33 made)")
    for kind in ("sheet", "leaflet"):
        split = window.page.locator(f".split[data-kind={kind}]")
        assert split.locator("> .button").get_attribute("href").endswith("&paper=a4")
        assert split.locator("summary").text_content() == "A4"
        letter = split.locator("li a").first
        assert letter.get_attribute("href").endswith("&paper=letter")
        assert letter.get_attribute("aria-label").endswith(", Letter")


@pytest.mark.parametrize(
    "kept",
    ["not json", "[1]", "null", json.dumps({"balance-readability": 5}), json.dumps({"balance-minimum": "x" * 99})],
)
def test_what_is_not_a_bench_is_passed_over(window, kept):
    window.go("/")
    window.page.evaluate("kept => localStorage.setItem('triturate.bench', kept)", kept)
    window.go("/")
    assert set(filled(window).values()) == {""}
    typed(window, "dose", "4.5")
    typed(window, "quantity", "30")
    settled(window, "Crush 3 tablets")


def test_without_storage_the_page_works_and_offers_no_bench(open_window):
    window = open_window()
    window.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied', 'SecurityError'); }});"
    )
    window.go("/")
    assert not window.page.locator("#bench").is_visible()
    typed(window, "dose", "4.5")
    typed(window, "quantity", "30")
    settled(window, "Crush 3 tablets")


def test_a_typed_value_is_not_written_over(window):
    remember(window)
    window.page.evaluate("document.querySelectorAll('form details').forEach((group) => { group.open = true; })")
    typed(window, "balance-readability", "1")
    typed(window, "capsule-brand", "ACG")
    assert window.page.locator("#balance-readability").input_value() == "1"
