"""Batches: what goes into a list and what doesn't, their pages, scope, and past moments."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from factories.histories import bulk_entries
from factories.projects import details
from luodi.audit.queries import moment_at, verify
from luodi.common.doors import find_subject
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person
from luodi.projects import actions
from luodi.projects.models import BatchEntry, BatchState, ProjectState
from luodi.projects.queries import batch_page, batches, project_page

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def office(city, at):
    return {"by": city.people["office"], "at": at}


@pytest.fixture
def batch(city, office):
    """The key of an empty batch."""
    held = date(2026, 3, 1)
    return actions.make_batch(city=city.key, title="一季度", held_on=held, **office).key


def page_of(city, batch, moment, who="office", day=None):
    viewer = viewer_of_person(city.people[who])
    return batch_page(batch, viewer, moment, day or moment.today)


def percents(page):
    return {one.rate.rule.key: one.rate.percent for one in page.rates}


def working(page, key):
    return next(one for one in page.rates if one.rate.rule.key == key)


def test_a_framework_agreement_is_not_in_the_signed_list(city, at, opened, batch, office):
    framework, none = opened(signing="framework").key, opened(signing="none", name="另一个").key
    good = opened(name="第三个").key
    for key, words in ((framework, "框架协议"), (none, "还没有签订")):
        with pytest.raises(Incomplete, match=words):
            actions.add_to_batch(batch=batch, part="signed", projects=[good, key], **office)
    assert not BatchEntry.objects.exists()
    assert actions.add_to_batch(batch=batch, part="signed", projects=[good], **office) == 1


def test_no_project_is_twice_in_a_list(city, project, batch, office):
    keys = [project.key, project.key]
    assert actions.add_to_batch(batch=batch, part="signed", projects=keys, **office) == 1
    with pytest.raises(Conflict, match="只计一次"):
        actions.add_to_batch(batch=batch, part="signed", projects=keys, **office)
    other = actions.make_batch(city=city.key, title="二季度", held_on=date(2026, 6, 1), **office)
    actions.add_to_batch(batch=other.key, part="signed", projects=keys, **office)
    page = batches(viewer_of_person(city.people["office"]), Moment(office["at"]), date(2026, 3, 2))
    assert [row.counts["signed"] for row in page.rows] == [1, 1]
    assert page.rates[0].denominator == 1 and page.rates[0].rate.percent == 0


def test_only_the_office_makes_batches_and_in_its_own_city(city, at, project, batch):
    for who in ("clerk", "zone_staff", "leading_group"):
        by = {"by": city.people[who], "at": at}
        with pytest.raises(NotAllowed):
            actions.make_batch(city=city.key, title="x", held_on=date(2026, 3, 1), **by)
        with pytest.raises(NotAllowed):
            actions.add_to_batch(batch=batch, part="signed", projects=[project.key], **by)
    with pytest.raises(NotAllowed):
        by = {"by": city.people["office"], "at": at}
        actions.make_batch(city="elsewhere", title="x", held_on=date(2026, 3, 1), **by)


def test_what_can_not_be_is_refused(city, project, batch, office):
    with pytest.raises(Conflict, match="同名"):
        actions.make_batch(city=city.key, title=" 一季度 ", held_on=date(2026, 3, 1), **office)
    with pytest.raises(Incomplete, match="批次名称"):
        actions.make_batch(city=city.key, title=" ", held_on=date(2026, 3, 1), **office)
    with pytest.raises(NotFound):
        actions.add_to_batch(batch=batch, part="won", projects=[project.key], **office)
    with pytest.raises(NotFound):
        actions.add_to_batch(batch=batch, part="signed", projects=["0" * 16], **office)
    with pytest.raises(NotFound):
        actions.add_to_batch(batch="0" * 16, part="signed", projects=[project.key], **office)
    with pytest.raises(Incomplete, match="勾选"):
        actions.add_to_batch(batch=batch, part="signed", projects=[], **office)
    with pytest.raises(Incomplete, match="没有改动"):
        actions.revise_batch(batch=batch, title="一季度", held_on=date(2026, 3, 1), **office)
    with pytest.raises(Conflict, match="刚刚有了变化"):
        actions.revise_batch(batch=batch, title="x", held_on=date(2026, 3, 1), seen=1, **office)
    actions.revise_batch(batch=batch, title="首季", held_on=date(2026, 3, 2), **office)
    assert BatchState.objects.open().get().title == "首季"


def test_an_excluded_project_leaves_base_and_numerator(city, at, opened, batch, office):
    first, second = opened().key, opened(name="第二个").key
    chosen = {"batch": batch, "part": "signed"}
    actions.add_to_batch(projects=[first, second], **chosen, **office)
    with pytest.raises(Incomplete, match="写明原因"):
        actions.exclude_entries(projects=[first], why=" ", **chosen, **office)
    actions.exclude_entries(projects=[first], why="并入二期", **chosen, **office)
    with pytest.raises(Conflict, match="已经是这样"):
        actions.exclude_entries(projects=[first], why="并入二期", **chosen, **office)
    shown = working(page_of(city, batch, Moment(at)), "start")
    assert shown.denominator == 1 and shown.left_out == ((first, "示例光电产业园项目", "并入二期"),)
    assert [one.key for one in shown.behind] == [second]
    actions.put_back_entries(projects=[first], **chosen, **office)
    assert working(page_of(city, batch, Moment(at)), "start").denominator == 2
    said = [
        e.sentence for e in project_page(first, viewer_of_person(office["by"]), Moment(at)).timeline
    ]
    assert said[1:] == [
        "列入“一季度”的“签约一批”。", "在“一季度”的“签约一批”里改为不计入。", "在“一季度”的“签约一批”里恢复计入。"
    ]  # fmt: skip
    assert verify().breaks == ()


def test_rates_follow_the_project_and_moving_back_shows(city, at, project, moves, batch, office):
    for part in ("signed", "started", "produced"):
        actions.add_to_batch(batch=batch, part=part, projects=[project.key], **office)
    assert percents(page_of(city, batch, Moment(at))) == {
        "start": 0, "in-statistics": 0, "production": 0, "benefit": 0, "benefit-by-value": 0,
            "admission": None,
    }  # fmt: skip
    moves("office", "started")
    started = BatchEntry.objects.order_by("-since").first() and moment_now(at, 1)
    assert percents(page_of(city, batch, started))["start"] == 100
    moves("office", "in_production")
    page = page_of(city, batch, moment_now(at, 2))
    assert percents(page)["production"] == 100 and percents(page)["in-statistics"] == 0
    moves("office", "at_promised_benefit", actual_output="6.25亿元")
    page = page_of(city, batch, moment_now(at, 3))
    assert percents(page)["benefit"] == 100 and percents(page)["benefit-by-value"] == Decimal(
        "125.00"
    )
    moves("office", "permits", why="停建")
    page = page_of(city, batch, moment_now(at, 4))
    assert percents(page)["start"] == 0 and percents(page)["benefit-by-value"] == 0
    assert [one.stage for one in working(page, "start").behind] == ["手续"]
    page = page_of(city, batch, moment_now(at, 4), day=(at + timedelta(days=3)).date())
    assert percents(page)["start"] == 100 and percents(page)["benefit-by-value"] == 125


def moment_now(at, days):
    return Moment(at + timedelta(days=days))


def test_a_past_moment_knows_only_what_was_known(city, at, project, moves, batch, office):
    actions.add_to_batch(batch=batch, part="signed", projects=[project.key], **office)
    before = moment_at(BatchEntry.objects.get().since_id)
    moves("office", "started", happened_on=date(2026, 3, 2))
    assert percents(page_of(city, batch, before))["start"] == 0
    assert percents(page_of(city, batch, moment_now(at, 1), day=date(2026, 3, 2)))["start"] == 100
    empty = moment_at(before.position - 1)
    assert percents(page_of(city, batch, empty))["start"] is None
    assert "没有可计" in working(page_of(city, batch, empty), "start").rate.reason


def test_an_actual_output_is_told_with_the_benefit_or_in_a_revision(city, at, project, moves):
    with pytest.raises(Incomplete, match="移入达效时填写"):
        moves("office", "talks", actual_output="5")
    with pytest.raises(Incomplete, match="实际年产值"):
        moves("office", "at_promised_benefit", actual_output="很多")
    moves("office", "at_promised_benefit", actual_output="48000.5")
    state = ProjectState.objects.open().get(project=project)
    assert (state.actual_output, state.actual_output_scale) == (480005, 1)
    said = details(city, actual_output="49000")
    later = at + timedelta(days=9)
    actions.revise_project(project=project.key, details=said, by=city.people["office"], at=later)
    assert ProjectState.objects.open().get(project=project).actual_output == 49000


def test_the_office_makes_fills_and_corrects_a_batch_on_its_pages(sign_in, city, opened):
    keys = [opened(name=f"示例{n}").key for n in range(3)]
    opened(name="只有框架", signing="framework")
    client = sign_in("office")
    made = client.post("/projects/batches/new/", {"title": "二季度", "held_on": "2026-03-01"})
    address = made["Location"]
    assert "示例0" in text(client.get(f"{address}add/?tab=signed"))
    assert "只有框架" not in text(client.get(f"{address}add/?tab=signed"))
    assert "只有框架" in text(client.get(f"{address}add/?tab=started"))
    none = client.post(f"{address}add/", {"part": "signed"})
    assert none.status_code == 422 and "请先勾选项目" in text(none)
    page = text(client.post(f"{address}add/", {"part": "signed", "selected": keys}, follow=True))
    assert "已列入 3 个项目" in page and "签约一批 3" in page and "未达到的 3 个" in page
    assert "第 1 版，自 2022-01-01 起" in page and "本地默认，待确认" in page
    no_reason = client.post(f"{address}exclude/", {"part": "signed", "selected": keys[0]})
    assert no_reason.status_code == 422 and "写明原因" in text(no_reason)
    given = {"part": "signed", "selected": keys[0], "why": "并入二期"}
    page = text(client.post(f"{address}exclude/", given, follow=True))
    assert "不计入的 1 个" in page and "并入二期" in page
    page = text(client.post(f"{address}back/", given | {"why": ""}, follow=True))
    assert "不计入的 1 个" not in page
    answer = client.post(f"{address}revise/", {"title": "", "held_on": "2026-03-01"})
    assert answer.status_code == 422
    sheet = CalamineWorkbook.from_filelike(BytesIO(client.get(f"{address}?export=xlsx").content))
    assert len(sheet.get_sheet_by_index(0).to_python()) == 4
    sheet = CalamineWorkbook.from_filelike(
        BytesIO(client.get("/projects/batches/?export=xlsx").content)
    )
    rows = sheet.get_sheet_by_index(0).to_python()
    assert rows[1][0] == "二季度" and rows[1][2] == 3 and rows[1][5] == 0
    assert find_subject(f"batch:{address.split('/')[-2]}").title == "二季度"


def test_units_see_their_own_projects_only(sign_in, city, opened, batch, office):
    mine = opened(name="区内项目").key
    other = opened(name="县里项目", zone=city.units["甲县"], lead=city.units["市统计局"]).key
    actions.add_to_batch(batch=batch, part="signed", projects=[mine, other], **office)
    address = f"/projects/batches/{batch}/"
    page = text(sign_in("zone_staff").get(address))
    assert "区内项目" in page and "县里项目" not in page and "签约一批 1" in page
    assert "只统计您范围内" in page and "所选不计入" not in page
    page = text(sign_in("other_clerk").get(address))
    assert "县里项目" in page and "区内项目" not in page
    page = text(sign_in("leading_group").get(address))
    assert "县里项目" in page and "甲县" in page and "开发区管委会" in page
    assert sign_in("zone_staff").post(f"{address}add/", {}).status_code == 403
    assert sign_in("auditor").get(address).status_code == 403


@pytest.mark.parametrize("address", ["/projects/batches/", "/projects/batches/{}/"])
def test_one_entry_and_many_take_the_same_queries(
    sign_in, city, at, batch, django_assert_max_num_queries, address
):
    client, counts = sign_in("clerk"), []
    where = address.format(batch)
    bulk_entries(city, batch, 1, at)
    client.get(where)  # the pack's rules are read once and kept
    for n in (0, 150):
        bulk_entries(city, batch, n, at) if n else None
        with django_assert_max_num_queries(40) as seen:
            assert client.get(where).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_pages_speak_english(sign_in, project, batch, office):
    actions.add_to_batch(batch=batch, part="signed", projects=[project.key], **office)
    english = {"headers": {"Accept-Language": "en"}}
    for address in ("/projects/batches/", f"/projects/batches/{batch}/"):
        page = text(sign_in("office").get(address, **english))
        page, _table, _quoted = page.partition('id="table-stated"')
        assert "Start rate" in page and "开工率" not in page and "口径" not in page
