"""The label of one patient: typed by POST, printed, and kept nowhere; a fault answers the page with what was typed."""

import logging
import re
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc import limits
from calc.web.pages import common
from tests.paper.test_labels import LIQUID, WHOLE
from tests.support.checked_client import soup
from tests.support.client import make_app, make_client
from tests.support.mistakes import plan_by
from tests.support.orders import changed
from tests.support.pages import plain_text
from tests.support.papers import squeezed, text_of_pdf
from tests.support.queries import as_query

CLIENT = make_client()
MARK = "MARKER-77"
TYPED = {
    "patient": "Jane Q. Sample",
    "rx_number": "7001234",
    "prescriber": "A. Prescriber, MD",
    "filled": "11/29/2026",
    "directions": "Take 1 capsule by mouth at bedtime.",
    "refills": "2",
    "pharmacist": "AB",
    "label": "4x2",
    "send": "inline",
}
PRINTED = {**TYPED, "filled": "Nov 29, 2026"}
LINES = ("patient", "rx_number", "prescriber", "filled", "directions", "refills", "pharmacist")


def post(typed, order=WHOLE, address="/label.pdf", client=CLIENT, **how):
    return client.post(address, query_string=urlencode(as_query(order)), data=typed, **how)


def faults_of(answer):
    """What the form's own summary says: the field that each line leads to, and its sentence."""
    return [(item["href"].removeprefix("#"), item.text) for item in soup(answer).select("#label-summary a")]


def kept_in(answer):
    """The values in the form of a page."""
    form = soup(answer).find(id="label-form")
    values = {box["name"]: box["value"] for box in form.select("input")}
    return values | {form.textarea["name"]: form.textarea.get_text().removeprefix("\n")}


@pytest.mark.parametrize(("address", "order"), [("/label.pdf", WHOLE), ("/liquid/label.pdf", LIQUID)])
@pytest.mark.parametrize(("send", "how"), [("inline", "inline"), ("attachment", "attachment")])
def test_what_is_typed_is_printed_and_the_file_bears_no_name_of_a_patient(address, order, send, how):
    answer = post({**TYPED, "send": send}, order, address)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == f'{how}; filename="label.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    said = squeezed(text_of_pdf(answer.data))
    for name in LINES:
        assert squeezed(PRINTED[name]) in said, name


@pytest.mark.parametrize("stock", ["4x2", "2.25x1.25", "62x29"])
def test_what_stays_blank_is_a_line_to_write_on(stock):
    lines = ("Patient", "Rx", "Filled", "Refills", "Prescriber", "Take", "by mouth")
    said = squeezed(text_of_pdf(post({"label": stock}).data))
    got = CLIENT.get("/label.pdf", query_string=urlencode([*as_query(WHOLE), ("label", stock)]))
    assert said == squeezed(text_of_pdf(got.data))
    assert all(squeezed(line) in said for line in lines)
    assert "Take" not in text_of_pdf(post({"label": stock, "directions": "One at bedtime."}).data)
    assert post({}).data == post({"label": "2.25x1.25", "patient": "  ", "send": "inline"}).data


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("patient", "x" * 61, "Patient: use at most 60 characters."),
        ("rx_number", "7" * 21, "Prescription number: use at most 20 characters."),
        ("prescriber", "x" * 61, "Prescriber: use at most 60 characters."),
        ("directions", "x " * 80 + "x", "Directions: use at most 160 characters."),
        ("pharmacist", "x" * 21, "Pharmacist: use at most 20 characters."),
        ("patient", "a\u202eb", "holds a character that cannot be seen"),
        ("patient", "a\u0000b", "holds a character that cannot be seen"),
        ("patient", "\u5c0f\u6797", "the papers cannot print"),
        ("directions", "5 \u00b5g at bedtime", "the papers cannot print"),
        ("filled", "29.11.2026", "as a date like 11/29/2026."),
        ("filled", "02/30/2027", "there is no such day"),
        ("filled", "11/22/2026", "is not between the making, 2026-11-23, and the last day of use, 2027-05-21"),
        ("filled", "2027-05-22", "is not between the making"),
        ("refills", "100", "Refills: 100 is outside what is taken here, 0 to 99."),
        ("refills", "-1", "without a sign"),
        ("refills", "1.5", "must be a whole number"),
        ("refills", "two", "is not a number"),
        ("label", "5x5", "is not one of the choices"),
        ("send", "fax", "Print or save: \u201cfax\u201d is not one of the choices"),
        ("weight", "70 kg", "is not a line of the label."),
    ],
)
def test_a_fault_answers_the_page_with_what_was_typed(name, text, said):
    answer = post({**TYPED, name: text})
    assert (answer.status_code, answer.mimetype) == (422, "text/html")
    assert answer.headers["Cache-Control"] == "no-store"
    ((field, sentence),) = faults_of(answer)
    assert said in sentence.replace("\u00a0", " ")
    assert field == (name if name in (*LINES, "label") else "label-form")
    kept = kept_in(answer)
    for line in LINES:
        wanted = text if line == name else TYPED[line]
        assert kept[line] in {wanted, wanted.replace("\u0000", "\ufffd")}, line
    assert "3.697" in plain_text(answer)  # the plan stays
    assert soup(answer).title.text.startswith("Error: ")


def test_the_bounds_themselves_are_taken():
    longest = {name: "i" * longest for name, (longest, _) in limits.LABEL_TEXTS.items()}
    longest["directions"] = ("i " * 80).strip()
    for more in ({"refills": "0", "filled": "11/23/2026"}, {"refills": "99", "filled": "05/21/2027"}):
        assert post({**TYPED, **longest, **more}).status_code == 200


def test_all_faults_are_told_at_once_and_a_name_given_twice_is_one():
    typed = [*TYPED.items(), ("patient", "Another"), ("refills", "x"), ("weight", "70")]
    typed = [pair for pair in typed if pair != ("refills", "2")]
    answer = post(urlencode(typed), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert [field for field, _ in faults_of(answer)] == ["patient", "label-form", "refills"]


def test_lines_that_do_not_fit_are_refused_and_never_cut():
    wide = {**TYPED, "label": "2.25x1.25", "patient": "W" * 60, "directions": "W " * 79 + "W"}
    answer = post(wide)
    assert answer.status_code == 422
    assert faults_of(answer) == [("label", faults_of(answer)[0][1])]
    assert "do not fit 2.25 \u00d7 1.25 in" in faults_of(answer)[0][1].replace("\u00a0", " ")
    assert kept_in(answer)["patient"] == "W" * 60


def test_line_breaks_in_the_directions_are_spaces():
    said = squeezed(text_of_pdf(post({**TYPED, "directions": "Take 1 capsule\r\nat bedtime.\n"}).data))
    assert squeezed("Take 1 capsule at bedtime.") in said


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"dose": "4,5 mg"}, "dose"), ({"source.expiry": None}, "source-expiry"), ({"prepared_on": "2020-01-02"}, None)],
)
def test_an_order_that_gives_no_label_answers_its_page_and_keeps_what_was_typed(changes, field):
    if field is None:
        changes = {**changes, "source.weighed_on": "2020-01-02"}
    answer = post(TYPED, changed(WHOLE, changes))
    assert (answer.status_code, answer.mimetype) == (422, "text/html")
    assert kept_in(answer) == {name: TYPED[name] for name in LINES}
    assert soup(answer).select_one("#summary a")["href"] == f"#{field or 'prepared_on'}"
    assert "Location" not in answer.headers


def test_an_address_that_get_would_redirect_is_printed_as_it_is():
    """No redirect has a body, and what was typed may stand in no address."""
    pairs = [("dose", " 4.5 mg "), *(pair for pair in as_query(WHOLE) if pair[0] not in {"dose", "dose_unit"})]
    answer = CLIENT.post("/label.pdf", query_string=urlencode([*pairs, ("allowance", "")]), data=TYPED)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert squeezed("Jane Q. Sample") in squeezed(text_of_pdf(answer.data))


def test_a_patient_stands_in_no_log_no_address_and_no_later_page(caplog, monkeypatch):
    app = make_app()
    client = app.test_client()
    typed = dict.fromkeys(("patient", "rx_number", "prescriber", "directions", "pharmacist"), MARK)
    orders = (WHOLE, changed(WHOLE, {"dose": "4,5 mg"}), changed(WHOLE, {"diluent.expiry": None}))
    with caplog.at_level(logging.DEBUG):
        answers = [post(typed, order, client=client) for order in orders]
        answers += [post({**typed, "filled": "x"}, client=client), post({**typed, "patient": MARK * 9}, client=client)]
        for answer in answers:
            assert MARK not in str(answer.headers)
            assert MARK not in answer.request.full_path
        assert [answer.status_code for answer in answers] == [200, 422, 422, 422, 422]
        for page in soup(answers[3]).find_all(True):
            assert MARK not in "".join(str(page.get(name, "")) for name in ("href", "action", "src"))
        for path in ("/", "/label.pdf", "/liquid", "/paper", "/sheet.pdf"):
            assert MARK.encode() not in client.get(path, query_string=urlencode(as_query(WHOLE))).data

        def mistaken(*_):
            raise RuntimeError(MARK)

        plan_by(monkeypatch, mistaken)
        broken = post(typed, client=client)
    assert broken.status_code == 500
    assert MARK not in broken.text
    assert MARK not in caplog.text
    assert re.search(r"mistake [0-9a-f]{8}", caplog.text)


@pytest.mark.parametrize("media", ["multipart/form-data; boundary=x", "text/plain", "application/json"])
def test_another_kind_of_body_is_not_taken(media):
    body = '--x\r\nContent-Disposition: form-data; name="patient"; filename="a"\r\n\r\nJane\r\n--x--\r\n'
    answer = post(body, content_type=media)
    assert answer.status_code == 415
    assert "Jane" not in answer.text


def test_a_body_without_end_and_one_of_very_many_names_are_refused():
    assert post("patient=" + "x" * 70_000, content_type="application/x-www-form-urlencoded").status_code == 413
    many = "&".join(f"n{number}=1" for number in range(5_000))
    assert post(many, content_type="application/x-www-form-urlencoded").status_code in {413, 422}


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([*LINES, "label", "send", "x"]), st.text(max_size=200), max_size=6))
def test_nothing_that_is_typed_is_ever_a_mistake_of_ours(typed):
    assert post(typed).status_code in {200, 422}


def test_while_all_papers_are_being_set_the_page_keeps_what_was_typed():
    for _ in range(3):
        assert common._press.acquire(blocking=False)
    try:
        answer = post(TYPED)
    finally:
        for _ in range(3):
            common._press.release()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert kept_in(answer) == {name: TYPED[name] for name in LINES}
    assert "Print the label again" in plain_text(answer)


def test_the_form_stands_where_a_label_can_be_printed_and_offers_the_stocks_that_hold_it():
    shown = soup(CLIENT.get("/", query_string=urlencode(as_query(WHOLE)), follow_redirects=True))
    form = shown.find(id="label-form")
    assert (form["method"], form["autocomplete"], form["spellcheck"]) == ("post", "off", "false")
    assert form["action"].startswith("/label.pdf?dose=4.5")
    assert form.find_parent("form") is None
    links = [link["href"].rpartition("label=")[2] for link in shown.select("nav.papers a[href*='label.pdf']")]
    assert [option["value"] for option in form.select("#label option")] == links
    assert "Tell all who treat you. Not naloxone: not for an overdose." in form.text.replace("\n", " ")
    for without in (changed(WHOLE, {"source.expiry": None}), {"dose": "4.5 mg", "quantity": 30}):
        page = soup(CLIENT.get("/", query_string=urlencode(as_query(without)), follow_redirects=True))
        assert page.find(id="label-form") is None


def test_nothing_of_one_label_stands_on_the_next():
    first = post({**TYPED, "patient": MARK})
    second = post({**TYPED, "patient": "Somebody Else"})
    assert MARK in text_of_pdf(first.data)
    assert MARK not in text_of_pdf(second.data)
