"""Measure the record: `python -m tests.tools.record_figures syncs append writers verify conflicts same`, or some.

Times stand beside a calibration of the same run. Where the machine has a folder in memory, records lie there: then the
times are those of the program, and what a disk adds is the number of syncs.
"""

import hashlib
import os
import re
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Thread

from calc.record.refusals import NotSaved
from calc.store import exporting
from calc.store.settings import moment
from calc.store.sqlite import connected
from calc.store.verify import chain, verify
from calc.store.witness import Witness
from tests.store.batches import TWO, checked, counted, opened, written
from tests.store.places import memory
from tests.store.races import pairs
from tests.store.records import Clock, noted, record_in, stamp
from tests.support.places import ROOT

#: An act as most are: one event of about 700 bytes.
TEXT = "x" * 330
_SYNCS = re.compile(r"^(?:\[pid +\d+\] )?(?:\d+ +)?f(?:data)?sync\(", re.MULTILINE)


def strace():
    """The program that counts system calls; None where it is neither installed nor unpacked."""
    unpacked = ROOT / ".venv/strace/usr/bin/strace"
    return shutil.which("strace") or (str(unpacked) if unpacked.is_file() else None)


def syncs(folder, commits):
    """How many syncs so many commits take, counted by strace; None where it may not trace."""
    command = [strace(), "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", folder / "trace"]
    ours = [sys.executable, "-m", "tests.tools.record_figures", "write", folder / "record", str(commits)]
    record_in(folder / "record", moment).close()
    if subprocess.run([*command, *ours], cwd=ROOT, check=False, capture_output=True).returncode:
        return None
    return len(_SYNCS.findall((folder / "trace").read_text(encoding="utf-8")))


def write(folder, commits):
    """Write so many acts."""
    store = record_in(folder, moment)
    for at in range(commits):
        store.append(stamp(f"s{at}"), noted("note:1", 1, TEXT))
    store.close()


def appends(folder, times):
    """Seconds of each append, and of each of the same rows written by sqlite3 alone with a line that is synced."""
    store, ours = record_in(folder / "one", moment), []
    for at in range(times):
        began = time.perf_counter()
        store.append(stamp(f"a{at}"), noted(f"note:{at % 50}", 1, TEXT))
        ours.append(time.perf_counter() - began)
    store.close()
    record_in(folder / "two", moment).close()
    plain = connected(folder / "two/record.sqlite")
    bare = []
    rows = sqlite3.connect(folder / "one/record.sqlite").execute("SELECT * FROM event ORDER BY seq").fetchall()
    handle = os.open(folder / "two/heads.txt", os.O_WRONLY | os.O_APPEND)
    for row in rows:
        began = time.perf_counter()
        plain.execute("BEGIN IMMEDIATE")
        plain.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        plain.execute("INSERT INTO request VALUES (?, ?, ?, ?)", (row[5], row[8], row[0], row[0]))
        plain.execute("INSERT INTO log VALUES (?, ?, ?, ?)", (row[0], row[3], row[4], row[5]))
        plain.execute("COMMIT")
        os.write(handle, f"{row[0]} {row[8]} -\n".encode())
        os.fsync(handle)
        bare.append(time.perf_counter() - began)
    os.close(handle)
    plain.close()
    return ours, bare


def writers(folder, number, a_second, seconds):
    """Seconds that each act of so many writers took, each so many a second; a failure is raised at the end."""
    store, taken, failed = record_in(folder, moment), [], []

    def work(who):
        began = time.perf_counter()
        for at in range(a_second * seconds):
            wait = began + at / a_second - time.perf_counter()
            if wait > 0:
                time.sleep(wait)
            start = time.perf_counter()
            try:
                store.append(stamp(f"{who}-{at}"), noted(f"note:{who}", 1, TEXT))
            except NotSaved as fault:
                failed.append(fault)
            taken.append(time.perf_counter() - start)

    threads = [Thread(target=work, args=(who,)) for who in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    found = verify(folder / "record.sqlite", witness=Witness(folder / "heads.txt"))
    return taken, failed, found


def verified(folder, events):
    """Events a second whose chain is verified, by the clock and by work, and then with everything else.

    Also how much the most memory of this process grew by it, in MB.
    """
    store = record_in(folder, moment)
    for at in range(events // 1_000):
        store.append(stamp(f"v{at}"), noted(f"note:{at}", 1_000, TEXT))
    store.close()
    path, witness = folder / "record.sqlite", Witness(folder / "heads.txt")
    connection = connected(path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, worked = time.perf_counter(), time.process_time()
    assert chain(connection).seq == events
    wall, work = time.perf_counter() - began, time.process_time() - worked
    connection.close()
    began = time.process_time()
    assert verify(path, witness=witness).head.seq == events
    whole = time.process_time() - began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return events / wall, events / work, events / whole, grown


def hashed(events):
    """SHA-256 of so many texts of 900 bytes a second: the calibration of verifying."""
    text, began = b"x" * 900, time.process_time()
    for _ in range(events):
        hashlib.sha256(text).hexdigest()
    return events / (time.process_time() - began)


def same(folder, acts):
    """Whether the same acts, by the same clock, make the same export and the same witness."""
    told = []
    for name in "ab":
        store = record_in(folder / name, Clock())
        for at in range(acts):
            batch = f"26-{at // 4 + 1:06}"
            match at % 4:
                case 0:
                    written(store, f"r{at}", *opened(batch))
                case 1:
                    written(store, f"r{at}", counted(batch))
                case 2:
                    written(store, f"r{at}", checked(batch), by=TWO)
                case _:
                    store.append(stamp(f"r{at}"), noted("note:1", 2, TEXT))
        told.append((list(exporting.lines(store)), (folder / name / "heads.txt").read_bytes()))
        store.close()
    return told[0] == told[1], len(told[0][0])


def _syncs(place):
    counted_ = syncs(place, 50)
    print(
        "syncs: strace may not trace here" if counted_ is None else f"syncs: {counted_ / 50:.2f} a commit (50 commits)"
    )


def _append(place):
    ours, bare = (statistics.median(times) * 1_000 for times in appends(place, 2_000))
    print(f"append: p50 {ours:.2f} ms; the same rows by sqlite3 alone {bare:.2f} ms; our own {ours - bare:.2f} ms")


def _writers(place):
    taken, failed, found = writers(place / "record", 8, 20, 60)
    taken.sort()
    p99 = taken[len(taken) * 99 // 100] * 1_000
    print(
        f"writers: 8, {len(taken)} acts in 60 s, {len(failed)} failed, {found.head.seq} events in one chain; "
        f"p50 {taken[len(taken) // 2] * 1_000:.1f} ms, p99 {p99:.1f} ms, worst {taken[-1] * 1_000:.0f} ms"
    )


def _verify(place):
    wall, work, whole, grown = verified(place / "record", 200_000)
    print(
        f"verify: {wall:,.0f} events a second by the clock, {work:,.0f} a second of work; with witness, schema and "
        f"indexes {whole:,.0f}; {grown:.0f} MB more; calibration: {hashed(200_000):,.0f} texts hashed a second of work"
    )


def _conflicts(place):
    store, good = record_in(place / "record", moment), 0
    for outcomes in pairs(store, 1_000):
        good += outcomes.count("written") == 1 == sum(outcome != "written" for outcome in outcomes)
    store.close()
    print(f"conflicts: of 1,000 pairs of acts on one version one was written and one refused {good} times")


def _same(place):
    alike, events = same(place, 1_000)
    print(f"same: 1,000 acts twice, {events} events: {'the same' if alike else 'ANOTHER'} export and witness")


COMMANDS = {
    "syncs": _syncs,
    "append": _append,
    "writers": _writers,
    "verify": _verify,
    "conflicts": _conflicts,
    "same": _same,
}


def main(names):
    if names[:1] == ["write"]:
        write(Path(names[1]), int(names[2]))
        return
    for name in names or COMMANDS:
        with tempfile.TemporaryDirectory(dir=memory()) as place:
            COMMANDS[name](Path(place))


if __name__ == "__main__":
    main(sys.argv[1:])
