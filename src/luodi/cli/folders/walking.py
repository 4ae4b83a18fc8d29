"""Which files of a folder are read."""

from __future__ import annotations

import os
from collections.abc import Container
from dataclasses import dataclass, field
from pathlib import Path

LEFT_BY_OFFICE = "~$"
"""Word and Excel put such a file beside one that is open."""


@dataclass(frozen=True, slots=True)
class Found:
    """One file: its path below the folder with `/`, and what tells a changed one apart."""

    path: str
    size: int
    mtime_ns: int


@dataclass(slots=True)
class Folder:
    """The files of a folder in the order of their paths, and counts of what was passed over."""

    root: Path
    files: list[Found] = field(default_factory=list)
    hidden: int = 0
    links: int = 0
    closed: list[str] = field(default_factory=list)


def walk(root: Path, leave_out: Container[Path] = ()) -> Folder:
    """Every file below `root`. Hidden ones and links to folders are counted, not followed.

    `leave_out` names resolved paths that are not read: the results may lie inside the folder.
    A file that is missing or closed to us stays in the list: it gets its line with a sentence.
    """
    folder = Folder(root)

    def closed(trouble: OSError) -> None:
        folder.closed.append(os.path.relpath(trouble.filename, root))

    base = root.resolve()
    for at, below, names in os.walk(base, onerror=closed):
        here = Path(at)
        shown = [name for name in below if not is_hidden(name)]
        linked = [name for name in shown if (here / name).is_symlink()]
        folder.hidden += len(below) - len(shown)
        folder.links += len(linked)
        below[:] = sorted(
            name for name in shown if name not in linked and here / name not in leave_out
        )
        for name in names:
            if is_hidden(name):
                folder.hidden += 1
            elif here / name not in leave_out:
                folder.files.append(_found(here / name, base))
    folder.files.sort(key=lambda one: one.path)
    return folder


def is_hidden(name: str) -> bool:
    """True for what an explorer doesn't show and for the shadow of an open Word file."""
    return name.startswith((".", LEFT_BY_OFFICE))


def _found(path: Path, base: Path) -> Found:
    shown = path.relative_to(base).as_posix()
    try:
        status = path.stat()
    except OSError:
        return Found(shown, 0, 0)
    return Found(shown, status.st_size, status.st_mtime_ns)
