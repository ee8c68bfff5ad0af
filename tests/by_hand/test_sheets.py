"""Whole preparation sheets of capsules, written out line by line from the description of the pharmacy.

The work of the worked case stands in full; of each other order the stages in which it is another. Every figure was
worked out by hand, as the note above its order says; a lettered choice of the contract is followed rule by rule.
A line of work is written as

    - what is done -> target; band: within what; by: its working (note) [name of the box|unit] formula

where only what there is stands; "*" is the sign of multiplication and "-" that of subtraction.
"""

import re
from textwrap import dedent

import pytest

from calc.capsule.sheet import sheet
from tests.capsule.test_worked_case import WORKED, worked_out
from tests.laws.test_stops_and_notices import BULK, ESTIMATE, given, least, weighed

SIGNS = str.maketrans({"\u00d7": "*", "\u2212": "-", "\u201c": '"', "\u201d": '"', "\u2019": "'"})


def written(text):
    """The lines of a text; a line that goes on is further in."""
    return re.sub(r"\n {4,}", " ", dedent(text).strip()).split("\n")


def line_of(action):
    """One action as it is written here."""
    box = "|".join(part for part in (action.name, action.unit) if part)
    parts = (
        (f"- {action.do}", True),
        (f" -> {action.target}", action.target),
        (f"; band: {action.band}", action.band),
        (f"; by: {action.working}", action.working),
        (f" ({action.note})", action.note),
        (f" [{box}]", box),
        (" formula", action.formula),
    )
    return "".join(text for text, there in parts if there).translate(SIGNS)


def work_of(made):
    """The stages of a sheet, in their order."""
    return [(stage.title, [line_of(action) for action in stage.actions]) for stage in made.work]


FIRST = """
    - Put on protective equipment. (What the pharmacy asks for with this drug; write down what was worn.) [ ]
    - Level the balance and let it settle. [Balance no.]
    - Zero the balance; tare the boat before every weighing. (Weigh nothing below {least} on it.)
    - Lay out mortar, pestle and spatula, clean and dry.
    - Set up the capsule plate. [Plate no.]
    - Count out empty shells{size}, with 10 spare for the weighings. -> {shells} shells [shells]"""
LABELS = """
    - Read the label of the tablets: {form} 50 mg, immediate release{other}, one active drug.
        (Maker, NDC, lot and expiry are in the list of components.)
    - Read the label of the diluent: microcrystalline cellulose PH-101."""
CRUSHED = """
    - Crush all the tablets to an even, fine powder, film coat included.
        (Do not sieve the coat out: losing a 3 % coat would raise the dose by 3 %.)"""
BACK = """
    - Weigh the powder recovered from the mortar.; band: It weighs {0}
        (The powder to weigh out follows from the weight before crushing. Look into a loss above 3 %.) [g]"""
ALL_BACK = """
    - Weigh the powder recovered from the mortar.; band: It weighs {0} (All of it is needed: what is lost is
        missing in every capsule. If more than 3 % is lost, STOP: crush one more tablet and weigh out the
        powder.) [g]"""
USE_ALL = """
    - Use all of the powder: nothing is weighed out. -> {0} (Scrape it out, and rinse the mortar with diluent.)"""
EVEN = """
    - Look at the blend: even, with no specks and no streaks.
        (Write down what was seen, and for how long it was mixed.) [ ]"""
SHELLS = """
    - Weigh ten empty shells together.{note} [mg]"""
MADE = """
    - Weigh ten filled capsules, one by one, from the edge and the middle of the plate.
        -> {band} [mg] formula
    - Work out the mean fill: the mean of the ten less the mean shell.; band: It is within 3 % of {mean} [mg]
    - Count the capsules made. -> {batch} capsules; band: {counts} Any other number: hold for a pharmacist.
        (Mass balance: (made * mean fill + blend left ____ g) / ({powder} + diluent). Above 101 % or below 90 %: hold
        for a pharmacist. Below 97 %, with more than one fill missing: write down why.) [capsules]
    - Describe them: size and color of the shells, color of the powder, closed and clean. [ ]"""
#: Of ten one missing is a tenth; of 30 and of 33 it is less than 97 % by one alone, and nine tenths are 27 and 29.7.
COUNTS = {
    10: "10: go on. 9: write down why.",
    30: "29 or 30: go on. 27 or 28: write down why.",
    33: "32 or 33: go on. 30 or 31: write down why.",
}


def checked(batch, powder="powder", **facts):
    """The lines of checking a batch."""
    return MADE.format(batch=batch, counts=COUNTS[batch], powder=powder, **facts)


STUCK = """
    - Put them in a tight, light-resistant container with a child-resistant closure. (Write down its type and size.) [ ]
    - Label it and compare the label with this sheet. -> {quantity} capsules
        (Store at 20 to 25 \u00b0C (68 to 77 \u00b0F).) [capsules]"""
CLEANED = """
    - Clean balance, mortar, plate and place of work.
    - Write down every deviation, and why. [ ]"""
SPARE = "\n    - Destroy the trituration left over, as your pharmacy's rules say. -> {left}"
LEFT = "\n    - Destroy the powder left over, as your pharmacy's rules say. -> {left}"
ADD = "\n    - Add diluent, as much as is in the mortar, and mix well. -> {0} g; band: Total {1} g"
REST = "\n    - Add the rest of the diluent and mix well. -> {0} g; band: Total {1} g"
OPEN = """
    - Add as much diluent as there is powder, mix well, and double again until all is in.
        (Make a mark in the box for each addition.) [ ]"""
UNWEIGHED = """
    - Weigh one tablet alone. -> 0.9 * W / {0} to 1.1 * W / {0}; band: It weighs within 10 % of the mean
        (If it weighs less or more, count the tablets again.) [g] formula
    - Weigh all tablets together, before crushing.; band: They weigh {1} to {2} g: it is W below [W =|g]"""
WEIGHED = """
    - Weigh one tablet alone.; band: It weighs 144 mg to 176 mg; by: {0} = 160 mg/tablet\
 (If it weighs less or more, count the tablets again.) [g]
    - Weigh all tablets together, before crushing. -> {1} g; band: Entered for Nov 22, 2026 [W =|g]"""
BODIES = """
    - Fill ten shells of size 3 with diluent alone and weigh what they hold.
        (P_d, the diluent in one shell, is what they hold together / 10. Return the powder.) [Total =|g]"""
DILUENT = "\n    - Weigh the diluent: microcrystalline cellulose PH-101. -> {0}"
#: Worked out at the bench: the powder may turn out to fill more than the capsules hold.
DILUENT_OPEN = (
    DILUENT
    + """
        (If it comes out below nothing, STOP: the powder does not fit these capsules.) [Diluent =|g] formula"""
)


def ladder(first, *rungs):
    """Doublings, and the rest at the end."""
    adds = "".join((ADD if number < len(rungs) else REST).format(*rung) for number, rung in enumerate(rungs, start=1))
    return f"\n    - {first} g{adds}{EVEN}"


def divided(batch, each, size=" of size 3"):
    return (
        f"\n    - Divide the whole blend into {batch} capsules{size}. -> {batch} capsules; band: Each holds {each}"
        " (Never fill level and discard the rest; never make fewer.) [capsules]"
    )


ENTERED = " -> about 480 mg (Entered: 48 mg for one.)"
#: The description's own figures: 135 mg in 2.7 of 3 tablets, 432 mg; 135 / 48.5 = 2.78350...; 160 mg each, 10 % about
#: it 144 to 176; (1 - 14.4 / 165) x 135 = 123.218..., 30 of them 3,696.54...; 432, 864, 1,728, 673; 172 to 199 mg.
IN_FULL = {
    "Gather": FIRST.format(least="0.120 g", size=", size 3", shells=40),
    "Identify": LABELS.format(form="naltrexone hydrochloride", other=", not naloxone"),
    "Count": """
    - Count the tablets. -> 3 tablets; by: 135 mg / (50 mg/tablet * (1 - 0.03)) = 2.78350... tablets, rounded up to
        3 tablets (90 % of the powder will be used: 2.7 of 3.) [tablets]""",
    "Weigh before crushing": WEIGHED.format("480 mg / 3 tablets", "0.480") + SHELLS.format(note=ENTERED),
    "Crush and weigh out": CRUSHED
    + BACK.format("0.466 g to 0.480 g")  # 0.97 x 480 = 465.6
    + """
    - Weigh out the powder. -> 0.432 g; by: 135 mg * 480 mg / (3 tablets * 50 mg/tablet) = 432 mg [g]"""
    + DILUENT.format("3.697 g; by: 123.218... mg/capsule * 30 capsules = 3,696.54... mg, on the balance 3.697 g [g]"),
    "Triturate": None,
    "Blend by geometric dilution": ladder(
        "Put the powder in the mortar. -> 0.432",
        *(("0.432", "0.864"), ("0.864", "1.728"), ("1.728", "3.456"), ("0.673", "4.129")),
    ),
    "Fill": divided(30, "about 137.6 mg; by: 14.4 mg/capsule + 123.218... mg/capsule = 137.618... mg/capsule"),
    "Check": checked(band="172 mg to 199 mg", mean="137.6 mg", batch=30),
    "Label": STUCK.format(quantity=30),
    "Clean": LEFT.format(left="15 mg of drug") + CLEANED,
}
TABLE = " -> about 480 mg (The table says 48 mg for one.)"
NOT_KNOWN = "shell + 0.9 * fill to shell + 1.1 * fill"
#: Nothing weighed, nothing known of how the powders pack; a sensitivity of 1 mg at 5 % is 20 mg.
PLAIN = {"dose": "4.5 mg", "quantity": 30, "prepared_on": "2026-11-22"}
OF_PLAIN = {
    "Gather": FIRST.format(least="0.020 g", size=", size 3", shells=40),
    "Weigh before crushing": UNWEIGHED.format(3, "0.150 g", "3.600") + SHELLS.format(note=TABLE) + BODIES,
    "Crush and weigh out": CRUSHED
    + BACK.format("W * 0.97 to W")
    + """
    - Fill one to three shells with this powder alone and weigh what they hold.
        (P_t, this powder in one shell, is what they hold together / shells. Ten need ten tablets. Return all of
        it.) [Total =|g]
    - Weigh out the powder. -> W * 135 mg / 150 mg [Powder =|g] formula"""
    + DILUENT_OPEN.format("30 * P_d - powder * P_d / P_t"),
    "Blend by geometric dilution": f"\n    - Put the powder in the mortar.{OPEN}{EVEN}",
    "Fill": divided(30, "(powder + diluent) / 30"),
    "Check": checked(band=NOT_KNOWN, mean="(powder + diluent) / 30", batch=30),
}
#: A tenth more: 33 x 4.5 = 148.5 mg in 2.97 of 4 tablets, 74.25 %; 148.5 x 640 / 200 = 475.2 mg; 33 x 123.218... =
#: 4,066.2 mg; 475 + 475 + 950 + 1,900 + 741 = 4,541; 200 - 148.5 = 51.5 mg left. The shell is that of the table.
TENTH = {**WORKED, "allowance": "10 %", "capsule": {"size": "3"}, **weighed(4, "640 mg")}
OF_TENTH = {
    "Gather": FIRST.format(least="0.120 g", size=", size 3", shells=43),
    "Count": """
    - Count the tablets. -> 4 tablets; by: 148.5 mg / (50 mg/tablet * (1 - 0.03)) = 3.06185... tablets, rounded up to
        4 tablets (74.25 % of the powder will be used: 2.97 of 4.) [tablets]""",
    "Weigh before crushing": WEIGHED.format("640 mg / 4 tablets", "0.640") + SHELLS.format(note=TABLE),
    "Crush and weigh out": CRUSHED
    + BACK.format("0.621 g to 0.640 g")  # 0.97 x 640 = 620.8
    + """
    - Weigh out the powder. -> 0.475 g; by: 148.5 mg * 640 mg / (4 tablets * 50 mg/tablet) = 475.2 mg, on
        the balance 0.475 g [g]"""
    + DILUENT.format("4.066 g; by: 123.218... mg/capsule * 33 capsules = 4,066.2 mg, on the balance 4.066 g [g]"),
    "Blend by geometric dilution": ladder(
        "Put the powder in the mortar. -> 0.475",
        *(("0.475", "0.950"), ("0.950", "1.900"), ("1.900", "3.800"), ("0.741", "4.541")),
    ),
    "Fill": divided(33, "about 137.6 mg; by: 14.4 mg/capsule + 123.218... mg/capsule = 137.618... mg/capsule"),
    "Check": checked(
        band="172 mg to 199 mg (With the shell of the table; the shells weighed decide.)", mean="137.6 mg", batch=33
    ),
    "Label": STUCK.format(quantity=30)
    + """
    - Set apart the 3 beyond the 30 ordered, and destroy what was not weighed or used. [capsules]""",
    "Clean": LEFT.format(left="51.5 mg of drug") + CLEANED,
}
#: One tablet is just enough, its powder alone fills the capsules: 16 mg; 48 + 14.4 to 48 + 17.6, rounded inwards.
ALONE = {**WORKED, "dose": "5 mg", "quantity": 10, "crushing_loss": "0 %", **weighed(1, "160 mg")}
ALONE |= given("16 mg", shell_mass="48 mg")
OF_ONE = {
    "Gather": FIRST.format(least="0.120 g", size=", size 3", shells=20),
    "Count": """
    - Count the tablets. -> 1 tablet; by: 50 mg / (50 mg/tablet * (1 - 0)) = 1 tablet
        (100 % of the powder will be used: 1 of 1.) [tablets]""",
    "Label": STUCK.format(quantity=10),
    "Clean": LEFT.format(left="Nothing is left over") + CLEANED,
}
OF_ALONE = {
    **OF_ONE,
    "Weigh before crushing": WEIGHED.format("160 mg / 1 tablet", "0.160") + SHELLS.format(note=ENTERED),
    "Crush and weigh out": CRUSHED
    + ALL_BACK.format("0.156 g to 0.160 g")  # 0.97 x 160 = 155.2
    + USE_ALL.format("All 0.160 g; by: 50 mg * 160 mg / (1 tablet * 50 mg/tablet) = 160 mg")
    + """
    - No diluent is added: the powder alone fills the capsules.""",
    "Blend by geometric dilution": EVEN,
    "Fill": divided(10, "about 16 mg"),
    "Check": checked(band="63 mg to 65 mg", mean="16 mg", batch=10),
}
#: The same tablet before it is weighed, in capsules that are known to hold 120 mg.
UNKNOWN = {**ALONE, "source": {"least_tablets": 1}, **given("120 mg", shell_mass="48 mg")}
OF_UNKNOWN = {
    **OF_ONE,
    "Weigh before crushing": UNWEIGHED.format(1, "0.050 g", "1.200") + SHELLS.format(note=ENTERED),
    "Crush and weigh out": CRUSHED
    + ALL_BACK.format("W * 0.97 to W")
    + USE_ALL.format("All of W")
    + DILUENT_OPEN.format("10 * 0.12 g - powder"),
    "Blend by geometric dilution": f"\n    - Put the powder in the mortar.{OPEN}{EVEN}",
    "Fill": divided(10, "about 120 mg"),
    "Check": checked(band="156 mg to 180 mg", mean="120 mg", batch=10),  # 48 + 108 to 48 + 132
}
#: 0.25 of 50 mg are 0.8 of 160 mg; the capsules hold 1,000 mg, so the aliquot is 50 to 1,000. The tablet to 1,000 mg
#: (50 mg in a gram), 2,000 (25) or 2,500 (20) at the most: 0.25 mg in 12.5 mg, too little, so two steps: to 2.5 mg in
#: a gram, of which 100 mg are well weighed (5 would take 50 mg). By 1,000 and 2,000 840 + 1,900 mg of diluent are as
#: much as 1,840 + 900 by 2,000 and 1,000: the smaller last total. 10 x 100 - 100 = 900 = 100 + 200 + 400 + 200. 1 /
#: 100 / sqrt(3) is 0.58 %.
DILUTED = {"drug": {"name": "a drug"}, "dose": "0.025 mg", "quantity": 10, "prepared_on": "2026-11-22"}
DILUTED |= {**weighed(1, "160 mg", strength="50 mg"), **least("20 mg"), "capsule": {"fill_mass": "100 mg"}}
MIX = """
    - {step}Mix by geometric dilution until even.; band: Strength 1 mg in {parts} mg
        (Write down what was seen, and for how long it was mixed.) [ ]"""
ADDED = "\n    - {step}Add diluent: microcrystalline cellulose PH-101. -> {add}; band: Total {total} g"
SIEVED = """
    - {step}Pass all of it through a sieve, No. 60 to 80. (Grind what is left on it, coat flakes too, and return it;
        then mix again.)"""
IN_DILUENT = """
    - {step}All of the tablets go into it: no powder is weighed out.{all} (Leave nothing on pestle or spatula
        until the diluent is mixed in.)
    - {step}Weigh diluent: microcrystalline cellulose PH-101. -> {add}; band: Total {total} g{by}
    - {step}Rub a part of this diluent in the mortar before any tablet goes in. -> About 0.500 g of it (It keeps the
        drug from clinging to mortar and pestle.)
    - {step}Crush all the tablets in it to an even, fine powder, film coat too. -> 1 tablet"""
UNSURE = "(The balance makes it uncertain by {uncertain}. Into a clean mortar."
DESTROYED = f" {UNSURE} The rest is not used: it is destroyed at the end.) [g]"
ONE, TWO = "Step 1 of 2: ", "Step 2 of 2: "
OF_DILUTED = {
    "Gather": FIRST.format(least="0.020 g", size="", shells=20),
    "Identify": LABELS.format(form="a drug", other=""),
    "Count": """
    - Count the tablets. -> 1 tablet; by: 0.25 mg / (50 mg/tablet * (1 - 0.03)) = 0.00515463... tablets, rounded up to
        1 tablet (0.5 % of the powder will be used: 0.005 of 1.) [tablets]""",
    "Weigh before crushing": WEIGHED.format("160 mg / 1 tablet", "0.160") + SHELLS.format(note=""),
    "Crush and weigh out": None,
    "Weigh out": DILUENT.format("0.900 g; by: 100 mg/capsule * 10 capsules - 100 mg = 900 mg [g]"),
    "Crush in diluent and triturate": IN_DILUENT.format(
        step=ONE, all=" -> All 0.160 g", add="1.840 g", total="2.000", by="; by: 2,000 mg - 160 mg = 1,840 mg [g]"
    )
    + MIX.format(step=ONE, parts="40")
    + SIEVED.format(step=ONE)
    + f"\n    - {ONE}Weigh out the trituration for the next step. -> 0.100 g{DESTROYED.format(uncertain='0.58 %')}"
    + ADDED.format(step=TWO, add="0.900 g", total="1.000")
    + "; by: 1,000 mg - 100 mg = 900 mg [g]"
    + MIX.format(step=TWO, parts="400")
    + SIEVED.format(step=TWO)
    + f"\n    - {TWO}Weigh out the trituration for the capsules. -> 0.100 g; by: 0.25 mg / 0.0025 = 100 mg"
    + DESTROYED.format(uncertain="0.58 %"),
    "Blend by geometric dilution": ladder(
        "Begin with the trituration weighed out, in its mortar. -> 0.100",
        *(("0.100", "0.200"), ("0.200", "0.400"), ("0.400", "0.800"), ("0.200", "1.000")),
    ),
    "Fill": divided(10, "about 100 mg", size=""),
    "Check": checked(band=NOT_KNOWN, mean="100 mg", batch=10, powder="trituration"),
    # Nobody answered the four questions on this drug, which has no file.
    "Label": STUCK.format(quantity=10).replace(
        "Store at 20 to 25 \u00b0C (68 to 77 \u00b0F).",
        "Storage: by the pharmacist: __________ (general limit: store at 20 to 25 \u00b0C (68 to 77 \u00b0F)).",
    ),
    "Clean": SPARE.format(left="49.75 mg of drug") + CLEANED,
}
#: 15 of 50 mg are needed: below 120 / 0.3 = 400 mg too little. 400 + 500 = 900 mg and more, to 2,500; of 1,000 (50 mg
#: in a gram) 300 mg hold them, 2.5 times 120 and at least a twentieth of 30 x 135. At most 20 times the powder: from
#: 50 mg on. 6 / 300 / sqrt(3) is 1.2 %.
PERHAPS = {**WORKED, "dose": "0.5 mg", "source": {"least_tablets": 1}}
OF_PERHAPS = {
    "Count": """
    - Count the tablets. -> 1 tablet; by: 15 mg / (50 mg/tablet * (1 - 0.03)) = 0.309278... tablets, rounded up to
        1 tablet (30 % of the powder will be used: 0.3 of 1.) [tablets]""",
    # The balance weighs 0.120 g and more.
    # The portion, 0.3 W, reaches 120 mg at 400 mg, and is then more than 50 steps: rounded by less than 1 %.
    "Weigh before crushing": UNWEIGHED.format(1, "0.120 g", "1.200")
    + """
    - Go on only if the tablets weigh enough together. -> W is 0.400 g or more
        (If they weigh less, STOP: do not crush them. Dilute first, by the stage Triturate.) formula"""
    + SHELLS.format(note=ENTERED),
    "Crush and weigh out": CRUSHED
    + BACK.format("W * 0.97 to W")
    + """
    - Weigh out the powder. -> W * 15 mg / 50 mg (If it is below 100 mg, weigh the boat back, emptied: what
        is left in it is missing from the dose.) [Powder =|g] formula"""
    + DILUENT_OPEN.format("30 * 0.135 g - powder * 0.135 g / 0.165 g"),
    "Triturate": """
    - If the tablets are too light to weigh out their powder, do this stage before they are crushed; else skip it. -> W
        from 0.050 g to 0.400 g (Below 0.050 g, enter W in the program first.) formula"""
    + IN_DILUENT.format(step="", all="", add="1.000 g - W", total="1.000", by=" [g] formula")
    + MIX.format(step="", parts="20")  # 1,000 / 50
    + SIEVED.format(step="")
    + """
    - Weigh out the trituration for the capsules. -> 0.300 g """
    + UNSURE.format(uncertain="1.2 %")
    + """ It takes the place of the powder to weigh out;
        the diluent is 30 * 0.135 g - 0.300 g. Destroy the rest.) [g]""",
    **{name: OF_PLAIN[name] for name in ("Blend by geometric dilution", "Fill")},
    "Check": OF_PLAIN["Check"],
    "Clean": LEFT.format(left="35 mg of drug") + CLEANED,
}
#: 135 / (0.985 x 0.96) = 142.766... mg; 100 less a thirtieth of that is 95.2411...; 143 + 143 + 286 + 572 + 1,144 + 712
#: = 3,000; 48 + 90 to 48 + 110.
POWDER = {**PLAIN, **given("100 mg"), "source": {**BULK, "assay": "98.5 %", "assay_basis": "dried", "water": "4 %"}}
CERTIFICATE = """
    - Read the label and the certificate of the bulk powder: naltrexone hydrochloride, assay {0}, not naloxone.
        (Maker, lot and expiry are in the list of components.)
    - Read the label of the diluent: microcrystalline cellulose PH-101."""
NO_TABLETS = {"Count": None, "Weigh before crushing": None, "Crush and weigh out": None}
OF_POWDER = {
    **NO_TABLETS,
    "Gather": OF_PLAIN["Gather"],
    "Identify": CERTIFICATE.format("98.5 % of the dried substance, loss on drying 4 %"),
    "Weigh first": SHELLS.format(note=TABLE),
    "Weigh out": """
    - Weigh out the powder. -> 0.143 g; by: 135 mg / 0.9456 = 142.766... mg, on the balance 0.143 g [g]"""
    + DILUENT.format("2.857 g; by: 95.2411... mg/capsule * 30 capsules = 2,857.23... mg, on the balance 2.857 g [g]"),
    "Blend by geometric dilution": ladder(
        "Put the powder in the mortar. -> 0.143",
        *(("0.143", "0.286"), ("0.286", "0.572"), ("0.572", "1.144"), ("1.144", "2.288"), ("0.712", "3.000")),
    ),
    "Fill": divided(30, "about 100 mg"),
    "Check": checked(
        band="138 mg to 158 mg (With the shell of the table; the shells weighed decide.)", mean="100 mg", batch=30
    ),
    "Clean": CLEANED,
}
#: 15 mg are less than 20. Thirty bodies of 0.30 mL hold 10,800 mg at the most, so the aliquot is 540 mg or more, 36
#: times the powder: two steps. 100 mg are well weighed; 40 times by 1 in 5 and 1 in 8 takes 400 + 700 mg of diluent,
#: by 1 in 4 and 1 in 10 300 + 900, by 1 in 10 and 1 in 4 900 + 465. 15 x 40 = 600. 1 / 600 / sqrt(3) is 0.096 %.
LITTLE = {**PLAIN, "dose": "0.5 mg", "source": BULK, **ESTIMATE}
OF_LITTLE = {
    **NO_TABLETS,
    "Gather": OF_PLAIN["Gather"],
    "Identify": CERTIFICATE.format("100 % as is"),
    "Weigh first": SHELLS.format(note=TABLE) + BODIES,
    "Weigh out": DILUENT_OPEN.format("30 * P_d - 0.600 g"),
    "Triturate": f"\n    - {ONE}Weigh out powder for the trituration. -> 0.100 g"
    " (The balance makes it uncertain by 0.58 %.) [g]"
    + ADDED.format(step=ONE, add="0.400 g", total="0.500")
    + "; by: 500 mg - 100 mg = 400 mg [g]"
    + MIX.format(step=ONE, parts="5")
    + SIEVED.format(step=ONE)
    + f"\n    - {ONE}Weigh out the trituration for the next step. -> 0.100 g{DESTROYED.format(uncertain='0.58 %')}"
    + ADDED.format(step=TWO, add="0.700 g", total="0.800")
    + "; by: 800 mg - 100 mg = 700 mg [g]"
    + MIX.format(step=TWO, parts="40")
    + SIEVED.format(step=TWO)
    + f"\n    - {TWO}Weigh out the trituration for the capsules. -> 0.600 g; by: 15 mg / 0.025 = 600 mg"
    + DESTROYED.format(uncertain="0.096 %"),
    "Blend by geometric dilution": f"\n    - Begin with the trituration weighed out, in its mortar.{OPEN}{EVEN}",
    "Fill": divided(30, "(trituration + diluent) / 30"),
    "Check": checked(band=NOT_KNOWN, mean="(trituration + diluent) / 30", batch=30, powder="trituration"),
    "Clean": "\n    - Destroy the trituration left over, as your pharmacy's rules say." + CLEANED,
}
ORDER = ("Gather", "Identify", "Count", "Weigh before crushing", "Weigh first", "Crush and weigh out", "Weigh out")
ORDER += (
    "Triturate",
    "Crush in diluent and triturate",
    "Blend by geometric dilution",
    "Fill",
    "Check",
    "Label",
    "Clean",
)
SHEETS = {
    "worked": (WORKED, {}),
    "plain": (PLAIN, OF_PLAIN),
    "a tenth more": (TENTH, OF_TENTH),
    "powder alone": (ALONE, OF_ALONE),
    "all of one tablet": (UNKNOWN, OF_UNKNOWN),
    "two triturations": (DILUTED, OF_DILUTED),
    "perhaps a trituration": (PERHAPS, OF_PERHAPS),
    "bulk powder": (POWDER, OF_POWDER),
    "too little bulk powder": (LITTLE, OF_LITTLE),
}


@pytest.mark.parametrize("name", SHEETS)
def test_the_work_at_the_bench_line_by_line(name):
    tree, changes = SHEETS[name]
    stages = {**IN_FULL, **changes}
    expected = [(title, written(stages[title])) for title in ORDER if stages.get(title)]
    assert work_of(sheet(worked_out(tree))) == expected
