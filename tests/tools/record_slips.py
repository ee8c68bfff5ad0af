"""How many slips of a maker a true checker finds, and how often one who weighs truly is refused all the same.

`python -m tests.tools.record_slips 1000 7` plants that many slips, one a batch, into what the maker types: a figure
tenfold or a tenth, another unit, two neighboring digits swapped, another lot, a count off by one, the boats exchanged.
The checker reads what is really there, each mass with the noise of a balance of its own. Nothing here was measured of
people. Then the same slips where the checker copies: what is still found is found by ranges, bands and the plan.
"""

import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction
from random import Random

from calc.arithmetic.notation import exact, fixed
from calc.arithmetic.units import MG
from calc.faults import Refused
from calc.record.batch import acts
from calc.record.batch.finishing import missing_for_made
from calc.record.batch.review import Item
from calc.record.refusals import ActRefused
from tests.support.batch import ANSWERS, FOUR, MADE, ONE, TWO, Pharmacy
from tests.support.reader import Bench, bench_of

KINDS = ("tenfold", "unit", "digits swapped", "wrong lot", "count off by one", "wrong boat")
#: The standard deviation of one reading in mg, where none is said: the floor that USP <41> sets, in steps of 1 mg.
FLOOR = Fraction(41, 100)
#: Where each kind of slip can be made.
PLACES = {
    "tenfold": ("dose", "quantity", "strength", "all_tablets", "portion", "diluent"),
    "unit": ("dose", "strength", "all_tablets", "portion", "diluent"),
    "digits swapped": ("dose", "quantity", "strength", "all_tablets", "portion", "diluent", "expiry"),
    "wrong lot": ("lot.source", "lot.diluent", "lot.capsule"),
    "count off by one": ("quantity", "count_tablets", "made"),
    "wrong boat": ("boats",),
}
LETTERS = "ABCDEFGHKMNPRSTUVWXYZ"


@dataclass
class Batch:
    """One batch as it really is, and the slip that its maker makes, if any."""

    random: Random
    kind: str = ""
    copied: bool = False
    spread: Fraction = FLOOR
    stated: bool = False
    slipped: str = ""
    pharmacy: Pharmacy = field(default_factory=Pharmacy)
    bench: Bench = field(default_factory=Bench)

    def weigh(self, mass):
        """A reading of a mass in mg, in steps of 1 mg, or of 0.1 mg where its repeatability is stated."""
        step = Fraction(1, 10) if self.stated else Fraction(1)
        return round((mass + Fraction(self.random.gauss(0, 1)) * self.spread) / step) * step

    def typed(self, place, value, unit=""):
        """What the maker types for a value: as it is, or with the slip."""
        if place != self.slipped:
            return value, unit
        return _slip(self.random, self.kind, value, unit)

    def found(self):
        """Where the slip was found, or "" if the batch was released with it."""
        try:
            return self._made()
        except (Refused, ActRefused):
            return "typing"

    def _made(self):
        draw, do = self.random, self.pharmacy.do
        order = self._order()
        do(ONE, acts.Open(order))
        for component, (lot, expiry) in self.lots.items():
            day = self.typed("expiry", expiry)[0] if component == "source" else expiry
            do(ONE, acts.TakeLot(component, "", self.typed(f"lot.{component}", lot)[0], day))
        number = int(self.pharmacy.state.target("count_tablets").target.value)
        each = Fraction(draw.randint(1400, 1800), 10)
        whole = sum(each * Fraction(draw.randint(980, 1020), 1000) for _ in range(number))
        self.bench.counts["count_tablets"] = self.bench.counts["number_crushed"] = number
        do(ONE, acts.Record("count_tablets", self.typed("count_tablets", str(number))[0]))
        self._weigh("all_tablets", whole, tare=None)
        for step, boats in (("crushing", ()), ("mixing", ("portion", "diluent"))):
            for boat in boats:
                target = self.pharmacy.state.target(boat)
                if target is not None:  # a dose ten times as high may leave no room for diluent
                    mass = target.target.to(MG).value * Fraction(draw.randint(997, 1003), 1000)
                    self._weigh(boat, mass, tare=self.tares[boat])
            self._explain()
            if self.pharmacy.state.point_due != step:
                raise ActRefused
            if self._read(step):
                return step
        made = self.typed("made", str(self.pharmacy.state.planned.numerator))[0]
        self.bench.counts["made"] = self.pharmacy.state.planned.numerator
        do(ONE, replace(MADE, made=made, reason="spilled", masses=self._masses()))
        if self.pharmacy.state.status.value == "held":
            return "typing"
        return "release" if self._release() else ""

    def _order(self):
        """The order as the maker types it, of the prescription as it is."""
        draw = self.random
        dose, quantity = draw.choice(("2.5", "3.5", "4.5", "5.5")), draw.choice(("30", "60", "90", "45"))
        self.lots = {name: (_lot(draw), f"2028-{draw.randint(1, 12):02}") for name in ("source", "diluent", "capsule")}
        one, two = draw.sample(range(1, 60), 2)
        self.tares = {"portion": (str(one), draw.randint(900, 1500)), "diluent": (str(two), draw.randint(900, 1500))}
        self.bench.prescription = {"drug": "naltrexone", "form": "capsules", "dose": f"{dose} mg", "quantity": quantity}
        self.bench.bottle = {"source_drug": "naltrexone", "source_strength": "50 mg", "immediate": "yes"}
        self.bench.lots = {name: [lot] for name, lot in self.lots.items()}
        self.bench.containers = {"size": "3", "diluent.name": "microcrystalline cellulose PH-101"}
        self.bench.label = {
            "label_number": self.pharmacy.number,
            "label_drug": "naltrexone",
            "label_strength": f"{dose} mg",
            "label_quantity": quantity,
        }
        amount = " ".join(self.typed("dose", dose, "mg"))
        tree = {"dose": amount, "source": {"strength": " ".join(self.typed("strength", "50", "mg"))}}
        tree |= {
            "quantity": int(self.typed("quantity", quantity)[0]),
            "capsule": {"size": "3", "fill_mass": "137.6 mg"},
        }
        if self.stated:
            tree["balance"] = {"readability": "0.1 mg", "repeatability": f"{exact(self.spread)} mg"}
        return tree

    def _weigh(self, step, mass, *, tare):
        """Put something on the balance, and type what it shows; a boat with its number and tare."""
        self.bench.masses[step] = mass
        boat = {}
        if tare is not None:
            other = {"portion": "diluent", "diluent": "portion"}[step] if self.kind == "wrong boat" else step
            self.bench.boats[step] = tare
            boat = {"boat": self.tares[other][0], "tare": f"{self.tares[other][1]} mg"}
        value, unit = self.typed(step, fixed(_in_grams(self.weigh(mass)), 4 if self.stated else 3), "g")
        self.pharmacy.do(ONE, acts.Record(step, value, unit, **boat))

    def _explain(self):
        """Write a deviation for what is out of its band, as the program asks."""
        for missing in missing_for_made(self.pharmacy.state):
            if missing.startswith("deviation."):
                self.pharmacy.do(FOUR, acts.Deviate(missing.removeprefix("deviation."), "spilled"))

    def _read(self, point):
        """True if a reading of this point differs."""
        state = self.pharmacy.state
        values = bench_of(state).read(state, point) if self.copied else self.bench.read(state, point, self.weigh)
        self.pharmacy.do(TWO, acts.Check(point, values))
        return bool(self.pharmacy.state.checks[-1].differ)

    def _release(self):
        state = self.pharmacy.state
        self.bench.label["label_until"] = state.use_until
        values = (
            bench_of(state).read(state, "release") if self.copied else self.bench.read(state, "release", self.weigh)
        )
        self.pharmacy.do(TWO, acts.Release(values, ANSWERS, reviewed=tuple(Item)))
        return self.pharmacy.state.status.value != "released"

    def _masses(self):
        return " ".join(str(round(Fraction(self.random.gauss(0, 1)) + Fraction("185.6"))) for _ in range(10))


def _in_grams(mass):
    return Fraction(mass) / 1000


def _lot(draw):
    return f"{draw.choice(LETTERS)}{draw.randint(1000, 9999)}{draw.choice(LETTERS)}"


def _slip(draw, kind, value, unit):
    """A value with a slip of this kind in it."""
    if kind == "tenfold":
        number = Fraction(value) * draw.choice((10, Fraction(1, 10)))
        return (exact(number), unit) if "." in value or unit else (str(max(1, round(number))), unit)
    if kind == "unit":
        return value, {"mg": draw.choice(("g", "mcg")), "g": "mg"}[unit]
    if kind == "count off by one":
        return str(int(value) + draw.choice((-1, 1))), unit
    if kind == "wrong lot":
        at = draw.randrange(len(value))
        others = LETTERS if value[at].isalpha() else "0123456789"
        return value[:at] + draw.choice(others.replace(value[at], "")) + value[at + 1 :], unit
    at = draw.choice([at for at in range(len(value) - 1) if _swap(value, at) != value and value[at : at + 2].isalnum()])
    return _swap(value, at), unit


def _swap(value, at):
    return value[:at] + value[at + 1] + value[at] + value[at + 2 :]


def _can_swap(value):
    return any(value[at] != value[at + 1] and value[at : at + 2].isalnum() for at in range(len(value) - 1))


def planted(kind, seed, *, copied=False):
    """Where a slip of a kind was found; "" if it was not, None if nothing could slip there."""
    draw = Random(seed)
    batch = Batch(draw, kind, copied, slipped=draw.choice(PLACES[kind]))
    try:
        return batch.found()
    except IndexError:  # no two digits differ
        return None


def measure(number, seed, *, copied=False):
    """Of so many slips: how many of each kind were found where."""
    found = {kind: Counter() for kind in KINDS}
    at = seed * 1_000_000
    for kind in KINDS:
        while found[kind].total() < number // len(KINDS):
            where = planted(kind, at, copied=copied)
            at += 1
            if where is not None:
                found[kind][where] += 1
    return found


def refused(number, seed, spread=FLOOR, *, stated=False):
    """How many of so many batches without any slip were refused by the noise of two weighings."""
    batches = (Batch(Random(each), spread=spread, stated=stated) for each in range(seed, seed + number))
    return sum(batch.found() != "" for batch in batches)


def main(number, seed):
    """Print the shares."""
    for copied in (False, True):
        found = measure(number, seed, copied=copied)
        print("a checker who copies:" if copied else "a true checker:")
        for kind, places in found.items():
            caught = places.total() - places[""]
            print(f"  {kind}: {caught} of {places.total()} ({dict(places.most_common())})")
        everything = sum((places for places in found.values()), Counter())
        print(f"  all: {everything.total() - everything['']} of {everything.total()}")
    for spread, stated in ((FLOOR, False), (Fraction(7, 10), False), (Fraction(1), False), (Fraction(1, 10), True)):
        step = "0.1 mg, stated" if stated else "1 mg, not stated"
        share = f"{refused(number // 4, seed, spread, stated=stated)} of {number // 4}"
        print(f"refused without a slip, repeatability {exact(spread)} mg in steps of {step}: {share}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
