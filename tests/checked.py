"""A test client that looks at every answer: headers always, and on every page title, one h1, ids, labels, names."""

import json
import re
from itertools import pairwise

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from calc.web.doors import HEADERS
from tests.schemas import validate

SCRIPT = re.compile(r"/static/[a-z]+\.js")
STRICT = (
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    "style-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)


class CheckedClient(FlaskClient):
    """Fails the test that fetched an answer which is not fit to be shown."""

    def open(self, *given, **named):
        """Fetch, look, and hand the answer on."""
        answer = super().open(*given, **named)
        check_headers(answer)
        if answer.mimetype == "text/html":
            check_page(answer.get_data(as_text=True))
        if answer.mimetype == "application/problem+json":
            check_problem(answer)
        return answer


def check_headers(answer):
    """Every header of the door is on every answer, and nothing sets a cookie."""
    for name in HEADERS:
        assert name in answer.headers, name
    assert "Set-Cookie" not in answer.headers
    policy = answer.headers["Content-Security-Policy"]
    assert all(part in policy for part in STRICT)
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def check_problem(answer):
    """A refusal has the one shape, its own status, and nothing of a plan."""
    problem = json.loads(answer.get_data())
    validate("problem.schema.json", problem)
    assert problem["status"] == answer.status_code
    assert not {"plan", "order", "fingerprint"} & set(problem)


def check_page(html):
    """What must hold of every page in every state."""
    page = BeautifulSoup(html, "html.parser")
    if "<html" not in html:  # the body of a redirect
        return
    assert page.html["lang"] == "en"
    assert page.title.string.strip()
    assert len(page.find_all("h1")) == 1
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids)), "an id stands twice"
    for tag in page.find_all(["input", "select", "textarea"]):
        if tag.get("type") == "hidden":
            continue
        assert tag.get("type") != "number"
        labelled = tag.get("aria-label") or page.find("label", attrs={"for": tag["id"]})
        assert labelled, f"{tag['name']} has no label"
    for tag in page.find_all(attrs={"aria-describedby": True}):
        assert set(tag["aria-describedby"].split()) <= set(ids), tag["aria-describedby"]
    for tag in page.find_all(attrs={"aria-labelledby": True}):
        assert tag["aria-labelledby"] in ids
    for link in page.find_all("a", href=True):
        if link["href"].startswith("#"):
            assert link["href"][1:] in ids, f"{link['href']} leads nowhere"
        assert not link["href"].startswith("http")
    levels = [int(tag.name[1]) for tag in page.find_all(["h1", "h2", "h3"])]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(SCRIPT.fullmatch(script["src"]) and not script.string for script in page.find_all("script"))
    assert not [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")]
    assert not page.find_all(style=True)
    for ours in page.find_all(class_=["answer", "plan"]):  # what was typed may hold one, what we say never does
        assert not {"\u00b5", "\u03bc"} & set(ours.get_text())


def soup(answer):
    """The page of an answer, to look things up in; a marked mcg stands in its sentence as it reads."""
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    for unit in page.find_all("abbr"):
        unit.unwrap()
    page.smooth()
    return page


def words(tag):
    """The text of a tag as it reads: single spaces, no-break ones included."""
    return " ".join(tag.get_text(" ").replace("\u00a0", " ").split()).replace(" .", ".").replace(" ,", ",")
