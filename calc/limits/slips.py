"""Bounds against slips of the typing hand in orders of a drug without a file."""

from __future__ import annotations

from calc.arithmetic.units import MG, MG_PER_ML, RATIO, TABLET, G, figure
from calc.limits.kinds import Bound

LONG_NAME = Bound(figure("8", RATIO), "own-decision", "letters from which a drug's name may be misspelled twice")
SLIPS_OF_NAME = Bound(figure("1", RATIO), "own-decision", "slips by which a shorter name is still recognized")
SLIPS_OF_LONG_NAME = Bound(figure("2", RATIO), "own-decision", "slips by which a longer name is still recognized")
WHOLE_TABLET = Bound(figure("1", TABLET), "own-decision", "a capsule of so many tablets or more: dispense the tablet?")
MOST_TABLETS = Bound(figure("1000", TABLET), "own-decision", "most tablets that one batch may be made from")
BULK_DOSE_LOW = Bound(figure("1", MG), "own-decision", "a smaller dose of bulk powder may be mcg typed for mg")
BULK_DRUG_HIGH = Bound(figure("10", G), "own-decision", "more drug of bulk powder in one batch may be mg typed for mcg")
MOST_FACTOR = Bound(figure("5", RATIO), "own-decision", "most that one chemical form weighs of the other, and least")
SOLIDS_NOTICE = Bound(figure("100", MG_PER_ML), "own-decision", "more powder in 1 mL of a liquid is told of")
SOLIDS_HIGH = Bound(figure("200", MG_PER_ML), "own-decision", "more powder in 1 mL of a liquid needs a reason")
SOLIDS_MOST = Bound(figure("1000", MG_PER_ML), "own-decision", "most powder in 1 mL of a liquid; so much is published")
