"""The cases of the shared list of bad inputs that need people: sign-in, sessions, forms, first run, a record down."""

import json
import shutil
import sqlite3
from contextlib import closing
from threading import Thread

import pytest

from calc.library import load
from calc.record.envelope import Draft, Event
from calc.record.people.secrets import PASSWORD
from calc.service.answering import Service
from calc.service.pharmacy import pharmacy
from calc.store import upkeep
from calc.web.record.app import register
from calc.web.record.session import SESSION
from tests.store.test_accounts import Counting
from tests.support.checked_client import check_page
from tests.support.client import TODAY, make_app
from tests.support.places import ROOT
from tests.support.record import CHEAP, ROLES, RecordForTests, fields_of, password_of, post, sign_in
from tests.web.record.test_people_pages import OWN, send

NAME = ROLES["c1"][0]
SETTING = "/record/settings/pins_allowed"
EVIL = ["//evil.example", "javascript:alert(1)", "https://evil.example/record", "/record/../", "\\\\evil", "/recorded"]


def let_in(window):
    """Whether a window has a session that acts."""
    return window.get("/record/me").status_code == 200


def cookie_of(window):
    return window.get_cookie(SESSION, domain="localhost").value


def test_w007_a_form_without_the_token_of_its_session_or_from_another_site_writes_nothing(shop):
    window, other = shop.window("i1"), shop.window("i1")
    good = {**fields_of(window.get(SETTING), "SettingForm"), "signer": "In Charge One", "secret": password_of("i1")}
    good |= {"value": "no", "reason": "a new rule"}
    foreign = fields_of(other.get(SETTING), "SettingForm")["csrf_token"]
    before = len(shop.events())
    for token in ("", "x" * 43, foreign, foreign[:-1]):
        assert post(window, SETTING, {**good, "csrf_token": token}).status_code == 403
    for site in ("cross-site", "same-site", "none"):
        assert post(window, SETTING, good, headers={"Sec-Fetch-Site": site}).status_code == 403
    for headers in ({}, {"Origin": "null"}, {"Origin": "https://evil.example"}):
        assert window.post(SETTING, data=good, headers=headers).status_code == 403
    assert len(shop.events()) == before


@pytest.mark.parametrize("hours", [8, 13])
def test_w008_what_was_typed_comes_back_and_is_written_once(record, hours):
    window = record.window("i1")
    typed = fields_of(window.get(SETTING), "SettingForm") | {"value": "no", "reason": "a rule half typed"}
    record.clock.on(hours=hours)
    lost = post(window, SETTING, typed)
    assert lost.status_code == 303
    assert lost.headers["Location"].startswith("/record/sign-in?next=%2Frecord%2Fsettings")
    back = sign_in(window, "In Charge One", password_of("i1"), next=SETTING)
    page = window.get(window.get(back.headers["Location"]).headers["Location"])
    assert 'value="a rule half typed"' in page.text
    assert '<option value="no" selected>' in page.text
    again = fields_of(page, "SettingForm")
    assert again["request"] == typed["request"]
    signed = {**typed, **again, "signer": "In Charge One", "secret": password_of("i1")}
    assert [post(window, SETTING, signed).status_code for _ in range(3)] == [303, 303, 303]
    assert len(record.events("setting.changed")) == 2  # the pharmacy's name, and this one once
    assert "a rule half typed" not in window.get(SETTING).text


def test_w008_somebody_else_finds_an_empty_form(record):
    role = {"name": "Pharmacist Two", "role": "pharmacist-in-charge", "initials": "", "license": ""}
    record.append(Draft("person:p2", "person.changed", {"old": {}, "new": role, "reason": "promoted"}))
    window = record.window("i1")
    typed = fields_of(window.get(SETTING), "SettingForm") | {"value": "no", "reason": "a rule half typed"}
    record.clock.on(minutes=6)
    assert post(window, SETTING, typed).status_code == 303
    sign_in(window, "Pharmacist Two", password_of("p2"))
    assert "a rule half typed" not in window.get(SETTING).text
    sign_in(window, "In Charge One", password_of("i1"))
    assert "a rule half typed" not in window.get(SETTING).text


def test_w008_a_signed_form_is_taken_on_a_screen_that_locked_meanwhile(record):
    window = record.window("i1")
    typed = fields_of(window.get(SETTING), "SettingForm") | {"value": "no", "reason": "typed slowly"}
    record.clock.on(minutes=30)
    signed = {**typed, "signer": "In Charge One", "secret": password_of("i1")}
    assert post(window, SETTING, {**signed, "secret": "not this one at all"}).status_code == 422
    assert not let_in(window)
    assert post(window, SETTING, signed).headers["Location"] == "/record/settings"
    assert let_in(window)


def test_w011_a_cookie_copied_before_signing_out_is_worth_nothing_afterwards(record):
    window, thief = record.window("c1"), record.window()
    cookie = cookie_of(window)
    thief.set_cookie(SESSION, cookie, domain="localhost")
    assert let_in(thief)
    post(window, "/record/sign-out", {"csrf_token": record.ground.sessions.find(cookie).token})
    assert not let_in(thief)
    assert not let_in(window)


def test_w012_signing_in_gives_a_new_session_whatever_cookie_there_was(shop):
    window, thief = shop.window(), shop.window()
    for each in (window, thief):
        each.set_cookie(SESSION, "chosen-by-somebody-else", domain="localhost")
    sign_in(window, NAME, password_of("c1"))
    first = cookie_of(window)
    sign_in(window, NAME, password_of("c1"))
    assert len({first, cookie_of(window), "chosen-by-somebody-else"}) == 3
    assert let_in(window)
    assert not let_in(thief)
    thief.set_cookie(SESSION, first, domain="localhost")
    assert not let_in(thief)


def test_w013_fifty_wrong_passwords_are_slowed_and_shut_with_the_same_words_for_a_name_that_nobody_has(record):
    answers = {NAME: [], "Nobody Here": []}
    for _ in range(50):
        for name, seen in answers.items():
            answer = sign_in(record.window(), name, "not this one at all")
            text = answer.text.replace(name, "NAME")
            seen.append((answer.status_code, answer.headers.get("Retry-After"), text))
        record.clock.on(minutes=1)
    assert answers[NAME] == answers["Nobody Here"]
    statuses = [status for status, _, _ in answers[NAME]]
    assert statuses[:5] == [422] * 4 + [429]
    assert set(statuses[5:]) == {422, 429} or set(statuses[5:]) == {429}
    assert [event.data["failures"] for event in record.events("person.locked")] == [5]
    assert record.events("person.locked")[0].by.name == "Triturate"
    # One password for many people: each has a count of her own.
    record.clock.on(hours=1)
    for person in ("c2", "p1", "p2", "a1"):
        assert sign_in(record.window(), ROLES[person][0], "not this one at all").status_code == 422


def test_w014_a_password_of_a_megabyte_is_refused_by_its_size_and_long_and_foreign_ones_work(record):
    window = record.window()
    assert sign_in(window, NAME, "x" * 1024 * 1024).status_code == 413
    for password in (
        "y7" * 32,
        "  two spaces  at each end  ",
        "сім сірих човнів на озері",
        "七艘灰色的船在湖上航行到中午了啊",
        "é" * 3 + "gray boats at noon",
    ):
        record.ground.accounts.set_secret("c1", PASSWORD, password)
        assert sign_in(window, NAME, password).status_code == 303
        assert sign_in(window, NAME, password.strip() + "x").status_code == 422
    composed, apart = "caf\u00e9 at noon on the lake", "cafe\u0301 at noon on the lake"
    record.ground.accounts.set_secret("c1", PASSWORD, composed)
    assert sign_in(window, NAME, apart).status_code == 303  # two ways to type the same letter


def test_w015_forty_sign_ins_at_once_from_elsewhere_work_out_one_hash_at_a_time(record):
    hasher = Counting(time_cost=1, memory_cost=1024, parallelism=1)
    made = RecordForTests(hasher=hasher)
    statuses = []

    def one(person):
        statuses.append(sign_in(made.app.test_client(), ROLES[person][0], password_of(person)).status_code)

    threads = [Thread(target=one, args=(person,)) for person in list(ROLES) * 7][:40]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(statuses) == 40
    assert 303 in statuses
    # Beyond two places they are asked to try again, so that plans do not queue behind them; tries at once count as
    # tries, so that some may find the door locked for a moment.
    assert set(statuses) <= {303, 429, 503}
    assert hasher.most == 1
    made.close()


@pytest.mark.parametrize("where", EVIL)
def test_w016_nobody_is_sent_elsewhere_after_signing_in(shop, where):
    window = shop.window()
    assert (
        sign_in(window, NAME, password_of("c1"), next=where).headers["Location"] == "/record/signed-in?next=%2Frecord"
    )
    assert window.get("/record/signed-in", query_string={"next": where}).headers["Location"] == "/record"


def test_w021_a_technician_at_an_address_of_the_pharmacist_in_charge_is_refused_and_logged(shop, caplog):
    window = shop.window("c1")
    token = {"csrf_token": shop.ground.sessions.find(cookie_of(window)).token}
    before = len(shop.events())
    for address in ("/record/people", "/record/people/new", "/record/keys", SETTING, "/record/log"):
        assert window.get(address).status_code == 403
    signed = {**token, "signer": NAME, "secret": password_of("c1"), "value": "no", "reason": "mine"}
    assert post(window, SETTING, signed).status_code == 403
    # Nor by the signature of a technician on the screen of the pharmacist-in-charge.
    answer = send(
        shop.window("i1"), SETTING, "SettingForm", signer=NAME, password=password_of("c1"), value="no", reason="me"
    )
    assert answer.status_code == 403
    assert "Compounder One may not do this as compounder." in answer.text
    assert 'value="me"' in answer.text  # what was typed is there for who may
    assert len(shop.events()) == before
    assert [record.getMessage()[:8] for record in caplog.records] == ["refused:"] * 7


def test_o001_no_secret_key_is_read_so_that_none_can_be_weak(monkeypatch):
    for key in ("", " ", "dev", "changeme", "short"):
        for name in ("SECRET_KEY", "FLASK_SECRET_KEY", "TRITURATE_SECRET_KEY"):
            monkeypatch.setenv(name, key)
    app = make_app()
    assert app.secret_key is None
    assert app.config["SECRET_KEY"] is None
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "calc").rglob("*.py"))
    assert "secret_key" not in sources.casefold()


def test_o003_there_is_no_account_before_the_code_and_the_code_ends_with_its_use():
    record = RecordForTests(people=False)
    window = record.window()
    for name in ("admin", "root", "triturate", "In Charge One"):
        assert sign_in(window, name, "admin" * 3).status_code == 503
    code = record.ground.accounts.new_code()
    typed = {"code": code, "pharmacy": "Test Pharmacy", "name": "In Charge One", "password": OWN, "password_again": OWN}
    assert post(window, "/record/setup", typed).status_code == 303
    other = post(record.window(), "/record/setup", {**typed, "name": "In Charge Two"})
    assert other.headers["Location"] == "/record/sign-in"
    assert len(record.events("person.added")) == 1
    record.close()


def opened_again(folder):
    """An application on the folder of a record that was closed before."""
    app = make_app()
    register(app, Service(load(), lambda: TODAY, pharmacy()), folder, hasher=CHEAP)
    return app.test_client()


def record_forked(record):
    """The event of the gap, read by a store of its own."""
    with closing(sqlite3.connect(record.folder / "record.sqlite")) as connection:
        ((body,),) = connection.execute("SELECT body FROM event WHERE type = 'record.forked'").fetchall()
    return Event.of(json.loads(body))


@pytest.mark.parametrize("what", ["newer", "not a database", "gone", "a folder"])
def test_o004_a_record_that_cannot_be_opened_leaves_the_calculator(tmp_path, what):
    folder = tmp_path / "record"
    upkeep.make(folder)
    path = folder / "record.sqlite"
    match what:
        case "newer":
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("UPDATE alembic_version SET version_num = '9999'")
                connection.commit()
        case "not a database":
            path.write_bytes(b"x" * 4096)
        case "gone":
            shutil.rmtree(folder)
        case "a folder":
            path.unlink()
            path.mkdir()
    window = opened_again(folder)
    for address in ("/record", "/record/people", "/record/sign-in"):
        assert window.get(address).status_code == 503
        assert post(window, address).status_code == 503
    assert window.get("/record/readyz").status_code == 503
    for address in ("/", "/liquid", "/titration", "/limits"):
        page = window.get(address)
        assert page.status_code == 200
        check_page(page.text)
        assert page.text.count("The record cannot be opened. Run triturate") == 1
    plan = window.post("/api/v1/plan", json={"dose": "4.5 mg", "quantity": 30})
    assert plan.status_code == 200
    assert window.get("/readyz").status_code == 200


def test_o004_a_record_behind_its_witness_waits_until_that_is_accepted(record):
    with (record.folder / "heads.txt").open("a") as witness:
        witness.write(f"{len(record.events()) + 3} {'a' * 64} 26-000009\n")
    record.store.close()
    window = opened_again(record.folder)
    assert window.get("/record/readyz").text == "behind\n"
    assert "behind its witness" in window.get("/").text
    assert sign_in(window, "In Charge One", password_of("i1")).status_code == 303
    page = "/record/settings/pins_allowed"
    answer = send(window, page, "SettingForm", value="no", reason="a new rule")
    assert answer.status_code == 503
    assert 'value="a new rule"' in answer.text
    assert send(window, "/record/gap", "ReasonForm", reason="restored from the stick").status_code == 303
    assert window.get("/record/readyz").text == "ready\n"
    assert "behind its witness" not in window.get("/").text
    assert send(window, page, "SettingForm", value="no", reason="a new rule").status_code == 303
    event = record_forked(record)
    assert (event.data["number"], event.data["reason"]) == ("26-000009", "restored from the stick")
    assert event.signature.method == "password"
