"""One server and one browser for all tests here; whoever types has a window of its own. It notes what goes wrong."""

import re
import subprocess
import sys
from urllib.request import urlopen

import pytest
from playwright.sync_api import sync_playwright

from calc.web.face import face
from tests.browser.window import CHROMIUM, FLAGS, Window

#: The real server, for which it is always the same day.
SERVER = (
    "from calc.web.serving import serve; from tests.support.client import make_app; serve(make_app(), '127.0.0.1', 0)"
)


@pytest.fixture(scope="package")
def address():
    """Where the real server answers."""
    command = [sys.executable, "-c", SERVER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())[0]
        with urlopen(found + face().address) as typeface:  # made on the first request, which takes a second
            typeface.read()
        yield found
        server.terminate()


@pytest.fixture(scope="package")
def browser():
    """The browser; without one these tests fail, they are not skipped."""
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def open_window(browser, address):
    """Opens windows of any width, with JavaScript or without; at the end none may have met a mistake."""
    opened = []

    def opens(width=1280, height=900, **how):
        window = Window(browser.new_context(viewport={"width": width, "height": height}, **how), address)
        opened.append(window)
        return window

    yield opens
    for window in opened:
        window.close()


@pytest.fixture(scope="package")
def kept_window(browser, address):
    """A window that stays open: to open one takes a second of work."""
    window = Window(browser.new_context(), address)
    yield window
    window.close()


@pytest.fixture
def reader(kept_window):
    """A window of a desk's width for tests that only read, the same for all of them: they leave nothing behind."""
    kept_window.page.set_viewport_size({"width": 1280, "height": 900})
    kept_window.page.emulate_media(media="null")
    yield kept_window
    kept_window.look_back()
    assert kept_window.context.storage_state() == {"cookies": [], "origins": []}


@pytest.fixture
def window(open_window):
    """A window of a desk's width."""
    return open_window()
