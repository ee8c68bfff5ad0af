"""The two doors of the program, and orders to bring to them: a JSON tree for the endpoint, its query for the page."""

import copy
import html
import re
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from lxml.html import document_fromstring, tostring

from calc.faults import FaultCode
from calc.orders.query import COUNTS, LIQUID_QUANTITIES, QUANTITIES
from calc.web.app import create_app
from calc.wording import FAULTS, label
from tests.checked import CheckedClient

PLAN = "/api/v1/plan"
PROBLEM = "application/problem+json"
#: The worked case: 0.432 g of powder, with every figure that a plan can have.
GOOD = {
    "dose": "4.5 mg",
    "quantity": 30,
    "prepared_on": "2026-11-23",
    "source": {"strength": "50 mg", "tablets_weighed": 3, "total_mass": "0.480 g", "weighed_on": "2026-11-23"},
    "capsule": {"size": "3"},
    "diluent": {"packing_statistic": "135 mg"},
    "tablet_powder": {"packing_statistic": "165 mg"},
}
#: Figures of its plan that nobody types: none of them may stand in a refusal.
FIGURES = ("0.432", "432 mg", "14.4", "123.2", "3.697", "3,697", "137.6", "4.499", "2027-05-22")
NUMBER_PATHS = tuple(sorted(name.replace("-", ".") for name in QUANTITIES | COUNTS))
UNIT_PATHS = tuple(sorted(name.replace("-", ".") for name in QUANTITIES))
COUNT_PATHS = frozenset(name.replace("-", ".") for name in COUNTS)
TEXT_PATHS = (
    *("internal_number", "source.maker", "source.ndc", "source.lot", "capsule.brand", "capsule.lot", "diluent.lot"),
    "drug.name",
)
#: The same order from bulk powder: nothing of tablets stands in it.
OF_BULK = {
    "source": {
        "kind": "powder",
        "assay": "98.5 %",
        "assay_basis": "dried",
        "water": "4 %",
        "packing_statistic": "150 mg",
    },
    "tablet_powder": None,
}
#: What makes the good order hold each of its other fields: a valid value, and what goes with it (None: goes out).
HOLDING = {
    "allowance": {"allowance": "10 %"},
    "extra_capsules": {"extra_capsules": 3},
    "crushing_loss": {"crushing_loss": "3 %"},
    "source.recovered_mass": {"source.recovered_mass": "0.475 g"},
    "source.assay": OF_BULK,
    "source.water": OF_BULK,
    "source.packing_statistic": OF_BULK,
    "balance.readability": {"balance.readability": "1 mg"},
    "balance.sensitivity": {"balance.sensitivity": "6 mg", "balance.tolerated_error": "5 %"},
    "balance.tolerated_error": {"balance.sensitivity": "6 mg", "balance.tolerated_error": "5 %"},
    "balance.repeatability": {"balance.repeatability": "0.01 mg", "balance.readability": "0.01 mg"},
    "balance.minimum": {"balance.minimum": "20 mg"},
    "capsule.shell_mass": {"capsule.shell_mass": "48 mg"},
    "capsule.fill_mass": {
        "capsule.fill_mass": "120 mg",
        "diluent.packing_statistic": None,
        "tablet_powder.packing_statistic": None,
    },
}


def make_client():
    """A client of a new application, which looks at every answer that it fetches."""
    app = create_app()
    app.test_client_class = CheckedClient
    return app.test_client()


def changed(tree, changes):
    """A copy of an order with values put at dotted paths; None takes a path out."""
    new = copy.deepcopy(tree)
    for path, value in changes.items():
        part, _, name = path.rpartition(".")
        group = new
        if part:
            group = new.setdefault(part, {})
            if not isinstance(group, dict):  # a drug's key gives way to its name
                group = new[part] = {}
        if value is None:
            group.pop(name, None)
        else:
            group[name] = copy.deepcopy(value)
    return new


def value_at(tree, path):
    for name in path.split("."):
        tree = tree[name]
    return tree


def holding(path):
    """The good order with a valid value in the field at `path`."""
    return changed(GOOD, HOLDING.get(path, {}))


def unit_at(tree, path):
    """The unit of the quantity at `path`; none for a count."""
    return "" if path in COUNT_PATHS else value_at(tree, path).rpartition(" ")[2]


def as_query(tree, prefix=""):
    """The page's query of a JSON tree, as pairs: a quantity is split at its last space."""
    pairs = []
    for name, value in tree.items():
        path = f"{prefix}{name}"
        if isinstance(value, dict):
            pairs += as_query(value, f"{path}-")
        elif isinstance(value, list):
            for index, item in enumerate(value):
                pairs += as_query(item, f"{path}-{index}-")
        elif path in QUANTITIES | LIQUID_QUANTITIES:
            number, _, unit = value.rpartition(" ")
            pairs += [(path, number), (f"{path}_unit", unit)]
        else:
            pairs.append((path, str(value)))
    return pairs


def ask_page(client, pairs, **how):
    """The page's answer to a query, after the one redirect to its canonical form where there is one."""
    page = "/liquid" if ("preparation", "liquid") in pairs else "/"
    answer = client.get(page, query_string=urlencode(pairs, errors="surrogatepass"), **how)
    if answer.status_code == 303:
        answer = client.get(answer.headers["Location"], **how)
    return answer


def ask_api(client, tree, **how):
    return client.post(PLAN, json=tree, **how)


def read_page(answer, only=None):
    """The page, or, which is ten times as fast, only its elements with one of these ids."""
    assert answer.mimetype == "text/html"
    text = answer.text
    if only is not None:
        found = [tag for tag in document_fromstring(text).iter() if tag.get("id") in only]
        apart = [tag for tag in found if not any(outer in found for outer in tag.iterancestors())]
        text = "".join(tostring(tag, encoding="unicode", with_tail=False) for tag in apart)
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
    links = [] if summary is None else summary.find_all("a")
    return [(link["href"].removeprefix("#"), text_of(link)) for link in links]


def says_fault(text, code, path):
    """Whether a text is the sentence of this fault at this field, whatever facts it holds."""
    pieces = re.split(r"\{(\w+)\}", FAULTS[FaultCode(code)])
    words = [
        re.escape(" ".join(piece.split(" ")))
        if index % 2 == 0
        else re.escape(label(path))
        if piece == "field"
        else ".*"
        for index, piece in enumerate(pieces)
    ]
    return text is not None and re.fullmatch("".join(words), text, re.DOTALL) is not None


def typed_at(page, path):
    """What stands in the input of a field: its text, and the unit chosen beside it."""
    name = path.replace(".", "-")
    unit = page.find(id=f"{name}_unit")
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


def assert_still_good(client):
    """A good order is answered as ever, whatever came before it."""
    answer = ask_api(client, GOOD)
    assert answer.status_code == 200
    assert answer.get_json()["plan"]["portion"]["text"] == "0.432 g"
