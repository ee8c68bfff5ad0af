"""Fields for new secrets, and what is wrong with what was typed into them."""

from __future__ import annotations

from collections.abc import Iterator

from wtforms import Form, PasswordField

from calc.record.people.secrets import problem_with_password, problem_with_pin, same_secret
from calc.record.refusals import Problem
from calc.web.record.ground import ground
from calc.web.record.session import here


class NewSecrets(Form):
    """Fields for a new password and a new PIN, each twice."""

    password = PasswordField("New password", description="15 to 128 characters. A sentence is easy to remember.")
    password_again = PasswordField("New password, again")
    pin = PasswordField("New PIN", description="6 to 12 digits, for enrolled devices. Leave it empty to have none.")
    pin_again = PasswordField("New PIN, again")


def problems_of_secrets(form: Form, *names: str, wanted: bool = True) -> list[Problem]:
    """Return what is wrong with the secrets in a form; a password is `wanted`, a PIN never is.

    `names` are those that alone make no password: the person's and the pharmacy's.
    """
    return list(_problems(form, names, wanted))


def _problems(form: Form, names: tuple[str, ...], wanted: bool) -> Iterator[Problem]:
    password, again = form["password"].data or "", form["password_again"].data or ""
    if wanted or password or again:
        problem = problem_with_password(password, *names)
        if problem is not None:
            yield problem
        elif same_secret(password) != same_secret(again):
            yield Problem("secrets_differ", "password_again")
    pin, again = (form["pin"].data or "", form["pin_again"].data or "") if "pin" in form else ("", "")
    if pin or again:
        problem = problem_with_pin(pin, ground().service.today().year)
        if not here().site.settings.pins_allowed:
            yield Problem("pins_not_allowed", "pin")
        elif problem is not None:
            yield problem
        elif pin != again:
            yield Problem("secrets_differ", "pin_again")
