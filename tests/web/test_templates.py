"""The program's templates escape every value as Jinja itself does."""

import random
from fractions import Fraction
from pathlib import Path

import pytest
from jinja2 import Environment
from markupsafe import Markup, escape

from calc.library import TEMPLATES
from calc.web.templates import escaped
from tests.support.client import make_app

OURS = make_app().jinja_env
JINJAS = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
PIECES = ["<", ">", "&", '"', "'", "&amp;", "0.432 g", "\u00a0", "\ue000", "<script>", "", "mcg"]
VALUES = ["", *PIECES, Markup("<b>&</b>"), 3, None, Fraction(1, 3), True, ["<"], {"a": "'"}]
WAYS = [
    "{{ a }}",
    "{{ a }} and {{ a ~ b }}",
    "{% for x in [a, b] %}<i>{{ x }}{{ loop.index }}</i>{% endfor %}",
    "{% macro m(x) %}<b>{{ x }}</b>{% endmacro %}{{ m(a) }}{{ m(b) }}",
    "{% macro m() %}<b>{{ caller() }}</b>{% endmacro %}{% call m() %}{{ a }}{% endcall %}",
    "{% set y %}<i>{{ a }}</i>{% endset %}{{ y }}{{ b }}",
    "{% filter upper %}{{ a }}<{% endfilter %}",
    "{{ a if b else '<' }}{{ '<' }}{{ a | safe }}{{ a | e }}{{ (b | string) | replace('<', a | string) }}",
    "{% autoescape false %}{{ a }}{% endautoescape %}{% autoescape b %}{{ a }}{% endautoescape %}",
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_is_escaped_as_by_jinja(value):
    assert escaped(value) == escape(value)


def test_texts_strung_together_by_chance_are_escaped_as_by_jinja():
    rng = random.Random("escaping")
    for _ in range(5_000):
        text = "".join(rng.choice(PIECES) for _ in range(rng.randrange(9)))
        assert escaped(text) == escape(text)


@pytest.mark.parametrize("way", WAYS)
def test_a_template_writes_what_jinja_writes(way):
    ours, jinjas = OURS.from_string(way), JINJAS.from_string(way)
    for a in VALUES:
        for b in VALUES:
            assert ours.render(a=a, b=b) == jinjas.render(a=a, b=b)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_every_template_escapes_in_this_way_alone(path: Path):
    code = OURS.compile(path.read_text(encoding="utf-8"), path.name, raw=True).replace("environment.escaped(", "")
    assert "escape(" not in code
    assert " str(" not in code
