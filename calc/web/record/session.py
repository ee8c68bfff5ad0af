"""Who is at the screen: cookies, sessions, the device, and what a request must be before a page is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, quote_plus, urlencode, urlsplit

from flask import g, redirect, request
from werkzeug.wrappers import Response

from calc.record.envelope import By
from calc.record.people.state import DeviceState, PersonState, SiteState
from calc.record.rights import Act, Right
from calc.service.mistakes import log
from calc.store.sessions import Kept
from calc.web.guard import MOST_QUERY
from calc.web.record import refused
from calc.web.record.ground import ground
from calc.web.record.private import public_pairs
from calc.web.record.rules import PREFIX, Rule
from calc.web.record.tokens import TokenForm

SESSION, DEVICE = "__Host-session", "__Host-device"
#: The longest address, as it is written in a query, that is gone on to after signing in: the rest is for other names.
LONGEST_NEXT = MOST_QUERY - 1024
#: The endpoints of the first run and of accepting that signatures count.
FIRST_RUN, CERTIFYING, HEALTH = "record.set_up", "record.certify", "record.readyz"


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in on this screen. `may_act` is False while it is locked."""

    person: PersonState
    device: str
    token: str
    hash: str
    may_act: bool
    keeps: bool

    @property
    def by(self) -> By:
        """The person as events name her."""
        return self.person.by


@dataclass(slots=True)
class _Here:
    """What is known of this request."""

    site: SiteState
    people: Mapping[str, PersonState]
    device: DeviceState | None = None
    session: Session | None = None
    #: The hash of a session that has ended, and the person and token of it.
    dead: tuple[str, str, str] | None = None
    kept: Kept | None = None
    looked: bool = field(default=False)


def current() -> Session:
    """Return the session of this request; only public pages may be without one."""
    session = here().session
    if session is None:
        raise LookupError("no session")
    return session


def here() -> _Here:
    """Return what is known of this request, read once."""
    found: _Here | None = g.get("record")
    if found is None:
        found = g.record = _look()
    return found


def _look() -> _Here:
    cookie, device_cookie = request.cookies.get(SESSION, ""), request.cookies.get(DEVICE, "")
    row = ground().sessions.find(cookie) if cookie else None
    device_id = ground().sessions.device_of(device_cookie) if device_cookie else None
    with ground().store.reading() as reading:
        seen = _Here(reading.site(), reading.people())
        devices = reading.devices() if device_id or (row is not None and row.device) else {}
    person = None if row is None else seen.people.get(row.person)
    device = devices.get(device_id or "")
    if device is not None and not _is_removed(device):
        seen.device = device
    if row is None or person is None:
        return seen
    if not row.live or person.closed or _is_removed(devices.get(row.device or "")):
        seen.dead = (row.hash, row.person, row.token)
    else:
        name = seen.device.name if seen.device else ""
        seen.session = Session(person, name, row.token, row.hash, not row.locked, row.keeps)
    return seen


def _is_removed(device: DeviceState | None) -> bool:
    return device is not None and device.removed


def enter(rule: Rule) -> Response | None:
    """Look at a request before its page is made; return what is answered instead, or None."""
    if request.method not in {"GET", "HEAD"} and not same_origin():
        return refused.page("cross_site", 403)
    if request.endpoint == HEALTH:  # it says itself what is wrong
        return None
    seen = here()
    if not seen.people and request.endpoint != FIRST_RUN:
        return refused.page("not_set_up", 503)
    if rule.act is None:
        return None
    if seen.session is None:
        return _signed_out(seen)
    if request.method == "POST" and not token_holds(seen.session.token):
        return _old_page(seen.session)
    if not seen.session.may_act and not rule.while_locked and not (rule.signed and _signs()):
        return ask_again(seen.session)
    return _judge(rule, seen.session, seen.site)


def _judge(rule: Rule, session: Session, site: SiteState) -> Response | None:
    """Refuse a page that the role may not have; one who has not yet accepted that signatures count does so first."""
    act = Act.READ if rule.at_any_screen else rule.act
    if act is not None and site.settings.right(session.person.role, act) is Right.NO:
        log_refusal(session.person)
        return refused.page("not_allowed", 403)
    if not session.person.certified and request.endpoint != CERTIFYING and request.method == "GET":
        return redirect(f"{PREFIX}/certify?{urlencode({'next': request.full_path.rstrip('?')})}", 303)
    return None


def log_refusal(person: PersonState) -> None:
    """Log that somebody asked for what her role may not do: the route and her id, never what was asked of it."""
    log.warning("refused: %s for %s", request.endpoint, person.id)


def same_origin() -> bool:
    """Return True if a request comes from a page of this program.

    Browsers say so by `Sec-Fetch-Site`, older ones by `Origin`. A request with neither, or with an opaque origin alone,
    is refused.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = _split(request.headers.get("Origin", ""))
    return origin is not None and origin.netloc.lower() == request.host.lower()


def token_holds(token: str) -> bool:
    """Return True if the posted form carries the token of a session, by the form's own check."""
    return bool(TokenForm(request.form, token=token).validate())


def _signs() -> bool:
    """Return True if a name and a secret are posted, right or wrong."""
    return request.method == "POST" and bool(request.form.get("signer")) and bool(request.form.get("secret"))


def _signed_out(seen: _Here) -> Response:
    """Send somebody to sign in; keep what was typed under a session that has ended."""
    if request.method == "POST" and seen.dead is not None:
        hash_, _, token = seen.dead
        if not token_holds(token):
            return refused.page("old_token", 403)
        keep(hash_)
    return _to_sign_in()


def ask_again(session: Session) -> Response:
    """Send somebody whose screen is locked to type the secret; keep what was typed."""
    if request.method == "POST":
        keep(session.hash)
    return _to_sign_in()


def _to_sign_in() -> Response:
    """Send somebody to sign in, and then to what was asked for, or to the page that a posted form stands on."""
    return redirect(sign_in_before(form_page() if request.method == "POST" else request.full_path.rstrip("?")), 303)


def sign_in_before(where: str) -> str:
    """Return the address at which somebody signs in, and goes on to a page of the record."""
    return f"{PREFIX}/sign-in?{urlencode({'next': safe(where) or PREFIX})}"


def _old_page(session: Session) -> Response:
    """Refuse a form with another token. Made for the same person, what was typed waits on its page."""
    token = request.form.get("csrf_token", "")
    if token and ground().sessions.holder(token) == session.person.id:
        keep(session.hash)
        return refused.page("old_page", 403, address=form_page())
    return refused.page("old_token", 403)


def keep(session: str) -> None:
    """Keep what was typed under a session, but for secrets and what concerns one patient."""
    ground().sessions.keep(session, form_page(), list(public_pairs(request.form)))


def kept() -> Kept | None:
    """Return what this person typed into a form of this page before the session was locked or lost; only once."""
    seen = here()
    if seen.session is not None and seen.session.keeps and not seen.looked and request.method == "GET":
        seen.looked = True
        seen.kept = ground().sessions.take_kept(seen.session.hash, request.path)
    return seen.kept


def form_page() -> str:
    """Return the page that a posted form stands on: it says so itself; its own address where it does not."""
    return safe(request.form.get("page", "")) or request.path


def safe(address: str) -> str:
    """Return an address if it is one of the record's own pages, else "": nobody is sent elsewhere after signing in.

    Nor is one returned that is too long to stand in the query of the page that leads there.

    >>> safe("/record/batches?state=open"), safe("//evil.example"), safe("/record/../liquid"), safe("/recorded")
    ('/record/batches?state=open', '', '', '')
    """
    parts = _split(address)
    if parts is None or not address.isascii() or not address.isprintable() or "\\" in address or ".." in parts.path:
        return ""
    inside = parts.path == PREFIX or parts.path.startswith(f"{PREFIX}/")
    fits = len(quote_plus(address)) <= LONGEST_NEXT
    return address if inside and fits and not parts.scheme and not parts.netloc else ""


def _split(address: str) -> SplitResult | None:
    """Return the parts of an address; None for what is none, such as `//[`."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def set_cookie(answer: Response, name: str, value: str, **how: Any) -> Response:
    """Put a cookie on an answer: for this host, over TLS or loopback, hidden from scripts and from other sites."""
    answer.set_cookie(name, value, secure=True, httponly=True, samesite="Strict", path="/", **how)
    return answer


def left(where: str) -> Response:
    """Leave a page for an address, and send the cookie of the session again.

    A browser keeps pages in memory for its button Back, those too that no cache may hold, until a cookie is set.
    """
    answer = redirect(where, 303)
    cookie = request.cookies.get(SESSION, "")
    return set_cookie(answer, SESSION, cookie) if cookie else answer
