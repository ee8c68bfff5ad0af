"""What is weighed and counted once a batch is made: on the check, the page of the plan, its sheet and on paper."""

import pytest

from calc.web.openapi.checks import WEIGHTS
from tests.support.checked_client import soup, words
from tests.support.client import PROBLEM, ask_page, make_client
from tests.support.orders import GOOD
from tests.support.papers import text_of_pdf
from tests.support.queries import as_query
from tests.support.schemas import validate

CLIENT = make_client()
HUNDRED = {"theoretical_fill": "100 mg", "shell_mass": "50 mg"}


def check(weighed, made=None, **changes):
    """The answer to a check of so many capsules of 100 mg of 100 mg, and its status."""
    counts = {} if made is None else {"planned": made, "made": made}
    asked = {**HUNDRED, "capsules": ["150 mg"] * weighed, **counts, **changes}
    answer = CLIENT.post(WEIGHTS, json={name: value for name, value in asked.items() if value is not None})
    if answer.status_code == 200:
        validate("check_weights.schema.json", asked)
        validate("check_weights_answer.schema.json", answer.get_json())
    return answer


# Counts below ten.


@pytest.mark.parametrize("made", range(1, 13))
@pytest.mark.parametrize("weighed", range(1, 13))
def test_ten_are_weighed_or_all_where_fewer_were_made(made, weighed):
    answer = check(weighed, made)
    assert (answer.status_code == 200) is (min(10, made) <= weighed <= made)
    if answer.status_code == 200:
        assert len(answer.get_json()["fills"]) == weighed
    else:
        (fault,) = answer.get_json()["faults"]
        place = ("out_of_range", "made") if weighed > made else ("list_length", "capsules")
        assert (fault["code"], fault["field"]) == place


@pytest.mark.parametrize("made", [None, 0, -1, "7", True, [7], 7.5])
def test_without_a_count_that_can_be_read_ten_are_weighed(made):
    """JSON with a count that cannot be read has its own fault beside that of the list."""
    asked = {**HUNDRED, "capsules": ["150 mg"] * 7, "planned": 7, "made": made}
    answer = CLIENT.post(WEIGHTS, json=asked)
    assert (answer.status_code, answer.content_type) == (422, PROBLEM)
    found = {(fault["code"], fault["field"]) for fault in answer.get_json()["faults"]}
    assert ("list_length", "capsules") in found
    assert "made" in {field for _, field in found}


def test_the_page_takes_seven_of_seven():
    masses = "183 183 182 184 183 183 183"
    query = {"by": "weight", "theoretical_fill": "135", "theoretical_fill_unit": "mg", "shell_mass": "48"}
    query |= {"shell_mass_unit": "mg", "capsules": masses, "capsules_unit": "mg", "planned": "7", "made": "7"}
    page = CLIENT.get("/check", query_string=query)
    assert page.status_code == 200
    assert "The batch passes by weight" in page.text
    page = CLIENT.get("/check", query_string={**query, "capsules": "183 183"})
    assert page.status_code == 422
    assert "give all 7; here are 2." in page.text
    page = CLIENT.get("/check", query_string={**query, "made": "6", "planned": "7"})
    assert "6 capsules is outside what is taken here, 7 capsules to 2,000 capsules." in words(soup(page))


def test_one_capsule_is_judged_by_its_fill_and_has_no_spread():
    answer = check(1, 1).get_json()
    assert (answer["verdict"], answer["rsd"], answer["rsd_ok"]) == ("pass", None, None)
    assert answer["mean_fill"]["exact"] == "100"
    order = {**GOOD, "quantity": 1}
    found = check(1, 1, theoretical_fill=None, order=order, capsules=["187 mg"], shell_mass="48 mg").get_json()
    spread = found["spread"]
    assert [spread[name] for name in ("fill", "combined", "degrees_of_freedom", "within")] == [None, None, None, []]
    query = {f"order-{name}": value for name, value in as_query(order)}
    query |= {"by": "weight", "capsules": "187", "capsules_unit": "mg", "shell_mass": "48", "shell_mass_unit": "mg"}
    page = CLIENT.get("/check", query_string={**query, "planned": "1", "made": "1"})
    assert page.status_code == 200
    assert "One capsule was weighed, so nothing is known of how capsules differ." in words(soup(page))


SEVEN = {"dose": "4.5 mg", "quantity": 7, "prepared_on": "2026-11-23"}
SEVEN |= {"source": {"tablets_weighed": 1, "total_mass": "0.160 g", "weighed_on": "2026-11-23"}}
SEVEN |= {"capsule": {"fill_mass": "135 mg"}}


def printed(order):
    answer = CLIENT.get("/sheet.pdf", query_string=as_query(order))
    assert answer.status_code == 200
    return text_of_pdf(answer.data)


@pytest.mark.parametrize(
    ("quantity", "line", "mean", "boxes"),
    [
        (1, "Weigh the filled capsule.", "Its mass less the mean shell: the fill.", "The filled capsule 1 Mean"),
        (
            *(
                7,
                "Weigh all seven filled capsules, one by one.",
                "Mean of the seven less the mean shell: the mean fill.",
            ),
            "All seven filled capsules, one by one 1 2 3 4 5 6 7 Mean",
        ),
        (
            *(10, "Weigh ten filled capsules, one by one, from the edge", "Mean of the ten less the mean shell"),
            "Ten filled capsules, one by one 1 2 3 4 5 6 7 8 9 10 Mean",
        ),
    ],
)
def test_page_and_paper_ask_for_as_many_as_there_are(quantity, line, mean, boxes):
    order = {**SEVEN, "quantity": quantity}
    page, paper = words(soup(ask_page(CLIENT, as_query(order)))), printed(order)
    for text in (page, paper):
        assert line in text
        assert mean in text
        assert ("ten filled capsules" in text) is (quantity == 10)
    assert boxes in paper


@pytest.mark.parametrize(
    ("quantity", "asked"),
    [(1, ""), (2, "check the weights of all two capsules"), (9, "all nine capsules"), (10, "at least ten capsules")],
)
def test_what_is_not_known_yet_asks_for_as_many_as_there_are(quantity, asked):
    page = words(soup(ask_page(CLIENT, as_query({**SEVEN, "quantity": quantity}))))
    assert asked in page
    assert ("How one capsule differs from the next:" in page) is (quantity > 1)
    assert ("at least ten capsules" in page) is (quantity == 10)
