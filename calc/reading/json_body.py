"""A parser for untrusted JSON: checks depth, duplicate keys, NaN, and numbers that are overlong or not whole."""

from __future__ import annotations

import json
import re
from typing import Any

MOST_DEPTH = 10
LONGEST_INTEGER = 15
#: A string, to its end or the end of the text, or one bracket; one pass, as no text makes it backtrack.
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z|\\\Z)|[\[\]{}]', re.DOTALL)


class BadJson(Exception):
    """The body is not acceptable JSON; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotWhole:
    """A JSON number that is overlong or not whole: no field takes one, so its value is never looked at."""


def read_json(body: bytes) -> Any:
    """Parse a JSON body.

    Raises `BadJson` with `not_utf8`, `too_deep` (checked before parsing), `duplicate_key` or `not_json`.

    >>> read_json(b'{"dose": "4.5 mg", "quantity": 30}')
    {'dose': '4.5 mg', 'quantity': 30}
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise BadJson("not_utf8") from fault
    _check_depth(text)
    try:
        return json.loads(
            text,
            object_pairs_hook=_no_duplicates,
            parse_float=lambda _: NotWhole(),
            parse_int=_whole,
            parse_constant=_constant,
        )
    except ValueError as fault:
        raise BadJson("not_json") from fault


def _check_depth(text: str) -> None:
    depth = 0
    for token in _TOKENS.finditer(text):
        if token[0] in {"[", "{"}:
            depth += 1
            if depth > MOST_DEPTH:
                raise BadJson("too_deep")
        elif token[0] in {"]", "}"}:
            depth -= 1


def _whole(text: str) -> Any:
    return int(text) if len(text) <= LONGEST_INTEGER else NotWhole()


def _constant(_: str) -> Any:
    """Refuse NaN and Infinity, which are not JSON, though Python's parser accepts them."""
    raise ValueError


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise BadJson("duplicate_key")
    return members
