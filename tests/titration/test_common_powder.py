"""One powder for the batches of a titration: portions worked by hand, and held to the plans of the batches."""

import copy
import re
from fractions import Fraction

import pytest

from calc.orders.query import written
from tests.support.checked_client import soup, words
from tests.support.client import PLAN, make_client
from tests.support.papers import one_line, text_of_pdf
from tests.titration.test_titration import RISING, ask, schedule
from tests.web.test_titration_pages import query_of

CLIENT = make_client()
WEIGHED = {"tablets_weighed": 5, "total_mass": "0.8 g"}
TYPED = [(f"common_powder-{name}", text) for name, text in (("tablets_weighed", "5"), ("total_mass", "0.8"))]
TYPED.append(("common_powder-total_mass_unit", "g"))
POWDER = {"source": {"kind": "powder", "assay": "99 %"}}


def common(tree=RISING, weighed=WEIGHED):
    return {**copy.deepcopy(tree), "common_powder": weighed}


def every_way(answer):
    return [*answer["ways"], *answer["together"]]


def test_portions_of_one_powder_are_those_of_the_plans_and_add_up():
    """21, 42 and 135 mg of the 250 mg in five tablets: 8.4, 16.8 and 54 % of 0.8 g, on a balance of 1 mg."""
    answer = ask(common())
    one, each = answer["ways"]
    assert one["common_powder"] is None
    powder = each["common_powder"]
    assert (powder["tablets"], powder["mass"]["text"], powder["left_over"]["text"]) == (5, "0.800 g", "0.167 g")
    portions = [(p["strength"]["text"], p["share"]["text"], p["portion"]["text"]) for p in powder["portions"]]
    assert portions == [("1.5 mg", "8.4 %", "0.067 g"), ("3 mg", "16.8 %", "0.134 g"), ("4.5 mg", "54 %", "0.432 g")]
    for way in every_way(answer):
        for number, batch in enumerate(way["batches"]):
            alone = CLIENT.post(PLAN, json=batch["order"]).get_json()
            assert alone["fingerprint"] == batch["plan"]["fingerprint"]
            assert alone["plan"]["tablets_to_crush"] == way["tablets"] == 5
            if way["common_powder"]:
                part = way["common_powder"]["portions"][number]
                assert part["portion"] == alone["plan"]["portion"]
                exact = Fraction(part["share"]["exact"]) * Fraction(way["common_powder"]["mass"]["exact"])
                assert exact == Fraction(part["portion"]["exact"])
        if way["common_powder"]:
            shown = sum(Fraction(part["portion"]["value"]) for part in way["common_powder"]["portions"])
            assert shown + Fraction(way["common_powder"]["left_over"]["exact"]) == Fraction("0.8")


def test_without_masses_there_are_shares_and_more_weighed_tablets_give_the_mean():
    each = ask(RISING)["ways"][1]["common_powder"]
    assert [part["share"]["text"] for part in each["portions"]] == ["8.4 %", "16.8 %", "54 %"]
    assert (each["mass"], each["left_over"], {part["portion"] for part in each["portions"]}) == (None, None, {None})
    # Ten tablets of 1.6 g: five of them are the same 0.8 g.
    more = ask(common(weighed={"tablets_weighed": 10, "total_mass": "1600 mg"}))["ways"][1]["common_powder"]
    assert more == ask(common())["ways"][1]["common_powder"]


def test_opened_capsules_and_powder_have_no_common_tablets():
    opened = {"kind": "capsule", "contents": "powder", "release": "immediate", "strength": "50 mg"}
    for source in (opened, POWDER["source"]):
        answer = ask(schedule(("1.5 mg", 14), ("4 mg", 14), drug={"name": "another"}, source=source))
        assert [way["common_powder"] for way in every_way(answer)] == [None, None]


def test_a_schedule_from_opened_capsules_says_capsules():
    opened = {"kind": "capsule", "contents": "powder", "release": "immediate", "strength": "50"}
    pairs = [
        *query_of(schedule(("1.5 mg", 14), ("4 mg", 14))),
        ("drug-name", "another"),
        ("source-strength_unit", "mg"),
    ]
    pairs += [(f"source-{name}", value) for name, value in opened.items()]
    page = soup(CLIENT.get("/titration", query_string=written(pairs), follow_redirects=True))
    shown = words(page.find(id="result")) + words(page.find(id="plan")) + words(page.find(id="entered-order"))
    assert "Source capsules to open" in shown
    assert "ablet" not in shown


def test_a_stop_of_a_batch_leaves_its_way_without_a_powder_until_it_is_overridden():
    tree = common(schedule(("3.5 mg", 10), ("7 mg", 10)))
    assert [way["common_powder"] for way in every_way(ask(tree))] == [None, None]
    tree["order"]["acknowledgements"] = [{"code": "dose_above_usual", "value": "7 mg", "reason": "reference_checked"}]
    powder = ask(tree)["ways"][1]["common_powder"]
    # 35 and 70 mg of the least number of tablets, three: 150 mg; three of 0.16 g each.
    assert (powder["tablets"], powder["mass"]["text"]) == (3, "0.480 g")
    assert [part["portion"]["text"] for part in powder["portions"]] == ["0.112 g", "0.224 g"]
    heavy = ask(common(weighed={"tablets_weighed": 1, "total_mass": "20 g"}))
    assert all(batch["stops"] for way in every_way(heavy) for batch in way["batches"])


def test_a_stop_of_doses_or_of_too_many_capsules_leaves_a_way_without_the_masses_too():
    """7 mg are above the usual dose: in capsules of 0.5 mg, none of which is, the stop stands at the dose alone."""
    steps = [(f"{dose} mg", days) for dose, days in (("0.5", 7), ("2.5", 28), ("4", 7), ("7", 14))]
    weighed = common(schedule(*steps), {"tablets_weighed": 20, "total_mass": "3.2 g"})
    without = ask(schedule(*steps))
    for way, as_it_was in zip(every_way(ask(weighed)), every_way(without), strict=True):
        assert any(batch["stops"] for batch in way["batches"])
        assert way["batches"] == as_it_was["batches"]
    weighed["order"]["acknowledgements"] = [
        {"code": "dose_above_usual", "value": "7 mg", "reason": "reference_checked"}
    ]
    planned = [way for way in every_way(ask(weighed)) if not any(batch["stops"] for batch in way["batches"])]
    assert {way["code"] for way in planned} >= {"each_strength", "two_strengths"}
    assert {batch["order"]["source"]["tablets_weighed"] for way in planned for batch in way["batches"]} == {20}


@pytest.mark.parametrize(("common_powder", "whole"), [(None, True), ("yes", False)])
def test_no_common_tablets_are_crushed_in_the_diluent_of_one_batch_weighed_another_day(common_powder, whole):
    """9.03 mg of drug are 18 % of a tablet of 50 mg: a portion of less than 130 mg, if it weighs less than 0.72 g."""
    tree = {
        "dose": "150.5 mcg", "quantity": 60, "balance": {"readability": "5 mg", "minimum": "130 mg"},
        "source": {"tablets_weighed": 1, "total_mass": "460 mg", "weighed_on": "2026-02-24", "tablets_crushed": 1,
                   "least_tablets": 1, "common_powder": common_powder},
        "capsule": {"size": "3"}, "prepared_on": "2026-03-03",
    }  # fmt: skip
    triturations = CLIENT.post(PLAN, json=tree).get_json()["plan"]["triturations"]
    assert [each["all_of_it"] for each in triturations[:1]] == [True] * whole


def test_a_powder_without_tablets_is_told_beside_other_faults():
    tree = common(schedule(("1 mg", 7), preparation="liquid", strength="5 mg", vehicle={"name": "oil"}))
    tree["start"] = "2000-01-01"
    faults = CLIENT.post("/api/v1/titration", json=tree).get_json()["faults"]
    assert {(fault["code"], fault["field"]) for fault in faults} == {
        ("excludes_each_other", "common_powder"),
        ("start_before_making", "start"),
    }


@pytest.mark.parametrize(
    ("tree", "code", "field"),
    [
        (common(weighed={"tablets_weighed": 5}), "required", "common_powder.total_mass"),
        (common(weighed={"total_mass": "1 g", "tablets_weighed": None}), "required", "common_powder.tablets_weighed"),
        (common(weighed={**WEIGHED, "tablets_weighed": 0}), "zero_not_allowed", "common_powder.tablets_weighed"),
        (common(weighed={**WEIGHED, "total_mass": "1 mL"}), "wrong_dimension", "common_powder.total_mass"),
        (common(weighed={**WEIGHED, "lot": "x"}), "unknown_field", "common_powder.lot"),
        (common(weighed="0.8 g"), "wrong_type", "common_powder"),
        (
            common(schedule(("1 mg", 7), **POWDER)),
            "excludes_each_other",
            "common_powder",
        ),
        (
            common(schedule(("1 mg", 7), preparation="liquid", strength="5 mg", vehicle={"name": "oil"})),
            "excludes_each_other",
            "common_powder",
        ),
    ],
)
def test_what_is_wrong_with_the_tablets_is_told_at_their_field(tree, code, field):
    answer = CLIENT.post("/api/v1/titration", json=tree)
    assert answer.status_code == 422
    assert [(fault["code"], fault["field"]) for fault in answer.get_json()["faults"]] == [(code, field)]


def test_the_page_takes_the_tablets_of_all_batches_and_shows_each_portion():
    page = soup(CLIENT.get("/titration", query_string=written([*query_of(RISING), *TYPED]), follow_redirects=True))
    section = page.find(id="each_strength")
    rows = [
        [words(cell) for cell in row.find_all(["th", "td"])]
        for row in section.find("table", class_="narrow").tbody.find_all("tr")
    ]
    assert rows == [["1.5 mg", "8.4 %", "0.067 g"], ["3 mg", "16.8 %", "0.134 g"], ["4.5 mg", "54 %", "0.432 g"]]
    assert [words(row.find_all("td")[4]) for row in section.find("table", class_="wide").tbody.find_all("tr")] == [
        "one powder"
    ] * 3
    assert "Crush 5 tablets once: 0.800 g of powder." in words(section)
    assert "Powder left over: 0.167 g." in words(section)
    assert "5 tablets, 0.800 g for all batches" in words(page.find(id="entered-weigh"))
    assert page.find(id="common_powder-total_mass")["value"] == "0.8"
    half = CLIENT.get("/titration", query_string=written([*query_of(RISING), TYPED[0]]), follow_redirects=True)
    assert half.status_code == 422
    shown = soup(half)
    assert words(shown.find(id="summary").a) == "Mass of these tablets together, for all batches: enter a value."
    assert shown.find(id="work-weigh").has_attr("open")


def test_the_sheet_of_a_batch_does_not_crush_the_common_tablets_again():
    """The way of one batch crushes its own; of three, each batch takes its portion of what was crushed once."""
    one, each = ask(common())["ways"]
    assert one["batches"][0]["order"]["source"]["common_powder"] is None
    batch = each["batches"][0]
    assert batch["order"]["source"]["common_powder"] == "yes"
    assert "source-common_powder=yes" in batch["query"]
    sheet = one_line(text_of_pdf(CLIENT.get(f"/sheet.pdf?{batch['query']}").data))
    page = soup(CLIENT.get(f"/?{batch['query']}", follow_redirects=True))
    assert page.find(id="source-common_powder").find("option", selected=True)["value"] == "yes"
    shown = words(page.main)
    bench = shown[shown.index("Put on protective") : shown.index("Check what was typed")]
    for text in (sheet, bench):
        assert "Crush nothing: take the common powder" in text
        assert re.findall(r"Crush (?!nothing)|Count the tablets", text) == []
    assert "Common powder of" in sheet
    assert "5 tablets" in sheet
    alone = one_line(text_of_pdf(CLIENT.get(f"/sheet.pdf?{one['batches'][0]['query']}").data))
    assert "Crush to an even, fine powder" in alone


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (
            {"common_powder": "yes"},
            [("pair_incomplete", "source.tablets_crushed"), ("pair_incomplete", "source.total_mass")],
        ),
        ({"common_powder": "no"}, [("unknown_choice", "source.common_powder")]),
        ({"common_powder": 1}, [("wrong_type", "source.common_powder")]),
        ({"kind": "powder", "assay": "99 %", "common_powder": "yes"}, [("unknown_field", "source.common_powder")]),
    ],
)
def test_what_a_common_powder_takes(change, faults):
    answer = CLIENT.post(PLAN, json={"dose": "4.5 mg", "quantity": 30, "source": change})
    found = {(fault["code"], fault["field"]) for fault in answer.get_json()["faults"]}
    assert found >= set(faults)
    tree = copy.deepcopy(RISING)
    tree["order"] = {**tree.get("order", {}), "source": {"common_powder": "yes"}}
    told = CLIENT.post("/api/v1/titration", json=tree).get_json()["faults"]
    assert [(fault["code"], fault["field"]) for fault in told] == [("belongs_to_batch", "order.source.common_powder")]


def test_no_trituration_takes_all_of_the_common_tablets():
    """Thirty capsules of 0.05 mg from four tablets of 50 mg in 0.4 g: 3 mg of their powder, too little to weigh."""
    order = {"dose": "0.05 mg", "quantity": 30, "prepared_on": "2026-11-23", "capsule": {"fill_mass": "150 mg"}}
    order["acknowledgements"] = [{"code": "dose_below_usual", "value": "0.05 mg", "reason": "prescriber_confirmed"}]
    tablets = {"tablets_weighed": 4, "total_mass": "0.4 g", "tablets_crushed": 4}
    whole, part = (
        CLIENT.post(PLAN, json={**order, "source": {**tablets, "common_powder": said}}).get_json()["plan"]
        for said in (None, "yes")
    )
    assert [step["all_of_it"] for step in whole["triturations"]] == [True, False]
    assert [step["all_of_it"] for step in part["triturations"]] == [False, False]
    assert part["triturations"][0]["weigh"]["text"] == "0.100 g"  # of 0.4 g, so that the rest is there for the others
