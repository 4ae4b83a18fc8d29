"""Punctuation goes by the reader's language."""

from __future__ import annotations

from django.utils.translation import override

from luodi.common.charts import Line, line_chart
from luodi.common.languages import aside, headed, in_clauses, in_one_line, listed


def test_lists_clauses_and_heads_in_two_languages():
    def said() -> tuple[str, str, str]:
        return listed(["甲", "乙"]), in_one_line(["一", "二"]), headed("甲", "一")

    with override("zh-hans"):
        assert said() == ("甲、乙", "一；二", "甲：一")
    with override("en"):
        assert said() == ("甲, 乙", "一; 二", "甲: 一")


def test_notes_and_clauses_stand_in_the_readers_brackets_and_commas():
    def said() -> tuple[str, str, str]:
        return aside("甲", "一"), aside("甲", ""), in_clauses(["一", "二"])

    with override("zh-hans"):
        assert said() == ("甲（一）", "甲", "一，二")
    with override("en"):
        assert said() == ("甲 (一)", "甲", "一, 二")


def test_a_chart_tells_its_name_in_the_readers_language():
    with override("en"):
        drawn = line_chart(
            "Output", ["2026-01", "2026-02"], [Line("Due", [1, 2]), Line("Is", [1, 1])]
        )
    assert 'aria-label="Output: Due, Is"' in drawn
