"""Bounds of the checks of finished capsules, and the ranges of their fields."""

from __future__ import annotations

from calc.arithmetic.units import CAPSULE, MCG, MG, MG_PER_CAPSULE, PERCENT, RATIO, G, figure
from calc.limits.kinds import Bound, range_of

#: The range of each field in a check on finished capsules, by name; for a list, of each item.
CHECK_RANGES = {
    "theoretical_fill": range_of("1", MG, "2", G, "own-decision", "powder in one capsule, as for an order"),
    "capsules": range_of("5", MG, "5", G, "own-decision", "one filled capsule; an empty one may be among them"),
    "shell_mass": range_of("5", MG, "500", MG, "own-decision", "one empty shell, both halves, as for an order"),
    "shells": range_of("5", MG, "500", MG, "own-decision", "one empty shell, both halves, as for an order"),
    "planned": range_of("1", CAPSULE, "2000", CAPSULE, "own-decision", "capsules of one batch, its allowance included"),
    "made": range_of("1", CAPSULE, "2000", CAPSULE, "own-decision", "capsules of one batch, its allowance included"),
    "weighed_in": range_of("1", MG, "4000", G, "own-decision", "the blend of one batch"),
    "blend_left": range_of("0", MG, "4000", G, "own-decision", "blend that went into no capsule; there may be none"),
    "contents": range_of("0", PERCENT, "500", PERCENT, "own-decision", "one unit; one that holds nothing counts"),
    "contents_in_mg": range_of("0", MG, "10", G, "own-decision", "drug in one unit; one that holds nothing counts"),
    "label": range_of("0.001", MCG, "10", G, "own-decision", "drug in one unit by its label, as a dose"),
    "masses": range_of("5", MG, "5", G, "own-decision", "one filled capsule, as for a check by weight"),
    "assay": range_of("50", PERCENT, "150", PERCENT, "own-decision", "mean content of the label, by one assay"),
    "shell": range_of("5", MG, "500", MG, "own-decision", "one empty shell, both halves, as for an order"),
}
FEWEST_WEIGHED = Bound(figure("10", CAPSULE), "capsule-weight-variation", "shells, or capsules unless fewer are made")
MOST_WEIGHED = Bound(figure("30", CAPSULE), "capsule-weight-variation", "filled capsules, or empty shells, weighed")
MEAN_FILL_LOW = Bound(figure("0.97", RATIO), "capsule-weight-variation", "of the theoretical fill: least mean fill")
MEAN_FILL_HIGH = Bound(figure("1.03", RATIO), "capsule-weight-variation", "of the theoretical fill: most mean fill")
FILL_SPREAD = Bound(figure("0.05", RATIO), "fill-spread", "a relative standard deviation above it is a notice")
DOSE_LOW = Bound(figure("0.9", RATIO), "label-claim", "of the dose: least that a capsule should hold")
DOSE_HIGH = Bound(figure("1.1", RATIO), "label-claim", "of the dose: most that a capsule should hold")
LABEL_KEPT = Bound(figure("1", RATIO), "label-claim", "what the source is taken to hold of its label, first")
LABEL_LOW = Bound(figure("0.95", RATIO), "label-claim", "what the source is taken to hold of its label, then")
LABEL_LEAST = Bound(figure("0.9", RATIO), "label-claim", "what the source is taken to hold of its label, at the least")
MOST_DEGREES = Bound(figure("1000", RATIO), "own-decision", "most degrees of freedom; with more nothing changes")
BATCH_LOSS = Bound(figure("0.03", RATIO), "batch-loss", "most of the capsules planned that may be missing")
MADE_EXPLAINED = Bound(figure("0.97", RATIO), "yield", "of the batch: if fewer are made, missing ones are explained")
MISSING_ASKED = Bound(figure("2", CAPSULE), "own-decision", "fewer missing are explained only if the batch is small")
MISSING_SHARE = Bound(figure("0.1", RATIO), "own-decision", "of the batch: from so many missing they are explained")
MADE_HELD = Bound(figure("0.9", RATIO), "own-decision", "of the batch: if fewer are made, a pharmacist decides")
BALANCE_HELD = Bound(figure("1.01", RATIO), "own-decision", "of what was weighed in: with more, a pharmacist decides")
BALANCE_UNCERTAINTIES = Bound(figure("2", RATIO), "own-decision", "standard uncertainties above 100 %, if that is more")
BALANCE_EXPLAINED = Bound(figure("0.97", RATIO), "yield", "of what was weighed in: with less, the loss is explained")
BALANCE_LEAST = Bound(figure("0.9", RATIO), "own-decision", "of what was weighed in: with less, a pharmacist decides")
RULE_UNITS = Bound(figure("20", CAPSULE), "ph-eur-2-9-5", "capsules that the rule on contents is about")
RULE_HEAVY = Bound(figure("300", MG_PER_CAPSULE), "ph-eur-2-9-5", "mean of the contents: from it the limit is narrow")
RULE_WIDE = Bound(figure("0.1", RATIO), "ph-eur-2-9-5", "off the mean of the contents: limit of light ones")
RULE_NARROW = Bound(figure("0.075", RATIO), "ph-eur-2-9-5", "off the mean of the contents: limit of heavy ones")
RULE_OUTSIDE = Bound(figure("2", CAPSULE), "ph-eur-2-9-5", "most capsules outside the limit")
RULE_FAR = Bound(figure("2", RATIO), "ph-eur-2-9-5", "times the limit: no capsule may be further off")
CONTENT_ASKED_MASS = Bound(figure("2", MG), "ph-eur-2-9-5", "drug in a capsule: with less, contents are asked for")
CONTENT_ASKED_SHARE = Bound(figure("0.02", RATIO), "ph-eur-2-9-5", "of the fill: with less, contents are asked for")
VARIATION_MASS = Bound(figure("25", MG), "usp-905", "drug in a unit: least for the acceptance value from masses")
VARIATION_SHARE = Bound(figure("25", PERCENT), "usp-905", "of the fill: least drug for that value from masses")
ASSAYED_FIRST = Bound(figure("10", CAPSULE), "usp-905", "units assayed in the first stage")
ASSAYED_ALL = Bound(figure("30", CAPSULE), "usp-905", "units assayed by the second stage, the first ten among them")
ACCEPTANCE_FIRST = Bound(figure("2.4", RATIO), "usp-905", "k of ten units")
ACCEPTANCE_ALL = Bound(figure("2", RATIO), "usp-905", "k of thirty units")
ACCEPTANCE_VALUE = Bound(figure("15", PERCENT), "usp-905", "L1: most acceptance value, in both stages")
UNIT_TOLERANCE = Bound(figure("25", PERCENT), "usp-905", "L2: most that a unit may be off M, of M, second stage")
REFERENCE_LOW = Bound(figure("98.5", PERCENT), "usp-905", "M of a mean below it")
REFERENCE_HIGH = Bound(figure("101.5", PERCENT), "usp-905", "M of a mean above it")
