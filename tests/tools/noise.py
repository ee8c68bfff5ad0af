"""Noise at every door: random bytes, broken JSON, halves of characters, wrong scans and hosts; none may be a mistake of
the program.

python -m tests.tools.noise NUMBER SEED      so many requests; every answer of 500 is printed, and 1 returned
"""

import copy
import json
import random
import sys
from collections import Counter
from urllib.parse import quote

from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.support.client import make_app
from tests.tools.compare_engines import KINDS
from tests.tools.slowest import changed, leaves

APP = make_app()
JSON_DOORS = ("/api/v1/plan", "/api/v1/titration", "/api/v1/check/weights", "/api/v1/check/uniformity")
PAGES = ("/", "/liquid", "/titration", "/check", "/paper", "/PAPER/A/", "/api/v1/plan", "/methods", "/nowhere")
#: Characters that have been trouble: halves, controls, marks of direction, look-alikes, the edges of planes.
ODD = [
    "\ud800",
    "\udfff",
    "\0",
    "\x1b[31m",
    "\r\n",
    "\u200b",
    "\u202e",
    "\u2100",
    "\u00e9",
    "\U0001f48a",
    "\uffff",
    "{",
    "%",
]
ODD += ["'", '"', "\\", "<b>", "[", "//", "..", "\u0661", "e9", "-", "\ufeff", " ", "1e400", "=1+1", "NaN", "\u00a0"]


def text(rng):
    """A short text of trouble and of ordinary letters."""
    return "".join(rng.choice([rng.choice(ODD), chr(rng.randrange(32, 127))]) for _ in range(rng.randint(0, 8)))


def noisy(tree, rng):
    """An order with some of its names and values exchanged for noise."""
    tree = copy.deepcopy(tree)
    found = list(leaves(tree))
    for group, name in rng.sample(found, min(len(found), rng.randint(1, 3))):
        if isinstance(group, dict) and rng.random() < 0.4:
            group[text(rng)] = group.pop(name, None)
        else:
            group[name] = rng.choice([text(rng), None, True, [], {}, [text(rng)], {text(rng): 1}, 10**14, -1, 0.5, ""])
    return tree


def body_of(rng):
    """A body: an order with noise, cut, joined or not JSON at all."""
    kind = rng.choice(list(KINDS))
    tree = noisy(changed(KINDS[kind].random(rng), KINDS[kind].random(rng), rng), rng)
    body = json.dumps(tree, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    way = rng.random()
    if way < 0.1:
        at = rng.randrange(len(body))
        return body[:at] + bytes([rng.randrange(256)]) + body[at + 1 :]
    if way < 0.2:
        return body[: rng.randrange(len(body))]
    if way < 0.25:
        return rng.randbytes(rng.randint(0, 200))
    return body + b"\n" + body if way < 0.3 else body


def escaped(typed):
    """A text as an address holds it."""
    return quote(typed.encode("utf-8", "surrogatepass"), safe="")


def request(rng):
    """One request: its method, path, query, body and media type."""
    way = rng.random()
    if way < 0.45:
        return "POST", rng.choice(JSON_DOORS), "", body_of(rng), "application/json"
    if way < 0.55:
        return "POST", "/api/v1/plans", "", b"\n".join(body_of(rng) for _ in range(3)), "application/x-ndjson"
    if way < 0.7:
        code = rng.choice(["http://", "/PAPER/A/", "/paper?fingerprint=", "/paper?packed=", ""]) + text(rng)
        return "POST", "/paper", "", f"code={escaped(code)}".encode(), "application/x-www-form-urlencoded"
    names = ["dose", "quantity", "code", "fingerprint", "packed", "source-lot", "syringes-0-capacity", text(rng)]
    pairs = [f"{escaped(rng.choice(names))}={escaped(text(rng))}" for _ in range(rng.randint(0, 4))]
    query = "&".join(["dose=4.5", "dose_unit=mg", "quantity=30", *pairs] if rng.random() < 0.3 else pairs)
    return "GET", rng.choice(PAGES) + (text(rng) if rng.random() < 0.3 else ""), query, b"", ""


def raw(typed):
    """A text as a server hands it to the program: each byte a letter."""
    return typed.encode("utf-8", "surrogatepass").decode("latin-1")


def answered(rng):
    """The status of the answer to one request, its body, and what was asked."""
    method, path, query, body, kind = asked = request(rng)
    builder = EnvironBuilder(path="/", method=method, data=body, content_type=kind, query_string=query)
    environ = builder.get_environ() | {"PATH_INFO": raw(path)}
    if rng.random() < 0.1:
        environ["HTTP_HOST"] = raw(text(rng))
    said, status, _ = run_wsgi_app(APP, environ)
    text_of_it = b"".join(said)
    builder.close()
    return int(status[:3]), text_of_it, asked


def statuses(number, seed):
    """How often each status was answered; every mistake of the program is printed with its request."""
    rng, found = random.Random(seed), Counter()
    for _ in range(number):
        status, body, (method, path, *sent) = answered(rng)
        mistake = status >= 500 or (path == "/api/v1/plans" and b'"status":500' in body)
        found[500 if mistake else status] += 1
        if mistake:
            print(status, method, ascii(path), ascii(sent)[:600])
    return found


def main(number, seed):
    """Print how often each status was answered; 1 where one was a mistake of the program."""
    found = statuses(number, seed)
    print(f"{number:,} requests of noise (seed {seed}): {dict(sorted(found.items()))}")
    return 1 if any(status >= 500 for status in found) else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
