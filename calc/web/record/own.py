"""The page of one's own: who one is here, and new secrets."""

from __future__ import annotations

from flask import Response, make_response, render_template, request
from wtforms import PasswordField

from calc.record.rights import Act
from calc.record.words import people as words
from calc.web.record.forms import RecordForm
from calc.web.record.routes import PREFIX, Answer, route
from calc.web.record.secrets import NewSecrets, problems_of_secrets
from calc.web.record.session import current, here
from calc.web.record.setup import set_secrets
from calc.web.record.sign_in import begin
from calc.web.record.signing import Unproved, prove


class OwnForm(NewSecrets, RecordForm):
    """New secrets, by the password that counts now."""

    pin = PasswordField("New PIN", description="6 to 12 digits, for enrolled devices.")
    secret = PasswordField("Current password")


@route("/me", Act.READ, methods=("GET", "POST"))
def me() -> Answer:
    """Show who one is here, and take new secrets."""
    person = current().person
    form = OwnForm(request.form if request.method == "POST" else None)
    if request.method != "POST":
        return _page(form, 200, saved="saved" in request.args)
    problems = problems_of_secrets(form, person.name, here().site.pharmacy, wanted=not form.pin.data)
    try:
        if not problems:
            prove(person.name, form.secret.data or "", password_only=True)
    except Unproved as fault:
        form.refuse([fault.problem])
        return _page(form, fault.status, fault.wait)
    if problems:
        form.refuse(problems)
        return _page(form, 422)
    set_secrets(person, form.password.data or "", form.pin.data or "")
    return begin(person, f"{PREFIX}/me?saved=yes")


def _page(form: RecordForm, status: int, wait: int = 0, *, saved: bool = False) -> Response:
    person, told = current().person, form.told
    body = render_template("record/me.html", form=form, person=person, roles=words.ROLES, told_of=told, saved=saved)
    return make_response(body, status, {"Retry-After": str(wait)} if wait else {})
