"""A page as a reader meets it: its text, its errors at their fields, what was typed, or no result at all."""

import html
import re

from bs4 import BeautifulSoup
from lxml import etree

from calc.faults import FaultCode
from calc.wording import FAULTS, label
from calc.wording.fields import WATER_LABELS
from tests.support.client import PROBLEM
from tests.support.orders import FIGURES


def read_page(answer, only=None):
    """The page, or, which is ten times as fast, only its elements with one of these ids, or names and no id."""
    assert answer.mimetype == "text/html"
    text = answer.text
    if only is not None:
        found = [tag for tag in etree.HTML(text).iter("*") if (tag.get("id") or tag.get("name")) in only]
        apart = [tag for tag in found if not any(outer in found for outer in tag.iterancestors())]
        text = "".join(etree.tostring(tag, encoding="unicode", method="html", with_tail=False) for tag in apart)
    return BeautifulSoup(text, "html.parser")


def plain_text(answer):
    """All text of a page outside its tags, on one line, with ordinary spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def text_of(element):
    """The text of an element on one line, with ordinary spaces."""
    return " ".join(element.get_text(" ").split())


def error_at(page, path):
    """What the page says at a field, without the word "Problem:" before it."""
    element = page.find(id=f"{path.replace('.', '-')}-error")
    return None if element is None else text_of(element).removeprefix("Problem: ")


def page_faults(page):
    """Each line of the page's error summary with the id that its link leads to."""
    summary = page.find(id="summary")
    links = [] if summary is None else summary.select("li a")
    return [(link["href"].removeprefix("#"), text_of(link)) for link in links]


def says_fault(text, code, path):
    """Whether a text is the sentence of this fault at this field, whatever facts it holds."""
    pieces = re.split(r"\{(\w+)\}", FAULTS[FaultCode(code)])
    labels = [label(path), *(WATER_LABELS.values() if path == "source.water" else ())]  # named by the assay's choice
    words = [
        re.escape(" ".join(piece.split(" ")))
        if index % 2 == 0
        else "|".join(map(re.escape, labels)).join(("(?:", ")"))
        if piece == "field"
        else ".*"
        for index, piece in enumerate(pieces)
    ]
    return text is not None and re.fullmatch("".join(words), text, re.DOTALL) is not None


def typed_at(page, path):
    """What stands in the input of a field: its text, and the unit chosen beside it."""
    name = path.replace(".", "-")
    unit = page.find(attrs={"name": f"{name}_unit"})
    chosen = None if unit is None else unit.find("option", selected=True)
    return page.find(id=name)["value"], None if chosen is None else chosen.text


def assert_no_result_json(answer, *, figures=True):
    assert answer.content_type == PROBLEM
    body = answer.get_json()
    assert body["status"] == answer.status_code
    assert not {"plan", "order", "fingerprint"} & body.keys()
    assert not [figure for figure in FIGURES if figures and figure in answer.text]


def assert_no_result_page(answer, *, figures=True):
    assert answer.mimetype == "text/html"
    assert not re.search(r'class="(?:[^"]* )?(?:plan|answer)[ "]', answer.text)
    text = plain_text(answer)
    assert not [figure for figure in FIGURES if figures and figure in text]
