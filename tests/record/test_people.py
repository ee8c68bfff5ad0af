"""People, devices, keys and settings as rules: who may ask, what is refused with which words, what follows."""

import re

import pytest

from calc.record.chain import Head
from calc.record.envelope import By, Event, Signed
from calc.record.people import acts, decide, evolve
from calc.record.people.secrets import problem_with_password, problem_with_pin
from calc.record.people.state import DeviceState, KeyState, PersonState, SiteState
from calc.record.refusals import ActRefused, NeedsSignature, NotAllowed, Problem, Unknown
from calc.record.rights import Act, Role
from calc.record.words import SENTENCES, people, said
from tests.support.places import ROOT

SIGNED = Signed("I make this change.", "password")
CHARGE = PersonState("i1", 3, "In Charge One", Role.IN_CHARGE, certified=True)
ONE = PersonState("c1", 2, "Compounder One", Role.COMPOUNDER, "C1", "L-1")
EVERYBODY = {"i1": CHARGE, "c1": ONE}
CLOSE = acts.ClosePerson("moved away")


def event(draft, version=1):
    """The event of a draft."""
    rest = {"seq": 1, "v": 1, "at": "2026-11-30T09:00:00.000Z", "zone": "UTC", "day": "2026-11-30", "by": CHARGE.by}
    rest |= {"session_of": "i1", "device": "", "program": "0", "request": "r", "signature": None, "late": None}
    return Event(stream=draft.stream, version=version, type=draft.type, data=draft.data, **rest)


ASKED = {
    "add": lambda by, signed: decide.add_person(
        acts.AddPerson("c2", "Compounder Two", "compounder"), EVERYBODY, by, signed
    ),
    "close": lambda by, signed: decide.person(ONE, CLOSE, EVERYBODY, by, signed),
    "change": lambda by, signed: decide.person(
        ONE, acts.ChangePerson("Compounder One", "pharmacist", "C1", "L-1", "passed the board"), EVERYBODY, by, signed
    ),
    "unlock": lambda by, signed: decide.person(ONE, acts.Unlock("came by herself"), EVERYBODY, by, signed),
    "enroll": lambda by, signed: decide.enroll_device(acts.EnrollDevice("d1", "bench 1"), {}, by, signed),
    "remove": lambda by, signed: decide.remove_device(
        DeviceState("d1", 1, "bench 1"), acts.RemoveDevice("broken"), by, signed
    ),
    "key": lambda by, signed: decide.make_key(acts.MakeKey("k1", "dispensing", (Act.READ.value,)), {}, by, signed),
    "end": lambda by, signed: decide.end_key(KeyState("k1", 1, "x", (Act.READ,)), acts.EndKey("replaced"), by, signed),
    "setting": lambda by, signed: decide.change_setting(
        SiteState(), acts.ChangeSetting("pins_allowed", "no", "a new rule"), by, signed
    ),
    "gap": lambda by, signed: decide.accept_gap(
        acts.AcceptGap("restored", Head(1, "a" * 64), Head(2, "b" * 64), "26-000001"), by, signed
    ),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED.keys())
def test_only_the_pharmacist_in_charge_manages_and_only_with_a_signature(ask):
    for role in Role:
        by = By("x", "X", role.value)
        if role is Role.IN_CHARGE:
            with pytest.raises(NeedsSignature):
                ask(by, None)
            assert [draft.signed for draft in ask(by, SIGNED).drafts] == [SIGNED]
        else:
            with pytest.raises(NotAllowed):
                ask(by, SIGNED)


def test_what_follows_folds_back_to_what_was_asked():
    added = ASKED["add"](CHARGE.by, SIGNED).drafts[0]
    person = evolve.person(None, event(added))
    assert (person.id, person.name, person.role, person.certified) == ("c2", "Compounder Two", Role.COMPOUNDER, False)
    change = ASKED["change"](CHARGE.by, SIGNED)
    changed = evolve.person(ONE, event(change.drafts[0], 3))
    assert (changed.role, changed.name, changed.version, change.ended) == (Role.PHARMACIST, "Compounder One", 3, "c1")
    assert evolve.person(ONE, event(ASKED["close"](CHARGE.by, SIGNED).drafts[0])).closed
    device = evolve.device(None, event(ASKED["enroll"](CHARGE.by, SIGNED).drafts[0]))
    assert (device.name, device.removed) == ("bench 1", False)
    assert evolve.device(device, event(ASKED["remove"](CHARGE.by, SIGNED).drafts[0], 2)).removed
    key = evolve.key(None, event(ASKED["key"](CHARGE.by, SIGNED).drafts[0]))
    assert (key.name, key.acts, key.by.role) == ("dispensing", (Act.READ,), "system")
    assert evolve.key(key, event(ASKED["end"](CHARGE.by, SIGNED).drafts[0], 2)).ended
    site = evolve.site(None, event(ASKED["setting"](CHARGE.by, SIGNED).drafts[0]))
    assert (site.settings.pins_allowed, site.settings.self_check_allowed) == (False, True)
    with pytest.raises(Unknown):
        evolve.person(None, event(change.drafts[0]))


def test_a_person_accepts_for_herself_only_and_the_program_alone_notes_locks():
    with pytest.raises(NotAllowed):
        decide.person(ONE, acts.Certify(accepted=True), EVERYBODY, CHARGE.by, None)
    with pytest.raises(ActRefused):
        decide.person(ONE, acts.Certify(accepted=False), EVERYBODY, ONE.by, None)
    (draft,) = decide.person(ONE, acts.Certify(accepted=True), EVERYBODY, ONE.by, None).drafts
    assert evolve.person(ONE, event(draft)).certified
    assert decide.person(CHARGE, acts.Certify(accepted=True), EVERYBODY, CHARGE.by, None).drafts == ()
    for door, shut, ended in (("pin", True, "c1"), ("pin", False, ""), ("password elsewhere", True, "")):
        change = decide.person(ONE, acts.Lock(door, 20 if shut else 5, shut), {}, decide.PROGRAM, None)
        assert change.ended == ended
        locked = evolve.person(ONE, event(change.drafts[0]))
        assert locked.locked == (frozenset({door}) if shut else frozenset())
        assert evolve.person(locked, event(ASKED["unlock"](CHARGE.by, SIGNED).drafts[0])).locked == frozenset()


@pytest.mark.parametrize("name", ["Triturate", "the  PROGRAM"])
def test_nobody_is_called_what_the_record_calls_the_program(name):
    with pytest.raises(ActRefused) as refused:
        decide.add_person(acts.AddPerson("c9", name, "compounder", "", ""), EVERYBODY, CHARGE.by, SIGNED)
    assert [(each.code, each.field) for each in refused.value.problems] == [("name_taken", "name")]


TRIED_FIRST = """
    111111 121212 123123 123456 654321 234567 987654 012345 098765 112233 001122 111222 147258 159753 112026 202600
    202612 250599 052599 990525 19990525 05251999 31121985 12345 1234567890123 83017a 8301741830174183 20262026
    """


@pytest.mark.parametrize("pin", TRIED_FIRST.split())
def test_a_pin_that_is_tried_first_or_has_not_6_to_12_digits_is_refused(pin):
    assert problem_with_pin(pin, 2026) is not None


def test_most_pins_are_taken():
    taken = sum(problem_with_pin(f"{number:06}", 2026) is None for number in range(0, 1_000_000, 997))
    assert taken > 850  # of 1,004: days and years are the larger part of those refused
    assert all(problem_with_pin(pin, 2026) is None for pin in ("830174", "5937204", "730194826150"))


@pytest.mark.parametrize(
    "password",
    [
        "short but good", "x" * 129, "a" * 15, "abcabcabcabcabcabc", "passwordpassword", "Password2026Password!",
        "PHARMACY-PHARMACIST-1", "abcdefghijklmnop", "qwertyuiopasdfgh", "zyxwvutsrqponmlk", "123456789012345",
        "correct horse battery staple", "Naltrexone-Capsules-4.5", "in charge one 2026", "test pharmacy in 12345",
        "good but \u200bhidden here", "Summer2026!Summer2026",
    ],
)  # fmt: skip
def test_a_password_that_is_tried_first_or_is_too_short_or_long_is_refused(password):
    assert problem_with_password(password, "In Charge One", "Test Pharmacy") is not None


def test_sentences_are_taken_in_any_script():
    for password in (
        "seven gray boats on a lake",
        "сім сірих човнів на озері",
        "tR8!kq0zPw3#mXu",
        "x" * 100 + "seven boats",
    ):
        assert problem_with_password(password, "In Charge One", "Test Pharmacy") is None


def test_every_problem_of_people_has_its_sentence_and_every_sentence_is_said():
    """Codes are read from the source of rules and pages, but for those of the readers of texts."""
    places = ("calc/record", "calc/store", "calc/web/record")
    files = [path for place in places for path in (ROOT / place).rglob("*.py") if "words" not in path.parts]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    made = {"setup_code_wrong", "setup_code_ended"}  # of the verdict on a code
    of_texts = {"wrong_type", "text_too_long", "hidden_character", "not_printable"}
    assert [code for code in people.SENTENCES if f'"{code}"' not in text and code not in made | of_texts] == []
    used = set(re.findall(r'Problem\("([a-z_]+)"', text))
    of_machines = {"no_request_number", "not_whole", "unknown_field"}  # said by the endpoints in their own words
    assert used - set(SENTENCES) - of_machines == set()
    assert len(used) > 25


def test_a_sentence_names_its_facts():
    facts = {
        "fewest": 6,
        "most": 12,
        "longest": 60,
        "name": "N",
        "wait": "2 minutes",
        "character": "x",
        "number": "U+1",
    }
    for code, sentence in people.SENTENCES.items():
        text = said(Problem(code, "", facts | {"role": "r"}))
        assert text.endswith(".")
        assert "{" not in text
        assert len(re.findall(r"\w+", sentence)) < 30
