"""Chains, segments and products come in and are put right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person

from ..choices import Stream
from ..models import (
    IndustrialChain,
    IndustrialChainState,
    Product,
    ProductState,
    Segment,
    SegmentState,
)
from ..queries import map_subject
from ..queries.checks import MOST_NAME, check_seen, checked_name
from ..rules import keeps_chains, said_words, shapes_chains


def define_chain(*, city: str, name: str, summary: str, by: str, at: datetime) -> IndustrialChain:
    """Set up a chain of the city under a name no other has; the office does."""
    if not shapes_chains(viewer_of_person(by), city):
        raise NotAllowed(_("产业链由专班办公室设立。"))
    named = checked_name(name)
    if IndustrialChainState.objects.open().filter(city=city, name=named).exists():
        raise Conflict(_("已经有叫“%(name)s”的产业链。") % {"name": named})
    chain = IndustrialChain(key=new_key(), city=city)
    subjects = [subject_key("chain", chain.key), map_subject(city)]
    with perform("define_chain", by=by, at=at, subjects=subjects, scope={"city": city}) as deed:
        deed.write(chain)
        deed.write(
            IndustrialChainState(chain_id=chain.key, city=city, name=named, summary=summary.strip())
        )
    return chain


def add_segment(*, chain: str, details: Mapping[str, Any], by: str, at: datetime) -> Segment:
    """Add a segment to a chain: `name`, `stream` and, where known, `techniques` in words."""
    state = _chain(chain, by)
    columns = _segment_columns(details)
    if SegmentState.objects.open().filter(chain=chain, name=columns["name"]).exists():
        raise Conflict(_("这条产业链已经有叫“%(name)s”的环节。") % columns)
    place = SegmentState.objects.open().filter(chain=chain).count()
    segment = Segment(key=new_key(), chain_id=chain, city=state.city)
    subjects = [subject_key("chain", chain), map_subject(state.city)]
    with perform(
        "add_segment", by=by, at=at, subjects=subjects, scope={"city": state.city}
    ) as deed:
        deed.write(segment)
        deed.write(SegmentState(segment_id=segment.key, chain_id=chain, place=place, **columns))
    return segment


def revise_segment(
    *, segment: str, details: Mapping[str, Any], seen: int | None, by: str, at: datetime
) -> None:
    """Put a segment right: its name, where it stands, its techniques."""
    state = SegmentState.objects.open().filter(segment=segment).first()
    if state is None:
        raise NotFound(_("没有这个环节。"))
    chain = _chain(state.chain_id, by)
    check_seen(state.since_id, seen)
    columns = _segment_columns(details)
    same = SegmentState.objects.open().filter(chain=state.chain_id, name=columns["name"])
    if same.exclude(segment=segment).exists():
        raise Conflict(_("这条产业链已经有叫“%(name)s”的环节。") % columns)
    subjects = [subject_key("chain", state.chain_id), map_subject(chain.city)]
    scope = {"city": chain.city}
    with perform("revise_segment", by=by, at=at, subjects=subjects, scope=scope) as deed:
        deed.replace(state, **columns)


def add_product(*, segment: str, details: Mapping[str, Any], by: str, at: datetime) -> Product:
    """Add a product to a segment: `name` and, where known, `technique` and `application`."""
    state = SegmentState.objects.open().filter(segment=segment).first()
    if state is None:
        raise NotFound(_("没有这个环节。"))
    chain = _chain(state.chain_id, by)
    columns = _product_columns(details)
    if ProductState.objects.open().filter(segment=segment, name=columns["name"]).exists():
        raise Conflict(_("这个环节已经有叫“%(name)s”的产品。") % columns)
    product = Product(key=new_key(), city=chain.city)
    subjects = [subject_key("chain", state.chain_id), map_subject(chain.city)]
    scope = {"city": chain.city}
    with perform("add_product", by=by, at=at, subjects=subjects, scope=scope) as deed:
        deed.write(product)
        deed.write(ProductState(product_id=product.key, segment_id=segment, **columns))
    return product


def revise_product(
    *, product: str, details: Mapping[str, Any], seen: int | None, by: str, at: datetime
) -> None:
    """Put a product right: its name, technique, application; everything about it stays."""
    state = ProductState.objects.open().filter(product=product).select_related("segment").first()
    if state is None:
        raise NotFound(_("没有这个产品。"))
    chain = _chain(state.segment.chain_id, by)
    check_seen(state.since_id, seen)
    columns = _product_columns(details)
    same = ProductState.objects.open().filter(segment=state.segment_id, name=columns["name"])
    if same.exclude(product=product).exists():
        raise Conflict(_("这个环节已经有叫“%(name)s”的产品。") % columns)
    subjects = [subject_key("chain", state.segment.chain_id), map_subject(chain.city)]
    scope = {"city": chain.city}
    with perform("revise_product", by=by, at=at, subjects=subjects, scope=scope) as deed:
        deed.replace(state, **columns)


def _chain(key: str, by: str) -> IndustrialChainState:
    state = IndustrialChainState.objects.open().filter(chain=key).first()
    viewer = viewer_of_person(by)
    if state is None or state.city not in viewer.cities:
        raise NotFound(_("没有这条产业链，或者它不在您的范围内。"))
    if not keeps_chains(viewer, state.city):
        raise NotAllowed(_("您的岗位不登记产业链。"))
    return state


def _segment_columns(details: Mapping[str, Any]) -> dict[str, Any]:
    stream = str(details.get("stream") or Stream.UNSAID)
    if stream not in Stream.values:
        raise Incomplete(_("环节位置不在列表里，请重新选择。"))
    techniques = said_words(str(details.get("techniques") or ""))
    return {
        "name": checked_name(str(details.get("name") or "")),
        "stream": stream,
        "techniques": techniques,
    }


def _product_columns(details: Mapping[str, Any]) -> dict[str, Any]:
    found = {"name": checked_name(str(details.get("name") or ""))}
    for word in ("technique", "application"):
        found[word] = str(details.get(word) or "").strip()[:MOST_NAME]
    return found
