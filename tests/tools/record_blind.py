"""Hold check pages to their blindness: `python -m tests.tools.record_blind 200 7`.

Draws batches of one shape with other figures, lots and days, as their makers record them, and compares the form that a
second person gets of each, byte by byte, once its number and the number of the request are masked.
"""

import random
import re
import sys
from uuid import uuid4

from calc.faults import Refused
from calc.record.batch.acts import Open, Record, TakeLot
from calc.record.batch.decide import decide
from calc.record.envelope import By
from calc.record.refusals import ActRefused
from calc.record.stamp import Stamp
from calc.store.door import Decided
from calc.web.record.batches.acting import deciding
from tests.support.record import ROLES, RecordForTests

PARTS = ("source", "diluent", "capsule")
MAKER = By("c1", *ROLES["c1"])
NUMBER = re.compile(r"[0-9]{2}-[0-9]{6}")
REQUEST = re.compile(r'name="request" value="[0-9a-f-]{36}"')


def drawn(draw):
    """An order of capsules from tablets and what is found at the bench: one tablet's mass, lots, and their expiries."""
    order = {
        "drug": "naltrexone",
        "dose": f"{draw.randrange(300, 900) / 100:.2f} mg",
        "quantity": draw.randrange(20, 120),
        "source": {"kind": "tablet", "strength": "50 mg"},
        "capsule": {"size": draw.choice(["0", "1", "2"]), "fill_mass": f"{draw.randrange(180, 240)} mg"},
    }
    days = {part: f"{draw.randrange(1, 13):02}/20{draw.randrange(28, 34)}" for part in PARTS}
    lots = {part: (f"L{draw.randrange(10**6)}", day) for part, day in days.items()}
    return order, draw.randrange(140, 260), lots


class Maker:
    """The maker at the bench, who writes by the same door and rules as the pages, but without them."""

    def __init__(self, record):
        self.record = record

    def write(self, decided):
        request = str(uuid4())
        stamp = Stamp(MAKER, MAKER.person, "", request, request)
        with self.record.app.app_context():
            return self.record.store.append(stamp, lambda reading: decided(reading, stamp, None))

    def open(self, order):
        """Open a batch; its number."""

        def decided(reading, stamp, signed):
            number = reading.next_number(reading.moment().day.year)
            found = decide(
                None,
                Open(order),
                stamp,
                reading.moment(),
                self.record.ground.library,
                signed=signed,
                settings=reading.site().settings,
                number=number,
            )
            return Decided(found.drafts, found.documents)

        return self.write(decided).events[0].data["number"]

    def liquid_due(self, order):
        """A batch of a liquid of whole tablets that is due for the check before crushing: its number."""
        number = self.open(order)
        count = self.state(number).target("count_tablets").target.numerator
        self.write(deciding(number, TakeLot("source", "", "L1", "01/2030"), Record("count_tablets", str(count))))
        return number

    def state(self, number):
        """What the record knows of a batch."""
        with self.record.store.reading() as reading:
            return reading.batch(number)

    def until_due(self, order, tablet, lots):
        """A batch that is due for the check before crushing: its number and the steps before crushing."""
        number = self.open(order)
        count = self.state(number).target("count_tablets").target.numerator
        mass = f"{count * tablet / 1000:.3f}"
        acts = [TakeLot(part, "", *lots[part]) for part in PARTS]
        acts += [Record("count_tablets", str(count)), Record("all_tablets", mass, "g")]
        self.write(deciding(number, *acts))
        state = self.state(number)
        steps = [target.step for target in state.targets]
        return number, (state.point_due, tuple(steps[: steps.index("crush")]))


def masked(page, number):
    """A page without what is another on every page: the number of the batch and that of the request."""
    text = REQUEST.sub('name="request" value="-"', page.replace(number, "NUMBER"))
    assert not NUMBER.search(text), "another batch stands on the page"
    return text


def pages(record, count, seed):
    """The check pages of `count` drawn batches of the commonest shape, masked: each page with its batches."""
    draw, maker, checker = random.Random(seed), Maker(record), record.window("p1")
    found, shapes = {}, {}
    while max(map(len, shapes.values()), default=0) < count:
        order, tablet, lots = drawn(draw)
        try:
            number, shape = maker.until_due(order, tablet, lots)
        except (Refused, ActRefused):
            continue
        shapes.setdefault(shape, []).append(number)
    for number in max(shapes.values(), key=len):
        answer = checker.get(f"/record/batches/{number}/check/crushing")
        assert answer.status_code == 200, number
        found.setdefault(masked(answer.get_data(as_text=True), number), []).append(number)
    return found


def main(count, seed):
    """Compare as many pages as asked for; exit 1 if they are not all one page."""
    record = RecordForTests()
    try:
        found = pages(record, count, seed)
    finally:
        record.close()
    print(f"{count} check pages of one shape, drawn by seed {seed}: {len(found)} different")
    return 0 if len(found) == 1 else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
