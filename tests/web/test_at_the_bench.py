"""What is typed at the bench stays in the address of page and sheet, and is judged by the server without a script."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.orders.query import written
from calc.planning.bench import BenchCode
from tests.support.client import ask_api, make_client
from tests.support.orders import FIGURES, GOOD
from tests.support.pages import plain_text
from tests.support.papers import text_of_pdf
from tests.support.places import ROOT
from tests.support.queries import as_query

CLIENT = make_client()


def ask(entries=(), order=GOOD, path="/"):
    """The answer to an order and what was typed, redirects followed."""
    pairs = [*as_query(order), *((f"bench-{name}", value) for name, value in dict(entries).items())]
    return CLIENT.get(f"{path}?{written(pairs)}", follow_redirects=True)


def said(answer):
    return plain_text(answer)


def portion(grams):
    return {"portion": grams, "portion_unit": "g"}


def test_boxes_and_ticks_hold_what_was_typed_and_belong_to_the_form():
    html = ask({**portion("0.430"), "crush-done": "yes"}).get_data(as_text=True)
    boxes = [piece.partition(">")[0] for piece in html.split("<input ")[1:]]
    (box,) = [one for one in boxes if 'name="bench-portion"' in one]
    assert 'form="form"' in box
    assert 'id="step-portion"' in box
    assert 'value="0.430"' in box
    ticked = [one for one in boxes if one.endswith(" checked") and "bench-" in one]
    assert len(ticked) == 1
    assert 'name="bench-crush-done"' in ticked[0]


def test_a_redirect_keeps_it_and_parts_a_quantity_typed_whole():
    answer = ask({"portion": " 432 mg ", "portion_unit": "g", "plate": "", "diluent_unit": "g"})
    query = answer.request.query_string.decode()
    assert "&bench-portion=432&bench-portion_unit=mg" in query
    assert "plate" not in query
    assert "bench-diluent" not in query


def test_the_sheet_is_linked_and_printed_with_it_and_no_other_paper_has_it():
    answer = ask(portion("0.444"))
    links = [piece.partition('"')[0] for piece in answer.get_data(as_text=True).split('href="')]
    of = {kind: [link for link in links if link.startswith(f"/{kind}.pdf")] for kind in ("sheet", "label")}
    assert of["sheet"]
    assert all("bench-portion=0.444" in link for link in of["sheet"])
    assert not any("bench-" in link for link in of["label"])
    assert ask(portion("0.444"), path="/sheet.pdf").content_type == "application/pdf"
    assert ask(portion("0.444"), path="/label.pdf").status_code == 422


def test_plan_id_and_the_code_on_the_sheet_are_those_without_it():
    plain, typed = (said(ask(entries)) for entries in ({}, portion("0.444")))
    plan_id = plain.partition("Plan ID ")[2][:19]
    assert len(plan_id.split()) == 4
    assert plan_id in typed
    assert plan_id in text_of_pdf(ask(portion("0.444"), path="/sheet.pdf").data)


def test_json_knows_no_such_name():
    answer = ask_api(CLIENT, {**GOOD, "bench-portion": "0.432 g"})
    assert answer.status_code == 422
    assert [fault["code"] for fault in answer.get_json()["faults"]] == ["unknown_field"]
    asked = ask_api(CLIENT, GOOD, query_string="bench-portion=0.444&bench-portion_unit=g")
    assert asked.data == ask_api(CLIENT, GOOD).data


@pytest.mark.parametrize(
    "name",
    ["bench-", "bench-nothing", "bench-portion-0", "bench-portion-done-done", "bench-aliquot-x", "bench-Portion"],
)
def test_a_name_that_no_step_has_is_a_fault_and_no_figure_is_shown(name):
    answer = CLIENT.get(f"/?{written([*as_query(GOOD), (name, '1')])}", follow_redirects=True)
    text = said(answer)
    assert answer.status_code == 422
    assert "is not a field of an order" in text
    assert not [figure for figure in FIGURES if figure in text]


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ({"crush-done": "no"}, "is not one of the choices (yes)"),
        ([("bench-portion", "1"), ("bench-portion", "2")], "was given more than once"),
        ([("bench-wet-done", "yes")] * 301, "give at most 300"),
    ],
)
def test_ticks_names_given_twice_and_too_many_are_faults(entries, told):
    pairs = [(f"bench-{name}", value) for name, value in entries.items()] if isinstance(entries, dict) else entries
    answer = CLIENT.get(f"/?{written([*as_query(GOOD), *pairs])}")
    assert (answer.status_code, told in said(answer)) == (422, True)


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ({"portion": "abc", "portion_unit": "g"}, "Actual amount"),
        ({"portion": "0,432", "portion_unit": "g"}, "Actual amount"),
        ({"portion": "0.432", "portion_unit": "mL"}, "Actual amount"),
        ({"portion": "0.432"}, "Actual amount"),
        ({"portion": "0", "portion_unit": "g"}, "Actual amount"),
        ({"portion": "5000", "portion_unit": "g"}, "is outside what is taken here"),
        ({"divide": "29.5"}, "Actual amount"),
        ({"divide": "10001"}, "is outside what is taken here, 1 to 10,000"),
        ({"crush": "3"}, "Actual amount"),
        ({"plate": "x" * 61}, "use at most 60 characters"),
        ({"plate": "\u4e2d"}, "cannot print"),
        ({"ten_capsules": " ".join(["185"] * 31), "ten_capsules_unit": "mg"}, "give at most 30"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_step_and_the_plan_stays(entries, told):
    answer = ask(entries)
    text = said(answer)
    assert answer.status_code == 422
    assert told in text
    assert "In band" not in text
    assert "Dose by what was weighed: " not in text
    assert "0.432 g" in text
    (key,) = {name.removesuffix("_unit") for name in entries}
    html = answer.get_data(as_text=True)
    assert f'id="step-{key}-error"' in html
    assert ask(entries, path="/sheet.pdf").status_code == 422


def test_what_was_typed_for_another_plan_is_kept_and_told_and_decides_nothing():
    answer = ask({"aliquot-2": "0.24", "aliquot-2_unit": "g"})
    text = said(answer)
    assert answer.status_code == 200
    assert "Typed for a step that this plan does not have, and not counted: aliquot-2: 0.24 g." in text
    assert "Dose by what was weighed" not in text
    assert 'type="hidden" name="bench-aliquot-2"' in answer.get_data(as_text=True)


def test_a_refused_order_keeps_what_was_typed():
    answer = ask(portion("0.444"), {**GOOD, "dose": "9 9 mg"})
    assert answer.status_code == 422
    assert '<input type="hidden" name="bench-portion" value="0.444">' in answer.get_data(as_text=True)


KEYS = [code.value for code in BenchCode]
names = st.one_of(
    st.sampled_from([f"{key}{end}" for key in KEYS for end in ("", "_unit", "-done", "-2", "-2_unit", "-2-done")]),
    st.text(max_size=12),
)
values = st.one_of(
    st.sampled_from(["yes", "g", "mg", "0.432", "432 mg", "30", "185 186", "-1", "1e9"]), st.text(max_size=12)
)


@settings(max_examples=60, deadline=None)
@given(entries=st.lists(st.tuples(names, values), max_size=8), path=st.sampled_from(["/", "/sheet.pdf"]))
def test_noise_at_the_names_of_the_bench_is_never_a_mistake_of_the_program(entries, path):
    pairs = [*as_query(GOOD), *((f"bench-{name}", value) for name, value in entries)]
    answer = CLIENT.get(path, query_string=pairs, follow_redirects=True)
    assert answer.status_code in (200, 422)


def test_an_amount_is_mixed_once_a_later_step_of_mixing_is_reached_and_not_before():
    """Two steps of a trituration: the second mixing takes the first aliquot in, the blend the second."""
    case = ROOT / "tests/casebook/orders/112-trituration-of-equal-diluent.json"
    order = json.loads(case.read_text(encoding="utf-8"))["order"]
    # 100 mg and 240 mg are planned; 150 and 300 mg are beyond 3 %.
    typed = {"aliquot-1": "0.150", "aliquot-1_unit": "g", "aliquot-2": "0.300", "aliquot-2_unit": "g"}
    for reached, first, second in (
        ({}, "Take off 0.050 g, or plan again.", "Take off 0.060 g, or plan again."),
        ({"trituration_mix-1-done": "yes"}, "Take off 0.050 g, or plan again.", "Take off 0.060 g, or plan again."),
        ({"trituration_mix-2": "ten minutes"}, "It is mixed", "Take off 0.060 g, or plan again."),
        ({"rung-1-done": "yes"}, "It is mixed", "It is mixed"),
    ):
        text = said(ask({**typed, **reached}, order))
        assert text.count("It is mixed and cannot be put right") == (first, second).count("It is mixed")
        assert all(wanted in text for wanted in (first, second))


def test_the_sheet_prints_what_was_typed_and_blanks_for_the_rest():
    entries = {"portion": "430", "portion_unit": "mg", "plate": "Plate 7"}
    text = text_of_pdf(ask(entries, path="/sheet.pdf").data)
    assert "0.430 g" in text
    assert "Plate 7" in text
    assert "0.430 g" not in text_of_pdf(ask(path="/sheet.pdf").data)
