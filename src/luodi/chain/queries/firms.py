"""The firms of the chains: all of them, one of them, and an enterprise's own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luodi.common.doors import Card
from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.orgs.rules import Viewer

from ..models import ChainFirmState
from .chains import named
from .graph import chain_map
from .supplies import SupplyRow, supply_rows


@dataclass(frozen=True)
class FirmRow:
    """A firm of the chains."""

    key: str
    name: str
    former: str
    credit_code: str
    place: str
    local: str
    makes: int
    sells: int
    buys: int
    merged: str
    generated: bool


def firm_rows(viewer: Viewer, moment: Moment) -> list[FirmRow]:
    """All firms in the chains of the city, those merged away among them."""
    city_map = chain_map(viewer.city, moment)
    graph, made, firms = city_map.graph, city_map.made, city_map.firms
    buys = Counter(link.buyer for link in graph.supplies)
    place_words = {True: _("本地"), False: _("外地")}
    rows = []
    states = ChainFirmState.objects.at(moment).filter(city=viewer.city).order_by("name", "firm")
    fields = ("firm", "name", "former_names", "credit_code", "place", "local", "generated")
    for key, name, former, code, place, local, generated in states.values_list(*fields):
        node = firms.get(key)
        rows.append(
            FirmRow(
                key,
                node.name if node else name,
                listed(former) if former else "",
                code,
                node.place if node else place,
                place_words[bool(local)],
                len(made.get(key, ())),
                len(graph.out.get(key, ())),
                buys[key],
                city_map.firm_name(key) if node is None else "",
                generated,
            )
        )
    return rows


def firm_for(viewer: Viewer, key: str, moment: Moment) -> ChainFirmState:
    """A firm of the viewer's cities, or `NotFound`."""
    state = ChainFirmState.objects.at(moment).filter(firm=key, city__in=viewer.cities).first()
    if state is None:
        raise NotFound(_("没有这家企业，或者它不在您的范围内。"))
    return state


def own_firm(viewer: Viewer, moment: Moment) -> str:
    """The key under which an enterprise's own firm stands in the chains; '' where it doesn't."""
    rows = ChainFirmState.objects.at(moment).filter(local=viewer.enterprise, merged_into=None)
    found = rows.filter(city__in=viewer.cities).values_list("firm", flat=True).first()
    return str(found or "")


def own_supplies(viewer: Viewer, moment: Moment) -> list[SupplyRow]:
    """What an enterprise buys and sells itself: nothing else of the chains, no target firms."""
    key = own_firm(viewer, moment) if viewer.enterprise else ""
    if not key:
        return []
    return supply_rows(chain_map(viewer.city, moment), viewer.city, moment, firm=key)


def card_of_enterprise(key: str, viewer: Viewer, moment: Moment) -> Card | None:
    """On an enterprise's page: what it makes, whom it buys from, who buys from it."""
    rows = ChainFirmState.objects.at(moment).filter(local=key, merged_into=None)
    firm = rows.filter(city__in=viewer.cities).values_list("firm", flat=True).first()
    if firm is None or (viewer.enterprise and viewer.enterprise != key):
        return None
    city_map = chain_map(viewer.city, moment)
    suppliers = {link.supplier for link in city_map.links if link.buyer == firm and link.supplier}
    customers = {link.buyer for link in city_map.graph.out.get(firm, ())}
    context = {
        "key": firm,
        "own": bool(viewer.enterprise),
        "makes": listed(sorted(city_map.product_name(p) for p in city_map.made.get(firm, ()))),
        "suppliers": named(city_map, tuple(sorted(one for one in suppliers if one))),
        "customers": named(city_map, tuple(sorted(customers))),
    }
    return Card("chain/card.html", context, 45)
