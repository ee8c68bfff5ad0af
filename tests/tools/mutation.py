"""How many wrong formulas the program and its tests would notice: each formula is made wrong in every small way. Long.

Run as `python -m tests.tools.mutation`. In the one expression of every formula, each operator becomes another one, each
name another argument of the formula, each number another number; operands of - and / change places; an operation gives
way to one of its operands. Each mutant is proved by pint, as at import. One that pint lets through takes the formula's
place in a fork: there the case book may find another figure, a test that calls the formula may fail, or at last the
example in its own docstring. What is left survives and is printed.
"""

import ast
import copy
import doctest
import functools
import gc
import importlib
import os
import random
import sys
import time
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pytest
from _pytest.runner import runtestprotocol

from calc.answers.problems import refusal
from calc.arithmetic.formula import FORMULAS, Formula, FormulaError
from calc.faults import Refused
from calc.library import load
from calc.service.answering import answer_to
from tests.casebook import liquids
from tests.casebook.compare import cases, differences, refusal_differences
from tests.support.places import ROOT
from tests.tools import judging

for _rules in (ROOT / "calc" / "rules").glob("[a-z]*.py"):
    importlib.import_module(f"calc.rules.{_rules.stem}")  # so that every formula is there

#: Tests of figures; those that call a formula judge its mutants. None of them is a formula's own example.
FIGURES = (
    "tests/capsule/test_worked_case.py",
    "tests/capsule/test_offers_and_sizes.py",
    "tests/capsule/test_uncertainty.py",
    "tests/laws/test_plans.py",
    "tests/laws/test_stops_and_notices.py",
    "tests/by_hand/test_plans.py",
    "tests/checks/test_uncertainty.py",
    "tests/by_hand/test_liquids.py",
    "tests/laws/test_liquids.py",
    "tests/liquid/test_casebook.py",
    "tests/titration/test_titration.py",
    "tests/laws/test_titrations.py",
    "tests/checks/test_checks.py",
    "tests/laws/test_checks.py",
)
OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div)
ALIVE, AT_IMPORT, CASE_BOOK, TESTS = "survived", "at import by pint", "case book", "tests"
EXAMPLE = "own example"
#: Exit codes of the fork that tries one mutant.
CODES = {0: ALIVE, 3: CASE_BOOK, 4: TESTS, 5: EXAMPLE}


@dataclass(frozen=True)
class Mutant:
    """One formula made wrong: where it stands, its names, its expression before and after."""

    module: str
    function: str
    names: tuple
    original: str
    mutated: str

    def __str__(self):
        return f"{self.module}.{self.function}: {self.original} -> {self.mutated}"

    def is_equivalent(self):
        """Whether both expressions are one function: rational functions that agree on many random points are one."""
        draw = random.Random(f"{self.original} {self.mutated}")
        for _ in range(20):
            numbers = {name: Fraction(draw.randint(1, 10**6), draw.randint(1, 10**6)) for name in self.names}
            try:
                if eval(self.original, dict(numbers)) != eval(self.mutated, dict(numbers)):
                    return False
            except ZeroDivisionError:
                return False
        return True


def replacements(node, names):
    """What may stand for one node of an expression, each a little wrong."""
    match node:
        case ast.BinOp(left, operator, right):
            for other in OPERATORS:
                if not isinstance(operator, other):
                    yield ast.BinOp(left, other(), right)
            if isinstance(operator, ast.Sub | ast.Div):
                yield ast.BinOp(right, operator, left)
            yield from (left, right)
        case ast.Name(name):
            yield from (ast.Name(other) for other in names if other != name)
        case ast.Constant(value):
            yield from (ast.Constant(other) for other in (value + 1, value * 2, 0) if other != value)


def spots(expression):
    """Each node of an expression that can be replaced, as the steps that lead to it."""
    yield ()
    if isinstance(expression, ast.BinOp):
        for side in ("left", "right"):
            yield from ((side, *steps) for steps in spots(getattr(expression, side)))


def replaced(expression, steps, new):
    """A copy of an expression with another node at the end of these steps."""
    if not steps:
        return copy.deepcopy(new)
    changed = copy.deepcopy(expression)
    parent = changed
    for step in steps[:-1]:
        parent = getattr(parent, step)
    setattr(parent, steps[-1], copy.deepcopy(new))
    return changed


def at(expression, steps):
    """The node at the end of these steps."""
    for step in steps:
        expression = getattr(expression, step)
    return expression


def mutants_of(module, function):
    """Every mutant of one formula, each expression once, given the tree of its function."""
    statement = function.body[-1]
    if not isinstance(statement, ast.Return):
        raise TypeError(f"{module}.{function.name} is not one return expression")
    names = tuple(argument.arg for argument in function.args.args)
    original = ast.unparse(statement.value)
    texts = {
        ast.unparse(replaced(statement.value, steps, new)): None
        for steps in spots(statement.value)
        for new in replacements(at(statement.value, steps), names)
    }
    return [Mutant(module, function.name, names, original, text) for text in texts if text != original]


def is_formula(node):
    """Whether a node of a module is a function behind `@formula(...)`."""
    return isinstance(node, ast.FunctionDef) and any(
        isinstance(mark, ast.Call) and isinstance(mark.func, ast.Name) and mark.func.id == "formula"
        for mark in node.decorator_list
    )


def all_mutants(root=ROOT):
    """Every mutant of every formula, by module and in the order in which the formulas stand."""
    found = []
    for path in sorted((root / "calc" / "rules").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if is_formula(node):
                found += mutants_of(path.stem, node)
    return found


@functools.cache
def proved(mutant):
    """The mutant as a formula of its own, or None where pint refuses it."""
    right = FORMULAS[mutant.function]
    names = {}
    source = f"def {mutant.function}({', '.join(mutant.names)}):\n    return {mutant.mutated}"
    exec(source, {**vars(importlib.import_module(right.__module__))}, names)
    wrong = names[mutant.function]
    wrong.__annotations__, wrong.__module__ = right.__wrapped__.__annotations__, right.__module__
    try:
        return Formula(wrong, right.reference)
    except FormulaError:
        return None


@contextmanager
def in_its_place(wrong):
    """Whoever holds the right formula computes the wrong one."""
    held = vars(FORMULAS[wrong.name])
    kept = dict(held)
    held.update(vars(wrong))
    try:
        yield
    finally:
        held.update(kept)


def fails_its_example(wrong):
    """Whether the example in the formula's docstring gives another result."""
    right = FORMULAS[wrong.name]
    names = {**vars(importlib.import_module(right.__module__)), wrong.name: wrong}
    example = doctest.DocTestParser().get_doctest(right.doc, names, wrong.name, None, None)
    return doctest.DocTestRunner(verbose=False).run(example, out=lambda text: None).failed > 0


def says(order, library):
    """What the program says to an order, as the endpoint would: an answer, or a refusal that tells faults or stops."""
    try:
        return 200, answer_to(order, library, date(2026, 11, 22))
    except Refused as refused:
        return 422, refusal(refused)


def case_book_differs():
    """Whether an order of the case book is answered otherwise than its key says, by the formulas as they are now."""
    library = load()
    for case in cases():
        compare = differences if case["expect"]["status"] == 200 else refusal_differences
        try:
            status, said = says(case["order"], library)
            if status != case["expect"]["status"] or compare(case["expect"], said):
                return True
        except Exception:  # noqa: BLE001 - an error page without figures, or an answer that lacks what the key has
            return True
    for case in liquids.CASES:
        try:
            if liquids.differences(case["expect"], *says(case["order"], library)):
                return True
        except Exception:  # noqa: BLE001 - as above
            return True
    return False


class Judge:
    """A plugin of pytest that, in place of each test once, tries each mutant by what calls its formula."""

    def __init__(self, mutants):
        self.mutants = mutants
        self.verdicts = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        """Try all; the answer says to pytest that the tests were run."""
        calling, seconds = self.calling(session.items)
        caches = judging.caches()
        gc.freeze()  # so that the forks share what is there

        def tried(mutant):
            for kept in caches:
                kept.cache_clear()
            wrong = proved(mutant)
            with in_its_place(wrong):
                if case_book_differs():
                    return 3
                if judging.tried(calling[mutant.function], seconds):
                    return 4
            return 5 if fails_its_example(wrong) else 0

        works = ((mutant, functools.partial(tried, mutant)) for mutant in self.mutants)
        # One that does not come to an end, or ends its process, is noticed by whoever waits for the tests.
        self.verdicts |= {mutant: CODES.get(code, TESTS) for mutant, code in judging.in_forks(works)}
        return True

    @staticmethod
    def calling(items):
        """The tests that call each formula, the quickest first, and what each test takes: all are run once."""
        calling, seconds, called = defaultdict(list), {}, set()

        def counted(name, compute):
            def computed(*given, **named):
                called.add(name)
                return compute(*given, **named)

            return computed

        computes = {name: right.compute for name, right in FORMULAS.items()}
        for name, compute in computes.items():
            FORMULAS[name].compute = counted(name, compute)
        for item, following in zip(items, [*items[1:], None], strict=True):
            called.clear()
            began = time.monotonic()
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                raise RuntimeError(f"{item.nodeid} fails without any mutant")
            seconds[item.nodeid] = time.monotonic() - began
            for name in called:
                calling[name].append(item)
        for name, compute in computes.items():
            FORMULAS[name].compute = compute
            calling[name].sort(key=lambda item: seconds[item.nodeid])
        return calling, seconds


def judged(mutants, tests=FIGURES):
    """What notices each of these mutants, which pint lets through: the cheapest that does."""
    judge = Judge(mutants)
    arguments = ("--rootdir=.", "-p", "no:cacheprovider", "-p", "no:xdist", "--tb=no", "--no-header", "-q")
    if code := pytest.main([*arguments, *tests], plugins=[judge]):
        raise RuntimeError(f"the tests as they stand end with {code}")
    return judge.verdicts


def main():
    """Print the survivors, those that only their own example tells, and the shares; 1 where one survives."""
    began = time.monotonic()
    os.chdir(ROOT)
    mutants = all_mutants()
    refused = [mutant for mutant in mutants if proved(mutant) is None]
    let_through = [mutant for mutant in mutants if proved(mutant) is not None]
    same = [mutant for mutant in let_through if mutant.is_equivalent()]
    verdicts = judged([mutant for mutant in let_through if mutant not in same])
    for mutant, verdict in verdicts.items():
        if verdict in (ALIVE, EXAMPLE):
            print(f"{verdict:11} {mutant}")
    real, tally = len(mutants) - len(same), Counter(verdicts.values())
    by_tests, killed = len(verdicts) - tally[ALIVE], real - tally[ALIVE]
    print(f"formulas {len(FORMULAS)}, mutants {len(mutants)}, equivalent {len(same)}, others {real}")
    print(f"killed at import by pint {len(refused)} ({100 * len(refused) / real:.1f} %)")
    print(f"killed by tests {by_tests} ({100 * by_tests / real:.1f} %): on the case book {tally[CASE_BOOK]}, ", end="")
    print(f"by tests of figures {tally[TESTS]}, by nothing but the formula's own example {tally[EXAMPLE]}")
    print(f"survived {tally[ALIVE]}; killed {killed} of {real} ({100 * killed / real:.1f} %)")
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if tally[ALIVE] else 0


if __name__ == "__main__":
    sys.exit(main())
