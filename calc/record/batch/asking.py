"""One act as it is decided: who asks, when, of which batch, by which rules; and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from calc.library import Library
from calc.record.batch.acts import Act
from calc.record.batch.codes import CHOICES, OTHER, Why
from calc.record.batch.state import BatchState
from calc.record.batch.typed import Typed
from calc.record.envelope import Draft, Late, Signed
from calc.record.refusals import ActRefused, Problem
from calc.record.settings import Settings
from calc.record.stamp import Moment, Stamp
from calc.record.streams import of_batch

ActT = TypeVar("ActT", bound=Act)


class Decision(NamedTuple):
    """What an act asks to be written: events; documents as (kind, bytes); references as (digest, salt, text)."""

    drafts: tuple[Draft, ...]
    documents: tuple[tuple[str, bytes], ...] = ()
    references: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Asking(Generic[ActT]):
    """An act and all that decides it. `salt` is a random text for references, `number` that of a new batch.

    `elsewhere` says, if it is asked, whether this person did something with another batch after this one was signed as
    made.
    """

    act: ActT
    state: BatchState
    stamp: Stamp
    moment: Moment
    library: Library
    signed: Signed | None
    settings: Settings
    late: Late | None
    number: str
    salt: str
    program: str
    elsewhere: Callable[[], bool]

    @property
    def person(self) -> str:
        """Who asks."""
        return self.stamp.by.person

    @property
    def day(self) -> date:
        """The local day on which it was done: today, or as written on paper."""
        return self.moment.day if self.late is None else date.fromisoformat(self.late.done_at[:10])

    def draft(self, type_: str, data: Mapping[str, Any], *, signed: bool = True) -> Draft:
        """Return an event of this batch, signed if a signature was given and it is signed at all."""
        return Draft(of_batch(self.state.number), type_, data, self.signed if signed else None, self.late)

    def refused(self, why: Why, field: str = "", **facts: Any) -> ActRefused:
        """Return the refusal of the act by one rule."""
        return ActRefused(Problem(why.value, field, facts))

    def in_wrong_state(self, field: str = "") -> ActRefused:
        """Return the refusal of an act that a batch does not take where it stands."""
        return self.refused(Why.WRONG_STATE, field, status=self.state.status.value)

    def reason(self, typed: Typed, kind: str, given: str, text: str, field: str = "reason") -> dict[str, str]:
        """Return a reason chosen of its list and the remark beside it, which "other" needs."""
        reason = typed.chosen(field, given, CHOICES[kind])
        return {"reason": reason, "text": typed.remark("text", text, needed=reason == OTHER)}
