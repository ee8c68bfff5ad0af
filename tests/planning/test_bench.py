"""The work at the bench as data: its frozen codes, their words, and the whole work of single orders by hand."""

import json
from datetime import date
from fractions import Fraction

import pytest

from calc.arithmetic.units import MG, G, figure
from calc.capsule.answer import answer
from calc.capsule.order import Order
from calc.capsule.planning import plan
from calc.capsule.planning.bench import work_of
from calc.capsule.sheet.bench import CapsuleBench
from calc.library import load
from calc.liquid import bench_steps as liquid
from calc.liquid.order import LiquidOrder
from calc.liquid.planning import plan_liquid
from calc.planning.bench import STAGE_OF, BenchCode, BenchStage, BenchStep, OfTablets, Wants
from calc.wording.bench import WORDS, StepWords
from calc.wording.stages import TITLES
from tests.capsule.test_bulk_powder import ORDER as BULK
from tests.support.orders import GOOD, changed
from tests.support.places import ROOT

LIBRARY = load()
TODAY = date(2026, 11, 23)

# --- codes, stages, words

#: The codes of the first version in the order of work. Records name their steps by these, so none may be renamed,
#: dropped, moved before another or given another meaning.
FIRST_CODES = (
    *("protect", "level_balance", "zero_balance", "mortar", "plate", "shells", "mortar_and_measure", "bottles"),
    *("read_source", "read_diluent", "read_vehicle"),
    *("count_tablets", "one_tablet", "all_tablets", "ten_shells", "packing_of_diluent"),
    *("crush", "recovered", "packing_of_powder", "portion", "diluent", "no_diluent"),
    *("only_if_light", "all_of_the_powder", "trituration_powder", "trituration_diluent", "trituration_mix", "aliquot"),
    *("begin_blend", "rung", "rungs_open", "end_point"),
    *("wet", "thin", "rinse", "to_volume", "shake"),
    *("divide", "fill_bottles"),
    *("ten_capsules", "mean_fill", "yield", "describe", "look", "volume_made"),
    *("container", "label", "extras", "label_bottles", "give_syringe"),
    *("destroy_powder", "destroy_trituration", "wash", "wash_measure", "deviations"),
)
#: Codes that came later, wherever in the work they belong: a new one is written at the end of these.
LATER_CODES = (
    *("portion_boat", "trituration_boat", "rub_diluent", "crush_in_diluent", "trituration_sieve", "aliquot_boat"),
    *("crushed_tablets", "use_all", "enough_for_portion"),
    *("measure_part", "mix_vehicle", "add_part"),
    *("read_ingredient", "ingredient", "mix_ingredients", "ingredient_volume", "wet_with", "add_ingredient"),
    *("full_capsules", "empty_shells"),
)
STAGES = ("gather", "identify", "count", "weigh", "crush", "triturate", "blend", "mix", "fill", "bottle", "check")
STAGES += ("label", "clean")


def test_no_code_that_a_record_may_hold_is_renamed_dropped_or_moved():
    assert tuple(code.value for code in BenchCode if code.value in FIRST_CODES) == FIRST_CODES


def test_every_code_stands_in_the_frozen_list_once():
    frozen = (*FIRST_CODES, *LATER_CODES)
    assert len(frozen) == len(set(frozen))
    assert set(frozen) == {code.value for code in BenchCode}


def test_the_codes_stand_by_stages_in_the_order_of_work():
    assert tuple(stage.value for stage in BenchStage) == STAGES
    assert list(STAGE_OF) == list(BenchCode)
    at = [STAGES.index(STAGE_OF[code]) for code in BenchCode]
    assert at == sorted(at)
    assert set(STAGE_OF.values()) == set(BenchStage)


def test_every_code_has_its_words_and_every_stage_its_title():
    assert set(WORDS) == set(BenchCode)
    for words in WORDS.values():
        assert all(one.do for one in ([words] if isinstance(words, StepWords) else words.values()))
    assert set(TITLES) == set(BenchStage)
    assert all(TITLES.values())


def test_no_key_of_one_code_can_be_taken_for_that_of_another():
    """A key is the code, or the code, a hyphen and a number: no code holds a hyphen."""
    assert not [code for code in BenchCode if "-" in code.value]
    assert BenchStep(BenchCode.ALIQUOT).key == "aliquot"
    assert BenchStep(BenchCode.ALIQUOT, step=2).key == "aliquot-2"
    assert BenchStep(BenchCode.ALIQUOT, step=2).stage is BenchStage.TRITURATE


def test_what_is_written_down_is_one_of_five_kinds():
    """Records hold these as well."""
    assert [wants.value for wants in Wants] == ["mass", "count", "volume", "text", "tick"]


def test_a_mass_that_hangs_on_the_tablets_is_found_in_whatever_unit_they_are_weighed():
    """4.05 g - 81/110 W: of W = 480 mg, or 0.48 g, 4050 - 38880/110 = 40662/11 mg, which is 3696.545... mg."""
    amount = OfTablets(figure("4.05", G), Fraction(-81, 110))
    for mass in (figure(480, MG), figure("0.48", G)):
        assert amount.at(mass) == figure("40662/11", MG)


# --- whole works by hand: (key, what is written down, in which unit, what is aimed at)


def said(amount):
    """An amount as it is written in these lists: "432 mg", "9/10 W", "4050 mg - 81/110 W"."""
    if amount is None:
        return ""
    if not isinstance(amount, OfTablets):
        return f"{amount.value} {amount.unit.one if amount.value == 1 else amount.unit.many}"
    times = f"{abs(amount.times)} W".removeprefix("1 ")
    if not amount.constant.numerator:
        return times
    return f"{said(amount.constant)} {'-' if amount.times < 0 else '+'} {times}"


def capsules(tree):
    return work_of(plan(Order.read(tree, LIBRARY, today=TODAY), LIBRARY))


def told(steps):
    return [(step.key, str(step.wants), step.unit, said(step.target)) for step in steps]


def bounds(steps):
    """The bounds of the steps that have any."""
    return {step.key: (said(step.low), said(step.high)) for step in steps if (step.low, step.high) != (None, None)}


def about(steps):
    """What a step is about, where its code can be about several things."""
    return {step.key: step.what for step in steps if step.what}


#: Sums of the worked case: 30 x 4.5 mg = 135 mg of drug; 135 / (50 x 0.97) = 2.78, so 3 tablets, which hold 150 mg.
#:   portion    135 x 480 / 150 = 432 mg                          left over 150 - 135 = 15 mg
#:   one tablet 480 / 3 = 160 mg, a tenth less and more 144 and 176 mg
#:   powder     432 / 30 = 14.4 mg in one capsule, 14.4 / 165 = 24/275 of the body
#:   diluent    (1 - 24/275) x 135 = 251/275 x 135 = 6777/55 mg, x 30 = 40662/11 = 3696.545... mg, weighed as 3697 mg
#:   additions  432 + 864 + 1728 = 3024, the rest 3697 - 3024 = 673 mg
#:   fill       14.4 + 6777/55 = 792/55 + 6777/55 = 7569/55 mg = 137.618... mg
#:   its mean   0.97 x 7569/55 = 734193/5500, 1.03 x 7569/55 = 779607/5500
#:   capsule    48 mg shell: 48 + 123.856... = 171.856..., up to 172; 48 + 151.38 = 199.38, down to 199 mg
#:   shells     30 and 10 spare; balance 1 mg / 5 % = 20 mg least
WORKED = [
    ("protect", "text", "", ""),
    ("level_balance", "text", "", ""),
    ("zero_balance", "tick", "", ""),
    ("mortar", "tick", "", ""),
    ("plate", "text", "", ""),
    ("shells", "count", "shells", "40 capsules"),
    ("read_source", "tick", "", ""),
    ("read_diluent", "tick", "", ""),
    ("count_tablets", "count", "tablets", "3 tablets"),
    ("one_tablet", "mass", "g", ""),
    ("all_tablets", "mass", "g", "480 mg"),
    ("ten_shells", "mass", "mg", ""),
    ("crush", "tick", "", ""),
    ("recovered", "mass", "g", ""),
    ("portion", "mass", "g", "432 mg"),
    ("diluent", "mass", "g", "40662/11 mg"),
    ("begin_blend", "tick", "", "432 mg"),
    ("rung-1", "tick", "", "432 mg"),
    ("rung-2", "tick", "", "864 mg"),
    ("rung-3", "tick", "", "1728 mg"),
    ("rung-4", "tick", "", "673 mg"),
    ("end_point", "text", "", ""),
    ("divide", "count", "capsules", "30 capsules"),
    ("ten_capsules", "mass", "mg", ""),
    ("mean_fill", "mass", "mg", "7569/55 mg"),
    ("yield", "count", "capsules", "30 capsules"),
    ("describe", "text", "", ""),
    ("container", "text", "", ""),
    ("label", "count", "capsules", "30 capsules"),
    ("destroy_powder", "tick", "", "15 mg"),
    ("wash", "tick", "", ""),
    ("deviations", "text", "", ""),
]


def test_the_work_of_the_worked_case():
    steps = capsules(GOOD)
    assert told(steps) == WORKED
    assert bounds(steps) == {
        "zero_balance": ("20 mg", ""),
        "one_tablet": ("144 mg", "176 mg"),
        # Of 480 mg at most 3 % is lost, 14.4 mg: 465.6 mg, more than the portion.
        "recovered": ("2328/5 mg", "480 mg"),
        "ten_capsules": ("172 mg", "199 mg"),
        "mean_fill": ("734193/5500 mg", "779607/5500 mg"),
        "yield": ("29 capsules", "30 capsules"),
    }
    assert about(steps) == {"read_source": "tablets", "begin_blend": "portion", "rung-4": "rest"}


def before_weighing(tree):
    return changed(tree, {f"source.{name}": None for name in ("tablets_weighed", "total_mass", "weighed_on")})


#: Sums of the same before weighing: of the powder W of three tablets, which holds 150 mg,
#:   portion    135 / 150 = 9/10 W
#:   one tablet W / 3, a tenth less and more 9/30 = 3/10 W and 11/30 W
#:   diluent    30 x 135 - 9/10 W x 135 / 165 = 4050 mg - 81/110 W (W = 480: 4050 - 353.4545... = 3696.545... as above)
UNWEIGHED = [
    ("protect", "text", "", ""),
    ("level_balance", "text", "", ""),
    ("zero_balance", "tick", "", ""),
    ("mortar", "tick", "", ""),
    ("plate", "text", "", ""),
    ("shells", "count", "shells", "40 capsules"),
    ("read_source", "tick", "", ""),
    ("read_diluent", "tick", "", ""),
    ("count_tablets", "count", "tablets", "3 tablets"),
    ("one_tablet", "mass", "g", ""),
    ("all_tablets", "mass", "g", ""),
    ("ten_shells", "mass", "mg", ""),
    ("crush", "tick", "", ""),
    ("recovered", "mass", "g", ""),
    ("portion", "mass", "g", "9/10 W"),
    ("diluent", "mass", "g", "4050 mg - 81/110 W"),
    ("begin_blend", "tick", "", ""),
    ("rungs_open", "text", "", ""),
    ("end_point", "text", "", ""),
    ("divide", "count", "capsules", "30 capsules"),
    ("ten_capsules", "mass", "mg", ""),
    ("mean_fill", "mass", "mg", ""),
    ("yield", "count", "capsules", "30 capsules"),
    ("describe", "text", "", ""),
    ("container", "text", "", ""),
    ("label", "count", "capsules", "30 capsules"),
    ("destroy_powder", "tick", "", "15 mg"),
    ("wash", "tick", "", ""),
    ("deviations", "text", "", ""),
]


def test_the_work_of_the_same_order_before_its_tablets_are_weighed():
    steps = capsules(before_weighing(GOOD))
    assert told(steps) == UNWEIGHED
    assert bounds(steps) == {
        "zero_balance": ("20 mg", ""),
        "one_tablet": ("3/10 W", "11/30 W"),
        # Three tablets weigh more than their 150 mg of drug, and no more than 3 x 1,200 mg.
        "all_tablets": ("150 mg", "3600 mg"),
        "recovered": ("97/100 W", "W"),
        "yield": ("29 capsules", "30 capsules"),
    }
    assert about(steps) == {"read_source": "tablets", "diluent": "open", "begin_blend": "portion"}


#: Sums of two steps of a trituration (case 112): 30 x 0.02 = 0.6 mg of drug from one tablet of 160 mg.
#:   first      the tablet made up to 2000 mg, 1840 mg of diluent; 50 / 2000 = 1/40 of it is drug; 100 mg hold 2.5 mg
#:   second     100 mg made up to 1000 mg, 900 mg of diluent; 2.5 / 1000 = 1/400; 0.6 x 400 = 240 mg
#:   powder     0.6 x 160 / 50 = 1.92 mg, / 30 = 0.064 mg in one capsule
#:   fill       0.064 + (1 - 0.064 / 165) x 135 = 135 + 0.064 x 2/11 = 185641/1375 mg = 135.0116... mg
#:   diluent    30 x 135.0116... - 240 = 1047846/275 = 3810.349... mg, weighed as 3810 mg
#:   additions  240 x (1 + 2 + 4 + 8) = 3600, the rest 3810 - 3600 = 210 mg
#:   its mean   0.97 x 185641/1375 = 18007177/137500, 1.03 x 185641/1375 = 19121023/137500
#:   capsule    48 + 0.9 x 135.0116... = 169.510..., up to 170; 48 + 1.1 x 135.0116... = 196.512..., down to 196 mg
#:   left over  50 - 0.6 = 49.4 mg, in what is left of both steps; one tablet alone 0.9 and 1.1 x 160
TWO_STEPS = [
    ("protect", "text", "", ""),
    ("level_balance", "text", "", ""),
    ("zero_balance", "tick", "", ""),
    ("mortar", "tick", "", ""),
    ("plate", "text", "", ""),
    ("shells", "count", "shells", "40 capsules"),
    ("read_source", "tick", "", ""),
    ("read_diluent", "tick", "", ""),
    ("count_tablets", "count", "tablets", "1 tablet"),
    ("one_tablet", "mass", "g", ""),
    ("all_tablets", "mass", "g", "160 mg"),
    ("ten_shells", "mass", "mg", ""),
    ("diluent", "mass", "g", "1047846/275 mg"),
    ("all_of_the_powder-1", "tick", "", "160 mg"),
    ("trituration_diluent-1", "mass", "g", "1840 mg"),
    ("rub_diluent-1", "tick", "", "500 mg"),
    ("crush_in_diluent-1", "tick", "", "1 tablet"),
    ("trituration_mix-1", "text", "", ""),
    ("trituration_sieve-1", "tick", "", ""),
    ("aliquot-1", "mass", "g", "100 mg"),
    ("trituration_diluent-2", "mass", "g", "900 mg"),
    ("trituration_mix-2", "text", "", ""),
    ("trituration_sieve-2", "tick", "", ""),
    ("aliquot-2", "mass", "g", "240 mg"),
    ("begin_blend", "tick", "", "240 mg"),
    ("rung-1", "tick", "", "240 mg"),
    ("rung-2", "tick", "", "480 mg"),
    ("rung-3", "tick", "", "960 mg"),
    ("rung-4", "tick", "", "1920 mg"),
    ("rung-5", "tick", "", "210 mg"),
    ("end_point", "text", "", ""),
    ("divide", "count", "capsules", "30 capsules"),
    ("ten_capsules", "mass", "mg", ""),
    ("mean_fill", "mass", "mg", "185641/1375 mg"),
    ("yield", "count", "capsules", "30 capsules"),
    ("describe", "text", "", ""),
    ("container", "text", "", ""),
    ("label", "count", "capsules", "30 capsules"),
    ("destroy_trituration", "tick", "", "247/5 mg"),
    ("wash", "tick", "", ""),
    ("deviations", "text", "", ""),
]


def test_the_work_of_a_trituration_of_two_steps():
    case = ROOT / "tests/casebook/orders/112-trituration-of-equal-diluent.json"
    steps = capsules(json.loads(case.read_text(encoding="utf-8"))["order"])
    assert told(steps) == TWO_STEPS
    assert bounds(steps) == {
        "zero_balance": ("20 mg", ""),
        "one_tablet": ("144 mg", "176 mg"),
        "ten_capsules": ("170 mg", "196 mg"),
        "mean_fill": ("18007177/137500 mg", "19121023/137500 mg"),
        "yield": ("29 capsules", "30 capsules"),
    }
    assert about(steps) == {
        "read_source": "tablets",
        "trituration_diluent-1": "whole tablets",
        "aliquot-1": "next step",
        "aliquot-2": "capsules",
        "begin_blend": "aliquot",
        "rung-5": "rest",
    }


#: Sums of 2 capsules of 0.5 mg before weighing: 1 mg of the 50 mg of one tablet, 1/50 of its powder.
#:   portion    1/50 W, which can be weighed (20 mg) from W = 50 x 20 = 1000 mg on
#:   rounding   a portion of 50 steps, 50 mg, is rounded by 1 % at most: from W = 50 x 50 = 2500 mg on
#:   total      beside up to 1000 mg at least 500 mg of diluent, so from 1500 mg to 2500 mg (20 times the 125 mg that a
#:              tablet is taken to weigh): 2000 mg would give 40 mg, less than 50, 2.5 times what may be weighed, 2500
#:              mg give 50 mg; diluent 2500 mg - W; below 100 mg, so the boat is weighed back to 1 %, 0.5 mg
#:   bounds     at most 20 times W: W at least 2500 / 20 = 125 mg; below 1000 mg, from which on the portion is weighed
#:   fill       given, 120 mg: diluent 2 x 120 mg - 1/50 W; mean 0.97 x 120 = 582/5 and 1.03 x 120 = 618/5 mg
#:   capsule    48 + 108 = 156 mg, 48 + 132 = 180 mg; left over 49 mg
IF_LIGHT = [
    ("recovered", "mass", "g", ""),
    ("portion", "mass", "g", "1/50 W"),
    ("diluent", "mass", "g", "240 mg - 1/50 W"),
    ("only_if_light", "tick", "", ""),
    ("all_of_the_powder", "tick", "", ""),
    ("trituration_diluent", "mass", "g", "2500 mg - W"),
    ("rub_diluent", "tick", "", "500 mg"),
    ("crush_in_diluent", "tick", "", "1 tablet"),
    ("trituration_mix", "text", "", ""),
    ("trituration_sieve", "tick", "", ""),
    ("aliquot", "mass", "g", "50 mg"),
    ("aliquot_boat", "mass", "mg", ""),
    ("begin_blend", "tick", "", ""),
    ("rungs_open", "text", "", ""),
    ("end_point", "text", "", ""),
    ("divide", "count", "capsules", "2 capsules"),
    ("ten_capsules", "mass", "mg", ""),
    ("mean_fill", "mass", "mg", "120 mg"),
]


def test_the_work_of_tablets_that_may_turn_out_too_light_for_a_portion():
    tree = {"dose": "0.5 mg", "quantity": 2, "capsule": {"size": "3", "fill_mass": "120 mg"}}
    tree["source"] = {"least_tablets": 1}
    steps = capsules(tree)
    names = [step.key for step in steps]
    assert told(steps)[names.index("recovered") : names.index("yield")] == IF_LIGHT
    assert bounds(steps) == {
        "zero_balance": ("20 mg", ""),
        "one_tablet": ("9/10 W", "11/10 W"),
        "all_tablets": ("50 mg", "1200 mg"),
        "recovered": ("97/100 W", "W"),
        "enough_for_portion": ("1000 mg", ""),
        "only_if_light": ("125 mg", "1000 mg"),
        "aliquot_boat": ("", "1/2 mg"),
        "ten_capsules": ("156 mg", "180 mg"),
        "mean_fill": ("582/5 mg", "618/5 mg"),
        "yield": ("2 capsules", "2 capsules"),
    }
    look = next(step for step in steps if step.code is BenchCode.ENOUGH_FOR_PORTION)
    assert said(look.target) == "2500 mg"
    assert about(steps) == {
        "read_source": "tablets",
        "enough_for_portion": "dilute or enter",
        "portion": "little",
        "diluent": "open",
        "trituration_diluent": "whole tablets",
        "aliquot": "portion",
        "begin_blend": "portion",
        "ten_capsules": "all",
        "mean_fill": "all",
    }


@pytest.mark.parametrize(("quantity", "sample"), [(1, "one"), (2, "all"), (9, "all"), (10, None), (30, None)])
def test_all_capsules_are_weighed_where_fewer_than_ten_are_made(quantity, sample):
    """Nine ordered and one made beside them are ten."""
    tree = {"dose": "4.5 mg", "quantity": quantity}
    for steps in (capsules(tree), capsules({**tree, "quantity": 9, "extra_capsules": 1}) if sample is None else ()):
        assert {about(steps).get(key) for key in ("ten_capsules", "mean_fill") if steps} <= {sample}


def test_the_plain_order_waits_for_the_packing_of_both_powders():
    """4.5 mg, 30 capsules, and nothing measured: the portion follows from W, the diluent from nothing known yet."""
    steps = capsules({"dose": "4.5 mg", "quantity": 30})
    weighed = [(step.key, said(step.target)) for step in steps if step.wants is Wants.MASS]
    assert weighed == [
        ("one_tablet", ""),
        ("all_tablets", ""),
        ("ten_shells", ""),
        ("packing_of_diluent", ""),
        ("recovered", ""),
        ("packing_of_powder", ""),
        ("portion", "9/10 W"),
        ("diluent", ""),
        ("ten_capsules", ""),
        ("mean_fill", ""),
    ]


def test_capsules_beyond_those_ordered_are_made_and_set_apart():
    """Ten per cent more of 30 are 33: as many are divided and counted, 30 labelled; 43 shells."""
    steps = {step.key: said(step.target) for step in capsules(changed(before_weighing(GOOD), {"allowance": "10 %"}))}
    counts = ("shells", "divide", "yield", "label")
    assert [steps[name] for name in counts] == ["43 capsules", "33 capsules", "33 capsules", "30 capsules"]
    assert "extras" in steps


#: Sums of 100 mL of 1 mg/mL: 100 mg of drug, 100 / 50 = 2 tablets, whole, so nothing is weighed and nothing is left.
#:   bottle     of 90 mL at most 81 mL are filled, of 120 mL 108 mL: 120 mL
#:   dose       4.5 mg / 1 mg/mL = 4.5 mL, once the syringe of 5 mL
WHOLE_TABLETS = [
    ("protect", "text", "", ""),
    ("mortar_and_measure", "tick", "", ""),
    ("bottles", "volume", "mL", "120 mL"),
    ("read_source", "tick", "", ""),
    ("read_vehicle", "tick", "", ""),
    ("count_tablets", "count", "tablets", "2 tablets"),
    ("crush", "tick", "", ""),
    ("wet", "tick", "", ""),
    ("thin", "tick", "", ""),
    ("rinse", "tick", "", ""),
    ("to_volume", "volume", "mL", "100 mL"),
    ("shake", "text", "", ""),
    ("fill_bottles", "volume", "mL", "100 mL"),
    ("look", "text", "", ""),
    ("volume_made", "volume", "mL", "100 mL"),
    ("label_bottles", "text", "", ""),
    ("give_syringe", "text", "", "9/2 mL"),
    ("wash_measure", "tick", "", ""),
    ("deviations", "text", "", ""),
]
LIQUID = {
    "preparation": "liquid",
    "dose": "4.5 mg",
    "strength": "1 mg",
    "volume": "100 mL",
    "vehicle": {"name": "suspending vehicle", "preserved": "yes"},
}


def liquids(tree):
    return liquid.work_of(plan_liquid(LiquidOrder.read(tree, LIBRARY, today=TODAY), LIBRARY))


def test_the_work_of_a_liquid_of_whole_tablets():
    steps = liquids(LIQUID)
    assert told(steps) == WHOLE_TABLETS
    assert bounds(steps) == {"mortar_and_measure": ("100 mL", "")}
    assert about(steps) == {
        "bottles": "bottle",
        "read_source": "tablets",
        "crush": "whole",
        "fill_bottles": "bottle",
        "wash_measure": "unweighed",
        "give_syringe": "once",
    }


def test_a_liquid_that_takes_a_part_of_a_tablet_weighs_a_portion():
    """120 mL of 1 mg/mL: 120 mg of the 150 mg of three tablets, 4/5 W; 30 mg are left."""
    steps = liquids(LIQUID | {"volume": "120 mL"})
    amounts = {step.key: said(step.target) for step in steps}
    assert (amounts["count_tablets"], amounts["portion"], amounts["destroy_powder"]) == ("3 tablets", "4/5 W", "30 mg")
    assert bounds(steps) == {
        "zero_balance": ("20 mg", ""),
        "mortar_and_measure": ("120 mL", ""),
        "one_tablet": ("3/10 W", "11/30 W"),
        "all_tablets": ("150 mg", "3600 mg"),
        "recovered": ("97/100 W", "W"),
    }
    assert about(steps)["crush"] == "liquid"


def test_no_tablets_are_counted_of_bulk_powder():
    made = plan(Order.read(BULK, load(), today=date(2026, 11, 23)), load())
    writer = CapsuleBench(made, answer(made)["plan"])
    with pytest.raises(TypeError, match="bulk powder has no step of tablets"):
        writer.action(BenchStep(BenchCode.COUNT_TABLETS))
