"""The patient's leaflet: one page in plain words from the drug's file; of a titration two, one with its calendar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calc.drug import Drug
from calc.orders.base import ReadableOrder
from calc.orders.query import shortest_pairs_of
from calc.paper.code import code
from calc.paper.press import PAPERS
from calc.wording import paper as words

MOST_MODULES = 104


class NoLeaflet(Exception):
    """No file of this drug says what to tell the patient."""


def leaflet_of(
    drug: Drug,
    paper: str,
    *,
    title: str,
    state: str,
    intro: list[str],
    take: Mapping[str, Any],
    keep: Mapping[str, Any],
    printed: tuple[str, str, ReadableOrder],
) -> Mapping[str, Any]:
    """A leaflet of the drug's file; `printed` are the fingerprint, the version and the order of its code."""
    fingerprint, version, order = printed
    drawn = code(fingerprint, shortest_pairs_of(order), most=MOST_MODULES)
    return {
        "paper": PAPERS[paper],
        "title": title,
        "state": state,
        "intro": intro,
        "calendar": None,
        "sections": [take, *_of_the_drug(drug), keep],
        **_end(drug),
        "fingerprint": f"{words.FINGERPRINT} {fingerprint}, {words.VERSION.format(version=version)}",
        "code": None if drawn is None else {"modules": drawn.modules, "pixels": drawn.pixels},
        "code_alt": words.CODE_ALT.format(fingerprint=fingerprint),
        "no_code": words.CODE_TALL,
    }


def _of_the_drug(drug: Drug) -> list[Mapping[str, Any]]:
    """What the drug's file says to the patient."""
    return [{"title": part.title, "lines": part.lines, "blank": ""} for part in drug.leaflet]


def _how_to_keep(until: list[str]) -> Mapping[str, Any]:
    return {"title": words.LEAFLET_KEEP, "lines": [*words.LEAFLET_KEEP_LINES, *until], "blank": ""}


def _end(drug: Drug) -> Mapping[str, Any]:
    """Whom to ask, and where it all comes from."""
    references = dict.fromkeys(part.strip() for section in drug.leaflet for part in section.reference.split(";"))
    return {
        "ask": words.LEAFLET_ASK,
        "phone": words.LEAFLET_PHONE,
        "sources": words.LEAFLET_SOURCES,
        "references": [*references, words.LEAFLET_OWN],
    }
