"""The pages of people: who is here, adding somebody, changing, unlocking, closing. Only the pharmacist-in-charge."""

from __future__ import annotations

from typing import Any

from flask import make_response, render_template
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField, StringField

from calc.record.envelope import By, Signed
from calc.record.people import decide
from calc.record.people.acts import AddPerson, ChangePerson, ClosePerson, PersonAct, Unlock
from calc.record.people.decide import Change
from calc.record.people.state import PersonState
from calc.record.refusals import Unknown
from calc.record.rights import Act
from calc.record.words import people as words
from calc.store.door import Appended
from calc.store.reading import Reading
from calc.web.forms.fields import listed
from calc.web.record.ground import ground
from calc.web.record.managing import ManagingForm, ReasonForm, manage, posted
from calc.web.record.routes import PREFIX, Answer, route
from calc.web.record.session import here

CHOICES = listed([("", "choose"), *((role.value, words.ROLES[role]) for role in decide.ROLES)])


class PersonForm(ManagingForm):
    """Who somebody is."""

    name = StringField("Name", description="As it is to stand on records.")
    role = SelectField("Role", choices=CHOICES, validate_choice=False)
    initials = StringField("Initials")
    license = StringField("License number")


class ChangeForm(PersonForm, ReasonForm):
    """Who somebody is from now on, and why."""


class UnlockForm(ReasonForm):
    """Every door open again."""

    new_code = BooleanField("Also make a one-time code for a new password and PIN; sessions end")


class CloseForm(ReasonForm):
    """Nobody signs in by this name any more."""


@route("/people", Act.MANAGE)
def people() -> Answer:
    """List everybody, those who were closed too."""
    with_pin = ground().accounts.with_pin()
    return render_template("record/people.html", people=here().people.values(), with_pin=with_pin, roles=words.ROLES)


@route("/people/new", Act.MANAGE, methods=("GET", "POST"), signed=True)
def add_person() -> Answer:
    """Add somebody, who gets a one-time code."""
    form = PersonForm(posted())
    id_ = f"p{len(here().people) + 1}"

    def again() -> str:
        return render_template("record/person_new.html", form=form)

    def change(reading: Reading, by: By, signed: Signed | None) -> Change:
        act = AddPerson(id_, **_typed(form))
        return decide.add_person(act, reading.people(), by, signed)

    if posted() is None:
        return again()
    form.version.data = "0"
    return manage(form, f"person:{id_}", change, again=again, done=lambda done: _with_code(id_, done))


@route("/people/<person>", Act.MANAGE)
def person_page(person: str) -> Answer:
    """Show somebody, with what can be done."""
    return _page(_known(person))


@route("/people/<person>/change", Act.MANAGE, methods=("POST",), signed=True)
def change_person(person: str) -> Answer:
    """Change name, role, initials or license."""
    form = ChangeForm(posted(), which="change")
    return _act(person, form, ChangePerson(**_typed(form), reason=form.reason.data or ""))


@route("/people/<person>/unlock", Act.MANAGE, methods=("POST",), signed=True)
def unlock_person(person: str) -> Answer:
    """Open every door again, with a one-time code if that is wanted."""
    form = UnlockForm(posted(), which="unlock")
    return _act(person, form, Unlock(form.reason.data or "", bool(form.new_code.data)))


@route("/people/<person>/close", Act.MANAGE, methods=("POST",), signed=True)
def close_person(person: str) -> Answer:
    """Close somebody."""
    form = CloseForm(posted(), which="close")
    return _act(person, form, ClosePerson(form.reason.data or ""))


def _act(person: str, form: ReasonForm, act: PersonAct) -> Response:
    state = _known(person)

    def change(reading: Reading, by: By, signed: Signed | None) -> Change:
        everybody = reading.people()
        return decide.person(everybody[person], act, everybody, by, signed)

    def done(appended: Appended) -> str | Response:
        match act:
            case ClosePerson():
                ground().accounts.remove_secrets(person)
            case Unlock():
                ground().accounts.unlock(person)
                if act.code:
                    return _with_code(person, appended)
        return f"{PREFIX}/people/{person}"

    return manage(form, state.stream, change, again=lambda: _page(state, form), done=done)


def _page(person: PersonState, failed: ReasonForm | None = None) -> str:
    """Return the page of somebody; a form that was refused stands there as it was typed."""
    page: dict[str, Any] = {"version": person.version, "page": f"{PREFIX}/people/{person.id}"}
    fields: dict[str, Any] = {
        "name": person.name,
        "role": person.role.value,
        "initials": person.initials,
        "license": person.license,
    }
    forms: dict[str, ReasonForm] = {
        "change": ChangeForm(which="change", **page, **fields),
        "unlock": UnlockForm(which="unlock", **page),
        "close": CloseForm(which="close", **page),
    }
    told = []
    if failed is not None:
        forms[(failed.form_name.data or "").partition(":")[2]] = failed
        told = failed.told
    return render_template("record/person.html", person=person, roles=words.ROLES, told_of=told, **forms)


def _with_code(person: str, appended: Appended) -> str | Response:
    """Make a one-time code and show it, once: when the page is sent again, there is none to show."""
    address = f"{PREFIX}/people/{person}"
    if appended.repeated:
        return address
    code = ground().accounts.new_code(person)
    with ground().store.reading() as reading:
        name = reading.person(person).name
    return make_response(render_template("record/once.html", kind="code", name=name, secret=code, address=address))


def _known(person: str) -> PersonState:
    if person not in here().people:
        raise Unknown(person)
    return here().people[person]


def _typed(form: PersonForm | ChangeForm) -> dict[str, str]:
    return {name: form[name].data or "" for name in ("name", "role", "initials", "license")}
