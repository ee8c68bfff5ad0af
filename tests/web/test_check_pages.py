"""`GET /check`: the forms, the verdict, the plot to scale, and what is told where something cannot be read."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.checks.answer import uniformity_shown, weights_shown
from calc.checks.assayed import UniformityAsked
from calc.checks.plot import LEFT, RIGHT, WIDTH, plot_contents, plot_weights
from calc.checks.sample import WeightsAsked
from calc.checks.uniformity import check_uniformity
from calc.checks.weights import check_weights
from calc.web.openapi.checks import UNIFORMITY_EXAMPLE, WEIGHTS_EXAMPLE
from calc.wording.checks import numbers_said
from tests.support.checked_client import soup, words
from tests.support.client import ask_page, make_client
from tests.support.pages import error_at, page_faults, read_page

CLIENT = make_client()
MASSES = "180 182 184\r\n185 185 186 186\n187 188   189 "
WEIGHT = {
    "by": "weight",
    "theoretical_fill": "137.6",
    "theoretical_fill_unit": "mg",
    "capsules": MASSES,
    "capsules_unit": "mg",
    "shell_mass": "48",
    "shell_mass_unit": "mg",
    "shells": "",
    "shells_unit": "mg",
    "planned": "30",
    "made": "30",
}
CONTENT = {"by": "content", "contents": "94 93 97 96 94 100 102 95 97 98", "contents_unit": "%"}


def ask(query, **changes):
    return CLIENT.get("/check", query_string={**query, **changes})


def test_the_empty_page_judges_nothing():
    answer = CLIENT.get("/check")
    page = soup(answer)
    assert answer.status_code == 200
    assert words(page.h1) == "Check the capsules made"
    assert not page.find_all(class_=["answer", "summary", "plot"])
    assert [form["method"] for form in page.find_all("form")] == ["get", "get"]


def test_the_page_gives_the_verdict_of_the_endpoint_with_what_to_do_next():
    page = soup(ask(WEIGHT))
    found = CLIENT.post("/api/v1/check/weights", json=WEIGHTS_EXAMPLE).get_json()
    assert words(page.find(id="verdict")) == "Pass The batch passes by weight."
    assert words(page.find(class_="next")) == f"Next {found['next']}"
    text = words(page.main)
    for fill in found["fills"]:
        assert fill["share"]["text"] in text
    assert len(page.find(id="items-title").parent.tbody.find_all("tr")) == 10
    assert "Weight alone does not prove content" in text
    shown = [words(step.h3) for step in page.find_all("ol", class_="working")[0].find_all("li")]
    each = [step["title"] for step in found["steps"] if not step["code"].endswith("_of_each")]
    assert shown == each
    assert len(page.find_all("ol", class_="working")[1].find_all("li")) == 20


@pytest.mark.parametrize(
    ("query", "changes", "verdict"),
    [
        (WEIGHT, {"theoretical_fill": "156"}, "Fail The batch does not pass by weight."),
        (WEIGHT, {"made": "28"}, "Explain The masses pass, and what is missing needs a reason."),
        (WEIGHT, {"made": "26"}, "Hold The masses pass, but the batch is held for a pharmacist."),
        (CONTENT, {}, "Pass The units pass by content."),
        (
            CONTENT,
            {"contents": "100 108 92 104 96 110 90 106 94 102"},
            "Assay 20 more Not decided: ten units are not enough.",
        ),
        (CONTENT, {"contents": "80 " * 30}, "Fail The units do not pass by content."),
    ],
)
def test_each_verdict_is_said_plainly(query, changes, verdict):
    answer = ask(query, **changes)
    assert answer.status_code == 200
    page = soup(answer)
    assert words(page.find(id="verdict")) == verdict
    assert verdict.partition(" The")[2].rstrip(".") in words(page.title) or "Not decided" in words(page.title)
    assert page.find("form", attrs={"aria-labelledby": "by-weight"})


def test_what_was_typed_stays_and_the_unit_beside_it():
    page = soup(ask(WEIGHT, capsules_unit="g", capsules="0.18 0.182 0.184 0.185 0.185 0.186 0.186 0.187 0.188 0.189"))
    assert page.find(id="capsules").text.strip() == "0.18 0.182 0.184 0.185 0.185 0.186 0.186 0.187 0.188 0.189"
    assert page.find(attrs={"name": "capsules_unit"}).find("option", selected=True).text == "g"
    assert words(page.find(id="verdict")).startswith("Pass")
    assert page.find(id="planned")["value"] == "30"


def test_faults_are_told_at_their_fields_and_in_a_summary_all_at_once():
    answer = ask(WEIGHT, theoretical_fill="", capsules="180 18,2 185mg", shell_mass="", planned="x")
    assert answer.status_code == 422
    page = read_page(answer)
    assert page.title.text.startswith("Error: ")
    assert page_faults(page) == [
        ("theoretical_fill", "Theoretical fill of one capsule: enter a value."),
        ("capsules", "Filled capsule 2: write decimals with a point; \u201c18,2\u201d can be read two ways."),
        ("capsules", "Filled capsule 3: in \u201c185mg\u201d keep the number and its unit apart."),
        ("planned", "Capsules planned: \u201cx\u201d is not a number; write digits and one point, as in 0.5."),
        ("capsules", "Masses of the filled capsules: give 10 to 30; here are 3."),
        ("shell_mass", "Mean mass of one empty shell: enter a value."),
    ]
    assert "18,2" in error_at(page, "capsules")
    assert "here are 3" in error_at(page, "capsules")
    assert page.find(id="capsules")["aria-invalid"] == "true"
    assert page.find(id="capsules").text.strip() == "180 18,2 185mg"
    assert not page.find_all(class_=["answer", "plot"])


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([("by", "eye")], "\u201ceye\u201d is not one of the choices (weight, content)"),
        ([("by", "weight"), ("dose", "4.5")], "\u201cdose\u201d is not a field of this check."),
        ([*CONTENT.items(), ("contents", "98")], "Contents found was given more than once"),
        ([*CONTENT.items(), ("contents_unit", "%")], "Contents found was given more than once"),
        ([("by", "content"), ("contents", "98")], "Unit 1: choose the unit"),
        ([("by", "content"), ("contents", "98 " * 31), ("contents_unit", "%")], "Contents found: give at most 30"),
        (
            [("by", "content"), ("contents", "98 " * 10), ("contents_unit", "mg")],
            "Drug in one unit, by the label: enter a value.",
        ),
    ],
)
def test_a_query_that_is_no_check_is_refused(pairs, code):
    answer = CLIENT.get(
        "/check",
        query_string="&".join(f"{name}={value}".replace(" ", "+").replace("%", "%25") for name, value in pairs),
    )
    assert answer.status_code == 422
    assert any(code in text for _, text in page_faults(read_page(answer)))


def test_a_query_that_asks_for_no_check_only_fills_the_form_in():
    answer = CLIENT.get("/check?theoretical_fill=137.6&theoretical_fill_unit=mg&planned=30")
    page = soup(answer)
    assert answer.status_code == 200
    assert page.find(id="theoretical_fill")["value"] == "137.6"
    assert not page.find_all(class_=["answer", "summary"])


def test_what_was_typed_is_text_on_the_page():
    answer = ask(WEIGHT, capsules="<script>alert(1)</script> </textarea><b>x", made='"><i>')
    assert answer.status_code == 422
    page = soup(answer)
    assert not page.find_all(["script", "b", "i"])
    assert page.find(id="capsules").text.strip() == "<script>alert(1)</script> </textarea><b>x"


@given(
    st.dictionaries(
        st.sampled_from([*WEIGHT, *CONTENT, "x"]),
        st.one_of(st.text(max_size=40), st.sampled_from(["weight", "content", "mg", "%", "9999999 " * 10, "5 " * 30])),
    )
)
def test_whatever_is_typed_the_page_answers_with_a_verdict_or_with_faults(query):
    assert ask(query).status_code in (200, 422)


def test_the_plan_leads_to_the_check_with_its_fill_and_batch():
    given = [("dose", "4.5"), ("dose_unit", "mg"), ("quantity", "30"), ("capsule-fill_mass", "120")]
    page = soup(ask_page(CLIENT, [*given, ("capsule-fill_mass_unit", "mg")]))
    (link,) = (a for a in page.find_all("a") if a["href"].startswith("/check?"))
    assert link["href"] == "/check?theoretical_fill=120&theoretical_fill_unit=mg&planned=30"
    estimated = soup(ask_page(CLIENT, [("dose", "4.5"), ("dose_unit", "mg"), ("quantity", "30")]))
    (link,) = (a for a in estimated.find_all("a") if a["href"].startswith("/check?"))
    assert link["href"] == "/check?planned=30"


def test_every_page_leads_to_the_check():
    for path in ("/", "/check", "/paper", "/nothing"):
        assert soup(CLIENT.get(path)).header.find("a", href="/check")


# The plot.


def weights(capsules):
    checked = check_weights(WeightsAsked.read({**WEIGHTS_EXAMPLE, "capsules": [f"{mass} mg" for mass in capsules]}))
    return checked, plot_weights(checked, weights_shown(checked))


def contents(found):
    checked = check_uniformity(UniformityAsked.read({"contents": [f"{content} %" for content in found]}))
    return checked, plot_contents(checked, uniformity_shown(checked))


def per_cent_at(plot, x):
    """What the axis says at a place, by two of its ticks."""
    first, last = plot.ticks[0], plot.ticks[-1]
    slope = Fraction(int(last.label) - int(first.label)) / (Fraction(last.x) - Fraction(first.x))
    return int(first.label) + (Fraction(x) - Fraction(first.x)) * slope


def test_every_dot_and_limit_is_to_scale():
    checked, plot = weights((180, 182, 184, 185, 185, 186, 186, 187, 188, 60))
    near = Fraction(1, 5)
    for dot, capsule in zip(plot.dots, checked.capsules, strict=True):
        assert abs(per_cent_at(plot, dot.x) - 100 * capsule.share.value) < near
        assert dot.out is not capsule.ok
    assert abs(per_cent_at(plot, plot.band.x) - 90) < near
    assert abs(per_cent_at(plot, Fraction(plot.band.x) + Fraction(plot.band.width)) - 110) < near
    assert abs(per_cent_at(plot, plot.mean_band.x) - 97) < near
    assert abs(per_cent_at(plot, Fraction(plot.mean.x) + 1) - 100 * checked.mean_share.value) < near
    assert [line.label for line in plot.lines] == ["90 %", "100 %", "110 %"]


@pytest.mark.parametrize("off", [Fraction(6), Fraction("9.375"), Fraction(12)])
def test_the_bar_lies_between_its_limits_where_the_acceptance_value_keeps_its_limit(off):
    found = [100 + off, 100 - off] * 2 + [Fraction(100)] * 6
    checked, plot = contents([str(float(one)) for one in found])
    start, end = Fraction(plot.spread.x), Fraction(plot.spread.x) + Fraction(plot.spread.width)
    low, high = Fraction(plot.band.x), Fraction(plot.band.x) + Fraction(plot.band.width)
    assert checked.within is (low <= start and end <= high)


def test_a_single_unit_has_limits_in_the_second_stage_only():
    assert [line.label for line in contents([98] * 10)[1].lines] == ["M \u2212 15", "M", "M + 15"]
    assert [line.label for line in contents([98] * 30)[1].lines][3:] == ["0.75 M", "1.25 M"]


@pytest.mark.parametrize("capsules", [[5000] * 10, [5] * 10, [5, 5000] * 15, [185] * 9 + [2000]])
def test_a_dot_beyond_the_axis_stands_at_its_edge_and_is_said(capsules):
    _, plot = weights(capsules)
    assert len(plot.ticks) >= 2
    for dot in plot.dots:
        assert LEFT <= Fraction(dot.x) <= WIDTH - RIGHT
    assert ("beyond" in plot.text) is any(dot.beyond for dot in plot.dots)
    assert any(dot.beyond for dot in plot.dots)


def test_the_plot_is_said_in_words():
    page = soup(ask(WEIGHT, capsules="180 182 210 185 185 60 186 187 188 189"))
    drawing = page.select_one(".plot svg")
    assert words(page.find(id=drawing["aria-describedby"])) == (
        "10 fills, from 8.721 % to 117.7 % of the theoretical fill; limits 90 % to 110 %: outside by number 3, 6. "
        "Mean 92.44 %; limits 97 % to 103 %: not within."
    )
    assert drawing["role"] == "img"
    assert len(drawing.find_all("circle")) == 8
    assert len(drawing.find_all("rect", class_="out")) == 2
    assert not re.search(r"style=|<script|on\w+=", str(drawing))
    text = words(soup(ask(CONTENT)).find(id="plot-text"))
    assert "within, by the acceptance value 8.707 %" in text


def test_numbers_in_a_row_are_said_as_a_range():
    assert [numbers_said(n) for n in ((), (5,), (1, 2), (1, 2, 3, 30))] == ["", "5", "1, 2", "1 to 3, 30"]


def test_the_example_of_the_endpoint_is_that_of_the_page():
    assert soup(ask(CONTENT)).find(id="verdict").text.split()[0] == "Pass"
    assert len(UNIFORMITY_EXAMPLE["contents"]) == 10
