"""Signing in, locking, signing out, and accepting that signatures count.

Tiles with names are shown on enrolled devices only; elsewhere a name is typed. Nobody is sent to another site.
"""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response, make_response, redirect, render_template, request
from wtforms import BooleanField, Form, HiddenField, PasswordField, StringField

from calc.record.envelope import Signed
from calc.record.people import decide
from calc.record.people.acts import Certify
from calc.record.people.state import PersonState
from calc.record.rights import Act
from calc.record.stamp import Stamp
from calc.record.words import people as words
from calc.record.words import said
from calc.store.door import Decided
from calc.store.reading import Reading
from calc.web.record import refused
from calc.web.record.batches.outcome import outcome_at
from calc.web.record.forms import RecordForm, secret_label, takes_pins
from calc.web.record.ground import ground
from calc.web.record.routes import PREFIX, PUBLIC, Answer, route
from calc.web.record.session import SESSION, current, here, left, safe, set_cookie, sign_in_before, token_holds
from calc.web.record.signing import Unproved, prove
from calc.web.record.writing import write


class SignInForm(Form):
    """Name and secret, and where to go on."""

    signer = StringField("Name")
    secret = PasswordField("Password")
    next = HiddenField()


@route("/sign-in", PUBLIC, methods=("GET", "POST"))
def sign_in() -> Answer:
    """Ask who is there."""
    if request.method == "POST":
        return _signed_in()
    tapped = request.args.get("person", "")  # "-" is somebody else than whose screen it is
    chosen = _chosen(tapped)
    session = here().session
    if not tapped and session is not None and not session.may_act:
        chosen = session.person
    form = SignInForm(data={"signer": chosen.name if chosen else "", "next": request.args.get("next", "")})
    return _page(form, chosen)


def _signed_in() -> Response:
    form = SignInForm(request.form)
    try:
        person, _ = prove(form.signer.data or "", form.secret.data or "")
    except Unproved as fault:
        field = form.signer if fault.problem.field == "signer" else form.secret
        field.errors = [said(fault.problem)]
        answer = make_response(_page(form, _by_name(form.signer.data or "")), fault.status)
        if fault.wait:
            answer.headers["Retry-After"] = str(fault.wait)
        return answer
    return begin(person, safe(form.next.data or "") or PREFIX)


def begin(person: PersonState, address: str) -> Response:
    """Begin a new session in the place of the one before, and go on to what was typed there, or to an address."""
    seen, sessions = here(), ground().sessions
    cookie = sessions.begin(person.id, seen.device.id if seen.device else None)
    old = seen.session.hash if seen.session else seen.dead[0] if seen.dead else None
    if old is not None:
        sessions.move_kept(old, cookie, person.id)
        sessions.end(old)
    answer = redirect(f"{PREFIX}/signed-in?{urlencode({'next': address})}", 303)
    set_cookie(answer, SESSION, cookie)
    return make_response(answer)


@route("/signed-in", PUBLIC)
def signed_in() -> Answer:
    """Go on, if the browser kept the cookie; else say what that needs."""
    if here().session is None:
        return render_template("record/no_cookie.html"), 400
    return redirect(safe(request.args.get("next", "")) or PREFIX, 303)


def _page(form: SignInForm, chosen: PersonState | None) -> str:
    """Return the page: tiles while nobody is chosen on an enrolled device, else the form."""
    form.secret.label.text = secret_label()
    tiles = [] if chosen is not None or form.errors else _tiles()
    where = form.next.data or ""
    came = outcome_at(where) if here().session is not None else ""
    return render_template(
        "record/sign_in.html", form=form, tiles=tiles, chosen=chosen, device=here().device, next=where, came=came
    )


def _tiles() -> list[PersonState]:
    if not takes_pins():
        return []
    return [person for person in here().people.values() if not person.closed]


def _chosen(person: str) -> PersonState | None:
    """Return the person of a tile; only an enrolled device knows who there is."""
    return next((each for each in _tiles() if each.id == person), None)


def _by_name(name: str) -> PersonState | None:
    return decide.find({each.id: each for each in _tiles()}, name)


@route("/lock", PUBLIC, methods=("POST",))
def lock() -> Answer:
    """Lock this screen: the next one to act types a secret."""
    session = here().session
    if session is not None:
        if not token_holds(session.token):
            return refused.page("old_token", 403)
        ground().sessions.lock(session.hash)
    return left(sign_in_before(request.form.get("page", "")))


@route("/unlock", PUBLIC, methods=("POST",))
def unlock() -> Answer:
    """Go on with a screen that locked, for its own person: answered to the page's script, as 204 or a sentence."""
    session = here().session
    if session is None:
        return _sentence("", 401)
    if not token_holds(session.token):
        return refused.page("old_token", 403)
    try:
        prove(session.person.name, request.form.get("secret", ""))
    except Unproved as fault:
        return _sentence(said(fault.problem), fault.status, fault.wait)
    ground().sessions.unlock(session.hash)
    return _sentence("", 204)


@route("/awake", Act.READ)
def awake() -> Answer:
    """Hear that somebody works on a page, which then does not lock."""
    return _sentence("", 204)


def _sentence(text: str, status: int, wait: int = 0) -> Response:
    headers = {"Retry-After": str(wait)} if wait else {}
    return Response(text, status, headers, content_type="text/plain; charset=utf-8")


@route("/sign-out", PUBLIC, methods=("POST",))
def sign_out() -> Answer:
    """End the session of this screen."""
    session = here().session
    if session is not None:
        if not token_holds(session.token):
            return refused.page("old_token", 403)
        ground().sessions.end(session.hash)
    return left(f"{PREFIX}/sign-in")


class CertifyForm(RecordForm):
    """That signatures count."""

    accepted = BooleanField(words.CERTIFIED)


@route("/certify", Act.READ, methods=("GET", "POST"))
def certify() -> Answer:
    """Ask a person once, before the first signature, to accept that it counts as one by hand."""
    person = current().person
    form = CertifyForm(request.form if request.method == "POST" else None)
    where = safe(request.args.get("next", "")) or PREFIX

    def again() -> str:
        return render_template("record/certify.html", form=form)

    def accept(reading: Reading, stamp: Stamp, _: Signed | None) -> Decided:
        act = Certify(bool(form.accepted.data))
        return Decided(decide.person(reading.person(person.id), act, {}, stamp.by, None).drafts)

    if request.method != "POST":
        return redirect(where, 303) if person.certified else again()
    return write(form, Act.READ, person.stream, accept, again=again, done=lambda _: where)
