"""The papers, read back from the PDF: figures against the plan, states, structure, fonts, inputs of group S."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from urllib.parse import urlencode

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from fontTools.ttLib import TTFont

from calc import limits
from calc.capsule.answer import answer
from calc.capsule.papers import label_pdf, leaflet_pdf, sheet_content, sheet_pdf
from calc.paper.label import STOCKS
from calc.paper.leaflet import NoLeaflet
from calc.paper.pharmacy import Pharmacy
from calc.paper.press import FONTS, PAPERS, DoesNotFit
from calc.wording.paper import plan_id
from tests.casebook.compare import cases as casebook
from tests.support.client import make_client
from tests.support.dates import day_in_words
from tests.support.orders import GOOD, changed, dated
from tests.support.pages import assert_no_result_page, page_faults, read_page
from tests.support.papers import fonts_of, one_line, pages_of, planned, squeezed, structure, text_of_pdf
from tests.support.queries import as_query, query_of

#: Every blank filled in: the longest ordinary order.
FULL = changed(
    GOOD,
    {
        "internal_number": "2026-1123-04",
        "allowance": "10 %",
        "capsule": {"size": "3", "brand": "Coni-Snap", "shell_mass": "48 mg", "lot": "81123A", "expiry": "2029-01"},
        "source.tablets_weighed": 4,
        "source.total_mass": "0.640 g",
        "source.maker": "Accord Healthcare",
        "source.ndc": "16729-081-01",
        "source.lot": "P1902834",
        "source.expiry": "2027-09",
        "diluent.lot": "C2308811",
        "diluent.expiry": "2028-03",
        "screening": {"opioids": "no", "liver_disease": "no"},
    },
)
PLAIN = {"dose": "4.5 mg", "quantity": 30}
ANSWERED = {"opioids": "no", "liver_disease": "no"}
YES = changed(
    GOOD,
    {
        "screening": {"opioids": "yes", "liver_disease": "no"},
        "acknowledgements": [{"code": "opioids_yes", "value": "yes", "reason": "prescriber_confirmed"}],
    },
)
NAMED = {"drug": {"name": "baclofen"}, "dose": "5 mg", "quantity": 20, "source": {"strength": "10 mg"}}
ORDERS = {
    "plain": PLAIN,
    "good": GOOD,
    "full": FULL,
    "yes": YES,
    "named": NAMED,
    "given": changed(GOOD, {"diluent": None, "tablet_powder": None, "capsule.fill_mass": "120 mg"}),
    "estimate": changed(GOOD, {"diluent": None, "tablet_powder": None}),
    "whole": changed(
        GOOD, {"quantity": 10, "dose": "5 mg", "source.tablets_weighed": 1, "source.total_mass": "0.16 g"}
    ),
}
WORKED = changed(GOOD, {"prepared_on": "2026-11-29", "source.weighed_on": None, "screening": ANSWERED})
LOTS = changed(FULL, {"allowance": None, "source.tablets_weighed": 3, "source.total_mass": "0.480 g"})
#: Orders whose work is longer than two pages.
LONG = {
    "diluted, unweighed": {"dose": "0.1 mg", "quantity": 30},
    "diluted": changed(WORKED, {"dose": "0.1 mg"}),
    "overridden": YES,
}
LONGEST = "W" * 40
PLANNED_CASES = [case for case in casebook() if case["expect"]["status"] == 200]


@pytest.fixture(scope="module")
def client():
    return make_client()


def figures_on_the_sheet(shown):
    """Every figure of a plan that the work at the bench or its proof rests on, as printed."""
    estimated = set(shown["estimated"])
    names = ("drug_needed", "portion", "diluent", "fill_mass", "powder_per_capsule")
    for step in shown["triturations"]:
        for name in ("weigh", "diluent", "total", "take", "strength_after"):
            if step[name] is not None:
                yield step[name]["text"]
    for name in names[:-1] if shown["triturations"] else names:  # the aliquot stands for the powder in the capsules
        if shown[name] is not None and name not in estimated:
            yield shown[name]["text"]
    for rung in shown["ladder"]:
        yield from (rung["add"]["text"], rung["total"]["text"])
    if shown["gross_band"] is not None:
        yield from (shown["gross_band"]["low"]["text"], shown["gross_band"]["high"]["text"])
    yield from (
        shown["portion_share"]["text"],
        shown["drug_left_over"]["text"],
        day_in_words(shown["beyond_use"]["date"]),
    )
    for step in shown["steps"]:
        if step["code"] not in estimated:
            yield from (step["title"], step["formula"], step["substituted"], step["result"], step["reference"])


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", ORDERS)
def test_every_figure_of_the_plan_stands_on_the_sheet(name, paper):
    made = planned(ORDERS[name])
    whole = answer(made)
    text = squeezed(text_of_pdf(sheet_pdf(made, paper, annex=True)))
    for figure in figures_on_the_sheet(whole["plan"]):
        assert squeezed(figure) in text, figure
    for tablets in (f"{made.powder.tablets.number} tablet", f"{made.powder.batch} capsule"):
        assert squeezed(tablets) in text
    for pair in query_of(whole["order"]):
        assert squeezed(str(pair[1])) in text, pair


@pytest.mark.parametrize("case", PLANNED_CASES[::6], ids=lambda case: case["id"])
def test_the_sheets_of_the_case_book_hold_their_figures(case):
    made = planned(case["order"])
    text = squeezed(text_of_pdf(sheet_pdf(made, "letter", annex=True)))
    for figure in figures_on_the_sheet(answer(made)["plan"]):
        assert squeezed(figure) in text, figure


def test_an_estimate_prints_no_mass_of_diluent():
    made = planned(changed(ORDERS["estimate"], {"dose": "4 mg"}))
    shown = answer(made)["plan"]
    text = text_of_pdf(sheet_pdf(made, "letter"))
    for name in ("diluent", "fill_mass", "diluent_per_capsule"):
        assert not re.search(rf"(?<![\d.]){re.escape(shown[name]['value'])}(?!\d)", text), name
    assert "30 \u00d7 P_d \u2212 powder \u00d7 P_d / P_t" in text
    assert "P_d = total / 10 = ____" in text


def test_the_sheet_of_a_plain_order_holds_every_formula_of_the_bench():
    text = text_of_pdf(sheet_pdf(planned(PLAIN), "letter"))
    for formula in (
        "W \u00d7 135 mg / 150 mg",
        "30 \u00d7 P_d \u2212 powder \u00d7 P_d / P_t",
        "Each holds (powder + diluent) / 30",
        "(powder + diluent) / 30",
        "shell + 0.9 \u00d7 fill to shell + 1.1 \u00d7 fill",
        "W \u00d7 0.97 to W",
        "0.150 g to 3.600 g",
        "0.9 \u00d7 W / 3 to 1.1 \u00d7 W / 3",
    ):
        assert squeezed(formula) in squeezed(text), formula


def test_the_work_stands_in_its_order_and_no_line_of_it_is_cut():
    for tree in (PLAIN, FULL):
        made = planned(tree)
        texts = pages_of(sheet_pdf(made, "letter"))
        pages = [squeezed(text) for text in texts]
        sections = sheet_content(made, "letter")["sections"]
        assert [section["title"] for section in sections] == [
            *("Gather and identify", "Count and weigh before crushing", "Crush and weigh out"),
            *("Blend by geometric dilution", "Fill and check", "Label and clean"),
        ]
        whole = " ".join(texts)
        places = [whole.index(f"{number} {section['title']}") for number, section in enumerate(sections, start=1)]
        assert places == sorted(places)
        for number, section in enumerate(sections, start=1):
            first = section["rows"][0]["do"]
            (page,) = (page for page in pages if squeezed(f"{number}{section['title']}") in page)
            assert squeezed(first) in page, "a heading stands alone"
            for row in section["rows"]:
                for said in (row["do"], row["note"], row.get("wide", "")):
                    assert any(squeezed(said) in page for page in pages), said


@pytest.mark.parametrize("paper", PAPERS)
def test_before_anything_is_weighed_or_asked_it_takes_two_pages_too(paper):
    first, second = pages_of(sheet_pdf(planned(PLAIN), paper))
    assert "STOP. Check before crushing" in first
    assert "Released by pharmacist" in second


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("tree", [WORKED, LOTS], ids=["worked", "lots"])
def test_thirty_capsules_take_two_pages_with_both_checks_at_their_place(tree, paper):
    first, second = pages_of(sheet_pdf(planned(tree), paper))
    begin, _, end = first.partition("1 Gather and identify")
    for words in (
        *("Crush, 50 mg tablets 3 tablets", "Weigh out, tablet powder 0.432 g", "Add, diluent 3.697 g"),
        *("Fill each, size 3 capsule 137.6 mg", "Any opioid in the last 14 days? No", "Liver disease? No"),
        *("3 tablets 0.480 g, 160 mg each", "powder 165 mg, diluent 135 mg", "Weigh nothing below 0.020 g"),
        *("Computed back from these figures one capsule holds 4.499 mg (-0.02 %).", "Cautions."),
    ):
        assert words in begin, words
    assert "STOP. Check before crushing Strength Lot Count Mass g Initials Time Keep this sheet" in end
    stop = "STOP. Check before mixing Powder g Diluent g Diluent lot Initials Time"
    crushed, _, mixed = second.partition(stop)
    assert "0.466 g to 0.480 g" in crushed
    rungs = ("0.864 g 0.432 g", "1.728 g 0.864 g", "3.456 g 1.728 g", "4.129 g 0.673 g")
    places = [mixed.index(f"Makes {rung}") for rung in rungs]
    assert places == sorted(places)
    assert "172 mg to 199 mg 1 2 3 4 5 6 7 8 9 10 Mean RSD" in mixed
    assert "Released by pharmacist" in mixed


def test_the_annex_is_printed_only_if_it_is_asked_for(client):
    asked = [*as_query(WORKED), ("paper", "letter")]
    plain = client.get("/sheet.pdf", query_string=urlencode(asked))
    for answered, pages in (("no", 2), ("yes", 5)):
        printed = client.get("/sheet.pdf", query_string=urlencode([*asked, ("annex", answered)]), follow_redirects=True)
        texts = pages_of(printed.data)
        assert len(texts) == pages
        assert any("Every step of the arithmetic" in text for text in texts) == (answered == "yes")
        assert [f"page {number} of 2" in text for number, text in enumerate(texts[:2], start=1)] == [True, True]
        assert all(f"annex, page {number} of 3" in text for number, text in enumerate(texts[2:], start=1))
    assert len(pages_of(client.get(plain.location).data if plain.status_code == 303 else plain.data)) == 2
    refused = client.get("/sheet.pdf", query_string=urlencode([*asked, ("annex", "perhaps")]))
    assert refused.status_code == 422
    assert "is not one of the choices" in page_faults(read_page(refused))[0][1]


def test_the_pharmacy_of_the_settings_heads_each_page_and_a_line_stands_where_there_is_none():
    ours = Pharmacy("Elm Street Pharmacy", "12 Elm Street, Salem", "555-0100")
    for text in pages_of(sheet_pdf(planned(WORKED), "letter", "", ours)):
        assert "Elm Street Pharmacy Preparation sheet" in text
        assert "12 Elm Street, Salem, 555-0100" in text
    assert "Pharmacy Preparation sheet" in text_of_pdf(sheet_pdf(planned(WORKED), "letter"))


#: What is typed at the bench: each step's entry, as the address has it.
ENTERED = {
    "bench-level_balance": "AB-204",
    "bench-plate": "plate 3",
    "bench-protect": "gloves, mask",
    "bench-count_tablets": "3",
    "bench-count_tablets-done": "yes",
    "bench-container": "40 mL amber vial",
    "bench-recovered": "0.471",
    "bench-recovered_unit": "g",
    "bench-portion": "0.402",
    "bench-portion_unit": "g",
    "bench-diluent": "3.697",
    "bench-diluent_unit": "g",
    "bench-ten_capsules": "184 185.5",
    "bench-yield": "30",
    "bench-ten_capsules_unit": "mg",
    "bench-end_point": "even, 4 min",
}


def test_what_was_typed_at_the_bench_is_printed_in_its_boxes(client):
    asked = [*as_query(WORKED), *ENTERED.items(), ("paper", "letter")]
    printed = client.get("/sheet.pdf", query_string=urlencode(asked), follow_redirects=True).data
    first, *later = pages_of(printed)
    second = " ".join(later)
    for words in (
        *("Balance no., check due AB-204", "Plate no. plate 3", "Protective equipment gloves, mask"),
        *("Type, size: 40 mL amber vial", "Count the tablets. 3 tablets 3 tablets"),
    ):
        assert words in first, words
    for words in (
        *("0.466 g to 0.480 g 0.471 g", "Weigh out the powder. 0.432 g 0.402 g", "Weigh the diluent. 3.697 g 3.697 g"),
        *("1 184 2 185.5 3 4 5 6 7 8 9 10 Mean RSD", "Count the capsules made. 30 capsules 30 capsules", "even, 4 min"),
    ):
        assert words in second, words
    # 402 mg are 30 mg less than 432 mg: beyond 3 % and two steps, so that it is not in band.
    found = client.get("/", query_string=urlencode(asked[:-1]), follow_redirects=True)
    (verdict,) = (each.get_text(" ", strip=True) for each in read_page(found).select(".judged.low"))
    assert squeezed(verdict) in squeezed(second)
    assert squeezed("Computed back from what was weighed: Dose by what was weighed") in squeezed(second)
    ticks = [attributes["/Alt"] for tag, attributes in structure(printed) if tag == "/Figure"]
    assert sorted(ticks)[-1] == "Done"
    assert ticks.count("Done") == 1


#: The longest that can stand in the head of a page.
WIDE = Pharmacy(**{part: "W" * longest for part, (longest, _) in limits.PHARMACY_TEXTS.items()})


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("pharmacy", [Pharmacy(), WIDE], ids=["by hand", "longest"])
@pytest.mark.parametrize("batch", ["7", LONGEST], ids=["short", "longest"])
def test_the_head_of_a_page_is_printed_whole_and_ends_below_its_edge(paper, pharmacy, batch):
    pdf = sheet_pdf(planned(changed(WORKED, {"internal_number": batch})), paper, "", pharmacy)
    head = (pharmacy.name, pharmacy.address, pharmacy.phone, f"Batch {batch}", "Preparation sheet, page")
    for text, page in zip(pages_of(pdf), pypdfium2.PdfDocument(pdf), strict=True):
        assert [words for words in head if squeezed(words) not in squeezed(text)] == []
        reader = page.get_textpage()
        tops = [reader.get_charbox(index)[3] for index in range(reader.count_chars())]
        assert max(tops) <= page.get_height() - 9


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", LONG)
def test_a_longer_order_breaks_between_rows_and_never_after_a_heading(name, paper):
    made = planned(LONG[name])
    sections = sheet_content(made, paper)["sections"]
    document = pypdfium2.PdfDocument(sheet_pdf(made, paper))
    pages = [squeezed(text) for text in pages_of(sheet_pdf(made, paper))]
    assert len(pages) > 2
    for number, section in enumerate(sections, start=1):
        heads = [page for page in pages if squeezed(f"{number}{section['title']}Target") in page]
        assert heads
        assert squeezed(section["rows"][0]["do"]) in heads[0]
        for row in section["rows"]:
            said = squeezed(row["do"] + row["note"])
            assert any(said in page for page in pages), row
    for page in document:
        footer = [bottom for text, _, bottom, _ in lines_of(page) if text.startswith("Keep this sheet")]
        assert len(footer) == 1
        assert all(bottom >= footer[0] - 2 for _, _, bottom, _ in lines_of(page))


@pytest.mark.parametrize("name", ORDERS)
def test_every_page_says_which_batch_it_belongs_to_and_which_page_it_is(name):
    made = planned(ORDERS[name])
    fingerprint = plan_id(answer(made)["fingerprint"])
    texts = pages_of(sheet_pdf(made, "a4"))
    for number, text in enumerate(texts, start=1):
        assert f"page {number} of {len(texts)}" in text
        assert fingerprint in text
        ordered, batch = made.order.quantity, made.powder.batch
        assert f"{ordered} capsules{f' ({batch} made)' * (batch != ordered)} of" in text
        assert f"Batch {made.order.internal_number or 'Made'}" in text
        assert made.order.prepared_on.isoformat() in text


def test_what_must_be_known_first_stands_on_every_page():
    for tree, state in (
        (PLAIN, "Not released until both questions are answered"),
        (YES, "The prescriber confirmed it"),
        (NAMED, "No drug file: general rules only"),
    ):
        assert all(state in text for text in pages_of(sheet_pdf(planned(tree), "letter"))), state
    text = text_of_pdf(sheet_pdf(planned(FULL), "letter"))
    assert "Not released" not in text
    assert "Last dose:" in text_of_pdf(sheet_pdf(planned(YES), "letter"))


def test_what_was_typed_of_the_components_stands_on_the_sheet():
    text = squeezed(text_of_pdf(sheet_pdf(planned(FULL), "letter")))
    for typed in ("Accord Healthcare", "16729-081-01", "P1902834", "2027-09-30", "C2308811", "81123A", "Coni-Snap"):
        assert squeezed(typed) in text


@pytest.mark.parametrize("make", [lambda p: sheet_pdf(p, "letter"), lambda p: sheet_pdf(p, "a4")])
def test_a_long_text_is_printed_to_its_end(make):
    long = changed(FULL, {"internal_number": LONGEST, "source.maker": LONGEST, "source.lot": LONGEST})
    text = squeezed(text_of_pdf(make(planned(long))))
    assert text.count(LONGEST) >= 2 + len(pages_of(make(planned(long))))


def all_papers(tree):
    made = planned(dated(tree))
    yield from (sheet_pdf(made, paper) for paper in PAPERS)
    yield from (label_pdf(made, stock) for stock in STOCKS)
    if made.drug is not None:
        yield from (leaflet_pdf(made, paper) for paper in PAPERS)


@pytest.mark.parametrize("tree", [PLAIN, FULL], ids=["plain", "full"])
def test_each_paper_is_tagged_with_alternative_texts_and_table_headers(tree):
    for pdf in all_papers(tree):
        document = pikepdf.open(io.BytesIO(pdf))
        assert document.Root["/MarkInfo"]["/Marked"]
        assert str(document.Root["/Lang"]) == "en"
        assert str(document.docinfo["/Title"])
        assert b"pdfuaid" in document.Root["/Metadata"].read_bytes()
        found = structure(pdf)
        tags = [tag for tag, _ in found]
        assert all(len(attributes.get("/Alt", "")) > 20 for tag, attributes in found if tag == "/Figure")
        assert tags.count("/Figure") >= 1
        assert tags.count("/THead") == tags.count("/Table")
        assert "/TH" in tags or "/Table" not in tags


@pytest.mark.parametrize("tree", [PLAIN, FULL], ids=["plain", "full"])
def test_each_drawing_of_a_sheet_has_its_words(tree):
    made = planned(tree)
    drawings = [a["/Alt"] for tag, a in structure(sheet_pdf(made, "letter")) if tag == "/Figure"]
    assert ["DataMatrix" in text for text in drawings] == [True]


def test_only_the_named_font_is_in_the_files_and_it_is_embedded():
    for pdf in all_papers(FULL):
        fonts = fonts_of(pdf)
        assert fonts
        assert all(fonts.values())
        assert {name.partition("+")[2].partition("-")[0] for name in fonts} == {"IBMPlexSans"}


def test_the_font_has_every_character_that_can_be_typed_or_is_printed():
    for name in ("IBMPlexSans[wdth,wght].ttf", "IBMPlexSans-Italic[wdth,wght].ttf"):
        known = set(TTFont(f"{FONTS}/{name}").getBestCmap())
        assert {character for character in limits.PRINTABLE if ord(character) not in known} == set()
        printed = {character for pdf in all_papers(FULL) for character in text_of_pdf(pdf)}
        assert {character for character in printed if ord(character) not in known} == set()


def test_no_micro_sign_stands_on_paper():
    tiny = {"dose": "0.05 mg", "quantity": 30, "acknowledgements": []}
    tiny["acknowledgements"] = [{"code": "dose_below_usual", "value": "0.05 mg", "reason": "prescriber_confirmed"}]
    for pdf in (pdf for tree in (tiny, FULL) for pdf in all_papers(tree)):
        assert not {"\u00b5", "\u03bc"} & set(text_of_pdf(pdf))
    assert "0.05 mg" in text_of_pdf(sheet_pdf(planned(tiny), "letter"))


NUMBER_AT_END = re.compile(r"\d(?:\.\.\.)?/?$")
UNIT_AT_START = re.compile(r"^/?(?:mg|mcg|g|mL|%|tablets?|capsules?|shells?|days)\b(?! \+)|^%")


def lines_of(page):
    """The pieces of text of a page in their order: (text, left, bottom, height)."""
    reader = page.get_textpage()
    for index in range(reader.count_rects()):
        left, bottom, right, top = reader.get_rect(index)
        text = one_line(reader.get_text_bounded(left, bottom, right, top))
        if text:
            yield text, left, bottom, top - bottom


@pytest.mark.parametrize("name", ORDERS)
def test_no_number_is_parted_from_its_unit(name):
    for page in pypdfium2.PdfDocument(sheet_pdf(planned(ORDERS[name]), "letter")):
        pieces = list(lines_of(page))
        for text, left, bottom, height in pieces:
            below = [
                other
                for other, there, base, _ in pieces
                if abs(there - left) < 2 and 0 < bottom - base < 2.2 * max(height, 8)
            ]
            if NUMBER_AT_END.search(text):
                assert not [other for other in below if UNIT_AT_START.search(other)], (text, below)


def test_labels_hold_what_a_label_must_say():
    for stock in STOCKS:
        text = text_of_pdf(label_pdf(planned(dated(FULL)), stock))
        for words in (
            *("Naltrexone HCl", "4.5 mg", "30 capsules", "by mouth", "Contains lactose", "Batch 2026-1123-04"),
            *("Discard after May 21, 2027", "68 to 77 °F (20 to 25 °C)", "Compounded drug. Rx only."),
            *("Patient", "Rx", "Filled", "Refills", "Prescriber", "Take", "Pharmacy", "Phone"),
            *("Blocks opioid pain medicines", "Keep out of reach of children."),
        ):
            assert squeezed(words) in squeezed(text), (stock, words)
        assert squeezed(text).count("Compoundeddrug") == (30 if stock == "30" else 1)
    large = squeezed(text_of_pdf(label_pdf(planned(dated(FULL)), "4x2")))
    for words in (
        "Tell all who treat you.",
        "Not naloxone: not for an overdose.",
        "Close tightly, protect from light,",
    ):
        assert squeezed(words) in large
    assert squeezed("immediate release") in large
    assert "RPh" in large


@pytest.mark.parametrize("stock", STOCKS)
def test_no_letter_of_a_label_is_smaller_than_six_points_or_outside_it(stock):
    for tree in (PLAIN, FULL, NAMED):
        if (
            tree is NAMED and stock == "30"
        ):  # while its date is the pharmacist's to set, a label so small does not hold it
            continue
        for page in pypdfium2.PdfDocument(label_pdf(planned(dated(tree)), stock)):
            reader = page.get_textpage()
            width, height = page.get_size()
            for index in range(reader.count_chars()):
                if pdfium.FPDFText_IsGenerated(reader, index):  # a space that the reader put in by itself
                    continue
                assert pdfium.FPDFText_GetFontSize(reader, index) >= 6 - 1e-6
                left, bottom, right, top = reader.get_charbox(index)
                assert left >= -1e-3
                assert bottom >= -1e-3
                assert right <= width + 1e-3
                assert top <= height + 1e-3


@pytest.mark.parametrize(("stock", "inches"), [("2.25x1.25", (2.25, 1.25)), ("4x2", (4, 2)), ("30", (8.5, 11))])
def test_labels_have_the_size_of_their_stock(stock, inches):
    (page,) = pypdfium2.PdfDocument(label_pdf(planned(dated(GOOD)), stock))
    assert page.get_size() == pytest.approx([72 * side for side in inches], abs=0.1)


def test_a_label_in_millimetres_has_them():
    (page,) = pypdfium2.PdfDocument(label_pdf(planned(dated(GOOD)), "62x29"))
    assert page.get_size() == pytest.approx([62 / 25.4 * 72, 29 / 25.4 * 72], abs=0.1)


@pytest.mark.parametrize("stock", ["2.25x1.25", "62x29", "30"])
def test_the_longest_texts_do_not_fit_a_small_label_and_are_never_cut(client, stock):
    named = {"drug": {"name": LONGEST}, "internal_number": LONGEST, **{k: v for k, v in NAMED.items() if k != "drug"}}
    with pytest.raises(DoesNotFit):
        label_pdf(planned(dated(named)), stock)
    refused = client.get("/label.pdf", query_string=urlencode([*as_query(dated(named)), ("label", stock)]))
    assert refused.status_code == 422
    ((_, text),) = page_faults(read_page(refused))
    assert "do not fit" in text
    assert "choose a larger one" in text


def test_the_longest_texts_fit_the_large_label_whole():
    named = {
        "drug": {"name": "w" * 40},
        "internal_number": "n" * 40,
        **{k: NAMED[k] for k in ("dose", "quantity", "source")},
    }
    text = squeezed(text_of_pdf(label_pdf(planned(dated(named)), "4x2")))
    assert "w" * 40 in text
    assert "n" * 40 in text


def test_a_label_of_what_is_not_released_says_so():
    for stock in STOCKS:
        assert "NOT RELEASED" in text_of_pdf(label_pdf(planned(dated(PLAIN)), stock))
        assert "RELEASED" not in text_of_pdf(label_pdf(planned(dated(FULL)), stock))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("tree", [PLAIN, FULL, YES], ids=["plain", "full", "yes"])
def test_the_leaflet_is_one_page_of_everything_in_the_drugs_file(tree, paper):
    made = planned(tree)
    (text,) = pages_of(leaflet_pdf(made, paper))
    for part in made.drug.leaflet:
        for line in (part.title, *part.lines, *(ref.strip() for ref in part.reference.split(";"))):
            assert squeezed(line) in squeezed(text), line
    assert "Each capsule holds 4.5 mg of naltrexone hydrochloride." in text
    assert "immediate release" in text


def test_a_drug_without_a_file_has_no_leaflet(client):
    with pytest.raises(NoLeaflet):
        leaflet_pdf(planned(NAMED), "letter")
    refused = client.get("/leaflet.pdf", query_string=urlencode(as_query(NAMED)))
    assert refused.status_code == 422
    assert page_faults(read_page(refused))[0][0] == "drug"


def test_the_same_order_gives_the_same_bytes_in_any_thread():
    made = planned(FULL)
    makers = [lambda: sheet_pdf(made, "letter"), lambda: label_pdf(made, "4x2"), lambda: leaflet_pdf(made, "a4")]
    for make in makers:
        with ThreadPoolExecutor(10) as pool:
            assert len(set(pool.map(lambda _, make=make: make(), range(10)))) == 1


def test_ten_sheets_at_once_are_each_their_own():
    trees = [changed(GOOD, {"internal_number": f"batch {number}", "dose": f"4.{number} mg"}) for number in range(10)]

    def portion(tree):
        made = planned(tree)
        text = text_of_pdf(sheet_pdf(made, "letter"))
        return f"Batch {tree['internal_number']}" in text and answer(made)["plan"]["portion"]["text"] in text

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(portion, trees)) == [True] * 10


PDFS = ("/sheet.pdf", "/label.pdf", "/leaflet.pdf")


@pytest.mark.parametrize("path", PDFS)
def test_a_paper_is_a_pdf_with_a_name_of_ours(client, path):
    got = client.get(path, query_string=urlencode(as_query(FULL)))
    assert got.status_code == 200
    assert got.content_type == "application/pdf"
    assert got.data.startswith(b"%PDF-")
    assert re.fullmatch(r'inline; filename="[a-z-]+\.pdf"', got.headers["Content-Disposition"])
    assert got.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", PDFS)
@pytest.mark.parametrize(
    "changes",
    [
        {"dose": "450 mg"}, {"dose": "4,5 mg"}, {"source.release": "extended"}, {"internal_number": "\u061c1-2 mg"},
        {"internal_number": "\u202e2"}, {"source.lot": "a\u0000b"}, {"source.maker": "\u4e2d\u836f"},
        {"source.maker": "\U0001f600"}, {"source.lot": "5 \u00b5g"}, {"source.lot": "x" * 41},
    ],
    ids=repr,
)  # fmt: skip
def test_there_is_no_paper_of_what_is_refused(client, path, changes):
    refused = client.get(path, query_string=urlencode(as_query(changed(GOOD, changes))))
    assert refused.status_code == 422
    assert_no_result_page(refused)
    assert page_faults(read_page(refused))


@pytest.mark.parametrize(
    ("path", "more"),
    [("/sheet.pdf", {"paper": "a5"}), ("/label.pdf", {"label": "9x9"}), ("/leaflet.pdf", {"paper": "../x"})],
)
def test_a_paper_that_is_not_known_is_a_fault(client, path, more):
    refused = client.get(path, query_string=urlencode([*as_query(GOOD), *more.items()]))
    assert refused.status_code == 422
    assert "is not one of the choices" in page_faults(read_page(refused))[0][1]


def test_a_paper_named_twice_is_a_fault_and_on_the_page_no_field_at_all(client):
    twice = client.get("/sheet.pdf", query_string=urlencode([*as_query(GOOD), ("paper", "a4"), ("paper", "letter")]))
    assert twice.status_code == 422
    assert client.get("/", query_string=urlencode([*as_query(GOOD), ("paper", "a4")])).status_code == 422


def test_a_sheet_of_weighed_tablets_is_dated_before_it_is_printed(client):
    weighed = changed(GOOD, {"prepared_on": None, "source.weighed_on": None})
    moved = client.get("/sheet.pdf", query_string=urlencode([*as_query(weighed), ("paper", "a4")]))
    assert moved.status_code == 303
    assert {"prepared_on=", "source-weighed_on=", "paper=a4"} <= set(re.findall(r"[\w-]+=(?:a4)?", moved.location))
    assert client.get(moved.location).content_type == "application/pdf"


def test_the_page_of_a_plan_leads_to_each_paper(client):
    page = read_page(client.get("/", query_string=urlencode(as_query(FULL))))
    links = [link["href"] for link in page.select(".papers a")]
    assert len(links) == 3 * len(PAPERS) + len(STOCKS)
    assert sum(link.endswith("&annex=yes") for link in links) == len(PAPERS)
    for link in links:
        assert "prepared_on=" in link
        assert client.get(link).content_type == "application/pdf"


@pytest.mark.parametrize(
    "text",
    [
        "<link href='file:///etc/passwd'>",
        "</style><style>*{}</style>",
        "#panic(1) $x^2$ *b* _i_",
        '#read("/etc/passwd")',
    ],
)
def test_what_is_typed_is_printed_as_text(text):
    pdf = sheet_pdf(planned(changed(GOOD, {"source.lot": text, "internal_number": text})), "letter")
    assert squeezed(text) in squeezed(text_of_pdf(pdf))
    document = pikepdf.open(io.BytesIO(pdf))
    assert not document.attachments
    assert not [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/URI" in item]


def test_text_with_accents_is_printed_right():
    typed = "Pharmacie Bérgère Łódź"
    decomposed = "Pharmacie Be\u0301rge\u0300re Łódź"
    text = text_of_pdf(sheet_pdf(planned(changed(GOOD, {"source.maker": decomposed})), "letter"))
    assert squeezed(typed) in squeezed(text)


def test_printed_again_a_sheet_is_the_same():
    assert sheet_pdf(planned(FULL), "letter") == sheet_pdf(planned(FULL), "letter")


def test_the_date_on_a_sheet_is_the_orders_and_no_clock_is_read():
    pdf = sheet_pdf(planned(FULL), "letter")
    document = pikepdf.open(io.BytesIO(pdf))
    assert str(document.docinfo["/CreationDate"]).startswith("D:20261123")
    assert sheet_content(planned(FULL), "letter")["made_on"] == "2026-11-23"


def test_what_must_be_known_first_is_one_line_each_and_none_lies_over_another():
    reasons = [
        {"code": "dose_above_usual", "value": "7 mg", "reason": "prescriber_confirmed"},
        {"code": "opioids_yes", "value": "yes", "reason": "opioid_free_interval_kept"},
        {"code": "strength_not_in_drug_file", "value": "25 mg", "reason": "prescriber_confirmed"},
    ]
    tree = {"dose": "7 mg", "quantity": 30, "source": {"strength": "25 mg"}, "screening": {"opioids": "yes"}}
    made = planned({**tree, "acknowledgements": reasons})
    states = sheet_content(made, "a4")["states"]
    assert len(states) == 4
    for page in pypdfium2.PdfDocument(sheet_pdf(made, "a4")):
        at = [bottom for text, _, bottom, _ in lines_of(page) for state in states if text == state]
        assert len(at) == len(states)
        assert all(above - below >= 14 for above, below in pairwise(at))
