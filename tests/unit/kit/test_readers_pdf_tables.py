"""Tables drawn with lines in a PDF come out as rows of cells; nothing else does."""

from __future__ import annotations

from collections import Counter

import pypdfium2
import pytest

from factories.pdfs import Sheet, pdf, ruled, ruled_table
from luodi.kit.compiled import compile_source
from luodi.kit.readers import marks, positions, read
from luodi.kit.readers.pdf.rules import Ruler
from luodi.kit.readers.ruled.grids import Rule, grids_of, joined

TASKS = [
    ["序号", "重点任务", "责任单位", "完成时限"],
    ["1", "修好青河路\n和青山路", "市交通局", "6月底"],
    ["2", "建设大厅", "市商务局", ""],
    ["3", "开放数据", "", "9月底"],
]
MERGED = [("below", 2, 2)]


def source_of(*pages, **extra):
    source, _ = read("a.pdf", pdf(pages, **extra))
    return source


def test_a_ruled_table_is_rows_of_cells():
    source = source_of(ruled_table(TASKS))
    assert source.text == (
        "序号\t重点任务\t责任单位\t完成时限\n1\t修好青河路和青山路\t市交通局\t6月底\n"
        "2\t建设大厅\t市商务局\t\n3\t开放数据\t\t9月底\n\f"
    )
    (table,) = source.tables
    assert table.span == (0, len(source.text) - 1)
    assert table.rows[3] == ("3", "开放数据", "", "9月底")
    assert table.merged == ()


def test_merged_cells_are_said_and_empty_ones_are_not():
    source = source_of("前一页", ruled_table(TASKS, gone=MERGED))
    (table,) = source.tables
    ((place, columns),) = table.merged
    assert source.text[slice(*place)] == "3\t开放数据\t\t9月底\n"
    assert columns == {2}


def test_a_cell_across_columns_keeps_its_words_in_the_first():
    rows = [["合计", "", "12"], ["甲区", "乙区", "丙区"]]
    source = source_of(ruled_table(rows, gone=[("right", 0, 0)]))
    assert source.tables[0].rows == (("合计", "", "12"), ("甲区", "乙区", "丙区"))
    assert source.tables[0].merged == ()


def test_the_tasks_of_a_table_become_measures_with_units_of_merged_cells():
    compiled = compile_source(source_of(ruled_table(TASKS, gone=MERGED)))
    measures = compiled.documents[0].measures
    assert [(m.title, [u.name for u in m.units], m.deadline) for m in measures] == [
        ("修好青河路和青山路", ["市交通局"], "6月底"),
        ("建设大厅", ["市商务局"], ""),
        ("开放数据", ["市商务局"], "9月底"),
    ]


def test_text_around_a_table_keeps_its_place():
    table = ruled_table(TASKS)
    words = [(72, 60, "青河区任务表"), *table.words, (72, 300, "此表按月填报。")]
    text = source_of(Sheet(words, table.drawing)).text
    assert text.startswith("青河区任务表\n序号\t")
    assert text.endswith("9月底\n此表按月填报。\f")


def test_lines_that_had_room_stay_apart():
    rows = [
        ["任务", "单位"],
        ["甲", "市工信局\n市商务局"],
        ["乙", "市统计局、市工信局\n、市商务局"],
    ]
    table = source_of(ruled_table(rows, width=130)).tables[0]
    assert table.rows[1][1] == "市工信局\n市商务局"
    assert table.rows[2][1] == "市统计局、市工信局、市商务局"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_has_the_same_table(turn):
    upright, turned = (
        source_of(ruled_table(TASKS), page_extra=b"/Rotate %d" % angle) for angle in (0, turn)
    )
    cells = [sorted("".join(cell.split()) for cell in row) for row in turned.tables[0].rows]
    assert cells == [
        sorted("".join(cell.split()) for cell in row) for row in upright.tables[0].rows
    ]


def test_lines_drawn_as_thin_fills_and_in_forms_count_and_white_ones_do_not():
    table = ruled_table(TASKS)
    thin = b"".join(
        b"%s %s %s %s re f\n" % (a, b, *_thin(a, b, c, d))
        for a, b, _, c, d, *_ in (line.split() for line in table.drawing.splitlines())
    )
    assert source_of(Sheet(table.words, thin)).tables[0].rows[0] == tuple(TASKS[0])
    assert source_of(Sheet(table.words, b"1 1 1 RG\n" + table.drawing)).tables == ()
    assert source_of(Sheet(table.words, table.drawing.replace(b" S\n", b" n\n"))).tables == ()


def _thin(a, b, c, d):
    wide, high = float(c) - float(a), float(d) - float(b)
    return (b"%g" % (wide or 0.5), b"%g" % (high or 0.5))


def test_frames_boxes_and_underlines_are_no_tables():
    words = [(80, 120 + 20 * n, f"左栏文字第{n:02}行说明工作") for n in range(30)]
    right = [(320, y, text.replace("左", "右")) for _, y, text in words]
    frame = ruled((72, 100, 540, 100), (72, 760, 540, 760), (72, 100, 72, 760),
                  (540, 100, 540, 760), (306, 100, 306, 760))  # fmt: skip
    boxes = ruled((72, 100, 540, 100), (72, 400, 540, 400), (72, 760, 540, 760),
                  (72, 100, 72, 760), (540, 100, 540, 760))  # fmt: skip
    for sheet in (
        Sheet([*words, *right], frame),
        Sheet(words, boxes),
        Sheet(words, ruled((72, 122, 200, 122))),
    ):
        source = source_of(sheet)
        assert source.tables == ()
        assert source.text.count("栏文字") == len(sheet.words)


def test_a_table_without_side_lines_has_its_outer_columns():
    table = ruled_table(TASKS, gone=[("right", r, c) for r in range(4) for c in (-1, 3)])
    assert source_of(table).tables[0].rows[1] == ("1", "修好青河路和青山路", "市交通局", "6月底")


def test_no_character_is_lost_or_made():
    data = pdf([ruled_table(TASKS, gone=MERGED), "末页"])
    plain = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    source, _ = read("a.pdf", data)
    assert Counter("".join(source.text.split())) == Counter("".join(plain.split()))


def test_positions_follow_the_cells():
    data = pdf([ruled_table(TASKS)])
    source, _ = read("a.pdf", data)
    found = {source.text[a:b]: (x0, y0) for a, b, x0, y0, *_ in positions(data, 0)}
    assert found["号"][0] == 72 + 5 + 12
    assert found["和"][1] > found["修"][1]
    assert set(found) == set("".join(source.text.split()))


def test_marks_have_a_box_for_each_line_of_each_span():
    data = pdf(["甲乙丙\n丁戊", ruled_table(TASKS), "末页"])
    source, _ = read("a.pdf", data)
    cell = source.text.index("修好青河路")
    first, second = marks(data, source.pages, [(1, 5), (cell, cell + 9)])
    assert (first.page, first.width, first.height) == (0, 595, 842)
    (left, top, right, bottom), (x0, y0, x1, y1) = first.boxes
    assert (left, right, x0, x1) == (84, 108, 72, 84)
    assert top < bottom <= y0 + 6 < y1
    assert second.page == 1
    assert len(second.boxes) == 2


def test_marks_of_nothing_or_of_another_text_are_none():
    data = pdf(["甲乙丙", "丁戊"])
    source, _ = read("a.pdf", data)
    assert marks(data, source.pages, [(2, 2), (90, 99)]) == ()
    assert marks(data, ((0, 9), (9, 12), (12, 14)), [(0, 3)]) == ()
    assert marks(data, (*source.pages, (7, 9)), [(7, 9)]) == ()
    with pytest.raises(ValueError, match="PDF"):
        marks(b"text", source.pages, [(0, 1)])


def test_a_ruler_stops_at_its_limit():
    data = pdf([ruled_table(TASKS)])
    with pypdfium2.PdfDocument(data) as document:
        from luodi.kit.readers.pdf.pages import page_text

        assert page_text(document[0], Ruler(10)).tables == ()


def test_rules_join_and_grids_need_columns():
    assert joined([Rule(10, 0, 5), Rule(11, 6, 9), Rule(10, 20, 30)]) == [
        Rule(31 / 3, 0, 9),
        Rule(31 / 3, 20, 30),
    ]
    square = [Rule(0, 0, 50), Rule(50, 0, 50)]
    assert grids_of(square, square) == []
    (grid,) = grids_of([*square, Rule(25, 0, 50)], [*square, Rule(20, 0, 50), Rule(22, 24, 26)])
    assert (grid.rows, grid.columns) == (2, 2)
    assert grid.cell_at(60, 10) is None


def test_a_table_inside_a_cell_belongs_to_the_cell():
    outer = [Rule(0, 0, 200), Rule(100, 0, 200), Rule(200, 0, 200)]
    inner = [Rule(10, 10, 40), Rule(20, 10, 40), Rule(40, 10, 40)]
    (grid,) = grids_of([*outer, *inner], [*outer, *inner])
    assert grid.xs == (0, 100, 200)
