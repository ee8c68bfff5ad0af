"""The words of the steps in which a vehicle meets the powder: in full, and short enough for the sheet.

A vehicle in parts is mixed first by its shares, or its parts are taken one after another, the last to volume.
"""

from __future__ import annotations

from calc.planning.bench import BenchCode
from calc.wording.step_words import StepWords

IN_FULL: dict[BenchCode, StepWords | dict[str, StepWords]] = {
    BenchCode.MEASURE_PART: StepWords(
        "Measure {name}.", "Read it at eye level; lot and expiry are in the list of components."
    ),
    BenchCode.MIX_VEHICLE: StepWords(
        "Mix these parts well: they are the vehicle.",
        "{mixed} in all, {ratio} by volume. The powder takes room in the liquid, so that some of it is left over: "
        "never add it all, and destroy the rest.",
    ),
    BenchCode.WET: {
        "": StepWords("Wet the powder with a little vehicle and rub it to a smooth paste."),
        "part": StepWords("Wet the powder with a little of the {name} measured and rub it to a smooth paste."),
    },
    BenchCode.THIN: {
        "": StepWords("Add vehicle in small parts, rub, and pour each into the measure."),
        "part": StepWords("Add the rest of the {name} in small parts, rub, and pour each into the measure."),
    },
    BenchCode.ADD_PART: StepWords("Add all of the {name} by way of the mortar, into the measure."),
    BenchCode.RINSE: {
        "": StepWords(
            "Rinse mortar and pestle with vehicle, two or three times, into the measure.",
            "What is left in the mortar is missing in every dose.",
        ),
        "part": StepWords(
            "Rinse mortar and pestle with {name}, two or three times, into the measure.",
            "What is left in the mortar is missing in every dose.",
        ),
    },
    BenchCode.TO_VOLUME: {
        "": StepWords(
            "Bring the whole to volume with vehicle and read at eye level.",
            "Powder and vehicle together are {volume}: never add {volume} of vehicle.",
        ),
        "part": StepWords(
            "Bring the whole to volume with {name} and read at eye level.",
            "Powder and all parts of the vehicle together are {volume}.",
        ),
    },
    BenchCode.WASH_MEASURE: {
        "": StepWords("Clean balance, mortar, measure and place of work."),
        "unweighed": StepWords("Clean mortar, measure and place of work."),
    },
}
ON_PAPER: dict[BenchCode, StepWords | dict[str, StepWords]] = {
    BenchCode.MEASURE_PART: StepWords("Measure {name}."),
    BenchCode.MIX_VEHICLE: StepWords("Mix these parts, {ratio}: the vehicle. Never add it all; destroy the rest."),
    BenchCode.WET: {
        "": StepWords("Wet the powder with a little vehicle; rub it to a smooth paste."),
        "part": StepWords("Wet the powder with a little of the {name} measured; rub it to a smooth paste."),
    },
    BenchCode.THIN: {
        "": StepWords("Add vehicle in small parts, rub, and pour each into the measure."),
        "part": StepWords("Add the rest of the {name} in small parts, rub, pour into the measure."),
    },
    BenchCode.ADD_PART: StepWords("Add all of the {name} by way of the mortar."),
    BenchCode.RINSE: {
        "": StepWords("Rinse mortar and pestle with vehicle, two or three times, into the measure."),
        "part": StepWords("Rinse mortar and pestle with {name}, two or three times, into the measure."),
    },
    BenchCode.TO_VOLUME: {
        "": StepWords("Bring all of it to volume with vehicle; read at eye level.", "Never add {volume} of it."),
        "part": StepWords("Bring all of it to volume with {name}; read at eye level."),
    },
}
