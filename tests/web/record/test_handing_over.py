"""A screen handed over for a check shows the empty form and nothing of the batch, until the maker's secret."""

import pytest

from tests.support.batches import (
    MADE,
    READ,
    blended,
    check,
    controls,
    due,
    hand_over,
    made,
    send,
    signed,
    soup,
    state_of,
)
from tests.support.record import password_of, post, sign_in

MAKER, CHECKER = ("c1", "Compounder One"), ("p1", "Pharmacist One")
FIGURE = "0.480"


def test_a_screen_handed_over_shows_no_figure_until_the_makers_secret(shop):
    """The form has no link to the batch; going back asks for a secret; a slip and its mending need none."""
    window = shop.window("c1")
    page = f"/record/batches/{due(window)}"
    form = f"{page}/check/crushing"
    assert FIGURE in window.get(page).text
    assert "values-dose" not in window.get(form).text  # no form beside figures
    answer = hand_over(window, form)
    assert (answer.status_code, answer.headers["Location"]) == (303, form)
    shown = window.get(form)
    assert [link["href"] for link in soup(shown).main.find_all("a")] == ["/record"]
    for address in (page, f"{page}?entries=all", f"{page}/papers", f"{page}/record.pdf", "/record", f"{page}/made"):
        assert window.get(address).headers["Location"].startswith("/record/sign-in"), address
    came = "Check before crushing, 3:00 PM, Pharmacist One: "
    for fields, said in (
        ({**READ, "values-count_tablets": "4"}, "values differ. All are read again, once."),
        (READ, "all values match. The work goes on."),
    ):
        answer = post(window, form, {**controls(window.get(form)), **fields, **signed(*CHECKER)})
        assert answer.status_code == 303
        locked = window.get(page).headers["Location"]
        assert locked.startswith("/record/sign-in")
        assert f"{came}{said}" in soup(window.get(locked)).select_one("[role=status]").text
    assert answer.headers["Location"] == page
    assert shop.events("check.made")[-1].data["outcome"] == "match"
    assert sign_in(window, MAKER[1], password_of(MAKER[0])).status_code == 303
    assert FIGURE in window.get(page).text


def test_given_up_by_the_secret_of_the_maker_the_batch_is_still_due(shop):
    window = shop.window("c1")
    page = f"/record/batches/{due(window)}"
    hand_over(window, f"{page}/check/crushing")
    assert sign_in(window, CHECKER[1], password_of(CHECKER[0])).status_code == 303
    assert FIGURE not in window.get(page).text  # who checks sees her own pages, and no figure
    assert sign_in(window, MAKER[1], password_of(MAKER[0])).status_code == 303
    assert "Hand over for the check" in window.get(page).text
    assert state_of(shop, page.rpartition("/")[2]).checks == ()


def test_a_release_is_handed_over_in_the_same_way(shop):
    window, checker = shop.window("c1"), shop.window("p1")
    page = f"/record/batches/{made(window, checker)}"
    answer = hand_over(window, f"{page}/release")
    assert answer.headers["Location"] == f"{page}/release"
    shown = window.get(f"{page}/release")
    assert {link["href"] for link in soup(shown).main.find_all("a")} == {"/record", f"{page}/check/release"}
    assert window.get(page).headers["Location"].startswith("/record/sign-in")


def test_a_maker_is_not_led_to_a_difference_that_is_shown_to_others_only(shop):
    window, checker = shop.window("c1"), shop.window("p1")
    page = f"/record/batches/{due(window)}"
    for _ in range(2):
        check(checker, page.rpartition("/")[2], "crushing", {**READ, "values-count_tablets": "4"}, signed(*CHECKER))
    assert [f"{page}/difference" in each.get(page).text for each in (window, checker)] == [False, True]


@pytest.mark.parametrize("point", ["check/crushing", "release"])
def test_neither_a_maker_nor_who_may_not_is_offered_to_sign_what_was_read(shop, point):
    """On an enrolled device all names are offered elsewhere: here those alone whose signature can count."""
    window = shop.window("p2")
    shop.enroll(window)
    number = due(window) if point == "check/crushing" else made_by(shop, window)
    page = f"/record/batches/{number}/{point}"
    looked = shop.window("i1")
    assert (
        send(looked, f"/record/batches/{number}", {}, f"/record/batches/{number}/show", "ShowForm").status_code == 303
    )
    hand_over(window, page)
    offered = [option.text for option in soup(window.get(page)).find("select", id="signer").find_all("option")]
    assert offered == ["choose", "Pharmacist One"]


def made_by(shop, window):
    """A batch made by Pharmacist Two."""
    number = blended(window, shop.window("p1"))
    answer = send(window, f"/record/batches/{number}/made", {**MADE, **signed("p2", "Pharmacist Two")})
    assert answer.status_code == 303, answer.text
    return number
