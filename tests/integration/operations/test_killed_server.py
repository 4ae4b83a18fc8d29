"""kill -9 while people are writing: what was acknowledged is there, and the chain is whole."""

from __future__ import annotations

import http.client
import signal
import threading

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
