"""kill -9 while people are writing: what was acknowledged is there, and the chain is whole."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import threading
import time

import pytest

from factories.city import PASSWORD
from factories.site import SMALL_CITY, Browser, fresh_site

pytestmark = pytest.mark.database

ACKNOWLEDGED = 1000
WRITERS = ("shili-clerk", "shili-zone_staff", "shili-other_clerk")


@pytest.fixture
def site(tmp_path):
    with fresh_site(tmp_path / "data", SMALL_CITY) as site:
        yield site


class Writer(threading.Thread):
    """One person who writes without pause and notes each write the server acknowledged."""

    def __init__(self, port: int, username: str, enough: threading.Event) -> None:
        super().__init__(daemon=True)
        self.browser = Browser(port)
        self.browser.sign_in(username, PASSWORD)
        self.username, self.enough = username, enough
        self.acknowledged: list[str] = []

    def run(self) -> None:
        number = 0
        while True:
            why = f"{self.username} {number}"
            try:
                status = self.browser.post("/hand-over/", away="0", why=why)
            except (OSError, http.client.HTTPException):
                return
            if status == 302:
                self.acknowledged.append(why)
            number += 1


def test_every_acknowledged_write_survives_kill_9(site):
    site.start("--no-worker")
    enough = threading.Event()
    writers = [Writer(site.port, name, enough) for name in WRITERS]
    for writer in writers:
        writer.start()
    while sum(len(w.acknowledged) for w in writers) < ACKNOWLEDGED:
        assert any(w.is_alive() for w in writers), "the server stopped by itself"
        enough.wait(0.05)
    site.end(signal.SIGKILL)
    for writer in writers:
        writer.join(20)
    acknowledged = {why for writer in writers for why in writer.acknowledged}
    assert len(acknowledged) >= ACKNOWLEDGED

    site.start("--no-worker")
    kept = set(
        site.python(
            "from luodi.audit.models import Act\n"
            "print(*Act.objects.filter(verb='hand_over').values_list('why', flat=True), sep='\\n')"
        ).splitlines()
    )
    assert acknowledged - kept == set()
    verified = site.luodi("audit", "verify")
    assert verified.returncode == 0, verified.stdout
    assert "whole" in verified.stdout


def answers(port: int) -> bool:
    """Whether anybody listens on the port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_nobody_goes_on_serving_when_the_first_process_is_killed_alone(site):
    site.start("--no-worker")
    refused = site.luodi("serve", "--port", str(site.port), "--no-worker")
    assert refused.returncode == 1 and "已有程序在用" in refused.stderr
    os.kill(site.server.pid, signal.SIGKILL)
    site.server.wait(10)
    until = time.monotonic() + 30
    while answers(site.port) and time.monotonic() < until:
        time.sleep(0.1)
    assert not answers(site.port)
    site.start("--no-worker")
    assert Browser(site.port).get("/sign-in/")
