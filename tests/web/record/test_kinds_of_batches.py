"""The pages of every kind of batch, at each stage of its work: each is shown, whatever it is made of."""

from uuid import uuid4

import pytest

from calc.orders.parts import KINDS as SOURCE_KINDS
from calc.record.batch import acts
from calc.record.envelope import Draft, Signed
from calc.record.stamp import Stamp
from calc.record.words.readings import SOURCES
from calc.store.door import Decided
from tests.record.test_kinds import KINDS, made_of
from tests.support.batch import MADE, ONE
from tests.support.checked_client import soup
from tests.support.record import RecordForTests

LIQUID_MADE = {"unit": "mL", "description": "white, even liquid", "blank": "not done"}


def test_each_kind_of_source_has_its_name():
    assert SOURCES.keys() == {"tablet", *SOURCE_KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_its_pages_are_shown_from_open_to_made(kind):
    """Its events are written as the rules decided them; the window is that of its maker."""
    pharmacy, _ = made_of(KINDS[kind][0])
    volume = KINDS[kind][0].get("volume", "").removesuffix(" mL")
    pharmacy.do(ONE, acts.Make(volume, **LIQUID_MADE) if volume else MADE)
    record = RecordForTests()
    try:
        window, page = record.window(ONE.person), f"/record/batches/{pharmacy.number}"
        everyone = window, record.window("p2")
        written, documents = 0, tuple(pharmacy.documents)
        for at, event in enumerate(pharmacy.events, 1):
            if event.type in ("batch.planned", "check.made", "batch.made"):
                write(record, pharmacy.events[written:at], documents)
                written = at
                shown = window.get(page)
                assert shown.status_code == 200, (event.type, shown.text)
                assert pharmacy.number in shown.text
                for each in everyone:
                    follow_links(each, page)
        assert written == len(pharmacy.events)
        for more in ("?entries=all", "/papers", "/hold", "/deviation", "/reject"):
            assert window.get(f"{page}{more}").status_code == 200, more
        form = record.window("p2").get(f"{page}/check/release")
        assert (form.status_code, 'name="values-label_drug"' in form.text) == (200, True)
    finally:
        record.close()


def follow_links(window, page):
    """Follow every link from the page of a batch, with all its entries, to pages of the batch: each is shown."""
    todo, shown = [page, f"{page}?entries=all"], set()
    while todo:
        address = todo.pop()
        if address not in shown:
            shown.add(address)
            answer = window.get(address)
            assert answer.status_code == 200, address
            links = (link["href"].partition("#")[0] for link in soup(answer).select("a[href]"))
            todo += [link for link in links if link.startswith(page) and ".pdf" not in link]


def write(record, events, documents):
    """Write events of the rules as they are, each by who did it."""
    for event in events:
        signed = None if event.signature is None else Signed("", "password")
        draft, request = Draft(event.stream, event.type, event.data, signed), str(uuid4())
        stamp = Stamp(event.by, event.by.person, "", request, request)
        record.store.append(stamp, lambda _, draft=draft: Decided((draft,), documents))
