"""The questions of the statistics bench stand in the guide, every one with its sentence."""

from __future__ import annotations

import re
from pathlib import Path

from luodi.cli.statistics_shapes import SHAPES

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "questions.md"


def test_the_guide_lists_what_the_bench_asks():
    told = re.findall(r"^\| `(\w+)` \| (.+) \|$", GUIDE.read_text("utf-8"), re.MULTILINE)
    assert told == [(shape.__name__, shape.__doc__) for shape in SHAPES]
    assert len(SHAPES) >= 18
