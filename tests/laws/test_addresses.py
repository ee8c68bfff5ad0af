"""Every order that JSON takes has an address on the page, with all that can be typed at the bench.

Its texts are as long as they may be, of the letters that take most room.
"""

import random
from itertools import chain

import pytest

from calc import limits
from calc.faults import Refused
from calc.library import load
from calc.orders.query import written
from calc.planning.bench import BenchCode, Wants
from calc.service.preparations import PREPARATIONS
from calc.web.forms import bench_query, query
from calc.web.guard import MOST_QUERY
from tests.second_engine.liquids import random_liquid
from tests.second_engine.orders import random_order
from tests.second_engine.parts import TODAY
from tests.support.queries import query_of

LIBRARY = load()
RANDOM = {"capsule": random_order, "liquid": random_liquid}
#: Of the characters that papers can print, one that takes most room in an address.
DEAREST = max(sorted(limits.PRINTABLE), key=lambda character: len(written([("", character)])))
#: Free texts of an order, by how long each may be.
TEXTS = {
    **dict.fromkeys(("maker", "ndc", "lot", "brand"), limits.LONGEST_TEXT),
    "internal_number": limits.LONGEST_TEXT,
    "reference": limits.LONGEST_TEXT,
}
#: Nothing longer is typed as a number: seven digits, a point and six.
LONGEST_NUMBER = "9999999.999999"


def longest(tree):
    """An order with every text that it may have, as long as it may be."""
    grown = {name: longest(part) if isinstance(part, dict) else part for name, part in tree.items()}
    for name in TEXTS:
        if name in grown:
            grown[name] = DEAREST * TEXTS[name]
    return grown


def full(tree, kind):
    """The same with the texts that the order left out."""
    grown = {**tree, "internal_number": "x"}
    parts = {"capsule": ("source", "capsule", "diluent"), "liquid": ("source", "vehicle")}[kind]
    for part in parts:
        names = {"lot": "x"}
        if part == "source":
            names |= {"maker": "x"} | (
                {} if tree.get("source", {}).get("kind") in ("powder", "dilution") else {"ndc": "x"}
            )
        grown[part] = {**(grown.get(part) or {}), **names}
    if kind == "capsule":
        grown["capsule"]["brand"] = "x"
    else:
        grown["vehicle"]["name"] = DEAREST * limits.LONGEST_VEHICLE
    grown["beyond_use"] = {**(grown.get("beyond_use") or {}), "studies": []}
    if kind == "capsule":
        grown["beyond_use"]["storage"] = "refrigerator"
    grown = longest(grown)
    texts = dict.fromkeys(("reference", "container"), DEAREST * limits.LONGEST_TEXT)
    study = {"days": 3650, "storage": "room temperature", "kind": "monograph", **texts}
    found = {"stability_indicating": "yes", "microbial": "yes"}
    grown["beyond_use"]["studies"] = [{**study, **found}] * limits.MOST_STUDIES
    if isinstance(grown.get("drug"), dict):
        grown["drug"] = {"name": DEAREST * limits.LONGEST_TEXT}
    return grown


def at_bench(steps):
    """All that can be typed at the steps of a plan, as long as it may be."""
    pairs = []
    for step in steps:
        name = f"bench-{step.key}"
        if step.wants is Wants.TEXT:
            pairs.append((name, DEAREST * limits.LONGEST_AT_BENCH))
        elif step.wants is Wants.COUNT:
            pairs.append((name, "10000"))
        elif step.code is BenchCode.TEN_CAPSULES:
            pairs += [(name, " ".join(["1000.001"] * limits.MOST_WEIGHED.value.numerator)), (f"{name}_unit", "mg")]
        elif step.wants is not Wants.TICK:
            pairs += [(name, LONGEST_NUMBER), (f"{name}_unit", "mcg")]
        pairs.append((f"{name}-done", "yes"))
    return pairs


def let_pass(tree, preparation):
    """The plan of an order, with a reason for each soft stop; None where a fault or a hard stop stands."""
    tree = {**tree, "acknowledgements": []}
    try:
        return preparation.plan(preparation.order.read(tree, LIBRARY, today=TODAY), LIBRARY)
    except Refused as refused:
        if refused.faults or not all(stop.reasons for stop in refused.stops):
            return None
        passed = [
            {"code": stop.code.value, "value": stop.value, "reason": max(stop.reasons, key=len)}
            for stop in refused.stops
        ]
    return preparation.plan(preparation.order.read({**tree, "acknowledgements": passed}, LIBRARY, today=TODAY), LIBRARY)


@pytest.mark.parametrize("kind", RANDOM)
def test_the_largest_orders_have_an_address_with_all_that_is_typed_at_their_bench(kind):
    rng, preparation = random.Random(19), PREPARATIONS[kind]
    lengths, most_names = [], 0
    for _ in range(250):
        tree = RANDOM[kind](rng, new=True)
        if not all(isinstance(tree.get(part) or {}, dict) for part in ("source", "capsule", "diluent", "beyond_use")):
            continue
        made = let_pass(full(tree, kind), preparation)
        if made is None:
            continue
        order = made.order
        entries = at_bench(preparation.work(made))
        pairs = query_of(order.understood())
        days = (query.date_filled_in(name, "2026-11-30") for name in ("prepared_on", "source-weighed_on"))
        assert bench_query.faults_of(entries) == []
        lengths.append(len(written([*pairs, *chain(*days), *entries, ("paper", "letter"), ("annex", "yes")])))
        most_names = max(most_names, len(entries))
    assert len(lengths) > 60
    assert max(lengths) <= MOST_QUERY
    assert most_names <= limits.MOST_AT_BENCH
