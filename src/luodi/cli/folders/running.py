"""A run over a folder: what is still to do, progress, interruption, the summary."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import click

from luodi.cli.folders.reading import FAILED, READ, REFUSED, Outcome
from luodi.cli.folders.results import Busy, Foreign, Past, Results, lies_there, results_at
from luodi.cli.folders.walking import Folder, Found, walk
from luodi.cli.folders.workers import NoWorkers, Pool
from luodi.kit.problems import storage_trouble

TOLD = 20
"""So many files that gave nothing are named on the screen; the results name them all."""


@dataclass(frozen=True, slots=True)
class Task:
    """What the person asked for. `limit` is seconds a file may take."""

    root: Path
    out: Path
    jobs: int
    limit: float
    resume: bool


@dataclass(slots=True)
class Tally:
    """What a run has come to so far."""

    states: dict[str, int] = field(default_factory=lambda: {READ: 0, REFUSED: 0, FAILED: 0})
    chars: int = 0
    lost: list[str] = field(default_factory=list)
    untold: list[tuple[str, str]] = field(default_factory=list)
    first: dict[str, str] = field(default_factory=dict)
    same: list[tuple[str, str]] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Files that have come to an end in this run."""
        return sum(self.states.values())

    def count(self, outcome: Outcome) -> None:
        """Take in one outcome."""
        self.states[outcome.state] += 1
        self.chars += outcome.chars
        if outcome.lost:
            self.lost.append(outcome.path)
        if outcome.state != READ:
            self.untold.append((outcome.path, outcome.message))
        if outcome.sha256 and self.first.setdefault(outcome.sha256, outcome.path) != outcome.path:
            self.same.append((outcome.path, self.first[outcome.sha256]))


def compile_folder(task: Task) -> int:
    """Read every file of a folder into the results; returns the exit code.

    0: every file read; 1: a character was lost; 2: some files gave nothing, or the run could not
    begin; 128 + signal: stopped on the way, to go on with --resume.
    """
    if lies_there(task.out) and not task.resume:
        return _refuse(f"{task.out} 里已有结果。接着做请加 --resume；重新做请换一个名字。")
    folder = walk(task.root, {task.out.resolve()})
    _passed_over(folder)
    if not folder.files:
        return _refuse(f"文件夹里没有可读的文件：{task.root}")
    try:
        results = results_at(task.out)
        past = results.past(folder.files)
    except Busy:
        return _refuse(f"另一个进程正在写 {task.out}，请等它结束。")
    except Foreign as what:
        return _refuse(str(what))
    except OSError as trouble:
        return _refuse(f"写不了结果 {task.out}：{storage_trouble(trouble)}")
    with contextlib.closing(results):
        return _run(task, folder, results, past)


def _run(task: Task, folder: Folder, results: Results, past: dict[str, Past]) -> int:
    old = [one for one in folder.files if one.path in past]
    kept = {one.path for one in old if past[one.path].holds_for(one, task.root)}
    todo = [one for one in folder.files if one.path not in kept]
    tally, began = Tally(), time.monotonic()
    try:
        with _interruptible():
            _read_all(task, todo, results, tally)
        gone = results.finish(folder.files)
    except KeyboardInterrupt as stop:
        return _stopped(task, tally, len(todo), int(stop.args[0]) if stop.args else signal.SIGINT)
    except NoWorkers:
        return _refuse("读文件的进程起不来；请先用 luodi compile 单读一个文件看看。")
    except OSError as trouble:
        return _refuse(
            f"写不进结果 {task.out}：{storage_trouble(trouble)}。腾出地方后加 --resume 接着做。"
        )
    seconds = time.monotonic() - began
    _summary(task, tally, len(kept), gone, seconds)
    earlier = any(past[path].run.get("state") == REFUSED for path in kept)
    return 1 if tally.lost else 2 if tally.untold or earlier else 0


def _read_all(task: Task, todo: list[Found], results: Results, tally: Tally) -> None:
    """The largest first, so that no long one is left alone at the end."""
    queue = sorted(todo, key=lambda one: (one.size, one.path))
    sizes = {one.path: one.size + 1 for one in todo}
    pool = Pool(task.root, task.jobs, task.limit)
    with _progress(sum(sizes.values())) as bar, contextlib.closing(pool.outcomes(queue)) as all_of:
        for outcome in all_of:
            results.write(outcome)
            tally.count(outcome)
            if bar:
                bar.update(sizes[outcome.path], f"{tally.done}/{len(todo)} {outcome.path}")


@contextlib.contextmanager
def _progress(length: int) -> Iterator[Any]:
    """A bar on standard error where that is a terminal, else None."""
    if not sys.stderr.isatty():
        yield None
        return
    shown = click.progressbar(
        length=length,
        label="读文件",
        file=sys.stderr,
        item_show_func=lambda item: item,
        update_min_steps=max(1, length // 2000),
    )
    with shown as bar:
        yield bar


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Let SIGTERM stop a run as Ctrl-C does: between two lines, with a sentence."""

    def stop(number: int, _: FrameType | None) -> None:
        raise KeyboardInterrupt(number)

    try:
        before = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
    except ValueError:  # not the main thread: whoever started us minds the signals
        yield
        return
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _stopped(task: Task, tally: Tally, total: int, number: int) -> int:
    words = ["luodi", "compile", str(task.root), "--out", str(task.out), "--resume"]
    _say(f"已停下：这次做完 {tally.done} 个，余 {total - tally.done} 个。接着做：")
    _say(f"  {shlex.join(words)}")
    return 128 + number


def _passed_over(folder: Folder) -> None:
    said = [f"隐藏文件和文件夹 {folder.hidden} 个"] if folder.hidden else []
    said += [f"指向文件夹的链接 {folder.links} 个（不跟进，以免绕圈）"] if folder.links else []
    said += [f"打不开的文件夹 {'、'.join(folder.closed[:TOLD])}"] if folder.closed else []
    if said:
        _say(f"没有读：{'；'.join(said)}。")


def _summary(task: Task, tally: Tally, kept: int, gone: int, seconds: float) -> None:
    for path, message in sorted(tally.untold)[:TOLD]:
        _say(f"{path}：{message}")
    if len(tally.untold) > TOLD:
        _say(f"……还有 {len(tally.untold) - TOLD} 个，见结果中的 findings。")
    for path in tally.lost[:TOLD]:
        _say(f"{path}：有字符没有归入版面，见结果中的 reading.lost。")
    if tally.same:
        path, other = min(tally.same)
        _say(f"内容相同的文件 {len(tally.same)} 个（如 {path} 与 {other}），各有各的结果。")
    read, refused, failed = (tally.states[one] for one in (READ, REFUSED, FAILED))
    earlier = f"，先前已做 {kept}" if kept else ""
    removed = f"，已不在文件夹里而去掉的 {gone}" if gone else ""
    rate = tally.chars / seconds if seconds else 0
    _say(
        f"文件 {tally.done + kept}：读出 {read}，拒读 {refused}，失败 {failed}{earlier}{removed}。"
        f"字符 {tally.chars:,}，用时 {seconds:.1f} 秒，每秒 {rate:,.0f} 字。结果：{task.out}"
    )


def _refuse(sentence: str) -> int:
    _say(sentence)
    return 2


def _say(sentence: str) -> None:
    """A line for the person; a damaged or broken file name is shown, never a reason to stop."""
    text = os.fsencode(sentence).decode("utf-8", "backslashreplace")
    click.echo("".join(c if c >= " " and c != "\x7f" else ascii(c)[1:-1] for c in text), err=True)
