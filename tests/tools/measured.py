"""One version of the program as a worker: runs one figure's work when it is asked to, and says how long it took.

Run by `tests.tools.against` in the folder of a version, which stands first on the path; it knows the names of every
version. Each line of its input is a figure and a seed; the answer is the median of the processor's seconds and a hash
of what came out.
"""

import contextlib
import hashlib
import importlib
import io
import json
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import date
from inspect import signature
from urllib.parse import urlencode

TODAY = date(2026, 11, 22)
WORKED = {
    "dose": "4.5 mg",
    "quantity": 30,
    "prepared_on": "2026-11-22",
    "source": {"tablets_weighed": 3, "total_mass": "0.480 g", "weighed_on": "2026-11-22"},
    "capsule": {"size": "3"},
    "diluent": {"packing_statistic": "135 mg"},
    "tablet_powder": {"packing_statistic": "165 mg"},
}
#: The parts of a plan that an answer had in 2a4b0f5, before speed was worked on.
EARLIER = (
    *("batch", "drug_needed", "tablets_exact", "tablets_to_crush", "portion_share", "portion", "powder_per_capsule"),
    *("share_of_body", "diluent_per_capsule", "diluent", "fill_mass", "gross_band", "drug_left_over", "estimated"),
    *("weighings", "triturations", "ladder", "sizes", "offers", "steps", "cautions", "notices", "acknowledged"),
    *("beyond_use", "reverse_check", "spread"),
)
#: The same of a whole answer, as chosen fields.
EARLIER_FIELDS = ",".join(["order", "defaults", *(f"plan.{name}" for name in EARLIER), "fingerprint", "version"])
#: Chosen fields of an answer.
FIELDS = "plan.tablets_to_crush,plan.portion,plan.diluent,plan.fill_mass"


def found(name, *modules):
    """The first of these modules that has the name: versions keep it in different places."""
    for module in modules:
        with contextlib.suppress(ImportError, AttributeError):
            return getattr(importlib.import_module(module), name)
    raise ImportError(name)


def others(number, seed):
    """So many orders, each with another dose, tablets of another mass and another packing."""
    rng = random.Random(seed)
    for _ in range(number):
        yield {
            **WORKED,
            "dose": f"4.{rng.randrange(500):03} mg",
            "quantity": rng.randrange(20, 31),
            "source": {**WORKED["source"], "total_mass": f"0.{rng.randrange(4300, 5300)} g"},
            "diluent": {"packing_statistic": f"{rng.randrange(1200, 1500) / 10} mg"},
        }


def query(tree, prefix=""):
    """The query of an order, as the form writes it."""
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from query(value, f"{prefix}{name}-")
        elif isinstance(value, str) and " " in value:
            number, _, unit = value.partition(" ")
            yield from ((f"{prefix}{name}", number), (f"{prefix}{name}_unit", unit))
        else:
            yield f"{prefix}{name}", value


def wsgi(app, path, asked="", body=b""):
    """The body of one answer of the application, without a server or a client between."""
    environ = {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": path,
        "QUERY_STRING": asked,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "SCRIPT_NAME": "",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    return b"".join(app(environ, lambda *_: None))


class Version:
    """The program on the path, and what it is measured by: each figure takes an order and gives bytes."""

    def __init__(self):
        self.library = importlib.import_module("calc.library").load()
        self.order = found("Order", "calc.capsule.order", "calc.order")
        self.plan = found("plan", "calc.capsule.planning", "calc.planning")
        self.answer = found("answer", "calc.capsule.answer", "calc.answer")
        self.shown = found("plan_shown", "calc.capsule.answer", "calc.answer")
        self.written = found("written", "calc.answers.json_text", "calc.service.many", "calc.lines")
        self.main = importlib.import_module("calc.__main__").main
        self.app = importlib.import_module("calc.web.app").create_app()
        #: For each figure: what is made of an order beforehand, what is timed, and how many orders a round has.
        self.figures = {
            "read": (self.tree, self.read, 200),
            "plan": (self.read, lambda order: self.plan(order, self.library), 200),
            "answer and JSON": (self.planned, lambda plan: self.written(self.answer(plan)), 150),
            "answer and JSON, the parts of 2a4b0f5": (self.planned, self.earlier, 150),
            "endpoint": (self.body, lambda body: wsgi(self.app, "/api/v1/plan", body=body), 100),
            "endpoint, the parts of 2a4b0f5": (self.body, self.chosen(EARLIER_FIELDS), 100),
            "endpoint, four fields": (self.body, self.chosen(FIELDS), 100),
            "endpoint, four fields and fingerprint": (self.body, self.chosen(f"{FIELDS},fingerprint"), 100),
            "page": (self.query, lambda asked: wsgi(self.app, "/", asked), 30),
            "sheet": (self.query, lambda asked: wsgi(self.app, "/sheet.pdf", asked + "&paper=letter"), 6),
        }

    def chosen(self, fields):
        """The work of the endpoint for chosen fields; a version that cannot choose answers in whole."""
        return lambda body: wsgi(self.app, "/api/v1/plan", f"fields={fields}", body)

    def earlier(self, plan):
        """The answer with the parts that it had in 2a4b0f5, as JSON; a version that cannot choose answers in whole."""
        if len(signature(self.shown).parameters) == 1:
            return self.written(self.answer(plan))
        return self.written(found("whole", "calc.answers.parts")(plan.order, self.shown(plan, EARLIER)))

    def tree(self, tree):
        return tree

    def read(self, tree):
        return self.order.read(tree, self.library, today=TODAY)

    def planned(self, tree):
        return self.plan(self.read(tree), self.library)

    def body(self, tree):
        return json.dumps(tree).encode()

    def query(self, tree):
        return urlencode(list(query(tree)))

    def once(self, figure, seed):
        """The median seconds of one order, and a hash of what came out of all."""
        if figure.startswith("command"):
            return self.command(figure, seed)
        before, timed, number = self.figures[figure]
        given = [before(tree) for tree in others(number, seed)]
        taken, digest = [], hashlib.sha256()
        for one in given:
            begin = time.process_time()
            said = timed(one)
            taken.append(time.process_time() - begin)
            digest.update(said if isinstance(said, bytes) else b"")
        return statistics.median(taken), digest.hexdigest()

    def command(self, figure, seed):
        """Seconds of one order of the command line, which writes whole plans or five columns."""
        number = 300
        with tempfile.TemporaryDirectory() as folder:
            asked, out = f"{folder}/orders.ndjson", f"{folder}/out.ndjson"
            with open(asked, "w", encoding="utf-8") as file:
                file.writelines(json.dumps(tree) + "\n" for tree in others(number, seed))
            columns = "plan.tablets_to_crush,plan.portion.text,plan.diluent.text,plan.fill_mass.text,fingerprint"
            more = ["--columns", columns] if figure.endswith("columns") else []
            begin = time.process_time()
            with contextlib.redirect_stderr(io.TextIOWrapper(io.BytesIO())):
                self.main(["plan", asked, "--output", out, *more])
            taken = (time.process_time() - begin) / number
            with open(out, "rb") as file:
                return taken, hashlib.sha256(file.read()).hexdigest()


def main():
    version = Version()
    print(json.dumps([*version.figures, "command, whole plans", "command, five columns"]), flush=True)
    for line in sys.stdin:
        figure, _, seed = line.rstrip("\n").rpartition(" ")
        print(json.dumps(version.once(figure, int(seed))), flush=True)


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())
    main()
