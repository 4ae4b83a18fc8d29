"""Project ledgers: made as offices keep them, brought, explained, mended."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import xlsxwriter

from luodi.kit.grids import read_grid

FIRST = "青河镜头模组生产线项目"
HEADS = (
    "序号", "项目名称", "投资方", "项目代码", "所属行业", "责任单位", "所在县区", "签约形式",
)  # fmt: skip
ZONE = "开发区管委会"
ROWS = (
    (1, FIRST, "示例镜头有限公司", "2603-140500-04-01-100001", "光机电", "市工信局", ZONE,
     "正式合同", 3.2, 4, datetime(2026, 6, 1), "2027年6月", "签约"),
    (2, "青河陶瓷基板项目", "示例陶瓷有限公司", "", "新材料", "工信口", ZONE, "框架协议", 1.5, 2,
     "2026年9月", "2027年", "洽谈"),
    (3, "坏代码项目", "示例甲公司", "26-1405", "新材料", "市工信局", ZONE, "正式合同", 2, 2,
     "2026年9月", "2027年", "洽谈"),
    (4, "写成负数的项目", "示例乙公司", "", "装备", "市工信局", ZONE, "正式合同", -2, 2,
     "2026年9月", "2027年", "洽谈"),
    (5, "日期颠倒的项目", "示例丙公司", "", "医药", "市工信局", ZONE, "未签约", 2, 2,
     "2027年9月", "2026年", "线索"),
)  # fmt: skip
"""Two good rows, one of them with a word of its own; three bad ones."""


def workbook(path: Path, rows: tuple) -> Path:
    """A ledger with a title, a head of two merged rows, a total and a note."""
    with xlsxwriter.Workbook(path) as book:
        sheet, middle = book.add_worksheet("项目"), book.add_format({"align": "center"})
        day = book.add_format({"num_format": "yyyy/m/d"})
        sheet.merge_range(0, 0, 0, 12, "重点项目台账（示例）", middle)
        sheet.write(1, 0, "金额单位：亿元")
        for column, head in enumerate(HEADS):
            sheet.merge_range(2, column, 3, column, head, middle)
        for left, group, heads in (
            (8, "投资与用地", ("总投资", "占地面积（公顷）")),
            (10, "计划时间", ("开工", "投产")),
        ):
            sheet.merge_range(2, left, 2, left + 1, group, middle)
            sheet.write_row(3, left, heads)
        sheet.merge_range(2, 12, 3, 12, "项目阶段", middle)
        for number, row in enumerate(rows, 4):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, column, value, day)
                else:
                    sheet.write(number, column, value)
        last = 4 + len(rows)
        sheet.merge_range(last, 0, last, 7, "合计", middle)
        sheet.write_formula(last, 8, "=SUM(I5:I9)", None, 6.7)
        sheet.merge_range(last + 1, 0, last + 1, 12, "注：生成的示例数据。", middle)
    return path


def bring(office, path: Path) -> None:
    """From the list of projects to the file's own page."""
    office.go("/projects/")
    office.page.get_by_role("link", name="导入台账").click()
    office.page.set_input_files("#id_file", path)
    office.press("上传并预演")
    office.page.wait_for_selector("#columns")


def chosen(office, field: str) -> str:
    """The head of the column that a field is taken from."""
    return office.page.locator(f"#id_{field} option:checked").inner_text()


def remember_columns(office) -> None:
    """The columns are as they were guessed."""
    office.press("记住并预演")
    office.page.wait_for_selector("#dry-run")


def explain(office, word: str, means: str) -> None:
    """Say what a word means, from the list."""
    office.page.get_by_label(word).select_option(label=means)
    office.press("记住这些词")
    office.sees("已记住 1 个词的意思")


def line(office, row: int):
    """The line of the dry run for a row of the file."""
    number = office.page.locator("td[data-label=行]", has_text=str(row))
    return office.page.locator("#table-ledger-lines tbody tr", has=number).first


def download(office) -> str:
    """The rows with faults; where the file was put."""
    with office.page.expect_download() as found:
        office.page.click("#faults")
    return str(found.value.path())


def mend(path: str, into: Path) -> Path:
    """What a clerk does with them: each fault put right, the rest as it is."""
    grid = read_grid("x.xlsx", Path(path).read_bytes())
    [sheet] = grid.sheets
    right = {"26-1405": "2603-140500-04-01-100003", "-2": "2", "2026年": "2028年"}
    with xlsxwriter.Workbook(into) as book:
        page = book.add_worksheet(sheet.name)
        for number, row in sheet.rows():
            for column, cell in enumerate(row):
                text = right.get(cell.text, cell.text)
                if text:
                    page.write(number - 1, column, float(text) if cell.kind == "number" else text)
    return into
