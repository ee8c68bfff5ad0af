"""The compounding record of each kind of batch: every component with its lot, every entry, no slip in a string."""

import json

import pytest

from calc.library import load
from calc.record.batch.bench_order import components_of
from calc.record.chain import Head
from calc.record.paper.document import Kept, record_content, record_pdf
from tests.record.test_kinds import KINDS, made_of
from tests.support.papers import squeezed, text_of_pdf
from tests.support.sheets import slips_in

#: Kinds that are set in type, too: a liquid with a mixed vehicle, and three mixings.
SET = {"liquid of powder", "triturated tablets"}


def kept_of(batch):
    answer = next(content for kind, content in reversed(batch.documents) if kind == "answer")
    return Kept(batch.state, batch.events, Head(len(batch.events), "0123456789abcdef" * 4), json.loads(answer))


@pytest.mark.parametrize("kind", KINDS)
def test_the_record_of_each_kind_has_every_component_entry_and_check(kind):
    order, points = KINDS[kind]
    batch, _ = made_of(order)
    kept = kept_of(batch)
    content = record_content(kept, load())
    assert not any("otherwise" in state for state in content["states"])
    lots = [lot["lot"][0] for part in content["components"] for lot in part["lots"]]
    assert lots == [f"L{at}" for at in range(len(list(components_of(batch.state.order))))]
    assert all(part["planned"] or part["name"] == "Container and closure" for part in content["components"])
    numbers = {row["entry"] for part in content["sections"] for row in part["rows"]}
    assert {str(entry.seq) for entry in batch.state.entries.values()} <= numbers
    assert len(content["checks"]) == len(points) - 1
    assert len(content["steps"]) > 5
    said = {
        name: part for name, part in content.items() if name not in ("words", "signatures")
    }  # hashes are not made here
    assert list(slips_in(said)) == []
    if kind == "liquid of powder":
        assert [part["actual"] for part in content["components"]] == [["0.102 g"], ["50 mL"], ["50 mL"], []]
        assert any(value.startswith("One dose: ") for value in content["checks"][0]["values"])
    if kind in SET:
        text = squeezed(text_of_pdf(record_pdf(kept, load())))
        assert all(lot in text for lot in lots)
