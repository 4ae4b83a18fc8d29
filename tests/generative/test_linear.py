"""Time grows with the length of a text and not with its square, whatever the text is made of."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import pytest

from luodi.cli.bench_texts import made_text
from luodi.kit.compiled import compile_source, to_json, verify
from luodi.kit.readers import Source

LARGE = os.environ.get("LUODI_TEST_SIZE") == "full"
BASE = 60_000 if LARGE else 6_000
"""Characters of the shorter text; the other is four times as long."""
FACTOR = 4
MOST = 9.0
"""Times the longer text may take: under 3 for each doubling, where a square takes 16."""
FLOOR = 0.004
"""Seconds below which a measurement says nothing."""

PARTS = {
    "open brackets": "（",
    "closing brackets": "）",
    "quotes": "“",
    "open notes": "（责任单位：",
    "digits": "9",
    "digits and commas": "1,",
    "numerals": "万",
    "labels": "一、",
    "labels on lines": "一、\n",
    "second labels": "（一）",
    "dots": "…",
    "stops": "。",
    "commas": "，",
    "tabs": "\t",
    "wide blanks": "　",
    "letters apart": "甲 ",
    "short lines": "甲\n",
    "cells": "甲\t乙\t丙\n",
    "bars": "|甲|乙|丙|\n",
    "table heads": "表1　主要指标\n",
    "boxes": "专栏1　重点项目\n甲项目。\n",
    "chapters": "第一章　总则\n第一节　总体\n",
    "articles": "第一条　总则。\n",
    "contents": "第一章　总则………………1\n",
    "runs": "一是推进。二是建设。",
    "years": "到2025年，",
    "goals": "力争达到",
    "percents": "100%",
    "figures": "100亿元、",
    "targets": "产值达到100亿元，增长8%，",
    "growth": "由100亿元增长到110亿元，增长10%，",
    "shares": "共有100家，其中甲类20家，占20%，",
    "deadlines": "2025年12月底前完成，",
    "units": "市工信局、",
    "collective bodies": "各县（市、区）人民政府、",
    "leads": "牵头单位：市工信局；配合单位：市商务局；",
    "titles": "《关于印发",
    "notices": "示例市人民政府办公室关于印发示例方案的通知\n",
    "numbers": "示政办〔2025〕3号\n",
    "dates": "2025年3月1日\n",
    "roster": "组　长：示例-1　局长\n成　员：示例-2　局长\n",
    "systems": "建设信息平台",
    "platforms": "建设示例管理信息系统，",
    "dashes": "—",
    "dashes before units": "——市工信局",
    "projects": "示例项目（总投资10亿元）、",
    "pages": "示例市公报\f— 1 —\n",
    "doubled": "（（一一））总总体体",
    "Latin": "a",
    "respectively": "甲、乙产值分别达到5亿元、6亿元，",
}


def repeated(part: str) -> Callable[[int], str]:
    return lambda chars: (part * (chars // len(part) + 1))[:chars]


TEXTS: dict[str, Callable[[int], str]] = {name: repeated(part) for name, part in PARTS.items()}
TEXTS |= {
    "a plan": made_text,
    "a plan on one line": lambda chars: made_text(chars).replace("\n", ""),
    "nested brackets": lambda chars: "（" * (chars // 2) + "）" * (chars // 2),
    "one table": lambda chars: (
        "指标\t2020年\t2025年\n" + "产值（亿元）\t100\t200\n" * (chars // 15)
    ),
    "one table with ranks": lambda chars: (
        "地区\t产值（亿元）\t排名\n" + "".join(f"示例{n}区\t{n}\t{n}\n" for n in range(chars // 16))
    ),
    "one table of goals": lambda chars: (
        "表1　主要指标\n指标\t单位\t2020年\t2025年\t年均增长（%）\n"
        + "".join(f"指标{n}\t亿元\t{100 + n}\t{200 + n}\t8\n" for n in range(chars // 22))
    ),
    "many organs": lambda chars: "".join(
        f"{n}.推进第{n}项。（责任单位：市第{n}局、市工信局）\n" for n in range(chars // 30)
    ),
    "a respectively list": lambda chars: (
        "产值、" * (chars // 7) + "分别达到" + "5亿元、" * (chars // 7)
    ),
    "deep numbering": lambda chars: "\n".join(
        ".".join(["1"] * (n % 50 + 1)) + "总体" for n in range(chars // 53)
    ),
    "a list of units": lambda chars: "（责任单位：" + "市工信局、" * (chars // 5) + "）",
    "numbered items": lambda chars: "".join(f"{n}.建设第{n}项。" for n in range(chars // 12)),
    "different figures": lambda chars: "".join(f"第{n}项产值{n}亿元，" for n in range(chars // 14)),
    "tables of other names": lambda chars: "".join(
        f"表{n}　指标{n}\n名称\t2020年\t2025年\n产值{n}（亿元）\t100\t200\n"
        for n in range(chars // 44)
    ),
}


def seconds(text: str) -> float:
    """Processor seconds to compile, verify and write one text, the better of two runs."""
    source = Source("text.txt", "", "txt", text, ((0, len(text)),))
    best = float("inf")
    for _ in range(2):
        began = time.process_time()
        compiled = compile_source(source)
        to_json(compiled)
        best = min(best, time.process_time() - began)
        assert verify(compiled, source) == ()
    return best


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_time_is_linear_in_length(name: str) -> None:
    make = TEXTS[name]
    for base in (BASE, 2 * BASE, 4 * BASE):
        ratio = seconds(make(FACTOR * base)) / max(FLOOR, seconds(make(base)))
        if ratio < MOST:
            return
    pytest.fail(f"{FACTOR} times the text takes {ratio:.1f} times as long")
