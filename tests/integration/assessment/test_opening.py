"""An appraisal is opened, its members set, its scheme frozen once and for all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from luodi.assessment.actions import freeze_scheme, open_appraisal, set_member
from luodi.assessment.models import AppraisalMember, AppraisalState
from luodi.assessment.queries import appraisals, hold_appraisal
from luodi.audit.actions import perform
from luodi.audit.queries import moment_at, verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.actions import renew_pack
from luodi.orgs.queries import viewer_of_person
from luodi.packs import resolve

pytestmark = pytest.mark.django_db(databases="__all__")

SCHEME = "three-chain-cluster"


@pytest.fixture
def office(city, at):
    viewer = viewer_of_person(city.people["office"])
    return {"viewer": viewer, "by": viewer.person, "at": at + timedelta(days=1)}


@pytest.fixture
def appraisal(office):
    return open_appraisal(scheme=SCHEME, year=2025, **office)


def changed_pack():
    """The city's pack with another weighting within a group."""
    content = resolve("jincheng").content()
    for pack in content:
        for rule in pack["rules"].get("schemes", ()):
            if rule["key"] == SCHEME:
                first, second = rule["groups"][0]["indicators"]
                first["weight"], second["weight"] = "14", "11"
    return content


def test_an_appraisal_assesses_every_zone_unless_told_otherwise(city, at, appraisal, office):
    held = hold_appraisal(appraisal.key, office["viewer"], Moment(at + timedelta(days=2)))
    assert held.names == {city.units["开发区管委会"]: "开发区管委会"}
    assert held.state.title == "2025年度三链集群发展考核（示例）"
    assert (held.state.stage, held.is_frozen, held.drifted) == ("draft", False, False)
    assert verify().breaks == ()


def test_a_draft_is_the_offices_and_the_statisticians_only(city, at, appraisal):
    moment = Moment(at + timedelta(days=2))
    seen = {who: len(appraisals(viewer_of_person(p), moment)) for who, p in city.people.items()}
    assert {who for who, n in seen.items() if n} == {"office", "statistician", "leading_group"}
    with pytest.raises(NotFound):
        hold_appraisal(appraisal.key, viewer_of_person(city.people["zone_staff"]), moment)


def test_a_scheme_and_year_is_opened_once_and_only_by_the_office(city, at, appraisal, office):
    with pytest.raises(Conflict, match="2025年度"):
        open_appraisal(scheme=SCHEME, year=2025, **office)
    open_appraisal(scheme=SCHEME, year=2026, **office)
    zone = viewer_of_person(city.people["zone_staff"])
    with pytest.raises(NotAllowed):
        open_appraisal(scheme=SCHEME, year=2027, viewer=zone, by=zone.person, at=at)


@pytest.mark.parametrize(
    ("given", "refusal", "says"),
    [
        ({"scheme": "no-such"}, NotFound, "没有这个考核方案"),
        ({"year": 1}, Incomplete, "考核年度"),
        ({"members": {}}, Incomplete, "没有可以考核的单位"),
        ({"members": {"0" * 16: "core"}}, Incomplete, "不是这个方案的考核对象"),
    ],
)
def test_what_is_wrong_is_said(office, given, refusal, says):
    with pytest.raises(refusal, match=says):
        open_appraisal(**({"scheme": SCHEME, "year": 2025} | given), **office)


def test_a_category_the_scheme_does_not_know_is_refused(city, office, appraisal):
    zone = city.units["开发区管委会"]
    with pytest.raises(Incomplete, match="类别"):
        open_appraisal(scheme=SCHEME, year=2030, members={zone: "third"}, **office)
    with pytest.raises(Incomplete, match="类别"):
        set_member(appraisal=appraisal.key, unit=zone, category="third", **office)
    set_member(appraisal=appraisal.key, unit=zone, category="partner", **office)
    assert AppraisalMember.objects.open().get(appraisal=appraisal).category == "partner"
    with pytest.raises(Incomplete, match="至少"):
        set_member(appraisal=appraisal.key, unit=zone, out=True, **office)
    with pytest.raises(NotFound):
        set_member(appraisal=appraisal.key, unit=city.units["甲县"], **office)


def test_a_frozen_scheme_stays_and_says_when_the_pack_differs(city, at, appraisal, office):
    frozen = freeze_scheme(appraisal=appraisal.key, **office)
    before = moment_at(frozen.act_id)
    renew_pack(city=city.key, pack=changed_pack(), by=office["by"], at=office["at"])
    held = hold_appraisal(appraisal.key, office["viewer"], Moment(office["at"]))
    assert held.drifted
    assert held.rule.groups[0].indicators[0].weight == "15"
    assert not hold_appraisal(appraisal.key, office["viewer"], before).drifted


def test_a_draft_can_be_frozen_anew_with_a_reason(city, appraisal, office):
    freeze_scheme(appraisal=appraisal.key, **office)
    with pytest.raises(Incomplete, match="没有改动"):
        freeze_scheme(appraisal=appraisal.key, **office)
    renew_pack(city=city.key, pack=changed_pack(), by=office["by"], at=office["at"])
    with pytest.raises(Incomplete, match="原因"):
        freeze_scheme(appraisal=appraisal.key, **office)
    with pytest.raises(Conflict, match="刚刚变了"):
        freeze_scheme(appraisal=appraisal.key, seen="f" * 64, why="更正权重", **office)
    freeze_scheme(appraisal=appraisal.key, why="更正权重", **office)
    held = hold_appraisal(appraisal.key, office["viewer"], Moment(office["at"]))
    assert held.rule.groups[0].indicators[0].weight == "14"
    assert not held.drifted


def test_closed_is_closed(city, appraisal, office):
    freeze_scheme(appraisal=appraisal.key, **office)
    with perform("test", by=office["by"], at=office["at"], scope={"city": city.key}) as deed:
        deed.replace(AppraisalState.objects.open().get(appraisal=appraisal), stage="self_report")
    with pytest.raises(Closed, match="已经定稿"):
        freeze_scheme(appraisal=appraisal.key, why="再改", **office)
    with pytest.raises(Closed, match="已经开始"):
        set_member(appraisal=appraisal.key, unit=city.units["开发区管委会"], out=True, **office)


def test_on_a_past_day_nothing_new_is_offered(city, at, sign_in):
    office = sign_in("office")
    pages = (
        "/assessment/appraisals/new/", "/assessment/terms/new/", "/assessment/external/import/",
        "/supervision/meetings/new/", "/supervision/letters/new/?unit=" + city.units["开发区管委会"],
    )  # fmt: skip
    for page, past in [(page, past) for past in (False, True) for page in pages]:
        office.post("/as-of/", {"day": "2026-03-03" if past else "", "next": "/"})
        shown = office.get(page).content.decode()
        assert past == ("过去的日期只能看" in shown), page
        assert not past or ('name="title"' not in shown and 'type="file"' not in shown)
