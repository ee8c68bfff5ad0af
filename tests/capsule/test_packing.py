"""Bodies and empty shells weighed together, worked by hand, and the page on which they are entered."""

from urllib.parse import urlencode

import pytest

from calc.paper.code import pack, unpack
from tests.support.client import ask_api, ask_page, make_client
from tests.support.orders import GOOD, PACKED, changed
from tests.support.pages import page_faults, read_page
from tests.support.queries import as_query, query_of

CLIENT = make_client()
#: 1,830 mg less ten shells of 48 mg are 135 mg in a body, and 639 mg less three 165 mg: the means of the good order.
TEN = {"bodies": 10, "total": "1.83 g", "shells": "480 mg"}
THREE = {"bodies": 3, "total": "639 mg", "shells": "144 mg"}
BODIES = changed(GOOD, {"diluent": {"packing": TEN}, "tablet_powder": {"packing": THREE}})
#: 400 mg in 0.30 mL are 1.333 g in 1 mL, in each of the two powders.
DENSE = changed(BODIES, {"diluent.packing": {"bodies": 3, "total": "1.2 g"}, "tablet_powder.packing.total": "1.344 g"})


def figures(answer):
    """The plan without its steps, which show the division besides."""
    return {name: part for name, part in answer.get_json()["plan"].items() if name != "steps"}


def steps(answer):
    return {step["code"]: step for step in answer.get_json()["plan"]["steps"]}


def test_bodies_weighed_together_are_divided_and_their_shells_taken_off():
    answer = ask_api(CLIENT, BODIES)
    assert figures(answer) == figures(ask_api(CLIENT, GOOD))
    assert steps(answer)["packing_of_diluent"]["substituted"] == "(1,830 mg \u2212 480 mg) / 10 capsules"
    assert steps(answer)["packing_of_powder"]["result"] == "165 mg/capsule"


def test_bodies_on_a_tared_balance_are_only_divided_and_the_assumption_is_told():
    order = changed(BODIES, {"diluent.packing": {"bodies": 10, "total": "1350 mg"}})
    answer = ask_api(CLIENT, order)
    assert figures(answer) == figures(ask_api(CLIENT, GOOD))
    assert steps(answer)["packing_of_diluent"]["substituted"] == "1,350 mg / 10 capsules"
    assert "diluent.packing.shells" in answer.get_json()["defaults"]
    said = ask_api(CLIENT, changed(order, {"diluent.packing.shells": "tared"})).get_json()
    assert "diluent.packing.shells" not in said["defaults"]
    assert said["fingerprint"] == answer.get_json()["fingerprint"]


def test_shells_weighed_together_are_divided():
    """48.3 mg and 0.9 or 1.1 times the fill of 7,569 / 55 mg: 172.16 to 199.68 mg, rounded inward."""
    answer = ask_api(CLIENT, changed(GOOD, {"capsule.shells": {"number": 10, "total": "483 mg"}}))
    band = answer.get_json()["plan"]["gross_band"]
    assert (band["low"]["text"], band["high"]["text"]) == ("173 mg", "199 mg")
    assert answer.get_json()["plan"]["estimated"] == []
    assert steps(answer)["mean_shell"]["substituted"] == "483 mg / 10 capsules"


ALONE = changed(GOOD, {"tablet_powder": None})


def test_the_diluent_stands_for_tablet_powder_that_takes_less_than_a_fifth_of_the_body():
    """14.4 of 135 mg: the rest is filled with (1 - 14.4 / 135) x 135 = 120.6 mg of diluent, 30 times 3,618 mg."""
    answer = ask_api(CLIENT, ALONE)
    plan = answer.get_json()["plan"]
    assert (plan["share_of_body"]["exact"], plan["fill_mass"]["exact"]) == ("8/75", "135")
    assert plan["diluent"]["text"] == "3.618 g"
    assert "diluent_stands_for_powder" in {notice["code"] for notice in plan["notices"]}
    assert "packing_of_powder" not in steps(answer)
    page = ask_page(CLIENT, as_query(ALONE)).text
    assert "so it is taken to pack like the diluent" in page


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        # 14.4 of 72 mg are a fifth.
        ({"diluent.packing_statistic": "72 mg"}, "tablet_powder"),
        ({"source": {"strength": "50 mg"}}, "tablet_powder"),
        ({"source.weighed_on": "2026-11-22"}, "tablet_powder"),
        ({"source": {"kind": "powder", "assay": "100 %"}}, "source"),
        ({"diluent.packing_statistic": None, "tablet_powder.packing_statistic": "165 mg"}, "diluent"),
    ],
    ids=["a fifth", "not weighed", "weighed another day", "bulk powder", "tablet powder alone"],
)
def test_else_both_powders_are_measured(changes, part):
    (fault,) = ask_api(CLIENT, changed(ALONE, changes)).get_json()["faults"]
    assert (fault["code"], fault["field"]) == ("pair_incomplete", f"{part}.packing_statistic")


def test_each_powder_that_packs_densely_needs_a_reason_of_its_own():
    stops = ask_api(CLIENT, DENSE).get_json()["stops"]
    assert [(stop["field"], stop["value"]) for stop in stops] == [
        ("tablet_powder.packing", "tablet_powder 400 mg"),
        ("diluent.packing", "diluent 400 mg"),
    ]
    reasons = [{"code": stop["code"], "value": stop["value"], "reason": stop["reasons"][0]} for stop in stops]
    for given, left in ((reasons[:1], [stops[1]]), (reasons[1:], [stops[0]]), (reasons[:1] * 2, [stops[1]])):
        assert ask_api(CLIENT, {**DENSE, "acknowledgements": given}).get_json()["stops"] == left
    assert ask_api(CLIENT, {**DENSE, "acknowledgements": reasons}).status_code == 200
    third = ask_api(CLIENT, {**DENSE, "acknowledgements": [*reasons, reasons[0]]}).get_json()["faults"]
    assert [(fault["code"], fault["field"]) for fault in third] == [("acknowledgement_unused", "acknowledgements.2")]


@pytest.mark.parametrize("part", PACKED)
def test_the_page_keeps_what_was_typed_and_tells_its_fault_at_its_field(part):
    order = changed(GOOD, {**PACKED[part], f"{part}.packing.total": "0.4 g", f"{part}.packing.shells": "0.5 g"})
    answer = ask_page(CLIENT, as_query(order))
    assert answer.status_code == 422
    page = read_page(answer)
    assert [name for name, _ in page_faults(page)] == [f"{part}-packing-total"]
    typed = {name: page.find(id=f"{part}-packing-{name}")["value"] for name in ("bodies", "total", "shells")}
    assert typed == {"bodies": str(order[part]["packing"]["bodies"]), "total": "0.4", "shells": "0.5"}


def test_the_page_asks_for_the_reason_where_the_bodies_are_entered():
    page = read_page(ask_page(CLIENT, as_query(DENSE)))
    assert [name for name, _ in page_faults(page)] == ["tablet_powder-packing-total", "diluent-packing-total"]
    for part in ("tablet_powder", "diluent"):
        box = page.find(id=f"{part}-packing-total").find_parent(class_="field")
        assert box.select_one("input[name$=-value]")["value"] == f"{part} 400 mg"
        assert [option["value"] for option in box.select(".reason option")] == [
            "",
            "weighed_again",
            "reference_checked",
        ]


def test_both_a_mean_and_bodies_are_told_at_the_bodies():
    page = read_page(ask_page(CLIENT, as_query(changed(BODIES, {"diluent.packing_statistic": "135 mg"}))))
    assert [name for name, _ in page_faults(page)] == ["diluent-packing-total"]


def test_a_query_says_tared_by_leaving_the_shells_out():
    """The box of a page may hold the word all the same; it is dropped by the redirect to the canonical address."""
    order = changed(BODIES, {"diluent.packing.shells": "tared"})
    assert [name for name, _ in query_of(order) if "diluent-packing" in name] == [
        *("diluent-packing-bodies", "diluent-packing-total", "diluent-packing-total_unit"),
    ]
    typed = [*query_of(order), ("diluent-packing-shells", " tared "), ("diluent-packing-shells_unit", "g")]
    answer = CLIENT.get(f"/?{urlencode(typed)}")
    assert answer.status_code == 303
    assert "tared" not in answer.headers["Location"]
    assert "diluent-packing-shells" not in answer.headers["Location"]


def test_the_code_of_a_sheet_keeps_bodies_and_shells():
    order = changed(BODIES, {"capsule.shells": {"number": 10, "total": "483 mg"}})
    pairs = query_of(ask_api(CLIENT, order).get_json()["order"])
    assert {"diluent-packing-shells", "tablet_powder-packing-bodies", "capsule-shells-number"} <= set(dict(pairs))
    assert sorted(unpack(pack(pairs))) == sorted(pairs)
