"""What the rules of a batch did otherwise than an independent model of them (`tests.tools.compare_record`), mended."""

from datetime import date, timedelta

from calc.record.batch import acts
from calc.record.batch.review import Item
from calc.record.batch.view import is_hidden
from calc.record.envelope import Late
from tests.support.batch import (
    ANSWERS,
    FOUR,
    LOTS,
    MADE,
    ONE,
    READ_CONTAINERS,
    READ_CRUSHING,
    READ_RELEASE,
    THREE,
    TWO,
    made,
    opened,
    weighed,
    why,
)

OTHER_LABEL = {**READ_RELEASE, "label_drug": "ketamine"}
CONFIRMED = tuple(Item)


def test_a_lot_that_has_ended_since_the_batch_was_opened_is_not_taken():
    """Opened on November 30. On December 6 one that ended on December 5 is refused, and was good on December 4."""
    pharmacy = opened(lots={})
    pharmacy.day, pharmacy.at = date(2026, 12, 6), pharmacy.at + timedelta(days=6)
    for component in (*LOTS, "container"):
        assert why(pharmacy, ONE, acts.TakeLot(component, "", "A1", "2026-12-05")) == "lot_past"
    assert "lot.taken" in pharmacy.do(ONE, acts.TakeLot("source", "", "A1", "2026-12-06"))
    on_paper = Late("2026-12-04 12:00", "record was down")
    assert "lot.taken" in pharmacy.do(ONE, acts.TakeLot("capsule", "", "B1", "2026-12-05"), late=on_paper)


def test_what_is_read_again_with_the_release_is_compared():
    """Read alone, all matched; then another label lies there, and what it says is typed with the release."""
    pharmacy = made()
    pharmacy.do(THREE, acts.Check("release", READ_RELEASE))
    assert pharmacy.do(THREE, acts.Release(OTHER_LABEL, ANSWERS, reviewed=CONFIRMED)) == ["check.made"]
    assert (pharmacy.state.status.value, pharmacy.events[-1].data["differ"]) == ("made", ["label_drug"])
    pharmacy = made()
    pharmacy.do(THREE, acts.Check("release", READ_RELEASE))
    blank = dict.fromkeys(READ_RELEASE, " ")
    assert pharmacy.do(THREE, acts.Release(blank, ANSWERS, reviewed=CONFIRMED)) == ["batch.released"]


def test_a_batch_of_which_nobody_can_tell_is_no_self_check():
    pharmacy = weighed()
    for _ in range(2):
        pharmacy.do(TWO, acts.Check("crushing", {**READ_CRUSHING, "count_tablets": "4"}))
    pharmacy.do(FOUR, acts.Resolve("cannot be told", "counted again", finish="self-check"))
    assert (pharmacy.state.status.value, pharmacy.state.checking) == ("rejected", "two persons")


def test_lots_that_are_read_at_the_release_are_hidden_until_then():
    """With a slip of the portion the containers are read at the release: their lots are nobody's before that."""
    pharmacy = opened(lots={name: LOTS[name] for name in ("source", "diluent")})
    pharmacy.do(ONE, [acts.Record("count_tablets", "3"), acts.Record("all_tablets", "0.480", "g")])
    pharmacy.do(TWO, acts.Check("crushing", READ_CRUSHING))
    pharmacy.do(ONE, acts.Record("portion", "0.433", "g", reading="slip"))
    assert is_hidden(pharmacy.state, THREE.person)
    pharmacy.do(ONE, [acts.TakeLot("capsule", "", LOTS["capsule"], "05/2028"), acts.Record("diluent", "3.696", "g")])
    assert is_hidden(pharmacy.state, THREE.person)
    pharmacy.do(ONE, MADE)
    assert is_hidden(pharmacy.state, THREE.person)
    pharmacy.do(THREE, acts.Check("release", {**READ_RELEASE, **READ_CONTAINERS}))
    assert [is_hidden(pharmacy.state, each.person) for each in (ONE, THREE, FOUR)] == [False, False, True]


def test_a_reading_that_matched_is_a_new_beginning():
    """A slip, then a match; another reads label and tray with the release and slips: that is her first, not a hold."""
    pharmacy = made()
    for values in (OTHER_LABEL, READ_RELEASE):
        assert pharmacy.do(THREE, acts.Check("release", values)) == ["check.made"]
    with_release = acts.Release(OTHER_LABEL, ANSWERS, reviewed=CONFIRMED)
    assert pharmacy.do(TWO, with_release) == ["check.made"]
    assert [event.data["attempt"] for event in pharmacy.events[-3:]] == [1, 2, 1]
    assert pharmacy.do(FOUR, with_release) == ["check.made", "batch.held"]
    assert (pharmacy.state.mismatch, pharmacy.events[-2].data["attempt"]) == ("release", 2)
