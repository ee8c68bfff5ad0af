"""Why an act is refused: rights, rules, other entries in between, a request sent twice, or a record not written."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple


class Problem(NamedTuple):
    """One reason against an act: its code, the field that it belongs to (blank for the whole act), its facts."""

    code: str
    field: str = ""
    facts: Mapping[str, Any] = MappingProxyType({})


class ActRefused(Exception):
    """An act that the rules of the record refuse, with every reason."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


class NotAllowed(Exception):
    """An act that the role of the person may not do."""


class NeedsSignature(Exception):
    """An act that has to be signed, and is not."""


class Conflict(Exception):
    """A stream has had other events since the page was made; `stream` and the `version` that it has now."""

    def __init__(self, stream: str, version: int) -> None:
        super().__init__(stream)
        self.stream, self.version = stream, version


class RequestReused(Exception):
    """A request number that was used for another act before."""


class Unknown(Exception):
    """A batch, a person, a device or a document that the record does not have."""


class NotSaved(Exception):
    """The record could not be written: nothing of the act is kept. `why` is a code: full, locked, read-only, behind."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotSetUp(Exception):
    """There is no record yet, or its schema is of another version; `command` says what helps."""

    def __init__(self, command: str) -> None:
        super().__init__(command)
        self.command = command
