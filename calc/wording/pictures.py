"""The words in and under the pictures of a plan: the same content as drawn, and the scale."""

from __future__ import annotations

TABLETS_TITLE = "Tablets crushed, and what is used of them"
TABLETS = "{tablets} crushed. Filled: {share} of the powder, which goes into the capsules. Open: left over."
TABLETS_ALL = "{tablets} crushed. Filled: all of the powder goes into the capsules."

CAPSULE_TITLE = "What fills one capsule"
CAPSULE_ROOM, CAPSULE_OF_SIZE = "One capsule", "One capsule of size {size}"
CAPSULE = (
    "{capsule}, drawn as a straight tube. Filled: {powder} of powder, {share} of its room. Open: {diluent} of diluent. "
    "They go in blended; here they lie apart."
)
CAPSULE_ESTIMATE = (
    "An estimate: how these powders pack was not measured. {capsule}, drawn as a straight tube. Filled: {powder} of "
    "powder, about {share} of its room. Hatched: about {diluent} of diluent. They go in blended; here they lie apart."
)
CAPSULE_FULL = "{capsule}, drawn as a straight tube. Filled: {powder} of powder, which fills it; no diluent is added."
POWDER, DILUENT, DILUENT_ABOUT = "Powder {powder}", "Diluent {diluent}", "Diluent, about {diluent}"

LADDER_TITLE = "What is in the mortar, step by step"
LADDER = (
    "Bars begin at nothing and are as long as what is in the mortar, to one scale. Filled: what was there. Open: the "
    "diluent that is added. {steps} to {total}."
)
STEPS_ONE, STEPS = "One addition", "{steps} additions"
PORTION, ALIQUOT, ADD, TOTAL = "Powder {mass}", "Trituration {mass}", "Add {mass}", "total {mass}"

BALANCE_TITLE = "What is weighed, against the minimum weighable quantity"
BALANCE = (
    "The scale is logarithmic: each line stands for ten times the one before. Dashed: the minimum weighable quantity "
    "(MWQ), {least}. A dot may be weighed; an open diamond is less than this balance should weigh."
)
WEIGHED, TOO_LITTLE = "{name}: {mass}", "{name}: {mass}, too little"

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
