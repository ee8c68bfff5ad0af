"""Tokens that tie a form to the session that it was made for, by WTForms' own class."""

from __future__ import annotations

from hmac import compare_digest
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form, ValidationError
from wtforms.csrf.core import CSRF, CSRFTokenField


class SessionToken(CSRF):
    """WTForms' protection against forms of other pages, with the token of the session on the server."""

    def setup_form(self, form: Form) -> list[tuple[str, Any]]:
        """Take the token from the form's meta before its field is made."""
        self._token: str = form.meta.csrf_context
        return list(super().setup_form(form))

    def generate_csrf_token(self, csrf_token_field: CSRFTokenField) -> str:  # noqa: ARG002 - the same for every field
        """Return the token of the session."""
        return self._token

    def validate_csrf_token(self, form: Form, field: CSRFTokenField) -> None:  # noqa: ARG002 - the token is enough
        """Refuse any other token, in a time that says nothing of it."""
        if not self._token or not compare_digest(self._token.encode(), str(field.data or "").encode()):
            raise ValidationError("token")


class TokenForm(Form):
    """A form that has a token and nothing else: buttons such as Sign out, and the check of every posted form."""

    class Meta:
        """WTForms reads these by name."""

        csrf, csrf_class, csrf_field_name = True, SessionToken, "csrf_token"

    def __init__(self, posted: MultiDict[str, str] | None = None, *, token: str) -> None:
        super().__init__(posted, meta={"csrf_context": token})
