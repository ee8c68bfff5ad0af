"""A batch in the real browser: two people on one computer, from a plan to released, with script and without."""

import re
import subprocess
import sys
import tempfile
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from calc.web.face import face
from tests.browser.test_access import SMALL, WIDE
from tests.browser.test_interactions import Hands
from tests.store.places import memory
from tests.support.batches import ORDER, SAMPLE
from tests.support.papers import text_of_pdf
from tests.support.record import password_of
from tests.support.record_server import BLENDED, HELD, RELEASED

MAKER, CHECKER = "Compounder One", "Pharmacist One"
#: What the second person reads before crushing, from prescription, bottle, tray and balance.
CRUSHING = {
    "drug": "naltrexone",
    "dose": "4.5 mg",
    "quantity": "30",
    "source_drug": "naltrexone HCl",
    "source_strength": "50 mg",
    "source_lot": "A10422",
    "source_expiry": "05/2028",
    "all_tablets": "0.481 g",
}
LABEL = {
    "diluent-name": "microcrystalline cellulose PH-101",
    "diluent-lot": "C7715",
    "size": "3",
    "capsule-lot": "S30981",
    "made": "30",
    "label_drug": "Naltrexone",
    "label_strength": "4.5 mg",
    "label_quantity": "30",
    "label_until": "05/22/2027",
}


@pytest.fixture(scope="module")
def address():
    """Where a server with a record answers."""
    with (
        tempfile.TemporaryDirectory(dir=memory()) as folder,
        subprocess.Popen(
            [sys.executable, "-m", "tests.support.record_server", folder], stdout=subprocess.PIPE, text=True
        ) as server,
    ):
        found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())[0]
        with urlopen(found + face().address) as typeface:  # made on the first request, which takes a second
            typeface.read()
        yield found
        server.terminate()


class Person(Hands):
    """The hands of one of the two at the computer; what is wrong with a page on their way goes into `found`."""

    def __init__(self, window, found=None):
        super().__init__(window.page)
        self.window, self.found, self.seen = window, found, set()

    def choose(self, name, value):
        self.number += 1
        self.page.locator(f"#{name}").select_option(value)

    def tick(self, selector):
        self.number += 1
        self.page.locator(selector).check()

    def press(self, selector):
        path = urlsplit(self.page.url).path
        if self.found is not None and path not in self.seen:
            self.seen.add(path)
            self.look()
        super().press(selector)
        self.page.wait_for_load_state()

    def reads(self, selector):
        """What stands there, as it is read."""
        return " ".join(self.page.locator(selector).inner_text().split())

    def tick_all(self, row):
        """Record what is typed, and tick all of the stage that a step is in."""
        self.press(f"section:has(#row-{row}) button:not([value='typed'])")

    def press_named(self, name):
        self.press(f"main :is(a, button):text-is('{name}')")

    def look(self):
        """Note what axe finds on the page, what is too small to be pressed, and what sticks out sideways."""
        wrong = [*self.window.axe(), *self.page.evaluate(SMALL), *self.page.evaluate(WIDE)]
        if wrong:
            self.found[self.page.url] = wrong

    def fill_all(self, prefix, values):
        for name, value in values.items():
            self.fill(f"{prefix}{name}", value)


def at_work(window, found=None):
    """The maker, signed in and with a plan on the screen; and who will check."""
    sign_in(window, MAKER, "c1")
    window.go(f"/?{ORDER}")
    return Person(window, found), Person(window, found)


def sign_in(window, name, person):
    window.go("/record/sign-in")
    window.page.locator("#signer").fill(name)
    window.page.locator("#secret").fill(password_of(person))
    window.page.locator("main button").click()
    window.page.wait_for_url("**/record")


def open_and_weigh(maker):
    maker.press_named("Open a batch")
    maker.press_named("Open the batch")
    number = re.search(r"[0-9]{2}-[0-9]{6}", maker.page.url)[0]
    for component, lot, expiry in (
        ("source", "A10422", "05/2028"),
        ("diluent", "C7715", "01/2028"),
        ("capsule", "S30981", "09/2029"),
    ):
        maker.fill(f"lot-{component}-lot", lot)
        maker.fill(f"lot-{component}-expiry", expiry)
    maker.press_named("Record the lots")
    maker.fill("bench-level_balance", "balance 1")
    maker.tick_all("mortar")
    maker.tick_all("read_source")
    maker.fill("bench-count_tablets", "3")
    maker.fill("bench-one_tablet", "0.160")
    maker.fill("bench-all_tablets", "0.480")
    maker.press("section:has(#row-all_tablets) button[value='typed']")
    maker.press_named("Hand over for the check")
    return number


def read_before_crushing(checker, tablets):
    assert "0.480" not in checker.page.content()
    checker.fill_all("values-", {**CRUSHING, "count_tablets": tablets})
    checker.choose("values-form", "capsules")
    checker.tick("#values-immediate-1")
    sign(checker, CHECKER, "p1")
    checker.press_named("Compare")


def sign(hands, name, person):
    if hands.page.locator("#signer").input_value() != name:
        hands.fill("signer", name)
    hands.fill("secret", password_of(person))


def take_back(maker):
    """The maker's secret, on the screen that she handed over."""
    maker.fill("secret", password_of("c1"))
    maker.press("main form button")


def blend_and_make(maker):
    take_back(maker)
    maker.fill("bench-recovered", "0.475")
    maker.fill("bench-portion", "0.433")
    maker.choose("bench-portion-reading", "slip")
    maker.fill("bench-diluent", "3.696")
    maker.tick_all("crush")
    assert "In band: 0.428 g to 0.436 g." in maker.reads("#row-portion")
    assert "4.51 mg" in maker.reads("#answer")
    maker.fill("bench-end_point", "even after 12 min")
    maker.fill("bench-divide", "30")
    maker.fill("bench-container", "60 mL amber vial")
    maker.fill("bench-label", "30")
    maker.tick_all("end_point")
    maker.tick_all("wash")
    maker.press_named("Sign as made")
    made = {"made": "30", "description": "clear capsules, white powder", "masses": SAMPLE, "shells": "48 " * 10}
    maker.fill_all("", {**made, "left_over": "0.042 g, drug waste"})
    sign(maker, MAKER, "c1")
    maker.press_named("Sign as made")
    print_label(maker)
    maker.press_named("Hand over for the release")


def print_label(maker):
    """The label is printed before it is read again; a browser shows it in a viewer, so its form is sent from here."""
    maker.press_named("Papers")
    fields = maker.page.locator("form[action$='label.pdf'] :is(input, select, textarea)").all()
    maker.number += 1
    printed = maker.window.context.request.post(
        f"{maker.page.url.removesuffix('/papers')}/label.pdf",
        form={field.get_attribute("name"): field.input_value() for field in fields},
        headers={"Origin": maker.window.address},
    )
    assert "4.5 mg" in text_of_pdf(printed.body())
    maker.press("main .links a")


def read_and_release(checker, number):
    checker.fill_all("values-", {"label_number": number, **LABEL})
    checker.tick("#reviewed-slips")
    checker.tick("#answers-opioids-1")
    checker.tick("#answers-liver_disease-1")
    sign(checker, CHECKER, "p1")
    checker.press_named("Release the batch")


def find_again(maker, number):
    maker.window.go("/record")
    maker.fill("find", number)
    maker.press(".scan button")
    assert number in maker.reads("h1")


def test_two_people_on_one_computer_take_a_batch_from_a_plan_to_released(open_window):
    """With a slip of the checker, which is told by its name alone, and nothing for axe on any page on the way."""
    window, found = open_window(), {}
    maker, checker = at_work(window, found)
    number = open_and_weigh(maker)
    read_before_crushing(checker, "4")
    said = checker.reads("main")
    assert "One value differs: tablets on the tray." in said
    assert "3 tablets" not in said
    assert checker.page.evaluate("document.activeElement.getAttribute('role')") == "alert"  # what differs is read first
    read_before_crushing(checker, "3")
    assert "Pharmacist One: all values match. The work goes on." in checker.reads("main [role=status]")
    blend_and_make(maker)
    read_and_release(checker, number)
    assert f"Batch {number} is released" in checker.reads("main [role=status]")
    take_back(maker)
    assert "Released" in maker.reads(".line")
    find_again(maker, number)
    maker.look()
    assert found == {}


def test_without_script_and_on_a_phone_it_takes_forty_four_and_thirty_interactions(open_window):
    """The plain order without a slip: what the record asks of both, counted as fields, choices, and buttons."""
    window = open_window(390, 844, java_script_enabled=False)
    maker, checker = at_work(window)
    number = open_and_weigh(maker)
    read_before_crushing(checker, "3")
    blend_and_make(maker)
    read_and_release(checker, number)
    take_back(maker)
    assert "Released" in maker.reads(".line")
    assert (maker.number, checker.number) == (44, 30)


#: Pages that are not on that way, by a pharmacist: their paths, and the width of the window.
OTHERS = [
    "/record",
    "/record/batches",
    "/record/findings",
    f"/record/batches/{HELD}/difference",
    f"/record/batches/{RELEASED}?entries=all",
    f"/record/batches/{RELEASED}/dispense",
    f"/record/batches/{RELEASED}/destroy",
    f"/record/batches/{BLENDED}",
    f"/record/batches/{BLENDED}/deviation",
    f"/record/batches/{BLENDED}/hold",
]


def test_the_other_pages_of_a_batch_are_for_everyone_on_a_phone(open_window):
    window, found = open_window(390, 844), {}
    sign_in(window, CHECKER, "p1")
    window.go(f"/record/batches/{HELD}/difference")
    checker = Person(window, found)
    checker.press_named("Show both readings")
    assert "3 tablets" in checker.reads("main table")
    for path in OTHERS:
        assert window.go(path).status == 200
        checker.look()
    assert found == {}
