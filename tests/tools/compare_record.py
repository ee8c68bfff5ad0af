"""The rules of the record beside an independent model of them: random walks through both, to the first difference.

python -m tests.tools.compare_record WALKS SEED [SHAPE ...]      shapes as in the model; all of them where none is named
"""

import copy
import sys
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from calc.faults import Refused
from calc.record.batch import acts
from calc.record.batch.review import Item
from calc.record.batch.view import is_hidden
from calc.record.envelope import By
from calc.record.refusals import ActRefused, NeedsSignature, NotAllowed
from calc.record.settings import Settings
from tests.second_engine.random_record import draw, opened
from tests.second_engine.record_model import Model
from tests.second_engine.record_shapes import SHAPES
from tests.support.batch import Pharmacy

LENGTH = 40
NAMES = {
    "p1": "Compounder One",
    "p2": "Pharmacist Two",
    "p3": "Pharmacist Three",
    "p4": "In Charge Four",
    "p5": "Auditor Five",
    "p6": "Compounder Six",
    "k1": "System One",
}
SETTINGS = {
    "crushing": ("technicians_check_before_crushing", True),
    "mixing": ("technicians_check_before_mixing", True),
    "systems": ("systems_dispense", True),
    "no self-check": ("self_check_allowed", False),
}
ANSWERS = {
    "no": {"opioids": "no", "liver_disease": "no"},
    "yes": {"opioids": "yes", "liver_disease": "no"},
    "": {},
}


def settings_of(names):
    """The settings of the pharmacy, of which the model names those that are on."""
    return Settings(technicians_check_before_mixing=False)._replace(**dict(SETTINGS[name] for name in names))


def act_of(deed, state, shape):
    """The act of a deed; what it stands on is found in the state of the program."""
    says = deed.says
    unit = "mL" if shape.unit == "mL" else ""
    if deed.kind == "open":
        alone = {"checking": "self-check", "reason": "alone today"} if says["alone"] else {}
        return acts.Open(shape.order, purpose="stock" if says["stock"] else "one dispensing", **alone)
    if deed.kind == "lot":
        lots = [lot for lot in state.lots if lot.component == says["component"]]
        replaces = (lots[0].seq if lots else 999) if says["replaces"] else None
        return acts.TakeLot(says["component"], "Maker One", says["text"], says["expiry"], replaces)
    if deed.kind == "record":
        old = state.entries.get(says["step"])
        again = {"replaces": 999 if old is None else old.seq, "reason": "weighed again"} if says["replaces"] else {}
        target = state.target(says["step"])
        reading = "slip" if says["slip"] else "typed"
        if target is not None and target.wants == "text":
            return acts.Record(says["step"], "as it should be", **again)
        again |= {"boat": says.get("boat", ""), "tare": f"{says['tare']} mg" if says.get("tare") else ""}
        return acts.Record(
            says["step"],
            says.get("value", ""),
            unit_of_step(state, says["step"]),
            done="value" not in says,
            reading=reading,
            **again,
        )
    if deed.kind == "deviate":
        drafts = [each.seq for each in state.deviations if each.signature is None and each.data["step"] == says["step"]]
        signs = (drafts[0] if drafts else 999) if says["signs"] else None
        return acts.Deviate(says["step"], "spilled", signs=signs)
    if deed.kind == "check":
        return acts.Check(says["point"], says["values"])
    if deed.kind == "resolve":
        return acts.Resolve(says["finding"], "typed wrong", finish="self-check" if says["finish"] else "")
    if deed.kind == "make":
        full = str(Decimal(says["fill"]) + 48)
        more = {"blank": "not done"}  # the model records no look at a mixture
        if not unit:
            more |= {"masses": " ".join([full] * 10), "shells": " ".join(["48"] * 10)}
        return acts.Make(says["number"], unit, "white", reason=says["reason"], **more)
    if deed.kind == "test":
        return acts.RecordTest(says["what"], found="99 %", passes="yes" if says["passes"] else "no", text="looks alike")
    if deed.kind == "release":
        override = "prescriber_confirmed" if says["override"] else ""
        confirmed = tuple(Item) if says["confirm"] else ()
        return acts.Release(says["values"], ANSWERS[says["answers"]], override, confirmed)
    if deed.kind == "print":
        return acts.Print(says["paper"], "letter", reason="first damaged")
    if deed.kind == "dispense":
        return acts.Dispense(says["amount"], unit, reference="RX 1", answers=ANSWERS[says["answers"]])
    if deed.kind == "move":
        return acts.Move(says["way"], says["amount"], unit, way="drug waste", reason=says["reason"])
    if deed.kind == "correct":
        new = {True: "yes", False: "no"}.get(says["new"], says["new"])
        return acts.Correct(seq_of(says, state), says["field"], new, "typed wrong", unit_of(says, state, unit))
    plain = {
        "show": acts.ShowFigures(),
        "hold": acts.Hold("equipment"),
        "free": acts.Free("answered"),
        "reject": acts.Reject("damaged"),
        "cancel": acts.Cancel("not needed"),
    }
    return plain[deed.kind]


def seq_of(says, state):
    """The sequence of what is corrected; of nothing there is 999."""
    if says["of"] == "made":
        return 999 if state.made_as is None else state.made_as.seq
    if says["of"] == "test":
        return state.tests[-1].seq if state.tests else 999
    if says["of"] == "lot":
        lots = [lot for lot in state.lots if lot.component == says["name"]]
        return lots[0].seq if lots else 999
    return state.entries[says["name"]].seq if says["name"] in state.entries else 999


def unit_of(says, state, made):
    """The unit of a corrected figure, with that of what is made."""
    if says["of"] == "made":
        return made
    return "" if says["of"] in ("lot", "test") else unit_of_step(state, says["name"])


def unit_of_step(state, step):
    """The unit in which what a step is aimed at is typed."""
    target = state.target(step)
    return "" if target is None else {"mass": "mg", "volume": "mL"}.get(target.wants, "")


def figure(value):
    """An exact figure; None where there is none."""
    return None if value is None else Fraction(value.value)


def of_program(state):
    """What the program says of a batch."""
    return {
        "status": state.status.value,
        "due": state.point_due if state.status.value in ("due for a check", "made") else None,
        "alone": state.self_checked,
        "makers": set(state.makers),
        "checkers": set(state.checkers),
        "saw": set(state.saw),
        "entries": {step: figure(entry.actual) for step, entry in state.entries.items()},
        "lots": sorted((lot.component, lot.lot.upper(), lot.expiry) for lot in state.lots),
        "matched": {key for key in ("crushing", "mixing-1", "mixing-2", "mixing", "release") if state.matched(key)},
        "mismatch": None if state.last_lock else state.mismatch,
        "made": figure(state.made),
        "on hand": figure(state.on_hand),
        "back": figure(state.back) or 0,
        "until": state.use_until,
        "fails": state.fails_test,
        "hidden": {person for person in NAMES if is_hidden(state, person)},
    }


def of_model(model):
    """What the model says of it."""
    return {
        "status": model.status,
        "due": model.due if model.status in ("due for a check", "made") else None,
        "alone": model.alone,
        "makers": model.makers,
        "checkers": model.checkers,
        "saw": model.saw,
        "entries": {step: entry.amount for step, entry in model.entries.items()},
        "lots": sorted((lot.component, lot.text.upper(), lot.expiry.isoformat()) for lot in model.lots),
        "matched": {key for key, by in model.matched.items() if by},
        "mismatch": None if model.status in ("rejected", "cancelled") else model.mismatch,
        "made": model.made,
        "on hand": model.on_hand,
        "back": model.back,
        "until": model.until.isoformat(),
        "fails": model.failed,
        "hidden": {person for person in NAMES if model.is_hidden(person)},
    }


def done_by_program(pharmacy, deed, shape):
    """What the program answers to a deed: "done", or the codes of its refusal."""
    pharmacy.day += timedelta(days=deed.days)
    pharmacy.at += timedelta(days=deed.days)
    more = {"program": "next" if deed.program else None, "elsewhere": deed.elsewhere}
    by = By(deed.who.person, NAMES[deed.who.person], deed.who.role)
    try:
        pharmacy.do(by, act_of(deed, pharmacy.state, shape), after=deed.seconds, signed=deed.signed, **more)
    except NotAllowed:
        return {"not allowed"}
    except NeedsSignature:
        return {"needs signature"}
    except ActRefused as refused:
        return {problem.code for problem in refused.problems} | {
            f"{problem.field} {dict(problem.facts)}" for problem in refused.problems if problem.facts
        }
    except Refused as refused:
        return {"fault"} | {f"{fault.field}: {fault.code.value}" for fault in refused.faults}
    return {"done"}


#: Refusals of a deed of which no document says which is told first.
EITHER = {"move": {"wrong_state", "not_enough"}, "correct": {"nothing_would_change", "read_twice"}}


def compared(model, pharmacy, deed):
    """Do a deed at both; return what they answer otherwise, blank for nothing."""
    mine, its = model.do(copy.deepcopy(deed)), done_by_program(pharmacy, deed, model.shape)
    either = EITHER.get(deed.kind, set())
    if mine not in its and not (mine in either and its & either):
        return f"model: {mine}, program: {sorted(its)}", mine
    if model.status is None or pharmacy.state is None:
        return "", mine
    ours, theirs = of_model(model), of_program(pharmacy.state)
    unlike = [f"{name}: model {ours[name]}, program {theirs[name]}" for name in ours if ours[name] != theirs[name]]
    return "; ".join(unlike), mine


def again(shape, names, deeds):
    """Do these deeds from the start; return how many it takes to the first difference, and the difference."""
    model, pharmacy = Model(shape, names), Pharmacy(settings=settings_of(names))
    for count, deed in enumerate(deeds, 1):
        unlike, _ = compared(model, pharmacy, deed)
        if unlike:
            return count, unlike
    return None


def shrunk(shape, names, deeds):
    """Leave out deeds while the two still differ."""
    size = max(1, len(deeds) // 2)
    while size:
        at = 1
        while at < len(deeds):
            fewer = deeds[:at] + deeds[at + size :]
            found = again(shape, names, fewer) if fewer else None
            if found:
                deeds = fewer[: found[0]]
            else:
                at += size
        size //= 2
    return deeds


def walk(shape, seed, length=LENGTH, tally=None):
    """Walk at random through both; return the settings and deeds up to the first difference, or None."""
    rng = Random(f"{shape} {seed}")
    names = [name for name in SETTINGS if rng.random() < 0.3]
    model, pharmacy = Model(shape, names), Pharmacy(settings=settings_of(names))
    deeds = []
    for at in range(length):
        deed = draw(rng, model) if at else opened(rng)
        deeds.append(copy.deepcopy(deed))
        unlike, answer = compared(model, pharmacy, deed)
        if tally is not None:
            tally[f"{deed.kind} done" if answer == "done" else answer] += 1
        if unlike:
            return names, deeds
        if model.status is None:
            return None
    return None


def told(deed):
    """A deed in a line."""
    beside = [name for name in ("program", "elsewhere") if getattr(deed, name)] + ([] if deed.signed else ["unsigned"])
    return f"  {deed.who.person} {deed.kind} {deed.says} {deed.seconds} s, {deed.days} days {' '.join(beside)}"


def main(number, seed, shapes):
    """Walk so often, up to the first difference; print it with its shortest walk, and what was done on all of them."""
    tally = Counter()
    for at in range(number):
        shape = shapes[at % len(shapes)]
        unlike = walk(shape, f"{seed}.{at}", tally=tally)
        if unlike:
            names, deeds = unlike
            deeds = shrunk(shape, names, deeds)
            print(f"{shape} {names}: {again(shape, names, deeds)[1]}")
            print("\n".join(map(told, deeds)))
            print(f"they disagree in walk {at + 1} of {number:,} (seed {seed})")
            return 1
    answers = ", ".join(f"{answer} {count}" for answer, count in tally.most_common())
    print(f"0 disagreements in {number:,} walks, {tally.total():,} acts (seed {seed}): {answers}")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:] or list(SHAPES)))
