"""Fields drawn once: the same markup as their macro gives, whatever is typed, and nothing typed is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from calc.library import load
from calc.web.forms.capsule import OrderForm
from calc.web.forms.liquid import LiquidForm
from calc.web.forms.titration import TitrationForm
from tests.support.client import make_app

APP, LIBRARY = make_app(), load()
DRAW, FORMS = APP.jinja_env.globals["draw_field"], (OrderForm, LiquidForm, TitrationForm)
NAMES = {kind: list(kind(LIBRARY, MultiDict(), {})._fields) for kind in FORMS}
OFFERED = ["", "4.5", "naltrexone", "powder", "mg", "g", "mcg", "%", "yes", "no", "not asked", "3", "day 1"]
VALUES = st.text(max_size=8) | st.sampled_from([*OFFERED, "\ue000", "<i>&\"'"])
REASONS = {"low_dose": "reason"}


def by_macro(*given):
    return APP.jinja_env.get_template("shared/fields.html").module.show_field(*given)


@given(st.data())
def test_a_field_is_drawn_as_by_its_macro(data):
    kind = data.draw(st.sampled_from(FORMS))
    name = data.draw(st.sampled_from(NAMES[kind]))
    typed = MultiDict({name: data.draw(VALUES), f"{name}_unit": data.draw(VALUES)})
    errors = data.draw(st.sampled_from([{}, {name: "Something is wrong."}]))
    stop = {"code": "x", "value": "1", "field": name.replace("-", "."), "reasons": ["low_dose"]}
    stops = data.draw(st.sampled_from([[], [(stop, 0)]]))
    form = kind(LIBRARY, typed, errors)
    with APP.test_request_context():
        assert DRAW(form, form[name], stops, REASONS, True) == by_macro(form[name], stops, REASONS, True)


@pytest.mark.parametrize("kind", FORMS)
def test_nothing_typed_is_kept(kind):
    with APP.test_request_context():
        for name in NAMES[kind]:
            form = kind(LIBRARY, MultiDict({name: "secret-marker", f"{name}_unit": "secret-unit"}), {})
            drawn = DRAW(form, form[name], [], {}, False)
            assert ("secret-marker" in drawn) is (form[name].type != "RadioField")
    assert "secret" not in str(DRAW._drawn)
    assert len(DRAW._drawn) < 400
