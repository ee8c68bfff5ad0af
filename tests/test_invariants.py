"""What cannot happen from outside raises inside: guards that no order reaches, held here so that none is passed by."""

from dataclasses import replace
from datetime import date

import pytest

from calc import library as library_module
from calc.arithmetic.formula import FormulaError, Mg, Term, formula
from calc.arithmetic.notation import decimal
from calc.arithmetic.units import CAPSULE, MG, PERCENT, WrongUnit, figure
from calc.capsule.order import Order
from calc.capsule.planning import diluting, filling, plan, reverse_check, triturating
from calc.capsule.sheet import sheet
from calc.checks.sample import Sample
from calc.library import BadFile, load
from calc.limits import BadLimit, Bound, Range
from calc.planning.codes import FillRule
from calc.planning.work import Work
from calc.reading.fields import canonical
from calc.sheet.names import strength_said
from calc.titration import batches
from calc.titration.planning import titrate
from calc.titration.schedule import Titration
from tests.capsule.test_triturating import mg
from tests.support.client import ask_api, make_client
from tests.support.orders import GOOD, changed
from tests.support.pages import plain_text

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
    made = plan(ordered(), LIBRARY)
    unknown = replace(made.powder, strength=None)
    with pytest.raises(TypeError, match="mass of the powder"):
        diluting.powder_strength(unknown)
    assert reverse_check._strength_as_printed(replace(unknown, tablets=None), ()) is None


def test_sizes_are_not_compared_where_no_fill_is_known():
    order, work = ordered(), Work(figure(1, MG))
    made = plan(order, LIBRARY)
    shell = LIBRARY.shell("2", None)
    nothing = filling.Fill(FillRule.UNKNOWN)
    given = made.fill.powder_per_capsule, nothing, made.fill.body_volume, figure(30, CAPSULE)
    with pytest.raises(TypeError, match="fill of one"):
        filling._other_size(shell, *given, (), work)


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
        ("no_such_day", "source.expiry")
    ]


def test_no_size_is_named_for_shells_whose_volumes_are_not_known():
    changes = {"capsule.brand": "no brand of the table", "tablet_powder.packing_statistic": "10 mg"}
    answer = ask_api(make_client(), changed(GOOD, changes))
    (stop,) = answer.get_json()["stops"]
    assert stop["code"] == "capsule_too_small"
    assert "Sizes that hold it" not in stop["text"]


def test_a_trituration_before_weighing_belongs_to_tablets_alone():
    order = ordered()
    made = plan(order, LIBRARY)
    bulk = replace(made.powder, tablets=None, portion=None, rounding_effect=None)
    assert triturating.triturate(order, bulk, made.fill, Work(figure(1, MG))) == (bulk, ())


def test_bulk_powder_has_no_strength_of_a_tablet_and_its_trituration_is_destroyed():
    bulk = {"kind": "powder", "assay": "98 %"}
    tree = changed(GOOD, {"source": bulk, "tablet_powder": None, "diluent": None, "quantity": 1})
    made = plan(Order.read(tree, LIBRARY, today=TODAY), LIBRARY)
    assert made.triturations
    assert strength_said(made) == "not known yet"
    said = [action.do for stage in sheet(made).work for action in stage.actions]
    assert "Destroy the trituration left over, as your pharmacy's rules say." in said
    direct = plan(Order.read(changed(tree, {"quantity": 300}), LIBRARY, today=TODAY), LIBRARY)
    assert "Destroy" not in " ".join(action.do for action in sheet(direct).work[-1].actions)


def test_a_trituration_without_a_mass_changes_no_strength():
    order = changed(GOOD, {"dose": "0.1 mg"})
    made = plan(Order.read(order, LIBRARY, today=TODAY), LIBRARY)
    unweighed = tuple(replace(step, weigh=None, all_of_it=False) for step in made.triturations)
    assert reverse_check._strength_as_printed(made.powder, unweighed) == made.powder.strength


def test_whole_numbers_stand_on_either_side_in_a_formula():
    assert (2 * Term("name", "mass")).write({"mass": "m"}) == "2 \u00d7 m"
    assert (2 / Term("name", "mass")).write({"mass": "m"}) == "2 / m"


def test_a_check_without_a_count_or_a_spread_says_nothing_of_them():
    client = make_client()
    pairs = {"by": "weight", "theoretical_fill": "100", "theoretical_fill_unit": "mg", "capsules_unit": "mg"}
    pairs |= {"shell_mass": "50", "shell_mass_unit": "mg"}
    even = plain_text(client.get("/check", query_string={**pairs, "capsules": "150 " * 10}))
    empty = plain_text(client.get("/check", query_string={**pairs, "capsules": "50 " * 10}))
    for page in (even, empty):
        assert "Batch loss" not in page.split("By weight")[0]
    assert "Relative standard deviation of the fill" in even.split("By weight")[0]
    assert "Relative standard deviation of the fill" not in empty.split("By weight")[0]
    assert list(Sample.together({})) == []


def test_a_batch_that_is_not_planned_has_nothing_left_over():
    asked = Titration.read({"schedule": [{"dose": "1.5 mg", "days": 14}]}, LIBRARY, today=TODAY)
    batch = titrate(asked, LIBRARY).ways[0].batches[0]
    assert replace(batch, plan=None).left_over is None


def test_a_batch_of_a_titration_that_cannot_be_read_is_our_mistake():
    """No titration makes one: an acknowledgement that nothing raised would be the only way."""
    asked = Titration.read({"schedule": [{"dose": "1.5 mg", "days": 14}]}, LIBRARY, today=TODAY)
    given = {"code": "heavy_tablet", "value": "1300 mg", "reason": "weighed_again"}
    order = Order.read({**GOOD}, LIBRARY, today=TODAY)
    read = Order.read({**asked.order.understood(), "acknowledgements": [given]}, LIBRARY, today=TODAY)
    with pytest.raises(TypeError, match="can be read"):
        batches._plan_or_stops(order.model_copy(update={"acknowledgements": read.acknowledgements}), LIBRARY)
