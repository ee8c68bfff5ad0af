"""A phone at the bench: the certificate and the lines for nginx of `docs/operate.md`, as they stand, and a sign-in."""

import http.client
import re
import signal
import socket
import ssl
import subprocess
import threading
from urllib.parse import urlencode

import pytest

from tests.support.places import ROOT
from tests.support.record import ROLES, RecordForTests, password_of
from tests.web.test_proxy import HOST, NGINX, configured, free_port
from tests.web.test_serving import start

OPERATE = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
RECIPE = re.search(r"```\n(openssl req .*?)```", OPERATE, re.DOTALL)[1]
LINES = re.search(r"```nginx\n(.*?)```", OPERATE, re.DOTALL)[1]


class Phone:
    """A client that trusts the certificate of the bench and keeps cookies."""

    def __init__(self, port, certificate):
        self.port, self.cookies = port, {}
        self.context = ssl.create_default_context(cafile=str(certificate))

    def ask(self, method, path, fields=None, **headers):
        """Send a request by the name of the bench."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        connection.sock = self.context.wrap_socket(plain, server_hostname=HOST)
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, None if fields is None else urlencode(fields), headers)
        answer = connection.getresponse()
        answer.text = answer.read().decode()
        connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer


@pytest.fixture
def phone(tmp_path):
    """A phone, nginx with TLS, and the program behind it with a record."""
    subprocess.run(RECIPE, shell=True, cwd=tmp_path, check=True, capture_output=True)
    record = RecordForTests()
    record.store.close()
    process, there = start(TRITURATE_HOSTS=HOST, TRITURATE_DATA=str(record.folder))
    port = free_port()
    configured(tmp_path, port, [there, there])
    path = tmp_path / "nginx.conf"
    text = path.read_text(encoding="utf-8")
    lines = LINES.replace("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;")
    old = "        proxy_set_header Host $host;\n"
    assert (text.count(old), text.count(f"listen 127.0.0.1:{port};")) == (1, 1)
    text = text.replace(old, "").replace(f"listen 127.0.0.1:{port};", lines)
    text = re.sub(rf"( +server 127\.0\.0\.1:{there} .*\n){{2}}", rf"server 127.0.0.1:{there};", text)
    path.write_text(text, encoding="utf-8")
    command = [NGINX, "-p", str(tmp_path), "-c", "nginx.conf", "-e", "stderr", "-g", "daemon off;"]
    proxy = subprocess.Popen(command, stderr=subprocess.PIPE)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            break
        except ConnectionRefusedError:
            threading.Event().wait(0.05)
    yield Phone(port, tmp_path / "bench.crt")
    proxy.send_signal(signal.SIGQUIT)
    proxy.communicate(timeout=30)
    process.kill()
    process.communicate()
    record.close()


def test_a_phone_signs_in_through_nginx_with_tls(phone):
    ours = f"https://{HOST}:{phone.port}"
    fields = {"signer": ROLES["c1"][0], "secret": password_of("c1"), "next": "/record/me"}
    assert "Sign in" in phone.ask("GET", "/record/sign-in").text
    assert phone.ask("POST", "/record/sign-in", fields, Origin="https://evil.example").status == 403
    assert phone.ask("POST", "/record/sign-in", fields, Origin=f"https://{HOST}").status == 403  # another port
    assert phone.ask("POST", "/record/sign-in", fields, **{"Sec-Fetch-Site": "cross-site"}, Origin=ours).status == 403
    assert phone.cookies == {}
    for path in ("/record/setup", "//record/./setup"):  # by a name that only the computer has for itself
        assert phone.ask("GET", path, Host="localhost").status == 403
    older = phone.ask("POST", "/record/sign-in", fields, Origin=ours)
    assert (older.status, older.headers["Location"]) == (303, "/record/signed-in?next=%2Frecord%2Fme")
    assert "Secure" in older.headers["Set-Cookie"]
    assert phone.ask("GET", older.headers["Location"]).headers["Location"] == "/record/me"
    assert phone.ask("POST", "/record/sign-in", fields, **{"Sec-Fetch-Site": "same-origin"}).status == 303
    me = phone.ask("GET", "/record/me")
    assert me.status == 200
    assert ROLES["c1"][0] in me.text
    # The proxy is on this computer, but whoever asks it is not known to be: no first run by another name.
    assert phone.ask("GET", "/record/setup").status == 403
    assert phone.ask("GET", "/record/readyz").text == "ready\n"
