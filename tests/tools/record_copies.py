"""How long a copy of many batches takes: `python -m tests.tools.record_copies 100000 [FOLDER]`, first and later ones.

The batches are copies of a released one, each with documents of its own, multiplied as text and chained anew; they
stand in no list, which no copy has either. Beside each time stands the work of this process in it, and as calibration
what the system takes to copy the same file. 100,000 take some 20 GB of the folder, which is in memory unless one is
named.
"""

import os
import resource
import shutil
import sys
import tempfile
import time
import zlib
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from calc.record.chain import hash_of
from calc.store.copying import backup
from calc.store.sqlite import connected
from calc.store.verify import answer_named, verify
from tests.store.places import memory
from tests.tools.record_size import build

#: The number of the batch that is multiplied, what is written between two copies, and batches of one transaction.
FIRST, MORE, TOGETHER = "26-000001", 50, 50


class Multiplied:
    """A record with one batch, to which as many like it can be added."""

    def __init__(self, folder):
        build(folder, 1, 1).close()
        self.path, self.batches = folder / "record.sqlite", 1
        with closing(connected(self.path)) as connection:
            of_batch = f"WHERE stream = 'batch:{FIRST}'"
            query = f"SELECT seq, stream, version, type, at, request, body FROM event {of_batch} ORDER BY seq"
            self.events = connection.execute(query).fetchall()
            names = {row[5] for row in self.events}
            self.requests = [row for row in connection.execute("SELECT * FROM request") if row[0] in names]
            kept = dict(connection.execute("SELECT sha256, bytes FROM document"))
            answers = {answer for row in self.events if (answer := answer_named(row[6]))}
            self.documents = {answer: zlib.decompress(kept[answer]) for answer in answers}
            self.seq, self.head = connection.execute("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()

    def grow(self, batches):
        """Add so many batches."""
        with closing(connected(self.path)) as connection:
            for start in range(0, batches, TOGETHER):
                connection.execute("BEGIN IMMEDIATE")
                for _ in range(start, min(start + TOGETHER, batches)):
                    self._add(connection)
                connection.execute("COMMIT")

    def _add(self, connection):
        self.batches += 1
        number, after = f"26-{self.batches:06}", self.seq
        first = self.events[0][0]
        answers = {old: content + f" {number}".encode() for old, content in self.documents.items()}
        named = {old: sha256(content).hexdigest() for old, content in answers.items()}
        rows = []
        for seq, stream, version, type_, at, request, body in self.events:
            self.seq += 1
            text = body.replace(FIRST, number).replace(f'"seq":{seq},"session_of"', f'"seq":{self.seq},"session_of"')
            for old, new in named.items():
                text = text.replace(old, new)
            prev, self.head = self.head, hash_of(self.head, text)
            names = (stream.replace(FIRST, number), version, type_, at, request.replace(FIRST, number))
            rows.append((self.seq, *names, text, prev, self.head))
        connection.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        requests = [
            (request.replace(FIRST, number), digest, low - first + after + 1, high - first + after + 1)
            for request, digest, low, high in self.requests
        ]
        connection.executemany("INSERT INTO request VALUES (?, ?, ?, ?)", requests)
        documents = [(named[old], "answer", zlib.compress(content)) for old, content in answers.items()]
        connection.executemany("INSERT INTO document VALUES (?, ?, ?)", documents)


def timed(what, do):
    """Do something, and print how long it took."""
    began, worked = time.perf_counter(), time.process_time()
    done = do()
    print(f"{what}: {time.perf_counter() - began:,.1f} s, {time.process_time() - worked:,.1f} s of work", flush=True)
    return done


def copied(source, target):
    """What the system takes to copy a file and bring it to the disk."""
    with open(source, "rb") as here, open(target, "wb") as there:
        shutil.copyfileobj(here, there, 1024 * 1024)
        os.fsync(there.fileno())
    target.unlink()


def main(batches, folder=None):
    with tempfile.TemporaryDirectory(dir=folder or memory()) as name:
        place, copy = Path(name) / "record", Path(name) / "copy"
        record = Multiplied(place)
        timed(f"{batches:,} batches written", lambda: record.grow(batches - 1))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        head = timed("first copy", lambda: backup(place, copy))
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        print(
            f"{head.seq:,} events, {record.path.stat().st_size / 1e6:,.0f} MB; copy {copy.stat().st_size / 1e6:,.0f} MB"
        )
        print(f"memory: {grown:,.0f} MB more")
        timed("the system copies that file", lambda: copied(record.path, Path(name) / "plain"))
        timed("next copy, nothing new", lambda: backup(place, copy))
        record.grow(MORE)
        head = timed(f"next copy, {MORE} batches more", lambda: backup(place, copy))
        found = timed("copy verified", lambda: verify(copy))
    return 0 if found.head == head and head.seq == record.seq else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), *sys.argv[2:]))
