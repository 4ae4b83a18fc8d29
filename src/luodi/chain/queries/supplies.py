"""Supplies as they were put down, of a chain or of a firm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete

from ..models import ChainFirmState, ProductState, Supply
from ..rules import exact_value
from ..rules.shares import FULL, Part, most_at_once, percent, total_of
from .graph import ChainMap

COLUMNS = ("pk", "buyer", "supplier", "product", "share", "value", "value_scale", "source",
           "since_on", "until_on")  # fmt: skip


@dataclass(frozen=True, slots=True)
class SupplyRow:
    """A purchase as it was put down; shares in per cent and amounts in 万元 when asked."""

    pk: int
    supplier: str
    supplier_name: str
    buyer: str
    buyer_name: str
    product: str
    parts: int | None
    amount: int | None
    scale: int
    source: str
    since_on: date | None
    until_on: date | None
    local: bool
    local_in_words: str
    current: bool
    all_parts: int | None = None
    shares_in_words: str = ""

    @property
    def share(self) -> Decimal | None:
        """The share in per cent."""
        return None if self.parts is None else Decimal(self.parts).scaleb(-2).normalize() + 0

    @property
    def shares(self) -> Decimal | None:
        """The sum of what is known of the shares of this buyer and product, in per cent."""
        whole = self.all_parts
        return None if whole is None else Decimal(whole).scaleb(-2).normalize() + 0

    @property
    def value(self) -> Decimal | None:
        """The amount in 万元."""
        return exact_value(self.amount, self.scale)


def supply_rows(
    city_map: ChainMap, city: str, moment: Moment, firm: str = "", chain: str = ""
) -> Sequence[SupplyRow]:
    """Supplies of a city, of one firm (and of those merged into it), or of one chain.

    Those of a chain are kept with the map they were read for.
    """
    if chain and not firm:
        return city_map.once("supplies", chain, lambda: _of_chain(city_map, city, moment, chain))
    rows = Supply.objects.at(moment).filter(buyer__city=city)
    if firm:
        keys = [firm, *(key for key, into in city_map.merged.items() if into == firm)]
        rows = rows.filter(Q(buyer__in=keys) | Q(supplier__in=keys))
    return list(_rows(city_map, rows, moment))


def _of_chain(city_map: ChainMap, city: str, moment: Moment, chain: str) -> list[SupplyRow]:
    mine = ProductState.objects.at(moment).filter(segment__chain=chain)
    rows = Supply.objects.at(moment).filter(buyer__city=city, product__in=mine.values("product"))
    return list(_rows(city_map, rows, moment))


def _rows(city_map: ChainMap, rows: QuerySet[Supply], moment: Moment) -> Iterator[SupplyRow]:
    merged, name, today = city_map.merged, city_map.firm_name, moment.today
    local, words = city_map.graph.local, {True: _("是"), False: _("否")}
    shares = city_map.shares
    fullness = {1: _("超过 100%"), 0: _("正好 100%"), -1: _("不足，其余未知")}
    said: Any
    for said in rows.order_by("pk").values_list(*COLUMNS):
        pk, buyer, supplier, product, share, value, scale, source, since, until = said
        buyer = merged.get(buyer, buyer)
        supplier = merged.get(supplier, supplier) if supplier else ""
        here = local(supplier)
        current = (since is None or since <= today) and (until is None or until >= today)
        whole = shares.get((buyer, product)) if current else None
        yield SupplyRow(
            pk, supplier, name(supplier) if supplier else "", buyer, name(buyer),
            city_map.product_name(product), share, value, scale, source, since, until, here,
            words[here], current, whole, "" if whole is None else fullness[_sign(whole - FULL)],
        )  # fmt: skip


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def shares_of(buyer: str, product: str, but: str | None) -> list[Part]:
    """The shares on record of what a firm buys, those of firms it took over among them.

    Without that of the supplier `but`, which is about to be said anew.
    """
    buyers = [buyer, *_absorbed(buyer)]
    rows = Supply.objects.open().filter(buyer__in=buyers, product=product, share__isnull=False)
    rows = rows.exclude(buyer=buyer, supplier=but)
    names = dict(
        ChainFirmState.objects.open()
        .filter(firm__in=rows.values("supplier"))
        .values_list("firm", "name")
    )
    return [
        Part(names.get(row.supplier_id or "", ""), row.share or 0, row.source, row.since_on,
             row.until_on)
        for row in rows.order_by("pk")
    ]  # fmt: skip


def _absorbed(firm: str) -> list[str]:
    rows = ChainFirmState.objects.open().filter(merged_into=firm)
    return list(rows.values_list("firm", flat=True))


def check_shares(parts: Sequence[Part], buyer: str, product: str) -> None:
    """Refuse shares that together pass the whole at any time; says whose and from where."""
    held = most_at_once(parts)
    if total_of(held) <= FULL:
        return
    said = listed(
        f"{part.supplier or _('供应方未登记')} {percent(part.share)}%（{part.source}）"
        for part in held
    )
    words = {"buyer": buyer, "product": product, "all": percent(total_of(held)), "said": said}
    raise Incomplete(
        _("“%(buyer)s”采购“%(product)s”的占比同一时期合计 %(all)s%%，超过 100%%：%(said)s。"
          "请核对占比，或先把不再供应的截止。") % words
    )  # fmt: skip
