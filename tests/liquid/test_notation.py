"""Every text of a liquid that a person reads, in answers, on its page and papers, writes figures by the rules."""

from urllib.parse import urlencode

import pytest

from tests.casebook.liquids import CASES
from tests.support.client import PLAN, make_client
from tests.support.orders import dated
from tests.support.papers import text_of_pdf
from tests.support.queries import query_of
from tests.tools.compare_engines import trees
from tests.web.test_liquid_pages import NOT_ON_THE_PAGE
from tests.wording.test_notation import by_id, faults_in, faults_in_json, text_of_page

CLIENT = make_client()
ON_THE_PAGE = [case for case in CASES if case["id"] not in NOT_ON_THE_PAGE]
#: Without a beyond-use date no paper is printed.
PRINTED = [
    case for case in ON_THE_PAGE if case["expect"]["status"] == 200 and case["id"] != "water-at-room-temperature"
]


def ask(path, order, **more):
    query = urlencode([*query_of(order), *more.items()])
    return CLIENT.get(f"{path}?{query}", follow_redirects=True)


@pytest.mark.parametrize("case", CASES, ids=by_id)
def test_the_answers_to_the_case_book(case):
    answer = CLIENT.post(PLAN, json=case["order"])
    assert answer.status_code == case["expect"]["status"]
    assert faults_in_json(answer.get_json(), case["order"]) == []


@pytest.mark.parametrize("case", ON_THE_PAGE, ids=by_id)
def test_the_pages_of_the_case_book(case):
    answer = ask("/liquid", case["order"])
    assert answer.status_code == case["expect"]["status"]
    assert faults_in(text_of_page(answer.text), case["order"]) == []


@pytest.mark.parametrize("case", PRINTED, ids=by_id)
def test_the_sheets_of_the_case_book(case):
    assert faults_in(paper("sheet", case["order"], paper="letter"), case["order"]) == []


@pytest.mark.parametrize("case", PRINTED[::3], ids=by_id)
def test_labels_and_leaflets_of_the_case_book(case):
    texts = [paper("label", dated(case["order"]), label="4x2")]
    if case["order"].get("drug", "naltrexone") == "naltrexone":
        texts.append(paper("leaflet", case["order"], paper="a4"))
    assert [fault for text in texts for fault in faults_in(text, case["order"])] == []


def paper(kind, order, **on):
    answer = ask(f"/liquid/{kind}.pdf", order, **on)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return text_of_pdf(answer.data)


@pytest.mark.parametrize("path", ["/liquid", "/liquid?dose=.5&dose_unit=mg", "/liquid?volume=0.50&volume_unit=mL"])
def test_pages_without_a_whole_order(path):
    typed = {"dose": ".5 mg", "volume": "0.50 mL"}
    assert faults_in(text_of_page(CLIENT.get(path, follow_redirects=True).text), typed) == []


#: The stops and notices that only a liquid has, by the contract.
OF_A_LIQUID = {
    *("less_than_one_dose", "dose_below_mark", "off_a_mark", "several_syringes", "outlasts_use"),
    *("several_bottles", "dose_volume_unusual", "days_unusual"),
}


def test_random_orders_in_the_answer_on_the_page_and_on_the_sheet():
    found, planned, said = [], [], set()
    for tree in trees(250, 36, "liquids", new=True):
        body = CLIENT.post(PLAN, json=tree).get_json()
        found += [(fault, tree) for fault in faults_in_json(body, tree)]
        said |= {each["code"] for each in (*body.get("stops", ()), *body.get("plan", {}).get("notices", ()))}
        # A liquid without a beyond-use date has no papers.
        planned += [body["order"]] if "plan" in body and body["plan"]["beyond_use"]["date"] else []
    assert found == []
    assert said >= OF_A_LIQUID
    assert len(planned) > 50
    for order in planned[::10]:
        for text in (text_of_page(ask("/liquid", order).text), paper("sheet", order, paper="a4")):
            assert faults_in(text, order) == [], order
