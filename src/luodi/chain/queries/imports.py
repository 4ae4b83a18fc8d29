"""What importing a chain would do, line by line, before anything is done."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, Refusal

from ..choices import Stream
from ..models import IndustrialChainState, Making, ProductState, SegmentState, Supply
from ..rules import read_share, read_value, said_words
from ..rules.imports import NO_VALUES, STRUCTURE, Line, read_day, read_lines
from ..rules.shares import Part
from .identity import Known, checked_code, known_firms, meant
from .supplies import check_shares

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
MOST_LINES = 20_000
LONGEST = {
    "chain": 60,
    "segment": 60,
    "product": 60,
    "technique": 60,
    "application": 60,
    "firm": 120,
    "buyer": 120,
    "supplier": 120,
    "place": 60,
    "capability": 200,
    "source": 200,
}
"""How long each column may be."""


@dataclass(frozen=True)
class PlannedLine:
    """A line of the file: what would come of it. `columns` are what would be written."""

    number: int
    kind: str
    name: str
    what: str
    problem: str = ""
    warnings: tuple[str, ...] = ()
    columns: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportPlan:
    """All lines; `token` stands for what was shown, so that nothing else is done."""

    lines: tuple[PlannedLine, ...]

    @property
    def good(self) -> tuple[PlannedLine, ...]:
        """The lines that would be written."""
        return tuple(line for line in self.lines if line.what in (NEW, CHANGED))

    @property
    def refused(self) -> tuple[PlannedLine, ...]:
        """The lines that can't."""
        return tuple(line for line in self.lines if line.what == REFUSED)

    @property
    def same(self) -> int:
        """How many lines say what is known."""
        return sum(line.what == SAME for line in self.lines)

    @property
    def shown(self) -> tuple[PlannedLine, ...]:
        """What a person has to look at first: refused, with warnings, then the rest, cut off."""
        first = [one for one in self.lines if one.what == REFUSED or one.warnings]
        rest = [one for one in self.lines if one.what != REFUSED and not one.warnings]
        return tuple([*first, *rest][:300])

    @property
    def token(self) -> str:
        """A digest of what would be done."""
        said = [
            f"{one.number} {one.what} {one.problem} {one.warnings} {dict(one.columns)}"
            for one in self.lines
        ]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]


@dataclass
class _There:
    """What is on record, and what the lines before would add: by names."""

    chains: set[str]
    segments: dict[tuple[str, str], tuple[str, tuple[str, ...]]]
    products: dict[tuple[str, str, str], tuple[str, str]]
    makes: dict[tuple[str, str], str]
    supplies: dict[tuple[str, str, str], tuple[Any, ...]]
    known: Known
    codes: dict[str, str] = field(default_factory=dict)
    homes: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    parts: dict[tuple[str, str], dict[str, Part]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = {one.firm_id: one.name for some in self.known.by_name.values() for one in some}
        for (buyer, supplier, place), said in self.supplies.items():
            if said[0] is not None:
                part = Part(names.get(supplier, ""), said[0], *said[3:])
                self.parts.setdefault((buyer, place), {})[supplier] = part
        for chain, segment, product in self.products:
            self.homes.setdefault((chain, product), []).append(segment)

    def hold(self, place: tuple[str, str, str], words: tuple[str, str]) -> None:
        """Know a product with its technique and application."""
        chain, segment, product = place
        if place not in self.products:
            self.homes.setdefault((chain, product), []).append(segment)
        self.products[place] = words

    def segments_of(self, chain: str, product: str) -> list[str]:
        """The segments of a chain that hold a product of a name."""
        return self.homes.get((chain, product), [])


def import_plan(city: str, chain: str, text: str, moment: Moment) -> ImportPlan:
    """What a file would do to a city's chains; raises `Incomplete` where nothing can be read.

    A line that names no chain is about `chain`. Lines are judged one after the other, as they
    would be written: a supply may be about a product that stands above it.
    """
    read = read_lines(text)
    if not read:
        raise Incomplete(
            _("没有找到表头：至少要有“环节”和“产品”，或者“采购方”和“产品”两列。没有导入任何内容。")
        )
    if len(read) > MOST_LINES:
        raise Incomplete(_("一次最多导入 20000 行，请分几次导入。"))
    there = _there(city, moment)
    return ImportPlan(tuple(_planned(line, chain, there) for line in read))


def _there(city: str, moment: Moment) -> _There:
    chains = dict(
        IndustrialChainState.objects.at(moment).filter(city=city).values_list("chain", "name")
    )
    segments, where = {}, {}
    for row in SegmentState.objects.at(moment).filter(chain__city=city):
        segments[chains[row.chain_id], row.name] = (row.stream, tuple(row.techniques))
        where[row.segment_id] = (chains[row.chain_id], row.name)
    products, named = {}, {}
    for state in ProductState.objects.at(moment).filter(product__city=city):
        place = (*where[state.segment_id], state.name)
        products[place] = (state.technique, state.application)
        named[state.product_id] = place
    known = known_firms(city, moment)
    makes = {
        (firm, "\t".join(named[product])): words
        for firm, product, words in Making.objects.at(moment)
        .filter(firm__city=city)
        .values_list("firm", "product", "capability")
    }
    supplies = {}
    for one in Supply.objects.at(moment).filter(buyer__city=city):
        key = (one.buyer_id, one.supplier_id or "", "\t".join(named[one.product_id]))
        supplies[key] = (
            one.share,
            one.value,
            one.value_scale,
            one.source,
            one.since_on,
            one.until_on,
        )
    return _There(set(chains.values()), segments, products, makes, supplies, known)


def _planned(line: Line, chain: str, there: _There) -> PlannedLine:
    said = dict(line.said)
    said["chain"] = said.get("chain") or chain
    name = listed(
        said[n] for n in ("segment", "product", "firm", "buyer", "supplier") if said.get(n)
    )
    try:
        wrong = next((value for value in said.values() if value in NO_VALUES), "")
        if wrong:
            words = {"said": wrong}
            raise Incomplete(
                _("这一行有公式没有结果（%(said)s），请在 Excel 里重新计算后保存，或改成数值。")
                % words
            )
        if not said["chain"]:
            raise Incomplete(_("没有写产业链，请选择一条，或在表里加“产业链”列。"))
        long = next((n for n, most in LONGEST.items() if len(said.get(n, "")) > most), "")
        if long:
            raise Incomplete(_("“%(what)s”写得太长，请改短。") % {"what": said[long][:20]})
        if not said.get("product"):
            raise Incomplete(_("没有写产品。"))
        plan = _structure if line.kind == STRUCTURE else _supply
        what, columns, warnings = plan(said, there)
    except Refusal as refusal:
        return PlannedLine(line.number, line.kind, name, REFUSED, refusal.sentence)
    return PlannedLine(line.number, line.kind, name, what, "", tuple(warnings), columns)


Outcome = tuple[str, dict[str, Any], list[str]]


def _structure(said: dict[str, str], there: _There) -> Outcome:
    chain, segment, product = said["chain"], said.get("segment", ""), said["product"]
    if not segment:
        raise Incomplete(_("没有写环节。"))
    stream = _stream(said.get("stream", ""))
    columns: dict[str, Any] = {
        "chain": chain, "segment": segment, "product": product, "stream": stream,
        "technique": said.get("technique", ""), "application": said.get("application", ""),
        "firm": None, "capability": said.get("capability", ""),
    }  # fmt: skip
    changed = False
    warnings: list[str] = []
    if said.get("firm"):
        columns["firm"], more = _firm(said, "firm", "code", there)
        warnings += more
        makes = (columns["firm"]["mark"], "\t".join((chain, segment, product)))
        changed |= there.makes.get(makes) != columns["capability"]
        changed |= columns["firm"]["renamed"]
        there.makes[makes] = columns["capability"]
    place = (chain, segment, product)
    before = there.products.get(place)
    words = (
        columns["technique"] or (before or ("", ""))[0],
        columns["application"] or (before or ("", ""))[1],
    )
    known = there.segments.get((chain, segment))
    changed |= bool(before and words != before) or bool(known and stream and stream != known[0])
    fresh = before is None
    there.chains.add(chain)
    there.segments[chain, segment] = (stream or (known[0] if known else Stream.UNSAID.value), ())
    there.hold(place, words)
    return (NEW if fresh else CHANGED if changed else SAME), columns, warnings


def _stream(written: str) -> str:
    """Where a segment stands, by key or word; '' where nothing is written."""
    labels = {str(label): value for value, label in Stream.choices}
    found = labels.get(written, written)
    if found and found not in Stream.values:
        raise Incomplete(
            _("位置请写上游、中游或下游，这里写的是“%(said)s”。") % {"said": written[:20]}
        )
    return found


def _firm(
    said: Mapping[str, str], name: str, code: str, there: _There
) -> tuple[dict[str, Any], list[str]]:
    """The firm a line means: its key, or a mark for one that would be new; and warnings."""
    named, numbered = said[name], checked_code(said.get(code, ""))
    before = there.codes.get(numbered) if numbered else None
    if before is not None and before != named:
        words = {"code": numbered, "name": before}
        raise Incomplete(
            _("信用代码 %(code)s 在前面的行里写的是“%(name)s”，一个代码只能是一家企业，请核对。")
            % words
        )
    if numbered:
        there.codes[numbered] = named
    found = meant(there.known, named, numbered)
    warnings = []
    if found.renamed and found.firm is not None:
        words = {"name": found.firm.name, "new": named}
        warnings.append(
            _("信用代码已登记为“%(name)s”，按同一家企业处理，“%(new)s”记为又名。") % words
        )
    place = {
        "name": named,
        "credit_code": numbered,
        "place": said.get("place", "") if name == "firm" else "",
        "certificates": said_words(said.get("certificates", "")) if name == "firm" else [],
    }
    mark = found.firm.firm_id if found.firm is not None else f"new {numbered or named}"
    if found.firm is None and found.enterprise is not None:
        mark = f"new {found.enterprise.credit_code}"
    return {"mark": mark, "renamed": found.renamed, **place}, warnings


def _supply(said: dict[str, str], there: _There) -> Outcome:
    chain, product = said["chain"], said["product"]
    if not said.get("buyer"):
        raise Incomplete(_("没有写采购方。"))
    homes = there.segments_of(chain, product)
    if said.get("segment"):
        homes = [one for one in homes if one == said["segment"]]
    if not homes:
        words = {"chain": chain, "product": product}
        raise Incomplete(
            _("“%(chain)s”里没有叫“%(product)s”的产品，请先登记产品，或写对名称。") % words
        )
    if len(homes) > 1:
        words = {"names": listed(homes)}
        raise Incomplete(_("几个环节都有这个产品（%(names)s），请加“环节”列写明。") % words)
    buyer, warnings = _firm(said, "buyer", "buyer_code", there)
    supplier, more = (None, [])
    if said.get("supplier"):
        supplier, more = _firm(said, "supplier", "supplier_code", there)
        if supplier["mark"] == buyer["mark"]:
            more.append(_("供应方和采购方是同一家企业，照样登记，请核对。"))
    value, scale = read_value(said.get("value", ""))
    days = _days(said)
    source = said.get("source", "")
    if not source:
        raise Incomplete(_("请写明这条供应关系从哪里得来（走访、企业填报、文件……）。"))
    columns = {
        "chain": chain, "segment": homes[0], "product": product, "buyer": buyer,
        "supplier": supplier, "share": read_share(said.get("share", "")), "value": value,
        "value_scale": scale, "source": source, **days,
    }  # fmt: skip
    place = "\t".join((chain, homes[0], product))
    key = (buyer["mark"], supplier["mark"] if supplier else "", place)
    now = tuple(
        columns[n] for n in ("share", "value", "value_scale", "source", "since_on", "until_on")
    )
    before = there.supplies.get(key)
    what = NEW if before is None else SAME if before == now else CHANGED
    if what != SAME:
        _check_parts(there, key, said, columns)
    there.supplies[key] = now
    return what, columns, [*warnings, *more]


def _check_parts(
    there: _There, key: tuple[str, str, str], said: Mapping[str, str], columns: Mapping[str, Any]
) -> None:
    """Refuse a line whose share, with those before it and on record, passes the whole."""
    buyer, supplier, place = key
    held = there.parts.setdefault((buyer, place), {})
    others = {mark: part for mark, part in held.items() if mark != supplier}
    if columns["share"] is None:
        held.pop(supplier, None)
        return
    days = columns["since_on"], columns["until_on"]
    part = Part(said.get("supplier", ""), columns["share"], columns["source"], *days)
    check_shares([*others.values(), part], said["buyer"], said["product"])
    held[supplier] = part


def _days(said: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("since_on", "until_on"):
        written = said.get(name, "")
        found[name] = read_day(written) if written else None
        if written and found[name] is None:
            raise Incomplete(
                _("日期请写成 2026-03-01，这里写的是“%(said)s”。") % {"said": written[:20]}
            )
    if found["since_on"] and found["until_on"] and found["until_on"] < found["since_on"]:
        raise Incomplete(_("供应的截止日期早于起始日期，请核对。"))
    return found
