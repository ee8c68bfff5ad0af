"""Screening belongs to a drug's file (A10): its questions, what a yes does, and answers to what is not asked."""

import re
from datetime import date

import pytest

from calc.answers.fingerprint import without_silent_names
from calc.capsule.order import Order
from calc.capsule.papers import sheet_content
from calc.capsule.planning import plan
from calc.capsule.sheet import sheet
from calc.faults import Refused
from calc.library import HERE, BadFile, load
from tests.support.client import PLAN, make_client

CLIENT = make_client()
LIBRARY = load()
OTHER = {"drug": {"name": "minoxidil"}, "dose": "0.625 mg", "quantity": 30, "source": {"strength": "2.5 mg"}}


@pytest.mark.parametrize("code", ["opioids", "liver_disease", "pregnancy"])
@pytest.mark.parametrize("answer", ["yes", "no"])
def test_an_answer_to_another_drugs_question_is_a_fault(code, answer):
    (fault,) = CLIENT.post(PLAN, json={**OTHER, "screening": {code: answer}}).get_json()["faults"]
    assert (fault["code"], fault["field"]) == ("no_such_question", f"screening.{code}")


def test_not_asked_says_nothing_and_is_dropped():
    plain = CLIENT.post(PLAN, json=OTHER).get_json()
    unasked = CLIENT.post(PLAN, json={**OTHER, "screening": {"opioids": "not asked", "x": None}}).get_json()
    assert unasked["order"]["screening"] == {}
    assert (unasked["plan"], unasked["fingerprint"]) == (plain["plan"], plain["fingerprint"])


def test_a_fingerprint_holds_both_questions_of_scheme_1_for_every_drug():
    """Both stood in the order of every drug when papers were first printed; the recorded answers hold the digests."""
    understood = Order.read({**OTHER, "prepared_on": "2026-11-29"}, LIBRARY).understood()
    assert understood["screening"] == {}
    hashed = without_silent_names(understood)["screening"]
    assert hashed == {"opioids": "not asked", "liver_disease": "not asked"}


def test_answers_stand_in_the_order_of_the_questions():
    naltrexone = Order.read({"dose": "4.5 mg", "quantity": 30}, LIBRARY, today=date(2026, 11, 29))
    assert list(naltrexone.understood()["screening"]) == ["opioids", "liver_disease"]
    turned = {"dose": "4.5 mg", "quantity": 30, "screening": {"liver_disease": "no"}}
    assert Order.read(turned, LIBRARY, today=date(2026, 11, 29)).understood()["screening"] == {
        "opioids": "not asked",
        "liver_disease": "no",
    }


@pytest.fixture
def with_another_drug(tmp_path):
    """A library with a second drug, which asks one question of its own."""
    for name in ("naltrexone",):
        text = (HERE / "drugs" / f"{name}.toml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    other = text.replace('name = "naltrexone"', 'name = "drug b"').replace("also_called = [", "also_called = []\nx = [")
    other = re.sub(r"^x = .*\n", "", other, flags=re.MULTILINE)
    before, _, rest = other.partition("[[screening]]")
    after = rest[rest.index("[[studies]]") :]
    question = """[[screening]]
code = "gout"
question = "Gout?"
stop = "liver_disease_yes"
yes = "Drug b brings on gout."
asks_for = "Last attack"
detail = "Speak with the prescriber."

"""
    (tmp_path / "drug_b.toml").write_text(before + question + after, encoding="utf-8")
    return tmp_path


def test_questions_and_what_a_yes_does_come_from_the_drugs_file(with_another_drug):
    library = load(with_another_drug)
    order = {"drug": "drug_b", "dose": "4.5 mg", "quantity": 30, "prepared_on": "2026-11-29"}
    made = plan(Order.read(order, library), library)
    assert made.order.understood()["screening"] == {"gout": "not asked"}
    shown = sheet(made)
    assert shown.not_released == "Not released until the question is answered"
    (question,) = shown.questions
    assert (question.question, question.open) == ("Gout?", True)
    assert "Yes, last attack: ___" in question.paper
    (printed,) = sheet_content(made, "letter")["questions"]
    assert printed["asks_for"] == "Last attack:"
    with pytest.raises(Refused) as refused:
        plan(Order.read({**order, "screening": {"gout": "yes"}}, library), library)
    (stop,) = refused.value.stops
    assert (stop.code, stop.field, stop.value) == ("liver_disease_yes", "screening.gout", "yes")
    with pytest.raises(Refused) as refused:
        Order.read({**order, "screening": {"opioids": "yes"}}, library)
    assert [(fault.code, fault.field) for fault in refused.value.faults] == [("no_such_question", "screening.opioids")]


def test_a_yes_that_no_reason_could_pass_stops_the_start(with_another_drug):
    path = with_another_drug / "drug_b.toml"
    text = path.read_text(encoding="utf-8").replace('stop = "liver_disease_yes"', 'stop = "expired"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFile, match="a yes needs a stop that a reason can override"):
        load(with_another_drug)


def test_the_page_asks_only_what_is_asked_of_the_drug():
    naltrexone = CLIENT.get("/").get_data(as_text=True)
    assert "Any opioid in the last 14 days?" in naltrexone
    query = "drug-name=minoxidil&dose=0.625&dose_unit=mg&quantity=30&source-strength=2.5&source-strength_unit=mg"
    other = CLIENT.get(f"/?{query}&prepared_on=2026-11-29").get_data(as_text=True)
    assert "screening-" not in other
    answered = CLIENT.get(f"/?{query}&prepared_on=2026-11-29&screening-opioids=yes")
    assert answered.status_code == 422
    assert 'id="screening-opioids' in answered.get_data(as_text=True)
