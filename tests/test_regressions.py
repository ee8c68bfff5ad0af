"""What was wrong once: one test for each defect that was found, with who found it."""

from fractions import Fraction

import pytest

from calc.library import load
from tests.support.client import PLAN, make_client
from tests.support.orders import GOOD, changed
from tests.support.pages import plain_text
from tests.support.queries import as_query


@pytest.fixture(scope="module")
def client():
    return make_client()


def answered(client, changes):
    return client.post(PLAN, json=changed(GOOD, changes)).get_json()


@pytest.mark.parametrize("name", ["Revia", "naltrexon 50", "LDN", "Naltrexone HCl", "NALTREXONE"])
def test_a_brand_or_misspelling_of_a_drug_with_a_file_is_not_planned_by_its_name(client, name):
    """A new user: "Naltrexone HCl" and "Revia" lost every dose range and caution."""
    said = answered(client, {"drug": {"name": name}})
    assert [(fault["code"], fault["field"]) for fault in said["faults"]] == [("drug_has_file", "drug.name")]


def test_a_name_that_is_easily_confused_needs_a_reason(client):
    """A new user: naloxone was planned like any drug without a file, beside a program for naltrexone."""
    changes = {"drug": {"name": "naloxone"}}
    (stop,) = answered(client, changes)["stops"]
    assert (stop["code"], stop["severity"], stop["value"]) == ("drug_easily_confused", "soft", "naloxone")
    reason = {"code": stop["code"], "value": stop["value"], "reason": "reference_checked"}
    assert "plan" in answered(client, {**changes, "acknowledgements": [reason]})


@pytest.mark.parametrize("name", sorted(load().diluents))
def test_every_diluent_of_the_table_can_be_chosen(client, name):
    """Second engine: two names of the table are longer than a typed text may be, and were refused as too long."""
    said = answered(client, {"diluent.name": name})
    assert "faults" not in said


def test_sizes_are_not_called_too_small_where_nothing_is_known_of_the_fill(client):
    """Second engine: with a diluent of unknown density every size stood there without figures, as "too small"."""
    unknown = {"diluent": {"name": "lactose monohydrate 200 mesh"}, "tablet_powder": None}
    assert answered(client, unknown)["plan"]["sizes"] == []
    assert "too small" not in plain_text(client.get("/", query_string=as_query(changed(GOOD, unknown))))


def test_tablets_per_dose_are_counted_in_the_form_on_their_label(client):
    """Second engine: 4.2 mg of base are 4.649 mg of hydrochloride, more than ten tablets of 0.45 mg."""
    order = {"dose_basis": "base", "dose": "4.2 mg", "source": {"strength": "0.45 mg"}}
    stops = {stop["code"]: stop["value"] for stop in answered(client, order)["stops"]}
    assert stops["many_tablets_per_dose"] == "10.33"


def test_the_exact_value_of_a_band_is_not_rounded(client):
    """Second engine: 48 + 0.9 x 137.61818... mg is 171.856..., shown as 172 mg; `exact` said 172 too."""
    band = answered(client, {"capsule.shell_mass": "48 mg"})["plan"]["gross_band"]
    fill = Fraction(144, 10) + (1 - Fraction(144, 10) / 165) * 135
    assert (band["low"]["value"], Fraction(band["low"]["exact"])) == ("172", 48 + Fraction(9, 10) * fill)
    assert (band["high"]["value"], Fraction(band["high"]["exact"])) == ("199", 48 + Fraction(11, 10) * fill)


@pytest.mark.parametrize(("readability", "fill"), [("0.25 mg", "137.618"), ("1 mg", "137.6"), ("100 mg", "138")])
def test_a_mass_per_capsule_has_one_decimal_more_than_the_readability(client, readability, fill):
    """Second engine: on a balance of 0.25 mg one decimal was missing; on one of 100 mg print and check differed."""
    many = {"quantity": 300, "source.tablets_weighed": 28, "source.total_mass": "4.480 g"}
    plan = answered(client, {**many, "balance": {"readability": readability, "minimum": "1 mg"}})["plan"]
    assert plan["fill_mass"]["value"] == fill
