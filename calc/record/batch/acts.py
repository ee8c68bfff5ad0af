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
    """Take a lot of a component, named by its part of the order ("source", "vehicle.parts.1") or "container".

    `replaces` is the sequence of a lot of this component that was noted by mistake.
    """

    component: str
    maker: str = ""
    lot: str = ""
    expiry: str = ""
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Record what was found at a step, by the step's key: an amount with its unit, a count, a text, or a tick.

    `tare` and `boat` belong to a mass in a numbered boat; `value` is what the balance shows with the boat tared.
    `reading` is "typed" or "slip" (printed by the balance and kept). `replaces` is the sequence of
    an earlier entry of the step, with the reason why it is recorded again. `override` is a reason for the soft stops
    that a measured mass raises in the order. `shells` is how many shells a total of shells is of.
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
    override: str = ""
    shells: str = ""


@dataclass(frozen=True, slots=True)
class Deviate:
    """Record a deviation at a step, at the "dose" or the "plan": a choice of reason and a text.

    Signed by a pharmacist it stands; without a signature it is a draft. `signs` is the sequence of the draft that a
    pharmacist signs.
    """

    step: str
    reason: str
    text: str = ""
    signs: int | None = None


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
    """Resolve a second mismatch: "first was wrong", "check was wrong" or "cannot be told", why, and what was done.

    `finish` is "self-check" if nobody else is there to read again: the batch is then finished as such, and says so.
    """

    finding: str
    reason: str = ""
    text: str = ""
    finish: str = ""


@dataclass(frozen=True, slots=True)
class Make:
    """Sign that the batch is made: how much, how it looks, masses of a sample, what was destroyed, as typed.

    `made` is a count of capsules or a volume with its unit; `masses` and `shells` are lists, each with one unit.
    `reason` explains a count that asks for it, `blank` steps that matter for the dose and have no entry.
    """

    made: str
    unit: str = ""
    description: str = ""
    masses: str = ""
    masses_unit: str = "mg"
    shells: str = ""
    shells_unit: str = "mg"
    left_over: str = ""
    reason: str = ""
    blank: str = ""


@dataclass(frozen=True, slots=True)
class RecordTest:
    """Record a test of the batch: what was tested, by whom, what was found, and whether it passes.

    `what` is "assay", "content uniformity", or "other", which `text` names.
    """

    what: str
    laboratory: str = ""
    found: str = ""
    passes: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """Hold a batch, with a reason."""

    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Free:
    """Take a held batch back to where it was, with a reason."""

    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """Release a batch: values read from tray and label, the answers to the drug's questions, and the review list.

    `values` are blank if this person read them in a check of their own before. `answers` hold each question's answer,
    and stand in no event. `reviewed` are the items that the person confirms.
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

    `filled` names the lines that were typed for one person; what was typed is never kept. `head` is the head of the
    chain as printed.
    """

    paper: str
    size: str = ""
    number: str = "1"
    lines: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    head: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Dispense:
    """Dispense capsules or milliliters of a released batch; `reference` is kept beside the chain by its digest.

    `answers` and `override` are as those of a release, where the drug's questions are asked before this dispensing.
    """

    amount: str
    unit: str = ""
    containers: str = "1"
    reference: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    override: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """Return, destroy or count what is there: `kind` is "returned", "destroyed" or "counted"."""

    kind: str
    amount: str
    unit: str = ""
    way: str = ""
    witness: str = ""
    reason: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Correct:
    """Correct one field of an earlier event of the batch, with a reason; the old value stays beside the new one."""

    seq: int
    field: str
    new: str
    reason: str
    unit: str = ""
    text: str = ""


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
