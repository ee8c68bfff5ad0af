"""Laws of what is drawn: each length and place of any plan or check worked out anew from the JSON answer, in fractions.

The words of a picture hold the figures of that answer, and nothing that no reader should see.
"""

import random
import re
from contextlib import suppress
from dataclasses import fields, is_dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from itertools import combinations
from math import ceil, floor

import pytest

from calc.answer import plan_shown
from calc.faults import Refused
from calc.finished.answers import uniformity_shown, weights_shown
from calc.finished.asked import UniformityAsked
from calc.finished.doubts import sureness
from calc.finished.ordered import read_weights
from calc.finished.plot import plot_contents, plot_weights
from calc.finished.uniformity import check_uniformity
from calc.finished.weights import check_weights
from calc.pictures import pictures
from tests.compare_engines import KINDS
from tests.doors import GOOD
from tests.paper import library, planned
from tests.second_engine.parts import TODAY
from tests.test_plot_by_hand import at

NOT_FOR_READERS = re.compile(r"None|XX|[{}]|  |^\s|\s$|Fraction|sqrt")
ROOT = re.compile(r"sqrt\((.+)\)")


def answered(number, kind, answer):
    """What so many random orders or checks come to, one by one; what is refused is left out."""
    rng = random.Random(f"pictures {kind}")
    for _ in range(number):
        with suppress(Refused):
            yield answer(KINDS[kind].random(rng))


def plan_of(tree):
    plan = planned(tree | {"prepared_on": tree.get("prepared_on") or TODAY.isoformat()})
    return plan, plan_shown(plan)


def weighed(tree):
    checked = check_weights(*read_weights(tree, library(), TODAY))
    return checked, weights_shown(checked)


def assayed(tree):
    checked = check_uniformity(UniformityAsked.read(tree))
    return checked, uniformity_shown(checked)


@cache
def orders():
    """Random plans with their JSON answers."""
    return tuple(answered(60, "capsules", plan_of))


@cache
def checks():
    """Random checks with their JSON answers: by weight, by content."""
    return tuple(answered(30, "weights", weighed)), tuple(answered(40, "uniformity", assayed))


def plans():
    """Each plan with its JSON answer and its pictures."""
    return ((plan, shown, pictures(plan)) for plan, shown in orders())


def plots():
    """Each check with its JSON answer and its plot."""
    by_weight, by_content = checks()
    yield from ((checked, shown, plot_weights(checked, shown)) for checked, shown in by_weight)
    yield from ((checked, shown, plot_contents(checked, shown)) for checked, shown in by_content)


def of_capsules():
    """Each check by weight that tells how sure a dose is: its JSON answer, and what is drawn of it."""
    for checked, shown in checks()[0]:
        sure = sureness(checked, shown)
        if sure is not None:
            yield shown["spread"], sure.picture


def exact(shown):
    return Fraction(shown["exact"])


def in_g(shown):
    """A mass in g."""
    return exact(shown) / {"g": 1, "mg": 1000, "mg/{capsule}": 1000}[shown["unit"]]


def rectangles(picture):
    return [(bar.kind, bar.x, bar.y, bar.width, bar.height) for bar in picture.bars]


def rectangle(kind, x, y, width, height):
    return (kind, *map(at, (x, y, width, height)))


def written(picture):
    return [(words.anchor, words.x, words.y, words.text) for words in picture.words]


def texts_in(part):
    """Every text that is shown or read aloud of a drawing."""
    if is_dataclass(part):
        part = [getattr(part, field.name) for field in fields(part) if field.name != "beyond"]
    if isinstance(part, list | tuple):
        return [text for one in part for text in texts_in(one)]
    return [part] if isinstance(part, str) else []


def test_no_drawing_says_what_no_reader_should_see():
    drawings = [drawing for found in (plans(), plots(), of_capsules()) for *_, drawing in found]
    assert len(drawings) > 100
    texts = {text for drawing in drawings for text in texts_in(drawing)}
    assert len(texts) > 1000
    assert [text for text in texts if not text or NOT_FOR_READERS.search(text)] == []


def test_a_picture_is_there_where_its_figures_are_and_only_there():
    seen = set()
    for _, shown, drawn in plans():
        capsule = all(shown[name] for name in ("powder_per_capsule", "share_of_body", "diluent_per_capsule"))
        there = {
            "tablets": shown["tablets_to_crush"] is not None,
            "capsule": capsule,
            "ladder": bool(shown["ladder"]),
            "balance": any(line["mass"] and exact(line["mass"]) for line in shown["weighings"]),
            "sizes": any(row["fill_mass"] for row in shown["sizes"]),
            "spread": shown["spread"] is not None,
        }
        pictured = {name: getattr(drawn, name) for name in there}
        assert {name: picture is not None for name, picture in pictured.items()} == there
        assert all(picture.key == name for name, picture in pictured.items() if picture)
        estimate = "fill_mass" in shown["estimated"]
        assert [name for name, picture in pictured.items() if picture and picture.estimate] == [
            name for name in ("capsule", "sizes") if there[name] and (estimate or name == "sizes")
        ]
        seen |= set(there.items())
    assert len(seen) == 12, "an order for each case"


def test_as_many_tablets_are_drawn_as_are_crushed_and_filled_in_order():
    for _, shown, drawn in plans():
        number = shown["tablets_to_crush"]
        if number is None:
            continue
        share = exact(shown["portion_share"])
        if number > 40:
            expected = [rectangle("filled", 8, 4, share * 344, 30), rectangle("outline", 8, 4, 344, 30)]
            height = 30 + 8
        else:
            side = min(60, 344 // min(number, 10) - 4)
            expected = []
            for index in range(number):
                x, y = 8 + index % 10 * (side + 4), 4 + index // 10 * (side + 4)
                used = min(max(share * number - index, 0), 1)
                expected += [rectangle("filled", x, y, used * side, side)] if used else []
                expected.append(rectangle("outline", x, y, side, side))
            height = 4 + ceil(number / 10) * (side + 4)
        assert rectangles(drawn.tablets) == expected
        assert drawn.tablets.height == height
        said = shown["portion_share"]["text"] if share != 1 else "all"
        crushed = "1 tablet" if number == 1 else f"{number:,} tablets"
        assert drawn.tablets.text.startswith(f"{crushed} crushed. Filled: {said} of the powder")


def test_a_body_is_filled_from_below_and_each_stretch_has_its_words_beside_it():
    for plan, shown, drawn in plans():
        picture = drawn.capsule
        if picture is None:
            continue
        estimate, share = "fill_mass" in shown["estimated"], exact(shown["share_of_body"])
        diluent = exact(shown["diluent_per_capsule"])
        surface = 188 - 180 * share
        expected = [rectangle("filled", 8, surface, 84, 180 * share)]
        if diluent:
            expected.append(rectangle("hatched" if estimate else "open", 8, 8, 84, 180 * (1 - share)))
        assert rectangles(picture) == [*expected, rectangle("outline", 8, 8, 84, 180)]
        middle = surface + 90 * share + 4
        said = [("start", "106", at(middle), f"Powder {shown['powder_per_capsule']['text']}")]
        if diluent:
            about = "Diluent, about " if estimate else "Diluent "
            above = min(8 + 90 * (1 - share) + 4, middle - 18)
            said.append(("start", "106", at(above), about + shown["diluent_per_capsule"]["text"]))
        assert written(picture) == said
        assert picture.height == 196
        assert f"The body of size {plan.order.capsule.size}, drawn as" in picture.text
        assert f"Filled: {shown['powder_per_capsule']['text']} of powder" in picture.text
        assert not diluent or f"{shown['share_of_body']['text']} of its room" in picture.text
        assert not diluent or f"{shown['diluent_per_capsule']['text']} of diluent." in picture.text
        assert picture.text.startswith("An estimate: ") == picture.hatched == (estimate and bool(diluent))


def test_the_mortar_holds_what_it_held_and_what_is_added():
    for _, shown, drawn in plans():
        rungs = shown["ladder"]
        if not rungs:
            continue
        whole = in_g(rungs[-1]["total"])
        first = in_g(rungs[0]["total"]) - in_g(rungs[0]["add"])
        expected = [rectangle("filled", 8, 16, first / whole * 344, 14)] if first else []
        name = "Aliquot" if shown["triturations"] else "Portion"
        begin = written(drawn.ladder)[0]
        assert begin[:3] == ("start", "8", "11")
        assert re.fullmatch(rf"{name} [\d,.]+ g", begin[3])
        assert Fraction(begin[3].split()[1].replace(",", "")) == first
        said = [begin]
        for index, rung in enumerate(rungs, start=1):
            y, add, total = 16 + 38 * index, in_g(rung["add"]), in_g(rung["total"])
            inside = (total - add) / whole * 344
            expected += [rectangle("filled", 8, y, inside, 14)] if inside else []
            expected += [rectangle("open", 8 + inside, y, add / whole * 344, 14)] if add else []
            said.append(("start", "8", str(y - 5), f"Add {rung['add']['text']}"))
            said.append(("end", "352", str(y - 5), f"total {rung['total']['text']}"))
        assert rectangles(drawn.ladder) == expected
        assert written(drawn.ladder) == said
        assert drawn.ladder.height == 16 + 38 * len(rungs) + 14 + 4
        steps = "One addition" if len(rungs) == 1 else f"{len(rungs)} additions"
        assert drawn.ladder.text.endswith(f" {steps} to {rungs[-1]['total']['text']}.")


def power(mass):
    """The power of ten that a mass in mg is."""
    with localcontext() as context:
        context.prec = 30
        return Fraction(Decimal(mass.numerator).log10() - Decimal(mass.denominator).log10())


def test_each_mass_is_marked_on_its_side_of_the_least_and_every_power_of_ten_has_a_line():
    kinds = set()
    for _, shown, drawn in plans():
        lines = [line for line in shown["weighings"] if line["mass"] and exact(line["mass"])]
        if not lines:
            continue
        masses = [(power(in_g(line["mass"]) * 1000), power(in_g(line["least"]) * 1000)) for line in lines]
        low, high = floor(min(map(min, masses))), ceil(max(map(max, masses)))
        x = lambda at_power: 42 + (at_power - low) / Fraction(max(high, low + 1) - low) * 276  # noqa: B023, E731
        bottom = 30 + 34 * len(lines)
        picture = drawn.balance
        grid = [("grid", at(x(n)), "16", str(bottom)) for n in range(low, max(high, low + 1) + 1)]
        least = [("least", at(x(one)), str(33 + 34 * row), str(51 + 34 * row)) for row, (_, one) in enumerate(masses)]
        assert [(line.kind, line.x, line.top, line.bottom) for line in picture.lines] == grid + least
        marks = [
            ("kept" if line["ok"] else "missed", at(x(mass)), str(42 + 34 * row))
            for row, ((mass, _), line) in enumerate(zip(masses, lines, strict=True))
        ]
        assert [(mark.kind, mark.x, mark.y) for mark in picture.marks] == marks
        kinds |= {kind for kind, _, _ in marks}
        said = written(picture)
        assert [entry[:3] for entry in said[: len(grid)]] == [("middle", line[1], str(bottom + 16)) for line in grid]
        assert [entry[3] for entry in said[: len(grid)]] == [ten_to_the(n) for n in range(low, low + len(grid))]
        for row, (entry, line) in enumerate(zip(said[len(grid) :], lines, strict=True)):
            assert entry[:3] == ("start", "8", str(30 + 34 * row))
            assert entry[3].endswith(f": {line['mass']['text']}" + ("" if line["ok"] else ", too little"))
        assert picture.height == bottom + 22
        assert f"the least weighable quantity, {lines[0]['least']['text']}. A dot" in picture.text
    assert kinds == {"kept", "missed"}


def ten_to_the(n):
    """A power of ten of mg in the unit that needs the fewest digits."""
    number, unit = (n - 3, "g") if n >= 3 else (n, "mg") if n >= -1 else (n + 3, "mcg")
    return f"{10**number:,} {unit}" if number >= 0 else f"{Decimal(1).scaleb(number)} {unit}"


def test_each_size_that_holds_the_powder_has_a_bar_of_its_fill():
    for plan, shown, drawn in plans():
        picture, rows = drawn.sizes, shown["sizes"]
        if picture is None:
            continue
        each = exact(shown["powder_per_capsule"])
        most = max(exact(row["fill_mass"]) for row in rows if row["fill_mass"])
        expected, said = [], []
        estimated = "fill_mass" in shown["estimated"]
        for index, row in enumerate(rows):
            y, chosen = 16 + 38 * index, row["size"] == plan.order.capsule.size
            name = f"Size {row['size']}{' (chosen)' if chosen else ''}"
            measured = chosen and not estimated
            text = f"{'' if measured else 'about '}{row['fill_mass']['text']}" if row["fill_mass"] else "too small"
            said.append(("start", "8", str(y - 5), f"{name}: {text}"))
            if row["fill_mass"]:
                powder, whole = each / most * 344, exact(row["fill_mass"]) / most * 344
                expected.append(rectangle("filled", 8, y, powder, 14))
                kind = "open" if measured else "hatched"
                expected += [rectangle(kind, 8 + powder, y, whole - powder, 14)] if whole > powder else []
        assert rectangles(picture) == expected
        assert written(picture) == said
        assert picture.height == 38 * len(rows) - 4
        open_too = any(row["size"] == plan.order.capsule.size for row in rows) and not estimated
        assert f"Filled: powder, {shown['powder_per_capsule']['text']} in every size." in picture.text
        assert ("Open: diluent in the size chosen." in picture.text) == open_too
        assert ("All sizes are estimates." in picture.text) != open_too


def root_of(shown):
    """The root that an answer shows exactly, to many digits."""
    square = Fraction(ROOT.search(shown["exact"])[1])
    with localcontext() as context:
        context.prec = 40
        return Fraction((Decimal(square.numerator) / square.denominator).sqrt())


def spreads():
    """Each picture of how sure a dose is: its name and content in per cent line by line, their deviation as shown."""
    for _, shown, drawn in plans():
        if shown["spread"]:
            content = 100 * (1 + exact(shown["spread"]["shift"]))
            yield [("By the weighings alone", content)], shown["spread"]["batch"], drawn.spread
    for shown, picture in of_capsules():
        names = {"1": "100 %", "0.95": "95 %", "0.9": "90 %"}
        lines = [(f"Source with {names[one['label']]} of its label", 100 * exact(one["content"]))
                 for one in shown["within"] or ()]  # fmt: skip
        if shown["combined"] is None:
            assert picture is None
        else:
            yield lines, shown["combined"], picture


def test_a_dose_stands_with_twice_its_deviation_on_an_axis_of_all_round_numbers():
    steps = set()
    for rows, deviation, picture in spreads():
        reaches = [2 * root_of(deviation) * content for _, content in rows]
        ends = [content + side * reach for (_, content), reach in zip(rows, reaches, strict=True) for side in (-1, 1)]
        low, high = floor(min(90, *ends)) - 3, ceil(max(110, *ends)) + 3
        step = min(step for step in (5, 10, 20, 50, 100, 200, 500) if high - low <= 7 * step)
        steps.add(step)
        x = lambda percent: 32 + (percent - low) / Fraction(high - low) * 296  # noqa: B023, E731
        bottom = 22 + 46 * len(rows)
        round_ones = [number for number in range(low, high + 1) if number % step == 0]
        upright = [(kind, at(x(number)), "22", str(bottom))
                   for kind, numbers in (("grid", round_ones), ("bound", (90, 110))) for number in numbers]  # fmt: skip
        upright += [
            ("dose", at(x(content)), str(42 + 46 * row), str(64 + 46 * row)) for row, (_, content) in enumerate(rows)
        ]
        assert [(line.kind, line.x, line.top, line.bottom) for line in picture.lines] == upright
        assert rectangles(picture) == [
            rectangle("open", x(content - reach), 46 + 46 * row, x(content + reach) - x(content - reach), 14)
            for row, ((_, content), reach) in enumerate(zip(rows, reaches, strict=True))
            if reach
        ]
        below = [
            ("middle", at(x(number)), str(bottom + 16), f"{number} %")
            for number in round_ones
            if number not in (90, 110)
        ]
        above = [("middle", at(x(number)), "16", f"{number} %") for number in (90, 110)]
        said = written(picture)
        assert said[: -len(rows)] == below + above
        for row, ((name, content), entry) in enumerate(zip(rows, said[-len(rows) :], strict=True)):
            assert entry[:3] == ("start", "8", str(35 + 46 * row))
            assert near(content, entry[3].removeprefix(f"{name}: ").removesuffix(" %"))
        assert (picture.key, picture.height, picture.estimate) == ("spread", bottom + 22, False)
        assert picture.title.endswith(", against 90 % to 110 % of the " + ("order" if len(rows) == 1 else "dose"))
        assert f", {deviation['text']}" in picture.text
        assert f"Dashed: 90 % and 110 %. The scale is even and begins at {low} %, not at nothing." in picture.text
    assert len(steps) > 1


def near(value, text):
    """Whether a number is written in full, or to four digits."""
    return abs(Fraction(text) - value) <= value / 2000


def of_plot(shown):
    """What a plot shows, in per cent: values, those out by number, the mean, its limits or its bar, lines by level."""
    if "fills" in shown:
        values = [100 * exact(fill["share"]) for fill in shown["fills"]]
        out = [number for number, value in enumerate(values, start=1) if abs(value - 100) > 10]
        return (
            values,
            out,
            100 * exact(shown["mean_share"]),
            (97, 103),
            {1: [(90, "90 %"), (110, "110 %")], 0: [(100, "100 %")]},
        )
    values = [exact(unit["content"]) for unit in shown["units"]]
    middle, mean = exact(shown["reference_value"]), exact(shown["mean"])
    lines = {1: [(middle - 15, "M \u2212 15"), (middle + 15, "M + 15")], 0: [(middle, "M")]}
    second = len(values) == 30
    if second:
        lines[0] += [(middle * 3 / 4, "0.75 M"), (middle * 5 / 4, "1.25 M")]
    out = [number for number, value in enumerate(values, start=1) if second and abs(value - middle) > middle / 4]
    spread = (2 if second else Fraction("2.4")) * root_of(shown["standard_deviation"])
    return values, out, mean, (mean - spread, mean + spread), lines


def test_each_mark_of_a_plot_stands_where_its_value_asks_for():
    kinds = set()
    for _, shown, plot in plots():
        values, out, mean, ends, levels = of_plot(shown)
        lines = [line for level in levels.values() for line in level]
        of_axis = [*values, *(value for value, _ in lines), *(() if "fills" in shown else ends)]
        low, high = (limit(min(max(value, -20), 250) for value in of_axis) for limit in (min, max))
        low, high = low - 3, high + 3
        x = lambda percent: at(40 + (min(max(percent, low), high) - low) / Fraction(high - low) * 296, 2)  # noqa: B023, E731
        bar = lambda start, end: (x(start), at(Fraction(x(end)) - Fraction(x(start)), 2))  # noqa: B023, E731
        assert [(dot.x, dot.y, dot.number) for dot in plot.dots] == [
            (x(value), str(36 + 11 * number), number) for number, value in enumerate(values, start=1)
        ]
        assert [dot.number for dot in plot.dots if dot.out] == out
        kinds |= {("fills" in shown, dot.out) for dot in plot.dots}
        bottom = 36 + 11 * (len(values) + 3)
        assert (plot.bottom, plot.inside, plot.mean_top, plot.height) == (bottom, bottom - 36, bottom - 19, bottom + 26)
        assert (plot.mean.x, plot.mean.width) == (at(Fraction(x(mean)) - 1, 2), "2")
        of_mean, none = (plot.mean_band, plot.spread) if "fills" in shown else (plot.spread, plot.mean_band)
        assert (of_mean.x, of_mean.width, none) == (*bar(*ends), None)
        assert (plot.band.x, plot.band.width) == bar(levels[1][0][0], levels[1][1][0])
        assert {(line.x, line.y, line.label) for line in plot.lines} == {
            (x(value), str(30 - 14 * level), label) for level, named in levels.items() for value, label in named
        }
        step = min(step for step in (1, 2, 5, 10, 20, 25, 50) if high - low <= 7 * step)
        marks = [number for number in range(ceil(low), floor(high) + 1) if number % step == 0]
        assert [(tick.x, tick.y, tick.label) for tick in plot.ticks] == [
            (x(n), str(bottom + 18), str(n)) for n in marks
        ]
        numbered = [number for number in range(1, len(values) + 1) if number == 1 or number % 5 == 0]
        assert [(row.x, row.y, row.label) for row in plot.rows] == [
            *(("32", str(40 + 11 * number), str(number)) for number in numbered),
            ("32", str(bottom - 7), "Mean"),
        ]
    assert kinds == {(True, True), (True, False), (False, True), (False, False)}


def lie_apart(plot):
    """Names of lines lie apart and within: a letter is about 6 wide; words are 11 high."""
    before = {"end": 6, "middle": 3, "start": 0}
    places = [(line, Fraction(line.x) - before[line.anchor] * len(line.label)) for line in plot.lines]
    for line, left in places:
        assert 0 <= left <= left + 6 * len(line.label) <= plot.width
        assert 11 <= int(line.y) < plot.top
    for (line, left), (other, of_other) in combinations(places, 2):
        beside = left + 6 * len(line.label) <= of_other or of_other + 6 * len(other.label) <= left
        assert beside or abs(int(line.y) - int(other.y)) >= 11


def test_no_label_of_a_line_lies_on_another_or_leaves_the_plot():
    for _, _, plot in plots():
        lie_apart(plot)


@pytest.mark.parametrize("widest", [200, 240, 300, 1000])
@pytest.mark.parametrize("least", [0, 60])
def test_names_of_limits_lie_apart_on_the_widest_axes(least, widest):
    capsules = [f"{50 + least} mg", f"{50 + widest} mg", *["150 mg"] * 8]
    lie_apart(plot_weights(*weighed({"theoretical_fill": "100 mg", "shell_mass": "50 mg", "capsules": capsules})))
    lie_apart(plot_contents(*assayed({"contents": [f"{least} %", f"{min(widest, 300)} %", *["100 %"] * 8]})))


@pytest.mark.parametrize(("heaviest", "sides"), [("400 mg", ["end", "start"]), ("190 mg", ["middle", "middle"])])
def test_the_limits_of_a_capsule_that_was_not_weighed_are_named_apart(heaviest, sides):
    """Fills of 10 and 350 mg spread so far that 90 and 110 % lie close; those of 130 and 140 mg do not."""
    lightest = "180 mg" if heaviest == "190 mg" else "60 mg"
    checked, shown = weighed({"order": GOOD, "shell_mass": "50 mg", "capsules": [lightest, heaviest] * 5})
    drawn = sureness(checked, shown).picture
    above = [words for words in drawn.words if words.text in ("90 %", "110 %")]
    assert [words.anchor for words in above] == sides


def test_a_plot_says_the_figures_of_the_answer_in_its_words():
    for _, shown, plot in plots():
        values, out, _, _, levels = of_plot(shown)
        by_weight = "fills" in shown
        entries = (
            [fill["share"] for fill in shown["fills"]] if by_weight else [unit["content"] for unit in shown["units"]]
        )
        least, most = (entries[values.index(limit(values))]["text"] for limit in (min, max))
        beginning = f"{len(values)} {'fills' if by_weight else 'contents'}, from {least} to {most} of the "
        assert plot.text.startswith(beginning + ("theoretical fill; " if by_weight else "label. "))
        ok = shown["mean_ok"] if by_weight else shown["verdict"] == "pass" or exact_or_root(shown) <= 15
        within = "within" if ok else "not within"
        if by_weight:
            assert f" Mean {shown['mean_share']['text']}; limits 97 % to 103 %: {within}." in plot.text
        else:
            assert f" Mean {shown['mean']['text']}, reference value M {shown['reference_value']['text']}. " in plot.text
            limits = re.search(r"from M \u2212 15 to M \+ 15, ([\d.]+) % to ([\d.]+) %: (.+?), by", plot.text)
            assert all(near(value, text) for (value, _), text in zip(levels[1], limits.groups()[:2], strict=True))
            assert limits[3] == within
            assert plot.text.partition(", by the ")[2].startswith(
                f"acceptance value {shown['acceptance_value']['text']}."
            )
        told = re.search(r"([\d.]+) % to ([\d.]+) %: (none outside|outside by number [\d, to]+)\.", plot.text)
        assert bool(told) == (by_weight or len(values) == 30)
        if told:
            inside = levels[1] if by_weight else levels[0][1:]
            assert all(near(value, text) for (value, _), text in zip(inside, told.groups()[:2], strict=True))
            runs = re.findall(r"(\d+)(?: to (\d+))?", told[3])
            assert [number for first, last in runs for number in range(int(first), int(last or first) + 1)] == out


def exact_or_root(shown):
    """The acceptance value: a root with what is added to it."""
    return root_of(shown["acceptance_value"]) + abs(exact(shown["reference_value"]) - exact(shown["mean"]))
