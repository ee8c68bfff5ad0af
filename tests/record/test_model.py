"""The rules of the record beside an independent model of them (the long form is `tests.tools.compare_record`)."""

from collections import Counter

import pytest

from calc.record.batch import checking
from tests.second_engine.record_shapes import SHAPES
from tests.support.places import ROOT
from tests.tools.compare_record import again, shrunk, walk
from tests.tools.record_wrong_rules import RULES, WRONG, wrong

#: So many walks of so many acts, in turn of each shape.
WALKS, LENGTH = 40, 30


def drawn(number, tally=None):
    """The walks on which the two differ: the shape, the settings and the acts."""
    for at in range(number):
        shape = list(SHAPES)[at % len(SHAPES)]
        found = walk(shape, f"short {at}", LENGTH, tally)
        if found:
            yield shape, *found


def test_the_rules_and_the_model_do_alike_on_random_walks():
    tally = Counter()
    assert list(drawn(WALKS, tally)) == []
    assert tally.total() > WALKS * LENGTH * 0.8
    assert {"check done", "correct done", "make done", "release done", "dispense done"} <= tally.keys()
    assert {"maker_checks", "checker_makes", "checked_already", "not allowed", "needs signature"} <= tally.keys()


def test_a_wrong_rule_is_noticed_and_its_walk_is_short(monkeypatch):
    """Whoever likes checks: on the shortest walk one acts who may not, after no more than makes a batch due."""
    monkeypatch.setattr(checking, "may_read", lambda _: None)
    shape, names, deeds = next(drawn(WALKS))
    short = shrunk(shape, names, deeds)
    took, unlike = again(shape, names, short)
    assert took == len(short) <= min(len(deeds), 12)
    assert "program: ['done']" in unlike


@pytest.mark.parametrize(("module", "text", "other"), [each[1:] for each in WRONG], ids=[each[0] for each in WRONG])
def test_each_wrong_rule_has_its_place(module, text, other):
    source = (ROOT / RULES / f"{module}.py").read_text(encoding="utf-8")
    compile(wrong(source, text, other), module, "exec")
    with pytest.raises(ValueError, match="0 times"):
        wrong("", text, other)
