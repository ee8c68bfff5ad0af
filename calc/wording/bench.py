"""The words for the work at the bench: the instruction and the box of each step, and the titles of the stages."""

from __future__ import annotations

from calc.planning.bench import BenchCode, BenchStep
from calc.wording import ingredients
from calc.wording.bench_vehicle import IN_FULL
from calc.wording.step_words import StepWords as StepWords

#: A box without a name: a blank line to write on.
BLANK = " "
HOW_LONG = "Write down what was seen, and for how long it was mixed."
BOAT = StepWords("{step}Weigh the boat back, emptied.", "What is left in it is missing from the dose: brush it out.")
#: The words of each step; for a code that covers several things, the words for each. `{step}` is the step of a
#: trituration that has several; the other names are facts of the plan.
WORDS: dict[BenchCode, StepWords | dict[str, StepWords]] = {
    BenchCode.PROTECT: StepWords(
        "Put on protective equipment.",
        "What the pharmacy asks for with this drug; write down what was worn.",
        BLANK,
    ),
    BenchCode.LEVEL_BALANCE: StepWords("Level the balance and let it settle.", name="Balance no."),
    BenchCode.ZERO_BALANCE: StepWords(
        "Zero the balance; tare the boat before every weighing.", "Weigh nothing below {least} on it."
    ),
    BenchCode.MORTAR: StepWords("Lay out mortar, pestle and spatula, clean and dry."),
    BenchCode.PLATE: StepWords("Set up the capsule plate.", name="Plate no."),
    BenchCode.SHELLS: StepWords("Count out empty shells{size}, with {spares} spare for the weighings."),
    BenchCode.MORTAR_AND_MEASURE: StepWords(
        "Lay out mortar, pestle, spatula and a measure of {volume} or more, clean and dry."
    ),
    BenchCode.BOTTLES: {
        "bottle": StepWords("Take the bottle, light-resistant, with a tight, child-resistant cap; read what it holds."),
        "bottles": StepWords(
            "Take the bottles, light-resistant, with tight, child-resistant caps; read what they hold."
        ),
    },
    BenchCode.READ_SOURCE: {
        "tablets": StepWords(
            "Read the label of the tablets: {form} {strength}, {release} release{not_other}, one active drug.",
            "Maker, NDC, lot and expiry are in the list of components.",
        ),
        "powder": StepWords(
            "Read the label and the certificate of the bulk powder: {form}, {assay}{not_other}.",
            "Maker, lot and expiry are in the list of components.",
        ),
        "dilution": StepWords(
            "Read the label of the dilution: {form}, {assay}{not_other}.",
            "Lot and dates are in the list of components.",
        ),
    },
    BenchCode.READ_DILUENT: StepWords("Read the label of the diluent: {diluent}."),
    BenchCode.READ_VEHICLE: {
        "": StepWords(
            "Read the label of the vehicle: {vehicle}, {kind}.", "Lot and expiry are in the list of components."
        ),
        "parts": StepWords(
            "Read the label of each part of the vehicle: {parts}.",
            "The whole counts as {kind}. Lots and expiries are in the list of components.",
        ),
    },
    BenchCode.COUNT_TABLETS: StepWords(
        "Count the tablets.", "{share} of the powder will be used: {part} of {tablets}."
    ),
    BenchCode.ONE_TABLET: StepWords("Weigh one tablet alone.", "If it weighs less or more, count the tablets again."),
    BenchCode.FULL_CAPSULES: StepWords("Weigh all capsules together, full.", name="Full ="),
    BenchCode.EMPTY_SHELLS: StepWords(
        "Open them over the mortar, empty them, brush the shells clean and weigh all of the shells.",
        "The same shells, both halves. No table gives their mass.",
        "Shells =",
    ),
    BenchCode.ALL_TABLETS: {
        "": StepWords("Weigh all tablets together, before crushing.", name="W ="),
        "some": StepWords("Weigh {weighed} together, before crushing.", "Their mean mass counts: {mean}.", "W ="),
    },
    BenchCode.CRUSHED_TABLETS: StepWords(
        "Set apart {crushed} to crush and weigh {them}.", "If the mass is not within this, count the tablets again."
    ),
    BenchCode.ENOUGH_FOR_PORTION: {
        "dilute": StepWords(
            "Go on only if the tablets weigh enough together.",
            "If they weigh less, STOP: do not crush them. Dilute first, by the stage Triturate.",
        ),
        "dilute or enter": StepWords(
            "Go on only if the tablets weigh enough together.",
            "Below {low}, STOP: do not crush them. Dilute first, by the stage Triturate. From {low} up to {enough}, "
            "enter W in the program first: this balance may round the powder to weigh out too far.",
        ),
        "enter": StepWords(
            "Go on only if the tablets weigh enough together.",
            "If they weigh less, do not crush them yet: enter W in the program, which says whether this balance can "
            "weigh out the powder.",
        ),
        "never": StepWords(
            "STOP: do not crush the tablets to weigh out their powder.",
            "Not even tablets of {heavy} each give powder enough to weigh out on this balance. Crush them in diluent, "
            "by the stage below.",
        ),
        "never, enter": StepWords(
            "STOP: do not crush the tablets.",
            "Not even tablets of {heavy} each give powder enough to weigh out on this balance. Enter W in the program: "
            "it says what can be made.",
        ),
    },
    BenchCode.TEN_SHELLS: StepWords("Weigh ten empty shells together.", "{shell}"),
    BenchCode.PACKING_OF_DILUENT: StepWords(
        "Fill ten shells{size} with diluent alone and weigh what they hold.",
        "P_d, the diluent in one shell, is what they hold together / 10. Return the powder.",
        "Total =",
    ),
    BenchCode.CRUSH: {
        "": StepWords(
            "Crush all the tablets to an even, fine powder, film coat included.",
            "Do not sieve the coat out: losing a 3 % coat would raise the dose by 3 %.",
        ),
        "liquid": StepWords(
            "Crush all the tablets to an even, fine powder, film coat included.",
            "Do not sieve the coat out: losing a 3 % coat would raise the strength by 3 %.",
        ),
        "whole": StepWords(
            "Crush all the tablets to an even, fine powder, film coat included.",
            "Leave none behind: all of the powder is needed.",
        ),
    },
    BenchCode.RECOVERED: {
        "": StepWords(
            "Weigh the powder recovered from the mortar.",
            "The powder to weigh out follows from the weight before crushing. Look into a loss above {most}.",
        ),
        "part": StepWords(
            "Weigh the powder recovered from the mortar.",
            "The trituration takes a part of it. Look into a loss above {most}.",
        ),
        "all": StepWords(
            "Weigh the powder recovered from the mortar.",
            "All of it is needed: what is lost is missing in every capsule. If more than {most} is lost, STOP: crush "
            "one more tablet and weigh out the powder.",
        ),
    },
    BenchCode.PACKING_OF_POWDER: {
        "": StepWords(
            "Fill one to three shells with this powder alone and weigh what they hold.",
            "P_t, this powder in one shell, is what they hold together / shells. Ten need ten tablets. Return all of "
            "it.",
            "Total =",
        ),
        "powder": StepWords(
            "Fill ten shells with this powder alone and weigh what they hold.",
            "P_t, this powder in one shell, is what they hold together / 10. Return all of it.",
            "Total =",
        ),
    },
    BenchCode.PORTION: {
        "": StepWords("Weigh out the powder.", name="Powder ="),
        "little": StepWords(
            "Weigh out the powder.",
            "If it is below {little}, weigh the boat back, emptied: what is left in it is missing from the dose.",
            "Powder =",
        ),
        "by the program": StepWords("Weigh out the powder, as the program says for W.", name="Powder ="),
    },
    BenchCode.PORTION_BOAT: BOAT,
    BenchCode.USE_ALL: StepWords(
        "Use all of the powder: nothing is weighed out.", "Scrape it out, and rinse the mortar with diluent."
    ),
    BenchCode.DILUENT: {
        "": StepWords("Weigh the diluent: {diluent}.", name="Diluent ="),
        "by the program": StepWords("Weigh the diluent, as the program says for W: {diluent}.", name="Diluent ="),
        "open": StepWords(
            "Weigh the diluent: {diluent}.",
            "If it comes out below nothing, STOP: the powder does not fit these capsules.",
            "Diluent =",
        ),
    },
    BenchCode.NO_DILUENT: {
        "": StepWords("No diluent is added: the powder alone fills the capsules."),
        "ingredients": StepWords("No diluent is added: powder and ingredients fill the capsules."),
    },
    BenchCode.ONLY_IF_LIGHT: {
        "": StepWords(
            "If the tablets are too light to weigh out their powder, do this stage before they are crushed; else skip "
            "it.",
            "Below {low}, enter W in the program first.",
        ),
        "all": StepWords("Go on only if the tablets weigh enough together.", "Below {low}, enter W in the program."),
    },
    BenchCode.ALL_OF_THE_POWDER: StepWords(
        "{step}All of the tablets go into it: no powder is weighed out.",
        "Leave nothing on pestle or spatula until the diluent is mixed in.",
    ),
    BenchCode.TRITURATION_POWDER: StepWords("{step}Weigh out powder for the trituration.", "{uncertainty}"),
    BenchCode.TRITURATION_BOAT: BOAT,
    BenchCode.TRITURATION_DILUENT: {
        "": StepWords("{step}Add diluent: {diluent}."),
        "whole tablets": StepWords("{step}Weigh diluent: {diluent}."),
    },
    BenchCode.RUB_DILUENT: StepWords(
        "{step}Rub a part of this diluent in the mortar before any tablet goes in.",
        "It keeps the drug from clinging to mortar and pestle.",
    ),
    BenchCode.CRUSH_IN_DILUENT: StepWords("{step}Crush all the tablets in it to an even, fine powder, film coat too."),
    BenchCode.TRITURATION_MIX: StepWords("{step}Mix by geometric dilution until even.", HOW_LONG, BLANK),
    BenchCode.TRITURATION_SIEVE: StepWords(
        "{step}Pass all of it through a sieve, No. 60 to 80.",
        "Grind what is left on it, coat flakes too, and return it; then mix again.",
    ),
    BenchCode.ALIQUOT: {
        "next step": StepWords(
            "{step}Weigh out the trituration for the next step.",
            "{uncertainty}Into a clean mortar. The rest is not used: it is destroyed at the end.",
        ),
        "capsules": StepWords(
            "{step}Weigh out the trituration for the capsules.",
            "{uncertainty}Into a clean mortar. The rest is not used: it is destroyed at the end.",
        ),
        "portion": StepWords(
            "{step}Weigh out the trituration for the capsules.",
            "{uncertainty}Into a clean mortar. It takes the place of the powder to weigh out; the diluent is {rest}. "
            "Destroy the rest.",
        ),
    },
    BenchCode.ALIQUOT_BOAT: BOAT,
    BenchCode.BEGIN_BLEND: {
        "portion": StepWords("Put the powder in the mortar."),
        "aliquot": StepWords("Begin with the trituration weighed out, in its mortar."),
    },
    BenchCode.RUNG: {
        "": StepWords("Add diluent, as much as is in the mortar, and mix well."),
        "rest": StepWords("Add the rest of the diluent and mix well."),
    },
    BenchCode.RUNGS_OPEN: StepWords(
        "Add as much diluent as there is powder, mix well, and double again until all is in.",
        "Make a mark in the box for each addition.",
        BLANK,
    ),
    BenchCode.END_POINT: StepWords("Look at the blend: even, with no specks and no streaks.", HOW_LONG, BLANK),
    **IN_FULL,
    **ingredients.IN_FULL,
    BenchCode.SHAKE: StepWords("Mix, and shake until it is even.", HOW_LONG, BLANK),
    BenchCode.DIVIDE: StepWords(
        "Divide the whole blend into {capsules}{size}.", "Never fill level and discard the rest; never make fewer."
    ),
    BenchCode.FILL_BOTTLES: {
        "bottle": StepWords("Pour it into the bottle, with room to shake."),
        "bottles": StepWords("Share it evenly between the bottles, shaken before each, with room to shake."),
    },
    BenchCode.TEN_CAPSULES: {
        "": StepWords("Weigh ten filled capsules, one by one, from the edge and the middle of the plate.", "{shell}"),
        "all": StepWords("Weigh all {number} filled capsules, one by one.", "{shell}"),
        "one": StepWords("Weigh the filled capsule.", "{shell}"),
    },
    BenchCode.MEAN_FILL: {
        "": StepWords("Work out the mean fill: the mean of the ten less the mean shell."),
        "all": StepWords("Work out the mean fill: the mean of the {number} less the mean shell."),
        "one": StepWords("Work out the fill: its mass less the mean shell."),
    },
    BenchCode.YIELD: StepWords(
        "Count the capsules made.",
        "Mass balance: (made \u00d7 mean fill + blend left ____ g) / ({powder} + {mixed}). {balance}",
    ),
    BenchCode.DESCRIBE: StepWords(
        "Describe them: size and color of the shells, color of the powder, closed and clean.", name=BLANK
    ),
    BenchCode.LOOK: StepWords(
        "Look at it: even after shaking, no lumps, no cake at the bottom.",
        "Write down color, smell and what was seen.",
        BLANK,
    ),
    BenchCode.VOLUME_MADE: StepWords("Write down the volume made."),
    BenchCode.CONTAINER: StepWords(
        "Put them in a tight, light-resistant container with a child-resistant closure.",
        "Write down its type and size.",
        BLANK,
    ),
    BenchCode.LABEL: StepWords("Label it and compare the label with this sheet.", "{store}"),
    BenchCode.EXTRAS: StepWords(
        "Set apart the {extra} beyond the {quantity} ordered, and destroy what was not weighed or used."
    ),
    BenchCode.LABEL_BOTTLES: StepWords(
        "Label it \u201cShake well before each dose\u201d and compare the label with this sheet.", "{store}", BLANK
    ),
    BenchCode.GIVE_SYRINGE: {
        "once": StepWords("Give an oral syringe of {capacity} with it and mark the dose.", "{between}", BLANK),
        "several times": StepWords(
            "Give an oral syringe of {capacity} with it; fill it {times} times for one dose.", "{between}", BLANK
        ),
    },
    BenchCode.DESTROY_POWDER: StepWords("Destroy the powder left over, as your pharmacy's rules say."),
    BenchCode.DESTROY_TRITURATION: StepWords("Destroy the trituration left over, as your pharmacy's rules say."),
    BenchCode.WASH: StepWords("Clean balance, mortar, plate and place of work."),
    BenchCode.DEVIATIONS: StepWords("Write down every deviation, and why.", name=BLANK),
}


def words_of(step: BenchStep) -> StepWords:
    """Return the words of a step."""
    words = WORDS[step.code]
    return words if isinstance(words, StepWords) else words[step.what]
