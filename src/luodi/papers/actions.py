"""Drafting, checking, signing, sending back and filing back papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from django.db.models import F
from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key, subject_key
from luodi.common.languages import Spoken
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, Mendable, NotAllowed
from luodi.documents.actions import attach, write_file
from luodi.documents.models import StoredFile
from luodi.documents.rules import check_size
from luodi.jobs.actions import tell
from luodi.kit.readers import read as read_source
from luodi.orgs.queries import people_with

from . import queries
from .choices import PaperKind, PaperStage
from .flows import step
from .models import (
    Delivery,
    Difference,
    NumberTaken,
    Paper,
    PaperDraft,
    PaperReader,
    PaperState,
    Snapshot,
)
from .rules import snapshot as snapshots
from .rules.comparing import Changed, Comparison, compare
from .rules.layout import lines_of
from .rules.snapshot import Content
from .rules.wording import Issued

MOST_TRIES = 6
MOST_OWN_WORDS = 100_000


@dataclass(frozen=True)
class Rendering:
    """A signed paper as files."""

    word: bytes
    sheet: bytes


Render = Callable[[Content, Issued | None], Rendering]
"""`papers.exports.render`, handed down by whoever calls: files are made above the actions."""


class _NumberGone(Exception):
    """Another paper of the series was signed while this one was being rendered."""


def open_paper(
    *,
    kind: PaperKind,
    title: str,
    city: str,
    unit: str,
    by: str,
    at: datetime,
    about: str = "",
    period: str = "",
    series: str = "",
    addressee: str = "",
) -> Paper:
    """Begin a paper in the office that sits in `unit`.

    `series` is what its number will be counted in (default: kind and unit); `addressee` the one
    unit that reads it once it is signed (default: everybody in the city). Raises `NotAllowed`
    for anybody but the office, `Conflict` where the subject already has a paper of this kind.
    """
    if by not in people_with(unit, queries.DRAFTERS):
        raise NotAllowed(_("只有专班办公室的人员可以拟稿。"))
    if not title.strip():
        raise Incomplete(_("请填写标题。"))
    scope = {"city": city, "unit": unit}
    key = new_key()
    subjects = [subject_key("paper", key), *([about] if about else [])]
    payload = {"kind": kind, "title": title, "period": period}
    with perform(
        "open_paper", by=by, at=at, subjects=subjects, scope=scope, payload=payload
    ) as deed:
        paper = deed.write(
            Paper(
                key=key,
                kind=kind,
                about=about,
                period=period,
                series=series or f"{kind}:{unit}",
                addressee=addressee,
                **scope,
            )
        )
        deed.write(
            PaperState(
                paper_id=key, stage=PaperStage.DRAFTED, title=title.strip()[:200], drafted_by=by
            )
        )
    return paper


def save_own_words(
    *, paper: str, paragraphs: Mapping[str, str], version: int, by: str, at: datetime
) -> tuple[PaperDraft, int]:
    """Keep the office's own words of a paper in draft; returns them and how many harmful
    characters were taken out.

    `version` is the one the form was opened with (0: none yet). Raises `Conflict` where a
    colleague saved meanwhile, `Closed` once the paper is frozen.
    """
    state = queries.open_state(paper)
    _must_draft(state, by, at)
    if sum(map(len, paragraphs.values())) > MOST_OWN_WORDS:
        raise Mendable(_("文字超过 10 万字，没有保存。请精简或分作附件。"))
    kept, removed = snapshots.clean(dict(paragraphs))
    rows = PaperDraft.objects.filter(paper=paper, version=version)
    if version and rows.update(paragraphs=kept, saved_at=at, version=F("version") + 1):
        return PaperDraft.objects.get(paper=paper), removed
    scope = {"city": state.paper.city, "unit": state.paper.unit}
    draft, made = PaperDraft.objects.get_or_create(
        paper_id=paper, defaults={"paragraphs": kept, "saved_at": at, **scope}
    )
    if not made:
        raise Conflict(_("同事刚刚保存了这份底稿，请刷新后再改；您刚才填的内容没有写入。"))
    return draft, removed


def _must_draft(state: PaperState, by: str, at: datetime) -> None:
    if "drafter" not in queries.parts_of(state.paper, state.drafted_by, by, Moment(at)):
        raise NotAllowed(_("只有专班办公室的人员可以拟稿。"))
    if queries.is_frozen(state):
        raise Closed(_("这份文稿已经定稿送审，不能再改；需要修改请先退回重拟。"))


def freeze_paper(
    *,
    paper: str,
    content: Content,
    position: int,
    by: str,
    at: datetime,
    readers: Iterable[str] = (),
) -> tuple[Snapshot, int]:
    """Freeze a composition and hand it on to be checked.

    `position` is the act up to which the record was read. `readers` are the units that read it
    once it is signed, where it doesn't go to everybody or to one addressee. Returns the snapshot
    and how many harmful characters were taken out of its texts.
    """
    state = queries.open_state(paper)
    plain, removed = snapshots.freeze(content)
    parts = queries.parts_of(state.paper, state.drafted_by, by, Moment(at))
    move = step(state.stage, "freeze", parts, {"snapshot": True})
    key, digest = new_key(), snapshots.digest(plain)
    payload = {"digest": digest, "position": position, "removed": removed}
    with _deed("freeze_paper", state, by, at, payload) as deed:
        frozen = deed.write(
            Snapshot(key=key, digest=digest, position=position, content=plain, **_scope(state))
        )
        deed.replace(
            state,
            stage=move.target,
            title=content.head.title,
            snapshot_id=key,
            drafted_by=by,
            sent_back_because="",
        )
        _send_to(deed, state, readers)
    checkers = set(people_with(state.paper.unit, queries.CHECKERS)) - {by}
    _tell(state, checkers or {by}, lambda: _("待审核：%(title)s"), by, at)
    return frozen, removed


def _send_to(deed: Deed, state: PaperState, readers: Iterable[str]) -> None:
    """Write whom the paper goes to, and take off who is no longer among them."""
    rows = {row.unit: row for row in PaperReader.objects.open().filter(paper=state.paper)}
    wanted = dict.fromkeys(readers)
    for unit in wanted:
        if unit not in rows:
            deed.write(PaperReader(paper_id=state.paper_id, unit=unit))
    for unit, row in rows.items():
        if unit not in wanted:
            deed.close(row)


def check_paper(*, paper: str, seen: int, by: str, at: datetime) -> None:
    """Check a frozen paper (审核). `seen` is the act of the state the person looked at."""
    state = _seen_state(paper, seen)
    parts = queries.parts_of(state.paper, state.drafted_by, by, Moment(at))
    move = step(state.stage, "check", parts, {"snapshot": state.snapshot_id})
    payload = {"own_draft": by == state.drafted_by}
    with _deed("check_paper", state, by, at, payload) as deed:
        deed.replace(state, stage=move.target, checked_by=by)
    one = state.paper
    signers = queries.policy_for(one.city, one.kind, Moment(at), one.unit).signers
    _tell(state, people_with(one.unit, signers), lambda: _("待签发：%(title)s"), by, at)


def send_back_paper(*, paper: str, seen: int, why: str, by: str, at: datetime) -> None:
    """Send a frozen paper back to its drafter with a reason; the snapshot stays on record."""
    state = _seen_state(paper, seen)
    parts = queries.parts_of(state.paper, state.drafted_by, by, Moment(at))
    move = step(state.stage, "send_back", parts, {"reason": why})
    with _deed("send_back_paper", state, by, at, {}, why.strip()) as deed:
        deed.replace(
            state,
            stage=move.target,
            snapshot_id=None,
            checked_by="",
            sent_back_because=why.strip(),
        )
    _tell(state, {state.drafted_by} - {by}, lambda: _("退回重拟：%(title)s"), by, at)


def sign_paper(*, paper: str, seen: int, render: Render, by: str, at: datetime) -> PaperState:
    """Sign a checked paper (签发): it takes the next number of its series and becomes files.

    Numbers are gapless within a series and year: one is taken in the same act that issues the
    paper. Where another paper takes it meanwhile, this one takes the next. Of two persons signing
    the same paper at once, one is told that the other was first.
    """
    for _attempt in range(MOST_TRIES):
        state = _seen_state(paper, seen)
        parts = queries.parts_of(state.paper, state.drafted_by, by, Moment(at))
        step(state.stage, "sign", parts, {"snapshot": state.snapshot_id})
        try:
            return _sign(state, render, by, at)
        except (_NumberGone, Conflict):
            continue
    raise Conflict(_("此刻签发的文稿较多，没有取到编号，请稍后再签一次。"))


def _sign(state: PaperState, render: Render, by: str, at: datetime) -> PaperState:
    """One try: render with the number that is next, and take it if it still is."""
    paper, today = state.paper, Moment(at).today
    rules = queries.policy_for(paper.city, paper.kind, Moment(at), paper.unit)
    year = rules.counted_in(today.year)
    number = queries.next_number(paper.city, paper.series, year)
    issued = Issued(rules.number(today.year, number), today)
    content = snapshots.read(state.snapshot.content)
    files = render(content, issued)
    payload = {"number": issued.number, "digest": state.snapshot.digest}
    with _deed("sign_paper", state, by, at, payload) as deed:
        if queries.next_number(paper.city, paper.series, year) != number:
            raise _NumberGone
        taken = {"series": paper.series, "year": year, "number": number, "paper_id": paper.key}
        deed.write(NumberTaken(**taken, **_scope(state)))
        stem = f"{state.title} {issued.number}"
        word = _keep(deed, state, f"{stem}.docx", files.word)
        sheet = _keep(deed, state, f"{stem}.xlsx", files.sheet)
        return deed.replace(
            state,
            stage=PaperStage.SIGNED,
            number=issued.number,
            signed_by=by,
            signed_on=today,
            word_file_id=word.key,
            sheet_file_id=sheet.key,
        )


def deliver_paper(*, deed: Deed, paper: Paper) -> None:
    """Issue a signed letter to its addressee, within the deed of whoever sends it."""
    deed.write(Delivery(paper_id=paper.key, city=paper.city, unit=paper.unit))


def _tell(state: PaperState, people: Iterable[str], words: Spoken, by: str, at: datetime) -> None:
    """Say to whoever comes next that a paper waits for them."""
    tell(
        people=people,
        kind="paper",
        sentence=lambda: words() % {"title": state.title},
        by=by,
        at=at,
        subject=subject_key("paper", state.paper_id),
        address=f"/papers/{state.paper_id}/",
    )


def file_back(
    *, paper: str, seen: int, name: str, data: bytes, by: str, at: datetime
) -> Comparison:
    """File the Word file of a signed paper that was edited outside.

    It is stored, read again, and every number that differs from the snapshot is listed. Raises
    `Refusal` with a sentence for what can't be read or is another document; nothing is then kept.
    """
    state = _seen_state(paper, seen)
    parts = queries.parts_of(state.paper, state.drafted_by, by, Moment(at))
    move = step(state.stage, "file_back", parts, {"file": name})
    found = _compared(state, name, data)
    payload = {"name": name[:200], "figures": len(found.changes), "lines": found.lines}
    with _deed("file_back", state, by, at, payload) as deed:
        file = _keep(deed, state, name, data)
        for change in found.changes:
            deed.write(_difference(state, change))
        deed.replace(state, stage=move.target, filed_file_id=file.key, differing_lines=found.lines)
    return found


def _compared(state: PaperState, name: str, data: bytes) -> Comparison:
    if PurePosixPath(name).suffix.lower() != ".docx":
        raise Mendable(_("请上传 Word 文件（.docx）：回存的是签发稿编辑后的 Word 文件，没有保存。"))
    check_size(len(data))
    source, problems = read_source(name, data)
    if source is None:
        raise Mendable(problems[0].message, problems[0].code)
    if source.form != "docx":
        raise Mendable(_("这个文件的内容不是 Word 文件，没有保存。请另存为 .docx 再上传。"))
    ours = lines_of(snapshots.read(state.snapshot.content), queries.issued_of(state))
    found = compare(ours, source.text)
    if found.is_another_document:
        raise Mendable(
            _("这个文件与签发稿几乎没有相同的内容，可能选错了文件，没有保存。请核对后再上传。")
        )
    return found


def _difference(state: PaperState, change: Changed) -> Difference:
    figure = change.figure
    return Difference(
        paper_id=state.paper_id,
        figure=figure.id if figure else "",
        source=figure.source if figure else "",
        label=figure.label if figure else "",
        place=change.place[:300],
        ours=change.ours[:120],
        theirs=change.theirs[:120],
        **_scope(state),
    )


def _seen_state(paper: str, seen: int) -> PaperState:
    """The state now, which must be the one the person saw."""
    state = queries.open_state(paper)
    if state.since_id != seen:
        raise Conflict(_("别人刚刚办理了这份文稿，请刷新后再看；您这一步没有写入。"))
    return state


def _scope(state: PaperState) -> dict[str, str]:
    return {"city": state.paper.city, "unit": state.paper.unit}


def _deed(
    verb: str,
    state: PaperState,
    by: str,
    at: datetime,
    payload: Mapping[str, object],
    why: str = "",
) -> AbstractContextManager[Deed]:
    subjects = [subject_key("paper", state.paper_id)]
    if state.paper.about:
        subjects.append(state.paper.about)
    return perform(
        verb,
        by=by,
        at=at,
        subjects=subjects,
        scope=_scope(state),
        payload=dict(payload),
        why=why,
    )


def _keep(deed: Deed, state: PaperState, name: str, data: bytes) -> StoredFile:
    """Store a file of this paper beside it."""
    file = write_file(deed=deed, name=name, data=data, scope=_scope(state))
    deed.touch(subject_key("file", file.key))
    attach(deed=deed, file=file, subject=subject_key("paper", state.paper_id), purpose="paper")
    return file
