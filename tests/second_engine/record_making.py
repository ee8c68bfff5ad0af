"""What the makers of a batch do: open it, take lots, record, explain, and sign that it is made."""

from fractions import Fraction

from tests.second_engine.record_deeds import Entry, Lot, refuse
from tests.second_engine.record_dose import Dosed
from tests.second_engine.record_readings import last_day
from tests.second_engine.record_shapes import ONE_FILL

#: How far the mean fill of a sample may be from the planned one.
FAR = Fraction(3, 100)


class Made(Dosed):
    """A batch and the deeds of those who make it."""

    def _in(self, *states):
        refuse("wrong_state", self.status not in states)

    def _works(self, who):
        refuse("checker_makes", who.person in self.checkers)

    def _part(self, who):
        self.makers.add(who.person)

    def _open(self, who, alone=False, stock=False):
        refuse("self_check_not_allowed", alone and "no self-check" in self.settings)
        self.status, self.alone, self.stock = "open", alone, stock
        self._part(who)

    def _lot(self, who, component, text, expiry, replaces=False):
        self._in("open", "due for a check", *(["made"] if component == "container" else []))
        self._works(who)
        refuse("no_such_component", component not in (*self.shape.components, "container"))
        if replaces:
            self._unread(f"lot.{component}")
        self._not_read_twice(f"lot.{component}")
        ends = last_day(expiry)
        if replaces:
            refuse("no_such_entry", component not in {lot.component for lot in self.lots})
            self.lots.remove(next(lot for lot in self.lots if lot.component == component))
        self.lots.append(Lot(component, text, ends, who.person))
        refuse("fault", sum(lot.component == component for lot in self.lots) > 10)
        self.plan()
        refuse("lot_past", ends < self.day)
        for point in self.read_at(f"lot.{component}"):
            self.matched.pop(point.key, None)
        self._part(who)

    def _unread(self, name):
        for point in self.read_at(name):
            refuse("checked_already", bool(self.matched.get(point.key)))
        self._not_read_twice(name)

    def _not_read_twice(self, name):
        for point in self.read_at(name):
            refuse("read_twice", self.mismatch == point.key)

    def _record(self, who, step, value=None, slip=False, replaces=False, boat="", tare=0):
        self._in("open", "due for a check")
        self._works(who)
        refuse("no_such_step", step not in self.steps)
        for point in self.points:
            refuse("step_locked", step in self.locked_by(point) and not self.matched.get(point.key))
        self._unread(step)
        refuse("no_target", step in self.shape.targets and self.shape.target(step, self.mass) is None)
        gone = [point for point in self.shape.points if step in point.needs and self.used_up(point)]
        refuse("used_up", bool(gone) and step in self.entries)
        refuse("already_recorded", step in self.entries and not replaces)
        refuse("no_such_entry", step not in self.entries and replaces)
        amount = None if value is None else Fraction(value)
        self._judge(step, amount)
        self.entries[step] = Entry(amount, who.person, slip and amount is not None, boat=boat, tare=tare)
        if step == "all_tablets":
            self.weighed_on = self.day
        if step in ("count_tablets", "all_tablets"):
            self.plan()
        self._part(who)

    def _judge(self, step, amount):
        if step == "count_tablets":
            refuse("other_count", amount != self.shape.targets[step])
        refuse("too_far", self.off_band(step, amount)[1])

    def _deviate(self, who, step, signed, signs=False):
        refuse("wrong_state", self.status in ("rejected", "cancelled"))
        refuse("no_such_step", step not in (*self.steps, "dose", "plan"))
        refuse("no_such_entry", signs and (step not in self.drafts or not signed))
        if signs:
            self.drafts.remove(step)
        if step in self.entries:
            self.entries[step].explained = True
        self.deviated = True
        if step == "dose" and signed:
            self.dose_signed.append(self.dose_off)
        if not signed:
            self.drafts.append(step)

    def _make(self, who, number, reason="", fill="137.6"):
        refuse("wrong_state", self.is_made or self.status not in ("open", "due for a check"))
        self._works(who)
        lots = {lot.component for lot in self.lots}
        needs = [step for point in self.shape.points for step in point.needs] + list(self.shape.wanted)
        refuse("missing", not set(needs) <= self.entries.keys() or not set(self.shape.components) <= lots)
        refuse("missing", any(point.key != "release" and not self.matched.get(point.key) for point in self.points))
        refuse("missing", bool(self.unexplained()))
        number = Fraction(number)
        refuse("more_than_planned", number > self.shape.most)
        refuse("fault", number < self.least and not reason)
        self.made, self.is_made, self.made_at = number, True, self.clock
        self.made_by, self.fill = who.person, Fraction(fill)
        for test in self.tests:
            test.of_made = False
        self.matched.pop("release", None)
        self.status = "made"
        self._part(who)
        weights_fail = self.shape.unit != "mL" and abs(self.fill / ONE_FILL - 1) > FAR
        if weights_fail or abs(self.dose_off) > Fraction(5, 100):
            self._hold_now()
