"""Classified files are refused by the form of their marking, never by words of the body."""

import pytest

from factories.pdfs import pdf
from factories.words import cell, docx, p, part, row, table
from luodi.kit.readers import read

BODY = "\n".join(f"第{n}行正文，说明情况。" for n in range(60))


def refused(name, data):
    source, problems = read(name, data)
    assert (source is None) == any(x.code == "source.classified" for x in problems)
    return source is None


@pytest.mark.parametrize(
    "line",
    [
        "秘密★1年", "机密", "绝密★", "密级：秘密", "密级:机密", "秘 密", "机　密　★　一年",
        "机密＊１年", "绝密★长期", "000012 机密★5年", "机密★1年 特急", "【秘密】", "（机密）",
        "密级：绝密  紧急程度：特急", "份号：000001 机密★启用前", "秘密★6个月", "秘密☆", "秘\u200b密★",
        "秘密级★3年", "密　级　机密", "文号：示例 密级：秘密",
    ],
)  # fmt: skip
def test_a_marking_at_the_head_is_refused(line):
    assert refused("a.txt", f"{line}\n示例市人民政府文件\n{BODY}".encode())


@pytest.mark.parametrize(
    "line",
    [
        "商业秘密", "商业秘密保护办法", "保密", "秘密级文件的管理", "工作秘密", "密级：无", "密级：公开",
        "密级：内部", "密级：秘密/机密/绝密", "机密文件应当专人保管。", "严守国家秘密★", "秘密花园",
        "（一）商业秘密", "密级：□秘密 □机密", "机密性要求",
    ],
)  # fmt: skip
def test_words_about_secrets_are_not_markings(line):
    assert not refused("a.txt", f"{line}\n示例市人民政府文件\n{BODY}".encode())


def test_a_bare_word_deep_in_the_body_is_no_marking():
    assert not refused("a.txt", f"{BODY[:300]}\n机密\n{BODY}".encode())


def test_a_starred_line_deep_in_a_page_is_no_marking():
    assert not refused("a.txt", f"{BODY}\n机密★1年\n".encode())


def test_a_marking_printed_one_character_a_line_is_refused():
    assert refused("a.txt", f"机\n密\n示例文件\n{BODY}".encode())
    assert not refused("a.txt", "示例文件\n机".encode())


def test_a_marking_on_top_of_a_later_page_is_refused():
    source, (problem,) = read("a.txt", f"{BODY}\f秘密★3年\n{BODY}".encode())
    assert source is None
    assert "第 2 页" in problem.message
    assert refused("a.pdf", pdf(["示例文件", "机密★1年\n附件"]))


def test_a_bare_word_on_top_of_a_later_page_is_no_marking():
    assert not refused("a.txt", f"{BODY}\f机密\n{BODY}".encode())


@pytest.mark.parametrize(
    "name",
    [
        "（机密）方案.docx", "【秘密】方案.txt", "方案[绝密].pdf", "秘密★1年 方案.doc", "机密-方案.txt",
        "方案_秘密.txt", "机密.txt", "目录/（秘密）方案", "《机密》方案.txt", "（秘密★3年）方案.txt",
    ],
)  # fmt: skip
def test_a_marked_file_name_is_refused_before_the_content_is_looked_at(name):
    source, (problem,) = read(name, b"")
    assert source is None
    assert problem.code == "source.classified"
    assert "文件名" in problem.message


@pytest.mark.parametrize(
    "name", ["商业秘密保护办法.txt", "秘密花园.txt", "保密工作要点.txt", "（商业秘密）.txt"]
)
def test_other_file_names_are_taken(name):
    assert not refused(name, b"text")


def test_a_marking_in_the_running_head_of_a_word_file_is_refused():
    head = {"word/header1.xml": part("hdr", p("机密★1年"))}
    assert refused("a.docx", docx(p("正文"), head))
    assert not refused("a.docx", docx(p("正文"), {"word/header1.xml": part("hdr", p("示例"))}))


def test_a_marking_in_a_table_at_the_head_is_refused():
    assert refused("a.docx", docx(table(row(cell(p("密级")), cell(p("秘密")))) + p("正文")))


def test_a_marking_as_a_symbol_font_star_is_refused():
    star = '<w:p><w:r><w:t>秘密</w:t><w:sym w:font="Wingdings" w:char="F0AB"/><w:t>1年</w:t></w:r></w:p>'
    assert refused("a.docx", docx(star + p("正文")))
