"""The words in and under the pictures of a plan: the same content as drawn, and the scale."""

from __future__ import annotations

from calc.planning.codes import WeighingName

TABLETS_TITLE = "What is used of the tablets"
TABLETS = "{used} of {tablets} {tablets:is|are} used: {share} of the powder. {left} of drug is left over."
TABLETS_ALL = "All of the powder of {tablets} is used."
TABLETS_AS_ONE = " One circle stands for all of them."

CAPSULE_TITLE = "One size {size} capsule, true proportions"
CAPSULE = (
    "Dark: {powder} of powder, {share} of the room. Light: {diluent} of diluent. Drawn in layers, true to volume; in "
    "truth they are blended."
)
CAPSULE_ESTIMATE = (
    "An estimate: how these powders pack was not measured. Dark: {powder} of powder, about {share} of the room. "
    "Hatched: about {diluent} of diluent. Drawn in layers, true to volume; in truth they are blended."
)
CAPSULE_FULL = "Dark: {powder} of powder, which fills it; no diluent is added."
POWDER, DILUENT, DILUENT_ABOUT = "{powder} powder", "{diluent} diluent", "about {diluent} diluent"

MORTAR = (
    "Each bar is the mortar on one scale: its whole length is the blend, {total}. Dark: in the mortar. Light: added."
)
MORTAR_BEGIN = "{total} of {whole} in the mortar"
MORTAR_STEP = "{add} added makes {total} of {whole}"

BALANCE_TITLE = "What this balance weighs"
BALANCE = (
    "{verdict} Dashed: the minimum weighable quantity (MWQ), {least}; the ground below it is tinted. The line is "
    "logarithmic: each number is ten times the one before."
)
KEPT = {True: "It can be weighed.", False: "All can be weighed."}
#: By whether it is one alone.
MISSED = {
    True: "{missed} of {weighed} (an open diamond) weighs too little for it.",
    False: "{missed} of {weighed} (open diamonds) weigh too little for it.",
}
MWQ = "MWQ {least}"
MASSES = {"kept": "{mass} {name}", "missed": "{mass} {name}: too little"}
#: The short names of what is weighed.
WEIGHED = {
    WeighingName.TABLETS: "tablets",
    WeighingName.SHELLS: "shells",
    WeighingName.PORTION: "powder",
    WeighingName.TRITURATION: "powder to dilute",
    WeighingName.ALIQUOT: "trituration",
    WeighingName.DILUENT: "diluent",
    WeighingName.CAPSULE: "capsule",
}

USUAL_TITLE = "The dose beside the usual doses"
USUAL = "{usual}. {dose}. The line is logarithmic: each number is ten times the one before."
USUAL_DOSES, STOPPED_DOSE = "Usual: {low} to {high}", "Ordered: {dose}"

SIZES_TITLE = "Fill of each capsule size"
SIZES = (
    "Bars begin at nothing and are as long as the fill is heavy, to one scale. Filled: powder, {powder} in every size. "
    "Open: diluent in the size chosen. Hatched: diluent as an estimate."
)
SIZES_ESTIMATED = (
    "Bars begin at nothing and are as long as the fill is heavy, to one scale. Filled: powder, {powder} in every size. "
    "Hatched: diluent. All sizes are estimates."
)
SIZE, SIZE_CHOSEN = "Size {size}", "Size {size} (chosen)"
SIZE_FILL, SIZE_ESTIMATE, SIZE_TOO_SMALL = "{name}: {fill}", "{name}: about {fill}", "{name}: too small"

SPREAD_TITLE = "The dose of the batch, against {low} to {high} of the order"
SPREAD = (
    "Line: the dose by the figures as printed, as a part of the one ordered. Open: twice the standard deviation by the "
    "weighings, {deviation}, to both sides. Dashed: {low} and {high}. The scale is even and begins at {from}, not at "
    "nothing. How one capsule differs from the next is no part of it."
)
BY_WEIGHINGS, CONTENT = "By the weighings alone", "{name}: {dose}"
CAPSULE_SPREAD_TITLE = "A capsule that was not weighed, against {low} to {high} of the dose"
CAPSULE_SPREAD = (
    "Line: the mean content as a part of the dose ordered, by what the source holds. Open: twice the standard "
    "deviation of one capsule, {deviation} of its content, to both sides. Dashed: {low} and {high}. The scale is even "
    "and begins at {from}, not at nothing."
)
