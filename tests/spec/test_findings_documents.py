"""The plan checker between documents, and the command that tells people."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from luodi.cli.checking import check_files
from luodi.kit.compiled import Compiled, compile_source
from luodi.kit.findings import KINDS, compare
from luodi.kit.readers import Source

ONE = (
    "示例市人民政府文件\n示例市工业发展方案\n一、现状\n2025年，全市规上工业总产值达到500亿元。\n"
    "二、重点任务\n（一）建园区。建设园区3个。（责任单位：市工业和信息化局）\n（二）引项目。引进项目5个。（责任单位：市商务局）\n"
    "三、目标\n到2030年，规上工业总产值力争达到1000亿元。\n示例市人民政府\n2026年1月5日\n"
)
TWO = (
    ONE.replace("工业发展方案", "园区建设方案")
    .replace("500亿元", "520亿元")
    .replace("1000亿元", "1200亿元")
    .replace("市工业和信息化局", "市工信局")
)


def compiled(*texts: str) -> list[Compiled]:
    return [
        compile_source(Source(f"{n}.txt", "", "txt", t, ((0, len(t)),)))
        for n, t in enumerate(texts)
    ]


def test_values_targets_and_names_differ_between_two_documents() -> None:
    found = {one.problem.code: one for one in compare(compiled(ONE, TWO))}
    assert set(found) == {"documents.two_values", "documents.two_targets", "documents.organ_names"}
    value = found["documents.two_values"]
    assert value.problem.severity == "error"
    assert "500亿元" in value.problem.message and "520亿元" in value.problem.message
    assert [file for file, _ in value.places] == [0, 1]


def test_the_same_document_twice_or_another_city_gives_nothing() -> None:
    assert compare(compiled(ONE, ONE)) == []
    other = TWO.replace("示例市", "白石市").replace("市工信局", "市工业和信息化局")
    assert compare(compiled(ONE, other)) == []


def test_the_command_tells_places_and_ends_with_one_on_an_error(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(ONE.replace("5个", "5个，由10个增加到15个，增长80%"), "utf-8")
    (tmp_path / "乙.txt").write_text("示例市简报\n今天修好了一座桥。\n", "utf-8")
    result = CliRunner().invoke(check_files, [str(tmp_path / "甲.txt"), str(tmp_path / "乙.txt")])
    assert result.exit_code == 1
    assert "[错误] 15 ÷ 10 − 1 = 50%" in result.output and "第 7 行" in result.output
    assert "乙.txt：没有发现疑点" in result.output and "几份文件之间：没有发现疑点" in result.output


def test_the_command_prints_json_and_names_files_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(ONE, "utf-8")
    (tmp_path / "乙.txt").write_text(TWO, "utf-8")
    names = [str(tmp_path / name) for name in ("甲.txt", "乙.txt")]
    result = CliRunner().invoke(check_files, ["--format", "json", *names])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["source"] and row["source"]["name"] for row in rows] == ["甲.txt", "乙.txt", None]
    assert all(
        {"code", "severity", "message", "spans"} <= set(one)
        for row in rows
        for one in row["findings"]
    )
    assert {name for one in rows[-1]["findings"] for name, _ in one["places"]} == {
        "甲.txt",
        "乙.txt",
    }
    missing = CliRunner().invoke(check_files, [str(tmp_path / "无.txt")])
    assert missing.exit_code == 2


def test_every_kind_has_a_group_a_severity_and_words() -> None:
    assert len(KINDS) >= 60
    for code, kind in KINDS.items():
        assert code == kind.code and kind.severities and kind.title and kind.says
