"""A batch as it stands: what follows from what was recorded, by the documents alone."""

from datetime import timedelta
from fractions import Fraction

from tests.second_engine.record_deeds import OPENED_ON, refuse
from tests.second_engine.record_shapes import ONE_FILL, SHAPES


class Batch:
    """A batch: integers, sets and fractions."""

    def __init__(self, shape, settings=()):
        self.shape, self.settings = SHAPES[shape], set(settings)
        self.status, self.before = None, None
        self.alone, self.stock = False, False
        self.makers, self.checkers, self.saw = set(), set(), set()
        self.entries, self.lots, self.drafts, self.dose_signed = {}, [], [], []
        self.matched, self.tries, self.mismatch, self.differ = {}, {}, None, []
        self.made, self.is_made, self.made_at = None, False, None
        self.dispensed = self.destroyed = self.returned = self.back = Fraction(0)
        self.times, self.tests, self.passers = 0, [], set()
        self.gone, self.read_once, self.elsewhere = set(), set(), False
        self.day, self.clock, self.weighed_on = OPENED_ON, 0, None
        self.typed_mass_read, self.fill = False, ONE_FILL
        self.made_by = None
        self.stopped = self.was_corrected = self.deviated = False
        self.read_by, self.corrected_since = None, False
        #: Tablets together by the last plan, once they are counted and weighed.
        self.mass, self.until = None, OPENED_ON + timedelta(self.shape.days)

    def amount(self, step):
        """What was recorded at a step, or its target."""
        found = self.entries.get(step)
        return self.shape.target(step, self.mass) if found is None else found.amount

    @property
    def on_hand(self):
        """Made, less what left, with what came back."""
        if self.made is None:
            return None
        return self.made - self.dispensed - self.destroyed + self.returned

    @property
    def least(self):
        """What is made at least without a reason: 97 %, in whole capsules or milliliters."""
        return self.shape.planned * 97 // 100

    def plan(self):
        """Plan again by what there is; refused where that stops the order.

        It is made on the day of opening, or of weighing the tablets if that is later.
        """
        mass, made_on = None, OPENED_ON
        if {"count_tablets", "all_tablets"} <= self.entries.keys():
            mass, made_on = self.entries["all_tablets"].amount, self.weighed_on
            most, least = self.shape.tablets * 1200, self.shape.tablets * self.shape.strength
            refuse("fault", not least <= mass <= most)
        self.stopped = False
        ends = [lot.expiry for lot in self.lots if lot.component != "container"]
        refuse("fault", any(day < made_on for day in ends))
        before = {step: self.shape.target(step, self.mass) for step in self.entries}
        self.mass, self.until = mass, min([made_on + timedelta(self.shape.days), *ends])
        for step, entry in self.entries.items():
            entry.explained &= before[step] == self.shape.target(step, mass)

    @property
    def steps(self):
        """The steps of the work, in their order, as they are known now."""
        return self.shape.steps if self.mass is not None or not self.shape.before else self.shape.before

    @property
    def points(self):
        """The points of the batch as it is now."""
        left_out = self.shape.drug_masses and all(
            step in self.entries and self.entries[step].slip for step in self.shape.drug_masses
        )
        if left_out and not self.typed_mass_read:
            return [point for point in self.shape.points if point.key != "mixing"]
        return list(self.shape.points)

    def point(self, key):
        """A point by its key."""
        found = [point for point in self.points if point.key == key]
        refuse("no_such_point", not found)
        return found[0]

    def read_at(self, name):
        """The points at which a value is read."""
        names = {name}
        if name.startswith("lot."):
            component = name.removeprefix("lot.")
            names |= {f"{component}.lot", f"{component}_lot"}
        return [point for point in self.points if names & set(self.reads(point)) or names & set(point.needs)]

    def reads(self, point):
        """The names of the values of a point: containers at the release where no mixing reads them."""
        names = list(point.reads)
        names += [f"{step}.boat" for step in names if step in self.entries and self.entries[step].boat]
        if point.key == "release" and self.shape.unit == "capsules" and len(self.points) < len(self.shape.points):
            names += ["diluent.name", "diluent.lot", "size", "capsule.lot"]
        if self.used_up(point):
            stays = {"drug", "form", "dose", "quantity", "strength", "volume", "source_drug", "source_strength"}
            stays |= {"immediate", "source_lot", "source_expiry", "assay", "basis", "diluent.name", "diluent.lot"}
            stays |= {"size", "capsule.lot", "vehicle.name", "vehicle.lot"}
            names = [name for name in names if name in stays]
        if self.alone and any(name in self.steps and name != "count_tablets" for name in names):
            names.append("zeroed")
        return names

    def locked_by(self, point):
        """The steps that a point locks: the one that uses up what is read there, and all later ones."""
        steps = self.steps
        before = "crush" if steps is self.shape.before else point.before
        return steps[steps.index(before) :] if point.before else ()

    def used_up(self, point):
        """Whether what stands on tray and balance at a point is used up."""
        if point.key == "release":
            return False
        return self.is_made or any(step in self.entries for step in self.locked_by(point))

    def components_of(self, point):
        """The components that are read at a point."""
        found = list(point.components)
        if point.key == "release" and len(self.points) < len(self.shape.points):
            found += ["diluent", "capsule"]
        return found

    def off_band(self, step, amount=None):
        """Whether an amount is out of its band, and whether beyond the limit."""
        if amount is None and step in self.entries:
            amount = self.entries[step].amount
        target = self.shape.target(step, self.mass)
        if amount is None or target is None or step in ("count_tablets", "all_tablets"):
            return False, False
        off = abs(amount - target)
        band = max(1, target * (3 if step in self.shape.wide else 1) / 100)
        return off > band, off > max(2, target * 3 / 100)

    def unexplained(self, point=None):
        """Steps out of band without a deviation: all of them, or those that a point does not lock."""
        locked = () if point is None else self.locked_by(point)
        steps = [step for step in self.entries if step not in locked]
        return [step for step in steps if self.off_band(step)[0] and not self.entries[step].explained]

    def is_complete(self, point):
        """Whether all entries, lots and deviations of a point are there."""
        lots = {lot.component for lot in self.lots}
        return (
            all(step in self.entries for step in point.needs)
            and all(component in lots for component in self.components_of(point))
            and not self.unexplained(point)
        )

    @property
    def due(self):
        """The point that is due."""
        if self.status not in ("open", "due for a check", "made"):
            return None
        for point in self.points:
            if not self.matched.get(point.key):
                if point.key == "release":
                    return "release" if self.is_made else None
                return point.key if self.is_complete(point) else None
        return None

    def settle(self):
        """Say where the batch stands while it is worked at."""
        if self.status in ("open", "due for a check", "made"):
            self.status = "made" if self.is_made else "open" if self.due is None else "due for a check"
        if self.status == "released" and self.on_hand == 0:
            self.status = "used up"
        if self.status == "used up" and self.on_hand > 0:
            self.status = "made" if self.corrected_since else "released"
            if self.corrected_since:
                self._hold_now()

    def is_hidden(self, person):
        """Whether the figures are hidden from somebody."""
        if person in self.makers | self.saw:
            return False
        status = self.before if self.status == "held" else self.status
        if status in ("open", "due for a check", "made"):
            lots = {lot.component for lot in self.lots}
            for point in self.points:
                if not self.matched.get(point.key):
                    begun = set(point.needs) & self.entries.keys() or set(self.components_of(point)) & lots
                    if begun or (point.key == "release" and self.made is not None):
                        return True
            return self.made is not None and self.read_by != person
        return False

    def _hold_now(self):
        self.before, self.status = self.status, "held"
