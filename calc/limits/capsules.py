"""Bounds of the rules for capsules, and of those that they share with liquids."""

from __future__ import annotations

from calc.arithmetic.units import CAPSULE, DAY, MG_PER_ML, MG_PER_TABLET, PERCENT, RATIO, TABLET, figure
from calc.limits.kinds import Bound

#: An allowance typed as a factor ("0.1" for 10 %) lies between zero and this; a true one does not.
LEAST_ALLOWANCE = Bound(figure("1", PERCENT), "own-decision", "below it an allowance looks like a factor")
LARGE_QUANTITY = Bound(figure("300", CAPSULE), "contract", "above it the quantity needs a reason")
HEAVY_TABLET = Bound(figure("1200", MG_PER_TABLET), "own-decision", "above it a tablet's mass needs a reason")
STRONG_TABLET = Bound(figure("1200", MG_PER_TABLET), "own-decision", "above it a tablet's strength needs a reason")
TABLETS_PER_DOSE = Bound(figure("10", TABLET), "own-decision", "above it a dose of so many tablets needs a reason")
ROUNDING_EFFECT = Bound(figure("0.01", RATIO), "own-decision", "most that rounding to the balance may change a dose")
CRUSHING_LOSS_NOTICE = Bound(figure("0.03", RATIO), "crushing-loss", "a crushing loss above it is a notice")
REPEATABILITY_FLOOR = Bound(figure("0.41", RATIO), "balance-repeatability", "of the readability: least s that counts")
REPEATABILITY_FACTOR = Bound(figure("2", RATIO), "balance-repeatability", "times s")
REPEATABILITY_LIMIT = Bound(figure("0.001", RATIO), "balance-repeatability", "0.1 %")
CAPSULE_BAND_LOW = Bound(figure("0.9", RATIO), "capsule-weight-variation", "of the theoretical fill")
CAPSULE_BAND_HIGH = Bound(figure("1.1", RATIO), "capsule-weight-variation", "of the theoretical fill")
QUANTITY_USUAL_LOW = Bound(figure("10", CAPSULE), "own-decision", "fewer capsules are read again")
QUANTITY_USUAL_HIGH = Bound(figure("200", CAPSULE), "own-decision", "more capsules are read again")
PART_OF_TABLET_LOW = Bound(figure("1/25", TABLET), "own-decision", "a smaller part of a tablet is read again")
PART_OF_TABLET_HIGH = Bound(figure("4", TABLET), "own-decision", "a dose of more tablets is read again")
POWDER_DENSITY_LOW = Bound(figure("200", MG_PER_ML), "own-decision", "below it a mass that fills a shell is unlikely")
POWDER_DENSE = Bound(figure("1200", MG_PER_ML), "own-decision", "above it a mass that fills a shell needs a reason")
POWDER_ABOVE_TAPPED = Bound(figure("1.3", RATIO), "own-decision", "times the diluent's tapped density, if that is more")
POWDER_TOO_DENSE = Bound(figure("2000", MG_PER_ML), "own-decision", "above it no powder fills a shell")
STANDS_FOR_POWDER = Bound(
    figure("0.2", RATIO), "own-decision", "of the capsule: less tablet powder is taken to pack like the diluent"
)
PACKING_LOW = Bound(figure("0.6", RATIO), "own-decision", "of the table's estimate: below it a diluent packs unlikely")
PACKING_HIGH = Bound(figure("1.8", RATIO), "own-decision", "of the table's estimate: above it a diluent packs unlikely")
NEGLECTED = Bound(figure("0.02", RATIO), "own-decision", "of the fill: an ingredient above it has room of its own")
SHELL_LOW = Bound(figure("0.5", RATIO), "own-decision", "of the table's shell: below it a shell's mass is unlikely")
SHELL_HIGH = Bound(figure("2", RATIO), "own-decision", "of the table's shell: above it a shell's mass is unlikely")
DATE_CEILING = Bound(figure("180", DAY), "date-ceiling", "no study and no monograph carries a date beyond it")
DAYS_AHEAD = Bound(figure("7", DAY), "own-decision", "a label and a leaflet are printed no earlier before making")
CAPSULES_AT_ONE_TIME = Bound(figure("6", CAPSULE), "own-decision", "more capsules for one dose are told of")
MULTIPLES_SEARCHED = Bound(
    figure("40", RATIO), "own-decision", "most multiples of the common strength searched for sets"
)
ONE_TABLET_LOW = Bound(figure("0.9", RATIO), "own-decision", "of the mean: lightest single tablet expected")
ONE_TABLET_HIGH = Bound(figure("1.1", RATIO), "own-decision", "of the mean: heaviest single tablet expected")
WHOLE_TABLET_DEVIATION = Bound(figure("0.02", RATIO), "whole-tablets", "most a batch of whole tablets may deviate")
WHOLE_TABLET_BATCH = Bound(figure("4", RATIO), "whole-tablets", "largest such batch, in times the quantity ordered")
