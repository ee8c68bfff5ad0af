"""Whether a paper fits, found by the very layout that prints it, so that no page offers one that cannot be printed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from hashlib import sha256
from typing import Any

import typst

from calc.answers.json_text import written
from calc.library import paper_templates
from calc.limits.server import TRIALS_REMEMBERED
from calc.paper.press import FONTS
from calc.wording.no_break import unbroken_in

#: The view of a page that says "it fits"; see `templates/paper/label_fits.typ`.
FITS = b'viewBox="0 0 2 1"'

#: A compiler of its own, so that a page never waits for a paper that is being set.
_compiler: Any = typst.Compiler(font_paths=[FONTS], ignore_system_fonts=True)
_one_at_a_time = threading.Lock()


#: Verdicts by the digest of template and content: no text that was typed is kept.
_verdicts: OrderedDict[bytes, tuple[bool, ...]] = OrderedDict()


def which_fit(template: str, content: Any) -> tuple[bool, ...]:
    """Return for each thing that a template tries whether its content fits; the template has one page for each.

    The latest `TRIALS_REMEMBERED` verdicts are remembered.
    """
    data = written(unbroken_in(content))
    digest = sha256(template.encode() + b"\0" + data).digest()
    with _one_at_a_time:
        verdict = _verdicts.pop(digest, None) or _tried(template, data)
        _verdicts[digest] = verdict
        if len(_verdicts) > TRIALS_REMEMBERED:
            _verdicts.popitem(last=False)
    return verdict


def _tried(template: str, data: bytes) -> tuple[bool, ...]:
    templates = dict(paper_templates())
    inputs = {"main.typ": templates.pop(template), **templates, "data.json": data}
    pages = _compiler.compile(input=inputs, format="svg")
    return tuple(FITS in page for page in (pages if isinstance(pages, list) else [pages]))
