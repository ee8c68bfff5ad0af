"""Two and three strengths taken together: the search held to brute force, its ways and the recommendation by hand."""

from fractions import Fraction
from itertools import combinations, product
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.orders.query import written
from calc.titration.together import strengths_together
from calc.wording.paper import plan_id
from tests.support.checked_client import soup, words
from tests.support.client import PLAN, make_client
from tests.support.papers import pages_of
from tests.titration.test_titration import ask, schedule, stops
from tests.web.test_titration_pages import query_of

CLIENT = make_client()
TOGETHER = ("two_strengths", "three_strengths")
FEWEST = "fewest_batches_and_capsules"
HALVES = schedule(*((f"{number / 2:g} mg", 7) for number in range(1, 10)))


def made_of(dose, strengths):
    """Every way to make a dose, by trying all numbers of capsules; the fewest capsules, then kinds, then large ones."""
    found = [
        counts
        for counts in product(*(range(dose // strength + 1) for strength in strengths))
        if sum(count * strength for count, strength in zip(counts, strengths, strict=True)) == dose
    ]
    return min(found, key=lambda c: (sum(c), len([n for n in c if n]), [-n for n in c]), default=None)


def by_brute_force(taken, number, tablet):
    """The best set of all, with what is compared."""
    best = None
    for strengths in combinations(range(1, max(taken) + 1), number):
        strengths = strengths[::-1]
        doses = {dose: made_of(dose, strengths) for dose in taken}
        if None in doses.values() or not all(any(c[i] for c in doses.values()) for i in range(number)):
            continue
        in_all = [sum(doses[dose][i] * times for dose, times in taken.items()) for i in range(number)]
        tablets = sum(ceil(Fraction(n * s) / tablet) for n, s in zip(in_all, strengths, strict=True)) if tablet else 0
        rank = (max(map(sum, doses.values())), sum(in_all), tablets, [-s for s in strengths])
        if best is None or rank < best[0]:
            best = rank, strengths, doses
    return best and best[1:]


@settings(max_examples=150)
@given(
    st.dictionaries(st.integers(1, 14), st.integers(1, 30), min_size=1, max_size=6),
    st.sampled_from([2, 3]),
    st.sampled_from([None, Fraction(50), Fraction(7, 2)]),
)
def test_the_search_finds_what_brute_force_finds(taken, number, tablet):
    found = strengths_together(taken, number, tablet)
    if len(taken) <= number:
        assert found is None
    else:
        assert (found and tuple(found)) == by_brute_force(taken, number, tablet)


def test_more_multiples_than_are_searched_are_none():
    assert strengths_together({1: 1, 2: 1, 40: 1}, 2, None).strengths == (40, 1)
    assert strengths_together({1: 1, 2: 1, 41: 1}, 2, None) is None
    assert ask(schedule(("0.01 mg", 7), ("0.02 mg", 7), ("0.5 mg", 7)))["together"] == []


def test_half_a_mg_more_each_week_in_two_and_three_strengths():
    """0.5 and 2 mg: 3.5 mg are 2 + 3 x 0.5, four capsules; no two strengths do with three. 0.5, 1.5 and 2 mg do."""
    answer = ask(HALVES)
    two, three = answer["together"]
    assert [b["strength"]["text"] for b in two["batches"]] == ["0.5 mg", "2 mg"]
    # Of 0.5 mg 1, 2, 3, 0, 1, 2, 3, 0, 1 and of 2 mg 0, 0, 0, 1, 1, 1, 1, 2, 2 a day, for seven days each.
    assert [(b["quantity"]) for b in two["batches"]] == [7 * 13, 7 * 8]
    assert (two["most_capsules_a_dose"], two["capsules"]) == (4, 147)
    assert two["calendar"][6]["text"] == "1 capsule of 2 mg and 3 capsules of 0.5 mg once a day"
    assert [part["capsules"] for part in two["calendar"][6]["parts"]] == [7, 21]
    assert (three["most_capsules_a_dose"], len(three["batches"])) == (3, 3)
    for way in (two, three):
        assert way["drug_needed"]["exact"] == "157.5"  # 7 x 22.5 mg, as in every way
        for line, step in zip(way["calendar"], answer["schedule"], strict=True):
            held = sum(Fraction(p["strength"]["exact"]) * p["capsules_a_dose"] for p in line["parts"])
            assert held == Fraction(step["dose"]["exact"])
    # 1 + 9, 9 + 1, 2 + 4 and 3 + 3: two strengths have as few as three, and fewer batches.
    assert answer["recommended"] == {
        "way": "two_strengths",
        "reason": "fewest_batches_and_capsules",
        "text": "Two strengths together: 2 batches, and at most 4 capsules at one time. Batches and capsules at one "
        "time counted together, no other way has fewer.",
    }


@pytest.mark.parametrize(
    ("tree", "ways", "best", "reason"),
    [
        (schedule(("2 mg", 7)), [], "one_strength", FEWEST),
        (schedule(("1.5 mg", 14), ("3 mg", 14), ("4.5 mg", 30)), ["two_strengths"], "one_strength", FEWEST),
        # 1 + 4, 4 + 1, 2 + 2 (1 and 3 mg), 3 + 2.
        (schedule(*((f"{n} mg", 7) for n in range(1, 5))), [*TOGETHER], "two_strengths", FEWEST),
        # A capsule of 0.05 mg is stopped, one of the doses is not.
        (schedule(("0.55 mg", 10), ("0.6 mg", 10)), [], "each_strength", "only_way"),
        (schedule(("2 mg", 10), source={"release": "extended"}), [], None, None),
    ],
)  # fmt: skip
def test_one_way_is_recommended_with_its_reason(tree, ways, best, reason):
    answer = ask(tree)
    assert [way["code"] for way in answer["together"]] == ways
    if best is None:
        assert answer["recommended"] is None
    else:
        assert (answer["recommended"]["way"], answer["recommended"]["reason"]) == (best, reason)


def test_batches_taken_together_are_orders_of_their_own_and_stop_at_the_dose():
    for batch in (batch for way in ask(HALVES)["together"] for batch in way["batches"]):
        alone = CLIENT.post(PLAN, json=batch["order"]).get_json()
        assert alone["fingerprint"] == batch["plan"]["fingerprint"]
        assert plan_id(alone["fingerprint"]) in CLIENT.get(f"/?{batch['query']}").text
    # 7 mg at one time are stopped in every way: where it is 3.5 + 3.5, at the batch of 3.5 mg.
    tree = schedule(("1 mg", 7), ("3.5 mg", 7), ("7 mg", 7))
    (two,) = ask(tree)["together"]
    by_strength = {batch["strength"]["text"]: stops(batch) for batch in two["batches"]}
    assert by_strength == {"1 mg": [], "3.5 mg": [("dose_above_usual", "schedule.2.dose", "7 mg")]}
    assert (two["calendar"], two["tablets"]) == ([], None)
    reason = {"code": "dose_above_usual", "value": "7 mg", "reason": "prescriber_confirmed"}
    tree["order"]["acknowledgements"] = [reason]
    (two,) = ask(tree)["together"]
    assert [len(batch["acknowledged"]) for batch in two["batches"]] == [0, 1]
    assert all(batch["order"]["acknowledgements"] == [] for batch in two["batches"])
    assert two["calendar"][2]["text"] == "2 capsules of 3.5 mg once a day"


def test_page_and_leaflet_say_what_is_taken_together_and_what_is_recommended():
    page = soup(CLIENT.get("/titration", query_string=written(query_of(HALVES)), follow_redirects=True))
    assert "Recommended. Two strengths together: 2 batches, and at most 4 capsules" in words(
        page.find(id="recommended")
    )
    assert "Neither is preferred" not in words(page.main)
    heads = [words(head) for head in page.find("table", class_="pair").thead.find_all("th")]
    assert heads[2:] == ["Two strengths together", "Three strengths together"]
    section = words(page.find(id="two_strengths"))
    assert "1 capsule of 2 mg and 3 capsules of 0.5 mg once a day" in section
    assert "Give each strength a look of its own" in section
    links = [link["href"] for link in page.find(id="two_strengths").find_all("a", href=True)]
    leaflet = " ".join(pages_of(CLIENT.get(next(link for link in links if "leaflet" in link)).data))
    assert "3.5 mg 1 capsule of 2 mg and 3 capsules of 0.5 mg once a day" in leaflet
    assert "Take all capsules in that row at one time" in leaflet
    query = written([*query_of(schedule(("2 mg", 7))), ("way", "two_strengths")])
    refused = CLIENT.get(f"/titration/leaflet.pdf?{query}")
    assert refused.status_code == 422
    assert "is not one of the choices (one_strength, each_strength)" in words(soup(refused).find(id="summary"))
