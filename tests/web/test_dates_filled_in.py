"""Dates that the page fills in, and answers that nobody gave: never called typed, never counted as entered."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.support.client import make_client
from tests.support.papers import text_of_pdf

CLIENT = make_client()
WEIGHED = {
    "dose": "4.5", "dose_unit": "mg", "quantity": "30", "source-tablets_weighed": "3", "source-total_mass": "0.480",
    "source-total_mass_unit": "g", "screening-opioids": "not asked",
}  # fmt: skip
LIQUID = {
    "preparation": "liquid", "dose": "4.5", "dose_unit": "mg", "strength": "1", "strength_unit": "mg", "volume": "135",
    "volume_unit": "mL", "vehicle-name": "suspending vehicle", "source-tablets_weighed": "3",
    "source-total_mass": "0.480", "source-total_mass_unit": "g",
}  # fmt: skip
STEP = {"schedule-0-dose": "1.5", "schedule-0-dose_unit": "mg", "schedule-0-days": "14"}


def moved_to(path, query):
    """The address that a page redirects to."""
    return CLIENT.get(path, query_string=query).headers["Location"]


def entered(address):
    """What the folded groups of a page's form say was entered, by their titles."""
    page = BeautifulSoup(CLIENT.get(address).text, "html.parser")
    marks = page.select("details.group .count")
    return {mark.parent.get_text(" ", strip=True).removesuffix(mark.text).strip(): mark.text for mark in marks}


def sheet_of(address):
    """The text of the preparation sheet that a page links to, with its annex."""
    page = BeautifulSoup(CLIENT.get(address).text, "html.parser")
    link = next(link["href"] for link in page.select(".papers a") if "sheet.pdf" in link["href"])
    return text_of_pdf(CLIENT.get(f"{link}&annex=yes").data)


@pytest.mark.parametrize(("path", "query"), [("/", WEIGHED), ("/liquid", LIQUID)])
def test_dates_that_the_page_filled_in_are_neither_typed_nor_entered(path, query):
    address = moved_to(path, query)
    assert entered(address) == {}
    day = dict(parse_qsl(urlsplit(address).query))["prepared_on"]
    sheet = sheet_of(address)
    assert f"Date of making {day} filled in" in sheet
    assert f"Weighed on {day} filled in" in sheet
    assert "Tablets weighed 3 typed" in sheet


@pytest.mark.parametrize(("path", "query"), [("/", WEIGHED), ("/liquid", LIQUID)])
def test_a_date_that_a_person_typed_is_typed_and_entered(path, query):
    address = moved_to(path, query | {"prepared_on": "2027-01-04"})
    assert entered(address) == {"Batch number, dates and maker": "1 entered"}
    sheet = sheet_of(address)
    assert "Date of making 2027-01-04 typed" in sheet
    assert "Weighed on 2027-01-04 filled in" in sheet


def test_a_date_that_is_changed_after_the_page_filled_it_in_is_typed():
    query = dict(parse_qsl(urlsplit(moved_to("/", WEIGHED)).query)) | {"prepared_on": "2027-01-04"}
    address = moved_to("/", query)
    assert "dated-prepared_on" not in address
    assert "Date of making 2027-01-04 typed" in sheet_of(address)


def test_an_answer_that_nobody_gave_is_not_typed():
    sheet = sheet_of(moved_to("/", WEIGHED))
    assert "Any opioid in the last 14 days not asked not answered" in sheet
    assert "Liver disease not asked not answered" in sheet
    assert "not asked typed" not in sheet
    assert "not asked default" not in sheet


def test_a_link_to_a_paper_says_that_its_date_was_filled_in():
    address = "/?dose=4.5&dose_unit=mg&quantity=30"
    assert entered(address) == {}
    assert "filled in" in sheet_of(address)


def test_the_plan_of_a_batch_of_a_schedule_says_so_too():
    page = BeautifulSoup(CLIENT.get("/titration", query_string=STEP).text, "html.parser")
    links = [link["href"] for link in page.select("table.wide a[aria-label^=Plan]")]
    assert links
    assert "filled in" in sheet_of(links[0])
    assert all(entered(link) == {} for link in links)
    typed = BeautifulSoup(
        CLIENT.get("/titration", query_string=STEP | {"prepared_on": "2027-01-04"}).text, "html.parser"
    )
    link = typed.select_one("table.wide a[aria-label^=Plan]")["href"]
    assert "Date of making 2027-01-04 typed" in sheet_of(link)


def test_the_form_sends_the_note_again_so_that_a_plan_worked_out_anew_keeps_it():
    page = BeautifulSoup(CLIENT.get(moved_to("/", WEIGHED)).text, "html.parser")
    form = page.find(id="form")
    hidden = {tag["name"]: tag["value"] for tag in form.find_all("input", type="hidden")}
    assert hidden["dated-prepared_on"] == form.find(id="prepared_on")["value"]
    assert hidden["dated-source-weighed_on"] == form.find(id="source-weighed_on")["value"]


def test_only_dates_have_such_a_note_and_json_has_none():
    assert CLIENT.get("/?dose=4.5&dose_unit=mg&quantity=30&dated-quantity=30").status_code == 422
    answer = CLIENT.post("/api/v1/plan", json={"dose": "4.5 mg", "quantity": 30, "dated-prepared_on": "2027-01-04"})
    assert answer.status_code == 422
