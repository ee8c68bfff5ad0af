"""Typed texts of people, devices, keys and settings: visible, printable, and no longer than the record shows."""

from __future__ import annotations

import unicodedata

from pydantic_core import PydanticCustomError

from calc.limits.people import TEXTS
from calc.reading.fields import text_up_to
from calc.record.refusals import ActRefused, Problem


class Texts:
    """Reads texts one by one and gathers what is wrong with them, so that all of it is said at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def read(self, field: str, typed: str, kind: str = "", *, blank: bool = False) -> str:
        """Return a text of a kind (by default its field's); "" for one that is refused, or may be blank and is."""
        if blank and not typed.strip(" "):
            return ""
        try:
            text: str = text_up_to(TEXTS[kind or field][0]).read(typed)
        except PydanticCustomError as fault:
            facts = fault.context or {}
            self.problems.append(Problem(str(facts["code"]), field, facts))
            return ""
        return text

    def reason(self, typed: str) -> str:
        """Return a reason, which has at least three letters: one letter or blanks are no reason."""
        text = self.read("reason", typed)
        if text and sum(map(str.isalpha, text)) < 3:
            self.problems.append(Problem("reason_too_short", "reason"))
        return text

    def add(self, problem: Problem | None) -> None:
        """Note a further problem, if there is one."""
        if problem is not None:
            self.problems.append(problem)

    def settle(self) -> None:
        """Raise `ActRefused` with all that was wrong, if anything was."""
        if self.problems:
            raise ActRefused(*self.problems)


def same_name(name: str) -> str:
    """Return a name as it is compared: in whatever case, spacing and form of its letters it is typed.

    >>> same_name(" Compounder  ONE "), same_name("Zoe\u0308") == same_name("ZO\u00cb")
    ('compounder one', True)
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
