"""Whoever checks a batch finds no figure of its maker on any page, and the same form for every batch of one shape."""

import re

from calc.record.batch.acts import Record, TakeLot
from calc.web.record.batches.acting import deciding
from tests.support.batches import READ, check, controls, due, send, signed
from tests.support.checked_client import soup
from tests.support.record import post
from tests.tools.record_blind import Maker, masked, pages

#: A batch whose figures stand nowhere else, and the patterns that would show one of them.
ORDER = {
    "drug": "naltrexone",
    "dose": "4.37 mg",
    "quantity": 83,
    "source": {"kind": "tablet", "strength": "50 mg"},
    "capsule": {"size": "1", "fill_mass": "213 mg"},
}
LOTS = {
    "source": ("MARKERA1", "07/2031"),
    "diluent": ("MARKERB2", "08/2031"),
    "capsule": ("MARKERC3", "09/2031"),
}
#: 83 x 4.37 mg are 362.71 mg, so eight tablets of 50 mg, of 0.1777 g each, and 8 x 177 mg = 1.416 g together.
FIGURES = re.compile(r"4\.37|\b83\b|213 ?mg|1\.416|\b1416\b|\b177\b|MARKER|2031|362\.71|\b8 tablets")

#: What is drawn for each page or event, and holds any digits: tokens, numbers of requests, hashes.
AT_RANDOM = re.compile(
    r'name="(?:request|csrf_token)" value="[^"]*"|"[0-9a-f]{64}"|"[0-9a-f]{8}(?:-[0-9a-f]{4,12}){4}"'
)


def test_twenty_batches_of_one_shape_have_one_check_page(shop):
    assert len(pages(shop, 20, 7)) == 1


def test_a_batch_of_another_shape_has_another_page(shop):
    """What is compared can differ: a liquid asks for its volume."""
    maker, checker = Maker(shop), shop.window("p1")
    capsules, _ = maker.until_due(ORDER, 177, LOTS)
    order = {
        "preparation": "liquid",
        "drug": "naltrexone",
        "dose": "4.37 mg",
        "strength": "1 mg/mL",
        "volume": "100 mL",
    }
    liquid = maker.liquid_due({**order, "vehicle": {"name": "Ora-Blend", "expiry": "2031-09-30"}})
    found = set()
    for number in (capsules, liquid):
        answer = checker.get(f"/record/batches/{number}/check/crushing")
        found.add(masked(answer.get_data(as_text=True), number))
    assert len(found) == 2


def test_no_page_shows_a_figure_of_the_maker_to_who_may_still_check(shop):
    """Every address of the record is asked for as a pharmacist, before and after a first reading that differs."""
    number, _ = Maker(shop).until_due(ORDER, 177, LOTS)
    checker = shop.window("p1")
    with shop.store.reading() as reading:
        seqs = [event.seq for event in reading.events(f"batch:{number}")]
    parts = {"number": number, "point": "crushing", "person": "c1", "device": "d1", "key": "k1", "name": "pins_allowed"}
    walked = [address for seq in seqs for address in addresses(shop, {**parts, "seq": seq})]
    walked += [f"/record/batches/{number}?{query}" for query in ("entries=all", "again=all_tablets", "lot=source")]
    walked += ["/record/batches?drug=naltrexone", "/record/log", f"/record/log?stream=batch:{number}"]
    assert f"/record/batches/{number}/check/crushing" in walked
    leaks = leaks_in(checker, walked)
    wrong = {
        **READ,
        "values-dose": "9 mg",
        "values-quantity": "9",
        "values-source_lot": "x1",
        "values-all_tablets": "9 g",
    }
    assert check(checker, number, "crushing", wrong, signed("p1", "Pharmacist One")).status_code == 303
    leaks |= leaks_in(checker, walked)
    hold = f"/record/batches/{number}/hold"
    assert send(shop.window("i1"), hold, {"reason": "recall", **signed("i1", "In Charge One")}).status_code == 303
    assert leaks_in(checker, walked) == {}
    assert leaks == {}


def test_no_page_shows_a_figure_before_the_check_is_due(shop):
    """The lots are taken and the tablets counted; they are not weighed yet, so nothing is due."""
    maker, checker = Maker(shop), shop.window("p1")
    number = maker.open(ORDER)
    lots = [TakeLot(component, "", *lot) for component, lot in LOTS.items()]
    maker.write(deciding(number, *lots, Record("count_tablets", "8")))
    assert maker.state(number).point_due is None
    parts = {"number": number, "point": "crushing", "person": "c1", "device": "d1", "key": "k1", "name": "pins_allowed"}
    walked = [
        *addresses(shop, {**parts, "seq": 1}),
        "/record/batches?drug=naltrexone",
        f"/record/log?stream=batch:{number}",
    ]
    assert leaks_in(checker, walked) == {}
    assert "Show the figures" in checker.get(f"/record/batches/{number}").get_data(as_text=True)


def test_the_text_of_a_draft_is_hidden_from_who_may_still_check(shop):
    """A draft is signed by its address, which says no more than the sequence of an event."""
    maker, checker = shop.window("c1"), shop.window("p1")
    number = due(maker)
    page = f"/record/batches/{number}/deviation"
    draft = {"step": "all_tablets", "reason": "spilled", "text": "MARKER 0.480 g"}
    assert send(maker, page, draft).status_code == 303
    signs = f"{page}?signs={shop.events('deviation.recorded')[-1].seq}"
    assert controls(maker.get(signs))["text"] == draft["text"]
    shown = checker.get(signs)
    assert {name: controls(shown)[name] for name in draft} == {**draft, "text": ""}
    steps = {option["value"]: option.text for option in soup(shown).select("#step option")}
    assert steps["count_tablets"] == "Tablets counted"  # as all that this person may see of the batch says it
    assert leaks_in(checker, [signs]) == {}
    assert "hidden, because you may still check" in shown.text
    typed = {**controls(shown), "text": "weighed again", **signed("p1", "Pharmacist One")}
    assert post(checker, signs, typed).status_code == 303
    with shop.store.reading() as reading:
        assert not reading.batch(number).has_draft


def addresses(shop, parts):
    """Every address of the record that can be asked for, its parts filled in."""
    adapter = shop.app.url_map.bind("localhost")
    for rule in shop.app.url_map.iter_rules():
        if rule.endpoint.startswith("record.") and "GET" in rule.methods:
            yield adapter.build(rule.endpoint, {name: parts[name] for name in rule.arguments})


def leaks_in(window, walked):
    """What stands on pages and should not, by address."""
    found = {}
    for address in dict.fromkeys(walked):
        answer = window.get(address)
        assert answer.status_code != 500, address
        text = AT_RANDOM.sub("", answer.get_data(as_text=True))
        shown = sorted({match.group() for match in FIGURES.finditer(text)})
        if shown:
            found[address] = shown
    return found
