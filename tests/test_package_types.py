"""What a caller in Python is promised: types that hold, in the package as others install it."""

import site
import subprocess
import sys

import pytest

from tests.support.places import ROOT

GOOD = """
from datetime import date

from calc import Order, load, plan
from calc.faults import Refused
from calc.capsule.plan import Plan
from calc.arithmetic.units import Figure


def tablets(dose: str, quantity: int) -> int | None:
    library = load()
    try:
        made: Plan = plan(Order.read({"dose": dose, "quantity": quantity}, library, today=date(2026, 11, 22)), library)
    except Refused as refused:
        print([fault.field for fault in refused.faults])
        return None
    needed: Figure = made.powder.drug_needed
    print(needed.value.numerator, needed.unit.code)
    return None if made.powder.tablets is None else made.powder.tablets.number


print(tablets("4.5 mg", 30))
"""
#: Each wrong use, and what mypy says of it.
WRONG = {
    "plan(4.5, load())": 'Argument 1 to "plan" has incompatible type "float"; expected "Order"',
    "load().drugs['naltrexone'].nonsense": '"Drug" has no attribute "nonsense"',
    "load().sizes.append('6')": '"tuple[str, ...]" has no attribute "append"',
    "from calc import prepare": 'Module "calc" has no attribute "prepare"',
}


@pytest.fixture(scope="module")
def consumer(tmp_path_factory):
    """A folder for a caller's files, and a Python that has the program installed from its wheel."""
    folder = tmp_path_factory.mktemp("consumer")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "env"], check=True)
    python = folder / "env" / "bin" / "python"
    (packages,) = (folder / "env").glob("lib/python*/site-packages")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--no-build-isolation", "--target", packages, ROOT], check=True)
    (packages / "others.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    return folder, python


def checked(consumer, text):
    folder, python = consumer
    (folder / "consumer.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", folder / "cache", "--python-executable", python]
    return subprocess.run([*command, "consumer.py"], cwd=folder, capture_output=True, text=True)


def test_a_caller_passes_a_strict_type_checker_and_a_wrong_one_does_not(consumer):
    """One run for both: the wrong lines stand below the right ones, and are all that is found."""
    lines = GOOD.count("\n")
    said = checked(consumer, GOOD + "\n".join(WRONG) + "\n")
    found = [line for line in said.stdout.splitlines() if ": error: " in line]
    assert len(found) == len(WRONG), said.stdout
    for number, (line, wanted) in enumerate(zip(found, WRONG.values(), strict=True), start=lines + 1):
        assert line.startswith(f"consumer.py:{number}: error: {wanted}")


def test_a_caller_runs_on_the_installed_package(consumer):
    folder, python = consumer
    (folder / "right.py").write_text(GOOD + "import calc\nprint(calc.__file__)\n", encoding="utf-8")
    said = subprocess.run([python, "-P", "right.py"], cwd=folder, capture_output=True, text=True, check=True)
    needed, tablets, where = said.stdout.splitlines()
    assert (needed, tablets) == ("135 mg", "3")
    assert where.startswith(str(folder))
