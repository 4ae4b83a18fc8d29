"""Lines that only rule a table: ├──┼──┤, +---+---+, |---|:--:|, ═════, -----."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.kit.layout.lines import Line

_RULE = re.compile(r"[\u2500-\u257f][\u2500-\u257f\s\u3000]*\Z|[+|:=\-—–_─━═\s\u3000]{3,}\Z")
_SIGNS = re.compile(r"[\u2500-\u257f+|=\-—–_]")


def rule_lines(lines: Sequence[Line]) -> set[int]:
    """Indexes of lines that draw a rule and say nothing."""
    return {
        n
        for n, line in enumerate(lines)
        if _SIGNS.match(line.text) and len(line.text) > 2 and _RULE.match(line.text)
    }
