"""Mixed vehicles and the table of vehicles, by cases worked by hand from the contract."""

from datetime import date

import pytest

from calc.faults import Refused
from calc.library import load
from calc.limits import VEHICLE_BEFORE_TABLE
from calc.liquid.answer import answer
from calc.liquid.bench_steps import work_of
from calc.liquid.order import LiquidOrder
from calc.liquid.papers import liquid_label_lines
from calc.liquid.planning import plan_liquid
from calc.liquid.preparation_sheet import _components
from calc.liquid.sheet import liquid_sheet
from calc.orders.query import shortest_pairs_of
from calc.paper.code import pack, unpack
from tests.support.client import ask_api, make_client
from tests.support.pages import read_page
from tests.support.queries import as_query

LIBRARY = load()
BASE = {"preparation": "liquid", "dose": "5 mg", "strength": "1 mg", "volume": "100 mL", "prepared_on": "2026-11-30"}


def plan_with(vehicle, **changes):
    return plan_liquid(LiquidOrder.read({**BASE, "vehicle": vehicle, **changes}, LIBRARY), LIBRARY)


def mixture(*shares):
    """Ora-Plus and Ora-Sweet by shares, then parts without a name of the table."""
    names = ("Ora-Plus", "ORA-SWEET", "a part", "another")
    return {"parts": [{"name": name, "share": share} for name, share in zip(names, shares, strict=False)]}


def codes(plan):
    return {notice.code.value for notice in plan.notices} & {
        *("vehicle_open", "vehicle_unlike_table", "mixture_preserved"),
    }


@pytest.mark.parametrize(
    ("shares", "volume", "measured", "mixed"),
    [
        # 100 / 2 = 50 mL; 100 / 3 = 33.3 up to 34 mL, and twice that; 2:4 is 1:2.
        ((1, 1), "100 mL", ["50", "50"], "100"),
        ((1, 2), "100 mL", ["34", "68"], "102"),
        ((2, 4), "100 mL", ["34", "68"], "102"),
        # 15 / 2 = 7.5 mL; 10 / 3 = 3.33 up to 3.4 mL; 29 / 3 = 9.67 up to 9.7; 30 / 3 = 10 mL.
        ((1, 1), "15 mL", ["15/2", "15/2"], "15"),
        ((1, 1, 1), "10 mL", ["17/5", "17/5", "17/5"], "51/5"),
        ((2, 1), "29 mL", ["97/5", "97/10"], "291/10"),
        ((2, 1), "30 mL", ["20", "10"], "30"),
        ((20, 1, 1, 1), "0.1 L", ["88", "22/5", "22/5", "22/5"], "506/5"),
    ],
)
def test_shares_are_measured_so_that_the_mixture_certainly_suffices(shares, volume, measured, mixed):
    plan = plan_with(mixture(*shares), volume=volume)
    assert [str(part.volume.value) for part in plan.vehicle.parts] == measured
    assert str(plan.vehicle.mixed.value) == mixed
    keys = [step.key for step in work_of(plan) if step.stage == "mix"]
    each = [f"measure_part-{number}" for number in range(1, len(shares) + 1)]
    assert keys == [*each, "mix_vehicle", "wet", "thin", "rinse", "to_volume", "shake"]


def test_volumes_come_first_and_the_part_to_volume_last_wherever_it_stands():
    parts = [
        {"name": "simple syrup", "to_volume": "yes", "preserved": "yes", "expiry": "2027-03-31", "lot": "S1"},
        {"name": "water", "volume": "60 mL", "expiry": "2026-12-05", "lot": "W1"},
        {"name": "glycerin", "volume": "5 mL", "expiry": "2027-01-31", "lot": "G1"},
    ]
    plan = plan_with({"parts": parts}, source={"expiry": "2027-09-30"})
    assert [(part.name, part.volume and part.volume.value) for part in plan.vehicle.parts] == [
        *(("water", 60), ("glycerin", 5), ("simple syrup", None)),
    ]
    assert plan.vehicle.mixed is None
    shown = {action.key: (action.do, action.target) for stage in liquid_sheet(plan).work for action in stage.actions}
    assert shown["measure_part-1"] == ("Measure water.", "60 mL")
    assert "a little of the water measured" in shown["wet"][0]
    assert shown["add_part"] == ("Add all of the glycerin by way of the mortar, into the measure.", "5 mL")
    assert "with simple syrup" in shown["rinse"][0]
    assert "to volume with simple syrup" in shown["to_volume"][0]
    # The water expires before the fourteen days of a liquid without a preservative have passed.
    assert (plan.beyond_use.bound.by, plan.beyond_use.date) == ("vehicle", date(2026, 12, 5))
    # Each part stands in the list of components, in the order of work, with what is measured of it, lot and expiry.
    assert [(row["name"], row["cells"][0], *row["cells"][-2:]) for row in _components(plan, "", [])[1:]] == [
        ("water", "60 mL", "W1", "2026-12-05"),
        ("glycerin", "5 mL", "G1", "2027-01-31"),
        ("simple syrup", "to 100 mL", "S1", "2027-03-31"),
    ]
    assert plan.order.unknown_expiries == ()
    label = liquid_label_lines(plan, liquid_sheet(plan))["text"]
    assert any("Contains sucrose, glycerin" in line for line in label)


@pytest.mark.parametrize(
    ("vehicle", "aqueous", "preserved", "said"),
    [
        # A mixture is preserved only if every part with water is; what nobody says counts as the stricter.
        (mixture(1, 1), "yes", "yes", set()),
        (mixture(1, 1, 1), "yes", "no", {"vehicle_open"}),
        ({"parts": [{"name": "Ora-Plus", "share": 1}, {"name": "olive oil", "share": 1}]}, "yes", "yes", set()),
        ({"parts": [{"name": "olive oil", "share": 1}, {"name": "MCT oil", "share": 1}]}, "no", "no", set()),
        ({"parts": [{"name": "Ora-Plus", "share": 1}, {"name": "water", "share": 1}]}, "yes", "no", set()),
        ({**mixture(1, 1, 1), "preserved": "yes"}, "yes", "yes", {"vehicle_open", "mixture_preserved"}),
        # A vehicle by itself: known, disputed, not in the table, known and said otherwise.
        ({"name": "Ora-Plus"}, "yes", "yes", set()),
        ({"name": " SyrSpend  SF PH4 liquid"}, "yes", "no", {"vehicle_open"}),
        ({"name": "SyrSpend SF PH4 liquid", "preserved": "yes"}, "yes", "yes", set()),
        ({"name": "glycerin"}, "yes", "no", {"vehicle_open"}),
        ({"name": "a vehicle of our own"}, "yes", "no", set()),
        ({"name": "Corn Oil"}, "no", "no", set()),
        ({"name": "water", "preserved": "yes"}, "yes", "yes", {"vehicle_unlike_table"}),
        ({"name": "olive oil", "aqueous": "yes"}, "yes", "no", {"vehicle_open", "vehicle_unlike_table"}),
    ],
)
def test_what_counts_of_a_vehicle(vehicle, aqueous, preserved, said):
    plan = plan_with(vehicle)
    found = plan.order.vehicle
    assert (found.aqueous, found.preserved, codes(plan)) == (aqueous, preserved, said)
    days = {("yes", "no"): 14, ("yes", "yes"): 35, ("no", "no"): 90}[aqueous, preserved]
    assert plan.beyond_use.chosen.rule.days == days
    # Sent back in full it is the same plan with the same fingerprint, its notices included.
    whole = answer(plan)
    again = answer(plan_liquid(LiquidOrder.read(whole["order"], LIBRARY), LIBRARY))
    assert (again["plan"], again["fingerprint"]) == (whole["plan"], whole["fingerprint"])


@pytest.mark.parametrize(
    ("parts", "faults"),
    [
        ([{"name": "a"}], [("required", "0.share")]),
        ([{"share": 1}], [("required", "0.name")]),
        ([{"name": "a", "share": 1, "volume": "5 mL"}], [("excludes_each_other", "0.volume")]),
        (
            [{"name": "a", "share": 1}, {"name": "b", "volume": "5 mL"}, {"name": "c", "to_volume": "yes"}],
            [("excludes_each_other", "1.volume")],
        ),
        (
            [{"name": "a", "volume": "5 mL"}, {"name": "b", "volume": "6 mL"}],
            [("pair_incomplete", "1.to_volume")],
        ),
        (
            [{"name": name, "to_volume": "yes"} for name in "abc"],
            [("excludes_each_other", "1.to_volume"), ("excludes_each_other", "2.to_volume")],
        ),
        (
            [{"name": "a", "volume": "60 mL"}, {"name": "b", "volume": "40 mL"}, {"name": "c", "to_volume": "yes"}],
            [("volumes_too_large", "")],
        ),
        ([{"name": "a", "share": 21}], [("out_of_range", "0.share")]),
        ([{"name": "a", "to_volume": "no"}], [("unknown_choice", "0.to_volume")]),
        ([{"name": "a", "share": 1}] * 5, [("list_too_long", "")]),
        ([{"name": "a", "share": 1}, "b"], [("wrong_type", "1")]),
        (["a"], [("wrong_type", "0"), ("required", "/name")]),
    ],
)
def test_parts_that_contradict_one_another_are_faults_at_their_fields(parts, faults):
    with pytest.raises(Refused) as refused:
        plan_with({"parts": parts})
    wanted = {(code, f"vehicle.parts.{path}".rstrip(".").replace("parts./", "")) for code, path in faults}
    assert {(fault.code.value, fault.field) for fault in refused.value.faults} == wanted


@pytest.mark.parametrize(
    ("more", "field"),
    [({"lot": "A1"}, "vehicle.lot"), ({"expiry": "2027-05"}, "vehicle.expiry"), ({"aqueous": "no"}, "vehicle.aqueous")],
)
def test_what_its_parts_say_a_mixture_does_not_say_again(more, field):
    parts = [{"name": name, "share": 1, "aqueous": "yes"} for name in "ab"]
    with pytest.raises(Refused) as refused:
        plan_with({"parts": parts, **more})
    assert [(fault.code.value, fault.field) for fault in refused.value.faults] == [("excludes_each_other", field)]


def test_the_label_waits_for_the_expiry_of_each_part():
    vehicle = mixture(1, 1)
    vehicle["parts"][0]["expiry"] = "05/2027"
    plan = plan_with(vehicle, source={"expiry": "2027-01"})
    assert plan.order.unknown_expiries == ("vehicle.parts.1.expiry",)
    assert [(told.facts["field"], told.facts["read"]) for told in plan.order.dates_read] == [
        ("vehicle.parts.0.expiry", date(2027, 5, 31)),
    ]


def test_a_paper_keeps_what_the_table_said_and_one_printed_before_it_what_counted_then():
    for vehicle in ({"name": "Ora-Plus"}, mixture(1, 2, 1)):
        order = plan_with(vehicle).order
        pairs = shortest_pairs_of(order)
        written = {name for name, _ in pairs if name.endswith("preserved")}
        assert written == ({"vehicle-preserved"} if order.vehicle.parts == () else {
            "vehicle-parts-0-preserved", "vehicle-parts-1-preserved",
        })  # fmt: skip
        assert sorted(unpack(pack(pairs))) == sorted(pairs)
    before = LiquidOrder.read({**BASE, "vehicle": {"name": "Ora-Plus"}}, LIBRARY, earlier=VEHICLE_BEFORE_TABLE)
    assert before.vehicle.preserved == "no"
    assert before.defaults_before == ("vehicle.preserved",)
    for vehicle in ({"name": "a vehicle of our own"}, mixture(1, 1)):
        order = LiquidOrder.read({**BASE, "vehicle": vehicle}, LIBRARY, earlier=VEHICLE_BEFORE_TABLE)
        assert order.defaults_before == ()


def test_the_page_takes_a_mixture_closes_gaps_and_adds_a_row():
    client = make_client()
    tree = {**BASE, "vehicle": {"parts": [{"name": "water", "volume": "60 mL"}, {"name": "syrup", "to_volume": "yes"}]}}
    query = as_query(tree)
    with_gap = [(name.replace("parts-1-", "parts-3-"), value) for name, value in query]
    gone = client.get("/liquid", query_string=with_gap)
    assert gone.status_code == 303
    assert "vehicle-parts-1-to_volume=yes" in gone.location
    assert "vehicle-parts-3" not in gone.location
    page = read_page(client.get("/liquid", query_string=[*query, ("more", "vehicle.parts")], follow_redirects=True))
    assert page.find(id="vehicle-parts-2-name") is not None
    assert page.find(id="vehicle-parts-2-name").find_parent("details").has_attr("open")
    assert "60\u00a0mL" in page.get_text()
    answered = ask_api(client, tree).get_json()
    assert [part["volume"] and part["volume"]["exact"] for part in answered["plan"]["vehicle"]["parts"]] == ["60", None]


def test_every_vehicle_of_the_table_says_where_its_facts_come_from():
    rows = list(dict.fromkeys(LIBRARY.vehicles.values()))
    assert len(rows) > 30
    assert LIBRARY.vehicle("SIMPLE  Syrup").preserved == ""  # its maker's, not of one freshly made
    assert LIBRARY.vehicle("Cherry syrup").excipients == ("sucrose", "alcohol")
    assert LIBRARY.vehicle(None) is LIBRARY.vehicle("not a vehicle") is None
    assert all(row.source.startswith("http") for row in rows)
    page = make_client().get("/limits").get_data(as_text=True)
    assert all(row.name.replace("'", "&#39;") in page for row in rows)


def test_a_schedule_asks_for_the_volume_that_measured_parts_are_brought_to():
    parts = [{"name": "water", "volume": "30 mL"}, {"name": "syrup", "to_volume": "yes"}]
    order = {"preparation": "liquid", "strength": "1 mg", "vehicle": {"parts": parts}, "prepared_on": "2026-11-30"}
    sent = {"schedule": [{"dose": "1 mg", "days": 14}], "order": order}
    client = make_client()
    refused = client.post("/api/v1/titration", json=sent).get_json()
    assert [(fault["code"], fault["field"]) for fault in refused["faults"]] == [("pair_incomplete", "order.volume")]
    order["volume"] = "60 mL"
    assert client.post("/api/v1/titration", json=sent).status_code == 200
