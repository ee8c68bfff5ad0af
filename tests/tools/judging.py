"""Judges mutants: runs the tests that reach each, in a process of its own, until one fails. For `tests.tools.mutants`.

mutmut's own run collects every test anew for each mutant, some seconds a time; here they are collected once and every
mutant is tried in a fork of that process, with empty caches. A mutant is tried by the tests that call its function, the
quickest first, for so many seconds (`PATIENCE`) of what they took without it, so that a share of killed mutants is if
anything too low. What is made while modules are imported and tests collected is not made anew in a fork; a mutant that
lives through this in such a function is tried once more in a process that begins with it.

Run in the folder of mutants as `python -m tests.tools.judging NAMES VERDICTS`: two files of JSON, one read and one
written. Paths of tests behind them judge in place of all.
"""

import functools
import gc
import itertools
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

#: Seconds of tests that one mutant is tried by at most, as long as they took without it; what lives, by more of them.
PATIENCE = (6, 40)
#: Cases of one test that judge at most, spread evenly over all of them.
CASES = 60
#: Tests that judge nothing: those of processes of their own, of papers, of time and of the tests themselves.
LEFT_OUT = frozenset(
    [
        "answers/test_every_result",
        "attacks/test_broken_requests",
        "attacks/test_holding",
        "cli/test_command",
        "laws/test_plans",
        "paper/test_cautions_everywhere",
        "paper/test_codes",
        "paper/test_leaflet",
        "paper/test_ocr",
        "paper/test_record_elements",
        "service/test_many",
        "test_counts_of_calls",
        "test_hazards",
        "test_house",
        "test_package_types",
        "test_wheel",
        "tools/test_catch_rate",
        "tools/test_judging",
        "tools/test_load",
        "tools/test_mutants",
        "tools/test_mutation",
        "web/test_hostile_input",
        "web/test_openapi",
        "web/test_operations",
        "web/test_proxy",
        "web/test_routes",
        "web/test_serving",
    ]
)
#: What a mutant is tried by in a process of its own, where it stands in what is made while modules are imported.
BEGINNINGS = (
    "calc",
    "tests/test_library.py",
    "tests/capsule/test_worked_case.py",
    "tests/capsule/test_answer.py",
    "tests/test_tables_and_drug_files.py",
    "tests/arithmetic/test_proofs.py",
    "tests/arithmetic/test_units.py",
    "tests/reading/test_fields.py",
    "tests/laws/test_answers.py",
)
KILLED, SURVIVED, TIMEOUT, UNREACHED = "killed", "survived", "timeout", "no tests"
ARGUMENTS = ("--rootdir=.", "-p", "no:cacheprovider", "-p", "no:xdist", "--tb=no", "--no-header", "--no-summary")


def function_of(mutant):
    """The name under which mutmut counts calls of the function that a mutant changes."""
    return mutant.rpartition("__mutmut_")[0]


def caches():
    """Every cache of the program and of its tests, made anew for each test; units must stay the same objects."""
    found = (kept for kept in gc.get_objects() if isinstance(kept, functools._lru_cache_wrapper))
    ours = (kept for kept in found if str(kept.__module__).startswith(("calc.", "tests.")))
    return [kept for kept in ours if kept.__module__ != "calc.arithmetic.units"]


def forked(work):
    """Start `work` in a fork of this process; its exit code is what it returns."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        code = int(work() or 0)
    finally:
        os._exit(code)


def in_forks(works):
    """Each name with the exit code of its work, done in a fork: as many at once as there are cores."""
    waiting, running = iter(works), {}
    while True:
        for name, work in itertools.islice(waiting, (os.cpu_count() or 1) - len(running)):
            running[forked(work)] = name
        if not running:
            return
        child, status = os.wait()
        yield running.pop(child), os.waitstatus_to_exitcode(status)


def tried(items, seconds):
    """1 where one of these tests fails, else 0; ended by SIGALRM where a test takes much longer than it did."""
    for item, following in itertools.pairwise([*items, None]):
        signal.setitimer(signal.ITIMER_REAL, 5 + 10 * seconds[item.nodeid])
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
            return 1
    return 0


class Judge:
    """A plugin of pytest that runs, in place of each test once, the tests that reach each mutant."""

    def __init__(self, mutants):
        self.mutants = mutants
        self.verdicts = {}

    def pytest_collection_modifyitems(self, items):
        """Leave out the examples in the texts of mutants, which are those of the original, and cases beyond many."""
        cases = defaultdict(list)
        for item in items:
            if "__mutmut_" not in item.name:
                cases[item.nodeid.partition("[")[0]].append(item)
        items[:] = [item for of_one in cases.values() for item in of_one[:: -(-len(of_one) // CASES)]]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        """Judge all; the answer says to pytest that the tests were run."""
        self.at_import = set(state()._stats)
        set_mutant_under_test("")
        gc.collect()
        self.caches = caches()
        gc.freeze()  # so that the forks share what is there
        reached, seconds = self.calls(session.items)
        tests = {item.nodeid: item for item in session.items}
        began = time.monotonic()
        self.verdicts |= dict.fromkeys(self.mutants, UNREACHED)
        for patience in PATIENCE:
            living = [mutant for mutant, verdict in self.verdicts.items() if verdict in (SURVIVED, UNREACHED)]
            print(f"{len(living)} mutants live at {time.monotonic() - began:.0f} s", file=sys.stderr)
            chosen = {mutant: self.chosen(reached[function_of(mutant)], seconds, patience) for mutant in living}
            works = (
                (mutant, functools.partial(self.judge, mutant, [tests[name] for name in names], seconds))
                for mutant, names in chosen.items()
                if names
            )
            for mutant, code in in_forks(works):
                self.verdicts[mutant] = {0: SURVIVED, -signal.SIGALRM: TIMEOUT}.get(code, KILLED)
        return True

    def emptied(self):
        """Empty the caches."""
        for kept in self.caches:
            kept.cache_clear()

    def judge(self, mutant, items, seconds):
        """Try one mutant, in a fork."""
        set_mutant_under_test(mutant)
        self.emptied()
        return tried(items, seconds)

    @staticmethod
    def chosen(names, seconds, patience):
        """One test of each file in turn, in each file the quickest first, as long as patience lasts."""
        before, places = Counter(), {}
        for name in sorted(names, key=seconds.__getitem__):
            path = name.partition("::")[0]
            places[name] = (before[path], seconds[name])
            before[path] += 1
        chosen, spent = [], 0.0
        for name in sorted(places, key=places.__getitem__):
            if spent + seconds[name] <= patience:
                spent += seconds[name]
                chosen.append(name)
        return chosen

    def calls(self, items):
        """Which tests call each function, and what each test takes: all of them are run once, a part in each fork."""
        files = sorted({str(item.path) for item in items})
        reached, seconds, failed = defaultdict(list), {}, []
        pipes, workers = [], os.cpu_count() or 1
        for worker in range(workers):
            mine = [item for item in items if files.index(str(item.path)) % workers == worker]
            read, write = os.pipe()
            forked(functools.partial(self.watched, mine, write))
            os.close(write)
            pipes.append(read)
        for read in pipes:
            with os.fdopen(read, "rb") as pipe:
                names, took, failing = pickle.load(pipe)
            os.wait()
            seconds |= took
            failed += failing
            for function, tests in names.items():
                reached[function] += [test for test in tests if test not in failing]
        print(f"{len(seconds)} tests, {sum(seconds.values()):.0f} s; {len(reached)} functions", file=sys.stderr)
        # One that fails by itself, where another has left something behind, judges nothing; many are a mistake here.
        print(f"failing without any mutant, and not used: {failed[:20]}", file=sys.stderr)
        if len(failed) > len(items) / 100:
            raise RuntimeError(f"{len(failed)} tests fail without any mutant")
        return reached, seconds

    def watched(self, items, write):
        """Run these tests and write what they called, what each took and which failed, in a fork."""
        reached, seconds, failed = defaultdict(list), {}, []
        set_mutant_under_test("stats")
        for item, following in itertools.pairwise([*items, None]):
            self.emptied()
            state()._stats.clear()
            began = time.monotonic()
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                failed.append(item.nodeid)
            seconds[item.nodeid] = time.monotonic() - began
            for function in state()._stats:
                reached[function].append(item.nodeid)
        with os.fdopen(write, "wb") as pipe:
            pickle.dump((dict(reached), seconds, failed), pipe)


def selection():
    """The tests that judge: those of the program's texts, and all files of tests but those left out."""
    files = sorted(path for path in Path("tests").rglob("test_*.py") if "browser" not in path.parts)
    named = ((path, path.relative_to("tests").with_suffix("").as_posix()) for path in files)
    return ["calc", *(str(path) for path, name in named if name not in LEFT_OUT)]


def begun_with(mutant, tests):
    """How a mutant fares in a process of its own that has it from its first import."""
    command = (sys.executable, "-m", "pytest", *ARGUMENTS, "-x", "-q", *tests)
    try:
        run = subprocess.run(command, env=os.environ | {"MUTANT_UNDER_TEST": mutant}, capture_output=True, timeout=300)
    except subprocess.TimeoutExpired:
        return TIMEOUT
    if run.returncode > 2:  # neither a test nor an import failed: pytest was not asked rightly
        raise RuntimeError(run.stdout.decode())
    return KILLED if run.returncode else SURVIVED


def main(names, verdicts, *tests):
    """Judge the mutants named in one file, by these tests or all, and write how each fared into another."""
    set_mutant_under_test("stats")
    judge = Judge(json.loads(Path(names).read_text(encoding="utf-8")))
    code = pytest.main([*ARGUMENTS, "-q", *(tests or selection())], plugins=[judge])
    found, beginnings = judge.verdicts, tests or BEGINNINGS
    again = [name for name in found if found[name] in (SURVIVED, UNREACHED) and function_of(name) in judge.at_import]
    if again and begun_with("", beginnings) != SURVIVED:
        raise RuntimeError("tests fail without any mutant")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found |= zip(again, pool.map(functools.partial(begun_with, tests=beginnings), again), strict=True)
    Path(verdicts).write_text(json.dumps(found), encoding="utf-8")
    return int(code)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
