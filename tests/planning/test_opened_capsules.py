"""Opened capsules as the source: worked by hand by their net content, at every door."""

import re

import pytest

from tests.orders.test_fields_left_out import GONE, with_all
from tests.support.bounds import faults_of
from tests.support.client import ask_api, make_client
from tests.support.pages import plain_text
from tests.support.papers import text_of_pdf
from tests.support.queries import as_query

#: Ten of 25 mg: 3.200 g full, 0.600 g empty, so 2.600 g of powder with 250 mg of drug, 260 mg in each.
TEN = {
    "kind": "capsule",
    "contents": "powder",
    "release": "immediate",
    "strength": "25 mg",
    "capsules_weighed": 10,
    "full_mass": "3.2 g",
    "shells_mass": "0.6 g",
    "expiry": "2027-11-30",
}
#: 30 x 5 mg = 150 mg of drug: 150/250 of 2.600 g = 1.560 g, 52 mg in each of 150 mg.
CAPSULES = {
    "drug": {"name": "drug of tablets"},
    "dose": "5 mg",
    "quantity": 30,
    "prepared_on": "2026-11-25",
    "source": TEN,
    "capsule": {"size": "3", "fill_mass": "150 mg", "expiry": "2028-01-31"},
    "diluent": {"expiry": "2028-01-31"},
}
#: 150 mL of 1 mg in 1 mL: the same 150 mg.
LIQUID = {
    "preparation": "liquid",
    "drug": {"name": "drug of tablets"},
    "dose": "5 mg",
    "strength": "1 mg",
    "volume": "150 mL",
    "prepared_on": "2026-11-25",
    "source": TEN,
    "vehicle": {"name": "water", "expiry": "2028-01-31"},
}
UNWEIGHED = {"source.capsules_weighed": GONE, "source.full_mass": GONE, "source.shells_mass": GONE}


@pytest.fixture(scope="module")
def client():
    return make_client()


@pytest.mark.parametrize("order", [CAPSULES, LIQUID], ids=["capsules", "liquid"])
def test_the_powder_is_worked_by_its_net_content(client, order):
    body = ask_api(client, order).get_json()
    plan = body["plan"]
    assert (plan["tablets_exact"]["exact"], plan["tablets_to_crush"], plan["portion"]["exact"]) == ("6", 10, "1.56")
    assert (plan["portion_share"]["exact"], plan["drug_left_over"]["exact"]) == ("0.6", "100")
    weighed = {each["name"]: each["mass"]["text"] for each in plan["weighings"][:3]}
    assert weighed == {"tablets": "3.200 g", "shells": "0.600 g", "portion": "1.560 g"}
    results = {step["code"]: step["result"].replace("\u00a0", " ") for step in plan["steps"]}
    assert results["net_content"] == "2,600 mg"
    assert results["mass_of_one_tablet"].startswith("260 mg")
    assert "source capsule" in results["mass_of_one_tablet"] or order is LIQUID
    back = plan["reverse_check"]
    assert (back.get("dose") or back["strength"])["exact"] == ("5" if order is CAPSULES else "1")
    if order is CAPSULES:  # 1 mg over root 3 and 2,600 mg, twice
        terms = [(term["name"], term["of_mass"]["exact"]) for term in plan["spread"]["terms"][:2]]
        assert terms == [("tablets", "sqrt(1/20280000)"), ("shells", "sqrt(1/20280000)")]
        plan.pop("spread")
    again = ask_api(client, body["order"]).get_json()
    again["plan"].pop("spread", None)
    assert (again["fingerprint"], again["plan"], again["defaults"]) == (body["fingerprint"], plan, [])


def test_powder_weighed_again_changes_the_loss_and_never_the_portion(client):
    """2.500 g of 2.600 g: a loss of 1/26, above 3 %; the portion rests on 2.600 g."""
    plan = ask_api(client, with_all(CAPSULES, {"source.recovered_mass": "2.5 g"})).get_json()["plan"]
    assert plan["portion"]["exact"] == "1.56"
    assert "crushing_loss_high" in {notice["code"] for notice in plan["notices"]}


def test_before_they_are_weighed_as_many_are_opened_as_the_batch_needs(client):
    """150 mg / (25 mg x 0.97) are 6.2: seven."""
    plan = ask_api(client, with_all(CAPSULES, UNWEIGHED)).get_json()["plan"]
    assert (plan["tablets_to_crush"], plan["portion"]) == (7, None)
    keys = [step["key"] for step in plan["bench"]]
    weighing = keys.index("full_capsules")
    assert keys[weighing : weighing + 3] == ["full_capsules", "empty_shells", "all_tablets"]
    assert "one_tablet" not in keys


def test_capsules_used_whole_make_the_strength_of_a_liquid(client):
    order = with_all(LIQUID, {**UNWEIGHED, "strength": GONE, "source.capsules_used": 10})
    plan = ask_api(client, order).get_json()["plan"]
    assert (plan["tablets_to_crush"], plan["all_of_the_powder"], plan["strength"]["text"]) == (
        10,
        True,
        "250 mg/150 mL",
    )
    both = with_all(order, {"strength": "1 mg"})
    assert faults_of(ask_api(client, both)) == [("excludes_each_other", "strength")]


@pytest.mark.parametrize("order", [CAPSULES, LIQUID], ids=["capsules", "liquid"])
@pytest.mark.parametrize(
    ("change", "stop"),
    [
        ({"source.contents": "pellets"}, ("pellets", "hard", "source.contents", "pellets")),
        ({"source.contents": "liquid"}, ("liquid_fill", "hard", "source.contents", "liquid")),
        ({"source.release": "extended"}, ("extended_release", "hard", "source.release", "extended")),
        ({"source.release": "delayed"}, ("delayed_release", "hard", "source.release", "delayed")),
        ({"source.full_mass": "0.85 g"}, ("tablet_lighter_than_drug", "hard", "source.full_mass", "250 mg")),
        ({"source.capsules_weighed": 5}, ("too_few_tablets", "hard", "source.capsules_weighed", "5")),
    ],
)
def test_what_must_not_be_opened_is_stopped(client, order, change, stop):
    answer = ask_api(client, with_all(order, change))
    assert answer.status_code == 422
    stops = answer.get_json()["stops"]
    assert stop in {(each["code"], each["severity"], each["field"], each["value"]) for each in stops}
    for each in stops:
        assert not re.search("tablet|crush", each["text"].replace("drug of tablets", ""), re.IGNORECASE), each["text"]


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"source.contents": GONE}, [("required", "source.contents")]),
        ({"source.release": GONE}, [("required", "source.release")]),
        ({"source.strength": GONE}, [("required", "source.strength")]),
        ({"source.shells_mass": GONE}, [("pair_incomplete", "source.shells_mass")]),
        ({"source.full_mass": GONE}, [("pair_incomplete", "source.full_mass")]),
        ({"source.capsules_weighed": GONE}, [("pair_incomplete", "source.capsules_weighed")]),
        ({"source.shells_mass": "3.2 g"}, [("shells_above_full", "source.shells_mass")]),
        ({"source.shells_mass": "50 mg"}, []),
        ({"source.shells_mass": "49.9 mg"}, [("out_of_range", "source.shells_mass")]),
        ({"source.capsules_weighed": 1, "source.shells_mass": "501 mg"}, [("out_of_range", "source.shells_mass")]),
        ({"source.full_mass": "1000.1 g"}, [("out_of_range", "source.full_mass")]),
        (
            {"source.capsules_weighed": 1001, "source.shells_mass": "6 g", "source.full_mass": "40 g"},
            [("out_of_range", "source.capsules_weighed")],
        ),
        ({"source.capsules_weighed": 1001}, [("out_of_range", "source.capsules_weighed")]),
        ({"source.tablets_weighed": 10}, [("unknown_field", "source.tablets_weighed")]),
        ({"source.least_tablets": 3}, [("unknown_field", "source.least_tablets")]),
        ({"source.assay": "99 %"}, [("unknown_field", "source.assay")]),
    ],
)
def test_what_was_weighed_full_is_weighed_empty(client, change, faults):
    assert faults_of(ask_api(client, with_all(CAPSULES, change))) == faults


def test_a_drug_whose_file_lists_tablets_asks_for_a_reason(client):
    order = {**CAPSULES, "drug": "naltrexone", "dose": "4.5 mg", "source": {**TEN, "strength": "50 mg"}}
    stops = ask_api(client, order).get_json()["stops"]
    assert [(stop["code"], stop["severity"]) for stop in stops] == [("strength_not_in_drug_file", "soft")]


@pytest.mark.parametrize(("at", "order"), [("", CAPSULES), ("/liquid", LIQUID)], ids=["capsules", "liquid"])
def test_page_and_papers_say_capsules_and_open(client, at, order):
    query = as_query(order)
    for paper, more in (("sheet", [("annex", "yes")]), ("label", [("label", "4x2")])):
        answer = client.get(f"{at}/{paper}.pdf", query_string=[*query, *more])
        assert answer.status_code == 200
        text = text_of_pdf(answer.data)
        if paper == "sheet":
            assert "brush" in text
            assert "drug of tablets" in text  # what was typed stays
        rest = text.replace("drug of tablets", "").replace("crushed or opened", "")
        assert re.findall(".{30}(?:tablet|crush).{20}", rest, re.IGNORECASE) == []
    page = plain_text(client.get(at or "/", query_string=query))
    called = "source capsules" if order is CAPSULES else "capsules"
    assert f"Open 10 {called}, weigh 1.560 g of the powder" in page
    assert "Strength of one " + called.removesuffix("s") in page


def test_a_schedule_from_opened_capsules_says_so_and_leads_to_its_plans(client):
    """14 x 2 mg and 14 x 4 mg are 84 mg, which four capsules of 25 mg hold; the links keep what was typed."""
    order = with_all(CAPSULES, {**UNWEIGHED, "dose": GONE, "quantity": GONE})
    steps = (
        [(f"schedule-{n}-dose", dose), (f"schedule-{n}-dose_unit", "mg"), (f"schedule-{n}-days", "14")]
        for n, dose in enumerate("24")
    )
    query = [pair for step in steps for pair in step] + as_query(order)
    answer = client.get("/titration", query_string=query, follow_redirects=True)
    assert answer.status_code == 200
    page = plain_text(answer)
    assert "Source capsules to open 4" in page
    assert "4 source capsules" in page
    assert "To make Source capsules to open" in page
    links = re.findall(r'href="(/\?[^"]*)"', answer.text)
    assert links
    assert all("drug%20of%20tablets" in link for link in links)


def test_the_diluent_stands_for_contents_that_take_little_room(client):
    """Ninety of 0.15 mg from ten capsules with 2.4 g in all: 13.5 of 1,000 mg, 0.36 mg in a capsule that holds 345."""
    order = with_all(CAPSULES, {"dose": "0.15 mg", "quantity": 90, "capsule": {"size": "2E"}})
    weighed = {"strength": "100 mg", "capsules_weighed": 10, "full_mass": "3 g", "shells_mass": "0.6 g"}
    order = {**order, "source": {**order["source"], **weighed}, "diluent": {"packing_statistic": "345 mg"}}
    answer = ask_api(client, order).get_json()
    assert "diluent_stands_for_powder" in [notice["code"] for notice in answer["plan"]["notices"]]
    unweighed = {name: value for name, value in order["source"].items() if name not in weighed or name == "strength"}
    faults = ask_api(client, {**order, "source": unweighed}).get_json()["faults"]
    assert [(fault["code"], fault["field"]) for fault in faults] == [
        ("pair_incomplete", "tablet_powder.packing_statistic")
    ]
