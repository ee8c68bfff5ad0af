"""A test client of the program, and its two doors: the endpoint, which takes a JSON tree, and the page, a query."""

from datetime import date
from functools import cache
from urllib.parse import urlencode

from jinja2 import BytecodeCache

from calc.web.app import create_app
from tests.support.checked_client import CheckedClient
from tests.support.orders import GOOD

PLAN = "/api/v1/plan"
PROBLEM = "application/problem+json"


#: The day of all tests that name no other: papers past their date are refused, and the orders here have fixed dates.
TODAY = date(2026, 11, 24)


class Compiled(BytecodeCache):
    """Templates that one application has compiled, for all others of the same run."""

    def __init__(self):
        self.kept = {}

    def load_bytecode(self, bucket):
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket):
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def make_app():
    """A new application, for which it is always the same day."""
    app = create_app(today=lambda: TODAY)
    app.jinja_env.bytecode_cache = COMPILED
    return app


@cache
def shared_app():
    """The application of all tests that change nothing about it: its description and templates are written once."""
    return make_app()


def make_client(app=None):
    """A new client, of the shared application unless another is given; it looks at every answer that it fetches."""
    app = app or shared_app()
    return CheckedClient(app, app.response_class)


def ask_page(client, pairs, **how):
    """The page's answer to a query, after the one redirect to its canonical form where there is one."""
    page = "/liquid" if ("preparation", "liquid") in pairs else "/"
    answer = client.get(page, query_string=urlencode(pairs, errors="surrogatepass"), **how)
    if answer.status_code == 303:
        answer = client.get(answer.headers["Location"], **how)
    return answer


def ask_api(client, tree, **how):
    return client.post(PLAN, json=tree, **how)


def assert_still_good(client):
    """A good order is answered as ever, whatever came before it."""
    answer = ask_api(client, GOOD)
    assert answer.status_code == 200
    assert answer.get_json()["plan"]["portion"]["text"] == "0.432 g"
