"""The shape of the words of one step at the bench."""

from __future__ import annotations

from typing import NamedTuple


class StepWords(NamedTuple):
    """The instruction of a step, its note, and the name in the box for the actual amount."""

    do: str
    note: str = ""
    name: str = ""
