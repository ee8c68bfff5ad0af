"""Signing in: what it takes, what locks, what a cookie is worth afterwards, and where one is sent."""

import pytest

from calc.web.record.session import SESSION
from tests.support.record import ROLES, password_of, pin_of, post, sign_in

NAME = ROLES["c1"][0]


def signed_in(window):
    """Whether a window is let in."""
    answer = window.get("/record/certify")
    return answer.status_code == 303 and "/sign-in" not in answer.headers["Location"]


def test_a_name_in_any_case_and_a_password_open_a_session_with_a_new_cookie_each_time(record):
    window, cookies = record.window(), []
    for name in (NAME, NAME.upper(), f"  {NAME.lower()} "):
        answer = sign_in(window, name, password_of("c1"))
        assert answer.status_code == 303
        cookies.append(window.get_cookie(SESSION, domain="localhost").value)
        assert signed_in(window)
    assert len(set(cookies)) == 3
    line = answer.headers["Set-Cookie"]
    assert line.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(line.split("; "))
    assert "Domain" not in line
    for cookie in cookies[:2]:  # those before are worth nothing
        other = record.window()
        other.set_cookie(SESSION, cookie, domain="localhost")
        assert not signed_in(other)


@pytest.mark.parametrize("site", [None, "cross-site", "same-site", "none"])
@pytest.mark.parametrize("origin", [None, "null", "http://evil.example"])
def test_signing_in_is_refused_unless_it_comes_from_our_own_page(shop, site, origin):
    headers = {name: value for name, value in (("Sec-Fetch-Site", site), ("Origin", origin)) if value}
    window = shop.window()
    fields = {"signer": NAME, "secret": password_of("c1")}
    assert window.post("/record/sign-in", data=fields, headers=headers).status_code == 403
    assert not signed_in(window)


def test_an_older_browser_says_by_its_origin_that_it_comes_from_our_page(shop):
    fields = {"signer": NAME, "secret": password_of("c1")}
    answer = shop.window().post("/record/sign-in", data=fields, headers={"Origin": "http://localhost"})
    assert answer.status_code == 303


def test_where_the_cookie_does_not_come_back_the_page_says_why(shop):
    answer = shop.window().get("/record/signed-in?next=/record")
    assert answer.status_code == 400
    assert "begin with https" in answer.text


def test_a_pin_is_taken_on_an_enrolled_device_only_and_tiles_are_shown_there_only(record):
    window = record.window()
    assert NAME not in window.get("/record/sign-in").text
    refused = sign_in(window, NAME, pin_of("c1"))
    assert refused.status_code == 422
    assert "enrolled devices only" in refused.text
    record.enroll(window)
    tiles = window.get("/record/sign-in").text
    assert all(name in tiles for name, _ in ROLES.values())
    assert sign_in(window, NAME, pin_of("c1")).status_code == 303


def test_sign_out_ends_the_session_and_lock_only_locks_it(record):
    window = record.window("c1")
    cookie = window.get_cookie(SESSION, domain="localhost").value
    token = record.ground.sessions.find(cookie).token
    assert post(window, "/record/lock").status_code == 403  # without its token
    locked = post(window, "/record/lock", {"csrf_token": token})
    assert locked.status_code == 303
    assert locked.headers["Set-Cookie"].startswith(f"{SESSION}={cookie};")  # for the browser to forget its pages
    assert record.ground.sessions.find(cookie).locked
    sign_in(window, NAME, password_of("c1"))
    cookie = window.get_cookie(SESSION, domain="localhost").value
    token = record.ground.sessions.find(cookie).token
    assert post(window, "/record/sign-out", {"csrf_token": token}).status_code == 303
    assert not record.ground.sessions.find(cookie).live
    assert not signed_in(window)


def test_a_session_locks_after_five_minutes_without_a_request_and_ends_after_twelve_hours(record):
    window = record.window("c1")
    for _ in range(10):
        record.clock.on(minutes=4)
        assert signed_in(window)
    record.clock.on(minutes=5)
    assert not signed_in(window)
    cookie = window.get_cookie(SESSION, domain="localhost").value
    assert record.ground.sessions.find(cookie).live
    record.clock.on(hours=12)
    assert not record.ground.sessions.find(cookie).live
