"""What comes of an evaluation: its pages, report, adjustments, and the public version."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories.evaluated import JULY, page_of, seen, signed, text
from factories.evaluating import evaluated, measure_of, planned, target_card
from luodi.assessment import actions
from luodi.assessment.models import Evaluation, Judgment, PublicVersion
from luodi.assessment.queries import (
    public_content,
    public_version,
)
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.documents.models import StoredFile
from luodi.indicators.models import Target
from luodi.papers.models import PaperState
from luodi.papers.queries import content_of
from luodi.papers.rules.snapshot import figures_of

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_change_is_proposed_decided_and_tied_to_the_target_that_says_it(
    city, plan, judged, office, group, at
):
    subject = next(r.subject for r in page_of(city, judged).rows if r.title == "示例产值")
    said = {"evaluation": judged, "subject": subject, "proposal": "调为110", "reason": "市场变化"}
    actions.propose_adjustment(**said, **office)
    with pytest.raises(Conflict, match="没有重复写入"):
        actions.propose_adjustment(**said, **office)
    [one] = page_of(city, judged).adjustments
    usual = {"adjustment": one.key, "seen": one.seen}
    with pytest.raises(NotAllowed, match="领导小组"):
        actions.decide_adjustment(agree=True, answer="同意", **usual, **office)
    actions.decide_adjustment(agree=True, answer="同意", **usual, **group)
    with pytest.raises(Conflict, match="刚刚有了变化"):
        actions.decide_adjustment(agree=False, answer="不", **usual, **group)
    [one] = page_of(city, judged).adjustments
    usual = {"adjustment": one.key, "seen": one.seen}
    old = subject.partition(":")[2]
    with pytest.raises(NotFound, match="先随修订的文件采纳"):
        actions.link_adjustment(replaced_by=old, **usual, **office)
    amended = planned(city, JULY, [target_card(21, "示例产值", "110", "亿元")], key="amended")
    new = Target.objects.get(document=amended.document).key
    actions.link_adjustment(replaced_by=new, **usual, **office)
    [one] = page_of(city, judged).adjustments
    assert (one.stage, one.replaced_by, one.reason) == ("carried_out", new, "市场变化")
    assert Target.objects.get(key=old).states.open().get().amount == 120, "untouched"


def test_the_report_is_one_snapshot_whose_figures_lead_to_sentences(
    city, plan, concluded, office, sign_in
):
    paper = signed(city, concluded, office)
    state = PaperState.objects.open().select_related("snapshot").get(paper=paper)
    content = content_of(state)
    found = figures_of(content).values()
    goal = next(f for f in found if f.label == "示例产值目标")
    assert goal.source == f"/sentence/{'b' * 64}/1100/1130/"
    actual = next(f for f in found if f.label == "示例产值实际")
    assert actual.value == "54.00" and actual.source.startswith("target:")
    assert state.snapshot.position == page_of(city, concluded).state.position
    assert "内部结论" in str(content.blocks)
    client = sign_in("office")
    answer = client.get(f"/papers/{paper}/figures/{actual.id}/")
    assert answer.status_code == 200 and "示例产值" in text(answer)
    assert page_of(city, concluded).paper.number


def test_the_public_version_is_frozen_with_the_decision_and_keeps_back_what_it_must(
    city, plan, concluded, office, group
):
    with pytest.raises(Incomplete, match="签发"):
        actions.publish_evaluation(evaluation=concluded, seen=seen(concluded), **group)
    signed(city, concluded, office)
    with pytest.raises(NotAllowed):
        actions.publish_evaluation(evaluation=concluded, seen=seen(concluded), **office)
    before = public_content(page_of(city, concluded))
    actions.publish_evaluation(evaluation=concluded, seen=seen(concluded), **group)
    page = page_of(city, concluded)
    version = public_version(page, Moment(JULY + timedelta(days=9)))
    assert version.content == before and page.state.stage == "published"
    by_name = {one["title"]: one for one in version.content["targets"]}
    assert by_name["示例产值"]["actual"] == "54.00"
    assert by_name["示例入园企业"]["hidden"] == "few" and not by_name["示例入园企业"]["actual"]
    assert "内部结论" not in str(version.content) and "公开说明" in str(version.content)
    with pytest.raises(Conflict):
        actions.publish_evaluation(evaluation=concluded, seen=seen(concluded), **group)
    assert PublicVersion.objects.count() == 1 and verify().breaks == ()


def test_publication_may_be_held_back(city, plan, concluded, office, group):
    with pytest.raises(Incomplete, match="理由"):
        actions.move_evaluation(
            evaluation=concluded, move="withhold", seen=seen(concluded), **group
        )
    actions.move_evaluation(
        evaluation=concluded, move="withhold", why="待核数", seen=seen(concluded), **group
    )
    assert page_of(city, concluded).state.stage == "withheld"
    with pytest.raises(NotFound, match="没有这一步"):
        actions.move_evaluation(evaluation=concluded, move="publish", seen=1, **group)


def test_the_pages_are_worked_with(sign_in, city, plan):
    office, address = sign_in("office"), "/assessment/evaluations/"
    page = text(office.get(address))
    assert "开展评估" in page and "年度评估" in page
    bad = office.post(f"{address}new/", {"plan": plan.key, "kind": "yearly", "period": "x"})
    assert bad.status_code == 422 and "不是评估期" in text(bad)
    given = {"plan": plan.key, "kind": "yearly", "period": "2026H1"}
    page = office.post(f"{address}new/", given, follow=True)
    assert "评估已开展" in text(page) and "试评" in text(page)
    key = Evaluation.objects.get().key
    one = f"{address}{key}/"
    clerk = sign_in("clerk")
    subject = f"{city.units['市工信局']}|measure:{measure_of(city, '市工信局').key}"
    said = {"subject": subject, "verdict": "met", "words": "已建成"}
    page = text(clerk.post(f"{one}self/", said, follow=True))
    assert "自评已保存" in page and "与评判不一致" in page
    assert sign_in("other_clerk").post(f"{one}self/", said).status_code == 403
    opinion = {"institution": "示例研究院", "words": "可行", "subject": "", "verdict": ""}
    no_file = office.post(f"{one}opinion/", opinion)
    assert no_file.status_code == 422 and "可行" in text(no_file)
    empty = office.post(f"{one}opinion/", opinion | {"file": SimpleUploadedFile("空.txt", b"")})
    assert empty.status_code == 422 and "文件是空的" in text(empty)
    good = opinion | {"file": SimpleUploadedFile("意见.txt", b"ok")}
    assert "第三方意见已登记" in text(office.post(f"{one}opinion/", good, follow=True))
    stale = office.post(f"{one}judge/", {"seen": 1})
    assert stale.status_code == 409 and "刚刚有了变化" in text(stale)
    assert 'name="seen" value="1"' not in text(stale)
    assert "评判已保存" in text(office.post(f"{one}judge/", {"seen": seen(key)}, follow=True))
    late = clerk.post(f"{one}self/", said)
    assert late.status_code == 403 and "不能办这一步" in text(late)
    row = Judgment.objects.open().filter(evaluation=key, subject__startswith="target:")[0].subject
    change = {"subject": row, "proposal": "调低", "reason": "市场"}
    assert "调整建议已登记" in text(office.post(f"{one}adjust/", change, follow=True))
    group = sign_in("leading_group")
    [shown] = page_of(city, key, moment=Moment(datetime.now(UTC))).adjustments
    decided = {"agree": "yes", "answer": "同意", "seen": shown.seen}
    assert "同意调整" in text(group.post(f"{one}change/{shown.key}/", decided, follow=True))
    done = {"conclusion": "结论", "public_words": "说明", "seen": seen(key)}
    assert "结论已登记" in text(office.post(f"{one}conclude/", done, follow=True))
    assert "未签发" in text(office.get(f"{one}report/"))
    assert office.get(f"{one}report/?export=docx").status_code == 200
    assert "等待审核" in text(office.post(f"{one}report/write/", follow=True))
    assert "还没有公开" in text(clerk.get(f"{one}public/"))
    early = group.post(f"{one}publish/", {"seen": seen(key)})
    assert early.status_code == 422 and "签发" in text(early)
    assert office.get(f"{one}?export=xlsx").status_code == 200
    assert office.get(f"{address}?export=xlsx").status_code == 200
    assert sign_in("enterprise").get(one).status_code == 403
    group.post("/language/", {"language": "en"})
    assert "Behind" in text(group.get(one))


def test_the_past_is_looked_at_and_not_acted_in(sign_in, city, plan, half):
    office = sign_in("office")
    office.post("/as-of/", {"day": "2026-07-10", "next": "/"})
    page = text(office.get(f"/assessment/evaluations/{half}/"))
    assert "过去的日期只能看" in page and "<textarea" not in page
    assert "<textarea" not in text(office.get("/assessment/evaluations/"))
    assert office.post(f"/assessment/evaluations/{half}/judge/", {"seen": 1}).status_code >= 400
    assert evaluated(city, JULY + timedelta(days=40), period="2026")


def test_a_third_partys_paper_opens_with_its_opinion_and_nowhere_else(
    sign_in, city, plan, half, office
):
    subject = f"measure:{measure_of(city, '市工信局').key}"
    said = {"institution": "示例研究院", "verdict": "met", "words": "可行", "data": b"neibu"}
    for about, name in ((subject, "分项.txt"), ("", "总体.txt")):
        actions.record_opinion(evaluation=half, subject=about, name=name, **said, **office)
    files = {file.name: file.key for file in StoredFile.objects.all()}
    opened = {
        who: [
            sign_in(who).get(f"/assessment/evaluations/{half}/opinion/{files[name]}/").status_code
            for name in ("分项.txt", "总体.txt")
        ]
        for who in ("office", "clerk", "other_clerk")
    }
    assert opened == {"office": [200, 200], "clerk": [200, 404], "other_clerk": [404, 404]}
    for who in opened:
        assert sign_in(who).get(f"/files/{files['分项.txt']}/x.txt").status_code == 404
    assert sign_in("clerk").get(f"/assessment/evaluations/{half}/opinion/zz/").status_code == 404
    shown = text(sign_in("clerk").get(f"/assessment/evaluations/{half}/"))
    assert files["分项.txt"] in shown and files["总体.txt"] not in shown
