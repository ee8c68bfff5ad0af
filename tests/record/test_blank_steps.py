"""Steps without an entry when a batch is signed as made: they are listed, and those that matter have a reason."""

import json
from dataclasses import replace

from calc.record.batch import acts
from calc.record.batch.finishing import blank_steps, unexplained
from calc.record.batch.review import Item, review
from calc.record.chain import Head
from calc.record.paper.document import Kept, record_content
from tests.support.batch import (
    ANSWERS,
    DAY,
    LIBRARY,
    MADE,
    ONE,
    READ_MIXING,
    READ_RELEASE,
    TWO,
    faults,
    portioned,
)

EVEN = [acts.Record("end_point", "even after 12 min"), acts.Record("divide", "30")]


def mixed():
    """The worked case, its mixing read; nothing is recorded after."""
    pharmacy = portioned()
    pharmacy.do(TWO, acts.Check("mixing", READ_MIXING))
    return pharmacy


def test_a_mixture_that_nobody_looked_at_needs_a_reason_which_the_review_says():
    pharmacy = mixed()
    blank = blank_steps(pharmacy.state)
    assert {"mortar", "end_point", "divide", "ten_shells"} <= set(blank)
    assert not {"crush", "portion", "container", "label", "wash", "yield", "packing_of_diluent"} & set(blank)
    assert faults(pharmacy, ONE, replace(MADE, blank="")) == {"blank": "required"}
    assert faults(pharmacy, ONE, replace(MADE, blank="forgotten")) == {"blank": "unknown_choice"}
    pharmacy.do(ONE, replace(MADE, blank="not done"))
    made = pharmacy.state.made_as.data
    assert (made["blank_reason"], set(unexplained(made["blank"]))) == ("not done", {"end_point", "divide"})
    assert review(pharmacy.state, LIBRARY, DAY)[Item.STEPS] == "left blank"
    assert pharmacy.do(TWO, acts.Release(READ_RELEASE, ANSWERS)) == ["check.made", "batch.released"]
    assert pharmacy.state.released.data["review"]["steps"] == "left blank"
    kept = Kept(pharmacy.state, pharmacy.events, Head(1, "0" * 64), json.loads(pharmacy.documents[-1][1]))
    (printed,) = (text for name, text in record_content(kept, LIBRARY)["made"] if name == "Steps without an entry")
    assert "mortar laid out" in printed
    assert printed.endswith("look of the blend, capsules filled: not done")


def test_no_reason_is_asked_once_both_are_recorded():
    pharmacy = mixed()
    pharmacy.do(ONE, EVEN)
    pharmacy.do(ONE, replace(MADE, blank=""))
    assert pharmacy.state.made_as.data["blank_reason"] == ""
    assert "mortar" in pharmacy.state.made_as.data["blank"]
    assert review(pharmacy.state, LIBRARY, DAY)[Item.STEPS] == "yes"
