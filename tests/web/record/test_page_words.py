"""What every page of the record says: where it leads, what it is of, what is wrong on it."""

import pytest

from tests.support.batches import due, made, opened
from tests.support.checked_client import soup
from tests.support.record import fields_of, post

#: The pages of the pharmacy that the start page of a person leads to.
OWN = {
    "i1": ["People", "Devices", "Keys of other systems", "Settings", "Log"],
    "p1": ["Log"],
    "a1": ["Log"],
    "c1": [],
}


@pytest.mark.parametrize("person", OWN)
def test_the_start_page_leads_to_the_pages_of_the_pharmacy_that_a_person_may_open(record, person):
    window = record.window(person)
    links = {link["href"]: link.text for link in soup(window.get("/record")).main.find_all("a")}
    found = {address: name for address, name in links.items() if name in OWN["i1"]}
    assert list(found.values()) == OWN[person]
    assert {window.get(address).status_code for address in found} <= {200}


def test_the_title_of_each_page_of_a_batch_names_the_batch(record):
    maker, checker = record.window("c1"), record.window("p1")
    numbers = {"due": due(maker), "made": made(maker, checker), "released": made(maker, checker, release=record)}
    pages = {
        "due": ("", "/check/crushing", "/deviation", "/hold", "/cancel", "/papers"),
        "made": ("/release", "/check/release", "/test", "/reject"),
        "released": ("/dispense", "/return", "/destroy", "/count", "/references"),
    }
    for state, number in numbers.items():
        for page in pages[state]:
            shown = checker.get(f"/record/batches/{number}{page}")
            assert number in soup(shown).title.text, page


def test_what_is_wrong_names_its_field_once(record):
    maker = record.window("c1")
    number = opened(maker)
    hidden = fields_of(maker.get(f"/record/batches/{number}"), "StepsForm")
    refused = post(maker, f"/record/batches/{number}/record", {**hidden, "bench-count_tablets": "four"})
    said = soup(refused).find(id="told").get_text(strip=True)
    assert said.startswith("Count the tablets: \u201cfour\u201d is not a number")
    assert soup(refused).title.text.startswith("Error: ")
