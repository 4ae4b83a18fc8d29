"""Reserving, assigning, releasing: who may, who wins, what frees itself, and past moments."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factories.city import make_city
from factories.sites import plot_details
from luodi.audit.queries import verify
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person
from luodi.packs import resolve
from luodi.sites import actions
from luodi.sites.actions import register_site
from luodi.sites.models import Occupation
from luodi.sites.queries import plots, site_page

pytestmark = pytest.mark.django_db(databases="__all__")


def standing_of(city, moment, who="office"):
    [row] = plots(viewer_of_person(city.people[who]), moment)
    return row.standing


def test_the_first_wins_and_the_second_is_told_who_when_and_until_when(city, at, plot, project):
    key, first, second = plot(), project(), project(name="后来的项目", investor="后来者")
    actions.reserve_site(site=key, holder=first, by=city.people["clerk"], at=at)
    with pytest.raises(Conflict) as told:
        actions.reserve_site(site=key, holder=second, by=city.people["office"], at=at)
    assert "示例-02" in told.value.sentence and "2026-03-02 09:00" in told.value.sentence
    assert "示例光电产业园项目" in told.value.sentence and "2026-04-0" in told.value.sentence
    assert Occupation.objects.count() == 1
    assert standing_of(city, Moment(at)).holder == first


def test_who_may_not_see_the_project_is_not_told_its_name(city, at, plot, project):
    key = plot()
    actions.reserve_site(site=key, holder=project(), by=city.people["office"], at=at)
    other = project(name="统计用房", lead=city.units["市统计局"], zone="")
    with pytest.raises(Conflict) as told:
        actions.reserve_site(site=key, holder=other, by=city.people["other_clerk"], at=at)
    assert "不在您的范围内" in told.value.sentence and "光电" not in told.value.sentence


def test_a_reservation_that_ran_out_frees_the_site_by_itself(city, at, plot, project):
    key, first, second = plot(), project(), project(name="第二个")
    actions.reserve_site(site=key, holder=first, by=city.people["clerk"], at=at)
    ends = standing_of(city, Moment(at)).expires_at
    assert (ends - at).days in range(29, 34)
    before, after = Moment(ends - timedelta(seconds=1)), Moment(ends)
    assert standing_of(city, before).state == "reserved"
    now = standing_of(city, after)
    assert now.state == "free" and now.lapsed and not now.holder
    actions.reserve_site(site=key, holder=second, by=city.people["office"], at=ends)
    assert standing_of(city, after).holder == second
    assert Occupation.objects.open().count() == 1 and verify().breaks == ()


def test_a_site_is_taken_by_whom_it_was_reserved_for_and_released(city, at, plot, project):
    key, mine, other = plot(), project(), project(name="第二个")
    zone = {"by": city.people["zone_staff"], "at": at}
    actions.reserve_site(site=key, holder=mine, by=city.people["clerk"], at=at)
    taking = {"site": key, "tenure": "land_granted", "from_on": date(2026, 4, 1)}
    with pytest.raises(Conflict, match="预留"):
        actions.take_site(holder=other, **taking, **zone)
    with pytest.raises(NotAllowed):
        actions.take_site(holder=mine, **taking, by=city.people["clerk"], at=at)
    actions.take_site(holder=mine, **taking, **zone)
    assert standing_of(city, Moment(at)).state == "taken"
    with pytest.raises(Conflict, match="登记给"):
        actions.reserve_site(site=key, holder=mine, **zone)
    with pytest.raises(Incomplete, match="写明原因"):
        actions.release_site(site=key, why=" ", **zone)
    with pytest.raises(NotAllowed):
        actions.release_site(site=key, why="x", by=city.people["clerk"], at=at)
    actions.release_site(site=key, why="退地", by=city.people["zone_staff"], at=at)
    assert standing_of(city, Moment(at)).state == "free"
    with pytest.raises(Conflict, match="空闲"):
        actions.release_site(site=key, why="退地", **zone)


def test_a_page_of_yesterday_releases_nobody_else(city, at, plot, project, sign_in):
    key, first, second = plot(), project(), project(name="第二个")
    office = {"by": city.people["office"], "at": at}
    taking = {"site": key, "tenure": "land_granted", "from_on": at.date()}
    actions.take_site(holder=first, **taking, **office)
    seen = Occupation.objects.open().get().since_id
    page = sign_in("office").get(f"/sites/{key}/").content.decode()
    assert f'name="seen" value="{seen}"' in page
    actions.release_site(site=key, why="不办了", seen=seen, **office)
    actions.take_site(holder=second, **taking, **office)
    said = {"why": "不办了", "seen": seen}
    answer = sign_in("office").post(f"/sites/{key}/release/", said)
    assert answer.status_code == 409 and "换了使用者" in answer.content.decode()
    assert standing_of(city, Moment(at)).holder == second


def test_what_was_known_then_is_shown_then(city, at, plot, project):
    key, later = plot(), at + timedelta(days=3)
    actions.reserve_site(site=key, holder=project(), by=city.people["office"], at=at)
    position = Occupation.objects.get().since_id
    actions.release_site(site=key, why="不办了", by=city.people["office"], at=later)
    assert standing_of(city, Moment(at, position)).state == "reserved"
    assert standing_of(city, Moment(at, position - 1)).state == "free"
    assert standing_of(city, Moment(later)).state == "free"
    page = site_page(key, viewer_of_person(city.people["office"]), Moment(at, position))
    assert page.occupied is not None and not page.keeper


def test_odd_holders_are_refused(city, at, plot, project):
    key = plot()
    mine = project()
    for holder in ("", "project:" + "0" * 16, "unit:" + city.units["甲县"], "nonsense", "project:"):
        with pytest.raises(NotFound):
            actions.reserve_site(site=key, holder=holder, by=city.people["office"], at=at)
    with pytest.raises(NotFound):
        actions.reserve_site(site="0" * 16, holder=mine, by=city.people["office"], at=at)
    with pytest.raises(NotFound):
        actions.reserve_site(site=key, holder=mine, by=city.people["other_clerk"], at=at)
    with pytest.raises(NotAllowed):
        actions.reserve_site(site=key, holder=mine, by=city.people["leading_group"], at=at)
    with pytest.raises(Incomplete, match="早于"):
        actions.take_site(
            site=key, holder=mine, tenure="let", from_on=date(2026, 4, 2),
            until_on=date(2026, 4, 1), by=city.people["office"], at=at,
        )  # fmt: skip
    with pytest.raises(Incomplete, match="使用方式"):
        actions.take_site(
            site=key, holder=mine, tenure="gift", from_on=at.date(), by=city.people["office"], at=at
        )
    actions.take_site(
        site=key, holder=f"enterprise:{city.enterprises['示例光电一厂']}", tenure="own_use",
        from_on=at.date(), by=city.people["office"], at=at,
    )  # fmt: skip


def test_a_city_without_the_clock_reserves_nothing_and_says_why(at):
    other = make_city(at=at, pack=resolve("china").content(), key="qita")
    by = {"by": other.people["office"], "at": at}
    place = {"city": other.key, "zone": other.units["开发区管委会"]}
    key = register_site(kind="plot", details=plot_details(), **place, **by).key
    holder = f"enterprise:{other.enterprises['示例光电一厂']}"
    with pytest.raises(NotFound, match="没有载体预留期限"):
        actions.reserve_site(site=key, holder=holder, **by)
    actions.take_site(site=key, holder=holder, tenure="let", from_on=at.date(), **by)


def test_a_reservation_counts_natural_days_to_a_working_day(city, at, plot, project):
    actions.reserve_site(site=plot(), holder=project(), by=city.people["office"], at=at)
    held = Occupation.objects.get()
    assert held.expires_at.astimezone(LOCAL).date() == date(2026, 4, 1)
    assert held.working["source"] == "local default, unconfirmed" and held.working["notes"]
