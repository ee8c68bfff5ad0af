"""A parser for untrusted JSON: checks depth, duplicate keys, NaN, and numbers that are overlong or not whole."""

from __future__ import annotations

import codecs
import json
import re
from typing import Any

MOST_DEPTH = 10
LONGEST_INTEGER = 15
#: Byte-order marks at the beginning of a file: of UTF-8, which is passed over, and of UTF-16.
MARK, UTF_16_LE, UTF_16_BE = codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE
#: The white space of JSON.
_SPACE = " \t\r\n"
#: One half of a character of UTF-16: JSON can write it by its number, alone, and no text can hold it.
_HALF = re.compile("[\ud800-\udfff]")
#: A string, to its end or the end of the text, or one bracket; one pass, as no text makes it backtrack.
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z|\\\Z)|[\[\]{}]', re.DOTALL)


class BadJson(Exception):
    """The body is not acceptable JSON; `code` says why, `facts` what was seen instead, and where."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts: dict[str, object] = facts

    def on_line(self, number: int) -> BadJson:
        """Return the same for a body that is one line of a file, the line with this number."""
        facts = {name: number if name == "line" else fact for name, fact in self.facts.items()}
        return BadJson(self.code, **facts)


class NotWhole:
    """A JSON number that is overlong or not whole: no field takes one, so its value is never looked at."""


def read_json(body: bytes) -> Any:
    """Parse a JSON body, with or without a byte-order mark before it.

    Raises `BadJson` with `not_utf8`, `too_deep` (checked before parsing), `duplicate_key` or `not_json`.

    >>> read_json(b'{"dose": "4.5 mg", "quantity": 30.0}')
    {'dose': '4.5 mg', 'quantity': 30}
    """
    body = body.removeprefix(MARK)
    if is_utf_16(body):
        raise BadJson("not_utf8", seen="utf_16")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise BadJson("not_utf8") from fault
    if not text.strip(_SPACE):
        raise BadJson("not_json", seen="empty")
    _check_depth(text)
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as fault:
        raise BadJson("not_json", **_seen(text, fault.pos)) from fault
    except ValueError as fault:
        raise BadJson("not_json", seen="constant") from fault


def is_utf_16(text: bytes) -> bool:
    """Return True for text with a byte-order mark of UTF-16, or whose first letters have a null byte each."""
    return text.startswith((UTF_16_LE, UTF_16_BE)) or b"\0" in text[:4]


def _seen(text: str, at: int) -> dict[str, object]:
    """Return what stands where the parser stopped, with its line and column from 1."""
    before = text[:at].rstrip(_SPACE)
    seen = "other"
    if text.startswith("\ufeff", at):
        seen = "byte_order_mark"
    elif before.endswith(",") and text[at:].lstrip(_SPACE)[:1] in {"]", "}"}:
        seen, at = "trailing_comma", len(before) - 1
    elif text.startswith(",", at) and text[at + 1 :].lstrip(_SPACE)[:1] in {"]", "}"}:
        seen = "trailing_comma"
    return {"seen": seen, "line": text.count("\n", 0, at) + 1, "column": at - text.rfind("\n", 0, at)}


def _check_depth(text: str) -> None:
    if text.count("[") + text.count("{") <= MOST_DEPTH:
        return
    depth = 0
    for token in _TOKENS.finditer(text):
        if token[0] in {"[", "{"}:
            depth += 1
            if depth > MOST_DEPTH:
                raise BadJson("too_deep")
        elif token[0] in {"]", "}"}:
            depth -= 1


def _whole(text: str) -> Any:
    """Return a whole number, which JSON may also write as 30.0; anything else is not looked at."""
    whole, _, decimals = text.partition(".")
    is_whole = whole.removeprefix("-").isdecimal() and not decimals.strip("0")
    return int(whole) if is_whole and len(text) <= LONGEST_INTEGER else NotWhole()


def _constant(_: str) -> Any:
    """Refuse NaN and Infinity, which are not JSON, though Python's parser accepts them."""
    raise ValueError


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise BadJson("duplicate_key")
    if _HALF.search("".join(members)):
        raise BadJson("not_json", seen="half_character")
    return members


_DECODER = json.JSONDecoder(
    object_pairs_hook=_no_duplicates, parse_float=_whole, parse_int=_whole, parse_constant=_constant
)
