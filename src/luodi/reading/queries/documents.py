"""Documents: the list, one of them, the names of units around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.doors import Found
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.orgs.choices import Role
from luodi.orgs.models import UnitState
from luodi.orgs.queries import local_names, units_by_name, visible
from luodi.orgs.rules import Viewer
from luodi.reading.choices import CardKind, DocumentStage, FindingStage, Verdict
from luodi.reading.models import Document, DocumentState, FindingState, ReviewCard
from luodi.reading.rules.commitments import Names


def names_in(city: str, moment: Moment, number: str = "") -> Names:
    """The units of a city as (key, name) under each name the document `number` may use.

    A word that means a unit in some documents only (示范区) is resolved in those that the pack
    names; elsewhere it is one of several, and a person says which.
    """
    index = units_by_name(city, moment)
    local = {one.says: one for one in local_names(city, moment) if one.says not in index}

    def names(written: str) -> Sequence[tuple[str, str]]:
        one = local.get(written)
        if one is None:
            return [(row.of_id, row.name) for row in index.get(written, [])]
        if number and number in one.where:
            return [(one.unit.of_id, one.unit.name)]
        return [(one.unit.of_id, f"{one.unit.name}（{one.where}）"), ("", _("其他单位"))]

    return names


def states_for(viewer: Viewer, moment: Moment) -> QuerySet[DocumentState]:
    """The documents a viewer may open: the office all of its city, others what is adopted."""
    inside = visible(Document.objects.all(), viewer)
    states = DocumentState.objects.at(moment).filter(document__in=inside)
    if not viewer.has(Role.OFFICE):
        states = states.filter(stage=DocumentStage.ADOPTED)
    return states.select_related("document__file")


@dataclass(frozen=True)
class DocumentRow:
    """A line of the list."""

    key: str
    title: str
    number: str
    issuer: str
    issued_on: str
    stage: str
    stage_label: str
    measures: int
    targets: int
    left: int
    findings: int

    @property
    def address(self) -> str:
        return reverse("document", args=[self.key])

    @property
    def findings_address(self) -> str:
        """The check of the document, at what nobody has decided."""
        return f"{reverse('findings', args=[self.key])}?state={FindingStage.UNDECIDED}"


def documents_list(viewer: Viewer, moment: Moment) -> list[DocumentRow]:
    """All documents a viewer may open, the newest first, in three queries."""
    states = list(states_for(viewer, moment).order_by("-document__act"))
    counts: dict[str, Counter[str]] = {}
    rows = ReviewCard.objects.filter(document__in=[s.document_id for s in states]).order_by()
    for key, kind, verdict, n in rows.values_list("document", "kind", "verdict").annotate(
        n=Count("pk")
    ):
        count = counts.setdefault(key, Counter())
        count[kind] += n if verdict != Verdict.REJECTED else 0
        count[verdict] += n
    waiting = _undecided_findings([s.document_id for s in states], moment)
    return [
        _row(s, counts.get(s.document_id, Counter()), waiting.get(s.document_id, 0)) for s in states
    ]


def _undecided_findings(documents: Sequence[str], moment: Moment) -> dict[str, int]:
    rows = FindingState.objects.at(moment).filter(
        finding__document__in=documents, stage=FindingStage.UNDECIDED, standing=True
    )
    counts = rows.order_by().values_list("finding__document").annotate(n=Count("pk"))
    return dict(counts)


def _row(state: DocumentState, count: Counter[str], findings: int) -> DocumentRow:
    return DocumentRow(
        key=state.document_id,
        title=state.title,
        number=state.number,
        issuer=state.issuer,
        issued_on=state.issued_on,
        stage=state.stage,
        stage_label=state.get_stage_display(),
        measures=count[CardKind.MEASURE],
        targets=count[CardKind.INDICATOR],
        left=count[Verdict.UNDECIDED],
        findings=findings,
    )


def document_with(city: str, sha256: str) -> Document | None:
    """The document that was imported from these very bytes."""
    return Document.objects.filter(city=city, sha256=sha256).first()


def state_for(viewer: Viewer, key: str, moment: Moment) -> DocumentState:
    """A document within the viewer's reach; `NotFound` otherwise."""
    state = states_for(viewer, moment).filter(document=key).first()
    if state is None:
        raise NotFound(_("没有这份文件，或者它还没有入库。"))
    return state


def find_document(key: str) -> Found | None:
    """The document behind a subject key, for search, timelines and links.

    While it is under review only its list and its room know it: search goes by unit, and the
    office is a role.
    """
    rows = DocumentState.objects.open().filter(stage=DocumentStage.ADOPTED)
    state = rows.filter(document=key).select_related("document").first()
    if state is None:
        return None
    scope = {"city": state.document.city}
    body = " ".join(p for p in (state.number, state.issuer, state.issued_on) if p)
    address = reverse("document", args=[key])
    return Found(state.title, address, _("资料"), body, scope)


def unit_choices(city: str, moment: Moment) -> list[str]:
    """The names a card may give to a unit."""
    return list(
        UnitState.objects.at(moment)
        .filter(of__city=city)
        .order_by("name")
        .values_list("name", flat=True)
    )
