"""How long a page takes from the last key of an order to the painted answer, in the browser.

python -m tests.tools.first_answer [NUMBER]      prints the median and the longest of so many answers, 40 by default

The number of capsules of the worked order is changed digit by digit. The clock of the page runs from the input event to
the first frame after the answer stands in the document.
"""

import re
import subprocess
import sys
from statistics import median

from playwright.sync_api import sync_playwright

from tests.browser.states import YES, order
from tests.browser.window import CHROMIUM, FLAGS
from tests.support.orders import GOOD

SERVER = (
    "from calc.web.serving import serve; from tests.support.client import make_app; serve(make_app(), '127.0.0.1', 0)"
)
WATCH = """() => {
  document.getElementById("work-order").open = true;
  window.took = [];
  let since = null;
  document.getElementById("quantity").addEventListener("input", () => { since = performance.now(); });
  new MutationObserver(() => {
    if (since === null || !document.getElementById("answer")) return;
    const began = since;
    since = null;
    requestAnimationFrame(() => setTimeout(() => window.took.push(performance.now() - began)));
  }).observe(document.getElementById("result"), {childList: true, subtree: true});
}"""
#: Milliseconds that an answer is waited for before the next key.
PAUSE = 450


def measured(page, number):
    """Return the milliseconds of so many answers, after one that warms all up."""
    page.evaluate(WATCH)
    page.locator("#quantity").focus()
    while len(page.evaluate("took")) <= number:
        digit = len(page.evaluate("took")) % 10
        page.keyboard.press("End")
        page.keyboard.press("Backspace")
        page.wait_for_timeout(PAUSE)
        page.keyboard.type(str(digit))
        page.wait_for_timeout(PAUSE)
    return page.evaluate("took")[1 : number + 1]


def main(number=40):
    """Start a server and a browser, and print what was measured."""
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as server:
        address = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())[0]
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(address + order(YES, GOOD))
            page.wait_for_load_state("networkidle")
            took = measured(page, number)
            browser.close()
        server.terminate()
    print(f"{len(took)} answers: median {median(took):.0f} ms, longest {max(took):.0f} ms")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
