"""Random walks of a batch: the laws of the record hold on each (the long form is `tests/tools/record_walks.py`)."""

from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.record_walks import walk

REACHED = Counter()


@settings(max_examples=300)
@given(st.integers(0, 2**32 - 1))
def _walks(seed):
    REACHED[walk(Random(seed), 30).state.status.value] += 1


def test_every_law_holds_on_random_walks_and_walks_get_everywhere():
    _walks()
    assert REACHED["released"] + REACHED["used up"] > 20
    assert REACHED.keys() >= {"open", "made", "held", "rejected", "cancelled"}
