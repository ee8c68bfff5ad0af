"""Four questions to the pharmacist on a drug without a file (A11): what each answer does, on page and paper, too."""

import re
from urllib.parse import urlencode

import pytest

from calc.answers.fingerprint import without_silent_names
from calc.capsule.fhir import medication
from calc.capsule.order import Order
from calc.capsule.papers import label_content, sheet_content
from calc.capsule.planning import plan
from calc.capsule.sheet import sheet
from calc.library import load
from calc.orders.query import shortest_pairs_of
from calc.paper.code import pack, unpack
from calc.web.forms.bench import NAMES
from calc.web.forms.query import of_another_day
from tests.support.checked_client import soup, words
from tests.support.client import PLAN, make_client
from tests.support.orders import dated
from tests.support.pages import plain_text
from tests.support.papers import pages_of, squeezed, text_of_pdf
from tests.support.queries import as_query
from tests.tools.catch_rate import PLAUSIBILITY
from tests.tools.catch_rate_published import ALWAYS, TOLD

CLIENT = make_client()
LIBRARY = load()
QUESTIONS = ("may_be_crushed", "hazardous", "narrow_index", "stability_supported")
DAY = "2026-11-29"
#: 30 capsules of 1 mg take 3 tablets of 10 mg, 4 with the reserve.
CAPSULES = {
    "drug": {"name": "hydrocortisone"},
    "dose": "1 mg",
    "quantity": 30,
    "prepared_on": DAY,
    "source": {"strength": "10 mg", "tablets_weighed": 4, "total_mass": "0.640 g"},
    "capsule": {"size": "3", "fill_mass": "150 mg"},
}
LIQUID = {
    "preparation": "liquid",
    "drug": {"name": "hydrocortisone"},
    "dose": "2 mg",
    "strength": "1 mg",
    "volume": "100 mL",
    "prepared_on": DAY,
    "source": {"strength": "10 mg"},
    "vehicle": {"name": "suspending vehicle", "preserved": "yes"},
}
ANSWERED = {"may_be_crushed": "yes", "hazardous": "no", "narrow_index": "no", "stability_supported": "yes"}
OPEN = dict.fromkeys(QUESTIONS, "not asked")
#: 180 and 35 days, the day of making counted as the first.
UNTIL = {"capsule": "May 27, 2027", "liquid": "January 2, 2027"}
IN_WORDS = {"capsule": "May 27, 2027", "liquid": "January 2, 2027"}
ORDERS = {"capsule": CAPSULES, "liquid": LIQUID}
PAGES = {"capsule": "/", "liquid": "/liquid"}
KINDS = ("capsule", "liquid")


def ask(order, **answers):
    return CLIENT.post(PLAN, json={**order, "assessment": answers} if answers else order).get_json()


def read(order=CAPSULES, **answers):
    return Order.read({**order, "assessment": answers}, LIBRARY)


def page_of(kind, **answers):
    order = {**ORDERS[kind], "assessment": answers}
    return CLIENT.get(PAGES[kind], query_string=urlencode(as_query(order)), follow_redirects=True)


def paper_of(kind, name, option=(), **answers):
    order = {**ORDERS[kind], "assessment": answers}
    query = urlencode([*as_query(dated(order)), *option])
    answer = CLIENT.get(f"{PAGES[kind].rstrip('/')}/{name}.pdf", query_string=query, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer.data


def codes(body):
    return {notice["code"] for notice in body["plan"]["notices"]}


# The order.


@pytest.mark.parametrize("kind", KINDS)
def test_a_drug_without_a_file_has_four_open_questions_until_they_are_answered(kind):
    body = ask(ORDERS[kind])
    assert body["order"]["assessment"] == OPEN
    assert [path for path in body["defaults"] if path.startswith("assessment")] == [
        f"assessment.{q}" for q in QUESTIONS
    ]
    assert "assessment_open" in codes(body)
    for question in QUESTIONS:
        assert "assessment_open" in codes(ask(ORDERS[kind], **{**ANSWERED, question: "not asked"})), question
    assert "assessment_open" not in codes(ask(ORDERS[kind], **ANSWERED))


@pytest.mark.parametrize("kind", KINDS)
def test_what_may_not_be_crushed_stops_and_no_reason_lets_it_pass(kind):
    (stop,) = ask(ORDERS[kind], may_be_crushed="no")["stops"]
    assert (stop["code"], stop["field"], stop["value"]) == ("may_not_be_crushed", "assessment.may_be_crushed", "no")
    assert (stop["severity"], stop["reasons"]) == ("hard", [])
    reason = {"code": "may_not_be_crushed", "value": "no", "reason": "label_checked"}
    again = ask({**ORDERS[kind], "acknowledgements": [reason]}, **{**ANSWERED, "may_be_crushed": "no"})
    assert [one["code"] for one in again["stops"]] == ["may_not_be_crushed"]


def test_a_drug_with_a_file_is_not_asked_and_can_be_answered():
    naltrexone = {"dose": "4.5 mg", "quantity": 30, "prepared_on": DAY}
    plain = ask(naltrexone)
    assert plain["order"]["assessment"] == dict.fromkeys(QUESTIONS)
    assert "assessment_open" not in codes(plain)
    unasked = ask(naltrexone, hazardous="not asked")
    assert (unasked["order"], unasked["fingerprint"]) == (plain["order"], plain["fingerprint"])
    assert ask(naltrexone, hazardous="yes")["order"]["assessment"]["hazardous"] == "yes"
    assert [stop["code"] for stop in ask(naltrexone, may_be_crushed="no")["stops"]] == ["may_not_be_crushed"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_changes_no_figure(kind):
    """Ten tablets for a narrow index are asked for in words: what is crushed is what the order says."""
    plain = ask(ORDERS[kind])["plan"]
    for answers in (ANSWERED, {**ANSWERED, "hazardous": "yes", "narrow_index": "yes", "stability_supported": "no"}):
        told = ask(ORDERS[kind], **answers)["plan"]
        assert {**told, "notices": []} == {**plain, "notices": []}


def test_open_questions_are_silent_in_the_fingerprint_and_answers_are_not():
    understood = read().understood()
    assert "assessment" not in without_silent_names(understood)
    assert without_silent_names(read(hazardous="no").understood())["assessment"] == {"hazardous": "no"}
    plain = ask(CAPSULES)["fingerprint"]
    assert plain == ask(CAPSULES, **OPEN)["fingerprint"]
    assert len({plain, *(ask(CAPSULES, **{q: "yes"})["fingerprint"] for q in QUESTIONS)}) == 5


def test_the_order_understood_is_the_same_order_again():
    for answers in ({}, ANSWERED, {"narrow_index": "yes"}):
        body = ask(CAPSULES, **answers)
        again = ask(body["order"])
        assert (again["fingerprint"], again["order"], again["defaults"]) == (body["fingerprint"], body["order"], [])


def test_the_code_of_a_sheet_holds_the_answers():
    pairs = shortest_pairs_of(read(**ANSWERED))
    assert [pair for pair in pairs if pair[0].startswith("assessment")] == [
        (f"assessment-{question}", answer) for question, answer in ANSWERED.items()
    ]
    assert sorted(unpack(pack(pairs))) == sorted(pairs)


@pytest.mark.parametrize("answer", ["maybe", "Yes", 1, True, ["no"]])
def test_an_answer_that_is_none_is_a_fault_at_its_field(answer):
    faults = ask(CAPSULES, **{**ANSWERED, "hazardous": answer})["faults"]
    assert [fault["field"] for fault in faults] == ["assessment.hazardous"]
    assert faults[0]["code"] == ("unknown_choice" if isinstance(answer, str) else "wrong_type")


def test_nobody_remembers_the_answers():
    assert [name for name in NAMES if name.startswith("assessment")] == []
    kept = of_another_day(as_query({**CAPSULES, "assessment": ANSWERED}))
    assert [name for name, _ in kept if name.startswith("assessment")] == []


def test_a_schedule_asks_and_stops_like_a_batch():
    tree = {"schedule": [{"dose": "1 mg", "days": 30}], "order": {"drug": {"name": "hydrocortisone"}}}
    tree["order"] |= {"source": {"strength": "10 mg"}, "prepared_on": DAY}
    batch = lambda answer: answer.get_json()["ways"][0]["batches"][0]  # noqa: E731
    opened = batch(CLIENT.post("/api/v1/titration", json=tree))
    assert "assessment_open" in {notice["code"] for notice in opened["plan"]["notices"]}
    assert opened["order"]["assessment"] == OPEN
    tree["order"]["assessment"] = {"may_be_crushed": "no"}
    stopped = batch(CLIENT.post("/api/v1/titration", json=tree))
    assert [stop["code"] for stop in stopped["stops"]] == ["may_not_be_crushed"]


def test_the_open_questions_are_no_alarm_that_a_slip_could_hide_in():
    """Each clean order without a file raises the notice, so it counts neither as caught nor as a false alarm."""
    assert "assessment_open" not in PLAUSIBILITY | TOLD | ALWAYS


# The page.


@pytest.mark.parametrize("address", ["/", "/liquid", "/titration"])
def test_the_page_asks_them_of_a_drug_without_a_file_beside_its_name(address):
    named = soup(CLIENT.get(address, query_string={"drug-name": "hydrocortisone"}, follow_redirects=True))
    titles = [words(group.select_one("summary")) for group in named.select("details.group")]
    place = next(index for index, title in enumerate(titles) if title.startswith("Form and release"))
    assert titles[place + 1].startswith("Two forms of the drug"), titles
    assert titles[place + 2].startswith("Questions on this drug"), titles
    for question in QUESTIONS:
        field = named.select_one(f"#assessment-{question}")
        assert [box["value"] for box in field.select("input")] == ["not asked", "no", "yes"]
        assert field.select_one("input[checked]")["value"] == "not asked"
    assert "assessment-" not in CLIENT.get(address).text
    kept = CLIENT.get(address, query_string={"assessment-hazardous": "yes"}, follow_redirects=True)
    assert soup(kept).select_one("#assessment-hazardous input[checked]")["value"] == "yes"


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_not_released_until_all_four_are_answered(kind):
    opened = page_of(kind)
    shown = plain_text(opened)
    assert "Not released until all 4 questions are answered" in shown
    assert soup(opened).select_one('#answer a[href="#assessment-may_be_crushed"]')
    (group,) = [g for g in soup(opened).select("details.group") if g.select("#assessment-hazardous")]
    assert group.has_attr("open")
    last = f"Discard after: by the pharmacist: __________ (general limit: {UNTIL[kind]}"
    assert squeezed(last) in squeezed(shown)
    answered = plain_text(page_of(kind, **ANSWERED))
    assert "Not released" not in answered
    assert "by the pharmacist" not in answered
    assert f"Discard after {UNTIL[kind]}" in answered
    assert "May it be crushed or opened? Yes." in answered


def test_the_page_keeps_a_wrong_answer_and_says_where_it_is():
    query = urlencode([*as_query(CAPSULES), ("assessment-narrow_index", "perhaps")])
    answer = CLIENT.get("/", query_string=query, follow_redirects=True)
    assert answer.status_code == 422
    assert soup(answer).select_one('.summary a[href="#assessment-narrow_index"]')
    assert "\u201cperhaps\u201d is not one of the choices" in plain_text(answer)


def test_a_drug_that_may_not_be_crushed_is_refused_on_the_page_at_its_question():
    answer = page_of("capsule", may_be_crushed="no")
    assert answer.status_code == 422
    assert "hydrocortisone may not be crushed or opened" in plain_text(answer)
    assert "It cannot be overridden: fix it." in plain_text(answer)


@pytest.mark.parametrize("way", ["answers", "open"])
def test_a_schedule_on_the_page(way):
    pairs = [("schedule-0-dose", "1"), ("schedule-0-dose_unit", "mg"), ("schedule-0-days", "30")]
    pairs += [("drug-name", "hydrocortisone"), ("source-strength", "10"), ("source-strength_unit", "mg")]
    pairs += [("prepared_on", DAY)]
    if way == "answers":
        pairs += [(f"assessment-{q}", a) for q, a in {**ANSWERED, "hazardous": "yes", "narrow_index": "yes"}.items()]
    shown = plain_text(CLIENT.get("/titration", query_string=urlencode(pairs), follow_redirects=True))
    is_open = way == "open"
    assert ("Not released until all 4 questions are answered" in shown) is is_open
    assert (f"by the pharmacist: __________; general limit {UNTIL['capsule']}" in shown) is is_open
    assert ("Containment: crush, weigh and mix" in shown) is not is_open
    assert ("Crush ten tablets for each batch" in shown) is not is_open


# The papers.


@pytest.mark.parametrize("kind", KINDS)
def test_papers_are_headed_not_released_and_date_and_storage_left_to_the_pharmacist(kind):
    made = paper_of(kind, "sheet")
    assert [page for page in pages_of(made) if "Not released until all 4 questions are answered" not in page] == []
    text = squeezed(text_of_pdf(made))
    assert squeezed("Pharmacist:") in text
    assert squeezed(f"at the latest by the pharmacist: __________ (general limit: {UNTIL[kind]})") in text
    assert squeezed("Storage: by the pharmacist: __________ (general limit: store ") in text
    assert squeezed(f"Discard after {UNTIL[kind]}") not in text
    for stock in ("2.25x1.25", "4x2", "62x29") if kind == "capsule" else ("4x2",):
        label = squeezed(text_of_pdf(paper_of(kind, "label", [("label", stock)])))
        assert squeezed("Not released").upper() in label
        assert squeezed(f"Discard after: by the pharmacist: __________ (general limit: {IN_WORDS[kind]})") in label
        assert squeezed("Storage: by the pharmacist: __________ (general limit: ") in label


@pytest.mark.parametrize("kind", KINDS)
def test_papers_of_a_drug_whose_questions_are_answered(kind):
    text = squeezed(text_of_pdf(paper_of(kind, "sheet", **ANSWERED)))
    assert squeezed("Not released") not in text
    assert squeezed("by the pharmacist") not in text
    assert squeezed("May it be crushed or opened? Yes") in text
    label = squeezed(text_of_pdf(paper_of(kind, "label", **ANSWERED)))
    assert squeezed("Not released").upper() not in label
    assert squeezed(f"Discard after {IN_WORDS[kind]}") in label


@pytest.mark.parametrize("kind", KINDS)
def test_a_hazardous_drug_has_a_box_for_containment_gloves_and_cleaning(kind):
    text = squeezed(text_of_pdf(paper_of(kind, "sheet", **{**ANSWERED, "hazardous": "yes"})))
    for line in ("Hazardous to handle", "Containment:", "Gloves,", "Cleaning of tools"):
        assert squeezed(line) in text
    assert squeezed("Containment:") not in squeezed(text_of_pdf(paper_of(kind, "sheet", **ANSWERED)))
    assert "Containment:" in plain_text(page_of(kind, **{**ANSWERED, "hazardous": "yes"}))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ({"tablets_weighed": 4, "total_mass": "0.640 g"}, "Here 4 tablets are crushed."),
        ({"tablets_weighed": 1, "total_mass": "0.160 g", "strength": "50 mg"}, "Here 1 tablet is crushed."),
        (
            {"tablets_weighed": 10, "total_mass": "1.600 g", "least_tablets": 10},
            "Ten tablets or more even one another out: 10 tablets are crushed here.",
        ),
        ({"kind": "powder", "assay": "99 %", "strength": None, "tablets_weighed": None, "total_mass": None}, ""),
    ],
)
def test_a_narrow_index_asks_for_ten_tablets_and_an_assay(source, said):
    order = {**CAPSULES, "source": {**CAPSULES["source"], **source}}
    if source.get("kind"):
        order |= {"dose": "5 mg"}
    made = plan(read(order, **{**ANSWERED, "narrow_index": "yes"}), LIBRARY)
    (box,) = sheet(made).boxes
    assert box.title == "Narrow therapeutic index"
    assert box.blanks == ("Assay of the finished preparation before release. By whom, when, result:",)
    assert " ".join(box.said).endswith(said)
    assert bool(box.said) is bool(said)
    printed = sheet_content(made, "letter")["boxes"]
    assert [each["title"] for each in printed] == ["Narrow therapeutic index"]


def test_the_sheet_has_both_boxes_and_no_other():
    assert sheet(plan(read(**ANSWERED), LIBRARY)).boxes == ()
    both = sheet(plan(read(**{**ANSWERED, "hazardous": "yes", "narrow_index": "yes"}), LIBRARY)).boxes
    assert [box.title for box in both] == ["Hazardous to handle", "Narrow therapeutic index"]


def test_without_a_source_for_its_stability_the_general_limit_is_called_no_finding():
    answered = {**ANSWERED, "stability_supported": "no"}
    lines = sheet(plan(read(**answered), LIBRARY)).beyond_use_lines
    assert lines[-1].startswith("No source supports its stability")
    assert not [line for line in sheet(plan(read(**ANSWERED), LIBRARY)).beyond_use_lines if "stability" in line]


def test_who_answers_signs_once_on_paper():
    asked = sheet_content(plan(read(**{**ANSWERED, "hazardous": "not asked"}), LIBRARY), "letter")
    assert [each["confirmed"] for each in asked["questions"]] == ["", "", "", "Pharmacist:"]
    assert [each["open"] for each in asked["questions"]] == [False, True, False, False]
    answered = sheet_content(plan(read(**ANSWERED), LIBRARY), "letter")
    assert {each["confirmed"] for each in answered["questions"]} == {""}


def test_a_medication_has_no_date_that_the_pharmacist_has_still_to_set():
    opened = medication(plan(read(), LIBRARY))
    assert "batch" not in opened
    assert "by the pharmacist: __________ (general limit: May 27, 2027" in opened["text"]["div"]
    numbered = medication(plan(read({**CAPSULES, "internal_number": "7"}), LIBRARY))
    assert numbered["batch"] == {"lotNumber": "7"}
    answered = medication(plan(read(**ANSWERED), LIBRARY))
    assert answered["batch"] == {"expirationDate": "2027-05-27"}


def test_a_label_of_a_drug_without_a_file_says_no_other_date():
    lines = label_content(plan(read(dated(CAPSULES)), LIBRARY), "4x2")["lines"]
    assert re.findall(r"[A-Z][a-z]+ \d+, \d{4}", " ".join([lines["until"], lines["store"]])) == ["May 27, 2027"]
