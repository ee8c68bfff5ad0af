"""Every page in every state for everyone: axe-core, narrow windows and zoom, large enough targets."""

import pytest

from tests.browser.states import STATES

#: Elements that can be pressed and are smaller than 24 by 24, but for links within a sentence and what is not shown.
SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((element) => {
    const box = element.getBoundingClientRect();
    const inline = element.tagName === "A" && element.closest("p, li, td, th, dd, figcaption, .hint");
    return element.checkVisibility() && box.width && (box.width < 24 || box.height < 24) && !inline
      && !element.classList.contains("skip");
  }).map((element) => element.outerHTML.slice(0, 90))"""
#: Elements that stick out of a window sideways, but for what scrolls in a box of its own.
WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("main *")]
  .filter((element) => element.getBoundingClientRect().right > innerWidth && !element.closest(".scroll"))
  .map((element) => element.outerHTML.slice(0, 90))"""
#: Figures that are wider than the room they stand in: they would lie over the figure beside them.
OVERLAPPING = """() => [...document.querySelectorAll(".figures dd")]
  .filter((figure) => figure.scrollWidth > figure.clientWidth)
  .map((figure) => `over the next: ${figure.textContent}`)"""


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_page_is_for_everyone_at_a_desk_and_in_a_window_of_320_points(state, reader):
    """320 points wide is a small phone, and a desk at a zoom of 400 per cent."""
    assert reader.go(state.path).status == state.status
    assert reader.page.locator(state.mark).count()
    found = {"320 points": in_320_points(reader), "a desk": at_a_desk(reader)}
    assert found == {"320 points": [], "a desk": []}


def in_320_points(window):
    window.page.set_viewport_size({"width": 320, "height": 800})
    found = window.axe() + window.page.evaluate(SMALL) + window.page.evaluate(OVERLAPPING)
    window.unfold()
    return found + window.page.evaluate(WIDE)


def at_a_desk(window):
    window.page.set_viewport_size({"width": 1280, "height": 900})
    return window.axe() + window.page.evaluate(SMALL) + window.page.evaluate(OVERLAPPING)
