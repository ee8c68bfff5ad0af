"""The words of published formulations: the steps of their methods, and what a page and a paper say of them."""

from __future__ import annotations

from collections.abc import Mapping

from calc.formulation import MethodCode

#: What the source says is done, in our own words; a sheet's own steps are those of its plan.
METHOD: Mapping[MethodCode, str] = {
    MethodCode.CRUSH_TABLETS: "Crush the tablets to a fine powder.",
    MethodCode.CRUSH_WITH_ANTIOXIDANT: "Crush the tablets together with the ascorbic acid.",
    MethodCode.EMPTY_CAPSULES: "Empty the capsules.",
    MethodCode.TRITURATE: "Grind the contents fine.",
    MethodCode.BLEND_BY_GEOMETRIC_DILUTION: "Blend by geometric dilution, until it is even.",
    MethodCode.FILL_CAPSULES: "Fill the capsules.",
    MethodCode.DISPERSE_WHOLE_TABLETS: "Put the whole tablets into the water; do not grind them.",
    MethodCode.SHAKE_ONE_MINUTE: "Shake for one minute.",
    MethodCode.SHAKE_TWO_MINUTES_STAND_ONE_HOUR: "Shake for two minutes, and let stand for one hour.",
    MethodCode.MIX_VEHICLE_FIRST: "Mix the vehicle first.",
    MethodCode.PASTE_WITH_WETTING_AGENT: "Make a smooth paste with the wetting agent.",
    MethodCode.PASTE_WITH_VEHICLE: "Make a smooth paste with a little vehicle.",
    MethodCode.DISSOLVE_IN_WATER: "Add the powder to the water.",
    MethodCode.DISSOLVE_ANTIOXIDANT: "Dissolve the ascorbic acid tablet in it.",
    MethodCode.WET_WITH_ACID: "Grind the tablets with some of the citric acid, in solution.",
    MethodCode.ADD_IN_PORTIONS: "Add liquid in small portions.",
    MethodCode.ADD_BUFFER_AND_VEHICLE: "Add the buffer, then the vehicle.",
    MethodCode.ADD_VEHICLE: "Add the vehicle.",
    MethodCode.ADD_SYRUP: "Add the syrup.",
    MethodCode.MIX_IN_SYRINGE: "Mix with the liquid in a syringe.",
    MethodCode.RINSE_MORTAR: "Rinse the mortar with vehicle.",
    MethodCode.TO_VOLUME: "Bring to volume.",
    MethodCode.ADJUST_PH: "Adjust the pH.",
    MethodCode.MAY_BE_FILTERED: "It is gritty; it may be filtered.",
    MethodCode.SHAKE_BEFORE_USE: "Shake before each use.",
}
