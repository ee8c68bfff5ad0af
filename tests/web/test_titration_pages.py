"""The page of a titration in each of its states, its query, and the leaflet with the calendar as a reader meets it."""

import re
from datetime import date

import pytest

from calc.orders.query import written
from calc.wording.paper import plan_id
from calc.wording.titration import HOW_OFTEN
from tests.support.checked_client import soup, words
from tests.support.client import make_client
from tests.support.dates import day_in_words
from tests.support.orders import dated
from tests.support.papers import fonts_of, pages_of, structure
from tests.titration.test_titration import ACKNOWLEDGED, EACH, MADE, ONE, RISING, ask, schedule

CLIENT = make_client()
LINES = ("From 2026-11-23", "to 2027-01-19")


def query_of(tree):
    """The page's query of a titration's tree."""
    pairs = []
    for index, step in enumerate(tree["schedule"]):
        number, _, unit = step["dose"].rpartition(" ")
        prefix = f"schedule-{index}"
        pairs += [(f"{prefix}-dose", number), (f"{prefix}-dose_unit", unit), (f"{prefix}-days", str(step["days"]))]
    pairs += [(name, str(tree[name])) for name in ("doses_per_day", "start") if name in tree]
    for name, value in tree["order"].items():
        if isinstance(value, list):
            for index, given in enumerate(value):
                pairs += [(f"{name}-{index}-{part}", text) for part, text in given.items()]
        elif isinstance(value, dict):
            pairs += [(f"{name}-{part}", text) for part, text in value.items()]
        else:
            pairs.append((name, value))
    return pairs


def page(pairs, **how):
    return CLIENT.get("/titration", query_string=written(list(pairs)), follow_redirects=True, **how)


def cells(table):
    return [[words(cell) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]


def test_an_empty_form_has_six_rows_and_no_answer():
    answer = CLIENT.get("/titration")
    assert answer.status_code == 200
    shown = soup(answer)
    for row in range(6):
        assert shown.find(id=f"schedule-{row}-dose")["value"] == ""
        assert shown.find(id=f"schedule-{row}-days")["value"] == ""
    assert shown.find(id="schedule-6-dose") is None
    assert shown.find(class_="both") is None
    assert shown.find("form")["method"] == "get"


def test_every_page_leads_to_the_titration_and_back():
    for address in ("/", "/titration", "/paper"):
        links = {link["href"] for link in soup(CLIENT.get(address)).header.find_all("a")}
        assert {"/", "/titration"} <= links


def test_the_page_says_what_the_endpoint_says():
    answer, said = page(query_of(RISING)), ask(RISING)
    assert answer.status_code == 200
    shown = soup(answer)
    assert words(shown.find(id="answer-title")) == "Titration of naltrexone 1.5 mg to 4.5 mg"
    line = words(shown.find(class_="line"))
    assert line == "58 days, from November 23, 2026 to January 19, 2027, 198 mg of drug in all"
    compared = {row[0]: row[1:3] for row in cells(shown.find("table", class_="pair"))}
    one, each = said["ways"]
    assert compared["Strengths"] == ["1.5 mg", "1.5 mg, 3 mg and 4.5 mg"]
    assert compared["Batches to make"] == [str(len(way["batches"])) for way in (one, each)]
    assert compared["Capsules for the schedule"] == [str(way["capsules"]) for way in (one, each)]
    assert compared["Most capsules at one time"] == [str(way["most_capsules_a_dose"]) for way in (one, each)]
    assert compared["Tablets to crush"] == [str(way["tablets"]) for way in (one, each)]
    assert compared["Drug left over in powder"] == [way["drug_left_over"]["text"] for way in (one, each)]
    assert compared["Capsules left over"] == [str(way["capsules_left_over"]) for way in (one, each)]
    assert said["recommended"]["text"] in words(shown.find(class_="both"))
    for way in (one, each):
        section = shown.find(id=way["code"])
        batches, *_, calendar = (cells(table)[1:] for table in section.find_all("table"))
        assert [(row[0], row[1], row[6]) for row in batches] == [
            (b["strength"]["text"], str(b["quantity"]), day_in_words(b["plan"]["beyond_use"]["date"]))
            for b in way["batches"]
        ]
        assert [row[1] for row in calendar] == [line["text"] for line in way["calendar"]]
        assert [row[0].rpartition(",")[0] for row in calendar] == [
            f"{day_in_words(x['from'])} to {day_in_words(x['to'])}" for x in way["calendar"]
        ]


def test_each_batch_leads_to_its_plan_and_its_label_and_each_way_to_its_leaflet():
    rising = {**RISING, "order": dated(RISING["order"])}
    shown, said = soup(page(query_of(rising))), ask(rising)
    for way in said["ways"]:
        links = [link["href"] for link in shown.find(id=way["code"]).find_all("a")]
        for batch in way["batches"]:
            assert f"/?{batch['query']}" in links
            assert f"/label.pdf?{batch['query']}" in links
        for link in links:
            answer = CLIENT.get(link)
            assert answer.status_code == 200
            wanted = "application/pdf" if ".pdf" in link else "text/html"
            assert answer.mimetype == wanted
        assert len([link for link in links if link.startswith("/titration/leaflet.pdf?")]) == 2


def test_a_link_means_the_same_tomorrow():
    undated = [pair for pair in query_of(RISING) if pair[0] != "prepared_on"]
    links = [link["href"] for link in soup(page(undated)).find(id="plan").find_all("a", href=re.compile("[?]"))]
    assert links
    assert all("prepared_on=" in link for link in links)


def test_blank_rows_are_passed_over_and_the_address_says_only_what_was_typed():
    pairs = [("schedule-0-dose", ""), ("schedule-0-dose_unit", "mg"), ("schedule-0-days", "")]
    pairs += [("schedule-2-dose", "3"), ("schedule-2-dose_unit", "mg"), ("schedule-2-days", "7")]
    pairs += [("schedule-5-dose", "4.5"), ("schedule-5-dose_unit", "mg"), ("schedule-5-days", "9"), ("start", "")]
    answer = CLIENT.get("/titration", query_string=written(pairs))
    assert answer.status_code == 303
    assert answer.headers["Location"] == (
        "/titration?schedule-0-dose=3&schedule-0-dose_unit=mg&schedule-0-days=7"
        "&schedule-1-dose=4.5&schedule-1-dose_unit=mg&schedule-1-days=9"
    )
    shown = soup(CLIENT.get(answer.headers["Location"]))
    assert shown.find(id="schedule-1-dose")["value"] == "4.5"


@pytest.mark.parametrize(("steps", "rows"), [(1, 6), (5, 6), (6, 7), (23, 24), (24, 24), (25, 25)])
def test_there_is_a_row_for_each_step_and_one_more_up_to_twenty_four(steps, rows):
    answer = page(query_of(schedule(*[("1.5 mg", 3)] * steps)))
    assert answer.status_code == (200 if steps <= 24 else 422)
    shown = soup(answer)
    assert len(shown.find("table", class_="schedule").find_all(class_="quantity")) == rows
    if steps > 24:
        assert words(shown.find(id="schedule-error")) == "Problem: Schedule: give at most 24."
        assert shown.find(id="summary").a["href"] == "#schedule"


def test_doses_a_day_are_chosen_in_words():
    for count, text in HOW_OFTEN.items():
        shown = soup(page(query_of(schedule(("2 mg", 3), doses_per_day=count))))
        assert words(shown.find(id="doses_per_day").find("option", selected=True)) == text
        assert f"1 capsule of 2 mg {text}" in words(shown.find(id="one_strength"))


# Faults and stops.


def test_faults_stand_in_a_summary_and_at_their_fields_and_what_was_typed_stays():
    pairs = [
        *[("schedule-0-dose", "1,5"), ("schedule-0-dose_unit", "mcg"), ("schedule-0-days", "14.5")],
        *[("schedule-1-dose", "3"), ("schedule-1-dose_unit", "mg"), ("start", "2020-01-01"), ("prepared_on", MADE)],
        *[("crushing_loss", "50"), ("crushing_loss_unit", "%")],
    ]
    answer = page(pairs)
    assert answer.status_code == 422
    shown = soup(answer)
    assert shown.title.string.startswith("Error: ")
    links = {link["href"]: words(link) for link in shown.find(id="summary").find_all("a")}
    assert set(links) == {"#schedule-0-dose", "#schedule-0-days", "#schedule-1-days", "#start", "#crushing_loss"}
    for target, text in links.items():
        assert text in words(shown.find(id=f"{target[1:]}-error"))
        assert shown.find(id=target[1:])["aria-invalid"] == "true"
    assert links["#schedule-1-days"] == "Step 2, days: enter a value."
    assert links["#start"] == "First day of taking: 2020-01-01 is before the capsules are made, 2026-11-23."
    assert shown.find(id="schedule-0-dose")["value"] == "1,5"
    assert shown.find(attrs={"name": "schedule-0-dose_unit"}).find("option", selected=True).string == "mcg"
    assert shown.find(id="schedule-0-days")["value"] == "14.5"
    assert shown.find(class_="both") is None
    assert shown.find(class_="plan") is None


@pytest.mark.parametrize(
    ("pairs", "text"),
    [
        ([("prepared_on", MADE)], "Schedule: enter a value."),
        ([*query_of(RISING), ("start", MADE), ("start", MADE)], "First day of taking was given more than once"),
        ([*query_of(RISING), ("schedule-0-days", "3")], "Step 1, days was given more than once"),
        ([*query_of(RISING), ("prepared_on", MADE)], "Date of making was given more than once"),
        ([*query_of(RISING), ("patient", "x")], "\u201cpatient\u201d is not a field of an order."),
        ([*query_of(RISING), ("quantity", "30")], "Number of capsules: a schedule can take several batches"),
        ([*query_of(RISING), ("source-total_mass", "0.48"), ("source-total_mass_unit", "g")], "Mass of these tablets"),
    ],
)
def test_the_query_itself_can_be_at_fault(pairs, text):
    answer = page(pairs)
    assert answer.status_code == 422
    assert [link for link in soup(answer).find(id="summary").find_all("a") if words(link).startswith(text)]


def test_a_stop_is_told_at_its_batch_and_its_reason_is_asked_for_once():
    tree = schedule(("5 mg", 10), ("10 mg", 10))
    answer = page(query_of(tree))
    assert answer.status_code == 200
    shown = soup(answer)
    assert "Stopped." in words(shown.find(class_="both"))
    assert "stopped" in words(shown.find("table", class_="pair"))
    for way, text in (("one_strength", "10 mg at one time is above"), ("each_strength", "10 mg a capsule is above")):
        assert text in words(shown.find(id=way))
        assert "there is no calendar" in words(shown.find(id=way))
    (asked,) = shown.find_all("select", id=re.compile("^acknowledgements-"))
    hidden = {tag["name"]: tag["value"] for tag in shown.find_all("input", type="hidden")}
    assert hidden == {"acknowledgements-0-code": "dose_above_usual", "acknowledgements-0-value": "10 mg"}
    reason = [*hidden.items(), (asked["name"], "prescriber_confirmed")]
    passed = soup(page([*query_of(tree), *reason]))
    assert "Overridden." in words(passed.find(id="one_strength"))
    assert "2 capsules of 5 mg once a day" in words(passed.find(id="one_strength"))
    given = passed.find(id="acknowledgements-0-reason")
    assert given.find("option", selected=True)["value"] == "prescriber_confirmed"


def test_what_no_reason_lets_pass_asks_for_none():
    shown = soup(page(query_of(schedule(("2 mg", 10), source={"release": "extended"}))))
    assert words(shown.find(id="plan")).count("It cannot be overridden: fix it.") == 2
    assert not shown.find_all("select", id=re.compile("^acknowledgements-"))


def test_a_reason_that_fits_nothing_is_told_where_it_stands():
    answer = page(query_of({**ACKNOWLEDGED, "schedule": RISING["schedule"]}))
    assert answer.status_code == 422
    shown = soup(answer)
    assert {link["href"] for link in shown.find(id="summary").find_all("a")} == {
        "#acknowledgements-1",
        "#acknowledgements-2",
    }
    assert "nothing stops with \u201cdose_above_usual, 7 mg\u201d here" in words(
        shown.find(id="acknowledgements-1-error")
    )


def test_a_reason_is_asked_for_beside_those_given_already():
    given = {**ACKNOWLEDGED, "order": {**ACKNOWLEDGED["order"]}}
    given["order"]["acknowledgements"] = ACKNOWLEDGED["order"]["acknowledgements"][:1]
    shown = soup(page(query_of(given)))
    names = [tag["name"] for tag in shown.find_all("select", id=re.compile("^acknowledgements-.*reason$"))]
    assert len(names) == len(set(names))
    assert {"acknowledgements-0-reason", "acknowledgements-1-reason"} <= set(names)


def test_capsules_needed_too_late_are_told_of_in_front_and_marked_in_their_row():
    shown = soup(page(query_of(schedule(("1.5 mg", 14), ("3 mg", 14), start="2027-05-01"))))
    assert len(shown.find(class_="both").find_all(class_="notice")) == 2
    marked = [words(cell) for cell in shown.find(id="plan").find_all(class_="late")]
    assert marked == ["May 21, 2027 too early"] * 2


def test_screening_that_was_not_asked_is_told_and_answers_take_it_away():
    assert "Not released until both questions are answered" in words(soup(page(query_of(RISING))).find(class_="both"))
    answered = [("screening-opioids", "no"), ("screening-liver_disease", "no")]
    assert "Not released" not in words(soup(page([*query_of(RISING), *answered])).main)


def test_a_drug_without_a_file_says_so_and_has_no_leaflet():
    tree = schedule(("2 mg", 3), ("4 mg", 3))
    pairs = [*query_of(tree), ("drug-name", "another"), ("source-strength", "4"), ("source-strength_unit", "mg")]
    shown = soup(page(pairs))
    assert "only the general rules were applied to another" in words(shown.find(class_="both"))
    assert shown.find(class_="cautions") is None
    assert not shown.find_all("a", href=re.compile("leaflet"))
    assert leaflet(pairs, "each_strength").status_code == 422


# The leaflet.


def leaflet(pairs, way, **more):
    pairs = [*pairs, *([("way", way)] if way else []), *more.items()]
    return CLIENT.get("/titration/leaflet.pdf", query_string=written(pairs))


WAYS = {"one_strength": ONE, "each_strength": EACH}


def with_weekday(day):
    """A day as the calendar has it, by the library."""
    day = date.fromisoformat(day)
    return f"{day:%a}, {day:%b} {day.day}, {day.year}"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_leaflet_prints_the_calendar_of_its_way(way, paper):
    answer = leaflet(query_of(RISING), way, paper=paper)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    (first,) = pages_of(answer.data)
    said = ask(RISING)["ways"][WAYS[way]]
    place = 0
    for line in said["calendar"]:
        row = " ".join(
            [*map(with_weekday, (line["from"], line["to"])), f"{14 if line['to'] < '2026-12-21' else 30} days"]
        )
        row = f"{row} {line['dose']['text']} {line['text']}"
        assert row in first
        assert first.index(row) > place
        place = first.index(row)
    others = ask(RISING)["ways"][1 - WAYS[way]]["calendar"]
    assert others[-1]["text"] not in first
    assert "May 21, 2027" in first
    for warning in ("Opioid pain medicines", "Your liver", "What you may notice", "Not naloxone"):
        assert 0 < first.index(warning) < first.index("Your calendar")
    for batch in said["batches"]:
        assert plan_id(batch["plan"]["fingerprint"]) in first
    assert not re.search("evening|morning|night|bedtime", first)


def test_the_leaflet_is_tagged_and_its_calendar_is_a_table():
    answer = leaflet(query_of(RISING), "each_strength")
    tags = [tag for tag, _ in structure(answer.data)]
    assert tags.count("/Table") == 1
    assert tags.count("/TH") == 5
    assert tags.count("/TD") == 3 * 5
    assert all(fonts_of(answer.data).values())


def test_the_leaflet_says_which_capsules_and_until_when():
    (first,) = pages_of(leaflet(query_of(RISING), "each_strength").data)
    assert "You get capsules of 1.5 mg, 3 mg and 4.5 mg of naltrexone hydrochloride." in first
    assert "Not released until both questions are answered" in first
    (first,) = pages_of(leaflet(query_of(RISING), "one_strength").data)
    assert "Each capsule holds 1.5 mg of naltrexone hydrochloride." in first


def test_a_calendar_that_goes_on_after_the_beyond_use_date_says_what_to_do():
    late = schedule(("1.5 mg", 14), start="2027-05-20", source={"expiry": "2027-12"}, capsule={"expiry": "2028-01"})
    late["order"]["diluent"] = {"expiry": "2028-01"}
    (first,) = pages_of(leaflet(query_of(late), "one_strength").data)
    assert "Discard the capsules of 1.5 mg after May 21, 2027." in first
    assert "Your calendar goes on after that date. Ask your pharmacist for fresh capsules before then." in first


def test_the_longest_calendar_is_printed_whole():
    steps = [(f"{1 + index / 4 + 0.000001:.6f} mg", 2) for index in range(24)]
    tree = schedule(*steps, doses_per_day=4)
    tree["order"]["acknowledgements"] = [
        {"code": "dose_above_usual", "value": f"{dose}0001 mg", "reason": "prescriber_confirmed"}
        for dose in ("6.00", "6.25", "6.50", "6.75")
    ]
    pages = pages_of(leaflet(query_of(tree), "each_strength").data)
    calendar = ask(tree)["ways"][EACH]["calendar"]
    text = " ".join(pages)
    for line in calendar:
        assert f"{with_weekday(line['from'])} {with_weekday(line['to'])}" in text
        assert line["text"] in text
    assert len(pages) == 2
    assert "Your calendar" in pages[1]
    assert "Opioid pain medicines" in pages[0]


@pytest.mark.parametrize(
    ("way", "more", "field"),
    [
        ("", {}, "Way of taking: enter a value."),
        ("both", {}, "Way of taking: \u201cboth\u201d is not one of the choices"),
        ("each_strength", {"paper": "a3"}, "Paper: \u201ca3\u201d is not one of the choices"),
        ("each_strength", {"patient": "x"}, "\u201cpatient\u201d is not a field"),
    ],
)
def test_a_leaflet_is_of_one_way_that_was_chosen(way, more, field):
    answer = leaflet(query_of(RISING), way, **more)
    assert (answer.status_code, answer.mimetype) == (422, "text/html")
    assert any(words(link).startswith(field) for link in soup(answer).find(id="summary").find_all("a"))


def test_a_way_given_twice_is_told():
    answer = leaflet([*query_of(RISING), ("way", "one_strength")], "each_strength")
    assert answer.status_code == 422
    assert "Way of taking was given more than once" in words(soup(answer).find(id="summary"))


def test_a_stopped_way_has_no_leaflet_and_the_other_one_has():
    tree = schedule(("0.55 mg", 10), ("0.6 mg", 10))
    stopped = leaflet(query_of(tree), "one_strength")
    assert (stopped.status_code, stopped.mimetype) == (422, "text/html")
    assert "0.05 mg a capsule is far below the usual" in words(soup(stopped).find(id="one_strength"))
    assert leaflet(query_of(tree), "each_strength").status_code == 200
