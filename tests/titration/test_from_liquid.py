"""A titration from a liquid: the calendar in mL, held to figures worked by hand and to sums done here another way."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.library import load
from calc.orders.query import written
from calc.titration.liquid_planning import titrate_liquid
from calc.titration.liquid_schedule import LiquidTitration
from calc.wording.paper import plan_id
from tests.support.checked_client import soup, words
from tests.support.client import PLAN, make_client
from tests.support.papers import pages_of
from tests.support.schemas import described, validate

CLIENT, LIBRARY = make_client(), load()
PATH, MADE = "/api/v1/titration", "2026-11-23"
OIL = {"name": "oil", "aqueous": "no"}
DATED = {"source": {"expiry": "2028-01"}, "vehicle": {**OIL, "expiry": "2028-01"}}
#: The schedule of the issue: 5 mg/mL, 0.1 mL more each week.
WEEKLY = [(f"{number / 2:g} mg", 7) for number in range(1, 10)]


def tree_of(*steps, own=None, **order):
    """A titration of (dose, days) from a liquid of 5 mg/mL in oil, which may be used for 90 days."""
    liquid = {"preparation": "liquid", "strength": "5 mg", "vehicle": OIL, "prepared_on": MADE}
    return {"schedule": [{"dose": dose, "days": days} for dose, days in steps], **(own or {}), "order": liquid | order}


def ask(tree, status=200):
    answer = CLIENT.post(PATH, json=tree)
    assert answer.status_code == status, answer.text
    body = answer.get_json()
    if status == 200:
        validate("liquid_titration_answer.schema.json", body)
        described("Titration").validate(tree)
    return body


def codes(answer):
    return [notice["code"] for notice in answer["notices"]]


def test_five_mg_in_a_ml_is_a_tenth_of_a_ml_more_each_week():
    answer = ask(tree_of(*WEEKLY))
    calendar, batch = answer["calendar"], answer["batch"]
    tenths = [Fraction(line["volume"]["exact"]) for line in calendar]
    assert tenths == [Fraction(number, 10) for number in range(1, 10)]
    assert [line["text"] for line in calendar][::4] == ["0.1 mL once a day", "0.5 mL once a day", "0.9 mL once a day"]
    assert {line["syringe"]["capacity"]["text"] for line in calendar} == {"1 mL"}
    assert all(line["syringe"]["on_a_mark"] for line in calendar)
    assert (answer["one_syringe"], answer["other_strengths"], answer["notices"]) == (True, [], [])
    # 7 x (0.1 + 0.2 + ... + 0.9) = 31.5 mL, made as 32 mL: 160 mg, of 50 mg tablets 3.2.
    assert [batch[name]["text"] for name in ("strength", "volume_needed", "volume")] == ["5 mg/mL", "31.5 mL", "32 mL"]
    assert (batch["plan"]["tablets_to_crush"], batch["plan"]["drug_needed"]["text"]) == (4, "160 mg")
    # 63 days from November 23 end on January 24; 90 days of a liquid without water on February 20.
    assert (batch["from"], batch["to"], batch["lasts_until"]) == (MADE, "2027-01-24", "2027-01-24")
    assert batch["plan"]["beyond_use"]["date"] == "2027-02-20"


def test_a_liquid_is_made_for_the_days_that_it_may_be_used():
    """35 days with water and preservative end on December 27, with the fifth week: 7 x 1.5 = 10.5 mL, made as 11."""
    answer = ask(tree_of(*WEEKLY, vehicle={"name": "syrup", "preserved": "yes"}))
    batch = answer["batch"]
    assert (batch["volume_needed"]["text"], batch["volume"]["text"]) == ("31.5 mL", "11 mL")
    assert (batch["plan"]["beyond_use"]["date"], batch["lasts_until"]) == ("2026-12-27", "2026-12-27")
    assert codes(answer) == ["liquid_needed_after"]
    assert len(answer["calendar"]) == 9
    # With a volume of one's own it is that one: 10 mL hold four weeks (7 mL) and six days of 0.5 mL.
    shorter = ask(tree_of(*WEEKLY, vehicle={"name": "syrup", "preserved": "yes"}, volume="10 mL"))
    assert (shorter["batch"]["volume"]["text"], shorter["batch"]["lasts_until"]) == ("10 mL", "2026-12-26")
    assert codes(shorter) == ["liquid_needed_after", "volume_ends_before"]


@pytest.mark.parametrize(
    ("strength", "syringes", "used", "others"),
    [
        # 0.5, 1 and 1.5 mL: the 3 mL syringe, which holds the most, has a mark for each.
        ("1 mg", None, [("3", True)] * 3, []),
        # 0.25, 0.5 and 0.75 mL: the 1 mL syringe.
        ("2 mg", None, [("1", True)] * 3, []),
        # 1/6, 1/3 and 1/2 mL: off the marks of every syringe but the last.
        ("3 mg", None, [("1", False), ("1", False), ("1", True)],
         ["0.75", "1", "1.5", "2", "2.5", "4", "5", "6.25", "10"]),
        # 0.5 mL on a syringe of 1 mL in steps of 0.2: off; on the finer of two that hold it: on.
        ("1 mg", [("2", "0.2"), ("2", "0.5")], [("2", False), ("2", True), ("2", False)], None),
        ("1 mg", [("2", "0.5"), ("2", "0.25")], [("2", True)] * 3, []),
        # None holds 1.5 mL: it is filled twice.
        ("1 mg", [("1", "0.1")], [("1", True)] * 3, None),
    ],
)  # fmt: skip
def test_one_syringe_measures_every_dose_where_it_can(strength, syringes, used, others):
    more = {"strength": strength}
    if syringes:
        more["syringes"] = [{"capacity": f"{a} mL", "graduation": f"{b} mL"} for a, b in syringes]
    answer = ask(tree_of(("0.5 mg", 7), ("1 mg", 7), ("1.5 mg", 7), **more))
    lines = [line["syringe"] for line in answer["calendar"]]
    assert [(line["capacity"]["value"], line["on_a_mark"]) for line in lines] == used
    assert answer["one_syringe"] is (
        len({line["capacity"]["value"] for line in lines}) == 1 and lines[-1]["fillings"] == 1
    )
    assert ("syringe_changes" in codes(answer)) is not answer["one_syringe"]
    assert codes(answer).count("off_a_mark") == sum(not on for _, on in used)
    if others == []:
        assert answer["other_strengths"] == []
    for other in answer["other_strengths"]:  # each gives every dose on a mark of one syringe, as the program answers
        again = ask(
            tree_of(
                ("0.5 mg", 7), ("1 mg", 7), ("1.5 mg", 7), **more | {"strength": f"{other['strength']['exact']} mg"}
            )
        )
        assert all(line["syringe"]["on_a_mark"] for line in again["calendar"])
        assert again["one_syringe"]


def test_the_order_of_the_batch_gives_the_same_plan():
    answer = ask(tree_of(("500 mcg", 7), ("1000 mcg", 14), own={"doses_per_day": 2}, vehicle={"name": "syrup"}))
    batch = answer["batch"]
    alone = CLIENT.post(PLAN, json=batch["order"]).get_json()
    assert alone["fingerprint"] == batch["plan"]["fingerprint"]
    assert alone["order"] == batch["order"]
    assert (alone["order"]["dose"], alone["order"]["doses_per_day"]) == ("0.5 mg", 2)
    for name in ("tablets_to_crush", "portion", "drug_needed", "bottle", "beyond_use"):
        assert batch["plan"][name] == alone["plan"][name]
    page = CLIENT.get(f"/liquid?{batch['query']}")
    assert plan_id(alone["fingerprint"]) in page.text
    # 14 days of a liquid with water: the week of 0.1 mL and one of 0.2 mL, twice a day, are 4.2 mL.
    assert (batch["volume"]["text"], batch["lasts_until"]) == ("5 mL", "2026-12-06")


def stops(answer):
    return [(stop["code"], stop["field"], stop["value"]) for stop in answer["batch"]["stops"]]


def test_a_stop_of_a_dose_stands_at_its_step_and_keeps_every_figure():
    tree = tree_of(("3 mg", 7), ("7 mg", 7), ("7 mg", 7), ("0.01 mg", 7), strength="5 mg")
    answer = ask(tree)
    assert stops(answer)[0] == ("dose_above_usual", "schedule.1.dose", "7 mg")
    assert ("dose_below_mark", "schedule.3.dose", "0.002 mL") in stops(answer)
    assert {field for _, field, _ in stops(answer)} == {"schedule.1.dose", "schedule.3.dose"}
    assert (answer["batch"]["plan"], answer["batch"]["lasts_until"], answer["calendar"]) == (None, None, [])
    page = soup(CLIENT.get("/titration", query_string=query_of(tree)))
    assert "there is no calendar" in words(page.find(id="liquid"))
    soft = tree_of(("3 mg", 7), ("7 mg", 7), acknowledgements=[
        {"code": "dose_above_usual", "value": "7 mg", "reason": "prescriber_confirmed"}])  # fmt: skip
    passed = ask(soft)
    assert (stops(passed), len(passed["calendar"])) == ([], 2)
    assert passed["batch"]["acknowledged"][0]["value"] == "7 mg"
    assert passed["batch"]["order"]["acknowledgements"] == []
    first = ask(tree_of(("7 mg", 7), acknowledgements=soft["order"]["acknowledgements"]))
    assert len(first["batch"]["order"]["acknowledgements"]) == 1


@pytest.mark.parametrize(
    ("tree", "code", "field"),
    [
        (tree_of(("1 mg", 7), dose="1 mg"), "belongs_to_batch", "order.dose"),
        (tree_of(("1 mg", 7), doses_per_day=2), "belongs_to_batch", "order.doses_per_day"),
        (tree_of(("1 mg", 7), source={"total_mass": "1 g"}), "belongs_to_batch", "order.source.total_mass"),
        (tree_of(("1 mg", 7), strength=None), "required", "order.strength"),
        (tree_of(("1 mg", 7), vehicle=None), "required", "order.vehicle.name"),
        (tree_of(("1 mg", 7), volume="3 L"), "out_of_range", "order.volume"),
        (tree_of(("1 mg", 7), volume="0 mL"), "zero_not_allowed", "order.volume"),
        (tree_of(("5 g", 365), ("5 g", 365), drug={"name": "x"}, source={"strength": "5 g"}, strength="5 mg"),
         "out_of_range", "order.volume"),
        (tree_of(("1 mg", 7), capsule={"size": "3"}), "unknown_field", "order.capsule"),
        (tree_of(("1 mg", 7), preparation="syrup"), "unknown_choice", "order.preparation"),
        (tree_of(("1 mL", 7)), "wrong_dimension", "schedule.0.dose"),
        (tree_of(("1 mg", 7), own={"start": "2026-11-22"}), "start_before_making", "start"),
        (tree_of(("1 mg", 7), acknowledgements=[{"code": "expired", "value": "x", "reason": "label_checked"}]),
         "acknowledgement_unused", "order.acknowledgements.0"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_field(tree, code, field):
    faults = ask(tree, 422)["faults"]
    assert (code, field) in {(fault["code"], fault["field"]) for fault in faults}


@pytest.mark.parametrize(
    ("preparation", "code"),
    [
        (5, "wrong_type"),
        ([], "wrong_type"),
        ("Liquid", "unknown_choice"),
        ("syrup", "unknown_choice"),
        ("", "required"),
    ],
)
def test_a_preparation_that_is_none_is_the_only_fault(preparation, code):
    """Whatever else is wrong: which fields the order has rests on it."""
    tree = tree_of(("0 mg", 7), preparation=preparation, nothing="x")
    assert [(fault["code"], fault["field"]) for fault in ask(tree, 422)["faults"]] == [(code, "order.preparation")]


def test_two_ingredients_of_one_amount_have_a_stop_each():
    """150 mg in 100 mL are 4.5 mg in 3 mL, less than the 20 mg that the balance may weigh; so for each of them."""
    items = [{"name": name, "amount": "150 mg", "per": "100 mL"} for name in ("one", "another")]
    stops = ask(tree_of(("0.5 mg", 7), ("1 mg", 7), volume="3 mL", ingredients=items))["batch"]["stops"]
    assert [(stop["code"], stop["field"], stop["value"]) for stop in stops] == [
        ("ingredient_below_least", f"ingredients.{index}.amount", "4.5 mg") for index in range(2)
    ]


doses = st.lists(st.tuples(st.integers(1, 120), st.integers(1, 30)), min_size=1, max_size=8)


@settings(max_examples=40)
@given(doses, st.integers(1, 4), st.sampled_from([1, 2, 4, 5, 8]), st.one_of(st.none(), st.integers(1, 60)))
def test_volumes_add_up_day_by_day(steps, often, strength, volume):
    """Doses in twentieths of a mg, taken out of the volume here one day after the other."""
    more = {"strength": f"{strength} mg", **({} if volume is None else {"volume": f"{volume} mL"})}
    drug = {"drug": {"name": "another"}, "source": {"strength": "5 mg"}}
    tree = tree_of(
        *((f"{dose / 20:.2f} mg", days) for dose, days in steps), own={"doses_per_day": often}, **more, **drug
    )
    plan = titrate_liquid(LiquidTitration.read(tree, LIBRARY), LIBRARY)
    each = [Fraction(dose, 20 * strength) for dose, days in steps for _ in range(days)]
    assert plan.batch.volume_needed.value == sum(each) * often
    assert [line.volume.value * plan.batch.strength.value for line in plan.measured] == [
        Fraction(dose, 20) for dose, _ in steps
    ]
    if plan.batch.plan is None:
        assert plan.batch.stops
        return
    until = plan.batch.plan.beyond_use.date
    if volume is None:
        usable = each[: (until - date.fromisoformat(MADE)).days + 1]
        assert 0 <= plan.batch.order.volume.value - max(sum(usable) * often, 1) < 1
    rest, day = plan.batch.order.volume.value, date.fromisoformat(MADE) - timedelta(1)
    for amount in each:
        rest -= amount * often
        if rest < 0:
            break
        day += timedelta(1)
    assert plan.batch.lasts_until == (None if day < date.fromisoformat(MADE) else min(day, until))


def query_of(tree):
    """The page's query of a titration from a liquid."""
    pairs = [(name, str(tree[name])) for name in ("doses_per_day", "start") if name in tree]
    for index, step in enumerate(tree["schedule"]):
        number, _, unit = step["dose"].rpartition(" ")
        pairs += [(f"schedule-{index}-dose", number), (f"schedule-{index}-dose_unit", unit)]
        pairs.append((f"schedule-{index}-days", str(step["days"])))
    for name, value in tree["order"].items():
        inner = value.items() if isinstance(value, dict) else [("", value)]
        for part, text in inner:
            key = f"{name}-{part}" if part else name
            number, _, unit = text.rpartition(" ")
            pairs += [(key, number), (f"{key}_unit", unit)] if unit in ("mg", "mL") else [(key, text)]
    return written(pairs)


def test_the_page_shows_the_volumes_and_leads_to_batch_label_and_leaflet():
    tree = tree_of(*WEEKLY, **DATED)
    page, answer = soup(CLIENT.get("/titration", query_string=query_of(tree))), ask(tree)
    rows = [[words(cell) for cell in row.find_all(["th", "td"])] for row in page.find(id="liquid").tbody.find_all("tr")]
    assert [row[1] for row in rows] == [line["text"] for line in answer["calendar"]]
    assert rows[0][2:] == ["0.5 mg", "0.7 mL"]
    assert "Every dose is measured with the 1 mL syringe, a mark at each 0.01 mL." in words(page.find(id="liquid"))
    figures = {words(line.dt): words(line.dd) for line in page.find("dl", class_="figures").find_all("div")}
    assert (figures["To make"], figures["Tablets to crush"]) == ("32 mL", "4 tablets")
    assert figures["Lasts until"] == "January 24, 2027"
    links = [link["href"] for link in page.find(id="liquid").find_all("a")]
    assert f"/liquid?{answer['batch']['query']}" in links
    for link in links:
        assert CLIENT.get(link).status_code == 200
    (label,) = pages_of(CLIENT.get(next(link for link in links if "label.pdf" in link and "4x2" in link)).data)
    assert "One dose: 0.5 mg to 4.5 mg = 0.1 mL to 0.9 mL, by the calendar." in label
    leaflet = " ".join(pages_of(CLIENT.get(next(link for link in links if "leaflet.pdf" in link)).data))
    assert "Your naltrexone liquid" in leaflet
    assert "Each mL holds 5 mg of naltrexone hydrochloride." in leaflet
    for text in ("Mon, Nov 23, 2026 Sun, Nov 29, 2026 7 days 0.5 mg 0.1 mL once a day", "4.5 mg 0.9 mL once a day"):
        assert text in leaflet
    assert "Measure its volume with the 1 mL syringe, a mark at each 0.01 mL." in leaflet
    assert "One dose of" not in leaflet


def test_a_calendar_with_several_syringes_names_one_in_each_row():
    """0.33 mL is on no mark of the 3 mL syringe, and 1.2 mL is too much for the 1 mL one."""
    tree = tree_of(("1.65 mg", 7), ("6 mg", 7), **DATED)
    answer = ask(tree)
    assert [line["syringe"]["capacity"]["text"] for line in answer["calendar"]] == ["1 mL", "3 mL"]
    leaflet = " ".join(pages_of(CLIENT.get(f"/titration/leaflet.pdf?{query_of(tree)}").data))
    assert "0.33 mL once a day, with the 1 mL syringe, a mark at each 0.01 mL" in leaflet
    assert "1.2 mL once a day, with the 3 mL syringe, a mark at each 0.1 mL" in leaflet
    assert "with the oral syringe that the row names" in leaflet


@pytest.mark.parametrize(
    ("path", "more", "text"),
    [
        ("leaflet", "&way=one_strength", "Way of taking"),
        ("label", "", "Expiry of tablets or powder: enter it"),
        ("label", "&label=9x9", "\u201c9x9\u201d is not one of the choices"),
    ],
)
def test_a_paper_that_is_not_printed_says_why(path, more, text):
    answer = CLIENT.get(f"/titration/{path}.pdf?{query_of(tree_of(*WEEKLY))}{more}")
    assert (answer.status_code, answer.mimetype) == (422, "text/html")
    assert text in words(soup(answer).find(id="summary"))


def test_the_label_of_capsules_is_that_of_their_batch():
    answer = CLIENT.get("/titration/label.pdf?schedule-0-dose=1&schedule-0-dose_unit=mg&schedule-0-days=7")
    assert answer.status_code == 422
    assert "open the plan of that batch" in words(soup(answer).find(id="summary"))


def test_another_preparation_drops_the_fields_that_it_has_not():
    capsules = "schedule-0-dose=1&schedule-0-dose_unit=mg&schedule-0-days=7&capsule-size=3&preparation=liquid"
    page = soup(
        CLIENT.get(f"/titration?{capsules}&strength=5&strength_unit=mg&vehicle-name=oil", follow_redirects=True)
    )
    assert page.find(id="capsule-size") is None
    assert page.find(id="liquid") is not None
    back = CLIENT.get(f"/titration?{capsules.removesuffix('&preparation=liquid')}&strength=5&strength_unit=mg")
    assert back.status_code == 303
    assert "strength=" not in back.headers["Location"]
    assert "capsule-size=3" in back.headers["Location"]
