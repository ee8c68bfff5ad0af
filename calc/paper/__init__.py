"""What leaves the printer: the preparation sheet, labels and the patient leaflet, as PDF."""

from __future__ import annotations

from calc.capsule.papers import sheet_pdf
from calc.liquid.papers import liquid_label_pdf, liquid_leaflet_pdf, liquid_sheet_pdf
from calc.paper.label import STOCKS, label_pdf
from calc.paper.leaflet import NoLeaflet, calendar_pdf, leaflet_pdf
from calc.paper.press import PAPERS, DoesNotFit

__all__ = [
    "PAPERS",
    "STOCKS",
    "DoesNotFit",
    "NoLeaflet",
    "calendar_pdf",
    "label_pdf",
    "leaflet_pdf",
    "liquid_label_pdf",
    "liquid_leaflet_pdf",
    "liquid_sheet_pdf",
    "sheet_pdf",
]
