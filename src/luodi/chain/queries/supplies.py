"""Supplies as they were put down, of a chain or of a firm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from luodi.common.moments import Moment

from ..models import ProductState, Supply
from ..rules import exact_value
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

    @property
    def share(self) -> Decimal | None:
        """The share in per cent."""
        return None if self.parts is None else Decimal(self.parts).scaleb(-2).normalize() + 0

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
    said: Any
    for said in rows.order_by("pk").values_list(*COLUMNS):
        pk, buyer, supplier, product, share, value, scale, source, since, until = said
        buyer = merged.get(buyer, buyer)
        supplier = merged.get(supplier, supplier) if supplier else ""
        here = local(supplier)
        current = (since is None or since <= today) and (until is None or until >= today)
        yield SupplyRow(
            pk, supplier, name(supplier) if supplier else "", buyer, name(buyer),
            city_map.product_name(product), share, value, scale, source, since, until, here,
            words[here], current,
        )  # fmt: skip
