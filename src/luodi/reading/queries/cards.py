"""Cards as the room shows them, and how far the review is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.orgs.models import UnitState
from luodi.orgs.queries import names_of
from luodi.orgs.rules import Viewer
from luodi.reading.choices import CardKind, Verdict
from luodi.reading.models import Compilation, ReviewCard
from luodi.reading.rules.commitments import breaks_of, proposed_lead, sentence_of_doubt

from .documents import state_for
from .marks import Beside, Finding, findings_beside

UNFOLDED_AT_ONCE = 30
"""More doubtful cards than these unfold one by one, as they are come to."""


@dataclass(frozen=True)
class UnitLine:
    """A unit of a measure as a card shows it."""

    name: str
    role: str
    meant: str
    confirmed_by: str


@dataclass(frozen=True)
class CardView:
    """A card as the room shows it."""

    pk: int
    token: str
    version: int
    kind: str
    kind_label: str
    verdict: str
    verdict_label: str
    certain: bool
    doubts: list[str]
    data: Mapping[str, Any]
    units: list[UnitLine]
    start: int
    end: int
    proposed: str
    undoable: bool
    decided_by: str
    address: str
    findings: Sequence[Finding] = ()
    unfolded: bool = False

    @property
    def left(self) -> bool:
        """True while nobody has decided."""
        return self.verdict == Verdict.UNDECIDED

    @property
    def group(self) -> str:
        """Under which head the card stands where doubtful ones come first."""
        return "decided" if not self.left else "certain" if self.certain else "doubtful"

    @property
    def heading(self) -> str:
        """What the card is called: title of a measure, name of anything else."""
        return self.data.get("title") or self.data.get("name") or self.data.get("text", "")[:60]

    @property
    def figure(self) -> str:
        """A target in short: ≥ 500 亿元."""
        data = self.data
        if self.kind != CardKind.INDICATOR:
            return ""
        sign = {">=": "≥", "<=": "≤", "~": "≈", "=": ""}.get(data["comparator"], data["comparator"])
        upper = f"–{data['value_to']}" if data.get("value_to") else ""
        return f"{sign} {data['value']}{upper} {data['unit']}".strip()


def card_views(
    cards: Sequence[ReviewCard],
    moment: Moment,
    findings: Sequence[Finding] | None = None,
    *,
    unfolded: bool = False,
) -> list[CardView]:
    """Cards with the names of their units and of who decided, in two queries.

    `findings` of their document, where they are read already; else a third query reads them. The
    first doubtful cards that are left come unfolded, all others folded, unless `unfolded`.
    """
    if findings is None:
        findings = findings_beside(cards[0].document_id, moment) if cards else ()
    beside = Beside(findings)
    keys = {u["unit"] for c in cards for u in c.data.get("units", []) if u.get("unit")}
    units = dict(UnitState.objects.at(moment).filter(of__in=keys).values_list("of", "name"))
    people = {c.decided_by for c in cards}
    people |= {u.get("confirmed_by", "") for c in cards for u in c.data.get("units", [])}
    names = names_of(people - {""})
    doubtful = (c.pk for c in cards if c.verdict == Verdict.UNDECIDED and not c.certain)
    opened = {c.pk for c in cards} if unfolded else set(islice(doubtful, UNFOLDED_AT_ONCE))
    said = {str(value): str(label) for value, label in [*CardKind.choices, *Verdict.choices]}
    known = _Known(units, names, said, reverse("document", args=["-"]))
    return [
        _card_view(card, known, beside.touching(spans_of(card)), card.pk in opened)
        for card in cards
    ]


@dataclass(frozen=True)
class _Known:
    """What all cards of a page are shown with, looked up once."""

    units: Mapping[str, str]
    people: Mapping[str, str]
    said: Mapping[str, str]
    address: str

    def address_of(self, card: ReviewCard) -> str:
        return f"{self.address.replace('-', card.document_id)}cards/{card.pk}/"


def _card_view(
    card: ReviewCard, known: _Known, findings: Sequence[Finding], unfolded: bool
) -> CardView:
    said = {finding.message for finding in findings}
    lines = [
        UnitLine(
            unit["name"],
            unit["role"],
            known.units.get(unit.get("unit", ""), ""),
            known.people.get(unit.get("confirmed_by", ""), ""),
        )
        for unit in card.data.get("units", [])
    ]
    return CardView(
        pk=card.pk,
        token=f"c{card.pk}",
        version=card.version,
        kind=card.kind,
        kind_label=known.said[card.kind],
        verdict=card.verdict,
        verdict_label=known.said[card.verdict],
        certain=card.certain,
        doubts=[sentence_of_doubt(d) for d in card.doubts if d.get("message", "") not in said],
        data=card.data,
        units=lines,
        start=card.start,
        end=card.end,
        proposed=proposed_lead(card.data),
        undoable=bool(card.history),
        decided_by=known.people.get(card.decided_by, ""),
        address=known.address_of(card),
        findings=findings,
        unfolded=unfolded,
    )


def spans_of(card: ReviewCard) -> list[list[int]]:
    """The places a card covers."""
    return card.data.get("parts") or [[card.start, card.end]]


def changed_others(card: ReviewCard) -> bool:
    """True where the last step on a card made or removed another: it was split or merged."""
    return bool(card.history) and card.history[-1]["what"] in {"split", "merge"}


@dataclass(frozen=True)
class Counts:
    """How far the review is."""

    total: int
    left: int
    certain_left: int
    accepted: int
    rejected: int

    @property
    def decided(self) -> int:
        return self.accepted + self.rejected


def counts_of(document: str) -> Counts:
    """How many cards are decided, in one query."""
    rows = ReviewCard.objects.filter(document=document).order_by()
    tally: Counter[tuple[str, bool]] = Counter()
    for verdict, certain, n in rows.values_list("verdict", "certain").annotate(n=Count("pk")):
        tally[verdict, certain] += n

    def count(verdict: str) -> int:
        return tally[verdict, True] + tally[verdict, False]

    return Counts(
        total=sum(tally.values()),
        left=count(Verdict.UNDECIDED),
        certain_left=tally[Verdict.UNDECIDED, True],
        accepted=count(Verdict.ACCEPTED),
        rejected=count(Verdict.REJECTED),
    )


def card_for(viewer: Viewer, document: str, card: int, moment: Moment) -> ReviewCard:
    """One card of a document within the viewer's reach."""
    state_for(viewer, document, moment)
    row = ReviewCard.objects.filter(document=document, pk=card).first()
    if row is None:
        raise NotFound(_("这一条已经不在了，可能被合并或拆分，请刷新本页。"))
    return row


@dataclass(frozen=True)
class Break:
    """A place where a card may be cut, between these words."""

    offset: int
    before: str
    after: str


def breaks_in(card: ReviewCard) -> list[Break]:
    """Where a card may be cut in two: after each sentence inside it."""
    text = Compilation.objects.filter(document=card.document_id).latest("act").text
    return [
        Break(n, text[max(card.start, n - 24) : n].strip(), text[n : min(card.end, n + 24)].strip())
        for n in breaks_of(text, card.start, card.end)
    ]
