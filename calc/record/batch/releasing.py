"""The release of a batch: tray and label read by one who did not make it, questions answered, the list gone through."""

from __future__ import annotations

from calc.record.batch.acts import Release
from calc.record.batch.asking import Asking, Decision
from calc.record.batch.checking import check_at, has_waited, may_read_at, seconds_between
from calc.record.batch.codes import NO, Why
from calc.record.batch.points import points_of
from calc.record.batch.review import review, to_confirm
from calc.record.batch.screening import answered, at_release
from calc.record.batch.state import BatchStatus
from calc.record.batch.tested import made_to_pass
from calc.record.batch.values import has_read
from calc.record.chain import digest_beside
from calc.record.envelope import Draft


def release(asking: Asking[Release]) -> Decision:
    """Release a batch if tray and label match, the list holds, and the questions are asked.

    Who releases has read tray and label herself, and nothing was recorded since: else she reads them now. What
    she reads again is compared, too. Where values differ, the reading alone is written. The answers stand in no event.
    """
    act, state = asking.act, asking.state
    if state.status is not BatchStatus.MADE:
        raise asking.in_wrong_state()
    _may_release(asking)
    screening, answers = answered(asking, act, at_release(state, asking.library))
    found = review(state, asking.library, asking.day)
    failed = tuple(item.value for item, said in found.items() if said == NO)
    if failed:
        raise asking.refused(Why.REVIEW_FAILS, items=failed)
    unconfirmed = tuple(item.value for item in to_confirm(found) if item.value not in act.reviewed)
    if unconfirmed:
        raise asking.refused(Why.REVIEW_OPEN, "reviewed", items=unconfirmed)
    checked: tuple[Draft, ...] = ()
    if any(value.strip(" ") for value in act.values.values()) or not has_read(state, asking.person):
        *_, point = points_of(state)
        may_read_at(asking, point)
        checked = check_at(asking, point, act.values)
        if checked[0].data["differ"] or len(checked) > 1:
            return Decision(checked)
    digest, references = referred(asking.salt, answers)
    data = {
        "review": {item.value: said for item, said in found.items()},
        "reviewed": [item.value for item in to_confirm(found)],
        "screening": screening,
        "answers": digest,
        "until": state.use_until,
        "checking": state.checking,
        "interval": None if state.made_as is None else seconds_between(state.made_as.at, asking),
    }
    return Decision((*checked, asking.draft("batch.released", data)), references=references)


def _may_release(asking: Asking[Release]) -> None:
    """Raise `ActRefused` for a batch without a date or past it, with open drafts, or too soon after it was made."""
    state = asking.state
    if asking.person in state.makers and not state.self_checked:
        raise asking.refused(Why.MAKER_CHECKS)
    if asking.person in made_to_pass(state):
        raise asking.refused(Why.ANOTHER_HAND)
    if state.use_until is None:
        raise asking.refused(Why.NO_DATE)
    if asking.day.isoformat() > state.use_until:
        raise asking.refused(Why.PAST_USE, until=state.use_until)
    if state.has_draft:
        raise asking.refused(Why.DRAFT_OPEN)
    has_waited(asking)


def referred(salt: str, text: str) -> tuple[str | None, tuple[tuple[str, str, str], ...]]:
    """Return the digest of a text that is kept beside the chain, and what is kept; nothing of a blank text.

    Raises `ValueError` without a salt: a number of a prescription alone is guessed from its hash.

    >>> referred("", "")
    (None, ())
    """
    if not text:
        return None, ()
    if not salt:
        raise ValueError("a text beside the chain has a salt")
    digest = digest_beside(salt, text)
    return digest, ((digest, salt, text),)
