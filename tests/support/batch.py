"""A batch as people work at it, without a store: acts decided and written down one after the other, by a clock by hand.

`Pharmacy` is what the door of the store does, less the storing: each act is decided on the state as it is, its events
get their place, and the state follows from them.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from calc.faults import Refused
from calc.library import load
from calc.record.batch import acts
from calc.record.batch.decide import decide, decide_all
from calc.record.batch.evolve import evolve
from calc.record.batch.provisional import event_of
from calc.record.envelope import By, Signed
from calc.record.refusals import ActRefused
from calc.record.settings import Settings
from calc.record.stamp import Moment, Stamp

LIBRARY = load()
DAY = date(2026, 11, 30)
VERSION = "test"
#: Roles, no people.
ONE = By("p1", "Compounder One", "compounder")
TWO = By("p2", "Pharmacist Two", "pharmacist")
THREE = By("p3", "Pharmacist Three", "pharmacist")
FOUR = By("p4", "In Charge Four", "pharmacist-in-charge")
AUDITOR = By("p5", "Auditor Five", "auditor")
SYSTEM = By("k1", "System One", "system")
#: Acts that each person signs here.
UNSIGNED = (acts.Open, acts.TakeLot, acts.Record, acts.ShowFigures, acts.Print)


@dataclass
class Pharmacy:
    """One batch, its events so far, and the time."""

    settings: Settings = field(default_factory=Settings)
    program: str = VERSION
    number: str = "26-000123"
    at: datetime = datetime(2026, 11, 30, 18, 0, tzinfo=UTC)
    day: date = DAY
    library: object = LIBRARY
    state: object = None
    events: list = field(default_factory=list)
    documents: list = field(default_factory=list)
    references: list = field(default_factory=list)

    def decided(self, act, by, *, signed=None, late=None, program=None, elsewhere=False):
        """What an act asks to be written; a list of acts is decided together."""
        wanted = not isinstance(act, (*UNSIGNED, list)) if signed is None else signed
        signature = Signed("", "password") if wanted else None
        stamp = Stamp(by, by.person, "bench 1", f"r{len(self.events)}", "")
        moment, more = Moment(self.at, "America/Chicago", self.day), {"program": program or self.program}
        more |= {"signed": signature, "settings": self.settings, "late": late, "number": self.number, "salt": "s" * 32}
        more["elsewhere"] = lambda: elsewhere
        decides = decide_all if isinstance(act, list) else decide
        return decides(self.state, act, stamp, moment, self.library, **more), stamp, moment

    def do(self, by, act, *, after=60, **more):
        """Do an act `after` so many seconds; return the types of what was written."""
        self.at += timedelta(seconds=after)
        decision, stamp, moment = self.decided(act, by, **more)
        written = []
        for draft in decision.drafts:
            version = 1 if self.state is None else self.state.version + 1
            event = event_of(draft, version, stamp, moment, more.get("program") or self.program)
            seq = len(self.events) + 1
            event = type(event)(**{**{name: getattr(event, name) for name in event.__slots__}, "seq": seq})
            self.events.append(event)
            self.state = evolve(self.state, event)
            written.append(event.type)
        self.documents += decision.documents
        self.references += decision.references
        return written


#: The worked case before its tablets are weighed, with a fill that the pharmacy gives.
ORDER = {
    "dose": "4.5 mg",
    "quantity": 30,
    "source": {"strength": "50 mg"},
    "capsule": {"size": "3", "fill_mass": "137.6 mg"},
}
#: Each component with its lot.
LOTS = {"source": "A10-422", "diluent": "C7715", "capsule": "S30981"}
#: What a second person reads of the worked case before crushing, each written otherwise than the record has it.
READ_CRUSHING = {
    "drug": "Naltrexone HCl",
    "form": "capsules",
    "dose": "4500 mcg",
    "quantity": "30",
    "source_drug": "naltrexone hydrochloride",
    "source_strength": "0.05 g",
    "immediate": "yes",
    "source_lot": "a10422",
    "source_expiry": "2028-05",
    "count_tablets": "3",
    "all_tablets": "0.482 g",
}
READ_CONTAINERS = {
    "diluent.name": "microcrystalline cellulose PH-101",
    "diluent.lot": "C7715",
    "size": "3",
    "capsule.lot": "s-30981",
}
READ_MIXING = {"portion": "1.633 g", "portion.boat": "1", "diluent": "3.696 g", **READ_CONTAINERS}
READ_RELEASE = {
    "made": "30",
    "label_number": "26-000123",
    "label_drug": "NALTREXONE",
    "label_strength": "4.5 mg",
    "label_quantity": "30",
    "label_until": "2027-05-28",
}
#: 48 mg of shell and 137.6 mg of fill each.
MADE = acts.Make(
    "30",
    description="white capsules of size 3",
    masses="185 186 184 185 185.5 186 187 184 185 186",
    shells=" ".join(["48"] * 10),
    left_over="blend of one capsule, drug waste",
    blank="done but not written down",
)
ANSWERS = {"opioids": "no", "liver_disease": "no"}


def opened(order=None, lots=None, **more):
    """A batch that Compounder One has opened, with a lot of each component."""
    pharmacy = Pharmacy(**{name: more.pop(name) for name in ("settings", "program") if name in more})
    pharmacy.do(more.pop("by", ONE), acts.Open(order or ORDER, **more))
    for component, lot in (lots or LOTS).items():
        pharmacy.do(ONE, acts.TakeLot(component, "Maker One", lot, "05/2028"))
    return pharmacy


def weighed(**more):
    """The worked case with its tablets counted and weighed: 3 of 0.480 g, due for the check before crushing."""
    pharmacy = opened(**more)
    pharmacy.do(ONE, acts.Record("count_tablets", "3", "tablets"))
    pharmacy.do(ONE, acts.Record("all_tablets", "0.480", "g"))
    return pharmacy


def portioned(reading="typed", **more):
    """The worked case checked before crushing, with its boats: 0.433 g of powder and 3.696 g of diluent."""
    pharmacy = weighed(**more)
    pharmacy.do(TWO, acts.Check("crushing", READ_CRUSHING))
    pharmacy.do(ONE, acts.Record("crush", done=True))
    pharmacy.do(ONE, acts.Record("portion", "0.433", "g", tare="1.2 g", boat="1", reading=reading))
    pharmacy.do(ONE, acts.Record("diluent", "3.696", "g"))
    return pharmacy


def made(**more):
    """The worked case signed as made, its mixing read by Pharmacist Two."""
    pharmacy = portioned(**more)
    pharmacy.do(TWO, acts.Check("mixing", READ_MIXING))
    pharmacy.do(ONE, MADE)
    return pharmacy


def released(**more):
    """The worked case released by Pharmacist Two."""
    pharmacy = made(**more)
    pharmacy.do(TWO, acts.Release(READ_RELEASE, ANSWERS))
    return pharmacy


def why(pharmacy, by, act, **more):
    """The code of the one rule that refuses an act; nothing is written."""
    before = len(pharmacy.events)
    with pytest.raises(ActRefused) as refused:
        pharmacy.do(by, act, **more)
    assert len(pharmacy.events) == before
    (problem,) = refused.value.problems
    return problem.code


def faults(pharmacy, by, act, **more):
    """The fields and codes of the faults of an act."""
    with pytest.raises(Refused) as refused:
        pharmacy.do(by, act, **more)
    return {fault.field: fault.code.value for fault in refused.value.faults}


def seq_of(pharmacy, type_, step=""):
    """The sequence of the last event of a type, at a step or of a component."""
    return next(
        each.seq
        for each in reversed(pharmacy.events)
        if each.type == type_ and step in (each.data.get("step"), each.data.get("component"), "")
    )
