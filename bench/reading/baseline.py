#!/usr/bin/env python3
"""A plain reader of a few regular expressions: the yardstick that makes other figures mean much.

    baseline.py FILE...

Prints one JSON object a line. It knows the labels of headings, notes in round brackets behind
责任单位 or before 牵头 and 配合, and figures with a unit behind the words of their clause.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

LABELS = [
    (1, re.compile(r"(第[一二三四五六七八九十]+章|[一二三四五六七八九十]+、)\s*")),
    (2, re.compile(r"(第[一二三四五六七八九十]+节|（[一二三四五六七八九十]+）)\s*")),
    (3, re.compile(r"(\d+[.．、])\s*")),
]
NOTE = re.compile(
    r"（(?:责任单位：)?([^（）]*(?:（[^（）]*）[^（）]*)*(?:局|委|办|政府|单位|部门|配合|负责))）"
)
FIGURE = re.compile(
    r"([\u4e00-\u9fff]{2,16}?)(?:达到|突破|完成|增长|不低于|不少于|超过)?"
    r"(\d+(?:\.\d+)?)(个百分点|%|亿元|万元|[\u4e00-\u9fff]{1,2})(以上|以内|左右)?"
)
COMPARATORS = {"以上": ">=", "以内": "<=", "左右": "~"}
NUMBER = re.compile(r"^\s*(\S+〔\d{4}〕\d+号)\s*$", re.M)
YEAR = re.compile(r"20\d\d(?=年)")
DEADLINE = re.compile(r"(?:20\d\d年)?(?:\d{1,2}月)?底前")


def units(note: str) -> list[dict[str, str]]:
    """Names between 、 and ，, in the role of the keyword behind them."""
    found = []
    for clause in re.split(r"[；;，,]", note):
        role = "lead" if "牵头" in clause else "cooperating" if "配合" in clause else "responsible"
        bare = re.sub(r"牵头|配合|负责|按职责分工|等$", "", clause)
        found += [{"name": name, "role": role} for name in bare.split("、") if len(name) > 1]
    return found


def figures(text: str, year: str) -> list[dict[str, Any]]:
    """Every number with a unit, named by the words before it."""
    return [
        {
            "name": match[1],
            "value": match[2],
            "unit": match[3],
            "comparator": COMPARATORS.get(match[4], "="),
            "period": year,
        }
        for match in FIGURE.finditer(text)
        if not match[3].startswith(("年", "月", "日"))
    ]


def read(text: str) -> dict[str, Any]:
    """The object of one document."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    outline, measures, indicators, year = [], [], [], ""
    for line in lines:
        year = (YEAR.findall(line) or [year])[-1]
        indicators += figures(line, year)
        for level, label in LABELS:
            if match := label.match(line):
                title = line[match.end() :].split("。")[0]
                outline.append({"level": level, "label": match[1], "title": title})
                measures.append({"label": match[1], "title": title, "units": [], "deadline": None})
        if measures and (note := NOTE.search(line)):
            measures[-1]["units"] = units(note[1])
            late = DEADLINE.search(line)
            measures[-1]["deadline"] = late.group() if late else None
    number = NUMBER.search(text)
    document = {
        "title": next(
            (line for line in lines if re.search(r"(方案|规划|计划|要点|意见)$", line)), lines[0]
        ),
        "number": number[1] if number else None,
        "outline": outline,
        "measures": [one for one in measures if one["units"]],
        "indicators": indicators,
    }
    return {"documents": [document]}


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(json.dumps(read(Path(name).read_text("utf-8-sig")), ensure_ascii=False))
