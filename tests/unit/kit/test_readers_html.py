"""Web pages: the text a browser shows."""

import pytest

from luodi.kit.readers import read


def page(body, head=""):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def text_of(body):
    source, problems = read("a.html", page(body).encode())
    assert problems == ()
    return source.text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>一</p><p>二", "一\n二\n"),
        ("<div>甲<div>乙</div>丙</div>丁", "甲\n乙\n丙\n丁\n"),
        ("a <b>b</b>\n\n c<i> d </i>e", "a b c d e\n"),
        ("一<br>二<br/>三", "一\n二\n三\n"),
        ("前<script>x()</script><style>p{}</style>后<!-- 注 -->尾", "前后尾\n"),
        ("前<noscript>无</noscript><select><option>选</select>后", "前后\n"),
        ("<pre> a\r\n  b </pre>c", " a\n  b \nc\n"),
        ("<p>　　缩进&nbsp;格</p>", "　　缩进\xa0格\n"),
        ("<ol><li>一<li>二</ol><ul><li>点</ul>", "1. 一\n2. 二\n点\n"),
        ("<ol type=a start=2><li>x<li value=5>y<li>z</ol>", "b. x\ne. y\nf. z\n"),
        ("<ol type=A><li>x</ol><ol type=I><li>y</ol>", "A. x\nI. y\n"),
        ("<ol><li>一<ul><li>内</ul><li>二</ol><li>外", "1. 一\n内\n2. 二\n外\n"),
        ("&lt;b&gt; &#20013;", "<b> 中\n"),
        ("a<b>b</b> <i>c</i> <p>d</p>", "ab c\nd\n"),
        ("<ul><li>a</ul><li>b", "a\nb\n"),
        ("a<img><hr>b", "a\nb\n"),
    ],
)
def test_what_a_page_shows(body, text):
    assert text_of(body) == text


@pytest.mark.parametrize(
    "hide", ["hidden", 'style="display: none"', 'style="color:red;visibility:hidden"']
)
def test_what_a_page_hides_is_left_out_and_counted(hide):
    source, (note,) = read("a.html", page(f"前<div {hide}>藏 <b>着</b></div>后").encode())
    assert source.text == "前后\n"
    assert (note.code, note.params["count"]) == ("source.hidden_text", 2)


def test_a_table_keeps_its_cells():
    body = "<p>前</p><table><caption>表1</caption><tr><th>项<th>值</tr><tr><td>甲<td><p>1</p><p>2</p></table>后"
    source, _ = read("a.html", page(body).encode())
    assert source.text == "前\n表1\n项\t值\n甲\t1 2\n后\n"
    (table,) = source.tables
    assert table.rows == (("项", "值"), ("甲", "1\n2"))
    assert source.text[slice(*table.span)] == "项\t值\n甲\t1 2\n"


def rows_of(body):
    source, _ = read("a.html", page(body).encode())
    return [table.rows for table in source.tables]


def test_spanning_cells_leave_empty_ones():
    body = """<table><tr><td rowspan=3>a<td colspan=2>b</tr><tr><td>c<td>d</tr><tr><td>e<td>f
        <tr><td>g<td>h<td rowspan=2>i</tr><tr><td>j<td>k</tr><tr><td>l</table>"""
    assert rows_of(body) == [
        (("a", "b", ""), ("", "c", "d"), ("", "e", "f"), ("g", "h", "i"), ("j", "k", ""), ("l",))
    ]


def test_a_cell_covered_at_the_end_of_a_row_is_filled_when_the_next_begins():
    body = "<table><tr><td>a<td rowspan=2>b</tr><tr><td>c</tr><tr><td>d<td>e</tr></table>"
    assert rows_of(body) == [(("a", "b"), ("c", ""), ("d", "e"))]


def test_a_table_inside_a_cell_becomes_lines_of_the_cell():
    body = "<table><tr><td>外<table><tr><td>内一<td>内二</table>尾<td>右</table>"
    assert rows_of(body) == [(("外\n内一\n内二\n尾", "右"),)]


def test_cells_without_rows_or_tables_lose_nothing():
    source, _ = read("a.html", page("<table><td>a</table><td>b</td>x").encode())
    assert source.text.split() == ["a", "bx"] or source.text.split() == ["a", "b", "x"]


@pytest.mark.parametrize(
    ("head", "encoding", "found"),
    [
        ('<meta charset="gb2312">', "gb18030", "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gbk", "gb18030"),
        ('<meta charset="utf-8">', "utf-8", "utf-8"),
        ('<meta charset="utf-8">', "utf-8-sig", "utf-8"),
        ("", "utf-8", "utf-8"),
        ('<meta charset="nonsense">', "utf-8", "utf-8"),
        ('<meta charset="big5">', "utf-8", "utf-8"),
    ],
)
def test_the_page_says_its_encoding(head, encoding, found):
    data = page("中文网页的正文", head).encode(encoding)
    source, problems = read("a.html", data)
    assert (source.text, source.encoding, problems) == ("中文网页的正文\n", found, ())


def test_an_xml_declaration_says_it_too():
    data = '<?xml version="1.0" encoding="gbk"?><html><body>正文内容</body></html>'.encode("gbk")
    source, problems = read("a.html", data)
    assert (source.text, source.encoding, problems) == ("正文内容\n", "gb18030", ())


def test_a_page_that_says_it_wrongly_is_judged():
    data = page("中文网页的正文", '<meta charset="utf-8">').encode("gbk")
    source, (note,) = read("a.html", data)
    assert source.text == "中文网页的正文\n"
    assert note.code == "source.encoding_judged"


def test_a_zero_byte_in_a_page_is_shown_as_unreadable():
    source, _ = read("a.html", page("a\0b", '<meta charset="utf-8">').encode())
    assert source.text == "a\ufffdb\n"


def test_a_page_of_nothing_is_empty():
    for data in (b"<!DOCTYPE html>", b"<html></html>", b"<html><!-- x -->"):
        source, (problem,) = read("a.html", data)
        assert source is None
        assert problem.code == "source.empty"
