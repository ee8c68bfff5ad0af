"""What real use found wrong, held right for good: each case of `tests/data/use`, brought to its door.

`tests/support/use_cases.py` says how a case is written and what may be asked of its answer.
"""

import pytest

from tests.support.use_cases import CONDITIONS, JSON_DOORS, NAMES, USUAL_DAY, bring, cases, hold

CASES = list(cases())
DOORS = {*JSON_DOORS, "many", "page", "paper", "cli"}


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{file}-{case['id']}") for file, case in CASES])
def test_what_use_found_is_right_now(case, tmp_path, capsysbinary, monkeypatch):
    got = bring(case, tmp_path, capsysbinary, monkeypatch)
    hold(got, case["right"], case.get("today", USUAL_DAY))


def test_every_case_is_written_as_its_reader_expects():
    assert len({case["id"] for _, case in CASES}) == len(CASES)
    for _, case in CASES:
        assert {"id", "rule", "kind", "door", "input", "right"} <= set(case) <= NAMES, case["id"]
        assert case["door"] in DOORS, case["id"]
        assert case["right"], case["id"]
        assert set(case["right"]) <= set(CONDITIONS), case["id"]
