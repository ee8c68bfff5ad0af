"""Answers as JSON text: one line of it, and the canonical form that a fingerprint is taken of."""

from __future__ import annotations

import json
from typing import Any

import orjson

#: The one ASCII character that `json` escapes and orjson does not.
_DELETE = b"\x7f"


def written(tree: Any) -> bytes:
    r"""Return an answer or a refusal as one line of JSON in UTF-8, without its end.

    Half a surrogate pair, which UTF-8 cannot say, is written as an escape; orjson refuses it.

    >>> written({"name": "Ora-Blend\u00ae", "half": "\ud800"})
    b'{"name":"Ora-Blend\xc2\xae","half":"\\ud800"}'
    """
    try:
        return orjson.dumps(tree)
    except orjson.JSONEncodeError:
        return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def canonical(tree: Any) -> bytes:
    r"""Return JSON in ASCII with sorted names and no spaces: the same bytes for the same content, for good.

    >>> canonical({"b": "\u00e9", "a": 1})
    b'{"a":1,"b":"\\u00e9"}'
    """
    try:
        text = orjson.dumps(tree, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        pass
    else:
        if text.isascii() and _DELETE not in text:
            return text
    return json.dumps(tree, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")
