"""Worker processes: one that dies or hangs costs the file it was at, and nothing else."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from luodi.cli.folders.reading import FAILED, Outcome, compiler, read_file, unread
from luodi.cli.folders.walking import Found
from luodi.kit.problems import Problem

FALSE_STARTS = 3
"""So many workers in a row that end before they are ready: then something else is wrong."""
AFTER_LIMIT = 10
"""Seconds after which a worker without a parent ends itself."""


class NoWorkers(Exception):
    """Worker processes can't be started here."""


@dataclass(slots=True)
class Worker:
    """A process, our end of its pipe, and the file it is at since `began` (monotonic)."""

    process: BaseProcess
    pipe: Connection
    ready: bool = False
    file: Found | None = None
    began: float = 0.0


def serve(pipe: Connection, root: Path, limit: float) -> None:
    """The life of a worker: say ready, then one outcome for each file that comes.

    Ctrl-C is the parent's business. Where the parent is gone the pipe ends; the alarm ends a
    worker that hangs by then.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    alarm = getattr(signal, "setitimer", None)
    compiler()
    pipe.send(None)
    try:
        while (found := pipe.recv()) is not None:
            if alarm:
                alarm(signal.ITIMER_REAL, limit + AFTER_LIMIT)
            pipe.send(_outcome(root, found))
            if alarm:
                alarm(signal.ITIMER_REAL, 0)
    except (EOFError, OSError):
        return


def _outcome(root: Path, found: Found) -> Outcome:
    try:
        return read_file(root, found)
    except MemoryError:
        return unread(found, FAILED, Problem("source.memory", "error", "内存不够，没有读完。"))
    except Exception as trouble:  # a mistake of ours stays with its file
        said = f"读这个文件时出错（{type(trouble).__name__}），请报告。"
        return unread(found, FAILED, Problem("source.failed", "error", said))


class Pool:
    """`jobs` workers; `outcomes` hands out files and yields what becomes of them, as it comes."""

    def __init__(self, root: Path, jobs: int, limit: float) -> None:
        self.root, self.jobs, self.limit = root, jobs, limit
        self.context = get_context("spawn")
        self.workers: list[Worker] = []
        self.false_starts = 0

    def outcomes(self, files: list[Found]) -> Iterator[Outcome]:
        """One outcome for each of `files`, in the order they end. Takes from the list's end."""
        try:
            while files or any(worker.file for worker in self.workers):
                while len(self.workers) < min(self.jobs, len(files) + self._busy()):
                    self.workers.append(self._started())
                yield from self._heard(files)
        finally:
            self.stop()

    def stop(self) -> None:
        """End every worker at once; the files they are at stay undone."""
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
            worker.pipe.close()
        self.workers = []

    def _busy(self) -> int:
        return sum(1 for worker in self.workers if worker.file)

    def _started(self) -> Worker:
        ours, theirs = self.context.Pipe()
        process = self.context.Process(
            target=serve, args=(theirs, self.root, self.limit), daemon=True
        )
        process.start()
        theirs.close()
        return Worker(process, ours)

    def _heard(self, files: list[Found]) -> Iterator[Outcome]:
        """Wait until a worker says something, ends or is late, and answer each of them."""
        heard = wait([worker.pipe for worker in self.workers], self._patience())
        for worker in list(self.workers):
            if worker.pipe in heard:
                yield from self._answer(worker, files)
            elif worker.file and time.monotonic() - worker.began > self.limit:
                said = f"超过 {self.limit:g} 秒没有读完，已放弃。"
                yield self._gone(worker, Problem("source.late", "error", said))

    def _patience(self) -> float | None:
        """Seconds until the first file is late; None while no file is being read."""
        began = [worker.began for worker in self.workers if worker.file]
        return max(0.0, min(began) + self.limit - time.monotonic()) + 0.01 if began else None

    def _answer(self, worker: Worker, files: list[Found]) -> Iterator[Outcome]:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._ended(worker)
            return
        worker.ready, worker.file, self.false_starts = True, None, 0
        if said is not None:
            yield said
        if files:
            worker.file, worker.began = files.pop(), time.monotonic()
            try:
                worker.pipe.send(worker.file)
            except OSError:
                yield from self._ended(worker)

    def _ended(self, worker: Worker) -> Iterator[Outcome]:
        worker.process.join()
        if worker.file:
            how = f"读这个文件的进程中途结束（{_why(worker.process.exitcode)}），没有读完。"
            yield self._gone(worker, Problem("source.worker_ended", "error", how))
            return
        self.workers.remove(worker)
        self.false_starts += 0 if worker.ready else 1
        if self.false_starts >= FALSE_STARTS:
            raise NoWorkers

    def _gone(self, worker: Worker, problem: Problem) -> Outcome:
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self.workers.remove(worker)
        assert worker.file is not None
        return unread(worker.file, FAILED, problem)


def _why(code: int | None) -> str:
    if code == -signal.SIGKILL:
        return "被强行结束，常因内存不够"
    return f"信号 {-code}" if code and code < 0 else f"退出码 {code}"
