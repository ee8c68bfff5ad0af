"""The name of a drug without a file: words that forbid crushing, and names a slip away from a known one.

The words and the number of slips are those of the issue (A11, A12); distances were counted by hand.
"""

import pytest

from calc.library import load
from calc.reading.spelling import slips_between, words_of
from tests.support.client import PLAN, make_client

CLIENT = make_client()
LIBRARY = load()


def said(name, **more):
    order = {"drug": {"name": name}, "dose": "5 mg", "quantity": 30, "source": {"strength": "25 mg"}, **more}
    return CLIENT.post(PLAN, json=order).get_json()


def stops(name, **more):
    body = said(name, **more)
    return [(stop["code"], stop["severity"], stop["field"], stop["value"]) for stop in body.get("stops", ())]


@pytest.mark.parametrize(
    "word",
    [
        *(
            "ER",
            "XR",
            "SR",
            "CR",
            "LA",
            "XL",
            "XT",
            "SA",
            "CD",
            "CC",
            "TR",
            "TD",
            "MR",
            "PA",
            "er",
            "24 hour",
            "12-hour",
        ),
        *("24 hours", "12 h", "24hr", "extended release", "prolonged-release", "sustained", "controlled", "modified"),
        *("slow", "Oros", "OROS", "Contin", "Retard", "retardtabletten", "E.R.", "X.L"),
    ],
)
def test_a_word_for_extended_release_is_a_hard_stop(word):
    name = f"metoprolol {word}"
    assert stops(name) == [("extended_release", "hard", "drug.name", name)]


@pytest.mark.parametrize("name", ["ToprolXL", "OxyContin", "Slow-K", "Procardia CC", "XL metoprolol"])
def test_a_brand_that_ends_or_begins_with_it_is_stopped_too(name):
    assert stops(name) == [("extended_release", "hard", "drug.name", name)]


@pytest.mark.parametrize("word", ["EC", "DR", "dr", "delayed", "enteric", "gastro-resistant", "Gastroresistant"])
def test_a_word_for_delayed_release_is_a_hard_stop(word):
    name = f"aspirin {word}"
    assert stops(name) == [("delayed_release", "hard", "drug.name", name)]


@pytest.mark.parametrize(
    "word", ["ODT", "orally disintegrating", "sugar-coated", "coated", "softgel", "soft gels", "liquid-filled"]
)
def test_a_form_that_is_usually_not_crushed_needs_a_reason(word):
    name = f"drug A {word}"
    assert stops(name) == [("form_not_crushed", "soft", "drug.name", name)]
    reason = {"code": "form_not_crushed", "value": name, "reason": "label_checked"}
    assert "plan" in said(name, acknowledgements=[reason])


def test_an_enteric_coat_is_both():
    assert {code for code, *_ in stops("aspirin enteric-coated")} == {"delayed_release", "form_not_crushed"}


@pytest.mark.parametrize(
    "name",
    [
        *("drug A film-coated", "film coated drug A", "Dr. Smith's drug A", "Mr. Miller's drug A", "minoxidil"),
        *(
            "prednisolone",
            "carvedilol 24",
            "captopril",
            "sertraline",
            "cerebral",
            "continuous",
            "drug A 12",
            "slowness",
        ),
        *("Landeracre", "chlordiazepoxide", "spironolactone", "hydrocortisone", "levothyroxine sodium", "baclofen"),
    ],
)
def test_other_names_are_not_stopped(name):
    """A film coat is crushed with its tablet, a doctor is no release, and letters within a word say nothing."""
    assert stops(name) == []


@pytest.mark.parametrize(
    "name",
    [
        *("naltrexome", "naltrexoen", "naltrexonum", "Naltrexome HCl 50 mg", "nal trexone", "maltrexone", "naltexone"),
        *("altrexone", "anltrexone", "naltrexxone", "naltrexoone 4.5", "nlatrexoen", "contave", "vivitrrol", "deapde"),
        *("revai", "reviax", "LDM", "LND"),
    ],
)
def test_a_name_a_slip_from_a_known_one_asks_which_is_meant(name):
    (stop,) = said(name)["stops"]
    assert (stop["code"], stop["severity"], stop["field"]) == ("drug_misspelled", "soft", "drug.name")
    assert (stop["value"], stop["reasons"]) == (name, ["label_checked", "prescriber_confirmed"])
    assert "Is naltrexone meant?" in stop["text"]
    reason = {"code": "drug_misspelled", "value": name, "reason": "label_checked"}
    assert "plan" in said(name, acknowledgements=[reason])


@pytest.mark.parametrize("name", ["nalterxoen acid", "natrexonne"])
def test_two_slips_are_told_in_a_long_name(name):
    assert [code for code, *_ in stops(name)] == ["drug_misspelled"]


@pytest.mark.parametrize("name", ["retrexones", "nltrxn", "rvai", "repiax", "depfdf"])
def test_three_slips_and_two_in_a_short_name_are_another_name(name):
    assert stops(name) == []


@pytest.mark.parametrize("name", sorted(LIBRARY.official_names - {"naloxone"}))
def test_another_official_name_is_never_a_slip(name):
    """Methylnaltrexone holds the name of naltrexone, and nalmexone is two slips away from it."""
    body = said(name)
    assert not {"faults", "stops"} & set(body)
    assert "no_drug_file" in {notice["code"] for notice in body["plan"]["notices"]}


@pytest.mark.parametrize("name", ["naloxone", "Naloxone HCl", "naloxome", "naloxoen"])
def test_naloxone_and_its_slips_have_the_stop_of_a_confused_name(name):
    """Naloxone is two slips from "naltroxone", which people write for naltrexone."""
    assert stops(name) == [("drug_easily_confused", "soft", "drug.name", name)]


def test_the_words_and_the_distance_by_hand():
    assert words_of("Metoprolol E.R. 25 mg") == ["metoprolol", "er", "25", "mg"]
    assert words_of("dr. A's x") == ["a", "s", "x"]
    assert slips_between("abc", "abc", 2) == 0
    assert slips_between("acb", "abc", 2) == 1  # two swapped
    assert slips_between("abxc", "abc", 2) == 1  # one added
    assert slips_between("ac", "abc", 2) == 1  # one lost
    assert slips_between("axc", "abc", 2) == 1  # one changed
    assert slips_between("bca", "abc", 2) == 2
    assert slips_between("xyz", "abc", 2) is None
    assert slips_between("", "abc", 2) is None


def test_bulk_powder_and_liquids_ask_the_same():
    powder = {"source": {"kind": "powder", "assay": "98 %"}}
    assert [code for code, *_ in stops("metoprolol ER", **powder)] == ["extended_release"]
    liquid = {"preparation": "liquid", "strength": "5 mg", "volume": "100 mL", "vehicle": {"name": "syrup"}}
    order = {"drug": {"name": "naltrexome"}, "dose": "5 mg", "source": {"strength": "25 mg"}, **liquid}
    (stop,) = CLIENT.post(PLAN, json=order).get_json()["stops"]
    assert stop["code"] == "drug_misspelled"
