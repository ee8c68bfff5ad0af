"""What depends on the day on which is asked: beside the plan, never in it, on the page and on the papers."""

from datetime import date, timedelta
from functools import cache
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from calc.library import load
from calc.service.answering import answer_to, plan_of
from calc.service.asked import asked
from calc.web.app import create_app
from tests.support.checked_client import soup
from tests.support.client import make_client
from tests.support.orders import GOOD
from tests.support.pages import plain_text
from tests.support.papers import pages_of, text_of_pdf
from tests.support.queries import as_query, query_of

LIBRARY = load()
MADE = date(2026, 11, 29)
#: Made on 2026-11-29, the last of 180 days is 2027-05-27.
LAST = date(2027, 5, 27)
ORDER = {"dose": "4.5 mg", "quantity": 30, "prepared_on": MADE.isoformat()}
LIQUID = {
    "preparation": "liquid",
    "dose": "4.5 mg",
    "strength": "1 mg",
    "volume": "100 mL",
    "prepared_on": MADE.isoformat(),
    "vehicle": {"name": "syrup", "preserved": "yes"},
}
WARM = LIQUID | {"vehicle": {"name": "syrup", "storage": "room temperature"}}


@cache
def client_on(day):
    return make_client(create_app(today=lambda: day))


@pytest.mark.parametrize(
    ("today", "codes", "papers"),
    [
        (MADE, [], "printed"),
        (MADE + timedelta(1), ["not_todays_plan"], "printed"),
        (MADE - timedelta(1), ["not_todays_plan"], "printed"),
        (MADE - timedelta(7), ["not_todays_plan"], "printed"),
        (MADE - timedelta(8), ["not_todays_plan", "far_ahead"], "refused"),
        (LAST, ["not_todays_plan"], "printed"),
        (LAST + timedelta(1), ["not_todays_plan", "past_use"], "refused"),
    ],
)
def test_the_day_raises_notices_at_its_bounds_and_each_day_the_plan_is_the_same(today, codes, papers):
    whole = answer_to(ORDER, LIBRARY, today)
    said = whole["asked"]
    assert (said["on"], [notice["code"] for notice in said["notices"]], said["papers"]) == (
        today.isoformat(),
        codes,
        papers,
    )
    assert all(today.isoformat() in notice["text"] or notice["code"] == "far_ahead" for notice in said["notices"])
    on_the_day = answer_to(ORDER, LIBRARY, MADE)
    assert {key: whole[key] for key in whole if key != "asked"} == {
        key: on_the_day[key] for key in on_the_day if key != "asked"
    }


def test_a_date_of_making_that_was_left_out_is_today():
    assert answer_to({"dose": "4.5 mg", "quantity": 30}, LIBRARY, LAST)["asked"]["notices"] == []


def test_the_endpoint_says_it_for_one_order_and_for_many():
    client = client_on(LAST + timedelta(1))
    one = client.post("/api/v1/plan", json=ORDER).get_json()["asked"]
    many = client.post("/api/v1/plans", data=b'{"dose": "4.5 mg", "quantity": 30}', content_type="application/x-ndjson")
    assert [notice["code"] for notice in one["notices"]] == ["not_todays_plan", "past_use"]
    assert b'"asked":{"on":"2027-05-28","notices":[],"papers":"printed"}' in many.data


@pytest.mark.parametrize(("page", "order"), [("/", ORDER), ("/liquid", LIQUID)])
@pytest.mark.parametrize("kind", ["label", "leaflet"])
@pytest.mark.parametrize(
    ("today", "words"),
    [
        (LAST + timedelta(1), "may not be used after"),
        (MADE - timedelta(8), "is more than 7 days after today"),
    ],
)
def test_what_leaves_the_pharmacy_is_not_printed_past_its_date_or_far_ahead(page, order, kind, today, words):
    client = client_on(today)
    refused = client.get(
        f"{page.rstrip('/')}/{kind}.pdf", query_string=urlencode(query_of(order)), follow_redirects=True
    )
    assert refused.status_code == 422
    assert words in plain_text(refused)
    assert soup(refused).select_one(".summary a")["href"] == "#prepared_on"
    shown = client.get(page, query_string=urlencode(query_of(order)), follow_redirects=True)
    names = {urlsplit(link["href"]).path.rpartition("/")[2] for link in soup(shown).select("nav.papers a")}
    assert names == {"sheet.pdf"}


@pytest.mark.parametrize("kind", ["sheet", "label", "leaflet"])
def test_without_a_beyond_use_date_no_paper_is_printed_and_no_link_offered(kind):
    client = client_on(MADE)
    query = urlencode(query_of(WARM))
    refused = client.get(f"/liquid/{kind}.pdf", query_string=query, follow_redirects=True)
    assert refused.status_code == 422
    assert "nothing gives this preparation a beyond-use date" in plain_text(refused)
    assert soup(client.get("/liquid", query_string=query, follow_redirects=True)).select("nav.papers a") == []
    assert asked(plan_of(WARM, LIBRARY, MADE), MADE)["papers"] == "refused"


@pytest.mark.parametrize(("page", "order"), [("/", ORDER), ("/liquid", LIQUID)])
@pytest.mark.parametrize(
    ("today", "mark"),
    [
        (MADE, None),
        (MADE + timedelta(1), "Not today\u2019s plan"),
        (LAST + timedelta(1), "Not for making: past its date"),
    ],
)
def test_a_sheet_of_another_day_says_so_on_each_page(page, order, today, mark):
    pdf = client_on(today).get(
        f"{page.rstrip('/')}/sheet.pdf", query_string=urlencode(query_of(order)), follow_redirects=True
    )
    assert pdf.status_code == 200
    for text in pages_of(pdf.data):
        assert [each for each in ("Not today\u2019s plan", "Not for making: past its date") if each in text] == (
            [mark] if mark else []
        )
    assert text_of_pdf(pdf.data)


def test_the_page_plans_it_for_today_without_what_belongs_to_the_other_day():
    shown = client_on(MADE).get("/", query_string=urlencode([*as_query(GOOD), ("internal_number", "7")]))
    (link,) = [a for a in soup(shown).select("a") if a.text == "Plan it for today"]
    kept = parse_qs(urlsplit(link["href"]).query)
    assert kept["dose"] == ["4.5"]
    assert kept["diluent-packing_statistic"] == ["135"]
    gone = ("prepared_on", "internal_number", "source-total_mass", "source-tablets_weighed", "source-weighed_on")
    assert [name for name in gone if name in kept] == []
    assert [name for name in kept if "lot" in name or "screening" in name or "expiry" in name] == []


def test_a_schedule_whose_capsules_are_past_their_date_has_no_leaflet():
    pairs = [("schedule-0-dose", "1.5"), ("schedule-0-dose_unit", "mg"), ("schedule-0-days", "14")]
    query = urlencode([*pairs, ("prepared_on", MADE.isoformat()), ("start", MADE.isoformat()), ("way", "one_strength")])
    refused = client_on(LAST + timedelta(1)).get("/titration/leaflet.pdf", query_string=query, follow_redirects=True)
    assert refused.status_code == 422
    assert "may not be used after" in plain_text(refused)
