"""The cases of `tests/data/use`: an input, the door that it is brought to, and what must hold of the answer.

A file is `{"cases": [...]}`, a case `{"id", "rule", "kind", "door", "input", "right"}` and, where it matters, `today`
(the server's date, otherwise that of the cases' first day) and `encoding` (of a text that is sent as bytes). `right`
holds any of the conditions of `CONDITIONS`; all of them must hold. A name that is not known here is refused, so that no
case passes by a slip of the pen.

The doors and their inputs:

- `plan`, `titration`: the JSON tree of the body, or its text.
- `many`: the text of the body, or a list of JSON trees, one a line.
- `weights`, `uniformity`: the JSON tree of a check, or its text.
- `page`, `paper`: `{"at": path}` with `"order": tree`, which is written as a query, or `"query": text`; `"bench"` holds
  what is typed at the bench, by the names of its boxes without their common beginning. One redirect is followed unless
  the case itself asks for 303. The text of a paper is that of its pages, of a
  sheet with its annex.
- `cli`: `{"file": text}` (its `"name"` is orders.csv by default) and `"options": [...]`, all after `triturate plan`.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from urllib.parse import urlencode

from calc.__main__ import main
from calc.cli import command
from calc.service.chosen import value_at
from calc.web.app import create_app
from tests.support.client import PLAN, make_client
from tests.support.pages import page_faults, plain_text, read_page, says_fault
from tests.support.papers import squeezed, text_of_pdf
from tests.support.places import DATA
from tests.support.queries import as_query

USUAL_DAY = "2026-11-29"
JSON_DOORS = {
    "plan": PLAN,
    "titration": "/api/v1/titration",
    "weights": "/api/v1/check/weights",
    "uniformity": "/api/v1/check/uniformity",
}
NAMES = {"id", "rule", "kind", "door", "input", "right", "today", "encoding"}


def cases():
    """Every case of every file, with the name of its file."""
    for path in sorted((DATA / "use").glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
            yield path.stem, case


@dataclass
class Got:
    """An answer, whatever the door: its status (the exit code of a command), its text, and its JSON."""

    status: int
    text: str
    tree: object = None
    lines: list = field(default_factory=list)
    location: str = ""
    #: What a command told on standard error.
    told: str = ""
    #: A page's faults, each with the id of its field.
    summary: list | None = None


@cache
def client(day):
    """A client of an application whose date is `day`; it looks at every answer that it fetches."""
    return make_client(create_app(today=lambda: date.fromisoformat(day)))


def bring(case, folder, capture, monkeypatch):
    """Bring the input of a case to its door, and return what came out. The last three are fixtures of pytest."""
    day, door, given = case.get("today", USUAL_DAY), case["door"], case["input"]
    encoding = case.get("encoding", "utf-8")
    if door in JSON_DOORS:
        body = given if isinstance(given, str) else json.dumps(given)
        answer = client(day).post(JSON_DOORS[door], data=body.encode(encoding), content_type="application/json")
        return Got(answer.status_code, answer.text, json.loads(answer.data))
    if door == "many":
        body = given if isinstance(given, str) else "".join(f"{json.dumps(tree)}\n" for tree in given)
        answer = client(day).post(
            "/api/v1/plans", data=body.encode(encoding), content_type="application/x-ndjson", buffered=True
        )
        return Got(answer.status_code, answer.text, lines=[json.loads(line) for line in answer.text.splitlines()])
    if door == "cli":
        return _run(given, encoding, day, folder, capture, monkeypatch)
    query = given["query"] if "query" in given else urlencode(as_query(given.get("order", {})))
    query += "".join(f"&{urlencode([(f'bench-{name}', text)])}" for name, text in given.get("bench", {}).items())
    follow = case["right"].get("status") != 303
    annex = "&annex=yes" if follow and given["at"].endswith("/sheet.pdf") else ""
    return _fetched(client(day), f"{given['at']}?{query}{annex}", follow)


def _fetched(visitor, address, follow):
    answer = visitor.get(address)
    if answer.status_code == 303 and follow:
        answer = visitor.get(answer.headers["Location"])
    got = Got(answer.status_code, "", location=answer.headers.get("Location", ""))
    if answer.mimetype == "application/pdf":
        got.text = text_of_pdf(answer.data)
    elif answer.mimetype == "text/html":
        got.text, got.summary = plain_text(answer), page_faults(read_page(answer, {"summary"}))
    return got


def _run(given, encoding, day, folder, capture, monkeypatch):
    monkeypatch.setattr(command, "today", lambda: date.fromisoformat(day))
    options = [*given.get("options", ())]
    if "file" in given:
        path = folder / given.get("name", "orders.csv")
        path.write_bytes(given["file"].encode(encoding))
        options = [str(path), *options]
    capture.readouterr()
    try:
        code = main(["plan", *options])
    except SystemExit as ended:
        code = ended.code
    out, told = (part.decode("utf-8") for part in capture.readouterr())
    if out.startswith("{") and not out.startswith("{\n"):
        return Got(code, out, lines=[json.loads(line) for line in out.splitlines()], told=told)
    return Got(code, out, json.loads(out) if out.startswith("{") else None, told=told)


def _codes(got, name):
    """The codes of the faults or stops of a refusal, each with its field and, for a stop, its severity."""
    return [
        [part["code"], part["field"], *([part["severity"]] if "severity" in part else [])]
        for part in got.tree.get(name, ())
    ]


def _faults(got, wanted):
    if got.summary is None:
        assert sorted(_codes(got, "faults")) == sorted(map(list, wanted)), got.text
        return
    assert len(got.summary) == len(wanted), got.summary
    for code, path in wanted:
        assert any(says_fault(text, code, path) for _, text in got.summary), (code, path, got.summary)


def _stops(got, wanted):
    """Stops as [code, field] or [code, field, severity]: exactly these."""
    stops = sorted(_codes(got, "stops"))
    wanted = sorted(map(list, wanted))
    assert [stop[: len(one)] for stop, one in zip(stops, wanted, strict=False)] == wanted, got.text
    assert len(stops) == len(wanted), got.text


def _notices(got):
    return {notice["code"] for notice in (got.tree.get("plan") or got.tree)["notices"]}


def _has_notices(got, wanted):
    assert set(wanted) <= _notices(got), _notices(got)


def _lacks_notices(got, unwanted):
    assert not set(unwanted) & _notices(got)


def _lacks_codes(got, unwanted):
    found = {code for name in ("faults", "stops") for code, *_ in _codes(got, name)}
    assert not set(unwanted) & found, found


def _figures(got, wanted):
    """Each value of the answer at its dotted path, exactly."""
    for path, value in wanted.items():
        found = value_at(got.tree, path)
        assert (type(found), found) == (type(value), value), path


def _asked(got, wanted):
    """The codes of what depends on the day: the notices beside the plan."""
    assert sorted(notice["code"] for notice in got.tree["asked"]["notices"]) == sorted(wanted)


def _as_it_reads(text):
    return squeezed(text)


def _holds(got, wanted):
    for text in wanted:
        assert _as_it_reads(text) in _as_it_reads(got.text), (text, got.text)


def _lacks(got, unwanted):
    for text in unwanted:
        assert _as_it_reads(text) not in _as_it_reads(got.text), (text, got.text)


def _told(got, wanted):
    for text in wanted:
        assert text in got.told, got.told


def _not_told(got, unwanted):
    for text in unwanted:
        assert text not in got.told, got.told


def _status(got, wanted):
    assert got.status == wanted, (got.status, got.text, got.told)


def _location(got, wanted):
    assert got.location == wanted


def _same_as(got, order, day=USUAL_DAY):
    """The plan and the fingerprint of another order; of a page or paper, that it prints this fingerprint."""
    other = client(day).post(PLAN, json=order).get_json()
    if got.tree is None:
        assert other["fingerprint"] in re.sub(r"\s", "", got.text)
    else:
        assert (got.tree["plan"], got.tree["fingerprint"]) == (other["plan"], other["fingerprint"])


def _posted_back(got, wanted, day=USUAL_DAY):
    """The order understood, posted back, has the same fingerprint, so the same figures, and nothing is filled in."""
    assert wanted is True
    again = client(day).post(PLAN, json=got.tree["order"]).get_json()
    assert (again["fingerprint"], again["defaults"]) == (got.tree["fingerprint"], [])


def _lines(got, wanted):
    """The answer to each line of many, each with conditions of its own."""
    assert len(got.lines) == len(wanted), got.text
    for line, right in zip(got.lines, wanted, strict=True):
        hold(Got(line.get("status", 200), json.dumps(line), line), right)


CONDITIONS = {
    "status": _status,
    "faults": _faults,
    "stops": _stops,
    "no_codes": _lacks_codes,
    "notices": _has_notices,
    "no_notices": _lacks_notices,
    "figures": _figures,
    "asked": _asked,
    "text": _holds,
    "no_text": _lacks,
    "told": _told,
    "not_told": _not_told,
    "location": _location,
    "same_as": _same_as,
    "posted_back": _posted_back,
    "lines": _lines,
}


def hold(got, right, day=USUAL_DAY):
    """Fail unless every condition holds of an answer."""
    for name, wanted in right.items():
        condition = CONDITIONS[name]
        if condition in {_same_as, _posted_back}:
            condition(got, wanted, day)
        else:
            condition(got, wanted)
