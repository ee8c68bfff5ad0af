"""Pellets of opened capsules: used where a published formula that the order keeps names them, and nowhere else."""

import re

import pytest

from tests.orders.test_fields_left_out import GONE, with_all
from tests.support.client import ask_api, make_client
from tests.support.pages import plain_text
from tests.support.papers import one_line, text_of_pdf
from tests.support.queries import as_query

#: Five capsules of 20 mg in 50 mL of sodium bicarbonate: 2 mg/mL.
OMEPRAZOLE = {
    "preparation": "liquid",
    "drug": {"name": "omeprazole"},
    "dose": "10 mg",
    "strength": "2 mg",
    "volume": "50 mL",
    "formulation": "pub:omeprazole-2-bicarbonate",
    "prepared_on": "2026-11-30",
    "source": {
        "kind": "capsule",
        "contents": "pellets",
        "release": "delayed",
        "strength": "20 mg",
        "expiry": "2028-01",
    },
    "vehicle": {"name": "sodium bicarbonate 8.4 %"},
    "assessment": {"may_be_crushed": "yes", "hazardous": "no", "narrow_index": "no", "stability_supported": "yes"},
}


@pytest.fixture(scope="module")
def client():
    return make_client()


def stops_of(client, change):
    return [stop["code"] for stop in ask_api(client, with_all(OMEPRAZOLE, change)).get_json().get("stops", [])]


def test_pellets_are_used_where_a_formula_that_is_kept_names_them(client):
    plan = ask_api(client, OMEPRAZOLE).get_json()["plan"]
    assert (plan["tablets_to_crush"], plan["drug_needed"]["exact"], plan["portion"]) == (5, "100", None)
    assert "pellets_named" in [notice["code"] for notice in plan["notices"]]
    # Its dates and storage may be others, and the batch may be twice as large: ten capsules to 100 mL.
    assert stops_of(client, {"vehicle.storage": "room temperature", "volume": "100 mL"}) == []
    assert stops_of(client, {"source.release": "immediate"}) == []
    query = as_query(OMEPRAZOLE)
    page = plain_text(client.get("/liquid", query_string=query))
    sheet = one_line(text_of_pdf(client.get("/liquid/sheet.pdf", query_string=[*query, ("annex", "yes")]).data))
    assert "Open 5 capsules, rinse all of the pellets in" in page
    assert "empty out every pellet" in sheet
    worked = page[page.index("1 Gather") : page.index("Ways to make it", page.index("1 Gather"))]
    for text in (worked, sheet):
        rest = re.sub("crushed or opened|without rubbing|Bulk powder is neither", "", text)
        assert re.findall(".{20}(?:crush|rub|powder|mortar).{20}", rest, re.IGNORECASE) == []


@pytest.mark.parametrize(
    ("change", "stops"),
    [
        ({"formulation": GONE}, ["delayed_release", "pellets"]),
        ({"formulation": "pub:gabapentin-100-usp"}, ["delayed_release", "pellets"]),
        ({"vehicle.name": "purified water"}, ["delayed_release", "pellets"]),
        ({"strength": "4 mg"}, ["delayed_release", "pellets"]),
        ({"source.strength": "40 mg"}, ["delayed_release", "pellets"]),
        ({"drug.name": "lansoprazole"}, ["delayed_release", "pellets"]),
        ({"ingredients": [{"name": "flavor", "amount": "1 mL"}]}, ["delayed_release", "pellets"]),
        ({"source.release": "extended"}, ["extended_release"]),
        ({"source.contents": "powder", "source.release": "immediate"}, []),
        ({"volume": "55 mL"}, ["pellets"]),
        (
            {"source.capsules_weighed": 6, "source.full_mass": "2.4 g", "source.shells_mass": "0.4 g"},
            ["pellets"],
        ),
        ({"source.contents": "powder", "source.release": "delayed"}, ["delayed_release"]),
    ],
)
def test_nothing_else_uses_pellets(client, change, stops):
    assert stops_of(client, change) == stops
