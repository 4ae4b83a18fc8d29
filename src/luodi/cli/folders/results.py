"""The results on disk. They are their own journal: what a line says of its file is what is done."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from luodi.cli.folders.reading import FAILED, Outcome, compiler
from luodi.cli.folders.walking import Found

LONGEST_NAME = 230
"""Bytes of a result's name; file systems take 255."""


class Busy(Exception):
    """Another run writes these results."""


class Foreign(Exception):
    """What lies there isn't the results of this folder; the sentence says what it is."""


@dataclass(frozen=True, slots=True)
class Past:
    """What an earlier run wrote about a file, and where its line lies."""

    run: dict[str, Any]
    chars: int
    start: int = 0
    length: int = 0

    def holds_for(self, found: Found, root: Path) -> bool:
        """True where the file is as it was and the compiler too; a failed one is tried again."""
        run = self.run
        if run.get("compiler") != compiler() or run.get("state") == FAILED:
            return False
        if run.get("size") != found.size:
            return False
        return run.get("mtime_ns") == found.mtime_ns or run.get("sha256") == _digest(
            root / found.path
        )


class Results(Protocol):
    """Where outcomes go."""

    def past(self, files: Iterable[Found]) -> dict[str, Past]:
        """What earlier runs wrote, by path of the file."""

    def write(self, outcome: Outcome) -> None:
        """Keep one outcome; after this call it survives the end of the process."""

    def finish(self, files: Iterable[Found]) -> int:
        """Put the results into the order of `files`; returns how many left the folder and went."""

    def close(self) -> None:
        """Let go of the results."""


class Lines:
    """One file of one JSON object a line: as they come during the run, by path at its end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self.file: IO[bytes] = path.open("a+b")
        _lock(self.file)
        self.index: dict[str, Past] = {}
        self.superseded = False

    def past(self, files: Iterable[Found]) -> dict[str, Past]:
        """Read the journal; a line torn by the end of a run is cut off."""
        at = broken = 0
        self.file.seek(0)
        for line in self.file:
            if value := _parsed(line):
                self._note(value["source"]["path"], value, at, len(line))
            else:
                broken += 1
            at += len(line)
            torn = 0 if line.endswith(b"\n") else len(line)
        if broken and not self.index:
            raise Foreign(f"{self.path} 已存在，但不是 luodi 写的结果；请换一个名字。")
        if self.index and not any(one.path in self.index for one in files):
            raise Foreign(f"{self.path} 是另一个文件夹的结果；请换一个名字。")
        if at and torn:
            self.file.truncate(at - torn)
        self.superseded |= broken > 0
        return self.index

    def write(self, outcome: Outcome) -> None:
        """Append the line of one file."""
        start = self.file.seek(0, os.SEEK_END)
        self.file.write(outcome.line + b"\n")
        self.file.flush()
        self.superseded |= outcome.path in self.index
        self.index[outcome.path] = Past({}, outcome.chars, start, len(outcome.line) + 1)

    def finish(self, files: Iterable[Found]) -> int:
        """Write the lines anew in the order of the paths, at one stroke."""
        order = [self.index[one.path] for one in files if one.path in self.index]
        gone = len(self.index) - len(order)
        starts = [one.start for one in order]
        if gone or self.superseded or starts != sorted(starts):
            with replaced(self.path) as whole:
                for one in order:
                    self.file.seek(one.start)
                    whole.write(self.file.read(one.length))
                whole.flush()
                os.fsync(whole.fileno())
        else:
            os.fsync(self.file.fileno())
        return gone

    def close(self) -> None:
        """Close the file, which unlocks it."""
        self.file.close()

    def _note(self, path: str, value: dict[str, Any], start: int, length: int) -> None:
        self.superseded |= path in self.index
        self.index[path] = Past(value["run"], value["source"]["chars"], start, length)


class Tree:
    """A folder that mirrors the one read: NAME.json for each NAME, each written at one stroke."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self.lock = (path / ".luodi-results").open("ab")
        _lock(self.lock)

    def past(self, files: Iterable[Found]) -> dict[str, Past]:
        """What lies there for each of `files`."""
        return {one.path: past for one in files if (past := self._of(one.path))}

    def write(self, outcome: Outcome) -> None:
        """Write the object of one file."""
        place = self.place(outcome.path)
        place.parent.mkdir(parents=True, exist_ok=True)
        with replaced(place) as whole:
            whole.write(outcome.line + b"\n")

    def finish(self, files: Iterable[Found]) -> int:
        """Nothing to do: results of files no longer there are left to the person."""
        return 0

    def close(self) -> None:
        """Unlock the folder."""
        self.lock.close()

    def place(self, path: str) -> Path:
        """Where the result of a file lies; a name too long for it is cut and told by digest."""
        *above, name = path.split("/")
        raw = os.fsencode(name)
        if len(raw) > LONGEST_NAME:
            short = raw[:LONGEST_NAME].decode("utf-8", "ignore")
            name = f"{short[:-12]}~{hashlib.sha256(raw).hexdigest()[:8]}"
        return self.path.joinpath(*above, f"{name}.json")

    def _of(self, path: str) -> Past | None:
        try:
            value = _parsed(self.place(path).read_bytes())
        except OSError:
            return None
        if value is None or value["source"]["path"] != path:
            return None
        return Past(value["run"], value["source"]["chars"])


def results_at(path: Path) -> Results:
    """RESULTS.jsonl is one file of lines; any other name is a folder."""
    return Lines(path) if path.suffix == ".jsonl" else Tree(path)


def lies_there(path: Path) -> bool:
    """True where a run has already written something."""
    if path.suffix == ".jsonl":
        return path.exists() and path.stat().st_size > 0
    return path.exists() and (not path.is_dir() or any(path.iterdir()))


@contextmanager
def replaced(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that takes the place of `path` when whole, or leaves it as it was."""
    name = hashlib.sha256(os.fsencode(path.name)).hexdigest()[:12]
    beside = path.with_name(f".{name}.part")
    try:
        with beside.open("wb") as file:
            yield file
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _parsed(line: bytes) -> dict[str, Any] | None:
    """The object of a whole line that a run wrote, else None."""
    if not line.endswith(b"\n"):
        return None
    with suppress(ValueError, KeyError, TypeError):
        value: dict[str, Any] = json.loads(line)
        if isinstance(value["run"]["state"], str) and isinstance(value["source"]["path"], str):
            return value
    return None


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _lock(file: IO[bytes]) -> None:
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise Busy from None
