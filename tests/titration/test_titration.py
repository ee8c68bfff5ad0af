"""`POST /api/v1/titration`: a schedule as capsules in two ways, held to sums done here another way."""

import copy
from datetime import date, timedelta
from fractions import Fraction
from math import gcd

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.library import load
from calc.titration.planning import titrate
from calc.titration.schedule import Titration
from calc.wording.paper import plan_id
from tests.support.client import PLAN, PROBLEM, make_client
from tests.support.schemas import described, validate

CLIENT = make_client()
LIBRARY = load()
PATH = "/api/v1/titration"
MADE = "2026-11-23"
#: The schedule of the issue: 14 days, 14 days, 30 days.
RISING = {
    "schedule": [{"dose": "1.5 mg", "days": 14}, {"dose": "3 mg", "days": 14}, {"dose": "4.5 mg", "days": 30}],
    "order": {"prepared_on": MADE},
}
ONE, EACH = 0, 1


def ask(tree, status=200):
    answer = CLIENT.post(PATH, json=tree)
    assert answer.status_code == status, answer.text
    body = answer.get_json()
    if status == 200:
        validate("titration_answer.schema.json", body)
    else:
        assert answer.content_type == PROBLEM
    return body


def schedule(*steps, **more):
    """A titration of (dose, days) with fields of its order after them."""
    own = {name: more.pop(name) for name in ("doses_per_day", "start") if name in more}
    steps = [{"dose": dose, "days": days} for dose, days in steps]
    return {"schedule": steps, **own, "order": {"prepared_on": MADE, **more}}


def faults(tree):
    return {(fault["code"], fault["field"]) for fault in ask(tree, 422)["faults"]}


def stops(batch):
    return [(stop["code"], stop["field"], stop["value"]) for stop in batch["stops"]]


def texts_of(part):
    """Every string of a tree."""
    if isinstance(part, dict):
        return [text for value in part.values() for text in texts_of(value)]
    if isinstance(part, list):
        return [text for value in part for text in texts_of(value)]
    return [part] if isinstance(part, str) else []


def test_the_schedule_of_the_issue_in_both_ways():
    answer = ask(RISING)
    one, each = answer["ways"]
    assert (one["code"], each["code"]) == ("one_strength", "each_strength")
    # 14 x 1 + 14 x 2 + 30 x 3 = 132 capsules of 1.5 mg; 198 mg from 50 mg tablets: 3.96, with the reserve 5.
    assert (one["capsules"], one["most_capsules_a_dose"], one["tablets"]) == (132, 3, 5)
    assert [batch["strength"]["text"] for batch in one["batches"]] == ["1.5 mg"]
    # 14, 14 and 30 capsules; 21, 42 and 135 mg: 1, 1 and 3 tablets, so five from one powder; each batch by itself
    # crushes the bench's least number, three, and has 150 mg.
    assert (each["capsules"], each["most_capsules_a_dose"], each["tablets"]) == (58, 1, 5)
    assert [(b["strength"]["text"], b["quantity"]) for b in each["batches"]] == [
        ("1.5 mg", 14),
        ("3 mg", 14),
        ("4.5 mg", 30),
    ]
    assert [b["plan"]["tablets_to_crush"] for b in each["batches"]] == [3, 3, 3]
    assert [b["plan"]["drug_left_over"]["text"] for b in each["batches"]] == ["129 mg", "108 mg", "15 mg"]
    for way in (one, each):
        assert way["drug_needed"]["exact"] == "198"
        assert way["drug_left_over"]["exact"] == str(5 * 50 - 198)
        assert way["capsules_left_over"] == 0


def test_the_calendar_goes_on_day_by_day_and_says_what_to_take():
    answer = ask(RISING)
    dates = [
        ("2026-11-23", "2026-12-06"),
        ("2026-12-07", "2026-12-20"),
        ("2026-12-21", "2027-01-19"),
    ]
    assert [(step["from"], step["to"]) for step in answer["schedule"]] == dates
    said = {
        ONE: [
            "1 capsule of 1.5 mg once a day",
            "2 capsules of 1.5 mg once a day",
            "3 capsules of 1.5 mg once a day",
        ],
        EACH: ["1 capsule of 1.5 mg once a day", "1 capsule of 3 mg once a day", "1 capsule of 4.5 mg once a day"],
    }
    for way, lines in said.items():
        calendar = answer["ways"][way]["calendar"]
        assert [(line["from"], line["to"]) for line in calendar] == dates
        assert [line["text"] for line in calendar] == lines
        assert [line["dose"]["text"] for line in calendar] == ["1.5 mg", "3 mg", "4.5 mg"]
    assert [line["capsules"] for line in answer["ways"][ONE]["calendar"]] == [14, 28, 90]


def test_the_article_is_followed_by_cautions_here_too():
    assert [caution["code"] for caution in ask(RISING)["cautions"]]
    assert ask(schedule(("1.5 mg", 14), drug={"name": "another"}, source={"strength": "5 mg"}))["cautions"] == []


masses = st.integers(1, 120).map(lambda halves: Fraction(halves, 20))  # 0.05 to 6 mg, in steps of 0.05 mg
steps = st.lists(st.tuples(masses, st.integers(1, 40)), min_size=1, max_size=6)


@settings(max_examples=60)
@given(steps, st.integers(1, 4), st.integers(0, 40))
def test_parts_add_up_to_the_whole_and_every_day_has_its_dose(given_steps, often, delay):
    drug = {"name": "another"}
    start = date.fromisoformat(MADE) + timedelta(delay)
    tree = schedule(
        *((f"{dose.numerator * (20 // dose.denominator) / 20:.2f} mg", days) for dose, days in given_steps),
        doses_per_day=often,
        start=start.isoformat(),
        drug=drug,
        source={"strength": "5 mg"},
    )
    made = titrate(Titration.read(tree, LIBRARY), LIBRARY)
    in_twentieths = [int(dose * 20) for dose, _ in given_steps]
    common = gcd(*in_twentieths)
    one, each = made.ways
    assert {batch.strength.value for batch in one.batches} == {Fraction(common, 20)}
    assert one.capsules == sum(
        t // common * days * often for t, (_, days) in zip(in_twentieths, given_steps, strict=True)
    )
    assert each.capsules == sum(days * often for _, days in given_steps)
    assert {batch.strength.value for batch in each.batches} == {dose for dose, _ in given_steps}
    assert len(each.batches) == len({dose for dose, _ in given_steps})
    drug_taken = sum(dose * days * often for dose, days in given_steps)
    days = [start + timedelta(day) for day in range(sum(days for _, days in given_steps))]
    for way in made.ways:
        assert sum(taking.capsules for taking in way.takings) == way.capsules
        assert all(taking.at_one_time * taking.strength.value == taking.step.dose.value for taking in way.takings)
        covered = [t.step.first + timedelta(day) for t in way.takings for day in range(t.step.days)]
        assert covered == days
        if way.plans:
            assert way.drug_needed.value == drug_taken
            assert way.drug_left_over.value == way.tablets * 5 - drug_taken
            assert all(batch.first <= batch.last for batch in way.batches)


@pytest.mark.parametrize(
    ("changes", "batches"),
    [
        ({}, [132]),
        ({"allowance": "10 %"}, [146]),  # 145.2 rounded up
        ({"extra_capsules": 4}, [136]),
    ],
)
def test_extra_capsules_for_loss_are_left_over(changes, batches):
    tree = copy.deepcopy(RISING)
    tree["order"] |= changes
    one = ask(tree)["ways"][ONE]
    assert [batch["plan"]["batch"] for batch in one["batches"]] == batches
    assert one["capsules"] == 132
    assert one["capsules_left_over"] == sum(batches) - 132
    assert [batch["plan"]["capsules_left_over"] for batch in one["batches"]] == [batches[0] - 132]


def test_a_dose_that_returns_is_of_one_batch():
    each = ask(schedule(("1.5 mg", 7), ("3 mg", 7), ("1500 mcg", 7), ("0.003 g", 3)))["ways"][EACH]
    assert [(b["strength"]["text"], b["quantity"], b["from"], b["to"]) for b in each["batches"]] == [
        ("1.5 mg", 14, "2026-11-23", "2026-12-13"),
        ("3 mg", 10, "2026-11-30", "2026-12-16"),
    ]
    assert [line["strength"]["text"] for line in each["calendar"]] == ["1.5 mg", "3 mg", "1.5 mg", "3 mg"]


def test_the_unit_that_was_typed_makes_no_difference():
    in_mg, in_g = schedule(("1.5 mg", 7), ("4.5 mg", 9)), schedule(("0.0015 g", 7), ("4500 mcg", 9))
    assert ask(in_mg) == ask(in_g)


@pytest.mark.parametrize(
    ("often", "text", "capsules"),
    [
        (1, "1 capsule of 2 mg once a day", 10),
        (2, "1 capsule of 2 mg twice a day", 20),
        (3, "1 capsule of 2 mg 3 times a day", 30),
        (4, "1 capsule of 2 mg 4 times a day", 40),
    ],
)
def test_doses_a_day_count_and_no_time_of_day_is_made_up(often, text, capsules):
    answer = ask(schedule(("2 mg", 10), doses_per_day=often))
    assert answer["doses_per_day"] == often
    assert answer["schedule"][0]["doses"] == capsules
    for way in answer["ways"]:
        assert (way["calendar"][0]["text"], way["capsules"]) == (text, capsules)
    assert not [said for said in texts_of(answer["ways"]) if "evening" in said or "morning" in said]


def test_the_first_day_is_the_day_of_making_unless_another_is_said():
    tree = schedule(("2 mg", 3))
    assert ask(tree)["schedule"][0]["from"] == MADE
    assert ask({**tree, "start": MADE})["schedule"][0]["to"] == "2026-11-25"
    assert ask({**tree, "start": "2028-02-28"})["schedule"][0]["to"] == "2028-03-01"  # over a leap day


# Every batch leads to its plan.


def batches_of(answer):
    return [batch for way in answer["ways"] for batch in way["batches"]]


ACKNOWLEDGED = schedule(
    ("3.5 mg", 10),
    ("7 mg", 310),
    screening={"opioids": "yes"},
    acknowledgements=[
        {"code": "opioids_yes", "value": "yes", "reason": "opioid_free_interval_kept"},
        {"code": "dose_above_usual", "value": "7 mg", "reason": "prescriber_confirmed"},
        {"code": "quantity_large", "value": "310", "reason": "reference_checked"},
    ],
)


@pytest.mark.parametrize(
    "tree",
    [
        RISING,
        ACKNOWLEDGED,
        schedule(("1.5 mg", 14), ("4.5 mg", 14), allowance="10 %", dose_basis="base", capsule={"size": "4"}),
        schedule(("10 mg", 14), ("20 mg", 14), drug={"name": "another"}, source={"strength": "20 mg"}),
        schedule(("1 mg", 14), ("8 mg", 14), ("60 mg", 2)),
        schedule(("2 mg", 14), source={"release": "extended"}),
    ],
)
def test_the_order_of_a_batch_planned_by_itself_gives_the_same_plan_or_the_same_stops(tree):
    for batch in batches_of(ask(tree)):
        answer = CLIENT.post(PLAN, json=batch["order"])
        body = answer.get_json()
        described("Order").validate(batch["order"])
        own = [stop for stop in batch["stops"] if not stop["field"].startswith("schedule.")]
        if batch["plan"] is None and own:
            assert answer.status_code == 422
            assert body["stops"] == own
            continue
        assert answer.status_code == 200, answer.text
        if batch["plan"] is None:  # its doses stop it, of several capsules each
            continue
        plan, short = body["plan"], batch["plan"]
        assert short["fingerprint"] == body["fingerprint"]
        for name in ("batch", "tablets_to_crush", "drug_needed", "drug_left_over", "beyond_use", "notices"):
            assert short[name] == plan[name]
        assert body["order"] == batch["order"]
        # A label waits for the expiry of each component, which these orders do not name.
        for address, status in (("/", 200), ("/sheet.pdf", 200), ("/label.pdf", 422)):
            assert CLIENT.get(f"{address}?{batch['query']}").status_code == status
        page = CLIENT.get(f"/?{batch['query']}")
        assert plan_id(short["fingerprint"]) in page.text


# Limits of the drug's file.


def test_a_dose_of_several_capsules_is_held_to_the_drugs_file_as_a_whole():
    answer = ask(schedule(("5 mg", 10), ("10 mg", 10)))
    one, each = (way["batches"] for way in answer["ways"])
    assert stops(one[0]) == [("dose_above_usual", "schedule.1.dose", "10 mg")]
    assert "10 mg at one time is above the usual" in one[0]["stops"][0]["text"]
    assert [stops(batch) for batch in each] == [[], [("dose_above_usual", "dose", "10 mg")]]
    assert "10 mg a capsule is above the usual" in each[1]["stops"][0]["text"]


def test_a_weighing_of_one_batch_stops_no_other():
    """14 capsules of 1 mg are too little for a balance of 100 mg; 496 of 0.5 mg, which make that dose too, are not."""
    large = {"code": "quantity_large", "value": "496", "reason": "reference_checked"}
    small = {"code": "dose_unit_unchecked", "value": "0.5 mg", "reason": "reference_checked"}
    more = {
        "drug": {"name": "baclofen"},
        "source": {"kind": "powder", "assay": "101.3 %"},
        "balance": {"readability": "100 mg"},
        "capsule": {"size": "5", "fill_mass": "90.8 mg"},
        "acknowledgements": [large, small],
    }
    one, each = ask(schedule(("0.5 mg", 90), ("1 mg", 14), ("4.5 mg", 42), **more))["ways"]
    assert stops(one["batches"][0]) == []
    assert one["batches"][0]["plan"]["drug_needed"]["value"] == "248"
    assert ("below_least_weighable", "dose") in {stop[:2] for stop in stops(each["batches"][1])}
    assert CLIENT.post(PLAN, json=one["batches"][0]["order"]).status_code == 200


def test_a_batch_beyond_an_order_is_not_judged_by_the_weighings_of_a_smaller_one():
    """Of 1,000 capsules of 0.00001 mg nothing could be weighed; there are 42,803,906 of them, each with too little."""
    more = {
        "drug": {"name": "baclofen"},
        "source": {"kind": "powder", "assay": "101.3 %"},
        "balance": {"minimum": "120 mg"},
    }
    one, _ = ask(schedule(("4549.81 mcg", 90), ("1.32544 mg", 14), **more))["ways"]
    expected = ["quantity_above_most", "dose_unit_unchecked", "too_fine_for_powder"]
    assert [stop[0] for stop in stops(one["batches"][0])] == expected


def test_a_capsule_that_holds_too_little_stops_its_batch_alone():
    answer = ask(schedule(("0.55 mg", 10), ("0.6 mg", 10)))
    one, each = (way["batches"] for way in answer["ways"])
    assert stops(one[0]) == [("dose_below_usual", "dose", "0.05 mg")]
    assert [stops(batch) for batch in each] == [[], []]


def test_a_stopped_batch_has_no_figure_and_refuses_its_way_alone():
    answer = ask(schedule(("1 mg", 14), ("8 mg", 14)))
    one, each = answer["ways"]
    assert [batch["plan"] is None for batch in each["batches"]] == [False, True]
    for way in (one, each):
        stopped = [batch for batch in way["batches"] if batch["stops"]]
        assert stopped
        assert all(batch["plan"] is None for batch in stopped)
        names = ("tablets", "drug_needed", "drug_left_over", "capsules_left_over")
        assert [way[name] for name in names] == [None] * 4
        assert way["calendar"] == []
    # Drug needed and left over, tablets and date of the batch of 8 mg, as its plan would say them.
    alone = ask(
        schedule(
            ("8 mg", 14),
            acknowledgements=[{"code": "dose_above_usual", "value": "8 mg", "reason": "reference_checked"}],
        )
    )["ways"][EACH]["batches"][0]["plan"]
    said = texts_of(each["batches"][1]["stops"])
    assert not [text for text in said if alone["drug_needed"]["text"] in text or alone["beyond_use"]["date"] in text]


def test_too_many_capsules_of_one_strength_stop_that_batch():
    tree = schedule(("1 mg", 250), ("2 mg", 365))
    reason = {"code": "quantity_large", "value": "365", "reason": "prescriber_confirmed"}
    tree["order"]["acknowledgements"] = [reason]
    one, each = ask(tree)["ways"]
    assert one["capsules"] == 980
    tree["doses_per_day"] = 3
    tree["order"]["acknowledgements"] = []
    one, each = ask(tree)["ways"]
    assert stops(one["batches"][0]) == [("quantity_above_most", "quantity", str(3 * 980))]
    assert one["batches"][0]["stops"][0]["severity"] == "hard"
    assert [stops(batch)[0][0] for batch in each["batches"]] == ["quantity_large", "quantity_above_most"]
    assert CLIENT.post(PLAN, json=one["batches"][0]["order"]).status_code == 422


@pytest.mark.parametrize(("days", "stop"), [(300, None), (301, "quantity_large")])
def test_a_large_quantity_is_asked_about_above_three_hundred(days, stop):
    for batch in batches_of(ask(schedule(("2 mg", days)))):
        assert [code for code, *_ in stops(batch)] == ([] if stop is None else [stop])


@pytest.mark.parametrize(
    ("doses", "strength", "capsules", "told"),
    [
        (("0.5 mg", "3 mg"), "0.5 mg", 6, False),
        (("0.5 mg", "3.5 mg"), "0.5 mg", 7, True),
        (("1 mg", "4.5 mg"), "0.5 mg", 9, True),
        (("4 mg", "4.5 mg", "6 mg"), "0.5 mg", 12, True),
        (("4.5 mg", "1.5 mg"), "1.5 mg", 3, False),
    ],
)
def test_more_than_six_capsules_at_one_time_are_told_of(doses, strength, capsules, told):
    answer = ask(schedule(*((dose, 3) for dose in doses)))
    one = answer["ways"][ONE]
    assert one["batches"][0]["strength"]["text"] == strength
    assert one["most_capsules_a_dose"] == capsules
    notices = [notice for notice in answer["notices"] if notice["code"] == "many_capsules_at_one_time"]
    assert bool(notices) is told
    if told:
        assert f"{max(doses)} takes {capsules} capsules of {strength} at one time" in notices[0]["text"]


@pytest.mark.parametrize(("start", "late"), [("2027-05-19", False), ("2027-05-20", True)])
def test_capsules_needed_after_their_beyond_use_date_are_told_of(start, late):
    # Made on 2026-11-23, the first of 180 days: good to 2027-05-21. Three days from the 19th end on that day.
    answer = ask(schedule(("2 mg", 3), start=start))
    assert answer["ways"][ONE]["batches"][0]["plan"]["beyond_use"]["date"] == "2027-05-21"
    told = [notice["text"] for notice in answer["notices"] if notice["code"] == "needed_after_beyond_use"]
    assert len(told) == (2 if late else 0)
    assert all("2 mg are needed until 2027-05-22" in text and "after 2027-05-21" in text for text in told)


def test_only_the_batch_that_is_needed_too_late_is_told_of():
    answer = ask(schedule(("1.5 mg", 14), ("3 mg", 14), start="2027-05-01"))
    told = [notice["text"] for notice in answer["notices"]]
    assert len(told) == 2
    assert "One strength: capsules of 1.5 mg are needed until 2027-05-28" in told[0]
    assert "A batch for each strength: capsules of 3 mg are needed until 2027-05-28" in told[1]


# Reasons.


def acknowledged(*given, tree=None):
    whole = copy.deepcopy(tree or schedule(("5 mg", 10), ("7 mg", 10), ("10 mg", 10)))
    whole["order"]["acknowledgements"] = [
        {"code": code, "value": value, "reason": reason} for code, value, reason in given
    ]
    return whole


SEVEN, TEN = (("dose_above_usual", value, "prescriber_confirmed") for value in ("7 mg", "10 mg"))


def test_a_reason_lets_the_batch_pass_that_it_fits_and_no_other():
    one, each = ask(acknowledged(SEVEN))["ways"]
    assert [stops(batch) for batch in each["batches"]] == [[], [], [("dose_above_usual", "dose", "10 mg")]]
    assert stops(one["batches"][0]) == [("dose_above_usual", "schedule.2.dose", "10 mg")]
    assert [batch["order"]["acknowledgements"] for batch in each["batches"]][::2] == [[], []]
    assert [given["value"] for given in each["batches"][1]["order"]["acknowledgements"]] == ["7 mg"]
    assert each["batches"][1]["acknowledged"][0]["text"].endswith("Overridden: The prescriber confirmed it.")


def test_reasons_for_all_let_all_pass_and_stand_with_both_ways():
    one, each = ask(acknowledged(SEVEN, TEN))["ways"]
    assert [stops(batch) for way in (one, each) for batch in way["batches"]] == [[]] * 4
    passed = one["batches"][0]["acknowledged"]
    assert [(given["code"], given["value"]) for given in passed] == [SEVEN[:2], TEN[:2]]
    assert all("at one time" in given["text"] for given in passed)
    assert one["batches"][0]["order"]["acknowledgements"] == []  # its capsules of 1 mg raise no stop
    assert one["calendar"]


def test_one_reason_holds_for_every_batch_that_raises_the_same_stop():
    tree = {**RISING, "order": {**RISING["order"], "screening": {"liver_disease": "yes"}}}
    assert all(stops(batch) for batch in batches_of(ask(tree)))
    answer = ask(acknowledged(("liver_disease_yes", "yes", "prescriber_confirmed"), tree=tree))
    assert not any(stops(batch) for batch in batches_of(answer))


@pytest.mark.parametrize(
    ("given_reasons", "fault"),
    [
        (
            [("dose_above_usual", "8 mg", "prescriber_confirmed")],
            ("acknowledgement_unused", "order.acknowledgements.0"),
        ),
        ([("heavy_tablet", "7 mg", "weighed_again")], ("acknowledgement_unused", "order.acknowledgements.0")),
        ([SEVEN, SEVEN], ("acknowledgement_unused", "order.acknowledgements.1")),
        ([SEVEN, (*TEN[:2], "weighed_again")], ("unknown_choice", "order.acknowledgements.1.reason")),
        ([SEVEN, (*TEN[:2], "because")], ("unknown_choice", "order.acknowledgements.1.reason")),
    ],
)
def test_a_reason_that_fits_no_batch_is_a_fault(given_reasons, fault):
    assert faults(acknowledged(*given_reasons)) == {fault}


def test_a_hard_stop_takes_no_reason():
    tree = acknowledged(("extended_release", "extended", "prescriber_confirmed"), tree=RISING)
    tree["order"]["source"] = {"release": "extended"}
    assert all(stops(batch) == [("extended_release", "source.release", "extended")] for batch in batches_of(ask(tree)))


# What cannot be read.

STEP = {"dose": "1.5 mg", "days": 14}
OF_A_BATCH = {
    "dose": "4.5 mg",
    "quantity": 30,
    "internal_number": "A1",
    "source": {"tablets_weighed": 3, "total_mass": "0.480 g", "weighed_on": MADE, "recovered_mass": "0.4 g"},
}


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        ([], {("wrong_type", "")}),
        ("text", {("wrong_type", "")}),
        ({}, {("required", "schedule")}),
        ({"schedule": None}, {("required", "schedule")}),
        ({"schedule": []}, {("required", "schedule")}),
        ({"schedule": {}}, {("wrong_type", "schedule")}),
        ({"schedule": [STEP] * 25}, {("list_too_long", "schedule")}),
        ({"schedule": [STEP, 3]}, {("wrong_type", "schedule.1")}),
        ({"schedule": [STEP, {}]}, {("required", "schedule.1.dose"), ("required", "schedule.1.days")}),
        (
            {"schedule": [{"dose": None, "days": None}]},
            {("required", "schedule.0.dose"), ("required", "schedule.0.days")},
        ),
        ({"schedule": [{**STEP, "strength": "1 mg"}]}, {("unknown_field", "schedule.0.strength")}),
        ({"schedule": [STEP], "dose": "1 mg"}, {("unknown_field", "dose")}),
        ({"schedule": [STEP], "patient": "x"}, {("unknown_field", "patient")}),
        ({"schedule": [{**STEP, "days": "14"}]}, {("wrong_type", "schedule.0.days")}),
        ({"schedule": [{**STEP, "days": 14.5}]}, {("wrong_type", "schedule.0.days")}),
        ({"schedule": [{**STEP, "days": True}]}, {("wrong_type", "schedule.0.days")}),
        ({"schedule": [{**STEP, "days": 0}]}, {("zero_not_allowed", "schedule.0.days")}),
        ({"schedule": [{**STEP, "days": 366}]}, {("out_of_range", "schedule.0.days")}),
        ({"schedule": [{**STEP, "dose": 1.5}]}, {("wrong_type", "schedule.0.dose")}),
        ({"schedule": [{**STEP, "dose": "1,5 mg"}]}, {("decimal_comma", "schedule.0.dose")}),
        ({"schedule": [{**STEP, "dose": ".5 mg"}]}, {("number_format", "schedule.0.dose")}),
        ({"schedule": [{**STEP, "dose": "1.5 Mg"}]}, {("unit_unknown", "schedule.0.dose")}),
        ({"schedule": [{**STEP, "dose": "1.5"}]}, {("unit_missing", "schedule.0.dose")}),
        ({"schedule": [{**STEP, "dose": "1.5 mL"}]}, {("wrong_dimension", "schedule.0.dose")}),
        ({"schedule": [{**STEP, "dose": "0 mg"}]}, {("zero_not_allowed", "schedule.0.dose")}),
        ({"schedule": [{**STEP, "dose": "11 g"}]}, {("out_of_range", "schedule.0.dose")}),
        ({"schedule": [STEP], "doses_per_day": 0}, {("zero_not_allowed", "doses_per_day")}),
        ({"schedule": [STEP], "doses_per_day": 5}, {("out_of_range", "doses_per_day")}),
        ({"schedule": [STEP], "doses_per_day": "2"}, {("wrong_type", "doses_per_day")}),
        ({"schedule": [STEP], "start": "soon"}, {("date_format", "start")}),
        (
            {"schedule": [STEP], "start": "1999-12-31", "order": {"prepared_on": "2000-01-01"}},
            {("out_of_range", "start")},
        ),
        (schedule(("1.5 mg", 14), start="2026-11-22"), {("start_before_making", "start")}),
        ({"schedule": [STEP], "order": []}, {("wrong_type", "order")}),
        (schedule(("1.5 mg", 14), source={"strength": "50 mL"}), {("wrong_dimension", "order.source.strength")}),
        (schedule(("1.5 mg", 14), drug="nobody"), {("unknown_choice", "order.drug")}),
        (schedule(("1.5 mg", 14), drug={"name": "x"}), {("required", "order.source.strength")}),
        (schedule(("1.5 mg", 14), allowance="0.1 %"), {("factor_not_percent", "order.allowance")}),
        (
            schedule(("1.5 mg", 14), balance={"tolerated_error": "4 %"}),
            {("pair_incomplete", "order.balance.sensitivity")},
        ),
        (schedule(("1.5 mg", 14), x=1), {("unknown_field", "order.x")}),
        (
            schedule(("1.5 mg", 14), **OF_A_BATCH),
            {
                ("belongs_to_batch", f"order.{path}")
                for path in (
                    *("dose", "quantity", "internal_number", "source.tablets_weighed", "source.total_mass"),
                    *("source.weighed_on", "source.recovered_mass"),
                )
            },
        ),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(tree, expected):
    assert faults(tree) == expected


def test_all_faults_are_told_at_once():
    tree = {
        "schedule": [{"dose": "1,5 mg", "days": 0}, {"dose": "3 mg"}],
        "start": "2026-01-01",
        "doses_per_day": 9,
        "order": {"quantity": 3, "prepared_on": MADE, "crushing_loss": "50 %", "source": {"release": "slow"}},
    }
    assert faults(tree) == {
        ("decimal_comma", "schedule.0.dose"),
        ("zero_not_allowed", "schedule.0.days"),
        ("required", "schedule.1.days"),
        ("start_before_making", "start"),
        ("out_of_range", "doses_per_day"),
        ("belongs_to_batch", "order.quantity"),
        ("out_of_range", "order.crushing_loss"),
        ("unknown_choice", "order.source.release"),
    }


def test_null_is_as_good_as_left_out():
    tree = {**RISING, "doses_per_day": None, "start": None}
    tree["order"] = {**RISING["order"], "quantity": None, "source": {"tablets_weighed": None}, "allowance": None}
    assert ask(tree) == ask(RISING)


@pytest.mark.parametrize(
    ("steps_given", "status"),
    [([STEP] * 24, 200), ([STEP] * 25, 422), ([{**STEP, "days": 1}], 200), ([{**STEP, "days": 365}], 200)],
)
def test_each_bound_holds_its_own_value(steps_given, status):
    ask({"schedule": steps_given}, status)


def test_a_refusal_holds_no_figure_of_a_plan():
    tree = copy.deepcopy(RISING)
    tree["schedule"][0]["days"] = 0
    problem = ask(tree, 422)
    assert not [text for text in texts_of(problem) if "198" in text or "2027" in text or "tablet" in text]


def test_doses_that_have_next_to_nothing_in_common_are_answered_at_once():
    answer = ask(schedule(("10 g", 365), ("0.001001 mcg", 365), drug={"name": "x"}, source={"strength": "5 g"}))
    (batch,) = answer["ways"][ONE]["batches"]
    assert {code for code, *_ in stops(batch)} == {"strong_tablet", "dose_below_absolute", "quantity_above_most"}
    assert batch["strength"]["text"] == "0.000001 mcg"


@pytest.mark.parametrize(
    ("doses", "told"),
    [
        (("1.5 mg", "3 mg", "4.5 mg"), None),
        (("4.5 mg", "3 mg", "1.5 mg"), None),
        (("3 mg", "3 mg", "4.5 mg", "4.5 mg"), None),
        (("3 mg", "1.5 mg", "4.5 mg"), "4.5 mg in step 3 follows 1.5 mg"),
        (("1.5 mg", "4.5 mg", "3 mg"), "3 mg in step 3 follows 4.5 mg"),
        (("1.5 mg", "3 mg", "3 mg", "1.5 mg", "3 mg"), "1.5 mg in step 4 follows 3 mg"),
        (("3 mg", "1.5 mg", "1.5 mg", "3 mg"), "3 mg in step 4 follows 1.5 mg"),
    ],
)
def test_doses_that_rise_and_fall_are_told_of_once(doses, told):
    texts = [notice["text"] for notice in ask(schedule(*((dose, 3) for dose in doses)))["notices"]]
    turns = [text for text in texts if "rise and fall" in text]
    assert len(turns) == (told is not None)
    if told:
        assert told in turns[0]
