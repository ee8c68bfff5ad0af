"""The codes of the work at the bench: its stages, its steps in order, and the entries to be written down."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class BenchStage(StrEnum):
    """Stages of the work, in order."""

    GATHER = "gather"
    IDENTIFY = "identify"
    COUNT = "count"
    WEIGH = "weigh"
    CRUSH = "crush"
    TRITURATE = "triturate"
    BLEND = "blend"
    MIX = "mix"
    FILL = "fill"
    BOTTLE = "bottle"
    CHECK = "check"
    LABEL = "label"
    CLEAN = "clean"


@unique
class BenchCode(StrEnum):
    """Steps of the work, in order.

    Records identify a step by its code: a code is added within its stage, never renamed or given another meaning.
    """

    PROTECT = "protect"
    LEVEL_BALANCE = "level_balance"
    ZERO_BALANCE = "zero_balance"
    MORTAR = "mortar"
    PLATE = "plate"
    SHELLS = "shells"
    MORTAR_AND_MEASURE = "mortar_and_measure"
    BOTTLES = "bottles"
    READ_SOURCE = "read_source"
    READ_DILUENT = "read_diluent"
    READ_INGREDIENT = "read_ingredient"
    READ_VEHICLE = "read_vehicle"
    COUNT_TABLETS = "count_tablets"
    ONE_TABLET = "one_tablet"
    FULL_CAPSULES = "full_capsules"
    EMPTY_SHELLS = "empty_shells"
    ALL_TABLETS = "all_tablets"
    CRUSHED_TABLETS = "crushed_tablets"
    ENOUGH_FOR_PORTION = "enough_for_portion"
    TEN_SHELLS = "ten_shells"
    PACKING_OF_DILUENT = "packing_of_diluent"
    CRUSH = "crush"
    RECOVERED = "recovered"
    PACKING_OF_POWDER = "packing_of_powder"
    PORTION = "portion"
    PORTION_BOAT = "portion_boat"
    USE_ALL = "use_all"
    INGREDIENT = "ingredient"
    DILUENT = "diluent"
    NO_DILUENT = "no_diluent"
    ONLY_IF_LIGHT = "only_if_light"
    ALL_OF_THE_POWDER = "all_of_the_powder"
    TRITURATION_POWDER = "trituration_powder"
    TRITURATION_BOAT = "trituration_boat"
    TRITURATION_DILUENT = "trituration_diluent"
    RUB_DILUENT = "rub_diluent"
    CRUSH_IN_DILUENT = "crush_in_diluent"
    TRITURATION_MIX = "trituration_mix"
    TRITURATION_SIEVE = "trituration_sieve"
    ALIQUOT = "aliquot"
    ALIQUOT_BOAT = "aliquot_boat"
    MIX_INGREDIENTS = "mix_ingredients"
    BEGIN_BLEND = "begin_blend"
    RUNG = "rung"
    RUNGS_OPEN = "rungs_open"
    END_POINT = "end_point"
    MEASURE_PART = "measure_part"
    MIX_VEHICLE = "mix_vehicle"
    INGREDIENT_VOLUME = "ingredient_volume"
    WET_WITH = "wet_with"
    WET = "wet"
    THIN = "thin"
    ADD_PART = "add_part"
    RINSE = "rinse"
    ADD_INGREDIENT = "add_ingredient"
    TO_VOLUME = "to_volume"
    SHAKE = "shake"
    DIVIDE = "divide"
    FILL_BOTTLES = "fill_bottles"
    TEN_CAPSULES = "ten_capsules"
    MEAN_FILL = "mean_fill"
    YIELD = "yield"
    DESCRIBE = "describe"
    LOOK = "look"
    VOLUME_MADE = "volume_made"
    CONTAINER = "container"
    LABEL = "label"
    EXTRAS = "extras"
    LABEL_BOTTLES = "label_bottles"
    GIVE_SYRINGE = "give_syringe"
    DESTROY_POWDER = "destroy_powder"
    DESTROY_TRITURATION = "destroy_trituration"
    WASH = "wash"
    WASH_MEASURE = "wash_measure"
    DEVIATIONS = "deviations"


#: The last step of each stage; a stage holds the codes up to this one that no earlier stage holds.
_LAST = {
    BenchStage.GATHER: BenchCode.BOTTLES,
    BenchStage.IDENTIFY: BenchCode.READ_VEHICLE,
    BenchStage.COUNT: BenchCode.COUNT_TABLETS,
    BenchStage.WEIGH: BenchCode.PACKING_OF_DILUENT,
    BenchStage.CRUSH: BenchCode.NO_DILUENT,
    BenchStage.TRITURATE: BenchCode.ALIQUOT_BOAT,
    BenchStage.BLEND: BenchCode.END_POINT,
    BenchStage.MIX: BenchCode.SHAKE,
    BenchStage.FILL: BenchCode.DIVIDE,
    BenchStage.BOTTLE: BenchCode.FILL_BOTTLES,
    BenchStage.CHECK: BenchCode.VOLUME_MADE,
    BenchStage.LABEL: BenchCode.GIVE_SYRINGE,
    BenchStage.CLEAN: BenchCode.DEVIATIONS,
}


def _stages() -> dict[BenchCode, BenchStage]:
    """Return the stage of every code."""
    ends, begun = {last: stage for stage, last in _LAST.items()}, 0
    stages, codes = {}, list(BenchCode)
    for end, code in enumerate(codes, start=1):
        if code in ends:
            stages.update(dict.fromkeys(codes[begun:end], ends[code]))
            begun = end
    return stages


STAGE_OF = _stages()


@unique
class Wants(StrEnum):
    """Entries to be written down at a step."""

    MASS = "mass"
    COUNT = "count"
    VOLUME = "volume"
    TEXT = "text"
    TICK = "tick"
