"""Files and photographs of requests and visits: kept, refused, opened by whom they are for."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as Upload

from factories.city import FIRMS
from factories.requests import FIRM, ahead, asked, in_hand, noted, planned, visited
from luodi.documents.models import Attachment, StoredFile
from luodi.services.models import Request, VisitState

pytestmark = pytest.mark.django_db(databases="__all__")

PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture(autouse=True)
def files_dir(settings, tmp_path):
    settings.FILES_DIR = tmp_path


def text(response) -> str:
    return response.content.decode()


def only_file() -> str:
    return StoredFile.objects.get().key


def test_an_ask_with_a_photograph_is_opened_by_firm_and_desk_alone(city, at, sign_in):
    firm = sign_in("enterprise")
    asking = {"category": "power", "title": "停电", "text": "上月停电三次。"}
    page = firm.post(
        "/my-requests/new/", asking | {"evidence": Upload("跳闸.png", PICTURE)}, follow=True
    )
    one, file = Request.objects.get(), only_file()
    address = f"/my-requests/{one.key}/files/{file}/x"
    assert f"/my-requests/{one.key}/files/{file}/" in text(page) and "<img" in text(page)
    got = firm.get(address)
    assert got.content == PICTURE and "attachment" in got["Content-Disposition"]
    office = f"/requests/{one.key}/files/{file}/x"
    assert sign_in("zone_staff").get(office).content == PICTURE
    assert sign_in("office").get(office).content == PICTURE
    for who, where, status in (
        ("clerk", office, 404), ("enterprise", office, 403), ("auditor", office, 403),
        ("zone_staff", f"/files/{file}/x", 404), ("office", f"/files/{file}/x", 404),
    ):  # fmt: skip
        assert sign_in(who).get(where).status_code == status, (who, where)
    other = noted(city, at, firm=city.enterprises[FIRMS[1][0]], by=city.people["office"])
    assert firm.get(f"/my-requests/{other.key}/files/{file}/x").status_code == 404
    assert sign_in("office").get(f"/requests/{other.key}/files/{file}/x").status_code == 404


def test_a_file_of_an_internal_note_never_reaches_the_firm(city, at, sign_in):
    one = in_hand(city, at)
    desk, firm = sign_in("zone_staff"), sign_in("enterprise")
    said = {"text": "内部核算", "evidence": Upload("底价.txt", "内部底价".encode())}
    page = desk.post(f"/requests/{one.key}/write_note/", said, follow=True)
    assert "底价.txt" in text(page)
    file = only_file()
    assert Attachment.objects.get().purpose == "inner"
    assert StoredFile.objects.get().enterprise == ""
    assert firm.get(f"/my-requests/{one.key}/files/{file}/x").status_code == 404
    assert "底价" not in text(firm.get(f"/my-requests/{one.key}/"))
    assert desk.get(f"/requests/{one.key}/files/{file}/x").status_code == 200


@pytest.mark.parametrize(
    ("move", "given"),
    [
        ("answer", {"text": "已增容"}),
        ("tell_firm", {"text": "在办"}),
        ("ask_firm", {"text": "请补"}),
        ("give_timetable", {"reason": "施工", "step_1": "勘查", "day_1": ahead(9)}),
    ],
)
def test_what_goes_to_the_firm_carries_its_files_there(city, at, sign_in, move, given):
    one = in_hand(city, at)
    evidence = [Upload("图纸.pdf", b"%PDF-1.4 x"), Upload("现场.jpg", PICTURE)]
    sign_in("zone_staff").post(f"/requests/{one.key}/{move}/", given | {"evidence": evidence})
    page = text(sign_in("enterprise").get(f"/my-requests/{one.key}/"))
    assert "图纸.pdf" in page and page.count("/files/") >= 2


def test_what_isnt_taken_is_said_and_the_words_stay(city, at, sign_in):
    firm = sign_in("enterprise")
    asking = {"category": "power", "title": "停电", "text": "上月停电三次。"}
    for file, said in (
        (Upload("a.exe", b"MZ"), "不收这种文件"),
        (Upload("空.txt", b""), "文件是空的"),
        (Upload("机密★一年.txt", "机密".encode()), "标有密级"),
    ):
        page = firm.post("/my-requests/new/", asking | {"evidence": file})
        assert page.status_code == 422 and said in text(page) and "上月停电三次" in text(page)
    many = [Upload(f"{n}.png", PICTURE) for n in range(10)]
    assert "最多带 9 个" in text(firm.post("/my-requests/new/", asking | {"evidence": many}))
    assert not Request.objects.exists() and not StoredFile.objects.exists()


def test_a_visit_is_photographed_on_the_spot(city, at, sign_in):
    zone, key = sign_in("zone_staff"), planned(city, at)
    shown = text(zone.get(f"/visits/{key}/"))
    assert 'accept="image/*"' in shown and 'capture="environment"' in shown
    said = {"on": "2026-03-02", "summary": "看了新线", "photos": Upload("线.jpg", PICTURE)}
    page = text(zone.post(f"/visits/{key}/log/", said, follow=True))
    file = only_file()
    address = f"/visits/{key}/files/{file}/x"
    assert "照片和附件" in page and zone.get(address).content == PICTURE
    assert sign_in("clerk").get(address).status_code == 404
    assert sign_in("enterprise").get(address).status_code == 403
    other = visited(city, at)
    assert zone.get(f"/visits/{other}/files/{file}/x").status_code == 404
    fresh = {"firm": FIRM, "kind": "visit", "purpose": "补", "on": "2026-03-02", "wish": "请来"}
    made = fresh | {"summary": "好", "evidence": Upload("记.txt", b"x")}
    assert "记.txt" in text(zone.post("/visits/new/", made, follow=True))
    only = zone.post("/visits/new/", fresh | {"photos": Upload("线.jpg", PICTURE)})
    assert only.status_code == 422 and "同时写明走访情况" in text(only)
    assert VisitState.objects.open().count() == 3


def test_a_step_that_is_refused_keeps_no_file(city, at, sign_in):
    one = asked(city, at)
    late = {"text": "答复", "evidence": Upload("a.txt", b"x")}
    answer = sign_in("zone_staff").post(f"/requests/{one.key}/answer/", late)
    assert answer.status_code == 409 and not StoredFile.objects.exists()
