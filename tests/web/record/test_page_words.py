"""What every page of the record says: where it leads, what it is of, what is wrong on it."""

import pytest

from tests.support.batches import (
    BLENDED,
    MADE,
    READ,
    SAMPLE,
    blended,
    check,
    due,
    made,
    opened,
    send,
    signed,
    state_of,
)
from tests.support.batches import record as write
from tests.support.checked_client import soup, words
from tests.support.record import fields_of, post

#: Of the planned fill, 14.4 + (1 - 14.4 / 165) x 135 = 137.6 mg: 90 and 110 % for each, 97 and 103 % for the mean.
LIMITS = "Limits: fill of each 123.84 mg to 151.36 mg, mean fill 133.472 mg to 141.728 mg."
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


def test_the_page_of_a_batch_has_one_filled_button_and_names_steps_and_lots_in_words(record):
    maker, checker = record.window("c1"), record.window("p1")
    number = opened(maker)
    shown = {"opened": maker.get(f"/record/batches/{number}"), "made": None}
    shown["due"] = maker.get(f"/record/batches/{due(maker)}")
    shown["made"] = maker.get(f"/record/batches/{made(maker, checker)}")
    for state, page in shown.items():
        main = soup(page).main
        filled = [*main.select("button:not(.second)"), *main.select("a.filled")]
        assert len([each for each in filled if each.find_parent(id="screen-lock") is None]) == 1, state
    assert "Still to be recorded: tablets counted, mass of the tablets together, the lot of the tablets" in words(
        soup(shown["opened"]).main
    )
    entries = words(soup(shown["made"]).find(class_="entries", string=None).find_parent("div"))
    for said in ("recorded: powder recovered, 0.475 g", "took a lot: tablets, A10422", "all match"):
        assert said in entries, said
    assert "30 of 30 capsules planned; the weights pass, mean fill 137.6 mg." in entries
    assert f"Masses weighed: {SAMPLE.replace(' ', ', ').replace('.0', '')} mg. {LIMITS}" in entries


def test_the_blend_is_made_of_what_was_weighed_out_and_not_of_what_was_planned(record):
    """0.433 g of powder and 3.696 g of diluent: doubled three times 3.464 g, and 4.129 - 3.464 = 0.665 g are left."""
    maker, checker = record.window("c1"), record.window("p1")
    page = soup(maker.get(f"/record/batches/{blended(maker, checker)}"))
    rows = [words(page.find(id=f"row-{key}")) for key in ("begin_blend", "rung-1", "rung-2", "rung-3", "rung-4")]
    said = (
        ("0.433 g",),
        ("0.433 g", "0.866 g"),
        ("0.866 g", "1.732 g"),
        ("1.732 g", "3.464 g"),
        ("0.665 g", "4.129 g"),
    )
    for row, masses in zip(rows, said, strict=True):
        assert all(mass in row for mass in masses), row


def test_weights_that_fail_are_shown_with_their_limits_and_what_lies_beyond(record):
    """The third of ten holds 166 - 48 = 118 mg; the mean, (1836 - 480) / 10 = 135.6 mg, is within its limits."""
    maker, checker = record.window("c1"), record.window("p1")
    number = blended(maker, checker)
    page = f"/record/batches/{number}"
    masses = [each if at != 2 else "166.0" for at, each in enumerate(SAMPLE.split())]
    typed = {**MADE, "masses": " ".join(masses), **signed("c1", "Compounder One")}
    assert send(maker, f"{page}/made", typed).status_code == 303
    said = words(soup(maker.get(page)).main)
    assert f"{LIMITS} Beyond them: no. 3 (118 mg)." in said
    assert state_of(record, number).held_because == "the weights fail"


def test_an_amount_out_of_band_leads_to_its_deviation(record):
    maker, checker = record.window("c1"), record.window("p1")
    number = due(maker)
    check(checker, number, "crushing", READ, signed("p1", "Pharmacist One"))
    write(maker, number, {**BLENDED, "bench-portion": "0.438"})
    page = soup(maker.get(f"/record/batches/{number}")).main
    links = {link.text: link["href"] for link in page.find_all("a") if "deviation?" in link["href"]}
    assert links == {"Record the deviation": f"/record/batches/{number}/deviation?step=portion"}
    form = soup(maker.get(links["Record the deviation"])).main
    assert form.find("option", selected=True)["value"] == "portion"


def test_both_readings_stand_side_by_side_as_a_person_writes_them(record):
    maker, checker = record.window("c1"), record.window("p1")
    number = due(maker)
    for _ in range(2):
        check(checker, number, "crushing", {**READ, "values-count_tablets": "4"}, signed("p1", "Pharmacist One"))
    send(checker, f"/record/batches/{number}/difference", {"then": "difference"}, f"/record/batches/{number}/show")
    rows = {
        row.th.text: [words(cell) for cell in row.find_all("td")]
        for row in soup(checker.get(f"/record/batches/{number}/difference")).find("table").tbody.find_all("tr")
    }
    assert rows["Expires"][:2] == ["May 31, 2028", "05/2028"]
    assert rows["Immediate release?"][:2] == ["yes", "yes"]
    assert rows["Tablets on the tray"] == ["3 tablets", "4", "4", "Differs"]


def test_a_cancelled_batch_waits_for_nothing_and_one_capsule_is_no_capsules(record):
    maker, checker = record.window("c1"), record.window("p1")
    number = opened(maker)
    reason = {"reason": "not needed", **signed("c1", "Compounder One")}
    send(maker, f"/record/batches/{number}/cancel", reason)
    said = words(soup(maker.get(f"/record/batches/{number}")).main)
    for never in ("Not yet", "Discard after", "To make"):
        assert never not in said, never
    released = made(maker, checker, release=record)
    given = {"amount": "29", "reference": "RX 700123", **signed("p1", "Pharmacist One")}
    send(checker, f"/record/batches/{released}/dispense", given)
    assert "On hand 1 capsule Released." in words(soup(maker.get(f"/record/batches/{released}")).find(id="answer"))
    rows = words(soup(maker.get("/record/batches?drug=ReVia")).main)  # by a brand of its file
    assert "1 capsule Released" in rows
    assert number in rows


def test_a_correction_asks_for_a_unit_where_there_is_one(record):
    maker = record.window("c1")
    number = due(maker)
    entries = soup(maker.get(f"/record/batches/{number}")).find(class_="entries")
    pages = {item.get_text(" "): item.a["href"] for item in entries.find_all("li") if item.a}
    for figure, wanted in (("0.480", ["", "g", "mg"]), ("A10422", None)):
        page = next(page for said, page in pages.items() if figure in said)
        chosen = soup(maker.get(page)).main.find("select", {"name": "unit"})
        assert (chosen and [option["value"] for option in chosen.find_all("option")]) == wanted


def test_nothing_is_recorded_again_of_a_batch_that_is_not_at_work(record):
    maker, checker = record.window("c1"), record.window("p1")
    number = blended(maker, checker)
    page = f"/record/batches/{number}"
    assert "Record again" in words(soup(maker.get(page)).main)
    reason = {"reason": "damaged", **signed("p1", "Pharmacist One")}
    send(checker, f"{page}/hold", {**reason, "reason": "recall"})
    assert "Record again" not in words(soup(maker.get(page)).main)
    send(checker, f"{page}/reject", reason)
    said = words(soup(maker.get(page)).main)
    assert "Record again" not in said
    assert "Discard after" not in said
    released = made(maker, checker, release=record)
    assert "Record again" not in words(soup(maker.get(f"/record/batches/{released}")).main)
