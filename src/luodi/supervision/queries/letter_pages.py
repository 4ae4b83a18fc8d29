"""A letter as a story: what it is about, its text, how it was delivered, answered, put right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from luodi.audit.models import Act
from luodi.audit.queries import acts_on
from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.documents.models import StoredFile
from luodi.documents.queries import attachments_of
from luodi.ledger.queries import Row as ItemRow
from luodi.ledger.queries import items_about
from luodi.orgs.choices import Role
from luodi.orgs.models import Posting
from luodi.orgs.queries import name_of, names_of, rules_for
from luodi.orgs.rules import Viewer
from luodi.packs import clock
from luodi.packs.schemas import ClockRule, LadderRule
from luodi.papers.models import PaperState
from luodi.papers.queries import content_of, draft_of, issued_of, moves_for
from luodi.papers.rules.snapshot import Content
from luodi.papers.rules.wording import Issued

from ..flows import RECTIFICATION
from ..flows.letters import OFFICE, UNIT
from ..models import AdmonitoryTalk, Letter, Recheck, RectificationState
from ..rules import CauseWords, LetterHead, compose_letter, default_words, rungs_of, talk_sentence
from .exempted import said_exempt, spared_in
from .letter_events import LetterEvent, letter_events
from .letters import (
    LetterRow,
    StepShown,
    in_words,
    letter_row,
    letter_subject,
    letters,
    moves_of,
    roles_in,
    words_of,
)

CLOCK_WORDS = {
    "minute": "分钟", "hour": "小时", "workhour": "个工作小时", "day": "日", "workday": "个工作日",
    "month": "个月",
}  # fmt: skip


@dataclass(frozen=True)
class RectificationRow:
    """A measure of rectification as it stood. `seen` is the position of its state."""

    key: str
    measure: str
    due_on: date
    stage: str
    done: str
    done_on: date | None
    why: str
    seen: int
    overdue: bool
    moves: tuple[StepShown, ...] = ()
    files: tuple[StoredFile, ...] = ()

    @property
    def stage_label(self) -> str:
        """Where it is, in words."""
        return RECTIFICATION.state(self.stage).label(language())


@dataclass(frozen=True)
class TalkShown:
    """A talk as the page shows it: who talks (by name), when, where, what was said."""

    state: AdmonitoryTalk
    talker: str
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True)
class LetterPage:
    """Everything about one letter that its viewer may see.

    `files` are those of its answer; what was handed in with the talk, a measure or a later look
    stands there. `spared` is the exemption that covers the letter itself, in words, with its
    address.
    """

    row: LetterRow
    roles: frozenset[str]
    moves: tuple[StepShown, ...]
    paper: PaperState | None
    content: Content | None
    issued: Issued | None
    paper_moves: frozenset[str]
    words: Mapping[str, str]
    words_version: int
    talk: TalkShown | None
    talkers: tuple[tuple[str, str], ...]
    rectifications: tuple[RectificationRow, ...]
    rechecks: tuple[tuple[Recheck, tuple[StoredFile, ...]], ...]
    items: tuple[ItemRow, ...]
    files: tuple[StoredFile, ...]
    events: tuple[LetterEvent, ...]
    follows: tuple[LetterRow, ...]
    people: Mapping[str, str]
    answer: str
    exempted: tuple[tuple[str, str, str], ...] = ()
    spared: tuple[str, str] | None = None

    @property
    def seen(self) -> int:
        """The position of the state shown."""
        return self.row.state.since_id

    @property
    def signer(self) -> str:
        """The name of the leader who signed the answer."""
        return self.people.get(self.row.state.answer_signed_by, "")

    @property
    def grounds(self) -> Mapping[str, str]:
        """What the rung said when the letter was drafted, '' by hand."""
        return self.row.state.letter.grounds

    @property
    def ground(self) -> str:
        """The rung's sentence, in the reader's language."""
        return self.grounds.get("en" if language() == "en" else "zh", "")

    @property
    def due_notes(self) -> tuple[str, ...]:
        """How the time for the answer was counted."""
        notes = self.row.state.due_working.get("notes", [])
        return tuple(note["en" if language() == "en" else "zh"] for note in notes)

    @property
    def writes(self) -> bool:
        """Whether the viewer may go on with the draft now."""
        return OFFICE in self.roles and self.row.stage == "drafted" and not self.frozen

    @property
    def frozen(self) -> bool:
        """Whether the text waits for its check or signature, or is signed."""
        return bool(self.paper and self.paper.stage != "drafted")

    @property
    def plans(self) -> bool:
        """Whether the viewer may add a measure of rectification now."""
        return bool(self.roles & {OFFICE, UNIT}) and self.row.stage in (
            "signed_for",
            "answering",
            "answered",
            "rectifying",
        )


def letter_page(viewer: Viewer, key: str, moment: Moment) -> LetterPage:
    """One letter and all that hangs on it. Raises `NotFound`."""
    row = letter_row(viewer, key, moment)
    letter, state = row.state.letter, row.state
    roles = frozenset() if moment.is_past else roles_in(viewer, letter)
    paper = _paper(row)
    draft = draft_of(paper.paper) if paper else None
    shows_drafts = viewer.has(Role.OFFICE, Role.LEADING_GROUP)
    inside = letter.unit in viewer.units
    answered = state.answered_at is not None
    subject = letter_subject(key)
    kept = _evidence(row, viewer, moment)
    talk = talk_at(key, moment)
    spared = spared_in(letter.city, moment)
    named = [state.signed_for_by, state.answer_by, state.answer_signed_by]
    return LetterPage(
        row=row,
        roles=roles,
        moves=moves_of(row, viewer, moment),
        paper=paper,
        content=content_of(paper) if paper else None,
        issued=issued_of(paper) if paper else None,
        paper_moves=moves_for(paper, viewer.person, moment) if paper else frozenset(),
        words=draft.paragraphs if draft else {},
        words_version=draft.version if draft else 0,
        talk=replace(talk, files=kept.talk) if talk else None,
        talkers=tuple(talkers_of(letter, moment)) if OFFICE in roles else (),
        rectifications=tuple(
            replace(one, files=tuple(kept.measures.get(one.key, ())))
            for one in rectifications_of(key, roles, moment)
        ),
        rechecks=kept.rechecks,
        items=tuple(items_about(subject, viewer, moment)),
        files=kept.answer if answered or inside else (),
        events=tuple(
            letter_events(
                key, moment, since=0 if shows_drafts else _issue_of(row, moment), inside=inside
            )
        ),
        follows=tuple(letters(viewer, moment, {"about": subject})),
        people=names_of(person for person in named if person),
        answer=state.answer if answered or inside else "",
        exempted=tuple(
            (cause.title, said_exempt(found), found.address)
            for cause in row.causes
            if (found := spared.covers(row.unit, cause.subject, cause.due_on))
        ),
        spared=(said_exempt(own), own.address)
        if (own := spared.covers(row.unit, subject, None))
        else None,
    )


@dataclass(frozen=True)
class _Evidence:
    """What was handed in with a letter, by the step it was handed in at."""

    answer: tuple[StoredFile, ...]
    talk: tuple[StoredFile, ...]
    measures: Mapping[str, list[StoredFile]]
    rechecks: tuple[tuple[Recheck, tuple[StoredFile, ...]], ...]


def _evidence(row: LetterRow, viewer: Viewer, moment: Moment) -> _Evidence:
    """A file belongs to what was written by the same act; to the answer where that was nothing."""
    files: dict[int, list[StoredFile]] = defaultdict(list)
    for one in attachments_of(letter_subject(row.key), viewer, moment):
        files[one.act_id].append(one.file)
    reported = RectificationState.objects.ever(moment).filter(rectification__letter=row.key)
    measures: dict[str, list[StoredFile]] = defaultdict(list)
    for act, measure in reported.order_by("since").values_list("since", "rectification"):
        measures[measure] += files.pop(act, [])
    talked = AdmonitoryTalk.objects.ever(moment).filter(letter=row.key).order_by("since")
    talk = [file for act in talked.values_list("since", flat=True) for file in files.pop(act, [])]
    looks = Recheck.objects.at(moment).filter(letter=row.key).select_related("act").order_by("act")
    rechecks = tuple((look, tuple(files.pop(look.act_id, []))) for look in looks)
    answer = tuple(file for act in sorted(files) for file in files[act])
    return _Evidence(answer, tuple(talk), measures, rechecks)


def _paper(row: LetterRow) -> PaperState | None:
    """The text of a letter with what is frozen in it."""
    if row.paper is None:
        return None
    rows = PaperState.objects.select_related("paper", "snapshot", "word_file")
    return rows.get(pk=row.paper.pk)


def _issue_of(row: LetterRow, moment: Moment) -> int:
    """The act that issued a letter."""
    acts = acts_on(letter_subject(row.key), moment).filter(verb="issue_letter")
    found: Act | None = acts.first()
    return found.position if found else 0


def talk_at(letter: str, moment: Moment) -> TalkShown | None:
    """The talk of a letter as known at the moment."""
    state = AdmonitoryTalk.objects.at(moment).filter(letter=letter).first()
    return TalkShown(state, name_of(state.talker)) if state else None


def talkers_of(letter: Letter, moment: Moment) -> Iterable[tuple[str, str]]:
    """Key and name of those who may talk to a unit, by the letter's rung; else the leading group.

    They hold one of the rung's roles in the city now.
    """
    rung = rung_of(letter, moment)
    roles = rung.talkers if rung and rung.talkers else (Role.LEADING_GROUP,)
    held = Posting.objects.open().filter(unit__city=letter.city, role__in=roles)
    found = names_of(held.values_list("person", flat=True))
    return sorted(found.items(), key=lambda pair: pair[1])


def rung_of(letter: Letter, moment: Moment) -> LadderRule | None:
    """The rung a letter stands on: its own, or by hand the first of its kind."""
    rungs = [
        rung
        for rung in rungs_of(rules_for(letter, moment), moment.today)
        if rung.paper == letter.kind
    ]
    own = next((rung for rung in rungs if rung.key == letter.rule), None)
    return own or next(iter(rungs), None)


def rectifications_of(
    letter: str, roles: frozenset[str], moment: Moment
) -> Iterable[RectificationRow]:
    """The measures of a letter as they stood, in the order they were planned."""
    rows = RectificationState.objects.at(moment).filter(rectification__letter=letter)
    for state in rows.select_related("rectification__act").order_by("rectification__act"):
        moves = () if moment.is_past else RECTIFICATION.available(state.stage, roles)
        yield RectificationRow(
            key=state.rectification_id,
            measure=state.measure,
            due_on=state.due_on,
            stage=state.stage,
            done=state.done,
            done_on=state.done_on,
            why=state.why,
            seen=state.since_id,
            overdue=state.stage == "planned" and state.due_on < moment.today,
            moves=in_words(moves) if roles else (),
        )


def composed(row: LetterRow, office: str, own: Mapping[str, str], moment: Moment) -> Content:
    """The text of a letter from its frozen causes, its rung's windows and the office's words."""
    return compose_letter(head_of(row, office, moment), causes_of(row), own)


def words_offered(row: LetterRow, office: str, moment: Moment) -> dict[str, str]:
    """The words a letter begins with, to be written over."""
    return default_words(head_of(row, office, moment), causes_of(row))


def causes_of(row: LetterRow) -> list[CauseWords]:
    """The causes as a letter prints them."""
    return [words_of(cause) for cause in row.causes]


def head_of(row: LetterRow, office: str, moment: Moment) -> LetterHead:
    """What stands around the text; the windows of the rung in words."""
    letter = row.state.letter
    rung = rung_of(letter, moment)
    talk = talk_at(row.key, moment) if letter.kind == "talk_notice" else None
    stack = rules_for(letter, moment)

    def window(key: str) -> str:
        found = clock(stack, key, moment.today) if key else None
        return said_limit(found[0]) if found else ""

    return LetterHead(
        kind=letter.kind,
        office=office,
        masthead=rung.owner.name if rung else office,
        unit_name=row.unit_name,
        year=moment.today.year,
        answer=window(rung.answer) if rung else "",
        rectify=window(rung.rectify) if rung else "",
        talk=talk_sentence(talk.state.held_at, talk.state.place, talk.talker) if talk else "",
    )


def said_limit(rule: ClockRule) -> str:
    """A time limit as a paper says it: 5个工作日."""
    return f"{rule.amount}{CLOCK_WORDS[rule.unit]}"
