"""Drafting a letter: a rule drafts, or the office by hand; its text is then a paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed
from luodi.jobs.actions import tell
from luodi.orgs.choices import Role
from luodi.orgs.models import Posting
from luodi.orgs.queries import (
    cities_in_force,
    people_of_city,
    unit_for,
    unit_names,
    viewer_of_person,
)
from luodi.orgs.rules import Viewer
from luodi.papers.actions import freeze_paper, open_paper, save_own_words
from luodi.papers.models import Snapshot
from luodi.papers.queries import office_of

from ..choices import LetterKind
from ..flows import LETTER
from ..models import AdmonitoryTalk, Letter, LetterCause, LetterState
from ..queries import (
    LetterRow,
    Lit,
    Proposal,
    composed,
    letter_row,
    lit,
    proposals,
    sent_in,
    talkers_of,
)
from ..rules import OVER

MOST_CAUSES = 60


def draft_letter(
    *,
    kind: str,
    unit: str,
    subjects: Sequence[str],
    by: str,
    at: datetime,
) -> Letter:
    """Draft a letter to a unit by hand about lights that it shows now (by the office).

    `subjects` name single lights (`Lit.key`) or things, then with all the lights they show.
    Raises `Incomplete` without a light of the unit, `Conflict` where a letter of the kind about
    one of them runs already.
    """
    viewer, moment = viewer_of_person(by), Moment(at)
    if not viewer.has(Role.OFFICE):
        raise NotAllowed(_("起草函件由专班办公室办理。"))
    if kind not in LetterKind.values:
        raise Incomplete(_("请选择函件种类。"))
    city = unit_for(viewer, unit, moment).of.city
    with override(settings.LANGUAGE_CODE):
        mine = [one for one in lit(viewer, moment) if unit in one.units]
    causes = [one for one in mine if {one.key, one.subject}.intersection(subjects)]
    if not causes:
        raise Incomplete(_("请至少选一项这个单位此刻亮灯的事项。"))
    if len(causes) > MOST_CAUSES:
        raise Incomplete(_("一份函件最多写 60 项，请分开起草。"))
    letter = _new(kind, city, unit)
    with _deed(letter, by, at) as deed:
        deed.lock()
        _must_be_new(kind, unit, city, causes, moment)
        _write(deed, letter, causes)
    return letter


def _must_be_new(kind: str, unit: str, city: str, causes: Iterable[Lit], moment: Moment) -> None:
    wanted = {one.subject for one in causes}
    for one in sent_in(city, moment).get(unit, []):
        if one.kind == kind and one.stage not in OVER and one.subjects & wanted:
            raise Conflict(
                _("就同一事项给这个单位的函件正在办理，没有重复起草。请在原函件上继续。")
            )


def draft_by_rules(*, by: str, at: datetime) -> int:
    """Draft what the rungs of every city ask for now; how many were drafted.

    An office is told once of all of them. A second worker at the same time drafts nothing: what is
    asked for is read again once the record is this one's to write.
    """
    drafted = 0
    with override(settings.LANGUAGE_CODE):
        for city in cities_in_force():
            mine = sum(_draft(city, one, by, at) for one in proposals(city, Moment(at)))
            if mine:
                _tell_office(city, mine, by, at)
            drafted += mine
    return drafted


def _tell_office(city: str, drafted: int, by: str, at: datetime) -> None:
    def sentence() -> str:
        words = ngettext(
            "按规则起草了 %(n)d 份函件待核定", "按规则起草了 %(n)d 份函件待核定", drafted
        )
        return words % {"n": drafted}

    tell(
        people=people_of_city(city, [Role.OFFICE]),
        kind="letter",
        sentence=sentence,
        address="/supervision/letters/",
        by=by,
        at=at,
        once=f"letters:{city}:{at.isoformat()}",
    )


def _draft(city: str, proposal: Proposal, by: str, at: datetime) -> int:
    """One draft, unless another worker was first."""
    letter = _new(proposal.rung.paper, city, proposal.unit)
    letter.rule = proposal.rung.key
    letter.grounds = _grounds(proposal)
    wanted = {one.subject for one in proposal.causes}
    try:
        with _deed(letter, by, at) as deed:
            deed.lock()
            mine = sent_in(city, Moment(at)).get(proposal.unit, [])
            if any(s.kind == letter.kind and s.stage == "drafted" for s in mine) or any(
                s.kind == letter.kind and s.subjects & wanted and s.stage not in OVER for s in mine
            ):
                raise Conflict(_("同一事项的函件已经起草。"))
            _write(deed, letter, proposal.causes)
    except Conflict:
        return 0
    return 1


def _grounds(proposal: Proposal) -> dict[str, object]:
    rung = proposal.rung
    return {
        "title": rung.title,
        "title_en": rung.title_en,
        "zh": rung.zh,
        "en": rung.en,
        "owner": rung.owner.name,
        "source": rung.source,
        "confirmed": rung.confirmed,
        "facts": {name: str(value) for name, value in proposal.facts.items()},
    }


def _new(kind: str, city: str, unit: str) -> Letter:
    return Letter(key=new_key(), kind=kind, city=city, unit=unit)


def _deed(letter: Letter, by: str, at: datetime) -> AbstractContextManager[Deed]:
    return perform(
        "draft_letter",
        by=by,
        at=at,
        subjects=[subject_key("letter", letter.key)],
        scope={"city": letter.city},
        payload={"kind": letter.kind, "unit": letter.unit, "rule": letter.rule},
    )


def _write(deed: Deed, letter: Letter, causes: Sequence[Lit]) -> None:
    """The letter, its state and what it is about, as it is now."""
    deed.write(letter)
    deed.write(LetterState(letter_id=letter.key, stage=LETTER.start))
    for one in causes:
        deed.write(
            LetterCause(
                letter_id=letter.key,
                kind=one.kind,
                subject=one.subject,
                title=one.title[:300],
                address=one.address[:200],
                light=one.light,
                rule=one.rule[:80],
                reason=one.why,
                due_on=one.due_on,
                days=one.days,
            )
        )


def _drafted(letter: str, viewer: Viewer, at: datetime) -> LetterRow:
    """A letter whose text may still be written, by the office."""
    row = letter_row(viewer, letter, Moment(at))
    if not viewer.has(Role.OFFICE):
        raise NotAllowed(_("起草函件由专班办公室办理。"))
    if row.stage != "drafted" or row.paper_stage not in ("", "drafted"):
        raise Closed(_("这份函件的文稿已经送审或签发，不能再改；需要修改请先退回重拟。"))
    return row


def write_letter(
    *,
    letter: str,
    words: Mapping[str, str],
    version: int,
    viewer: Viewer,
    by: str,
    at: datetime,
) -> int:
    """Keep the office's own words of a letter; its paper is opened with the first of them.

    Returns how many harmful characters were taken out.
    """
    row = _drafted(letter, viewer, at)
    paper = _paper(row, viewer, by, at)
    _draft_kept, removed = save_own_words(
        paper=paper, paragraphs=words, version=version, by=by, at=at
    )
    return removed


def _paper(row: LetterRow, viewer: Viewer, by: str, at: datetime) -> str:
    """The key of the paper about a letter, opened where there is none."""
    if row.paper:
        return row.paper.paper_id
    return open_paper(
        kind=row.kind,  # type: ignore[arg-type]
        title=row.title,
        city=row.state.letter.city,
        unit=office_of(viewer),
        about=subject_key("letter", row.key),
        addressee=row.unit,
        by=by,
        at=at,
    ).key


def freeze_letter(
    *, letter: str, words: Mapping[str, str], viewer: Viewer, by: str, at: datetime
) -> tuple[Snapshot, int]:
    """Compose a letter and hand its text on to be checked; also the count of characters removed.

    A talk has to be arranged first: who talks, when and where stand in its notice.
    """
    row = _drafted(letter, viewer, at)
    if row.kind == LetterKind.TALK_NOTICE and not _arranged(letter):
        raise Incomplete(_("请先安排约谈：约谈人、时间和地点要写进通知书。"))
    paper = _paper(row, viewer, by, at)
    moment = Moment(at)
    unit = office_of(viewer)
    office = unit_names({unit}, moment).get(unit, "")
    with override(settings.LANGUAGE_CODE):
        content = composed(row, office, words, moment)
    return freeze_paper(
        paper=paper, content=content, position=row.state.letter.act_id, by=by, at=at
    )


def _arranged(letter: str) -> bool:
    return AdmonitoryTalk.objects.open().filter(letter=letter).exists()


def arrange_talk(
    *,
    letter: str,
    talker: str,
    held_at: datetime,
    place: str,
    seen: int,
    viewer: Viewer,
    by: str,
    at: datetime,
) -> None:
    """Say who talks to the unit, when and where (by the office, while the notice is in draft)."""
    row = _drafted(letter, viewer, at)
    if row.kind != LetterKind.TALK_NOTICE:
        raise Closed(_("警示提醒函没有约谈安排；需要约谈请另起草约谈通知书。"))
    may = {key for key, _name in talkers_of(row.state.letter, Moment(at))}
    if talker not in may or not Posting.objects.open().filter(person=talker).exists():
        raise Incomplete(_("请选择约谈人：须是在岗的、规则允许的领导。"))
    if not place.strip():
        raise Incomplete(_("请填写约谈地点。"))
    if held_at <= at:
        raise Incomplete(_("约谈时间要晚于现在。"))
    now = AdmonitoryTalk.objects.open().filter(letter=letter).first()
    if seen != (now.since_id if now else 0):
        raise Conflict(_("别人刚刚改了约谈安排，请刷新后再看；您填的内容没有写入。"))
    columns = {"talker": talker, "held_at": held_at, "place": place.strip()}
    with perform(
        "arrange_talk",
        by=by,
        at=at,
        subjects=[subject_key("letter", letter)],
        scope={"city": row.state.letter.city},
    ) as deed:
        if now:
            deed.replace(now, **columns)
        else:
            deed.write(AdmonitoryTalk(letter_id=letter, **columns))
