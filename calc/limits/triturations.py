"""Bounds of the search for a trituration, and of powder so little that its particles count."""

from __future__ import annotations

from calc.arithmetic.units import CAPSULE, MG, MG_PER_ML, MG_PER_TABLET, ML, RATIO, G, figure
from calc.limits.kinds import Bound, Series

ROUNDING_SMALL = Bound(figure("0.001", RATIO), "own-decision", "a trituration is rounded by no more where one can be")
TRITURATION_RATIO = Bound(figure("20", RATIO), "trituration", "most that a mixture makes of one part, a blend too")
TRITURATION_TOTAL = Bound(figure("20", G), "own-decision", "most that a step makes up to")
TRITURATION_STEPS = Bound(figure("4", RATIO), "own-decision", "most steps before the capsule blend")
TRITURATION_RATIOS = Series(
    tuple(figure(parts, RATIO) for parts in ("2", "2.5", "4", "5", "8", "10", "12.5", "20")),
    "own-decision",
    "what a step makes of one part: as far as round strengths lie apart",
)
ROUND_DIGITS = Series(
    tuple(figure(digits, RATIO) for digits in ("1", "2", "2.5", "5")),
    "own-decision",
    "strengths of a trituration that are round, times a power of ten mg in a gram",
)
TRITURATION_KEPT = Bound(figure("0.97", RATIO), "crushing-loss", "most of a trituration that can be taken out of it")
HANDY_FINE = Bound(figure("5", MG), "own-decision", "masses of a trituration are multiples of it")
HANDY_COARSE = Bound(figure("10", MG), "own-decision", "larger masses of a trituration are multiples of it")
HANDY_START = Bound(figure("0.5", G), "own-decision", "from it on a mass of a trituration is larger")
HANDY_COARSEST = Bound(figure("1", G), "own-decision", "coarser common multiples with a balance's step are of no use")
WELL_WEIGHED = Bound(figure("100", MG), "small-weighings", "drug-bearing powder is weighed well from it on")
WELL_ABOVE_LEAST = Bound(figure("2.5", RATIO), "own-decision", "times the minimum weighable quantity: weighed well")
LEFT_IN_BOAT = Bound(
    figure("0.01", RATIO), "small-weighings", "of less powder than that: most that is left in the boat"
)
RUBBED_FIRST = Bound(figure("0.5", G), "powder-loss", "diluent rubbed in the mortar before whole tablets are crushed")
QUANTITIES_LOOKED_AT = Bound(figure("30", CAPSULE), "own-decision", "larger quantities that a search for one looks at")
LIGHT_TABLET = Bound(figure("125", MG_PER_TABLET), "own-decision", "before they are weighed tablets weigh no less")
BLEND_DENSITY = Bound(figure("1200", MG_PER_ML), "own-decision", "a shell holds no more where its fill is not measured")
LEAST_ALIQUOT = Bound(
    figure("10", G), "own-decision", "no more is weighed out of a trituration only to be enough of the blend"
)

POWDER_COUNTS = Bound(figure("0.3", MG), "particles", "with less source powder in a capsule its particles count")
POWDER_TOO_FINE = Bound(figure("0.05", MG), "particles", "with less source powder a capsule cannot be even")
PARTICLE = Bound(figure("0.0000851", MG), "particles", "a ball of 50 micrometers and 1.3 g in 1 mL")
FIRST_VOLUME = Bound(figure("50", ML), "own-decision", "liquid for one tablet where powder is too fine to be even")
