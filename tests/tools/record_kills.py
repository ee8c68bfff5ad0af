"""Kill the server of a record again and again while six write, and hold it to what was acknowledged.

`python -m tests.tools.record_kills 200`: the server is a process that takes acts by a socket and writes them through
the door. With `whole` it is the program itself, to which six systems send by the endpoint. Each client writes what was
acknowledged to a file of its own, and sends again what was not.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from multiprocessing.connection import Client
from pathlib import Path
from subprocess import PIPE
from threading import Event, Thread
from typing import NamedTuple

from calc.record.chain import hash_of
from calc.store.door import Store
from calc.store.rebuilding import rebuild
from calc.store.settings import moment
from calc.store.verify import verify
from calc.store.witness import Witness
from tests.store import http_writer
from tests.store.places import memory
from tests.store.records import record_in
from tests.support.places import ROOT

WRITERS = 6
#: A server is killed when it has answered so many acts, and then at most so many seconds later.
AT_WORK, MOST = 12, 0.25
#: Seconds for which a server is waited for.
PATIENCE = 60


class Held(NamedTuple):
    """What became of the record: events acknowledged, of those lost, doubled or changed, and kept without an answer."""

    kills: int
    acknowledged: int
    lost: int
    doubled: int
    changed: int
    kept: int
    wrong_views: int


def write(client, address, folder, stop, tally):
    """Send acts one after the other; write down and count each that was answered; send again what was not."""
    at, connection = 0, None
    with open(folder / f"client-{client}", "w", encoding="ascii") as told:
        while not stop.is_set():
            try:
                if connection is None:
                    connection = Client(address, "AF_UNIX")
                connection.send((client, at))
                seqs, found = connection.recv()
            except (OSError, EOFError):
                connection = None
                time.sleep(0.005)
                continue
            told.write(f"{client}-{at} {found} {' '.join(map(str, seqs))}\n")
            told.flush()
            tally[client] += 1
            at += 1


def killed(folder, kills, seed, acknowledged=0, *, whole=False):
    """Kill servers so many times, and on until so much is acknowledged; return what became of the record.

    `whole` is the program itself, with pages and endpoint, to which six systems send; else a server of the door alone.
    """
    chance, stop, tally = random.Random(seed), Event(), [0] * (WRITERS + 1)
    record_in(folder, moment).close()
    if whole:
        address, key = http_writer.free_port(), http_writer.key_in(folder)
        work, with_what = http_writer.write, (address, key, folder.parent, stop, tally)
    else:
        address = str(folder.parent / "socket")
        work, with_what = write, (address, folder.parent, stop, tally)
    clients = [Thread(target=work, args=(at, *with_what)) for at in range(1, WRITERS + 1)]
    command = [sys.executable, "-m", "tests.store.server", str(folder), str(address)]
    done = 0
    with subprocess.Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) as nursery:
        while done < kills or sum(tally) < acknowledged:
            nursery.stdin.write("start\n")
            nursery.stdin.flush()
            server = int(nursery.stdout.readline())
            for client in clients if not done else ():
                client.start()
            before, late = sum(tally), time.monotonic() + PATIENCE
            while sum(tally) < before + AT_WORK and time.monotonic() < late:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, MOST) * (4 if whole else 1))
            os.kill(server, signal.SIGKILL)
            done += 1
        stop.set()
        for client in clients:
            client.join()
    return held(folder, done)


def held(folder, kills):
    """Hold the record to what was acknowledged; raises `Bad` for one that is not as it was written."""
    store = Store.open(folder, now=moment)
    assert store.trouble is None
    wrong = rebuild(store.writing)
    verify(folder / "record.sqlite", witness=Witness(folder / "heads.txt"))
    by_request, hashes = defaultdict(list), {}
    with store.connection() as connection:
        for seq, request, prev, body in connection.exec_driver_sql("SELECT seq, request, prev, body FROM event"):
            by_request[request].append(seq)
            hashes[seq] = hash_of(prev, body)
    store.close()
    acknowledged = lost = doubled = changed = 0
    for path in folder.parent.glob("client-*"):
        for line in path.read_text(encoding="ascii").splitlines():
            request, found, *seqs = line.split()
            there, seqs = by_request.pop(request, []), [int(seq) for seq in seqs]
            acknowledged += len(seqs)
            lost += len(set(seqs) - set(there))
            doubled += len(set(there) - set(seqs))
            changed += hashes.get(seqs[-1]) != found
    return Held(kills, acknowledged, lost, doubled, changed, sum(map(len, by_request.values())), len(wrong))


def main(kills, whole):
    with tempfile.TemporaryDirectory(dir=memory()) as place:
        began = time.monotonic()
        found = killed(Path(place) / "record", kills, 7, acknowledged=(5 if whole else 100) * kills, whole=whole)
        print(f"{found.kills} kills, {found.acknowledged} events acknowledged in {time.monotonic() - began:.0f} s:")
        print(
            f"{found.lost} lost, {found.doubled} doubled, {found.changed} changed, {found.kept} kept without an answer"
        )
        print(f"chain, witness and schema good; {found.wrong_views} rows of the view tables wrong")
    return 0 if found.acknowledged and not any(found[2:5]) and not found.wrong_views else 1


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:] if each != "whole"]
    sys.exit(main(numbers[0] if numbers else 200, "whole" in sys.argv))
