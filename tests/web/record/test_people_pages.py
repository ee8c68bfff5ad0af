"""First run, people, devices, keys and settings, from an empty record to a changed one, as the pharmacist-in-charge."""

import re

import pytest

from calc.web.record.session import DEVICE, SESSION
from tests.support.checked_client import soup, words
from tests.support.record import RecordForTests, fields_of, password_of, pin_of, post, sign_in

OWN = "seven gray boats on a lake"
PIN = "730194"


@pytest.fixture
def charge(shop):
    """A window of the pharmacist-in-charge."""
    return shop.window("i1")


def send(window, page, form, address=None, password="gray boats at noon i1", **fields):
    """Open a page and send its form, signed with the password."""
    hidden = fields_of(window.get(page), form)
    return post(window, address or page, {**hidden, "signer": "In Charge One", "secret": password, **fields})


def secret_on(answer):
    """What is shown once."""
    return re.search(r'class="secret mono"[^>]*>([^<]+)<', answer.text)[1]


def test_the_first_run_makes_the_pharmacist_in_charge_by_a_code_once():
    record = RecordForTests(people=False)
    window, code = record.window(), record.ground.accounts.new_code()
    assert window.get("/record/people").status_code == 503
    assert window.get("/record/setup").status_code == 200
    typed = {"code": code, "pharmacy": "Test Pharmacy", "name": "In Charge One", "initials": "IC", "license": "P-1"}
    secrets = {"password": OWN, "password_again": OWN}
    short = post(window, "/record/setup", {**typed, "password": "short", "password_again": "short"})
    assert short.status_code == 422
    assert "15 to 128 characters" in short.text
    assert all(value in short.text for value in typed.values())
    assert "short" not in short.text.replace("shorter", "")
    assert post(window, "/record/setup", {**typed, **secrets, "code": "AAAAA-BBBBB"}).status_code == 422
    done = post(window, "/record/setup", {**typed, **secrets, "code": code.lower()})
    assert done.status_code == 303
    assert [event.type for event in record.events()] == ["setting.changed", "person.added"]
    assert window.get("/record/me").headers["Location"].startswith("/record/certify")
    hidden = fields_of(window.get("/record/certify"))
    assert post(window, "/record/certify", hidden).status_code == 422
    assert post(window, "/record/certify", {**hidden, "accepted": "y"}).status_code == 303
    assert window.get("/record/me").status_code == 200
    assert record.ground.accounts.try_code("", code) == "ended"
    assert post(record.window(), "/record/setup", {**typed, **secrets}).headers["Location"] == "/record/sign-in"
    record.close()


def test_the_first_run_is_on_the_computer_itself_by_its_own_name(monkeypatch):
    monkeypatch.setenv("TRITURATE_HOSTS", "pharmacy.example")
    record = RecordForTests(people=False)
    code = record.ground.accounts.new_code()
    fields = {"code": code, "pharmacy": "T", "name": "I", "password": OWN, "password_again": OWN}
    elsewhere = [("192.0.2.7", "localhost"), ("127.0.0.1", "pharmacy.example"), ("192.0.2.7", "pharmacy.example")]
    for peer, host in (*elsewhere, ("", "localhost")):
        how = {"environ_base": {"REMOTE_ADDR": peer}, "headers": {"Host": host}}
        assert record.window().get("/record/setup", **how).status_code == 403, (peer, host)
        assert post(record.window(), "/record/setup", fields, **how).status_code == 403, (peer, host)
    assert record.events() == []
    for peer, host in (("127.0.0.1", "localhost"), ("::1", "[::1]"), ("127.0.0.1", "127.0.0.1:8000")):
        how = {"environ_base": {"REMOTE_ADDR": peer}, "headers": {"Host": host}}
        assert record.window().get("/record/setup", **how).status_code == 200, (peer, host)
    record.close()


def test_ten_wrong_codes_or_a_day_end_the_code():
    record = RecordForTests(people=False)
    window, accounts = record.window(), record.ground.accounts
    code = accounts.new_code()
    answers = [post(window, "/record/setup", {"code": "wrong"}).text for _ in range(10)]
    assert all("not the code" in text for text in answers[:9])
    assert "has ended" in answers[9]
    assert accounts.try_code("", code) == "ended"
    code = accounts.new_code()
    record.clock.on(hours=23, minutes=59)
    assert accounts.try_code("", code) == "right"
    record.clock.on(minutes=1)
    assert accounts.try_code("", code) == "ended"
    record.close()


def test_a_person_is_added_with_a_code_and_chooses_secrets_alone(shop, charge):
    added = send(charge, "/record/people/new", "PersonForm", name="Compounder Three", role="compounder", initials="C3")
    code = secret_on(added)
    window = shop.window()
    fields = {"name": "compounder three", "code": code, "password": OWN, "password_again": OWN, "pin": PIN}
    assert post(window, "/record/first-sign-in", {**fields, "code": "AAAAA"}).status_code == 422
    assert post(window, "/record/first-sign-in", {**fields, "pin_again": "730195"}).status_code == 422
    assert post(window, "/record/first-sign-in", {**fields, "pin_again": PIN}).status_code == 303
    assert post(shop.window(), "/record/first-sign-in", {**fields, "pin_again": PIN}).status_code == 422  # used
    hidden = fields_of(window.get("/record/certify"))
    assert post(window, "/record/certify", {**hidden, "accepted": "y"}).status_code == 303
    event = shop.events("person.added")[-1]
    assert event.signature.meaning.startswith("I manage people")
    assert (event.signature.method, event.by.name, event.session_of) == ("password", "In Charge One", "i1")
    assert code not in str(shop.events())


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "Fill this in."),
        ({"name": "compounder  one"}, "is here already"),
        ({"name": "a\u202eb"}, "cannot be seen"),
        ({"name": "N" * 61}, "At most 60 characters"),
        ({"role": ""}, "Fill this in."),
        ({"role": "system"}, "Choose one of the list"),
        ({"initials": "ABCDE"}, "At most 4 characters"),
        ({"secret": "gray boats at noon i2"}, "is not the PIN or password"),
        ({"secret": ""}, "Fill this in."),
        ({"secret": pin_of("i1")}, "needs the password"),
        ({"signer": "Nobody Here"}, "is not the PIN or password"),
    ],
)
def test_what_is_wrong_stands_at_its_field_with_what_was_typed_and_nothing_is_written(shop, charge, fields, said):
    before = shop.store.reading
    with before() as reading:
        head = reading.head()
    typed = {"name": "Somebody New", "role": "pharmacist", "initials": "SN", "license": "L-77", **fields}
    answer = send(charge, "/record/people/new", "PersonForm", **typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="L-77"' in answer.text
    assert "gray boats" not in answer.text
    with before() as reading:
        assert reading.head() == head
    shop.ground.accounts.unlock("i1")


def test_one_who_is_changed_or_closed_is_signed_out_at_once_and_keeps_the_name_of_the_day(shop, charge):
    window = shop.window("p2")
    page = "/record/people/p2"
    changed = send(
        charge, page, "ChangeForm", f"{page}/change", name="Pharmacist Two", role="auditor", reason="left the bench"
    )
    assert changed.status_code == 303
    assert "/record/sign-in" in window.get("/record/me").headers["Location"]
    window = shop.window("p2")
    closed = send(charge, page, "CloseForm", f"{page}/close", reason="moved away")
    assert closed.status_code == 303
    assert "/record/sign-in" in window.get("/record/me").headers["Location"]
    assert sign_in(shop.window(), "Pharmacist Two", password_of("p2")).status_code == 422
    again = (
        send(charge, page, "", f"{page}/close", reason="moved away") if "CloseForm" in charge.get(page).text else None
    )
    assert again is None
    data = shop.events("person.changed")[-1].data
    assert (data["old"]["role"], data["new"]["role"]) == ("pharmacist", "auditor")


def test_the_last_one_in_charge_can_neither_be_closed_nor_become_anything_else(shop, charge):
    page = "/record/people/i1"
    closed = send(charge, page, "CloseForm", f"{page}/close", reason="on holiday")
    changed = send(
        charge, page, "ChangeForm", f"{page}/change", name="In Charge One", role="pharmacist", reason="tired"
    )
    for answer in (closed, changed):
        assert answer.status_code == 422
        assert "Nobody else is pharmacist-in-charge" in answer.text


def test_a_device_is_enrolled_with_the_password_and_worth_nothing_when_removed(shop, charge):
    assert send(charge, "/record/devices", "EnrollForm", name="bench 7").status_code == 303
    assert charge.get_cookie(DEVICE, domain="localhost") is not None
    bench = shop.window()
    bench.set_cookie(DEVICE, charge.get_cookie(DEVICE, domain="localhost").value, domain="localhost")
    assert sign_in(bench, "Compounder One", pin_of("c1")).status_code == 303
    device = shop.events("device.enrolled")[-1].stream.partition(":")[2]
    assert send(charge, f"/record/devices/{device}", "ReasonForm", reason="broken").status_code == 303
    assert "/record/sign-in" in bench.get("/record/me").headers["Location"]
    assert sign_in(bench, "Compounder One", pin_of("c1")).status_code == 422


def test_a_key_is_shown_once_and_ends(shop, charge):
    hidden = fields_of(charge.get("/record/keys"), "KeyForm")
    fields = {**hidden, "signer": "In Charge One", "secret": password_of("i1"), "name": "dispensing", "acts": "read"}
    made = post(charge, "/record/keys", fields)
    secret, sessions = secret_on(made), shop.ground.sessions
    assert secret not in charge.get("/record/keys").text
    assert post(charge, "/record/keys", fields).status_code == 303  # sent again, it shows nothing more
    key = sessions.key_of(secret)
    assert shop.events("key.made")[-1].data == {"name": "dispensing", "acts": ["read"]}
    assert send(charge, f"/record/keys/{key}", "ReasonForm", reason="replaced").status_code == 303
    assert sessions.key_of(secret) is None
    assert "Ended" in charge.get("/record/keys").text


def test_a_setting_is_changed_with_a_reason_and_a_pin_is_refused_once_pins_are_off(shop, charge):
    bench = shop.window()
    shop.enroll(bench, "bench 8")
    address = "/record/settings/pins_allowed"
    assert send(charge, address, "SettingForm", value="no", reason="x").status_code == 422
    assert send(charge, address, "SettingForm", value="maybe", reason="a new rule").status_code == 422
    assert send(charge, address, "SettingForm", value="yes", reason="a new rule").status_code == 422
    assert send(charge, address, "SettingForm", value="no", reason="a new rule").status_code == 303
    assert sign_in(bench, "Compounder One", pin_of("c1")).status_code == 422
    assert send(charge, address, "SettingForm", value="yes", reason="an old rule").status_code == 303
    assert sign_in(bench, "Compounder One", pin_of("c1")).status_code == 303
    assert shop.events("setting.changed")[-1].data == {
        "name": "pins_allowed", "old": "no", "new": "yes", "reason": "an old rule"
    }  # fmt: skip


def test_new_secrets_end_every_session_but_the_one_here(shop):
    here, elsewhere = shop.window("c2"), shop.window("c2")
    before = here.get_cookie(SESSION, domain="localhost").value
    hidden = fields_of(here.get("/record/me"), "OwnForm")
    new = {"password": OWN, "password_again": OWN}
    assert post(here, "/record/me", {**hidden, **new, "secret": "not this one, no"}).status_code == 422
    assert post(here, "/record/me", {**hidden, **new, "secret": password_of("c2")}).status_code == 303
    assert here.get("/record/me").status_code == 200
    assert here.get_cookie(SESSION, domain="localhost").value != before
    assert "/record/sign-in" in elsewhere.get("/record/me").headers["Location"]
    assert sign_in(shop.window(), "Compounder Two", password_of("c2")).status_code == 422
    assert sign_in(shop.window(), "Compounder Two", OWN).status_code == 303


def test_the_log_is_filtered_and_says_head_and_last_verification(shop, charge):
    shop.append_site = None
    page = charge.get("/record/log", query_string={"person": "i1", "type": "person.added"})
    assert page.status_code == 200
    assert "Last entry of the record and its hash" in page.text
    assert "Never verified" in page.text
    assert "person:" not in words(soup(page).main)  # people are named, not numbered
    assert charge.get("/record/log", query_string={"day": "2030-01-01"}).text.count("<tr>") == 2
    lines = charge.get("/record/log.jsonl").text.splitlines()
    assert len(lines) == len(shop.events())
