"""The term of a zone's leadership team, entered from the document that appoints it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.choices import Role, UnitKind
from luodi.orgs.queries import pack_of, unit_for
from luodi.orgs.rules import Viewer

from ..models import TeamTerm, TeamTermState
from ..queries.terms import term_state
from ..rules import scheme_in
from ..rules.terms import MOST_YEARS


def _check(viewer: Viewer, title: str, term_from: date, term_to: date) -> None:
    if not viewer.has(Role.OFFICE):
        raise NotAllowed(_("班子任期由专班办公室登记。"))
    if not title.strip() or len(title) > 120:
        raise Incomplete(_("请填写任期名称，120 字以内。"))
    if term_to <= term_from or term_to.year - term_from.year > MOST_YEARS:
        raise Incomplete(_("任期的起止日期不对：结束应晚于开始，且不超过 12 年。"))


def open_term(
    *,
    unit: str,
    scheme: str,
    title: str,
    term_from: date,
    term_to: date,
    viewer: Viewer,
    by: str,
    at: datetime,
) -> TeamTerm:
    """Enter a term of a zone's team, looked at by a yearly scheme. Terms of one zone and scheme
    don't overlap."""
    _check(viewer, title, term_from, term_to)
    moment = Moment(at)
    if unit_for(viewer, unit, moment).kind != UnitKind.ZONE:
        raise NotFound(_("没有这个开发区，或者不在您的城市。"))
    if scheme_in(pack_of(viewer.city, moment), scheme, moment.today) is None:
        raise NotFound(_("本市的规则包没有这个考核方案，请从列表里选择。"))
    _check_apart(unit, scheme, term_from, term_to, "")
    key = new_key()
    scope = {"city": viewer.city, "zone": unit, "unit": unit}
    said = {"title": title.strip(), "term_from": term_from, "term_to": term_to}
    with perform(
        "open_term",
        by=by,
        at=at,
        subjects=[subject_key("team_term", key)],
        scope=scope,
        payload={"from": term_from.isoformat(), "to": term_to.isoformat(), "scheme": scheme},
    ) as deed:
        deed.lock()
        _check_apart(unit, scheme, term_from, term_to, "")
        term = deed.write(TeamTerm(key=key, scheme=scheme, **scope))
        deed.write(TeamTermState(term_id=key, **said))
    return term


def _check_apart(unit: str, scheme: str, first: date, last: date, but: str) -> None:
    others = TeamTermState.objects.open().filter(
        term__unit=unit, term__scheme=scheme, term_from__lte=last, term_to__gte=first
    )
    if others.exclude(term=but).exists():
        raise Conflict(_("与这个开发区已登记的任期重叠，请核对起止日期。"))


def change_term(
    *,
    term: str,
    seen: int,
    title: str,
    term_from: date,
    term_to: date,
    why: str,
    viewer: Viewer,
    by: str,
    at: datetime,
) -> None:
    """Correct a term's name or days, with a reason."""
    state = term_state(term, viewer, Moment(at))
    _check(viewer, title, term_from, term_to)
    if state.since_id != seen:
        raise Conflict(_("别人刚刚改了这个任期，请刷新后再看；您填的内容没有写入。"))
    said = {"title": title.strip(), "term_from": term_from, "term_to": term_to}
    if all(getattr(state, name) == value for name, value in said.items()):
        raise Incomplete(_("没有改动任何内容。"))
    if not why.strip():
        raise Incomplete(_("请写明更改原因。"))
    _check_apart(state.term.unit, state.term.scheme, term_from, term_to, term)
    with perform(
        "change_term",
        by=by,
        at=at,
        subjects=[subject_key("team_term", term)],
        scope={"city": state.term.city, "zone": state.term.zone, "unit": state.term.unit},
        payload={"from": term_from.isoformat(), "to": term_to.isoformat()},
        why=why.strip(),
    ) as deed:
        deed.replace(state, **said)
