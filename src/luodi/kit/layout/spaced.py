"""Tables set with blanks: a header of short words in columns, and the lines below that fit it."""

from __future__ import annotations

import re

from luodi.kit.layout.lines import WHITE, Line

_GAP = re.compile(f"[{re.escape(WHITE)}]{{2,}}|\\u3000+|\\t")
_HEADER_TASK = re.compile(r"任务|事项|内容|措施|项目|指标|工作")
_HEADER_UNIT = re.compile(r"单位|部门|科室|主体")


def cells_of(text: str) -> list[str]:
    """The cells of a row set with tabs or wide gaps."""
    return [cell.strip(WHITE) for cell in _GAP.split(text.strip(WHITE))]


def spaced_rows(lines: list[Line]) -> set[int]:
    """Indexes of header and rows; a row has as many cells as its header, two rows at least."""
    found: set[int] = set()
    wide, header = 0, -1
    run: list[int] = []
    for n, line in enumerate(lines):
        cells = cells_of(line.text) if _GAP.search(line.text) else [line.text]
        if wide and len(cells) == wide:
            run.append(n)
            continue
        if len(run) > 1:
            found.update((header, *run))
        run, wide, header = [], (len(cells) if _is_header(cells) else 0), n
    if len(run) > 1:
        found.update((header, *run))
    return found


def _is_header(cells: list[str]) -> bool:
    if len(cells) < 3 or any(len(cell) > 12 for cell in cells):
        return False
    return any(map(_HEADER_TASK.search, cells)) and any(map(_HEADER_UNIT.search, cells))
