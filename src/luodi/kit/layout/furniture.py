"""Lines that belong to the page and not to the text: numbers, running heads; and contents."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from luodi.kit.layout.labels import LABEL, NOTE_LINE
from luodi.kit.layout.lines import Line

_NUMBER = re.compile(
    r"(?:[-—–－―─·•~～ ]+\d{1,4}[-—–－―─·•~～ ]+|[·•]{2,4} ?\d{1,4}|\d{1,4} ?[·•]{2,4}"
    r"|第 ?\d{1,4} ?页(?:[ ,，/]*共 ?\d{1,4} ?页)?"
    r"|共 ?\d{1,4} ?页[ ,，]*第 ?\d{1,4} ?页|\d{1,3} ?/ ?\d{1,3}|Page \d+.*)\Z"
)
_GAZETTE = re.compile(
    r"[\u4e00-\u9fff]{2,20}(?:公报|政报)[\s\u3000]*(?:\d{4}[\s\u3000]*年)?[\s\u3000·.]*(?:第?[\s\u3000]*\d{1,3}[\s\u3000]*期)?"
    r"[\s\u3000]*(?:[（(](?:总.{1,10}"
    r"|\d{4} ?[.．年] ?\d{1,2} ?期?)[）)])?(?:[\s\u3000]*[\u4e00-\u9fff]{2,8})?\Z"
)
_BARE = re.compile(r"\d{1,3}\Z")
_CONTENTS = re.compile(r"目[\s\u3000]*[录次]\Z")
_LEADER = re.compile(
    r"(.{0,120}?\S)[\s\u3000]*(?:[.…·．。]{2,}|\t|[\s\u3000]{2,})[.…·．\s]*[（(]?(\d{1,3})[）)]?\Z"
)
_ENDS = "。；：！？，）)】”"


def page_numbers(lines: list[Line]) -> set[int]:
    """Indexes of the lines that are a page number; a bare figure only where it counts pages."""
    found = {n for n, line in enumerate(lines) if line.width < 24 and _NUMBER.match(line.text)}
    bare = [
        (n, int(line.text))
        for n, line in enumerate(lines)
        if line.width < 4 and _BARE.match(line.text) and _at_page_edge(lines, n)
    ]
    for (first, one), (second, two) in itertools.pairwise(bare):
        if two == one + 1:
            found |= {first, second}
    return found


def _at_page_edge(lines: list[Line], n: int) -> bool:
    return n + 1 == len(lines) or lines[n].page or lines[n + 1].page


def running_heads(lines: list[Line], numbers: set[int]) -> set[int]:
    """Indexes of repeated lines that cut a sentence or stand at the edge of a page."""
    body = [n for n in range(len(lines)) if n not in numbers]
    counts = Counter(lines[n].text for n in body if 12 <= lines[n].width <= 90)
    texts = {text for text, many in counts.items() if many >= 2 and _may_be_head(text)}
    if not texts:
        return gazette_heads(lines, numbers)
    found: set[int] = set()
    runs = _runs(lines, body, texts)
    beside = Counter(lines[run[0]].text for run in runs if _beside_number(run, numbers))
    for run in runs:
        text = lines[run[0]].text
        often = len(run) > 1 or counts[text] > 2
        if (often and _interrupts(lines, run)) or (
            beside[text] > 1 and _beside_number(run, numbers)
        ):
            found.update(run)
    return found | gazette_heads(lines, numbers)


def gazette_heads(lines: list[Line], numbers: set[int]) -> set[int]:
    """Indexes of the name and issue of a gazette beside a page number, though it comes once."""
    named = {n for n, line in enumerate(lines) if line.width <= 60 and _GAZETTE.match(line.text)}
    return {n for n in named if {n - 1, n + 1} & numbers}


def _beside_number(run: list[int], numbers: set[int]) -> bool:
    """Whether a page number stands right above or below the run."""
    return run[0] - 1 in numbers or run[-1] + 1 in numbers


def _may_be_head(text: str) -> bool:
    return text[-1] not in _ENDS and not LABEL.match(text) and not NOTE_LINE.match(text)


def _runs(lines: list[Line], body: list[int], texts: set[str]) -> list[list[int]]:
    runs: list[list[int]] = []
    last = -2
    for place, n in enumerate(body):
        if lines[n].text in texts:
            if place == last + 1:
                runs[-1].append(n)
            else:
                runs.append([n])
            last = place
    return runs


def _interrupts(lines: list[Line], run: list[int]) -> bool:
    """A head stands where the line before it is left open and the next one goes on."""
    before, after = run[0] - 1, run[-1] + 1
    if before < 0 or after >= len(lines):
        return False
    above, below = lines[before], lines[after]
    cut_sentence = above.text[-1] not in "。；：！？）】" and not LABEL.match(below.text)
    at_edge = lines[run[0]].page and not below.page
    return (cut_sentence and above.width >= 24 and below.width >= 24) or at_edge


def contents_lines(lines: list[Line]) -> set[int]:
    """Indexes of the lines of a table of contents, its heading among them."""
    found: set[int] = set()
    for n, line in enumerate(lines):
        if line.width < 12 and _CONTENTS.match(line.text):
            found.update(range(n, _contents_end(lines, n)))
    return found | _leader_runs(lines)


def _contents_end(lines: list[Line], heading: int) -> int:
    """First line after the contents: where the first entry comes again, else after the leaders."""
    if heading + 1 >= len(lines):
        return heading + 1
    first = _entry(lines[heading + 1].text)
    for n in range(heading + 2, min(len(lines), heading + 300)):
        if _entry(lines[n].text) == first:
            return n
    end = heading + 1
    while end < len(lines) and _LEADER.match(lines[end].text):
        end += 1
    return end


def _entry(text: str) -> str:
    match = _LEADER.match(text)
    return "".join((match.group(1) if match else text).split())


def _leader_runs(lines: list[Line]) -> set[int]:
    """Runs of three and more labelled lines that end in dots and a page number."""
    found: set[int] = set()
    run: list[int] = []
    for n, line in enumerate(lines):
        entry = line.text[-1].isdigit() and LABEL.match(line.text) and _LEADER.match(line.text)
        if entry and not line.text.count("\t") > 1:
            run.append(n)
            continue
        if len(run) >= 3:
            found.update(run)
        run = []
    return found | set(run if len(run) >= 3 else ())
