"""What others read of a batch, what follows from readings that differ, and its release."""

from fractions import Fraction

from tests.second_engine.record_deeds import refuse
from tests.second_engine.record_making import Made
from tests.second_engine.record_readings import agree, normal_lot


class Checked(Made):
    """A batch and the deeds of those who check it."""

    def _may_read(self, who):
        refuse("maker_checks", not self.alone and who.person in self.makers)
        refuse("saw_figures", who.person in self.saw - self.makers)

    def _soon(self, who, point):
        alone = self.alone and who.person in self.makers
        refuse("too_soon", alone and point == "release" and not self.elsewhere and self.clock - self.made_at < 600)

    def _evidence(self, point):
        refuse(
            "evidence_gone",
            bool(self.gone) and any(name in point.reads and name not in self.reads(point) for name in self.gone),
        )

    def _check(self, who, point, values):
        found = self.point(point)
        refuse("not_due", self.due != point)
        self._may_read(who)
        self._evidence(found)
        refuse("dose_off", point.startswith("mixing") and abs(self.dose_off) > Fraction(5, 100))
        self._soon(who, point)
        self._read(who, found, values)

    def _read(self, who, point, values):
        """Compare what was read; return the names that differ."""
        asked = self.reads(point)
        whole = point.key == "release"  # it stands for all that is in the record
        for step, entry in self.entries.items():
            entry.read |= whole or step in asked
        for lot in self.lots:
            lot.read |= whole or bool({f"{lot.component}.lot", f"{lot.component}_lot"} & set(asked))
        refuse("fault", any(not values.get(name) for name in asked))
        self.read_once.add(point.key)
        self.typed_mass_read |= point.key == "mixing"
        if point.key == "release":
            self.made_by = None  # what was read is corrected by a pharmacist
        differ = [name for name in asked if not self._agrees(name, values[name])]
        if not (self.alone and who.person in self.makers):
            self.checkers.add(who.person)
        if not differ:
            self.matched[point.key] = who.person
            self.tries[point.key] = 0
            if point.key == "release":
                self.read_by = who.person
            self.mismatch = None
        else:
            self.matched.pop(point.key, None)
            self.read_by = None if point.key == "release" else self.read_by
            self.tries[point.key] = self.tries.get(point.key, 0) + 1
            self.differ = differ
            self.mismatch = point.key
            if self.tries[point.key] == 2:
                self._hold_now()
        return differ

    def truth(self, name):
        """What is there, as the record has it: several lots as a list."""
        if name.endswith(("_lot", ".lot", "_expiry")):
            component = name.rpartition("_" if "_" in name else ".")[0]
            lots = [lot for lot in self.lots if lot.component == component]
            return [lot.expiry.isoformat() if name.endswith("expiry") else normal_lot(lot.text) for lot in lots]
        if name == "zeroed":
            return "yes"
        if name == "made":
            return str(self.on_hand)
        if name == "label_until":
            return self.until.isoformat()
        if name == "label_quantity" and self.shape.unit == "capsules":
            return str(min(30, self.made))
        if name.endswith(".boat"):
            return self.entries[name.removesuffix(".boat")].boat
        if name in self.steps:
            amount = self.entries[name].amount
            return str(amount) if name == "count_tablets" else f"{amount + self.entries[name].tare} mg"
        return self.shape.right[name]

    def _agrees(self, name, text):
        return agree(name, self.truth(name), text)

    def _show(self, who):
        refuse("nothing_would_change", who.person in self.saw)
        refuse("nothing_would_change", who.person in self.makers)
        self.saw.add(who.person)

    def _resolve(self, who, finding, finish=False):
        refuse("no_mismatch", self.status != "held" or self.mismatch is None)
        refuse("maker_checks", not self.alone and who.person in self.makers)
        point = self.point(self.mismatch)
        ordered = set(self.shape.right) - {name for name in self.shape.right if name.startswith("label")}
        refuse("self_check_not_allowed", finish and "no self-check" in self.settings)
        if finding == "first was wrong":
            refuse("reject_instead", bool(ordered & set(self.differ)))
        self.saw.add(who.person)
        self.status, self.tries[point.key] = self.before, 0
        self.mismatch = None
        if finding == "cannot be told":
            self.status = "rejected"
            return
        if finding == "first was wrong":
            gone = {
                name.replace("_", ".").rpartition(".")[0] for name in self.differ if "lot" in name or "expiry" in name
            }
            again = {name for name in self.differ if name.removesuffix(".boat") in (*self.steps, "made")} | gone
            for name in {name.removesuffix(".boat") for name in self.differ} & set(self.steps):
                self.entries.pop(name, None)
            self.lots = [lot for lot in self.lots if lot.component not in gone]
            if self.is_made and again:
                self.is_made, self.status = False, "open"
        if finish:
            self.alone = True

    def _release(self, who, values=None, answers="no", override=False, confirm=True):
        self._in("made")
        refuse("maker_checks", not self.alone and who.person in self.makers)
        refuse("another_hand", who.person in self.passers)
        refuse("past_use", self.day > self.until)
        refuse("draft_open", bool(self.drafts))
        self._soon(who, "release")
        refuse("fault", not self.stock and answers == "")
        refuse("fault", self.stock and answers != "")
        refuse("answer_stops", answers == "yes" and not override)
        refuse("review_fails", self.failed)
        refuse("review_fails", any(point.key != "release" and not self.matched.get(point.key) for point in self.points))
        refuse("review_fails", bool(self.unexplained()) or not self.dose_is_well or self.stopped)
        refuse("review_fails", any(lot.expiry < self.day for lot in self.lots))
        refuse("review_open", not confirm and self.to_confirm)
        if values or self.read_by != who.person:
            self._soon(who, "release")
            self._may_read(who)
            if self._read(who, self.point("release"), values or {}):
                return
        self.status, self.corrected_since = "released", False
