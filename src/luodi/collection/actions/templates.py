"""A superior's table: brought, its cells confirmed, the rest asked of the units."""

from __future__ import annotations

from collections.abc import Mapping as Posted
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed
from luodi.documents.actions import write_file
from luodi.documents.queries import content_of
from luodi.indicators.choices import Purpose
from luodi.indicators.models import Definition
from luodi.kit.calendars import Period
from luodi.kit.mapping import Mapping
from luodi.orgs.choices import Role
from luodi.orgs.rules import Viewer

from ..models import Form, TableRequest, Template, TemplateState
from ..queries.carrying import last_edition
from ..queries.proposing import indicators_known, proposal_for, subjects_known
from ..queries.templates import known_in, request_for
from ..rules.templates import ASKED, chosen, layout_for, rest_of
from .forms import Edition, define_form
from .turns import YEARS, open_turn


def bring_table(
    *, name: str, data: bytes, period: str, city: str, viewer: Viewer, by: str, at: datetime
) -> TableRequest:
    """Bring a superior's table. `period` '' is read in its title.

    A table whose fixed texts are known takes the mapping that was confirmed before.
    """
    unit = _owner(viewer, city)
    proposal = proposal_for(name, data, city, Moment(at))
    asked = _period(period, proposal.table.period)
    scope = {"city": city, "unit": unit}
    template = Template.objects.filter(fingerprint=proposal.fingerprint, **scope).first()
    request = TableRequest(key=new_key(), period=asked, **scope)
    subjects = [subject_key("table", request.key)]
    with perform("bring_table", by=by, at=at, subjects=subjects, scope=scope,
                 payload={"name": name[:120]}) as deed:  # fmt: skip
        if template is None:
            template = Template(key=new_key(), fingerprint=proposal.fingerprint, **scope)
            deed.write(template)
            title = (proposal.table.title or name)[:200]
            deed.write(TemplateState(template_id=template.key, title=title))
        file = write_file(deed=deed, name=name, data=data, scope=scope)
        request.template_id, request.file_id = template.key, file.key
        deed.write(request)
    return request


def _owner(viewer: Viewer, city: str) -> str:
    """The unit the viewer brings tables for: as statistician or office."""
    for role in (Role.STATISTICIAN, Role.OFFICE):
        for unit in sorted(viewer.units):
            if city in viewer.cities and viewer.acts_for(unit, role):
                return unit
    raise NotAllowed(_("上级表由统计人员或专班办公室办理。"))


def _period(said: str, read: Period | None) -> str:
    try:
        period = read if read and not said.strip() else Period.parse(said)
    except ValueError as error:
        raise Incomplete(_("表题里没有认出报告期，请填写，例如 2026-03。")) from error
    if period.year not in YEARS:
        raise Incomplete(_("时期写得不对，例如 2026-03、2026Q1、2026。"))
    return period.key


def confirm_template(
    *, table: str, posted: Posted[str, str], seen: int, viewer: Viewer, by: str, at: datetime
) -> Mapping:
    """Say once what the cells of a table are; its next editions are filled by it.

    A newer edition takes over what the last one's cells are, but for what is posted.
    `seen` is the act that opened what was looked at; another one since is a `Conflict`.
    """
    found, state = request_for(viewer, table, Moment(at))
    _owner(viewer, found.city)
    if state.since_id != seen:
        raise Conflict(_("别人刚刚核对过这张表，请刷新后再改。"))
    proposal = proposal_for(found.file.name, content_of(found.file), found.city, Moment(at))
    codes = {one.key for one in indicators_known(found.city, Moment(at))}
    units = {one.key for one in subjects_known(found.city, Moment(at))}
    last = None if state.mapping else last_edition(viewer, found, proposal, Moment(at))
    if last:
        proposal = last.carried.guesses(proposal)
    mapping = chosen(proposal, posted, codes, units)
    if not mapping.cells:
        raise Incomplete(_("至少要有一格知道是什么指标、哪个单位。"))
    scope = {"city": found.city, "unit": found.unit}
    subjects = [subject_key("table", one) for one in (table, last.request if last else "") if one]
    with perform("confirm_template", by=by, at=at, subjects=subjects, scope=scope) as deed:
        deed.replace(state, mapping=mapping.stored())
    return mapping


def ask_rest(*, table: str, due_at: datetime | None, viewer: Viewer, by: str, at: datetime) -> Form:
    """Ask the units for what nobody has given: a form of its own, known figures locked in it.

    What they hand in stands in the filled table at once. Asking twice asks nothing twice.
    """
    found, state = request_for(viewer, table, Moment(at))
    owner = _owner(viewer, found.city)
    known = Form.objects.filter(city=found.city, code=ASKED + table).first()
    if known:
        return known
    if not state.mapping:
        raise Incomplete(_("请先核对表里每一格是什么，再发给单位。"))
    _written, asked, _refused = known_in(
        viewer, found, Mapping.read(state.mapping).cells, Moment(at)
    )
    rest = rest_of(asked)
    if not rest.indicators:
        raise Incomplete(_("表里的数都已经有了，不用再问。"))
    if due_at is None or due_at <= at:
        raise Incomplete(_("请写明报送截止时间，要晚于现在。"))
    rows = Definition.objects.at(Moment(at)).filter(
        indicator__city=found.city, indicator__code__in=rest.indicators
    )
    known_as = {
        d.indicator.code: (d.indicator_id, d.name) for d in rows.select_related("indicator")
    }
    named = {code: known_as[code] for code in rest.indicators if code in known_as}
    purposes = {row.purpose for row in rows}
    if len(purposes) != 1:
        raise Incomplete(_("缺的指标用途不同（统计、调度等），不能用一张表问，请分开办理。"))
    edition = Edition(
        title=_("补报：%(title)s") % {"title": state.title[:150]},
        layout=layout_for(named, _("本期")),
        respondents={"units": list(rest.units)},
        period_kind=Period.parse(found.period).kind,
        purpose=Purpose(purposes.pop()),
        source=found.file.name[:200],
    )
    who = {"viewer": viewer, "by": by, "at": at}
    form = define_form(city=found.city, owner=owner, code=ASKED + table, edition=edition, **who)
    open_turn(form=form.key, period=found.period, due_at=due_at, **who)
    return form
