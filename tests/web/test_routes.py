"""Every route there is, walked from the application's own table: its headers, its limits, what it leaves unsaid."""

from urllib.parse import urlencode

import pytest

from calc.web.face import A_YEAR
from calc.web.guard import HEADERS, MOST_BODY, MOST_QUERY, most_of
from tests.support.checked_client import check_headers
from tests.support.client import shared_app
from tests.support.orders import GOOD, changed
from tests.support.queries import as_query

CLIENT = shared_app().test_client()  # HEAD has no body to look at, and our usual client looks

RULES = list(CLIENT.application.url_map.iter_rules())
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
QUERY = urlencode(as_query(GOOD))
#: What fills the one place of a route that is not fixed.
PARTS = {"name": "naltrexone", "filename": "style.css", "fingerprint": "AAAAAAAAAAAAAAAA", "packed": "AAAA"}
PARTS["key"] = "pub:amlodipine-1-mc-syrup"


def path_of(rule):
    """An address of a route."""
    return CLIENT.application.url_map.bind("localhost").build(
        rule.endpoint, {name: PARTS[name] for name in rule.arguments}, append_unknown=False
    )


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_every_route_answers_every_method_with_all_headers_and_no_mistake_of_ours(rule):
    for method in METHODS:
        for query in ("", QUERY, "dose=x", "a=" + "9" * MOST_QUERY):
            answer = CLIENT.open(path_of(rule), method=method, query_string=query)
            answer.close()
            check_headers(answer)
            assert answer.status_code < 500, (method, query)
            if method not in rule.methods:
                assert answer.status_code in (405, 414), (method, query)


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_every_route_refuses_a_host_that_is_not_ours_a_long_query_and_a_large_body(rule):
    method = "POST" if "POST" in rule.methods else "GET"
    ask = lambda **how: CLIENT.open(path_of(rule), method=method, **how)  # noqa: E731
    assert ask(headers={"Host": "else.example"}).status_code == 400
    assert ask(query_string="a=" + "9" * MOST_QUERY).status_code == 414
    assert ask(data=b" " * (most_of(rule.rule) + 1), content_type="application/json").status_code == 413


def test_what_no_route_takes_has_the_same_headers():
    for path in ("/nothing", "/api/nothing", "/api/v1/nothing", "/static/nothing", "/static/../app.py", "//", "/%00"):
        answer = CLIENT.get(path)
        check_headers(answer)
        assert answer.status_code in (308, 404), path


def test_only_the_static_files_may_be_kept_by_a_browser():
    for rule in RULES:
        answer = CLIENT.get(path_of(rule))
        answer.close()
        kept = answer.headers["Cache-Control"]
        wanted = {"static": "no-cache", "face": A_YEAR}.get(rule.endpoint.partition(".")[0], HEADERS["Cache-Control"])
        assert kept == wanted, rule


def test_the_largest_body_that_is_taken_is_read_and_one_byte_more_is_not():
    body = b'{"dose": "4.5 mg", "quantity": 30' + b" " * MOST_BODY
    for length, status in ((MOST_BODY, 200), (MOST_BODY + 1, 413)):
        sent = body[: length - 1] + b"}"
        assert CLIENT.post("/api/v1/plan", data=sent, content_type="application/json").status_code == status


def test_the_largest_order_is_answered_whole():
    """Every text as long as it may be, and as many capsules as need no reason."""
    long = "W" * 40
    texts = ("internal_number", "source.maker", "source.ndc", "source.lot", "capsule.lot", "diluent.lot")
    most = {"quantity": 300, "source.tablets_weighed": 30, "source.total_mass": "4.8 g"}
    tree = changed(GOOD, dict.fromkeys(texts, long) | most)
    assert CLIENT.post("/api/v1/plan", json=tree).status_code == 200
    assert CLIENT.get("/", query_string=urlencode(as_query(tree))).status_code == 200
