"""Answers on one patient: in no digest of a request and in no form of a batch, and compared when one is sent again."""

import pytest

from calc.web.record.writing import digest
from tests.support.batches import ORDER, controls, made, opened, signed, state_of
from tests.support.record import post

OVERRIDDEN = (
    "screening-opioids=no&screening-liver_disease=yes&acknowledgements-0-code=liver_disease_yes"
    "&acknowledgements-0-value=yes&acknowledgements-0-reason=prescriber_confirmed"
)


def test_no_answer_can_be_guessed_from_the_digest_of_a_request(shop):
    def digest_of(**fields):
        with shop.app.test_request_context("/record/batches/26-000001/dispense", method="POST", data=fields):
            return digest()

    of_ten = digest_of(amount="10")
    patient = {"answers-opioids": "yes", "override": "prescriber_confirmed", "reference": "RX-1", "patient": "x"}
    assert digest_of(amount="10", **patient) == of_ten
    assert digest_of(amount="10", override="prescriber_confirmed") != of_ten  # of a step at the bench
    assert digest_of(amount="20") != of_ten


@pytest.mark.parametrize("answers", ["screening-opioids=no&screening-liver_disease=no", OVERRIDDEN])
def test_a_batch_is_opened_by_a_form_without_the_answers_of_its_plan(shop, answers):
    window = shop.window("c1")
    plain, asked = (controls(window.get(f"/record/batches/new?{query}")) for query in (ORDER, f"{ORDER}&{answers}"))
    assert {**asked, "request": ""} == {**plain, "request": ""}
    assert post(window, "/record/batches/new", asked).headers["Location"].startswith("/record/batches/2")


def test_a_second_dispensing_sent_again_with_other_answers_is_not_taken_for_a_repeat(record):
    """Thirty are made, five given out for the first and ten for the second."""
    window = record.window("p1")
    number = made(record.window("c1"), window, record)
    page = f"/record/batches/{number}/dispense"
    typed = {"containers": "1", "reference": "RX-A", **signed("p1", "Pharmacist One")}
    assert post(window, page, {**controls(window.get(page)), **typed, "amount": "5"}).status_code == 303
    answers = {"answers-opioids": "no", "answers-liver_disease": "no"}
    second = {**controls(window.get(page)), **typed, "amount": "10", **answers}
    assert post(window, page, second).status_code == 303
    assert post(window, page, second).status_code == 303
    for other in ({"answers-opioids": "yes", "override": "prescriber_confirmed"}, {"answers-opioids": ""}):
        answer = post(window, page, {**second, **other})
        assert answer.status_code == 422
        assert "sent before with something else" in answer.text
    assert len(record.events("batch.dispensed")) == 2
    assert state_of(record, number).on_hand.value == 15


def test_a_reason_at_the_bench_is_kept_on_a_locked_screen_and_one_for_an_answer_is_not(record):
    window = record.window("c1")
    page = f"/record/batches/{opened(window)}"
    form = controls(window.get(page), "StepsForm")
    record.clock.on(minutes=6)
    for answers, kept in ({}, True), ({"answers-opioids": "yes"}, False):
        post(window, f"{page}/record", {**form, "override": "scale_verified", **answers})
        files = b"".join(path.read_bytes() for path in record.folder.iterdir() if path.is_file())
        assert (b"scale_verified" in files) == kept
