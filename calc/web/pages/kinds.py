"""The papers that a page of an order offers, each with its sizes or stocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calc.paper.label import STOCKS
from calc.paper.press import PAPERS
from calc.wording import paper as words


@dataclass(frozen=True)
class Paper:
    """One kind of paper: its name, the option in its address with choices and default, and its file name."""

    name: str
    option: str
    choices: Mapping[str, str]
    usual: str
    file: str


SHEET, LABEL = "sheet", "label"
SIZES = {key: words.PAPER_NAMES[key] for key in PAPERS}
KINDS = {
    SHEET: Paper(words.TITLE, "paper", SIZES, "letter", "preparation-sheet.pdf"),
    LABEL: Paper(words.LABEL, "label", {key: stock.name for key, stock in STOCKS.items()}, "2.25x1.25", "label.pdf"),
    "leaflet": Paper(words.LEAFLET, "paper", SIZES, "letter", "patient-leaflet.pdf"),
}
