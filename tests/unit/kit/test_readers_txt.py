"""Plain text: encodings and pages."""

import codecs

import pytest

from luodi.kit.readers import read

PLAN = "关于推进示例开发区建设的工作方案\r\n　　一、总体要求。  \r\n\t“先行”先试\n"
BOMS = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marked_and_utf8_texts_come_back_exactly(encoding):
    source, problems = read("a.txt", PLAN.encode(encoding))
    assert source.text == PLAN
    assert source.encoding == BOMS.get(encoding, encoding)
    assert problems == ()


def test_a_big_endian_mark_is_honoured():
    source, _ = read("a.txt", codecs.BOM_UTF16_BE + PLAN.encode("utf-16-be"))
    assert (source.text, source.encoding) == (PLAN, "utf-16-be")


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "gb2312", "utf-16-le", "utf-16-be"])
def test_a_judged_encoding_says_why(encoding):
    source, (note,) = read("a.txt", PLAN.encode(encoding))
    assert source.text == PLAN
    assert source.encoding == ("gb18030" if encoding.startswith("gb") else encoding)
    assert (note.code, note.severity) == ("source.encoding_judged", "info")
    assert note.params["reason"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_any_ascii_is_recognised(encoding):
    text = "产业发展规划与重点项目建设的实施意见和工作要求" * 5
    source, _ = read("a.txt", text.encode(encoding))
    assert source.text == text


def test_chinese_that_happens_to_be_valid_utf8_is_read_as_chinese():
    source, (note,) = read("a.txt", "一一一".encode("gbk"))
    assert (source.text, source.encoding) == ("一一一", "gb18030")
    assert "外文字母" in note.message


@pytest.mark.parametrize("text", ["café Müller", "привет, мир", "±°±° 10", "\x80\x80", "αχ 一"])
def test_other_scripts_in_utf8_stay_as_they_are(text):
    source, problems = read("a.txt", text.encode())
    assert (source.text, source.encoding, problems) == (text, "utf-8", ())


def test_ascii_in_utf16_is_recognised():
    source, _ = read("a.txt", "plain words\n".encode("utf-16-le"))
    assert (source.text, source.encoding) == ("plain words\n", "utf-16-le")


@pytest.mark.parametrize(
    "data",
    [
        "工作方案全文".encode()[:-1] + "，".encode(),
        codecs.BOM_UTF16_LE + b"\x00",
        codecs.BOM_UTF8 + b"\xff",
        "計畫與執行方案".encode("big5"),
    ],
)
def test_what_fits_no_encoding_is_refused_with_the_place(data):
    source, (problem,) = read("a.txt", data)
    assert source is None
    assert problem.code == "source.unknown_encoding"


def test_a_text_of_one_piece_is_one_page():
    source, _ = read("a.txt", b"one\ntwo")
    assert source.pages == ((0, 7),)


def test_form_feeds_end_pages():
    source, _ = read("a.txt", b"one\ftwo\f\fthree")
    assert source.pages == ((0, 4), (4, 8), (8, 9), (9, 14))


def test_a_last_form_feed_begins_no_page():
    source, _ = read("a.txt", b"one\ftwo\f")
    assert source.pages == ((0, 4), (4, 8))
