"""What is corrected in a batch, and what a correction voids."""

from fractions import Fraction

from tests.second_engine.record_checks import Checked
from tests.second_engine.record_deeds import Refused, refuse
from tests.second_engine.record_readings import last_day


class Corrected(Checked):
    """A batch and its corrections."""

    def _found(self, says):
        if says["of"] == "lot":
            lots = [lot for lot in self.lots if lot.component == says["name"]]
            return lots[0] if lots else None
        if says["of"] in ("made", "test"):
            return None
        return self.entries.get(says["name"])

    def _own_and_unchecked(self, deed):
        found = self._found(deed.says)
        if found is None or found.by != deed.who.person:
            return False
        name = f"lot.{deed.says['name']}" if deed.says["of"] == "lot" else deed.says["name"]
        return "release" not in self.read_once and not self.read_once & {point.key for point in self.read_at(name)}

    def _correct(self, who, of, name, field, new):
        self._works(who)
        ended, ended_before = False, self.status in ("rejected", "cancelled")
        far = self._beyond()
        found = self._found({"of": of, "name": name})
        if of == "test":
            self._correct_test(who, new)
            touched = "test"
        elif of == "made":
            refuse("no_such_entry", self.made is None)
            refuse("nothing_would_change", Fraction(new) == self.made)
            refuse("more_than_planned", Fraction(new) > self.shape.most)
            refuse("not_enough", Fraction(new) < self.made - self.on_hand + self.back)
            self.made = Fraction(new)
            touched = "made"
            self._not_read_twice(touched)
        elif of == "lot":
            refuse("no_such_entry", found is None)
            self._not_read_twice(f"lot.{name}")
            if field == "text":
                refuse("nothing_would_change", found.text == new)
                found.text = new
            else:
                refuse("nothing_would_change", found.expiry == last_day(new))
                found.expiry = last_day(new)
            touched = f"lot.{name}"
        else:
            refuse("no_such_entry", found is None)
            refuse("field_not_corrected", found.amount is None)
            refuse("nothing_would_change", found.amount == Fraction(new))
            self._not_read_twice(name)
            if not ended_before:
                self._judge(name, Fraction(new))
            found.amount, found.explained = Fraction(new), False
            touched = name
        try:
            if not ended_before:
                self.plan()
        except Refused:
            ended = self.stopped = True
        ended |= bool(self._beyond() - far - {touched})
        self.was_corrected = True
        for point in self.read_at(touched):
            if self.used_up(point):
                self.gone.add(touched)
            self.matched.pop(point.key, None)
        self.matched.pop("release", None)
        self._part(who)
        if self.status == "held" and self.before == "released":
            self.before = "made"
        if self.status == "used up":
            self.corrected_since = True
        if self.status == "released":
            self.status = "made"
            self._hold_now()
        if ended and self.status in ("open", "due for a check", "made"):
            self._hold_now()

    def _beyond(self):
        """Steps whose amount is beyond the limit off its target."""
        return {step for step in self.entries if self.off_band(step)[1]}

    def _correct_test(self, who, new):
        refuse("no_such_entry", not self.tests)
        test = self.tests[-1]
        refuse("another_hand", who.person in test.hands)
        refuse("nothing_would_change", test.passes == new)
        test.passes = new
        test.hands.add(who.person)
        if new:
            self.passers.add(who.person)
        elif self.status in ("made", "released"):
            self._hold_now()
