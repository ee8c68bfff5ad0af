"""Random deeds at a batch: mostly what is due by the model, sometimes anything, with values that are right or not."""

from tests.second_engine.random_readings import readings
from tests.second_engine.record_deeds import Deed, Who

ONE = Who("p1", "compounder")
TWO = Who("p2", "pharmacist")
THREE = Who("p3", "pharmacist")
FOUR = Who("p4", "pharmacist-in-charge")
AUDITOR = Who("p5", "auditor")
SYSTEM = Who("k1", "system")
SIX = Who("p6", "compounder")
PEOPLE = (ONE, ONE, SIX, TWO, TWO, THREE, FOUR, AUDITOR, SYSTEM)
LOTS = ("A-1", "b 22", "C3")
EXPIRIES = ("2028-05", "2028-05", "2028-05", "2027-02", "2026-12-05", "2026-10")
#: Counts, volumes, and what is weighed without a boat.
UNBOATED = ("count_tablets", "shells", "to_volume")


def opened(rng):
    """The first deed of a walk, by somebody who may."""
    alone = rng.random() < 0.2
    who = rng.choice((ONE, TWO, FOUR) if alone else (ONE, ONE, TWO, FOUR))
    return Deed("open", who, {"alone": alone, "stock": rng.random() < 0.3}, signed=False)


def draw(rng, model):
    """The next deed."""
    deed = _anything(rng, model) if rng.random() < 0.3 else _next(rng, model)
    if rng.random() < 0.03:
        deed.signed = not deed.signed
    deed.program, deed.elsewhere = rng.random() < 0.02, rng.random() < 0.1
    deed.seconds = rng.choice((5, 60, 60, 700))
    deed.days = rng.choice((0,) * 60 + (1, 1, 20)) if model.status not in ("released", "used up") else 0
    if model.status in ("released", "used up") and rng.random() < 0.04:
        deed.days = rng.choice((10, 100, 200))
    return deed


def _maker(model):
    known = [who for who in (ONE, TWO, FOUR) if who.person in model.makers]
    return known[0] if known else ONE


def _checker(rng, model):
    if model.alone:
        return _maker(model)
    if rng.random() < 0.15:
        return rng.choice([who for who in (TWO, THREE, FOUR) if who.person in model.saw] or [ONE, TWO, THREE, FOUR])
    free = [who for who in (TWO, THREE, FOUR) if who.person not in model.makers | model.saw]
    return rng.choice(free or [TWO, THREE, FOUR])


def _next(rng, model):
    maker, checker = _maker(model), _checker(rng, model)
    if model.status == "held":
        if model.failed and rng.random() < 0.5:
            by = rng.choice((TWO, THREE, FOUR))
            return Deed("correct", by, {"of": "test", "name": "", "field": "passes", "new": True})
        if model.mismatch is None or rng.random() < 0.1:
            return rng.choice((Deed("free", checker), Deed("free", checker), Deed("test", checker, _tested(rng))))
        return Deed("resolve", checker, _found(rng))
    if model.status in ("released", "used up"):
        return _moved(rng, model, checker)
    explained = [step for step, entry in model.entries.items() if entry.explained and not entry.read]
    if explained and model.status in ("open", "due for a check") and rng.random() < 0.3:
        return _record(rng, model, maker, explained[0])  # what was explained is weighed again
    if model.due is not None and model.due != "release":
        return Deed("check", checker, {"point": model.due, "values": readings(rng, model, model.due)})
    if model.status == "made":
        if rng.random() < 0.1:
            return _deviation(rng, model, rng.choice(model.shape.steps))
        if model.drafts and rng.random() < 0.4:
            return _deviation(rng, model, model.drafts[0])
        if not model.dose_is_well and rng.random() < 0.7:
            return rng.choice((_deviation(rng, model, "dose"), Deed("test", checker, _tested(rng))))
        if rng.random() < 0.3:
            return Deed("check", checker, {"point": "release", "values": readings(rng, model, "release")})
        return _release(rng, model, checker)
    return _missing(rng, model, maker)


def _missing(rng, model, maker):
    lots = {lot.component for lot in model.lots}
    missing = [each for each in model.shape.components if each not in lots]
    steps = [step for point in model.shape.points for step in point.needs] + list(model.shape.wanted)
    missing += [step for step in steps if step not in model.entries]
    unexplained = model.unexplained()
    if unexplained and rng.random() < 0.7:
        return _deviation(rng, model, unexplained[0])
    if not missing:
        if rng.random() < 0.3:
            return _record(rng, model, maker, rng.choice(model.shape.steps))
        return _make(rng, model, maker)
    first = missing[0] if rng.random() < 0.7 else rng.choice(missing)
    if first in model.shape.components:
        return _lot(rng, model, maker, first)
    return _record(rng, model, maker, first)


def _deviation(rng, model, step):
    who, signed = rng.choice((FOUR, THREE, TWO, ONE)), rng.random() < 0.7
    signs = step in model.drafts and rng.random() < 0.8
    return Deed("deviate", who, {"step": step, "signs": signs}, signed=signed)


def _lot(rng, model, who, component):
    taken = any(lot.component == component for lot in model.lots)
    return Deed(
        "lot",
        who,
        {
            "component": component,
            "text": rng.choice(LOTS),
            "expiry": rng.choice(EXPIRIES),
            "replaces": taken and rng.random() < 0.5,
        },
        signed=False,
    )


def _record(rng, model, who, step):
    says = {"step": step, "replaces": step in model.entries and rng.random() < 0.9}
    target = model.shape.target(step, model.mass)
    if step == "count_tablets":
        says["value"] = "3" if model.shape.tablets or rng.random() < 0.1 else "2"
    elif step == "all_tablets":
        says["value"] = rng.choice(("480", "480", "482", "475", "100", "4800"))
    elif target is not None:
        off = rng.choice((0, 0, 0, 0, 5, -9, 12, 16, -21, 28, 33, 100, -500))
        if "-" in step and rng.random() < 0.4:  # each within its limit, and the dose is off by all of them
            off = 28 if step.startswith("aliquot") else -28
        says["value"] = str(round(target * (1000 + off) / 1000)) if step not in ("shells", "to_volume") else str(target)
    elif step in model.shape.targets:
        says["value"] = "400"
    says["slip"] = rng.random() < 0.5
    if step in model.shape.targets and step not in UNBOATED and rng.random() < 0.3:
        says["boat"] = rng.choice(("1", "2"))
        says["tare"] = rng.choice((0, 1200, 1203))
    return Deed("record", who, says, signed=False)


def _found(rng):
    finding = rng.choice(("first was wrong", "first was wrong", "check was wrong", "check was wrong", "cannot be told"))
    return {"finding": finding, "finish": rng.random() < 0.1}


def _tested(rng):
    return {"passes": rng.random() < 0.7, "what": rng.choice(("assay", "content uniformity", "other"))}


def _make(rng, model, who):
    fill = rng.choice((*["137.6"] * 6, "138", "134", "134", "130"))
    number = model.shape.planned - rng.choice((0, 0, 0, 1, 2, -1, -4))
    return Deed("make", who, {"number": str(number), "reason": rng.choice(("", "spilled")), "fill": fill})


def _release(rng, model, who):
    says = {
        "values": readings(rng, model, "release") if rng.random() < 0.8 else {},
        "answers": rng.choice(("", "", "", "", "no") if model.stock else ("no", "no", "no", "no", "yes", "")),
        "override": rng.random() < 0.3,
        "confirm": rng.random() < 0.95,
    }
    return Deed("release", who, says)


def _moved(rng, model, who):
    if rng.random() < 0.5:
        by = who if rng.random() < 0.85 else SYSTEM
        asked = ("no", "no", "no", "", "yes")
        answers = rng.choice(asked if model.stock or model.times else ("", "", "", "", "no"))
        return Deed("dispense", by, {"amount": _amount(rng, model), "answers": answers}, signed=by is not SYSTEM)
    way = rng.choice(("returned", "destroyed", "destroyed", "counted"))
    reasons = {
        "returned": ("patient returned", "recall"),
        "destroyed": ("returned", "damaged", "past its date"),
        "counted": ("as in the books", "fewer than in the books", "more than in the books"),
    }
    return Deed("move", who, {"way": way, "amount": _amount(rng, model), "reason": rng.choice(reasons[way])})


def _amount(rng, model):
    there = model.on_hand or 0
    return str(rng.choice((1, 5, 10, 12, int(there) or 1, int(there) or 1, int(model.back) or 2, int(there) + 1)))


def _anything(rng, model):
    who, steps = rng.choice(PEOPLE), model.shape.steps
    kind = rng.choice(
        (
            *("record", "record", "lot", "deviate", "check", "show", "resolve", "make", "test", "hold", "hold", "free"),
            *("release", "reject", "cancel", "print", "dispense", "move", "correct", "correct", "correct"),
        )
    )
    if kind in ("reject", "cancel", "show") and rng.random() < 0.6:
        kind = "correct"
    if kind == "record":
        return _record(rng, model, who, rng.choice((*steps, "nowhere")))
    if kind == "lot":
        return _lot(rng, model, who, rng.choice((*model.shape.components, "container", "nothing")))
    if kind == "deviate":
        return _deviation(rng, model, rng.choice((*steps, *["dose"] * 4, "plan", "nowhere")))
    if kind == "check":
        point = rng.choice([point.key for point in model.shape.points])
        return Deed("check", who, {"point": point, "values": readings(rng, model, point)})
    if kind == "correct":
        return _correct(rng, model, who if rng.random() < 0.5 else rng.choice((THREE, FOUR, TWO)))
    made = {
        "show": lambda: Deed("show", who, signed=False),
        "resolve": lambda: Deed("resolve", who, _found(rng)),
        "make": lambda: _make(rng, model, who),
        "test": lambda: Deed("test", who, _tested(rng)),
        "release": lambda: _release(rng, model, who),
        "print": lambda: Deed("print", who, {"paper": rng.choice(("sheet", "label", "record"))}, signed=False),
        "dispense": lambda: _moved(rng, model, who),
        "move": lambda: _moved(rng, model, who),
    }
    return made[kind]() if kind in made else Deed(kind, who)


def _correct(rng, model, who):
    of = rng.choice(("entry", "entry", "lot", "made", *(["test"] * 3 if model.tests else ())))
    if of == "test":
        return Deed("correct", who, {"of": of, "name": "", "field": "passes", "new": rng.random() < 0.6})
    if of == "made":
        says = {"of": of, "name": "made", "field": "made", "new": str(model.shape.planned - rng.choice((0, 1, 2, -1)))}
    elif of == "lot":
        field = rng.choice(("text", "expiry"))
        new = rng.choice(LOTS) if field == "text" else rng.choice(EXPIRIES)
        says = {"of": of, "name": rng.choice(model.shape.components), "field": field, "new": new}
    else:
        steps = [step for step in model.shape.steps if step in model.shape.targets or step == "all_tablets"]
        step = rng.choice(steps)
        new = _record(rng, model, who, step).says.get("value", "3")
        says = {"of": of, "name": step, "field": "actual", "new": new}
    return Deed("correct", who, says, signed=rng.random() < 0.9)
