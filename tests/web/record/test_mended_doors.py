"""Doors that stood open: a locked screen, a form sent a second time with another text, and what is kept meanwhile."""

import json

from sqlalchemy import select

from calc.store.tables import SESSION as SESSIONS
from calc.web.record.routes import RULES
from calc.web.record.session import SESSION
from tests.support.batches import ORDER, WEIGHED, controls, made, opened, record, send, signed, state_of, take_lots
from tests.support.record import password_of, post, sign_in

JUNK = {"signer": "x", "secret": "x"}


def locked(answer):
    """True if it leads to the page that asks for the secret."""
    return answer.status_code == 303 and answer.headers["Location"].startswith("/record/sign-in")


def test_a_locked_screen_writes_no_unsigned_form_whatever_is_sent_with_it(shop):
    window = shop.window("c1")
    number = opened(window)
    page = f"/record/batches/{number}"
    take_lots(window, number)
    record(window, number, {"bench-count_tablets": "4"})
    seq = shop.events("count.recorded")[-1].seq
    own = f"{page}/correct/{seq}"
    steps = controls(window.get(page), "StepsForm")
    mine = {**controls(window.get(own), "CorrectForm"), "field": "count", "new": "3", "reason": "misread"}
    before = len(shop.events())
    shop.clock.on(minutes=6)
    assert locked(post(window, own, {**mine, **JUNK}))
    assert locked(post(window, own, {**mine, **JUNK, "request": "none"}))
    assert locked(post(window, f"{page}/record", {**steps, **WEIGHED, **JUNK}))
    assert locked(window.get(page))
    assert len(shop.events()) == before
    assert state_of(shop, number).status.value == "open"
    sign_in(window, "Compounder One", password_of("c1"))
    assert 'value="0.480"' in window.get(page).text


def test_a_locked_screen_lets_by_the_forms_that_are_signed_and_no_other(shop):
    window = shop.window("i1")
    token = shop.ground.sessions.find(window.get_cookie(SESSION, domain="localhost").value).token
    shop.clock.on(minutes=6)
    signed = set()
    for rule in shop.app.url_map.iter_rules():
        asked = RULES.get(rule.endpoint)
        if asked is not None and asked.act is not None and "POST" in rule.methods:
            parts = dict.fromkeys(rule.arguments, "1")
            answer = post(window, rule.build(parts, append_unknown=False)[1], {"csrf_token": token, **JUNK})
            if not locked(answer):
                signed.add(rule.endpoint.removeprefix("record."))
    acts = {"made", "hold", "free", "reject", "cancel", "test", "dispense", "return", "destroy", "count"}
    pages = {"gap", "devices", "device_page", "keys", "key_page", "setting", "add_person", "change_person"}
    people = {"unlock_person", "close_person", "deviation", "release", "check"}
    assert {f"batch_{act}" for act in acts} | pages | people == signed


def test_a_dispensing_sent_again_with_another_reference_is_not_taken_for_a_repeat(shop):
    """Thirty are made and ten are given out, once."""
    window = shop.window("p1")
    number = made(shop.window("c1"), window, shop)
    page = f"/record/batches/{number}/dispense"
    typed = {**controls(window.get(page)), "amount": "10", "containers": "1", **signed("p1", "Pharmacist One")}
    assert post(window, page, {**typed, "reference": "RX-A"}).status_code == 303
    other = post(window, page, {**typed, "reference": "RX-B"})
    assert other.status_code == 422
    assert "sent before with something else" in other.text
    assert post(window, page, {**typed, "reference": " RX-A"}).status_code == 303
    assert len(shop.events("batch.dispensed")) == 1
    assert state_of(shop, number).on_hand.value == 20


def test_a_form_without_its_number_or_version_is_not_written(shop):
    """Neither is made up: sent twice by a client that leaves it out, a form would be written twice."""
    window = shop.window("c1")
    page = f"/record/batches/{opened(window)}"
    take_lots(window, page.rpartition("/")[2])
    form = {**controls(window.get(page), "StepsForm"), "bench-count_tablets": "3"}
    before = len(shop.events())
    for left_out, status in ("request", 422), ("version", 409):
        sent = {name: value for name, value in form.items() if name != left_out}
        assert post(window, f"{page}/record", sent).status_code == status
        assert post(window, f"{page}/record", {**form, left_out: "x"}).status_code == status
    assert len(shop.events()) == before
    assert post(window, f"{page}/record", form).status_code == 303


def test_a_label_is_printed_once_by_a_page_and_never_without_a_trace(record):
    window = record.window("p1")
    number = made(record.window("c1"), window, record)
    page, label = f"/record/batches/{number}/papers", f"/record/batches/{number}/label.pdf"
    typed = {**controls(window.get(page), "LabelForm"), "size": "4x2"}
    assert post(window, label, {**typed, "patient": "ALPHA"}).mimetype == "application/pdf"
    other = post(window, label, {**typed, "patient": "BETA"})
    assert (other.status_code, other.mimetype) == (422, "text/html")
    again = {**controls(other, "LabelForm"), "size": "4x2"}
    assert again["patient"] == "BETA"
    assert post(window, label, {**again, "reason": "first lost"}).mimetype == "application/pdf"
    assert [event.data["number"] for event in record.events("label.printed")] == [1, 1]
    send(window, f"/record/batches/{number}/reject", {"reason": "contaminated", **signed("p1", "Pharmacist One")})
    assert state_of(record, number).status.value == "rejected"
    assert post(window, label, {**typed, "patient": "ALPHA"}).mimetype == "text/html"
    assert len(record.events("label.printed")) == 2


def test_what_concerns_one_patient_is_not_kept_on_a_locked_screen(record):
    """Thirty minutes are let by, the thirty-first is not."""
    window, other = record.window("p1"), record.window("c1")
    number = made(other, window, record)
    page = f"/record/batches/{number}/dispense"
    marks = {"amount": "30", "reference": "RX-MARK-77", "answers-opioids": "ANSWER-MARK"}
    typed = {**controls(window.get(page)), **marks}
    record.clock.on(minutes=6)
    assert locked(post(window, page, typed))
    assert typed_before(record) == [("amount", "30")]
    record.clock.on(minutes=30)
    other.get("/record")
    assert typed_before(record) == [("amount", "30")]
    record.clock.on(minutes=1)
    other.get("/record")
    assert typed_before(record) == []
    assert b'["amount", "30"]' not in b"".join(path.read_bytes() for path in record.folder.iterdir() if path.is_file())


def test_whatever_a_form_holds_is_kept_on_a_locked_screen(record):
    """A body has 64 KiB at most; letters of other scripts take more room in it than in what is kept."""
    window = record.window("c1")
    number = opened(window)
    page = f"/record/batches/{number}"
    form = controls(window.get(page), "StepsForm")
    record.clock.on(minutes=6)
    typed = "0" * 40_000 + "\u00e9" * 3_500
    assert locked(post(window, f"{page}/record", {**form, "bench-all_tablets": typed}))
    sign_in(window, "Compounder One", password_of("c1"))
    assert typed in window.get(page).text


def test_a_batch_is_opened_after_the_screen_was_locked_by_a_short_address(record):
    window = record.window("c1")
    form = controls(window.get(f"/record/batches/new?{ORDER}"))
    record.clock.on(minutes=6)
    answer = post(window, "/record/batches/new", {**form, "container": "amber vial"})
    assert locked(answer)
    assert len(answer.headers["Location"]) < 100
    answer = sign_in(window, "Compounder One", password_of("c1"), next="/record/batches/new")
    again = controls(window.get("/record/batches/new"))
    assert {name: again[name] for name in ("query", "container")} == {"query": form["query"], "container": "amber vial"}
    assert post(window, "/record/batches/new", again).headers["Location"].startswith("/record/batches/2")


def typed_before(record):
    """What is kept of what was typed, but for what the page itself had sent."""
    with record.store.connection() as connection:
        kept = connection.execute(select(SESSIONS.c.kept).where(SESSIONS.c.kept.is_not(None))).scalars().all()
    pairs = [tuple(pair) for each in kept for pair in json.loads(each)["fields"]]
    return [(name, value) for name, value in pairs if value in {"30", "RX-MARK-77", "ANSWER-MARK"}]
