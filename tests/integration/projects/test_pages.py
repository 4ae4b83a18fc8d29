"""The pages of projects: list, board, page, forms; scope, and queries that don't grow."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from factories.projects import bulk_projects, details
from luodi.common.doors import find_subject
from luodi.projects.models import Project, StageMove

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


def posted(city, **given):
    said = details(city, **given)
    return {name: str(value) if value is not None else "" for name, value in said.items()}


def test_a_lead_is_registered_looked_at_and_moved(sign_in, city):
    clerk = sign_in("clerk")
    assert "登记项目" in text(clerk.get("/projects/new/"))
    answer = clerk.post("/projects/new/", posted(city), follow=True)
    assert "项目已登记" in text(answer) and "32,000.5" in text(answer)
    assert '<option value="talks" selected>' in text(answer) and "本地默认，待确认" in text(answer)
    key = Project.objects.get().key
    paper = SimpleUploadedFile("合同.txt", b"ok")
    given = {"to": "signed", "evidence": paper}
    page = text(clerk.post(f"/projects/{key}/move/", given, follow=True))
    assert "由“线索”进入“签约”" in page and "合同.txt" in page
    back = clerk.post(f"/projects/{key}/move/", {"to": "talks", "why": ""})
    assert back.status_code == 422 and "写明原因" in text(back)
    clerk.post(f"/projects/{key}/move/", {"to": "talks", "why": "重谈"})
    assert '<span class="tag">退回</span>' in text(clerk.get(f"/projects/{key}/"))


def test_look_alikes_are_shown_once_before_saving(sign_in, city, project):
    office = sign_in("office")
    given = posted(city, name="示例光电产业园（二期）", code="")
    first = office.post("/projects/new/", given)
    page = text(first)
    assert first.status_code == 422 and "名称相近" in page and "仍要登记" in page
    assert project.key in page and Project.objects.count() == 1
    token = page.split('name="looked_at" value="')[1].split('"')[0]
    answer = office.post("/projects/new/", given | {"looked_at": token}, follow=True)
    assert "项目已登记" in text(answer) and Project.objects.count() == 2


def test_bad_input_comes_back_with_what_was_written(sign_in, city):
    answer = sign_in("clerk").post("/projects/new/", posted(city, investment="-3"))
    assert answer.status_code == 422
    assert "总投资不能是负数" in text(answer) and "示例光电产业园项目" in text(answer)
    assert not Project.objects.exists()


def test_the_office_overrides_on_the_page_and_it_stays_visible(sign_in, city, opened):
    key = opened(land="").key
    office, zone = sign_in("office"), sign_in("zone_staff")
    given = {"to": "started", "why": "专题会同意", "override": "on"}
    page = zone.get(f"/projects/{key}/")
    assert "例外放行（条件不齐" not in text(page) and "还缺：用地面积" in text(page)
    refused = zone.post(f"/projects/{key}/move/", given | {"evidence": _file()})
    assert refused.status_code == 422 and not StageMove.objects.exists()
    done = office.post(f"/projects/{key}/move/", given | {"evidence": _file()}, follow=True)
    assert "当时缺：用地面积" in text(done) and "例外放行" in text(done)


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("照片.txt", b"ok")


def test_a_revision_is_told_and_nobody_overwrites(sign_in, city, project):
    clerk = sign_in("clerk")
    address = f"/projects/{project.key}/revise/"
    page = text(clerk.get(address))
    assert 'value="32000.5"' in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    given = posted(city, land="75") | {"seen": seen}
    assert "修改：用地面积。" in text(clerk.post(address, given, follow=True))
    stale = clerk.post(address, given | {"land": "80"})
    assert stale.status_code == 409 and "刚刚有了变化" in text(stale)


def test_another_units_project_is_nowhere(sign_in, city, project):
    other = sign_in("other_clerk")
    assert other.get(f"/projects/{project.key}/").status_code == 404
    assert other.post(f"/projects/{project.key}/move/", {"to": "talks"}).status_code == 404
    assert other.get(f"/projects/{project.key}/revise/").status_code == 404
    for address in ("/projects/", "/projects/board/"):
        assert "示例光电" not in text(other.get(address))
        assert "示例光电" in text(sign_in("zone_staff").get(address))
    leader = sign_in("leading_group")
    assert "您的岗位不移动" in text(leader.get(f"/projects/{project.key}/"))
    assert sign_in("auditor").get("/projects/").status_code == 403
    assert sign_in("enterprise").get("/projects/").status_code == 403


def test_libraries_roll_ups_and_the_sheet(sign_in, city, at):
    bulk_projects(city, 12, at)
    office = sign_in("office")
    assert "线索库 2" in text(office.get("/projects/"))
    assert "共 4 行" in text(office.get("/projects/talks/"))
    assert "共 4 行" in text(office.get("/projects/building/"))
    page = text(office.get("/projects/?group=zone"))
    assert "<td>洽谈</td>" in page and "按环节" in page
    sheet = CalamineWorkbook.from_filelike(
        BytesIO(office.get("/projects/signing/?export=xlsx").content)
    )
    rows = sheet.get_sheet_by_index(0).to_python()
    assert len(rows) == 3 and rows[1][8] == 100.03 and rows[1][9] == ""


@pytest.mark.parametrize("who", ["office", "clerk"])
@pytest.mark.parametrize("address", ["/projects/", "/projects/board/"])
def test_one_row_and_many_take_the_same_queries(
    sign_in, project, django_assert_max_num_queries, city, at, who, address
):
    client, day = sign_in(who), (at + timedelta(days=1)).date().isoformat()
    client.get(address)  # the pack's rules are read once and kept
    present, past = [], []
    for n in (0, 299):
        bulk_projects(city, n, at) if n else None
        client.post("/as-of/", {"day": ""})
        with django_assert_max_num_queries(40) as seen:
            page = text(client.get(address))
        present.append(len(seen))
        client.post("/as-of/", {"day": day})
        with django_assert_max_num_queries(40) as seen:
            assert client.get(address).status_code == 200
        past.append(len(seen))
    assert page.count("生成的项目") >= 150
    assert present[0] == present[1] and past[0] == past[1]


def test_the_board_has_every_stage_and_counts_all(sign_in, city, at):
    bulk_projects(city, 300, at)
    page = text(sign_in("office").get("/projects/board/"))
    assert page.count('class="stage"') == 11 and page.count('class="card"') == 180
    assert "另有 20 个" in page and "f_stage=" in page


def test_search_finds_a_project_by_its_key(project, city):
    found = find_subject(f"project:{project.key}")
    assert found.address == f"/projects/{project.key}/" and "示例光电" in found.body
    assert set(found.scope["units"].split()) == {
        city.units["市工信局"], city.units["开发区管委会"]
    }  # fmt: skip


def test_the_pages_speak_english(sign_in, project):
    english = {"headers": {"Accept-Language": "en"}}
    office = sign_in("office")
    for address in ("/projects/", "/projects/board/", f"/projects/{project.key}/"):
        page = text(office.get(address, **english))
        assert "Lead" in page and "线索库" not in page
    assert "线索库" in text(office.get("/projects/"))
