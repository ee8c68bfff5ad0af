"""No order costs much of a core, and no noise is a mistake of the program: short forms of `make check-long` (F2)."""

import random

import pytest

from calc.capsule.order import Order
from calc.capsule.planning import plan
from calc.faults import Refused, StopCode
from calc.library import load
from tests.tools.compare_engines import KINDS
from tests.tools.noise import statuses
from tests.tools.slowest import MOST_CALLS, calls, climbed

#: The order that once took a second: no portion, and no quantity up to a thousand has a trituration.
NO_QUANTITY = {
    "drug": {"name": "X"},
    "dose": "0.293525 mcg",
    "quantity": 90,
    "balance": {"readability": "10 mg", "minimum": "3276.05 mg"},
    "source": {"strength": "82.577272 mg", "tablets_weighed": 101, "total_mass": "74548.011946 mg"},
    "capsule": {"size": "1", "fill_mass": "26.113799 mg"},
    "prepared_on": "2026-11-24",
}
#: 24 doses of bulk powder so small that each batch has a search of its own.
DOSES = ["1.5 mg", "0.75 mg", "0.01 mg", "4 mg", "5000 mcg", "0.005 mg", "0.0005 g", "3.5 mcg", "1 g", "0.3 mg"]
SEARCHES = {
    "order": {
        "drug": {"name": "X"},
        "allowance": "10 %",
        "balance": {"readability": "0.8 mg", "repeatability": "0.0001 g"},
        "source": {"kind": "powder", "assay": "97 %", "assay_basis": "anhydrous", "water": "0.4 %"},
        "prepared_on": "2028-02-11",
    },
    "schedule": [{"dose": dose, "days": 7} for dose in (*DOSES, *(f"{n}.{n} mcg" for n in range(1, 15)))],
    "start": "2028-12-15",
}


@pytest.mark.parametrize("kind", KINDS)
def test_no_order_that_a_short_climb_finds_takes_much_work(kind):
    worst, tree = climbed(kind, random.Random(f"short {kind}"), range(60))[0]
    assert worst <= MOST_CALLS, tree


@pytest.mark.parametrize(("kind", "tree"), [("capsules", NO_QUANTITY), ("titrations", SEARCHES)])
def test_orders_that_took_most_once_do_not_any_more(kind, tree):
    assert calls(kind, tree) <= MOST_CALLS


def test_a_search_that_was_ended_names_nothing_instead_of_saying_that_there_is_nothing():
    library = load()
    with pytest.raises(Refused) as refused:
        plan(Order.read(NO_QUANTITY, library), library)
    (stop,) = [stop for stop in refused.value.stops if stop.code is StopCode.BELOW_LEAST_WEIGHABLE]
    assert "smallest" not in stop.facts


@pytest.mark.parametrize(("quantity", "smallest"), [(19, 50), (18, "nothing is said")])
def test_of_larger_quantities_thirty_are_looked_at(quantity, smallest):
    """50 capsules take 15 g, the least that this balance weighs; 15 g of powder and 15 of diluent are above 20 g."""
    tree = {**NO_QUANTITY, "dose": "300 mg", "quantity": quantity, "capsule": {}}
    tree |= {"balance": {"readability": "1 g", "minimum": "15 g"}, "source": {"kind": "powder", "assay": "100 %"}}
    tree["source"] |= {"assay_basis": "as is"}
    library = load()
    with pytest.raises(Refused) as refused:
        plan(Order.read(tree, library), library)
    (stop,) = [stop for stop in refused.value.stops if stop.code is StopCode.BELOW_LEAST_WEIGHABLE]
    found = stop.facts.get("smallest", "nothing is said")
    assert (found if isinstance(found, str) else int(found.value)) == smallest


def test_noise_is_refused_and_never_a_mistake_of_the_program(capsys):
    found = statuses(400, 11)
    assert max(found) < 500, capsys.readouterr().out
    assert {200, 400, 404, 422} <= found.keys()
