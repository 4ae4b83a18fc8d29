"""Filings: whose they are, where they stand, and which of them a viewer may read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.doors import Found
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.periods import period_label
from luodi.common.refusals import NotFound
from luodi.indicators.choices import Purpose
from luodi.orgs.choices import Role
from luodi.orgs.models import EnterprisePosting
from luodi.orgs.queries import enterprise_names, names_of, people_with, unit_names, visible
from luodi.orgs.rules import Viewer

from ..choices import Stage, TurnStage
from ..flows import WRITABLE
from ..models import Filing, FilingState, FormState, TurnState
from ..rules.rights import FILLERS, responds


def readable(filings: QuerySet[Filing], viewer: Viewer) -> QuerySet[Filing]:
    """The filings a viewer may read.

    Rows of identifiable enterprises are for the enterprise, the unit it reports to, the form's
    owner and the statistician; no other bureau and no office sees them.
    """
    rows = visible(filings, viewer)
    if viewer.has(Role.STATISTICIAN) or viewer.enterprise:
        return rows
    home = Q(unit__in=viewer.units) | Q(zone__in=viewer.units, zone__gt="")
    return rows.filter(Q(enterprise="") | home | Q(form__unit__in=viewer.units))


CAME_BACK = (Stage.RETURNED, Stage.CORRECTING)


def takes_figures(running: bool, stage: str) -> bool:
    """True where figures are taken: the period runs, or the filing was sent back for them."""
    return running or stage in CAME_BACK


@dataclass(frozen=True)
class Standing:
    """A filing with its edition, its state and its turn."""

    filing: Filing
    edition: FormState
    state: FilingState
    turn: TurnState

    @property
    def running(self) -> bool:
        """True while the period takes first submissions."""
        return self.turn.stage == TurnStage.RUNNING

    @property
    def takes_figures(self) -> bool:
        """True while this filing may be handed in: what came back may after the period ended."""
        return takes_figures(self.running, self.state.stage)

    @property
    def standing_edition(self) -> int:
        """The edition whose figures stand: the accepted one, also while it is being corrected."""
        kept = self.state.stage in (Stage.ACCEPTED, Stage.CORRECTING)
        return self.state.accepted if kept else self.state.edition

    @property
    def writable(self) -> bool:
        """True where the stage lets the respondent type."""
        return self.state.stage in WRITABLE


def _standings(filings: QuerySet[Filing], moment: Moment) -> list[Standing]:
    rows = list(filings.select_related("edition", "form"))
    states = {s.filing_id: s for s in FilingState.objects.at(moment).filter(filing__in=rows)}
    turns = {
        s.turn_id: s
        for s in TurnState.objects.at(moment).filter(turn__in={row.turn_id for row in rows})
    }
    return [
        Standing(row, row.edition, states[row.key], turns[row.turn_id])
        for row in rows
        if row.key in states and row.turn_id in turns
    ]


def standing_of(viewer: Viewer, key: str, moment: Moment) -> Standing:
    """One filing a viewer may read, or `NotFound`."""
    found = standings_of(viewer, [key], moment)
    return found[0]


def standings_of(viewer: Viewer, keys: Iterable[str], moment: Moment) -> list[Standing]:
    """Several filings in the order of their keys; `NotFound` where one isn't the viewer's."""
    wanted = list(dict.fromkeys(keys))
    rows = readable(Filing.objects.at(moment).filter(key__in=wanted), viewer)
    found = {one.filing.key: one for one in _standings(rows, moment)}
    if not wanted or set(wanted) - set(found):
        raise NotFound(_("没有这份报表，或者不在您的查看范围内。"))
    return [found[key] for key in wanted]


def about(one: Standing) -> dict[str, Any]:
    """Subjects and scope of an act on a filing."""
    filing = one.filing
    names = ("city", "zone", "unit", "enterprise")
    subjects = [
        subject_key("filing", filing.key),
        subject_key("turn", filing.turn_id),
        subject_key("form", filing.form_id),
    ]
    return {"subjects": subjects, "scope": {name: getattr(filing, name) for name in names}}


@dataclass(frozen=True)
class FilingRow:
    """A filing in words."""

    key: str
    form: str
    title: str
    table_number: str
    period: str
    period_label: str
    unit: str
    respondent: str
    stage: str
    stage_label: str
    due_at: datetime
    late: bool
    edition: int
    explained: int
    reason: str
    submitted_at: datetime | None
    submitted_by: str
    takes_figures: bool
    mine: bool
    overdue: bool

    @property
    def writable(self) -> bool:
        """True where the viewer may type and hand in."""
        return self.mine and self.takes_figures and self.stage in WRITABLE

    @property
    def address(self) -> str:
        return reverse("filing", args=[self.key])


def respondent_name(filing: Filing, names: dict[str, str]) -> str:
    """Who answers, in words."""
    return names.get(filing.enterprise or filing.unit, "—")


def filing_rows(filings: QuerySet[Filing], viewer: Viewer, moment: Moment) -> list[FilingRow]:
    """Filings in words, those due first at the head, in a fixed number of queries."""
    found = _standings(readable(filings, viewer), moment)
    names = unit_names({one.filing.unit for one in found}, moment)
    names |= enterprise_names(
        {f.enterprise for one in found if (f := one.filing).enterprise}, moment
    )
    people = names_of(one.state.submitted_by for one in found if one.state.submitted_by)
    rows = [_row(one, viewer, moment, names, people) for one in found]
    return sorted(rows, key=lambda r: (not r.writable, r.due_at, r.title, r.respondent))


def _row(
    one: Standing, viewer: Viewer, moment: Moment, names: dict[str, str], people: dict[str, str]
) -> FilingRow:
    filing, state, edition = one.filing, one.state, one.edition
    over = state.stage in WRITABLE and state.edition == 0 and moment.at > state.due_at
    return FilingRow(
        key=filing.key,
        form=filing.form_id,
        title=edition.title,
        table_number=edition.table_number,
        period=filing.period,
        period_label=period_label(filing.period),
        unit=filing.unit,
        respondent=respondent_name(filing, names),
        stage=state.stage,
        stage_label=Stage(state.stage).label,
        due_at=state.due_at,
        late=state.late,
        edition=state.edition,
        explained=state.explained,
        reason=state.reason,
        submitted_at=state.submitted_at,
        submitted_by=people.get(state.submitted_by, ""),
        takes_figures=one.takes_figures,
        mine=responds(viewer, filing.unit, filing.enterprise),
        overdue=over,
    )


def my_filings(viewer: Viewer, moment: Moment) -> list[FilingRow]:
    """What the viewer's units or enterprise are asked for: open turns, and what came back."""
    own = Filing.objects.at(moment).filter(
        Q(enterprise=viewer.enterprise)
        if viewer.enterprise
        else Q(unit__in=viewer.units, enterprise="")
    )
    running = TurnState.objects.at(moment).filter(stage=TurnStage.RUNNING).values("turn")
    back = FilingState.objects.at(moment).filter(stage__in=CAME_BACK).values("filing")
    rows = own.filter(Q(turn__in=running) | Q(key__in=back))
    return [row for row in filing_rows(rows, viewer, moment) if row.mine]


def filing_for(viewer: Viewer, key: str, moment: Moment) -> FilingRow:
    """One filing in words, or `NotFound`."""
    rows = filing_rows(Filing.objects.at(moment).filter(key=key), viewer, moment)
    if not rows:
        raise NotFound(_("没有这份报表，或者不在您的查看范围内。"))
    return rows[0]


def people_of(filing: Filing) -> list[str]:
    """The people who answer for a filing: to be told what is asked and what came back."""
    if filing.enterprise:
        rows = EnterprisePosting.objects.open().filter(enterprise=filing.enterprise)
        return list(rows.values_list("person", flat=True))
    return people_with(filing.unit, FILLERS)


def find_filing(key: str) -> Found | None:
    """A filing as a subject. An enterprise's statistical filing isn't searched."""
    filing = Filing.objects.filter(key=key).select_related("edition").first()
    if filing is None:
        return None
    title = f"{period_label(filing.period)} · {filing.edition.title}"
    scope = {"city": filing.city, "unit": filing.unit, "enterprise": filing.enterprise}
    hidden = filing.enterprise and filing.edition.purpose == Purpose.STATISTICS
    address = reverse("filing", args=[key])
    return Found(title, address, _("报表"), filing.edition.table_number, scope, not hidden)
