"""No paper is offered that cannot be printed (B11): what a page links to is found by the layout that prints it."""

from urllib.parse import urlencode

import pytest
import typst

from calc.capsule.papers import label_pdf, label_stocks
from calc.capsule.sheet import sheet
from calc.faults import Refused
from calc.library import load, paper_templates
from calc.liquid.order import LiquidOrder
from calc.liquid.papers import liquid_label_pdf, liquid_label_stocks
from calc.liquid.planning import plan_liquid
from calc.liquid.sheet import liquid_sheet
from calc.paper import fitting
from calc.paper.label import STOCKS
from calc.paper.press import FONTS, DoesNotFit
from tests.second_engine.parts import TODAY
from tests.support.checked_client import soup
from tests.support.client import make_client
from tests.support.orders import dated
from tests.support.pages import plain_text
from tests.support.papers import pages_of, planned
from tests.support.queries import as_query
from tests.tools.compare_engines import trees

CLIENT = make_client()
LIBRARY = load()
DAY = "2026-11-24"
#: So late that it ends nothing.
LATE = {"expiry": "2029-01"}
#: Its texts fit the largest stock alone while date and storage are the pharmacist's to set.
LIQUID = {
    "preparation": "liquid",
    "drug": {"name": "methylprednisolone acetate micronized"},
    "dose": "4.5 mg",
    "strength": "1 mg",
    "volume": "100 mL",
    "prepared_on": DAY,
    "source": {"strength": "10 mg", **LATE},
    "vehicle": {"name": "suspending vehicle", "preserved": "yes", **LATE},
}
#: A name and a number of 40 wide letters each fit the largest stock alone.
WIDE = {"drug": {"name": "w" * 40}, "dose": "5 mg", "quantity": 30, "internal_number": "n" * 40, "prepared_on": DAY}
WIDE |= {"source": {"strength": "10 mg", **LATE}, "diluent": LATE, "capsule": LATE}
#: The widest that can be typed.
WIDEST = WIDE | {"drug": {"name": "W" * 40}, "internal_number": "W" * 40}


def links_of(address, order):
    """The papers that a page offers, by the kind of each: where they lead to."""
    shown = soup(CLIENT.get(address, query_string=urlencode(as_query(order)), follow_redirects=True))
    offered = shown.select(".papers .split")
    return {item["data-kind"]: [a["href"] for a in item.find_all("a")] for item in offered}


def printable(press, made):
    """The stocks on which a label is really printed."""
    found = []
    for stock in STOCKS:
        try:
            press(made, stock)
        except DoesNotFit:
            continue
        found.append(stock)
    return tuple(found)


@pytest.mark.parametrize(
    ("order", "held"), [(WIDE, ("4x2",)), (WIDEST, ("4x2",)), (WIDE | {"drug": "naltrexone"}, None)]
)
def test_the_stocks_offered_for_capsules_are_those_that_print(order, held):
    made = planned({**order, "source": LATE} if order["drug"] == "naltrexone" else order)
    offered = label_stocks(made, sheet(made))
    assert offered == printable(label_pdf, made)
    assert held is None or offered == held


def test_the_stocks_offered_for_a_liquid_are_those_that_print():
    made = plan_liquid(LiquidOrder.read(LIQUID, LIBRARY), LIBRARY)
    offered = liquid_label_stocks(made, liquid_sheet(made))
    assert offered == printable(liquid_label_pdf, made) == ("4x2",)
    made = plan_liquid(LiquidOrder.read({**LIQUID, "drug": "naltrexone", "source": LATE}, LIBRARY), LIBRARY)
    offered = liquid_label_stocks(made, liquid_sheet(made))
    assert offered == printable(liquid_label_pdf, made) == ("2.25x1.25", "4x2")


@pytest.mark.parametrize("kind", ["capsules", "liquids"])
def test_whatever_is_ordered_the_stocks_offered_are_those_that_print(kind):
    number = 0
    for tree in trees(40, "offered", kind):
        tree = dated(tree)
        try:
            if kind == "capsules":
                made = planned(tree)
                offered, printed = label_stocks(made, sheet(made)), printable(label_pdf, made)
            else:
                made = plan_liquid(LiquidOrder.read(tree, LIBRARY, today=TODAY), LIBRARY)
                if made.beyond_use.date is None:
                    continue
                offered, printed = liquid_label_stocks(made, liquid_sheet(made)), printable(liquid_label_pdf, made)
        except Refused:
            continue
        number += 1
        assert offered == printed, tree
    assert number >= 10


def test_the_page_offers_no_stock_that_does_not_hold_the_label():
    offered = links_of("/liquid", LIQUID)["label"]
    assert [href.rpartition("=")[2] for href in offered] == ["4x2"]
    for href in offered:
        assert CLIENT.get(href).mimetype == "application/pdf"
    refused = CLIENT.get(offered[0].replace("label=4x2", "label=30"))
    assert refused.status_code == 422
    assert "do not fit" in plain_text(refused)


def test_the_largest_stock_holds_the_widest_texts_that_can_be_typed():
    wide = {**LIQUID, "drug": {"name": ("W W " * 10).strip()}, "internal_number": "W" * 40}
    wide |= {"dose": "4.123457 mg", "strength": "1.123457 mg", "volume": "1023.456 mL"}
    for address, order in (("/", WIDEST), ("/liquid", wide)):
        (href,) = links_of(address, order)["label"]
        assert href.endswith("&label=4x2")
        assert CLIENT.get(href).mimetype == "application/pdf"


@pytest.mark.parametrize(
    ("address", "order"),
    [
        ("/", dated({"dose": "4.5 mg", "quantity": 30, "prepared_on": DAY})),
        ("/", WIDE),
        ("/liquid", {**LIQUID, "drug": "naltrexone", "source": LATE}),
        ("/liquid", LIQUID),
    ],
)
def test_every_link_to_a_paper_leads_to_it(address, order):
    links = links_of(address, order)
    assert ("leaflet" in links) is isinstance(order.get("drug", "naltrexone"), str)
    for hrefs in links.values():
        for href in hrefs:
            assert CLIENT.get(href).mimetype == "application/pdf", href


def schedule(**more):
    pairs = {"schedule-0-dose": "5", "schedule-0-dose_unit": "mg", "schedule-0-days": "14", "prepared_on": DAY}
    pairs |= {f"{part}-expiry": "2029-01-31" for part in ("source", "diluent", "capsule")}
    return soup(CLIENT.get("/titration", query_string=pairs | more, follow_redirects=True))


def test_a_batch_of_a_schedule_has_its_label_on_a_stock_that_holds_it():
    named = {"drug-name": "W" * 40, "source-strength": "10", "source-strength_unit": "mg"}
    hrefs = [a["href"] for a in schedule(**named).select(".plan a[href*='label.pdf']")]
    assert hrefs
    for href in hrefs:
        assert href.endswith("&label=4x2")
        assert CLIENT.get(href).mimetype == "application/pdf"


def test_a_schedule_past_its_date_or_far_ahead_offers_no_label_and_no_leaflet():
    today = [a["href"] for a in schedule(**{"schedule-0-dose": "4.5"}).select(".plan a[href*='.pdf']")]
    assert {href.partition("?")[0] for href in today} == {"/label.pdf", "/titration/leaflet.pdf"}
    for day in ("2025-11-24", "2027-11-24"):
        shown = schedule(**{"schedule-0-dose": "4.5", "prepared_on": day})
        assert shown.select(".plan a[href*='.pdf']") == []
        assert shown.select(".plan a[href^='/?']")


def test_a_schedule_of_a_drug_without_a_file_offers_no_leaflet():
    named = {"drug-name": "another", "source-strength": "10", "source-strength_unit": "mg"}
    shown = schedule(**named)
    assert shown.select(".plan a[href*='label.pdf']")
    assert shown.select("a[href*='leaflet']") == []


#: Every digit beside every character of ASCII and those that papers put between figures, and its height: all in Typst's
#: own measure of letters as labels have them. What differs from a 0 in its place is written on the page.
DIGITS = r"""
#import "style.typ": *
#import "label_layout.typ": *
#show: set-up.with("")
#show: set-texts
#let beside = range(32, 127).map(str.from-unicode) + ("\u{a0}", "\u{b7}", "\u{d7}", "\u{2013}", "\u{b0}")
#context {
  for weight in ("regular", "bold") {
    let size-of(it) = measure(text(size: 100pt, weight: weight, it))
    for digit in range(10).map(str) {
      for other in beside {
        let zero = other.replace(regex("[0-9]"), "0")
        if size-of(digit + other) != size-of("0" + zero) or size-of(other + digit) != size-of(zero + "0") {
          [#digit beside #other. ]
        }
      }
    }
  }
  [all looked at]
}
"""


def test_which_digit_it_is_decides_about_no_layout():
    """So that labels whose digits alone differ may share a verdict."""
    inputs = {**paper_templates(), "main.typ": DIGITS.encode(), "data.json": b"{}"}
    pdf = typst.Compiler(font_paths=[FONTS], ignore_system_fonts=True).compile(input=inputs, format="pdf")
    assert pages_of(pdf) == ["all looked at"]


def test_orders_that_differ_in_their_digits_alone_share_a_verdict_and_others_do_not():
    fitting._verdicts.clear()
    for dose in ("4.5 mg", "3.7 mg", "1.2 mg"):
        made = planned(WIDE | {"dose": dose})
        assert label_stocks(made, sheet(made)) == ("4x2",)
    assert len(fitting._verdicts) == 1
    made = planned(WIDE | {"dose": "4.55 mg"})
    label_stocks(made, sheet(made))
    assert len(fitting._verdicts) == 2


def test_a_verdict_is_found_once_not_all_are_kept_and_no_text_is(monkeypatch):
    """Of what was typed only a digest is kept."""
    made = planned(WIDE)
    shown = sheet(made)
    fitting._verdicts.clear()
    assert label_stocks(made, shown) == ("4x2",)
    (digest,) = fitting._verdicts
    assert len(digest) == 32
    assert label_stocks(made, shown) == ("4x2",)
    assert list(fitting._verdicts) == [digest]
    monkeypatch.setattr(fitting, "TRIALS_REMEMBERED", 1)
    other = planned(WIDE | {"internal_number": "B-2"})
    label_stocks(other, sheet(other))
    assert len(fitting._verdicts) == 1
    assert digest not in fitting._verdicts
