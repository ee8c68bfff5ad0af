"""Bounds of people, sign-in and sessions: how long texts and secrets are, how often and how long. Our own decisions.

Texts and secrets are counted in characters, times in seconds.
"""

from __future__ import annotations

#: Most characters of each text, and why.
TEXTS = {
    "name": (60, "given and family names on one line of a record"),
    "initials": (4, "the box for initials on a sheet"),
    "license": (30, "numbers of states have 5 to 12 characters, some with a prefix"),
    "pharmacy": (40, "as on the label"),
    "device": (30, "a name of a bench, such as bench 1"),
    "key": (40, "a name of a program"),
    "reason": (300, "one sentence; never a name of a patient"),
}
#: Digits of a PIN, which is one of two things beside the device; characters of a password, which stands alone
#: (NIST SP 800-63B revision 4 asks for 15 of a single factor, and for room for 64).
PIN_DIGITS = (6, 12)
PASSWORD_LENGTH = (15, 128)
#: Wrong secrets in a row at one door that lock it, the minutes of the first lock and of each further one, and the
#: number that shuts it until somebody unlocks it.
WRONG_LOCK, LOCK_MINUTES, WRONG_SHUT = 5, (1, 2, 4, 8, 15), 20
#: Hashes of secrets worked out at a time: each takes 19 MiB and a core for 25 ms.
HASHES_AT_ONCE = 2
#: Of the server's eight threads, those that may wait for a hash: pages of the calculator do not queue behind a crowd.
#: Screens that are known, by an enrolled device or a session, have places of their own, and a hash that no other takes.
TRIES_AT_ONCE, STRANGE_TRIES_AT_ONCE = 3, 2
#: Names that nobody here has, whose wrong secrets are counted like those of people.
STRANGERS_COUNTED = 1000
#: Seconds without a request until a session is locked, and until it ends; how long a dead one is remembered.
LOCKED_AFTER, ENDS_AFTER, BURIED_AFTER = 5 * 60, 12 * 3600, 7 * 24 * 3600
#: Activity is written down once in so many seconds.
NOTED_EVERY = 20
#: How long what was typed is kept for its person: all of a form, which is no larger than a body may be.
KEPT_FOR = 30 * 60
#: The code of the first run: how long it is valid, and the wrong tries that end it.
CODE_VALID, CODE_WRONG = 24 * 3600, 10
