"""The first run, and the first sign-in of each person: a one-time code becomes secrets of her own.

There is no default account. The first run is done on the computer itself, by its loopback address.
"""

from __future__ import annotations

from ipaddress import ip_address
from uuid import uuid4

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response
from wtforms import Form, PasswordField, StringField

from calc.record.people import decide
from calc.record.people.acts import SetUp
from calc.record.people.secrets import PASSWORD, PIN
from calc.record.people.state import PersonState
from calc.record.refusals import ActRefused, NotSaved, Problem
from calc.record.rights import Role
from calc.record.stamp import Stamp
from calc.record.words import people as words
from calc.record.words import said
from calc.store.door import Decided
from calc.store.reading import Reading
from calc.web.guard import host_name
from calc.web.record import refused
from calc.web.record.ground import ground
from calc.web.record.routes import PREFIX, PUBLIC, Answer, route
from calc.web.record.secrets import NewSecrets, problems_of_secrets
from calc.web.record.session import here
from calc.web.record.sign_in import begin

#: The id of the first pharmacist-in-charge.
FIRST = "p1"
#: Names of this computer to itself.
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


class SetUpForm(Form):
    """The pharmacy and its first pharmacist-in-charge."""

    code = StringField("Code", description="As triturate setup printed it.")
    pharmacy = StringField("Name of the pharmacy")
    name = StringField("Your name", description="You become pharmacist-in-charge.")
    initials = StringField("Initials")
    license = StringField("License number")
    password = PasswordField("Password", description="15 to 128 characters. A sentence is easy to remember.")
    password_again = PasswordField("Password, again")


@route("/setup", PUBLIC, methods=("GET", "POST"))
def set_up() -> Answer:
    """Begin the record."""
    if not on_this_computer():
        return refused.page("setup_elsewhere", 403)
    if here().people:
        return redirect(f"{PREFIX}/sign-in", 303)
    form = SetUpForm(request.form)
    if request.method != "POST":
        return render_template("record/setup.html", form=form, told_of=[])
    verdict = ground().accounts.try_code("", form.code.data or "")
    if verdict != "right":
        return _again(form, [Problem(f"setup_code_{verdict}", "code")])
    problems = problems_of_secrets(form, form.name.data or "", form.pharmacy.data or "")
    act = SetUp(FIRST, *(form[name].data or "" for name in ("pharmacy", "name", "initials", "license")))
    try:
        person = _begun(act, form.password.data or "", problems)
    except ActRefused as fault:
        return _again(form, fault.problems)
    except NotSaved as fault:
        return refused.page("not_saved", 503, address=request.path, why=words.NOT_SAVED.get(fault.why, ""))
    ground().accounts.end_code("")
    return begin(person, PREFIX)


def _begun(act: SetUp, password: str, problems: list[Problem]) -> PersonState:
    """Write the first events with the first secret. Raises `ActRefused` with everything that is wrong."""
    person = PersonState(FIRST, 0, act.name.strip(), Role.IN_CHARGE, license=act.license.strip())

    def decided(reading: Reading) -> Decided:
        try:
            change = decide.set_up(act, reading.people())
        except ActRefused as fault:
            raise ActRefused(*fault.problems, *problems) from fault
        if problems:
            raise ActRefused(*problems)
        return Decided(change.drafts, also=[put])

    # Hashed before the lock is taken; a password that is refused costs a hash, too.
    put = ground().accounts.putting(FIRST, PASSWORD, password)
    stamp = Stamp(person.by, FIRST, "", str(uuid4()), "")
    ground().store.append(stamp, decided)
    return person


def _again(form: Form, problems: tuple[Problem, ...] | list[Problem], page: str = "record/setup.html") -> Response:
    told = []
    for problem in problems:
        text = said(problem)
        if problem.field in form:
            form[problem.field].errors = [text]
        told.append({"field": problem.field if problem.field in form else "", "text": text})
    return make_response(render_template(page, form=form, told_of=told), 422)


def on_this_computer() -> bool:
    """Return True if a request comes from this computer, and by a name that only this computer has for itself."""
    try:
        peer = ip_address(request.remote_addr or "")
    except ValueError:
        return False
    return peer.is_loopback and host_name(request.host) in LOOPBACK


class FirstForm(NewSecrets):
    """Name and one-time code, and the secrets that are to be."""

    name = StringField("Name")
    code = StringField("One-time code", description="From the pharmacist-in-charge. It is valid for 24 hours, once.")


@route("/first-sign-in", PUBLIC, methods=("GET", "POST"))
def first_sign_in() -> Answer:
    """Set secrets of one's own by a one-time code, at first or when they were forgotten."""
    page, form = "record/first_sign_in.html", FirstForm(request.form)
    if request.method != "POST":
        return render_template(page, form=form, told_of=[])
    person = decide.find(here().people, form["name"].data or "")
    # Nobody has the id "-": a name that is not here is answered as a wrong code is.
    if ground().accounts.try_code("-" if person is None else person.id, form.code.data or "") != "right" or not person:
        return _again(form, [Problem("code_wrong", "code")], page)
    problems = problems_of_secrets(form, person.name, here().site.pharmacy)
    if problems:
        return _again(form, problems, page)
    set_secrets(person, form.password.data or "", form.pin.data or "")
    ground().accounts.end_code(person.id)
    return begin(person, PREFIX)


def set_secrets(person: PersonState, password: str, pin: str) -> None:
    """Set the secrets of a person, and end her sessions: a cookie from before is worth nothing."""
    accounts = ground().accounts
    accounts.unlock(person.id)
    if password:
        accounts.set_secret(person.id, PASSWORD, password)
    if pin:
        accounts.set_secret(person.id, PIN, pin)
    ground().sessions.end_all(person.id)
