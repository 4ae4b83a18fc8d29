"""Rules of bulletins and ratings in packs, kept lines, and what ratings come to."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from luodi.packs import resolve
from luodi.packs.schemas import BulletinRule, RatingRule
from luodi.supervision.rules.bulletin_paper import Issue, compose
from luodi.supervision.rules.bulletins import Line, contestable, read_line
from luodi.supervision.rules.ratings import Given, results

COMMON = {
    "key": "b", "owner": {"body": "leading_group", "name": "示例领导小组"}, "kind": "rule",
    "source": "local default, unconfirmed", "confirmed": False, "title": "通报", "title_en": "Bulletin",
}  # fmt: skip
ONCE = {"indicator": "a"}


@pytest.mark.parametrize("pack", ["jincheng", "linfen"])
def test_built_in_rules_name_their_citys_indicators_and_cadence(pack):
    stack = resolve(pack)
    [rule] = stack.all("bulletins", BulletinRule, date(2026, 3, 2))
    known = {one.key for part in stack.packs for one in part.rules.get("indicators", ())}
    rhythms = {one.key for part in stack.packs for one in part.rules.get("cadence", ())}
    assert {column.indicator for column in rule.columns} <= known
    assert rule.cadence in rhythms and not rule.confirmed


def test_an_indicator_and_a_zone_stand_once():
    with pytest.raises(ValidationError, match="只能列一次"):
        BulletinRule(**COMMON, cadence="c", columns=[ONCE, ONCE])
    group = {"title": "组", "title_en": "Group", "units": ["z"]}
    with pytest.raises(ValidationError, match="一个分组"):
        BulletinRule(
            **COMMON,
            cadence="c",
            columns=[ONCE],
            groups=[{"key": "x", **group}, {"key": "y", **group}],
        )
    with pytest.raises(ValidationError, match="最低分"):
        RatingRule(**COMMON, least=5, most=5)


def test_means_are_exact_and_few_are_kept_back():
    rule = RatingRule(**COMMON, minimum=3, places=2)
    given = [Given("d", "2026Q1", score) for score in (5, 4, 4)] + [Given("e", "2026Q1", 1)]
    by_department = {one.department: one for one in results(given[::-1], rule)}
    assert (by_department["d"].text, by_department["d"].share) == ("4.33", 8667)
    assert (by_department["e"].text, by_department["e"].mean, by_department["e"].share) == (
        "",
        None,
        None,
    )
    assert results(given, rule) == results(given[::-1], rule)


def test_a_line_is_read_back_as_it_was_kept_and_an_empty_issue_still_composes():
    line = Line("z", "示例区", "", "", (), 2, 1)
    assert read_line(line.plain()) == line
    assert set(contestable(line)) == {"lights", "letters"}
    issue = Issue(
        "k",
        "通报",
        "2026Q1",
        "2026年第一季度",
        2026,
        date(2026, 4, 9),
        "示例办公室",
        "通报",
        (line,),
    )
    content = compose(issue, {"overview": "第一行\n\n第二行", "title": " "})
    assert content.head.title == "通报（2026年第一季度）"
    assert [block.text for block in content.blocks if block.kind == "heading"] == [
        "一、总体情况", "二、亮灯和滞后情况", "三、口径说明",
    ]  # fmt: skip
