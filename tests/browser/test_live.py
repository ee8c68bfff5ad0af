"""The plan follows every change at once: what is shown belongs to what stands in the form, at every moment."""

import re

import pytest

from tests.browser.states import YES, order, titration
from tests.support.orders import FIGURES, GOOD

#: Everything that a person can read, or a program can, outside the fields of the form.
TEXT = "document.title + ' ' + document.querySelector('main').textContent.replaceAll('\\u00a0', ' ')"
#: From now on, note whatever stands in the document after each change of a field, before anything else can run.
NOTES = """() => {
  window.noted = [];
  document.querySelector('form').addEventListener('input', () => {
    noted.push(%s);
  });
}""".replace("%s", TEXT)


def typed(window, name, text):
    """Type into a field as a person does, in the place of what stands there."""
    window.reveal(name)
    window.page.locator(f"#{name}").press("Control+a")
    window.page.keyboard.type(text)


def settled(window, text):
    """Wait until the page says a text."""
    window.page.locator("#bench-page", has_text=text).wait_for()


def answer(window):
    """The heading of the page, the readout, and what is told of the plan."""
    said = window.page.locator("#heading, #result, .told").all_inner_texts()
    return " ".join(" ".join(said).replace("\u00a0", " ").split())


def test_she_types_dose_and_quantity_and_reads_the_answer_without_pressing_anything(window):
    window.go("/")
    window.page.keyboard.press("Tab")
    window.reveal("dose")
    window.page.locator("#dose").focus()
    window.page.keyboard.type("4.5")
    settled(window, "Type a dose and a number of capsules")
    window.reveal("quantity")
    window.page.locator("#quantity").focus()
    window.page.keyboard.type("30")
    settled(window, "Crush 3 tablets and take 90 % of the powder.")
    assert "Thirty capsules, each four point five milligrams." in answer(window)
    assert window.page.evaluate("document.activeElement.id") == "quantity"
    assert window.page.title().startswith("30 capsules of naltrexone 4.5 mg")


def test_the_address_is_that_of_the_answer_and_opens_the_same_plan_again(window, open_window):
    window.go("/")
    typed(window, "dose", "4.5")
    typed(window, "quantity", "30")
    settled(window, "Crush 3 tablets")
    path = window.page.url.removeprefix(window.address)
    asked = "dose=4.5&dose_unit=mg&quantity=30&drug=naltrexone"
    assert path == f"/?{asked}&screening-opioids=not%20asked&screening-liver_disease=not%20asked"
    other = open_window(java_script_enabled=False)
    other.go(path)
    assert answer(other) == answer(window)
    assert other.page.locator(".fingerprint").inner_text() == window.page.locator(".fingerprint").inner_text()


@pytest.mark.parametrize("keys", ["4,5", "4.5.", "450", "45", "abc", ""])
def test_figures_are_gone_with_the_very_key_that_spoils_the_order(window, keys):
    window.go(order(YES, GOOD))
    assert all(figure in window.page.evaluate(TEXT) for figure in ("0.432 g", "3.697 g"))
    window.page.evaluate(NOTES)
    window.reveal("dose")
    window.page.locator("#dose").press("Control+a")
    window.page.keyboard.type(keys) if keys else window.page.keyboard.press("Delete")
    window.page.locator("#summary").wait_for()
    noted = window.page.evaluate("noted")
    assert len(noted) == max(1, len(keys))
    assert [figure for figure in FIGURES for text in noted if figure in text] == []
    assert not [figure for figure in FIGURES if figure in window.page.evaluate(TEXT)]
    assert window.page.locator("#dose").input_value() == keys
    assert window.page.locator("#dose").get_attribute("aria-invalid") == "true"
    assert window.page.title().startswith(("Error: ", "Stopped: "))


def test_an_error_mended_brings_the_figures_back(window):
    window.go(order(YES, GOOD))
    typed(window, "dose", "4,5")
    window.page.locator("#dose-error").wait_for()
    typed(window, "dose", "4.5")
    settled(window, "weigh 0.432 g of the powder")
    assert window.page.locator(".wrong").count() == 0
    assert window.page.locator("#dose").get_attribute("aria-invalid") is None


def test_an_older_answer_never_overtakes_a_newer_one(window):
    """The answer for 60 capsules is held back until that for 33 has come; it is thrown away."""
    held = []
    window.go(order(YES, GOOD))
    window.page.route(re.compile(r"quantity=60\b"), lambda route: held.append(route))
    typed(window, "quantity", "60")
    while not held:
        window.page.wait_for_timeout(20)
    typed(window, "quantity", "20")
    settled(window, "20 capsules of naltrexone")
    before = answer(window)
    for route in held:
        route.fulfill(body="<main><h1>x</h1><p>60 capsules of something old</p></main>", content_type="text/html")
    window.page.wait_for_timeout(300)
    assert answer(window) == before
    assert "quantity=20" in window.page.url


def test_an_answer_that_arrives_after_the_next_key_is_not_shown(window):
    """Even where the network cannot be stopped: the key comes before the answer is read."""
    window.go(order(YES, GOOD))
    seen = []
    window.page.route(re.compile(r"quantity=2\b"), lambda route: (seen.append(1), route.continue_()))
    window.reveal("quantity")
    window.page.locator("#quantity").press("Control+a")
    window.page.keyboard.type("2", delay=0)
    while not seen:
        window.page.wait_for_timeout(10)
    window.page.keyboard.type("4")
    settled(window, "24 capsules of naltrexone")
    window.page.wait_for_timeout(200)
    assert "24 capsules" in answer(window)
    assert "quantity=24" in window.page.url


def test_a_server_that_does_not_answer_leaves_no_figure_and_says_so(window):
    window.go(order(YES, GOOD))
    window.page.route(re.compile(r"quantity=31\b"), lambda route: route.abort())
    typed(window, "quantity", "31")
    settled(window, "The program did not answer")
    assert not [figure for figure in FIGURES if figure in window.page.evaluate(TEXT)]
    window.page.unroute_all()
    window.mistakes.clear()  # the console names the connection that the test cut
    window.page.locator("#work-order button").click()
    settled(window, "31 capsules of naltrexone")


def test_back_and_the_page_cache_revive_no_old_result(window):
    window.go(order(YES, GOOD))
    typed(window, "quantity", "20")
    settled(window, "20 capsules of naltrexone")
    shown = window.page.url
    window.go("/check")
    window.page.go_back()
    settled(window, "20 capsules of naltrexone")
    assert window.page.url == shown
    assert window.page.locator("#quantity").input_value() == "20"
    assert "30 capsules" not in answer(window)


def test_a_page_brought_back_from_the_cache_asks_anew(window):
    window.go(order(YES, GOOD))
    asked = len(window.requests)
    before = window.page.evaluate(
        f"() => {{ dispatchEvent(new PageTransitionEvent('pageshow', {{persisted: true}})); return {TEXT}; }}"
    )
    assert "0.432 g" not in before  # read in the same turn as the event: no answer can have come between
    settled(window, "weigh 0.432 g of the powder")
    assert len(window.requests) == asked + 1


def test_going_back_over_a_link_to_a_field_shows_the_order_of_the_address(window):
    window.go(order({"dose": "45 mg"}))
    window.page.locator("#summary li a").click()
    assert window.page.evaluate("document.activeElement.id") == "dose"
    typed(window, "dose", "4.5")
    settled(window, "Crush 3 tablets")
    window.page.evaluate("history.back()")
    window.page.locator("#summary").wait_for()
    assert "dose=45&" in window.page.url
    assert window.page.locator("#dose").input_value() == "45"
    assert "Crush 3 tablets" not in answer(window)


def test_back_undoes_a_change_that_was_settled(window):
    window.go(order(YES, GOOD))
    window.page.wait_for_timeout(2100)
    typed(window, "source-total_mass", "0.490")
    settled(window, "0.441 g")  # 135 mg of 150 mg: 0.9 times 0.490 g
    window.page.evaluate("history.back()")
    settled(window, "0.432 g")
    assert window.page.locator("#source-total_mass").input_value() == "0.480"


def test_half_a_pair_keeps_the_last_figures_dimmed_and_is_no_red_error(window):
    window.go(order(YES, GOOD))
    typed(window, "source-total_mass", "")
    window.page.keyboard.press("Delete")
    window.page.locator(".readout.dim .summary.waits").wait_for()
    said = answer(window)
    assert "Last plan not for use" in said
    assert "0.432 g" in said
    assert "Waiting for one more value" in said
    assert window.page.locator("#at-bench, .papers").count() == 0
    assert window.page.locator("#work-weigh").get_attribute("class") == "step wait"
    window.page.keyboard.type("0.490")
    settled(window, "0.441 g")
    assert window.page.locator(".readout.dim").count() == 0


def test_what_a_choice_makes_meaningless_is_put_away(window):
    window.go(order(YES, GOOD))
    window.reveal("drug")
    window.page.locator("#drug").select_option("-")
    window.page.locator("#drug-name").fill("another")
    window.page.locator("#drug").select_option("naltrexone")
    assert window.page.locator("#drug-name").input_value() == ""
    settled(window, "Crush 3 tablets")  # with the change all figures went; their answer may move the work on
    window.reveal("source-kind")
    window.page.locator("#source-kind").select_option("powder")
    for name in ("source-tablets_weighed", "source-total_mass", "tablet_powder-packing_statistic"):
        assert window.page.locator(f"#{name}").input_value() == "", name


def test_a_field_that_the_browser_filled_in_again_is_asked_for(window):
    window.go(order(YES, GOOD))
    window.page.evaluate(
        "document.getElementById('quantity').value = '20'; dispatchEvent(new PageTransitionEvent('pageshow'))"
    )
    settled(window, "20 capsules of naltrexone")


def test_typing_goes_on_while_answers_come_and_nothing_is_lost(window):
    window.go(order(YES, GOOD))
    window.reveal("source-lot")
    window.page.locator("#source-lot").focus()
    text = "LOT 2026 / 4471-B"
    window.page.keyboard.type(text, delay=45)
    settled(window, "Crush 3 tablets")
    assert window.page.locator("#source-lot").input_value() == text
    assert window.page.evaluate("document.activeElement.id") == "source-lot"


def test_the_caret_stays_where_it_is(window):
    window.go(order(YES, GOOD))
    window.reveal("dose")
    window.page.locator("#dose").focus()
    window.page.keyboard.press("Home")
    window.page.keyboard.type("1")
    window.page.locator("#dose-error").wait_for()
    assert window.page.evaluate("document.activeElement.selectionStart") == 1
    window.page.keyboard.press("Backspace")
    settled(window, "weigh 0.432 g of the powder")
    assert window.page.locator("#dose").input_value() == "4.5"


def test_a_reason_chosen_where_it_is_asked_for_lets_the_order_pass(window):
    window.go(order({"dose": "45 mg"}))
    window.page.locator("#acknowledgements-0-reason").focus()
    window.page.keyboard.press("ArrowDown")
    settled(window, "The prescriber confirmed it.")
    assert window.page.evaluate("document.activeElement.id") == "acknowledgements-0-reason"
    typed(window, "dose", "4.5")
    settled(window, "There is a problem with the order")
    window.page.locator("#acknowledgements-0-reason").select_option("")
    settled(window, "Crush 3 tablets")


def test_what_is_said_to_a_screen_reader_is_said_once_typing_rests(window):
    window.go("/")
    said = window.page.locator("#said")
    assert said.get_attribute("role") == "status"
    typed(window, "dose", "4.5")
    typed(window, "quantity", "30")
    settled(window, "Crush 3 tablets")
    window.page.locator("#said", has_text="Crush 3 tablets").wait_for(state="attached")
    assert "Thirty capsules, each four point five milligrams." in said.text_content()
    typed(window, "dose", "4,5")
    window.page.locator("#said", has_text="There is a problem").wait_for(state="attached")
    assert "Crush" not in said.text_content()


def test_a_list_unfolded_to_read_stays_unfolded(window):
    window.go(order(YES, GOOD))
    window.page.locator(".t4 a").click()
    window.page.locator("#why summary").click()
    typed(window, "quantity", "20")
    settled(window, "20 capsules")
    assert window.page.locator("#why details").get_attribute("open") is not None


def test_what_has_its_own_page_of_errors_shows_nothing_instead(window):
    window.go(order(YES, GOOD))
    window.page.evaluate(
        "box => { box.value = 'x'.repeat(34_000); box.dispatchEvent(new Event('input', {bubbles: true})); }",
        window.page.locator("#source-lot").element_handle(),
    )
    settled(window, "The program did not answer")
    window.mistakes.clear()  # the console names the answer 414


def test_a_titration_follows_its_schedule(window):
    window.go("/titration")
    for name, text in (("schedule-0-dose", "1.5"), ("schedule-0-days", "14")):
        typed(window, name, text)
    settled(window, "Recommended.")
    assert window.page.evaluate("document.activeElement.id") == "schedule-0-days"
    typed(window, "schedule-0-dose", "1,5")
    window.page.locator("#schedule-0-dose-error").wait_for()
    assert window.page.locator(".pair").count() == 0
    window.go(titration([("schedule-0-dose", "3"), ("schedule-0-dose_unit", "mg"), ("schedule-0-days", "14")]))
    assert window.page.locator(".pair").count() == 1


def test_an_oral_liquid_follows_its_order(window):
    window.go("/liquid")
    for name, text in (("dose", "4.5"), ("strength", "1"), ("volume", "100")):
        typed(window, name, text)
    settled(window, "Type dose, strength, volume and vehicle")
    typed(window, "vehicle-name", "Ora-Blend")
    window.page.locator("#answer").wait_for()
    shown = window.page.url
    assert "volume=100" in shown
    typed(window, "dose", "1,5")
    window.page.locator("#dose-error").wait_for()
    assert window.page.locator("#answer").count() == 0


@pytest.mark.parametrize("script", [True, False])
def test_a_schedule_is_filled_in_by_a_button_and_its_rows_can_be_changed(open_window, script):
    window = open_window(java_script_enabled=script)
    window.go("/titration")
    for name, text in (("from", "4.5"), ("by", "0.5"), ("days", "7"), ("to", "0.5")):
        window.page.locator(f"#fill-{name}").fill(text)
    window.page.locator("#fill-to").press("Enter")
    window.page.locator("#filled-in p").wait_for()
    rows = window.page.locator(".schedule tbody tr")
    values = [rows.nth(number).locator("input").first.input_value() for number in range(10)]
    assert values == ["4.5", "4", "3.5", "3", "2.5", "2", "1.5", "1", "0.5", ""]
    window.page.get_by_role("button", name="Remove step 2").click()
    window.page.wait_for_url("**schedule-7-dose=0.5**")
    assert window.page.locator("#schedule-1-dose").input_value() == "3.5"
    window.page.locator("#schedule-1-days").fill("9")
    window.page.locator("#schedule-1-days").press("Enter")  # works the plan out, and fills no row anew
    window.page.wait_for_url("**schedule-1-days=9**")
    assert window.page.locator("#schedule-1-dose").input_value() == "3.5"
    assert window.page.locator("#answer .line").inner_text().startswith("58\u00a0days")  # 7 x 7 and 9


def test_answers_on_one_drug_and_its_forms_are_not_those_of_the_next(window):
    forms = "&forms-dose=base&forms-source=salt&forms-dose_equals=1&forms-source_equals=1.25"
    units = "&forms-dose_equals_unit=mg&forms-source_equals_unit=mg"
    order = "/?dose=0.5&dose_unit=mg&quantity=30&drug-name=minoxidil&source-strength=2.5&source-strength_unit=mg"
    window.go(order + forms + units)
    window.reveal("assessment-hazardous-2")
    window.page.locator("[name=assessment-hazardous][value=no]").check()
    window.page.wait_for_url("**assessment-hazardous=no**")
    typed(window, "drug-name", "hydrocortisone")
    settled(window, "hydrocortisone 0.5 mg")
    assert window.page.locator("[name=assessment-hazardous]:checked").input_value() == "not asked"
    assert "assessment-hazardous=not%20asked" in window.page.url
    assert "forms-source=" not in window.page.url


def test_what_was_measured_in_another_size_is_taken_out_and_the_fill_is_an_estimate_again(window):
    window.go(order(YES, GOOD))
    window.reveal("capsule-size")
    window.page.locator("#capsule-size").select_option("1")
    settled(window, "size 1")
    assert window.page.locator("#diluent-packing_statistic").input_value() == ""
    assert window.page.locator("#tablet_powder-packing_statistic").input_value() == ""
    assert "packing" not in window.page.url
    assert "estimate" in window.page.locator("#result").inner_text()


def test_a_liquid_of_tablets_used_whole_follows_without_a_strength(window):
    window.go("/liquid")
    for name, text in (("dose", "5"), ("volume", "150"), ("vehicle-name", "Ora-Sweet"), ("source-tablets_used", "10")):
        typed(window, name, text)
    settled(window, "500 mg/150 mL")
