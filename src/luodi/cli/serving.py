"""`luodi serve`: web and worker together, in one process group."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from typing import Any

import click
from django.conf import settings
from django.db import connections
from django_q.models import Schedule

from luodi.cli.databases import bring_up

PR_SET_PDEATHSIG = 1
TICKS = {
    "luodi.jobs.tasks.tick": {"schedule_type": "I", "minutes": 1},
    "luodi.jobs.tasks.send_digest": {"schedule_type": "D"},
}


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--threads", default=8, show_default=True, help="Requests answered at a time.")
@click.option("--web/--no-web", default=True, help="Run the web server.")
@click.option("--worker/--no-worker", default=True, help="Run the worker and the scheduler.")
def serve(host: str, port: int, threads: int, web: bool, worker: bool) -> None:
    """Start Luodi: web, worker and scheduler.

    On the embedded database nothing else is needed. On PostgreSQL (LUODI_DATABASE) run as many
    `serve --no-worker` and `serve --no-web` processes as the load asks for.
    """
    if web:
        check_free(host, port)
    prepare()
    run(commands(host, port, threads, web=web, worker=worker))


def check_free(host: str, port: int) -> None:
    """Refuse a port that somebody serves already: two servers on one would answer in turn."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                said = f"端口 {port} 已有程序在用，请先停止它，或用 --port 换一个"
                raise click.ClickException(f"{said} · port {port} is in use") from error


def prepare() -> None:
    """Bring the databases up to this version and make sure the scheduler knows its ticks."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    bring_up()
    for function, rhythm in TICKS.items():
        Schedule.objects.get_or_create(func=function, defaults={"name": function, **rhythm})
    connections.close_all()


def commands(host: str, port: int, threads: int, *, web: bool, worker: bool) -> list[list[str]]:
    """The processes to run."""
    server = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host,
        "--port", str(port), "--workers", "1", "--blocking-threads", str(threads),
        "--log-level", "error", "luodi.config.wsgi:application",
    ]  # fmt: skip
    cluster = [sys.executable, "-m", "django", "qcluster"]
    return [command for command, wanted in ((server, web), (cluster, worker)) if wanted]


def run(all_commands: list[list[str]]) -> None:
    """Run processes until one ends or a signal comes; then end the others and leave."""
    children = [
        subprocess.Popen(command, env=os.environ, preexec_fn=end_with_parent)
        for command in all_commands
    ]

    def leave(*_: Any) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.3)
        raise SystemExit(1)
    finally:
        stop(children)


def end_with_parent() -> None:
    """Ask Linux to end this process when the one that started it dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask children to end; insist after ten seconds."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
