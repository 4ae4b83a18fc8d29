"""A superior's table at six in the evening: mapped once, filled, the rest asked and merged."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from factories import collection as made
from factories.templates import parts
from luodi.collection import actions
from luodi.collection.models import Filing, Form, TableRequest
from luodi.collection.queries.templates import filled_file, request_page
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = Moment(made.APRIL)


@pytest.fixture(autouse=True)
def april(monkeypatch, own_data):
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.APRIL)


def table(month="2026年3月") -> bytes:
    """A table of two indicators by unit, in another unit of measure, with a sum."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([f"全省工业情况表（{month}）"])
    sheet.append(["计量单位：万元"])
    sheet.append(["单位", "工业总产值", "期末从业人员（人）"])
    sheet.append(["市工信局", None, None])
    sheet.append(["开发区管委会", None, None])
    sheet.append(["合计", "=SUM(B4:B5)", "=SUM(C4:C5)"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def known(city, at):
    """The industry bureau's figures of March are accepted; the zone's are not there."""
    form = made.defined(city, at)
    made.opened(city, form)
    made.submitted(city, made.filing_of(city, form))


def brought(city, month="2026年3月", username="statistician") -> TableRequest:
    who = made.viewer(city, username)
    return actions.bring_table(
        name="表.xlsx", data=table(month), period="", city=city.key, viewer=who, by=who.person,
        at=made.APRIL,
    )  # fmt: skip


def page_of(city, request):
    return request_page(made.viewer(city, "statistician"), request.key, NOW)


def confirmed(city, request, posted=None, seen=None):
    who = made.viewer(city, "statistician")
    seen = page_of(city, request).state.since_id if seen is None else seen
    return actions.confirm_template(
        table=request.key,
        posted=posted or {},
        seen=seen,
        viewer=who,
        by=who.person,
        at=made.APRIL,
    )


def figures(data: bytes) -> list[object]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return [sheet[at].value for at in ("B4", "C4", "B5", "C5", "B6")]


def test_mapped_once_filled_asked_and_merged(city, known):
    request = brought(city)
    assert request.period == "2026-03" and not page_of(city, request).row.confirmed
    assert len(confirmed(city, request).cells) == 4
    page = page_of(city, request)
    assert page.written == {"B4": "125000", "C4": "320"}, "亿元 become 万元"
    assert [cell.address for cell in page.asked] == ["B5", "C5"]
    who = made.viewer(city, "statistician")
    _name, data = filled_file(who, request.key, NOW)
    assert figures(data) == [125000, 320, None, None, "=SUM(B4:B5)"]
    before, after = parts(table()), parts(data)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"xl/worksheets/sheet1.xml", "xl/workbook.xml", "docProps/core.xml"}
    form = actions.ask_rest(
        table=request.key, due_at=made.LATE, viewer=who, by=who.person, at=made.APRIL
    )
    filing = Filing.objects.get(form=form)
    assert filing.unit == city.units["开发区管委会"]
    made.submitted(city, filing, {"r1:now": "3", "r2:now": "7"}, username="zone_staff")
    assert figures(filled_file(who, request.key, NOW)[1])[:4] == [125000, 320, 30000, 7]
    again = actions.ask_rest(
        table=request.key, due_at=made.LATE, viewer=who, by=who.person, at=made.APRIL
    )
    assert again.key == form.key and Form.objects.filter(code__startswith="table_").count() == 1


def test_the_next_months_edition_needs_no_confirming(city, known):
    confirmed(city, brought(city))
    april = brought(city, "2026年4月")
    page = page_of(city, april)
    assert april.period == "2026-04" and page.row.confirmed and len(page.asked) == 4


def test_what_is_confirmed_may_differ_from_what_was_proposed(city, known):
    request = brought(city)
    with pytest.raises(Incomplete):
        confirmed(city, request, {f"indicator-{c}{r}": "" for c in "BC" for r in (4, 5)})
    mapping = confirmed(
        city, request, {"indicator-C4": "", "subject-B5": "nobody", "about-B4": "prior"}
    )
    assert [(cell.address, cell.about) for cell in mapping.cells] == [
        ("B4", "prior"),
        ("C5", "own"),
    ]
    page = page_of(city, request)
    assert [cell.address for cell, _why in page.refused] == ["B4"], "no figure of February, said"
    with pytest.raises(Conflict):
        confirmed(city, request, seen=0)


def test_who_may_and_what_is_refused(city, known):
    with pytest.raises(NotAllowed):
        brought(city, username="clerk")
    with pytest.raises(Incomplete):
        brought(city, "某年")
    request = brought(city)
    who = made.viewer(city, "statistician")
    with pytest.raises(Incomplete):
        filled_file(who, request.key, NOW)
    confirmed(city, request)
    with pytest.raises(Incomplete):
        actions.ask_rest(table=request.key, due_at=None, viewer=who, by=who.person, at=made.APRIL)


def test_through_the_pages(city, known, sign_in):
    browser = sign_in("statistician")
    answer = browser.post(
        reverse("table_requests"), {"file": SimpleUploadedFile("表.xlsx", table())}
    )
    page = browser.get(answer.url).content.decode()
    assert "请核对每一格" in page and "填写时换算" in page
    seen = page_of(city, TableRequest.objects.get()).state.since_id
    assert browser.post(answer.url, {"seen": seen}).status_code == 302
    assert "全省工业情况表" in browser.get(reverse("table_requests")).content.decode()
    key = TableRequest.objects.get().key
    assert browser.get(reverse("table_filled", args=[key])).content.startswith(b"PK")
    sent = browser.post(reverse("table_ask", args=[key]), {"due_on": "2026-04-20"})
    assert sent.status_code == 302 and "补报" in browser.get(sent.url).content.decode()
    assert browser.post(reverse("table_ask", args=[key]), {"due_on": "x"}).status_code == 422
