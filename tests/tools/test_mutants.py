"""The count of mutants counts right: what each changes, what the types refuse of it, the interval of a share."""

import json

import pytest

from tests.tools import mutants

MODULE = '''
def x_half__mutmut_orig(mass: int) -> int:
    return mass - 2


def x_half__mutmut_1(mass: int) -> int:
    return mass + 2


def x_half__mutmut_2(mass: int) -> int:
    return None


def aside() -> None:
    """No mutant."""
'''


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A copy of a program of one module, with its mutants, as mutmut leaves it."""
    (tmp_path / "calc").mkdir()
    (tmp_path / "calc" / "masses.py").write_text(MODULE, encoding="utf-8")
    names = {f"calc.masses.x_half__mutmut_{number}": None for number in (1, 2)}
    (tmp_path / "calc" / "masses.py.meta").write_text(json.dumps({"exit_code_by_key": names}), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.mypy]\nfiles = ["calc"]\nstrict = true\n', encoding="utf-8")
    monkeypatch.setattr(mutants, "COPY", tmp_path)
    return tmp_path


def test_every_mutant_is_found_with_what_it_changes(copy):
    plus, none = mutants.written()
    assert str(plus) == "calc.masses.x_half__mutmut_1\n  -     return mass - 2\n  +     return mass + 2"
    assert str(none).endswith("+     return None")


def test_a_mutant_of_the_wrong_type_is_refused_and_no_other(copy):
    assert mutants.refused_by_types(mutants.written()) == {"calc.masses.x_half__mutmut_2"}


def test_a_kind_of_error_that_stands_in_what_is_unchanged_counts_for_nothing(copy):
    path = copy / "calc" / "masses.py"
    path.write_text(MODULE.replace("mass - 2", '"no mass"'), encoding="utf-8")
    mutants.functions.cache_clear()
    assert mutants.refused_by_types(mutants.written()) == set()


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0, 16.11), (1, 29, 0.61, 17.18)],
)
def test_the_interval_of_a_share(part, whole, low, high):
    """Newcombe, Statistics in Medicine 1998;17:857-872, table I, method 3."""
    assert mutants.interval(part, whole) == pytest.approx((low, high), abs=0.006)
