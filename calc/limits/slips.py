"""Bounds against slips of the typing hand in orders of a drug without a file."""

from __future__ import annotations

from calc.arithmetic.units import RATIO, figure
from calc.limits.kinds import Bound

LONG_NAME = Bound(figure("8", RATIO), "own-decision", "letters from which a drug's name may be misspelled twice")
SLIPS_OF_NAME = Bound(figure("1", RATIO), "own-decision", "slips by which a shorter name is still recognized")
SLIPS_OF_LONG_NAME = Bound(figure("2", RATIO), "own-decision", "slips by which a longer name is still recognized")
