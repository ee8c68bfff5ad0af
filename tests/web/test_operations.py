"""The program in use: hidden fields, tabs, Back, locales, our own mistakes, logs, versions, known-bad packages."""

import logging
import re
from datetime import date
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from calc.answers.parts import VERSION
from calc.web.app import create_app
from calc.wording.paper import plan_id
from tests.support.client import PLAN, ask_api, ask_page, make_app, make_client
from tests.support.mistakes import plan_by
from tests.support.orders import GOOD, changed
from tests.support.pages import page_faults, plain_text, read_page
from tests.support.papers import planned, text_of_pdf
from tests.support.places import ROOT
from tests.support.queries import as_query

YES = changed(GOOD, {"screening.opioids": "yes"})


@pytest.fixture(scope="module")
def client():
    return make_client()


def test_a_hidden_field_that_was_changed_lets_nothing_pass(client):
    page = BeautifulSoup(ask_page(client, as_query(YES)).text, "html.parser")
    hidden = {tag["name"]: tag["value"] for tag in page.select("form input[type=hidden]")}
    (code,) = (name for name in hidden if name.endswith("-code"))
    reason = code.replace("-code", "-reason")
    let_pass = [*as_query(YES), *hidden.items(), (reason, "prescriber_confirmed")]
    assert ask_page(client, let_pass).status_code == 200
    for name in hidden:
        other = [(key, "no" if key == name else value) for key, value in let_pass]
        assert ask_page(client, other).status_code == 422, name


def test_a_result_is_never_kept_by_the_browser_or_shown_beside_other_inputs(client):
    good = ask_page(client, as_query(GOOD))
    assert good.headers["Cache-Control"] == "no-store"
    page = BeautifulSoup(good.text, "html.parser")
    assert page.find(id="dose")["value"] == "4.5"
    assert page.find(id="source-total_mass")["value"] == "0.480"


def test_two_tabs_keep_each_its_own_and_asking_twice_changes_nothing(client):
    other = changed(GOOD, {"dose": "3 mg"})
    first, second = ask_page(client, as_query(GOOD)).data, ask_page(client, as_query(other)).data
    assert ask_page(client, as_query(GOOD)).data == first
    assert ask_page(client, as_query(other)).data == second
    assert first != second


@pytest.mark.parametrize("language", ["fi-FI", "de-DE", "en-US"])
def test_a_decimal_comma_is_refused_in_every_language(client, language):
    pairs = as_query(changed(GOOD, {"dose": "1,5 mg"}))
    refused = ask_page(client, pairs, headers={"Accept-Language": language})
    assert refused.status_code == 422
    assert "write decimals with a point" in page_faults(read_page(refused))[0][1]


def test_the_whole_flow_works_without_any_script(client):
    for path in ("/", "/?dose=4.5&dose_unit=mg&quantity=30", "/?dose=x", "/paper"):
        page = BeautifulSoup(client.get(path).text, "html.parser")
        assert all(script["src"].startswith("/static/") for script in page.find_all("script"))
        assert not [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    assert client.get("/sheet.pdf?dose=4.5&dose_unit=mg&quantity=30").status_code == 200


def test_our_own_mistake_shows_a_number_to_quote_and_nothing_else(monkeypatch, caplog):
    app = make_app()

    def mistaken(*_):
        raise RuntimeError("secret-marker 0.432")

    plan_by(monkeypatch, mistaken)
    client = app.test_client()
    with caplog.at_level(logging.ERROR):
        answers = [client.get("/", query_string=urlencode(as_query(GOOD))), client.post(PLAN, json=GOOD)]
        answers.append(client.get("/sheet.pdf", query_string=urlencode(as_query(GOOD))))
    for answer in answers:
        assert answer.status_code == 500
        assert "secret-marker" not in answer.text
        assert "Traceback" not in answer.text
        assert "0.432" not in answer.text
        assert re.search(r"number [0-9a-f]{8}", plain_text(answer))
    assert "secret-marker" not in caplog.text


def test_nothing_that_was_typed_is_logged(caplog):
    client = make_app().test_client()
    marked = changed(GOOD, {"internal_number": "MARKER-77", "source.maker": "MARKER-77", "source.lot": "MARKER-77"})
    with caplog.at_level(logging.DEBUG):
        for tree in (marked, changed(marked, {"dose": "4,5 mg"}), changed(marked, {"dose": "450 mg"})):
            client.get("/", query_string=urlencode(as_query(tree)))
            client.get("/sheet.pdf", query_string=urlencode(as_query(tree)))
            client.post(PLAN, json=tree)
    assert "MARKER-77" not in caplog.text


def test_page_answer_and_sheet_of_one_order_carry_the_same_version_and_fingerprint(client):
    answer = ask_api(client, GOOD).get_json()
    page = plain_text(ask_page(client, as_query(GOOD)))
    sheet = text_of_pdf(client.get("/sheet.pdf", query_string=urlencode(as_query(GOOD))).data)
    assert answer["version"] == VERSION
    for text in (page, sheet):
        assert f"Triturate {answer['version']}" in text
        assert plan_id(answer["fingerprint"]) in text
    assert planned(GOOD).order.understood() == answer["order"]


#: The least version of each package that parses what strangers send, below which a flaw is publicly known.
FLOORS = {
    "flask": (3, 1, 3),
    "h11": (0, 16, 0),
    "jinja2": (3, 1, 6),
    "pydantic": (2, 4, 0),
    "werkzeug": (3, 1, 6),
    "wtforms": (3, 0, 0),
}


@pytest.mark.parametrize("name", FLOORS)
def test_no_package_is_locked_at_a_version_with_a_known_flaw(name):
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    (version,) = set(re.findall(rf"^{name}==([0-9.]+)", text, re.MULTILINE))
    assert tuple(map(int, version.split("."))) >= FLOORS[name]


def test_the_application_takes_the_clock_that_it_is_handed():
    app = create_app(today=lambda: date(2027, 3, 4))
    answer = app.test_client().post("/api/v1/plan", json={"dose": "4.5 mg", "quantity": 30})
    assert answer.get_json()["order"]["prepared_on"] == "2027-03-04"
