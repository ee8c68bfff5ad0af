"""The patient's leaflet is plain: its reading grade, measured by a library, is 8 or less; and it says what it must."""

import pytest

from calc.capsule.papers import leaflet_content
from tests.paper.test_papers import FULL, PLAIN
from tests.support.papers import library, planned


def sentences(tree):
    """All that the patient reads, headings and sources left out, one sentence after another."""
    made = planned(tree)
    content = leaflet_content(made, made.drug, "letter")
    return " ".join([*content["intro"], *(line for part in content["sections"] for line in part["lines"])])


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
