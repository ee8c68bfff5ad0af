"""What is said of the amounts typed at the bench: in band or not, what to do, and the dose by what was weighed."""

from __future__ import annotations

from calc.planning.bench_judged import BackState

ACTUAL = "Actual amount"
IN_BETWEEN, IN_LEAST, IN_MOST = "In band: {low} to {high}.", "In band: {low} or more.", "In band: {high} or less."
AS_PLANNED = "As planned."
OUTSIDE = {"both": "Outside {low} to {high}", "low": "Below {low}", "high": "Above {high}"}
DEVIATES = "{outside}: write down the deviation, and why."
ADD, TAKE_OFF = "Add {off}, or plan again.", "Take off {off}, or plan again."
CANNOT_BE_PARTED = "It is mixed and cannot be put right: reject the batch, or have it assayed."
FOR_W = "For this W: {target}, in band {low} to {high}."
NO_ROOM = "STOP: for this W no diluent is left to add. The powder does not fit these capsules."
COUNT_AGAIN = "{outside}: count the tablets again and read their label."
COUNTED_OTHERWISE = "{target} are planned: count again."
NOT_AS_ENTERED = "Not the mass that was entered: enter this one with the tablets, and plan again."
WEIGH_AGAIN = "{outside}: count and weigh the tablets again."
LOST = "More than {most} is lost: find out why before going on."
LOST_OF_ALL = "More than {most} is lost. STOP: crush one more tablet and weigh out the powder."
LESS_THAN_TAKEN = "Less than is taken of it. STOP: plan again with it as the powder recovered."
MORE_THAN_THERE_WAS = "More than there was: weigh it again."
LEFT_IN_BOAT = "Too much is left in the boat: brush it out and weigh it again."
CAPSULES_OUT = "{out} of {weighed} {outside}: hold the batch for a pharmacist."
MEAN_OUT = "{outside}: hold the batch for a pharmacist."
OTHER_NUMBER = "{target} are planned."
SHARED_OTHERWISE = "{target} are planned: each capsule holds another dose."
TO_VOLUME = "Bring it up to {target}."
MEASURE_AGAIN = "Measure it again: {target}."
NOT_TAKEN_OUT = "Vehicle cannot be taken out again: reject the batch, or have it assayed."

DOSE_BACK, FILL_BACK, STRENGTH_BACK = (
    "Dose by what was weighed",
    "Dose by the mean fill",
    "Strength by what was weighed",
)
AS_PLANNED_SO_FAR = " What was not typed yet is taken as planned."
BACK = {
    BackState.IN: "Within {notice} of what was ordered.",
    BackState.NOTICE: "More than {notice} off what was ordered: look at the masses again.",
    BackState.DEVIATION: "More than {deviation} off what was ordered: write down the deviation, and why.",
    BackState.STOP: "More than {stop} off what was ordered. STOP: put a mass right, or plan again.",
}
BACK_MIXED = "More than {stop} off what was ordered. STOP: it is mixed. Reject the batch, or have it assayed."
COUNT_FIRST = "The tablets counted are not those planned. STOP: count again, or plan again with them."
NOT_READ = "Something typed at the bench cannot be read: put it right first."
STRAY = "Typed for a step that this plan does not have, and not counted: {what}."
