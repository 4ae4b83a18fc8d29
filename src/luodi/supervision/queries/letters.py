"""Letters as they stood at a moment, for those who may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.doors import Found
from luodi.common.keys import subject_key
from luodi.common.languages import language
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import NotFound
from luodi.common.tables import LIGHT_ORDER
from luodi.kit.flows import Move
from luodi.kit.lights import Verdict
from luodi.orgs.choices import Role
from luodi.orgs.queries import rulebook, unit_names, visible
from luodi.orgs.rules import REPORTERS, Viewer
from luodi.packs import light_rules
from luodi.papers.choices import PaperStage
from luodi.papers.models import PaperState

from ..choices import LetterKind
from ..flows import LETTER
from ..flows.letters import LEADER, OFFICE, UNIT
from ..models import Letter, LetterCause, LetterState
from ..rules import CauseWords, Sent, default_title, light_of

SEE_DRAFTS = (Role.OFFICE, Role.LEADING_GROUP)
"""Who sees a letter before it is issued, in the whole city."""

HANDLERS = (*REPORTERS, Role.SECTION_HEAD)
"""Who signs for a letter and writes its answer in the unit it goes to."""


@dataclass(frozen=True)
class LetterRow:
    """A letter as it stood at a moment. `state` is its stored row, `causes` what it is about."""

    key: str
    kind: str
    title: str
    unit: str
    unit_name: str
    by_rule: bool
    stage: str
    paper: PaperState | None
    drafted_on: date
    state: LetterState
    causes: tuple[LetterCause, ...]
    verdict: Verdict

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(LetterKind(self.kind).label)

    @property
    def number(self) -> str:
        """The number of its paper; '' until it is signed."""
        return self.paper.number if self.paper else ""

    @property
    def paper_stage(self) -> str:
        """How far its text is; '' where nobody has begun it."""
        return self.paper.stage if self.paper else ""

    @property
    def stage_label(self) -> str:
        """Where it is, in words; while it is in draft, where its text is."""
        if self.stage == "drafted" and self.paper_stage:
            return str(PaperStage(self.paper_stage).label)
        return LETTER.state(self.stage).label(language())

    @property
    def light(self) -> str:
        return self.verdict.light

    @property
    def why(self) -> str:
        """The light's reason, in the reader's language."""
        return self.verdict.says(language())

    @property
    def shown(self) -> tuple[str, str]:
        """Light and reason, as a table column takes them."""
        return self.light, self.why

    @property
    def issued_on(self) -> date | None:
        return day_of(self.state.issued_at)

    @property
    def year(self) -> int:
        """The year it counts in: of its issue, or of its draft."""
        return (self.issued_on or self.drafted_on).year

    @property
    def due_on(self) -> date | None:
        """When what is waited for now is due."""
        found = self.verdict.facts.get("due")
        return found if isinstance(found, date) else None

    @property
    def days(self) -> int:
        """Natural days over that, 0 up to and on it."""
        found = self.verdict.facts.get("overdue_days")
        return found if isinstance(found, int) else 0

    @property
    def answered_on(self) -> date | None:
        return day_of(self.state.answered_at)

    @property
    def late_days(self) -> int:
        """Days by which the answer came late; 0 where it didn't, or hasn't come."""
        done, due = self.state.answered_at, self.state.due_at
        if done is None or due is None or done <= due:
            return 0
        return max(1, (done.astimezone(LOCAL).date() - due.astimezone(LOCAL).date()).days)

    @property
    def address(self) -> str:
        return reverse("letter", args=[self.key])


@dataclass(frozen=True)
class StepShown:
    """A step somebody may take, in the reader's language; `needs` are keys and words."""

    name: str
    label: str
    needs: tuple[tuple[str, str], ...]


def in_words(moves: Iterable[Move]) -> tuple[StepShown, ...]:
    """Moves of a flow as a page offers them."""
    lang = language()
    return tuple(
        StepShown(move.name, move.label(lang), tuple((n.key, n.label(lang)) for n in move.needs))
        for move in moves
    )


def day_of(instant: datetime | None) -> date | None:
    """The day in China."""
    return instant.astimezone(LOCAL).date() if instant else None


def letters(
    viewer: Viewer, moment: Moment, filters: Mapping[str, str] | None = None
) -> list[LetterRow]:
    """Letters within the viewer's scope at the moment, the most pressing first.

    `filters`: `unit` (key), `year`, `kind`, `about` (a subject).
    """
    wanted = {name: value for name, value in (filters or {}).items() if value}
    mine = visible(Letter.objects.at(moment), viewer)
    if "unit" in wanted:
        mine = mine.filter(unit=wanted["unit"])
    if "kind" in wanted:
        mine = mine.filter(kind=wanted["kind"])
    if "about" in wanted:
        mine = mine.filter(causes__subject=wanted["about"])
    states = states_of(viewer, moment).filter(letter__in=mine.values("key"))
    rows = list(rows_from(states, moment))
    if "year" in wanted:
        rows = [row for row in rows if str(row.year) == wanted["year"]]
    return sorted(rows, key=_pressing)


def _pressing(row: LetterRow) -> tuple[bool, int, int]:
    over = row.stage in ("closed", "withdrawn", "cancelled")
    return over, LIGHT_ORDER[row.light], -row.state.since_id


def states_of(viewer: Viewer, moment: Moment) -> QuerySet[LetterState]:
    """The states of letters at a moment: drafts only for office and leading group."""
    rows = LetterState.objects.at(moment).select_related("letter__act")
    return rows if viewer.has(*SEE_DRAFTS) else rows.exclude(issued_at=None)


def rows_from(states: Iterable[LetterState], moment: Moment) -> Iterator[LetterRow]:
    """States as rows, in a fixed number of queries."""
    states = list(states)
    causes: dict[str, list[LetterCause]] = defaultdict(list)
    known = LetterCause.objects.filter(letter__in=[s.letter_id for s in states])
    for cause in known.order_by("pk"):
        causes[cause.letter_id].append(cause)
    texts = PaperState.objects.at(moment).filter(
        paper__about__in=[letter_subject(s.letter_id) for s in states]
    )
    papers = {text.paper.about: text for text in texts.select_related("paper")}
    names = unit_names({s.letter.unit for s in states}, moment)
    book = rulebook((s.letter.city for s in states), moment)
    rules = book.each(lambda stack: light_rules(stack, "letter", moment.today))
    for state in states:
        letter, paper = state.letter, papers.get(letter_subject(state.letter_id))
        about = tuple(causes[letter.key])
        title = default_title(letter.kind, [words_of(cause) for cause in about])
        yield LetterRow(
            key=letter.key,
            kind=letter.kind,
            title=paper.title if paper else title,
            unit=letter.unit,
            unit_name=names.get(letter.unit, ""),
            by_rule=bool(letter.rule),
            stage=state.stage,
            paper=paper,
            drafted_on=letter.act.at.astimezone(LOCAL).date(),
            state=state,
            causes=about,
            verdict=light_of(
                rules(letter.city, letter.unit), state.stage, state.due_at, state.rectify_by, moment
            ),
        )


def words_of(cause: LetterCause) -> CauseWords:
    """A stored cause as a letter prints it."""
    return CauseWords(
        kind=cause.kind,
        subject=cause.subject,
        title=cause.title,
        reason=cause.reason,
        due_on=cause.due_on,
        days=cause.days,
    )


def letter_row(viewer: Viewer, key: str, moment: Moment) -> LetterRow:
    """One letter the viewer may see at the moment. Raises `NotFound`."""
    mine = visible(Letter.objects.at(moment).filter(key=key), viewer)
    states = states_of(viewer, moment).filter(letter__in=mine.values("key"))
    found = next(iter(rows_from(states, moment)), None)
    if found is None:
        raise NotFound(_("没有这份函件，或者它不在您的范围内。"))
    return found


def roles_in(viewer: Viewer, letter: Letter) -> frozenset[str]:
    """What a viewer is to a letter: office of the city, handler or leader of its unit."""
    found = set()
    if viewer.has(Role.OFFICE) and letter.city in viewer.cities:
        found.add(OFFICE)
    if viewer.acts_for(letter.unit, *HANDLERS):
        found.add(UNIT)
    if viewer.acts_for(letter.unit, Role.LEADER_IN_CHARGE):
        found.add(LEADER)
    return frozenset(found)


def moves_of(row: LetterRow, viewer: Viewer, moment: Moment) -> tuple[StepShown, ...]:
    """What a viewer may try with a letter now; nothing while looking at the past."""
    if moment.is_past:
        return ()
    signed = row.paper_stage in (PaperStage.SIGNED, PaperStage.FILED)
    moves = LETTER.available(row.stage, roles_in(viewer, row.state.letter))
    unfit = {"withdraw_letter"} if signed else {"issue_letter", "cancel_letter"}
    drafted = row.stage == "drafted"
    return in_words(move for move in moves if not (drafted and move.name in unfit))


def sent_in(city: str, moment: Moment) -> dict[str, list[Sent]]:
    """Every letter of a city by unit, as rungs look at them, drafts and withdrawn ones too."""
    states = LetterState.objects.at(moment).filter(letter__city=city).select_related("letter__act")
    found: dict[str, list[Sent]] = defaultdict(list)
    for row in rows_from(states, moment):
        due, done = row.state.due_at, row.state.answered_at
        late = due is not None and (done or moment.at) > due
        found[row.unit].append(
            Sent(
                key=row.key,
                kind=row.kind,
                stage=row.stage,
                drafted_on=row.drafted_on,
                issued_on=row.issued_on,
                unanswered=bool(row.issued_on) and late and row.stage != "cancelled",
                subjects=frozenset(cause.subject for cause in row.causes),
            )
        )
    return found


def find_letter(key: str) -> Found | None:
    """A letter as a subject; until it is issued it is the office's, and not searched."""
    states = LetterState.objects.open().filter(letter=key).select_related("letter__act")
    [row] = list(rows_from(states, _latest(states))) or [None]
    if row is None:
        return None
    issued = row.state.issued_at is not None
    return Found(
        title=f"{row.number} {row.title}".strip(),
        address=row.address,
        kind_label=row.kind_label,
        scope={"city": row.state.letter.city, "unit": row.unit if issued else "drafts"},
        searched=issued,
    )


def _latest(states: QuerySet[LetterState]) -> Moment:
    """A moment whose record is the latest: titles don't read the clock."""
    state = states.select_related("since").first()
    return Moment(state.since.at if state else datetime.fromtimestamp(0, LOCAL))


def letter_subject(key: str) -> str:
    """The subject key of a letter."""
    return subject_key("letter", key)
