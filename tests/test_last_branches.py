"""What no order and no file of ours leads to, tried by itself: parts left out of a page, markup, a guard."""

from dataclasses import replace
from datetime import date

import pytest

from calc.capsule.order import Order
from calc.capsule.planning import plan
from calc.checks.from_order import printed_fill
from calc.handbook.drugs import drug_page
from calc.handbook.evidence import blocks
from calc.library import load
from calc.wording import handbook as words
from calc.wording.checks import check_label
from tests.doors import GOOD

LIBRARY = load()


def words_of(page):
    return str(page)


@pytest.mark.parametrize(("field", "title"), [("also_called", words.ALSO), ("confused_with", words.CONFUSED)])
def test_a_page_of_a_drug_leaves_out_the_names_that_its_file_does_not_have(field, title):
    drug = LIBRARY.drugs["naltrexone"]
    assert title in words_of(drug_page(drug))
    without = words_of(drug_page(drug.model_copy(update={field: ()})))
    assert title not in without
    assert ({words.ALSO, words.CONFUSED} - {title}).pop() in without


def test_a_document_may_begin_with_strong_words():
    (said,) = blocks("**first** of all\n")
    assert "first" in words_of(said)


def test_a_field_of_the_order_of_a_check_has_the_name_that_it_has_on_an_order():
    assert check_label("order.quantity") == "Number of capsules"


def test_a_plan_that_does_not_know_its_fill_has_none_to_be_weighed_against():
    made = plan(Order.read(GOOD, LIBRARY, today=date(2026, 11, 23)), LIBRARY)
    assert printed_fill(made) == "137.6 mg"
    with pytest.raises(TypeError, match="knows the fill"):
        printed_fill(replace(made, fill=made.fill._replace(fill_mass=None)))
