"""`POST /api/v1/plans`: each line its own answer or refusal, in order, whatever the others are, in flat memory."""

import http.client
import json
import re
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.limits.server import BODIES_AT_ONCE
from calc.service.many import LONGEST_LINE, MOST_LINES, Line, split
from calc.service.preparations import CAPSULES
from calc.web.api.many import MEDIA_TYPE
from calc.web.guard import PLANS, most_of
from tests.support.client import PLAN, PROBLEM, make_app, make_client
from tests.support.mistakes import plan_by
from tests.support.orders import GOOD, changed
from tests.support.schemas import validate
from tests.web.test_serving import start

CLIENT = make_client()
GOOD_LINE = json.dumps(GOOD).encode()


def post(body, client=CLIENT):
    return client.post(PLANS, data=body, content_type=MEDIA_TYPE)


def answers_to(body):
    answer = post(body)
    assert (answer.status_code, answer.content_type) == (200, MEDIA_TYPE)
    data = answer.get_data()
    assert data == b"" or data.endswith(b"\n")
    return [json.loads(line) for line in data.splitlines()]


@given(st.lists(st.binary(max_size=9).map(lambda text: text.replace(b"\n", b"")), max_size=6), st.integers(1, 8))
def test_lines_are_those_of_the_text_however_it_is_cut_into_chunks(texts, size):
    body = b"".join(text + b"\n" for text in texts)
    chunks = [body[at : at + size] for at in range(0, len(body), size)]
    expected = [Line(number, text if len(text) <= 6 else None) for number, text in enumerate(texts, start=1)]
    assert list(split(chunks, longest=6)) == expected


def test_a_last_line_without_an_end_is_a_line():
    assert [line.text for line in split([b"a\nb"])] == [b"a", b"b"]


def test_each_line_is_answered_byte_for_byte_as_the_endpoint_of_one_order_does():
    orders = [GOOD, changed(GOOD, {"dose": "3 mg"}), changed(GOOD, {"quantity": 60, "source.tablets_weighed": 6})]
    body = b"".join(json.dumps(order).encode() + b"\n" for order in orders)
    singly = [CLIENT.post(PLAN, json=order).get_data() for order in orders]
    assert post(body).get_data().split(b"\n") == [*singly, b""]


BAD_LINES = [
    (b"{", "json", 400, "not_json"),
    (b'{"dose":"4.5 mg","dose":"45 mg","quantity":30}', "json", 400, "duplicate_key"),
    (b"\xff", "json", 400, "not_utf8"),
    (b"[" * 11 + b"]" * 11, "json", 400, "too_deep"),
    (GOOD_LINE + GOOD_LINE, "json", 400, "not_json"),
    (b"{}", "faults", 422, None),
    (b"null", "faults", 422, None),
    (b'"\\ud800"', "faults", 422, None),
    (b'{"dose":"450 mg","quantity":30}', "stops", 422, None),
    (b" " * LONGEST_LINE + b"1", "too-large", 413, None),
    (GOOD_LINE.ljust(LONGEST_LINE + 1), "too-large", 413, None),
]


@pytest.mark.parametrize(("bad", "kind", "status", "code"), BAD_LINES)
def test_a_bad_line_is_refused_with_its_number_and_stops_nothing(bad, kind, status, code):
    before, refused, after = answers_to(b"\n".join((GOOD_LINE, bad, GOOD_LINE)))
    assert before["plan"]["portion"]["text"] == after["plan"]["portion"]["text"] == "0.432 g"
    validate("problem.schema.json", refused)
    assert (refused["type"], refused["status"], refused["line"]) == (f"/problems/{kind}", status, 2)
    assert refused.get("code") == code
    assert not {"plan", "order", "fingerprint"} & refused.keys()


@settings(max_examples=50)
@given(st.lists(st.binary(max_size=40) | st.sampled_from([bad for bad, *_ in BAD_LINES]), max_size=5))
def test_lines_of_any_bytes_are_answered_each_by_its_number(texts):
    lines = b"\n".join(texts).split(b"\n")
    wanted = [number for number, text in enumerate(lines, start=1) if text.strip(b" \t\r")]
    found = answers_to(b"\n".join(lines))
    assert [one.get("line") for one in found] == wanted
    for one in found:
        validate("problem.schema.json", one)


def test_all_bad_lines_together_are_refused_each_by_its_own_number():
    found = answers_to(b"\n".join(bad for bad, *_ in BAD_LINES))
    assert [(one["line"], one["type"].rpartition("/")[2]) for one in found] == [
        (number, kind) for number, (_, kind, _, _) in enumerate(BAD_LINES, start=1)
    ]


def test_blank_lines_are_passed_over_and_counted_and_both_line_ends_are_taken():
    found = answers_to(b"\n  \t\r\n" + GOOD_LINE + b"\r\n\n{\n")
    assert [one.get("line") for one in found] == [None, 5]
    assert found[0]["plan"]["portion"]["text"] == "0.432 g"


def test_the_longest_line_that_is_taken_is_read():
    (found,) = answers_to(GOOD_LINE.ljust(LONGEST_LINE))
    assert found["plan"]["portion"]["text"] == "0.432 g"


def test_an_empty_body_has_no_answers():
    assert answers_to(b"") == []


def test_the_line_after_the_last_that_is_read_says_so_and_ends_the_answer():
    found = answers_to(b"\n" * (MOST_LINES - 1) + b"{\n{\n{\n")
    assert [(one["line"], one["type"]) for one in found] == [
        (MOST_LINES, "/problems/json"),
        (MOST_LINES + 1, "/problems/too-large"),
    ]


def test_our_own_mistake_on_one_line_is_numbered_and_stops_no_other(monkeypatch, caplog):
    real = CAPSULES.plan

    def mistaken(order, library):
        if order.quantity == 31:
            raise RuntimeError("secret-marker")
        return real(order, library)

    plan_by(monkeypatch, mistaken)
    odd = json.dumps(changed(GOOD, {"quantity": 31})).encode()
    before, wrong, after = answers_to(b"\n".join((GOOD_LINE, odd, GOOD_LINE)))
    assert before == after
    assert (wrong["type"], wrong["status"], wrong["line"]) == ("/problems/unexpected", 500, 2)
    assert re.search(r"number [0-9a-f]{8}", wrong["detail"])
    assert "secret-marker" not in json.dumps(wrong) + caplog.text


def test_too_many_at_once_are_told_to_come_again_and_room_comes_back():
    client = make_app().test_client()
    at_work = [post(GOOD_LINE, client) for _ in range(BODIES_AT_ONCE)]  # answers that nobody has read yet
    refused = post(GOOD_LINE, client)
    assert (refused.status_code, refused.mimetype, refused.headers["Retry-After"]) == (503, PROBLEM, "1")
    assert refused.get_json()["type"] == "/problems/busy"
    assert client.post(PLAN, json=GOOD).status_code == 200
    at_work[0].close()
    assert post(GOOD_LINE, client).status_code == 200


class Body:
    """A body that is made while it is read, so that it takes no memory itself."""

    def __init__(self, line, count):
        self.line, self.left = line, count

    def read(self, size=-1):
        count = min(self.left, max(size // len(self.line), 1))
        self.left -= count
        return self.line * count


def peak(count):
    """The most bytes that Python held at once while so many lines were answered, and the bytes of the answers."""
    app = make_app()
    body = Body(GOOD_LINE + b"\n", count)
    environment = {"wsgi.input": body, "wsgi.input_terminated": True, "CONTENT_TYPE": MEDIA_TYPE}
    answer = app.test_client().post(PLANS, environ_overrides=environment, buffered=False)
    first = next(pieces := answer.iter_encoded())
    tracemalloc.start()
    length = len(first) + sum(map(len, pieces))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    answer.close()
    return most, length


def test_memory_does_not_grow_with_the_number_of_lines():
    few, length_of_few = peak(8)
    many, length_of_many = peak(80)
    assert length_of_many == 10 * length_of_few > 1_000_000
    assert many < few + 200_000


@pytest.fixture
def server():
    process, port = start()
    yield process, port
    process.kill()
    process.communicate()


def most_held(process):
    """The most memory that a process has held at once, in bytes (Linux)."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory of another process is read in /proc")
@pytest.mark.parametrize("chunked", [False, True])
def test_the_server_holds_a_large_body_on_disk(server, chunked):
    process, port = server
    line = GOOD_LINE.ljust(LONGEST_LINE + 9) + b"\n"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(count):
        body = (line for _ in range(count)) if chunked else line * count
        headers = {"Content-Type": MEDIA_TYPE}
        connection.request("POST", PLANS, body, headers, encode_chunked=chunked)
        answer = connection.getresponse()
        return answer.status, [json.loads(text)["line"] for text in answer.read().splitlines()]

    assert ask(10) == (200, list(range(1, 11)))
    before = most_held(process)
    most = most_of(PLANS) // len(line)
    assert ask(most) == (200, list(range(1, most + 1)))
    assert most_held(process) - before < most_of(PLANS) // 4
    connection.close()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory of another process is read in /proc")
def test_the_server_holds_little_of_a_long_answer(server):
    process, port = server
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(count):
        connection.request("POST", PLANS, (GOOD_LINE + b"\n") * count, {"Content-Type": MEDIA_TYPE})
        answer = connection.getresponse()
        length = 0
        while piece := answer.read(1 << 16):
            length += len(piece)
        return length

    ask(20)
    before = most_held(process)
    assert ask(800) > 12_000_000
    assert most_held(process) - before < 6_000_000
    connection.close()


@pytest.mark.parametrize(("path", "length"), [(PLANS, most_of(PLANS) + 1), (PLANS, most_of(PLANS) * 2), (PLAN, 2**21)])
def test_a_body_beyond_all_limits_is_refused_in_the_one_shape_before_it_is_sent(server, path, length):
    connection = http.client.HTTPConnection("127.0.0.1", server[1], timeout=20)
    connection.putrequest("POST", path)
    for name, value in (("Content-Type", MEDIA_TYPE), ("Content-Length", str(length)), ("Expect", "100-continue")):
        connection.putheader(name, value)
    connection.endheaders()
    if length <= most_of(path) + 2**20:  # near the limit the program itself looks at it
        connection.send(b" " * length)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    assert (answer.status, answer.getheader("Content-Type")) == (413, PROBLEM)
    validate("problem.schema.json", json.loads(body))


def test_an_answer_leaves_while_later_lines_are_worked_out(server):
    """The first answers are here before the last line is: the connection is closed with most of them not worked out."""
    port = server[1]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", PLANS, (GOOD_LINE + b"\n") * MOST_LINES, {"Content-Type": MEDIA_TYPE})
    answer = connection.getresponse()
    assert json.loads(answer.readline())["plan"]["portion"]["text"] == "0.432 g"
    connection.close()
    other = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    other.request("POST", PLANS, GOOD_LINE, {"Content-Type": MEDIA_TYPE})
    assert other.getresponse().status == 200
    other.close()
