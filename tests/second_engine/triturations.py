"""Too little to weigh: one to four dilutions, the first of whole tablets or of weighed powder, searched through."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product

from tests.second_engine.shown import on_grid

MOST_STEPS = 4
LARGEST_TOTAL = Fraction(20_000)
LARGEST_WEIGHED_BLEND = Fraction(10_000)
THINNEST = 20
RATIOS = tuple(Fraction(text) for text in ("2", "2.5", "4", "5", "8", "10", "12.5", "20"))
ROUND = tuple(Fraction(text) for text in ("1", "2", "2.5", "5"))
FIVE, TEN, FROM, COARSE = Fraction(5), Fraction(10), Fraction(500), Fraction(1000)
TAKEN = Fraction(97, 100)
ROUNDED, LITTLE = Fraction(1, 100), Fraction(1, 1000)
WELL, TIMES_LEAST = Fraction(100), Fraction(5, 2)
HEAVIEST, LIGHTEST = Fraction(1200), Fraction(125)


@dataclass(slots=True)
class Step:
    """One dilution; `weigh` is None while the tablets are not weighed. Masses in mg, `take` exact."""

    weigh: Fraction | None
    all_of_it: bool
    total: Fraction
    take: Fraction
    strength_after: Fraction


@dataclass(slots=True)
class Asked:
    """What is asked of the search, in mg.

    `drug` is that of the whole tablets, `lying` the mass of them in the mortar: from and to the same where it is known.
    `strength` and `most` are of powder that is weighed: drug in one part of it, and how much there is; 0 for none.
    """

    needed: Fraction
    step: Fraction
    least: Fraction
    blend: Fraction | None
    fewest: Fraction
    drug: Fraction = Fraction(0)
    there: Fraction | None = None
    totals: tuple[Fraction, Fraction] = (Fraction(0), Fraction(0))
    strength: Fraction = Fraction(0)
    most: Fraction = Fraction(0)


#: The steps of a way: what is begun with (None: tablets not weighed), totals, what is weighed for each after the first.
Way = tuple[Fraction | None, tuple[Fraction, ...], tuple[Fraction, ...]]


def is_round(ratio: Fraction) -> bool:
    """Whether a strength, in mg in a gram, is a round one."""
    return _leading(ratio) in ROUND


def _leading(figure: Fraction) -> Fraction:
    """The figure between 1 and 10, its power of ten left away."""
    while figure >= 10:
        figure /= 10
    while figure < 1:
        figure *= 10
    return figure


def _common(one: Fraction, other: Fraction) -> Fraction:
    """The least whole multiple of both."""
    over = math.lcm(one.denominator, other.denominator)
    return Fraction(math.lcm(int(one * over), int(other * over)), over)


@lru_cache(maxsize=256)
def grids(step: Fraction) -> tuple[Fraction, Fraction]:
    """What a mass below 500 mg is a multiple of, and what one from there on."""
    fine, coarse = _common(FIVE, step), _common(TEN, step)
    return (step, step) if coarse > COARSE else (fine, coarse)


def is_handy(mass: Fraction, step: Fraction) -> bool:
    """Whether a mass is easily weighed."""
    fine, coarse = grids(step)
    return mass % (fine if mass < FROM else coarse) == 0


def _handy_from(low: Fraction, step: Fraction) -> Iterator[Fraction]:
    """Handy masses from so much on."""
    fine, coarse = grids(step)
    mass = -(-low // fine) * fine
    while mass < FROM:
        yield mass
        mass += fine
    mass = -(-max(low, FROM) // coarse) * coarse
    while mass <= LARGEST_TOTAL:
        yield mass
        mass += coarse


@lru_cache(maxsize=100_000)
def smallest(low: Fraction, ratio: Fraction, step: Fraction, least: Fraction) -> Fraction | None:
    """The smallest handy mass from `low` on whose `ratio`-fold is handy, too, with diluent that can be weighed."""
    for mass in _handy_from(max(low, least / (ratio - 1)), step):
        if ratio * mass > LARGEST_TOTAL:
            return None
        if is_handy(ratio * mass, step):
            return mass
    return None


@lru_cache(maxsize=8)
def _paths(steps: int) -> dict[Fraction, list[tuple[Fraction, ...]]]:
    """Every row of so many ratios, by their product."""
    found: dict[Fraction, list[tuple[Fraction, ...]]] = {}
    for row in product(RATIOS, repeat=steps):
        found.setdefault(math.prod(row, start=Fraction(1)), []).append(row)
    return found


def _classes(asked: Asked) -> tuple[Fraction, ...]:
    """From how much on a drug-bearing mass is weighed well, less well, and just so."""
    decently = TIMES_LEAST * asked.least
    return max(WELL, decently), decently, asked.least


def _class_of(asked: Asked, mass: Fraction) -> int:
    """How well so much is weighed: 0 is best."""
    return next(number for number, least in enumerate(_classes(asked)) if mass >= least)


def _aliquot(asked: Asked, strength: Fraction) -> tuple[Fraction, int] | None:
    """What is taken at last, and how even it is; None where that does not do."""
    mass = asked.needed / strength
    if mass < max(asked.least, asked.fewest) or (asked.blend is not None and mass > asked.blend):
        return None
    off = abs(on_grid(mass, asked.step) - mass)
    if off > ROUNDED * mass:
        return None
    if is_handy(mass, asked.step):
        return mass, 0
    return mass, 1 if not off else 2 if off <= LITTLE * mass else 3


def _before(asked: Asked, row: tuple[Fraction, ...], taken: Fraction, least: Fraction) -> list[Fraction] | None:
    """What is weighed for each step of a row of ratios that ends with so much taken: all as little as can be."""
    masses: list[Fraction] = []
    for ratio in reversed(row):
        mass = smallest(max(least, taken / TAKEN / ratio), ratio, asked.step, asked.least)
        if mass is None:
            return None
        masses.append(mass)
        taken = mass
    return masses[::-1]


def _key(asked: Asked, way: Way, drug: Fraction, aliquot: tuple[Fraction, int]) -> tuple[object, ...]:
    """What decides between two ways of one kind, the first first."""
    begun, totals, masses = way
    strengths, strength = [drug / totals[0]], drug / totals[0]
    for mass, total in zip(masses, totals[1:], strict=True):
        strength *= mass / total
        strengths.append(strength)
    weighed = [*masses, aliquot[0]] + ([begun] if begun is not None and not asked.drug else [])
    diluent = sum(totals, Fraction(0)) - sum(masses, begun or Fraction(0))
    return (
        len(totals),
        sum(not is_round(1000 * one) for one in strengths),
        aliquot[1],
        _class_of(asked, min(weighed)),
        diluent,
        sum(totals, Fraction(0)),
        totals[::-1],
        masses[::-1],
        begun or Fraction(0),
    )


def _onward(asked: Asked, begun: Fraction | None, total: Fraction, drug: Fraction, steps: int) -> Iterator[tuple]:
    """Ways of so many steps whose first is known: its total, and the drug in it."""
    strength = drug / total
    for times, rows in _paths(steps - 1).items():
        aliquot = _aliquot(asked, strength / times)
        if aliquot is None:
            continue
        for row in rows:
            for least in _classes(asked):
                masses = _before(asked, row, aliquot[0], least)
                if masses is None or (masses[0] if masses else aliquot[0]) > TAKEN * total:
                    continue
                totals = (total, *(ratio * mass for ratio, mass in zip(row, masses, strict=True)))
                way = begun, totals, tuple(masses)
                yield _key(asked, way, drug, aliquot), way, aliquot[0]


def _first_totals(asked: Asked) -> list[Fraction]:
    """Totals that whole tablets may be made up to: of a round strength, or round themselves."""
    low, high = asked.totals
    found: set[Fraction] = set()
    for scale in (1000 * asked.drug, Fraction(1)):
        power = Fraction(10) ** -12
        while power < 10**12:
            amounts = [scale / (times * power) if scale != 1 else times * power for times in ROUND]
            found |= {one for one in amounts if low <= one <= high and is_handy(one, asked.step)}
            power *= 10
    return sorted(found)


def _of_whole_tablets(asked: Asked) -> tuple | None:
    """The best way that begins with whole tablets."""
    totals = _first_totals(asked)
    for steps in range(1, MOST_STEPS + 1):
        ways = [way for total in totals for way in _onward(asked, asked.there, total, asked.drug, steps)]
        if ways:
            return min(ways, key=lambda way: way[0])
    return None


@lru_cache(maxsize=64)
def _onward_of(first: Fraction, second: Fraction) -> list[tuple[tuple[Fraction, ...], Fraction]]:
    """Every row of ratios that begins with these two, without the first of them, and its product."""
    tails = [row for steps in range(MOST_STEPS - 1) for row in product(RATIOS, repeat=steps)]
    return [((second, *row), math.prod(row, start=first * second)) for row in tails]


def _least_taken(asked: Asked) -> Iterator[tuple[Fraction, Fraction]]:
    """By the ratio of a first step, the least that is taken from it, of which the less the less is begun with."""
    aliquots = {
        times: _aliquot(asked, asked.strength / times) for steps in range(1, MOST_STEPS + 1) for times in _paths(steps)
    }
    # No second step of a ratio takes less than this, so that from there on no row of ratios needs to be tried.
    floors = {ratio: smallest(asked.least, ratio, asked.step, asked.least) for ratio in RATIOS}
    for first in RATIOS:
        best = aliquots[first] and aliquots[first][0]
        for second, floor in floors.items():
            for row, times in _onward_of(first, second) if floor is not None else ():
                if best is not None and best <= floor:
                    break
                masses = aliquots[times] and _before(asked, row, aliquots[times][0], asked.least)
                if masses is not None:
                    best = masses[0] if best is None else min(best, masses[0])
        if best is not None:
            yield first, best


def _least_begun(asked: Asked) -> Fraction | None:
    """The least powder that any way begins with: well weighed, if any is."""
    needs = [(ratio, mass / TAKEN / ratio) for ratio, mass in _least_taken(asked)]
    for least in _classes(asked):
        begun = [smallest(max(least, low), ratio, asked.step, asked.least) for ratio, low in needs]
        fits = [mass for mass in begun if mass is not None and mass <= asked.most]
        if fits:
            return min(fits)
    return None


def _of_powder(asked: Asked) -> tuple | None:
    """The best way that begins with weighed powder."""
    begun = _least_begun(asked)
    if begun is None:
        return None
    for steps in range(1, MOST_STEPS + 1):
        ways = []
        for ratio in RATIOS:
            total = ratio * begun
            if total <= LARGEST_TOTAL and is_handy(total, asked.step) and total - begun >= asked.least:
                ways += list(_onward(asked, begun, total, asked.strength * begun, steps))
        if ways:
            return min(ways, key=lambda way: way[0])
    return None


def triturate(asked: Asked) -> list[Step]:
    """The trituration to make, or no steps where none works."""
    found = _of_whole_tablets(asked) if asked.drug else None
    drug, whole = asked.drug, found is not None
    if found is None and asked.most:
        asked.drug = Fraction(0)
        found = _of_powder(asked)
        drug = asked.strength * found[1][0] if found else drug
    if found is None:
        return []
    _, (begun, totals, masses), aliquot = found
    steps: list[Step] = []
    weigh, strength = begun, drug / totals[0]
    for number, total in enumerate(totals):
        if number and weigh is not None:
            strength *= weigh / total
        take = masses[number] if number < len(masses) else aliquot
        steps.append(Step(weigh, whole and not number, total, take, strength))
        weigh = take
    return steps
