"""A picture of one capsule body with its powder and diluent, to scale by volume."""

from __future__ import annotations

from fractions import Fraction

from calc.answers.figures import share
from calc.answers.parts import Writer
from calc.arithmetic.units import RATIO
from calc.capsule.plan import Plan
from calc.pictures.drawing import LEFT, Picture, bar, words
from calc.planning.codes import FillRule
from calc.wording import pictures as said

#: The tube: its width, its length, which stands for the volume of the body, and its top.
ACROSS, LENGTH, TOP = 84, 180, 8
#: The position of words beside the tube.
BESIDE = LEFT + ACROSS + 14


def capsule(plan: Plan) -> Picture | None:
    """Draw powder and diluent in one body; None unless the packing of the powders is known or estimated."""
    fill = plan.fill
    powder, room, diluent = fill.powder_per_capsule, fill.share_of_body, fill.diluent_per_capsule
    if powder is None or room is None or diluent is None:
        return None
    estimate = fill.rule is FillRule.ESTIMATE
    part = room.to(RATIO).value
    write = Writer(plan.order.balance.readability)
    size = plan.order.capsule.size
    facts = {
        "capsule": said.CAPSULE_ROOM if size is None else said.CAPSULE_OF_SIZE.format(size=size),
        "powder": write.of_capsule(powder)["text"],
        "share": share(room)["text"],
        "diluent": write.of_capsule(diluent)["text"],
    }
    text = (said.CAPSULE_ESTIMATE if estimate else said.CAPSULE) if diluent.value else said.CAPSULE_FULL
    surface = TOP + LENGTH * (1 - part)
    bars = [bar("filled", LEFT, surface, ACROSS, LENGTH * part)]
    beside = [words(BESIDE, _middle(surface, LENGTH * part), said.POWDER.format(**facts))]
    if diluent.value:
        bars.append(bar("hatched" if estimate else "open", LEFT, TOP, ACROSS, LENGTH * (1 - part)))
        above = _middle(Fraction(TOP), LENGTH * (1 - part))
        beside.append(words(BESIDE, above, (said.DILUENT_ABOUT if estimate else said.DILUENT).format(**facts)))
    bars.append(bar("outline", LEFT, TOP, ACROSS, LENGTH))
    return Picture(
        "capsule",
        said.CAPSULE_TITLE,
        text.format(**facts),
        LENGTH + 2 * TOP,
        estimate=estimate,
        bars=tuple(bars),
        words=tuple(beside),
    )


def _middle(top: Fraction, length: Fraction) -> Fraction:
    """Return the height of the words beside a stretch of the tube."""
    return top + length / 2 + 4
