"""The page as the browser prints it: what heads each page, and that nothing of it is lost."""

import re

import pytest

from calc.wording.refusals import STOP_NAMES
from calc.wording.steps import REASONS
from tests.browser.states import CONFIRMED, PLAIN, RISING, YES, liquid, order, titration, weights, weights_of
from tests.support.orders import GOOD, OF_BULK, changed
from tests.support.papers import pages_of, squeezed

PAPERS = ("Letter", "A4")
NUMBER = "B-2026-0412"
NOT_RELEASED = "Not released until both questions are answered"
ABOVE_USUAL = f"{STOP_NAMES['dose_above_usual']}: overridden. {REASONS['prescriber_confirmed']}."
ABOUT = r"Screen print\.(?: Work from the preparation sheet\.)?(?: Plan ID [A-Z2-7]{4}(?: [A-Z2-7]{4}){3})?"
LIGHT = {"dose": "0.1 mg", "source.tablets_weighed": 1, "source.total_mass": "0.160 g", "internal_number": NUMBER}
LONGEST = [
    pair
    for index in range(12)
    for pair in (
        (f"schedule-{index}-dose", f"{index + 1}.25"),
        (f"schedule-{index}-dose_unit", "mg"),
        (f"schedule-{index}-days", "21"),
    )
]
#: Every text that shows on paper, in the order of the document. A text that does not show has no box; the words of a
#: picture are drawn, and stand below it once more.
TEXTS = """() => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, range = document.createRange();
    range.selectNodeContents(node);
    const shows = node.parentElement.closest("script, style, template, svg, .running") === null;
    if (shows && node.textContent.trim() && range.getClientRects().length) found.push(node.textContent);
  }
  return found;
}"""
#: Each page to print: its address, its head, and the warnings that it begins with.
PRINTED = {
    "a plan": (order({**YES, "internal_number": NUMBER}, GOOD), "30 capsules of naltrexone 4.5 mg", NUMBER, ()),
    "a plan that is not released": (order(), "30 capsules of naltrexone 4.5 mg", None, (NOT_RELEASED,)),
    "an override": (
        order({"dose": "45 mg", "acknowledgements": CONFIRMED, "internal_number": NUMBER}),
        "30 capsules of naltrexone 45 mg",
        NUMBER,
        (NOT_RELEASED, ABOVE_USUAL),
    ),
    "a drug without a file": (
        order({"drug": {"name": "another"}, "source": {"strength": "25 mg"}}),
        "30 capsules of another 4.5 mg",
        None,
        ("Not released until all 4 questions are answered", "No drug file: general rules only"),
    ),
    "a trituration": (order(LIGHT, GOOD), "30 capsules of naltrexone 0.1 mg", NUMBER, (NOT_RELEASED,)),
    "an estimate": (
        order({"diluent": None, "tablet_powder": None}, GOOD),
        "30 capsules of naltrexone 4.5 mg",
        None,
        (NOT_RELEASED,),
    ),
    "bulk powder": (order(OF_BULK, GOOD), "30 capsules of naltrexone 4.5 mg", None, (NOT_RELEASED,)),
    "a liquid": (liquid(internal_number=NUMBER), "100 mL of naltrexone 1 mg/mL", NUMBER, (NOT_RELEASED,)),
    "a schedule": (
        titration(RISING),
        "Titration of naltrexone 1.5 mg to 4.5 mg",
        "on the plan of each batch",
        (NOT_RELEASED,),
    ),
    "the longest schedule": (
        titration(LONGEST),
        "Titration of naltrexone 1.25 mg to 12.25 mg",
        "on the plan of each batch",
        (NOT_RELEASED,),
    ),
    "a check": (
        weights_of(changed(GOOD, {"internal_number": NUMBER})),
        "30 capsules of naltrexone 4.5 mg",
        NUMBER,
        ("Pass: The batch passes by weight.",),
    ),
    "a check without an order": (
        weights(theoretical_fill="300 mg"),
        "Check the capsules made",
        None,
        ("Fail: The batch does not pass by weight.",),
    ),
}


def printed(window, paper):
    """The text of each page that the browser prints, without its number, and of what shows on paper."""
    window.page.emulate_media(media="print")
    pages = pages_of(window.page.pdf(format=paper))
    numbers = [f"Page {page} of {len(pages)} " for page in range(1, len(pages) + 1)]
    assert [page[: len(number)] for page, number in zip(pages, numbers, strict=True)] == numbers
    return [page.removeprefix(number) for page, number in zip(pages, numbers, strict=True)], window.page.evaluate(TEXTS)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", PRINTED)
def test_every_page_begins_with_drug_dose_and_batch_and_nothing_is_cut(reader, name, paper):
    path, head, number, states = PRINTED[name]
    reader.go(path)
    pages, texts = printed(reader, paper)
    begin = " ".join((head, "Batch number", number or "____________", *states))
    assert [page[: len(begin)] for page in pages] == [begin] * len(pages)
    running = re.match(rf"{re.escape(begin)} {ABOUT}", pages[0])[0]
    body = squeezed("".join(page.removeprefix(running) for page in pages)).casefold()
    lost = [text for text in texts if squeezed(text).casefold() not in body]
    assert lost == []


@pytest.mark.parametrize("paper", PAPERS)
def test_a_stopped_order_prints_why_and_no_figure(reader, paper):
    reader.go(order({"dose": "45 mg"}))
    pages, _ = printed(reader, paper)
    assert "This order is stopped" in pages[0]
    assert "Crush" not in pages[0]
    assert len(pages) == 1


def test_the_head_of_a_page_that_is_printed_follows_what_is_typed(window):
    window.go(order({"internal_number": NUMBER}, PLAIN))
    window.reveal("quantity")
    window.page.fill("#quantity", "31")
    window.page.locator("h1", has_text="31 capsules").wait_for()
    pages, _ = printed(window, "Letter")
    assert all(page.startswith(f"31 capsules of naltrexone 4.5 mg Batch number {NUMBER}") for page in pages)
