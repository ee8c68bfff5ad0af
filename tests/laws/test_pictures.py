"""Laws of the pictures of a plan: each length and place worked out anew from the JSON answer, in fractions.

The words of a picture hold the figures of that answer, and nothing that no reader should see.
"""

import re
from dataclasses import fields, is_dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from math import ceil, floor

import pytest

from calc.checks.uncertainty_sheet import drawn as drawn_of
from tests.support.drawn_pictures import at, exact, in_g, near, of_capsules, plans, plots, root_of, weighed
from tests.support.orders import GOOD

NOT_FOR_READERS = re.compile(r"None|XX|[{}]|  |^\s|\s$|Fraction|sqrt")


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
    assert len(drawings) > 90
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
            "mortar": bool(shown["ladder"]),
            "balance": any(line["mass"] and exact(line["mass"]) for line in shown["weighings"]),
            "sizes": any(row["fill_mass"] for row in shown["sizes"]),
            "spread": shown["spread"] is not None,
        }
        pictured = {name: getattr(drawn, name) for name in there}
        assert {name: picture is not None for name, picture in pictured.items()} == there
        pictured.pop("mortar")
        assert all(picture.key == name for name, picture in pictured.items() if picture)
        estimate = "fill_mass" in shown["estimated"]
        assert [name for name, picture in pictured.items() if picture and picture.estimate] == [
            name for name in ("capsule", "sizes") if there[name] and (estimate or name == "sizes")
        ]
        seen |= set(there.items())
    assert len(seen) == 12, "an order for each case"


def test_as_many_tablets_are_drawn_as_are_crushed_and_used_in_order():
    for _, shown, drawn in plans():
        number = shown["tablets_to_crush"]
        if number is None:
            continue
        share, picture = exact(shown["portion_share"]), drawn.tablets
        whole, used = (number, share * number) if number <= 40 else (1, share)
        parts = [floor(min(max(used - index, 0), 1) * 100_000 + Fraction(1, 2)) for index in range(whole)]
        assert [pie.used for pie in picture.pies] == parts
        # All circles are alike, stand in a grid, and none touches another or the edge.
        assert len({(pie.radius, pie.half) for pie in picture.pies}) == 1
        radius = Fraction(picture.pies[0].radius)
        assert radius == 2 * Fraction(picture.pies[0].half)
        for index, pie in enumerate(picture.pies):
            assert radius < Fraction(pie.x) < picture.width - radius
            assert radius < Fraction(pie.y) < picture.height - radius
            for other in picture.pies[:index]:
                across, down = Fraction(pie.x) - Fraction(other.x), Fraction(pie.y) - Fraction(other.y)
                assert across**2 + down**2 > 4 * radius**2
        crushed = "1 tablet" if number == 1 else f"{number:,} tablets"
        said = f"All of the powder of {crushed}" if share == 1 else f": {shown['portion_share']['text']} of the powder."
        assert said in picture.text
        assert crushed in picture.text
        assert ("One circle stands for all" in picture.text) == (number > 40)


def test_the_layers_of_a_capsule_are_told_in_words_and_lie_on_one_another():
    for plan, shown, drawn in plans():
        picture = drawn.capsule
        if picture is None:
            continue
        estimate, diluent = "fill_mass" in shown["estimated"], exact(shown["diluent_per_capsule"])
        kinds = ["filled", *(["hatched" if estimate else "light"] if diluent else []), "outline", "outline"]
        assert [shape.kind for shape in picture.shapes] == kinds
        powder, over = shown["powder_per_capsule"]["text"], shown["diluent_per_capsule"]["text"]
        labels = [f"{powder} powder"] + [f"{'about ' * estimate}{over} diluent"] * bool(diluent)
        assert [words.text for words in picture.words] == labels
        assert len(picture.lines) == len(labels)
        if diluent:  # where the powder ends the diluent begins, a round end or not
            ends = [set(re.findall(r"[\d.]+ [\d.]+", shape.path)) for shape in picture.shapes[:2]]
            assert len(ends[0] & ends[1]) >= 2
        assert picture.title == f"One size {plan.order.capsule.size} capsule, true proportions"
        assert f"Dark: {powder} of powder" in picture.text
        assert not diluent or f"{shown['share_of_body']['text']} of the room" in picture.text
        assert not diluent or f"{over} of diluent." in picture.text
        assert picture.text.startswith("An estimate: ") == picture.hatched == (estimate and bool(diluent))


def test_the_mortar_holds_what_it_held_and_what_is_added():
    for _, shown, drawn in plans():
        rungs = shown["ladder"]
        if not rungs:
            continue
        whole, last = in_g(rungs[-1]["total"]), rungs[-1]["total"]["text"]
        parts = lambda mass: max(floor(mass / whole * 1000 + Fraction(1, 2)), 1) if mass else 0  # noqa: B023, E731
        first, *steps = drawn.mortar.steps.values()
        begun = in_g(rungs[0]["total"]) - in_g(rungs[0]["add"])
        assert (first.key, first.inside, first.added) == ("begin_blend", parts(begun), 0)
        assert re.fullmatch(rf"[\d,.]+ g of {re.escape(last)} in the mortar", first.text)
        assert Fraction(first.text.split()[0].replace(",", "")) == begun
        assert list(drawn.mortar.steps) == [first.key, *(step.key for step in steps)]
        assert [step.key for step in steps] == [f"rung-{number}" for number in range(1, len(rungs) + 1)]
        for step, rung in zip(steps, rungs, strict=True):
            inside = parts(in_g(rung["total"]) - in_g(rung["add"]))
            assert (step.inside, step.inside + step.added) == (inside, parts(in_g(rung["total"])))
            assert step.text == f"{rung['add']['text']} added makes {rung['total']['text']} of {last}"
        assert steps[-1].inside + steps[-1].added == 1000
        assert f"the blend, {last}." in drawn.mortar.text


def power(mass):
    """The power of ten that a mass in mg is."""
    with localcontext() as context:
        context.prec = 30
        return Fraction(Decimal(mass.numerator).log10() - Decimal(mass.denominator).log10())


def test_each_mass_stands_at_its_logarithm_and_every_power_of_ten_has_a_mark():
    kinds = set()
    for _, shown, drawn in plans():
        lines = [line for line in shown["weighings"] if line["mass"] and exact(line["mass"])]
        if not lines:
            continue
        (least,) = {in_g(line["least"]) * 1000 for line in lines}
        masses = sorted([(power(least), "least"), *((power(in_g(line["mass"]) * 1000), "leader") for line in lines)])
        low, high = floor(masses[0][0]), max(ceil(masses[-1][0]), floor(masses[0][0]) + 1)
        picture = drawn.balance
        level = picture.height - 26
        long = [Fraction(line.x) for line in picture.lines if line.kind == "grid" and line.bottom == str(level + 9)]
        assert len(long) == high - low + 1
        decade = (long[-1] - long[0]) / (high - low)
        assert 28 <= long[0] < long[-1] <= 284
        flags = [line for line in picture.lines if line.kind != "grid"]
        assert [line.kind for line in flags] == [kind for _, kind in masses]
        for line, (at_power, _) in zip(flags, masses, strict=True):
            assert abs(Fraction(line.x) - long[0] - (at_power - low) * decade) < Fraction(2, 1000)
        ground = next(line for line in flags if line.kind == "least")
        assert [(bar.kind, bar.x, bar.width) for bar in picture.bars] == [("ground", "0", ground.x)]
        names = [words for words in picture.words if words.anchor == "middle"]
        for words in names:
            number = round((Fraction(words.x) - long[0]) / decade) + low
            assert words.text == ten_to_the(number)
        missed = [line for line in lines if not line["ok"]]
        assert len([mark for mark in picture.marks if mark.kind == "missed"]) == len(missed)
        for mark in picture.marks:
            assert (mark.kind == "kept") == (Fraction(mark.x) >= Fraction(ground.x))
        kinds |= {mark.kind for mark in picture.marks}
        said = [words.text for words in picture.words if words.anchor != "middle"]
        for line in lines:
            assert any(
                text.startswith(f"{line['mass']['text']} ") and text.endswith(": too little") != line["ok"]
                for text in said
            )
        assert f"MWQ {lines[0]['least']['text']}" in said
        assert f"the minimum weighable quantity (MWQ), {lines[0]['least']['text']};" in picture.text
        assert picture.text.startswith(f"{len(missed)} of {len(lines)} (" if missed else ("It can", "All can"))
    assert kinds == {"kept", "missed"}


def boxes_of(picture):
    """What the labels of a picture cover at most: 7.2 for a letter, 10 above their line and 2 below."""
    for words in picture.words:
        wide, x, y = len(words.text) * Fraction(36, 5), Fraction(words.x), Fraction(words.y)
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[words.anchor]
        yield words.text, left, left + wide, y - 10, y + 2


def test_no_label_lies_over_another_or_over_a_line_or_leaves_its_picture():
    drawings = [drawing for _, _, drawn in plans() for drawing in (drawn.capsule, drawn.balance, drawn.spread)]
    drawings += [drawing for _, drawing in of_capsules()]
    for picture in filter(None, drawings):
        boxes = list(boxes_of(picture))
        for index, (text, left, right, top, bottom) in enumerate(boxes):
            assert 0 <= left < right <= picture.width, text
            assert 0 <= top < bottom <= picture.height, text
            for other, other_left, other_right, other_top, other_bottom in boxes[:index]:
                apart = right <= other_left or other_right <= left or bottom <= other_top or other_bottom <= top
                assert apart, (text, other)
            for line in picture.lines:
                x, upper, lower = Fraction(line.x), Fraction(line.top), Fraction(line.bottom)
                assert not (left < x < right and upper < bottom - 2 and lower > top), (text, line)
            for bar in picture.bars:
                over = Fraction(bar.y) < bottom - 2 and Fraction(bar.y) + Fraction(bar.height) > top
                beside = right <= Fraction(bar.x) or Fraction(bar.x) + Fraction(bar.width) <= left
                assert not over or beside, (text, bar)


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


def spreads():
    """Each picture of how sure a dose is: its name and content in per cent line by line, their deviation as shown."""
    for _, shown, drawn in plans():
        if shown["spread"]:
            content = 100 * (1 + exact(shown["spread"]["shift"]))
            yield [("By the weighings alone", content)], shown["spread"]["batch"], drawn.spread
    for shown, picture in of_capsules():
        names = {"1": "100 %", "0.95": "95 %", "0.9": "90 %"}
        lines = [(f"With {names[one['label']]} of the label", 100 * exact(one["content"]))
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
        upright = []
        for row, (_, content) in enumerate(rows):
            top, end = str(40 + 46 * row), str(68 + 46 * row)
            marks = [("grid", number) for number in round_ones if number not in (90, 110)]
            upright += [(kind, at(x(number)), top, end) for kind, number in [*marks, ("bound", 90), ("bound", 110)]]
            upright.append(("dose", at(x(content)), str(42 + 46 * row), str(64 + 46 * row)))
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
        anchors = ("end", "start") if x(110) - x(90) < 44 else ("middle", "middle")
        above = [
            (anchor, at(x(number)), "16", f"{number} %") for anchor, number in zip(anchors, (90, 110), strict=True)
        ]
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


@pytest.mark.parametrize(("heaviest", "sides"), [("400 mg", ["end", "start"]), ("190 mg", ["middle", "middle"])])
def test_the_limits_of_a_capsule_that_was_not_weighed_are_named_apart(heaviest, sides):
    """Fills of 10 and 350 mg spread so far that 90 and 110 % lie close; those of 130 and 140 mg do not."""
    lightest = "180 mg" if heaviest == "190 mg" else "60 mg"
    checked, _ = weighed({"order": GOOD, "shell_mass": "50 mg", "capsules": [lightest, heaviest] * 5})
    drawn = drawn_of(checked.dose)
    above = [words for words in drawn.words if words.text in ("90 %", "110 %")]
    assert [words.anchor for words in above] == sides
