"""The environment of the program's templates: they write what Jinja's write, with less made on the way."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment
from jinja2.compiler import CodeGenerator
from markupsafe import escape

_ESCAPED = re.compile("[&<>\"']")


def escaped(value: object) -> str:
    """Return a value as a page writes it, escaped as `escape` does; a text with nothing to escape is left as it is.

    Jinja makes a `Markup` of each text of a page, some 1,500, and takes its letters out of it again.

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
    """The environment, whose names are complete before the first template is loaded."""

    code_generator_class = _Generator
    escaped = staticmethod(escaped)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> dict[str, Any]:
        """Return the names that a template knows beside those of its page, in one mapping.

        Each import looks through them, in two mappings at Jinja's.
        """
        return {**self.globals, **(d or {})}
