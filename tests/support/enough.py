"""What tablets that nobody weighed yet must weigh for a portion, in mg, by the rules of the pharmacy."""

from math import ceil
from typing import NamedTuple


class Enough(NamedTuple):
    """`least`: below it the portion cannot be weighed; `enough`: from it on it can, and is rounded by 1 % at most."""

    least: object
    enough: object
    never: bool
    likely: bool


def enough_by_hand(*, least, step, share, tablets, strength):
    """Tablets weigh more than their drug; all weigh enough if so much already does, and then this is None.

    A portion of 50 steps is rounded by half a step, a hundredth of it. A tablet is expected to weigh no more than
    1.2 g, and is taken to weigh 125 mg or more.
    """
    held = tablets * strength
    for_portion, for_rounding = (portion / share for portion in (least, max(least, 50 * step)))
    if share == 1 or for_rounding <= held:
        return None
    return Enough(
        None if for_portion <= held else ceil(for_portion / step) * step,
        ceil(for_rounding / step) * step,
        for_portion > tablets * max(1200, strength),
        for_portion <= tablets * max(125, strength),
    )


def look_by_hand(enough, diluted):
    """What is looked at before crushing: which words say it, and below which mass they say to dilute."""
    if enough.never:
        return "never" if diluted else "never, enter"
    if enough.least is None or not diluted:
        return "enter"
    return "dilute" if enough.least == enough.enough else "dilute or enter"
