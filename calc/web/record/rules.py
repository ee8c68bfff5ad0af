"""What a route of the record asks for, and where the record's pages are."""

from __future__ import annotations

from typing import NamedTuple

from calc.record.rights import Act

PREFIX = "/record"
#: The act of a route for everybody: sign-in, sign-out, lock, first run, health.
PUBLIC = None


class Rule(NamedTuple):
    """What a route asks for.

    With `at_any_screen` the session needs no more than reading, because whoever signs is asked for her own right: a
    pharmacist checks on a technician's screen. `while_locked` pages show no figure of a batch, as the empty form of a
    check, and are let by signed or not. Where `signed`, name and secret are sent with the form, so that a screen that
    locked meanwhile does not matter; such a page shows no figure of a batch either, when it is refused.
    """

    act: Act | None
    at_any_screen: bool = False
    while_locked: bool = False
    signed: bool = False
