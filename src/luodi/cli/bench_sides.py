"""Two things to compare, each in a process of its own, run in turn; and what a process needs."""

from __future__ import annotations

import importlib
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

_SIDE = "import sys; from luodi.cli.bench_sides import side; side(*sys.argv[1:])"

Work = Callable[[], object]
"""What is measured: prepared by a maker `(argument) -> Work` named as "module:function"."""


def side(maker: str, argument: str) -> None:
    """The life of one process: prepare, then one run and its processor seconds for each line."""
    module, _, name = maker.partition(":")
    work: Work = getattr(importlib.import_module(module), name)(argument)
    for _ in sys.stdin:
        began = time.process_time()
        work()
        sys.stdout.write(f"{time.process_time() - began}\n")
        sys.stdout.flush()


def compared(ours: str, theirs: str, argument: str, runs: int) -> tuple[float, list[float]]:
    """Median ratio of `runs` pairs of interleaved runs, and all ratios in order.

    A first pair warms both up and isn't counted.
    """
    processes = [_started(maker, argument) for maker in (ours, theirs)]
    try:
        pairs = [[_run(process) for process in processes] for _ in range(runs + 1)]
    finally:
        for process in processes:
            process.kill()
            process.communicate()
    ratios = [one / other for one, other in pairs[1:]]
    return statistics.median(ratios), ratios


def _started(maker: str, argument: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _SIDE, maker, argument],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _run(process: subprocess.Popen[str]) -> float:
    assert process.stdin and process.stdout
    process.stdin.write("go\n")
    process.stdin.flush()
    return float(process.stdout.readline())


def alone(maker: str, argument: str) -> tuple[float, int]:
    """(processor seconds, bytes of memory above the prepared process) of one run on its own."""
    script = "import sys; from luodi.cli.bench_sides import told; print(*told(*sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", script, maker, argument], capture_output=True, text=True, check=True
    )
    seconds, size = done.stdout.split()
    return float(seconds), int(size)


def told(maker: str, argument: str) -> tuple[float, int]:
    """What `alone` measures, inside its process: memory counts from before the preparation."""
    module, _, name = maker.partition(":")
    make: Callable[[str], Work] = getattr(importlib.import_module(module), name)
    before = peak()
    work = make(argument)
    began = time.process_time()
    kept = work()
    seconds = time.process_time() - began
    size = peak() - before
    del kept
    return seconds, size


def peak() -> int:
    """Peak resident memory of this process in bytes; what ran before the exec doesn't count."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale
