"""The screen of the record locks by itself, keeps what was typed, and opens for its own person; pages for everyone."""

import re
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from playwright.sync_api import Error

from tests.browser.test_access import SMALL, WIDE
from tests.browser.window import CHROMIUM, FLAGS, Window
from tests.support.record import password_of

#: The real server with a record, whose first line of output is its address.
SERVER = (
    "from calc.store.settings import moment; from calc.web.serving import serve; "
    "from tests.support.record import RecordForTests; r = RecordForTests(); r.clock.at = moment().at; "
    "serve(r.app, '127.0.0.1', 0)"
)


@pytest.fixture(scope="module")
def address_of_record():
    """Where a server with a record answers."""
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as server:
        try:
            yield re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())[0]
        finally:
            server.terminate()


@pytest.fixture
def bench(browser, address_of_record):
    """A window in which somebody in charge is signed in."""
    window = Window(browser.new_context(viewport={"width": 1280, "height": 900}), address_of_record)
    window.page.set_default_timeout(30_000)
    window.go("/record/sign-in?next=/record/people/new")
    window.page.fill("#signer", "In Charge One")
    window.page.fill("#secret", password_of("i1"))
    window.page.click("main button")
    window.page.wait_for_url("**/record/people/new")
    yield window
    window.close()


def test_a_screen_locks_after_five_minutes_and_what_was_typed_is_still_there(bench):
    page = bench.page
    page.clock.install()
    page.reload()
    page.fill("#name", "Somebody New")
    for _ in range(3):  # whoever works is not locked out
        page.clock.fast_forward("04:00")
        page.keyboard.press("Shift")
    assert page.is_visible("#name")
    page.clock.fast_forward("05:01")
    page.wait_for_selector("#screen-lock-secret")
    assert not page.is_visible("#name")
    page.fill("#screen-lock-secret", "not this one at all")
    page.click("#screen-lock button")
    page.wait_for_selector("#screen-lock [role=alert]:not(:empty)")
    assert not page.is_visible("#name")
    page.fill("#screen-lock-secret", password_of("i1"))
    page.click("#screen-lock button")
    page.wait_for_selector("#name")
    assert page.input_value("#name") == "Somebody New"
    assert not page.is_visible("#screen-lock")


def test_the_button_locks_the_screen_for_the_server_too_and_what_was_typed_stays(bench):
    page = bench.page
    page.fill("#name", "Somebody New")
    page.click("header form[action='/record/lock'] button")
    page.wait_for_selector("#screen-lock-secret")
    assert not page.is_visible("#name")
    other = bench.context.new_page()
    other.goto(f"{bench.address}/record/people/new")
    assert "/record/sign-in" in other.url
    other.close()
    page.fill("#screen-lock-secret", password_of("i1"))
    page.click("#screen-lock button")
    page.wait_for_selector("#name")
    assert page.input_value("#name") == "Somebody New"


def test_a_screen_locked_by_two_presses_of_the_button_shows_its_page_again(bench):
    page = bench.page
    page.fill("#name", "Somebody New")
    second = iter((False, True))
    with page.expect_response(lambda answer: answer.url.endswith("/record/lock") and next(second)):
        page.eval_on_selector("[action='/record/lock']", "(form) => { form.requestSubmit(); form.requestSubmit(); }")
    page.wait_for_selector("#screen-lock-secret")
    page.fill("#screen-lock-secret", password_of("i1"))
    page.click("#screen-lock button")
    page.wait_for_selector("#screen-lock", state="hidden")
    assert page.is_visible("#name")
    assert page.input_value("#name") == "Somebody New"


def test_a_screen_that_the_server_does_not_lock_is_not_called_locked(bench):
    other = Window(bench.context, bench.address)  # another tab, where somebody else signs in
    other.go("/record/sign-in?person=-&next=/record")
    other.page.fill("#signer", "Compounder One")
    other.page.fill("#secret", password_of("c1"))
    other.page.click("main button")
    other.page.wait_for_url("**/record")
    bench.page.click("header form[action='/record/lock'] button")
    bench.page.wait_for_url("**/record/lock")
    assert "This page is too old" in bench.page.inner_text("main")
    assert bench.mistakes
    assert all("status of 403" in each for each in bench.mistakes)  # the refusal, which the page says
    bench.mistakes.clear()
    other.go("/record")  # which is open as before
    assert other.page.url.endswith("/record")


def test_pages_of_people_are_for_everyone(bench):
    found = {}
    for path in ("people/c1", "devices", "keys", "log"):
        bench.go(f"/record/{path}")
        for width in (1280, 320):
            bench.page.set_viewport_size({"width": width, "height": 900})
            wrong = bench.axe() + bench.page.evaluate(SMALL) + bench.page.evaluate(WIDE)
            found |= {f"{path} {width}": wrong} if wrong else {}
    assert found == {}


@pytest.fixture(scope="module")
def keeping_browser(browser):
    """A browser that keeps pages for its button Back, as people's do and that of other tests does not."""
    how = {"ignore_default_args": ["--disable-back-forward-cache"]}
    kept = browser.browser_type.launch(executable_path=CHROMIUM, args=FLAGS, **how)
    yield kept
    kept.close()


@pytest.mark.parametrize("leaves", ["Lock", "Sign out"])
def test_back_shows_no_page_of_somebody_who_locked_the_screen_or_signed_out(keeping_browser, address_of_record, leaves):
    window = Window(keeping_browser.new_context(), address_of_record)
    window.page.set_default_timeout(30_000)
    window.go("/record/sign-in?next=/record/people")
    window.page.fill("#signer", "In Charge One")
    window.page.fill("#secret", password_of("i1"))
    window.page.click("main button")
    window.page.wait_for_url("**/record/people")
    there = window.context.new_cdp_session(window.page)  # the driver itself loses a page that is kept
    assert "Compounder Two" in text_of(there, "/record/people")
    there.send(
        "Runtime.evaluate", {"expression": f"document.querySelector(\"[action='{ADDRESSES[leaves]}']\").submit()"}
    )
    text_of(there, "/record/sign-in")
    pages = there.send("Page.getNavigationHistory")
    before = pages["entries"][pages["currentIndex"] - 1]
    assert before["url"].endswith("/record/people")
    there.send("Page.navigateToHistoryEntry", {"entryId": before["id"]})
    text = text_of(there, "/record/", at=pages["currentIndex"] - 1)
    assert "Compounder Two" not in text
    assert "Password" in text


ADDRESSES = {"Lock": "/record/lock", "Sign out": "/record/sign-out"}


def text_of(there, path, at=None):
    """The text of the page, once it is the one of an address, and its place in the history."""
    now = ""
    for _ in range(300):
        with between_pages():
            pages = there.send("Page.getNavigationHistory")
            now = pages["entries"][pages["currentIndex"]]["url"]
            said = there.send("Runtime.evaluate", {"expression": "document.readyState + document.body.innerText"})
            text = said["result"].get("value", "")
            if path in now and at in (None, pages["currentIndex"]) and text.startswith("complete"):
                return text
        time.sleep(0.1)
    raise AssertionError(now)


@contextmanager
def between_pages():
    """Let a browser answer that it is just putting one page in the place of another, and nothing else that is wrong."""
    try:
        yield
    except Error as said:
        if "Not attached to an active page" not in str(said):
            raise
