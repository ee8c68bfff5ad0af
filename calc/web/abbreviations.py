"""Markup for the text of a page that keeps mg and mcg from looking alike."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from calc.wording.no_break import unbroken

_MCG = re.compile(r"(?<=\d\u00a0)mcg\b")


def unit_apart(text: str) -> Markup:
    """Return a number and its unit as one unbroken word, the unit marked up to be set smaller.

    >>> print(unit_apart("0.432 g").replace(chr(0xA0), "_"))
    0.432<small>_g</small>
    """
    number, _, unit = text.partition(" ")
    said = f'<abbr title="micrograms">{escape(unit)}</abbr>' if unit == "mcg" else escape(unit)
    return Markup(f"{escape(number)}<small>\u00a0{said}</small>")  # noqa: S704 - escaped above


def told_apart(text: str) -> str:
    """Return the text with no line break before a unit, and each mcg marked up as an abbreviation.

    A text without mcg is left as it is for the template to escape.

    >>> print(told_apart("<50 mcg").replace(chr(0xA0), "_"))
    &lt;50_<abbr title="micrograms">mcg</abbr>
    """
    told = unbroken(text)
    if "mcg" not in told:
        return told
    return Markup(_MCG.sub('<abbr title="micrograms">mcg</abbr>', escape(told)))  # noqa: S704 - escaped
