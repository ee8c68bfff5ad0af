"""Random walks of a batch, and the laws that hold on each of them, kept by books of their own from the events alone."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from calc.faults import Refused
from calc.record.batch import acts
from calc.record.batch.bench_order import components_of
from calc.record.batch.checking import BY_FINGERPRINT
from calc.record.batch.codes import CHOICES, FINDINGS, WAYS
from calc.record.batch.evolve import evolve
from calc.record.batch.finishing import missing_for_made
from calc.record.batch.points import points_of
from calc.record.batch.review import Item
from calc.record.batch.stock import to_destroy
from calc.record.batch.values import values_of
from calc.record.envelope import Late
from calc.record.refusals import ActRefused, NeedsSignature, NotAllowed
from calc.record.settings import Settings
from tests.support.batch import ANSWERS, AUDITOR, FOUR, MADE, ONE, ORDER, SYSTEM, THREE, TWO, Pharmacy
from tests.support.reader import bench_of
from tests.support.shape import without_figures

PEOPLE = (ONE, ONE, TWO, TWO, THREE, FOUR, AUDITOR, SYSTEM)
_FILL = {"capsule": {"size": "3", "fill_mass": "137.6 mg"}}
_POWDER = {"kind": "powder", "assay": "98.5 %", "assay_basis": "as is"}
ORDERS = (
    ORDER,
    {**ORDER, "source": _POWDER},
    {"dose": "0.1 mg", "quantity": 30, "source": {"strength": "50 mg"}, **_FILL},
    {
        "preparation": "liquid",
        "dose": "4.5 mg",
        "strength": "1 mg/mL",
        "volume": "100 mL",
        "vehicle": {"name": "water", "storage": "refrigerator"},
    },
)
_REFUSALS = (ActRefused, Refused, NotAllowed, NeedsSignature)
_MAKES = {"lot.taken", "amount.recorded", "count.recorded", "step.done", "batch.made", "entry.corrected"}
#: What may still be written of a batch that nothing leads out of.
_AFTER_ALL = {
    *("batch.returned", "batch.destroyed", "batch.counted", "entry.corrected", "figures.shown", "record.printed"),
    "test.recorded",
}
#: What is written down later, from paper.
_ON_PAPER = {
    *("lot.taken", "amount.recorded", "count.recorded", "step.done", "batch.planned", "batch.made"),
    *("batch.dispensed", "batch.returned", "batch.destroyed", "batch.counted"),
}
#: Who never had a hand in a batch.
FRESH = FOUR._replace(person="p0", name="Pharmacist Zero")


def _minute(event):
    """The minute of local time in which an event was written."""
    return f"{datetime.fromisoformat(event.at).astimezone(ZoneInfo(event.zone)):%Y-%m-%d %H:%M}"


class Books:
    """What must hold of the events of a batch, counted from them alone, and never from its state."""

    def __init__(self):
        self.makers, self.checkers, self.matched, self.read = set(), set(), set(), {}
        self.alone, self.ended, self.released = False, False, False
        self.fresh = self.back = 0
        self.steps, self.tests, self.turned = set(), {}, set()
        self.made, self.left = None, {"batch.dispensed": 0, "batch.destroyed": 0, "batch.returned": 0}
        self.out = []

    def take(self, event, before):
        """Take an event; `before` is the state before it, of which only the points are asked."""
        data, by = event.data, event.by
        from_paper = event.late is not None and event.type == "batch.dispensed"
        assert not self.ended or event.type in _AFTER_ALL or from_paper, f"{event.type} after the end"
        assert by.role != "auditor" or event.type == "figures.shown", "an auditor wrote"
        assert event.late is None or event.type in _ON_PAPER, f"{event.type} later"
        if event.type == "batch.opened":
            self.alone = data["checking"] == "self-check"
            self.makers.add(by.person)
        if event.type in _MAKES:
            assert self.alone or by.person not in self.checkers, "a checker made"
            self.makers.add(by.person)
        if event.type == "check.made":
            self._check(data, by)
        if event.type in ("amount.recorded", "count.recorded", "step.done"):
            self._work(data, before)
        if event.type == "test.recorded":
            self.tests[event.seq] = (data["passes"], {by.person})
        if event.type == "mismatch.resolved":
            self.alone = self.alone or data["checking"] == "self-check"
            self.matched.discard(data["point"])
            assert self.alone or by.person not in self.makers
        if event.type == "entry.corrected":
            self._void(data["touches"])
            self._test(data, by)
            self.steps -= set(data["touches"] if data["field"] == "done" else ())
            if data["field"] == "made":
                self.fresh += int(data["new"].split()[0]) - (self.made or 0)
                self.made = int(data["new"].split()[0])
        if event.type == "batch.made":
            made = data["number"] or int(data["made"].split()[0])
            self.fresh += made - (self.made or 0)
            self.made = made
        if event.type == "batch.released":
            self._release(event, before)
        if event.type in ("batch.freed", "batch.released"):
            assert all(passes == "yes" for passes, _ in self.tests.values()), "a test fails"
            assert by.person not in self.turned, "one hand made a test pass"
        if event.type in ("batch.held", "batch.rejected"):
            assert data["reason"] != BY_FINGERPRINT, "held by a second calculation, of values that match"
            self.released = False
        if event.type == "batch.freed" and "release" in self.matched:
            self.released = True
        if event.type in self.left:
            self._move(event, data)
        self.ended = self.ended or event.type in ("batch.rejected", "batch.cancelled")
        self.out.append((_minute(event), self.released))

    def _check(self, data, by):
        if data["checking"] == "two persons":
            assert by.person not in self.makers, "a maker checked"
            self.checkers.add(by.person)
        else:
            assert self.alone, "a self-check that nobody chose"
        if not data["differ"]:
            self.matched.add(data["point"])
            self.read[data["point"]] = {each["name"] for each in data["values"]}
        else:
            self.matched.discard(data["point"])

    def _work(self, data, before):
        """Nothing is recorded a second time that is crushed or mixed since."""
        if data["replaces"] is not None:
            for point in points_of(before):
                used = self.made is not None or not self.steps.isdisjoint(point.locks)
                assert data["step"] not in point.needs or not used, "recorded again what is used up"
        self.steps.add(data["step"])

    def _test(self, data, by):
        """A test is never corrected twice by one hand."""
        if data["seq"] not in self.tests:
            return
        passes, hands = self.tests[data["seq"]]
        assert by.person not in hands, "one hand corrects a test"
        passes = data["new"] if data["field"] == "passes" else passes
        self.tests[data["seq"]] = passes, hands | {by.person}
        if (data["field"], data["new"]) == ("passes", "yes"):
            self.turned.add(by.person)

    def _void(self, touches):
        """Every check that read what is corrected now counts no more; nor does the release."""
        for point in list(self.matched):
            names = self.read[point]
            for touched in touches:
                lot = touched.removeprefix("lot.")
                of_lot = {f"{lot}.lot", f"{lot}_lot"} if lot != touched else set()
                if point == "release" or names & {touched, f"{touched}.boat", *of_lot}:
                    self.matched.discard(point)

    def _release(self, event, before):
        wanted = {point.key for point in points_of(before)}
        assert wanted <= self.matched, f"released without {wanted - self.matched}"
        assert event.signature is not None
        assert event.by.role.startswith("pharmacist")
        assert self.alone or event.by.person not in self.makers, "a maker released"
        assert event.day <= event.data["until"]
        self.released = True

    def _was_out(self, minute):
        """True if the batch was released in some part of this minute, on paper, of local time."""
        before = [released for at, released in self.out if at < minute]
        return any([*before[-1:], *(released for at, released in self.out if at == minute)])

    def _move(self, event, data):
        if event.type == "batch.dispensed":
            assert self._was_out(event.late.done_at) if event.late else self.released, "dispensed and not released"
            again = self.left[event.type] > 0
            assert not again or event.data["screening"] in ("asked and clear", "none"), "not asked again"
        number = int(data["amount"].split()[0])
        self.left[event.type] += number
        if event.type == "batch.dispensed":
            self.fresh -= number
            assert self.fresh >= 0, "dispensed what came back"
        elif event.type == "batch.returned":
            self.back += number
        elif data["reason"] == "returned":
            self.back -= number
            assert self.back >= 0, "destroyed as returned what never left"
        else:
            self.fresh -= number

    def check(self, state):
        """Hold the state against the books."""
        assert state.makers == self.makers
        assert {point for point in self.read if state.matched(point)} <= self.matched, "a check that should be void"
        if self.made is not None and state.made is not None:
            on_hand = (
                self.made - self.left["batch.dispensed"] - self.left["batch.destroyed"] + self.left["batch.returned"]
            )
            assert state.on_hand.value == on_hand >= 0
        if self.ended:
            assert state.status.value in ("rejected", "cancelled")
        assert (state.status.value == "released") <= self.released


def walk(random, length=40):
    """Walk a batch at random, mostly as people would; return what was written. Raises `AssertionError` for a law."""
    settings = Settings(technicians_check_before_crushing=random.random() < 0.3)
    pharmacy, books, before = Pharmacy(settings=settings), Books(), None
    alone = random.random() < 0.2
    order = random.choice(ORDERS)
    pharmacy.do(TWO if alone else random.choice((ONE, TWO)), _open(order, alone=alone))
    _booked(pharmacy, books, 0, before)
    for _ in range(length):
        before, written = pharmacy.state, len(pharmacy.events)
        by, act = _next(random, pharmacy.state, pharmacy, alone=alone)
        signed = None if random.random() < 0.95 else random.random() < 0.5
        program = "next" if random.random() < 0.03 else None
        late = Late(f"2026-11-30 12:{random.randint(0, 59):02}", "record was down") if random.random() < 0.05 else None
        try:
            pharmacy.do(by, act, after=random.choice((5, 60, 700)), signed=signed, program=program, late=late)
        except _REFUSALS:
            assert pharmacy.state is before
            assert len(pharmacy.events) == written
            continue
        _booked(pharmacy, books, written, before)
    _ended(replace(pharmacy, events=list(pharmacy.events)))
    return pharmacy


def _ended(pharmacy):
    """There is a way out of each state: somebody else rejects the batch, and all that there is of it is destroyed."""
    if pharmacy.state.status.value not in ("rejected", "cancelled", "used up"):
        pharmacy.do(FRESH, acts.Reject("damaged"))
    for reason in ("damaged", "returned"):
        there = to_destroy(pharmacy.state, reason)
        if there is not None and there.numerator:
            number = f"{there.numerator}/{there.denominator}" if there.denominator > 1 else f"{there.numerator}"
            pharmacy.do(FRESH, acts.Move("destroyed", number, "mL", way=WAYS[0], reason=reason))
    assert pharmacy.state.on_hand is None or not pharmacy.state.on_hand.numerator


def _open(order, *, alone):
    return acts.Open(order, checking="self-check", reason="alone today") if alone else acts.Open(order)


def _booked(pharmacy, books, since, before):
    for event in pharmacy.events[since:]:
        books.take(event, before)
        before = evolve(before, event)
    due = next((point for point in points_of(before) if point.key == before.point_due), None)
    if due is not None:  # what is read follows from the shape alone
        assert values_of(before, due) == values_of(without_figures(before), due)
    assert before == pharmacy.state  # folded again from the events, it is the same batch
    books.check(pharmacy.state)


def _next(random, state, pharmacy, *, alone):
    """The next act: mostly what is due, sometimes anything."""
    if random.random() < 0.25:
        return random.choice(PEOPLE), _anything(random, state)
    maker = TWO if alone else ONE
    if state.status.value == "held":
        return random.choice((FOUR, THREE)), random.choice(
            (acts.Free("answered"), acts.Resolve(random.choice(FINDINGS), "typed wrong", finish=_finish(random)))
        )
    if state.status.value in ("released", "used up"):
        return TWO, _moved(random)
    if state.point_due is not None and state.point_due != "release":
        return (maker if state.self_checked else random.choice((TWO, THREE, FOUR))), _check(random, state)
    if state.status.value == "made":
        return (maker if state.self_checked else random.choice((TWO, THREE, FOUR))), _release(random, state)
    missing = [each for each in missing_for_made(state) if not each.startswith("check.")]
    missing.sort(key=lambda each: not each.startswith("lot."))
    if not missing:
        liquid = acts.Make("100", "mL", description="white, even liquid", blank="not done")
        return maker, liquid if state.is_liquid else MADE
    if missing[0].startswith("deviation."):
        return FOUR, acts.Deviate(missing[0].removeprefix("deviation."), "spilled")
    return maker, _entry(random, state, missing[0])


def _entry(random, state, missing):
    """What is missing: a lot, or an amount near its target."""
    if missing.startswith("lot."):
        return acts.TakeLot(missing.removeprefix("lot."), "", random.choice(("A1", "B-2")), "2028-05")
    target, masses = state.target(missing), {"all_tablets": "480", "count_tablets": "3"}
    if missing in masses and not (state.is_liquid and missing == "count_tablets"):
        value = masses[missing]
    elif target.target is None:
        value = "100"
    else:
        off = random.choice((0, 0, 0, 1, 2)) if target.wants == "mass" else 0
        value = str(round(target.target.value) + off * round(target.target.value / 100))
    reading = random.choice(("typed", "slip"))
    old = state.entries.get(missing)
    replaces, reason = (None, "") if old is None else (old.seq, "weighed again")
    return acts.Record(
        missing,
        value,
        {"mass": "mg", "volume": "mL"}.get(target.wants, ""),
        reading=reading,
        replaces=replaces,
        reason=reason,
    )


def _again(random, entries):
    """An entry recorded again, as it was."""
    if not entries:
        return acts.Free("answered")
    entry = random.choice(entries)
    return acts.Record(entry.step, entry.text, done=True, replaces=entry.seq, reason="weighed again")


def _check(random, state):
    return acts.Check(state.point_due, _read(random, state, state.point_due))


def _read(random, state, point):
    """The values of a point as they are there; one of them sometimes read otherwise."""
    values = bench_of(state).read(state, point)
    if random.random() < 0.3 and values:
        asked = random.choice([each for each in points_of(state) if each.key == point])
        name = random.choice([each.name for each in values_of(state, asked)])
        values[name] = {"yes": "no", "capsules": "tablets"}.get(values[name], f"1{values[name]}")
    return values


def _release(random, state):
    return acts.Release(_read(random, state, "release"), ANSWERS, reviewed=tuple(Item))


def _finish(random):
    return "self-check" if random.random() < 0.2 else ""


def _moved(random):
    number = str(random.randint(1, 12))
    kind = random.choice(("returned", "destroyed", "counted"))
    reason = random.choice(CHOICES[kind][:-1] or CHOICES[kind])
    move = acts.Move(kind, number, "mL", way=random.choice(WAYS), reason=reason)
    return random.choice((move, acts.Dispense(number, "mL", reference="RX 1", answers=random.choice(({}, ANSWERS)))))


def _anything(random, state):
    """Any act at all, whether it fits or not."""
    steps = [each.step for each in state.targets]
    entries, lots = list(state.entries.values()), list(state.lots)
    made = [] if state.made_as is None else [state.made_as.seq]
    tests = [each.seq for each in state.tests] or [1]
    seqs = [each.seq for each in (*entries, *lots)] + made + [1]
    point = random.choice([each.key for each in points_of(state)])
    field, new, unit = random.choice(
        (
            ("actual", "433", "mg"),
            ("actual", "3", ""),
            ("text", "C-3", ""),
            ("expiry", "2028-06", ""),
            ("made", "29", ""),
            ("done", "no", ""),
        )
    )
    return random.choice(
        (
            acts.Record(random.choice(steps), random.choice(("3", "30", "480", "x")), "mg", done=random.random() < 0.5),
            acts.TakeLot(random.choice((*components_of(state.order), "container")), "", "Z9", "2028-05"),
            acts.Check(point, bench_of(state).read(state, point) if state.point_due == point else {}),
            acts.Correct(random.choice(seqs), field, new, "typed wrong", unit),
            acts.Correct(random.choice(seqs), field, new, "typed wrong", unit),
            acts.Correct(
                random.choice(tests),
                random.choice(("passes", "what")),
                random.choice(("yes", "no", "other")),
                "typed wrong",
            ),
            _again(random, entries),
            acts.ShowFigures(),
            acts.Hold("equipment"),
            acts.Free("answered"),
            acts.Reject("damaged") if random.random() < 0.3 else acts.Hold("complaint"),
            acts.Cancel("not needed") if random.random() < 0.1 else acts.ShowFigures(),
            acts.Deviate(random.choice(("dose", "plan", *steps)), "spilled"),
            acts.Print(random.choice(("sheet", "label", "record")), "letter", "1", reason="first damaged"),
            acts.RecordTest("assay", found="99 %", passes=random.choice(("yes", "yes", "yes", "no"))),
            _release(random, state) if state.status.value == "made" else MADE,
            MADE,
            _moved(random),
            acts.Resolve(random.choice(FINDINGS), "typed wrong", finish=_finish(random)),
        )
    )
