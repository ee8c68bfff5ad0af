"""The start page, and what leaves a batch: a second patient's questions, and what is kept of them."""

from calc.record.envelope import Draft
from calc.record.streams import SITE
from calc.store.removing import remove_references
from tests.support.batches import made, send, signed, state_of
from tests.support.checked_client import soup, words

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


def test_pharmacists_read_references_and_answers_until_they_are_removed(shop):
    maker, checker = shop.window("c1"), shop.window("p1")
    number = made(maker, checker, release=shop)
    batch = f"/record/batches/{number}"
    typed = {"amount": "10", "containers": "1", "reference": "RX-KEPT-5", **signed(*PHARMACIST)}
    assert send(checker, f"{batch}/dispense", typed).status_code == 303
    assert "References and answers" in words(soup(checker.get(batch)).main)
    assert "References and answers" not in words(soup(maker.get(batch)).main)
    assert maker.get(f"{batch}/references").status_code == 403
    rows = [words(row) for row in soup(checker.get(f"{batch}/references")).select("tbody tr")]
    assert len(rows) == 2  # the release, which asked two questions, and the dispensing
    assert rows[0].count("? no") == 2
    assert "RX-KEPT-5" in rows[1]
    today = shop.store.now().day.isoformat()
    assert remove_references(shop.store, today) == 0
    assert "RX-KEPT-5" in checker.get(f"{batch}/references").get_data(as_text=True)
    removed = remove_references(shop.store, "9999-12-31")
    assert removed >= 2
    assert shop.events("references.removed")[-1].data == {"before": "9999-12-31", "number": removed}
    with shop.store.reading() as reading:
        kept = reading.events(f"batch:{number}")[-1].data["reference"]
        assert len(kept) == 64
        assert reading.reference(kept) is None
    rows = [words(row) for row in soup(checker.get(f"{batch}/references")).select("tbody tr")]
    assert [row.endswith("removed") for row in rows] == [True, True]


def test_the_start_page_says_what_expires_and_how_old_the_backup_is(record):
    """Used within 180 days, the day of making among them: 119 days later 60 are left, and after 180 it is past."""
    number = made(record.window("c1"), record.window("p1"), release=record)

    def home(person):
        return soup(record.window(person).get("/record")).main

    def listed():
        (group,) = [each for each in home("c1").select("section") if "within 60 days" in each.get_text()]
        return words(group)

    red = home("i1").select_one(".said.stop")
    assert "Back up the record now" in words(red)
    assert red.find("svg") is not None
    assert "There is no backup yet." in words(home("c1"))
    assert not home("c1").select(".said.stop")
    for ahead in (30, 0):  # the first by a clock that was a month ahead
        record.clock.on(days=ahead)
        record.append(Draft(SITE, "record.backed_up", {"upto": 1, "hash": "0" * 64}))
        record.clock.on(days=-ahead)
        if ahead:
            assert "by a clock that was ahead." in words(home("i1").select_one(".said.stop"))
    assert "less than a day ago." in words(home("i1"))
    record.clock.on(days=7)
    assert "7 days ago." in words(home("i1"))
    assert not home("i1").select(".said.stop")
    record.clock.on(days=1)
    assert "8 days ago." in words(home("i1").select_one(".said.stop"))
    record.clock.on(days=110)
    assert number not in listed()
    record.clock.on(days=1)
    assert f"{number} " in listed()
    assert "60 days left" in listed()
    record.clock.on(days=60)
    assert "Last day" in listed()
    record.clock.on(days=1)
    assert "Past its date" in listed()
