"""Every kind of finding is shown by a text of the spec, and no check gives an unknown kind."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from luodi.kit.compiled import compile_source
from luodi.kit.findings import KINDS, compare
from luodi.kit.findings.kinds import finding
from luodi.kit.readers import Source

HERE = Path(__file__).parent
PLAIN = "示例市修路工作方案\n一、重点任务\n（一）修路。修路5公里。\n（二）架桥。架桥3座。\n2026年1月5日\n"
TEXTS = [
    PLAIN,
    PLAIN.replace("修路5公里。", "修路5公里。（责任单位：市水利局）"),
    PLAIN.replace("修路5公里。", "2025年6月底前完成。（责任单位：市水利局、市住建局）").replace(
        "架桥3座。", "架桥3座。（责任单位：市住房和城乡建设局）"
    ),
    PLAIN.replace("（一）", "（三）"),
    "示例市修路工作方案\n大家都要重视修路。\n",
    PLAIN + "产出达到60万/亩。力争“3年500亿”。推进“百村工程。今年要加快推进加快推进建设。\n",
    "示例市报告\n2024年，规上工业总产值达到500亿元。\n全市上下一心，各项工作都有起色，大家都很满意，企业也满意。2024年，规上工业总产值达到520亿元。\n",
]


def module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec and spec.loader
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def codes(text: str) -> set[str]:
    source = Source("a.txt", "", "txt", text, ((0, len(text)),))
    return {one.code for one in compile_source(source).findings}


def test_each_kind_is_shown() -> None:
    arithmetic, words = module("test_findings_arithmetic"), module("test_findings_words")
    tables, documents = module("test_findings_tables"), module("test_findings_documents")
    shown: set[str] = set(arithmetic.FIRES) | set(words.TEXT_FIRES)
    for text in TEXTS:
        shown |= codes(text)
    shown |= {one.problem.code for one in compare(documents.compiled(documents.ONE, documents.TWO))}
    for path in HERE.glob("test_findings_*.py"):
        said = path.read_text("utf-8")
        shown |= {code for code in KINDS if f'"{code}"]' in said or f'"{code}" in ' in said}
    assert tables.ROWS and set(KINDS) - shown == set()


def test_findings_are_of_registered_kinds_and_severities() -> None:
    for text in TEXTS:
        assert codes(text) <= set(KINDS)
    with pytest.raises(KeyError):
        finding("no.such_kind", "")
    with pytest.raises(ValueError, match="never"):
        finding("measure.no_unit", "", severity="error")
