"""The search for a trituration finds what trying everything finds, in every small case; and it keeps its bounds."""

import random
from fractions import Fraction
from itertools import pairwise, product
from math import floor

import pytest

from calc.arithmetic.dilution_bounds import Bounds
from calc.arithmetic.grids import Grid
from calc.arithmetic.units import MG, RATIO, figure
from calc.rules.dilutions import Part, Whole, triturations

ROUNDINGS = Fraction(1, 1000), Fraction(1, 100)
RATIOS = tuple(map(Fraction, ("2", "2.5", "4", "5", "8", "10", "12.5", "20")))


def round_number(number):
    """1, 2, 2.5 or 5 times a power of ten: told by its digits, as people tell it."""
    written = f"{number.numerator * 10**40 // number.denominator}"
    return number * 10**40 == int(written) and written.rstrip("0") in ("1", "2", "25", "5")


def half_up(mass, step):
    return floor(mass / step + Fraction(1, 2)) * step


class Brute:
    """Every way there is, by plain loops over all masses: nothing is known of what the best ones are like."""

    def __init__(self, needed, step, least, cap, steps, least_aliquot, room, kept, well):
        self.needed, self.step, self.least, self.cap, self.steps = needed, step, least, cap, steps
        self.least_aliquot, self.room, self.kept, self.well = least_aliquot, room, kept, well
        self.masses = [mass for mass in range(1, cap + 1) if self.handy(mass)]

    def handy(self, mass):
        return mass % 10 == 0 if mass < 100 else mass % 20 == 0

    def ended(self, strength, total, weighed):
        """The last aliquot from a total of this strength, or None; with its kind and the class of the lightest mass."""
        taken = self.needed / strength
        off = abs(half_up(taken, self.step) - taken)
        if taken < max(self.least, self.least_aliquot) or taken > self.kept * total or off > taken / 100:
            return None
        if self.room is not None and taken > self.room:
            return None
        kind = 0 if self.handy(taken) else 1 if off == 0 else 2 if off <= taken / 1000 else 3
        lightest = min([*weighed, taken])
        enough = Fraction(5, 2) * self.least
        return taken, kind, 0 if lightest >= max(self.well, enough) else 1 if lightest >= enough else 2

    def ways(self, number, strength, mass, weighed, totals):
        """Every way of so many more steps; `totals` are those that the mass, of this strength, may be made up to."""
        for total in totals:
            after = strength * mass / total
            if number == 1:
                end = self.ended(after, total, weighed)
                if end is not None:
                    yield [(mass, total)], [after], end
                continue
            for taken in self.masses:
                if self.least <= taken <= self.kept * total:
                    further = self.made(taken)
                    for way, strengths, end in self.ways(number - 1, after, taken, [*weighed, taken], further):
                        yield [(mass, total), *way], [after, *strengths], end

    def made(self, mass):
        totals = [mass * ratio for ratio in RATIOS]
        return [total for total in totals if total <= self.cap and self.handy(total) and total - mass >= self.least]

    def rank(self, found):
        way, strengths, (_, kind, lightest) = found
        totals, masses = [total for _, total in way], [mass for mass, _ in way]
        not_round = sum(not round_number(1000 * strength) for strength in strengths)
        diluent = sum(totals) - sum(masses)
        return len(way), not_round, kind, lightest, diluent, sum(totals), totals[::-1], masses[::-1]

    def of_whole(self, drug, mass, low, high):
        totals = [
            total
            for total in self.masses
            if low <= total <= high and (round_number(drug / total) or round_number(Fraction(total)))
        ]
        for number in range(1, self.steps + 1):
            # The mass of whole tablets is no weighed mass; nothing depends on it but the diluent.
            found = list(self.ways(number, drug / mass, mass, [], totals))
            if found:
                return min(found, key=self.rank)
        return None

    def of_part(self, strength, most):
        found = []
        for number, mass in product(range(1, self.steps + 1), self.masses):
            if self.least <= mass <= most:
                found += self.ways(number, strength, Fraction(mass), [mass], self.made(mass))
        enough = Fraction(5, 2) * self.least

        def first(one):
            mass = one[0][0][0]
            return 0 if mass >= max(self.well, enough) else 1 if mass >= enough else 2, mass

        return min(found, key=lambda one: (*first(one), *self.rank(one)), default=None)


def mg(number):
    return figure(Fraction(number), MG)


def ratio(number):
    return figure(Fraction(number), RATIO)


def bounds(
    *, step=1, least=20, cap=20000, steps=4, least_aliquot=0, room=None, kept="0.97", well=100, handy=(5, 10, 500, 1000)
):
    return Bounds(
        grid=Grid.of(
            Fraction(step), **dict(zip(("fine", "coarse", "start", "coarsest"), map(Fraction, handy), strict=True))
        ),
        least=mg(least),
        ratios=tuple(map(ratio, RATIOS)),
        digits=tuple(map(ratio, ("1", "2", "2.5", "5"))),
        most_total=mg(cap),
        most_steps=steps,
        least_aliquot=mg(least_aliquot),
        most_aliquot=None if room is None else mg(room),
        kept=ratio(kept),
        roundings=(ratio(ROUNDINGS[0]), ratio(ROUNDINGS[1])),
        well_weighed=mg(well),
        times=ratio("2.5"),
    )


def small(draw):
    """A small case: the brute force and the bounds of the same search."""
    step, least, cap = draw.choice([1, 1, 2, 5]), draw.choice([7, 10, 13, 20]), draw.choice([200, 300, 400])
    low, room, well = draw.choice([0, 0, 15, 40]), draw.choice([None, None, 60, 150]), draw.choice([20, 40, 60])
    steps = draw.choice([1, 2, 2])
    needed = Fraction(draw.randint(1, 300), draw.choice([8, 10, 16, 25, 100, 300, 1000]))
    brute = Brute(needed, step, least, cap, steps, low, room, Fraction(97, 100), well)
    handy = (10, 20, 100, 1000)
    return brute, bounds(
        step=step, least=least, cap=cap, steps=steps, least_aliquot=low, room=room, well=well, handy=handy
    )


def told(found):
    return [] if found is None else [(mass, total) for mass, total in found[0]], found and found[2][0]


@pytest.mark.parametrize("seed", range(60))
def test_of_whole_tablets_it_finds_what_trying_everything_finds(seed):
    draw = random.Random(seed)
    brute, within = small(draw)
    if seed % 6 == 0:
        brute.steps, within = 3, within.__class__(**{**fields_of(within), "most_steps": 3})
    drug, mass = Fraction(draw.randint(1, 60), draw.choice([1, 2, 3])), draw.randint(20, 90)
    low, high = mass + draw.choice([7, 20, 50]), draw.choice([150, 300, 1000])
    got = triturations(mg(brute.needed), Whole(mg(drug), mg(mass), mg(low), mg(high)), within)
    ways, taken = told(brute.of_whole(drug, Fraction(mass), low, min(high, brute.cap)))
    assert [(step.weigh.value, step.total.value) for step in got] == ways
    assert (got[-1].take.value if got else None) == taken
    assert [step.all_of_it for step in got] == [True, False, False][: len(got)]


@pytest.mark.parametrize("seed", range(40))
def test_of_powder_it_finds_what_trying_everything_finds(seed):
    draw = random.Random(1000 + seed)
    brute, within = small(draw)
    strength = Fraction(draw.choice([1, 2, 31, 5, 98]), draw.choice([10, 100, 160]))
    most = draw.choice([30, 80, 200])
    got = triturations(mg(brute.needed), Part(ratio(strength), mg(most)), within)
    ways, taken = told(brute.of_part(strength, most))
    assert [(step.weigh.value, step.total.value) for step in got] == ways
    assert (got[-1].take.value if got else None) == taken
    assert not any(step.all_of_it for step in got)
    assert [step.take_shown.value for step in got[-1:]] == [half_up(taken, brute.step) for taken in [taken] if taken]


def fields_of(within):
    return {name: getattr(within, name) for name in within.__dataclass_fields__}


# The bounds, each value included; on a balance of 1 mg that may weigh 20 mg and more.


def of_tablets(needed, *, number=1, low=None, high=None, **changed):
    """The totals and aliquots of whole tablets of 50 mg, 160 mg each."""
    low, high = low or 160 * number + 500, high or 3200 * number
    whole = Whole(mg(50 * number), mg(160 * number), mg(low), mg(high))
    return [(step.total.value, step.take.value) for step in triturations(mg(needed), whole, bounds(**changed))]


def of_part(needed, strength, most, **changed):
    powder = Part(ratio(strength), mg(most))
    steps = triturations(mg(needed), powder, bounds(**changed))
    return [(step.weigh.value, step.total.value, step.take.value) for step in steps]


@pytest.mark.parametrize(
    ("needed", "changed", "hand"),
    [
        ("1.5", {"low": 202, "room": 4050}, [(2500, 250), (2500, 750)]),
        ("3", {"low": 202, "room": 4050}, [(2500, 250), (2500, 1500)]),
        ("0.1", {"low": 675, "room": 13500}, [(2500, 250), (2500, 200), (4000, 1000)]),
    ],
)
@pytest.mark.parametrize("tablets", [1, 3])
def test_ways_worked_by_hand_have_as_many_steps_as_the_best_and_no_less_diluent(needed, changed, hand, tablets):
    """One tablet to 2.5 g, three to 7.5 g; 250 mg of it to 2.5 g; of that 750 mg, 1.5 g, or 200 mg to 4 g and 1 g."""
    hand = [(hand[0][0] * tablets, hand[0][1]), *hand[1:]]
    strength = Fraction(50 * tablets, hand[0][0])
    for (_, taken), (total, _) in pairwise(hand):
        assert Fraction(total, taken) in RATIOS
        strength = strength * taken / total
    assert strength * hand[-1][1] == Fraction(needed)
    bounded = {("least_aliquot" if name == "low" else name): value for name, value in changed.items()}
    best = of_tablets(needed, number=tablets, **bounded)
    assert len(best) == len(hand)
    diluents = [sum(total for total, _ in way) - sum(taken for _, taken in way[:-1]) for way in (best, hand)]
    assert diluents[0] <= diluents[1]


@pytest.mark.parametrize(
    ("got", "way"),
    [
        # 4 mg are in 80 mg of 50 mg in a gram; 25 in a gram are well weighed, in 2,000 mg: the total itself is a bound.
        (lambda: of_tablets("4", high=2000), [(2000, 160)]),
        (lambda: of_tablets("4", high=1999), [(1000, 80)]),
        (lambda: of_tablets("4", low=1001), [(2000, 160)]),
        (lambda: of_tablets("4", cap=2000), [(2000, 160)]),
        (lambda: of_tablets("4", cap=1999), [(1000, 80)]),
        # 970 mg of 1,000 are all that is counted on; of more, 1,940 of 2,000.
        (lambda: of_tablets("48.5"), [(1000, 970)]),
        (lambda: of_tablets("48.51"), []),
        # 0.5 of 50 mg in a gram: 10 mg; in 20 of 25; the least aliquot and the room are bounds themselves.
        (lambda: of_tablets("5", least_aliquot=200), [(2000, 200)]),
        (lambda: of_tablets("5", least_aliquot=201), [(2500, 250)]),
        (lambda: of_tablets("5", room=100), [(1000, 100)]),
        (lambda: of_tablets("5", room=99), []),
        # Bulk powder: 100 mg are well weighed, 2.5 times 41 are more; multiples of 5 mg.
        (lambda: of_part("10", "1", 20000, least_aliquot=100), [(100, 1000, 100)]),
        (lambda: of_part("10", "1", 20000, least=41, least_aliquot=103), [(105, 2100, 200)]),
        # Four steps of 1 in 20 make 160,000 times; 20 mg are the least.
        (lambda: len(of_part("0.000125", "1", 20000)), 4),
        (lambda: of_part("0.0001249", "1", 20000), []),
        # The least powder of 160 mg is 100; of 99 mg 50 (2.5 times 20), of 49 20.
        (lambda: of_part("5", "0.3125", 100)[0][0], 100),
        (lambda: of_part("5", "0.3125", 99)[0][0], 50),
        (lambda: of_part("5", "0.3125", 49)[0][0], 20),
        # On steps of 7 mg multiples of 70 mg are handy, of 9.97 mg all that is shown.
        (lambda: of_part("10", "1", 20000, step=7, least_aliquot=100)[0][0], 105),
        (lambda: of_part("10", "1", 20000, step="9.97", least_aliquot=100)[0][0], Fraction("109.67")),
    ],
)
def test_each_bound_holds_its_own_value(got, way):
    assert got() == way
