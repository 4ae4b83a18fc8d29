"""A folder read by one process and by two."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from luodi.cli.bench_texts import made_text
from luodi.cli.folders.results import results_at
from luodi.cli.folders.walking import walk
from luodi.cli.folders.workers import Pool

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

CHARS = 4000


def folder_figures(quick: bool) -> list[Figure]:
    """folder_speedup (two processes against one, runs in turn) and files a second with two."""
    files, runs = (80, 2) if quick else (2000, 5)
    with TemporaryDirectory() as scratch:
        root = Path(scratch) / "plans"
        root.mkdir()
        text = made_text(CHARS)
        for n in range(files):
            (root / f"{n:05}.txt").write_text(f"示例市第{n}号方案\n{text}", encoding="utf-8")
        pairs = [(_seconds(root, 1), _seconds(root, 2)) for _ in range(runs)]
    size = (
        f"{files} files of {CHARS} chars, median of {runs} pairs, start of the processes included"
    )
    return [
        {
            "name": "folder_speedup",
            "value": round(statistics.median(one / two for one, two in pairs), 2),
            "unit": "ratio",
            "yardstick": "the same folder with one process; wall time, 2 is all there is to gain",
            "goal": None,
            "size": size,
        },
        {
            "name": "folder_files_per_second",
            "value": round(files / statistics.median(two for _, two in pairs), 1),
            "unit": "files/s",
            "yardstick": "none: two processes",
            "goal": None,
            "size": size,
        },
    ]


def _seconds(root: Path, jobs: int) -> float:
    """Wall seconds to read the whole folder into a file of results."""
    out = root.parent / f"results-{jobs}.jsonl"
    began = time.perf_counter()
    folder = walk(root)
    results = results_at(out)
    for outcome in Pool(root, jobs, 300).outcomes(folder.files[::-1]):
        results.write(outcome)
    results.finish(folder.files)
    results.close()
    seconds = time.perf_counter() - began
    out.unlink()
    return seconds
