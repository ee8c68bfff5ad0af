"""The sheet of tablets that nobody weighed yet is as safe as that of tablets weighed, whatever they turn out to weigh.

The work is played as the sheet has it, its conditions included: with random masses, and with those on either side of
each condition. Then it is held against the rules of the pharmacy, and against the plan of the same tablets weighed.
"""

import random
from fractions import Fraction
from functools import cache

import pytest

from calc.arithmetic.units import MG, ML, Figure, figure
from calc.capsule.order import Order
from calc.capsule.planning import bench as capsules
from calc.capsule.planning import plan
from calc.faults import Refused
from calc.library import load
from calc.liquid import bench_steps as liquids
from calc.liquid.order import LiquidOrder
from calc.liquid.planning import plan_liquid
from calc.planning.bench import BenchCode, BenchStage, OfTablets
from tests.second_engine.shown import fixed
from tests.support.client import TODAY

LIBRARY = load()
KINDS = {"capsules": (Order.read, plan, capsules.work_of), "liquids": (LiquidOrder.read, plan_liquid, liquids.work_of)}
#: So many orders of each kind; of a balance the readability and the least that it may weigh, in mg.
NUMBER = {"capsules": 200, "liquids": 100}
BALANCES = [("0.1", "20"), ("1", "20"), ("1", "50"), ("1", "100"), ("2", "50"), ("5", "100"), ("10", "200")]
STRENGTHS = ["0.5", "1", "2.5", "5", "10", "25", "50", "100", "400"]
#: No tablet is expected to weigh more, in mg.
HEAVIEST = 1200
#: A rounding to the balance changes a dose by no more.
ROUNDING = Fraction(1, 100)


def capsule_order(rng):
    strength = rng.choice(STRENGTHS)
    share = rng.choice([Fraction(n, 1000) for n in (2, 5, 10, 25, 60, 90, 250, 500, 900)])
    fill = {} if rng.random() < 0.3 else {"packing_statistic": f"{rng.choice([100, 135, 180])} mg"}
    tree = {
        "drug": {"name": "drug without a file"},
        "dose": f"{fixed(Fraction(strength) * share, 6)} mg",
        "quantity": rng.choice([5, 10, 30, 60, 100]),
        "capsule": {"size": "3"},
        "diluent": {"name": "microcrystalline cellulose PH-101", **fill},
        "tablet_powder": {"packing_statistic": "165 mg"} if fill else {},
    }
    if not fill and rng.random() < 0.5:
        tree["capsule"]["fill_mass"] = "250 mg"
    return tree, strength


def liquid_order(rng):
    strength = rng.choice(STRENGTHS[2:])
    of_one = Fraction(strength) * rng.choice([Fraction(n, 1000) for n in (5, 11, 33, 90, 210)])
    amount = f"{fixed(of_one / 10, 6)} mg"
    vehicle = {"name": "suspending vehicle", "aqueous": "yes", "preserved": "yes"}
    tree = {"preparation": "liquid", "drug": {"name": "drug without a file"}, "dose": amount, "strength": amount}
    return {**tree, "volume": f"{rng.choice([30, 50, 100])} mL", "vehicle": vehicle}, strength


def unweighed_order(kind, rng):
    tree, strength = {"capsules": capsule_order, "liquids": liquid_order}[kind](rng)
    readability, least = rng.choice(BALANCES)
    source = {"strength": f"{strength} mg", "release": "immediate", "least_tablets": rng.choice([1, 1, 3])}
    if rng.random() < 0.15:
        source["tablets_crushed"] = rng.randint(1, 12)
    balance = {"readability": f"{readability} mg", "minimum": f"{least} mg"}
    return {**tree, "prepared_on": TODAY.isoformat(), "source": source, "balance": balance}


def planned(kind, tree):
    """The plan, its soft stops overridden: what they are about is not what is looked at here."""
    read, make, _ = KINDS[kind]
    for _ in range(2):
        try:
            return make(read(tree, LIBRARY, today=TODAY), LIBRARY)
        except Refused as refused:
            if refused.faults or any(stop.severity == "hard" for stop in refused.stops):
                return None
            given = [{"code": s.code.value, "value": s.value, "reason": s.reasons[0].value} for s in refused.stops]
            tree = {**tree, "acknowledgements": given}
    return None


@cache
def orders(kind):
    """Orders before their tablets are weighed that are not refused: their tree and their plan."""
    rng, found = random.Random(f"unweighed {kind}"), []
    while len(found) < NUMBER[kind]:
        tree = unweighed_order(kind, rng)
        made = planned(kind, tree)
        if made is not None and not getattr(made, "whole_tablets", False):
            found.append((tree, made))
    return found


class Batch:
    """What the sheet's reader knows besides its lines: the balance, the tablets and the dose."""

    def __init__(self, kind, made):
        order, source = made.order, made.powder if kind == "capsules" else made.source
        self.step = order.balance.readability.to(MG).value
        self.least = source.least.value
        self.tablets, self.strength = source.tablets.number, source.tablets.strength.value
        self.held = self.tablets * self.strength
        self.needed = order.dose.to(MG).value * made.powder.batch if kind == "capsules" else 0
        if kind == "liquids":
            self.needed = order.strength.in_one_ml.to(MG).value * order.volume.to(ML).value
        self.work = KINDS[kind][2](made)

    def shown(self, mass):
        """A mass, in mg, as the balance shows it, half a step rounded up."""
        return (mass / self.step + Fraction(1, 2)) // 1 * self.step

    def portion(self, total):
        return total * self.needed / self.held

    def rounded_well(self, mass):
        return abs(self.shown(mass) / mass - 1) <= ROUNDING


def at(amount, total):
    return (amount.at(figure(total, MG)) if isinstance(amount, OfTablets) else amount.to(MG)).value


class Game:
    """The work with tablets of one mass: how it ends, the drug in the batch, every mass that bears drug."""

    def __init__(self, batch, total):
        self.batch, self.total = batch, total
        self.end, self.drug, self.weighed, self.diluents = None, None, [], []
        way = "portion"
        for step in batch.work:
            if step.code is BenchCode.ALL_TABLETS:
                if total < at(step.low, total) or (step.high is not None and total > at(step.high, total)):
                    self.end = "count again"
            elif step.code is BenchCode.ENOUGH_FOR_PORTION:
                way = self.look(step)
            elif step.stage is BenchStage.TRITURATE and way != "portion":
                self.dilute(step)
            elif step.code is BenchCode.USE_ALL:
                self.drug = batch.held
            elif step.code is BenchCode.PORTION and way == "portion":
                mass = batch.shown(at(step.target, total))
                self.weighed.append(mass)
                self.drug = mass * batch.held / total
            if self.end is not None:
                return
        self.end = way

    def look(self, step):
        if step.what.startswith("never"):
            way = "diluted" if step.what == "never" else "ask"
        elif self.total >= at(step.target, self.total):
            return "portion"
        else:
            way = "diluted" if step.low is not None and self.total < at(step.low, self.total) else "ask"
        if way == "ask":
            self.end = "ask"
        return way

    def dilute(self, step):
        batch, total = self.batch, self.total
        if step.code is BenchCode.ONLY_IF_LIGHT:
            if total < at(step.low, total):
                self.end = "ask"
            assert step.high is None or total < at(step.high, total)
        elif step.code is BenchCode.ALL_OF_THE_POWDER:
            self.drug, self.inside = batch.held, total
        elif step.code is BenchCode.TRITURATION_DILUENT:
            added = batch.shown(at(step.target, total))
            self.diluents.append(added)
            assert self.inside + added <= 20 * self.inside
            self.inside += added
        elif step.code is BenchCode.RUB_DILUENT:
            assert at(step.target, total) <= self.diluents[-1]
        elif step.code is BenchCode.ALIQUOT:
            taken = batch.shown(at(step.target, total))
            self.weighed.append(taken)
            self.drug, self.inside = self.drug * taken / self.inside, taken


def masses(batch, rng):
    """Masses of all tablets as the balance shows them: random ones, and those beside every bound of the work."""
    low, high = batch.held, HEAVIEST * batch.tablets
    edges = {low, high}
    for step in batch.work:
        if step.code in (BenchCode.ENOUGH_FOR_PORTION, BenchCode.ONLY_IF_LIGHT):
            edges |= {
                amount.to(MG).value for amount in (step.target, step.low, step.high) if isinstance(amount, Figure)
            }
    near = {edge + by * batch.step for edge in edges for by in (-1, 0, 1)}
    near |= {low + (high - low) * Fraction(rng.randint(0, 1000), 1000) ** 2 for _ in range(6)}
    return sorted(mass for mass in map(batch.shown, near) if low < mass <= high)


@cache
def games(kind):
    rng = random.Random(f"games {kind}")
    found = []
    for tree, made in orders(kind):
        batch = Batch(kind, made)
        found += [(tree, batch, Game(batch, total)) for total in masses(batch, rng)]
    return found


both = pytest.mark.parametrize("kind", KINDS)


@both
def test_whatever_the_tablets_weigh_nothing_is_weighed_below_what_the_balance_may_weigh(kind):
    weighed = 0
    for _, batch, game in games(kind):
        if game.end in ("portion", "diluted"):
            assert all(mass >= batch.least for mass in (*game.weighed, *game.diluents)), (batch.needed, game.total)
            weighed += len(game.weighed)
    assert weighed > 400


@both
def test_whatever_the_tablets_weigh_the_dose_is_the_one_ordered(kind):
    """Within what rounding to the balance may do; the mixing and the powder are taken as even."""
    made = {}
    for _, batch, game in games(kind):
        if game.end in ("portion", "diluted"):
            assert abs(game.drug / batch.needed - 1) <= ROUNDING, (batch.needed, game.total, game.end)
            made[game.end] = made.get(game.end, 0) + 1
    assert made["portion"] > 400
    assert kind == "liquids" or made["diluted"] > 100


@both
def test_a_stop_was_necessary_and_going_on_was_right(kind):
    """A stop to dilute: no portion can be weighed. One to ask the program: none, or it may be rounded by more than 1 %;
    or the tablets are too light for the dilution. Going on: it can be weighed, and is rounded well.
    """
    ends = {}
    for _, batch, game in games(kind):
        portion = batch.portion(game.total)
        ends[game.end] = ends.get(game.end, 0) + 1
        if game.end == "diluted":
            assert portion < batch.least
        elif game.end == "ask":
            assert portion < max(batch.least, 50 * batch.step)
        elif game.end == "portion" and batch.needed != batch.held:
            assert portion >= batch.least
            assert batch.rounded_well(portion)
    assert ends["ask"] > 20, ends


@both
def test_the_plan_of_the_tablets_weighed_says_the_same(kind):
    """It weighs a portion where the sheet went on, and none where the sheet stopped to dilute."""
    rng, compared = random.Random(f"weighed {kind}"), {}
    some = [each for each in games(kind) if each[2].end in ("portion", "diluted")]
    for tree, batch, game in rng.sample(some, 250):
        mass = {"tablets_weighed": batch.tablets, "total_mass": f"{fixed(game.total, 3)} mg"}
        after = planned(kind, {**tree, "source": {**tree["source"], **mass}})
        if after is None:
            continue
        source = after.powder if kind == "capsules" else after.source
        assert (source.portion is not None) is (game.end == "portion")
        compared[game.end] = compared.get(game.end, 0) + 1
    assert compared["portion"] > 60, compared
    assert kind == "liquids" or compared["diluted"] > 30, compared
