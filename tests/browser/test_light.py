"""How light the pages are: sizes and counts, never times."""

from collections import Counter

import pytest

from tests.browser.states import YES, order
from tests.support.orders import GOOD

KB = 1024
#: No page with a plan is as small as this.
FORM = 64 * KB
FORMS = ["/", "/titration", "/check", "/paper"]


@pytest.fixture(scope="module")
def fetched():
    """The sizes of what each request of a page brought."""

    def fetches(window, path):
        window.go(path)
        window.page.wait_for_load_state("networkidle")
        urls = [url for url in window.requests if not url.startswith("data:")]
        return {url: len(window.context.request.get(url).body()) for url in urls}

    return fetches


@pytest.mark.parametrize("path", FORMS)
def test_a_form_is_at_most_64_kb_in_at_most_7_requests(window, fetched, path):
    """The page, its script, its styles and the typeface; those have bounds of their own below."""
    sizes = fetched(window, path)
    assert 1 < len(sizes) <= 7
    assert all(url.startswith(window.address) for url in sizes)
    assert sizes[window.address + path] <= 64 * KB


def test_the_worked_page_is_at_most_96_kb(window, fetched):
    path = order(YES, GOOD)
    assert FORM < fetched(window, path)[window.page.url] <= 96 * KB


def test_script_and_stylesheet_are_small(window, fetched):
    sizes = Counter()
    for url, size in fetched(window, "/").items():
        sizes[url.rpartition(".")[2] if "print" not in url else "print"] += size
    assert 0 < sizes["js"] <= 18 * KB
    assert 0 < sizes["css"] <= 25 * KB
    assert 0 < sizes["print"] <= 3 * KB
    assert 0 < sizes["woff"] <= 90 * KB


def test_an_answer_is_one_request(window, fetched):
    window.go(order(YES, GOOD))
    window.page.wait_for_load_state("networkidle")
    before = len(window.requests)
    window.reveal("quantity")
    window.page.locator("#quantity").press("End")
    window.page.keyboard.press("Backspace")
    window.page.locator("h1", has_text="3 capsules").wait_for()
    assert len(window.requests) == before + 1


def test_a_script_that_is_not_ours_does_not_run(window):
    window.go("/")
    window.page.evaluate(
        "const one = document.createElement('script'); one.textContent = 'window.ran = 1';"
        "document.body.append(one); document.body.setAttribute('onclick', 'window.ran = 2');"
    )
    window.page.locator("h1").click()
    assert window.page.evaluate("window.ran") is None
    assert all("Content Security Policy" in said for said in window.mistakes)
    assert len(window.mistakes) >= 2
    window.mistakes.clear()
