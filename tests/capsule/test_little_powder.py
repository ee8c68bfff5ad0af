"""So little powder of the source that its particles count: notice, stop and offer; and the boat weighed back."""

from math import isclose, pi, sqrt

import pytest

from calc import limits
from calc.capsule.planning.bench import work_of
from tests.support.client import ask_api, make_client
from tests.support.orders import changed
from tests.support.papers import planned

CLIENT = make_client()
#: A drug without a file, a tablet of 50 mg that weighs 160 mg: 3.2 mg of powder for each mg of drug.
ORDER = {
    "drug": {"name": "a weak drug"},
    "dose": "0.1 mg",
    "quantity": 30,
    "prepared_on": "2026-11-23",
    "source": {"strength": "50 mg", "tablets_weighed": 1, "total_mass": "0.160 g", "weighed_on": "2026-11-23"},
    "capsule": {"size": "3", "fill_mass": "120 mg"},
}
BULK = {"kind": "powder", "assay": "100 %"}


def asked(**changes):
    """The answer; of bulk powder without a file the unit of the dose is confirmed."""
    if changes.get("source") == BULK:
        value = {"1 mcg": "0.001 mg"}.get(changes["dose"], changes["dose"])
        unit = {"code": "dose_unit_unchecked", "value": value, "reason": "reference_checked"}
        changes["acknowledgements"] = [*changes.get("acknowledgements", []), unit]
    body = ask_api(CLIENT, changed(ORDER, {path.replace("__", "."): value for path, value in changes.items()}))
    return body.get_json()


def notices(body):
    return {notice["code"]: notice["text"] for notice in body["plan"]["notices"]}


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({"dose": "0.09375 mg"}, False),  # 0.3 mg of powder
        ({"dose": "0.093749 mg"}, True),
        ({"dose": "0.3 mg", "source": BULK}, False),
        ({"dose": "0.299999 mg", "source": BULK}, True),
        ({"dose": "0.2 mg", "quantity": 100, "source": BULK}, True),  # 20 mg: a portion that is weighed
        ({"dose": "0.05 mg", "source": {"strength": "50 mg"}}, False),  # not weighed yet: nobody knows
    ],
)
def test_below_three_tenths_of_a_milligram_particles_count(changes, counted):
    assert ("powder_counts" in notices(asked(**changes))) is counted


def test_the_spread_is_that_of_counting_balls_of_fifty_micrometers():
    """A ball of 0.05 mm and 1.3 mg in a cubic millimeter; of 0.05 mg of powder there are 588, which spread by 4.1 %."""
    ball = 1.3 * pi / 6 * 0.05**3
    assert isclose(float(limits.PARTICLE.value.value), ball, rel_tol=0.001)
    said = notices(asked(dose="0.05 mg", source=BULK))["powder_counts"]
    assert f"about {100 * sqrt(ball / 0.05):.1f} %" in said
    assert "about 4.1 %" in said


@pytest.mark.parametrize(
    ("changes", "stops"),
    [
        ({"dose": "0.015625 mg"}, []),  # 0.05 mg of powder
        ({"dose": "0.015624 mg"}, [("too_fine_for_powder", "soft", "dose", "0.015624 mg")]),
        ({"dose": "0.05 mg", "source": BULK}, []),
        ({"dose": "0.049999 mg", "source": BULK}, [("too_fine_for_powder", "soft", "dose", "0.049999 mg")]),
        ({"dose": "0.015624 mg", "source": {"strength": "50 mg"}}, []),
    ],
)
def test_below_a_twentieth_of_a_milligram_no_powder_is_even(changes, stops):
    found = asked(**changes).get("stops", [])
    assert [(stop["code"], stop["severity"], stop["field"], stop["value"]) for stop in found] == stops


FINE = {"code": "too_fine_for_powder", "value": "0.001 mg", "reason": "prescriber_confirmed"}


def test_the_stop_tells_the_first_dilution_by_volume():
    """30 times 1 mcg are 0.03 mg; 50 mg in 50 mL are 1 mg in 1 mL, so that 0.03 mL hold them."""
    (stop,) = asked(dose="1 mcg")["stops"]
    assert stop["text"].endswith("1 tablet in 50 mL is 1 mg/mL: 0.03 mL of it holds the drug of the batch.")
    assert (
        "make the first dilution as a solution, or order an oral liquid; release needs an assay" in stop["text"].lower()
    )
    (of_bulk,) = asked(dose="1 mcg", source=BULK)["stops"]
    assert "tablet" not in of_bulk["text"]


def test_the_offer_by_volume_stands_alone_beside_a_trituration():
    plan = asked(dose="1 mcg", extra_capsules=2, acknowledgements=[FINE])["plan"]
    (offer,) = plan["offers"]
    assert (offer["code"], offer["capsules"], offer["tablets"], offer["surplus"]) == ("dilute_by_volume", 32, 1, 2)
    assert offer["drug_left_over"]["text"] == "49.968 mg"
    assert asked(dose="0.02 mg")["plan"]["offers"] == []
    assert asked(dose="1 mcg", source=BULK, acknowledgements=[FINE])["plan"]["offers"] == []


def test_a_mass_that_bears_drug_is_light_below_two_and_a_half_times_the_least():
    """Without a size the capsules ask for no aliquot: 1.5 mg are in 75 mg of 20 mg in a gram, a tablet to 2.5 g.

    Where 2.5 times the least are more than that, 60 mg of 25 mg in a gram take less diluent.
    """
    order = {"dose": "0.05 mg", "capsule": {}}
    assert "aliquot_light" not in notices(asked(**order, balance={"minimum": "30 mg"}))
    assert "60 mg is weighed" in notices(asked(**order, balance={"minimum": "31 mg"}))["aliquot_light"]


@pytest.mark.parametrize(
    ("changes", "boats"),
    [
        ({"dose": "0.3 mg"}, [("portion_boat", "0.29 mg")]),  # 28.8 mg: shown as 29
        ({"dose": "1.041667 mg"}, []),  # 100.00003 mg
        ({"dose": "0.05 mg", "capsule": {}}, [("aliquot_boat", "0.6 mg")]),
        ({"dose": "0.05 mg"}, []),  # 100 mg and 300 mg
    ],
)
def test_below_a_tenth_of_a_gram_the_boat_is_weighed_back(changes, boats):
    plan = planned(changed(ORDER, changes))
    found = [(step.key, step.high) for step in work_of(plan) if "boat" in step.code]
    assert [key for key, _ in found] == [key for key, _ in boats]
    for (_, most), (_, about) in zip(found, boats, strict=True):
        assert isclose(float(most.value), float(about.split()[0]), abs_tol=0.005)
