"""Broken workbooks, doubled firms, strangers: each a sentence, nothing lost, nothing leaked."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from factories.chains import busy, drawn_in, firm_key
from factories.city import credit_code, make_city
from luodi.chain.models import ChainFirmState, IndustrialChainState, Supply
from luodi.packs import resolve

pytestmark = pytest.mark.django_db(databases="__all__")
HEAD = ["环节", "产品", "企业", "统一社会信用代码", "能力说明"]


def text(response) -> str:
    return response.content.decode()


def book(*rows: list[object], merge: str = "") -> bytes:
    out, made = BytesIO(), openpyxl.Workbook()
    sheet = made.active
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    made.save(out)
    return out.getvalue()


def sent(client: Client, data: bytes, name: str = "链.xlsx", **more: str):
    file = SimpleUploadedFile(name, data)
    return client.post("/chains/import/", {"new_chain": "示例光电链", "file": file, **more})


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"not a workbook", "链.xlsx", "不"),
        (b"", "链.xlsx", ""),
        (b"PK\x03\x04" + b"\x00" * 100, "链.xlsx", ""),
        (book(["名称", "数量"], ["甲", 1]), "链.xlsx", "没有找到表头"),
        (book([]), "链.xlsx", "没有"),
    ],
)
def test_what_is_no_workbook_of_a_chain_is_told_in_a_sentence(sign_in, city, data, name, words):
    answer = sent(sign_in("office"), data, name)
    assert answer.status_code in (413, 415, 422) and words in text(answer)
    assert "notice error" in text(answer) or "errorlist" in text(answer) or "error" in text(answer)
    assert not IndustrialChainState.objects.exists()


def test_a_table_of_commas_called_a_workbook_is_read_or_told(sign_in, city):
    data = "环节,产品,企业\n镜片,示例镜片,示例光电一厂\n".encode("gb18030")
    answer = sent(sign_in("office"), data)
    assert answer.status_code in (200, 415, 422)
    page = text(answer)
    assert ("可以导入 1 行" in page) == (answer.status_code == 200)


def test_merged_cells_are_read_for_every_line_or_refused_with_the_line(sign_in, city):
    rows = [HEAD, ["镜片", "甲产品", "示例光电一厂"], [None, "乙产品", "示例光电一厂"]]
    page = text(sent(sign_in("office"), book(*rows, merge="A2:A3")))
    assert "可以导入 2 行" in page, "the merged segment holds for both lines"


def test_a_formula_without_its_value_is_no_empty_cell(sign_in, city):
    rows = [HEAD, ["镜片", '="示例"&"镜片"', "示例光电一厂"], ["镜片", "乙产品", "=C2"]]
    page = text(sent(sign_in("office"), book(*rows)))
    assert page.count("这一行有公式没有结果（#公式未计算）") == 2 and "可以导入 0 行" in page


def test_a_minus_is_no_dash(sign_in, city, at):
    key = drawn_in(city, at)
    lines = ["采购方\t供应方\t产品\t年采购额\t来源", "示例光电二厂\t外地示例传感厂\t示例传感器\t-200\t走访",
             "示例光电二厂\t——\t示例传感器\t—\t走访"]  # fmt: skip
    page = text(sign_in("office").post("/chains/import/", {"chain": key, "text": "\n".join(lines)}))
    assert "金额不能是负数" in page and "可以导入 1 行" in page


def test_a_line_too_many_is_refused_as_a_whole(sign_in, city):
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["环节", "产品"])
        for n in range(1, 20_002):
            sheet.write_row(n, 0, ["镜片", f"产品{n}"])
    answer = sent(sign_in("office"), out.getvalue())
    assert answer.status_code == 422 and "一次最多导入 20000 行" in text(answer)


def test_more_lines_than_are_listed_are_said(sign_in, city):
    lines = ["环节\t产品", *(f"镜片\t产品{n}" for n in range(310))]
    given = {"new_chain": "示例光电链", "text": "\n".join(lines)}
    assert "共 310 行，这里列 300 行" in text(sign_in("office").post("/chains/import/", given))


def test_a_bomb_is_refused(sign_in, city):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("xl/worksheets/sheet1.xml", b"<a>" * 20_000_000)
    answer = sent(sign_in("office"), out.getvalue())
    assert answer.status_code in (413, 415, 422)


def test_one_firm_under_two_names_is_one_where_the_code_says_so(sign_in, city, at):
    drawn_in(city, at)
    rows = [HEAD, ["镜片", "示例镜片", "外地示例传感厂新名", credit_code(901)],
            ["镜片", "示例镜片", "外地示例传感厂", credit_code(901)]]  # fmt: skip
    page = text(sent(sign_in("office"), book(*rows)))
    assert "一个代码只能是一家企业" in page and "按同一家企业处理" in page
    rows = [HEAD, ["镜片", "示例镜片", "外地示例传感厂", credit_code(902)]]
    page = text(sent(sign_in("office"), book(*rows)))
    assert "请核对是否两家企业" in page
    assert ChainFirmState.objects.open().filter(credit_code=credit_code(902)).count() == 0


def test_a_firm_that_supplies_itself_and_a_circle_are_kept_and_said(sign_in, city, at):
    key = drawn_in(city, at)
    office = sign_in("office")
    given = {
        "chain": key,
        "text": "采购方\t供应方\t产品\t来源\n示例光电一厂\t示例光电一厂\t示例镜片\t走访",
    }
    page = text(office.post("/chains/import/", given))
    assert "供应方和采购方是同一家企业" in page
    token = page.split('name="looked_at" value="')[1].split('"')[0]
    office.post("/chains/import/", given | {"looked_at": token})
    assert Supply.objects.open().count() == 5
    assert "供应关系成环" in text(office.get(f"/chains/{key}/"))


def test_text_that_leads_with_a_formula_is_text_in_every_sheet(sign_in, city, at):
    evil = '=HYPERLINK("http://x","y")'
    rows = [HEAD, ["@SUM(1)", "+1+1", evil, "", "-2+3"]]
    office = sign_in("office")
    page = text(sent(office, book()))
    given = {"new_chain": "=链", "text": "\n".join("\t".join(map(str, row)) for row in rows)}
    page = text(office.post("/chains/import/", given))
    token = page.split('name="looked_at" value="')[1].split('"')[0]
    office.post("/chains/import/", given | {"looked_at": token})
    key = IndustrialChainState.objects.get().chain_id
    for address in ("/chain-firms/", f"/chains/{key}/products/", f"/chains/{key}/gaps/",
                    f"/chains/{key}/views/segments/", "/chains/", "/chains/gaps/"):  # fmt: skip
        sheet = office.get(f"{address}?export=xlsx")
        made = openpyxl.load_workbook(BytesIO(sheet.content))
        cells = [cell for row in made.active.iter_rows() for cell in row]
        assert all(cell.data_type != "f" for cell in cells), address
    firms = office.get("/chain-firms/?export=xlsx")
    read = CalamineWorkbook.from_filelike(BytesIO(firms.content)).get_sheet_by_index(0).to_python()
    assert read[1][0] == evil


def test_another_city_opens_and_exports_nothing(city, at):
    made = busy(city, at, "甲市")
    other = make_city(at=at, key="bieshi", pack=resolve("jincheng").content())
    stranger = Client()
    stranger.force_login(other.accounts["office"], backend="luodi.config.backends.AccountBackend")
    chain, firm = made["chain"][0], firm_key(city, "示例光电一厂")
    for address in (
        f"/chains/{chain}/", f"/chains/{chain}/products/", f"/chains/{chain}/supplies/",
        f"/chains/{chain}/gaps/", f"/chains/{chain}/views/firms/", f"/chain-firms/{firm}/",
        f"/chain-products/{made['product'][0]}/", f"/chain-segments/{made['segment'][0]}/",
        f"/chain-targets/{made['target_firm'][0]}/",
        f"/promotion/events/{made['promotion_event'][0]}/",
    ):  # fmt: skip
        for query in ("", "?export=xlsx", "?supplies.export=xlsx", "?impact.export=xlsx"):
            assert stranger.get(address + query).status_code == 404, address
    for address in ("/chains/", "/chain-firms/", "/chains/gaps/", "/chain-targets/",
                    "/promotion/trips/", "/promotion/events/", "/promotion/signings/",
                    "/promotion/funnel/", "/chains/leaders/", "/chains/suppliers/?need=示例镜片"):  # fmt: skip
        assert "甲市" not in text(stranger.get(address)), address
        join = "&" if "?" in address else "?"
        sheet = stranger.get(f"{address}{join}export=xlsx")
        assert "甲市" not in repr(_cells(sheet.content)) if sheet.content[:2] == b"PK" else True
    posts = {
        f"/chain-firms/{firm}/revise/": {"name": "改名", "why": "攻击"},
        f"/chain-firms/{firm}/makes/": {"product": made["product"][0]},
        f"/chain-supplies/{made['supply'][0]}/end/": {"on": "2026-03-01", "why": "攻击"},
        f"/chain-honours/{made['honour'][0]}/end/": {"year": "2026", "why": "攻击"},
        f"/promotion/trips/{made['trip'][0]}/take-back/": {"why": "攻击"},
        f"/chain-targets/{made['target_firm'][0]}/assign/": {"unit": ""},
        f"/promotion/events/{made['promotion_event'][0]}/contacts/": {"words": "攻击"},
    }
    for address, said in posts.items():
        assert stranger.post(address, said).status_code == 404, address


def _cells(data: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
