"""What the sheet of a liquid says: four orders line by line, worked out by hand, and over random orders every figure as
it stands in the answer and every sentence as the facts ask for it.
"""

from fractions import Fraction

import pytest

from calc.arithmetic.units import MG_PER_ML, figure
from calc.library import load
from calc.liquid.answer import answer
from calc.liquid.order import LiquidOrder
from calc.liquid.planning import plan_liquid
from calc.liquid.sheet import liquid_sheet
from calc.reading.numbers import read_quantity
from calc.wording import label
from calc.wording.figures import drug_said
from tests.by_hand.test_plans import LIQUID
from tests.by_hand.test_sheets import BACK, LEFT, ORDER, UNWEIGHED, WEIGHED, work_of, written
from tests.laws.test_sheets import for_reserve
from tests.laws.test_stops_and_notices import BULK
from tests.second_engine.parts import TODAY
from tests.support.dates import day_in_words
from tests.support.sheets import (
    BY_PHARMACIST,
    STATES,
    asked_next,
    counted,
    enough_of,
    left_to_the_pharmacist,
    not_released,
    or_sooner,
    quantity,
    questions_of,
    sheets_of,
    slips_in,
    text,
    text_of_drug,
    unit_typed,
    used_until,
)

LIBRARY = load()


def of_liquid(tree):
    made = plan_liquid(LiquidOrder.read(tree, LIBRARY, today=TODAY), LIBRARY)
    return liquid_sheet(made), answer(made)


def liquids():
    return sheets_of("liquids", 90, of_liquid)


FIRST = """
    - Put on protective equipment. (What the pharmacy asks for with this drug; write down what was worn.) [ ]"""
BALANCE = """
    - Level the balance and let it settle. [Balance no.]
    - Zero the balance; tare the boat before every weighing. (Weigh nothing below 0.020 g on it.)"""
MEASURE = "\n    - Lay out mortar, pestle, spatula and a measure of {volume} or more, clean and dry."
BOTTLE = (
    "\n    - Take the bottle, light-resistant, with a tight, child-resistant cap; read what it holds. -> {bottle} [mL]"
)
LABELS = """
    - Read the label of the tablets: naltrexone hydrochloride 50 mg, immediate release, not naloxone, one active drug.
        (Maker, NDC, lot and expiry are in the list of components.)"""
VEHICLE = "\n    - Read the label of the vehicle: {0}. (Lot and expiry are in the list of components.)"
CRUSH = "\n    - Crush all the tablets to an even, fine powder, film coat included. ({note})"
COAT = "Do not sieve the coat out: losing a 3 % coat would raise the strength by 3 %."
MIX = """
    - Wet the powder with a little vehicle and rub it to a smooth paste.
    - Add vehicle in small parts, rub, and pour each into the measure.
    - Rinse mortar and pestle with vehicle, two or three times, into the measure.
        (What is left in the mortar is missing in every dose.)
    - Bring the whole to volume with vehicle and read at eye level. -> to {0}
        (Powder and vehicle together are {0}: never add {0} of vehicle.) [mL]
    - Mix, and shake until it is even. (Write down what was seen, and for how long it was mixed.) [ ]"""
POUR = "\n    - Pour it into the bottle, with room to shake. -> {0} [mL]"
LOOK = """
    - Look at it: even after shaking, no lumps, no cake at the bottom.
        (Write down color, smell and what was seen.) [ ]
    - Write down the volume made. -> {0} [mL]"""
COLD = "Store in the refrigerator, 2 to 8 \u00b0C (36 to 46 \u00b0F). Do not freeze."
WARM = "Store at 20 to 25 \u00b0C (68 to 77 \u00b0F)."
STUCK = """
    - Label it "Shake well before each dose" and compare the label with this sheet. ({store}) [ ]
    - Give an oral syringe of {syringe} -> {dose} [ ]"""
WASHED = """
    - Clean balance, mortar, measure and place of work.
    - Write down every deviation, and why. [ ]"""
TITLES = [title for title in ORDER if title in {"Gather", "Identify", "Count", "Weigh before crushing"}]
TITLES += ["Crush", "Weigh out", "Wet, rinse, bring to volume", "Bottle", "Check", "Label", "Clean"]
#: 100 mL of 1 mg/mL are 2 tablets; 4.5 mL is 22.5 marks of 0.2 mL; nine tenths of 120 mL are 108.
WHOLE = {**LIQUID, "vehicle": {"name": "syrup"}}
OF_WHOLE = {
    "Gather": FIRST + MEASURE.format(volume="100 mL") + BOTTLE.format(bottle="120 mL"),
    "Identify": LABELS + VEHICLE.format("syrup, counts as with water, without preservative"),
    "Count": """
    - Count the tablets. -> 2 tablets; by: 100 mg / (50 mg/tablet) = 2 tablets (100 % of the powder will be used: 2 of
        2.) [tablets]""",
    "Crush": CRUSH.format(note="Leave none behind: all of the powder is needed."),
    "Wet, rinse, bring to volume": MIX.format("100 mL"),
    "Bottle": POUR.format("100 mL"),
    "Check": LOOK.format("100 mL"),
    "Label": STUCK.format(
        store=COLD,
        syringe="5 mL with it and mark the dose.",
        dose="4.5 mL; by: 4.5 mg / (1 mg/mL) = 4.5 mL (The dose lies between the marks 4.4 mL and 4.6 mL: the"
        " notice says what each changes.)",
    ),
    "Clean": WASHED.replace("balance, ", ""),
}
#: 45 mg in 0.9 of a tablet; 45 / 48.5 = 0.927835...; 3 mL is a mark of the syringe; 30 mL are above nine tenths of 30.
OPEN = {**LIQUID, "strength": "1.5 mg", "volume": "30 mL", "vehicle": {"name": "syrup", "preserved": "yes"}}
OPEN |= {"source": {"least_tablets": 1}}
OF_OPEN = {
    "Gather": FIRST + BALANCE + MEASURE.format(volume="30 mL") + BOTTLE.format(bottle="60 mL"),
    "Identify": LABELS + VEHICLE.format("syrup, with water and preservative"),
    "Count": """
    - Count the tablets. -> 1 tablet; by: 45 mg / (50 mg/tablet * (1 - 0.03)) = 0.927835... tablets, rounded up to 1
        tablet (90 % of the powder will be used: 0.9 of 1.) [tablets]""",
    # 0.9 W is at least 50 steps of 1 mg, and so rounded by 1 % at most, from 50 / 0.9 = 55.6 mg on.
    "Weigh before crushing": UNWEIGHED.format(1, "0.050 g", "1.200")
    + """
    - Go on only if the tablets weigh enough together. -> W is 0.056 g or more (If they weigh less, do not crush them
        yet: enter W in the program, which says whether this balance can weigh out the powder.) formula""",
    "Crush": CRUSH.format(note=COAT)
    + BACK.format("W * 0.97 to W")
    + """
    - Weigh out the powder. -> W * 45 mg / 50 mg (If it is below 100 mg, weigh the boat back, emptied: what
        is left in it is missing from the dose.) [Powder =|g] formula""",
    "Wet, rinse, bring to volume": MIX.format("30 mL"),
    "Bottle": POUR.format("30 mL"),
    "Check": LOOK.format("30 mL"),
    "Label": STUCK.format(
        store=COLD, syringe="3 mL with it and mark the dose.", dose="3 mL; by: 4.5 mg / (1.5 mg/mL) = 3 mL"
    ),
    "Clean": LEFT.format(left="5 mg of drug") + WASHED,
}
#: 225 mg in 4.5 of 5 tablets, 225 / 48.5 = 4.63917...; 225 x 800 / 250 = 720 mg; 12 mL are two fillings of 10; 500 mL
#: are above nine tenths of 480, halves of it are not.
LARGE = {**LIQUID, "dose": "5.4 mg", "strength": "0.45 mg", "volume": "500 mL"}
LARGE |= {"vehicle": {"name": "oil", "aqueous": "no"}, "source": {"tablets_weighed": 5, "total_mass": "800 mg"}}
OF_LARGE = {
    "Gather": FIRST
    + BALANCE
    + MEASURE.format(volume="500 mL")
    + "\n    - Take the bottles, light-resistant, with tight, child-resistant caps; read what they hold."
    + " -> 2 of 480 mL [mL]",
    "Identify": LABELS + VEHICLE.format("oil, without water"),
    "Count": """
    - Count the tablets. -> 5 tablets; by: 225 mg / (50 mg/tablet * (1 - 0.03)) = 4.63917... tablets, rounded up to 5
        tablets (90 % of the powder will be used: 4.5 of 5.) [tablets]""",
    "Weigh before crushing": WEIGHED.format("800 mg / 5 tablets", "0.800"),
    "Crush": CRUSH.format(note=COAT)
    + BACK.format("0.776 g to 0.800 g")  # 0.97 x 800 = 776
    + """
    - Weigh out the powder. -> 0.720 g; by: 225 mg * 800 mg / (5 tablets * 50 mg/tablet) = 720 mg [g]""",
    "Wet, rinse, bring to volume": MIX.format("500 mL"),
    "Bottle": """
    - Share it evenly between the bottles, shaken before each, with room to shake. -> 2 times 250 mL [bottles]""",
    "Check": LOOK.format("500 mL"),
    "Label": STUCK.format(
        store=WARM,
        syringe="10 mL with it; fill it 2 times for one dose.",
        dose="12 mL; by: 5.4 mg / (0.45 mg/mL) = 12 mL",
    ),
    "Clean": LEFT.format(left="25 mg of drug") + WASHED,
}
OF_PURE = {
    **OF_WHOLE,
    "Gather": FIRST + BALANCE + MEASURE.format(volume="100 mL") + BOTTLE.format(bottle="120 mL"),
    "Identify": """
    - Read the label and the certificate of the bulk powder: naltrexone hydrochloride, assay 100 % as is, not naloxone.
        (Maker, lot and expiry are in the list of components.)"""
    + VEHICLE.format("syrup, counts as with water, without preservative"),
    "Count": None,
    "Crush": None,
    "Weigh out": "\n    - Weigh out the powder. -> 0.100 g; by: 100 mg / 1 = 100 mg [g]",
    "Clean": WASHED,
}
#: What the head of each says: the answer, the doses on a human scale, the way back to the strength.
SEVERAL = "41 doses of 12 mL last 41 days. Each of 2 bottles holds 112.5 mg in all."
BY_HAND = [
    (WHOLE, OF_WHOLE, "Crush 2 tablets, rinse all of the powder in", "22 doses of 4.5 mL last 22 days."),
    (OPEN, OF_OPEN, "Crush 1 tablet, take 90 % of the powder", "10 doses of 3 mL last 10 days. The bottle holds 45 mg"),
    (LARGE, OF_LARGE, "Crush 5 tablets, weigh 0.720 g of the powder", SEVERAL),
    ({**WHOLE, "source": BULK}, OF_PURE, "Weigh 0.100 g of the bulk powder", "22 doses of 4.5 mL last 22 days."),
]


def test_what_nobody_knows_of_a_part_is_not_asked_of_its_label():
    """The table says nothing of water or preservative in glycerin; purified water it knows."""
    parts = [{"name": "glycerin", "volume": "20 mL"}, {"name": "purified water", "to_volume": "yes"}]
    made, _ = of_liquid({**LIQUID, "vehicle": {"parts": parts, "storage": "refrigerator"}})
    identify = " ".join(dict(work_of(made))["Identify"])
    assert (
        "Read the label of each part of the vehicle: glycerin (counts as with water, without preservative), purified "
        "water (with water, without preservative)." in identify
    )


@pytest.mark.parametrize("case", BY_HAND)
def test_the_work_on_a_liquid_line_by_line(case):
    tree, stages, begin, doses = case
    made, _ = of_liquid(tree)
    assert work_of(made) == [(title, written(stages[title])) for title in TITLES if stages.get(title)]
    assert made.answer.startswith(f"{begin}, bring to {tree['volume']} with vehicle: one dose is ")
    assert made.human.startswith(doses)


def test_the_whole_head_of_a_liquid():
    """An unpreserved aqueous liquid may be used for 14 days; 22 November is the first, 5 December the last."""
    made, _ = of_liquid(WHOLE)
    assert made.in_words == "Each dose four point five milligrams, each milliliter one milligram"
    assert made.materials == "Vehicle: syrup (with water, without preservative). Keep it in the refrigerator."
    assert made.beyond_use == "Discard after December 5, 2026, sooner if a component expires first"
    why = "the general limit for a liquid with water, without preservative, in the refrigerator"
    assert made.beyond_use_lines[0] == f"The date is bound by {why} (day 1 counted from November 22, 2026)."
    assert made.whole_tablets[:2] == (("2", "100 mL", "22", "22"), ("3", "150 mL", "33", "33"))
    assert ("1.5 mg/mL", "3 mL", "3 mL") in made.other_strengths  # 4.5 / 1.5
    assert made.methods[:3] == ("drug_in_volume", "tablets_exact", "volume_with_drug")


def begins(shown, known):
    """How the answer in one line begins."""
    if shown["tablets_to_crush"] is None:
        return f"Weigh {text(shown['portion'])} of the bulk powder"
    crush = f"Crush {counted(shown['tablets_to_crush'])}"
    if shown["portion_share"]["exact"] == "1" and shown["portion"] is None and not known:
        return f"{crush}, rinse all of the powder in"
    if shown["portion"] is None:
        return f"{crush}, take {text(shown['portion_share'])} of the powder"
    return f"{crush}, weigh {text(shown['portion'])} of the powder"


def of_drug_in_ml(shown, unit):
    """A strength in full."""
    return drug_said(figure(Fraction(shown["exact"]), MG_PER_ML), unit)


def liquid_figures(order, shown, unit):
    """The key figures of a liquid; a blank one has no line."""
    used, bottle, whole = shown["syringe"], shown["bottle"], shown["weighings"] == []
    syringe = f"{text(used['capacity'])}, a mark at each {text(used['graduation'])}"
    several = f"{bottle['count']} of " * (bottle["count"] > 1)
    marks = [
        f"{text(mark['volume'])} holds {text_of_drug(mark['dose'], unit)} ({text(mark['deviation'])})" if mark else ""
        for mark in (used["mark_below"], used["mark_above"])
    ]
    number = shown["tablets_to_crush"]
    lines = {
        "Drug needed": text_of_drug(shown["drug_needed"], unit),
        "Tablets, exact": text(shown["tablets_exact"]),
        "Tablets to crush": "" if number is None else counted(number),
        "Part of the powder used": text(shown["portion_share"]),
        "Powder to weigh out": "none" if whole else text(shown["portion"], "not known yet"),
        "Drug left over": text_of_drug(shown["drug_left_over"], unit) if shown["drug_left_over"] else "",
        "Drug in 1 mL": drug_said(read_quantity(order["strength"]), unit),
        "Drug in one bottle": text_of_drug(shown["strength_per_container"], unit),
        "Bottle": several + text(bottle["capacity"]),
        "Volume of one dose": text(shown["dose_volume"]),
        "Oral syringe": syringe + f", filled {used['fillings']} times" * (used["fillings"] > 1),
        "Mark below the dose": marks[0],
        "Mark above the dose": marks[1],
        "Doses": f"{shown['doses']:,}",
        "Days that they last": f"{shown['days']:,}",
    }
    large = {"Tablets to crush", "Powder to weigh out", "Volume of one dose"}
    return [(name, said, name in large) for name, said in lines.items() if said]


def test_a_liquid_says_the_figures_of_its_answer():
    for made, whole in liquids():
        shown, order, unit = whole["plan"], whole["order"], unit_typed(whole["typed"]["dose"])
        notices = {notice["code"]: notice["text"] for notice in shown["notices"]}
        asked = "not asked" in questions_of(order).values()
        assert [(line.name, line.text, line.large) for line in made.key_figures] == liquid_figures(order, shown, unit)
        volume, dose_volume = quantity(order["volume"]), text(shown["dose_volume"])
        weighed = [one["name"] for one in shown["weighings"]]
        known = "tablets" in weighed
        answer = f"{begins(shown, known)}, bring to {volume} with vehicle: one dose is {dose_volume}"
        enough = enough_of(order, shown) if known and shown["portion"] is None else None
        if enough is not None and not enough.likely:
            probably = "probably " * (not enough.never)
            answer = f"Weigh the tablets first: the powder to weigh out is {probably}too little for this balance"
        assert made.answer == answer
        go_on = asked_next(order) if asked else "Read the label of tablets or powder, then make the batch."
        if "no_reserve" in notices:
            go_on = for_reserve(order, shown)
        assert made.next_action == notices.get("weigh_tablets", go_on)
        told = [one for one in made.notices if one["code"] != "date_read"]  # beside the plan
        assert told == [one for one in shown["notices"] if one["code"] != "weigh_tablets"]
        assert made.not_released == not_released(order)
        assert made.general_rules_only.startswith("No drug file" * isinstance(order["drug"], dict))
        assert bool(made.general_rules_only) is isinstance(order["drug"], dict)
        doses, bottles = counted(shown["doses"], "dose"), shown["bottle"]["count"]
        days = counted(shown["days"], "day") if shown["days"] else "less than a day"
        holds = f"Each of {bottles} bottles holds" if bottles > 1 else "The bottle holds"
        in_all = f"{holds} {text_of_drug(shown['strength_per_container'], unit)} in all."
        assert made.human == f"{doses} of {dose_volume} last{'s' * (shown['doses'] == 1)} {days}. {in_all}"
        assert made.headline.startswith(f"{volume} of ")
        assert f", for doses of {drug_said(read_quantity(order['dose']), unit)}, from " in made.echo
        tables = made.whole_tablets, made.other_strengths
        assert [row for table in tables for row in table] == [
            *((f"{one['tablets']:,}", text(one["volume"]), f"{one['doses']:,}", f"{one['days']:,}")
              for one in shown["whole_tablet_volumes"]),
            *((of_drug_in_ml(one["strength"], unit), text(one["dose_volume"]), text(one["capacity"]))
              for one in shown["other_strengths"]),
        ]  # fmt: skip
        rows = [(line.mass, line.least, line.verdict, line.state) for line in made.weighings]
        assert rows == [
            (text(one["mass"], "not known yet"), text(one["least"]), *STATES[one["ok"]]) for one in shown["weighings"]
        ]


def test_what_is_said_of_a_whole_liquid():
    for made, whole in liquids():
        shown, order = whole["plan"], whole["order"]
        check, portion, remarks = shown["reverse_check"], shown["portion"], [*made.remarks]
        if check is not None:
            unit = unit_typed(whole["typed"]["dose"])
            found = f"{text_of_drug(check['strength'], unit)} ({text(check['deviation'])})"
            assert remarks.pop(0) == f"Computed back from these figures the strength is {found}."
        if portion is not None and Fraction(portion["value"]) != Fraction(portion["exact"]):
            assert remarks.pop(0).startswith("Rounding to the balance changes the dose by ")
        near = shown["nearly_whole_tablets"]
        if near is not None:
            made_of = f"Nearly whole tablets: {counted(near['tablets'], 'tablet')} make "
            assert remarks[0].startswith(made_of)
            assert f", or {text(near['volume'])} of the " in remarks.pop(0)
        assert [line[:13] for line in remarks] == ["The powder of", "A tablet may "] * (
            order["source"]["kind"] == "tablet"
        )
        parts = {"bulk powder" if order["source"]["kind"] == "powder" else "tablets": "source", "vehicle": "vehicle"}
        unknown = [name for name, part in parts.items() if order[part]["expiry"] is None]
        date = shown["beyond_use"]["date"]
        assert made.expiry_open is bool(unknown)
        assert made.beyond_use == (used_until(order, shown["beyond_use"], unknown) if date else "No beyond-use date")
        assert ("Germs grow" in made.beyond_use_lines[0]) is (date is None)
        dated = [line for line in made.beyond_use_lines if date and f"last day is {day_in_words(date)}" in line]
        assert dated == ([or_sooner(order, date, unknown)] if unknown and date else [])
        others = [f"{day_in_words(one['date'])}." for one in shown["beyond_use"]["others"]]
        assert [line.rpartition(": ")[2] for line in made.beyond_use_lines[1 : 1 + len(others)]] == others
        assert [*made.acknowledged] == [one["text"] for one in shown["acknowledged"]]
        assert (len(made.methods), [*made.steps]) == (len(shown["steps"]), shown["steps"])
        assert (made.fingerprint, made.version) == (whole["fingerprint"], whole["version"])
        assert [(one.code, one.open) for one in made.questions] == [
            (key, how == "not asked") for key, how in questions_of(order).items()
        ]
        assert [*made.cautions] == shown["cautions"]
        assert [line.name for line in made.assumed] == [label(path) for path in whole["defaults"]]
        kept = {"refrigerator": "it in the refrigerator.", "room temperature": "it at room temperature."}
        assert made.materials.startswith(f"Vehicle: {order['vehicle']['name']} (")
        keep = f"). Keep {kept[order['vehicle']['storage']]}"
        if left_to_the_pharmacist(order):
            keep = f"{keep[:-1]} (general limit); storage {BY_PHARMACIST}."
        assert made.materials.endswith(keep)


def test_no_text_of_a_liquid_holds_a_slip():
    assert [slip for made, _ in liquids() for slip in slips_in(made)] == []
