"""First sight is the order and its answer; what else is asked is folded, and opens where it matters."""

import pytest

from tests.support.bad_inputs import LIQUID
from tests.support.checked_client import soup, words
from tests.support.client import make_client
from tests.support.orders import GOOD, changed
from tests.support.queries import as_query

CLIENT = make_client()
PLAIN = {"dose": "4.5 mg", "quantity": 30}
ASKED = {"screening": {"opioids": "no", "liver_disease": "no"}}
NOT_PACKED = {"diluent": None, "tablet_powder": None}
SMALL = {"dose": "0.1 mg", "source.tablets_weighed": 1, "source.total_mass": "0.160 g"}
OF_120_ML = changed(LIQUID, {"volume": "120 mL"})
WEIGHED = {"source": {"tablets_weighed": 4, "total_mass": "0.640 g"}}
FINE = {"balance": {"readability": "1 mg", "sensitivity": "1 mg", "tolerated_error": "5 %"}}


def groups(tree, path="/"):
    """The titles of the folded groups of the page of an order, and those of the groups that are open."""
    page = soup(CLIENT.get(path, query_string=as_query(tree), follow_redirects=True))
    all_of_them = page.select("form details.group:not([hidden])")
    return [words(one.summary).partition("  ")[0] for one in all_of_them], {
        " ".join(part for part in words(one.summary).split() if part not in {"entered"} and not part.isdecimal())
        for one in all_of_them
        if one.has_attr("open")
    }


def test_at_first_sight_there_are_drug_dose_quantity_and_strength_alone():
    page = soup(CLIENT.get("/"))
    fields = page.select("form .ask input[type=text], form .ask select:not([id$=_unit])")
    assert [field["id"] for field in fields] == ["drug", "dose", "quantity", "source-strength"]
    folded, opened = groups({})
    assert len(folded) == 8
    assert opened == set()


@pytest.mark.parametrize(
    ("tree", "opened"),
    [
        (PLAIN, {"Tablets weighed today"}),
        (changed(GOOD, NOT_PACKED), {"Capsule and fill"}),
        (GOOD, {"Screening"}),
        (changed(GOOD, ASKED), set()),
        (changed(GOOD, {**SMALL, **ASKED}), {"Balance"}),
        (changed(GOOD, {**SMALL, **ASKED, **FINE}), set()),
        (changed(GOOD, {"balance": {"readability": "9 g"}}), {"Balance"}),
        (changed(GOOD, {"prepared_on": "soon"}), {"Dates and lots"}),
        (changed(PLAIN, {"screening": {"opioids": "yes"}}), {"Screening"}),
        (changed(GOOD, {"source.total_mass": "0.100 g"}), {"Tablets weighed today"}),
        (changed(PLAIN, {"source": {"strength": "25 mg"}}), {"Another drug, form or release"}),
        (changed(GOOD, {"screening": {"opioids": "no"}}), {"Screening"}),
        (changed(GOOD, {"dose": "0.5 mg", "quantity": 10}), {"Screening", "Balance"}),
        (changed(GOOD, {"tablet_powder.packing_statistic": "10 mg"}), {"Capsule and fill"}),  # 14.4 mg in each
    ],
)
def test_a_group_opens_where_the_next_step_an_error_a_stop_or_a_default_is(tree, opened):
    assert groups(tree)[1] == opened


@pytest.mark.parametrize(
    ("tree", "opened"),
    [
        (OF_120_ML, {"Tablets weighed today"}),
        (changed(OF_120_ML, WEIGHED), {"Screening"}),
        (changed(OF_120_ML, {**WEIGHED, **ASKED}), set()),
        (LIQUID, {"Screening"}),  # two whole tablets hold the drug of the bottle: nothing is weighed
        (changed(LIQUID, {"strength": "10 mg", "dose": "0.05 mg"}), {"Oral syringes of the bench"}),  # 0.005 mL
    ],
)
def test_a_group_of_a_liquid_opens_where_its_next_step_or_a_stop_is(tree, opened):
    assert groups(tree, "/liquid")[1] == opened


def test_what_is_too_small_to_weigh_opens_the_balance_that_was_taken_for_granted():
    weighed = {"source.tablets_weighed": 1, "source.total_mass": "0.160 g"}
    tree = changed(GOOD, {"quantity": 1, "dose": "1 mcg", "balance": {"minimum": "150 mg"}, **weighed})
    assert "Balance" in groups(tree)[1]


def test_a_folded_group_says_how_much_is_entered_in_it():
    page = soup(CLIENT.get("/", query_string=as_query(changed(GOOD, ASKED)), follow_redirects=True))
    assert {words(one.summary) for one in page.select("form details.group:not([hidden])")} >= {
        "Tablets weighed today 2 entered",
        "Screening 2 entered",
        "Capsule and fill 3 entered",
        "Balance",
    }
