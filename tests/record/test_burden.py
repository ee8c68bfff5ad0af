"""What a plain order asks of two people, counted from its points and steps: figure 26, at the level of the rules.

An interaction is a field that is filled in, a choice, or a button. The pages are counted in a browser.
"""

from calc.record.batch.points import points_of
from calc.record.batch.review import review, to_confirm
from calc.record.batch.values import values_of
from tests.support.batch import ANSWERS, DAY, LIBRARY, LOTS, MADE, ONE, portioned, weighed

#: A signature is the secret and the button; the name is that of the session.
SIGNATURE = 2


def test_the_checker_of_a_plain_order_has_at_most_30_interactions():
    """11 values before crushing and 10 before the release, 2 signatures, 2 answers and the slips to be looked at."""
    before, pharmacy = weighed(), portioned("slip")
    crushing, release = points_of(before.state)[0], points_of(pharmacy.state)[-1]
    read = {"crushing": values_of(before.state, crushing), "release": values_of(pharmacy.state, release)}
    read = {key: len(values) for key, values in read.items()}
    assert read == {"crushing": 11, "release": 10}
    pharmacy.do(ONE, MADE)
    confirmed = len(to_confirm(review(pharmacy.state, LIBRARY, DAY)))
    interactions = sum(read.values()) + 2 * SIGNATURE + len(ANSWERS) + confirmed
    assert (confirmed, interactions) == (1, 28)
    assert interactions <= 30


def test_the_maker_of_a_plain_order_has_28_interactions_without_handing_over():
    """6 fields of lots, 4 amounts, 2 of a boat, a slip, a step, 5 fields of the made, 7 buttons and a signature."""
    pharmacy = portioned("slip")
    lots = 2 * len(LOTS)
    amounts = [each for each in pharmacy.events if each.type in ("amount.recorded", "count.recorded")]
    boats = sum(2 for each in amounts if each.data.get("boat"))
    readings = sum(1 for each in amounts if each.data.get("reading") == "slip")
    steps = sum(1 for each in pharmacy.events if each.type == "step.done")
    fields = sum(1 for name in ("made", "description", "masses", "shells", "left_over") if getattr(MADE, name))
    assert (lots, len(amounts), boats, readings, steps, fields) == (6, 4, 2, 1, 1, 5)
    buttons = 2 + 1 + 3 + 1  # open and confirm; save the lots; save before crushing, after it, before the end; label
    assert lots + len(amounts) + boats + readings + steps + fields + buttons + SIGNATURE == 28
