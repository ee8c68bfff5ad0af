"""How many wrong formulas the program and its tests would notice: each formula is made wrong in every small way. Long.

Run as `python -m tests.mutation`. In the one expression of every formula, each operator becomes another one, each name
another argument of the formula, each number another number; operands of - and / change places; an operation gives way
to one of its operands. Each mutant is written into a copy of the program outside the checkout and judged there: pint
may refuse it at import, the case book may find another figure, or a test fails. What is left survives and is printed.
"""

import ast
import copy
import itertools
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.casebook import liquids
from tests.casebook.compare import cases, differences, refusal_differences

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("calc", "templates", "docs", "tests", "pyproject.toml")
PLAN_TESTS = ("tests/test_planning.py", "tests/test_survivors.py", "tests/test_spread.py")
OTHER_TESTS = ("tests/test_laws.py", "tests/test_formula.py", "tests/test_casebook.py")
OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div)
ALIVE, AT_IMPORT, CASE_BOOK, PLAN = "survived", "at import by pint", "case book", "tests of the plan"
EXAMPLE, OTHER = "own example", "other tests"
#: Exit codes of the process that imports one mutant and works through the case book.
CODES = {0: ALIVE, 3: AT_IMPORT, 4: CASE_BOOK}
#: Seconds after which a mutant that does not come to an end is taken as noticed.
PATIENCE = 300


@dataclass(frozen=True)
class Mutant:
    """One formula made wrong: where it stands, its names, its expression before and after, and the lines it fills."""

    module: str
    function: str
    names: tuple
    original: str
    mutated: str
    lines: tuple

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

    def source(self, text):
        """The source of the module with the mutant in the place of the formula's last statement."""
        lines = text.splitlines(keepends=True)
        first, last = self.lines
        return "".join([*lines[: first - 1], f"    return {self.mutated}\n", *lines[last:]])


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
    lines = statement.lineno, statement.end_lineno
    return [Mutant(module, function.name, names, original, text, lines) for text in texts if text != original]


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


def says(order, library):
    """What the program says to an order, as the endpoint would: an answer, or a refusal that tells faults or stops."""
    from calc.asking import answer_to
    from calc.faults import Refused
    from calc.refusal import refusal

    try:
        return 200, answer_to(order, library, date(2026, 11, 22))
    except Refused as refused:
        return 422, refusal(refused)


def case_book_differs():
    """Whether an order of the case book is answered otherwise than its key says, by what is imported now."""
    from calc.library import load

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


def look():
    """Import what stands in the copy and work through the case book; for a process of its own, which ends here."""
    try:
        import calc.liquid
        import calc.rules.samples
        import calc.titration  # noqa: F401
    except Exception:  # noqa: BLE001 - whatever stops the import has noticed the mutant
        os._exit(3)
    os._exit(4 if case_book_differs() else 0)


def looked_at():
    """How the mutant in the copy fares at import and in the case book."""
    process = multiprocessing.get_context("fork").Process(target=look)
    process.start()
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
        return CASE_BOOK
    return CODES[process.exitcode]


def passes(folder, *paths):
    """Whether these tests pass on what stands in the copy; one that does not come to an end does not."""
    command = (sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *paths)
    try:
        run = subprocess.run(command, cwd=folder, capture_output=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return False
    if run.returncode not in (0, 1, 2):
        raise RuntimeError(run.stdout.decode())
    return run.returncode == 0


def judged(folder):
    """How the program in the copy fares: what notices that it is wrong, cheapest first."""
    verdict = looked_at()
    for noticed, paths in ((PLAN, PLAN_TESTS), (EXAMPLE, ("calc/rules",)), (OTHER, OTHER_TESTS)):
        if verdict is ALIVE and not passes(folder, *paths):
            verdict = noticed
    return verdict


def copied(folder):
    """Copy the program into a folder and import from there what does not depend on a formula."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder / name)
    # No bytecode is kept: two mutants of one size in one second would be taken for each other.
    os.environ["PYTHONDONTWRITEBYTECODE"], sys.dont_write_bytecode = "1", True
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    import calc.formula
    import calc.library

    if not Path(calc.__file__).is_relative_to(folder):
        raise RuntimeError(f"the program is imported from {calc.__file__}, not from the copy")


def count(folder):
    """Judge every mutant in the copy; answer with how many fared how, and with the survivors.

    Prints each that survives, and each that no figure of a plan gave away.
    """
    if judged(folder) is not ALIVE:
        raise RuntimeError("the program as it stands does not pass")
    tally, left = Counter(), []
    for (module, _), group in itertools.groupby(all_mutants(folder), key=lambda one: (one.module, one.function)):
        path = folder / "calc" / "rules" / f"{module}.py"
        text = path.read_text(encoding="utf-8")
        for mutant in group:
            if mutant.is_equivalent():
                tally["equivalent"] += 1
                print(f"equivalent  {mutant}", flush=True)
                continue
            path.write_text(mutant.source(text), encoding="utf-8")
            verdict = judged(folder)
            tally[verdict] += 1
            if verdict in (ALIVE, EXAMPLE, OTHER):
                print(f"{verdict:11} {mutant}", flush=True)
            if verdict is ALIVE:
                left.append(mutant)
        path.write_text(text, encoding="utf-8")
    return tally, left


def main():
    """Print the survivors and the shares; 1 where one survives."""
    began = time.monotonic()
    mutants = all_mutants()
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        copied(folder)
        tally, left = count(folder)
        os.chdir(ROOT)
    real = len(mutants) - tally["equivalent"]
    by_tests = tally[CASE_BOOK] + tally[PLAN] + tally[EXAMPLE] + tally[OTHER]
    formulas = len({(mutant.module, mutant.function) for mutant in mutants})
    print(f"formulas {formulas}, mutants {len(mutants)}, equivalent {tally['equivalent']}, others {real}")
    print(f"killed at import by pint {tally[AT_IMPORT]} ({100 * tally[AT_IMPORT] / real:.1f} %)")
    print(f"killed by tests {by_tests} ({100 * by_tests / real:.1f} %): on the case book {tally[CASE_BOOK]}, ", end="")
    print(
        f"by tests of the plan {tally[PLAN]}, by the formula's own example {tally[EXAMPLE]}, by others {tally[OTHER]}"
    )
    print(f"survived {len(left)}; killed {real - len(left)} of {real} ({100 * (real - len(left)) / real:.1f} %)")
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
