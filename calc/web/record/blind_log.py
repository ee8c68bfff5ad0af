"""What of the log goes into a file for somebody who may still check a batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import orjson

from calc.record.batch.view import is_hidden
from calc.record.rights import Act, Right
from calc.record.streams import BATCH_STREAM
from calc.store.reading import Kept, Reading
from calc.web.record.session import current, here


def before_hidden(reading: Reading, kept: Sequence[Kept]) -> Iterator[Kept]:
    """Yield events up to the first of a batch still to be read, whose figures are hidden from who is signed in.

    What is yielded is a chain that holds. For who checks nothing, such as an auditor, nothing is cut off.
    """
    settings, person, seen = here().site.settings, current().person, dict[str, bool]()
    checks = (Act.CHECK_BEFORE_MIXING, Act.RELEASE)
    if all(settings.right(person.role, act) is Right.NO for act in checks):
        yield from kept
        return
    for each in kept:
        stream = str(orjson.loads(each.body)["stream"])
        if stream.startswith(BATCH_STREAM) and stream not in seen:
            seen[stream] = is_hidden(reading.batch(stream.removeprefix(BATCH_STREAM)), person.id)
        if seen.get(stream, False):
            return
        yield each
