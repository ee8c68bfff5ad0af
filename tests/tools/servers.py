"""What servers do with clients that hold them, broken requests, SIGTERM and a mixture of requests.

`python -m tests.tools.servers NAME ...`: each name is one of SERVERS, or the folder of a version of this program. The
servers (and a2wsgi) must be installed beside it. Loopback only; each takes some three minutes, most of it waiting.
"""

import http.client
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.support.door import connected, cut_off, several, within

APP = "import sys; from calc.web.app import create_app; app, port, mib = create_app(), int(sys.argv[1]), 1 << 20\n"
#: Each server as its documentation configures it, with the bounds that it has a setting for.
SERVERS = {
    "waitress": """
import waitress
waitress.serve(app, host="127.0.0.1", port=port, threads=8, connection_limit=480, channel_timeout=30, ident=None,
    max_request_body_size=17 * mib, max_request_header_size=mib)""",
    "cheroot": """
import signal, threading; from cheroot import wsgi
server = wsgi.Server(("127.0.0.1", port), app, numthreads=8, max=8, request_queue_size=480, timeout=30)
server.max_request_header_size, server.max_request_body_size = mib, 17 * mib
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.stop).start())
server.start()""",
    "hypercorn": """
import asyncio, signal; from hypercorn.asyncio import serve; from hypercorn.config import Config
config = Config()
config.bind, config.wsgi_max_body_size, config.h11_max_incomplete_size = [f"127.0.0.1:{port}"], 17 * mib, mib
config.graceful_timeout, config.keep_alive_timeout, config.read_timeout = 10, 30, 30
async def main():
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await serve(app, config, mode="wsgi", shutdown_trigger=stop.wait)
asyncio.run(main())""",
    "uvicorn": """
import uvicorn; from a2wsgi import WSGIMiddleware
uvicorn.run(WSGIMiddleware(app, workers=8), host="127.0.0.1", port=port, http="h11", timeout_keep_alive=30,
    limit_concurrency=480, timeout_graceful_shutdown=10, h11_max_incomplete_event_size=mib, access_log=False)""",
    "granian": """
from granian import Granian; from granian.constants import Interfaces; from granian.http import HTTP1Settings
Granian("calc.web.app:create_app", factory=True, address="127.0.0.1", port=port, interface=Interfaces.WSGI, workers=1,
    blocking_threads=8, backpressure=480, http="1", http1_settings=HTTP1Settings(header_read_timeout=30000),
    workers_kill_timeout=10, log_enabled=False).serve()""",
    "gunicorn": """
import os
os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "-k", "gthread", "--threads", "8", "--keep-alive", "30",
    "--graceful-timeout", "10", "--worker-connections", "480", "--limit-request-line", "0", "-b", f"127.0.0.1:{port}",
    "calc.web.app:create_app()"])""",
}
GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
LINE = b'{"dose":"4.5 mg","quantity":30}\n'
POST = b"POST /api/v1/plan HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
MANY = POST.replace(b"/plan ", b"/plans ").replace(b"json\r", b"x-ndjson\r")
CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(LINE), LINE)
MIXTURE = (
    ("/?dose=4.5&dose_unit=mg&quantity=30", None, "text/html"),
    ("/api/v1/plan", LINE, "application/json"),
    ("/healthz", None, "text/plain"),
)
PATIENCE = 75


class Running:
    """A server in a process of its own, ready to answer."""

    def __init__(self, name, port=None):
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            self.port = port or door.getsockname()[1]
        if name in SERVERS:
            given, folder = [sys.executable, "-c", APP + SERVERS[name], str(self.port)], Path.cwd()
        else:
            given, folder = [sys.executable, "-m", "calc", "serve", "--port", str(self.port)], Path(name)
        begin = time.perf_counter()
        self.process = subprocess.Popen(
            given, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        if port is None:
            assert within(60, self.well, wanted=True), name
        self.ready = time.perf_counter() - begin

    def ask(self, path="/healthz", body=None, media_type="text/plain", patience=2):
        """The status of one answer; 0 if there was none."""
        there = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        try:
            there.request("GET" if body is None else "POST", path, body, {"Content-Type": media_type})
            answer = there.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return 0
        else:
            return answer.status
        finally:
            there.close()

    def well(self):
        return self.ask() == 200

    def processes(self):
        """Its processes, those that it started too."""
        found, left = [], [self.process.pid]
        while left:
            found.append(left.pop())
            children = Path(f"/proc/{found[-1]}/task/{found[-1]}/children")
            left += map(int, children.read_text().split()) if children.exists() else []
        return found

    def worked(self):
        """Seconds that the cores worked for it."""
        told = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self.processes()]
        return sum(int(one[11]) + int(one[12]) for one in told) / os.sysconf("SC_CLK_TCK")

    def raw(self, *parts):
        """The statuses of the answers to bytes, and + if the connection is left open."""
        with connected(self.port) as client:
            client.settimeout(3)
            received, end = b"", ""
            try:
                for part in parts:
                    client.sendall(part)
                while part := client.recv(65536):
                    received += part
            except TimeoutError:
                end = "+"
            except OSError:
                end = " reset"
        return " ".join(re.findall(r"HTTP/1\.\d (\d{3})", received.decode("latin-1"))) + end or "closed"

    def end(self, number=signal.SIGKILL):
        """End it; the exit code and what it logged."""
        processes = self.processes() if number == signal.SIGKILL else [self.process.pid]
        for pid in processes:
            os.kill(pid, number)
        log = self.process.communicate(timeout=30)[1]
        return self.process.returncode, log


@contextmanager
def running(name):
    server = Running(name)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.end()


def seconds_until(call, most=PATIENCE):
    begin = time.monotonic()
    return f"{time.monotonic() - begin:.0f} s" if within(most, call, wanted=True) else f"> {most} s"


def clients_that_read_nothing(name):
    """F1: eight of them with forty requests each; when others are answered, when they are cut off, how it ends then."""
    with running(name) as server, several(8, server.port, 4096) as held:
        for client in held:
            client.sendall(b"GET /api HTTP/1.1\r\nHost: localhost\r\n\r\n" * 40)
        time.sleep(8)
        answered = seconds_until(server.well)
        gone = seconds_until(lambda: all(cut_off(client, 0) for client in held))
        begin = time.monotonic()
        code, _ = server.end(signal.SIGTERM)
        return {"F1 /healthz": answered, "F1 cut off": gone, "F1 SIGTERM": f"{code}, {time.monotonic() - begin:.1f} s"}


def two_that_hold_the_endpoint(name):
    """F3: when a third body of many orders is answered."""
    with running(name) as server, several(2, server.port, 4096) as held:
        for client in held:
            client.sendall(MANY + b"Content-Length: %d\r\n\r\n" % (len(LINE) * 10_000) + LINE * 10_000)
        time.sleep(2)
        found = seconds_until(lambda: server.ask("/api/v1/plans", LINE, "application/x-ndjson") == 200)
        return {"F3 /plans": found}


def broken(name):
    """F9, F16 and sizes."""
    with running(name) as server:
        found = {
            "F9 length of 4,301 digits": server.raw(POST + b"Content-Length: " + b"1" * 4301 + b"\r\n\r\n"),
            "F9 http://[/": server.raw(GET.replace(b"/healthz", b"http://[/")),
            "F16 length and chunks": server.raw(
                POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKED + GET
            ),
            "F16 chunked twice": server.raw(POST + b"Transfer-Encoding: chunked\r\n" * 2 + b"\r\n" + CHUNKED + GET),
            "F16 HTTP/9.9": server.raw(GET.replace(b"1.1", b"9.9")),
            "F16 http://evil.com/": server.raw(GET.replace(b"/healthz", b"http://evil.com/healthz")),
            "chunked order": server.raw(POST + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKED),
            "body of 18 MiB": server.raw(MANY + b"Content-Length: %d\r\n\r\n" % (18 << 20), b"\n" * (18 << 20)),
            "100 MB announced": server.raw(POST + b"Content-Length: 100000000\r\n\r\n"),
            "head of 2 MiB": server.raw(GET[:-2] + b"X: " + b"x" * (2 << 20) + b"\r\n\r\n"),
        }
        resource.prlimit(server.processes()[-1], resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
        found["F9 disk full"] = server.raw(MANY + b"Content-Length: %d\r\n\r\n" % (3 << 20), b"\n" * (3 << 20))
        _, log = server.end()
        return {
            **found,
            "F9 lines in the log": f"{log.count(chr(10))}{', with paths' if '/site-packages' in log else ''}",
        }


def long_lines(name):
    """F10: the work for 15 MiB of a line between chunks, and of a trailer."""
    found = {}
    for what, begin in (("line", b""), ("trailer", b"0\r\nX: ")):
        with running(name) as server:
            before = server.worked()
            told = server.raw(MANY + b"Transfer-Encoding: chunked\r\n\r\n" + begin, *[b"0" * 65536] * 240)
            found[f"F10 {what}"] = f"{told}, {server.worked() - before:.1f} s"
    return found


def slow_senders(name):
    """F11: who waits beside half heads and half bodies, and how long these last."""
    half, found = POST + b"Content-Length: 4000\r\n\r\n", {}
    with running(name) as server:
        for what, number, begin in (("60 half heads", 60, GET[:30]), ("20 half bodies", 20, half)):
            with several(number, server.port) as held:
                for client in held:
                    client.sendall(begin)
                found[f"F11 beside {what}"] = seconds_until(server.well, 40)

        def lasts(begin, part):
            with connected(server.port) as client:
                client.settimeout(2)
                client.sendall(begin)
                start = time.monotonic()
                while time.monotonic() < start + PATIENCE:
                    try:
                        client.sendall(part)
                        client.recv(1000)
                    except TimeoutError:
                        continue
                    except OSError:
                        pass
                    return f"{time.monotonic() - start:.0f} s"
                return f"> {PATIENCE} s"

        with ThreadPoolExecutor() as pool:
            kinds = {"dripping head": (GET[:30], b"x"), "dripping body": (half, b"x"), "silent": (b"", b"")}
            lasting = {f"F11 {what}": pool.submit(lasts, *given) for what, given in kinds.items()}
        return found | {what: future.result() for what, future in lasting.items()}


def ended_under_load(name, rounds=4):
    """Requests lost at SIGTERM by four clients."""
    lost, answered, codes = 0, 0, []
    for _ in range(rounds):
        with running(name) as server:
            over, statuses = threading.Event(), []

            def client(server=server, over=over, statuses=statuses):
                while not over.is_set():
                    try:
                        there = socket.create_connection(("127.0.0.1", server.port), timeout=20)
                    except OSError:
                        time.sleep(0.01)
                        continue
                    with there:
                        try:
                            there.sendall(GET.replace(b"/healthz", MIXTURE[0][0].encode()))
                            statuses.append(there.recv(12) == b"HTTP/1.1 200" or over.is_set())
                        except OSError:
                            statuses.append(over.is_set())

            clients = [threading.Thread(target=client) for _ in range(4)]
            for one in clients:
                one.start()
            time.sleep(1)
            codes.append(server.end(signal.SIGTERM)[0])
            over.set()
            for one in clients:
                one.join()
            lost, answered = lost + statuses.count(False), answered + statuses.count(True)
    return {"SIGTERM": f"{lost} of {lost + answered} lost, ends with {', '.join(map(str, sorted(set(codes))))}"}


def busy_port(name):
    with running(name) as server:
        second = Running(name, server.port)
        try:
            second.process.wait(15)
        except subprocess.TimeoutExpired:
            second.end()
            return {"busy port": "goes on running"}
        lines = second.process.communicate()[1].count("\n")
        return {"busy port": f"ends with {second.process.returncode}, {lines} lines"}


def mixture(name, seconds=6):
    """Eight clients in turns: page, plan, healthz."""
    with running(name) as server:
        times, over = [], threading.Event()

        def client(number):
            there = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
            while not over.is_set():
                number += 1
                path, body, kind = MIXTURE[number % 3]
                begin = time.perf_counter()
                there.request("GET" if body is None else "POST", path, body, {"Content-Type": kind})
                assert there.getresponse().read()
                times.append(time.perf_counter() - begin)
            there.close()

        clients = [threading.Thread(target=client, args=(number,)) for number in range(8)]
        for one in clients:
            one.start()
        time.sleep(1)
        times.clear()
        before = server.worked()
        time.sleep(seconds)
        found, work = sorted(times), server.worked() - before
        over.set()
        for one in clients:
            one.join()
        return {
            "ready": f"{server.ready:.1f} s",
            "mixture, a second": f"{len(found) / seconds:.0f}",
            "work for each": f"{1000 * work / len(found):.2f} ms",
            "p99": f"{1000 * found[int(len(found) * 0.99)]:.0f} ms",
        }


PROBES = (clients_that_read_nothing, two_that_hold_the_endpoint, slow_senders)
ALONE = (broken, long_lines, ended_under_load, busy_port)


def attacked(name):
    """All that is found of one server; the probes that wait, wait together."""
    found = {}
    with ThreadPoolExecutor() as pool:
        for part in pool.map(lambda probe: probe(name), PROBES):
            found |= part
    for probe in ALONE:
        found |= probe(name)
    return found


def main(names):
    found = {name: attacked(name) for name in names}
    for name in names:  # one after another, so that the figures are of one time
        found[name] |= mixture(name)
    print("|", " | ".join(["", *names]), "|")
    print("| --- " * (len(names) + 1) + "|")
    for what in found[names[0]]:
        print("|", " | ".join([what, *(found[name][what] for name in names)]), "|")


if __name__ == "__main__":
    main(sys.argv[1:] or ["."])
