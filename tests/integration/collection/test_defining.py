"""Forms are defined and revised on a page; the burden is counted; the late are reminded."""

from __future__ import annotations

import pytest
from django.urls import reverse

from factories import collection as made
from luodi.collection import actions
from luodi.collection.models import Form, FormState
from luodi.collection.queries.burden import burden_rows
from luodi.collection.queries.writing import as_written
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, NotAllowed
from luodi.jobs.models import InboxMessage


def said(city, **more):
    """What the page posts for the small form."""
    return {
        "title": "示例能源季报", "code": "energy", "purpose": "statistics", "period_kind": "quarter",
        "opens_number": "1", "opens_count": "workday", "due_number": "10", "due_count": "day",
        "review_levels": "1", "units": [city.units["市工信局"]], "row_kind": "lines",
        "rows": "a | 总产值 | output\nb | 从业人员 | staff",
        "columns": "now | 本期\nthen | 上年同期 | | 上年同期",
        "checks": "c1 | 软 | [output] >= 0 | 产值为负",
    } | more  # fmt: skip


def test_the_statistician_defines_a_form_in_lines(city, at, sign_in):
    made.indicators(city, at)
    client = sign_in("statistician")
    assert client.get(reverse("new_form")).status_code == 200
    wrong = client.post(reverse("new_form"), said(city, rows="a | 总产值 | nowhere"))
    assert wrong.status_code == 422 and "nowhere" in wrong.content.decode()
    answer = client.post(reverse("new_form"), said(city))
    assert answer.status_code == 302
    state = FormState.objects.open().get(form__code="energy")
    assert state.rhythm["opens"] == ["next_period", "workday", 1]
    assert [column["about"] for column in state.layout["columns"]] == ["this", "last_year"]
    assert state.checks[0]["hard"] is False
    page = client.get(reverse("form", args=[state.form_id])).content.decode()
    assert "工业总产值（亿元）" in page


def test_a_revision_says_why_and_a_stale_one_is_refused(city, at, sign_in):
    form = made.defined(city, at)
    client = sign_in("statistician")
    address = reverse("form_revise", args=[form.key])
    assert "示B204-1表" in client.get(address).content.decode()
    before = as_written(FormState.objects.open().get(form=form))
    posted = {name: value for name, value in before.items() if value not in (None, "")}
    posted |= {"title": "示例工业月报（修订）", "why": "口径调整"}
    assert client.post(address, posted).status_code == 302
    assert FormState.objects.open().get(form=form).title == "示例工业月报（修订）"
    assert client.post(address, posted).status_code == 409
    assert FormState.objects.filter(form=form).count() == 2


def test_the_office_defines_dispatch_forms_only(city, at):
    keys = made.indicators(city, at)
    who = made.viewer(city, "office")
    common = {"city": city.key, "owner": who.unit, "viewer": who, "by": who.person, "at": at}
    with pytest.raises(NotAllowed):
        actions.define_form(code="x", edition=made.edition(city, keys), **common)
    actions.define_form(code="x", edition=made.edition(city, keys, purpose="dispatch"), **common)
    assert Form.objects.get(code="x").unit == who.unit


def test_a_filing_keeps_the_edition_it_was_opened_with(city, at):
    form = made.defined(city, at)
    made.opened(city, form)
    keys, who = made.indicators(city, at), made.viewer(city, "statistician")
    seen = FormState.objects.open().get(form=form).since_id
    changed = made.edition(city, keys, title="新表")
    common = {"form": form.key, "edition": changed, "viewer": who, "by": who.person, "at": at}
    actions.revise_form(seen=seen, why="修订", **common)
    with pytest.raises(Conflict):
        actions.revise_form(seen=seen, why="修订", **common)
    assert made.filing_of(city, form).edition.title == "示例工业月报"


def test_the_burden_counts_what_was_asked_and_what_was_spared(city, at, sign_in):
    first = made.defined(city, at)
    made.opened(city, first)
    made.submitted(city, made.filing_of(city, first))
    second = made.defined(city, at, code="second", title="第二张表")
    made.opened(city, second)
    made.submitted(city, made.filing_of(city, second), {})
    rows = burden_rows(made.viewer(city, "statistician"), Moment(made.APRIL))
    counts = {row.form: (row.month, row.asked, row.spared) for row in rows}
    assert counts == {"示例工业月报": ("2026-04", 3, 0), "第二张表": ("2026-04", 0, 3)}
    assert sign_in("statistician").get(reverse("filings_burden")).status_code == 200


def test_the_late_are_reminded_once_a_day_and_once_by_the_clock(city, at):
    form = made.defined(city, at)
    turn = made.opened(city, form)
    made.submitted(city, made.filing_of(city, form))
    who = made.viewer(city, "statistician")
    common = {"turn": turn.key, "viewer": who, "by": who.person, "at": made.LATE}
    first = actions.remind_respondents(**common)
    assert first == 2 and actions.remind_respondents(**common) == 0
    told = InboxMessage.objects.filter(kind="filing_reminder")
    assert set(told.values_list("person", flat=True)) == {
        city.people["zone_staff"], city.people["zone_head"]
    }  # fmt: skip
    assert actions.remind_by_clock(by="system:clock", at=made.LATE) == 2
    assert actions.remind_by_clock(by="system:clock", at=made.LATE) == 0
