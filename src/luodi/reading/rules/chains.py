"""Segments of industrial chains and directories of firms: cards made from boxes and tables.

They are read from what was compiled, by the form of a box's title or of a table's cells; the
compiled document itself is as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from luodi.kit.commitments.chains import chain_of, firm_groups, read_segment
from luodi.reading.choices import CardKind

Item = tuple[str, int, int, dict[str, Any]]
"""Kind, start, end and data of a card."""

FIRMS_HEAD = re.compile(r"(?:招商|目标)企业|^企业名称$|^企业$")
GROUP_HEAD = re.compile(r"产品|环节|领域|方向|类别|行业")


def chain_items(document: Mapping[str, Any], text: str) -> Iterator[Item]:
    """The segments and directory groups of a compiled document."""
    for box in document["boxes"]:
        yield from _segments(box, text)
    for table in document["tables"]:
        yield from _listed(table) if table["rows"] else _printed(table, text)


def _segments(box: Mapping[str, Any], text: str) -> Iterator[Item]:
    chain = chain_of(box["title"])
    if not chain:
        return
    for item in box["items"]:
        read = read_segment(item)
        if read is None:
            continue
        start, end = placed(item, text, *box["span"])
        data = {
            "name": read.name,
            "chain": chain,
            "products": list(read.products),
            "techniques": list(read.techniques),
            "box": box["label"],
            "text": text[start:end].strip(),
        }
        yield CardKind.SEGMENT, start, end, data


def placed(words: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Where words stand in a part of the text, whatever breaks the lines; else that part."""
    bare = [(sign, at) for at, sign in enumerate(text[start:end], start) if not sign.isspace()]
    wanted = re.sub(r"\s+", "", words)
    found = "".join(sign for sign, _at in bare).find(wanted)
    if found < 0 or not wanted:
        return start, end
    return bare[found][1], bare[found + len(wanted) - 1][1] + 1


def _printed(table: Mapping[str, Any], text: str) -> Iterator[Item]:
    """Groups of a table whose cells were not told apart."""
    start, end = table["span"]
    for group in firm_groups(text[start:end], start):
        yield _target(group.name, group.wanted, list(group.firms), group.start, group.end)


def _listed(table: Mapping[str, Any]) -> Iterator[Item]:
    """Rows of a proper table of firms to invite, one card a group."""
    heads = list(table["header"])
    firm = next((n for n, head in enumerate(heads) if FIRMS_HEAD.search(head)), None)
    if firm is None or not ("招商" in table["title"] or "招商" in heads[firm]):
        return
    group = next((n for n, head in enumerate(heads) if GROUP_HEAD.search(head)), None)
    groups: dict[str, list[str]] = {}
    for row in table["rows"]:
        named = row[group].strip() if group is not None and group < len(row) else ""
        firms = re.split(r"[\n、；;]", row[firm]) if firm < len(row) else []
        some = groups.setdefault(named, [])
        some += [one.strip() for one in firms if one.strip() and one.strip() not in some]
    for name, firms in groups.items():
        if firms:
            yield _target(name or table["title"], name, firms, *table["span"])


def _target(name: str, wanted: str, firms: list[str], start: int, end: int) -> Item:
    words = f"{name}：{'、'.join(firms)}"
    data = {"name": name, "wanted": wanted, "chain": "", "firms": firms, "text": words}
    return CardKind.TARGET, start, end, data
