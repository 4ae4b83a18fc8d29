"""A site of its own: data folder, database, server process. Loopback only; ends what it starts."""

from __future__ import annotations

import atexit
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode, urlsplit, urlunsplit
from uuid import uuid4

TESTS = Path(__file__).resolve().parents[1]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def fresh_database(like: str = "") -> Iterator[str]:
    """The address of a new PostgreSQL database beside the one under test; '' for SQLite.

    `like`: the address of a database to copy, to which nobody is connected.
    """
    address = os.environ.get("LUODI_DATABASE", "")
    if not address:
        yield ""
        return
    import psycopg

    name = f"luodi_site_{uuid4().hex[:8]}"
    parts = urlsplit(address)
    pattern = urlsplit(like).path.strip("/") or "template1"
    with psycopg.connect(address.replace("postgres://", "postgresql://"), autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{name}" TEMPLATE "{pattern}"')
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            link.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@dataclass
class Site:
    """A data folder and a database, with commands run on them."""

    data: Path
    database: str
    port: int = field(default_factory=free_port)
    server: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def password(self) -> str:
        """The password of the demo accounts, where the site has them."""
        return (self.data / "demo-password.txt").read_text()

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "LUODI_DATA": str(self.data),
            "LUODI_DATABASE": self.database,
            "LUODI_TESTING": "1",
            "LUODI_JOBS": "",
            "DJANGO_SETTINGS_MODULE": "luodi.config.settings",
            "PYTHONPATH": str(TESTS),
        }

    def python(self, code: str) -> str:
        """Run Python code on the site with Django set up; returns what it printed."""
        whole = f"import django; django.setup()\n{code}"
        done = subprocess.run(
            [sys.executable, "-c", whole],
            env=self.environment, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.strip()

    def luodi(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a `luodi` command on the site."""
        return subprocess.run(
            [sys.executable, "-c", "from luodi.cli import main; main()", *words],
            env=self.environment, capture_output=True, text=True, timeout=300,
        )  # fmt: skip

    def start(self, *options: str) -> None:
        """Start the server in a process group of its own and wait until it answers."""
        self.server = subprocess.Popen(
            [
                sys.executable, "-c", "from luodi.cli import main; main()",
                "serve", "--port", str(self.port), *options,
            ],
            env=self.environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + 150
        while time.monotonic() < until:
            try:
                Browser(self.port).get("/sign-in/")
                return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the server did not start within a minute")

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the server's whole process group."""
        if self.server and self.server.poll() is None:
            os.killpg(self.server.pid, how)
            self.server.wait(60)  # a worker under load takes its time
        self.server = None


PREPARED = "from luodi.cli.serving import prepare; prepare()"
"""A site whose databases are up, with nothing in them."""
SMALL_CITY = f"""{PREPARED}
from datetime import UTC, datetime
from factories.city import make_city
make_city(at=datetime(2026, 3, 2, 1, tzinfo=UTC))
"""


@contextmanager
def fresh_site(data: Path, begun: str = PREPARED) -> Iterator[Site]:
    """A site in the folder `data`, begun by Python code ('': from nothing), ended when left.

    The code runs once in a process; later sites with the same beginning are copies.
    """
    pattern = _pattern(begun)
    shutil.copytree(pattern.data, data, dirs_exist_ok=True)
    with fresh_database(pattern.database) as database:
        site = Site(data, database)
        try:
            yield site
        finally:
            site.end(signal.SIGKILL)


@cache
def _pattern(begun: str) -> Site:
    kept = ExitStack()
    atexit.register(kept.close)
    folder = kept.enter_context(TemporaryDirectory(prefix="luodi-pattern-"))
    site = Site(Path(folder) / "data", kept.enter_context(fresh_database()))
    site.data.mkdir()
    site.python(begun)
    return site


class Browser:
    """The least of a browser: one connection, cookies, forms with their token."""

    def __init__(self, port: int) -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        head = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body:
            head["Content-Type"] = "application/x-www-form-urlencoded"
        self.link.request(method, path, body or None, head)
        answer = self.link.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text

    def get(self, path: str) -> str:
        return self.ask("GET", path)[1]

    def post(self, path: str, **fields: str) -> int:
        fields["csrfmiddlewaretoken"] = self.token
        return self.ask("POST", path, urlencode(fields))[0]

    def sign_in(self, username: str, password: str) -> None:
        page = self.get("/sign-in/")
        self.token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]
        assert self.post("/sign-in/", username=username, password=password) == 302
        page = self.get("/hand-over/")
        self.token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]
