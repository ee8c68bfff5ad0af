"""The pictures of the worked case and of orders beside it, each rectangle and line worked out by hand.

A picture is 360 wide, its bars go from 8 to 352, which are 344; its axis keeps room for its words.
"""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from calc.pictures import drawing, pictures
from tests.support.drawn_pictures import at
from tests.support.orders import GOOD, OF_BULK, changed
from tests.support.papers import planned


def drawn(key, tree=GOOD):
    return getattr(pictures(planned(tree)), key)


def test_three_tablets_by_hand():
    """135 of 150 mg: nine tenths of three are two whole and 0.7 of the third. Squares of 60, 4 between them."""
    picture = drawn("tablets")
    squares = [drawing.Bar("outline", x, "4", "60", "60") for x in ("8", "72", "136")]
    used = [drawing.Bar("filled", x, "4", width, "60") for x, width in (("8", "60"), ("72", "60"), ("136", "42"))]
    assert picture.bars == tuple(bar for pair in zip(used, squares, strict=True) for bar in pair)
    assert (picture.key, picture.width, picture.height, picture.estimate) == ("tablets", 360, 68, False)
    assert picture.text == (
        "3 tablets crushed. Filled: 90 % of the powder, which goes into the capsules. Open: left over."
    )


@pytest.mark.parametrize(("number", "squares", "height"), [(40, 40, 140), (41, 1, 38)])
def test_forty_tablets_are_drawn_one_by_one_and_more_are_one_bar(number, squares, height):
    """Ten in a row, each 344/10 - 4 = 30 wide: four rows of 34 and 4 above. 300 capsules of 6 mg use 36 tablets."""
    weighed = {"source.tablets_weighed": number, "source.total_mass": f"{number * 160} mg"}
    weighed["source.tablets_crushed"] = number
    picture = drawn("tablets", changed(GOOD, {"dose": "6 mg", "quantity": 300, **weighed}))
    outlines = [bar for bar in picture.bars if bar.kind == "outline"]
    assert (len(outlines), picture.height) == (squares, height)
    used = sum(Fraction(bar.width) for bar in picture.bars if bar.kind == "filled")
    assert used == (36 * 30 if squares == 40 else Fraction(at(Fraction(36, 41) * 344)))


def test_one_body_by_hand():
    """14.4 of 165 mg fill 24/275 of 180; the words stand at the middle of each stretch, and 4 below it."""
    picture = drawn("capsule")
    powder = 180 * Fraction(24, 275)
    assert picture.bars == (
        drawing.Bar("filled", "8", at(188 - powder), "84", at(powder)),
        drawing.Bar("open", "8", "8", "84", at(180 - powder)),
        drawing.Bar("outline", "8", "8", "84", "180"),
    )
    assert picture.words == (
        drawing.Words("start", "106", at(188 - powder / 2 + 4), "Powder 14.4 mg"),
        drawing.Words("start", "106", at(8 + (180 - powder) / 2 + 4), "Diluent 123.2 mg"),  # 135 * 251/275
    )
    assert (picture.key, picture.height, picture.hatched) == ("capsule", 196, False)
    assert picture.text == (
        "One capsule of size 3, drawn as a straight tube. Filled: 14.4 mg of powder, 8.727 % of its room. Open: 123.2 "
        "mg of diluent. They go in blended; here they lie apart."
    )


def test_four_additions_by_hand():
    """432 mg, doubled three times, and the rest of 3,697 mg of diluent: 673 mg. 4,129 mg are 344 long."""
    picture = drawn("ladder")
    long = lambda mass: Fraction(mass, 4129) * 344  # noqa: E731
    bars = [drawing.Bar("filled", "8", "16", at(long(432)), "14")]
    for y, inside, add in ((54, 432, 432), (92, 864, 864), (130, 1728, 1728), (168, 3456, 673)):
        bars.append(drawing.Bar("filled", "8", str(y), at(long(inside)), "14"))
        bars.append(drawing.Bar("open", at(8 + long(inside)), str(y), at(long(add)), "14"))
    assert picture.bars == tuple(bars)
    assert [(words.anchor, words.x, words.y, words.text) for words in picture.words] == [
        ("start", "8", "11", "Powder 0.432 g"),
        ("start", "8", "49", "Add 0.432 g"), ("end", "352", "49", "total 0.864 g"),
        ("start", "8", "87", "Add 0.864 g"), ("end", "352", "87", "total 1.728 g"),
        ("start", "8", "125", "Add 1.728 g"), ("end", "352", "125", "total 3.456 g"),
        ("start", "8", "163", "Add 0.673 g"), ("end", "352", "163", "total 4.129 g"),
    ]  # fmt: skip
    assert (picture.key, picture.height) == ("ladder", 16 + 4 * 38 + 14 + 4)
    assert picture.text.endswith("Open: the diluent that is added. 4 additions to 4.129 g.")


def test_what_is_weighed_by_hand():
    """10 mg to 10 g: three powers of ten from 42 to 318, 92 each. Rows of 34 from 30 on, marks 12 below."""
    picture = drawn("balance")
    # The diluent of one capsule is 135 * 251/275 mg; with 14.4 mg of powder and a shell of 48 mg it is what is weighed.
    masses = (480, 432, 30 * 135 * Fraction(251, 275), 48 + Fraction("14.4") + 135 * Fraction(251, 275))
    grid = [drawing.Line("grid", x, "16", "166") for x in ("42", "134", "226", "318")]
    rows = [(str(y + 3), str(y + 21)) for y in (30, 64, 98, 132)]
    assert picture.lines == (*grid, *(drawing.Line("least", along(20), top, bottom) for top, bottom in rows))
    ys = ("42", "76", "110", "144")
    assert picture.marks == tuple(drawing.Mark("kept", along(mass), y) for mass, y in zip(masses, ys, strict=True))
    assert [(words.anchor, words.x, words.y, words.text) for words in picture.words] == [
        ("middle", "42", "182", "10 mg"), ("middle", "134", "182", "100 mg"),
        ("middle", "226", "182", "1 g"), ("middle", "318", "182", "10 g"),
        ("start", "8", "30", "Tablets, before crushing: 0.480 g"),
        ("start", "8", "64", "Powder to weigh out: 0.432 g"),
        ("start", "8", "98", "Diluent: 3.697 g"), ("start", "8", "132", "One filled capsule: 0.186 g"),
    ]  # fmt: skip
    assert (picture.key, picture.height) == ("balance", 30 + 4 * 34 + 22)
    assert "Dashed: the minimum weighable quantity (MWQ), 0.020 g. A dot" in picture.text


def along(mass):
    """Where a mass in mg stands on an axis from 10 mg to 10 g."""
    with localcontext() as context:
        context.prec = 30
        mass = Fraction(mass)
        return at(42 + 92 * (Fraction((Decimal(mass.numerator) / mass.denominator).log10()) - 1))


def test_a_mass_on_the_least_weighable_quantity_is_kept_and_a_smaller_one_is_said_to_be_too_little():
    """The portion weighs 432 mg and a capsule 185.6 mg: the axis goes from 100 mg to 10 g."""
    picture = drawn("balance", changed(GOOD, {"balance": {"minimum": "432 mg", "readability": "0.1 mg"}}))
    assert [mark.kind for mark in picture.marks] == ["kept", "kept", "kept", "missed"]
    assert {line.x for line in picture.lines if line.kind == "least"} == {picture.marks[1].x}
    assert picture.words[-1].text == "One filled capsule: 0.1856 g, too little"


def test_one_mass_that_is_a_power_of_ten_begins_its_axis():
    """100 mg of bulk powder on a balance that may weigh 100 mg: from there to the next power of ten."""
    bulk = {"kind": "powder", "assay": "100 %", "assay_basis": "as is"}
    order = {"drug": {"name": "any drug"}, "dose": "10 mg", "quantity": 10, "source": bulk}
    picture = drawn("balance", {**order, "balance": {"minimum": "100 mg"}})
    assert [mark.x for mark in picture.marks] == ["42"]
    assert [(words.x, words.text) for words in picture.words[:2]] == [("42", "100 mg"), ("318", "1 g")]


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
        *(drawing.Line("grid", at(x(mark)), "22", "68") for mark in (90, 95, 100, 105, 110)),
        *(drawing.Line("bound", at(x(bound)), "22", "68") for bound in (90, 110)),
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
TUBE = "One capsule of size 3, drawn as a straight tube. Filled: "
#: 0.3 mL at 0.45 g/mL are 135 mg: 14.4 of 135, and 120.6 beside it.
ESTIMATED = (
    f"An estimate: how these powders pack was not measured. {TUBE}14.4 mg of powder, about 10.67 % of its room. "
    "Hatched: about 120.6 mg of diluent. They go in blended; here they lie apart."
)
SIZES = (
    "Bars begin at nothing and are as long as the fill is heavy, to one scale. Filled: powder, 14.4 mg in every size. "
    "Hatched: diluent. All sizes are estimates."
)
#: 30 capsules of 20 mg.
ONE_ADDITION = (
    "Bars begin at nothing and are as long as what is in the mortar, to one scale. Filled: what was there. Open: the "
    "diluent that is added. One addition to 0.600 g."
)


@pytest.mark.parametrize(
    ("key", "changes", "height", "said"),
    [
        ("tablets", {"dose": "5 mg", "crushing_loss": "0 %"}, 68,
         "3 tablets crushed. Filled: all of the powder goes into the capsules."),
        ("capsule", FULL, 196, f"{TUBE}165 mg of powder, which fills it; no diluent is added."),
        ("capsule", ESTIMATE, 196, ESTIMATED),
        ("sizes", ESTIMATE, 186, SIZES),
        ("ladder", {"capsule.fill_mass": "20 mg", **ESTIMATE}, 72, ONE_ADDITION),
    ],
)  # fmt: skip
def test_what_other_orders_say_under_their_pictures(key, changes, height, said):
    picture = drawn(key, changed(GOOD, changes))
    assert (picture.text, picture.height) == (said, height)


def test_titles_and_no_tablets_of_bulk_powder():
    """Only the spread names its limits in its title."""
    titles = {key: drawn(key).title for key in ("tablets", "capsule", "ladder", "balance", "sizes")}
    assert titles == {
        "tablets": "Tablets crushed, and what is used of them", "capsule": "What fills one capsule",
        "ladder": "What is in the mortar, step by step",
        "balance": "What is weighed, against the minimum weighable quantity", "sizes": "Fill of each capsule size",
    }  # fmt: skip
    assert drawn("tablets", changed(GOOD, OF_BULK)) is None


def test_a_fill_without_diluent_is_one_bar():
    """In size 3 the powder is all of the fill; the two larger sizes hold more, the two smaller do not hold it."""
    picture = drawn("sizes", changed(GOOD, FULL))
    assert [bar.kind for bar in picture.bars] == ["filled", "hatched", "filled", "hatched", "filled"]
    assert [words.text.endswith(": too small") for words in picture.words] == [False, False, False, True, True]
