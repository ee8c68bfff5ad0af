"""Events as JSON lines, read and sent page by page: no download holds up who writes, or is held in memory whole.

What goes to somebody who may still check a batch ends before the first event of one whose figures are hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

import orjson
from flask import Response

from calc.record.batch.view import is_hidden
from calc.record.rights import Act, Right
from calc.record.streams import BATCH_STREAM
from calc.store.door import Store
from calc.store.reading import Kept, Reading, line_of
from calc.web.record.session import current, here

NDJSON = "application/x-ndjson"
#: Events of one answer, and of one page of it, which is read at once.
MOST, PAGE = 10_000, 200
#: What of a page of events somebody may read: all, or those up to one.
Shown = Callable[[Reading, Sequence[Kept]], Sequence[Kept]]


def lines(store: Store, after: int, shown: Shown = lambda _, kept: kept) -> Response:
    """Answer up to 10,000 events above a sequence, each as it is hashed. Raises `NotSaved` before anything is sent."""
    pages = _pages(store, after, shown)
    first = next(pages)
    return Response(chain([first], pages), content_type=NDJSON)


def _pages(store: Store, after: int, shown: Shown) -> Iterator[bytes]:
    left = MOST
    while left:
        with store.reading() as reading:
            kept = reading.kept(after=after, limit=min(PAGE, left))
            told = shown(reading, kept)
        yield b"".join(map(line_of, told))
        if len(told) < min(PAGE, left):
            return
        after, left = kept[-1].seq, left - len(kept)


def before_hidden() -> Shown:
    """Return what of a page is shown to who is signed in: events up to the first of a batch that is hidden from her.

    What is shown is a chain that holds. For who checks nothing, such as an auditor, nothing is cut off.
    """
    settings, person = here().site.settings, current().person
    checks = (Act.CHECK_BEFORE_MIXING, Act.RELEASE)
    if all(settings.right(person.role, act) is Right.NO for act in checks):
        return lambda _, kept: kept

    def shown(reading: Reading, kept: Sequence[Kept]) -> Sequence[Kept]:
        streams = [str(orjson.loads(each.body)["stream"]) for each in kept]
        numbers = {each.removeprefix(BATCH_STREAM) for each in streams if each.startswith(BATCH_STREAM)}
        open_ = numbers - reading.over(numbers)
        hidden = {f"{BATCH_STREAM}{number}" for number in open_ if is_hidden(reading.batch(number), person.id)}
        end = next((place for place, stream in enumerate(streams) if stream in hidden), len(kept))
        return kept[:end]

    return shown
