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


def shown(tree, path="/"):
    """The page of an order."""
    return soup(CLIENT.get(path, query_string=as_query(tree), follow_redirects=True))


def steps(page):
    """The steps of the order of work with the word of their state, and the keys of those that are open."""
    found = page.select("form > details.step")
    words_of = [words(one.select_one(".state-word")) for one in found]
    return words_of, {one["id"].removeprefix("work-") for one in found if one.has_attr("open")}


def opened(page):
    """The titles of the folded groups that are open."""
    groups = page.select("form details.group[open] > summary")
    return {
        " ".join(part for part in words(one).split() if part != "entered" and not part.isdecimal()) for one in groups
    }


def test_at_first_sight_there_are_dose_quantity_drug_strength_and_source_alone():
    page = shown({})
    assert steps(page) == (["Start here", "Later", "Later", "Later"], {"order"})
    fields = page.select("#work-order fieldset input:not([type]), #work-order fieldset select:not([name$=_unit])")
    assert [field["id"] for field in fields] == [
        "dose", "quantity", "drug", "drug-name", "source-strength", "source-kind",
    ]  # fmt: skip
    assert opened(page) == set()


DONE, NEXT, LATER, STOPPED, FIX, WAITING = "Done", "Next", "Later", "Stopped", "To fix", "Waiting"
KNOWN = {"source.expiry": "2028-01", "diluent.expiry": "2028-01", "capsule.expiry": "2028-01"}


@pytest.mark.parametrize(
    ("tree", "states", "open_step", "open_groups"),
    [
        (PLAIN, [DONE, NEXT, LATER, LATER], {"weigh"}, set()),
        (changed(GOOD, NOT_PACKED), [DONE, DONE, NEXT, LATER], {"fill"}, set()),
        (GOOD, [DONE, DONE, DONE, NEXT], set(), set()),
        (changed(GOOD, ASKED), [DONE, DONE, DONE, NEXT], set(), set()),
        (changed(GOOD, {**ASKED, **KNOWN}), [DONE, DONE, DONE, DONE], set(), set()),
        (changed(GOOD, {**SMALL, **ASKED}), [DONE, DONE, DONE, NEXT], set(), {"Balance"}),
        (changed(GOOD, {**SMALL, **ASKED, **FINE}), [DONE, DONE, DONE, NEXT], set(), set()),
        (changed(GOOD, {"balance": {"readability": "9 g"}}), [LATER, FIX, LATER, LATER], {"weigh"}, {"Balance"}),
        (
            changed(GOOD, {"prepared_on": "soon"}),
            [LATER, LATER, LATER, FIX],
            {"release"},
            {"Batch number, dates and maker"},
        ),
        (changed(PLAIN, {"screening": {"opioids": "yes"}}), [LATER, LATER, LATER, STOPPED], {"release"}, set()),
        (changed(GOOD, {"source.total_mass": "0.100 g"}), [LATER, STOPPED, LATER, LATER], {"weigh"}, set()),
        (changed(PLAIN, {"source": {"tablets_weighed": 6}}), [LATER, WAITING, LATER, LATER], {"weigh"}, set()),
        (
            changed(PLAIN, {"source": {"strength": "25 mg"}}),
            [STOPPED, LATER, LATER, LATER],
            {"order"},
            {"Form and release"},
        ),
        (
            changed(PLAIN, {"drug": {"name": "another"}, "source": {"strength": "25 mg"}}),
            [NEXT, LATER, LATER, LATER],
            {"order"},
            {"Questions on this drug"},
        ),
        (
            changed(PLAIN, {"source": {"kind": "powder", "assay": "98.5 %"}}),
            [DONE, DONE, NEXT, LATER],
            {"fill"},
            {"Bulk powder or dilution"},
        ),
        (
            changed(GOOD, {"tablet_powder.packing_statistic": "10 mg"}),  # 14.4 mg in each
            [LATER, LATER, STOPPED, LATER],
            {"fill"},
            set(),
        ),
    ],
)
def test_the_step_is_open_that_comes_next_or_that_stops(tree, states, open_step, open_groups):
    page = shown(tree)
    assert (steps(page), opened(page)) == ((states, open_step), open_groups)


@pytest.mark.parametrize(
    ("tree", "states", "open_step"),
    [
        (OF_120_ML, [DONE, NEXT, DONE, LATER], {"weigh"}),
        (changed(OF_120_ML, WEIGHED), [DONE, DONE, DONE, NEXT], set()),
        (LIQUID, [DONE, DONE, DONE, NEXT], set()),  # two whole tablets: nothing is weighed
        (changed(LIQUID, {"strength": "10 mg", "dose": "0.05 mg"}), [STOPPED, LATER, LATER, LATER], {"order"}),
    ],
)
def test_the_steps_of_a_liquid(tree, states, open_step):
    assert steps(shown(tree, "/liquid")) == (states, open_step)


def test_what_is_too_small_to_weigh_opens_the_balance_that_was_taken_for_granted():
    weighed = {"source.tablets_weighed": 1, "source.total_mass": "0.160 g"}
    tree = changed(GOOD, {"quantity": 1, "dose": "1 mcg", "balance": {"minimum": "150 mg"}, **weighed})
    assert "Balance" in opened(shown(tree))


def test_a_step_says_what_is_entered_in_it_and_a_folded_group_how_much():
    page = shown(changed(GOOD, {**ASKED, "internal_number": "B-1", "source.maker": "A maker"}))
    assert [words(page.find(id=f"entered-{key}")) for key in ("order", "weigh", "fill", "release")] == [
        "4.5 mg \u00d7 30 from 50 mg tablets",
        "3 tablets, 0.480 g 160 mg each",  # 480 mg / 3
        "Size 3 packing 165 mg and 135 mg",
        "Questions answered 3 expiry dates to enter",
    ]
    folded = {words(one.summary) for one in page.select("form details.group")}
    assert folded >= {"Batch number, dates and maker 3 entered", "Balance"}


def test_the_readout_gives_the_answer_as_four_verbs():
    rows = [words(one) for one in shown(changed(GOOD, ASKED)).select("#answer dl > div")]
    assert rows[:4] == [
        "Crush 50 mg tablets 3 tablets",
        "Weigh out tablet powder 0.432 g",
        "Add diluent microcrystalline cellulose PH-101 3.697 g",
        "Fill each size 3 capsule 137.6 mg",
    ]
    unweighed = [words(one) for one in shown(PLAIN).select("#answer dl > div")]
    assert unweighed[:2] == ["Crush 50 mg tablets 3 tablets", "Weigh out tablet powder 90 % of the powder"]
    assert unweighed[2].endswith("after weighing")
