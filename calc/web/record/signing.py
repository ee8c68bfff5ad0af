"""Name and secret: who somebody is, at sign-in and at each signature. Wrong ones lock, by person and by door."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from threading import BoundedSemaphore, Lock
from typing import NamedTuple
from uuid import uuid4

from calc.limits.people import STRANGE_TRIES_AT_ONCE, TRIES_AT_ONCE
from calc.record.envelope import Signed
from calc.record.people import acts, decide
from calc.record.people.secrets import ELSEWHERE, PASSWORD, PIN
from calc.record.people.state import PersonState
from calc.record.refusals import NotSaved, Problem
from calc.record.stamp import Stamp
from calc.record.words import people as words
from calc.store.door import Decided
from calc.store.reading import Reading
from calc.store.tries import Verdict
from calc.web.record.forms import SignedForm, takes_pins
from calc.web.record.ground import ground
from calc.web.record.session import here

#: The places of tries at known screens, and of others, which take turns: whoever fills these leaves the bench a hash.
_tries, _strange_tries = BoundedSemaphore(TRIES_AT_ONCE), BoundedSemaphore(STRANGE_TRIES_AT_ONCE)
_turn_of_strangers = Lock()


class Unproved(Exception):
    """Name and secret do not prove who somebody is: why, the status of the answer, and the seconds to wait."""

    def __init__(self, problem: Problem, status: int, wait: int = 0) -> None:
        super().__init__(problem.code)
        self.problem, self.status, self.wait = problem, status, wait


class Proved(NamedTuple):
    """Who somebody is, and how that was proved."""

    person: PersonState
    method: str


def prove(name: str, secret: str, *, password_only: bool = False) -> Proved:
    """Return the person of a name and a secret: a password, or a PIN where one will do. Raises `Unproved`.

    A name that nobody has is answered as a wrong secret is, at the same cost.
    """
    if not name.strip():
        raise Unproved(Problem("required", "signer"), 422)
    if not secret:
        raise Unproved(Problem("required", "secret"), 422)
    kind = PIN if secret.isascii() and secret.isdecimal() and len(secret) <= 12 else PASSWORD
    if kind == PIN and password_only:
        raise Unproved(Problem("needs_password", "secret"), 422)
    if kind == PIN and not takes_pins():
        raise Unproved(Problem("pin_only_enrolled", "secret"), 422)
    person = decide.find(here().people, name)
    with _place():
        right = _tried(person, name, kind, secret)
    if person is None or not right:
        raise Unproved(Problem("wrong_secret", "secret"), 422)
    return Proved(person, words.PIN if kind == PIN else words.PASSWORD)


@contextmanager
def _place() -> Iterator[None]:
    """Take the place of a try. Raises `Unproved` where all are taken."""
    known = here().device is not None or here().session is not None
    places = _tries if known else _strange_tries
    if not places.acquire(blocking=False):
        raise Unproved(Problem("busy", "secret"), 503, 1)
    try:
        with nullcontext() if known else _turn_of_strangers:
            yield
    finally:
        places.release()


def _tried(person: PersonState | None, name: str, kind: str, secret: str) -> bool:
    """Try a secret, and note a lock that follows. Raises `Unproved` where the door is locked."""
    enrolled = here().device is not None
    if person is None:
        verdict = ground().accounts.try_stranger(name, secret)
    else:
        verdict = ground().accounts.try_secret(person.id, kind, secret, enrolled=enrolled)
        if verdict.noted:
            _note(person, ELSEWHERE if kind == PASSWORD and not enrolled else kind, verdict)
    if verdict.shut or verdict.wait:
        raise _locked(verdict)
    return verdict.right


def _locked(verdict: Verdict) -> Unproved:
    if verdict.shut:
        return Unproved(Problem("shut", "secret"), 429, 15 * 60)
    minutes = math.ceil(verdict.wait / 60)
    wait = "1 minute" if minutes == 1 else f"{minutes} minutes"
    return Unproved(Problem("locked", "secret", {"wait": wait}), 429, verdict.wait)


def _note(person: PersonState, door: str, verdict: Verdict) -> None:
    """Write down that a door was locked. The lock holds even where that cannot be written."""
    stamp = Stamp(decide.PROGRAM, "", "", str(uuid4()), "")
    act = acts.Lock(door, verdict.failures, verdict.shut)

    def lock(reading: Reading) -> Decided:
        change = decide.person(reading.person(person.id), act, {}, decide.PROGRAM, None)
        return Decided(change.drafts, ended=[change.ended] if change.ended else [])

    try:
        ground().store.append(stamp, lock)
    except NotSaved:
        return


def sign(form: SignedForm) -> tuple[PersonState, Signed]:
    """Return who signs a form, and the signature. Raises `Unproved`, also for one who never accepted that it counts."""
    person, method = prove(form.signer.data or "", form.secret.data or "", password_only=form.password_only)
    if not person.certified:
        raise Unproved(Problem("not_certified", "signer", {"name": person.name}), 422)
    return person, Signed(form.meaning, method)
