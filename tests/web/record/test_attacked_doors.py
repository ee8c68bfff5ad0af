"""What an attack on sign-in found: broken addresses and origins, locked screens, crowds, names that could be told."""

import time
from threading import Event, Thread

import pytest

from calc.record.envelope import Draft
from calc.store.accounts import Hasher
from tests.support.batches import controls, due, opened, send, signed
from tests.support.record import ROLES, RecordForTests, password_of, pin_of, post, sign_in

NAME = ROLES["c1"][0]
#: What the tablets of a batch weigh.
FIGURE = "0.480"


@pytest.mark.parametrize("address", ["//[", "http://[x", "http://\u2100b/", "/record/" + "a" * 40_000])
def test_an_address_that_is_none_or_too_long_leads_to_the_start_page(shop, address):
    window = shop.window("c1")
    answers = [
        sign_in(window, NAME, password_of("c1"), next=address),
        post(window, "/record/lock", {"page": address, "csrf_token": token_in(window)}),
    ]
    if len(address) < 100:
        window = shop.window("c1")
        answers += [window.get(f"/record/{page}", query_string={"next": address}) for page in ("signed-in", "certify")]
    assert [answer.status_code for answer in answers] == [303] * len(answers)
    led = {answer.headers["Location"] for answer in answers}
    assert led <= {"/record", "/record/signed-in?next=%2Frecord", "/record/sign-in?next=%2Frecord"}


@pytest.mark.parametrize("origin", ["http://[", "//[", "http://\u2100b", ""])
def test_an_origin_that_is_none_is_not_ours(shop, origin):
    fields = {"signer": NAME, "secret": password_of("c1")}
    answer = shop.window().post("/record/sign-in", data=fields, headers={"Origin": origin.encode().decode("latin-1")})
    assert answer.status_code == 403


def test_a_form_that_says_an_endless_page_does_not_lead_to_a_page_that_is_refused(shop):
    window = shop.window("c1")
    page = f"/record/batches/{opened(window)}"
    form = controls(window.get(page), "StepsForm")
    shop.clock.on(minutes=6)
    answer = post(window, f"{page}/record", {**form, "page": "/record/" + "a" * 40_000})
    assert answer.status_code == 303
    assert window.get(answer.headers["Location"]).status_code == 200


def test_a_locked_screen_shows_no_figure_whatever_name_and_secret_are_sent(shop):
    """Compounder Two has looked at the batch of Compounder One, and could correct an entry with a pharmacist."""
    window = shop.window("c2")
    page = f"/record/batches/{due(shop.window('c1'))}"
    assert send(window, page, {}, f"{page}/show", "ShowForm").status_code == 303
    weighed = f"{page}/correct/{shop.events('amount.recorded')[-1].seq}"
    assert FIGURE in window.get(weighed).text
    fields = {"csrf_token": token_in(window), "signer": "x", "secret": "x"}
    shop.clock.on(minutes=6)
    for address in ("correct", "difference", "deviation", "hold", "check/crushing"):
        answer = post(window, weighed if address == "correct" else f"{page}/{address}", fields)
        assert FIGURE not in answer.text, address
        assert answer.status_code == (303 if address in ("correct", "difference") else 422), address


def test_a_crowd_of_strangers_leaves_the_bench_a_place_to_sign_in_and_to_sign():
    """Two guesses from elsewhere hold two places and one hash; a third is put off, an enrolled screen is not."""
    hasher = Waiting(time_cost=1, memory_cost=8, parallelism=1)
    made = RecordForTests(hasher=hasher)
    statuses, bench = [], made.window()
    made.enroll(bench)
    crowd = [Thread(target=lambda at=at: statuses.append(guess(made, at).status_code)) for at in range(3)]
    try:
        for thread in crowd:
            thread.start()
        until = time.monotonic() + 5
        while not statuses and time.monotonic() < until:
            time.sleep(0.01)
        assert statuses == [503]
        assert sign_in(bench, NAME, pin_of("c1")).status_code == 303
    finally:
        hasher.goes_on.set()
        for thread in crowd:
            thread.join()
        made.close()
    assert sorted(statuses) == [422, 422, 503]


@pytest.mark.parametrize("change", ["person.changed", "person.closed"])
def test_nothing_is_signed_by_who_was_changed_while_the_secret_was_tried(change):
    hasher = Meanwhile(time_cost=1, memory_cost=8, parallelism=1)
    made = RecordForTests(hasher=hasher)
    window = made.window("c1")
    page = f"/record/batches/{due(window)}/hold"
    old = {"name": "Pharmacist One", "role": "pharmacist", "initials": "PO", "license": ""}
    data = {"reason": "left", **({"old": old, "new": {**old, "role": "auditor"}} if change == "person.changed" else {})}
    hasher.meanwhile = lambda: made.append(Draft("person:p1", change, data))
    answer = send(window, page, {"reason": "recall", **signed("p1", "Pharmacist One")})
    assert answer.status_code == 403
    assert made.events("batch.held") == []
    made.close()


def test_a_session_on_a_device_ends_with_the_event_that_the_device_is_removed(record):
    """Whatever else was to be done then and was not, since the program was killed."""
    window = record.window()
    device = record.enroll(window)
    assert sign_in(window, NAME, pin_of("c1")).status_code == 303
    assert window.get("/record/me").status_code == 200
    record.append(Draft(f"device:{device}", "device.removed", {"reason": "lost"}))
    assert window.get("/record/me").status_code == 303
    assert sign_in(window, NAME, pin_of("c1")).status_code == 422


class Meanwhile(Hasher):
    """A hash that takes so long that something happens meanwhile, once."""

    meanwhile = None

    def verify(self, hash, password):  # noqa: A002 - as it is called
        """Let it happen."""
        if self.meanwhile is not None:
            happens, self.meanwhile = self.meanwhile, None
            happens()
        return super().verify(hash, password)


class Waiting(Hasher):
    """A hash that waits, for a guess, until it may go on."""

    goes_on = Event()

    def verify(self, hash, password):  # noqa: A002 - as it is called
        """Wait, if it is a guess."""
        if password.startswith(GUESS):
            assert self.goes_on.wait(10)
        return super().verify(hash, password)


GUESS = "a guess from elsewhere"


def guess(made, at):
    """A wrong secret for a name that nobody has, from a device that is not enrolled."""
    return sign_in(made.app.test_client(), f"Nobody {at}", f"{GUESS} {at}")


def test_a_name_is_told_by_no_spelling_of_it(record):
    """Five wrong ones lock a door, however the name is written, and whether anybody has it or not."""
    window = record.window()
    for name in (NAME, "Nobody One"):
        spelled = [name, name.upper(), name.replace(" ", "  "), f" {name}", name.replace(" ", " \u00a0")]
        assert [sign_in(window, each, "a wrong secret, typed").status_code for each in spelled] == [422] * 4 + [429]


def token_in(window):
    """The token of the forms on a page."""
    return controls(window.get("/record/me"))["csrf_token"]
