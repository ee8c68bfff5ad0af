"""How many small slips in the core's own code the types and the tests would notice: mutmut's mutants, judged. Long.

Run as `python -m tests.tools.mutants 600 7`: a random sample of so many, with this seed; without a number, all of them.
The core is what computes, decides and answers; what shows an answer (sheets, pictures, handbook, FHIR) is counted
beside. Left out are the web, papers and command line, and the sentences (`calc/wording`), which have their own tests;
the formulas, which mutmut passes over because they are decorated, have `tests.tools.mutation`. A mutant that mypy
refuses is noticed by `make test` before a test runs; each other one is judged by `tests.tools.judging`. What survives
is printed.
"""

import ast
import bisect
import difflib
import json
import math
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.support.places import ROOT
from tests.tools.judging import KILLED, SURVIVED, TIMEOUT, UNREACHED

COPY = ROOT / "mutants"
#: Writes the mutants and runs nothing; a process of its own, because mutmut changes where modules are looked for.
GENERATE = """
from mutmut import __main__ as mutmut
mutmut.set_mutant_under_test("mutant_generation")
mutmut.copy_src_dir()
mutmut.copy_also_copy_files()
mutmut.setup_source_paths()
mutmut.create_mutants(2)
"""
#: What mypy says of mutmut's own additions, and what it says of a line that no value reaches: neither is counted.
BESIDE_THE_TYPES = ("--no-warn-return-any", "--no-warn-unused-ignores", "--no-warn-unreachable")
BY_TYPES = "refused by mypy"
#: What shows an answer; the sheets beside these.
SHOWING = ("calc.capsule.sheet", "calc.pictures", "calc.handbook", "calc.capsule.fhir", "calc.checks.plot")


@dataclass(frozen=True)
class Mutant:
    """One mutant: its name as mutmut says it, its module, and the function's lines before and after."""

    name: str
    path: Path
    before: tuple
    after: tuple

    def __str__(self):
        changed = [line for line in difflib.ndiff(self.before, self.after) if line[0] in "-+"]
        # The first line of each holds the name of the function, which differs always.
        body = [line.rstrip() for line in changed if "__mutmut_" not in line]
        return "\n  ".join([self.name, *body])


@cache
def functions(path):
    """Each function that mutmut wrote into one module, from top to bottom: first line, name, its lines."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    found = [
        (node.lineno, node.name, tuple(lines[node.lineno - 1 : node.end_lineno]))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and "__mutmut_" in node.name
    ]
    return sorted(found)


def written():
    """Every mutant that stands in the copy, by name and in the order of the names."""
    found = []
    for meta in sorted(COPY.glob("calc/**/*.py.meta")):
        names = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        path = meta.with_suffix("")
        known = {name: lines for _, name, lines in functions(path)}
        for name in names:
            short = name.rpartition(".")[2]
            before = known[short.rpartition("__mutmut_")[0] + "__mutmut_orig"]
            found.append(Mutant(name, path, before, known[short]))
    return sorted(found, key=lambda mutant: mutant.name)


def complaints():
    """What mypy says of the copy: module, function that mutmut wrote (empty elsewhere), and the kind of error."""
    command = (sys.executable, "-m", "mypy", "--output", "json", *BESIDE_THE_TYPES)
    run = subprocess.run(command, cwd=COPY, capture_output=True, text=True)
    if run.returncode not in (0, 1):
        raise RuntimeError(run.stderr)
    for error in map(json.loads, filter(str.strip, run.stdout.splitlines())):
        path = COPY / error["file"]
        if error["severity"] == "error":
            written_there = functions(path)
            place = bisect.bisect(written_there, (error["line"], chr(sys.maxunicode))) - 1
            first, name, lines = written_there[place] if place >= 0 else (0, "", ())
            yield path, name if error["line"] < first + len(lines) else "", error["code"]


def refused_by_types(mutants):
    """The names of those mutants that mypy refuses; a kind of error found in what is unchanged is not counted."""
    found = list(complaints())
    unchanged = {kind for _, name, kind in found if not name or name.endswith("__mutmut_orig")}
    refused = {(path, name) for path, name, kind in found if kind not in unchanged}
    print(f"kinds of error not counted: {sorted(unchanged)}")
    return {mutant.name for mutant in mutants if (mutant.path, mutant.name.rpartition(".")[2]) in refused}


def judged(mutants):
    """How each of these fares under the tests, by name."""
    if not mutants:
        return {}
    asked, answered = COPY / "asked.json", COPY / "answered.json"
    asked.write_text(json.dumps([mutant.name for mutant in mutants]), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "tests.tools.judging", asked.name, answered.name], cwd=COPY, check=True)
    return json.loads(answered.read_text(encoding="utf-8"))


def interval(part, whole):
    """The 95 % interval of a share (Wilson), low and high in per cent, for what is printed and no more."""
    z, share = 1.96, part / whole
    middle, half = share + z * z / (2 * whole), z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole**2))
    return 100 * (middle - half) / (1 + z * z / whole), 100 * (middle + half) / (1 + z * z / whole)


def shows(mutant):
    """Whether a mutant stands in what shows an answer, and not in what computes, decides and gives it."""
    module = mutant.name.rpartition(".")[0]
    return module.endswith(".sheet") or module.startswith(SHOWING)


def told(kind, mutants, verdicts):
    """Print the share of these mutants that is noticed, and tell it."""
    tally = Counter(verdicts[mutant.name] for mutant in mutants)
    # A mutant that does not come to an end is noticed by whoever waits for the tests.
    noticed = tally[BY_TYPES] + tally[KILLED] + tally[TIMEOUT]
    low, high = interval(noticed, len(mutants))
    print(f"{kind}: {len(mutants)} judged: {dict(tally)}")
    print(f"noticed {noticed} ({100 * noticed / len(mutants):.1f} %; 95 % interval {low:.1f} to {high:.1f} %)")
    return noticed / len(mutants)


def main(wanted=None, seed=7):
    """Print what survives and the shares; 1 where less than 95 % of the core is noticed."""
    began = time.monotonic()
    COPY.mkdir(exist_ok=True)
    subprocess.run([sys.executable, "-c", GENERATE], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    everything = written()
    chosen = random.Random(seed).sample(everything, wanted) if wanted else everything
    refused = refused_by_types(chosen)
    verdicts = judged([mutant for mutant in chosen if mutant.name not in refused]) | dict.fromkeys(refused, BY_TYPES)
    for mutant in sorted(chosen, key=lambda one: one.name):
        if verdicts[mutant.name] in (SURVIVED, UNREACHED):
            print(f"{verdicts[mutant.name]} {mutant}")
    print(f"mutants {len(everything)}, seed {seed}, {time.monotonic() - began:.0f} s")
    shown = [mutant for mutant in chosen if shows(mutant)]
    core = [mutant for mutant in chosen if not shows(mutant)]
    if shown:
        told("what shows an answer", shown, verdicts)
    return 0 if told("the core", core, verdicts) >= 0.95 else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
