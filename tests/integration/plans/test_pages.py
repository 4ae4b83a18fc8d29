"""The pages: what is on them, who may open them, what they write."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from factories import plans as p
from luodi.plans.models import Measure, Plan, ReportDraft, Round, Step, StepState


@pytest.fixture
def plan(city, at, monkeypatch):
    plan = p.adopted_plan(city, at)
    monkeypatch.setattr("django.utils.timezone.now", lambda: p.MARCH)
    p.opened()
    return plan


@pytest.fixture
def report(city, plan):
    return p.report_of(city, "1.", "市工信局")


def test_the_plan_reads_by_section_with_lights_and_units(sign_in, plan):
    page = sign_in("office").get(reverse("plan", args=[plan.key])).content.decode()
    assert "建设中试基地" in page and "市数据局" in page and "light-none" in page
    listed = sign_in("clerk").get(reverse("plan", args=[plan.key]), {"view": "list"})
    assert "推进标准厂房" in listed.content.decode()


def test_plans_and_measures_open(sign_in, plan):
    client = sign_in("leading_group")
    assert plan.title in client.get(reverse("plans")).content.decode()
    measure = Measure.objects.get(label="2.")
    page = client.get(reverse("measure", args=[measure.key])).content.decode()
    assert f"about=measure:{measure.key}" in page
    assert measure.text in page and f"/sentence/{'a' * 64}/200/250/" in page


def test_deadlines_for_many_from_the_plan_page(sign_in, plan):
    keys = list(Measure.objects.values_list("key", flat=True))
    answer = sign_in("office").post(
        reverse("plan_deadlines", args=[plan.key]),
        {"selected": keys, "written": "9月底前"},
        follow=True,
    )
    assert "已为 3 条举措设定时限" in answer.content.decode()
    refused = sign_in("clerk").post(reverse("plan_deadlines", args=[plan.key]), {"selected": keys})
    assert refused.status_code == 403


def test_the_sheet_is_filled_in_saved_and_handed_in(city, sign_in, report):
    client = sign_in("clerk")
    page = client.get(reverse("my_reports")).content.decode()
    assert "建设中试基地" in page and "推进标准厂房" in page and "完善统计台账" not in page
    key = report.key
    saved = client.post(
        reverse("report_draft", args=[key]), {f"{key}-text": "完成选址。", f"{key}-version": 0}
    )
    assert saved.json()["version"] == 1 and saved.json()["saved"].startswith("已保存 ")
    clash = client.post(
        reverse("report_draft", args=[key]), {f"{key}-text": "别的", f"{key}-version": 0}
    )
    assert clash.status_code == 409 and clash.json()["text"] == "完成选址。"
    answer = client.post(
        reverse("submit_reports"),
        {
            "row": [key],
            "selected": [key],
            "do": "submit",
            f"{key}-text": "完成选址。",
            f"{key}-version": 1,
            f"{key}-claimed": "40",
            f"{key}-files": SimpleUploadedFile("../证明\u202etxt.txt", "现场照片说明".encode()),
        },
        follow=True,
    )
    assert "已提交 1 份月报" in answer.content.decode()
    assert p.stage_of(report) == "at_section_head"
    assert not ReportDraft.objects.exists()


def test_a_row_with_an_error_stays_and_the_other_goes(city, sign_in, report):
    other = p.report_of(city, "2.", "市工信局")
    answer = sign_in("clerk").post(
        reverse("submit_reports"),
        {
            "row": [report.key, other.key],
            "selected": [report.key, other.key],
            f"{report.key}-text": "",
            f"{other.key}-text": "厂房开工。",
        },
    )
    assert answer.status_code == 422 and "还没有写进展" in answer.content.decode()
    assert (p.stage_of(report), p.stage_of(other)) == ("asked", "at_section_head")


def test_nothing_new_for_many_with_one_reason(city, sign_in, report):
    other = p.report_of(city, "2.", "市工信局")
    form = {
        "row": [report.key, other.key],
        "selected": [report.key, other.key],
        "do": "nothing_new",
    }
    client = sign_in("clerk")
    assert client.post(reverse("submit_reports"), form).status_code == 422
    client.post(reverse("submit_reports"), form | {"reason": "等待审批"})
    assert p.stage_of(report) == p.stage_of(other) == "at_section_head"


def test_drafts_stay_in_their_unit_by_page_export_and_address(city, sign_in, report):
    key = report.key
    form = {f"{key}-text": "只有本单位可见的草稿", f"{key}-version": 0}
    sign_in("clerk").post(reverse("report_draft", args=[key]), form)
    own = sign_in("section_head").get(reverse("report", args=[key])).content.decode()
    assert "只有本单位可见的草稿" in own
    for who in ["office", "statistician", "leading_group", "other_clerk", "zone_staff"]:
        client = sign_in(who)
        pages = [
            reverse("report", args=[key]),
            reverse("round", args=[report.round_id]),
            reverse("round_review", args=[report.round_id]),
            reverse("measure", args=[report.measure_id]),
            reverse("my_reports"),
            reverse("search") + "?q=草稿",
        ]
        for page in pages:
            assert "只有本单位可见的草稿" not in client.get(page).content.decode()
    assert sign_in("other_clerk").get(reverse("report", args=[key])).status_code == 404
    assert sign_in("other_clerk").post(reverse("report_draft", args=[key]), form).status_code == 404
    for address in (reverse("round_review", args=[report.round_id]), reverse("my_reports")):
        who = "office" if "review" in address else "zone_staff"
        sheet = sign_in(who).get(address, {"export": "xlsx"})
        cells = _cells(sheet.content)
        assert not any("草稿" in str(cell) for cell in cells)


def _cells(data: bytes) -> list:
    import io

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]


def test_head_and_leader_sign_and_the_office_reviews(city, sign_in, report):
    p.submitted(city, "clerk", report)
    for who in ["section_head", "leader_in_charge"]:
        page = sign_in(who).get(reverse("my_reports")).content.decode()
        assert "待我审核" in page
        sign_in(who).post(reverse("pass_on_reports"), {"selected": [report.key], "do": "pass"})
    review = reverse("round_review", args=[report.round_id])
    assert "完成选址" in sign_in("office").get(review).content.decode()
    sign_in("office").post(review, {"selected": [report.key], "do": "return", "why": "补投资额"})
    assert p.stage_of(report) == "returned"
    assert "补投资额" in sign_in("clerk").get(reverse("my_reports")).content.decode()
    assert sign_in("clerk").get(review).status_code == 403


def test_the_months_matrix_reminders_and_excel(city, sign_in, report):
    address = reverse("round", args=[report.round_id])
    office = sign_in("office")
    page = office.get(address).content.decode()
    assert "市工信局" in page and "未报齐单位" in page
    reminded = office.post(
        reverse("round_remind", args=[report.round_id]),
        {"selected": [city.units["市工信局"]]},
        follow=True,
    )
    assert "已催报：市工信局" in reminded.content.decode()
    assert "市工信局" in _cells(office.get(address, {"export": "xlsx"}).content)
    mine = sign_in("other_clerk").get(address).content.decode()
    assert "市工信局" not in mine


def test_the_annual_plan_takes_typed_and_pasted_rows(city, sign_in, plan):
    measure = Measure.objects.get(label="2.")
    address = reverse("annual_plan", args=[plan.key, 2026])
    client = sign_in("zone_staff")
    assert client.get(address).status_code == 200
    new = f"new-{measure.key}-0"
    answer = client.post(
        address,
        {
            "unit": city.units["开发区管委会"],
            "row": [f"{new}:{measure.key}"],
            f"{new}-title": "开工",
            f"{new}-due": "6月底前",
            f"{new}-person": city.people["zone_staff"],
            f"paste-{measure.key}": "行动\t时限\t责任人\n封顶\t2026/9/30\t示例-07\n验收\t\t",
        },
        follow=True,
    )
    assert "已保存 3 行" in answer.content.decode()
    said = set(StepState.objects.open().values_list("title", "due_on__month"))
    assert said == {("开工", 6), ("封顶", 9), ("验收", None)}
    wrong = client.post(
        address, {"unit": city.units["开发区管委会"], f"paste-{measure.key}": "验收\t\t无此人"}
    )
    assert wrong.status_code == 422 and Step.objects.count() == 3
    elsewhere = {
        "unit": city.units["市工信局"],
        "row": [f"{new}:{measure.key}"],
        f"{new}-title": "x",
    }
    assert client.post(address, elsewhere).status_code == 404
    assert sign_in("clerk").get(address, {"unit": city.units["开发区管委会"]}).status_code == 404


def test_the_page_of_a_plan_takes_the_same_number_of_queries(city, at, sign_in):
    data = p.MEASURES[0]
    p.adopted_plan(city, at, [data], "one")
    p.adopted_plan(city, at, [data | {"label": f"{n}."} for n in range(200)], "many")
    client = sign_in("office")
    counts = []
    for key in ["one", "many"]:
        plan = Plan.objects.get(document=key)
        client.get(reverse("plan", args=[plan.key]))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("plan", args=[plan.key])).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_sheet_takes_the_same_number_of_queries(city, at, sign_in, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: p.MARCH)
    client = sign_in("clerk")
    counts = []
    for count in (1, 60):
        data = [p.MEASURES[0] | {"label": f"{n}."} for n in range(count)]
        p.adopted_plan(city, at, data, f"plan{count}")
        p.opened()
        client.get(reverse("my_reports"))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("my_reports"))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_an_as_of_date_shows_the_month_before_it_opened(city, sign_in, plan):
    client = sign_in("office")
    day = (p.MARCH - timedelta(days=5)).date().isoformat()
    client.post(reverse("as_of"), {"day": day, "next": "/plans/"})
    round = Round.objects.get(period="2026-03")
    assert client.get(reverse("round", args=[round.key])).status_code == 404
