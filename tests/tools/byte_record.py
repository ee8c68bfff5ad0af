"""A record of the bytes of every kind of answer, to hold a change to that must change none.

python -m tests.tools.byte_record write FILE      records a hash of each answer
python -m tests.tools.byte_record compare FILE    names each answer with other bytes, and fails where there is one

Pages in all states of the browser tests, orders of the case books through page, endpoint and papers, random orders and
checks with their refusals, bad inputs, the handbook and the command line. The version's number does not count; it
stands in compressed papers too, so papers are compared by program versions that bear the same one.
"""

import contextlib
import hashlib
import io
import json
import random
import sys
import tempfile
from datetime import date
from pathlib import Path
from unittest import mock

from calc.__main__ import main
from calc.answers.parts import VERSION
from calc.web.app import create_app
from tests.browser.states import RISING, STATES
from tests.casebook.compare import cases
from tests.casebook.liquids import CASES as LIQUIDS
from tests.support.bad_inputs import CASES, KINDS, ORDERS
from tests.support.client import PLAN
from tests.support.orders import GOOD, changed
from tests.support.queries import as_query
from tests.tools.compare_engines import KINDS as RANDOM

TODAY = date(2026, 11, 24)
#: Random orders and checks of each kind, by a seed of its own.
OF_EACH = 60
SHEETS = ("/sheet.pdf?paper=letter", "/sheet.pdf?paper=a4")
LABELS = tuple(f"/label.pdf?label={stock}" for stock in ("2.25x1.25", "4x2", "62x29", "30up"))
LEAFLETS = ("/leaflet.pdf?paper=letter", "/leaflet.pdf?paper=a4")
PLACES = ("/healthz", "/readyz", "/api", "/api/v1/openapi.json", "/methods", "/limits", "/drugs/naltrexone")
PLACES += ("/static/live.js", "/static/style.css", "/nothing-here", "/api/nothing-here", "/api/v1/plan")
FHIR = {"Accept": "application/fhir+json"}


def told(answer):
    """The bytes of an answer that a client can see."""
    headers = sorted(
        f"{name}: {value}" for name, value in answer.headers if name not in ("Date", "ETag", "Last-Modified")
    )
    body = answer.get_data().replace(VERSION.encode(), b"VERSION")
    kept = [line for line in headers if not line.startswith("Content-Length")]
    return "\n".join([answer.status, *kept, ""]).encode() + body


def of_pages(client):
    """Every state of the browser's pages, and what has one address only."""
    for state in STATES:
        yield f"state: {state.name}", told(client.get(state.path))
    schedule = [*RISING, ("prepared_on", "2026-11-23")]
    for way in ("one_strength", "each_strength", "nothing"):
        yield (
            f"titration leaflet, {way}",
            told(client.get("/titration/leaflet.pdf", query_string=[*schedule, ("way", way)])),
        )
    for place in PLACES:
        yield f"place: {place}", told(client.get(place))


def of_orders(client):
    """The case books: each order as JSON, as a page, and, where it is planned, on every paper in turn."""
    papers = [*SHEETS, *LABELS, *LEAFLETS]
    found = [(str(number), case["order"]) for number, case in enumerate(cases())]
    found += [(case["id"], case["order"]) for case in LIQUIDS]
    for index, (name, tree) in enumerate(found):
        if not isinstance(tree, dict):
            yield f"order {name}: JSON", told(client.post(PLAN, json=tree))
            continue
        answer = client.post(PLAN, json=tree)
        yield f"order {name}: JSON", told(answer)
        yield f"order {name}: FHIR", told(client.post(PLAN, json=tree, headers=FHIR))
        try:
            pairs = as_query(tree)
        except (AttributeError, TypeError):
            continue
        place = "/liquid" if tree.get("preparation") == "liquid" else ""
        yield f"order {name}: page", told(client.get(place or "/", query_string=pairs, follow_redirects=True))
        if answer.status_code == 200:
            for paper in (SHEETS[0], LEAFLETS[index % 2], papers[index % len(papers)]):
                path, _, option = paper.partition("?")
                given = [*pairs, tuple(option.split("="))]
                said = client.get(f"{place}{path}", query_string=given, follow_redirects=True)
                yield f"order {name}: {paper}", told(said)


def of_random(client):
    """Random orders and checks of each kind, most of them answered, the rest refused."""
    for kind, asked in RANDOM.items():
        rng = random.Random(f"bytes {kind}")
        for number in range(OF_EACH):
            yield f"{kind} {number}", told(client.post(asked.path, json=asked.random(rng)))


def of_bad_inputs(client):
    """Each bad value in each field that it is meant for, through both doors; bodies that are no orders; many orders."""
    for name, case in CASES.items():
        given = case["input"]
        if "json" in given or "body" in given or "raw" in given:
            text = str(given.get("body", given.get("raw", given.get("json"))))
            yield (
                f"bad {name}",
                told(client.post(PLAN, data=text.encode("utf-8", "replace"), content_type="application/json")),
            )
        if "field" in given and isinstance(given.get("value"), str):
            for path in KINDS.get(given["field"], (given["field"],))[:3]:
                with contextlib.suppress(AttributeError, TypeError, UnicodeEncodeError):
                    tree = changed(GOOD, {path: given["value"]})
                    yield f"bad {name} {path}: JSON", told(client.post(PLAN, json=tree))
                    yield (
                        f"bad {name} {path}: page",
                        told(client.get("/", query_string=as_query(tree), follow_redirects=True)),
                    )
    lines = b"\n".join(json.dumps(tree).encode() for tree in (*ORDERS.values(), {"dose": "4,5 mg"}))
    many = client.post("/api/v1/plans", data=lines + b"\n{\n\n[]", content_type="application/x-ndjson")
    yield "many orders", told(many)


def of_command():
    """The command line: one order, files to either format, columns, refusals, help."""
    dated = ["--prepared_on", "2026-11-23"]
    rows = [f"{dose},{quantity},2026-11-23" for dose in ("4.5 mg", "1 mg", "4,5 mg", "45 mg") for quantity in (30, 7)]
    csv = "\n".join(["dose,quantity,prepared_on", *rows]) + "\n"
    ndjson = "\n".join(json.dumps(tree) for tree in ORDERS.values())
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("orders.csv", csv), ("orders.ndjson", ndjson)):
            (Path(folder) / name).write_text(text, encoding="utf-8")
        file_csv, file_ndjson = f"{folder}/orders.csv", f"{folder}/orders.ndjson"
        for given in (
            ["plan", "--help"],
            ["plan", "--dose", "4.5 mg", "--quantity", "30", *dated],
            ["plan", "--dose", "4,5 mg", "--quantity", "30", *dated],
            ["plan", "--dose", "450 mg", "--quantity", "30", *dated],
            ["plan", file_csv],
            ["plan", file_csv, "--to", "ndjson"],
            ["plan", file_ndjson],
            ["plan", file_ndjson, "--to", "csv"],
            ["plan", file_csv, "--columns", "plan.batch,plan.fill_mass.text,fingerprint"],
            ["plan", file_csv, "--columns", "plan.nothing"],
            ["plan"],
        ):
            out, err = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
            with mock.patch.multiple(sys, stdout=out, stderr=err, argv=["triturate"]):
                try:
                    code = main(given)
                except SystemExit as ended:
                    code = ended.code
                out.flush()
                err.flush()
            said = out.buffer.getvalue() + b"\n---\n" + err.buffer.getvalue()
            name = " ".join(given).replace(folder, "")
            yield (
                f"command {name}",
                f"{code}\n".encode() + said.replace(VERSION.encode(), b"VERSION").replace(folder.encode(), b""),
            )


def recorded():
    """The hash of every answer, by its name."""
    client = create_app(today=lambda: TODAY).test_client()
    found = {}
    for name, said in (
        *of_pages(client),
        *of_orders(client),
        *of_random(client),
        *of_bad_inputs(client),
        *of_command(),
    ):
        while name in found:
            name += " again"
        found[name] = hashlib.sha256(said).hexdigest()[:24]
    return found


def run(what, file):
    """Write or compare a record; the exit code."""
    if what == "write":
        found = recorded()
        Path(file).write_text(json.dumps(found, indent=0), encoding="utf-8")
        print(f"{len(found)} answers recorded")
        return 0
    before, now = json.loads(Path(file).read_text(encoding="utf-8")), recorded()
    other = [name for name in {**before, **now} if before.get(name) != now.get(name)]
    for name in other:
        print(f"other bytes: {name}")
    print(f"{len(before)} answers compared, {len(other)} with other bytes")
    return 1 if other else 0


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
