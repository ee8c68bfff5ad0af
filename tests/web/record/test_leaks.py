"""Marks as a reference, a patient and a remark: in no address, log, error page or answer, nor in the chain."""

import logging
from uuid import uuid4

import pytest

from calc.record.batch.acts import Dispense, Hold
from calc.record.envelope import Draft
from calc.record.rights import Act
from calc.web.openapi.record import ADDRESS
from calc.web.record import papers
from tests.support.batch_by_acts import NUMBER, PHARMACIST, played, put
from tests.support.record import ROLES, RecordForTests, fields_of, password_of, post, sign_in

REFERENCE, PATIENT, REMARK = "MARKREFERENCE77", "MARKPATIENT88", "MARKREMARK99"
BATCH = f"/record/batches/{NUMBER}"


@pytest.fixture(scope="module")
def record():
    made = RecordForTests()
    batch = played()
    batch.act(Dispense("10", "capsules", "1", REFERENCE), PHARMACIST, "I dispense this.")
    batch.act(Hold("other", REMARK), PHARMACIST, "I hold this batch.")
    put(made, batch)
    yield made
    made.close()


@pytest.fixture
def header(record):
    record.append(Draft(f"key:{(key := uuid4().hex)}", "key.made", {"name": key, "acts": [Act.READ.value]}))
    return {"Authorization": f"Bearer {record.ground.sessions.make_key(key)}"}


def addresses(record):
    """Every page of the record that is got, for the one batch that there is."""
    parts = {"number": NUMBER, "point": "release", "seq": "3", "person": "c1", "device": "d1", "key": "k1"}
    for rule in record.app.url_map.iter_rules():
        if rule.rule.startswith("/record") and "GET" in rule.methods:
            yield rule.rule, {name: parts.get(name, "x") for name in rule.arguments}


def test_who_may_read_a_batch_finds_no_reference_and_no_patient_in_any_page_or_answer(record, header, caplog):
    caplog.set_level(logging.DEBUG)
    seen = 0
    for person in ("c1", "p1", "i1", "a1"):
        window = record.window(person)
        for rule, parts in addresses(record):
            address = rule
            for name, value in parts.items():
                address = address.replace(f"<{name}>", value).replace(f"<path:{name}>", value)
            answer = window.get(address)
            assert answer.status_code < 500, address
            told = f"{answer.headers}{answer.get_data().decode('latin-1')}"
            assert REFERENCE not in told or person in ("p1", "i1"), address  # who may read references
            assert REMARK not in f"{answer.headers}", address
            seen += 1
    client = record.app.test_client()
    for address in (f"{ADDRESS}/batches", f"{ADDRESS}/batches/{NUMBER}", f"{ADDRESS}/events", f"{ADDRESS}/head"):
        answer = client.get(address, headers=header)
        assert answer.status_code == 200
        assert REFERENCE not in answer.get_data(as_text=True)
        assert answer.headers["Cache-Control"] == "no-store"
    assert seen >= 24
    assert not any(mark in caplog.text for mark in (REFERENCE, PATIENT, REMARK))
    with record.store.reading() as reading:
        assert not any(REFERENCE in str(event.envelope()) for event in reading.log(limit=10_000))


def test_a_patient_on_a_label_is_in_no_file_log_address_or_error_page(record, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    window = record.window("p1")

    def label(**fields):
        form = fields_of(window.get(f"{BATCH}/papers"), "LabelForm")
        return post(window, f"{BATCH}/label.pdf", {**form, "size": "4x2", "patient": PATIENT, **fields})

    refused = label()  # a batch that is held has no label
    assert refused.status_code == 422
    assert "Location" not in refused.headers
    lost = record.app.test_client()  # without a session nothing is kept of what was typed
    answer = post(lost, f"{BATCH}/label.pdf", {"patient": PATIENT})
    assert answer.status_code == 303
    assert PATIENT not in answer.headers["Location"]

    def mistaken(*_):
        raise ValueError(PATIENT)

    monkeypatch.setattr(papers, "label_of_batch", mistaken)
    failed = label()
    assert failed.status_code == 500
    assert PATIENT not in failed.get_data(as_text=True)
    assert "ValueError" in caplog.text
    assert PATIENT not in caplog.text
    files = b"".join(path.read_bytes() for path in record.folder.rglob("*") if path.is_file())
    assert PATIENT.encode() not in files
    assert files.count(REFERENCE.encode()) == 1  # beside the chain, from where it can be removed


def test_what_was_typed_for_a_patient_is_not_kept_when_the_screen_was_locked(record):
    window = record.window("c2")
    form = fields_of(window.get(f"{BATCH}/papers"), "LabelForm")
    record.clock.on(minutes=6)
    fields = {**form, "size": "62x29", "reason": "first lost", "patient": PATIENT}
    answer = post(window, f"{BATCH}/label.pdf", fields)
    assert answer.status_code == 303
    assert "/record/sign-in" in answer.headers["Location"]
    sign_in(window, ROLES["c2"][0], password_of("c2"))
    page = window.get(f"{BATCH}/papers").get_data(as_text=True)
    assert '<option value="first lost" selected>' in page  # what is no patient's is there again
    assert PATIENT not in page
