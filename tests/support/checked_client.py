"""A test client that looks at every answer: headers always, and on every page title, one h1, ids, labels, names."""

import json
import re
from itertools import pairwise

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from lxml import etree

from calc.web.guard import HEADERS
from tests.support.schemas import validate

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


def check_page(text):
    """What must hold of every page in every state."""
    if "<html" not in text:  # the body of a redirect
        return
    page = etree.HTML(text)  # lxml.html looks a class up for each element, which takes as long as all the rest here
    assert page.get("lang") == "en"
    assert page.findtext(".//title").strip()
    assert len(page.findall(".//h1")) == 1
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), "an id stands twice"
    labelled = set(page.xpath("//label/@for"))
    for tag in page.iter("input", "select", "textarea"):
        if tag.get("type") != "hidden":
            assert tag.get("type") != "number"
            named = tag.get("aria-label") or tag.get("id") in labelled or tag.xpath("ancestor::label[not(@for)]")
            assert named, f"{tag.get('name')} has no label"
    for described in page.xpath("//@aria-describedby"):
        assert set(described.split()) <= set(ids), described
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)
    for link in page.xpath("//a/@href"):
        assert not link.startswith("http")
        assert not link.startswith("#") or link[1:] in ids, f"{link} leads nowhere"
    levels = [int(tag.tag[1]) for tag in page.iter("h1", "h2", "h3")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(SCRIPT.fullmatch(script.get("src")) and not script.text for script in page.iter("script"))
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []
    assert page.xpath("//@style") == []
    # What was typed may hold one, what we say never does.
    for ours in page.xpath("//*[@class]"):
        if {"answer", "plan"}.isdisjoint(ours.get("class").split()):
            continue
        assert not {"\u00b5", "\u03bc"} & set("".join(ours.itertext()))


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
