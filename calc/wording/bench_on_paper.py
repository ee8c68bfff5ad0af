"""The words of the bench steps on the preparation sheet, short enough for one or two lines beside their boxes.

They say what the page says in full; a step that is not here keeps its words of `calc.wording.bench`.
"""

from __future__ import annotations

from calc.planning.bench import BenchCode, BenchStep
from calc.wording import ingredients
from calc.wording.bench import StepWords, words_of
from calc.wording.bench_vehicle import ON_PAPER

SIEVED_OUT = "Do not sieve the coat out."
WORDS: dict[BenchCode, StepWords | dict[str, StepWords]] = {
    BenchCode.LEVEL_BALANCE: StepWords("Level, settle and zero the balance; tare each boat."),
    BenchCode.MORTAR: StepWords("Lay out mortar, pestle, spatula and plate, clean and dry."),
    BenchCode.MORTAR_AND_MEASURE: StepWords(
        "Lay out mortar, pestle, spatula and a measure of {volume} or more, clean and dry."
    ),
    BenchCode.SHELLS: StepWords("Count out empty shells{size}, {spares} of them spare."),
    BenchCode.BOTTLES: {
        "bottle": StepWords("Take the bottle: light-resistant, tight, child-resistant cap."),
        "bottles": StepWords("Take the bottles: light-resistant, tight, child-resistant caps."),
    },
    BenchCode.READ_SOURCE: {
        "tablets": StepWords("Tablet label: {form} {strength}, {release} release, one active drug{not_other}."),
        "powder": StepWords("Label and certificate of the bulk powder: {form}, {assay}{not_other}."),
        "dilution": StepWords("Label of the dilution: {form}, {assay}{not_other}."),
    },
    BenchCode.READ_DILUENT: StepWords("Diluent label: {diluent}."),
    BenchCode.READ_VEHICLE: {
        "": StepWords("Vehicle label: {vehicle}, {kind}."),
        "parts": StepWords("Label of each part of the vehicle: {parts}. The whole counts as {kind}."),
    },
    BenchCode.COUNT_TABLETS: StepWords("Count the tablets."),
    BenchCode.ONE_TABLET: StepWords("Weigh one tablet alone. Outside the range: count again."),
    BenchCode.FULL_CAPSULES: StepWords("Weigh all capsules together, full.", name="Full ="),
    BenchCode.EMPTY_SHELLS: StepWords("Open, empty and brush them clean; weigh the same shells.", name="Shells ="),
    BenchCode.ALL_TABLETS: {
        "": StepWords("Weigh all tablets together, before crushing.", name="W ="),
        "some": StepWords("Weigh {weighed} together, before crushing. Mean mass: {mean}.", name="W ="),
    },
    BenchCode.CRUSHED_TABLETS: StepWords("Set apart {crushed} to crush and weigh {them}. Outside: count again."),
    BenchCode.TEN_SHELLS: StepWords("Weigh ten empty shells together."),
    BenchCode.PACKING_OF_DILUENT: StepWords(
        "Fill ten shells{size} with diluent alone.",
        "Total: what they hold. P_d = total / 10 = ____. Return the powder.",
        "Total =",
    ),
    BenchCode.CRUSH: {
        "": StepWords(f"Crush to an even, fine powder. {SIEVED_OUT}"),
        "liquid": StepWords(f"Crush to an even, fine powder. {SIEVED_OUT}"),
        "whole": StepWords("Crush to an even, fine powder, coat included. Leave nothing behind."),
    },
    BenchCode.RECOVERED: {
        "": StepWords("Weigh the powder recovered. Less: find out why."),
        "part": StepWords("Weigh the powder recovered. Less: find out why."),
        "all": StepWords("Weigh the powder recovered. Less: STOP, crush one more tablet and weigh out the powder."),
    },
    BenchCode.PACKING_OF_POWDER: {
        "": StepWords(
            "Fill one to three shells with this powder alone.",
            "Total: what they hold. P_t = total / shells ____ = ____. Return all of it.",
            "Total =",
        ),
        "powder": StepWords(
            "Fill ten shells with this powder alone.",
            "Total: what they hold. P_t = total / 10 = ____. Return all of it.",
            "Total =",
        ),
    },
    BenchCode.PORTION: {
        "": StepWords("Weigh out the powder.", name="Powder ="),
        "little": StepWords(
            "Weigh out the powder.",
            "Below {little}: weigh the boat back, emptied. What is left in it is missing.",
            "Powder =",
        ),
        "by the program": StepWords("Weigh out the powder, as the program says for W.", name="Powder ="),
    },
    BenchCode.USE_ALL: StepWords("Use all of the powder: nothing is weighed out. Rinse the mortar with diluent."),
    BenchCode.DILUENT: {
        "": StepWords("Weigh the diluent.", name="Diluent ="),
        "by the program": StepWords("Weigh the diluent, as the program says for W.", name="Diluent ="),
        "open": StepWords(
            "Weigh the diluent.", "Below nothing: STOP. The powder does not fit these capsules.", "Diluent ="
        ),
    },
    BenchCode.PORTION_BOAT: StepWords("Weigh the boat back, emptied. What is left in it is missing: brush it out."),
    BenchCode.TRITURATION_BOAT: StepWords(
        "{step}Weigh the boat back, emptied. What is left in it is missing: brush it out."
    ),
    BenchCode.ALIQUOT_BOAT: StepWords(
        "{step}Weigh the boat back, emptied. What is left in it is missing: brush it out."
    ),
    BenchCode.ALL_OF_THE_POWDER: StepWords("{step}All tablets go into it. Nothing may stay on pestle or spatula."),
    BenchCode.TRITURATION_DILUENT: {
        "": StepWords("{step}Add diluent."),
        "whole tablets": StepWords("{step}Weigh diluent."),
    },
    BenchCode.RUB_DILUENT: StepWords("{step}Rub a part of it in the mortar before any tablet goes in."),
    BenchCode.CRUSH_IN_DILUENT: StepWords("{step}Crush all tablets in it to an even, fine powder, coat too."),
    BenchCode.TRITURATION_MIX: StepWords(
        "{step}Mix by geometric dilution until even. From ___:___ to ___:___", name=" "
    ),
    BenchCode.TRITURATION_SIEVE: StepWords(
        "{step}Pass all of it through a sieve, No. 60 to 80. Grind and return what is left on it; mix again."
    ),
    BenchCode.ALIQUOT: {
        "next step": StepWords(
            "{step}Weigh out the trituration for the next step, into a clean mortar.", "{uncertainty}"
        ),
        "capsules": StepWords(
            "{step}Weigh out the trituration for the capsules, into a clean mortar.", "{uncertainty}"
        ),
        "portion": StepWords(
            "{step}Weigh out the trituration for the capsules, into a clean mortar.",
            "{uncertainty}It takes the place of the powder; the diluent is {rest}. Destroy the rest.",
        ),
    },
    BenchCode.BEGIN_BLEND: {
        "portion": StepWords("Put the powder in the mortar."),
        "aliquot": StepWords("Begin with the trituration in its mortar."),
    },
    BenchCode.RUNG: {
        "": StepWords("Add an equal part of diluent; mix. Makes {total}"),
        "rest": StepWords("Add the rest of the diluent; mix. Makes {total}"),
    },
    BenchCode.RUNGS_OPEN: StepWords(
        "Add an equal part of diluent; mix; double again until all is in.",
        "One mark for each addition.",
        " ",
    ),
    BenchCode.END_POINT: StepWords("Even, no specks or streaks. From ___:___ to ___:___"),
    **ON_PAPER,
    **ingredients.ON_PAPER,
    BenchCode.SHAKE: StepWords("Shake until it is even. From ___:___ to ___:___"),
    BenchCode.FILL_BOTTLES: {
        "bottle": StepWords("Pour it into the bottle, with room to shake."),
        "bottles": StepWords("Share it evenly, shaken before each, with room to shake."),
    },
    BenchCode.DIVIDE: StepWords("Divide the whole blend. Never fill level and discard."),
    BenchCode.TEN_CAPSULES: {
        "": StepWords("Weigh ten filled capsules, from edge and middle."),
        "all": StepWords("Weigh all {number} filled capsules, one by one."),
        "one": StepWords("Weigh the filled capsule."),
    },
    BenchCode.MEAN_FILL: {
        "": StepWords("Take their mean less the mean shell{within}."),
        "all": StepWords("Take their mean less the mean shell{within}."),
        "one": StepWords("Take off the mean shell{within}."),
    },
    BenchCode.YIELD: StepWords("Count the capsules made."),
    BenchCode.DESCRIBE: StepWords("Describe: shells, color of the powder, closed, clean."),
    BenchCode.LOOK: StepWords("Look: even after shaking, no lumps, no cake. Color, smell:", name=" "),
    BenchCode.CONTAINER: StepWords("Into a tight, light-resistant container, child-resistant."),
    BenchCode.LABEL: StepWords("Label it; compare the label with this sheet. {store}"),
    BenchCode.EXTRAS: StepWords("Set apart the {extra} beyond the {quantity} ordered; destroy what was not used."),
    BenchCode.LABEL_BOTTLES: StepWords(
        "Label it \u201cShake well before each dose\u201d; compare it with this sheet. {store}"
    ),
    BenchCode.GIVE_SYRINGE: {
        "once": StepWords("Give an oral syringe of {capacity}; mark the dose.", "{between}"),
        "several times": StepWords("Give an oral syringe of {capacity}; fill it {times} times a dose.", "{between}"),
    },
    BenchCode.DESTROY_POWDER: StepWords("Destroy the rest{drug}. Witness ________"),
    BenchCode.DESTROY_TRITURATION: StepWords("Destroy the trituration left over. Witness ________"),
    BenchCode.WASH: StepWords("Clean balance, mortar, plate and place of work."),
    BenchCode.WASH_MEASURE: {
        "": StepWords("Clean balance, mortar, measure and place of work."),
        "unweighed": StepWords("Clean mortar, measure and place of work."),
    },
}


def words_on_paper(step: BenchStep) -> StepWords:
    """Return the words of a step on the sheet."""
    words = WORDS.get(step.code)
    if words is None:
        return words_of(step)
    return words if isinstance(words, StepWords) else words[step.what]
