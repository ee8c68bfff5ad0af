"""The pictures of a plan, read back from the page: every length is in proportion to an exact figure of the plan."""

from fractions import Fraction
from itertools import pairwise
from math import log10
from urllib.parse import urlencode

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calc.faults import Refused
from calc.pictures import pictures
from tests.checks.test_uncertainty import page_of
from tests.support.checked_client import soup, words
from tests.support.client import PLAN, ask_page, make_client
from tests.support.orders import GOOD, OF_BULK, changed
from tests.support.papers import planned
from tests.support.queries import as_query

CLIENT = make_client()
#: A length is written to a thousandth: so far may two lengths of one drawing be off together.
NEAR = Fraction(3, 1000)
ONE = {"source.tablets_weighed": 1, "source.total_mass": "0.160 g"}
UNMEASURED = {"diluent": None, "tablet_powder": None}
GIVEN = {**UNMEASURED, "capsule.fill_mass": "120 mg"}
ORDERS = {
    "worked case": GOOD,
    "five tablets": changed(GOOD, {"source.tablets_weighed": 5, "source.total_mass": "0.800 g"}),
    "all of three": changed(GOOD, {"quantity": 33, "allowance": None, "dose": "4.545454 mg"}),
    "trituration": changed(GOOD, {"dose": "0.1 mg", **ONE}),
    "estimate": changed(GOOD, UNMEASURED),
    "fill mass": changed(GOOD, GIVEN),
    "bulk powder": changed(GOOD, OF_BULK),
    "forty-five tablets": changed(
        GOOD, {"quantity": 300, "dose": "6 mg", "source.tablets_weighed": 45, "source.total_mass": "7.2 g"}
    ),
    "diluent too little": changed(GOOD, {**GIVEN, "capsule.fill_mass": "14.5 mg", "balance": {"minimum": "100 mg"}}),
    "not weighed": {"dose": "4.5 mg", "quantity": 30},
    "coarse balance": changed(GOOD, {"balance": {"readability": "10 mg", "minimum": "100 mg"}}),
    "large size": changed(GOOD, {"capsule": {"size": "000"}, "diluent.packing_statistic": "700 mg"}),
    "small sizes": changed(GOOD, {"capsule": {"size": "4"}, "source.total_mass": "3.5 g"}),
}


def page(tree):
    """The page of an order, read."""
    answer = CLIENT.get(f"/?{urlencode(as_query(tree))}", follow_redirects=True)
    assert answer.status_code == 200, words(soup(answer).main)[:400]
    return soup(answer)


def of(name):
    """The page of an order, and the plan that the endpoint answers with."""
    return page(ORDERS[name]), CLIENT.post(PLAN, json=ORDERS[name]).get_json()["plan"]


def drawn(read, key):
    return read.find("figure", id=f"picture-{key}")


def bars(figure, *kinds):
    return [bar for bar in figure.find_all("rect") if set(bar["class"]) & set(kinds)]


def size(bar, name="width"):
    return Fraction(bar[name])


def exact(shown):
    return Fraction(shown["exact"])


def area(found):
    return sum(size(bar) * size(bar, "height") for bar in found)


@pytest.mark.parametrize("name", ORDERS)
def test_a_picture_says_in_words_what_it_draws_and_stays_within_its_frame(name):
    read, _ = of(name)
    figures = [figure for figure in read.find_all("figure", class_="picture") if figure["id"] != "picture-mortar"]
    assert figures or name == "bulk powder"
    for figure in figures:
        picture = figure.svg
        assert picture["role"] == "img"
        assert picture["aria-label"] == words(figure.figcaption.strong).rstrip(".")
        assert picture["aria-describedby"] == figure.figcaption["id"]
        left, top, width, height = map(Fraction, picture["viewbox"].split())
        assert (left, top) == (0, 0)
        assert (picture["width"], picture["height"]) == (str(width), str(height))
        for bar in bars(figure, "filled", "open", "hatched", "ground"):
            assert size(bar) > 0
            assert 0 <= size(bar, "x") <= size(bar, "x") + size(bar) <= width
            assert 0 <= size(bar, "y") <= size(bar, "y") + size(bar, "height") <= height
        for text in picture.find_all("text"):
            assert 0 < Fraction(text["y"]) <= height
            # 7.2 units are a letter of this size at most: the longest stays within the frame.
            reach = {"start": (0, 1), "middle": (-Fraction(1, 2), Fraction(1, 2)), "end": (-1, 0)}[text["class"][0]]
            length = len(text.get_text()) * Fraction(36, 5)
            assert Fraction(text["x"]) + reach[0] * length >= 0
            assert Fraction(text["x"]) + reach[1] * length <= width
        said = words(figure.figcaption)
        assert bool(picture.find_all(class_="hatched")) == ("estimate" in said.lower())
        for kind, word in (("open", "Open: "), ("light", "Light: ")):
            assert bool(picture.find_all(class_=kind)) == (word in said)


@pytest.mark.parametrize("name", [name for name in ORDERS if name != "bulk powder"])
def test_the_tablets_are_filled_by_the_angle_that_is_used(name):
    """A stroke as wide as the radius, on a circle of half of it, covers the angle that its length is of the turn."""
    read, plan = of(name)
    figure = drawn(read, "tablets")
    whole, used = figure.find_all(class_="outline"), figure.find_all(class_="used")
    for part in used:
        assert Fraction(part["stroke-width"]) == 2 * Fraction(part["r"]) == Fraction(whole[0]["r"])
        assert part["pathlength"] == "100000"
        assert part["transform"] == f"rotate(-90 {part['cx']} {part['cy']})"
    turns = sum(Fraction(part["stroke-dasharray"].split()[0]) / 100_000 for part in used)
    assert abs(turns / len(whole) - exact(plan["portion_share"])) < NEAR
    number = plan["tablets_to_crush"]
    assert len(whole) == (number if number <= 40 else 1)
    assert plan["portion_share"]["text"] in words(figure.figcaption) or "All of the powder" in words(figure.figcaption)


def test_a_capsule_is_drawn_where_its_packing_is_known_and_hatched_where_estimated():
    assert drawn(of("fill mass")[0], "capsule") is None
    assert drawn(of("not weighed")[0], "capsule") is None
    measured, estimated = drawn(of("worked case")[0], "capsule"), drawn(of("estimate")[0], "capsule")
    assert "estimate" not in words(measured)
    assert [shape["class"] for shape in measured.find_all("path")] == [["filled"], ["light"], ["outline"], ["outline"]]
    assert "screen-only" not in measured["class"]
    assert words(estimated.figcaption).startswith("One size 3 capsule, true proportions. An estimate:")
    assert "screen-only" in estimated["class"]
    (hatched,) = estimated.find_all("path", class_="hatched")
    assert hatched["fill"] == "url(#hatch-capsule)"


@pytest.mark.parametrize("name", ["worked case", "trituration", "fill mass", "coarse balance", "small sizes"])
def test_the_mortar_has_a_bar_for_each_step_that_grows_as_it_fills(name):
    read, plan = of(name)
    steps, rungs = mortars(read), plan["ladder"]
    assert len(steps) == len(rungs) + 1
    whole = exact(rungs[-1]["total"])
    held = exact(rungs[0]["total"]) - exact(rungs[0]["add"])
    for picture, rung in zip(steps, [None, *rungs], strict=True):
        assert (picture["role"], picture["viewbox"], picture["preserveaspectratio"]) == ("img", "0 0 1000 14", "none")
        said = picture["aria-label"].replace("\u00a0", " ")
        (inside,), added = picture.find_all(class_="filled"), picture.find_all(class_="light")
        before = held if rung is None else exact(rung["total"]) - exact(rung["add"])
        assert abs(size(inside) / 1000 - before / whole) <= Fraction(1, 1000)
        assert len(added) == (rung is not None)
        for bar in added:
            assert size(bar, "x") == size(inside)
            assert abs((size(inside) + size(bar)) / 1000 - exact(rung["total"]) / whole) <= Fraction(1, 1000)
            assert said == f"{rung['add']['text']} added makes {rung['total']['text']} of {rungs[-1]['total']['text']}"


def mortars(read):
    """The bars of the blending steps, wherever the page draws them."""
    return read.find_all("svg", class_="mortar")


def test_nothing_grows_where_nothing_is_known_to_be_added():
    for name in ("not weighed", "estimate"):
        assert mortars(of(name)[0]) == []


@pytest.mark.parametrize("name", [name for name in ORDERS if name not in {"not weighed"}])
def test_each_mass_stands_on_its_side_of_the_least_on_a_scale_said_to_be_logarithmic(name):
    read, plan = of(name)
    figure = drawn(read, "balance")
    known = sorted((line for line in plan["weighings"] if line["mass"] is not None), key=lambda x: exact(x["mass"]))
    level = Fraction(figure.find("path", class_="axis")["d"].split()[1].split("H")[0])
    grid = [line for line in figure.find_all("line", class_="grid") if Fraction(line["y2"]) == level + 9]
    places = [Fraction(line["x1"]) for line in grid]
    decade = places[1] - places[0]
    assert all(abs(after - before - decade) < NEAR for before, after in pairwise(places))
    (least,) = figure.find_all("line", class_="least")
    bound = Fraction(least["x1"])
    marks = figure.find_all(class_=["kept", "missed"])
    assert len(marks) == len(known)
    for mark, line in zip(marks, known, strict=True):
        kept = "kept" in mark["class"]
        x = Fraction(mark["cx"]) if kept else Fraction(mark["transform"].split("(")[1].split()[0])
        wanted = log10(exact(line["mass"]) / exact(line["least"]))
        assert abs(float((x - bound) / decade) - wanted) < 1e-3
        assert kept == line["ok"] == (x >= bound)
        label = next(text for text in figure.find_all("text") if words(text).startswith(f"{line['mass']['text']} "))
        assert ("too little" in words(label)) != line["ok"]
    assert "logarithmic" in words(figure.figcaption)
    assert known[0]["least"]["text"] in words(figure.figcaption)


def test_a_mass_below_the_least_is_an_open_diamond():
    figure = drawn(of("diluent too little")[0], "balance")
    assert len(figure.find_all(class_="missed")) == 2
    assert "0.003 g diluent: too little" in words(figure)


def test_the_uncertainty_is_one_line_and_shows_the_rest_without_script():
    section = of("worked case")[0].find(id="sure-title").parent
    first, rest = section.find("p", recursive=False), section.find("details", recursive=False)
    assert words(first).startswith("By the weighings alone, the dose of the whole batch may be off by 0.17 % (one")
    assert not rest.has_attr("open")
    assert words(rest.summary) == "Show each weighing, and what this rests on"
    assert rest.table
    assert rest.find(id="picture-spread")
    unknown = of("not weighed")[0].find(id="sure-title").parent
    assert words(unknown.find("p", recursive=False))


@pytest.mark.parametrize("name", ["worked case", "fill mass", "estimate", "large size", "small sizes", "trituration"])
def test_the_sizes_are_bars_from_nothing_in_proportion_to_their_fill(name):
    read, plan = of(name)
    figure = drawn(read, "sizes")
    filled, beside = bars(figure, "filled"), bars(figure, "open", "hatched")
    rows = [row for row in plan["sizes"] if row["fill_mass"] is not None]
    assert len(filled) == len(beside) == len(rows)
    assert len({(size(bar), size(bar, "x")) for bar in filled}) == 1
    powder = exact(plan["powder_per_capsule"])
    longest = max(exact(row["fill_mass"]) for row in rows)
    scale = max(size(a) + size(b) for a, b in zip(filled, beside, strict=True)) / longest
    for inside, diluent, row in zip(filled, beside, rows, strict=True):
        assert abs(size(inside) - powder * scale) < NEAR
        assert abs(size(diluent) - (exact(row["fill_mass"]) - powder) * scale) < NEAR
        measured = row["size"] == ORDERS[name]["capsule"]["size"] and name != "estimate"
        assert diluent["class"] == ["open" if measured else "hatched"]
        assert row["fill_mass"]["text"] in words(figure)
    small = [row["size"] for row in plan["sizes"] if row["fill_mass"] is None]
    assert [f"Size {each}: too small" in words(figure) for each in small] == [True] * len(small)
    assert name != "small sizes" or small


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("worked case", {}),
        ("trituration", {}),
        ("bulk powder", {}),
        ("fill mass", {}),
        ("worked case", {"balance": {"sensitivity": "6 mg", "tolerated_error": "5 %"}}),
        ("trituration", {"balance": {"sensitivity": "15 mg", "tolerated_error": "20 %"}}),
        ("worked case", {"balance": {"readability": "0.1 mg", "repeatability": "0.2 mg"}}),
    ],
)
def test_the_dose_of_a_batch_stands_with_its_spread_between_its_limits(name, changes):
    """Twice the root of the squares, to both sides of the dose that the printed figures give."""
    tree = changed(ORDERS[name], changes)
    read, plan = page(tree), CLIENT.post(PLAN, json=tree).get_json()["plan"]
    figure = drawn(read, "spread")
    ((low, high),) = [sorted(Fraction(line["x1"]) for line in figure.find_all("line", class_="bound"))]
    at = lambda x: 90 + 20 * float((x - low) / (high - low))  # noqa: E731
    (line,) = figure.find_all("line", class_="dose")
    (reach,) = bars(figure, "open")
    dose = 100 * (1 + exact(plan["spread"]["shift"]))
    batch = Fraction(plan["spread"]["batch"]["exact"].removeprefix("sqrt(").removesuffix(")")) ** Fraction(1, 2)
    assert abs(at(Fraction(line["x1"])) - dose) < 1e-3
    assert abs(at(size(reach, "x")) - dose * (1 - 2 * batch)) < 1e-3
    assert abs(at(size(reach, "x") + size(reach)) - dose * (1 + 2 * batch)) < 1e-3
    for text in figure.find_all("text", class_="middle"):
        assert abs(at(Fraction(text["x"])) - float(words(text).removesuffix(" %"))) < 1e-3
    assert plan["spread"]["batch"]["text"] in words(figure.figcaption)
    assert "not at nothing" in words(figure.figcaption)


@pytest.mark.parametrize("fills", ["180 182 184 185 185 186 186 187 188 189", "160 210 " * 5, "187.6 " * 10])
def test_a_capsule_not_weighed_stands_between_the_limits_by_what_its_source_may_hold(fills):
    """For each part of its label: the mean content, and twice the combined root to both sides."""
    figure = drawn(soup(page_of(GOOD, fills)), "spread")
    asked = {"order": GOOD, "shell_mass": "50 mg", "capsules": [f"{mass} mg" for mass in fills.split()]}
    found = CLIENT.post("/api/v1/check/weights", json=asked).get_json()["spread"]
    low, high = sorted({Fraction(line["x1"]) for line in figure.find_all("line", class_="bound")})
    at = lambda x: 90 + 20 * float((x - low) / (high - low))  # noqa: E731
    combined = Fraction(found["combined"]["exact"].removeprefix("sqrt(").removesuffix(")")) ** Fraction(1, 2)
    lines, reaches = figure.find_all("line", class_="dose"), bars(figure, "open")
    assert len(lines) == len(reaches) == len(found["within"]) == 3
    for line, reach, within in zip(lines, reaches, found["within"], strict=True):
        content = 100 * exact(within["content"])
        assert abs(at(Fraction(line["x1"])) - content) < 2e-3
        assert abs(at(size(reach, "x")) - content * (1 - 2 * combined)) < 2e-3
        assert abs(at(size(reach, "x") + size(reach)) - content * (1 + 2 * combined)) < 2e-3
    for text in figure.find_all("text", class_="middle"):
        assert abs(at(Fraction(text["x"])) - float(words(text).removesuffix(" %"))) < 2e-3
    for label in ("100 %", "95 %", "90 %"):
        assert f"With {label} of the label: " in words(figure)
    assert found["combined"]["text"] in words(figure.figcaption)


def test_no_spread_is_drawn_where_none_is_known():
    for name in ("not weighed", "estimate"):
        assert drawn(of(name)[0], "spread") is None
    assert drawn(soup(page_of(GOOD, "50 " * 10)), "spread") is None


def test_a_refused_order_has_no_picture_of_a_plan():
    for changes, drawn_yet in (({"dose": "450 mg"}, ["picture-usual"]), ({"dose": "4,5 mg"}, [])):
        answer = CLIENT.get(f"/?{urlencode(as_query(changed(GOOD, changes)))}", follow_redirects=True)
        assert answer.status_code == 422
        assert [figure["id"] for figure in soup(answer).select("main figure")] == drawn_yet


@given(
    dose=st.integers(5, 60),
    quantity=st.integers(10, 200),
    tablet=st.integers(55, 700),
    packs=st.tuples(st.integers(60, 800), st.integers(60, 800)),
)
def test_lengths_follow_the_figures_of_any_plan(dose, quantity, tablet, packs):
    """Half the powder is half the turns of the tablets, twice the mass is twice the bar."""
    number = -(-dose * quantity * 100 // (10 * 50 * 97))
    tree = changed(
        GOOD,
        {
            "dose": f"{dose / 10} mg",
            "quantity": quantity,
            "source.tablets_weighed": number,
            "source.total_mass": f"{number * tablet} mg",
            "diluent.packing_statistic": f"{packs[0]} mg",
            "tablet_powder.packing_statistic": f"{packs[1]} mg",
        },
    )
    try:
        made = planned(tree)
    except Refused:
        assume(False)
    of_plan = pictures(made)
    needed = Fraction(dose, 10) * quantity
    share = needed / (number * 50)
    turns = [Fraction(pie.used, 100_000) for pie in of_plan.tablets.pies]
    assert abs(sum(turns) / len(turns) - share) < NEAR
    each, whole = Fraction(dose, 10) * tablet / 50, made.ladder[-1].total.value if made.ladder else 0
    assert (of_plan.capsule.shapes[0].kind, each < packs[1]) == ("filled", True)
    steps = list(of_plan.mortar.steps.values()) if of_plan.mortar else []
    for step, rung in zip(steps[1:], made.ladder, strict=True):
        assert abs(Fraction(step.inside + step.added, 1000) - rung.total.value / whole) <= Fraction(1, 1000)
    longest = max(Fraction(bar.x) + Fraction(bar.width) for bar in of_plan.sizes.bars)
    assert abs(longest - 352) < NEAR


@pytest.mark.parametrize(
    ("dose", "mg", "usual"),
    [("45 mg", 45, (0.5, 6)), ("4.5 mcg", 0.0045, (0.5, 6)), ("50 mcg", 0.05, (0.5, 6)), ("200 mg", 200, (0.5, 6))],
)
def test_a_dose_that_is_stopped_stands_beside_the_usual_doses_on_a_scale_said_to_be_logarithmic(dose, mg, usual):
    read = soup(ask_page(CLIENT, as_query(changed(GOOD, {"dose": dose}))))
    figure = drawn(read, "usual")
    tens = {words(text): Fraction(text["x"]) for text in figure.find_all("text", class_="middle")}
    one = next(at for name, at in tens.items() if name == "1 mg")
    grid = [Fraction(line["x1"]) for line in figure.find_all("line", class_="grid")]
    ten = grid[1] - grid[0]
    (mark,) = figure.find_all(class_="missed")
    (band,) = figure.find_all("rect", class_="light")
    begins, wide = Fraction(band["x"]), Fraction(band["width"])
    x = Fraction(mark["transform"].split("(")[1].split()[0])
    for at, wanted in zip((x, begins, begins + wide), (mg, *usual), strict=True):
        assert abs(float((at - one) / ten) - log10(wanted)) < 1e-3
    assert "logarithmic" in words(figure.figcaption)
    assert f"Ordered: {dose}" in words(figure.figcaption)
    assert "Usual: 0.5 mg to 6 mg" in words(figure.figcaption)


def test_no_usual_doses_are_drawn_at_another_stop():
    read = soup(ask_page(CLIENT, as_query(changed(GOOD, {"source.release": "extended"}))))
    assert read.find(id="picture-usual") is None
