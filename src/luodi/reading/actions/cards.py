"""Deciding on what was read, card by card. Working papers: each step can be taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, Mendable
from luodi.reading.choices import DocumentStage, Verdict
from luodi.reading.models import Compilation, Document, DocumentState, ReviewCard
from luodi.reading.queries import changed_others, names_in, spans_of
from luodi.reading.rules import commitments

KEPT = ("order", "start", "end", "data", "doubts", "certain", "verdict", "decided_by")
SAVED = [*KEPT, "history", "version", "decided_at"]


@contextmanager
def _under_review(document: str) -> Iterator[None]:
    """Hold the document while its cards change: nobody adopts it meanwhile."""
    with transaction.atomic():
        Document.objects.select_for_update().filter(key=document).first()
        state = DocumentState.objects.open().get(document=document)
        if state.stage != DocumentStage.REVIEW:
            raise Closed(_("这份文件已经入库，不能再改；需要变更请导入新的文件。"))
        yield


def _card(document: str, card: int, version: int) -> ReviewCard:
    row = ReviewCard.objects.filter(document=document, pk=card).first()
    if row is None or row.version != version:
        raise Conflict(_("别人刚刚改了这一条，请刷新后再看；您填的内容没有写入，还在页面上。"))
    return row


def _snapshot(card: ReviewCard) -> dict[str, Any]:
    return {name: getattr(card, name) for name in KEPT}


def _step(card: ReviewCard, what: str, by: str, at: datetime, **more: Any) -> None:
    """Remember how the card stands before it is changed, and who changes it."""
    then = card.decided_at.isoformat() if card.decided_at else ""
    step = {"what": what, "before": _snapshot(card), "decided_at": then, **more}
    card.history = [*card.history, step]
    card.version += 1
    card.decided_by, card.decided_at = by, at


def _judge(card: ReviewCard, doubts: list[dict[str, Any]]) -> None:
    card.doubts, card.certain = doubts, not doubts


def decide_card(
    *, document: str, card: int, version: int, verdict: Verdict, by: str, at: datetime
) -> ReviewCard:
    """Accept a card or reject it. `Conflict` where somebody changed it meanwhile."""
    with _under_review(document):
        row = _card(document, card, version)
        _step(row, "decide", by, at)
        row.verdict = verdict
        row.save(update_fields=SAVED)
    return row


def accept_certain(*, document: str, by: str, at: datetime) -> int:
    """Accept all that are certain and undecided; returns how many."""
    with _under_review(document):
        rows = list(
            ReviewCard.objects.filter(document=document, certain=True, verdict=Verdict.UNDECIDED)
        )
        for row in rows:
            _step(row, "decide", by, at)
            row.verdict = Verdict.ACCEPTED
        ReviewCard.objects.bulk_update(rows, SAVED, batch_size=200)
    return len(rows)


def edit_card(
    *,
    document: str,
    card: int,
    version: int,
    changes: Mapping[str, Any],
    accept: bool,
    by: str,
    at: datetime,
) -> ReviewCard:
    """Correct what was read. `changes` replace entries of the card's data.

    A unit made the lead here is one the person confirms, unless the text marks it.
    """
    with _under_review(document):
        row = _card(document, card, version)
        _step(row, "edit", by, at)
        names = names_in(row.city, Moment(at), _number(document))
        data = {**row.data, **changes}
        if row.kind in commitments.UNITED:
            data["units"] = [_confirmed(u, row, names, by) for u in data["units"]]
        row.data = data
        _judge(row, commitments.doubts_of(row.kind, data, names))
        row.verdict = Verdict.ACCEPTED if accept else row.verdict
        row.save(update_fields=SAVED)
    return row


def _number(document: str) -> str:
    return DocumentState.objects.open().get(document=document).number


def _confirmed(
    unit: Mapping[str, Any], card: ReviewCard, names: commitments.Names, by: str
) -> dict[str, Any]:
    """A unit as edited, resolved; a lead that the text doesn't mark carries who confirmed it."""
    found = commitments.resolved(unit, names)
    marked = {u["name"] for u in card.original.get("units", []) if u["role"] == "lead"}
    before = {u["name"]: u for u in card.data.get("units", [])}
    if found["role"] != "lead" or found["name"] in marked:
        return found | {"confirmed_by": ""}
    return found | {"confirmed_by": before.get(found["name"], {}).get("confirmed_by") or by}


def confirm_lead(
    *, document: str, card: int, version: int, name: str, by: str, at: datetime
) -> ReviewCard:
    """Make one of a measure's units its lead: a person's act, never compiled.

    An empty name confirms the one the room proposes.
    """
    with _under_review(document):
        row = _card(document, card, version)
        name = name or commitments.proposed_lead(row.data)
        if name not in {unit["name"] for unit in row.data.get("units", [])}:
            raise Incomplete(_("请从本条的责任单位里选择牵头单位。"))
        _step(row, "lead", by, at)
        row.data = commitments.with_lead(row.data, name, by)
        row.save(update_fields=SAVED)
    return row


def split_card(
    *,
    document: str,
    card: int,
    version: int,
    offset: int,
    titles: tuple[str, str],
    by: str,
    at: datetime,
) -> tuple[ReviewCard, ReviewCard]:
    """Cut a card in two at an offset of the source; empty titles are read from the wording."""
    with _under_review(document):
        row = _card(document, card, version)
        if not row.start < offset < row.end:
            raise Incomplete(_("请选择在哪一句之后断开。"))
        text = Compilation.objects.filter(document=document).latest("act").text
        pieces = commitments.pieces_of(row.start, row.end, row.data.get("parts"))
        before, after = commitments.cut(pieces, offset)
        second = ReviewCard(
            document_id=document, city=row.city, kind=row.kind, order=row.order, verdict="undecided"
        )
        label = row.data.get("label", "")
        _set_words(second, row.data | {"label": ""}, after, text, titles[1])
        second.original = second.data
        second.save()
        _step(row, "split", by, at, made=[second.pk])
        own = titles[0] or row.data.get("title") or row.data.get("name", "")
        _set_words(row, row.data | {"label": label}, before, text, own)
        row.verdict = Verdict.UNDECIDED
        row.save(update_fields=SAVED)
    return row, second


def _set_words(
    card: ReviewCard,
    data: Mapping[str, Any],
    pieces: commitments.Pieces,
    text: str,
    title: str,
    doubt: str = "split",
) -> None:
    """Give a card its pieces of the source, the wording in them, and a title."""
    pieces = [p for p in pieces if text[p[0] : p[1]].strip()]
    card.start, card.end = pieces[0][0], pieces[-1][1]
    words = commitments.wording(text, card.start, card.end, pieces)
    named = "title" if card.kind in commitments.UNITED else "name"
    card.data = {k: v for k, v in data.items() if k != "parts"} | {
        "text": words,
        named: title.strip() or commitments.first_words(words),
    }
    if len(pieces) > 1:
        card.data["parts"] = pieces
    _judge(card, [{"code": doubt}])


def merge_with_next(*, document: str, card: int, version: int, by: str, at: datetime) -> ReviewCard:
    """Join a card with the next one of its kind; the units of both stay, each once."""
    with _under_review(document):
        row = _card(document, card, version)
        after = ReviewCard.objects.filter(document=document, kind=row.kind).exclude(pk=row.pk)
        place = (row.start, row.order)
        following = next((c for c in after if (c.start, c.order) > place), None)
        if following is None:
            raise Incomplete(_("后面没有同类的条目可以合并。"))
        text = Compilation.objects.filter(document=document).latest("act").text
        _step(row, "merge", by, at, removed=[_whole(following)])
        data = dict(row.data)
        if row.kind in commitments.UNITED:
            data["units"] = commitments.united(row.data, following.data)
            data["deadline"] = row.data.get("deadline") or following.data.get("deadline")
        pieces = _joined(spans_of(row), spans_of(following), text)
        title = row.data.get("title") or row.data.get("name", "")
        _set_words(row, data, pieces, text, title, "merged")
        row.verdict = Verdict.UNDECIDED
        following.delete()
        row.save(update_fields=SAVED)
    return row


def _joined(first: commitments.Pieces, second: commitments.Pieces, text: str) -> commitments.Pieces:
    """Both, in order; two that touch but for blanks become one."""
    out: commitments.Pieces = []
    for start, end in sorted([*first, *second]):
        if out and not text[out[-1][1] : start].strip():
            out[-1] = [out[-1][0], max(end, out[-1][1])]
        else:
            out.append([start, end])
    return out


def _whole(card: ReviewCard) -> dict[str, Any]:
    return _snapshot(card) | {
        "kind": card.kind,
        "original": card.original,
        "history": card.history,
    }


def undo_card(*, document: str, card: int, version: int, by: str, at: datetime) -> ReviewCard:
    """Take back the last step on a card: the card, and what the step made or removed."""
    with _under_review(document):
        row = _card(document, card, version)
        if not row.history:
            raise Incomplete(_("这一条还没有处理过，没有可以撤销的。"))
        _take_back(row)
    return row


@dataclass(frozen=True)
class Undone:
    """The cards a step had touched, and whether it had made or removed any."""

    cards: list[int]
    whole: bool


def undo_last(*, document: str, by: str, at: datetime) -> Undone:
    """Take back this person's last step on the document; asked again, the one before it."""
    with _under_review(document):
        mine = ReviewCard.objects.filter(document=document, decided_by=by)
        last = mine.exclude(decided_at=None).order_by("-decided_at").first()
        if last is None:
            raise Incomplete(_("您在这份文件上还没有可以撤销的操作。"))
        rows = [row for row in mine.filter(decided_at=last.decided_at) if row.history]
        whole = any(changed_others(row) for row in rows)
        for row in rows:
            _take_back(row)
    return Undone([row.pk for row in rows], whole)


def _take_back(row: ReviewCard) -> None:
    step = row.history[-1]
    made = ReviewCard.objects.filter(document=row.document_id, pk__in=step.get("made", []))
    if len(step.get("made", [])) != made.count() or any(card.history for card in made):
        raise Mendable(_("拆出来的那一条已经另有处理，请先撤销那一条。"))
    made.delete()
    for gone in step.get("removed", []):
        ReviewCard.objects.create(document_id=row.document_id, city=row.city, **gone)
    for name, value in step["before"].items():
        setattr(row, name, value)
    row.history = row.history[:-1]
    row.version += 1
    then = step.get("decided_at")
    row.decided_at = datetime.fromisoformat(then) if then else None
    row.save(update_fields=SAVED)
