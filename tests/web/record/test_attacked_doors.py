"""What an attack on sign-in and its addresses found: broken addresses and origins, and addresses too long to be kept."""

import pytest

from tests.support.batches import controls, due, opened, send
from tests.support.record import ROLES, password_of, post, sign_in

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


def token_in(window):
    """The token of the forms on a page."""
    return controls(window.get("/record/me"))["csrf_token"]
