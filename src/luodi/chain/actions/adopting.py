"""What a plan says of chains and of firms to invite becomes records when it is adopted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from luodi.audit.actions import Deed
from luodi.common.doors import AdoptedCard, AdoptedDocument
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict

from ..choices import TargetOrigin
from ..models import (
    IndustrialChain,
    IndustrialChainState,
    Making,
    Product,
    ProductState,
    Segment,
    SegmentState,
    TargetFirm,
    TargetFirmState,
)
from ..queries import map_subject
from ..queries.identity import known_firms, meant
from ..queries.shape import Shape, shape_of
from .firms import write_firm

MADE = "chain.shape"


@dataclass
class Builder:
    """Writes chains, segments and products that aren't there yet, inside one deed."""

    deed: Deed
    city: str
    shape: Shape
    source: str = ""
    sentence: str = ""

    def chain(self, name: str) -> str:
        """The chain of that name."""
        key = self.shape.chains.get(name)
        if key is None:
            key = self.shape.chains[name] = new_key()
            self.deed.touch(map_subject(self.city))
            self.deed.write(IndustrialChain(key=key, city=self.city))
            said = {"source": self.source, "sentence": self.sentence}
            self.deed.write(IndustrialChainState(chain_id=key, city=self.city, name=name, **said))
        self.deed.touch(subject_key("chain", key))
        return key

    def segment(self, chain: str, name: str, **more: Any) -> str:
        """The segment of that name in a chain."""
        key = self.shape.segments.get((chain, name))
        if key is None:
            key = self.shape.segments[chain, name] = new_key()
            place = self.shape.places.get(chain, 0)
            self.shape.places[chain] = place + 1
            self.deed.touch(map_subject(self.city))
            self.deed.write(Segment(key=key, chain_id=chain, city=self.city))
            said = {"source": self.source, "sentence": self.sentence, **more}
            self.deed.write(
                SegmentState(segment_id=key, chain_id=chain, name=name, place=place, **said)
            )
        return key

    def product(self, segment: str, name: str, **more: Any) -> str:
        """The product of that name in a segment."""
        key = self.shape.products.get((segment, name))
        if key is None:
            key = self.shape.products[segment, name] = new_key()
            self.deed.touch(map_subject(self.city))
            self.deed.write(Product(key=key, city=self.city))
            said = {"sentence": self.sentence, **more}
            self.deed.write(ProductState(product_id=key, segment_id=segment, name=name, **said))
        return key


def adopt_segments(
    *,
    cards: Sequence[AdoptedCard],
    deed: Deed,
    document: AdoptedDocument,
    context: dict[str, Any],
    by: str,
    at: datetime,
) -> None:
    """Segments with their products and techniques, under chains of the names on the cards.

    What is there by name already stays as it is; new products join it.
    """
    shape = context.setdefault(MADE, shape_of(document.city)) if cards else None
    if shape is None:
        return
    for card in cards:
        data = card.data
        names = _names(data.get("products"))
        if not str(data.get("chain") or "").strip() or not str(data.get("name") or "").strip():
            continue
        build = Builder(deed, document.city, shape, document.title[:200], card.sentence_key)
        chain = build.chain(str(data["chain"]).strip()[:60])
        techniques = _names(data.get("techniques"))
        segment = build.segment(chain, str(data["name"]).strip()[:60], techniques=techniques)
        technique = techniques[0] if len(techniques) == 1 else ""
        for name in names:
            build.product(segment, name, technique=technique)


def _names(listed: Any) -> list[str]:
    some: Iterable[Any] = listed if isinstance(listed, list) else ()
    return list(dict.fromkeys(str(one).strip()[:60] for one in some if str(one).strip()))


def adopt_targets(
    *,
    cards: Sequence[AdoptedCard],
    deed: Deed,
    document: AdoptedDocument,
    context: dict[str, Any],
    by: str,
    at: datetime,
) -> None:
    """Firms a plan wants to invite, in the library with the sentence that names them.

    With a chain on the card, a group becomes a segment of it with its product, which the firms
    make: a gap until somebody here does. A firm of this place is none to invite.
    """
    if not cards:
        return
    city = document.city
    shape = context.setdefault(MADE, shape_of(city))
    known = known_firms(city, Moment(at))
    listed = set(TargetFirm.objects.filter(city=city).values_list("firm", flat=True))
    makings: set[tuple[str, str]] = set()
    for card in cards:
        build = Builder(deed, city, shape, document.title[:200], card.sentence_key)
        chain, product = _wanted(build, card)
        for name in _names(card.data.get("firms")):
            said = {"name": name, "credit_code": "", "place": "", "certificates": []}
            try:
                firm = meant(known, name, "").firm
            except Conflict:
                continue
            state = firm or write_firm(
                deed=deed, city=city, said={**said, "source": document.title[:200]}, known=known
            )
            if product and (state.firm_id, product) not in makings:
                makings.add((state.firm_id, product))
                _make(deed, state.firm_id, product, document.title[:200])
            if state.local or state.firm_id in listed:
                continue
            listed.add(state.firm_id)
            _invite(deed, city, state.firm_id, card, document, chain, product)


def _wanted(build: Builder, card: AdoptedCard) -> tuple[str, str]:
    """The chain and the product a group is about; '' where the card names no chain."""
    chain_name = str(card.data.get("chain") or "").strip()[:60]
    wanted = str(card.data.get("wanted") or card.data.get("name") or "").strip()[:60]
    if not chain_name or not wanted:
        return "", ""
    chain = build.chain(chain_name)
    product = build.shape.product_of(chain, wanted)
    if not product:
        segment = build.segment(chain, wanted)
        product = build.product(segment, wanted)
    return chain, product


def _make(deed: Deed, firm: str, product: str, source: str) -> None:
    if not Making.objects.open().filter(firm=firm, product=product).exists():
        deed.touch(subject_key("chain_firm", firm))
        deed.write(Making(firm_id=firm, product_id=product, source=source))


def _invite(
    deed: Deed, city: str, firm: str, card: AdoptedCard, document: AdoptedDocument, chain: str,
    product: str,
) -> None:  # fmt: skip
    target = new_key()
    deed.touch(subject_key("target_firm", target))
    deed.write(TargetFirm(key=target, city=city, firm_id=firm))
    deed.write(
        TargetFirmState(
            target_id=target,
            origin=TargetOrigin.DIRECTORY,
            chain_id=chain or None,
            product_id=product or None,
            wanted=str(card.data.get("wanted") or card.data.get("name") or "")[:120],
            source=document.title[:200],
            sentence=card.sentence_key,
        )
    )
