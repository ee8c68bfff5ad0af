"""A server with a record in a folder, for the browser: `python -m tests.support.record_server FOLDER`.

Three batches are there: 26-000001 is held for two readings that differ, 26-000002 is released, 26-000003 is blended.
"""

import sys
from pathlib import Path

from calc.web.serving import serve
from tests.support.batches import READ, blended, check, due, made, signed
from tests.support.record import RecordForTests

HELD, RELEASED, BLENDED = "26-000001", "26-000002", "26-000003"


def main(folder):
    """Make the batches, then serve."""
    record = RecordForTests(Path(folder) / "record")
    maker, checker = record.window("c1"), record.window("p1")
    held = due(maker)
    for _ in range(2):
        check(checker, held, "crushing", {**READ, "values-count_tablets": "4"}, signed("p1", "Pharmacist One"))
    made(maker, checker, release=record)
    blended(maker, checker)
    serve(record.app, "127.0.0.1", 0)


if __name__ == "__main__":
    main(sys.argv[1])
