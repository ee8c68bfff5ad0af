"""Bounds of the rules for tablets that are crushed: their mass by the mean of others, and their content."""

from __future__ import annotations

from calc.arithmetic.units import RATIO, TABLET, figure
from calc.limits.kinds import Bound

CRUSHED_ONE = Bound(figure("0.1", RATIO), "own-decision", "most that one tablet crushed may be off the mean weighed")
CRUSHED_FEW = Bound(figure("0.05", RATIO), "own-decision", "the same for two to five tablets together")
CRUSHED_MANY = Bound(figure("0.03", RATIO), "own-decision", "the same for more tablets together")
FEW_CRUSHED = Bound(figure("5", TABLET), "own-decision", "most tablets that count as few where weighed together")
PART_OF_ONE_OFF = Bound(figure("0.5", RATIO), "own-decision", "of one tablet: most that tablets together may be off")
FEW_TABLETS = Bound(figure("3", TABLET), "tablet-content", "fewer tablets are a notice, whatever the bench says")
EVEN_TABLETS = Bound(figure("10", TABLET), "tablet-content", "tablets that are offered in place of fewer")
CONTENT_TYPICAL = Bound(figure("0.02", RATIO), "tablet-content", "usual spread of the content of tablets of one lot")
CONTENT_WORST = Bound(figure("0.0625", RATIO), "usp-905", "widest spread that passes with ten tablets: 15 % / 2.4")
