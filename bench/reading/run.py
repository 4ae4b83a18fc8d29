#!/usr/bin/env python3
"""Run a reader over the corpus and score it. Python's standard library only.

    run.py --reader 'luodi compile {file} --format json'
    run.py --reader 'luodi compile {files} --format json' --set blind
    run.py --reader 'python3 my_reader.py {file}' --keep ANSWERS

{file}: the command is run once for each document and prints one JSON object.
{files}: it is run once for all and prints one object a line, in the order of the files.
A command that fails, prints no JSON or takes longer than --limit-seconds has answered nothing.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
from pathlib import Path

import score

HERE = Path(__file__).resolve().parent
SETS = {"tuned": HERE.parents[1] / "tests" / "corpus", "blind": HERE / "blind"}


def documents(folder: Path) -> list[Path]:
    """The documents of a set that have gold beside them."""
    return [one for one in sorted(folder.glob("*.txt")) if one.with_suffix(".json").exists()]


def answers(reader: str, files: list[Path], limit: float) -> dict[str, score.Json]:
    """Name of the document -> the reader's object; what it doesn't answer is left out."""
    if "{files}" in reader:
        lines = _output(reader, {"{files}": files}, limit * len(files))
        return {
            file.stem: said
            for file, line in zip(files, lines, strict=False)
            if (said := _object(line))
        }
    found = {}
    for file in files:
        lines = _output(reader, {"{file}": [file]}, limit)
        if said := _object(lines[0] if len(lines) == 1 else "\n".join(lines)):
            found[file.stem] = said
        else:
            print(f"no answer: {file.name}", file=sys.stderr)
    return found


def _output(reader: str, places: dict[str, list[Path]], limit: float) -> list[str]:
    words: list[str] = []
    for word in shlex.split(reader):
        words += [str(path) for path in places[word]] if word in places else [word]
    try:
        done = subprocess.run(words, capture_output=True, timeout=limit, check=False)
    except (OSError, subprocess.TimeoutExpired) as trouble:
        print(f"the reader did not run: {trouble}", file=sys.stderr)
        return []
    return [line for line in done.stdout.decode("utf-8", "replace").splitlines() if line.strip()]


def _object(text: str) -> score.Json:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def run(reader: str, folder: Path, limit: float) -> tuple[score.Json, dict[str, score.Json]]:
    """The score of a reader over one set, and its answers."""
    files = documents(folder)
    gold = {one.stem: json.loads(one.with_suffix(".json").read_text("utf-8")) for one in files}
    said = answers(reader, files, limit)
    if len(said) < len(files):
        print(f"answered {len(said)} of {len(files)} documents", file=sys.stderr)
    return score.score(gold, said), said


def main() -> int:
    cli = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    cli.add_argument("--reader", required=True, help="a command with {file} or {files}")
    cli.add_argument("--set", choices=sorted(SETS), help="one set only")
    cli.add_argument("--limit-seconds", type=float, default=60)
    cli.add_argument("--keep", type=Path, help="write the answers into this folder")
    cli.add_argument("--json", action="store_true")
    words = cli.parse_args()
    results = {}
    for name in [words.set] if words.set else SETS:
        results[name], said = run(words.reader, SETS[name], words.limit_seconds)
        if words.keep:
            (words.keep / name).mkdir(parents=True, exist_ok=True)
            for stem, value in said.items():
                text = json.dumps(value, ensure_ascii=False, indent=1)
                (words.keep / name / f"{stem}.json").write_text(text + "\n", "utf-8")
    if words.json:
        print(json.dumps(results, ensure_ascii=False))
        return 0
    for name, result in results.items():
        print(f"== {name}: {len(result['documents'])} documents\n{score.table(result)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
