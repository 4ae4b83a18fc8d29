"""What may not stand in the repository, whoever puts it there."""

from __future__ import annotations

import re

import pytest

from .tree import ROOT, shown, text_of, tracked_files

SEEDS = ROOT.parent / "shared" / "seeds"
RUN = 26
NOT_HAN = re.compile(r"[^\u4e00-\u9fff]+")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|farm|home|root)/\w")
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|NotImplemented" r"Error)\b")
ADDRESS = re.compile(r"https?://|index-url|find-links")


def lines_matching(pattern: re.Pattern[str], suffixes: tuple[str, ...] = ()) -> list[str]:
    """`path:line` of every line of a tracked text file that matches."""
    found = []
    for path in tracked_files():
        if suffixes and path.suffix not in suffixes:
            continue
        text = text_of(path) or ""
        if pattern.search(text):
            numbered = enumerate(text.splitlines(), 1)
            found += [f"{shown(path)}:{n}" for n, line in numbered if pattern.search(line)]
    return found


def test_no_path_of_one_machine_is_named():
    assert not lines_matching(MACHINE_PATH)


def test_nothing_is_left_unfinished():
    assert not lines_matching(UNFINISHED, (".py", ".sh", ".html", ".css", ".js"))


def test_lock_files_name_no_address():
    assert not lines_matching(ADDRESS, (".lock",))


def test_every_locked_package_carries_a_hash():
    for path in (ROOT / "requirements").glob("*.lock"):
        for entry in re.findall(r"^\S+==.*?(?=^\S+==|\Z)", path.read_text(), re.M | re.S):
            assert "--hash=sha256:" in entry, f"{path.name}: {entry.splitlines()[0]}"


@pytest.mark.seeds
def test_no_sentence_of_the_source_texts_is_repeated():
    if not SEEDS.is_dir():
        pytest.skip("the real documents are not beside the project")
    grams = set()
    for source in SEEDS.glob("*.txt"):
        text = NOT_HAN.sub("", source.read_text("utf-8", "replace"))
        grams.update(text[i : i + RUN] for i in range(len(text) - RUN + 1))
    wrong = []
    for path in tracked_files():
        text = NOT_HAN.sub("", text_of(path) or "")
        runs = (text[i : i + RUN] for i in range(len(text) - RUN + 1))
        hit = next((run for run in runs if run in grams), None)
        if hit:
            wrong.append(f"{shown(path)}: {hit}")
    assert not wrong, "facts and figures may be used, sentences may not"
