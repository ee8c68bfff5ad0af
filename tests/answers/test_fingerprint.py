"""The fingerprint over the years: papers keep theirs while the order gains names."""

import copy
from datetime import date
from typing import get_args

import pytest

from calc.answers.fingerprint import FIRST_DEFAULTS, SCHEME_1_NAMES, fingerprint
from calc.capsule.order import Order
from calc.faults import Refused
from calc.library import load
from calc.limits import DEFAULTS_OF_SET_1
from calc.liquid.order import LiquidOrder
from calc.orders.parts import CommercialTablets, Part
from calc.service.answering import answer_to
from calc.service.preparations import preparation_in
from tests.casebook.compare import cases
from tests.casebook.liquids import CASES as LIQUIDS
from tests.support.orders import GOOD, OF_BULK, changed

LIBRARY = load()
TODAY = date(2026, 11, 24)
MODELS = {"capsule": Order, "liquid": LiquidOrder}


TREES = {case["id"]: case["order"] for case in (*cases(), *LIQUIDS)}
TREES["capsules-of-bulk-powder"] = changed(GOOD, OF_BULK)


def answered():
    """Return the answers to the planned orders of both case books and to capsules from bulk powder, by name."""
    found = {}
    for name, tree in TREES.items():
        try:
            found[name] = answer_to(tree, LIBRARY, TODAY)
        except Refused:
            continue
    return found


ANSWERS = answered()
#: As printed by version 0.1, at commit 2a4b0f5; those that a rule has changed since are not among them.
PRINTED = {
    "001-worked-case": "QRSNISOMPGP5ZF7C",
    "002-plain-order": "HF5JJE72BMCSTDSP",
    "019-dose-as-base": "63AT2MA6VTXAO63J",
    "034-dose-45-mg-acknowledged": "Z5TCZPBA2E6JDNC4",
    "capsules-of-bulk-powder": "CUYZ7NDRSTZC3NPA",
    "study-of-another-strength": "2MVNZ2IIL3SJHFSX",
    "bulk-powder": "7JDKI3BIZR5UW7WK",
    "drug-without-a-file": "QRY72TQSBMB6QEE5",
    "per-bottle-for-per-ml-let-pass": "KR3UAV6OVLW5F2XS",
}
#: Names that no order has or will have, and the default that each would come with.
ADDED = {
    "new_text": "amber glass",
    "new_list": [{"days": 30, "storage": "refrigerator"}],
    "new_part.answer": "not asked",
    "balance.new_choice": "no",
    "source.new_count": 3,
    "source.new_part.count": 10,
    "drug.new_text": "hydrochloride",
    "acknowledgements.new_text": "nobody",
    "syringes.new_choice": "slip",
}
#: The number of names that the models had when they were frozen, by preparation and kind of source.
FROZEN = {("capsule", "tablet"): 51, ("capsule", "powder"): 49, ("liquid", "tablet"): 48, ("liquid", "powder"): 45}
EMPTY = (None, "", [], {})


def places(group, names):
    """Return the parts of a tree that hold the last of the names: each item of a list on the way, and no text."""
    if not isinstance(group, dict):
        return [place for item in group for place in places(item, names)] if isinstance(group, list) else []
    return [group] if len(names) == 1 else places(group.setdefault(names[0], {}), names[1:])


def with_name(answer, path, value):
    """Return the normalised order with one name added, or None where the order has no place for it."""
    order, names = copy.deepcopy(answer["order"]), path.split(".")
    found = places(order, names)
    for part in found:
        part[names[-1]] = copy.deepcopy(value)
    return order if found else None


def fingerprints_with(path, value):
    """Return each order's fingerprint as it is, and with `value` under a name added at `path`."""
    trees = [(answer, with_name(answer, path, value)) for answer in ANSWERS.values()]
    found = [(answer["fingerprint"], fingerprint(tree, answer["plan"])) for answer, tree in trees if tree is not None]
    assert found
    return found


def preparation_of(answer):
    return answer["order"].get("preparation", "capsule")


def parts_in(annotation):
    """Return the models that a field may hold."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation]
    return [part for inner in get_args(annotation) for part in parts_in(inner)]


def names_in(model, kind, place=""):
    """Yield the paths of a model with this kind of source; for a list, those of its items."""
    for name, field in model.model_fields.items():
        if field.exclude:
            continue
        yield place + name
        for part in parts_in(field.annotation):
            if name != "source" or issubclass(part, CommercialTablets) is (kind == "tablet"):
                yield from names_in(part, kind, f"{place}{name}.")


def test_the_orders_are_many_and_of_every_kind():
    kinds = {(preparation_of(answer), answer["order"]["source"]["kind"]) for answer in ANSWERS.values()}
    assert kinds == SCHEME_1_NAMES.keys() == FROZEN.keys()
    assert len(ANSWERS) > 110


@pytest.mark.parametrize("name", PRINTED)
def test_a_paper_printed_by_version_0_1_keeps_its_fingerprint_by_the_defaults_it_was_printed_with(name):
    preparation = preparation_in(TREES[name])
    order = preparation.order.read(TREES[name], LIBRARY, today=TODAY, earlier=DEFAULTS_OF_SET_1)
    assert preparation.answer(preparation.plan(order, LIBRARY))["fingerprint"] == PRINTED[name]


def test_an_earlier_default_is_a_value_of_the_order_and_no_default_any_more():
    order = Order.read({"dose": "4.5 mg", "quantity": 30}, LIBRARY, today=TODAY, earlier=DEFAULTS_OF_SET_1)
    assert order.beyond_use.counting == "day 0"
    assert "beyond_use.counting" not in order.defaults
    typed = {"dose": "4.5 mg", "quantity": 30, "beyond_use": {"counting": "day 1"}}
    assert Order.read(typed, LIBRARY, today=TODAY, earlier=DEFAULTS_OF_SET_1).beyond_use.counting == "day 1"


@pytest.mark.parametrize("empty", EMPTY, ids=repr)
@pytest.mark.parametrize("path", ADDED)
def test_a_new_name_that_is_empty_changes_no_fingerprint(path, empty):
    assert [old for old, new in fingerprints_with(path, empty) if old != new] == []


@pytest.mark.parametrize("path", ADDED)
def test_a_new_name_at_the_default_it_came_with_changes_no_fingerprint(path, monkeypatch):
    for preparation in MODELS:
        monkeypatch.setitem(FIRST_DEFAULTS[preparation], path, ADDED[path])
    for value in (*EMPTY, ADDED[path]):
        assert [old for old, new in fingerprints_with(path, value) if old != new] == []


@pytest.mark.parametrize("path", ADDED)
def test_a_new_name_that_says_something_changes_every_fingerprint(path, monkeypatch):
    for preparation in MODELS:
        monkeypatch.setitem(FIRST_DEFAULTS[preparation], path, "another")
    for value in (ADDED[path], 0, False):
        assert [old for old, new in fingerprints_with(path, value) if old == new] == []


@pytest.mark.parametrize(
    "part",
    [
        {"may_be_crushed": None, "studies": [], "note": ""},
        {"container": {"kind": None, "closure": {"kind": None}}},
    ],
    ids=["one level", "three levels"],
)
def test_a_new_part_that_says_nothing_changes_no_fingerprint(part):
    assert [old for old, new in fingerprints_with("new_part", part) if old != new] == []


def test_what_a_new_part_leaves_open_is_left_out_beside_what_it_says():
    (_, said), *_ = fingerprints_with("new_part", {"hazardous": "yes"})
    (_, same), *_ = fingerprints_with("new_part", {"hazardous": "yes", "studies": [], "note": None})
    assert said == same


def test_a_default_of_capsules_is_none_of_liquids(monkeypatch):
    monkeypatch.setitem(FIRST_DEFAULTS["capsule"], "new_text", "amber glass")
    kept = [old == new for old, new in fingerprints_with("new_text", "amber glass")]
    assert kept == [preparation_of(answer) == "capsule" for answer in ANSWERS.values()]


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("001-worked-case", ("strength", "vehicle", "syringes", "source.assay", "source.basis")),
        ("capsules-of-bulk-powder", ("vehicle", "source.ndc", "source.recovered_mass")),
        ("100-ml-of-1-mg-per-ml", ("quantity", "capsule", "diluent", "source.water")),
        ("bulk-powder", ("allowance", "source.packing_statistic", "source.ndc")),
    ],
)
def test_a_name_that_others_have_is_new_to_a_preparation_and_to_a_source(name, paths):
    answer = ANSWERS[name]
    known = SCHEME_1_NAMES[preparation_of(answer), answer["order"]["source"]["kind"]]
    for path in paths:
        assert path not in known
        assert fingerprint(with_name(answer, path, None), answer["plan"]) == answer["fingerprint"]


@pytest.mark.parametrize("path", ["internal_number", "capsule.brand", "source.lot", "acknowledgements"])
def test_an_old_name_is_hashed_even_where_it_says_nothing(path):
    answer = ANSWERS["002-plain-order"]
    *_, name = names = path.split(".")
    order = copy.deepcopy(answer["order"])
    (part,) = places(order, names)
    assert part.pop(name) in EMPTY
    assert fingerprint(order, answer["plan"]) != answer["fingerprint"]


@pytest.mark.parametrize(("of", "number"), FROZEN.items())
def test_the_frozen_names_are_those_that_papers_were_first_printed_with(of, number):
    preparation, kind = of
    assert len(SCHEME_1_NAMES[of]) == number
    # The names of questions are data of the drug's file.
    assert SCHEME_1_NAMES[of] <= {*names_in(MODELS[preparation], kind), "screening.opioids", "screening.liver_disease"}


@pytest.mark.parametrize("of", SCHEME_1_NAMES)
def test_a_default_of_a_new_name_is_written_down_beside_the_fingerprint(of):
    preparation, _ = of
    same = [each for each in ANSWERS.values() if (preparation_of(each), each["order"]["source"]["kind"]) == of]
    new = {path for answer in same for path in answer["defaults"]} - SCHEME_1_NAMES[of]
    assert new <= FIRST_DEFAULTS[preparation].keys(), "write it into FIRST_DEFAULTS, and never change it there"
