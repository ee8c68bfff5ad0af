"""Who may do what, walked from the table of routes: each route names an act, and each act is held to each role."""

import pytest

from calc.record.rights import Act, Role
from calc.record.settings import Settings
from calc.web.record.routes import RULES
from calc.web.record.session import SESSION
from tests.support.record import ROLES, password_of, post

#: The roles that may, by act, with the settings that a pharmacy begins with: by hand from the table of the design.
MAY = {
    Act.READ: "CPIA",
    Act.READ_REFERENCES: "PI",
    Act.OPEN_BATCH: "CPI",
    Act.RECORD: "CPI",
    Act.PRINT_SHEET: "CPI",
    Act.PRINT_LABEL: "CPI",
    Act.SIGN_MADE: "CPI",
    Act.CHECK_BEFORE_CRUSHING: "PI",
    Act.CHECK_BEFORE_MIXING: "CPI",
    Act.RELEASE: "PI",
    Act.DRAFT_DEVIATION: "CPI",
    Act.SIGN_DEVIATION: "PI",
    Act.CANCEL: "CPI",
    Act.CORRECT_OWN: "CPI",
    Act.CORRECT: "PI",
    Act.DISPENSE: "PI",
    Act.GIVE_BACK: "PI",
    Act.MANAGE: "I",
    Act.AUDIT: "PIA",
}
#: One person of each role, by its letter.
PEOPLE = {"C": "c1", "P": "p1", "I": "i1", "A": "a1"}
#: What fills the places of an address.
PARTS = {"person": "c2", "device": "d1", "key": "k1", "name": "pins_allowed"}


@pytest.fixture(scope="module")
def windows(shop):
    """A window of one person of each role; a device is enrolled, somewhere else."""
    shop.enroll(shop.window())
    return {letter: shop.window(person) for letter, person in PEOPLE.items()}


def rules(shop):
    """Every route of the record with its rule and an address."""
    adapter = shop.app.url_map.bind("localhost")
    for rule in shop.app.url_map.iter_rules():
        if rule.endpoint.startswith("record."):
            converters = rule._converters
            parts = {
                name: PARTS.get(name, "1" if "Integer" in type(converters[name]).__name__ else "x")
                for name in rule.arguments
            }
            yield rule, adapter.build(rule.endpoint, parts)


def token_of(shop, window):
    """The token of the forms of a window."""
    return shop.ground.sessions.find(window.get_cookie(SESSION, domain="localhost").value).token


def head_of(shop):
    """The head of the record."""
    with shop.store.reading() as reading:
        return reading.head()


def test_every_act_is_held_to_every_role():
    letters = dict(zip((Role.COMPOUNDER, Role.PHARMACIST, Role.IN_CHARGE, Role.AUDITOR), "CPIA", strict=True))
    assert set(MAY) == set(Act)
    for act, may in MAY.items():
        for role, letter in letters.items():
            assert (Settings().right(role, act) != "no") == (letter in may), (act, role)


def test_every_route_names_its_act_and_a_made_up_one_would_be_told(shop):
    named = {rule.endpoint for rule, _ in rules(shop)}
    assert named == set(RULES) & named
    assert len(named) > 15
    public = {endpoint for endpoint in named if RULES[endpoint].act is None}
    expected = {"sign_in", "signed_in", "sign_out", "lock", "unlock", "set_up", "first_sign_in", "readyz"}
    assert public == {f"record.{name}" for name in expected}


def test_each_role_is_let_in_where_it_may_and_refused_where_not(shop, windows):
    """Forms that are signed on anybody's screen are judged by who signs, those of others by who is signed in."""
    before, cells = head_of(shop), 0
    for rule, address in rules(shop):
        asked = RULES[rule.endpoint]
        if asked.act is None:
            continue
        for letter, window in windows.items():
            may = letter in MAY[asked.act]
            if "GET" in rule.methods:
                status = window.get(address).status_code
                assert (status == 403) is not (may or asked.at_any_screen), (address, letter, status)
            if "POST" in rule.methods and not asked.at_any_screen:
                status = post(window, address, {"csrf_token": token_of(shop, window)}).status_code
                assert (status == 403) is not may, (address, letter, status)
            elif "POST" in rule.methods:  # on the screen of the compounder, signed by each role
                screen, who = windows["C"], PEOPLE[letter]
                fields = {"csrf_token": token_of(shop, screen), "signer": ROLES[who][0], "secret": password_of(who)}
                status = post(screen, address, fields).status_code
                assert may or status in (403, 404), (address, letter, status)
            cells += 1
    assert cells > 40
    assert head_of(shop) == before


def test_no_form_is_taken_without_the_token_of_its_own_session(shop, windows):
    before = head_of(shop)
    ended = shop.window("i1")
    old = token_of(shop, ended)
    shop.ground.sessions.end(shop.ground.sessions.find(ended.get_cookie(SESSION, domain="localhost").value).hash)
    window = windows["I"]
    tokens = {"none": {}, "blank": {"csrf_token": ""}, "wrong": {"csrf_token": "x" * 43}, "old": {"csrf_token": old}}
    tokens["foreign"] = {"csrf_token": token_of(shop, windows["P"])}
    tried = 0
    for rule, address in rules(shop):
        if "POST" not in rule.methods or rule.endpoint in ("record.sign_in", "record.set_up", "record.first_sign_in"):
            continue
        for name, fields in tokens.items():
            assert post(window, address, fields).status_code == 403, (address, name)
        good = {"csrf_token": token_of(shop, window)}
        for site in ("cross-site", "same-site", "none"):
            assert post(window, address, good, headers={"Sec-Fetch-Site": site}).status_code == 403, (address, site)
        tried += 1
    assert tried > 8
    assert head_of(shop) == before
    assert window.get("/record/me").status_code == 200  # nobody was signed out by it


def test_nobody_is_let_in_without_a_session(shop):
    window = shop.window()
    for rule, address in rules(shop):
        if RULES[rule.endpoint].act is not None and "GET" in rule.methods:
            answer = window.get(address)
            assert answer.status_code == 303
            assert answer.headers["Location"].startswith("/record/sign-in?next=")


def test_a_refusal_is_logged_by_route_and_person_alone(shop, windows, caplog):
    assert windows["C"].get("/record/people/c2?note=secret").status_code == 403
    assert [record.getMessage() for record in caplog.records] == ["refused: record.person_page for c1"]
