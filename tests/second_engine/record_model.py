"""An independent model of the record of a batch: what is refused, and what follows from what is not.

Written from the design of the record (1.2 to 1.6, 2), its rulings (3, 6) and `docs/record.md`, with integers, sets
and fractions, before the program was read; its author read parts of it later, to mend them. `Model.do` says "done", or
the code of the rule that refuses.
"""

import copy
from datetime import timedelta
from fractions import Fraction

from tests.second_engine.record_corrections import Corrected
from tests.second_engine.record_deeds import PHARMACISTS, RIGHTS, WORKERS, Refused, Test, refuse


class Model(Corrected):
    """A batch, and all that is done with it."""

    def do(self, deed):
        """Do a deed: "done", or the code of what refuses it; nothing has changed then."""
        self.clock += deed.seconds + deed.days * 86_400
        self.elsewhere = deed.elsewhere
        self.day += timedelta(deed.days)
        before = {name: copy.deepcopy(value) for name, value in vars(self).items() if name != "shape"}
        writes = ("lot", "record", "make", "move", "correct")
        try:
            self._may(deed)
            says = deed.says | ({"signed": deed.signed} if deed.kind == "deviate" else {})
            getattr(self, "_" + deed.kind)(deed.who, **says)
        except Refused as refused:
            vars(self).update(before)
            return refused.code
        if deed.kind in writes:
            self.read_by = None
        self.settle()
        return "done"

    def _may(self, deed):
        kind = deed.kind
        if kind == "deviate" and not deed.signed:
            kind = "draft"
        if kind == "correct" and self._own_and_unchecked(deed):
            kind = "correct own"
        roles, signed = RIGHTS[kind]
        if kind == "correct" and deed.says["of"] == "made" and self.made_by == deed.who.person:
            roles = WORKERS
        if kind == "check" and deed.says["point"] in {point.key for point in self.points} - {"release"}:
            setting = "crushing" if deed.says["point"] == "crushing" else "mixing"
            roles = WORKERS if setting in self.settings else PHARMACISTS
        if kind == "dispense" and "systems" in self.settings and deed.who.role == "system":
            return
        refuse("not allowed", deed.who.role not in roles)
        refuse("needs signature", signed and not deed.signed)

    def _test(self, who, passes, what="assay"):
        refuse("wrong_state", self.status == "cancelled")
        self.tests.append(Test(what, passes, self.is_made, {who.person}))
        if not passes and self.status in ("made", "released"):
            self._hold_now()

    def _hold(self, who):
        self._in("open", "due for a check", "made", "released")
        self._hold_now()

    def _free(self, who):
        self._in("held")
        refuse("resolve_first", self.mismatch is not None and self.tries[self.mismatch] > 1)
        refuse("test_fails", self.failed)
        refuse("another_hand", who.person in self.passers)
        self.status = self.before

    def _reject(self, who):
        self._in("open", "due for a check", "made", "released", "held")
        refuse("maker_checks", not self.alone and who.person in self.makers)
        self.status, self.mismatch = "rejected", None

    def _cancel(self, who):
        self._in("open", "due for a check", "held")
        refuse("wrong_state", self.made is not None)
        refuse("maker_cancels", who.role == "compounder" and who.person not in self.makers)
        self.status, self.mismatch = "cancelled", None

    def _print(self, who, paper):
        refuse("wrong_state", self.status in ("rejected", "cancelled") and paper != "record")
        if paper == "label":
            self._in("made", "released")
            self.read_by = None
        if paper != "label" and who.person not in self.makers:
            self.saw.add(who.person)

    def _dispense(self, who, amount, answers=""):
        refuse("never_dispensed", self.status != "released")
        refuse("test_fails", self.failed)
        refuse("draft_open", bool(self.drafts))
        refuse("past_use", self.day > self.until)
        amount = Fraction(amount)
        refuse("not_enough", amount > self.on_hand - self.back)
        asked = self.stock or self.times > 0
        refuse("answers_needed", asked and who.role == "system")
        refuse("fault", asked == (answers == ""))
        refuse("answer_stops", asked and answers == "yes")
        self.dispensed += amount
        self.times += 1

    def _move(self, who, way, amount, reason):
        amount = Fraction(amount)
        refuse("not_enough", self.made is None)
        refuse("wrong_state", self.status == "used up" and way == "destroyed")
        if way == "returned":
            refuse("not_enough", amount > self.dispensed - self.returned)
            self.returned += amount
            self.back += amount
        elif way == "destroyed":
            refuse("not_enough", amount > (self.back if reason == "returned" else self.on_hand - self.back))
            self.destroyed += amount
            if reason == "returned":
                self.back -= amount
        else:
            said = {"as in the books": amount == self.on_hand, "fewer than in the books": amount < self.on_hand}
            refuse("fault", not said.get(reason, amount > self.on_hand))
