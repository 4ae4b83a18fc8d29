"""Objections: in time, one at a time, upheld and corrected or rejected, linked to their effect."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories.appraisals import OTHERS, ZONE
from factories.procedures import decided, seen, shown, who
from luodi.assessment.actions import (
    begin_review,
    correct_figure,
    draft_appraisal_paper,
    raise_objection,
    reject_objection,
    run_appraisal,
    settle_objections,
    uphold_objection,
    withdraw_objection,
)
from luodi.assessment.models import Objection, ObjectionState
from luodi.assessment.queries import appraisal_duties, objection_page
from luodi.audit.queries import moment_at, verify
from luodi.common.doors import find_subject
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.documents.queries import file_for

pytestmark = pytest.mark.django_db(databases="__all__")

DAY = timedelta(days=1)


@pytest.fixture
def key(city, at):
    return shown(city, at).key


@pytest.fixture
def later(at):
    return at + 4 * DAY


def raised(city, key, at, username="east_staff", zone=OTHERS[0], about="output:actual", **said):
    given = {"text": "实际为 25 亿元", "wanted": "25"} | said
    return raise_objection(
        appraisal=key, unit=city.units[zone], about=about, **given, **who(city, username, at)
    ).key


def state_of(objection):
    return ObjectionState.objects.open().get(objection=objection)


def move(act, city, objection, username, at, **said):
    act(objection=objection, seen=state_of(objection).since_id, **said, **who(city, username, at))


def test_an_upheld_objection_is_corrected_by_the_office_of_the_datum_and_shows_its_effect(
    city, at, key, later
):
    paper = [("统计证明.txt", b"25")]
    one = raised(city, key, later, evidence=paper)
    move(uphold_objection, city, one, "office", later, why="证明属实")
    with pytest.raises(Incomplete, match="没有可以了结"):
        settle_objections(appraisal=key, **who(city, "office", later))
    with pytest.raises(Incomplete, match="小数"):
        move(correct_figure, city, one, "office", later, figure="25.001", why="年报")
    with pytest.raises(Incomplete, match="依据"):
        move(correct_figure, city, one, "office", later, figure="25", why=" ")
    move(correct_figure, city, one, "office", later, figure="25", why="年报第 3 页")
    with pytest.raises(Incomplete, match="没有可以了结"):
        settle_objections(appraisal=key, **who(city, "office", later))
    run = run_appraisal(appraisal=key, **who(city, "office", later))
    assert settle_objections(appraisal=key, **who(city, "office", later)) == 1
    page = objection_page(one, who(city, "east_staff", later)["viewer"], Moment(later))
    assert page.state.stage == "corrected" and page.state.effect_id == run.key
    assert (page.effect.before, page.effect.after) == ("80.00", "90.00")
    assert (page.effect.before_rank, page.effect.after_rank) == (2, 1)
    assert [(origin, text) for origin, text, _n in page.figures] == [
        ("自报数", "20"), ("核实数", "20"), ("异议更正数", "25"),
    ]  # fmt: skip
    assert [e.what for e in page.events] == [
        "提出异议", "认定异议成立", "核定更正数", "异议更正挂接",
    ]  # fmt: skip
    [(file, _name)] = page.files
    assert file_for(who(city, "west_staff", later)["viewer"], file) is None
    assert find_subject(f"objection:{one}").address == f"/assessment/objections/{one}/"
    assert verify().breaks == ()


def test_a_rejected_one_says_why_and_another_may_follow(city, key, later):
    one = raised(city, key, later)
    with pytest.raises(Incomplete):
        move(reject_objection, city, one, "office", later, why="")
    move(reject_objection, city, one, "office", later, why="证明与统计年报不符")
    assert state_of(one).decision == "证明与统计年报不符"
    with pytest.raises(Conflict):
        move(uphold_objection, city, one, "office", later, why="x")
    assert raised(city, key, later) != one


def test_an_objection_after_its_time_is_refused_in_a_sentence_and_nothing_is_lost(
    city, at, key, sign_in
):
    with pytest.raises(Closed, match="2026-03-12 18:00 届满"):
        raised(city, key, at + 11 * DAY)
    assert not Objection.objects.exists()
    begin_review(appraisal=key, seen=seen(key), **who(city, "office", at + 11 * DAY))
    with pytest.raises(Closed, match="不在提出异议的阶段"):
        raised(city, key, at + 11 * DAY)
    given = {
        "unit": city.units[ZONE],
        "about": "output:actual",
        "text": "我们认为算错了",
        "wanted": "3",
    }
    page = sign_in("zone_staff").post(f"/assessment/appraisals/{key}/object/", given)
    assert page.status_code == 409 and "我们认为算错了" in page.content.decode()


def test_one_thing_is_objected_to_once_at_a_time(city, key, later):
    one = raised(city, key, later)
    with pytest.raises(Conflict, match="正在复核"):
        raised(city, key, later)
    two = raised(city, key, later, about="output:", text="功效系数的上下限不合适")
    assert Objection.objects.get(key=two).answers == ""
    move(withdraw_objection, city, one, "east_staff", later)
    assert raised(city, key, later)
    numbers = sorted(Objection.objects.values_list("number", flat=True))
    assert numbers == [1, 2, 3]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"text": " "}, Incomplete),
        ({"about": "nothing:actual"}, NotFound),
        ({"username": "west_staff"}, NotAllowed),
        ({"username": "office"}, NotAllowed),
        ({"text": "长" * 5001}, Incomplete),
    ],
)
def test_what_isn_t_an_objection_is_refused(city, key, later, said, kind):
    with pytest.raises(kind):
        raised(city, key, later, **said)


def test_a_rule_objected_to_is_settled_by_a_run_after_it_was_upheld(city, key, later):
    one = raised(city, key, later, about="", text="类别应为另一类")
    move(uphold_objection, city, one, "office", later, why="按文件调整")
    run_appraisal(appraisal=key, **who(city, "office", later))
    assert settle_objections(appraisal=key, **who(city, "office", later)) == 1


def test_only_the_parties_see_it(city, key, later):
    one = raised(city, key, later)
    for username in ("office", "leading_group", "statistician", "east_staff"):
        assert objection_page(one, who(city, username, later)["viewer"], Moment(later))
    for username in ("west_staff", "zone_staff", "clerk", "enterprise"):
        with pytest.raises(NotFound):
            objection_page(one, who(city, username, later)["viewer"], Moment(later))
    with pytest.raises(NotFound):
        move(reject_objection, city, one, "west_staff", later, why="x")
    with pytest.raises(NotAllowed):
        move(reject_objection, city, one, "east_staff", later, why="x")


def test_a_notice_and_a_decision_wait_for_every_objection(city, at, key, later):
    raised(city, key, later)
    begin_review(appraisal=key, seen=seen(key), **who(city, "office", at + 20 * DAY))
    with pytest.raises(Incomplete, match="还有异议"):
        draft_appraisal_paper(
            appraisal=key, kind="appraisal_notice", **who(city, "office", at + 20 * DAY)
        )
    duties = appraisal_duties(who(city, "office", at)["viewer"], Moment(at + 20 * DAY))
    assert [duty.why for duty in duties] == ["异议等复核"]


def test_nothing_is_reviewed_after_the_decision(city, at, key, later):
    one = raised(city, key, later)
    move(reject_objection, city, one, "office", later, why="不符")
    done = decided(city, at, key)
    with pytest.raises(Closed):
        move(reject_objection, city, one, "office", done, why="x")


def test_the_past_shows_it_as_it_stood(city, key, later):
    one = raised(city, key, later)
    first = state_of(one).since_id
    move(reject_objection, city, one, "office", later, why="不符")
    then = objection_page(one, who(city, "office", later)["viewer"], moment_at(first))
    assert then.state.stage == "raised" and len(then.events) == 1


def test_the_pages_from_objecting_to_its_effect(city, at, key, sign_in):
    from luodi.assessment.models import AppraisalWindow

    AppraisalWindow.objects.filter(step="objection").update(due_at=None)
    zone, office = sign_in("zone_staff"), sign_in("office")
    base = f"/assessment/appraisals/{key}/"
    given = {"unit": city.units[ZONE], "about": "output:actual", "text": "应为 31", "wanted": "31",
             "evidence": SimpleUploadedFile("a.txt", b"31")}  # fmt: skip
    empty = zone.post(base + "object/", given | {"text": ""})
    assert empty.status_code == 422 and 'value="31"' in empty.content.decode()
    made = zone.post(base + "object/", given | {"evidence": SimpleUploadedFile("a.txt", b"31")})
    assert made.status_code == 302
    page = made["Location"]
    assert "应为 31" in zone.get(page).content.decode()
    key_of = page.split("/")[-2]
    review = {"seen": state_of(key_of).since_id, "why": ""}
    assert office.post(page + "review/", review | {"uphold": "1"}).status_code == 422
    assert office.post(page + "review/", review | {"why": "属实", "uphold": "1"}).status_code == 302
    stale = office.post(page + "review/", review | {"why": "再来", "uphold": "1"})
    assert stale.status_code == 409 and "再来" in stale.content.decode()
    fix = {"seen": state_of(key_of).since_id, "figure": "31", "why": "年报"}
    assert zone.post(page + "correct/", fix).status_code == 403
    assert office.post(page + "correct/", fix).status_code == 302
    run_appraisal(appraisal=key, **who(city, "office", at + 5 * DAY))
    assert office.post(base + "settle/").status_code == 302
    assert "82.00 → 82.00" in zone.get(page).content.decode().replace("\n", "")
    assert zone.post(page + "withdraw/", {"seen": state_of(key_of).since_id}).status_code == 409
