"""The log as JSON lines: sent page by page, so that nobody waits for whoever downloads it."""

import json
from hashlib import sha256

from calc.record.envelope import Draft
from calc.record.rights import Act
from calc.web.openapi.record import ADDRESS
from tests.support.batches import due

LOCKED = {"door": "pin", "failures": 5, "shut": False}


def grow(record, number):
    """Write so many events."""
    record.append(*(Draft("person:c2", "person.locked", LOCKED) for _ in range(number)))


def seqs(body):
    """The sequences of a download, whose hashes are a chain."""
    events, head = [], "0" * 64
    for line in body.splitlines():
        found, _, text = line.partition('","event":')
        head = sha256(f"{head}\n{text[:-1]}".encode()).hexdigest()
        assert found == f'{{"hash":"{head}'
        events.append(json.loads(text[:-1])["seq"])
    return events


def test_the_log_is_sent_in_pages_and_others_write_between_them(record):
    grow(record, 450)
    window = record.window("a1")
    pages = window.get("/record/log.jsonl").iter_encoded()
    first = next(pages)
    grow(record, 1)  # nothing is held while the client takes its time
    assert first.count(b"\n") == 200
    body = (first + b"".join(pages)).decode()
    with record.store.reading() as reading:
        assert seqs(body) == list(range(1, reading.head().seq + 1))


def test_a_batch_that_is_hidden_ends_the_log_on_its_second_page(record):
    """An auditor checks nothing, and is sent all of it."""
    grow(record, 300)
    number = due(record.window("c1"))
    opened = next(event.seq for event in record.events() if event.stream == f"batch:{number}")
    assert opened > 300
    whole = list(range(1, record.events()[-1].seq + 1))
    assert seqs(record.window("p1").get("/record/log.jsonl").text) == whole[: opened - 1]
    assert seqs(record.window("a1").get("/record/log.jsonl").text) == whole


def test_what_was_found_is_counted_over_several_pages(record):
    """Of 600 deviations none is counted twice or left out."""
    number = due(record.window("c1"))
    data = {"step": "dose", "reason": "spilled", "text": "", "effect": None, "signs": None}
    for _ in range(3):
        record.append(*(Draft(f"batch:{number}", "deviation.recorded", data) for _ in range(200)))
    assert ">600<" in record.window("a1").get("/record/findings").text


def test_another_system_is_sent_pages_too(record):
    grow(record, 450)
    record.append(Draft("key:k1", "key.made", {"name": "system one", "acts": [Act.READ.value]}))
    header = {"Authorization": f"Bearer {record.ground.sessions.make_key('k1')}"}
    answer = record.app.test_client().get(f"{ADDRESS}/events", headers=header)
    pages = list(answer.iter_encoded())
    assert len(pages) == 3
    assert seqs(b"".join(pages).decode()) == [event.seq for event in record.events()]
