"""The record's endpoint: keys and what they may do, one write for one request, refusals that tell nothing."""

import hashlib
import json
from uuid import uuid4

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from calc.record.envelope import Draft
from calc.record.rights import Act
from calc.record.streams import SITE
from calc.web.openapi.record import ADDRESS, described
from tests.support.batch_by_acts import WORKED, BatchByActs, put
from tests.support.record import SAME_ORIGIN, RecordForTests

ALL = (Act.READ, Act.OPEN_BATCH, Act.DISPENSE)
PROBLEM = "application/problem+json"
BATCHES, HEAD, EVENTS = f"{ADDRESS}/batches", f"{ADDRESS}/head", f"{ADDRESS}/events"


@pytest.fixture(scope="module")
def record():
    made = RecordForTests()
    yield made
    made.close()


@pytest.fixture(scope="module")
def keys(record):
    """A key for each set of acts, as the header that brings it."""
    found = {}
    for number, acts in enumerate((ALL, (Act.READ,), (Act.OPEN_BATCH,))):
        data = {"name": f"system {number}", "acts": [act.value for act in acts]}
        record.append(Draft(f"key:k{number}", "key.made", data))
        found[acts] = {"Authorization": f"Bearer {record.ground.sessions.make_key(f'k{number}')}"}
    return found


def opened(record, header, request=None, **more):
    body = {"request": request or str(uuid4()), "order": WORKED, **more}
    return record.app.test_client().post(BATCHES, json=body, headers=header)


def refused(answer, status, kind):
    assert answer.status_code == status, answer.text
    assert answer.mimetype == PROBLEM
    assert answer.get_json()["type"] == f"/problems/{kind}"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.get_json()


def test_without_a_key_and_with_a_wrong_or_an_ended_one_it_is_401(record, keys):
    client = record.app.test_client()
    record.append(Draft("key:kx", "key.made", {"name": "ended", "acts": [Act.READ.value]}))
    secret = record.ground.sessions.make_key("kx")
    assert client.get(HEAD, headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    record.append(Draft("key:kx", "key.ended", {"reason": "not needed"}))
    for header in (
        {},
        {"Authorization": f"Bearer {secret}"},
        {"Authorization": "Bearer x"},
        {"Authorization": "Basic x"},
    ):
        for address in (HEAD, EVENTS, BATCHES, f"{BATCHES}/26-000001"):
            said = refused(client.get(address, headers=header), 401, "key")
            assert secret not in json.dumps(said)
        refused(client.post(BATCHES, json={}, headers=header), 401, "key")


@pytest.mark.parametrize("case", ["J025"])
def test_a_session_is_no_key(record, case):
    """J025 of the list of bad inputs: a valid session cookie, no key."""
    window = record.window("i1")
    assert window.get("/record/certify").status_code in (200, 303)
    refused(window.get(HEAD, headers=SAME_ORIGIN), 401, "key")


def test_a_key_does_only_what_it_was_made_for(record, keys):
    client = record.app.test_client()
    reads, opens = keys[(Act.READ,)], keys[(Act.OPEN_BATCH,)]
    assert client.get(BATCHES, headers=reads).status_code == 200
    refused(opened(record, reads), 403, "forbidden")
    refused(client.get(BATCHES, headers=opens), 403, "forbidden")
    body = {"request": str(uuid4()), "version": 1, "type": "batch.dispensed", "data": {"amount": "1"}}
    refused(client.post(f"{BATCHES}/26-000001/events", json=body, headers=keys[ALL]), 403, "forbidden")  # not set


def test_a_batch_is_opened_once_for_a_request_and_found_again(record, keys):
    header, request = keys[ALL], str(uuid4())
    first, again = opened(record, header, request), opened(record, header, request)
    assert first.status_code == again.status_code == 201, first.text
    assert first.get_json() == again.get_json()
    refused(opened(record, header, request, container="another"), 422, "request-reused")
    made = first.get_json()
    client = record.app.test_client()
    batch = client.get(f"{BATCHES}/{made['number']}", headers=header).get_json()
    assert batch["fingerprint"] == made["fingerprint"]
    assert batch["state"] == "open"
    assert [event["type"] for event in batch["events"]] == ["batch.opened", "batch.planned"]
    assert batch["events"][0]["by"]["role"] == "system"
    assert batch["signatures"] == []
    listed = client.get(BATCHES, headers=header).get_json()
    assert made["number"] in [row["number"] for row in listed["batches"]]
    assert client.get(f"{BATCHES}?state=released", headers=header).get_json()["batches"] == []
    refused(client.get(f"{BATCHES}?state=lost", headers=header), 422, "act")
    refused(client.get(f"{BATCHES}/26-999999", headers=header), 404, "not-found")


def test_no_answer_of_an_order_can_be_guessed_from_what_is_kept_of_its_request(record, keys):
    """The same request with another answer is its repeat, so that no digest has the answer in it."""
    request, header = str(uuid4()), keys[ALL]
    first = opened(record, header, request, order={**WORKED, "screening": {"opioids": "no"}})
    again = opened(record, header, request, order={**WORKED, "screening": {"opioids": "not asked"}})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json()["number"] == again.get_json()["number"]
    assert opened(record, header, request, order={**WORKED, "quantity": 31}).status_code == 422


def test_the_list_goes_on_behind_its_last_batch(record, keys):
    for _ in range(51):
        assert opened(record, keys[ALL]).status_code == 201
    client = record.app.test_client()
    first = client.get(BATCHES, headers=keys[ALL]).get_json()
    second = client.get(f"{BATCHES}?after={first['next']}", headers=keys[ALL]).get_json()
    numbers = [row["number"] for row in (*first["batches"], *second["batches"])]
    assert len(first["batches"]) == 50
    assert second["next"] is None
    assert numbers == sorted(set(numbers), reverse=True)


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"order": WORKED}, "required", "request"),
        ({"request": "1", "order": WORKED}, "no_request_number", "request"),
        ({"request": str(uuid4())}, "required", "order"),
        ({"request": str(uuid4()), "order": "x"}, "wrong_type", "order"),
        ({"request": str(uuid4()), "order": WORKED, "signature": "x"}, "unknown_field", "signature"),
        ({"request": str(uuid4()), "order": WORKED, "purpose": 3}, "wrong_type", "purpose"),
    ],
)
def test_a_body_that_is_not_understood_is_told_at_its_field(record, keys, body, code, field):
    answer = record.app.test_client().post(BATCHES, json=body, headers=keys[ALL])
    (fault,) = refused(answer, 422, "act")["faults"]
    assert (fault["code"], fault["field"]) == (code, field)
    assert fault["text"]


def test_an_order_that_cannot_be_planned_is_refused_as_by_the_endpoint_of_plans(record, keys):
    client, request = record.app.test_client(), str(uuid4())
    for order, kind in (({"dose": "4,5 mg", "quantity": 30}, "faults"), ({"dose": "450 mg", "quantity": 30}, "stops")):
        answer = client.post(BATCHES, json={"request": request, "order": order}, headers=keys[ALL])
        refused(answer, 422, kind)
    refused(client.post(BATCHES, data="{", content_type="application/json", headers=keys[ALL]), 400, "json")
    refused(client.post(BATCHES, data="a=1", headers=keys[ALL]), 415, "media-type")


@pytest.mark.parametrize(
    "order",
    [
        '{"dose": "4.5 mg", "quantity": 1e400}',
        '{"dose": 99999999999999999999, "quantity": 30}',
        '{"\\ud800": 1}',
        "{}",
        "[]",
    ],
)
def test_a_hostile_order_is_refused_at_its_field_and_opens_nothing(record, keys, order):
    before = len(record.events())
    body = f'{{"request": "{uuid4()}", "order": {order}}}'
    answer = record.app.test_client().post(BATCHES, data=body, content_type="application/json", headers=keys[ALL])
    assert answer.status_code in (400, 422), answer.text
    assert answer.mimetype == PROBLEM
    assert len(record.events()) == before
    for number in ("26-000001%00", "%F0%9F%92%A3", "..", "26-000001'--"):
        refused(record.app.test_client().get(f"{BATCHES}/{number}", headers=keys[ALL]), 404, "not-found")


def test_a_machine_never_signs_and_writes_on_no_old_version(record, keys):
    client, header = record.app.test_client(), keys[ALL]
    number = opened(record, header).get_json()["number"]
    address = f"{BATCHES}/{number}/events"
    old = {"name": "systems_dispense", "old": "no", "new": "yes", "reason": "set"}
    record.append(Draft(SITE, "setting.changed", old))
    for kind in ("batch.released", "check.made", "batch.made", "deviation.recorded", "amount.recorded"):
        body = {"request": str(uuid4()), "version": 2, "type": kind, "data": {}}
        said = refused(client.post(address, json=body, headers=header), 403, "forbidden")
        assert said["code"] == "signature_needs_a_person"
    for kind in ("batch.vanished", ["batch.dispensed"], {"batch.dispensed": 1}, 1):
        body = {"request": str(uuid4()), "version": 2, "type": kind, "data": {}}
        assert refused(client.post(address, json=body, headers=header), 422, "act")["faults"][0]["field"] == "type"
    body |= {"type": "batch.dispensed", "data": {"amount": "1", "reference": "RX-MARK-1"}}
    said = refused(client.post(address, json=body, headers=header), 422, "act")  # it is not released
    assert "RX-MARK-1" not in json.dumps(said)
    body |= {"version": 1}
    refused(client.post(address, json=body, headers=header), 409, "conflict")
    missing = client.post(f"{BATCHES}/26-999999/events", json=body, headers=header)
    refused(missing, 404, "not-found")


def test_every_event_can_be_hashed_again_by_who_has_only_the_lines(record, keys):
    client, header, before, seq = record.app.test_client(), keys[ALL], "0" * 64, 0
    while True:
        answer = client.get(f"{EVENTS}?after={seq}", headers=header)
        assert answer.mimetype == "application/x-ndjson"
        lines = answer.get_data(as_text=True).splitlines()
        if not lines:
            break
        for line in lines:
            told = json.loads(line)
            body = json.dumps(told["event"], sort_keys=True, separators=(",", ":"))
            assert hashlib.sha256(f"{before}\n{body}".encode()).hexdigest() == told["hash"]
            before, seq = told["hash"], seq + 1
            assert told["event"]["seq"] == seq
    head = client.get(HEAD, headers=header).get_json()
    assert (head["seq"], head["hash"]) == (seq, before)
    assert head["at"].endswith("Z")
    refused(client.get(f"{EVENTS}?after=-1", headers=header), 422, "act")


def test_the_description_is_valid_and_every_route_is_in_it(record):
    client = record.app.test_client()
    tree = client.get(f"{ADDRESS}/openapi.json").get_json()
    assert tree == described()
    OpenAPIV31SpecValidator(tree).validate()
    rules = [rule for rule in record.app.url_map.iter_rules() if rule.rule.startswith(ADDRESS)]
    routes = {
        (rule.rule.replace("<number>", "{number}"), method.lower())
        for rule in rules
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert routes == {(path, method) for path, methods in tree["paths"].items() for method in methods}
    assert ADDRESS not in client.get("/api/v1/openapi.json").get_data(as_text=True)


def test_without_a_record_to_open_every_address_says_what_helps(tmp_path):
    from calc.library import load
    from calc.service.answering import Service
    from calc.web.record.app import register
    from tests.support.client import TODAY, make_app

    app = make_app()
    register(app, Service(load(), lambda: TODAY), tmp_path / "nothing")
    answer = app.test_client().get(HEAD)
    said = refused(answer, 503, "not-set-up")
    assert "triturate" in said["detail"]
    assert answer.headers["Retry-After"]
    assert app.test_client().post("/api/v1/plan", json=WORKED).status_code == 200
    assert make_app().test_client().get(HEAD).status_code == 404


def test_a_system_dispenses_of_a_released_batch_unsigned_where_that_is_set(record, keys):
    """30 capsules were made: 10 given out leave 20, and 21 more are not there."""
    made = BatchByActs()
    made.number = "26-900001"
    put(record, made.play(slips=False))
    record.append(
        Draft(SITE, "setting.changed", {"name": "systems_dispense", "old": "no", "new": "yes", "reason": "x"})
    )
    client, header, address = record.app.test_client(), keys[ALL], f"{BATCHES}/26-900001"
    before = client.get(address, headers=header).get_json()
    assert (before["state"], before["on_hand"]) == ("released", "30 capsules")
    data = {"amount": "10", "unit": "capsules", "containers": "1", "reference": "RX-MARK-2"}
    body = {"request": str(uuid4()), "version": before["version"], "type": "batch.dispensed", "data": data}
    first, again = (client.post(f"{address}/events", json=body, headers=header) for _ in range(2))
    assert first.status_code == again.status_code == 201, first.text
    assert first.get_json() == again.get_json()
    other = {**body, "data": {**data, "reference": "RX-MARK-3"}}
    assert client.post(f"{address}/events", json=other, headers=header).status_code == 422
    after = client.get(address, headers=header)
    assert "RX-MARK-2" not in after.get_data(as_text=True)
    assert after.get_json()["on_hand"] == "20 capsules"
    event = after.get_json()["events"][-1]
    assert (event["type"], event["signature"], event["by"]["role"]) == ("batch.dispensed", None, "system")
    assert len(event["data"]["reference"]) == 64
    for amount, why in (("21", "not_enough"), ("1", "answers_needed")):  # a second patient's answers a system has not
        more = {**body, "request": str(uuid4()), "version": before["version"] + 1, "data": {**data, "amount": amount}}
        found = refused(client.post(f"{address}/events", json=more, headers=header), 422, "act")["faults"]
        assert [fault["code"] for fault in found] == [why]
    assert client.get(address, headers=header).get_json()["on_hand"] == "20 capsules"
    found = client.get(f"{BATCHES}?state=released", headers=header).get_json()["batches"]
    assert ("26-900001", "20 capsules") in [(row["number"], row["on_hand"]) for row in found]
