"""Which PINs and passwords are taken: long enough, and none that is tried first.

The common ones are made by rule, not copied: repeats, runs up and down, years and days, the words of the trade and of
keyboards, alone and with what people put behind them.
"""

from __future__ import annotations

import re
import unicodedata

from calc.limits.people import PASSWORD_LENGTH, PIN_DIGITS
from calc.reading.numbers import holds_hidden
from calc.record.refusals import Problem

#: The doors where secrets are tried: of a PIN, and of a password on an enrolled device and elsewhere.
PIN, PASSWORD, ELSEWHERE = "pin", "password", "password elsewhere"
#: The alphabet, the rows of a keyboard, and the digits: pieces of these, forward or backward, are runs.
_ROWS = ("abcdefghijklmnopqrstuvwxyz" * 2, "qwertyuiopasdfghjklzxcvbnm", "0123456789" * 2, "1234567890" * 2)
_RUNS = (*_ROWS, *(row[::-1] for row in _ROWS))
#: Words that people begin a password with, at home and at a bench.
_WORDS = re.findall(
    r"\w+",
    """
    password passphrase passwort letmein welcome iloveyou monkey dragon sunshine princess football master shadow
    superman baseball batman trustno one two three administrator admin root login secret changeme default
    computer access internet keyboard qwerty asdfgh zxcvbn qazwsx pharmacy pharmacist compounding compounder
    compound capsule capsules naltrexone america triturate titration trituration mortar pestle powder medicine
    medication prescription hospital bench drug tablet tablets technician laboratory balance recipe doctor nurse
    health drugstore apothecary summer winter spring autumn january february march april june july august
    september october november december monday friday sunday hello correct horse battery staple freedom whatever
    nothing this that the and for you not test user guest new old let
    """,
)
#: PINs along the lines of a keypad, and others that are chosen for how they look or what they stand for.
_KEYPAD = re.findall(
    r"\d+",
    """
    147258 258147 258369 369258 147369 159357 357159 753951 951753 789456 456123 123789 741852 852741 963852
    852963 159753 147852 321654 654321 123654 456789 987456 121314 102030 010203 131313 520520 521521 007007
    911911 420420 112358 314159 271828 142857 246810 135790 135791 147896 159874 125125 100200 112211 123321
    123456 456654 789987
    """,
)


def problem_with_pin(pin: str, year: int) -> Problem | None:
    """Return why a PIN is not taken: not 6 to 12 digits, or one of those that are tried first.

    >>> problem_with_pin("123456", 2026).code, problem_with_pin("830174", 2026)
    ('secret_common', None)
    """
    fewest, most = PIN_DIGITS
    if not (pin.isascii() and pin.isdecimal() and fewest <= len(pin) <= most):
        return Problem("pin_digits", "pin", {"fewest": fewest, "most": most})
    if _repeats(pin) or _runs(pin) or pin in _KEYPAD or _halves(pin) or _is_day(pin) or _has_year(pin, year):
        return Problem("secret_common", "pin")
    return None


def problem_with_password(password: str, *names: str) -> Problem | None:
    """Return why a password is not taken: its length, hidden characters, or that it is among those tried first.

    `names` are the person's name and the pharmacy's, which alone make no password.

    >>> problem_with_password("PasswordPassword2026!").code, problem_with_password("four gray boats at noon")
    ('secret_common', None)
    """
    fewest, most = PASSWORD_LENGTH
    if not fewest <= len(password) <= most:
        return Problem("password_length", "password", {"fewest": fewest, "most": most})
    if holds_hidden(password):
        return Problem("hidden_character", "password")
    plain = _folded(password)
    letters = re.sub(r"[\W_]+", "", plain)
    bare = re.sub(r"\d+", "", letters)
    own = [_folded(word) for name in names for word in re.split(r"\W+", name) if word]
    if len(set(letters)) < 5 or _repeats(letters) or _runs(letters) or not _without(bare, [*_WORDS, *own]):
        return Problem("secret_common", "password")
    return None


def same_secret(secret: str) -> str:
    """Return a secret in one form (NFKC), so that it is the same from any keyboard; nothing else of it is changed."""
    return unicodedata.normalize("NFKC", secret)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _without(letters: str, words: list[str]) -> str:
    """Return what is left of letters when the words in them are taken out, longest first; two letters are nothing."""
    for word in sorted(words, key=len, reverse=True):
        if len(word) > 2:
            letters = letters.replace(word, "")
    return letters if len(letters) > 2 else ""


def _repeats(text: str) -> bool:
    """Return True if a text is one piece over and over: 111111, 121212, 123123, abcabc."""
    return any((text[:size] * len(text))[: len(text)] == text for size in range(1, max(len(text) // 2, 1) + 1))


def _runs(text: str) -> bool:
    return any(text in run for run in _RUNS)


def _halves(pin: str) -> bool:
    """Return True for a PIN of two digits, or of pairs: 112233, 111222, 001122."""
    return len(set(pin)) <= 2 or all(pin[at] == pin[at + 1] for at in range(0, len(pin) - 1, 2))


def _is_day(pin: str) -> bool:
    """Return True for a day as people write it: mmddyy, ddmmyy, yymmdd, or with all four digits of the year."""
    parts = {6: ("mdy", "dmy", "ymd"), 8: ("mdY", "dmY", "Ymd")}.get(len(pin), ())
    for order in parts:
        sizes = {"m": 2, "d": 2, "y": 2, "Y": 4}
        at, read = 0, {}
        for part in order:
            read[part.lower()] = int(pin[at : at + sizes[part]])
            at += sizes[part]
        if 1 <= read["m"] <= 12 and 1 <= read["d"] <= 31 and (len(pin) == 6 or 1900 <= read["y"] <= 2099):
            return True
    return False


def _has_year(pin: str, year: int) -> bool:
    """Return True for a PIN that is years and what is left of them: the year now, twice, or with two digits."""
    return len(pin.replace(str(year), "")) <= 2 or len(pin.replace(str(year - 1), "")) <= 2
