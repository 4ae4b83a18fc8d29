"""The pages of registers: lists, forms, one entry, import; scope, English, queries that don't grow."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.registers import at_work, entered, moved
from luodi.audit.queries import verify
from luodi.orgs.models import EnterpriseState
from luodi.registers.models import EntryState


def text(response) -> str:
    return response.content.decode()


def sheet(*rows) -> SimpleUploadedFile:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile("名单.xlsx", out.getvalue())


def test_from_the_form_to_the_end_of_the_flow(city, sign_in):
    office = sign_in("office")
    new = "/registers/of/small-to-large/new/"
    answer = office.post(new, {"firm": "示例光电一"}, follow=True)
    assert "已登记。" in text(answer) and "在库" in text(answer)
    key = EntryState.objects.open().get().entry_id
    address = f"/registers/entries/{key}/"
    refused = office.post(f"{address}apply/", {"tutor": ""})
    assert refused.status_code == 422
    done = office.post(f"{address}apply/", {"tutor": city.people["clerk"]}, follow=True)
    assert "已申请入规" in text(done) and "怎样算出来的" in text(done)
    file = SimpleUploadedFile("证明.txt", "示例".encode())
    done = office.post(f"{address}reach/", {"evidence": [file]}, follow=True)
    assert "已升规" in text(done) and "证明.txt" in text(done)
    assert office.post(f"{address}apply/", {"tutor": city.people["clerk"]}).status_code == 403
    assert "还没有登记" in text(office.get("/registers/of/small-to-large/"))
    assert "示例光电一厂" in text(office.get("/registers/of/small-to-large/?all=1"))
    assert not verify().breaks


@pytest.mark.parametrize(
    ("written", "words"),
    [("没有这家", "范围内没有叫"), ("示例光电", "有几家企业"), ("9" * 18, "范围内没有叫")],
)
def test_an_unclear_enterprise_comes_back_with_what_was_written(city, sign_in, written, words):
    answer = sign_in("office").post("/registers/of/small-to-large/new/", {"firm": written})
    assert answer.status_code == 422
    assert words in text(answer) and f'value="{written}"' in text(answer)


def test_a_list_comes_in_whole_or_not_at_all(city, sign_in):
    office, address = sign_in("office"), "/registers/of/specialised/import/"
    codes = list(
        EnterpriseState.objects.open().order_by("name").values_list("credit_code", flat=True)
    )
    head = ["信用代码", "企业名称", "类别", "认定日期", "证书编号"]
    bad = sheet(
        ["示例市认定名单"], head, [codes[0], "", "创新型中小企业", "2025年3月5日", "1"],
        ["", "没有这家", "专精特新中小企业", "", ""], [codes[1], "", "链长", "去年", ""],
        [codes[0], "", "专精特新中小企业", "", ""],
    )  # fmt: skip
    answer = office.post(address, {"stage": "recognised", "file": bad})
    page = text(answer)
    assert answer.status_code == 422 and not EntryState.objects.exists()
    assert (
        "第 4 行：企业名录里没有" in page
        and "第 5 行：" in page
        and "第 6 行：与第 3 行重复" in page
    )
    good = sheet(
        head,
        [codes[0], "", "创新型中小企业", "2025年3月5日", "1"],
        ["", "示例光电二厂", "专精特新中小企业", "2025/3/5", ""],
    )
    done = office.post(address, {"stage": "recognised", "file": good}, follow=True)
    assert "新登记 2 条，原已在册 0 条" in text(done)
    good.seek(0)
    again = office.post(address, {"stage": "recognised", "file": good}, follow=True)
    assert "新登记 0 条，原已在册 2 条" in text(again)
    exported = office.get("/registers/of/specialised/?export=xlsx")
    assert exported["Content-Type"].endswith("spreadsheetml.sheet")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", "没有表头".encode()])
def test_a_broken_list_is_answered_in_words(city, sign_in, data):
    file = SimpleUploadedFile("名单.xlsx", data)
    answer = sign_in("office").post(
        "/registers/of/specialised/import/", {"stage": "recognised", "file": file}
    )
    assert answer.status_code == 422 and 'class="error"' in text(answer)


def test_an_enterprise_sees_its_own_on_its_own_page(city, at, sign_in):
    key = entered(city, at)
    other = entered(city, at, n=1)
    firm = sign_in("enterprise")
    page = text(firm.get("/my-enterprise/"))
    assert "“小升规”培育库" in page
    assert firm.get(f"/registers/entries/{key}/").status_code == 200
    assert firm.get(f"/registers/entries/{other}/").status_code == 404
    assert firm.get("/registers/").status_code == 403


def test_the_past_is_shown_and_can_not_be_changed(city, at, sign_in):
    key = entered(city, at)
    office = sign_in("office")
    office.post("/as-of/", {"day": "2026-03-02"})
    page = text(office.get(f"/registers/entries/{key}/"))
    assert "过去的日期只能看" in page and "更正登记内容" not in page


def test_pages_speak_english(city, at, sign_in):
    keys = at_work(city, at)["register_entry"]
    office = sign_in("office")
    office.post("/language/", {"language": "en", "next": "/"})
    for address in ("/registers/", "/registers/of/credit/", f"/registers/entries/{keys[0]}/"):
        page = text(office.get(address))
        assert "名录" not in page and "阶段" not in page, address


def test_queries_do_not_grow_with_the_rows(city, at, sign_in):
    office = sign_in("office")

    def counted(address: str) -> int:
        office.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert office.get(address).status_code == 200
        return len(caught)

    entered(city, at, "small-to-large")
    key = entered(city, at, "specialised")
    moved(city, at, key, "recognise", level="innovative", from_on=at.date())
    pages = ("/registers/", "/registers/of/specialised/")
    one = [counted(page) for page in pages]
    entered(city, at, "small-to-large", 1)
    entered(city, at, "specialised", 1)
    assert [counted(page) for page in pages] == one
