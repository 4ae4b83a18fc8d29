"""A document against others of its city: where they differ, and who may read both sides."""

from __future__ import annotations

import pytest

from factories.findings import dismissed, faulty, finding
from factories.reading import FAULTY, adopted
from luodi.audit.models import Act
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of
from luodi.reading.actions import accept_finding, compare_documents, recheck_document
from luodi.reading.queries import check_of, note_draft

GOAL = "到2027年，全区工业总产值达到{n}亿元。"
PLAN = FAULTY.replace("到2027年，", GOAL.format(n=450) + "\n到2027年，")
OTHER = f"""青河区人民政府
关于印发青河区工业发展规划的通知

青政发〔2026〕15号

各镇人民政府：
现将规划印发给你们。

青河区人民政府
2026年3月1日

青河区工业发展规划

一、目标
{GOAL.format(n=480)}

二、任务
（一）抓投产
1.办好开工手续。按月调度。（责任单位：区工信局）
"""
CODE = "documents.two_targets"


@pytest.fixture
def pair(city, at):
    """Two documents under review that set one target twice."""
    return faulty(city, at, PLAN), faulty(city, at, OTHER, "规划.txt")


def compared(city, at, one, *others, who="office"):
    keys = [other.key for other in others]
    return compare_documents(document=one.key, others=keys, by=city.people[who], at=at)


def test_what_two_documents_say_differently_is_a_finding_with_both_places(city, at, pair, sign_in):
    one, other = pair
    office = sign_in("office")
    page = office.get(f"/documents/{one.key}/findings/").content.decode()
    assert f'value="{other.key}"' in page and "与其他文件比较" in page
    answer = office.post(
        f"/documents/{one.key}/compare/", {"with": [other.key]}, follow=True
    ).content.decode()
    assert "与 1 份文件比较完毕：不一致 1 处" in answer
    assert "450亿元" in answer and "480亿元" in answer
    assert f"/documents/{other.key}/?at=" in answer and "《青河区工业发展规划》" in answer
    act = Act.objects.latest("position")
    assert act.subjects == [f"document:{one.key}", f"document:{other.key}"]
    assert verify().breaks == ()


def test_comparing_and_checking_again_double_nothing_and_keep_decisions(city, at, pair):
    one, other = pair
    assert compared(city, at, one, other).new == 1
    dismissed(city, one, at, CODE, "统计范围不同")
    again = compared(city, at, one, other)
    assert (again.new, again.kept, again.gone) == (0, 1, 0)
    recheck_document(document=one.key, by=city.people["office"], at=at)
    state = finding(one, CODE)
    assert state.standing and state.stage == "dismissed"


def test_who_may_not_read_the_other_side_does_not_see_the_difference(city, at):
    one, other = adopted(city, at, PLAN), faulty(city, at, OTHER, "规划.txt")
    compared(city, at, one, other)
    office, clerk = (viewer_of(city.accounts[name]) for name in ("office", "clerk"))
    seen = [r.code for r in check_of(office, one.key, Moment(at)).rows]
    assert CODE in seen
    assert CODE not in [r.code for r in check_of(clerk, one.key, Moment(at)).rows]


def test_a_note_quotes_both_sides(city, at, pair):
    one, other = pair
    compared(city, at, one, other)
    state, by = finding(one, CODE), city.people["office"]
    accept_finding(finding=state.finding_id, seen=state.since_id, by=by, at=at)
    draft = note_draft(viewer_of(city.accounts["office"]), one.key, Moment(at))
    said = "".join(r.text for b in draft.content.blocks if b.kind == "paragraph" for r in b.runs)
    assert "《青河区工业发展规划》：“到2027年，全区工业总产值达到480亿元”" in said


def test_only_the_office_compares_and_only_what_it_reaches(city, at, pair):
    one, other = pair
    with pytest.raises(Incomplete, match="至少选择一份"):
        compared(city, at, one, one)
    with pytest.raises(NotAllowed):
        compared(city, at, one, other, who="clerk")
    with pytest.raises(NotFound):
        compare_documents(document=one.key, others=["0" * 16], by=city.people["office"], at=at)
    with pytest.raises(Incomplete, match="一次最多"):
        keys = [str(n) for n in range(9)]
        compare_documents(document=one.key, others=keys, by=city.people["office"], at=at)
