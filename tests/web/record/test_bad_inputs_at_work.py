"""The cases of the shared list of bad inputs that need a batch, or a record that fails while it is open."""

import re

from calc.store import door
from calc.store.verify import verify
from tests.support.batches import ORDER, WEIGHED, controls, opened, state_of
from tests.support.record import post

MARK = "MARKMISTAKE55"


def test_w010_a_hidden_field_that_was_changed_writes_no_figure_of_its_own(shop):
    """The plan is that of the order in the address, and what a form says beside its fields counts for nothing."""
    window = shop.window("c1")
    shown = window.get(f"/record/batches/new?{ORDER}")
    invented = {"planned": "99", "use_until": "2030-01-01", "fingerprint": "0" * 64, "number": "26-999999"}
    answer = post(window, "/record/batches/new", {**controls(shown), **invented})
    assert answer.status_code == 303
    number = re.search(r"[0-9]{2}-[0-9]{6}", answer.headers["Location"])[0]
    honest = state_of(shop, opened(window))
    changed = state_of(shop, number)
    assert number != invented["number"]
    assert (changed.planned, changed.use_until) == (honest.planned, honest.use_until)
    form = controls(window.get(f"/record/batches/{number}"), "StepsForm")
    hidden = {"csrf_token": 403, "request": 422, "version": 409}
    assert hidden.keys() <= form.keys()
    before = len(shop.events())
    for name, status in hidden.items():
        sent = {**form, **WEIGHED, name: "x"}
        assert post(window, f"/record/batches/{number}/record", sent).status_code == status, name
    assert len(shop.events()) == before


def test_w024_two_batches_in_two_tabs_of_one_window_keep_each_its_own(shop):
    window = shop.window("c1")
    first, second = (f"/record/batches/{opened(window)}" for _ in range(2))
    forms = {page: controls(window.get(page), "StepsForm") for page in (first, second)}
    for page, balance in ((second, "balance 2"), (first, "balance 1")):
        assert post(window, f"{page}/record", {**forms[page], "bench-level_balance": balance}).status_code == 303
    said = [state_of(shop, page.rpartition("/")[2]).entries["level_balance"].text for page in (first, second)]
    assert said == ["balance 1", "balance 2"]


def test_w032_a_mistake_within_the_writing_of_an_act_shows_a_number_and_leaves_nothing(record, monkeypatch, caplog):
    window = record.window("c1")
    page = f"/record/batches/{opened(window)}"
    form = {**controls(window.get(page), "StepsForm"), **WEIGHED}
    before = len(record.events())

    insert = door.Writing.insert

    def mistaken(work):
        insert(work)  # the rows are there, and not committed
        raise RuntimeError(MARK)

    with monkeypatch.context() as patch:
        patch.setattr(door.Writing, "insert", mistaken)
        answer = post(window, f"{page}/record", form)
    assert answer.status_code == 500
    assert re.search(r"number [0-9a-f]{8}", answer.text)
    for never in (MARK, "Traceback", WEIGHED["bench-all_tablets"]):
        assert never not in answer.text, never
    assert MARK not in caplog.text
    assert len(record.events()) == before
    assert verify(record.folder / "record.sqlite", witness=record.store.witness).head.seq == before
    assert post(window, f"{page}/record", form).status_code == 303  # the door is not left closed


def test_o011_a_process_lives_where_its_record_is_not_ready_and_a_word_says_why(record):
    window = record.window()
    away = record.folder.with_name("away")

    def asked():
        answers = [window.get(address) for address in ("/healthz", "/readyz", "/record/readyz")]
        assert [answer.status_code for answer in answers[:2]] == [200, 200]
        return answers[2].status_code, answers[2].text

    assert asked() == (200, "ready\n")
    record.folder.rename(away)
    assert asked() == (503, "disk\n")
    away.rename(record.folder)
    assert asked() == (200, "ready\n")
    with (record.folder / "heads.txt").open("a") as witness:
        witness.write(f"{len(record.events()) + 3} {'a' * 64} 26-000009\n")
    assert asked() == (503, "behind\n")
