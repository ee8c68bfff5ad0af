"""What cannot happen from outside raises inside: guards that no order reaches, held here so that none is passed by."""

from dataclasses import replace
from datetime import date

import pytest

from calc import library as library_module
from calc.figures import decimal
from calc.formula import FormulaError, Mg, formula
from calc.library import BadFile, load
from calc.limits import BadLimit, Bound, Range
from calc.order import Order
from calc.planning import checking, diluting, filling, plan
from calc.planning.work import Work
from calc.plans import FillRule
from calc.readers import canonical
from calc.units import MG, PERCENT, WrongUnit, figure
from tests.doors import GOOD, ask_api, changed, make_client
from tests.test_triturations import mg

LIBRARY = load()
TODAY = date(2026, 11, 23)


def ordered(**changes):
    tree = changed(GOOD, {path.replace("__", "."): value for path, value in changes.items()})
    return Order.read(tree, LIBRARY, today=TODAY)


def test_a_record_of_the_limits_that_contradicts_itself_stops_the_start():
    with pytest.raises(BadLimit, match="the wrong way round"):
        Range(mg(2), mg(1), "customary", "the wrong way round")
    with pytest.raises(BadLimit):
        Range(mg(1), mg(2), "nowhere", "no such reference")
    with pytest.raises(BadLimit, match="nowhere"):
        Bound(mg(1), "nowhere", "no such reference")
    assert Range(mg(1), mg(1), "customary", "one value alone").low == mg(1)


def test_a_parameter_without_a_unit_is_no_formula():
    with pytest.raises(FormulaError, match="mass names no unit"):

        @formula(reference="definition")
        def half(mass: float) -> Mg:
            return mass / 2


def test_papers_that_are_not_installed_stop_the_start(tmp_path, monkeypatch):
    monkeypatch.setattr(library_module, "TEMPLATES", tmp_path)
    with pytest.raises(BadFile, match="templates of the papers"):
        library_module.paper_templates.__wrapped__()


def test_an_order_that_lost_its_strength_or_its_rule_is_not_planned():
    order = ordered()
    bare = order.model_copy(update={"source": order.source.model_copy(update={"strength": None})})
    with pytest.raises(TypeError, match="without a strength"):
        plan(bare, LIBRARY)
    no_rule = order.balance.model_copy(update={"sensitivity": None})
    with pytest.raises(TypeError, match="one rule"):
        plan(order.model_copy(update={"balance": no_rule}), LIBRARY)


def test_a_trituration_is_not_looked_for_while_no_mass_is_known():
    order, work = ordered(), Work(figure(1, MG))
    made = plan(order, LIBRARY)
    unknown = replace(made.powder, strength=None)
    with pytest.raises(TypeError, match="mass of the powder"):
        diluting._strength(unknown)
    assert checking._strength_as_printed(replace(unknown, tablets=None), (), work) is None


def test_sizes_are_not_compared_where_no_fill_is_known():
    order, work = ordered(), Work(figure(1, MG))
    made = plan(order, LIBRARY)
    shell = LIBRARY.shell("2", None)
    nothing = filling.Fill(FillRule.UNKNOWN)
    with pytest.raises(TypeError, match="fill of one"):
        filling._other_size(shell, made.fill.powder_per_capsule, nothing, made.powder, (), work)


def test_only_what_an_order_can_hold_is_written_back():
    with pytest.raises(WrongUnit):
        canonical(figure("1/3", MG))
    assert decimal(figure("1/3", MG).value) is None


def test_figures_and_dates_that_are_read_already_stay_what_they_are():
    """A model may be made from another model's values, not only from texts."""
    order = ordered()
    again = Order.read({**order.understood(), "dose": order.dose, "prepared_on": order.prepared_on}, LIBRARY)
    assert (again.dose, again.prepared_on) == (order.dose, order.prepared_on)
    assert again.understood() == order.understood()
    assert ordered(allowance=figure(10, PERCENT)).allowance == figure(10, PERCENT)


def test_a_month_that_does_not_exist_is_no_expiry():
    answer = ask_api(make_client(), changed(GOOD, {"source.expiry": "2027-13"}))
    assert [(fault["code"], fault["field"]) for fault in answer.get_json()["faults"]] == [
        ("date_format", "source.expiry")
    ]


def test_no_size_is_named_for_shells_whose_volumes_are_not_known():
    changes = {"capsule.brand": "no brand of the table", "tablet_powder.packing_statistic": "10 mg"}
    answer = ask_api(make_client(), changed(GOOD, changes))
    (stop,) = answer.get_json()["stops"]
    assert stop["code"] == "capsule_too_small"
    assert "Sizes that hold it" not in stop["text"]
