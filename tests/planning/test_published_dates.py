"""Published dates typed for an order: they shorten the beyond-use date, or give one where the general limits give none.

The last days were counted by hand in a calendar, with the day of making, 2026-11-29, as day 1.
"""

import json
from datetime import date

import pytest

from calc.capsule.order import Order
from calc.capsule.papers import leaflet_content, sheet_content
from calc.capsule.planning import plan
from calc.faults import FaultCode, Refused
from calc.library import load
from calc.liquid.order import LiquidOrder
from calc.liquid.papers import liquid_label_pdf, liquid_leaflet_content, liquid_sheet_content
from calc.liquid.planning import plan_liquid
from calc.liquid.sheet import liquid_sheet
from calc.orders.query import shortest_pairs_of
from calc.paper.code import pack, unpack
from calc.service.preparations import LIQUID
from calc.web.forms import query
from tests.support.client import PLAN, make_client
from tests.support.orders import dated
from tests.support.pages import plain_text
from tests.support.places import DATA

LIBRARY = load()
MADE = "2026-11-29"
PUBLISHED = {
    each["name"]: each["order"]
    for each in json.loads((DATA / "published_formulas.json").read_text(encoding="utf-8"))["orders"]
}
COLD, ROOM = "refrigerator", "room temperature"
CAPSULES = {"dose": "4.5 mg", "quantity": 30, "prepared_on": MADE}
LIQUID_ORDER = {
    "preparation": "liquid",
    "dose": "4.5 mg",
    "strength": "1 mg",
    "volume": "100 mL",
    "prepared_on": MADE,
    "vehicle": {"name": "suspending vehicle", "preserved": "yes"},
}
CAPTOPRIL = {**LIQUID_ORDER, "drug": {"name": "captopril"}, "dose": "2 mg"}
#: Captopril from bulk powder (Humco) and from tablets in syrup (Lye): published, and not among the orders of the file.
HUMCO = {**CAPTOPRIL, "strength": "0.8 mg", "source": {"kind": "powder", "assay": "100 %"}}
LYE = {**CAPTOPRIL, "source": {"strength": "50 mg"}, "vehicle": {"name": "syrup", "preserved": "yes"}}
#: The eight formulas whose published date is shorter than the general limit: order, storage, days (of hours the whole
#: ones), the last day without the study, and with it.
SHORTER = [
    (PUBLISHED["oseltamivir AHS458 6 mg/mL"], ROOM, 5, "2027-01-02", "2026-12-03"),
    (PUBLISHED["spironolactone eMixt A"], COLD, 30, "2027-01-02", "2026-12-28"),
    (PUBLISHED["ramipril AHS257 10 mcg/mL"], COLD, 2, "2026-12-12", "2026-11-30"),
    (PUBLISHED["ramipril AHS257 10 mcg/mL"], ROOM, 1, None, "2026-11-29"),
    (PUBLISHED["mycophenolate AHS84 100 mg/mL"], ROOM, 28, "2027-01-02", "2026-12-26"),
    (PUBLISHED["mycophenolate AHS203 10 mg/mL"], COLD, 30, "2027-01-02", "2026-12-28"),
    (HUMCO, COLD, 23, "2027-01-02", "2026-12-21"),
    (HUMCO, ROOM, 8, "2027-01-02", "2026-12-06"),
    (LYE, COLD, 30, "2027-01-02", "2026-12-28"),
    (PUBLISHED["hydralazine USP 0.4 %"], COLD, 30, "2027-01-02", "2026-12-28"),
]


def study(days, storage, reference="J Pharm 2018"):
    return {"studies": [{"days": days, "storage": storage, "reference": reference}]}


def read(tree):
    kind = LiquidOrder if tree.get("preparation") == "liquid" else Order
    return kind.read(tree, LIBRARY, today=date.fromisoformat(MADE))


def bound(tree):
    """Return what the plan says of the date: day, what binds it, and the other dates as (what, day)."""
    order = read(tree)
    dated = (plan_liquid if isinstance(order, LiquidOrder) else plan)(order, LIBRARY).beyond_use
    others = [(limit.by, limit.date.isoformat()) for limit in dated.chosen.others]
    return (dated.date and dated.date.isoformat(), dated.bound and dated.bound.by, others)


def stored(tree, storage):
    return {**tree, "vehicle": {**tree["vehicle"], "storage": storage}}


def reasons_for_it(tree):
    """The overrides of what stops a formula otherwise: of its dates alone is asked here."""
    try:
        bound(tree)
    except Refused as refused:
        given = [{"code": stop.code.value, "value": stop.value, "reason": stop.reasons[0]} for stop in refused.stops]
        return {**tree, "acknowledgements": given}
    return tree


@pytest.mark.parametrize(("tree", "storage", "days", "without", "last"), SHORTER)
def test_a_published_date_shorter_than_the_general_limit_holds(tree, storage, days, without, last):
    tree = reasons_for_it(stored(tree, storage))
    assert bound(tree)[0] == without
    day, by, others = bound({**tree, "beyond_use": study(days, storage)})
    assert (day, by) == (last, "study")
    assert others == ([] if without is None else [("default", without)])
    assert (date.fromisoformat(last) - date.fromisoformat(MADE)).days < days, "never later than published"


def test_a_longer_published_date_lengthens_nothing():
    """35 days of a preserved liquid end on 2027-01-02; 91 days are looked at, and end on 2027-02-27."""
    tree = {**LIQUID_ORDER, "strength": "2 mg", "beyond_use": study(91, COLD)}
    assert bound(tree) == ("2027-01-02", "default", [("study", "2027-02-27")])


def test_a_published_date_of_the_same_day_is_named_after_the_general_limit():
    assert bound({**LIQUID_ORDER, "beyond_use": study(35, COLD)})[1] == "default"


def test_days_are_counted_as_the_order_counts_them():
    later = {**study(30, ROOM), "counting": "day 0"}
    assert bound({**CAPSULES, "beyond_use": later})[:2] == ("2026-12-29", "study")
    assert bound({**CAPSULES, "beyond_use": study(30, ROOM)})[:2] == ("2026-12-28", "study")


def test_where_the_general_limits_give_no_date_a_study_does_and_an_expiry_still_shortens_it():
    tree = stored({**LIQUID_ORDER, "vehicle": {"name": "water"}}, ROOM)
    assert bound(tree) == (None, None, [])
    assert bound({**tree, "beyond_use": study(8, ROOM)}) == ("2026-12-06", "study", [])
    sooner = {**tree, "source": {"expiry": "2026-12-01"}, "beyond_use": study(8, ROOM)}
    assert bound(sooner) == ("2026-12-01", "tablets", [("study", "2026-12-06")])


@pytest.mark.parametrize(
    ("tree", "other", "where"),
    [
        (CAPSULES, COLD, "in the refrigerator"),
        (CAPSULES, "freezer", "in the freezer"),
        (LIQUID_ORDER, ROOM, "at room temperature"),
        (stored(LIQUID_ORDER, ROOM), COLD, "in the refrigerator"),
    ],
)
def test_a_study_of_another_storage_changes_nothing_here_and_the_page_says_the_date_there(tree, other, where):
    """Seven days from November 29 on, as day 1, end on December 5."""
    typed = {**tree, "beyond_use": study(7, other)}
    assert bound(typed) == bound(tree)
    address = "/liquid" if "preparation" in tree else "/"
    pairs = [pair for pair in shortest_pairs_of(read(typed)) if pair[0] != "preparation"]
    page = plain_text(make_client().get(address, query_string=pairs, follow_redirects=True))
    by = "bound by the published study entered (J Pharm 2018)."
    assert f"Stored {where} instead: discard after December 5, 2026, {by}" in page


def test_without_a_date_no_paper_is_printed_and_the_refusal_names_the_studies():
    tree = stored({**LIQUID_ORDER, "vehicle": {"name": "water"}}, ROOM)
    for content, paper in ((liquid_sheet_content, "letter"), (liquid_label_pdf, "4x2")):
        with pytest.raises(Refused) as refused:
            content(plan_liquid(read(tree), LIBRARY), paper)
        assert [(fault.code, fault.field) for fault in refused.value.faults] == [
            (FaultCode.NO_BEYOND_USE, "beyond_use.studies")
        ]
    assert "enter a published study" in liquid_sheet(plan_liquid(read(tree), LIBRARY)).beyond_use_lines[0]


def test_sheet_label_and_leaflet_say_that_a_study_set_the_date():
    drug = LIBRARY.drugs["naltrexone"]
    capsules = plan(read(dated({**CAPSULES, "beyond_use": study(30, ROOM)})), LIBRARY)
    liquid = plan_liquid(read(dated({**LIQUID_ORDER, "beyond_use": study(10, COLD)})), LIBRARY)
    papers = [
        (
            sheet_content(capsules, "letter", annex=True)["annex"],
            leaflet_content(capsules, drug, "letter"),
            "December 28, 2026",
        ),
        (
            liquid_sheet_content(liquid, "letter", annex=True)["annex"],
            liquid_leaflet_content(liquid, drug, "letter"),
            "December 8, 2026",
        ),
    ]
    for sheet, leaflet, last in papers:
        assert sheet["until_lines"][0].startswith("The date is bound by the published study entered (J Pharm 2018)")
        assert f"Discard after {last} by a study" in sheet["label"]
        (keep,) = [part for part in leaflet["practice"] if "A published study sets this date." in part["lines"]]
        assert any(last in line for line in keep["lines"])


def test_no_paper_says_so_where_the_study_did_not_set_the_date():
    capsules = plan(read(dated({**CAPSULES, "beyond_use": study(200, ROOM)})), LIBRARY)
    behind = sheet_content(capsules, "letter", annex=True)["annex"]
    assert "Discard after May 27, 2027" in behind["label"]
    assert "published study sets" not in str(leaflet_content(capsules, LIBRARY.drugs["naltrexone"], "letter"))
    said = " ".join(behind["until_lines"])
    assert "The published study entered (J Pharm 2018): June 16, 2027." in said


def test_a_page_and_a_code_carry_a_study_and_give_it_back():
    order = read({**LIQUID_ORDER, "beyond_use": study(10, COLD)})
    pairs = shortest_pairs_of(order)
    assert ("beyond_use-studies-0-days", "10") in pairs
    assert sorted(unpack(pack(pairs))) == sorted(pairs)
    assert query.tree(query.canonical(pairs, LIQUID.query), LIQUID.query)["beyond_use"] == study("10", COLD)


def test_an_empty_list_is_no_study_and_leaves_the_fingerprint_as_it_was():
    client = make_client()

    def fingerprint(**more):
        return client.post(PLAN, json={**CAPSULES, **more}).get_json()["fingerprint"]

    assert fingerprint() == fingerprint(beyond_use={"studies": []}) == fingerprint(beyond_use={"studies": None})
    assert fingerprint() != fingerprint(beyond_use=study(500, ROOM))
    assert fingerprint(beyond_use=study(500, ROOM)) != fingerprint(beyond_use=study(500, ROOM, "another"))
