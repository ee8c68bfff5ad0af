"""The pictures of the worked case and of orders beside it, each circle, height, bar and line worked out by hand.

A picture of bars is 360 wide, they go from 8 to 352, which are 344; an axis keeps room for its words.
"""

import re
from decimal import Decimal, localcontext
from fractions import Fraction
from math import pi

import pytest

from calc.pictures import drawing, pictures
from tests.support.drawn_pictures import at
from tests.support.orders import GOOD, OF_BULK, changed
from tests.support.papers import planned


def drawn(key, tree=GOOD):
    return getattr(pictures(planned(tree)), key)


def test_three_tablets_by_hand():
    """135 of 150 mg: nine tenths of three are two whole and 0.7 of the third. Cells of 48, circles of 22 in them."""
    picture = drawn("tablets")
    assert picture.pies == tuple(
        drawing.Pie(x, "24", "22", "11", used) for x, used in (("24", 100_000), ("72", 100_000), ("120", 70_000))
    )
    assert (picture.key, picture.width, picture.height, picture.estimate) == ("tablets", 144, 48, False)
    assert picture.text == "2.7 of 3 tablets are used: 90 % of the powder. 15 mg of drug is left over."


@pytest.mark.parametrize(("number", "pies", "height"), [(40, 40, 90), (41, 1, 96)])
def test_forty_tablets_are_drawn_one_by_one_and_more_as_one(number, pies, height):
    """Eight in a row, each 144/8 = 18 wide: five rows. 300 capsules of 6 mg use 36 tablets, 36/41 are 87.805 %."""
    weighed = {"source.tablets_weighed": number, "source.total_mass": f"{number * 160} mg"}
    weighed["source.tablets_crushed"] = number
    picture = drawn("tablets", changed(GOOD, {"dose": "6 mg", "quantity": 300, **weighed}))
    assert (len(picture.pies), picture.height, picture.width) == (pies, height, 144)
    assert [pie.used for pie in picture.pies] == ([100_000] * 36 + [0] * 4 if pies == 40 else [87_805])
    assert picture.text.endswith(" One circle stands for all of them.") == (pies == 1)


#: Closed capsules in mm, and what the body of each holds in mL: Capsugel Coni-Snap brochure.
CLOSED = {
    "000": ("26.1", "9.91", "1.37"), "00": ("23.3", "8.53", "0.91"), "0": ("21.7", "7.64", "0.68"),
    "1": ("19.4", "6.91", "0.50"), "2": ("18.0", "6.35", "0.37"), "3": ("15.9", "5.82", "0.30"),
    "4": ("14.3", "5.32", "0.21"), "5": ("11.1", "4.91", "0.13"),
}  # fmt: skip
NUMBER = re.compile(r"-?[\d.]+")


def filled_to(height, radius):
    """The volume of a round end and the tube above it up to a height, summed up in thin slices."""
    slices = 20_000
    thick = height / slices
    heights = ((index + 0.5) * thick for index in range(slices))
    return sum(pi * (radius**2 - max(radius - at_height, 0) ** 2) * thick for at_height in heights)


@pytest.mark.parametrize("size", CLOSED)
@pytest.mark.parametrize("powder", ["144 mg", "18 mg", "28.8 mg"])
def test_a_capsule_has_the_outline_of_its_size_and_layers_true_to_volume(size, powder):
    """14.4 mg of a powder of which a body holds 144, 18 or 28.8 mg fill a tenth, eight tenths or half of it."""
    length, diameter, milliliters = map(float, CLOSED[size])
    picture = drawn("capsule", changed(GOOD, {
        "capsule": {"size": size, "shell_mass": None}, "tablet_powder.packing_statistic": powder,
        "diluent.packing_statistic": f"{float(milliliters) * 450} mg",
    }))  # fmt: skip
    filled, light, body, cap = (shape.path for shape in picture.shapes)
    # The cap goes from its edge, at half the length, to 222 of the drawing; its two sides are its diameter apart.
    x, upper, end, _, radius, _, *_, lower = map(float, NUMBER.findall(cap)[:12] + NUMBER.findall(cap)[-1:])
    scale = 222 / length
    assert x == 7 + 111
    assert end + radius == pytest.approx(229, abs=0.002)
    assert lower - upper == pytest.approx(diameter * scale, abs=0.002)
    # The body is 2 of the drawing slimmer on each side.
    slim = diameter / 2 - 2 / scale
    assert body.startswith("M118 ")
    surface, top = ((float(NUMBER.search(path)[0]) - 7) / scale for path in (filled, light))
    share = 14.4 / float(powder.removesuffix(" mg"))
    assert filled_to(top, slim) == pytest.approx(milliliters * 1000, rel=1e-3)
    assert filled_to(surface, slim) == pytest.approx(share * milliliters * 1000, rel=1e-3)


def test_one_capsule_in_words():
    picture = drawn("capsule")
    assert [words.text for words in picture.words] == ["14.4 mg powder", "123.2 mg diluent"]  # 135 * 251/275
    assert [shape.kind for shape in picture.shapes] == ["filled", "light", "outline", "outline"]
    assert (picture.key, picture.width, picture.height, picture.hatched) == ("capsule", 236, 138, False)
    assert picture.title == "One size 3 capsule, true proportions"
    assert picture.text == (
        "Dark: 14.4 mg of powder, 8.727 % of the room. Light: 123.2 mg of diluent. Drawn in layers, true to volume; in "
        "truth they are blended."
    )


def test_four_additions_by_hand():
    """432 mg, doubled three times, and the rest of 3,697 mg of diluent: 673 mg. Thousandths of 4,129 mg."""
    found = drawn("mortar")
    assert [(step.key, step.inside, step.added) for step in found.steps.values()] == [
        ("begin_blend", 105, 0), ("rung-1", 105, 104), ("rung-2", 209, 210), ("rung-3", 419, 418),
        ("rung-4", 837, 163),
    ]  # fmt: skip
    assert [step.text for step in found.steps.values()] == [
        "0.432 g of 4.129 g in the mortar", "0.432 g added makes 0.864 g of 4.129 g",
        "0.864 g added makes 1.728 g of 4.129 g", "1.728 g added makes 3.456 g of 4.129 g",
        "0.673 g added makes 4.129 g of 4.129 g",
    ]  # fmt: skip
    assert list(found.steps) == [step.key for step in found.steps.values()]
    assert found.text.startswith("Each bar is the mortar on one scale: its whole length is the blend, 4.129 g.")


def test_what_is_weighed_by_hand():
    """Between the marks of 10 mg and 10 g lie three powers of ten; each mass stands at its logarithm."""
    picture = drawn("balance")
    names = {words.text: Fraction(words.x) for words in picture.words if words.anchor == "middle"}
    assert list(names) == ["10 mg", "100 mg", "1 g", "10 g"]
    # The diluent of one capsule is 135 * 251/275 mg; with 14.4 mg of powder and a shell of 48 mg it is what is weighed.
    diluent = 135 * Fraction(251, 275)
    masses = {
        "MWQ 0.020 g": 20, "0.186 g capsule": 48 + Fraction("14.4") + diluent, "0.432 g powder": 432,
        "0.480 g tablets": 480, "3.697 g diluent": 30 * diluent,
    }  # fmt: skip
    start, decade = names["10 mg"], names["100 mg"] - names["10 mg"]
    flags = [line for line in picture.lines if line.kind in {"least", "leader"}]
    assert [line.kind for line in flags] == ["least", *["leader"] * 4]
    for line, mass in zip(flags, masses.values(), strict=True):
        assert abs(Fraction(line.x) - start - decade * (power_of(mass) - 1)) < Fraction(4, 1000)
    labels = [words for words in picture.words if words.anchor != "middle"]
    assert [words.text for words in labels] == list(masses)
    for words, line in zip(labels, flags, strict=True):
        assert Fraction(words.x) - Fraction(line.x) == (4 if words.anchor == "start" else -4)
    (ground,) = picture.bars
    assert (ground.kind, ground.x, ground.width) == ("ground", "0", flags[0].x)
    assert [mark.kind for mark in picture.marks] == ["kept"] * 4
    assert [mark.x for mark in picture.marks] == [line.x for line in flags[1:]]
    assert (picture.key, picture.width) == ("balance", 312)
    assert picture.text == (
        "All can be weighed. Dashed: the minimum weighable quantity (MWQ), 0.020 g; the ground below it is tinted. The "
        "line is logarithmic: each number is ten times the one before."
    )


def power_of(mass):
    """The power of ten that a mass in mg is."""
    with localcontext() as context:
        context.prec = 30
        mass = Fraction(mass)
        return Fraction((Decimal(mass.numerator) / mass.denominator).log10())


def test_a_mass_on_the_minimum_weighable_quantity_is_kept_and_a_smaller_one_is_said_to_be_too_little():
    """The powder weighs 432 mg and a capsule 185.6 mg: the axis goes from 100 mg to 10 g."""
    picture = drawn("balance", changed(GOOD, {"balance": {"minimum": "432 mg", "readability": "0.1 mg"}}))
    assert [mark.kind for mark in picture.marks] == ["missed", "kept", "kept", "kept"]
    assert {line.x for line in picture.lines if line.kind == "least"} == {picture.marks[1].x}
    assert "0.1856 g capsule: too little" in [words.text for words in picture.words]
    assert picture.text.startswith("1 of 4 (an open diamond) weighs too little for it. Dashed: ")


def test_one_mass_that_is_a_power_of_ten_begins_its_axis():
    """100 mg of bulk powder on a balance that may weigh 100 mg: from there to the next power of ten."""
    bulk = {"kind": "powder", "assay": "100 %", "assay_basis": "as is"}
    order = {"drug": {"name": "any drug"}, "dose": "10 mg", "quantity": 10, "source": bulk}
    picture = drawn("balance", {**order, "balance": {"minimum": "100 mg"}})
    names = [(words.x, words.text) for words in picture.words if words.anchor == "middle"]
    assert [text for _, text in names] == ["100 mg", "1 g"]
    assert [mark.x for mark in picture.marks] == [names[0][0]]
    assert picture.text.startswith("It can be weighed. ")


def test_five_sizes_by_hand():
    """Bodies of 0.41, 0.37, 0.3, 0.25 and 0.21 mL: 135 mg for each 0.3 mL, and 14.4 - 14.4 * 135/165 mg on top."""
    picture = drawn("sizes")
    fills = [135 * Fraction(volume) / Fraction("0.3") + Fraction("14.4") * Fraction(30, 165)
             for volume in ("0.41", "0.37", "0.3", "0.25", "0.21")]  # fmt: skip
    long = lambda mass: Fraction(mass) / fills[0] * 344  # noqa: E731
    kinds = ["hatched", "hatched", "open", "hatched", "hatched"]
    powder = long("14.4")
    expected = [
        (
            drawing.Bar("filled", "8", y, at(powder), "14"),
            drawing.Bar(kind, at(8 + powder), y, at(long(fill) - powder), "14"),
        )
        for fill, kind, y in zip(fills, kinds, ("16", "54", "92", "130", "168"), strict=True)
    ]
    assert picture.bars == tuple(bar for pair in expected for bar in pair)
    assert [(words.anchor, words.x, words.y, words.text) for words in picture.words] == [
        ("start", "8", "11", "Size 2E: about 187.1 mg"), ("start", "8", "49", "Size 2: about 169.1 mg"),
        ("start", "8", "87", "Size 3 (chosen): 137.6 mg"), ("start", "8", "125", "Size 4E: about 115.1 mg"),
        ("start", "8", "163", "Size 4: about 97.1 mg"),
    ]  # fmt: skip
    assert (picture.key, picture.height, picture.estimate) == ("sizes", 186, True)
    assert picture.text.endswith(
        "Filled: powder, 14.4 mg in every size. Open: diluent in the size chosen. Hatched: diluent as an estimate."
    )


def test_the_dose_of_the_batch_by_hand():
    """3,697 mg for 3,696.5: 4,128/4,129 of the dose. The axis goes from 90 - 3 to 110 + 3, 296 units from 32 on."""
    picture = drawn("spread")
    x = lambda percent: 32 + (Fraction(percent) - 87) / 26 * 296  # noqa: E731
    dose = 100 * Fraction(4128, 4129)
    # One step of 1 mg, alike within: 1/3 of its square, of 480, of 432 and of 3,697 mg; of these two 3,697/4,129 count.
    square = Fraction(1, 3 * 480**2) + Fraction(3697, 4129) ** 2 * (Fraction(1, 3 * 432**2) + Fraction(1, 3 * 3697**2))
    with localcontext() as context:
        context.prec = 30
        reach = 2 * dose * Fraction((Decimal(square.numerator) / square.denominator).sqrt())
    assert picture.bars == (
        drawing.Bar("open", at(x(dose - reach)), "46", at(x(dose + reach) - x(dose - reach)), "14"),
    )
    assert picture.lines == (
        *(drawing.Line("grid", at(x(mark)), "40", "68") for mark in (95, 100, 105)),
        *(drawing.Line("bound", at(x(bound)), "40", "68") for bound in (90, 110)),
        drawing.Line("dose", at(x(dose)), "42", "64"),
    )
    assert [(words.anchor, words.x, words.y, words.text) for words in picture.words] == [
        *(("middle", at(x(mark)), "84", f"{mark} %") for mark in (95, 100, 105)),
        *(("middle", at(x(bound)), "16", f"{bound} %") for bound in (90, 110)),
        ("start", "8", "35", "By the weighings alone: 99.98 %"),
    ]
    assert (picture.key, picture.height) == ("spread", 90)
    assert picture.title == "The dose of the batch, against 90 % to 110 % of the order"
    assert "by the weighings, 0.17 %, to both sides. Dashed: 90 % and 110 %. The scale is even and begins at 87 %," in (
        picture.text
    )


#: Seven tablets of 825 mg: 10 mg of drug are in 165 mg of powder, as much as the body holds.
FULL = {"drug.name": "any drug", "dose": "10 mg", "source.tablets_weighed": 7, "source.total_mass": "5.775 g"}
ESTIMATE = {"diluent": None, "tablet_powder": None}
#: 0.3 mL at 0.45 g/mL are 135 mg: 14.4 of 135, and 120.6 beside it.
ESTIMATED = (
    "An estimate: how these powders pack was not measured. Dark: 14.4 mg of powder, about 10.67 % of the room. "
    "Hatched: about 120.6 mg of diluent. Drawn in layers, true to volume; in truth they are blended."
)
SIZES = (
    "Bars begin at nothing and are as long as the fill is heavy, to one scale. Filled: powder, 14.4 mg in every size. "
    "Hatched: diluent. All sizes are estimates."
)


@pytest.mark.parametrize(
    ("key", "changes", "height", "said"),
    [
        ("tablets", {"dose": "5 mg", "crushing_loss": "0 %"}, 48, "All of the powder of 3 tablets is used."),
        ("tablets", {"quantity": 10, "source.tablets_weighed": 1, "source.total_mass": "160 mg"}, 48,
         "0.9 of 1 tablet is used: 90 % of the powder. 5 mg of drug is left over."),
        ("capsule", FULL, 138, "Dark: 165 mg of powder, which fills it; no diluent is added."),
        ("capsule", ESTIMATE, 138, ESTIMATED),
        ("sizes", ESTIMATE, 186, SIZES),
    ],
)  # fmt: skip
def test_what_other_orders_say_under_their_pictures(key, changes, height, said):
    picture = drawn(key, changed(GOOD, changes))
    assert (picture.text, picture.height) == (said, height)


def test_titles_and_no_tablets_of_bulk_powder():
    """Only the spread names its limits in its title."""
    titles = {key: drawn(key).title for key in ("tablets", "capsule", "balance", "sizes")}
    assert titles == {
        "tablets": "What is used of the tablets", "capsule": "One size 3 capsule, true proportions",
        "balance": "What this balance weighs", "sizes": "Fill of each capsule size",
    }  # fmt: skip
    assert drawn("tablets", changed(GOOD, OF_BULK)) is None


def test_a_fill_without_diluent_is_one_bar():
    """In size 3 the powder is all of the fill; the two larger sizes hold more, the two smaller do not hold it."""
    picture = drawn("sizes", changed(GOOD, FULL))
    assert [bar.kind for bar in picture.bars] == ["filled", "hatched", "filled", "hatched", "filled"]
    assert [words.text.endswith(": too small") for words in picture.words] == [False, False, False, True, True]
