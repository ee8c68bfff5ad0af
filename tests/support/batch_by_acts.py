"""A batch played through by acts, as the record does it but in memory: decided, chained, folded."""

import copy
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID

from calc.answers.parts import VERSION
from calc.arithmetic.units import MG, same_kind
from calc.library import load
from calc.record.batch.acts import Check, Make, Open, Record, Release, TakeLot
from calc.record.batch.bench_order import components_of
from calc.record.batch.decide import decide
from calc.record.batch.evolve import evolve
from calc.record.batch.points import point_named
from calc.record.batch.provisional import event_of
from calc.record.batch.review import review, to_confirm
from calc.record.batch.values import values_of
from calc.record.chain import GENESIS, Head, body_of, hash_of
from calc.record.envelope import By, Draft, Signature, Signed
from calc.record.paper.document import Kept
from calc.record.settings import Settings
from calc.record.stamp import Moment, Stamp
from calc.store.door import Decided

COMPOUNDER = By("c1", "Compounder One", "compounder", "T 100")
PHARMACIST = By("p2", "Pharmacist Two", "pharmacist", "P 200")
DAY = datetime(2026, 11, 29, 15, 0, tzinfo=UTC)
NUMBER = "26-000123"
#: Thirty capsules of 4.5 mg from three tablets of 50 mg: 0.480 g together, size 3, packing 135 and 165 mg.
WORKED = {
    "dose": "4.5 mg",
    "quantity": 30,
    "capsule": {"size": "3"},
    "diluent": {"packing_statistic": "135 mg"},
    "tablet_powder": {"packing_statistic": "165 mg"},
}
READ = "I read these values myself, from the things themselves."
MADE = "I made this batch as recorded."
TEXTS = {"protect": "gloves, mask, coat", "level_balance": "no. 1, due 2027-01", "plate": "no. 2"}
#: Maker, lot and expiry of each component.
LOTS = {
    "source": ("Maker One", "AB123", "2028-05"),
    "diluent": ("Maker Two", "D 5", "2028-01-31"),
    "capsule": ("Maker Three", "C77", "2029-01"),
    "container": ("Maker Four", "V9", ""),
}


class BatchByActs:
    """One batch: every act has its own request and a minute of its own."""

    def __init__(self, settings=None):
        self.state, self.events, self.documents, self.references = None, [], {}, []
        self.head, self.settings, self.number = Head(), settings or Settings(), NUMBER
        self.at = DAY

    def copy(self):
        """The same batch, to be gone on with."""
        other = copy.copy(self)
        other.events, other.documents, other.references = list(self.events), dict(self.documents), list(self.references)
        return other

    def act(self, act, by=COMPOUNDER, meaning=None, **more):
        """Do one act; it is signed if its meaning is given."""
        self.at += timedelta(minutes=1)
        moment = Moment(self.at, "America/Chicago", self.at.date())
        request = str(UUID(int=len(self.events) + 1))
        stamp = Stamp(by, by.person, "bench 1", request, request)
        signed = None if meaning is None else Signed(meaning, "password")
        more.setdefault("salt", "salt")
        found = decide(
            self.state, act, stamp, moment, load(), signed=signed, settings=self.settings, number=self.number, **more
        )
        self.references += found.references
        for kind, content in found.documents:
            self.documents[kind] = content
        for draft in found.drafts:
            version = len(self.events) + 1
            event = replace(
                event_of(draft, version, stamp, moment, more.get("program", VERSION)), seq=self.head.seq + 1
            )
            if event.signature is not None:
                event = replace(event, signature=Signature(meaning, "password", self.head.seq, self.head.hash))
            self.head = Head(event.seq, hash_of(self.head.hash or GENESIS, body_of(event.envelope())))
            self.events.append(event)
            self.state = evolve(self.state, event)
        return self.events[-1]

    def take_lots(self):
        """Take a lot of each component."""
        for component in (*components_of(self.state.order), "container"):
            maker, lot, expiry = LOTS[component]
            self.act(TakeLot(component, maker, lot, expiry))

    def record(self, step, value="", unit="", **more):
        """Record an entry of a step."""
        return self.act(Record(step, value, unit, **more))

    def read(self, point, **other):
        """What somebody reads who reads right, and what is read `other`wise, by the names of the values."""
        answers = {"drug": "naltrexone", "form": "capsules", "dose": "4.5 mg", "quantity": "30"}
        answers |= {"source_drug": "Naltrexone HCl", "source_strength": "50 mg", "immediate": "yes"}
        answers |= {"source_lot": "AB123", "source_expiry": "2028-05-31", "size": "3", "zeroed": "yes"}
        answers |= {"diluent.name": "microcrystalline cellulose PH-101", "diluent.lot": "D-5", "capsule.lot": "c77"}
        answers |= {"made": "30", "label_number": self.number, "label_drug": "naltrexone", "label_strength": "4.5 mg"}
        answers |= {"label_quantity": "30", "label_until": self.state.use_until, **self.boats()}
        asked = values_of(self.state, point_named(self.state, point))
        return {each.name: other.get(each.name, answers.get(each.name)) for each in asked}

    def boats(self):
        """What balance and boats show: a mass with its boat, and the number on the boat."""
        found = {}
        for step, entry in self.state.entries.items():
            if entry.actual is not None and same_kind(entry.actual.unit, MG):
                gross = entry.actual.to(MG).value + (0 if entry.tare is None else entry.tare.to(MG).value)
                found |= {step: f"{gross} mg", f"{step}.boat": entry.boat}
            elif entry.actual is not None:
                found[step] = str(entry.actual.value)
        return found

    def play(self, *, slips=True):
        """Play it from open to released, with a slip at the first check and a mass weighed again, or without."""
        self.act(Open(WORKED, container="amber vial, 60 mL"))
        self.record("count_tablets", "3", "tablets")
        self.record("one_tablet", "0.161", "g")
        self.record("all_tablets", "0.480", "g")
        self.record("ten_shells", "481", "mg", shells="10")
        self.take_lots()
        if slips:
            self.act(Check("crushing", self.read("crushing", count_tablets="4")), PHARMACIST, READ)
        self.act(Check("crushing", self.read("crushing")), PHARMACIST, READ)
        for step in ("protect", "level_balance", "plate"):
            self.record(step, TEXTS[step])
        for step in ("zero_balance", "mortar", "read_source", "read_diluent", "crush"):
            self.record(step, done=True)
        self.record("shells", "40", "shells")
        self.record("recovered", "0.477", "g")
        again = {}
        if slips:
            first = self.record("portion", "0.435", "g", boat="3", tare="1.203 g")
            again = {"replaces": first.seq, "reason": "weighed again"}
        self.record("portion", "0.433", "g", boat="3", tare="1.203 g", **again)
        self.record("diluent", "3.697", "g", boat="4", tare="5.101 g")
        self.act(Check("mixing", self.read("mixing")), PHARMACIST, READ)
        for step in ("begin_blend", "rung-1", "rung-2", "rung-3", "rung-4"):
            self.record(step, done=True)
        self.record("end_point", "even at 9:40")
        self.record("divide", "30", "capsules")
        masses = ("186", "185", "185", "186", "184", "185", "186", "185", "185", "186")
        made = Make("30", description="white shells, white even powder", masses="\n".join(masses), masses_unit="mg")
        self.act(made, meaning=MADE)
        for step, text in (("container", "amber vial"), ("label", "30")):
            self.record(step, text, "capsules" if step == "label" else "")
        for step in ("destroy_powder", "wash"):
            self.record(step, done=True)
        self.release()
        return self

    def release(self):
        """Release it: tray and label read, questions answered, the list confirmed."""
        found = review(self.state, load(), self.at.date())
        answers = {"opioids": "no", "liver_disease": "no"}
        confirmed = tuple(item.value for item in to_confirm(found))
        act = Release(self.read("release"), answers, reviewed=confirmed)
        self.act(act, PHARMACIST, "I reviewed this record and release the batch.")

    @property
    def kept(self):
        """What its record is printed from."""
        return Kept(self.state, self.events, self.head, json.loads(self.documents["answer"]))


@cache
def _played(slips):
    return BatchByActs().play(slips=slips)


def played(*, slips=True):
    """A batch that is released, played once for all tests; each goes on with its own."""
    return _played(slips).copy()


def put(record, batch):
    """Write the events of a batch into a record for tests, each by who did it."""
    for event in batch.events:
        signed = None if event.signature is None else Signed(event.signature.meaning, event.signature.method)
        draft = Draft(event.stream, event.type, event.data, signed)
        stamp = Stamp(event.by, event.session_of, event.device, event.request + str(event.seq), event.request)
        kept = tuple(batch.documents.items()), tuple(batch.references)
        record.store.append(stamp, lambda _, draft=draft, kept=kept: Decided((draft,), *kept))
    return batch.state.number
