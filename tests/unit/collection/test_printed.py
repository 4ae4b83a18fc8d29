"""Which period is printed above a table."""

from __future__ import annotations

import pytest

from luodi.collection.rules.printed import other_period
from luodi.kit.calendars import Period
from luodi.kit.grids import Cell, Sheet


def found(asked: str, *lines: tuple[str, ...]) -> str | None:
    cells = {
        row: {column: Cell("text", text) for column, text in enumerate(line, 1) if text}
        for row, line in enumerate([*lines, ("项目", "本月")], 1)
    }
    other = other_period(Sheet("表", cells), len(cells), Period.parse(asked))
    return other.key if other else None


@pytest.mark.parametrize(
    ("asked", "lines", "other"),
    [
        ("2026-03", [("工业月报（2026年3月）",)], None),
        ("2026-03", [("工业月报（2026年2月）",)], "2026-02"),
        ("2026-03", [("2026年1-3月工业生产情况",)], None),
        ("2026-03", [("2026年1—2月工业生产情况",)], "2026-02"),
        ("2026-03", [("报告期", "2026年2月"), ("2026年3月5日制表",)], "2026-02"),
        ("2026-03", [("报告期：2026-03",)], None),
        ("2026-03", [("报告期：2026-02",)], "2026-02"),
        ("2026-03", [("报告期：2026-99",)], None),
        ("2026-03", [("Reporting period: Feb 2026",)], "2026-02"),
        ("2026-03", [("Period: 2026-02",)], "2026-02"),
        ("2026-03", [("填报日期：2026年4月",), ("有效期至2027年1月",)], None),
        ("2026-03", [("2025年统计年报和2026年定期报表",)], None),
        ("2026-03", [("2025年2月起执行",), ("2026年3月",)], None),
        ("2026-03", [("报告期：2025年",)], "2025"),
        ("2026W10", [("2026年第9周",)], "2026W09"),
        ("2026W10", [("2026年第10周",)], None),
        ("2026Q1", [("2026年第二季度",)], "2026Q2"),
        ("2026Q1", [("2026年3月末",)], None),
        ("2026", [("2025年工业年报",)], "2025"),
        ("2026", [("2026年工业年报",)], None),
        ("2026-03", [("工业月报",)], None),
    ],
)
def test_a_table_for_another_period_is_told(asked, lines, other):
    assert found(asked, *lines) == other
