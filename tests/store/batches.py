"""Events of batches for tests of the store: as plain as the rules of a batch let them be."""

from calc.record.envelope import By, Draft
from calc.store.door import Decided
from tests.store.records import stamp

TWO = By("p2", "Pharmacist Two", "pharmacist")
THREE = By("p3", "Pharmacist Three", "pharmacist")
IN_CHARGE = By("i1", "In Charge One", "pharmacist-in-charge")
#: What is said of her when she is added.
PERSON = {"name": "In Charge One", "role": "pharmacist-in-charge", "initials": "IO", "license": ""}
ORDER = {
    "preparation": "capsule",
    "drug": "naltrexone",
    "source": {"kind": "tablet"},
    "capsule": {"size": "3"},
    "diluent": {"name": "lactose"},
    "ingredients": [],
}
STEPS = ({"step": "count_tablets", "what": "tablets", "wants": "count", "unit": "{tablet}"},)


def opened(number, checking="two persons", drug="naltrexone"):
    """The events that open a batch and plan it."""
    stream = f"batch:{number}"
    how = {"number": number, "checking": checking, "reason": "", "purpose": "one dispensing", "container": "vial"}
    plan = {
        "why": "opened",
        "order": {**ORDER, "drug": drug},
        "fingerprint": "0123456789abcdef",
        "answer": "",
        "targets": [{**step, "target": None, "low": None, "high": None} for step in STEPS],
        "planned": "30 capsules",
        "use_until": "2027-05-28",
        "careful": [],
        "changed": False,
    }
    return [Draft(stream, "batch.opened", how), Draft(stream, "batch.planned", plan)]


def counted(number, tablets="3 tablets"):
    """The event that tablets were counted."""
    data = {"step": "count_tablets", "what": "tablets", "actual": tablets, "replaces": None}
    return Draft(f"batch:{number}", "count.recorded", data)


def checked(number, point="crushing", checking="two persons", differ=(), attempt=1):
    """The event that a check was made."""
    data = {"point": point, "attempt": attempt, "checking": checking, "values": [], "differ": list(differ)}
    return Draft(f"batch:{number}", "check.made", {**data, "outcome": "differ" if differ else "match"})


def shown(number):
    """The event that somebody looked at the figures."""
    return Draft(f"batch:{number}", "figures.shown", {})


def written(store, request, *drafts, by=None, expected=None):
    """Write events as they are."""
    who = stamp(request) if by is None else stamp(request, by)
    return store.append(who, lambda _: Decided(drafts), expected=expected or {})
