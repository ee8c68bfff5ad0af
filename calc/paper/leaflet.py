"""The patient's leaflet: one page in plain words from the drug's file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calc.answer import answer
from calc.drug import Drug
from calc.links import shortest_pairs_of
from calc.paper.code import code
from calc.paper.press import PAPERS, press
from calc.plans import Plan
from calc.sheet import sheet
from calc.sheet.names import form_name
from calc.wording import paper as words
from calc.wording.said import said

MOST_MODULES = 104


class NoLeaflet(Exception):
    """No file of this drug says what to tell the patient."""


def leaflet_pdf(plan: Plan, paper: str) -> bytes:
    """The leaflet of a plan on `paper`; raises `NoLeaflet` for a drug without a file, `DoesNotFit` beyond a page."""
    if plan.drug is None or not plan.drug.leaflet:
        raise NoLeaflet
    return press(
        "leaflet.typ", leaflet_content(plan, plan.drug, paper), plan.order.prepared_on, words.PAPER_NAMES[paper]
    )


def leaflet_content(plan: Plan, drug: Drug, paper: str) -> Mapping[str, Any]:
    """Everything that the leaflet prints, as finished strings."""
    whole = answer(plan)
    made = sheet(plan)
    drawn = code(whole["fingerprint"], shortest_pairs_of(plan.order), most=MOST_MODULES)
    until = plan.beyond_use.bound.date.isoformat()
    references = dict.fromkeys(part.strip() for section in drug.leaflet for part in section.reference.split(";"))
    return {
        "paper": PAPERS[paper],
        "title": words.LEAFLET_TITLE.format(drug=drug.name),
        "state": made.not_released,
        "intro": [
            words.LEAFLET_STRENGTH.format(dose=said(plan.order.dose), form=form_name(plan, plan.order.dose_basis)),
            words.LEAFLET_MADE,
        ],
        "sections": [
            {"title": words.LEAFLET_TAKE, "lines": words.LEAFLET_TAKE_LINES, "blank": words.LEAFLET_TAKE_BLANK},
            *({"title": part.title, "lines": part.lines, "blank": ""} for part in drug.leaflet),
            {
                "title": words.LEAFLET_KEEP,
                "lines": [
                    *words.LEAFLET_KEEP_LINES,
                    (words.LEAFLET_UNTIL_OPEN if made.expiry_open else words.LEAFLET_UNTIL).format(date=until),
                ],
                "blank": "",
            },
        ],
        "ask": words.LEAFLET_ASK,
        "phone": words.LEAFLET_PHONE,
        "sources": words.LEAFLET_SOURCES,
        "references": [*references, words.LEAFLET_OWN],
        "fingerprint": f"{words.FINGERPRINT} {whole['fingerprint']}, {words.VERSION.format(version=whole['version'])}",
        "code": None if drawn is None else {"modules": drawn.modules, "pixels": drawn.pixels},
        "code_alt": words.CODE_ALT.format(fingerprint=whole["fingerprint"]),
        "no_code": words.CODE_TALL,
    }
