"""A system that opens batches by the endpoint of a real server, one after the other, each with a number of its own."""

import http.client
import json
import socket
import time
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from calc.record.envelope import Draft
from calc.record.rights import Act
from calc.store.door import Store
from calc.store.sessions import Sessions
from calc.store.settings import moment
from tests.store.batches import written

ORDER = {"dose": "4.5 mg", "quantity": 30, "source": {"strength": "50 mg"}}


def key_in(folder):
    """Make a key that opens batches; return its secret."""
    store = Store.open(folder, now=moment)
    written(store, "key", Draft("key:k1", "key.made", {"name": "System One", "acts": [Act.OPEN_BATCH.value]}))
    secret = Sessions(store, moment).make_key("k1")
    store.close()
    return secret


def free_port():
    """A port that is free."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def write(client, port, key, folder, stop, tally):
    """Open batches; write down and count each that was answered, with its events; send again what was not."""
    at, connection = 0, None
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    with open(Path(folder) / f"client-{client}", "w", encoding="ascii") as told:
        while not stop.is_set():
            request = str(uuid5(NAMESPACE_URL, f"{client}-{at}"))
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=30)
                body = json.dumps({"request": request, "order": ORDER})
                connection.request("POST", "/api/v1/record/batches", body, headers)
                answer = connection.getresponse()
                tree = json.loads(answer.read())
            except (OSError, http.client.HTTPException, ValueError):
                connection = None
                time.sleep(0.02)
                continue
            assert answer.status == 201, tree
            head = tree["head"]
            told.write(f"{request} {head['hash']} {head['seq'] - 1} {head['seq']}\n")
            told.flush()
            tally[client] += 1
            at += 1
