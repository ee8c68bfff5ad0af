"""An order names a published formulation: beside the order, outside its hash, on page and papers, and never claimed
where the order says otherwise."""

from datetime import date

import pytest

from calc.capsule.papers import leaflet_content
from calc.library import load
from calc.liquid.papers import liquid_label_lines, liquid_leaflet_content, liquid_sheet_content
from calc.liquid.sheet import liquid_sheet
from calc.service.preparations import PREPARATIONS
from tests.formulations.test_published import ROWS, order_of
from tests.orders.test_fields_left_out import GONE, with_all
from tests.support.answers import planned_with_reasons
from tests.support.client import ask_api, make_client
from tests.support.orders import GOOD
from tests.support.pages import plain_text
from tests.support.queries import as_query

LIBRARY = load()
CLIENT = make_client()
KEY, PARTS = "pub:clonidine-0.1-levinson", "pub:enalapril-1-usp"
FAWCETT = "pub:naltrexone-1-fawcett"


def named(key, changes=None):
    return with_all({**order_of(key), "formulation": key}, changes or {})


def changed_in(tree):
    plan, _ = planned_with_reasons(PREPARATIONS["liquid"], tree, LIBRARY)
    return list(plan.formulation.changed)


@pytest.mark.parametrize("key", ROWS)
def test_an_order_as_it_was_published_is_changed_in_nothing(key):
    assert changed_in(named(key)) == []


#: What an order says otherwise (formulation, changes), and the names that are told. 2 mL of water in 60 are 4 in 120.
CHANGES = [
    (KEY, {"volume": "120 mL", "vehicle.parts.0.volume": "4 mL"}, []),
    (KEY, {"volume": "120 mL"}, ["vehicle"]),
    (KEY, {"vehicle.parts.0.volume": "2.05 mL"}, []),
    (KEY, {"vehicle.parts.0.volume": "2.06 mL"}, ["vehicle"]),
    (KEY, {"vehicle.parts.0.name": "sterile water"}, []),
    (KEY, {"vehicle.parts.1.name": "cherry syrup"}, ["vehicle"]),
    (KEY, {"vehicle": {"name": "simple syrup"}}, ["vehicle"]),
    (KEY, {"strength": "0.05 mg", "dose": "0.05 mg"}, ["strength"]),
    (KEY, {"strength": "0.5 mg/5 mL"}, []),
    (KEY, {"strength": "0.01 %"}, []),
    (KEY, {"source.strength": "0.1 mg"}, ["source.strength"]),
    (KEY, {"drug.name": "clonidine hydrochloride"}, []),
    (KEY, {"drug.name": "guanfacine"}, ["drug"]),
    (KEY, {"ingredients": [{"name": "cherry flavor", "amount": "1 mL", "role": "flavor"}]}, ["ingredients"]),
    (KEY, {"vehicle.storage": "room temperature"}, ["storage"]),
    (KEY, {"beyond_use.studies": []}, ["beyond_use.studies"]),
    (KEY, {"beyond_use.studies.0.days": 27}, ["beyond_use.studies"]),
    (KEY, {"beyond_use.studies.0.stability_indicating": "yes"}, ["beyond_use.studies"]),
    (KEY, {"strength": "0.2 mg", "source.strength": "0.3 mg", "vehicle.storage": "room temperature"},
     ["strength", "source.strength", "storage"]),
    (PARTS, {"vehicle.parts.0.name": "ora-sweet sf", "vehicle.parts.0.share": 2, "vehicle.parts.1.share": 2}, []),
    (PARTS, {"vehicle.parts.1.share": 2}, ["vehicle"]),
    (FAWCETT, {"volume": "200 mL", "vehicle.parts.0.volume": "40 mL"}, []),
    (FAWCETT, {"volume": "200 mL", "vehicle.parts.0.volume": "40 mL", "ingredients.0.per": "batch"}, ["ingredients"]),
    (FAWCETT, {"ingredients.0.amount": "0.5 g", "ingredients.0.per": "batch"}, []),
    (FAWCETT, {"ingredients.0.amount": "600 mg"}, ["ingredients"]),
    ("pub:captopril-0.75-usp", {"source.strength": "12.5 mg"}, []),
]  # fmt: skip


def test_what_an_order_says_otherwise_is_named():
    for key, changes, told in CHANGES:
        assert changed_in(named(key, changes)) == told, changes
    plain = with_all(named(FAWCETT), {"formulation": "pub:naltrexone-5-ahs156", "beyond_use": {}})
    assert changed_in(with_all(plain, {"vehicle.storage": "refrigerator"})) == ["beyond_use.studies"]
    capsules = {**GOOD, "formulation": KEY}
    assert ask_api(CLIENT, capsules).get_json()["plan"]["formulation"]["changed"] == ["preparation"]


def test_it_stands_beside_the_order_and_outside_the_fingerprint():
    trees = named(KEY), with_all(named(KEY), {"formulation": GONE})
    with_key, without = (ask_api(CLIENT, tree).get_json() for tree in trees)
    assert with_key["fingerprint"] == without["fingerprint"]
    assert (with_key["order"]["formulation"], without["order"]["formulation"]) == (KEY, None)
    assert "formulation" not in with_key["defaults"]
    assert without["plan"].pop("formulation") is None
    assert with_key["plan"].pop("formulation") == {
        "key": KEY, "title": "Clonidine oral liquid 0.1 mg/mL", "whole": True, "changed": [],
    }  # fmt: skip
    (notice,) = [each for each in with_key["plan"]["notices"] if each not in without["plan"]["notices"]]
    assert notice["code"] == "formulation_named"
    with_key["plan"]["notices"].remove(notice)
    assert with_key["plan"] == without["plan"]
    again = ask_api(CLIENT, {**with_key["order"]}).get_json()
    assert (again["fingerprint"], again["plan"]["formulation"]["key"]) == (with_key["fingerprint"], KEY)


@pytest.mark.parametrize(
    ("key", "code"),
    [("pub:nobody", "unknown_formulation"), ("mfr:1", "unknown_formulation"), ("", "required"), (7, "wrong_type")],
)
def test_a_key_that_is_not_known_is_a_fault_of_its_field(key, code):
    refused = ask_api(CLIENT, named(KEY, {"formulation": key})).get_json()
    assert [(fault["field"], fault["code"]) for fault in refused["faults"]] == [("formulation", code)]


def test_a_titration_names_none_since_each_batch_has_its_own_strength():
    tree = {"schedule": [{"dose": "1.5 mg", "days": 14}], "order": {"formulation": FAWCETT}}
    refused = CLIENT.post("/api/v1/titration", json=tree).get_json()
    assert [(fault["field"], fault["code"]) for fault in refused["faults"]] == [
        ("order.formulation", "belongs_to_batch")
    ]


def test_page_and_papers_name_it_and_never_claim_what_was_changed():
    name = FAWCETT.removeprefix("pub:")
    for changes, page, label, short, leaflet in (
        (
            {},
            "names the published formula",
            f"Formula {FAWCETT}.",
            f"Compounded by {name}. Rx only.",
            "It is made by a published formula: ",
        ),
        (
            {"ingredients.0.amount": "600 mg"},
            f"Changed from the published formula {FAWCETT}: the ingredients.",
            f"Formula {FAWCETT}, changed.",
            f"Compounded by {name}, changed. Rx only.",
            "It is made after a published formula, with changes: ",
        ),
    ):
        tree = named(FAWCETT, changes)
        read = plain_text(CLIENT.get("/liquid", query_string=as_query(tree), follow_redirects=True))
        assert page in read
        plan, _ = planned_with_reasons(PREPARATIONS["liquid"], tree, LIBRARY)
        assert page in str(liquid_sheet_content(plan, "letter"))
        lines = liquid_label_lines(plan, liquid_sheet(plan))
        assert label in lines["compounded"]
        assert lines["compounded_short"] == short  # on a small label, which then has room on one stock more
        assert leaflet in str(liquid_leaflet_content(plan, plan.drug, "letter")["intro"])
    capsules = PREPARATIONS["capsule"]
    tree = {**GOOD, "formulation": "pub:naltrexone-capsule-cote"}
    plan = capsules.plan(capsules.order.read(tree, LIBRARY, today=date(2026, 11, 23)), LIBRARY)
    assert [notice.code.value for notice in plan.notices if notice.code.value.startswith("formulation")] == [
        "formulation_named",
        "formulation_changed",  # it carries none of the published dates
        "formulation_incomplete",
    ]
    assert "with changes" in str(leaflet_content(plan, plan.drug, "letter")["intro"])


def test_the_code_of_a_sheet_keeps_the_name():
    link = CLIENT.get("/liquid", query_string=as_query(named(KEY)), follow_redirects=True)
    assert f"formulation={KEY}".replace(":", "%3A") in link.get_data(as_text=True)
