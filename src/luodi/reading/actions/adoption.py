"""Adopting a document: what people accepted becomes records, in one act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luodi.audit.actions import Deed, perform
from luodi.common.doors import (
    ADOPTION_ORDER,
    AdoptedCard,
    AdoptedDocument,
    Adopter,
    adopters,
)
from luodi.common.keys import subject_key
from luodi.common.refusals import Conflict, Incomplete
from luodi.documents.models import Attachment
from luodi.reading.choices import DocumentStage, Verdict
from luodi.reading.models import Compilation, Document, DocumentState, ReviewCard


def adopt_document(*, document: str, by: str, at: datetime) -> None:
    """Turn the accepted cards of a document into records; rejected ones stay with the document.

    `Incomplete` while cards are undecided or none is accepted; `Conflict` where somebody else
    adopted it first. All of it or nothing is written.
    """
    with transaction.atomic():
        held = Document.objects.select_for_update().get(key=document)
        state = DocumentState.objects.open().get(document=document)
        if state.stage != DocumentStage.REVIEW:
            raise Conflict(_("别人刚刚已把这份文件入库，没有重复入库。"))
        cards = list(ReviewCard.objects.filter(document=document))
        _check_decided(cards)
        accepted = [card for card in cards if card.verdict == Verdict.ACCEPTED]
        bearers = _bearers(held.sha256, accepted)
        context: dict[str, Any] = {
            "organ": "",
            "bearers": bearers,
            "stated": _stated(document),
            "targets": sum(card.data.get("kind") == "target" for card in accepted),
            "afterwards": [],
        }
        with perform(
            "adopt_document",
            by=by,
            at=at,
            subjects=[subject_key("document", document)],
            scope={"city": held.city},
            payload={
                "title": state.title,
                "accepted": len(accepted),
                "rejected": len(cards) - len(accepted),
            },
        ) as deed:
            deed.replace(state, stage=DocumentStage.ADOPTED)
            _open_file(deed, held)
            _hand_over(deed, _described(held, state), accepted, context, by, at)
        for write in context["afterwards"]:
            write()


def _stated(document: str) -> list[dict[str, Any]]:
    """The figures that the document states as facts: compiled indicators, and ranks."""
    newest = Compilation.objects.filter(document=document).order_by("-act").first()
    return [
        item
        for part in (newest.content["documents"] if newest else ())
        for item in part["indicators"]
        if item["kind"] in ("actual", "rank")
    ]


def _open_file(deed: Deed, document: Document) -> None:
    """From now on the whole city may open the file as it was handed in."""
    subject = subject_key("document", document.key)
    deed.write(
        Attachment(
            file_id=document.file_id, subject=subject, purpose="original", city=document.city
        )
    )


def _check_decided(cards: list[ReviewCard]) -> None:
    left = sum(card.verdict == Verdict.UNDECIDED for card in cards)
    if left:
        said = ngettext(
            "还有 %(n)d 条没有核对，采纳或不采纳之后才能入库。",
            "还有 %(n)d 条没有核对，采纳或不采纳之后才能入库。",
            left,
        )
        raise Incomplete(said % {"n": left}, "document.undecided")
    if not any(card.verdict == Verdict.ACCEPTED for card in cards):
        raise Incomplete(
            _("没有采纳任何一条，入库不会产生台账，所以没有入库。"), "document.nothing"
        )


def _described(document: Document, state: DocumentState) -> AdoptedDocument:
    return AdoptedDocument(
        key=document.key,
        title=state.title,
        number=state.number,
        issuer=state.issuer,
        issued_on=state.issued_on,
        city=document.city,
        sha256=document.sha256,
    )


def _in_order() -> Iterator[tuple[str, Adopter]]:
    """Adopters by kind: the first ones as declared, the others by name."""
    known = dict(adopters.items())
    for kind in ADOPTION_ORDER:
        if kind in known:
            yield kind, known.pop(kind)
    yield from known.items()


def _bearers(sha256: str, accepted: list[ReviewCard]) -> dict[str, str]:
    """Who answers for a measure's figures: its lead, or the only unit that isn't cooperating."""
    found = {}
    for card in accepted:
        units = card.data.get("units", [])
        leads = [u for u in units if u["role"] == "lead"]
        chosen = leads or [u for u in units if u["role"] != "cooperating"]
        if len(chosen) == 1 and chosen[0]["unit"]:
            found[f"{sha256}:{card.start}:{card.end}"] = chosen[0]["unit"]
    return found


def _hand_over(
    deed: Deed,
    document: AdoptedDocument,
    accepted: list[ReviewCard],
    context: dict[str, Any],
    by: str,
    at: datetime,
) -> None:
    for kind, adopter in _in_order():
        cards = [
            AdoptedCard(
                kind=kind,
                data=card.data,
                sentence_key=f"{document.sha256}:{card.start}:{card.end}",
                start=card.start,
                end=card.end,
                order=order,
            )
            for order, card in enumerate(c for c in accepted if c.kind == kind)
        ]
        adopter(cards=cards, deed=deed, document=document, context=context, by=by, at=at)
