"""A window of the browser: it goes to addresses of the server, and keeps what its console and its network said."""

import re
from pathlib import Path

import axe_playwright_python

CHROMIUM = "/usr/bin/chromium"
#: As root there is no sandbox; the rest keeps it from asking the network for anything of its own.
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: What axe finds, short: the rule, what it wants, and the elements.
FINDS = """async (values) => (await axe.run(document, {runOnly: {type: "tag", values}, resultTypes: ["violations"]}))
  .violations.map((found) => `${found.id}: ${found.nodes.map((node) => node.target.join(" ")).join(", ")}`)"""


class Window:
    """One page of the browser in a context of its own: no storage, cookie or cache of another test is in it."""

    def __init__(self, context, address):
        self.context, self.address = context, address
        self.page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.mistakes, self.requests = [], []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda fault: self.mistakes.append(str(fault)))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def _note(self, message):
        # A refusal is answered with 422, nothing with 404; the console calls them errors.
        if message.type in {"error", "warning"} and not re.search("status of (?:404|422)", message.text):
            self.mistakes.append(message.text)

    def go(self, path):
        """Open a path of the server."""
        return self.page.goto(f"{self.address}{path}")

    def close(self):
        """Close it; nothing may have gone wrong until then."""
        self.context.close()
        self.look_back()

    def look_back(self):
        """Nothing may have gone wrong so far, and nobody else may have been asked for anything; then begin anew."""
        mistakes, requests = self.mistakes[:], self.requests[:]
        self.mistakes.clear()
        self.requests.clear()
        assert mistakes == []
        assert [url for url in requests if not url.startswith((self.address, "data:"))] == []

    def axe(self):
        """What axe-core finds wrong with the page as it stands."""
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(AXE)
        return self.page.evaluate(FINDS, TAGS)

    def reveal(self, name):
        """Open the steps and groups that hold a field, as their summaries do when they are pressed."""
        self.page.evaluate(
            "name => { for (let one = document.getElementById(name); one; one = one.parentElement?.closest('details'))"
            " if (one.matches('details')) one.open = true; }",
            name,
        )

    def unfold(self):
        """Open everything that is folded."""
        self.page.evaluate("document.querySelectorAll('details').forEach((group) => { group.open = true; })")
