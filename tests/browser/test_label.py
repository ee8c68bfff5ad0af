"""The form of a patient's label in the real browser: for everyone, without script, and the patient in no address."""

from urllib.parse import urlencode

import pytest

from tests.browser.test_access import at_a_desk, in_320_points
from tests.paper.test_labels import WHOLE
from tests.support.queries import as_query

ADDRESS = f"/?{urlencode(as_query(WHOLE))}#papers"
TYPED = {"patient": "Jane Q. Sample", "directions": "Take 1 capsule by mouth at bedtime."}


def fill(window, **more):
    window.go(ADDRESS)
    for name, text in {**TYPED, **more}.items():
        window.page.locator(f"#label-form #{name}").fill(text)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_label_is_typed_and_saved_and_its_page_stays_as_it_was(open_window, script):
    window = open_window(java_script_enabled=script, accept_downloads=True)
    fill(window)
    with window.page.expect_download() as saving:
        window.page.get_by_role("button", name="Save label").click()
    assert saving.value.suggested_filename == "label.pdf"
    assert "Jane" not in window.page.url
    assert window.page.locator("#patient").input_value() == "Jane Q. Sample"


def test_a_fault_keeps_what_was_typed_takes_the_focus_and_is_for_everyone(window):
    fill(window, filled="29.11.2026")
    window.page.get_by_role("button", name="Print label").click()
    window.page.locator("#label-summary:focus").wait_for()
    assert "Jane" not in window.page.url
    assert window.page.locator("#patient").input_value() == "Jane Q. Sample"
    window.page.locator("#label-summary a").click()
    assert window.page.evaluate("document.activeElement.id") == "filled"
    found = {"320 points": in_320_points(window), "a desk": at_a_desk(window)}
    assert found == {"320 points": [], "a desk": []}
