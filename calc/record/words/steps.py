"""What each step of the work is called where it is an entry: in lists of entries and deviations, and in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from calc.planning.bench_codes import BenchCode
from calc.record.words.readings import lower_first

#: The names of steps by their codes; a mass that a second person reads is called as there (`readings.READINGS`).
STEP_NAMES: Mapping[str, str] = {
    BenchCode.PROTECT: "Protective equipment",
    BenchCode.LEVEL_BALANCE: "Balance leveled",
    BenchCode.ZERO_BALANCE: "Balance zeroed",
    BenchCode.MORTAR: "Mortar laid out",
    BenchCode.PLATE: "Capsule plate",
    BenchCode.SHELLS: "Empty shells counted out",
    BenchCode.MORTAR_AND_MEASURE: "Mortar and measure laid out",
    BenchCode.BOTTLES: "Bottles laid out",
    BenchCode.READ_SOURCE: "Label of the drug read",
    BenchCode.READ_DILUENT: "Label of the diluent read",
    BenchCode.READ_INGREDIENT: "Label of the ingredient read",
    BenchCode.READ_VEHICLE: "Label of the vehicle read",
    BenchCode.COUNT_TABLETS: "Number counted",
    BenchCode.ONE_TABLET: "Mass of one alone",
    BenchCode.TEN_SHELLS: "Empty shells together",
    BenchCode.PACKING_OF_DILUENT: "Shells filled with diluent",
    BenchCode.CRUSH: "Crushed",
    BenchCode.RECOVERED: "Powder recovered",
    BenchCode.PACKING_OF_POWDER: "Shells filled with the powder",
    BenchCode.USE_ALL: "All of the powder used",
    BenchCode.RUB_DILUENT: "Diluent rubbed in the mortar",
    BenchCode.CRUSH_IN_DILUENT: "Crushed in the diluent",
    BenchCode.TRITURATION_MIX: "Trituration mixed",
    BenchCode.TRITURATION_SIEVE: "Trituration sieved",
    BenchCode.MIX_INGREDIENTS: "Ingredients mixed",
    BenchCode.BEGIN_BLEND: "Powder put in the mortar",
    BenchCode.RUNG: "Diluent added",
    BenchCode.RUNGS_OPEN: "Diluent added in doubling parts",
    BenchCode.END_POINT: "Look of the blend",
    BenchCode.MIX_VEHICLE: "Vehicle mixed",
    BenchCode.WET: "Powder wetted",
    BenchCode.RINSE: "Mortar rinsed",
    BenchCode.TO_VOLUME: "Brought to volume",
    BenchCode.SHAKE: "Shaken",
    BenchCode.DIVIDE: "Capsules filled",
    BenchCode.FILL_BOTTLES: "Bottles filled",
    BenchCode.LOOK: "Look of the liquid",
    BenchCode.VOLUME_MADE: "Volume made",
    BenchCode.CONTAINER: "Container and closure",
    BenchCode.LABEL: "Labeled",
    BenchCode.LABEL_BOTTLES: "Bottles labeled",
    BenchCode.DESTROY_POWDER: "Powder left over destroyed",
    BenchCode.DESTROY_TRITURATION: "Trituration left over destroyed",
    BenchCode.WASH: "Cleaned",
    BenchCode.WASH_MEASURE: "Cleaned",
}


#: What is counted, by what it is.
COUNTED = "{source} counted"


def steps_said(keys: Iterable[str]) -> str:
    """Return steps within a sentence, each of several numbers once.

    >>> steps_said(("rung-1", "rung-2", "end_point"))
    'diluent added, look of the blend'
    """
    codes = dict.fromkeys(key.partition("-")[0] for key in keys)
    return ", ".join(lower_first(STEP_NAMES.get(code) or code.replace("_", " ")) for code in codes)


def step_name(key: str) -> str:
    """Return the name of a step by its key, numbered as its key is; blank for one that has none.

    >>> step_name("recovered"), step_name("rung-2"), step_name("portion")
    ('Powder recovered', 'Diluent added 2', '')
    """
    code, _, number = key.partition("-")
    name = STEP_NAMES.get(code, "")
    return f"{name} {number}" if name and number else name
