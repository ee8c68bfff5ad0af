"""Too little to weigh: one to four dilutions of the tablet powder, looked for one after another and all of them."""

from dataclasses import dataclass
from fractions import Fraction

from tests.second_engine.shown import on_grid, up_to_grid

MOST_STEPS = 4
MOST_TIMES = 10
LARGEST_TOTAL = Fraction(20_000)
#: How far the last aliquot may be rounded, the better kind first.
ROUNDINGS = (Fraction(0), Fraction(1, 1000), Fraction(1, 100))
FIVES = 5


@dataclass(slots=True)
class Step:
    """One dilution; `weigh` is None while the tablets are not weighed. Masses in mg, `take` exact."""

    weigh: Fraction | None
    all_of_it: bool
    total: Fraction
    take: Fraction
    strength_after: Fraction


@dataclass(slots=True)
class Powder:
    """What is asked of the search: the powder, its drug, the balance, and the room in the capsules.

    `there` is None of bulk powder: nobody uses up the jar.
    """

    there: Fraction | None
    usable: Fraction
    strength: Fraction
    needed: Fraction
    step: Fraction
    least: Fraction
    room: Fraction | None


def least_handy(step: Fraction, least: Fraction) -> Fraction:
    """The least weighable quantity, rounded up to fives of the balance's step."""
    return up_to_grid(least, FIVES * step)


def handy_masses(step: Fraction, least: Fraction, largest: Fraction) -> list[Fraction]:
    """The masses 1, 2, 5, 10, 20, 50 ... times the smallest handy one, none above the largest."""
    found = []
    decade = least_handy(step, least)
    while decade <= largest:
        found += [decade * times for times in (1, 2, 5) if decade * times <= largest]
        decade *= 10
    return found


def smallest_total(
    low: Fraction, high: Fraction, ratio: Fraction, step: Fraction, most_off: Fraction
) -> Fraction | None:
    """The smallest total on the balance's step from low to high whose aliquot `ratio x total` is rounded so little.

    Looked for from one printed aliquot to the next, as each allows one stretch of totals only.
    """
    first, last = -(-low // step), high // step  # totals, counted in steps
    if first > last:
        return None
    if most_off == 0:
        count = -(-first // ratio.denominator) * ratio.denominator
        return count * step if count <= last else None
    # In whole numbers for speed: the aliquot is count x p / q, in steps, and may be off by 1 part in `parts` of itself.
    p, q, parts = ratio.numerator, ratio.denominator, int(1 / most_off)
    printed = (2 * first * p + q) // (2 * q)
    while True:
        # rounded half up to `printed`: printed - 1/2 <= aliquot < printed + 1/2; and
        # |printed - aliquot| <= aliquot / parts: printed parts / (parts + 1) <= aliquot <= printed parts / (parts - 1)
        count = max(
            first,
            -(-(2 * printed - 1) * q // (2 * p)),
            -(-printed * parts * q // ((parts + 1) * p)),
        )
        if count > last:
            return None
        if 2 * count * p < (2 * printed + 1) * q and count * p * (parts - 1) <= printed * parts * q:
            return count * step
        printed += 1


#: In the search masses are counted in steps of the balance: whole numbers, but for the last aliquot.
#: The way to a state: diluent so far, sum of the totals, the totals, the aliquots, the mass begun with.
Way = tuple[int, int, tuple[int, ...], tuple[int, ...], int]
#: A state: the mass taken up, and how many times weaker than the powder it is.
Ways = dict[tuple[int, int], Way]
Ended = tuple[tuple[int, ...], tuple[Fraction, ...], int]


def _last(powder: Powder, mass: Fraction, strength: Fraction, most_off: Fraction) -> tuple[Fraction, Fraction] | None:
    """The last step from so much powder of that strength: total and exact aliquot."""
    ratio = powder.needed / (strength * mass)
    if ratio >= 1:
        return None
    low = max(mass + powder.least, powder.least / ratio)
    high = min(MOST_TIMES * mass, LARGEST_TOTAL)
    if powder.room is not None:
        high = min(high, powder.room / ratio)
    total = smallest_total(low, high, ratio, powder.step, most_off)
    return None if total is None else (total, ratio * total)


def _onward(ways: Ways, handy: list[int], least: int, largest: int) -> Ways:
    """From every state, one step that is not the last: made up to k times, a handy aliquot taken."""
    found: Ways = {}
    for (mass, times), (diluent, sum_of_totals, totals, aliquots, begun) in ways.items():
        for k in range(2, MOST_TIMES + 1):
            total = k * mass
            if total < mass + least or total > largest:
                continue
            for aliquot in handy:
                if aliquot >= total:
                    break
                way = (diluent + total - mass, sum_of_totals + total, (*totals, total), (*aliquots, aliquot), begun)
                state = (aliquot, times * k)
                if state not in found or way < found[state]:
                    found[state] = way
    return found


def _best(powder: Powder, ways: Ways, most_off: Fraction) -> Ended | None:
    """The best of all ways that a last step ends: totals, aliquots, the mass begun with."""
    best: tuple[int, bool, int, tuple[int, ...], tuple[Fraction, ...], int] | None = None
    for (mass, times), (diluent, sum_of_totals, totals, aliquots, begun) in ways.items():
        ended = _last(powder, mass * powder.step, powder.strength / times, most_off)
        if ended is None:
            continue
        total, aliquot = int(ended[0] / powder.step), ended[1] / powder.step
        uneven = on_grid(aliquot, Fraction(1)) % FIVES != 0  # handy aliquots never are
        key = (
            diluent + total - mass,
            uneven,
            sum_of_totals + total,
            (*totals, total),
            (*map(Fraction, aliquots), aliquot),
            begun,
        )
        if best is None or key < best:
            best = key
    return None if best is None else best[3:]


def _steps(powder: Powder, ended: Ended, all_of_it: bool) -> list[Step]:
    """The steps of a way, with the strength after each."""
    totals, aliquots, begun = ended
    strength, mass = powder.strength, begun * powder.step
    steps: list[Step] = []
    for counted, taken in zip(totals, aliquots, strict=True):
        total, aliquot = counted * powder.step, taken * powder.step
        strength = strength * mass / total
        steps.append(Step(mass, all_of_it and not steps, total, aliquot, strength))
        mass = aliquot
    return steps


def triturate(powder: Powder) -> list[Step]:
    """The trituration to make, or no steps where none works.

    Fewest steps come first, then of bulk powder the least that is weighed, then the rounding, then all of the powder
    before a part of it. What is diluted k-fold has
    the same strength whatever its mass, so that of two ways to the same mass of the same strength only the better one
    need be kept: whatever follows is the same for both.
    """
    step = powder.step
    least, largest = int(powder.least / step), int(LARGEST_TOTAL / step)
    handy = [int(mass / step) for mass in handy_masses(step, powder.least, LARGEST_TOTAL)]
    whole, parts = [], [mass for mass in handy if mass * step <= powder.usable]
    if powder.there is None:
        begins = [(False, [mass]) for mass in sorted(parts)]
    else:
        if powder.there % step == 0 and powder.there >= powder.least:
            whole.append(int(powder.there / step))
        begins = [(True, whole), (False, parts)]
    reached: list[tuple[bool, Ways]] = [
        (all_of_it, {(mass, 1): (0, 0, (), (), mass) for mass in masses}) for all_of_it, masses in begins
    ]
    tries = [(most_off, begin) for most_off in ROUNDINGS for begin in range(len(begins))]
    if powder.there is None:  # the least that is weighed first, before its rounding
        tries.sort(key=lambda one: one[1])
    for steps in range(1, MOST_STEPS + 1):
        for most_off, begin in tries:
            all_of_it, ways = reached[begin]
            ended = _best(powder, ways, most_off)
            if ended is not None:
                return _steps(powder, ended, all_of_it)
        if steps < MOST_STEPS:
            reached = [(all_of_it, _onward(ways, handy, least, largest)) for all_of_it, ways in reached]
    return []


def bench_step(
    share: Fraction, drug: Fraction, tablets: int, heaviest: Fraction, step: Fraction, least: Fraction,
    room: Fraction | None,
) -> Step | None:  # fmt: skip
    """The one step that does for tablets too light, before they are weighed: all of the powder to a known total."""
    if share >= 1:
        return None
    bound = least / share
    low = up_to_grid(bound, step) + least
    high = min(MOST_TIMES * bound, MOST_TIMES * heaviest * tablets, LARGEST_TOTAL)
    if room is not None:
        high = min(high, room / share)
    for most_off in ROUNDINGS:
        total = smallest_total(low, high, share, step, most_off)
        if total is not None:
            return Step(None, True, total, share * total, drug / total)
    return None
