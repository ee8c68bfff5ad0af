"""Numbers and doses in words, against a list written by hand and against reading the words back."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.arithmetic.units import CAPSULE, MCG, MG, Figure, G, figure
from calc.wording.spelled_out import count_in_words, mass_in_words, order_in_words

BY_HAND = {
    0: "zero", 1: "one", 10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen", 15: "fifteen", 18: "eighteen",
    19: "nineteen", 20: "twenty", 21: "twenty-one", 30: "thirty", 33: "thirty-three", 40: "forty", 58: "fifty-eight",
    90: "ninety", 99: "ninety-nine", 100: "one hundred", 101: "one hundred and one", 110: "one hundred and ten",
    119: "one hundred and nineteen", 120: "one hundred and twenty", 365: "three hundred and sixty-five",
    999: "nine hundred and ninety-nine", 1000: "one thousand", 1001: "one thousand and one",
    1100: "one thousand one hundred", 1234: "one thousand two hundred and thirty-four", 2000: "two thousand",
    10_000: "ten thousand", 100_000: "one hundred thousand", 1_000_000: "one million",
    9_999_999: "nine million nine hundred and ninety-nine thousand nine hundred and ninety-nine",
}  # fmt: skip
DOSES = {
    ("4.5", MG): "four point five milligrams",
    ("45", MG): "forty-five milligrams",
    ("0.5", MG): "zero point five milligrams",
    ("0.05", MG): "zero point zero five milligrams",
    ("50", MCG): "fifty micrograms",
    ("1", MG): "one milligram",
    ("1", MCG): "one microgram",
    ("1", G): "one gram",
    ("1.25", G): "one point two five grams",
    ("10.01", MG): "ten point zero one milligrams",
}
VALUES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip


def read_back(words):
    """The number that the words say, by a list of their own."""
    whole, part = 0, 0
    for word in words.replace("-", " ").split():
        if word in VALUES:
            part += VALUES[word]
        elif word == "hundred":
            part *= 100
        elif word in {"thousand", "million"}:
            whole, part = whole + part * (1000 if word == "thousand" else 1_000_000), 0
    return whole + part


@pytest.mark.parametrize(("count", "words"), BY_HAND.items())
def test_counts_as_a_person_writes_them(count, words):
    assert count_in_words(count) == words


def test_every_quantity_of_an_order_reads_back_as_itself_and_no_two_are_alike():
    said = [count_in_words(count) for count in range(2001)]
    assert [read_back(words) for words in said] == list(range(2001))
    assert len(set(said)) == len(said)


@given(st.integers(0, 9_999_999))
def test_every_number_that_can_be_typed_reads_back_as_itself(count):
    assert read_back(count_in_words(count)) == count


@pytest.mark.parametrize("count", [-1, 10_000_000])
def test_no_other_number_is_said(count):
    with pytest.raises(ValueError, match=str(count)):
        count_in_words(count)


@pytest.mark.parametrize(("typed", "words"), DOSES.items())
def test_doses_as_a_person_says_them(typed, words):
    assert mass_in_words(figure(*typed)) == words


def test_a_mass_that_was_not_typed_is_not_said():
    with pytest.raises(ValueError, match=r"Fraction\(1, 3\)"):
        mass_in_words(Figure(Fraction(1, 3), MG))
    with pytest.raises(ValueError, match="capsule"):
        mass_in_words(figure(3, CAPSULE))


def test_an_order_is_said_whole():
    assert order_in_words(30, figure("4.5", MG)) == "Thirty capsules, each four point five milligrams"
    assert order_in_words(1, figure("4.5", MG)) == "One capsule, four point five milligrams"
