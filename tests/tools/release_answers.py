"""A record of 200 answers of one release, which every later release is held to.

python -m tests.tools.release_answers RELEASE      such as 0.2: writes tests/data/releases/0.2, until 0.3 is out

Orders of both case books, planned and refused, then random orders, schedules and checks by a seed. `changed.json`
beside the answers names each that a later release answers otherwise, with its line under "Changed result" in
CHANGELOG.md.
"""

import json
import random
import sys
from datetime import date

from calc.answers.parts import VERSION
from calc.web.app import create_app
from tests.casebook.compare import cases
from tests.casebook.liquids import CASES as LIQUIDS
from tests.support.places import DATA
from tests.tools.compare_engines import KINDS

RELEASES = DATA / "releases"
PLAN = KINDS["capsules"].path
TODAY = date(2026, 11, 24)
BOOKS = {"capsules": cases(), "liquids": LIQUIDS}
#: How many are recorded: planned, or answered, and refused.
OF_BOOKS = {"capsules": (45, 15), "liquids": (25, 10)}
OF_RANDOM = {"capsules": (15, 3), "liquids": (15, 3), "titrations": (11, 4), "weights": (25, 4), "uniformity": (22, 3)}


def make_client():
    """Return a client of the program whose clock stands at the day of all records."""
    return create_app(today=lambda: TODAY).test_client()


def ask(client, path, order):
    """Return the status and the answer without the program's version."""
    answer = client.post(path, json=order)
    body = answer.get_json()
    body.pop("version", None)
    return answer.status_code, body


def dated(tree, path):
    """Return the tree with a day of making in its order, so that nothing depends on the clock."""
    if path == PLAN:
        return tree if tree.get("prepared_on") is not None else tree | {"prepared_on": TODAY.isoformat()}
    order = tree.get("order")
    return tree | {"order": dated(order, PLAN)} if isinstance(order, dict) else tree


def spread_evenly(found, number):
    """Return `number` items of a list, evenly spaced from its first."""
    return [found[index * len(found) // number] for index in range(number)]


def of_books(client):
    """Record orders from one end of each case book to the other."""
    for kind, book in BOOKS.items():
        records = [record(client, f"book {kind} {case['id']}", PLAN, case["order"]) for case in book]
        planned = [each for each in records if each["status"] == 200]
        refused = [each for each in records if each["status"] != 200]
        for found, number in zip((planned, refused), OF_BOOKS[kind], strict=True):
            yield from spread_evenly(found, number)


def of_random(client):
    """Record the first random orders of each kind that are answered, and the first that are refused."""
    for kind, (answered, refused) in OF_RANDOM.items():
        rng, wanted, number = random.Random(f"release {kind}"), {200: answered, 422: refused}, 0
        while any(wanted.values()):
            number += 1
            found = record(client, f"random {kind} {number}", KINDS[kind].path, KINDS[kind].random(rng, new=True))
            if wanted.get(found["status"], 0):
                wanted[found["status"]] -= 1
                yield found


def record(client, name, path, tree):
    """Return one order with its answer."""
    order = dated(tree, path)
    status, body = ask(client, path, order)
    return {"name": name, "path": path, "order": order, "status": status, "answer": body}


def numbers(version):
    """Return the numbers of a version: 0.10 is later than 0.9."""
    return [int(number) for number in version.split(".")]


def main(release):
    """Write the record of a release; one that a later release follows stays as it is."""
    if numbers(release) < numbers(VERSION)[: len(numbers(release))]:
        print(f"{release} is out: version {VERSION} answers for it")
        return 1
    client, folder = make_client(), RELEASES / release
    lines = [
        json.dumps(each, sort_keys=True, separators=(",", ":")) for each in (*of_books(client), *of_random(client))
    ]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "answers.ndjson").write_text("\n".join(lines) + "\n", encoding="ascii")
    (folder / "changed.json").write_text("{}\n", encoding="ascii")
    print(f"{len(lines)} answers recorded, {sum(map(len, lines)):,} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
