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
        assert f"the minimum weighable quantity (MWQ), {lines[0]['least']['text']}. A dot" in picture.text
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
