"""Cautions, leaflet and checks speak only of the doses that they are about (A14)."""

import pytest

from tests.support.client import PLAN, make_client
from tests.support.orders import GOOD, changed
from tests.support.pages import plain_text
from tests.support.papers import squeezed, text_of_pdf
from tests.support.queries import as_query

CLIENT = make_client()
OVER = {"code": "dose_above_usual", "reason": "prescriber_confirmed"}


def order(dose, *codes, **more):
    reasons = [{**OVER, "value": dose}] if not codes else list(codes)
    return {"dose": dose, "quantity": 30, "prepared_on": "2026-11-29", "acknowledgements": reasons, **more}


def plain(dose, **more):
    return {**order(dose, **more), "acknowledgements": []}


def cautions(tree):
    return " ".join(caution["text"] for caution in CLIENT.post(PLAN, json=tree).get_json()["plan"]["cautions"])


def leaflet(tree):
    answer = CLIENT.get("/leaflet.pdf", query_string=as_query(tree))
    assert answer.status_code == 200
    return squeezed(text_of_pdf(answer.data))


COMMON = "4.5 mg has not seemed to cause"


@pytest.mark.parametrize(
    ("tree", "common", "low"),
    [
        (plain("4.5 mg"), True, True),
        (plain("4500 mcg"), True, True),
        (plain("4.499 mg"), False, True),
        (plain("4.501 mg"), False, True),
        (plain("3 mg"), False, True),
        (plain("6 mg"), False, True),
        (order("6.001 mg"), False, False),
        (order("45 mg"), False, False),
        (plain("4.5 mg", dose_basis="base"), False, True),  # 4.98 mg of hydrochloride
    ],
)
def test_no_sentence_on_another_dose_is_shown(tree, common, low):
    text = cautions(tree)
    assert (COMMON in text) is common
    assert "Liver problems are known at 50 to 100 mg a day" in text
    printed = leaflet(tree)
    assert (squeezed(COMMON) in printed) is common
    assert (squeezed("A low dose may help you") in printed) is low
    assert squeezed("Liver harm is known at 50 to 100 mg a day.") in printed
    assert squeezed("blocks opioid pain medicines") in printed


@pytest.mark.parametrize(("often", "common"), [(1, True), (2, False)])
def test_a_liquid_is_told_of_its_amount_a_day(often, common):
    """4.5 mg twice a day are 9 mg a day."""
    liquid = {"preparation": "liquid", "dose": "4.5 mg", "strength": "1 mg", "volume": "100 mL", "doses_per_day": often}
    text = cautions({**liquid, "vehicle": {"name": "syrup"}, "prepared_on": "2026-11-29"})
    assert (COMMON in text) is common


@pytest.mark.parametrize(
    ("doses", "often", "common"), [((1.5, 4.5), 1, True), ((4.5, 6), 1, False), ((4.5,), 2, False)]
)
def test_a_schedule_is_told_of_its_largest_dose(doses, often, common):
    schedule = {"schedule": [{"dose": f"{dose} mg", "days": 14} for dose in doses], "doses_per_day": often}
    told = CLIENT.post("/api/v1/titration", json=schedule).get_json()["cautions"]
    assert (COMMON in " ".join(caution["text"] for caution in told)) is common


def test_a_check_by_weight_names_the_dose_of_its_order_or_none():
    weights = {"capsules": ["185 mg"] * 10, "shell_mass": "48 mg"}
    other = changed(
        GOOD, {"dose": "3 mg", "quantity": 45, "capsule.fill_mass": "137 mg", "diluent": {}, "tablet_powder": {}}
    )
    bare = CLIENT.post("/api/v1/check/weights", json={**weights, "theoretical_fill": "137 mg"}).get_json()
    of_order = CLIENT.post("/api/v1/check/weights", json={**weights, "order": other}).get_json()
    for answer, begins in ((bare, "Weight alone"), (of_order, "At 3 mg weight alone")):
        (text,) = (notice["text"] for notice in answer["notices"] if notice["code"] == "weight_not_content")
        assert text.startswith(begins)
        assert "4.5 mg" not in text


def test_the_page_of_the_drug_says_of_which_doses_it_speaks():
    page = plain_text(CLIENT.get("/drugs/naltrexone"))
    assert "At 4.5 mg: The common dose of 4.5 mg has not seemed to cause them." in page
