"""Fields made and drawn once: the same markup as their macro gives, whatever is typed, and nothing typed is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms.fields.core import Field

from calc.library import load
from calc.web.forms.capsule import OrderForm
from calc.web.forms.liquid import LiquidForm
from calc.web.forms.titration import TitrationForm
from tests.support.client import make_app
from tests.support.counting import calls

APP, LIBRARY = make_app(), load()
DRAW, FORMS = APP.jinja_env.globals["draw_fields"], (OrderForm, LiquidForm, TitrationForm)
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
        assert DRAW(form, [form[name]], stops, REASONS, True) == by_macro(form[name], stops, REASONS, True)


@pytest.mark.parametrize("kind", FORMS)
def test_nothing_typed_is_kept(kind):
    with APP.test_request_context():
        for name in NAMES[kind]:
            form = kind(LIBRARY, MultiDict({name: "secret-marker", f"{name}_unit": "secret-unit"}), {})
            drawn = DRAW(form, [form[name]], [], {}, False)
            assert ("secret-marker" in drawn) is (form[name].type != "RadioField")
    assert "secret" not in f"{DRAW._drawn} {DRAW._blank.values()}"
    assert len(DRAW._drawn) + len(DRAW._blank) < 600


def test_a_page_makes_the_fields_alone_that_have_something_of_their_own():
    typed = MultiDict({"dose": "4.5", "dose_unit": "mg", "source-total_mass_unit": "mg"})
    counted = calls(lambda: OrderForm(LIBRARY, typed, {"capsule-size": "Something is wrong."}))
    assert counted[Field.__init__.__code__] == 3


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_changes_no_field_of_the_forms_after_it(kind):
    blank = kind(LIBRARY, MultiDict(), {})
    before = [(field.name, field.label.text, field.description, field.data, field.errors) for field in blank]
    typed = {"source-kind": "capsule", "source-assay_basis": "dried"}
    form = kind(LIBRARY, MultiDict(typed), {"source-lot": "Something is wrong."})
    assert form["source-water"].label.text != blank["source-water"].label.text
    assert form["source-maker"].label.text != blank["source-maker"].label.text
    after = kind(LIBRARY, MultiDict(), {})
    assert [(field.name, field.label.text, field.description, field.data, field.errors) for field in after] == before
