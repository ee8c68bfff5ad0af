"""Secrets of people, and the code of the first run: what proves who somebody is. None of it stands in the chain.

Only hashes are kept: of PINs and passwords by argon2id, of the code, which is random, by SHA-256. A try is counted
before its hash is worked out, so that tries at the same time count, too.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest
from threading import BoundedSemaphore, Lock

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Connection, delete, insert, select

from calc.limits import people as limits
from calc.record.people.secrets import ELSEWHERE, PASSWORD, PIN, same_secret
from calc.record.people.texts import same_name
from calc.record.stamp import Moment, read_at, written_at
from calc.store.door import Store
from calc.store.tables import CREDENTIAL
from calc.store.tries import Count, Verdict, count_at, row_of, write_count

Hasher = PasswordHasher
#: argon2id with 19 MiB, two passes, one lane: about 25 ms of one core.
HASHER = Hasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
#: A code that is used once, of a person or ("") of the first run: `locked_until` is when it ends.
CODE = "code"
#: The letters of a code: none that is taken for another.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_hashing = BoundedSemaphore(limits.HASHES_AT_ONCE)


class Accounts:
    """Secrets of one record, in its store.

    `hasher` is the cost of a hash; tests of pages take one with lower costs.
    """

    def __init__(self, store: Store, now: Callable[[], Moment], hasher: Hasher = HASHER) -> None:
        self._store, self._now, self._hasher = store, now, hasher
        #: What a name that nobody has is tried against, at the same cost.
        self._nobody = self._hashed(secrets.token_hex(16))
        self._strangers: OrderedDict[str, Count] = OrderedDict()
        self._door = Lock()

    def set_secret(self, person: str, kind: str, secret: str) -> None:
        """Set the PIN or password of a person and open its doors."""
        put = self.putting(person, kind, secret)
        with self._store.writing() as connection:
            put(connection)

    def putting(self, person: str, kind: str, secret: str) -> Callable[[Connection], None]:
        """Return what sets a PIN or password in a transaction: its hash is worked out before the lock is taken."""
        hashed = self._hashed(secret)

        def put(connection: Connection) -> None:
            connection.execute(delete(CREDENTIAL).where(*row_of(person, kind)))
            connection.execute(insert(CREDENTIAL).values(person=person, kind=kind, hash=hashed, failures=0))
            if kind == PASSWORD:
                write_count(connection, person, ELSEWHERE, Count())

        return put

    def with_pin(self) -> frozenset[str]:
        """Return the people who have a PIN."""
        with self._store.connection() as connection:
            rows = connection.execute(
                select(CREDENTIAL.c.person).where(CREDENTIAL.c.kind == PIN, CREDENTIAL.c.hash != "")
            )
            return frozenset(rows.scalars())

    def try_secret(self, person: str, kind: str, secret: str, *, enrolled: bool) -> Verdict:
        """Try the PIN or password of a person. Passwords typed where no device is enrolled lock only that door."""
        door = ELSEWHERE if kind == PASSWORD and not enrolled else kind
        now = self._now().at
        with self._store.writing() as connection:
            hashed = _hash_of(connection, person, kind)
            if hashed:
                before = count_at(connection, person, door)
                if before.closed(now):
                    return before.verdict(now)
                after = before.wrong(now)
                write_count(connection, person, door, after)
        if not hashed:
            return self.try_stranger(person, secret)
        if not self._is(hashed, secret):
            noted = after.failures in {limits.WRONG_LOCK, limits.WRONG_SHUT}
            return after.verdict(now)._replace(noted=noted)
        with self._store.writing() as connection:
            write_count(connection, person, door, Count())
        return Verdict(right=True)

    def try_stranger(self, name: str, secret: str) -> Verdict:
        """Try a secret of a name that nobody has: at the same cost, and locked like one that somebody has."""
        now, key = self._now().at, sha256(same_name(name).encode()).hexdigest()
        with self._door:
            before = self._strangers.pop(key, Count())
            closed = before.closed(now)
            after = self._strangers[key] = before if closed else before.wrong(now)
            while len(self._strangers) > limits.STRANGERS_COUNTED:
                self._strangers.popitem(last=False)
        if not closed:
            self._is(self._nobody, secret)
        return after.verdict(now)

    def unlock(self, person: str) -> None:
        """Open every door of a person again."""
        with self._store.writing() as connection:
            for door in (PIN, PASSWORD, ELSEWHERE):
                if _hash_of(connection, person, door) is not None:
                    write_count(connection, person, door, Count())

    def remove_secrets(self, person: str, *kinds: str) -> None:
        """Remove secrets of a person: all of one who was closed, or those of some kinds."""
        which = CREDENTIAL.c.kind.in_(kinds) if kinds else CREDENTIAL.c.kind == CREDENTIAL.c.kind
        with self._store.writing() as connection:
            connection.execute(delete(CREDENTIAL).where(CREDENTIAL.c.person == person, which))

    def new_code(self, person: str = "") -> str:
        """Make the one-time code of a person, or of the first run, which ends the one before; only its hash is kept."""
        code = "".join(secrets.choice(_LETTERS) for _ in range(20))
        ends = self._now().at + timedelta(seconds=limits.CODE_VALID)
        values = {"hash": _hashed_code(code), "failures": 0, "locked_until": written_at(ends)}
        with self._store.writing() as connection:
            connection.execute(delete(CREDENTIAL).where(*row_of(person, CODE)))
            connection.execute(insert(CREDENTIAL).values(person=person, kind=CODE, **values))
        return "-".join(code[at : at + 5] for at in range(0, 20, 5))

    def try_code(self, person: str, code: str) -> str:
        """Try a one-time code: "right", "wrong", or "ended" (24 hours, used, or none made).

        Ten wrong ones end the code of the first run. That of a person is not to be guessed either, and nobody who only
        knows her name can end it: a wrong one is not even noted, and takes as long as one of a name that nobody has.
        """
        now = self._now().at
        columns = select(CREDENTIAL.c.hash, CREDENTIAL.c.failures, CREDENTIAL.c.locked_until)
        with self._store.writing() if not person else self._store.connection() as connection:
            row = connection.execute(columns.where(*row_of(person, CODE))).one_or_none()
            if row is None or row.failures >= limits.CODE_WRONG or now >= read_at(row.locked_until):
                return "ended"
            if compare_digest(row.hash, _hashed_code(code)):
                return "right"
            if person:
                return "wrong"
            write_count(connection, person, CODE, Count(row.failures + 1, read_at(row.locked_until)))
            return "ended" if row.failures + 1 >= limits.CODE_WRONG else "wrong"

    def end_code(self, person: str) -> None:
        """End a one-time code, which was used."""
        self.remove_secrets(person, CODE)

    def _hashed(self, secret: str) -> str:
        with _hashing:
            return self._hasher.hash(same_secret(secret))

    def _is(self, hashed: str, secret: str) -> bool:
        with _hashing:
            try:
                return self._hasher.verify(hashed, same_secret(secret))
            except VerificationError:
                return False


def _hash_of(connection: Connection, person: str, kind: str) -> str | None:
    return connection.execute(select(CREDENTIAL.c.hash).where(*row_of(person, kind))).scalar_one_or_none()


def _hashed_code(code: str) -> str:
    """Return the hash of a code in whatever case, with or without hyphens."""
    return sha256("".join(code.split()).replace("-", "").upper().encode()).hexdigest()
