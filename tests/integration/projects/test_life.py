"""The way of a project: forward by the rules, back with a reason, over a need by the office."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from factories.projects import details
from luodi.audit.queries import moment_at, verify
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.actions import renew_pack
from luodi.orgs.queries import viewer_of_person
from luodi.packs import resolve
from luodi.projects import actions
from luodi.projects.models import ProjectState, StageMove
from luodi.projects.queries import board, project_page, projects, totals_by

pytestmark = pytest.mark.django_db(databases="__all__")


def stage(project) -> str:
    return ProjectState.objects.open().get(project=project).stage


def page_of(city, who, project, moment):
    return project_page(project.key, viewer_of_person(city.people[who]), moment)


def way(page, key):
    return next(one for one in page.ways if one.key == key)


def revise(city, project, when, who="clerk", why="", **given):
    actions.revise_project(
        project=project.key, details=details(city, **given), why=why, by=city.people[who], at=when
    )


def test_a_project_goes_from_lead_to_promised_benefit(city, at, project, moves):
    for who, to in (
        ("clerk", "talks"), ("clerk", "review"), ("clerk", "signed"), ("zone_staff", "permits"),
        ("zone_staff", "started"), ("zone_staff", "in_official_statistics"),
        ("zone_staff", "in_production"), ("office", "at_capacity"),
        ("office", "at_promised_benefit"),
    ):  # fmt: skip
        moves(who, to)
        assert stage(project) == to
    assert StageMove.objects.filter(project=project, back=False, override=False).count() == 9
    page = page_of(city, "office", project, Moment(at + timedelta(days=20)))
    assert page.timeline[1].sentence == "由“线索”进入“洽谈”。"
    assert page.timeline[3].files and verify().breaks == ()


def test_roles_of_the_pack_decide_who_moves(city, at, project, moves):
    with pytest.raises(NotFound):
        moves("other_clerk", "talks")
    with pytest.raises(NotAllowed, match="移入“开工”"):
        moves("clerk", "started")
    with pytest.raises(NotAllowed):
        moves("leading_group", "talks")
    page = page_of(city, "clerk", project, Moment(at))
    assert way(page, "talks").open and not way(page, "started").allowed
    assert way(page, "started").movers == "专班办公室、落地开发区或县区"


def test_what_is_missing_is_named_for_every_stage_on_the_way(city, at, opened):
    bare = opened(
        investor="", mode="", industry="", zone="", signing="none", investment="", output=""
    )
    page = page_of(city, "office", bare, Moment(at))
    assert way(page, "talks").unmet == "投资方"
    assert "总投资" in way(page, "signed").unmet and "签约形式" in way(page, "signed").unmet
    with pytest.raises(Incomplete, match="进入“洽谈”还缺：投资方"):
        actions.move_project(project=bare.key, to="talks", by=city.people["clerk"], at=at)
    assert stage(bare) == "lead"


def test_evidence_comes_with_the_move(project, moves):
    moves("clerk", "review")
    with pytest.raises(Incomplete, match="佐证材料"):
        moves("clerk", "signed", evidence=[])
    moves("clerk", "signed")
    assert stage(project) == "signed"


def test_going_back_needs_a_reason_and_rewrites_nothing(city, at, project, moves):
    moves("clerk", "review")
    before = StageMove.objects.get()
    with pytest.raises(Incomplete, match="原因"):
        moves("clerk", "talks", evidence=[])
    moves("clerk", "talks", evidence=[], why="投资方要求重谈用地")
    assert stage(project) == "talks"
    first, second = StageMove.objects.order_by("act")
    assert (first.pk, first.to_stage, first.back) == (before.pk, "review", False)
    assert second.back and second.why == "投资方要求重谈用地"
    page = page_of(city, "clerk", project, Moment(at + timedelta(days=9)))
    assert page.timeline[-1].back and page.timeline[-1].sentence == "由“评审”退回“洽谈”。"
    then = page_of(city, "clerk", project, moment_at(first.act_id))
    assert then.row.stage == "review" and len(then.timeline) == 2 and not then.ways


def test_every_past_moment_shows_what_was_known_then(city, at, project, moves):
    known = []
    for who, to, why in (
        ("clerk", "talks", ""), ("clerk", "review", ""), ("clerk", "talks", "重谈"),
        ("clerk", "signed", ""), ("office", "ended", "投资方撤回"),
    ):  # fmt: skip
        moves(who, to, why=why)
        known.append((StageMove.objects.order_by("-act").first().act_id, to))
    viewer = viewer_of_person(city.people["office"])
    for position, to in known:
        moment = moment_at(position)
        [row] = projects(viewer, moment)
        assert row.stage == to
        [full] = [c for c in board([row], city.key, moment) if c.cards]
        assert full.total.key == to and full.total.count == 1


def test_an_override_is_the_offices_and_keeps_what_was_missing(city, at, opened):
    bare = opened(land="", planned_production=None)
    given = {"project": bare.key, "to": "started", "override": True, "evidence": [("a.txt", b"x")]}
    with pytest.raises(NotAllowed, match="例外放行"):
        actions.move_project(why="急", by=city.people["zone_staff"], at=at, **given)
    with pytest.raises(Incomplete, match="原因"):
        actions.move_project(by=city.people["office"], at=at, **given)
    actions.move_project(why="市政府专题会同意", by=city.people["office"], at=at, **given)
    move = StageMove.objects.get()
    assert move.override and move.unmet == ["land", "planned_production"]
    page = page_of(city, "clerk", bare, Moment(at))
    assert page.timeline[-1].override and page.timeline[-1].unmet == "用地面积、计划投产日期"


def test_an_override_of_nothing_is_no_override(project, moves):
    moves("office", "talks", override=True, why="加快")
    assert not StageMove.objects.get().override


def test_a_framework_agreement_is_never_a_contract(city, at, opened):
    framework = opened(signing="framework")
    office = {"by": city.people["office"], "at": at, "evidence": [("框架.txt", b"x")]}
    actions.move_project(project=framework.key, to="signed", **office)
    assert StageMove.objects.get().signing == "framework"
    for override in (False, True):
        with pytest.raises(Incomplete, match="框架协议不是正式合同"):
            actions.move_project(
                project=framework.key, to="permits", override=override, why="急", **office
            )
    [row] = projects(viewer_of_person(city.people["office"]), Moment(at))
    assert row.investment is None and row.intended == Decimal("32000.5")
    [total] = totals_by([row], lambda r: r.stage, lambda r: r.stage_label)
    assert (total.count, total.investment, total.intended) == (1, 0, Decimal("32000.5"))
    revise(city, framework, at, signing="contract")
    actions.move_project(project=framework.key, to="permits", **office)
    assert stage(framework) == "permits"


def test_a_signing_taken_back_needs_a_reason(city, at, project):
    with pytest.raises(Incomplete, match="往回改"):
        revise(city, project, at, signing="framework")
    revise(city, project, at, signing="framework", why="合同未生效")
    assert ProjectState.objects.open().get(project=project).signing == "framework"


def stricter(city, at):
    """Put a pack into force whose talks ask for a source, and whose permits for a planned start."""
    content = resolve("jincheng").content()
    for rule in content[0]["rules"]["pipeline"]:
        if rule["key"] == "talks":
            rule["requires"] = ["investor", "source"]
        if rule["key"] == "signed":
            rule["requires"] = [*rule["requires"], "planned_start"]
    renew_pack(city=city.key, pack=content, by=city.people["office"], at=at)


def test_a_rule_change_never_traps_an_old_record(city, at, opened):
    old = opened(source="", planned_start=None)
    who = {"by": city.people["clerk"], "evidence": [("a.txt", b"x")]}
    actions.move_project(project=old.key, to="review", at=at, **who)
    stricter(city, at + timedelta(days=1))
    later = at + timedelta(days=2)
    page = page_of(city, "clerk", old, Moment(later))
    assert way(page, "signed").told == "线索来源" and way(page, "signed").unmet == "计划开工日期"
    with pytest.raises(Incomplete, match="还缺：计划开工日期"):
        actions.move_project(project=old.key, to="signed", at=later, **who)
    revise(city, old, later, source="", planned_start=date(2026, 6, 1))
    actions.move_project(project=old.key, to="signed", at=later, **who)
    assert StageMove.objects.get(to_stage="signed").told == ["source"]


def test_a_stage_that_the_rules_lost_keeps_its_name_and_lets_go(city, at, opened):
    old = opened()
    who = {"by": city.people["office"], "evidence": [("a.txt", b"x")]}
    actions.move_project(project=old.key, to="review", at=at, **who)
    content = resolve("jincheng").content()
    for pack in content:
        kept = [r for r in pack["rules"].get("pipeline", []) if r["key"] != "review"]
        pack["rules"]["pipeline"] = kept
    renew_pack(city=city.key, pack=content, by=city.people["office"], at=at + timedelta(days=1))
    later = at + timedelta(days=2)
    viewer = viewer_of_person(city.people["office"])
    [row] = projects(viewer, Moment(later))
    assert row.stage_label == "评审"
    assert "评审" in [c.total.label for c in board([row], city.key, Moment(later))]
    actions.move_project(project=old.key, to="signed", at=later, **who)
    assert stage(old) == "signed"


def test_days_and_stages_that_cannot_be_are_refused(city, at, project, moves):
    with pytest.raises(Incomplete, match="不能晚于今天"):
        moves("clerk", "talks", happened_on=date(2027, 1, 1))
    moves("clerk", "talks", happened_on=date(2026, 3, 3))
    with pytest.raises(Incomplete, match="不能早于上一次变动（2026-03-03）"):
        moves("clerk", "review", happened_on=date(2026, 3, 2))
    with pytest.raises(Conflict, match="已经在这个环节"):
        moves("clerk", "talks")
    with pytest.raises(NotFound):
        moves("clerk", "won")
    with pytest.raises(Conflict, match="刚刚有了变化"):
        moves("clerk", "review", seen=1)


def test_the_first_answer_has_a_clock_of_the_pack(city, at, project, moves):
    page = page_of(city, "clerk", project, Moment(at))
    assert page.row.answer_due.date() == date(2026, 3, 5) and page.working
    assert page.answered is None
    moves("clerk", "talks")
    page = page_of(city, "clerk", project, Moment(at + timedelta(days=3)))
    assert page.answered == at + timedelta(days=1)
