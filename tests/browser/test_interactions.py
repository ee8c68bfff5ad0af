"""The fewest interactions of a job: a field filled, a choice made, a button or link pressed; scrolling is none."""

from tests.support.papers import text_of_pdf


class Hands:
    """Counts what a person does."""

    def __init__(self, page):
        self.page, self.number = page, 0

    def fill(self, name, text):
        self.number += 1
        self.page.locator(f"#{name}").fill(text)

    def press(self, selector):
        self.number += 1
        self.page.locator(selector).click()


def test_the_sheet_of_a_weighed_order_takes_twelve(window):
    """Thirty capsules of 4.5 mg, three tablets of 0.480 g, packing measured, both questions answered no."""
    window.go("/")
    hands = Hands(window.page)
    hands.fill("dose", "4.5")
    hands.fill("quantity", "30")
    window.page.locator("#result", has_text="90 % of the powder").wait_for()
    hands.press("#work-weigh > summary")
    hands.fill("source-tablets_weighed", "3")
    hands.fill("source-total_mass", "0.480")
    window.page.locator("#result", has_text="0.432").wait_for()
    hands.press("#work-fill > summary")
    hands.fill("diluent-packing_statistic", "135")
    hands.fill("tablet_powder-packing_statistic", "165")
    window.page.locator("#result", has_text="137.6").wait_for()
    hands.press("#work-release > summary")
    hands.press("#screening-opioids-2")
    hands.press("#screening-liver_disease-2")
    window.page.locator("#result", has_text="Screening clear.").wait_for()
    printed = window.page.locator(".split[data-kind=sheet] > .button")
    address = printed.get_attribute("href")
    hands.number += 1  # pressing it: the browser here downloads papers, so the address is asked for instead
    sheet = text_of_pdf(window.context.request.get(f"{window.address}{address}").body())
    assert "0.432" in sheet
    assert "137.6" in sheet
    assert hands.number <= 12
