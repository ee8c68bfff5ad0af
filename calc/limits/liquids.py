"""Bounds of the rules for liquids."""

from __future__ import annotations

from calc.arithmetic.units import DAY, LITER, MG_PER_ML, ML, RATIO, TABLET, figure
from calc.limits.kinds import Bound, Series

THICK_LIQUID = Bound(figure("1/2", TABLET), "own-decision", "above it the tablets in 1 mL need a reason")
STRENGTH_VOLUME_LOW = Bound(figure("0.1", ML), "own-decision", "least volume in a strength such as 25 mg/5 mL")
STRENGTH_VOLUME_HIGH = Bound(figure("2", LITER), "own-decision", "most volume in a strength such as 25 mg/5 mL")
DOSE_TYPED_LOW = Bound(figure("0.001", ML), "own-decision", "smallest dose of a liquid that may be typed in mL")
DOSE_TYPED_HIGH = Bound(figure("2", LITER), "own-decision", "largest dose of a liquid that may be typed in mL")
DOSE_VOLUME_LOW = Bound(figure("0.1", ML), "own-decision", "a smaller dose of a liquid is read again")
DOSE_VOLUME_HIGH = Bound(figure("10", ML), "own-decision", "a larger dose of a liquid is read again")
DAYS_OF_DOSES_LOW = Bound(figure("5", DAY), "own-decision", "a liquid for fewer days is read again")
DAYS_OF_DOSES_HIGH = Bound(figure("120", DAY), "own-decision", "a liquid for more days is read again")
OTHER_STRENGTH_LOW = Bound(figure("1/5", RATIO), "own-decision", "of the strength ordered: least other one named")
OTHER_STRENGTH_HIGH = Bound(figure("5", RATIO), "own-decision", "of the strength ordered: most other one named")
BOTTLE_FILLED = Bound(figure("0.9", RATIO), "own-decision", "of a bottle: most that leaves room to shake")
NEARLY_WHOLE = Bound(figure("1/1000", RATIO), "own-decision", "tablets so near a whole number are offered whole")
WHOLE_TABLETS_ABOVE = Bound(figure("2", RATIO), "own-decision", "whole-tablet volumes named above the one ordered")
SHARE_MEASURED_WHOLE = Bound(figure("10", ML), "own-decision", "from it on one share of a vehicle is whole mL")
SHARE_STEPS = Series(
    (figure("0.1", ML), figure("1", ML)),
    "own-decision",
    "what one share of a mixed vehicle is rounded up to, a small one and a larger one",
)
ROUND_STRENGTHS = Series(
    tuple(figure(number, MG_PER_ML) for number in ("1", "3/2", "2", "5/2", "3", "4", "5", "6", "15/2", "8")),
    "own-decision",
    "strengths of a liquid that are named where a dose is off a mark, times a power of ten",
)
BOTTLES = Series(
    tuple(figure(number, ML) for number in (30, 60, 90, 120, 180, 240, 360, 480)),
    "bottles",
    "bottles that a liquid goes into",
)
