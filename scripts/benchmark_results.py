"""Writes bench/reading/RESULTS.md: what Luodi and the baseline reach on the benchmark's two sets.

With --check, compares instead and fails on a difference.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KIT = ROOT / "bench" / "reading"
PAGE = KIT / "RESULTS.md"
LIMIT = 60.0
INTRODUCTIONS = {
    "blind": "Documents the readers were not built on: only these figures say how well they read.",
    "tuned": "Documents Luodi was built on; its tests demand every one of them whole, so its 1.000"
    " here is by construction. For the baseline the set is as fair as the other.",
}
WEAK = 1.0
"""Below this F1 a document is named on the page."""


def readers() -> dict[str, str]:
    """Name -> the command that `run.py --reader` takes."""
    python = shlex.quote(sys.executable)
    luodi = shlex.quote("from luodi.cli import main; main()")
    baseline = shlex.quote(str(KIT / "baseline.py"))
    return {
        "luodi": f"{python} -c {luodi} compile {{files}} --format json",
        "baseline": f"{python} {baseline} {{files}}",
    }


def page() -> str:
    """Markdown with a table for each set."""
    sys.path.insert(0, str(KIT))
    try:
        import run
    finally:
        sys.path.remove(str(KIT))
    parts = [
        "# Results\n",
        "Written by scripts/benchmark_results.py (`make docs`), compared by `make check`. What the"
        " kinds and sets are: README.md beside this file.\n",
    ]
    for name, introduction in INTRODUCTIONS.items():
        results = {}
        for reader, command in readers().items():
            results[reader], said = run.run(command, run.SETS[name], LIMIT)
            if len(said) < len(results[reader]["documents"]):
                raise SystemExit(f"{reader} did not answer every document of the set {name}")
        parts += [_section(name, introduction, results["luodi"], results["baseline"])]
    return "\n".join(parts).rstrip() + "\n"


def _section(name: str, introduction: str, ours: dict[str, Any], plain: dict[str, Any]) -> str:
    lines = [
        f"## {name}: {len(ours['documents'])} documents\n",
        f"{introduction}\n",
        "| kind | in gold | Luodi precision | recall | F1 | 95 % of F1 | baseline F1 | lead |",
        "|---|---:|---:|---:|---:|---|---:|---:|",
    ]
    for kind, row in ours["kinds"].items():
        other = plain["kinds"].get(kind, {"f1": 0.0})["f1"]
        lines.append(
            f"| {kind} | {row['gold']} | {row['precision']:.3f} | {row['recall']:.3f} |"
            f" {row['f1']:.3f} | {row['low']:.3f} to {row['high']:.3f} | {other:.3f} |"
            f" {row['f1'] - other:+.3f} |"
        )
    weak = [
        f"- {document}: {', '.join(f'{kind} {f1:.2f}' for kind, f1 in found.items() if f1 < WEAK)}"
        for document, found in ours["documents"].items()
        if any(f1 < WEAK for f1 in found.values())
    ]
    return "\n".join([*lines, *(["\nWhere Luodi falls short (F1):\n", *weak] if weak else []), ""])


def main() -> int:
    """Write the page, or say that it is stale."""
    text = page()
    if sys.argv[1:] != ["--check"]:
        PAGE.write_text(text, "utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text("utf-8") == text:
        return 0
    print("run `make docs`; out of date:", PAGE.relative_to(ROOT).as_posix())
    return 1


if __name__ == "__main__":
    sys.exit(main())
