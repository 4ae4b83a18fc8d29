"""Which firm or product a person means by what was typed: a name, a code, or a key."""

from __future__ import annotations

from django.utils.translation import gettext as _

from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotFound
from luodi.orgs.rules import plain_code

from .graph import ChainMap
from .identity import known_firms, meant

MOST_OFFERED = 400


def firm_by_words(city: str, city_map: ChainMap, moment: Moment, typed: str) -> str:
    """The firm that a name, a former name, a code or a key means; raises a refusal for none."""
    words = typed.strip()
    if words in city_map.firms:
        return words
    if not words:
        raise Incomplete(_("请填写企业名称或统一社会信用代码。"))
    known = known_firms(city, moment)
    state = known.by_code.get(plain_code(words))
    if state is None:
        state = meant(known, words, "").firm
    if state is None:
        raise NotFound(_("链上没有“%(name)s”，请先登记这家企业，或写全称。") % {"name": words[:60]})
    return state.firm_id


def product_by_words(city_map: ChainMap, typed: str) -> str:
    """The product that a name, a path (chain/segment/product) or a key means."""
    words = typed.strip()
    if words in city_map.products:
        return words
    if not words:
        raise Incomplete(_("请填写产品名称。"))
    found = [key for key in city_map.products if product_path(city_map, key) == words]
    if not found:
        found = [key for key, one in city_map.products.items() if one.name == words]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(_("没有叫“%(name)s”的产品，请先在产业链里登记。") % {"name": words[:60]})
    paths = listed(product_path(city_map, key) for key in found[:5])
    raise Incomplete(_("有几个产品叫这个名称，请写成其中一个：%(paths)s。") % {"paths": paths})


def product_path(city_map: ChainMap, product: str) -> str:
    """A product with its chain and segment: 链/环节/产品."""
    segment = city_map.segment_of(product)
    chain = city_map.chains.get(segment.chain, "—")
    return f"{chain}/{segment.name}/{city_map.products[product].name}"


def offered_firms(city_map: ChainMap) -> list[str]:
    """Names to choose from while typing; none where there are too many to send."""
    names = sorted({firm.name for firm in city_map.firms.values()})
    return names if len(names) <= MOST_OFFERED else []


def offered_products(city_map: ChainMap, chain: str = "") -> list[str]:
    """Products to choose from while typing, with their paths where a name is used twice."""
    keys = city_map.products_in.get(chain, []) if chain else list(city_map.products)
    if len(keys) > MOST_OFFERED:
        return []
    names = [city_map.products[key].name for key in keys]
    return sorted(
        city_map.products[key].name if names.count(city_map.products[key].name) == 1
        else product_path(city_map, key)
        for key in keys
    )  # fmt: skip
