"""The chain of the record: each event's hash covers the one before it and the text of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from calc.answers.json_text import canonical

#: What stands before the first event.
GENESIS = "0" * 64


class Head(NamedTuple):
    """The last event: its sequence and its hash; 0 and zeros before there is one."""

    seq: int = 0
    hash: str = GENESIS

    @property
    def short(self) -> str:
        """The first sixteen characters of the hash in fours, as printed on paper.

        >>> Head(3, "0123456789abcdef" * 4).short
        '0123 4567 89AB CDEF'
        """
        shown = self.hash[:16].upper()
        return " ".join(shown[at : at + 4] for at in range(0, 16, 4))

    @property
    def named(self) -> str:
        """The sequence with the start of the hash, as pages and labels show it.

        >>> Head(3, "0123456789abcdef" * 4).named
        '3:0123 4567 89AB CDEF'
        """
        return f"{self.seq}:{self.short}"


def body_of(envelope: Mapping[str, Any]) -> str:
    """Return the text of an event that is kept and hashed: JSON in ASCII with sorted names and no spaces."""
    return canonical(envelope).decode("ascii")


def hash_of(previous: str, body: str) -> str:
    """Return the hash of an event: SHA-256 of the previous hash, a line end, and the text as it is kept.

    >>> hash_of(GENESIS, "{}")[:16]
    '5649d09ed68c1715'
    """
    return hashlib.sha256(f"{previous}\n{body}".encode("ascii")).hexdigest()


def digest_beside(salt: str, text: str) -> str:
    """Return the digest that an event has of a text kept beside the chain; without its salt nobody guesses the text.

    >>> digest_beside("salt", "RX-1")[:16]
    'cbeaea8f9f424b62'
    """
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()
