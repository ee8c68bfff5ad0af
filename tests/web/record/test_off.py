"""Without a record the program is what it was; with one a page has one link and a plan one button more."""

import difflib
import re
import subprocess
import sys
from urllib.parse import urlencode

import pytest

from tests.browser.states import STATES
from tests.casebook.compare import cases
from tests.support.client import PLAN, make_app
from tests.support.orders import GOOD
from tests.support.places import ROOT
from tests.support.queries import as_query
from tests.support.record import RecordForTests

#: What an application without a record must not have looked at.
BELONGS = ("sqlalchemy", "alembic", "argon2", "calc.store", "calc.record", "calc.web.record")
_ASKS = """
import sys
from calc.web.app import create_app
client = create_app().test_client()
assert client.get("/").status_code == 200
assert client.get("/paper?plan=ABCDABCDABCDABCD&batch=26-000001").status_code == 200
print(sorted(name for name in sys.modules if name.startswith({names!r})))
"""
#: What a record adds to a page: the link in its head, the button beside the papers of a plan.
LINK = re.compile(r'<li><a href="/record">Batches</a></li>')
BUTTON = re.compile(r'<a class="button" href="/record/batches/new\?[^"]*">[^<]+</a>')


@pytest.fixture(scope="module")
def both():
    record = RecordForTests(people=False)
    yield make_app().test_client(), record.app.test_client()
    record.close()


def test_nothing_of_the_record_is_imported_without_one():
    asked = _ASKS.format(names=BELONGS)
    told = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


def added(off, on):
    """The lines that a page has more with a record; none may be gone."""
    lines = list(difflib.ndiff(off.splitlines(), on.splitlines()))
    assert [line for line in lines if line.startswith("- ")] == []
    return [line[2:].strip() for line in lines if line.startswith("+ ") and line[2:].strip()]


def seen(client, path, **how):
    answer = client.get(path, follow_redirects=True, **how)
    assert "Set-Cookie" not in answer.headers
    return answer


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_page_has_the_link_a_plan_the_button_and_neither_a_cookie(both, state):
    off, on = (seen(client, state.path) for client in both)
    assert off.status_code == on.status_code
    assert 'href="/record' not in off.get_data(as_text=True)
    more = added(off.get_data(as_text=True), on.get_data(as_text=True))
    link = [line for line in more if LINK.fullmatch(line)]
    buttons = [line for line in more if BUTTON.fullmatch(line)]
    assert len(link) == 1
    assert len(buttons) <= 1
    assert len(more) == len(link) + len(buttons), more
    assert dict(off.headers).keys() == dict(on.headers).keys()


def test_answers_papers_and_descriptions_are_the_same_bytes(both):
    trees = [case["order"] for case in cases() if isinstance(case["order"], dict)][::9]
    off, on = both
    for tree in (GOOD, *trees):
        assert off.post(PLAN, json=tree).get_data() == on.post(PLAN, json=tree).get_data()
    query = urlencode([*as_query(GOOD), ("paper", "letter")])
    for path in (f"/sheet.pdf?{query}", "/api/v1/openapi.json", "/healthz", "/readyz"):
        assert seen(off, path).get_data() == seen(on, path).get_data(), path
    assert [client.get("/nothing").status_code for client in both] == [404, 404]
