"""Sessions, enrolled devices and keys: random texts that a browser or a program holds, kept as hashes only."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Row, delete, func, insert, select, update

from calc.limits import people as limits
from calc.record.refusals import NotSaved
from calc.record.stamp import Moment, read_at, written_at
from calc.store.door import Store
from calc.store.tables import API_KEY, DEVICE, SESSION

#: The byte of what is kept with which its time begins; SQLite counts from 1.
_AT = len('{"at": "') + 1


class Kept(NamedTuple):
    """What somebody typed before a session was locked or lost: the address it was sent to, and its fields."""

    address: str
    fields: tuple[tuple[str, str], ...]


class SessionRow(NamedTuple):
    """A session as it is kept: `live` until it ends, `locked` once it is too long without a request or on request.

    `keeps` says that something typed is kept under it.
    """

    hash: str
    person: str
    device: str | None
    token: str
    live: bool
    locked: bool
    keeps: bool


class Sessions:
    """Sessions, devices and keys of one record, in its store."""

    def __init__(self, store: Store, now: Callable[[], Moment]) -> None:
        self._store, self._now = store, now

    def begin(self, person: str, device: str | None) -> str:
        """Begin a session and return the text for its cookie, always a new one; bury sessions long dead."""
        cookie, now = secrets.token_urlsafe(32), self._now().at
        ends = now + timedelta(seconds=limits.ENDS_AFTER)
        long_ago = written_at(now - timedelta(seconds=limits.BURIED_AFTER))
        values = {"hash": _hashed(cookie), "person": person, "device": device, "token": secrets.token_urlsafe(32)}
        with self._store.writing() as connection:
            connection.execute(delete(SESSION).where(SESSION.c.ends < long_ago))
            connection.execute(
                insert(SESSION).values(**values, seen=written_at(now), acted=written_at(now), ends=written_at(ends))
            )
        return cookie

    def find(self, cookie: str) -> SessionRow | None:
        """Return the session of a cookie, one that has ended too; note that it is being used, if it is live.

        What was typed under any session more than 30 minutes ago is thrown away.
        """
        now = self._now().at
        edge = written_at(now - timedelta(seconds=limits.KEPT_FOR)).encode()
        is_old = func.substr(SESSION.c.kept, _AT, len(edge)) < edge  # unknown, which is no, where nothing is kept
        with self._store.connection() as connection:
            row = connection.execute(select(SESSION).where(SESSION.c.hash == _hashed(cookie))).one_or_none()
            old = connection.execute(select(SESSION.c.hash).where(is_old)).scalars().all()
        found, noted = None, {}
        if row is not None:
            found = _session(row, now)._replace(keeps=row.kept is not None and row.hash not in old)
            if found.live and now - read_at(row.seen) >= timedelta(seconds=limits.NOTED_EVERY):
                noted = {"seen": written_at(now), "ends": written_at(now + timedelta(seconds=limits.ENDS_AFTER))}
                if not found.locked:
                    noted["acted"] = written_at(now)
        if old or noted:
            # Where that cannot be written, reading goes on; the screen then locks sooner. No other thread is waited for
            # (another process is): the next request notes it, too.
            with suppress(NotSaved), self._store.writing(patience=0) as connection:
                if old:
                    connection.execute(update(SESSION).where(is_old).values(kept=None))
                if noted:
                    live = SESSION.c.ends > written_at(now)  # it may have been ended in the meantime
                    connection.execute(update(SESSION).where(SESSION.c.hash == _hashed(cookie), live).values(noted))
        return found

    def holder(self, token: str) -> str | None:
        """Return the person whose session, live or ended, gave out a token of a form."""
        with self._store.connection() as connection:
            return connection.execute(select(SESSION.c.person).where(SESSION.c.token == token)).scalars().first()

    def lock(self, session: str) -> None:
        """Lock a session, by its hash, as if it had long been without a request."""
        self._set(session, acted=written_at(datetime(1970, 1, 1, tzinfo=UTC)))

    def unlock(self, session: str) -> None:
        """Go on with a locked session whose person has just given her secret."""
        self._set(session, acted=written_at(self._now().at))

    def end(self, session: str) -> None:
        """End a session. Its row stays for a while, for what was typed under it."""
        self._set(session, ends=written_at(self._now().at))

    def end_all(self, person: str) -> None:
        """End every session of a person."""
        now = written_at(self._now().at)
        with self._store.writing() as connection:
            connection.execute(update(SESSION).where(SESSION.c.person == person, SESSION.c.ends > now).values(ends=now))

    def keep(self, session: str, address: str, fields: Sequence[tuple[str, str]]) -> None:
        """Keep what was typed under a session for its person."""
        kept = {"at": written_at(self._now().at), "address": address, "fields": fields}
        self._set(session, kept=json.dumps(kept, ensure_ascii=False).encode())

    def move_kept(self, session: str, cookie: str, person: str) -> str | None:
        """Move what was typed under an earlier session to the one of a cookie, if both are of this person.

        Return the address that it was sent to. Of another person it is thrown away.
        """
        with self._store.writing() as connection:
            row = connection.execute(select(SESSION).where(SESSION.c.hash == session)).one_or_none()
            connection.execute(update(SESSION).where(SESSION.c.hash == session).values(kept=None))
            if row is None or row.kept is None or row.person != person:
                return None
            connection.execute(update(SESSION).where(SESSION.c.hash == _hashed(cookie)).values(kept=row.kept))
        return str(json.loads(row.kept)["address"])

    def take_kept(self, session: str, path: str) -> Kept | None:
        """Return what was typed under a session into the page of a path, once; None after 30 minutes."""
        with self._store.writing() as connection:
            kept = connection.execute(select(SESSION.c.kept).where(SESSION.c.hash == session)).scalar_one_or_none()
            tree = json.loads(kept) if kept else None
            if tree is None or tree["address"].partition("?")[0] != path:
                return None
            connection.execute(update(SESSION).where(SESSION.c.hash == session).values(kept=None))
        if _is_old(tree["at"], self._now().at):
            return None
        return Kept(tree["address"], tuple((name, value) for name, value in tree["fields"]))

    def enroll(self, device: str) -> str:
        """Enroll a device by its id and return the text for its cookie."""
        cookie = secrets.token_urlsafe(32)
        with self._store.writing() as connection:
            connection.execute(insert(DEVICE).values(hash=_hashed(cookie), device=device))
        return cookie

    def device_of(self, cookie: str) -> str | None:
        """Return the id of the device that a cookie belongs to."""
        with self._store.connection() as connection:
            return connection.execute(
                select(DEVICE.c.device).where(DEVICE.c.hash == _hashed(cookie))
            ).scalar_one_or_none()

    def remove_device(self, device: str) -> None:
        """Forget the cookie of a device, and end the sessions on it."""
        now = written_at(self._now().at)
        with self._store.writing() as connection:
            connection.execute(delete(DEVICE).where(DEVICE.c.device == device))
            connection.execute(update(SESSION).where(SESSION.c.device == device, SESSION.c.ends > now).values(ends=now))

    def make_key(self, key: str) -> str:
        """Make the secret of a key by its id; it is shown once, and only its hash is kept."""
        secret = f"trt_{secrets.token_urlsafe(32)}"
        with self._store.writing() as connection:
            connection.execute(insert(API_KEY).values(hash=_hashed(secret), key=key))
        return secret

    def key_of(self, secret: str) -> str | None:
        """Return the id of the key that a secret belongs to."""
        with self._store.connection() as connection:
            return connection.execute(
                select(API_KEY.c.key).where(API_KEY.c.hash == _hashed(secret))
            ).scalar_one_or_none()

    def end_key(self, key: str) -> None:
        """Forget the secret of a key."""
        with self._store.writing() as connection:
            connection.execute(delete(API_KEY).where(API_KEY.c.key == key))

    def _set(self, session: str, **values: Any) -> None:
        with self._store.writing() as connection:
            connection.execute(update(SESSION).where(SESSION.c.hash == session).values(values))


def _hashed(random: str) -> str:
    return sha256(random.encode()).hexdigest()


def _is_old(at: str, now: datetime) -> bool:
    return now - read_at(at) > timedelta(seconds=limits.KEPT_FOR)


def _session(row: Row[Any], now: datetime) -> SessionRow:
    locked = now - read_at(row.acted) >= timedelta(seconds=limits.LOCKED_AFTER)
    return SessionRow(
        row.hash, row.person, row.device, row.token, now < read_at(row.ends), locked, row.kept is not None
    )
