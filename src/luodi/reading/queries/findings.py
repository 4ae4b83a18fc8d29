"""The findings of a document: what they say, where, what became of them, here and elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.ledger.models import ItemState
from luodi.orgs.queries import names_of
from luodi.orgs.rules import Viewer
from luodi.papers.models import PaperState
from luodi.reading.choices import FindingStage, Severity
from luodi.reading.models import Compilation, Document, DocumentState, FindingState
from luodi.reading.rules import findings as rules
from luodi.reading.rules.findings import Passage

from .corrections import notes_about, notes_by_finding
from .documents import state_for, states_for
from .others import OtherPlace, OtherText, other_places, within_reach


@dataclass(frozen=True)
class Link:
    """Something a finding leads to: its number or title, how it stands, its address."""

    title: str
    stage: str
    address: str


@dataclass(frozen=True)
class Elsewhere:
    """The same finding in another version of the document, and what was made of it there."""

    title: str
    stage: str
    stage_label: str
    reason: str
    address: str


@dataclass(frozen=True)
class FindingRow:
    """A finding as its page shows it. `seen` is the position of the state: forms send it back."""

    key: str
    document: str
    code: str
    kind: str
    severity: str
    severity_label: str
    message: str
    standing: bool
    stage: str
    stage_label: str
    reason: str
    correction: str
    proposed: str
    decided_by: str
    decided_at: datetime | None
    seen: int
    spans: tuple[tuple[int, int], ...]
    quotes: tuple[str, ...]
    look: Callable[[], Sequence[Passage]] = field(default=tuple, compare=False, repr=False)
    items: tuple[Link, ...] = ()
    note: Link | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    others: tuple[OtherPlace, ...] = ()

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Its places with the words around them; looked up for the rows that are shown."""
        return tuple(self.look())

    @property
    def shape(self) -> str:
        """The severity's shape, beside its word and colour."""
        return rules.SHAPES.get(self.severity, "○")

    @property
    def undecided(self) -> bool:
        return self.stage == FindingStage.UNDECIDED

    @property
    def address(self) -> str:
        """The finding's own page."""
        return reverse("finding", args=[self.document, self.key])

    @property
    def place(self) -> str:
        """Where the first of its places is, in words."""
        if not self.passages:
            return ""
        first = self.passages[0]
        page = _("第 %(n)d 页") % {"n": first.page} if first.page else ""
        return " · ".join(filter(None, [page, first.heading]))

    @property
    def more(self) -> int:
        """How many places aren't shown."""
        return len(self.spans) - len(self.passages)

    @property
    def reopens(self) -> bool:
        """Whether its decision may be taken back."""
        return not self.undecided and self.note is None


@dataclass(frozen=True)
class Version:
    """Another document of the same title: an earlier or a later version."""

    key: str
    title: str
    later: bool
    issued_on: str

    @property
    def address(self) -> str:
        return reverse("findings", args=[self.key])


@dataclass(frozen=True)
class Check:
    """The check of one document: its findings, its correction notes, its other versions."""

    document: Document
    state: DocumentState
    engine: str
    kept: bool
    """False for a document that was read before findings were kept one by one."""
    rows: list[FindingRow]
    notes: list[PaperState]
    versions: list[Version] = field(default_factory=list)

    @property
    def waiting_notes(self) -> list[PaperState]:
        """Notes that aren't signed yet."""
        return [note for note in self.notes if not note.signed_on]

    @property
    def unnoted(self) -> list[FindingRow]:
        """Accepted findings that stand in no frozen note: what the next note is made of."""
        return [r for r in self.rows if r.stage == FindingStage.ACCEPTED and r.note is None]


def check_of(viewer: Viewer, key: str, moment: Moment) -> Check:
    """All findings of a document within the viewer's reach, in a fixed number of queries."""
    state = state_for(viewer, key, moment)
    compilation = Compilation.objects.at(moment).filter(document=key).latest("act")
    rows, others = within_reach(_states(key, moment), viewer, moment)
    versions = _versions(viewer, state, moment)
    notes = notes_about(key, moment)
    found = _rows(rows, compilation, notes_by_finding(notes), others, moment)
    found = _with_elsewhere(found, rows, versions, moment)
    return Check(
        document=state.document,
        state=state,
        engine=compilation.engine,
        kept=bool(rows) or not compilation.content["findings"],
        rows=found,
        notes=notes,
        versions=versions,
    )


def finding_in(check: Check, finding: str) -> FindingRow:
    """One finding of a check; `NotFound` for one of another document."""
    row = next((r for r in check.rows if r.key == finding), None)
    if row is None:
        raise NotFound(_("没有这条检查结果，或者它不在您的范围内。"))
    return row


def has_finding(viewer: Viewer, key: str, finding: str, moment: Moment) -> None:
    """`NotFound` unless the finding belongs to a document within the viewer's reach."""
    state_for(viewer, key, moment)
    if not _states(key, moment).filter(finding=finding).exists():
        raise NotFound(_("没有这条检查结果，或者它不在您的范围内。"))


def _states(document: str, moment: Moment) -> QuerySet[FindingState]:
    rows = FindingState.objects.at(moment).filter(finding__document=document)
    return rows.select_related("finding")


def _rows(
    states: Sequence[FindingState],
    compilation: Compilation,
    notes: Mapping[str, PaperState],
    others: Mapping[str, OtherText],
    moment: Moment,
) -> list[FindingRow]:
    people = names_of({s.decided_by for s in states} - {""})
    items = _items_about([s.finding_id for s in states], moment)
    headings = rules.headings_of(compilation.content)
    shown = []
    for state in states:
        look = partial(
            rules.passages_of, compilation.text, state.finding.spans, compilation.pages, headings
        )
        row = _row(state, people, look)
        note = notes.get(state.finding_id)
        shown.append(
            replace(
                row,
                items=tuple(items[state.finding_id]),
                note=_note_link(note) if note else None,
                others=other_places(state.finding.params, others),
            )
        )
    return sorted(shown, key=lambda r: (not r.standing, *rules.in_order(r.severity, r.spans)))


def _row(
    state: FindingState, people: Mapping[str, str], look: Callable[[], Sequence[Passage]]
) -> FindingRow:
    finding = state.finding
    return FindingRow(
        key=finding.key,
        document=finding.document_id,
        code=finding.code,
        kind=rules.kind_of(finding.code),
        severity=state.severity,
        severity_label=str(Severity(state.severity).label),
        message=state.message,
        standing=state.standing,
        stage=state.stage,
        stage_label=state.get_stage_display(),
        reason=state.reason,
        correction=state.correction,
        proposed=rules.proposed(finding.code, finding.params, finding.quotes),
        decided_by=people.get(state.decided_by, ""),
        decided_at=state.decided_at,
        seen=state.since_id,
        spans=tuple((s, e) for s, e in finding.spans),
        quotes=tuple(finding.quotes),
        look=look,
    )


def _note_link(note: PaperState) -> Link:
    title = f"{note.title} {note.number}".strip()
    return Link(title, note.get_stage_display(), reverse("paper", args=[note.paper_id]))


def _items_about(findings: Iterable[str], moment: Moment) -> dict[str, list[Link]]:
    """The supervised items that grew from each finding, also those of a decision taken back."""
    subjects = {subject_key("finding", key): key for key in findings}
    states = ItemState.objects.at(moment).filter(item__about__in=subjects).select_related("item")
    found: dict[str, list[Link]] = defaultdict(list)
    for s in states.order_by("item__act"):
        title, address = f"{s.item.number} {s.title}", reverse("item", args=[s.item_id])
        found[subjects[s.item.about]].append(Link(title, s.get_stage_display(), address))
    return found


def _versions(viewer: Viewer, state: DocumentState, moment: Moment) -> list[Version]:
    """Other documents of the same city and title, by the order they were imported in."""
    others = states_for(viewer, moment).filter(
        title=state.title, document__city=state.document.city
    )
    others = others.exclude(document=state.document_id).order_by("document__act")
    own = state.document.act_id
    return [Version(o.document_id, o.title, o.document.act_id > own, o.issued_on) for o in others]


def _with_elsewhere(
    rows: list[FindingRow],
    states: Sequence[FindingState],
    versions: Sequence[Version],
    moment: Moment,
) -> list[FindingRow]:
    """Each row with what became of the same finding in the other versions."""
    if not versions:
        return rows
    gists = {s.finding_id: s.finding.gist for s in states}
    found: dict[str, list[Elsewhere]] = defaultdict(list)
    titles = {version.key: version for version in versions}
    others = FindingState.objects.at(moment).filter(
        finding__document__in=titles, finding__gist__in=set(gists.values())
    )
    for other in others.select_related("finding").order_by("finding__act"):
        version = titles[other.finding.document_id]
        found[other.finding.gist].append(
            Elsewhere(
                title=_("新版本") if version.later else _("旧版本"),
                stage=other.stage,
                stage_label=other.get_stage_display(),
                reason=other.reason,
                address=reverse("finding", args=[version.key, other.finding_id]),
            )
        )
    return [replace(row, elsewhere=tuple(found.get(gists[row.key], ()))) for row in rows]
