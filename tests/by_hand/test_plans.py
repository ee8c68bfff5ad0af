"""Plans and refusals worked out by hand from the description of the pharmacy, beside the worked case.

That is 30 capsules of 4.5 mg from 3 tablets of 50 mg that weigh 480 mg: 432 mg of powder, 14.4 mg in each capsule; the
balance shows 1 mg and may weigh 120 mg and more. The second engine answers each of these orders alike.
"""

from calc.capsule.sheet import sheet
from calc.wording import label
from tests.capsule.test_worked_case import WORKED, worked_out
from tests.laws.test_stops_and_notices import BULK, CLIENT, ESTIMATE, OTHER, asked, given, least, names, weighed
from tests.support.client import PLAN

MADE = "2026-11-22"
LIQUID = {"preparation": "liquid", "dose": "4.5 mg", "strength": "1 mg", "volume": "100 mL", "prepared_on": MADE}


def planned(**changes):
    """The plan of the worked case with some of its parts changed."""
    return asked({**WORKED, **changes})["plan"]


def values(figures):
    return [figure and figure["text"] for figure in figures]


PAIR, EITHER = "pair_incomplete", "excludes_each_other"
UNNAMED = {"drug": {"name": "any drug"}, "source": {"strength": "50 mg"}, "capsule": {}}
#: What is changed in the worked case, the fault, its fields, and the field that the first text names.
FAULTS = [
    ({"source": {**BULK, "assay_basis": "dried"}, **ESTIMATE}, PAIR, ["source.water"], "source.assay_basis"),
    ({"source": {"tablets_weighed": 3}}, PAIR, ["source.total_mass"], "source.tablets_weighed"),
    ({"source": {"total_mass": "480 mg"}}, PAIR, ["source.tablets_weighed"], "source.total_mass"),
    (
        {"source": {"recovered_mass": "470 mg"}},
        *(PAIR, ["source.total_mass", "source.tablets_weighed"], "source.recovered_mass"),
    ),
    ({"balance": {"tolerated_error": "5 %"}}, PAIR, ["balance.sensitivity"], "balance.tolerated_error"),
    ({"diluent": {}}, PAIR, ["diluent.packing_statistic"], "tablet_powder.packing_statistic"),
    ({"tablet_powder": {}, "source": {}}, PAIR, ["tablet_powder.packing_statistic"], "diluent.packing_statistic"),
    (UNNAMED, PAIR, ["capsule.size"], "diluent.packing_statistic"),
    ({"drug": {"name": "any drug"}, "source": {}}, "required", ["source.strength"], "source.strength"),
    ({"allowance": "5 %", "extra_capsules": 1}, EITHER, ["extra_capsules"], "allowance"),
    (
        {"balance": {"sensitivity": "6 mg", "tolerated_error": "5 %", "minimum": "20 mg"}},
        *(EITHER, ["balance.minimum"], "balance.sensitivity"),
    ),
    (
        {"balance": {"repeatability": "1 mg", "minimum": "20 mg"}},
        *(EITHER, ["balance.minimum"], "balance.repeatability"),
    ),
    ({"capsule": {"fill_mass": "120 mg"}}, EITHER, ["capsule.fill_mass"], "diluent.packing_statistic"),
    ({"source": BULK, "crushing_loss": "3 %", **ESTIMATE}, EITHER, ["crushing_loss"], "source.kind"),
    (
        {"source": {**BULK, "packing_statistic": "165 mg"}},
        *(EITHER, ["tablet_powder.packing_statistic"], "source.kind"),
    ),
    ({"source": "tablets"}, "wrong_type", ["source"], "source"),
    ({"balance": []}, "wrong_type", ["balance"], "balance"),
    ({"syringes": [{"capacity": None}]}, "unknown_field", ["syringes"], "syringes"),
    ({"acknowledgements": ["7 mg"]}, "wrong_type", ["acknowledgements.0"], "acknowledgements.0"),
]


def test_what_cannot_stand_together_is_named_with_what_it_stands_beside():
    unlike = []
    for changes, code, fields, named in FAULTS:
        found = asked({**WORKED, **changes}).get("faults", [])
        right = [(fault["code"], fault["field"]) for fault in found] == [(code, field) for field in fields]
        if not right or not names(found[0]["text"], (label(named),)):
            unlike.append((changes, found))
    assert unlike == []


def test_a_drug_that_has_a_file_is_not_planned_by_its_name():
    (fault,) = asked({**WORKED, "drug": {"name": "Naltrexone"}, "source": {"strength": "50 mg"}})["faults"]
    assert (fault["code"], fault["field"]) == ("drug_has_file", "drug.name")
    assert names(fault["text"], ("choose naltrexone",))


def test_dates_and_masses_out_of_order_are_both_named():
    """The day after the making; and 1 step of 0.1 mg above two readabilities of 1 mg, or of 5 mg."""
    (fault,) = asked({**WORKED, **weighed(3, "480 mg", weighed_on="2026-11-23")})["faults"]
    assert (fault["code"], fault["field"]) == ("date_order", "source.weighed_on")
    assert names(fault["text"], ("2026-11-23", MADE))
    for balance, within, above in (({}, "482 mg", "482.1 mg"), (least("20 mg", "5 mg"), "490 mg", "490.1 mg")):
        assert "plan" in asked({**WORKED, **balance, **weighed(3, "480 mg", recovered_mass=within)})
        (fault,) = asked({**WORKED, **balance, **weighed(3, "480 mg", recovered_mass=above)})["faults"]
        assert (fault["code"], fault["field"]) == ("recovered_above_total", "source.recovered_mass")
        assert names(fault["text"], (above, "480 mg"))


def test_a_plain_order_says_everything_once_it_is_understood():
    """The defaults of the contract, each where it stands, and null for what is not known."""
    understood = asked({"dose": "4.5 mg", "quantity": 30, "prepared_on": MADE})
    order = understood["order"]
    assert (order["drug"], order["dose_basis"], order["crushing_loss"]) == ("naltrexone", "hydrochloride", "3 %")
    assert (order["allowance"], order["extra_capsules"], order["acknowledgements"]) == ("0 %", None, [])
    assert {name: value for name, value in order["source"].items() if value} == {
        "kind": "tablet", "strength": "50 mg", "release": "immediate", "least_tablets": 3,
    }  # fmt: skip
    assert {name: value for name, value in order["balance"].items() if value} == {
        "readability": "1 mg", "sensitivity": "1 mg", "tolerated_error": "5 %",
    }  # fmt: skip
    assert {name: value for name, value in order["capsule"].items() if value} == {"size": "3"}
    assert order["screening"] == {"opioids": "not asked", "liver_disease": "not asked"}
    assert order["beyond_use"] == {"counting": "day 1", "storage": "room temperature", "studies": []}
    assert set(understood["defaults"]) == {
        "drug", "dose_basis", "crushing_loss", "allowance", "source.kind", "source.strength", "source.release",
        "balance.readability", "balance.sensitivity", "balance.tolerated_error", "capsule.size", "diluent.name",
        "screening.opioids", "screening.liver_disease", "beyond_use.counting", "source.least_tablets",
        "beyond_use.storage",
    }  # fmt: skip


def test_defaults_step_aside_for_what_is_said():
    """One rule of the balance is enough; a count of capsules is the allowance; tablets weighed are weighed today."""
    by_sensitivity = {"balance.sensitivity", "balance.tolerated_error"}
    nothing_said = {"minimum": None, "sensitivity": None}
    for changes, filled in (
        ({"balance": {"minimum": "20 mg"}}, {"balance.readability"}),
        ({"balance": {"repeatability": "0.05 mg", "readability": "0.1 mg"}}, set()),
        ({"balance": {"readability": "1 mg"}}, by_sensitivity),
        ({"balance": nothing_said}, {"balance.readability", *by_sensitivity}),
        ({"extra_capsules": 3}, set()),
        ({"source": {}}, set()),
        ({"allowance": None}, set()),
    ):
        body = asked({**WORKED, **changes})
        assert {path for path in body["defaults"] if path.startswith("balance.")} == filled, changes
        assert ("allowance" in body["defaults"]) is ("extra_capsules" not in changes)
        assert ("source.weighed_on" in body["defaults"]) is ("source" not in changes)
    coarse = asked({**WORKED, "balance": {"readability": "2 mg"}})["order"]["balance"]
    assert (coarse["sensitivity"], coarse["tolerated_error"]) == ("2 mg", "5 %")
    of_bulk = asked({**WORKED, "source": BULK, **ESTIMATE})
    of_source = {path for path in of_bulk["defaults"] if path.startswith("source.")}
    assert of_source == {"source.assay_basis", "source.basis"}
    assert (of_bulk["order"]["source"]["basis"], of_bulk["order"]["crushing_loss"]) == ("hydrochloride", None)


def test_a_liquid_is_kept_cold_where_there_is_water():
    cold, warm = "refrigerator", "room temperature"
    for said, kept in (({}, cold), ({"aqueous": "yes"}, cold), ({"aqueous": "no"}, warm)):
        body = asked_liquid(vehicle={"name": "syrup", **said})
        assert body["order"]["vehicle"]["storage"] == kept
    spaced = CLIENT.post(PLAN, json={**LIQUID, "vehicle": {"name": "syrup", "aqueous": " no "}}).get_json()
    assert spaced["order"] == body["order"]
    (fault,) = asked_liquid(vehicle="syrup")["faults"]
    assert (fault["code"], fault["field"]) == ("wrong_type", "vehicle")
    (fault,) = asked_liquid(vehicle={"name": "syrup", "aqueous": 0})["faults"]
    assert (fault["code"], fault["field"]) == ("wrong_type", "vehicle.aqueous")


def asked_liquid(**changes):
    return asked({**LIQUID, **changes}, "liquids")


def test_the_studies_of_a_diluent_stand_beside_the_date_that_binds():
    """22 November is day 1, 20 May day 180, and of the study, of celluloses alone, 16 November day 360."""
    study = [{"by": "study", "date": "2027-11-16"}]
    for name, others in (
        ("microcrystalline cellulose PH-101", study),
        ("microcrystalline cellulose PH-102", study),
        ("dibasic calcium phosphate anhydrous A-TAB", []),
    ):
        dated = planned(diluent={"name": name}, tablet_powder={})["beyond_use"]
        said = {"date": "2027-05-20", "bound_by": "default", "others": others, "hours": None}
        assert dated == {**said, "by_storage": [{"storage": "room temperature", **said}]}
    dated = planned(beyond_use={"counting": "day 0"}, diluent={**WORKED["diluent"], "expiry": "2027-04"})["beyond_use"]
    assert (dated["date"], dated["bound_by"]) == ("2027-04-30", "diluent")
    assert dated["others"] == [{"by": "default", "date": "2027-05-21"}, {"by": "study", "date": "2027-11-17"}]


def test_each_reason_answers_one_stop_by_its_value():
    """A soft stop passes by its own value alone, a hard one never; what answers nothing is named."""
    of = {"code": "dose_above_usual", "value": "7 mg", "reason": "reference_checked"}
    high = {**WORKED, "dose": "7 mg", "source": {}}
    (passed,) = asked({**high, "acknowledgements": [of]})["plan"]["acknowledged"]
    assert names(passed["text"], ("7 mg a capsule", "0.5 mg", "6 mg", "Overridden: Checked in a reference"))
    for dose, given_for in (("8 mg", of), ("50 mg", {**of, "code": "dose_above_absolute", "value": "50 mg"})):
        stops = asked({**high, "dose": dose, "acknowledgements": [given_for]})["stops"]
        assert [stop["code"] for stop in stops] == [given_for["code"]]
    for reasons, code, field, said in (
        ([of, of], "acknowledgement_unused", "acknowledgements.1", "dose_above_usual"),
        ([{**of, "code": "no_code"}], "acknowledgement_unused", "acknowledgements.0", "no_code"),
    ):
        (fault,) = asked({**high, "acknowledgements": reasons})["faults"]
        assert (fault["code"], fault["field"]) == (code, field)
        assert said in fault["text"]
    (fault,) = asked({**high, "acknowledgements": [{**of, "reason": "weighed_again"}]})["faults"]
    assert (fault["code"], fault["field"]) == ("unknown_choice", "acknowledgements.0.reason")
    assert names(fault["text"], ("weighed_again", "prescriber_confirmed", "reference_checked"))


def test_a_tenth_is_named_above_fifteen_milligrams_alone():
    for dose, named in (("15 mg", False), ("15.1 mg", True)):
        (stop,) = asked({**WORKED, "dose": dose, "source": {}, "quantity": 10})["stops"]
        assert ("meant?" in stop["text"]) is named


def test_sizes_side_by_side():
    """By the table 0.41, 0.37, 0.30, 0.25 and 0.21 mL, of 450 mg/mL; and 20 mg in 0.30 mL are 14 mg in 0.21 mL."""
    rows = planned(**ESTIMATE)["sizes"]
    assert [row["size"] for row in rows] == ["2E", "2", "3", "4E", "4"]
    assert values(row["fill_mass"] for row in rows) == ["184.5 mg", "166.5 mg", "135 mg", "112.5 mg", "94.5 mg"]
    # 420 mg of powder for 30: 14 mg in each
    full = planned(dose="5 mg", crushing_loss="0 %", **weighed(3, "420 mg"), **given("20 mg"))["sizes"]
    assert values(row["fill_mass"] for row in full)[3:] == ["16.7 mg", "14 mg"]
    assert values(row["diluent"] for row in full)[3:] == ["0.080 g", "0.000 g"]


def test_the_last_of_the_diluent_is_added_however_little():
    """864.9 mg of blend in 30 hold 432.9 mg of diluent, shown as 433, 1 mg more than the powder; 10 mg onto 1 mg."""
    rungs = planned(**given("28.83 mg"))["ladder"]
    assert [(rung["add"]["text"], rung["total"]["text"]) for rung in rungs] == [("0.433 g", "0.865 g")]
    one = {"dose": "0.5 mg", "quantity": 1, **weighed(1, "100 mg"), **least("1 mg"), **given("11 mg")}
    assert [rung["add"]["text"] for rung in planned(**one)["ladder"]] == ["0.001 g", "0.002 g", "0.004 g", "0.003 g"]


def test_tablets_for_the_quantity_stand_beside_those_for_the_batch():
    """33 x 4.5 / 50 = 2.97, and 30 x 4.5 / 50 = 2.7."""
    lines = {line.name: line.text for line in sheet(worked_out({**WORKED, "extra_capsules": 3})).key_figures}
    assert lines["Tablets for 30 capsules, exact"] == "2.7 tablets"


def weighed_in(made):
    """The steps of the triturations of a plan: what is weighed, made up to, taken."""
    return [(*values([step["weigh"], step["total"], step["take"]]), step["all_of_it"]) for step in made["triturations"]]


def test_triturations_by_hand():
    """A capsule of 120 mg and a tablet of 50 mg in 160 mg: it is made up to 1,000 mg (50 mg in a gram) or more.

    4 mg are in 80 mg of that, and of 25 mg in a gram there is no room. 2.5 mg are in 50 mg of it, and in 100 mg of 25
    in a gram, which are weighed well. 60 mg for 60.0625 mg are 0.1041 % less.
    """
    one = {"quantity": 1, **weighed(1, "160 mg"), **least("20 mg"), **given("120 mg")}
    assert weighed_in(planned(**one, dose="4 mg")) == [("0.160 g", "1.000 g", "0.080 g", True)]
    odd = {**one, "dose": "3.003125 mg"}
    assert weighed_in(planned(**odd)) == [("0.160 g", "1.000 g", "0.060 g", True)]
    assert "Rounding to the balance changes the dose by -0.1041 %." in sheet(worked_out({**WORKED, **odd})).remarks
    even = {**one, "dose": "2.5 mg", **least("20 mg", "2 mg")}
    assert weighed_in(planned(**even)) == [("0.160 g", "2.000 g", "0.100 g", True)]


def test_the_dose_computed_back_goes_by_the_masses_as_printed():
    """Of 164 mg 81 are needed; 100 mg are made up to 1,000, of which 810 are taken, all in steps of 10 mg.

    The tablets count as they were typed, 164 mg, though the balance would show 160.
    """
    made = planned(
        **OTHER | given("300 mg", size="00") | {"drug": {"name": "any drug"}},
        dose="1.35 mg",
        **weighed(1, "164 mg", strength="82 mg", recovered_mass="164 mg"),
        **least("100 mg", "10 mg"),
    )
    assert weighed_in(made) == [("0.10 g", "1.00 g", "0.81 g", False)]
    assert made["reverse_check"]["deviation"]["text"] == "0 %"


def test_the_steps_for_tablets_that_are_not_weighed_yet():
    """1 g is the least. A tablet may weigh 1.2 g, so that it is made up to 2.2 g or more, and to 2.5 g at the most.

    2.5 g hold 20 mg in a gram, so that 5 mg are in too little; 1 g of it to 4 g makes 5, of which 1 g holds them. 4 mg
    are in 1.6 g of 2.5 mg in a gram, 1 in 8. Of a mixture no more than 0.97 is taken: never all the drug of a tablet.
    """
    one_tenth = {"dose": "5 mg", "quantity": 1, **least("1 g")}
    less = {**one_tenth, "dose": "4 mg"}
    all_of_it = {"dose": "5 mg", "quantity": 10, "crushing_loss": "0 %", **least("60 mg")}
    first = (None, "2.500 g", "1.000 g", True)
    for changes, steps in (
        (one_tenth, [first, ("1.000 g", "4.000 g", "1.000 g", False)]),
        (less, [first, ("1.000 g", "8.000 g", "1.600 g", False)]),
        (all_of_it, []),
    ):
        made = planned(**changes, source={"least_tablets": 1}, **ESTIMATE)
        assert weighed_in(made) == steps
        possible = "trituration_possible" in [notice["code"] for notice in made["notices"]]
        assert possible is (changes is not all_of_it)


def test_small_orders_are_diluted_as_the_second_engine_does():
    """Doses and tablets of odd figures, balances in steps of 0.1 to 10 mg."""
    for dose in ("1.7 mg", "0.37 mg", "0.0913 mg", "0.0071 mg"):
        for mass, balance in (
            ("160 mg", least("20 mg")),
            ("157.3 mg", least("8.2 mg", "0.1 mg")),
            ("170 mg", least("50 mg", "5 mg")),
            ("161 mg", least("24 mg", "2 mg")),
        ):
            asked({**WORKED, "dose": dose, "quantity": 3, **weighed(1, mass), **balance, **ESTIMATE})


def test_a_dose_taken_in_several_capsules_is_judged_as_it_is_taken():
    """5 mg and 10 mg as capsules of 5 mg: two of them at one time are above the usual 6 mg. A week
    ends on the 28th.
    """
    schedule = [{"dose": "5 mg", "days": 7}, {"dose": "10 mg", "days": 7}]
    body = CLIENT.post("/api/v1/titration", json={"schedule": schedule, "order": {"prepared_on": MADE}}).get_json()
    assert next((step["from"], step["to"]) for step in body["schedule"]) == (MADE, "2026-11-28")
    (stop,) = body["ways"][0]["batches"][0]["stops"]
    assert (stop["field"], stop["value"]) == ("schedule.1.dose", "10 mg")
    assert names(stop["text"], ("10 mg at one time", "0.5 mg", "6 mg"))
    (stop,) = asked_liquid(dose="7 mg", vehicle={"name": "syrup"})["stops"]
    assert (stop["code"], stop["field"]) == ("dose_above_usual", "dose")
    assert names(stop["text"], ("7 mg at one time", "0.5 mg", "6 mg"))


def test_the_shell_that_was_entered_stands_beside_those_weighed():
    """48 mg, with ten shells to weigh against it."""
    notes = [action.note for stage in sheet(worked_out(WORKED)).work for action in stage.actions]
    assert any(names(note, ("48 mg",)) for note in notes)
