"""A page of a PDF as a picture, drawn by a process of its own.

PDFium can't be stopped at its work, and a page may hold so many curves that it takes minutes. A
process can be ended; the server and its other pages go on meanwhile.
"""

from __future__ import annotations

import struct
import subprocess
import sys
import threading

from luodi.kit.readers.pdf import page_image

LIMIT = 8.0
"""Seconds a page may take, the start of the process among them."""
AT_ONCE = 2
MOST_MEMORY = 2 << 30
_HEAD = struct.Struct("!id")

_turns = threading.BoundedSemaphore(AT_ONCE)


def draw_page(data: bytes, page: int, scale: float, limit: float = LIMIT) -> bytes:
    """A page (from 0) as a PNG, `scale` pixels to a point.

    Raises ValueError for a page that is not there, can't be drawn, or isn't drawn in `limit`
    seconds.
    """
    with _turns:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "luodi.common.drawing"],
                input=_HEAD.pack(page, scale) + data,
                capture_output=True,
                timeout=limit,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise ValueError(f"page {page} takes longer than {limit} s") from late
    if done.returncode or not done.stdout:
        raise ValueError(f"page {page} can't be drawn")
    return done.stdout


def main() -> int:
    """Draw what stands on standard input to standard output; 1 where it can't be drawn."""
    _bound()
    asked = sys.stdin.buffer.read()
    page, scale = _HEAD.unpack_from(asked)
    try:
        sys.stdout.buffer.write(page_image(asked[_HEAD.size :], page, scale))
    except (IndexError, ValueError, MemoryError):
        return 1
    return 0


def _bound() -> None:
    """Bounds that hold even where the server is gone; not every system has them."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(LIMIT) + 1, int(LIMIT) + 1))


if __name__ == "__main__":
    sys.exit(main())
