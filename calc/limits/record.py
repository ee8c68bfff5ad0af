"""Bounds of the record of a batch: how far two readings may be apart, how long texts are, how long one waits."""

from __future__ import annotations

from calc.arithmetic.units import RATIO, figure
from calc.limits.kinds import Bound

READINGS_STEPS = Bound(figure("2", RATIO), "own-decision", "steps of the balance: two readings of one mass agree")
READINGS_REPEATABILITIES = Bound(
    figure("4", RATIO), "own-decision", "repeatabilities of the balance: two readings agree, if that is more"
)
#: Minutes from the signing of "made" to the check before release by the one who made it, if nothing else was done.
SELF_CHECK_MINUTES = 10
#: Most characters of a remark beside a reason, and the fewest that say anything.
LONGEST_REMARK, SHORTEST_REMARK = 300, 3
#: Most characters of a name as a label prints it: of the longest vehicle of an order, and what a drum says besides.
LONGEST_PRINTED = 160
#: Most lots of one component in a batch, and most containers of one dispensing.
MOST_LOTS, MOST_CONTAINERS = 10, 99
#: Most labels or sheets printed at once, and most lines of a label kept with the batch.
MOST_PRINTED, MOST_LINES = 99, 40
#: Readings of one point before a batch is held.
MOST_ATTEMPTS = 2
