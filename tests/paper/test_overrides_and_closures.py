"""Overrides name who confirmed (A23); controlled substances are called so, and closures are child-resistant (A25)."""

from dataclasses import replace
from datetime import date

import pytest

from calc.capsule.order import Order
from calc.capsule.papers import label_content, sheet_content, sheet_pdf
from calc.capsule.planning import plan
from calc.drug import Drug
from calc.library import load
from calc.paper.label import STOCKS
from calc.service.answering import answer_to
from tests.support.client import make_client
from tests.support.orders import dated
from tests.support.pages import plain_text
from tests.support.papers import squeezed, text_of_pdf
from tests.support.queries import as_query

CLIENT = make_client()
LIBRARY = load()
PLAIN = {"dose": "4.5 mg", "quantity": 30, "prepared_on": "2026-11-29"}
OVER = {"code": "dose_above_usual", "value": "7 mg", "reason": "prescriber_confirmed"}
YES = {"code": "opioids_yes", "value": "yes", "reason": "opioid_free_interval_kept"}
PASSED = {**PLAIN, "dose": "7 mg", "screening": {"opioids": "yes"}, "acknowledgements": [OVER, YES]}


def made(tree, library=LIBRARY):
    return plan(Order.read(tree, library), library)


def printed(tree):
    return squeezed(text_of_pdf(sheet_pdf(made(tree), "letter")))


def test_each_override_has_a_line_for_who_when_and_how():
    assert printed(PASSED).count(squeezed("how (by phone, in writing):")) == 2
    assert squeezed("Confirmed by") not in printed(PLAIN)
    page = plain_text(CLIENT.get("/", query_string=as_query(PASSED)))
    assert page.count("Confirmed by ___") == 2


def test_the_release_is_held_until_the_overrides_are_signed():
    assert squeezed("Not released: override unsigned") in printed(PASSED)
    assert squeezed("override unsigned") not in printed(PLAIN)


def controlled(schedule):
    """The library, were naltrexone a controlled substance."""
    drug = LIBRARY.drugs["naltrexone"]
    return replace(LIBRARY, drugs={"naltrexone": drug.model_copy(update={"controlled_schedule": schedule})})


def test_a_controlled_substance_is_called_so_everywhere():
    said = "Controlled substance, schedule IV"
    library = controlled("IV")
    of_it, of_none = made(PLAIN, library), made(PLAIN)
    assert said in sheet_content(of_it, "letter")["states"]
    assert f"{said}." in label_content(made(dated(PLAIN), library), "4x2")["lines"]["handling"]
    assert said not in str(sheet_content(of_none, "letter"))
    answer = answer_to(PLAIN, library, date(2026, 11, 29))
    assert answer["plan"]["controlled_schedule"] == "IV"
    plain = answer_to(PLAIN, LIBRARY, date(2026, 11, 29))
    assert plain["plan"]["controlled_schedule"] is None
    assert answer["fingerprint"] == plain["fingerprint"]


@pytest.mark.parametrize("stock", STOCKS)
def test_a_child_resistant_closure_is_laid_out_and_labels_warn(stock):
    label = CLIENT.get("/label.pdf", query_string=[*as_query(dated(PLAIN)), ("label", stock)])
    assert label.status_code == 200
    said = squeezed(text_of_pdf(label.data))
    assert squeezed("Keep out of reach of children.") in said
    assert (squeezed("Child-resistant.") in said) is (stock == "4x2")
    assert squeezed("Into a tight, light-resistant container, child-resistant.") in printed(PLAIN)


def test_a_schedule_that_does_not_exist_is_refused():
    content = LIBRARY.drugs["naltrexone"].model_dump()
    with pytest.raises(ValueError, match="controlled_schedule"):
        Drug.model_validate({**content, "controlled_schedule": "VI"})
