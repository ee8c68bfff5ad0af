"""Short stories of a pharmacist at the page: with the keyboard alone, without JavaScript, at any size and contrast."""

import re

import pytest

from tests.browser.states import YES, order
from tests.browser.test_live import answer, settled
from tests.support.orders import GOOD

#: The element that has the focus: its name, whether it can be seen and is not covered, and how it shows the focus.
FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  const at = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
  return {name: element.id || element.name || element.textContent.trim().slice(0, 40), body: element === document.body,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && at !== null && (element.contains(at) || at.contains(element))};
}"""
COLOURS = """(wanted) => [...document.querySelectorAll(wanted)].filter((one) => one.checkVisibility()).map((one) => {
  let behind = one, ground = "rgba(0, 0, 0, 0)";
  while (behind && /, 0\\)$/.test(ground)) {
    ground = getComputedStyle(behind).backgroundColor;
    behind = behind.parentElement;
  }
  return [getComputedStyle(one).color, /, 0\\)$/.test(ground) ? "rgb(255, 255, 255)" : ground];
})"""


def contrast(one, other):
    """The contrast of two colours by WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_arithmetic_of_contrast():
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    assert contrast("rgb(118, 118, 118)", "rgb(255, 255, 255)") == pytest.approx(4.54, abs=0.01)


def test_without_javascript_the_button_works_it_out(open_window):
    window = open_window(java_script_enabled=False)
    window.go("/")
    assert not window.page.locator("#bench").is_visible()
    window.page.locator("#dose").fill("4.5")
    window.page.locator("#quantity").fill("30")
    window.page.locator("#work-order button").click()
    assert "Crush 3 tablets and take 90 % of the powder." in answer(window)
    window.page.locator("#source-tablets_weighed").fill("3")
    window.page.locator("#source-total_mass").fill("0.480")
    window.page.locator("#source-total_mass").press("Enter")
    assert "weigh 0.432 g of the powder" in answer(window)


def test_without_javascript_a_slip_is_told_at_its_field_and_mended(open_window):
    window = open_window(java_script_enabled=False)
    window.go("/")
    window.page.locator("#dose").fill("4,5")
    window.page.locator("#quantity").fill("30")
    window.page.locator("#quantity").press("Enter")
    assert "write decimals with a point" in window.page.locator("#dose-error").inner_text()
    assert window.page.locator("#dose").input_value() == "4,5"
    assert window.page.locator("#at-bench").count() == 0
    window.page.locator("#dose").fill("4.5")
    window.page.locator("#dose").press("Enter")
    assert "Crush 3 tablets" in answer(window)


def test_without_javascript_a_stop_passes_with_its_reason(open_window):
    window = open_window(java_script_enabled=False)
    window.go(order({"dose": "45 mg"}))
    window.page.locator("#acknowledgements-0-reason").select_option("prescriber_confirmed")
    window.page.locator("#work-order button").click()
    assert "The prescriber confirmed it." in answer(window)


def test_the_whole_order_by_the_keyboard(window):
    window.go("/")
    press = window.page.keyboard.press
    press("Tab")
    assert window.page.evaluate(FOCUS)["name"] == "Skip to the work"
    press("Enter")
    names = []
    for _ in range(4):
        press("Tab")
        names.append(window.page.evaluate(FOCUS)["name"])
    assert names[1:] == ["dose", "dose_unit", "quantity"]
    assert "Order" in names[0]
    window.page.keyboard.type("30")
    press("Shift+Tab")
    press("Shift+Tab")
    window.page.keyboard.type("4.5")
    settled(window, "Crush 3 tablets")
    press("Tab")
    press("Tab")
    press("End")
    window.page.keyboard.type(",5")
    press("Enter")
    window.page.locator("#summary:focus").wait_for()
    press("Tab")
    press("Enter")
    assert window.page.evaluate(FOCUS)["name"] == "quantity"
    press("Control+a")
    window.page.keyboard.type("30")
    press("Enter")
    window.page.locator("#answer:focus").wait_for()
    press("Tab")
    assert window.page.evaluate(FOCUS)["name"] == "Answer"
    press("Enter")
    assert window.page.evaluate(FOCUS)["name"] == "screening-opioids"
    press("Tab")
    press("ArrowDown")
    assert window.page.locator("#screening-opioids-2").is_checked()
    window.page.locator("#result", has_text="Not released").wait_for()


@pytest.mark.parametrize("script", [True, False])
def test_the_four_questions_on_a_drug_without_a_file(open_window, script):
    """They appear beside the drug's name, also without script, and the plan is released once all are answered."""
    window = open_window(java_script_enabled=script)
    window.go("/")
    page = window.page
    page.locator("#dose").fill("1")
    page.locator("#quantity").fill("30")
    page.locator("#source-strength").fill("10")
    page.locator("#drug").select_option("-")
    page.locator("#drug-name").fill("hydrocortisone")
    if not script:
        page.locator("#work-order button").click()
    settled(window, "Not released until all 4 questions are answered")
    page.locator("#assessment-may_be_crushed-3").check()
    for question in ("hazardous", "narrow_index", "stability_supported"):
        page.locator(f"#assessment-{question}-3").check()
    if not script:
        page.locator("#work-order button").click()
    settled(window, "Hazardous to handle")
    page.locator("#answer", has_text="Does a source support its stability? Yes.").wait_for()
    assert page.locator("#answer .screening").count() == 0
    assert page.locator("#assessment-hazardous-3").is_checked()


@pytest.mark.parametrize("path", [order(YES, GOOD), order({"dose": "45 mg"}), "/titration", "/check", "/methods"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_focus_is_always_to_be_seen(open_window, path, width):
    window = open_window(width, 700)
    window.go(path)
    window.page.evaluate("document.activeElement.blur()")
    for _ in range(45):
        window.page.keyboard.press("Tab")
        focus = window.page.evaluate(FOCUS)
        if focus["body"]:
            break
        assert focus["ring"], focus
        assert focus["seen"], focus


def test_key_figures_stand_out_seven_to_one(window):
    window.go(order({**YES, "dose": "500 mcg"}, GOOD))
    window.unfold()
    for selector in (
        ".figure",
        ".figure small",
        ".display dt small",
        "h1",
        ".words",
        ".due dd",
        ".target",
    ):
        colours = window.page.evaluate(COLOURS, selector)
        assert colours, selector
        assert min(contrast(*pair) for pair in colours) >= 7, selector


def test_figures_are_large_and_their_units_beside_them_in_one_piece(open_window):
    window = open_window(320)
    window.go(order(YES, GOOD))
    sizes = window.page.locator(".figure").evaluate_all(
        "list => list.map((one) => [parseFloat(getComputedStyle(one).fontSize), one.getClientRects().length,"
        " one.scrollWidth <= one.clientWidth, one.textContent.trim()])"
    )
    assert len(sizes) == 4
    for size, pieces, fits, text in sizes:
        assert size >= 24
        assert pieces == 1
        assert fits, text
        assert re.fullmatch(r"[\d.,]+\u00a0(?:g|mg|tablets)", text)


def test_mg_and_mcg_look_different_in_more_than_colour(window):
    window.go(order({**YES, "dose": "50 mcg"}, GOOD) + "&x")
    window.go("/")
    window.page.locator("#dose").fill("50")
    window.page.locator("[name=dose_unit]").select_option("mcg")
    beside = window.page.locator(".quantity:has(#dose)")
    assert beside.evaluate("one => getComputedStyle(one, '::after').content") == '"micrograms"'
    window.page.locator("[name=dose_unit]").select_option("mg")
    assert beside.evaluate("one => getComputedStyle(one, '::after').content") == "none"
    window.go(
        order({**YES, "dose": "500 mcg", "balance": {"readability": "0.01 mg", "repeatability": "0.01 mg"}}, GOOD)
    )
    assert "each five hundred micrograms." in answer(window)


def test_in_forced_colours_nothing_is_said_by_colour_alone(open_window):
    window = open_window(forced_colors="active")
    window.go(order({"dose": "45 mg"}))
    assert window.page.locator("#dose-error").inner_text().startswith("Problem: ")
    for selector in (".wrong", ".summary", "button"):
        widths = window.page.locator(selector).first.evaluate(
            "one => parseFloat(getComputedStyle(one).borderLeftWidth)"
        )
        assert widths >= 2, selector
    window.page.locator("#dose").focus()
    assert window.page.evaluate(FOCUS)["ring"]
    assert window.axe() == []


def test_nothing_moves(open_window):
    window = open_window(reduced_motion="reduce")
    window.go(order(YES, GOOD))
    moving = window.page.evaluate(
        "[...document.querySelectorAll('*')].filter((one) => { const style = getComputedStyle(one);"
        " return parseFloat(style.transitionDuration) > 0 || parseFloat(style.animationDuration) > 0.01"
        " || style.scrollBehavior !== 'auto'; }).length"
    )
    assert moving == 0


def test_the_answer_is_at_first_sight_on_a_desk_and_begins_there_on_a_phone(open_window):
    for width, height in ((1280, 900), (390, 844)):
        window = open_window(width, height)
        window.go(order(YES, GOOD))
        top = window.page.locator("#answer").bounding_box()["y"]
        assert top < height * 3 / 4


def test_the_main_things_to_press_are_44_points_large(open_window):
    window = open_window(390)
    window.go("/")
    for box in window.page.locator(
        "form button:visible, form summary:visible, .panel input:not([type]):visible, .panel select:visible"
    ).all():
        assert box.bounding_box()["height"] >= 44
