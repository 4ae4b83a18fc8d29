"""OFD: pages in order, lines and tables of them, templates once, positions when asked."""

from __future__ import annotations

import pytest

from factories.ofds import SPACE, Sheet, Words, faults, ofd, path_object, table_sheet, text_object
from luodi.kit.compiled import compile_source
from luodi.kit.readers import Limits, marks, read
from luodi.kit.readers.ofd.objects import deltas

PLAN = "青河区园区提升工作方案\n一、总体要求\n完善园区道路。"
TASKS = [
    ["序号", "重点任务", "责任单位", "时限"],
    ["1", "修好青河路", "区交通局", "6月底"],
    ["2", "建设大厅", "", "9月底"],
]


def text_of(*sheets, **extra):
    source, _ = read("a.ofd", ofd(sheets, **extra))
    return source.text


def refusal(data, limits=None):
    source, (problem,) = read("a.ofd", data, limits or Limits())
    assert source is None
    return problem.code


def test_the_factory_writes_what_the_standard_asks_for():
    head = Sheet([Words(150, 10, "页眉")])
    data = ofd([PLAN, table_sheet(TASKS), Sheet([], pictures=2, template=True)], template=head)
    assert faults(data) == []
    assert faults(ofd([PLAN], parts={"Doc_0/PublicRes.xml": None}))


def test_pages_are_read_in_order_line_by_line():
    source, problems = read("a.ofd", ofd([PLAN, "第二页"]))
    assert problems == ()
    assert (source.form, source.text) == ("ofd", PLAN + "\f第二页\f")
    assert source.pages == ((0, len(PLAN) + 1), (len(PLAN) + 1, len(PLAN) + 5))


def test_a_file_of_another_namespace_is_read_too():
    assert text_of(PLAN, space="http://www.ofdspec.org") == PLAN + "\f"


def test_ruled_tables_are_rows_of_cells():
    source, _ = read("a.ofd", ofd([table_sheet(TASKS)]))
    assert [list(row) for row in source.tables[0].rows] == TASKS
    measures = compile_source(source).documents[0].measures
    assert [(m.title, m.deadline) for m in measures] == [("修好青河路", "6月底")]


def test_a_template_is_read_once_and_looked_at_for_markings():
    head = Sheet([Words(20, 10, "青河区人民政府文件")])
    pages = [Sheet([Words(20, 40, text)], template=True) for text in ("第一页", "第二页")]
    data = ofd(pages, template=head)
    source, _ = read("a.ofd", data)
    assert source.text == "青河区人民政府文件\n第一页\f第二页\f"
    (mark,) = marks(data, source.pages, [(14, 17)])
    assert mark.page == 1
    secret = Sheet([Words(20, 10, "机密★1年")])
    assert refusal(ofd(pages, template=secret)) == "source.classified"


def test_text_down_a_page_and_turned_text_stay_in_one_line():
    sheet = Sheet(
        [
            Words(20, 30, "竖排文字", "0", down="g 3 5"),
            Words(90, 90, "转角文字", ctm="0 1 -1 0 9 0"),
        ]
    )
    assert text_of(sheet) == "竖排文字\n转角文字\f"


def test_what_stands_apart_on_a_line_has_a_blank_between():
    sheet = Sheet([Words(20, 30, "组长"), Words(60, 30, "区长"), Words(69, 30, "（兼）")])
    assert text_of(sheet) == "组长 区长（兼）\f"


def test_columns_follow_the_drawing_order_and_scattered_lines_go_from_the_top():
    left = [Words(20, 30 + 8 * n, f"左{n}") for n in range(12)]
    right = [Words(120, 30 + 8 * n, f"右{n}") for n in range(12)]
    assert text_of(Sheet([*left, *right])).split() == [w.text for w in (*left, *right)]
    scattered = [left[n * 5 % 12] for n in range(12)]
    assert text_of(Sheet(scattered)).split() == [w.text for w in left]


def test_blocks_and_repeated_drawings_are_read():
    unit = f'<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7" Width="9" Height="9"><ofd:Content>{text_object(8, Words(0, 5, "印章样式"))}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>'
    inner = (
        f'<ofd:PageBlock ID="81">{text_object(82, Words(20, 60, "块内"))}</ofd:PageBlock>'
        '<ofd:CompositeObject ID="83" Boundary="20 70 9 9" ResourceID="7"/>'
        '<ofd:CompositeObject ID="84" Boundary="20 90 9 9" ResourceID="99"/>'
    )
    assert text_of(Sheet([], inner=inner), resources=unit) == "块内\n印章样式\f"


def test_pictures_and_annotations_are_said():
    notes = f'<ofd:PageAnnot xmlns:ofd="{SPACE}"><ofd:TextCode>批注</ofd:TextCode></ofd:PageAnnot>'
    listed = f'<ofd:Annotations xmlns:ofd="{SPACE}"><ofd:Page PageID="10"><ofd:FileLoc>Annot.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    document = (
        f'<ofd:Document xmlns:ofd="{SPACE}"><ofd:Pages><ofd:Page ID="10" BaseLoc="/Doc_0/Pages/Page_0/Content.xml"/>'
        '<ofd:Page ID="11" BaseLoc="Pages/Page_1/Content.xml"/></ofd:Pages>'
        "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>"
    )
    parts = {
        "Doc_0/Document.xml": document,
        "Doc_0/Annots/Annotations.xml": listed,
        "Doc_0/Annots/Annot.xml": notes,
    }
    _, problems = read("a.ofd", ofd([PLAN, Sheet([], pictures=1)], parts=parts))
    assert [(p.code, p.params) for p in problems] == [
        ("source.annotations", {"count": 2}),
        ("source.pages_without_text", {"pages": "2"}),
    ]
    _, (note,) = read("a.ofd", ofd([Sheet([Words(20, 30, "字")], pictures=2)]))
    assert (note.code, note.params) == ("source.pictures", {"count": 2})


def test_what_holds_no_text_is_refused_with_a_sentence():
    assert refusal(ofd([Sheet([], pictures=1)])) == "source.ofd_no_text"
    assert refusal(ofd([], parts={"Doc_0/Signs/Signatures.xml": "<x/>"})) == "source.ofd_no_text"
    assert refusal(ofd([PLAN], parts={"Encryptions.xml": "<x/>"})) == "source.encrypted"
    assert refusal(ofd([PLAN], parts={"Doc_0/Document.xml": None})) == "source.damaged"
    assert refusal(ofd([PLAN, PLAN]), Limits(pages=1)) == "source.too_large"
    assert refusal(ofd([PLAN]), Limits(chars=9)) == "source.too_large"


def test_a_broken_page_is_said_and_the_others_read():
    data = ofd([PLAN, "第二页"], parts={"Doc_0/Pages/Page_0/Content.xml": "<ofd:Page"})
    source, (note,) = read("a.ofd", data)
    assert source.text == "\f第二页\f"
    assert note.code == "source.part_unread"


def test_marks_stand_where_the_words_do():
    data = ofd([PLAN])
    source, _ = read("a.ofd", data)
    start = source.text.index("完善")
    (mark,) = marks(data, source.pages, [(start, start + 2)])
    ((left, top, right, bottom),) = mark.boxes
    assert (round(mark.width), round(mark.height)) == (595, 842)
    assert left == pytest.approx(20 * 72 / 25.4)
    assert right == pytest.approx(left + 24, abs=0.1)
    assert top < 46 * 72 / 25.4 < bottom + 1
    with pytest.raises(ValueError, match="OFD"):
        marks(b"PK\x03\x04", source.pages, [(0, 1)])


@pytest.mark.parametrize(
    ("text", "count", "steps"),
    [
        (None, 2, [0, 0]),
        ("g 3 4 5", 4, [4, 4, 4, 5]),
        ("1 g 999999999 2", 3, [1, 2, 2]),
        ("g -3 4 5", 2, [5, 0]),
        ("g x", 2, [0, 0]),
        ("1e999 nan 2 3 4", 3, [0, 0, 2]),
        ("1 2", 0, []),
    ],
)
def test_steps_are_repeated_behind_g(text, count, steps):
    assert deltas(text, count) == steps


class TestHostile:
    def test_drawings_that_hold_themselves_end(self):
        unit = (
            '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7"><ofd:Content>'
            + '<ofd:CompositeObject ID="8" ResourceID="7"/>' * 9
            + "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
        )
        sheet = Sheet([Words(20, 30, "字")], inner='<ofd:CompositeObject ID="9" ResourceID="7"/>')
        assert text_of(sheet, resources=unit) == "字\f"

    def test_paths_that_lead_out_of_the_file_are_not_there(self):
        root = f'<ofd:OFD xmlns:ofd="{SPACE}"><ofd:DocBody><ofd:DocRoot>../../etc/passwd</ofd:DocRoot></ofd:DocBody></ofd:OFD>'
        assert refusal(ofd([PLAN], parts={"OFD.xml": root})) == "source.damaged"

    def test_one_page_listed_very_often_is_refused(self):
        pages = '<ofd:Page ID="10" BaseLoc="Pages/Page_0/Content.xml"/>' * 3000
        document = (
            f'<ofd:Document xmlns:ofd="{SPACE}"><ofd:Pages>{pages}</ofd:Pages></ofd:Document>'
        )
        data = ofd([PLAN], parts={"Doc_0/Document.xml": document})
        assert refusal(data, Limits(part_bytes=1_000_000)) == "source.bomb"

    def test_entities_are_not_expanded(self):
        laugh = '<!DOCTYPE x [<!ENTITY a "哈哈"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        inner = text_object(1, Words(20, 30, "甲&a;&f;"))
        content = f'{laugh}<ofd:Page xmlns:ofd="{SPACE}"><ofd:Content><ofd:Layer>{inner}</ofd:Layer></ofd:Content></ofd:Page>'
        text = text_of(PLAN, "乙", parts={"Doc_0/Pages/Page_0/Content.xml": content})
        assert "哈" not in text
        assert "root" not in text

    @pytest.mark.parametrize(
        "path",
        ["M 0 0 L", "L 1 1 C", "B 1 2 3", "M 1e9 nan L 5 5", "A 1 2", "M 0 0 " + "L 1 1 " * 9000],
    )
    def test_odd_paths_are_passed_over(self, path):
        extra = [
            path_object(90, path),
            path_object(91, path, 'Stroke="false" Fill="true"'),
            path_object(92, path, 'Stroke="false"'),
        ]
        assert text_of(Sheet([Words(20, 30, "字")], inner="".join(extra))) == "字\f"

    def test_giant_and_negative_sizes_are_no_error(self):
        inner = text_object(90, Words(-1e5, 1e9, "远方")).replace('Size="4.233"', 'Size="-1e300"')
        assert "远方" in text_of(Sheet([Words(20, 30, "字")], inner=inner))
