"""Whether a paper fits, found by the very layout that prints it, so that no page offers one that cannot be printed."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
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
#: On paper every digit is as wide as any other, whatever stands beside it: which one it is decides about nothing.
DIGIT = re.compile(rb"[0-9]")

#: A compiler of its own, so that a page never waits for a paper that is being set.
_compiler: Any = typst.Compiler(font_paths=[FONTS], ignore_system_fonts=True)
_one_at_a_time = threading.Lock()
#: The latest verdicts by the digest of what decides about them: no text that was typed is kept.
_verdicts: OrderedDict[bytes, tuple[bool, ...]] = OrderedDict()


def which_fit(template: str, lines: Mapping[str, Any], tried: Sequence[Mapping[str, Any]]) -> tuple[bool, ...]:
    """Return for each thing that a template tries whether these lines fit; the template has one page for each.

    Lines that differ in their digits alone share a verdict.
    """
    lines = unbroken_in(lines)
    decides = template.encode(), DIGIT.sub(b"0", written(lines)), written(tried)
    digest = sha256(b"\0".join(decides)).digest()
    with _one_at_a_time:
        verdict = _verdicts.pop(digest, None) or _tried(template, written({"lines": lines, "tried": tried}))
        _verdicts[digest] = verdict
        if len(_verdicts) > TRIALS_REMEMBERED:
            _verdicts.popitem(last=False)
    return verdict


def _tried(template: str, data: bytes) -> tuple[bool, ...]:
    templates = dict(paper_templates())
    inputs = {"main.typ": templates.pop(template), **templates, "data.json": data}
    pages = _compiler.compile(input=inputs, format="svg")
    return tuple(FITS in page for page in (pages if isinstance(pages, list) else [pages]))
