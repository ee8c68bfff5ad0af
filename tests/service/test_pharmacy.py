"""The pharmacy of the settings: as it is set, blank where it is not; a text that no paper prints stops the start."""

import pytest

from calc.paper.pharmacy import NO_PHARMACY, Pharmacy
from calc.service.clock import BadSetting
from calc.service.pharmacy import pharmacy

NAMES = ("TRITURATE_PHARMACY_NAME", "TRITURATE_PHARMACY_ADDRESS", "TRITURATE_PHARMACY_PHONE")


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_what_is_not_set_is_blank(monkeypatch):
    assert pharmacy() == NO_PHARMACY == Pharmacy("", "", "")
    monkeypatch.setenv(NAMES[2], "  ")
    assert pharmacy() == NO_PHARMACY


def test_what_is_set_is_taken_as_it_is(monkeypatch):
    for name, text in zip(NAMES, ("Pharmacy A", " 1 Main Street, Anytown ", "(555) 555-0100"), strict=True):
        monkeypatch.setenv(name, text)
    assert pharmacy() == Pharmacy("Pharmacy A", "1 Main Street, Anytown", "(555) 555-0100")


@pytest.mark.parametrize(("name", "longest"), list(zip(NAMES, (40, 80, 20), strict=True)))
def test_a_text_may_be_so_long_and_no_longer(monkeypatch, name, longest):
    monkeypatch.setenv(name, "5" * longest)
    assert "5" * longest in (pharmacy().name, pharmacy().address, pharmacy().phone)
    monkeypatch.setenv(name, "5" * (longest + 1))
    with pytest.raises(BadSetting, match=f"{name}: .* has more than {longest} characters"):
        pharmacy()


@pytest.mark.parametrize("text", ["\u85e5\u5c40", "a\tb", "a\u202eb"])
def test_a_text_that_no_paper_prints_stops_the_start(monkeypatch, text):
    monkeypatch.setenv(NAMES[0], text)
    with pytest.raises(BadSetting, match="one that the papers cannot print"):
        pharmacy()
