"""The pages of what was found to leave a batch wrongly: a second patient's questions."""

from tests.support.batches import made, send, signed, state_of
from tests.support.checked_client import soup

PHARMACIST = ("p1", "Pharmacist One")


def test_the_page_of_a_second_dispensing_asks_the_questions(shop):
    maker, checker = shop.window("c1"), shop.window("p1")
    number = made(maker, checker, release=shop)
    address = f"/record/batches/{number}/dispense"
    typed = {"amount": "10", "containers": "1", "reference": "RX-1", **signed(*PHARMACIST)}
    assert not soup(checker.get(address)).select("[name^=answers-]")
    assert send(checker, address, typed).status_code == 303
    assert len(soup(checker.get(address)).select("input[type=radio][name^=answers-]")) == 4
    refused = send(checker, address, typed)
    assert refused.status_code == 422
    assert soup(refused).find(class_="error") is not None
    assert state_of(shop, number).on_hand.numerator == 20
    answers = {"answers-opioids": "no", "answers-liver_disease": "no"}
    assert send(checker, address, {**typed, **answers}).status_code == 303
    assert state_of(shop, number).on_hand.numerator == 10
