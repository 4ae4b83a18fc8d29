"""The questions of the statistics bench on PostgreSQL: in a process and on a server of their own.

It fills its database while the other is filled, and waits to be asked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import luodi

PROGRAM = (
    "from luodi.cli.site import start; start();"
    "from luodi.cli.statistics_queries import main; main()"
)
SERVER = Path(luodi.__file__).parents[2] / "scripts" / "postgres.sh"


class Beside:
    """The process: `wait` until it has filled its database, then `ask` it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def wait(self) -> None:
        """Until the database is filled."""
        self._line()

    def ask(self) -> dict[str, Any]:
        """What came out."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        found: dict[str, Any] = json.loads(self._line())
        return found

    def _line(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the process on PostgreSQL has ended; its words stand above")
        return line


@contextmanager
def on_postgresql(quick: bool) -> Iterator[Beside | None]:
    """The process beside; None where there is no PostgreSQL. It ends with its server."""
    with (
        tempfile.TemporaryDirectory(prefix="luodi-bench-pg-") as folder,
        _server(folder) as address,
    ):
        if not address:
            yield None
            return
        data = Path(folder) / "site"
        data.mkdir(mode=0o755)
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *(["--quick"] * quick)],
            env=os.environ | {"LUODI_DATABASE": address, "LUODI_DATA": str(data)},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            try:
                yield Beside(process)
            finally:
                process.kill()


@contextmanager
def _server(folder: str) -> Iterator[str]:
    """The address of a private PostgreSQL, gone when it is left; '' where it can't be started."""
    if not SERVER.is_file():
        yield ""
        return
    Path(folder).chmod(0o755)
    home = Path(folder) / "server"
    begun = subprocess.run(
        [str(SERVER), "start", str(home)], capture_output=True, text=True, check=False
    )
    try:
        yield "" if begun.returncode else begun.stdout.strip().splitlines()[-1]
    finally:
        subprocess.run([str(SERVER), "stop", str(home)], capture_output=True, check=False)
