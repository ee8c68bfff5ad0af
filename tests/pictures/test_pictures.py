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
from tests.support.client import PLAN, make_client
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
    figures = read.find_all("figure", class_="picture")
    assert figures or name == "bulk powder"
    for figure in figures:
        picture = figure.svg
        assert picture["role"] == "img"
        assert picture["aria-label"] == words(figure.figcaption.strong).rstrip(".")
        assert picture["aria-describedby"] == figure.figcaption["id"]
        left, top, width, height = map(Fraction, picture["viewbox"].split())
        assert (left, top) == (0, 0)
        for bar in bars(figure, "filled", "open", "hatched", "outline"):
            assert size(bar) > 0
            assert 0 <= size(bar, "x") <= size(bar, "x") + size(bar) <= width - 7
            assert 0 <= size(bar, "y") <= size(bar, "y") + size(bar, "height") <= height
        for text in picture.find_all("text"):
            assert 0 < Fraction(text["y"]) <= height
            # About 6.6 units are a letter of this size: the longest stays within the frame.
            reach = {"start": (0, 1), "middle": (-Fraction(1, 2), Fraction(1, 2)), "end": (-1, 0)}[text["class"][0]]
            length = len(text.get_text()) * Fraction(33, 5)
            assert Fraction(text["x"]) + reach[0] * length >= 0
            assert Fraction(text["x"]) + reach[1] * length <= width
        assert bool(bars(figure, "hatched")) == ("estimate" in words(figure.figcaption).lower())
        if figure["id"] != "picture-tablets":  # there the outline is what is open
            assert bool(bars(figure, "open")) == ("Open: " in words(figure.figcaption))


@pytest.mark.parametrize("name", [name for name in ORDERS if name != "bulk powder"])
def test_the_tablets_are_filled_by_the_share_that_is_used(name):
    read, plan = of(name)
    figure = drawn(read, "tablets")
    whole, used = bars(figure, "outline"), bars(figure, "filled")
    assert abs(area(used) / area(whole) - exact(plan["portion_share"])) < NEAR
    number = plan["tablets_to_crush"]
    assert len(whole) == (number if number <= 40 else 1)
    assert len({(size(bar), size(bar, "height")) for bar in whole}) == 1
    assert plan["portion_share"]["text"] in words(figure.figcaption) or "all of the powder" in words(figure.figcaption)


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("worked case", Fraction("14.4") / 165),
        ("trituration", Fraction("0.1") * 160 / 50 / 165),
        ("large size", Fraction("14.4") / 165),
        ("small sizes", Fraction(105) / 165),
        ("estimate", None),
    ],
)
def test_the_body_is_filled_by_the_room_that_each_powder_takes_up(name, share):
    read, plan = of(name)
    figure = drawn(read, "capsule")
    (powder,), (body,) = bars(figure, "filled"), bars(figure, "outline")
    (diluent,) = bars(figure, "hatched" if name == "estimate" else "open")
    if share is None:  # by the table's density both powders fill the body alike
        share = exact(plan["powder_per_capsule"]) / exact(plan["fill_mass"])
    assert abs(size(powder, "height") / size(body, "height") - share) < NEAR
    assert abs(size(diluent, "height") / size(body, "height") - (1 - share)) < NEAR
    assert size(diluent, "y") == size(body, "y")
    assert abs(size(powder, "y") - size(diluent, "y") - size(diluent, "height")) < NEAR
    assert len({(size(bar), size(bar, "x")) for bar in (powder, diluent, body)}) == 1
    said = words(figure)
    for key in ("powder_per_capsule", "diluent_per_capsule"):
        assert plan[key]["text"] in said


def test_a_body_is_drawn_where_its_packing_is_known_and_hatched_where_estimated():
    assert drawn(of("fill mass")[0], "capsule") is None
    assert drawn(of("not weighed")[0], "capsule") is None
    measured, estimated = drawn(of("worked case")[0], "capsule"), drawn(of("estimate")[0], "capsule")
    assert "estimate" not in words(measured)
    assert not bars(measured, "hatched")
    assert "screen-only" not in measured["class"]
    assert words(estimated.figcaption).startswith("What fills one capsule. An estimate:")
    assert "screen-only" in estimated["class"]
    assert len(bars(estimated, "hatched")) == 1


@pytest.mark.parametrize("name", ["worked case", "trituration", "fill mass", "coarse balance", "small sizes"])
def test_the_ladder_grows_as_the_mortar_fills(name):
    read, plan = of(name)
    figure = drawn(read, "ladder")
    filled, added = bars(figure, "filled"), bars(figure, "open")
    rungs = plan["ladder"]
    assert len(added) == len(rungs)
    assert len(filled) == len(rungs) + 1
    assert len({size(bar, "x") for bar in filled}) == 1, "a bar does not begin at nothing"
    scale = (size(filled[-1]) + size(added[-1])) / exact(rungs[-1]["total"])
    before = exact(rungs[0]["total"]) - exact(rungs[0]["add"])
    assert abs(size(filled[0]) - before * scale) < NEAR
    for inside, add, rung in zip(filled[1:], added, rungs, strict=True):
        assert abs(size(inside) - (exact(rung["total"]) - exact(rung["add"])) * scale) < NEAR
        assert abs(size(add) - exact(rung["add"]) * scale) < NEAR
        assert abs(size(add, "x") - size(inside, "x") - size(inside)) < NEAR
        assert rung["add"]["text"] in words(figure)
        assert rung["total"]["text"] in words(figure)


def test_nothing_grows_where_nothing_is_known_to_be_added():
    for name in ("not weighed", "estimate"):
        assert drawn(of(name)[0], "ladder") is None


@pytest.mark.parametrize("name", [name for name in ORDERS if name not in {"not weighed"}])
def test_each_mass_stands_on_its_side_of_the_least_weighable_on_a_scale_said_to_be_logarithmic(name):
    read, plan = of(name)
    figure = drawn(read, "balance")
    known = [line for line in plan["weighings"] if line["mass"] is not None]
    grid = sorted(Fraction(line["x1"]) for line in figure.find_all("line", class_="grid"))
    decade = grid[1] - grid[0]
    assert all(abs(after - before - decade) < NEAR for before, after in pairwise(grid))
    least = [Fraction(line["x1"]) for line in figure.find_all("line", class_="least")]
    marks = figure.find_all(class_=["kept", "missed"])
    assert len(marks) == len(least) == len(known)
    for mark, bound, line in zip(marks, least, known, strict=True):
        kept = "kept" in mark["class"]
        x = Fraction(mark["cx"]) if kept else Fraction(mark["transform"].split("(")[1].split()[0])
        wanted = log10(exact(line["mass"]) / exact(line["least"]))
        assert abs(float((x - bound) / decade) - wanted) < 1e-3
        assert kept == line["ok"] == (x >= bound)
        text = next(text for text in figure.find_all("text") if words(text).endswith(f": {line['mass']['text']}")
                    or words(text).endswith(f": {line['mass']['text']}, too little"))  # fmt: skip
        assert ("too little" in words(text)) != line["ok"]
    assert "logarithmic" in words(figure.figcaption)
    assert known[0]["least"]["text"] in words(figure.figcaption)


def test_a_mass_below_the_least_weighable_is_an_open_diamond():
    figure = drawn(of("diluent too little")[0], "balance")
    assert len(figure.find_all(class_="missed")) == 2
    assert "Diluent: 0.003 g, too little" in words(figure)


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
    low, high = sorted(Fraction(line["x1"]) for line in figure.find_all("line", class_="bound"))
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
        assert f"Source with {label} of its label: " in words(figure)
    assert found["combined"]["text"] in words(figure.figcaption)


def test_no_spread_is_drawn_where_none_is_known():
    for name in ("not weighed", "estimate"):
        assert drawn(of(name)[0], "spread") is None
    assert drawn(soup(page_of(GOOD, "50 " * 10)), "spread") is None


def test_a_refused_order_has_no_picture():
    for changes in ({"dose": "450 mg"}, {"dose": "4,5 mg"}):
        answer = CLIENT.get(f"/?{urlencode(as_query(changed(GOOD, changes)))}", follow_redirects=True)
        assert answer.status_code == 422
        assert soup(answer).svg is None


@given(
    dose=st.integers(5, 60),
    quantity=st.integers(10, 200),
    tablet=st.integers(55, 700),
    packs=st.tuples(st.integers(60, 800), st.integers(60, 800)),
)
def test_lengths_follow_the_figures_of_any_plan(dose, quantity, tablet, packs):
    """Half the powder is half the tablets, half the room is half the tube, twice the mass is twice the bar."""
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
    tablets = {kind: sum(Fraction(bar.width) for bar in of_plan.tablets.bars if bar.kind == kind)
               for kind in ("filled", "outline")}  # fmt: skip
    assert abs(tablets["filled"] / tablets["outline"] - share) < NEAR
    each = Fraction(dose, 10) * tablet / 50
    room = {bar.kind: Fraction(bar.height) for bar in of_plan.capsule.bars}
    assert abs(room["filled"] / room["outline"] - each / packs[1]) < NEAR
    ends = [Fraction(bar.x) + Fraction(bar.width) for bar in of_plan.ladder.bars] if of_plan.ladder else []
    totals = [rung.total.value for rung in made.ladder]
    for total in totals:
        assert any(abs(end - 8 - total / totals[-1] * 344) < NEAR for end in ends)
    longest = max(Fraction(bar.x) + Fraction(bar.width) for bar in of_plan.sizes.bars)
    assert abs(longest - 352) < NEAR
