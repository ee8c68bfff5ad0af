"""Tamper with copies of a record in ten kinds, and count what is found: `python -m tests.tools.record_tamper 100`."""

import hashlib
import json
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from pathlib import Path

from calc.store.verify import Bad, verify
from calc.store.witness import Witness
from tests.store.places import memory
from tests.store.records import filled, noted, record_in, stamp

EVENTS = "SELECT seq, body, prev, hash FROM event ORDER BY seq"


class Copy:
    """A copy of a record, opened by somebody who may do anything with it, and puts the guards back afterwards."""

    def __init__(self, source, target):
        shutil.copy(source, target)
        self.path = target
        self.connection = sqlite3.connect(target, isolation_level=None)
        self.connection.execute("PRAGMA synchronous=OFF")
        self.connection.execute("PRAGMA journal_mode=MEMORY")
        self.guards = self.connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in self.guards:
            self.connection.execute(f"DROP TRIGGER {name}")
        self.connection.execute("BEGIN")

    def run(self, statement, *values):
        return self.connection.execute(statement, values).fetchall()

    def done(self):
        self.connection.execute("COMMIT")
        for _, text in self.guards:
            self.connection.execute(text)
        self.connection.close()

    def chained_from(self, seq, change):
        """Change the body of each event from `seq` on, and chain them all anew."""
        previous = "0" * 64
        rows = self.run(EVENTS)
        self.run("UPDATE event SET prev = -seq")
        for at, body, _, found in rows:
            if at < seq:
                self.run("UPDATE event SET prev = ? WHERE seq = ?", previous, at)
                previous = found
                continue
            text = json.dumps(change(json.loads(body)), sort_keys=True, separators=(",", ":"))
            new = hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
            self.run("UPDATE event SET body = ?, prev = ?, hash = ? WHERE seq = ?", text, previous, new, at)
            previous = new


def other(tree):
    """An event with other data."""
    return {**tree, "data": {**tree["data"], "text": "another"}}


def flipped(text, chance, letters):
    """A text with one character changed."""
    at = chance.randrange(len(text))
    return text[:at] + chance.choice([letter for letter in letters if letter != text[at]]) + text[at + 1 :]


def byte_in_body(copy, chance, seq, last):
    ((body,),) = copy.run("SELECT body FROM event WHERE seq = ?", seq)
    copy.run("UPDATE event SET body = ? WHERE seq = ?", flipped(body, chance, '0123456789ab" {}'), seq)
    return seq


def byte_in_hash(copy, chance, seq, last):
    ((found,),) = copy.run("SELECT hash FROM event WHERE seq = ?", seq)
    copy.run("UPDATE event SET hash = ? WHERE seq = ?", flipped(found, chance, "0123456789abcdef"), seq)
    return seq


def removed(copy, chance, seq, last):
    seq = min(seq, last - 1)
    copy.run("DELETE FROM event WHERE seq = ?", seq)
    return seq


def swapped(copy, chance, seq, last):
    seq = min(seq, last - 1)
    copy.run("UPDATE event SET seq = -1 WHERE seq = ?", seq)
    copy.run("UPDATE event SET seq = ? WHERE seq = ?", seq, seq + 1)
    copy.run("UPDATE event SET seq = ? WHERE seq = -1", seq + 1)
    return seq


def _moved_up(copy, seq):
    copy.run("UPDATE event SET seq = -seq WHERE seq >= ?", seq)
    copy.run("UPDATE event SET seq = 1 - seq WHERE seq < 0")


def added(copy, chance, seq, last):
    _moved_up(copy, seq)
    copy.run(
        "INSERT INTO event SELECT ?, stream || 'x', version, type, at, request, body, 'x', hash FROM event"
        " WHERE seq = ?",
        seq,
        seq + 1,
    )
    return seq


def renumbered(copy, chance, seq, last):
    _moved_up(copy, seq)
    return seq


def cut(copy, chance, seq, last):
    copy.run("DELETE FROM event WHERE seq >= ?", seq)
    copy.run("DELETE FROM request WHERE last >= ?", seq)
    return seq


def regrown(copy, chance, seq, last):
    seq = max(seq, last - 20)
    copy.chained_from(seq, other)
    return seq


def rebuilt_from_a_row(copy, chance, seq, last):
    copy.chained_from(seq, lambda tree: other(tree) if tree["seq"] == seq else tree)
    return seq


def rebuilt_whole(copy, chance, seq, last):
    copy.chained_from(1, other)
    return 1


KINDS = (
    byte_in_body,
    byte_in_hash,
    removed,
    swapped,
    added,
    renumbered,
    cut,
    regrown,
    rebuilt_from_a_row,
    rebuilt_whole,
)


def tried(folder, times, seed, rows):
    """Yield kind, where it was done, and what verifying said, with the witness and without, for each tampering."""
    store = filled(record_in(folder), rows)
    chance, source, witness = random.Random(seed), folder / "record.sqlite", Witness(folder / "heads.txt")
    for kind in KINDS:
        for _ in range(times):
            copy = Copy(source, folder / "copy.sqlite")
            seq = kind(copy, chance, chance.randint(1, rows), rows)
            copy.done()
            yield kind.__name__, seq, said(copy.path, witness), said(copy.path, None)
    store.close()


def clean(folder, times):
    """Yield what verifying said of a record that grows by an act each time."""
    store = record_in(folder)
    for at in range(times):
        store.append(stamp(at), noted(f"note:{at % 7}", 1 + at % 3, "x" * (at % 50)))
        yield said(folder / "record.sqlite", Witness(folder / "heads.txt"))
    store.close()


def said(path, witness):
    """What verifying a copy says: None where it finds nothing."""
    try:
        verify(path, witness=witness)
    except Bad as bad:
        return bad.where
    return None


def main(times):
    with tempfile.TemporaryDirectory(dir=memory()) as place:
        found, named, alone = Counter(), Counter(), Counter()
        for kind, seq, with_witness, without in tried(Path(place) / "one", times, 7, 1_000):
            found[kind] += with_witness is not None
            named[kind] += with_witness == f"event {seq}"
            alone[kind] += without is not None
        for kind in KINDS:
            name = kind.__name__
            print(f"{name:20} found {found[name]} of {times}, named {named[name]}, by the chain alone {alone[name]}")
        false = sum(one is not None for one in clean(Path(place) / "two", times * len(KINDS)))
    total = times * len(KINDS)
    print(f"{found.total()} of {total} found, {named.total()} named; clean copies: {false} false alarms")
    return 0 if found.total() == named.total() == total and not false else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
