"""The judge of mutants tells one that a test notices from one that none does, and what is never run from both."""

import json
import os
import subprocess
import sys

import pytest

from tests.tools import judging
from tests.tools.mutants import ROOT

HEAD = """
from mutmut.mutation.trampoline import wrap_in_trampoline
"""
FUNCTION = """
mutants_x_{name} = {{}}


@wrap_in_trampoline(mutants_x_{name})
def {name}(mass):
    return {right}


def x_{name}__mutmut_orig(mass):
    return {right}


def x_{name}__mutmut_1(mass):
    return {wrong}


def x_{name}__mutmut_2(mass):
    return {alike}


mutants_x_{name}["_mutmut_orig"] = x_{name}__mutmut_orig
mutants_x_{name}["x_{name}__mutmut_1"] = x_{name}__mutmut_1
mutants_x_{name}["x_{name}__mutmut_2"] = x_{name}__mutmut_2
"""
TESTS = """
from calc.masses import AT_IMPORT, half


def test_half_of_four():
    assert half(4) == 2


def test_what_is_made_at_import():
    assert AT_IMPORT == 3
"""


@pytest.fixture
def verdicts(tmp_path):
    """How six mutants of a program of three functions fare, one of which is called by nobody and one at import."""
    half = FUNCTION.format(name="half", right="mass // 2", wrong="mass // 3", alike="mass // 2 + 0")
    whole = FUNCTION.format(name="whole", right="mass", wrong="-mass", alike="+mass")
    third = FUNCTION.format(name="third", right="mass // 3", wrong="mass // 4", alike="mass // 3 + 0")
    (tmp_path / "calc").mkdir()
    (tmp_path / "calc" / "__init__.py").touch()
    program = f"{HEAD}{half}{whole}{third}\n\nAT_IMPORT = third(9)\n"
    (tmp_path / "calc" / "masses.py").write_text(program, encoding="utf-8")
    (tmp_path / "test_masses.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.mutmut]\nsource_paths = ["calc"]\n', encoding="utf-8")
    names = [f"calc.masses.x_{name}__mutmut_{number}" for name in ("half", "whole", "third") for number in (1, 2)]
    (tmp_path / "asked.json").write_text(json.dumps(names), encoding="utf-8")
    command = [sys.executable, "-m", "tests.tools.judging", "asked.json", "answered.json", "test_masses.py"]
    subprocess.run(command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True, capture_output=True)
    return json.loads((tmp_path / "answered.json").read_text(encoding="utf-8"))


def test_each_mutant_is_judged_rightly(verdicts):
    short = {name.removeprefix("calc.masses.x_").replace("__mutmut_", " "): how for name, how in verdicts.items()}
    assert short == {
        "half 1": judging.KILLED,
        "half 2": judging.SURVIVED,
        "whole 1": judging.UNREACHED,
        "whole 2": judging.UNREACHED,
        "third 1": judging.KILLED,
        "third 2": judging.SURVIVED,
    }


def test_one_test_of_each_file_comes_first_and_patience_ends():
    seconds = {"a::1": 0.5, "a::2": 0.1, "a::3": 0.2, "b::1": 1.0, "c::1": 6}
    assert judging.Judge.chosen(seconds, seconds, 6) == ["a::2", "b::1", "a::3", "a::1"]
