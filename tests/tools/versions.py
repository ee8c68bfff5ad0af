"""The core, the case book, page and endpoint under other Pythons, each with the pint that it resolves to. Long.

Each Python that is found is given an environment of its own outside the checkout, filled from the lock files.
"""

import shutil
import subprocess
import sys
from tempfile import TemporaryDirectory

from tests.support.places import ROOT

PYTHONS = ("python3.11", "python3.12", "python3.13")
TESTS = [
    "tests/arithmetic/test_formula.py",
    "tests/arithmetic/test_notation.py",
    "tests/laws/test_plans.py",
    "tests/capsule/test_worked_case.py",
    "tests/casebook/test_casebook.py",
    "tests/second_engine/test_second_engine.py",
    "tests/web/test_endpoint.py",
    "tests/web/test_pages.py",
    "tests/capsule/test_answer.py",
    "tests/paper/test_papers.py",
    "tests/paper/test_codes.py",
    "tests/test_regressions.py",
]


def tried(python):
    """What pytest says under this Python, in its last line, with its pint."""
    with TemporaryDirectory() as folder:
        run = lambda *command: subprocess.run(command, cwd=ROOT, capture_output=True, text=True)  # noqa: E731
        run(python, "-m", "venv", folder)
        inside = f"{folder}/bin/python"
        pip = (inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        made = run(*pip, "--no-deps", "--require-hashes", "-r", "requirements-test.lock")
        if made.returncode:
            return 1, made.stderr.strip().splitlines()[-1]
        run(*pip, "--no-deps", "--no-build-isolation", "-e", ".")
        pint = run(inside, "-c", "import pint, sys; print(sys.version.split()[0], 'pint', pint.__version__)").stdout
        said = run(inside, "-m", "pytest", "-p", "no:cacheprovider", "-n", "auto", "--dist", "worksteal", *TESTS)
        return said.returncode, f"Python {pint.strip()}: {said.stdout.strip().splitlines()[-1]}"


def main():
    """Print one line for each Python; 1 where one of them fails."""
    failed = 0
    for python in PYTHONS:
        if shutil.which(python) is None or subprocess.run([python, "--version"], capture_output=True).returncode:
            print(f"{python}: not on this machine", flush=True)
            continue
        code, line = tried(python)
        failed |= code
        print(line, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
