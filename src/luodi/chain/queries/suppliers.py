"""Suppliers near a need, each with its reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest

from django.utils.translation import gettext as _

from luodi.common.languages import listed

from .chains import named
from .graph import ChainMap, FirmNode


@dataclass(frozen=True)
class Near:
    """The firms nearest to a need, and how many are near it at all."""

    rows: tuple[Candidate, ...]
    count: int


@dataclass(frozen=True)
class Candidate:
    """A firm near a need: points, and each reason for them in words."""

    key: str
    name: str
    local: bool
    points: int
    product: str
    place: str
    certificates: str
    customers: str
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        """The reasons in one line."""
        return listed(self.reasons)


LEAST = 2
POINTS = {"same": 60, "part": 40, "words": 20, "capability": 20, "zone": 15, "county": 10,
          "city": 5, "certificate": 5, "customer": 3}  # fmt: skip
MOST_CUSTOMERS = 5
MOST_CANDIDATES = 100


_PARTING = re.compile(r"[\s\W_]+")


def _bare(text: str) -> str:
    """A text without what parts words."""
    return _PARTING.sub("", text.lower())


def bigrams(text: str) -> set[str]:
    """Pairs of neighbouring signs, without what parts words."""
    bare = _bare(text)
    return {bare[n : n + 2] for n in range(len(bare) - 1)}


def suppliers_near(city_map: ChainMap, need: str, unit: str = "", county: str = "") -> Near:
    """Firms whose products or capabilities are near a need, the nearest first, with reasons.

    A product of that name counts most, then one that holds it or is held in it, then one with at
    least half of its pairs of signs. Of equal ones those of the same zone, county, city first.
    At most `MOST_CANDIDATES` of them, and how many there are.
    """
    wanted = need.strip()
    pairs = bigrams(wanted)
    if len(wanted) < LEAST or not pairs:
        return Near((), 0)
    best: dict[str, tuple[int, str]] = {}
    for firm, product, points in _offers(city_map, wanted, pairs):
        if points > best.get(firm, (0, ""))[0]:
            best[firm] = (points, product)
    firms = city_map.firms
    ranked = nsmallest(
        MOST_CANDIDATES,
        (
            (-points - _bonus(city_map, firms[key], unit, county), not firms[key].local,
             firms[key].name, key, product)
            for key, (points, product) in best.items()
            if key in firms
        ),
    )  # fmt: skip
    rows = [
        _candidate(city_map, firms[key], -points, product, wanted, pairs, unit, county)
        for points, _far, _name, key, product in ranked
    ]
    return Near(tuple(rows), sum(key in firms for key in best))


def _offers(city_map: ChainMap, wanted: str, pairs: set[str]) -> Iterator[tuple[str, str, int]]:
    """(firm, product, points) of every firm that makes or says something near the need."""
    able, said = city_map.graph.able, city_map.capabilities
    shown = city_map.once("bare names", "", lambda: _bare_names(city_map))
    for key, product in city_map.products.items():
        points = _points(wanted, pairs, product.name, shown[key])
        for firm in able.get(key, ()):
            more = POINTS["capability"] if _says(said.get((firm, key), ""), pairs) else 0
            if points or more:
                yield firm, key, points + more


def _bare_names(city_map: ChainMap) -> dict[str, str]:
    return {key: _bare(product.name) for key, product in city_map.products.items()}


def _says(words: str, pairs: set[str]) -> bool:
    """Whether a capability holds at least half of the need's pairs."""
    return bool(words) and len(pairs & bigrams(words)) * 2 >= len(pairs)


def _points(wanted: str, pairs: set[str], name: str, bare: str) -> int:
    if name == wanted:
        return POINTS["same"]
    if wanted in name or name in wanted:
        return POINTS["part"]
    return POINTS["words"] if sum(one in bare for one in pairs) * 2 >= len(pairs) else 0


def _why(wanted: str, pairs: set[str], name: str, bare: str) -> str:
    if name == wanted:
        return _("生产同名产品“%(name)s”") % {"name": name}
    if wanted in name or name in wanted:
        return _("产品“%(name)s”与需求相符") % {"name": name}
    words = {"name": name, "n": sum(one in bare for one in pairs), "of": len(pairs)}
    return _("产品“%(name)s”与需求有 %(n)d/%(of)d 处用词相同") % words


def _near(firm: FirmNode, unit: str, county: str) -> str:
    """How near a local firm is: its zone, its county, its city; '' for one elsewhere."""
    if not firm.local:
        return ""
    if unit and firm.unit == unit:
        return "zone"
    return "county" if county and firm.county == county else "city"


def _customers(city_map: ChainMap, firm: str) -> set[str]:
    return {link.buyer for link in city_map.graph.out.get(firm, ())}


def _bonus(city_map: ChainMap, firm: FirmNode, unit: str, county: str) -> int:
    """Points beside what it makes: place, certificates, customers."""
    near = _near(firm, unit, county)
    customers = len(_customers(city_map, firm.key))
    return (
        (POINTS[near] if near else 0)
        + POINTS["certificate"] * min(len(firm.certificates), 3)
        + POINTS["customer"] * min(customers, MOST_CUSTOMERS)
    )


def _candidate(
    city_map: ChainMap,
    firm: FirmNode,
    points: int,
    product: str,
    wanted: str,
    pairs: set[str],
    unit: str,
    county: str,
) -> Candidate:
    name = city_map.product_name(product)
    reasons = []
    if _points(wanted, pairs, name, _bare(name)):
        reasons.append(_why(wanted, pairs, name, _bare(name)))
    said = city_map.capabilities.get((firm.key, product), "")
    if _says(said, pairs):
        reasons.append(_("能力说明写有“%(words)s”") % {"words": said[:40]})
    near = _near(firm, unit, county)
    if near:
        labels = {"zone": _("同一开发区或县区"), "county": _("同一县区"), "city": _("同一城市")}
        reasons.append(labels[near])
    if firm.certificates:
        reasons.append(_("持有%(names)s") % {"names": listed(firm.certificates)})
    customers = sorted(_customers(city_map, firm.key))
    if customers:
        reasons.append(_("已有客户 %(n)d 家") % {"n": len(customers)})
    return Candidate(
        firm.key,
        firm.name,
        bool(firm.local),
        points,
        name,
        firm.place,
        listed(firm.certificates),
        named(city_map, tuple(customers)),
        tuple(reasons),
    )
