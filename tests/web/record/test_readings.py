"""The words of blind forms: every value of every kind of batch has a label, and no two of one form have the same."""

import pytest

from calc.record.batch.acts import Open
from calc.record.batch.points import points_of
from calc.record.batch.values import values_of
from calc.record.words.readings import THINGS, point_words
from calc.web.record.batches.readings import label_of
from tests.record.test_kinds import KINDS
from tests.support.batch import ONE, Pharmacy


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_has_a_label_of_its_own_and_stands_with_its_thing(kind):
    pharmacy = Pharmacy()
    pharmacy.do(ONE, Open(KINDS[kind][0]))
    for point in points_of(pharmacy.state):
        asked = values_of(pharmacy.state, point)
        labels = [label_of(value) for value in asked]
        assert len(labels) == len(set(labels)), point.key
        assert {value.read_from for value in asked} <= THINGS.keys()
        assert point_words(point.key).title.startswith("Check before")
