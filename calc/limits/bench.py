"""Bands of the work at the bench: how far a mass may be off its target, and the dose off the one ordered."""

from __future__ import annotations

from calc.arithmetic.units import CAPSULE, LITER, MG, ML, PERCENT, RATIO, G, figure
from calc.limits.kinds import Bound, range_of

BENCH_STEPS = Bound(figure("1", RATIO), "own-decision", "steps of the balance: in band, if that is more than the part")
BENCH_BAND = Bound(figure("0.01", RATIO), "own-decision", "of the target: in band")
BENCH_DILUENT = Bound(figure("0.03", RATIO), "own-decision", "of the diluent: in band, if there is no trituration")
BENCH_FAR_STEPS = Bound(figure("2", RATIO), "own-decision", "steps off: beyond them a mass is put right")
BENCH_FAR = Bound(figure("0.03", RATIO), "own-decision", "of the target: if that is more than those steps")
BACK_NOTICE = Bound(figure("1", PERCENT), "own-decision", "off the dose, by what was weighed: above it, a notice")
BACK_DEVIATION = Bound(figure("2", PERCENT), "own-decision", "off the dose: above it, a deviation to be written down")
BACK_STOP = Bound(figure("5", PERCENT), "own-decision", "off the dose: above it, nobody goes on")

#: The range of what is typed at the bench, by the kind of entry.
BENCH_RANGES = {
    "mass": range_of("0", MG, "4000", G, "own-decision", "a batch and its boat; nothing may stay in the boat"),
    "count": range_of("0", CAPSULE, "10000", CAPSULE, "own-decision", "of tablets, shells, capsules or bottles"),
    "volume": range_of("0", ML, "10", LITER, "own-decision", "a batch of a liquid"),
}
#: The longest text that is typed at the bench, in characters; the most names in an address that are of the bench.
LONGEST_AT_BENCH, MOST_AT_BENCH = 60, 300
