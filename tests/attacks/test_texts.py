"""Texts that no well-behaved client sends: each is refused in words, none is a mistake of the program (F5 to F8, F14,
F15, F17).
"""

import io
import logging
import re

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from calc.cli.orders import BadOrders, reading
from calc.paper.code import pack
from calc.service.many import split
from calc.web.guard import MOST_QUERY
from tests.support.client import make_client, shared_app
from tests.support.papers import pages_of

HOSTS = ["a..b", ".a", "a" * 64, "[", "a b", "", "-", "xn--", "localhost\u00e9"]
#: Keys with half of a character of UTF-16, as JSON writes them, and the doors with a place for a key.
HALVES = [r"\ud800", r"\udfff", r"a\udc80b"]
DOORS = {
    "/api/v1/plan": ['{{"{0}": 1}}', '{{"source": {{"{0}": 1}}}}', '{{"acknowledgements": [{{"{0}": 1}}]}}'],
    "/api/v1/titration": ['{{"{0}": 1}}', '{{"schedule": [{{"{0}": 1}}]}}', '{{"order": {{"drug": {{"{0}": 1}}}}}}'],
    "/api/v1/check/weights": ['{{"{0}": 1}}', '{{"order": {{"syringes": [{{"{0}": 1}}]}}}}'],
    "/api/v1/check/uniformity": ['{{"{0}": 1}}', '{{"masses": [{{"{0}": 1}}]}}'],
}
SCANS = ["http://[", "http://a\u2100b/", "/PAPER/A/\u00e9", "//[::1", "/paper?fingerprint=%ff", "\ud800"]


@pytest.fixture
def client():
    return make_client()


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", ["/", "/x\nFAKE\x1b[31m", "/sheet.pdf", "/api/v1/plan", "/PAPER/A/B"])
def test_a_host_that_is_no_host_is_refused_and_nothing_of_it_is_logged(caplog, host, path):
    """Asked of the program itself: a client would not send such a name."""
    environ = EnvironBuilder(path=path).get_environ() | {"HTTP_HOST": host.encode().decode("latin-1")}
    with caplog.at_level(logging.INFO):
        body, status, headers = run_wsgi_app(shared_app(), environ)
    assert status == "400 BAD REQUEST"
    assert b"This program does not answer for that host" in b"".join(body)
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert caplog.records == []


@pytest.mark.parametrize("half", HALVES)
def test_a_name_with_half_a_character_is_refused_at_every_door(client, half):
    for path, bodies in DOORS.items():
        for body in bodies:
            answer = client.post(path, data=body.format(half), content_type="application/json")
            assert (answer.status_code, answer.json["code"]) == (400, "not_json"), (path, body)
            assert answer.json["detail"] == "A name in the body holds half a character (\\ud800 to \\udfff)."
    lines = f'{{"{half}": 1}}\n{{"dose": "4.5 mg", "quantity": 30}}\n'
    answer = client.post("/api/v1/plans", data=lines, content_type="application/x-ndjson")
    first, second = answer.text.splitlines()
    assert '"status":400,"code":"not_json"' in first
    assert '"plan":' in second


def test_a_whole_character_beyond_the_first_plane_is_a_name_like_any_other(client):
    """JSON writes it in two halves."""
    answer = client.post("/api/v1/plan", data=r'{"\ud83d\udc8a": 1}', content_type="application/json")
    assert answer.status_code == 422
    assert "unknown_field" in [fault["code"] for fault in answer.json["faults"]]


@pytest.mark.parametrize("name", ["", ".", "source.", ".dose"])
def test_a_name_of_nothing_is_an_unknown_field(client, name):
    """The program's own paths have points, and nothing for the order itself."""
    for path in ("/api/v1/plan", "/api/v1/titration"):
        answer = client.post(path, json={name: "4.5 mg", "dose": "4.5 mg", "quantity": 30})
        assert answer.status_code == 422
        assert "unknown_field" in [fault["code"] for fault in answer.json["faults"]]


@pytest.mark.parametrize("scan", SCANS)
def test_a_wrong_scan_is_told_as_one(client, scan):
    typed = scan.encode("utf-8", "surrogatepass")
    for answer in (client.post("/paper", data={"code": typed}), client.get("/paper", query_string={"code": typed})):
        assert answer.status_code == 422
    assert client.get("/PAPER/A/%C3%A9").status_code == 422


def test_a_packed_code_never_leads_to_an_address_that_is_too_long(client):
    """Written out, each of these letters takes three: so much is no order that was packed here."""
    packed = pack([("internal_number", "\u00e9".encode().decode("latin-1") * 1600)])
    assert len(packed) < 4096
    answer = client.get(f"/PAPER/AAAAAAAAAAAAAAAA/{packed}")
    assert answer.status_code == 422
    assert "Location" not in answer.headers
    short = client.get(f"/PAPER/AAAAAAAAAAAAAAAA/{pack([('dose', '4.5'), ('dose_unit', 'mg')])}")
    assert short.status_code in (302, 303, 307, 308)
    assert len(short.headers["Location"]) < MOST_QUERY


@pytest.mark.parametrize("head", [b"PK\x03\x04" + b"\0" * 100_000, b"a" * 70_000])
def test_a_table_whose_first_line_has_no_end_is_no_table(head):
    for body in (head, head + b"\ndose,quantity\n4.5 mg,30\n"):
        with pytest.raises(BadOrders, match="first line"):
            reading(split(iter([body])), "csv")


def test_a_column_cannot_steer_a_terminal():
    head = io.BytesIO(b"do\x1b[31mse\x1b]0;pwn\x07,q\xe2\x80\xaeuantity\n")
    with pytest.raises(BadOrders) as refused:
        reading(split(iter(head)), "csv")
    assert '"do[U+001B][31mse[U+001B]]0;pwn[U+0007]"' in str(refused.value)
    assert "[U+202E]" in str(refused.value)


def test_a_table_with_carriage_returns_for_line_ends_is_called_that():
    with pytest.raises(BadOrders, match="end in carriage returns alone"):
        reading(split(iter([b"dose,quantity\r4.5 mg,30\r"])), "csv")


def test_a_long_lot_copied_from_a_sheet_is_the_lot_that_was_typed(client):
    """It breaks anywhere in its column, by nothing that would be copied with it."""
    lot = "LOT-" + "8" * 36
    asked = {"dose": "4.5", "dose_unit": "mg", "quantity": "30", "source-lot": lot}
    text = "".join(pages_of(client.get("/sheet.pdf", query_string=asked, follow_redirects=True).data))
    assert lot in re.sub(r"\s", "", text)
    assert not re.search("[\u200b-\u200f\u2060\ufeff\u00ad]", text)
