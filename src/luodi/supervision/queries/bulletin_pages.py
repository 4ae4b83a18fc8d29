"""One bulletin as its page shows it: a zone's own line before issue, everybody's after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.audit.queries import acts_on
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.orgs.queries import names_of, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import BulletinRule
from luodi.papers.models import PaperState

from ..flows import BULLETIN
from ..models import Bulletin, BulletinComment, BulletinLine, BulletinReceipt, BulletinState
from ..models.bulletins import SUBJECT
from ..rules.bulletins import Changed, Line, Moved, changed, moved, read_line
from .bulletins import (
    BulletinRow,
    is_issued,
    papers_about,
    roles_in,
    row_of,
    stage_label,
    title_of,
)
from .composing import rule_of, zones_of
from .contests import ContestRow, contests_of

DEEDS = {
    "open_bulletin": gettext_lazy("开始本期通报"),
    "preview_bulletin": gettext_lazy("发各开发区核对"),
    "comment_on_bulletin": gettext_lazy("开发区说明"),
    "raise_contest": gettext_lazy("提出异议"),
    "uphold_contest": gettext_lazy("异议成立"),
    "reject_contest": gettext_lazy("异议不成立"),
    "withdraw_contest": gettext_lazy("撤回异议"),
    "open_paper": gettext_lazy("开始拟稿"),
    "freeze_bulletin": gettext_lazy("确定数据"),
    "freeze_paper": gettext_lazy("定稿送审"),
    "check_paper": gettext_lazy("审核"),
    "sign_paper": gettext_lazy("签发"),
    "send_back_paper": gettext_lazy("退回重拟"),
    "sign_for_bulletin": gettext_lazy("签收通报"),
}
"""What was done to a bulletin, as its timeline says it."""


@dataclass(frozen=True)
class CommentRow:
    """What a zone wants to have said."""

    unit: str
    name: str
    words: str
    seen: int


@dataclass(frozen=True)
class BulletinEvent:
    """A line of a bulletin's history."""

    at: datetime
    who: str
    what: str
    why: str


@dataclass(frozen=True)
class BulletinPage:
    """One bulletin as a viewer may see it.

    `own` are the viewer's zones' lines, `lines` everybody's (empty while they aren't the viewer's
    to see); `changes` what differs from the preview, by zone.
    """

    bulletin: Bulletin
    state: BulletinState
    rule: BulletinRule | None
    title: str
    stage: str
    stage_label: str
    paper: PaperState | None
    roles: frozenset[str]
    zones: tuple[str, ...]
    own: tuple[Line, ...]
    lines: tuple[Line, ...]
    changes: Mapping[str, list[Changed]]
    contests: tuple[ContestRow, ...]
    comments: tuple[CommentRow, ...]
    receipts: tuple[tuple[str, str, datetime | None], ...]
    moves: frozenset[str]
    events: tuple[BulletinEvent, ...]
    previous: BulletinRow | None
    moved: tuple[Moved, ...]

    @property
    def is_issued(self) -> bool:
        """Whether its paper is signed."""
        return self.stage == "issued"

    @property
    def open_contests(self) -> int:
        """How many wait for an answer."""
        return sum(row.stage == "raised" for row in self.contests)

    def comment_of(self, unit: str) -> CommentRow | None:
        """What a zone has said."""
        return next((row for row in self.comments if row.unit == unit), None)

    def may_contest(self, moment: Moment) -> bool:
        """Whether the viewer's zone may still contest and comment."""
        until = self.state.contest_until
        checking = self.stage == "previewed" and (until is None or moment.at <= until)
        return checking and "zone" in self.roles

    @property
    def must_sign(self) -> bool:
        """Whether the viewer's zone has still to sign for it."""
        waiting = any(unit in self.zones and not at for unit, _name, at in self.receipts)
        return self.is_issued and "zone" in self.roles and waiting


def bulletin_page(key: str, viewer: Viewer, moment: Moment) -> BulletinPage:
    """One bulletin as a viewer may see it at a moment; `NotFound` for any other."""
    mine = visible(Bulletin.objects.at(moment).filter(key=key), viewer)
    state = (
        BulletinState.objects.at(moment)
        .filter(bulletin__in=mine)
        .select_related("bulletin")
        .first()
    )
    if state is None:
        raise NotFound(_("没有这期通报，或者它不在您的范围内。"))
    bulletin = state.bulletin
    paper = papers_about([key], moment).get(key)
    issued = is_issued(paper)
    zones = zones_of(bulletin.city, moment)
    keys = [zone.of_id for zone in zones]
    roles = roles_in(viewer, bulletin.city, keys)
    runs = _lines_by_run(key, viewer, moment)
    lines = runs.get(state.run, ())
    names = {zone.of_id: zone.short_name or zone.name for zone in zones}
    previous, past = lines_before(state, viewer, moment)
    everything = viewer.sees_whole_city or issued
    return BulletinPage(
        bulletin=bulletin,
        state=state,
        rule=rule_of(bulletin.city, bulletin.rule, moment),
        title=title_of(state, moment),
        stage="issued" if issued else state.stage,
        stage_label=stage_label(state.stage, issued=issued),
        paper=paper if issued or "office" in roles else None,
        roles=roles,
        zones=tuple(unit for unit in keys if unit in viewer.units),
        own=tuple(line for line in lines if line.unit in viewer.units),
        lines=lines if everything else (),
        changes=_changes(runs, state.run),
        contests=contests_of(key, viewer, roles, names, moment),
        comments=_comments(key, viewer, names, moment),
        receipts=_receipts(key, viewer, names, issued, moment),
        moves=_moves(state, roles, issued, moment),
        events=_events(key, moment) if viewer.sees_whole_city else (),
        previous=previous,
        moved=tuple(moved(lines if everything else (), past)),
    )


def _moves(
    state: BulletinState, roles: frozenset[str], issued: bool, moment: Moment
) -> frozenset[str]:
    if moment.is_past or issued:
        return frozenset()
    return frozenset(move.name for move in BULLETIN.available(state.stage, roles))


def _lines_by_run(key: str, viewer: Viewer, moment: Moment) -> dict[int, tuple[Line, ...]]:
    """The lines a viewer may see, by composition, zones by name."""
    rows = visible(BulletinLine.objects.at(moment).filter(bulletin=key), viewer)
    found: dict[int, list[Line]] = {}
    for run, content in rows.values_list("run", "content").order_by("run", "unit"):
        found.setdefault(run, []).append(read_line(content))
    return {run: tuple(sorted(some, key=lambda one: one.name)) for run, some in found.items()}


def _changes(runs: Mapping[int, tuple[Line, ...]], run: int) -> dict[str, list[Changed]]:
    """What differs from the composition before, by zone."""
    before = {line.unit: line for line in runs.get(run - 1, ())}
    return {
        line.unit: found
        for line in runs.get(run, ())
        if line.unit in before and (found := changed(before[line.unit], line))
    }


def _comments(
    key: str, viewer: Viewer, names: Mapping[str, str], moment: Moment
) -> tuple[CommentRow, ...]:
    rows = visible(BulletinComment.objects.at(moment).filter(bulletin=key), viewer)
    found = [CommentRow(row.unit, names.get(row.unit, ""), row.words, row.since_id) for row in rows]
    return tuple(sorted(found, key=lambda row: row.name))


def _receipts(
    key: str, viewer: Viewer, names: Mapping[str, str], issued: bool, moment: Moment
) -> tuple[tuple[str, str, datetime | None], ...]:
    """Zones that were to sign for it, with name and when they did; a zone sees its own."""
    if not issued:
        return ()
    rows = visible(BulletinReceipt.objects.at(moment).filter(bulletin=key), viewer)
    signed = {row.unit: row.act.at for row in rows.select_related("act")}
    shown = [zone for zone in names if viewer.sees_whole_city or zone in viewer.units]
    return tuple((zone, names[zone], signed.get(zone)) for zone in shown)


def _events(key: str, moment: Moment) -> tuple[BulletinEvent, ...]:
    acts = list(acts_on(subject_key(SUBJECT, key), moment).filter(verb__in=DEEDS))
    names = names_of(act.by for act in acts)
    return tuple(
        BulletinEvent(act.at, names.get(act.by, _("系统")), str(DEEDS[act.verb]), act.why)
        for act in acts
    )


def lines_before(
    state: BulletinState, viewer: Viewer, moment: Moment
) -> tuple[BulletinRow | None, tuple[Line, ...]]:
    """The issue before of the same periodical, with the lines of it a viewer may see."""
    bulletin = state.bulletin
    rows = BulletinState.objects.at(moment).filter(
        bulletin__city=bulletin.city, bulletin__rule=bulletin.rule, due_on__lt=state.due_on
    )
    earlier = list(rows.select_related("bulletin").order_by("-due_on")[:8])
    papers = papers_about([one.bulletin_id for one in earlier], moment)
    last = next((one for one in earlier if is_issued(papers.get(one.bulletin_id))), None)
    if last is None:
        return None, ()
    row = row_of(last, papers[last.bulletin_id], {}, {}, "", moment)
    return row, _lines_by_run(last.bulletin_id, viewer, moment).get(last.run, ())
