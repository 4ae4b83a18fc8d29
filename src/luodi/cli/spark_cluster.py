"""A real Spark cluster on loopback: one master, two workers, ended whatever happens."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORKERS = 2
PATIENCE = 60
"""Seconds a cluster may take to come up."""
_DEATH = 1  # PR_SET_PDEATHSIG


def available() -> str:
    """'' where Spark can be started, else what is missing."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed (the extra `distributed`)"
    return "" if shutil.which("java") else "there is no Java (openjdk-17-jre-headless)"


def home() -> Path:
    """Where the wheel put Spark."""
    spec = importlib.util.find_spec("pyspark")
    assert spec and spec.origin
    return Path(spec.origin).parent


def environment(folder: Path) -> dict[str, str]:
    """What every process of the cluster gets: loopback only, everything it writes in one folder."""
    for name in ("conf", "logs", "work", "local"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    quiet = "rootLogger.level = error\nrootLogger.appenderRef.stderr.ref = stderr\n"
    quiet += "appender.stderr.type = Console\nappender.stderr.name = stderr\n"
    quiet += "appender.stderr.target = SYSTEM_ERR\nappender.stderr.layout.type = PatternLayout\n"
    (folder / "conf" / "log4j2.properties").write_text(quiet)
    return {
        **os.environ,
        "SPARK_HOME": str(home()),
        "SPARK_CONF_DIR": str(folder / "conf"),
        "SPARK_LOG_DIR": str(folder / "logs"),
        "SPARK_WORKER_DIR": str(folder / "work"),
        "SPARK_LOCAL_DIRS": str(folder / "local"),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "512m",
        "PYSPARK_PYTHON": sys.executable,
    }


@contextmanager
def cluster(folder: Path, memory: str = "2g") -> Iterator[tuple[str, list[int]]]:
    """(address of the master, process groups); each worker has one core and so much memory.

    RuntimeError where it doesn't come up. All processes have ended when this is left.
    """
    port = free_port()
    address = f"spark://127.0.0.1:{port}"
    deploy = "org.apache.spark.deploy"
    commands = [
        [f"{deploy}.master.Master", "--host", "127.0.0.1", "--port", str(port),
         "--webui-port", "0"],
        *(
            [f"{deploy}.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0",
             "--cores", "1", "--memory", memory, "--work-dir", str(folder / "work"), address]
            for _ in range(WORKERS)
        ),
    ]  # fmt: skip
    spark_class = str(home() / "bin" / "spark-class")
    started: list[subprocess.Popen[bytes]] = []
    try:
        for number, command in enumerate(commands):
            started.append(start([spark_class, *command], folder, environment(folder)))
            if number == 0:
                _await(port, started[0])
        yield address, [process.pid for process in started]
    finally:
        end(started)


def start(
    command: list[str], folder: Path, env: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """A process in a group of its own that ends with this one; None: this one's environment."""
    with (folder / "logs.txt").open("ab") as log:
        return subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_DEATH, signal.SIGTERM)


def end(processes: list[subprocess.Popen[bytes]]) -> None:
    """End process groups that were started here: asked first, then made to."""
    for ask in (signal.SIGTERM, signal.SIGKILL):
        for process in reversed(processes):
            try:
                os.killpg(process.pid, ask)
            except ProcessLookupError:
                continue
        until = time.monotonic() + 10
        for process in processes:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                continue


def free_port() -> int:
    """A port of loopback nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        found: int = one.getsockname()[1]
    return found


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as one:
            one.settimeout(1)
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("the Spark master did not come up")


def peak_of(groups: list[int]) -> int:
    """Sum of the peak resident memory of all processes of these groups, in bytes."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) in groups:
                lines = (folder / "status").read_text().splitlines()
                high = next((one for one in lines if one.startswith("VmHWM")), "VmHWM 0")
                total += int(high.split()[1]) * 1024
        except (OSError, ValueError):
            continue
    return total
