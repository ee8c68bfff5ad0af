"""The typeface of the pages: the family of the papers, cut down to what pages write, from its package.

It is made once, when a browser first asks for it. Its address bears the hash of what it is made from, so that browsers
may keep it for a year.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from functools import cache
from importlib import resources
from threading import Lock

from flask import Blueprint, Response

FILE = "IBMPlexSans[wdth,wght].ttf"
#: The widths and weights that pages use, of the axes of the family.
AXES = {"wdth": (85, 100), "wght": (400, 600)}
#: Latin letters with their marks, dashes and quotation marks, the signs of the arithmetic, arrows, raised and lowered
#: figures; what else is typed has the system's face.
CHARACTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2010, 0x2027),
    *(0x2030, 0x2044, 0x20AC, 0x2122, 0x2212, 0x221A, 0x221E, 0x2248, 0x2260, 0x2264, 0x2265),
    *range(0x2190, 0x2194),
    *(0x394, 0x3BC, 0x3C0, 0x3C3, 0x2070, *range(0x2074, 0x207A), *range(0x2080, 0x208A), 0x2713),
)
#: Kerning and marks, and the slashed zero of lots and numbers; all figures are one width as they are.
FEATURES = ("kern", "liga", "mark", "mkmk", "ccmp", "locl", "zero")
A_YEAR = "public, max-age=31536000, immutable"
_making = Lock()


@dataclass(frozen=True, slots=True)
class Face:
    """The addresses of the typeface and of the few lines of style that name it."""

    address: str
    stylesheet: str


def _source() -> bytes:
    return resources.files("fontpkg_ibm_plex_sans").joinpath("files", FILE).read_bytes()


@cache
def face() -> Face:
    """Return the addresses, with the hash of the font's file and of what is kept of it."""
    made_of = repr((AXES, CHARACTERS, FEATURES)).encode()
    name = hashlib.sha256(_source() + made_of).hexdigest()[:16]
    return Face(f"/face/{name}.woff", f"/face/{name}.css")


@cache
def _woff() -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(io.BytesIO(_source()))
    options = subset.Options(layout_features=list(FEATURES), hinting=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=CHARACTERS)
    cutter.subset(font)
    cut = instancer.instantiateVariableFont(font, AXES, inplace=True)
    cut.flavor = "woff"
    body = io.BytesIO()
    cut.save(body)
    return body.getvalue()


def style() -> str:
    """Return the style that names the typeface."""
    return (
        f'@font-face {{ font-family: "Triturate Sans"; src: url("{face().address}") format("woff"); '
        f"font-weight: {AXES['wght'][0]} {AXES['wght'][1]}; font-stretch: {AXES['wdth'][0]}% {AXES['wdth'][1]}%; "
        "font-display: swap; }\n"
    )


def blueprint() -> Blueprint:
    """Return the routes of the typeface."""
    routes = Blueprint("face", __name__)
    routes.add_url_rule(face().address, "font", _font)
    routes.add_url_rule(face().stylesheet, "style", lambda: _kept(style(), "text/css; charset=utf-8"))
    return routes


def _font() -> Response:
    with _making:
        body = _woff()
    return _kept(body, "font/woff")


def _kept(body: bytes | str, content_type: str) -> Response:
    return Response(body, content_type=content_type, headers={"Cache-Control": A_YEAR})
