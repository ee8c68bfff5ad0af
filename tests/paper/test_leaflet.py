"""The patient's leaflet is plain: its reading grade, measured by a library, is 8 or less; and it says what it must."""

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from calc.capsule.papers import leaflet_content, leaflet_pdf
from calc.paper.pharmacy import Pharmacy
from tests.paper.test_papers import FULL, PLAIN
from tests.support.papers import library, pages_of, planned


def sentences(tree):
    """All that the patient reads, headings and sources left out, one sentence after another."""
    made = planned(tree)
    content = leaflet_content(made, made.drug, "letter")
    parts = [content["grave"], *content["practice"], *content["warnings"]]
    return " ".join([*content["intro"], *(line for part in parts for line in part["lines"])])


@pytest.mark.filterwarnings("ignore")  # of the library that measures
@pytest.mark.parametrize("tree", [PLAIN, FULL], ids=["plain", "full"])
def test_its_reading_grade_is_at_most_eight(tree):
    import textstat

    text = sentences(tree)
    grades = {
        "Flesch-Kincaid": textstat.flesch_kincaid_grade(text),
        "automated readability": textstat.automated_readability_index(text),
        "Coleman-Liau": textstat.coleman_liau_index(text),
    }
    print(grades)
    assert all(grade <= 8 for grade in grades.values()), grades


@pytest.mark.parametrize(
    "facts",
    [
        ("blocks opioid pain medicines", "come off it first", "7 to 10 days", "up to 2 weeks"),
        ("50 to 100 mg a day", "4.5 mg has not seemed", "acute hepatitis", "liver disease"),
        ("immediate release", "let the drug out at once"),
        ("may help", "Large studies", "no one can say yet"),
        ("feel sick", "strange dreams", "Low mood"),
        ("Naloxone is the one that helps in an opioid overdose", "Naltrexone is not for that"),
        ("20 to 25 °C", "protect them from light", "out of reach of children"),
        ("surgery", "Tell the team"),
    ],
)
def test_it_says_what_a_patient_must_know(facts):
    text = sentences(FULL)
    assert all(fact in text for fact in facts)


def test_each_part_names_its_source():
    assert all(part.reference for drug in library().drugs.values() for part in drug.leaflet)


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_its_gravest_warning_stands_first_white_on_black_and_all_of_it_is_on_one_page(paper):
    pdf = leaflet_pdf(planned(FULL), paper)
    (text,) = pages_of(pdf)
    places = [text.index(title) for title in ("Opioid pain medicines", "How to take them", "Your liver")]
    assert places == sorted(places)
    page = pypdfium2.PdfDocument(pdf)[0]
    reader, height = page.get_textpage(), page.get_size()[1]
    at = reader.search("Opioid pain medicines").get_next()[0]
    left, _, _, top = reader.get_charbox(at)
    picture = page.render(scale=4, grayscale=True).to_pil()
    assert picture.getpixel((int(4 * left) - 2, int(4 * (height - top)) - 2)) == 0
    at = reader.search("Your liver").get_next()[0]
    left, _, _, top = reader.get_charbox(at)
    assert picture.getpixel((int(4 * left) - 2, int(4 * (height - top)) - 2)) == 255


def test_no_letter_of_it_is_smaller_than_nine_points_but_those_of_the_sources():
    for tree in (PLAIN, FULL):
        reader = pypdfium2.PdfDocument(leaflet_pdf(planned(tree), "letter"))[0].get_textpage()
        end = reader.search("Where this comes from").get_next()[0]
        sizes = [pdfium.FPDFText_GetFontSize(reader, index) for index in range(end)]
        assert min(size for size in sizes if size > 1) >= 9


def test_the_pharmacy_of_the_settings_stands_on_it():
    ours = Pharmacy("Example Pharmacy", "", "(555) 555-0100")
    (text,) = pages_of(leaflet_pdf(planned(PLAIN), "letter", ours))
    assert "Example Pharmacy, (555) 555-0100" in text
    assert "Pharmacy and phone:" not in text
    assert "Pharmacy and phone:" in pages_of(leaflet_pdf(planned(PLAIN), "letter"))[0]
