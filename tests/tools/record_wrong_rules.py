"""How many wrong rules of the record the independent model notices: each is planted into a copy of the program. Long.

Run as `python -m tests.tools.record_wrong_rules WALKS SEED`: so many walks for each wrong rule, at most.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.places import ROOT

RULES = "calc/record/batch"
#: What is wrong, the module, its text, and the text in its place.
WRONG = (
    (
        "a correction leaves the check standing",
        "corrected",
        "voided(state.checks, voids)",
        "voided(state.checks, voids & {'release'})",
    ),
    (
        "a maker checks what she made",
        "checking",
        "        if not state.self_checked:\n            raise",
        "        if False:\n            raise",
    ),
    ("who has seen the figures checks", "checking", "elif asking.person in state.saw:", "elif False:"),
    ("who has checked works at the batch", "making", "if asking.person in state.checkers:  #", "if False:  #"),
    (
        "a third reading after two that differ",
        "checking",
        "attempt >= limits.MOST_ATTEMPTS:",
        "attempt > limits.MOST_ATTEMPTS:",
    ),
    (
        "who resolved reads the values",
        "evolve",
        'saw=state.saw if data["finding"] == BOTH_RIGHT else state.saw | {event.by.person},',
        "saw=state.saw,",
    ),
    ("dispensed past its date", "giving", "asking.day.isoformat() > state.use_until:", "False:"),
    ("released past its date", "releasing", "if asking.day.isoformat() > state.use_until:", "if False:"),
    (
        "a batch whose test fails is freed",
        "ending",
        "    if state.fails_test:\n        raise",
        "    if False:\n        raise",
    ),
    (
        "what came back is dispensed again",
        "stock",
        "Figure(state.made.value - used(state), state.made.unit)",
        "Figure(state.made.value - used(state) + number(state.back), state.made.unit)",
    ),
    ("a step before the check that it would use up", "making", "if lock is not None:", "if False:"),
    (
        "an earlier deviation explains a later amount",
        "evolve",
        "explained=state.explained - {step}, unread",
        "explained=state.explained, unread",
    ),
    ("released while a deviation waits for its signature", "releasing", "if state.has_draft:", "if False:"),
    ("the second dispensing without the questions", "screening", "return () if first and state", "return () if state"),
    ("mixed while the dose is off by more than 5 %", "checking", "if point.key.startswith(MIXING) and", "if False and"),
    (
        "the check before mixing left out once a slip is kept",
        "points",
        "if state.careful or any(check.point == MIXING for check in state.checks):",
        "if state.careful:",
    ),
    (
        "figures shown while the batch is held",
        "view",
        "state.before_hold or BatchStatus.OPEN if state",
        "state.status if state",
    ),
    ("a lot that has ended is taken", "making", "if expiry is not None and expiry < asking.day:", "if False:"),
    ("released without waiting by one who works alone", "checking", "limits.SELF_CHECK_MINUTES * 60 and", "0 and"),
    (
        "a label printed after the reading is not read",
        "values",
        '    written += [event for event in state.papers if event.type == "label.printed"]\n',
        "",
    ),
    ("what is wrong is not recorded again", "evolve", "if step not in again},", "},"),
    ("one alone makes a test pass", "correcting", "asking.person in hands_on(state, act.seq)", "False"),
    (
        "weights that fail hold nothing",
        "finishing",
        "if weighed.verdict in (Verdict.FAIL.value, Verdict.HOLD.value):",
        "if False:",
    ),
)


def planted(folder, module, text, other):
    """Copy the program and its tests into a folder, with one rule made wrong."""
    for name in ("calc", "templates", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    file = folder / RULES / f"{module}.py"
    file.write_text(wrong(file.read_text(encoding="utf-8"), text, other), encoding="utf-8")


def wrong(source, text, other):
    """A module with one text in the place of another, which stands there once."""
    if source.count(text) != 1:
        raise ValueError(f"{source.count(text)} times: {text}")
    return source.replace(text, other)


def main(walks, seed):
    """Plant each wrong rule, and print after how many walks it was noticed."""
    noticed = 0
    for name, *change in WRONG:
        with tempfile.TemporaryDirectory() as made:
            planted(Path(made), *change)
            command = [sys.executable, "-m", "tests.tools.compare_record", walks, seed]
            found = subprocess.run(command, cwd=made, capture_output=True, text=True, check=False)
        last = (found.stdout or found.stderr).strip().splitlines()[-1]
        noticed += found.returncode == 1 and "disagree" in last
        print(f"{name}: {last}", flush=True)
    print(f"{noticed} of {len(WRONG)} wrong rules noticed")


if __name__ == "__main__":
    main(*sys.argv[1:3])
