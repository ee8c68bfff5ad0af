"""How far the dose of a batch is off by what was weighed, what stands for it, and what is confirmed at the release."""

from fractions import Fraction

from tests.second_engine.record_batch import Batch


class Dosed(Batch):
    """A batch with its dose computed back."""

    @property
    def dose_off(self):
        """How far the dose is off by what was weighed, and once it is made by the mean fill: the worse, as a share."""
        if self.shape.unit == "mL" or (self.shape.tablets and self.mass is None):
            return Fraction(0)
        found = [self._blended]
        if self.is_made:
            found.append((1 + self._blended) * self.fill * self.shape.planned / self._blend - 1)
        return max(found, key=abs)

    @property
    def _blend(self):
        """Mass of the blend as it was weighed."""
        drug = "aliquot-2" if "aliquot-2" in self.steps else "portion"
        return self.amount(drug) + self.amount("diluent")

    @property
    def _blended(self):
        """How far the drug in the blend is off, as a share."""
        shape = self.shape
        if "aliquot-1" in self.steps:
            first = self.amount("aliquot-1") / (self.tablets + self.amount("trituration_diluent-1"))
            second = self.amount("aliquot-2") / (self.amount("aliquot-1") + self.amount("trituration_diluent-2"))
            return first * second * 150 / 3 - 1
        if shape.tablets:
            return self.amount("portion") * shape.tablets * shape.strength / self.tablets / 135 - 1
        return self.amount("portion") / shape.targets["portion"] - 1

    @property
    def tablets(self):
        """What the tablets weigh together, as it is recorded."""
        return self.entries["all_tablets"].amount if "all_tablets" in self.entries else self.mass

    @property
    def failed(self):
        """Whether a test fails, whatever others say."""
        return not all(test.passes for test in self.tests)

    @property
    def passed(self):
        """Whether the content of what was made was tested, and passes."""
        good = [test for test in self.tests if test.passes and test.of_made and test.what != "other"]
        return bool(good) and not self.failed

    @property
    def dose_is_well(self):
        """Whether the dose by what was weighed may be released: a signed deviation above 2 %, a test above 5 %."""
        off = abs(self.dose_off)
        return off <= Fraction(2, 100) or (self.passed if off > Fraction(5, 100) else self.dose_covered)

    @property
    def dose_covered(self):
        """Whether a deviation at the dose stands that covers how far it is off."""
        off = self.dose_off
        return any(each * off > 0 and abs(each) >= abs(off) for each in self.dose_signed)

    @property
    def to_confirm(self):
        """Whether anything on the list before the release is looked at and confirmed."""
        slips = any(entry.slip for entry in self.entries.values())
        few = self.made < self.least
        out = any(self.off_band(step)[0] for step in self.entries)
        return (
            slips
            or few
            or out
            or self.alone
            or self.was_corrected
            or self.deviated
            or abs(self.dose_off) > Fraction(2, 100)
        )
