"""What people ask of a batch. Values are texts as typed: the rules read them, and a fault names the field here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Open:
    """Open a batch from the order of a plan; its number is given by the record.

    `checking` is "two persons" or "self-check", which needs a reason. `purpose` is "one dispensing" or "stock".
    """

    order: Mapping[str, Any]
    checking: str = "two persons"
    reason: str = ""
    container: str = ""
    purpose: str = "one dispensing"


@dataclass(frozen=True, slots=True)
class TakeLot:
    """Take a lot of a component, named by its part of the order ("source", "vehicle.parts.1") or "container"."""

    component: str
    maker: str = ""
    lot: str = ""
    expiry: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """Record what was found at a step, by the step's key: an amount with its unit, a count, a text, or a tick.

    `tare` and `boat` belong to a mass in a numbered boat. `reading` is "typed", "keyboard" or "wire". `replaces` is the
    sequence of an earlier entry of the step, with the reason why it is recorded again.
    """

    step: str
    value: str = ""
    unit: str = ""
    done: bool = False
    tare: str = ""
    boat: str = ""
    reading: str = "typed"
    replaces: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Deviate:
    """Record a deviation at a step: a choice of reason, a text, and whether a pharmacist signs it or it is a draft."""

    step: str
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """Compare what a second person read, all values of a point together, by their names as in `points`."""

    point: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShowFigures:
    """Show the figures of a batch that is due for a check: who sees them cannot check this batch."""


@dataclass(frozen=True, slots=True)
class Resolve:
    """Resolve a second mismatch: "first was wrong", "check was wrong" or "cannot be told", and what was done."""

    finding: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Make:
    """Sign that the batch is made: counts, description, sample masses and what was destroyed, as typed."""

    made: str
    description: str = ""
    masses: str = ""
    shells: str = ""
    left_over: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RecordTest:
    """Record a test of the batch: what was tested, by whom, what was found, and whether it passes."""

    what: str
    laboratory: str = ""
    found: str = ""
    passes: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """Hold a batch, with a reason."""

    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Free:
    """Take a held batch back to where it was, with a reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Release:
    """Release a batch: values read from tray and label, the answers to the drug's questions, and the review list.

    `answers` hold each question's answer, and stand in no event. `reviewed` are the items that the person confirms.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    override: str = ""
    reviewed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reject:
    """Reject a batch, with a reason."""

    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Cancel a batch that is not made, with a reason."""

    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Print:
    """Note a printed paper: "sheet", "label" or "record", its size, how many, and the lines of the batch on it.

    `filled` names the lines that were typed for one person; what was typed is never kept.
    """

    paper: str
    size: str = ""
    number: str = "1"
    lines: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Dispense:
    """Dispense capsules or milliliters of a released batch; `reference` is kept beside the chain by its digest."""

    amount: str
    unit: str = ""
    containers: str = "1"
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """Return, destroy or count what is there: `kind` is "returned", "destroyed" or "counted"."""

    kind: str
    amount: str
    unit: str = ""
    way: str = ""
    witness: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Correct:
    """Correct one field of an earlier event of the batch, with a reason; the old value stays beside the new one."""

    seq: int
    field: str
    new: str
    reason: str


Act = (
    Open
    | TakeLot
    | Record
    | Deviate
    | Check
    | ShowFigures
    | Resolve
    | Make
    | RecordTest
    | Hold
    | Free
    | Release
    | Reject
    | Cancel
    | Print
    | Dispense
    | Move
    | Correct
)
