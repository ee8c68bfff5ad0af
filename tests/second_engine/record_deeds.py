"""What people do at a batch, what of it is kept, and who may do what (the design of the record, 1.2 to 1.5)."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

OPENED_ON = date(2026, 11, 30)
PHARMACISTS = ("pharmacist", "pharmacist-in-charge")
WORKERS = ("compounder", *PHARMACISTS)
#: Deeds by whom they may be done, and whether they are signed (design 1.5).
RIGHTS = {
    "open": ((*WORKERS, "system"), False),
    "lot": (WORKERS, False),
    "record": (WORKERS, False),
    "draft": (WORKERS, False),
    "deviate": (PHARMACISTS, True),
    "check": (PHARMACISTS, True),
    "release": (PHARMACISTS, True),
    "show": ((*WORKERS, "auditor", "system"), False),
    "resolve": (PHARMACISTS, True),
    "make": (WORKERS, True),
    "test": (PHARMACISTS, True),
    "hold": (PHARMACISTS, True),
    "free": (PHARMACISTS, True),
    "reject": (PHARMACISTS, True),
    "cancel": (WORKERS, True),
    "print": (WORKERS, False),
    "dispense": (PHARMACISTS, True),
    "move": (PHARMACISTS, True),
    "correct": (PHARMACISTS, True),
    "correct own": (WORKERS, False),
}


class Refused(Exception):
    """A deed that is refused; `code` says why."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def refuse(code, wrong=True):
    """Refuse with a code, if something is wrong."""
    if wrong:
        raise Refused(code)


@dataclass
class Who:
    """A person: name in the record, and role."""

    person: str
    role: str


@dataclass
class Deed:
    """What somebody does: its kind and what it says; signed, so many seconds and days after the last."""

    kind: str
    who: Who
    says: dict = field(default_factory=dict)
    signed: bool = True
    seconds: int = 60
    days: int = 0
    program: bool = False
    elsewhere: bool = False


@dataclass
class Entry:
    """What was recorded at a step: an amount or None, by whom, typed or kept as a slip."""

    amount: Fraction | None
    by: str
    slip: bool = False
    explained: bool = False
    read: bool = False
    boat: str = ""
    tare: int = 0


@dataclass
class Test:
    """A test: what was tested, whether it passes, whether of what was made, and who had a hand in it."""

    what: str
    passes: bool
    of_made: bool
    hands: set


@dataclass
class Lot:
    """A lot of a component."""

    component: str
    text: str
    expiry: date
    by: str
    read: bool = False
