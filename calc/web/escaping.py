"""Templates that write a text as it is if nothing in it must be escaped: most of the 1,500 texts of a page are such.

Jinja makes a `Markup` of each text that it writes, and takes its letters out of it again.
"""

from __future__ import annotations

import re
from typing import Any

from flask.templating import Environment
from jinja2.compiler import CodeGenerator
from markupsafe import escape

_ESCAPED = re.compile("[&<>\"']")


def escaped(value: object) -> str:
    """Return a value as a page writes it, escaped as `escape` does.

    >>> escaped("0.432 g"), str(escaped("below <b>")), str(escaped(3))
    ('0.432 g', 'below &lt;b&gt;', '3')
    """
    return value if type(value) is str and _ESCAPED.search(value) is None else escape(value)


class _Generator(CodeGenerator):
    """Writes templates that call the environment's `escaped` for each value."""

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class Templates(Environment):
    """The environment of the program's templates."""

    code_generator_class = _Generator
    escaped = staticmethod(escaped)
