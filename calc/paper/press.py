"""The press: sets finished strings as a PDF with Typst, in packaged fonts only, one paper at a time."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from importlib import resources
from typing import Any

import typst

from calc.answers.json_text import written
from calc.library import paper_templates
from calc.wording.no_break import unbroken_in

#: Paper sizes of a sheet or leaflet, by their name in a query.
PAPERS = {"letter": "us-letter", "a4": "a4"}
#: Error text of a template whose content is larger than the paper; see `templates/paper/style.typ`.
TOO_LARGE = "does not fit"
FONTS = str(resources.files("fontpkg_ibm_plex_sans").joinpath("files"))

#: One compiler sets papers one after another: two threads must not use it at the same time, and ten papers requested
#: at once must leave the processor to the pages.
_compiler: Any = typst.Compiler(font_paths=[FONTS], ignore_system_fonts=True)
_one_at_a_time = threading.Lock()


class DoesNotFit(Exception):
    """The content is larger than the label or the page named by `on`."""

    def __init__(self, on: str) -> None:
        super().__init__(on)
        self.on = on


def press(template: str, content: Any, dated: date, on: str) -> bytes:
    """Return content set in a template of `templates/paper/` as PDF/UA, its strings printed as they are.

    `on` names the paper for a person. The file depends on template, content and date alone.
    Raises `DoesNotFit` if the content is larger than the paper.
    """
    templates = dict(paper_templates())
    # Changing data are passed as a file: as a system input, they would make Typst lay out everything anew.
    inputs = {
        "main.typ": templates.pop(template),
        **templates,
        "data.json": written(unbroken_in(content)),
    }
    noon = datetime(dated.year, dated.month, dated.day, 12, tzinfo=UTC)
    try:
        with _one_at_a_time:
            pdf: bytes = _compiler.compile(
                input=inputs, format="pdf", pdf_standards=["ua-1"], timestamp=int(noon.timestamp())
            )
    except typst.TypstError as fault:
        if TOO_LARGE in str(fault):
            raise DoesNotFit(on) from fault
        raise
    return pdf
