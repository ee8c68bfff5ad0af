"""The kinds of paper that a page offers: what its button says, the option in its address, its file name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calc.paper.label import STOCKS
from calc.paper.press import PAPERS
from calc.wording import paper as words
from calc.wording import workbench


@dataclass(frozen=True)
class Paper:
    """One kind of paper: its name, its button and what it is, the option in its address with choices and default, and
    its file name.
    """

    name: str
    do: str
    about: str
    option: str
    choices: Mapping[str, str]
    usual: str
    file: str


SHEET, LABEL = "sheet", "label"
SIZES = {key: words.PAPER_NAMES[key] for key in PAPERS}
KINDS = {
    SHEET: Paper(words.TITLE, *workbench.PAPERS_OF["sheet"], "paper", SIZES, "letter", "preparation-sheet.pdf"),
    LABEL: Paper(
        words.LABEL,
        *workbench.PAPERS_OF["label"],
        "label",
        {key: stock.name for key, stock in STOCKS.items()},
        "2.25x1.25",
        "label.pdf",
    ),
    "leaflet": Paper(words.LEAFLET, *workbench.PAPERS_OF["leaflet"], "paper", SIZES, "letter", "patient-leaflet.pdf"),
}
