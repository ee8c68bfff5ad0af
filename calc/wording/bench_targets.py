"""What stands beside the words of a step at the bench: targets, bands, formulas, parts of notes."""

from __future__ import annotations

TRITURATION_STEP = "Step {index} of {steps}: "
SHELLS_SIZE, BODIES_SIZE, DIVIDE_SIZE = ", size {size}", " of size {size}", " of size {size}"
SHELLS_TARGET = "{shells} shells"
READ_NOT = ", not {other}"
ONE_TABLET_BAND = "It weighs {low} to {high}"
ONE_TABLET_FORMULA = "0.9 \u00d7 W / {count} to 1.1 \u00d7 W / {count}"
ONE_TABLET_OPEN = "It weighs within 10 % of the mean"
ALL_TABLETS_BAND = "They weigh {low} to {high}: it is W below"
ALL_TABLETS_LEAST = "They weigh at least {low}: it is W below"
THEM_ONE, THEM = "it", "them together"
USE_ALL_OPEN = "All of W"
RECOVERED_BAND = "It weighs {bounds}"
BOUNDS, BOUNDS_OPEN = "{low} to {high}", "W \u00d7 {kept} to W"
ALL_TABLETS_WEIGHED = "Entered for {weighed_on}"
TEN_SHELLS_TABLE = "The table says {shell} for one."
TEN_SHELLS_ENTERED = "Entered: {shell} for one."
TEN_SHELLS_TARGET = "about {mass}"
PACKING_ORDERED = "As ordered, {mass} in one: not measured in this batch"
OF_HELD = "{needed} / {held}"
PORTION_FORMULA = f"W \u00d7 {OF_HELD}"
DILUENT_FORMULA_MEASURE = "{batch} \u00d7 P_d \u2212 powder \u00d7 P_d / P_t{less}"
DILUENT_FORMULA_PACKING = "{batch} \u00d7 {p_d} \u2212 powder \u00d7 {p_d} / {p_t}{less}"
DILUENT_FORMULA_GIVEN = "{batch} \u00d7 {fill} \u2212 powder{less}"
DILUENT_FORMULA_ALIQUOT = "{batch} \u00d7 {filled} \u2212 {take}{less}"
PACKING_OF_DILUENT = "P_d"
#: What is mixed with the powder, without ingredients and with them.
MIXED = {False: "diluent", True: "diluent + ingredients"}
ALL_OF_IT_TARGET = "All {mass}"
BOAT_BAND, BOAT_EMPTY = "At most {high} more than its tare", "No more than its tare"
RUB_TARGET = "About {mass} of it"
UNCERTAINTY = "The balance makes it uncertain by {uncertainty}. "
TRITURATION_TOTAL = "Total {total}"
TRITURATION_FORMULA = "{total} \u2212 W"
TRITURATION_STRENGTH = "Strength {strength}"
ONLY_IF_LIGHT_TARGET, ONLY_IF_LIGHT_ALL = "W from {low} to {high}", "W is {low} or more"
ENOUGH_TARGET = "W is {enough} or more"
RUNG_TOTAL = "Total {total}"
FILL_NOTE = "Each holds about {fill}"
FILL_FORMULA = "Each holds (powder + {mixed}) / {batch}"
FILL_FORMULA_ALIQUOT = "Each holds (trituration + {mixed}) / {batch}"
TEN_CAPSULES_BAND = "{low} to {high}"
TEN_CAPSULES_FORMULA = "shell + 0.9 \u00d7 fill to shell + 1.1 \u00d7 fill"
TEN_CAPSULES_TABLE = "With the shell of the table; the shells weighed decide."
MEAN_FILL_BAND = "It is within 3 % of {fill}"
MEAN_FILL_OPEN = "It is within 3 % of (powder + {mixed}) / {batch}"
MEAN_FILL_ALIQUOT = "It is within 3 % of (trituration + {mixed}) / {batch}"
#: What the capsules are made from, beside diluent: powder of the source, or a trituration of it.
POWDERS = {True: "powder", False: "trituration"}
TO_VOLUME_TARGET = "to {volume}"
EACH_BOTTLE_TARGET = "{count} times {volume}"
BOTTLE, BOTTLES = "{capacity}", "{count} of {capacity}"
BETWEEN = "The dose lies between the marks {below} and {above}: the notice says what each changes."
STORE = {
    "refrigerator": "Store in the refrigerator, 2 to 8 \u00b0C (36 to 46 \u00b0F). Do not freeze.",
    "room temperature": "Store at 20 to 25 \u00b0C (68 to 77 \u00b0F).",
    "freezer": "Store in the freezer, -25 to -10 \u00b0C (-13 to 14 \u00b0F).",
}
DESTROY_TARGET, DESTROY_NONE = "{left} of drug", "Nothing is left over"
