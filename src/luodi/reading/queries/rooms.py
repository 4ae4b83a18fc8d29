"""The reading room of one document: source, cards, findings, what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from luodi.common.doors import Found, find_subject
from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer
from luodi.reading.choices import DocumentStage, Verdict
from luodi.reading.models import Compilation, Document, DocumentState, ReviewCard
from luodi.reading.rules.commitments import UNITED
from luodi.reading.rules.exhibits import Exhibit, exhibits_of, marks_of
from luodi.reading.rules.paragraphs import Mark, Paragraph, paragraphs_of

from .cards import CardView, Counts, card_views, counts_of, spans_of
from .documents import state_for
from .marks import Finding, findings_beside
from .sheets import Sheet, has_sheets, sheets_of

SHOWN_OF_A_KIND = 12


@dataclass(frozen=True)
class Created:
    """What adopting brought about, of one kind: the first ones with their pages, and how many."""

    label: str
    count: int
    shown: list[Found]


@dataclass(frozen=True)
class ReadingRoom:
    """All that the page of one document shows."""

    document: Document
    state: DocumentState
    paragraphs: list[Paragraph]
    cards: list[CardView]
    findings: list[Finding]
    notes: list[str]
    counts: Counts
    engine: str
    created: list[Created] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    order: str = "text"
    exhibits: list[Exhibit] = field(default_factory=list)

    @property
    def has_sheets(self) -> bool:
        """True where the original has pages to look at."""
        return has_sheets(self.document)

    @property
    def file_key(self) -> str:
        """Key and name of the file as handed in."""
        return self.document.file_id

    @property
    def file_name(self) -> str:
        return self.document.file.name

    @property
    def under_review(self) -> bool:
        return self.state.stage == DocumentStage.REVIEW

    @property
    def has_measures(self) -> bool:
        return any(card.kind in UNITED for card in self.cards)


def reading_room(
    viewer: Viewer,
    key: str,
    moment: Moment,
    at: tuple[int, int] | None = None,
    order: str = "",
    view: str = "",
) -> ReadingRoom:
    """The room of one document in a fixed number of queries; `at` marks one more place.

    `order`: "text", "doubt" doubtful ones first, "left" only what is left; the rest is doubtful
    ones first while the document is under review. `view`: "pages"
    for the pages of the original instead of its text.
    """
    state = state_for(viewer, key, moment)
    compilation = Compilation.objects.at(moment).filter(document=key).latest("act")
    rows = list(ReviewCard.objects.filter(document=key))
    findings = findings_beside(key, moment)
    marks = [Mark(s, e, f.token) for f in findings for s, e in f.spans]
    marks += [Mark(s, e, f"c{c.pk}") for c in rows for s, e in spans_of(c)]
    exhibits = exhibits_of(compilation.content)
    marks += marks_of(exhibits)
    if at:
        marks.append(Mark(*at, "at"))
    if order not in {"text", "doubt", "left"}:
        order = "doubt" if state.stage == DocumentStage.REVIEW else "text"
    sheets = sheets_of(state.document, compilation.pages) if view == "pages" else []
    return ReadingRoom(
        document=state.document,
        state=state,
        paragraphs=[] if sheets else paragraphs_of(compilation.text, marks, compilation.pages),
        cards=card_views(_ordered(rows, order), moment, findings),
        findings=findings,
        notes=list(compilation.notes),
        counts=counts_of(key),
        engine=compilation.engine,
        created=_created(state) if state.stage == DocumentStage.ADOPTED else [],
        sheets=sheets,
        order=order,
        exhibits=exhibits,
    )


def _ordered(rows: list[ReviewCard], order: str) -> list[ReviewCard]:
    if order == "left":
        return [card for card in rows if card.verdict == Verdict.UNDECIDED]
    if order == "doubt":
        return sorted(rows, key=lambda c: (c.verdict != Verdict.UNDECIDED, c.certain, c.start))
    return rows


def _created(state: DocumentState) -> list[Created]:
    """The subjects of the act that adopted a document, by kind, a few of each with their pages."""
    kinds: dict[str, list[str]] = {}
    for subject in state.since.subjects:
        kinds.setdefault(subject.partition(":")[0], []).append(subject)
    kinds.pop("document", None)
    out = []
    for subjects in kinds.values():
        shown = [found for s in subjects[:SHOWN_OF_A_KIND] if (found := find_subject(s))]
        if shown:
            out.append(Created(str(shown[0].kind_label), len(subjects), shown))
    return out
