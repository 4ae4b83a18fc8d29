"""The same document reads the same in every form it may be handed in, and tables keep their rows.

The documents are those of tests/corpus, written again as a web page, a Word file, an old encoding.
"""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from luodi.kit.compiled import compile_source, to_json, verify
from luodi.kit.readers import read

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
# What a form can't say isn't asked of it: a web page has no columns of blanks.
NAMES = sorted(path.stem for path in CORPUS.glob("*.txt"))
BLANKS_SPEAK = {"table-set-with-blanks", "wide-gap-run-in"}
WRAPPED = {name for name in NAMES if name.startswith(("wrapped", "paged"))}

Rows = list[list[str]]


def pieces(text: str) -> list[str | Rows]:
    """Lines, and the tables between them as rows of cells."""
    found: list[str | Rows] = []
    for line in filter(str.strip, text.splitlines()):
        if "\t" not in line:
            found.append(line.strip())
        elif found and isinstance(found[-1], list):
            found[-1].append(line.split("\t"))
        else:
            found.append([line.split("\t")])
    return found


def as_page(text: str) -> bytes:
    parts = []
    for piece in pieces(text):
        if isinstance(piece, str):
            parts.append(f"<p>{html.escape(piece)}</p>")
            continue
        cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in piece)
        parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
    return f"<html><body>{''.join(parts)}</body></html>".encode()


def as_word(text: str) -> bytes:
    file = docx.Document()
    for piece in pieces(text):
        if isinstance(piece, str):
            file.add_paragraph(piece)
            continue
        table = file.add_table(rows=len(piece), cols=max(map(len, piece)))
        for r, row in enumerate(piece):
            for c, cell in enumerate(row):
                table.cell(r, c).text = cell
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def as_old_text(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("gb18030")


def as_spread_text(text: str) -> bytes:
    return "\n\n".join(filter(str.strip, text.splitlines())).encode()


def reading(name: str, data: bytes) -> list[dict[str, Any]]:
    source, _ = read(name, data)
    assert source is not None
    result = compile_source(source)
    assert verify(result, source) == ()
    documents: list[dict[str, Any]] = to_json(result)["documents"]
    return documents


def told(documents: list[dict[str, Any]]) -> list[Any]:
    """What was read, without the places it was read at."""
    return [
        (
            [one[key] for key in ("title", "number", "issuer", "date")],
            [(m["title"], m["units"], m["deadline"]) for m in one["measures"]],
            [(h["level"], h["label"], h["title"]) for h in one["outline"]],
            [(o["name"], o["members"]) for o in one["organs"]],
        )
        for one in documents
    ]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in BLANKS_SPEAK | WRAPPED])
@pytest.mark.parametrize(
    ("ending", "written"),
    [("html", as_page), ("docx", as_word), ("txt", as_old_text), ("txt", as_spread_text)],
)
def test_a_document_reads_the_same_in_every_form(
    name: str, ending: str, written: Callable[[str], bytes]
) -> None:
    text = (CORPUS / f"{name}.txt").read_text(encoding="utf-8")
    plain = told(reading("a.txt", text.encode()))
    assert told(reading(f"a.{ending}", written(text))) == plain


MERGED = """<html><body><h1>示例市2025年重点任务分解表</h1><table>
<tr><th>类别</th><th>序号</th><th>重点任务</th><th>牵头<br>单位</th><th>配合单位</th><th>完成时限</th></tr>
<tr><td rowspan=2>工业</td><td>1</td><td>新增规上企业30户</td><td rowspan=2>市工信局</td>
<td rowspan=2>市统计局<br>市财政局</td><td>12月</td></tr>
<tr><td>2</td><td>建设中试基地2个</td><td>10月</td></tr>
<tr><td colspan=6>民生类</td></tr>
<tr><td>教育</td><td>3</td><td>新建学校3所</td><td>市教育局</td><td></td><td>8月</td></tr>
</table></body></html>"""


def test_merged_cells_give_their_units_to_each_row() -> None:
    (document,) = reading("a.html", MERGED.encode())
    first, second, third = document["measures"]
    lead = [("市工信局", "lead"), ("市统计局", "cooperating"), ("市财政局", "cooperating")]
    assert [(unit["name"], unit["role"]) for unit in first["units"]] == lead
    assert second["units"] == first["units"]
    assert (second["label"], second["title"]) == ("2", "建设中试基地2个")
    assert second["deadline"] == "10月"
    assert third["units"] == [{"name": "市教育局", "role": "lead"}]


def test_an_empty_cell_of_a_page_stays_empty_unless_a_merged_one_covers_it() -> None:
    page = MERGED.replace("<td>市教育局</td><td></td>", "<td></td><td></td>")
    (document,) = reading("a.html", page.encode())
    assert [one["title"] for one in document["measures"]] == ["新增规上企业30户", "建设中试基地2个"]


def test_only_a_vertical_merge_of_word_gives_the_units_above() -> None:
    rows = [
        ["序号", "重点任务", "牵头单位", "完成时限"],
        ["1", "建立隐患数据库", "市应急局", "2025年6月底"],
        ["2", "修订应急预案", "", "2025年9月底"],
        ["3", "储备应急物资", "", "2025年10月底"],
    ]
    file = docx.Document()
    table = file.add_table(rows=4, cols=4)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            table.cell(r, c).text = cell
    table.cell(1, 2).merge(table.cell(2, 2))
    stream = io.BytesIO()
    file.save(stream)
    (document,) = reading("a.docx", stream.getvalue())
    found = {one["title"]: (one["units"], one["deadline"]) for one in document["measures"]}
    lead = [{"name": "市应急局", "role": "lead"}]
    assert found == {
        "建立隐患数据库": (lead, "2025年6月底"),
        "修订应急预案": (lead, "2025年9月底"),
    }
