"""The patient's leaflet: one page in plain words from the drug's file, its gravest warning first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from calc.arithmetic.units import Figure
from calc.drug import Drug
from calc.paper.code import Code, reference_code
from calc.paper.pharmacy import Pharmacy
from calc.paper.press import PAPERS
from calc.planning.parts import FormulationUsed
from calc.wording import paper as words
from calc.wording.formulations import ON_LEAFLET

MOST_MODULES = 104
#: A section: its title, its lines, and a blank to write on.
Section = Mapping[str, Any]


class NoLeaflet(Exception):
    """The drug has no file with a text for the patient."""


def drug_with_leaflet(drug: Drug | None) -> Drug:
    """Return the drug's file if it has a leaflet. Raises `NoLeaflet` otherwise."""
    if drug is None or not has_leaflet(drug):
        raise NoLeaflet
    return drug


def has_leaflet(drug: Drug | None) -> bool:
    """Return True if the drug's file has a text for the patient."""
    return drug is not None and bool(drug.leaflet)


def section(title: str, lines: Sequence[str], blank: str = "") -> Section:
    """Return a section of a leaflet."""
    return {"title": title, "lines": list(lines), "blank": blank}


def _of_the_drug(drug: Drug, doses: Sequence[Figure]) -> list[Section]:
    """Return the sections for the patient in the drug's file that speak of these doses."""
    return [section(part.title, part.lines_for(doses)) for part in drug.leaflet if part.holds_for(doses)]


def formula_said(used: FormulationUsed | None) -> list[str]:
    """Return the line on the published formula that an order names; none if it names none."""
    return [] if used is None else [ON_LEAFLET[not used.changed and used.said.whole].format(title=used.said.title)]


def code_of(fingerprint: str, batch: str | None) -> Code | None:
    """Return the code of a leaflet: plan and batch."""
    return reference_code(fingerprint, batch, most=MOST_MODULES)


def leaflet_of(
    drug: Drug,
    paper: str,
    *,
    state: str,
    intro: list[str],
    practice: list[Section],
    doses: Sequence[Figure],
    fingerprint: str,
    version: str,
    drawn: Code | None,
    pharmacy: Pharmacy,
    calendar: Mapping[str, Any] | None = None,
    code_alt: str = "",
    no_code: str = "",
    title: str = words.LEAFLET_TITLE,
) -> Mapping[str, Any]:
    """Return everything that a leaflet prints, as finished strings.

    `practice` says how it is taken and kept. What the drug's file says of these `doses` are the warnings, the gravest
    of which stands first.
    """
    references = dict.fromkeys(part.strip() for part_of in drug.leaflet for part in part_of.reference.split(";"))
    warnings = _of_the_drug(drug, doses)
    return {
        "paper": PAPERS[paper],
        "title": title.format(drug=drug.name),
        "state": state,
        "intro": intro,
        "grave": warnings[0] if warnings else None,
        "warnings": warnings[1:],
        "practice": practice,
        "calendar": calendar,
        "ask": words.LEAFLET_ASK,
        "phone": words.LEAFLET_PHONE,
        "pharmacy": ", ".join(filter(None, (pharmacy.name, pharmacy.address, pharmacy.phone))),
        "sources": words.LEAFLET_SOURCES,
        "references": [*references, words.LEAFLET_OWN],
        "fingerprint": f"{words.PLAN_ID} {fingerprint}, {words.VERSION.format(version=version)}",
        "code": None if drawn is None else {"modules": drawn.modules, "pixels": drawn.pixels},
        "code_alt": code_alt,
        "no_code": no_code,
    }
