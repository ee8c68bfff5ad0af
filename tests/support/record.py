"""A record for tests of pages: an application with people in each role, and windows in which they sign in."""

import atexit
import re
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from uuid import uuid4

from calc.library import load
from calc.record.envelope import By, Draft
from calc.record.people.secrets import PASSWORD, PIN
from calc.record.stamp import Moment, Stamp
from calc.service.answering import Service
from calc.service.pharmacy import pharmacy
from calc.store import upkeep
from calc.store.accounts import Hasher
from calc.store.door import Decided
from calc.web.record.app import register
from calc.web.record.ground import NAME
from calc.web.record.session import DEVICE
from tests.store.places import memory
from tests.support.checked_client import check_page
from tests.support.client import TODAY, make_app

LIBRARY = load()
#: A hash that costs next to nothing.
CHEAP = Hasher(time_cost=1, memory_cost=8, parallelism=1)
#: The people: their names by id, and the role of each.
ROLES = {
    "c1": ("Compounder One", "compounder"),
    "c2": ("Compounder Two", "compounder"),
    "p1": ("Pharmacist One", "pharmacist"),
    "p2": ("Pharmacist Two", "pharmacist"),
    "i1": ("In Charge One", "pharmacist-in-charge"),
    "a1": ("Auditor One", "auditor"),
}
IN_CHARGE = By("i1", "In Charge One", "pharmacist-in-charge")
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def password_of(person):
    """The password of a person: a sentence of her own."""
    return f"gray boats at noon {person}"


def pin_of(person):
    """The PIN of a person: six digits of her own."""
    return f"8301{ord(person[0]) % 10}{person[1]}"


class Clock:
    """A clock that stands still until it is set on."""

    def __init__(self):
        self.at = datetime(TODAY.year, TODAY.month, TODAY.day, 15, 0, tzinfo=UTC)

    def __call__(self):
        return Moment(self.at, "UTC", self.at.date())

    def on(self, **time):
        """Set it on."""
        self.at += timedelta(**time)


class RecordForTests:
    """An application with a record in a folder, and a clock; `people` is False before the first run.

    A folder that was made for it goes when it is closed, or with the process, such as that of a server.
    """

    def __init__(self, folder=None, *, people=True, hasher=CHEAP):
        self.made = None if folder else Path(tempfile.mkdtemp(dir=memory()))
        if self.made is not None:
            atexit.register(shutil.rmtree, self.made, ignore_errors=True)
        self.folder = folder or self.made / "record"
        self.clock = Clock()
        upkeep.make(self.folder)
        self.app = make_app()
        register(self.app, Service(LIBRARY, lambda: TODAY, pharmacy()), self.folder, now=self.clock, hasher=hasher)
        self.ground = self.app.extensions[NAME]
        if people:
            self.add_people()

    @property
    def store(self):
        """The store."""
        return self.ground.store

    def add_people(self):
        """Add everybody, with secrets, each having accepted that signatures count."""
        drafts = [
            Draft(
                "site:main", "setting.changed", {"name": "pharmacy", "old": "", "new": "Test Pharmacy", "reason": "x"}
            )
        ]
        for person, (name, role) in ROLES.items():
            data = {"name": name, "role": role, "initials": name[0] + name[-1], "license": ""}
            drafts.append(Draft(f"person:{person}", "person.added", data))
            drafts.append(Draft(f"person:{person}", "person.certified", {"sentence": "signatures_count"}))
        self.append(*drafts)
        for person in ROLES:
            self.ground.accounts.set_secret(person, PASSWORD, password_of(person))
            self.ground.accounts.set_secret(person, PIN, pin_of(person))

    def append(self, *drafts, by=IN_CHARGE):
        """Write events as they are."""
        request = str(uuid4())
        return self.store.append(Stamp(by, by.person, "", request, request), lambda _: Decided(drafts))

    def events(self, type_=None):
        """All events, or those of a type."""
        with self.store.reading() as reading:
            return [event for event in reading.log(limit=10_000) if type_ in (None, event.type)]

    def enroll(self, window, name="bench 1"):
        """Enroll the device of a window."""
        device = f"d{len(self.events('device.enrolled')) + 1}"
        self.append(Draft(f"device:{device}", "device.enrolled", {"name": name}))
        window.set_cookie(DEVICE, self.ground.sessions.enroll(device), domain="localhost")
        return device

    def window(self, person=None):
        """A window of a browser, with somebody signed in by password."""
        window = self.app.test_client()
        if person is not None:
            answer = sign_in(window, ROLES[person][0], password_of(person))
            assert answer.status_code == 303, answer.text
        return window

    def close(self):
        """Close the store, and remove the folder that was made for it."""
        self.store.close()
        if self.made is not None:
            shutil.rmtree(self.made, ignore_errors=True)


def post(window, address, fields=(), **how):
    """Send a form as a browser does from our own page."""
    return window.post(address, data=dict(fields), headers={**SAME_ORIGIN, **how.pop("headers", {})}, **how)


def sign_in(window, name, secret, **fields):
    """Sign in."""
    return post(window, "/record/sign-in", {"signer": name, "secret": secret, **fields})


def fields_of(answer, which=""):
    """The hidden fields of a form on a page: the one whose name begins so, or the first of the main part."""
    check_page(answer.get_data(as_text=True))
    main = answer.get_data(as_text=True).partition("<main")[2]
    for form in re.findall(r"<form.*?</form>", main, re.DOTALL):
        pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
        found = {name: unescape(value) for name, value in pairs}
        if found.get("form", "").startswith(which):
            return found
    raise AssertionError(f"no form {which}")
