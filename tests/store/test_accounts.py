"""Secrets, sessions, devices and keys: what is kept of them, how wrong tries lock, when a cookie is worth nothing."""

from datetime import timedelta
from threading import Lock, Thread

import pytest
from sqlalchemy import select

from calc.record.people.secrets import PASSWORD, PIN
from calc.record.stamp import Moment
from calc.store.accounts import HASHER, Accounts, Hasher
from calc.store.sessions import Sessions
from calc.store.tables import SESSION
from tests.store.records import START

CHEAP = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
RIGHT = "gray boats at noon"


class Still:
    """A clock that stands until it is set on."""

    at = START

    def __call__(self):
        return Moment(self.at, "UTC", self.at.date())

    def on(self, **time):
        self.at += timedelta(**time)


class Counting(Hasher):
    """argon2id at its real cost, which notes how many hashes are worked out, and how many at a time."""

    def __init__(self, **cost):
        super().__init__(**cost)
        self.lock, self.now, self.most, self.all = Lock(), 0, 0, 0

    def verify(self, *given):
        with self.lock:
            self.now, self.all = self.now + 1, self.all + 1
            self.most = max(self.most, self.now)
        try:
            return super().verify(*given)
        finally:
            with self.lock:
                self.now -= 1


@pytest.fixture
def clock():
    return Still()


@pytest.fixture
def accounts(store, clock):
    made = Accounts(store, clock, Counting(**CHEAP))
    made.set_secret("p1", PASSWORD, RIGHT)
    made.set_secret("p1", PIN, "830174")
    return made


def test_a_hash_costs_19_mib_and_two_passes_and_the_secret_stands_nowhere(store, accounts):
    assert (HASHER.memory_cost, HASHER.time_cost, HASHER.parallelism, HASHER.type.name) == (19_456, 2, 1, "ID")
    cookie = Sessions(store, Still()).begin("p1", None)
    code = accounts.new_code("p1")
    content = b"".join(path.read_bytes() for path in store.folder.iterdir())
    assert b"$argon2id$" in content
    for secret in (RIGHT, "830174", cookie, code, code.replace("-", "")):
        assert secret.encode() not in content


def test_five_wrong_in_a_row_lock_for_longer_each_time_and_twenty_shut_the_door(accounts, clock):
    tried = lambda secret: accounts.try_secret("p1", PASSWORD, secret, enrolled=True)  # noqa: E731
    waits, noted = [], []
    for number in range(1, 21):
        verdict = tried("wrong")
        assert (verdict.right, verdict.failures) == (False, number)
        if verdict.noted:
            noted.append(number)
        if verdict.wait:
            waits.append(verdict.wait // 60)
            worked_out = accounts._hasher.all
            assert not tried(RIGHT).right  # not even the right one, and no hash is worked out for it
            clock.on(seconds=verdict.wait - 1)
            assert not tried(RIGHT).right
            assert accounts._hasher.all == worked_out
            clock.on(seconds=1)
    assert waits == [1, 2, 4, 8, *[15] * 11]
    assert noted == [5, 20]
    assert verdict.shut
    clock.on(days=365)
    assert not tried(RIGHT).right
    assert accounts._hasher.all == 20
    accounts.unlock("p1")
    assert tried(RIGHT).right


def test_a_right_secret_begins_the_count_anew(accounts):
    for _ in range(3):
        for _ in range(4):
            assert not accounts.try_secret("p1", PIN, "111111", enrolled=True).right
        assert accounts.try_secret("p1", PIN, "830174", enrolled=True).right


def test_tries_from_elsewhere_lock_only_that_door(accounts, clock):
    for _ in range(20):
        accounts.try_secret("p1", PASSWORD, "wrong", enrolled=False)
        clock.on(minutes=15)
    assert accounts.try_secret("p1", PASSWORD, RIGHT, enrolled=False).shut
    assert accounts.try_secret("p1", PASSWORD, RIGHT, enrolled=True).right
    assert accounts.try_secret("p1", PIN, "830174", enrolled=True).right


def test_a_name_that_nobody_has_is_answered_and_locked_like_one_that_somebody_has(accounts, clock):
    known, unknown = [], []
    for _ in range(8):
        known.append(accounts.try_secret("p1", PASSWORD, "wrong", enrolled=False)._replace(noted=False))
        unknown.append(accounts.try_stranger("Nobody Here", "wrong"))
        nobody = accounts.try_secret("p9", PASSWORD, "wrong", enrolled=False)
        assert not nobody.right
        clock.on(minutes=3)
    assert known == unknown
    assert accounts._hasher.all % 3 == 0  # each cost as many hashes as the others


def test_forty_at_once_are_counted_one_by_one_and_two_hashes_run_at_a_time(store, clock):
    accounts = Accounts(store, clock, Counting(time_cost=1, memory_cost=1024, parallelism=1))
    for person in ("p1", "p2", "p3", "p4"):
        accounts.set_secret(person, PASSWORD, RIGHT)
    right = []

    def guess(number):
        right.append(accounts.try_secret(f"p{number % 4 + 1}", PASSWORD, f"wrong {number}", enrolled=True).right)

    threads = [Thread(target=guess, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert right == [False] * 40
    assert accounts._hasher.all == 20  # five of each, whichever came first; the others found the door locked
    assert accounts._hasher.most <= 2


def test_a_code_is_taken_within_a_day_and_only_that_of_the_first_run_is_ended_by_wrong_ones(accounts, clock):
    code = accounts.new_code("p2")
    assert accounts.try_code("p2", code.lower().replace("-", " ")) == "right"
    assert {accounts.try_code("p2", "wrong") for _ in range(12)} == {"wrong"}  # a stranger could end everybody's
    assert accounts.try_code("p2", code) == "right"
    of_first_run = accounts.new_code()
    assert [accounts.try_code("", "wrong") for _ in range(10)] == ["wrong"] * 9 + ["ended"]
    assert accounts.try_code("", of_first_run) == "ended"
    first, second = accounts.new_code("p2"), accounts.new_code("p2")
    assert accounts.try_code("p2", first) == "wrong"
    clock.on(days=1)
    assert accounts.try_code("p2", second) == "ended"
    assert accounts.try_code("p9", second) == "ended"


def test_a_session_ends_on_request_after_twelve_hours_and_with_all_of_its_person(store, clock):
    sessions = Sessions(store, clock)
    one, other, another = sessions.begin("p1", None), sessions.begin("p1", "d1"), sessions.begin("p2", None)
    assert len({one, other, another}) == 3
    sessions.end(sessions.find(one).hash)
    assert (sessions.find(one).live, sessions.find(other).live) == (False, True)
    sessions.end_all("p1")
    assert (sessions.find(other).live, sessions.find(another).live) == (False, True)
    clock.on(hours=12)
    assert not sessions.find(another).live
    assert sessions.find("made up") is None
    clock.on(days=8)
    sessions.begin("p1", None)
    assert sessions.find(one) is None  # buried


def test_what_was_typed_is_kept_for_its_person_half_an_hour_and_once(store, clock):
    sessions, fields = Sessions(store, clock), [("reason", "half a sentence"), ("form", "ReasonForm")]

    def moved(to, after):
        old = sessions.begin("p1", None)
        sessions.keep(sessions.find(old).hash, "/record/x?a=1", fields)
        new = sessions.begin(to, None)
        sessions.move_kept(sessions.find(old).hash, new, to)
        clock.on(minutes=after)
        hash_ = sessions.find(new).hash
        assert sessions.take_kept(hash_, "/record/y") is None
        first, second = sessions.take_kept(hash_, "/record/x"), sessions.take_kept(hash_, "/record/x")
        assert second is None
        return first and list(first.fields)

    assert moved("p1", 29) == fields
    assert moved("p1", 31) is None
    assert moved("p2", 1) is None


def test_what_was_typed_goes_with_the_first_request_of_anybody_after_half_an_hour(store, clock):
    sessions = Sessions(store, clock)
    one, other = sessions.begin("p1", None), sessions.begin("p2", None)
    sessions.keep(sessions.find(one).hash, "/record/x", [("reason", "half a sentence")])
    clock.on(minutes=30)
    assert sessions.find(other)
    assert sessions.find(one).keeps
    clock.on(milliseconds=1)
    assert sessions.find("made up") is None
    with store.connection() as connection:
        assert connection.execute(select(SESSION.c.kept)).scalars().all() == [None, None]
    assert not sessions.find(one).keeps


def test_a_device_and_a_key_are_known_by_their_text_until_they_end(store, clock):
    sessions = Sessions(store, clock)
    device, key = sessions.enroll("d1"), sessions.make_key("k1")
    on_it = sessions.begin("p1", "d1")
    assert (sessions.device_of(device), sessions.key_of(key)) == ("d1", "k1")
    sessions.remove_device("d1")
    sessions.end_key("k1")
    assert (sessions.device_of(device), sessions.key_of(key)) == (None, None)
    assert not sessions.find(on_it).live
