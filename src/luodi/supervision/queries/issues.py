"""A bulletin as it would be frozen now: its lines, and the paper composed from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from luodi.audit.models import Act
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete
from luodi.indicators.models import Definition
from luodi.kit.calendars import Period
from luodi.orgs.models import UnitState
from luodi.orgs.queries import pack_of, unit_names
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import UNCONFIRMED, BulletinRule, PaperRule, UnitRule
from luodi.papers.choices import PaperKind
from luodi.papers.queries import draft_of, paper_about, policy_for
from luodi.papers.rules.snapshot import Content

from ..models.bulletins import SUBJECT
from ..rules.bulletin_paper import Averaged, Issue, compose
from ..rules.bulletins import Line, Said, moved
from .bulletin_pages import BulletinPage, bulletin_page, lines_before
from .composing import compose_lines
from .ratings import rating_results, rating_rule


@dataclass(frozen=True)
class Composed:
    """A bulletin as it would be frozen: the lines read at `position`, and the paper from them."""

    page: BulletinPage
    issue: Issue
    content: Content
    own: Mapping[str, str]
    version: int
    position: int
    lines: tuple[Line, ...]


def settled(moment: Moment) -> Moment:
    """The moment pinned to the last act there is: reading it again later gives the same."""
    if moment.position is not None:
        return moment
    last = Act.objects.aggregate(last=Max("position"))["last"]
    return Moment(moment.at, last or 0)


def needed_rule(page: BulletinPage) -> BulletinRule:
    """The rule of a bulletin; refuses where the pack lays it down no more."""
    if page.rule is None:
        raise Incomplete(_("规则包里没有这种通报的规则了，不能汇总。请先补上规则。"))
    return page.rule


def compose_issue(key: str, viewer: Viewer, moment: Moment) -> Composed:
    """A bulletin composed at the last act, with the office's own words in their places."""
    then = settled(moment)
    page = bulletin_page(key, viewer, moment)
    rule = needed_rule(page)
    city = page.bulletin.city
    turn = Period.parse(page.bulletin.period)
    lines = tuple(compose_lines(rule, city, turn, then))
    paper = paper_about(city, PaperKind.BULLETIN, subject_key(SUBJECT, key))
    draft = draft_of(paper) if paper else None
    own = dict(draft.paragraphs) if draft else {}
    with translation.override(settings.LANGUAGE_CODE):
        issue = _issue(page, rule, turn, lines, viewer, then)
        content = compose(issue, own)
    version = draft.version if draft else 0
    return Composed(page, issue, content, own, version, then.position or 0, lines)


def _issue(
    page: BulletinPage,
    rule: BulletinRule,
    turn: Period,
    lines: tuple[Line, ...],
    viewer: Viewer,
    moment: Moment,
) -> Issue:
    city = page.bulletin.city
    policy = policy_for(city, PaperKind.BULLETIN, moment)
    ratings, kept_back = _ratings(city, turn, moment)
    return Issue(
        key=page.bulletin.key,
        title=rule.title,
        period=turn.key,
        period_label=turn.label("zh"),
        year=turn.year,
        today=moment.today,
        office=_office(city, viewer, moment),
        masthead=policy.title or rule.title,
        lines=lines,
        moves=tuple(moved(lines, lines_before(page.state, viewer, moment)[1])),
        said=tuple(_said(page)),
        ratings=ratings,
        ratings_kept_back=kept_back,
        report_to=rule.report_to or policy.report_to,
        copy_to=rule.copy_to or policy.copy_to,
        basis=_basis(rule, lines, moment),
    )


def _ratings(city: str, turn: Period, moment: Moment) -> tuple[tuple[Averaged, ...], int]:
    """What zones' ratings came to in the turn, the best first, and how many are kept back."""
    rule = rating_rule(city, moment)
    if rule is None:
        return (), 0
    rows = [one for one in rating_results(city, moment, rule) if one.period == turn.key]
    shown = sorted((one for one in rows if one.text), key=lambda one: -(one.mean or 0))
    names = unit_names({one.department for one in shown}, moment)
    found = tuple(Averaged(names.get(one.department, ""), one.text, one.count) for one in shown)
    return found, len(rows) - len(shown)


def _said(page: BulletinPage) -> list[Said]:
    """What the zones said beside their figures, and what became of what they contested."""
    units = {row.unit: row.name for row in (*page.comments, *page.contests)}
    found = []
    for unit, name in sorted(units.items(), key=lambda one: one[1]):
        comment = page.comment_of(unit)
        contests = tuple(
            (row.label, row.reason, _outcome(row.stage_label, row.awaits), row.answer)
            for row in page.contests
            if row.unit == unit and row.stage != "withdrawn"
        )
        if comment or contests:
            found.append(Said(unit, name, comment.words if comment else "", contests))
    return found


def _outcome(label: str, awaits: bool) -> str:
    return _("%s（数据尚待更正）") % label if awaits else label


def _office(city: str, viewer: Viewer, moment: Moment) -> str:
    """The office of the body whose bulletin it is, else the unit in which the office sits."""
    stack = pack_of(city, moment)
    rules = [r for r in stack.all("papers", PaperRule, moment.today) if r.layout == "bulletin"]
    units = {one.key: one.name for one in stack.all("units", UnitRule, moment.today)}
    issuer = units.get(rules[-1].issuer or "", "") if rules else ""
    if issuer:
        return f"{issuer}办公室"
    state = UnitState.objects.at(moment).filter(of=viewer.unit).first()
    return state.name if state else stack.key


def _basis(rule: BulletinRule, lines: tuple[Line, ...], moment: Moment) -> str:
    """Where the rules and definitions of the bulletin stand, and which no text confirms."""
    keys = {cell.indicator for line in lines for cell in line.cells}
    rows = Definition.objects.at(moment).filter(indicator__in=keys).order_by("name")
    unsure = [row.name for row in rows if not row.confirmed]
    ties = _("并列后名次跳过") if rule.ties == "skip" else _("并列后名次不跳过")
    parts = [_("排名按公布数比较，%s，缺数的不排名。") % ties]
    if rule.source == UNCONFIRMED:
        parts.append(_("所列指标和排名办法没有文件依据，为本地默认，待确认。"))
    else:
        parts.append(_("所列指标和排名办法依据：%s。") % rule.source)
    if unsure:
        parts.append(_("口径待确认的指标：%s。") % "、".join(unsure))
    return "".join(parts)
