"""What becomes a card, what makes a card doubtful, and how cards are cut and joined. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy

from luodi.kit.articles import (
    force_of,
    grants,
    is_policy,
    materials_of,
    terms_of,
    without_next_heading,
)
from luodi.kit.quantities import show
from luodi.reading.choices import CardKind

from .chains import chain_items

Names = Callable[[str], Sequence[tuple[str, str]]]
"""From a name as written to the (key, name) of the units it may mean."""

LISTS = (
    (CardKind.MEASURE, "measures"),
    (CardKind.INDICATOR, "indicators"),
    (CardKind.ORGAN, "organs"),
    (CardKind.PROJECT, "projects"),
    (CardKind.SYSTEM, "systems"),
)
UNITED = (CardKind.MEASURE, CardKind.POLICY)
"""Kinds of card that name units."""

ROLES = ("lead", "responsible", "cooperating")
SENTENCE_END = re.compile(r"[。；;！？!?\n]+[”’）)]*")
LONGEST_TITLE = 60


@dataclass(frozen=True)
class Draft:
    """A card before anybody has seen it."""

    kind: str
    start: int
    end: int
    data: dict[str, Any]
    doubts: list[dict[str, Any]]


def drafts_of(content: Mapping[str, Any], text: str, names: Names) -> list[Draft]:
    """The commitments of a compiled source as cards, in text order.

    Of the indicators only targets: a figure that describes what is, commits nobody.
    """
    found = []
    for document in content["documents"]:
        articles = _articles(document, text, names)
        inside = [(draft.start, draft.end) for draft in articles]
        found += articles + [
            _draft(kind, item, text, names)
            for kind, name in LISTS
            for item in document[name]
            if (kind != CardKind.INDICATOR or item["kind"] == "target")
            and not any(start <= item["span"][0] < end for start, end in inside)
        ]
        found += [
            Draft(kind, start, end, data, doubts_of(kind, data, names))
            for kind, start, end, data in chain_items(document, text)
        ]
    contradicted = [
        (span, finding["message"])
        for finding in content["findings"]
        if finding["severity"] == "error"
        for span in finding["spans"]
    ]
    recognised = {
        tuple(span)
        for finding in content["findings"]
        if finding["code"] == "source.ocr"
        for span in finding["spans"]
    }
    for draft in found:
        draft.doubts.extend(_contradictions(draft, contradicted))
        if (draft.start, draft.end) in recognised:
            draft.doubts.append({"code": "recognised"})
    return sorted(found, key=lambda d: (d.start, -d.end))


def _articles(document: Mapping[str, Any], text: str, names: Names) -> list[Draft]:
    """The articles of a policy for enterprises that grant something; none of any other document.

    What stands in an article is its terms: its sums and conditions are no goals of the city.
    """
    if not is_policy(document["title"] or "", document["kind"] or ""):
        return []
    start, end = document["span"]
    force = [day.isoformat() if day else "" for day in force_of(text[start:end])]
    year = (document["date"] or "")[:4]
    return [
        _article(item, text, names, force, int(year) if year.isdecimal() else None)
        for item in document["measures"]
        if grants(wording(text, *item["span"], item.get("parts")))
    ]


def _article(
    item: Mapping[str, Any], text: str, names: Names, force: list[str], year: int | None
) -> Draft:
    draft = _draft(CardKind.POLICY, item, text, names)
    said = without_next_heading(draft.data["text"])
    if "parts" not in item:
        draft = replace(draft, end=draft.start + len(said))
    terms = terms_of(said, year)
    draft.data.update(
        text=said,
        mode=terms.mode,
        amount="" if terms.grant.most is None else show(terms.grant.most, 2),
        share=terms.grant.share,
        base=terms.grant.base,
        each=terms.grant.each,
        window_from=terms.window[0].isoformat() if terms.window[0] else "",
        window_until=terms.window[1].isoformat() if terms.window[1] else "",
        materials="\n".join(materials_of(said)),
        since=force[0],
        until=force[1],
    )
    return draft


def _draft(kind: str, item: Mapping[str, Any], text: str, names: Names) -> Draft:
    start, end = item["span"]
    data = {k: v for k, v in item.items() if k != "span"}
    if kind in UNITED:
        data["units"] = [resolved(unit, names) for unit in item["units"]]
    data["text"] = wording(text, start, end, item.get("parts"))
    return Draft(kind, start, end, data, doubts_of(kind, data, names))


def _contradictions(draft: Draft, errors: list[tuple[list[int], str]]) -> list[dict[str, Any]]:
    said = {m for (start, end), m in errors if start < draft.end and draft.start < end}
    return [{"code": "contradiction", "message": message} for message in sorted(said)]


def wording(text: str, start: int, end: int, parts: Sequence[Sequence[int]] | None = None) -> str:
    """The words of a span, without what cuts it in pieces."""
    return "".join(text[s:e] for s, e in (parts or [(start, end)])).strip()


def resolved(unit: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """A unit as written with the key it stands for; '' where none or several do."""
    found = names(unit["name"])
    return {
        "name": unit["name"],
        "role": unit["role"],
        "unit": found[0][0] if len(found) == 1 else "",
        "confirmed_by": unit.get("confirmed_by", ""),
    }


def doubts_of(kind: str, data: Mapping[str, Any], names: Names) -> list[dict[str, Any]]:
    """Why a person should look closely: codes with parameters.

    A missing deadline and an unmarked lead are states of their own, not doubts.
    """
    found: list[dict[str, Any]] = []
    if kind in UNITED:
        found += _unit_doubts(data["units"], names)
    if kind == CardKind.INDICATOR:
        wanted = (("unit", "no_measure"), ("period", "no_period"), ("name", "no_name"))
        found += [{"code": code} for field, code in wanted if not data.get(field)]
    if kind == CardKind.ORGAN and not data.get("members"):
        found.append({"code": "no_members"})
    if kind == CardKind.SYSTEM and data.get("status") == "unclear":
        found.append({"code": "status_unclear"})
    if kind == CardKind.SEGMENT and not data.get("products"):
        found.append({"code": "no_products"})
    if kind == CardKind.TARGET and not data.get("chain"):
        found.append({"code": "no_chain"})
    if data.get("parts"):
        found.append({"code": "in_pieces"})
    return found


def _unit_doubts(units: Sequence[Mapping[str, Any]], names: Names) -> list[dict[str, Any]]:
    if not units:
        return [{"code": "no_units"}]
    found = []
    for unit in units:
        meant = names(unit["name"])
        if not meant:
            found.append({"code": "unknown_unit", "name": unit["name"]})
        elif len(meant) > 1:
            options = "、".join(name for _key, name in meant)
            found.append({"code": "ambiguous_unit", "name": unit["name"], "options": options})
    return found


DOUBTS = {
    "no_units": gettext_lazy("没有认出责任单位，请补上，或确认本条没有责任单位。"),
    "unknown_unit": gettext_lazy("“%(name)s”不在单位名册里，请换成名册里的单位。"),
    "ambiguous_unit": gettext_lazy("“%(name)s”可能指几个单位：%(options)s，请写明是哪一个。"),
    "no_measure": gettext_lazy("没有认出计量单位。"),
    "no_period": gettext_lazy("没有写明是哪一年的目标。"),
    "no_name": gettext_lazy("没有认出指标名称。"),
    "no_members": gettext_lazy("没有认出组成人员。"),
    "no_products": gettext_lazy("没有认出产品，请补上，或确认本环节暂不列产品。"),
    "no_chain": gettext_lazy("原文没有写明属于哪条产业链，请补上；不补的只进目标企业库。"),
    "status_unclear": gettext_lazy("看不出是已有的还是要建的。"),
    "in_pieces": gettext_lazy("这一条在原文中被页眉页脚等隔开，请核对拼接是否正确。"),
    "split": gettext_lazy("由拆分得来，请核对标题和责任单位。"),
    "merged": gettext_lazy("由合并得来，请核对标题和责任单位。"),
    "recognised": gettext_lazy("文字由扫描页识别得来，请对照原件核对每个数字。"),
    "contradiction": "%(message)s",
}


def sentence_of_doubt(doubt: Mapping[str, Any]) -> str:
    """A doubt in words."""
    return str(DOUBTS[doubt["code"]]) % doubt


def proposed_lead(data: Mapping[str, Any]) -> str:
    """The unit a person may confirm as lead where the text marks none: the first named, or ''."""
    units = data.get("units", [])
    if len(units) < 2 or any(unit["role"] == "lead" for unit in units):
        return ""
    named = [unit["name"] for unit in units if unit["role"] != "cooperating"]
    return named[0] if named else ""


def with_lead(data: Mapping[str, Any], name: str, by: str) -> dict[str, Any]:
    """The data with one unit as the lead that a person confirmed; any other steps back."""
    units = []
    for unit in data["units"]:
        if unit["name"] == name:
            unit = unit | {"role": "lead", "confirmed_by": by}
        elif unit["role"] == "lead":
            unit = unit | {"role": "responsible", "confirmed_by": ""}
        units.append(unit)
    return {**data, "units": units}


def breaks_of(text: str, start: int, end: int) -> list[int]:
    """Where a span may be cut: the offsets after each sentence inside it."""
    ends = (start + m.end() for m in SENTENCE_END.finditer(text[start:end]))
    return [offset for offset in ends if start < offset < end and text[offset:end].strip()]


def first_words(text: str) -> str:
    """The first sentence of a wording, as a title."""
    bare = text.strip()
    found = SENTENCE_END.search(bare)
    return (bare[: found.start()] if found else bare)[:LONGEST_TITLE]


Pieces = list[list[int]]


def pieces_of(start: int, end: int, parts: Iterable[Sequence[int]] | None) -> Pieces:
    """The spans a card covers."""
    return [list(part) for part in parts] if parts else [[start, end]]


def cut(pieces: Pieces, offset: int) -> tuple[Pieces, Pieces]:
    """The pieces before an offset, and those from it on."""
    before = [[s, min(e, offset)] for s, e in pieces if s < offset]
    after = [[max(s, offset), e] for s, e in pieces if e > offset]
    return before, after


def united(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The units of two measures, each once, in order."""
    units = [*first["units"]]
    known = {unit["name"] for unit in units}
    return units + [unit for unit in second["units"] if unit["name"] not in known]
