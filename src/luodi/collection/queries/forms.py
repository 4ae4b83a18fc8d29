"""Forms, their editions and their turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.doors import Found
from luodi.common.moments import Moment
from luodi.common.periods import period_label
from luodi.common.refusals import NotFound
from luodi.indicators.choices import Purpose
from luodi.indicators.models import Definition
from luodi.indicators.queries import definitions_by_key
from luodi.indicators.rules import has_own_figure
from luodi.orgs.choices import EnterpriseStanding, UnitKind
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import unit_names, units_of, visible
from luodi.orgs.rules import Viewer

from ..choices import About, RowKind, TurnStage
from ..models import Form, FormState, Turn, TurnState
from ..rules.editions import holds_on
from ..rules.layouts import (
    Layout,
    Row,
    fixed_rows,
    indicators_in,
    laid_out,
    period_about,
    row_kind,
)
from ..rules.rights import reviews


@dataclass(frozen=True)
class FormRow:
    """A form in words."""

    key: str
    title: str
    table_number: str
    authority: str
    approval: str
    period_kind: str
    purpose: str
    owner: str
    valid: str
    holds: bool
    turns: int

    @property
    def address(self) -> str:
        return reverse("form", args=[self.key])


def kind_words(kind: str) -> str:
    """A period kind in words."""
    words = {
        "week": _("周报"), "month": _("月报"), "quarter": _("季报"), "half": _("半年报"),
        "year": _("年报"),
    }  # fmt: skip
    return words.get(kind, kind)


def _states(viewer: Viewer, moment: Moment) -> QuerySet[FormState]:
    inside = visible(Form.objects.at(moment), viewer)
    return FormState.objects.at(moment).filter(form__in=inside).select_related("form", "since")


def forms_list(viewer: Viewer, moment: Moment) -> list[FormRow]:
    """The forms a viewer may see, by title; those in force first."""
    states = list(_states(viewer, moment))
    names = unit_names({state.form.unit for state in states}, moment)
    turns = Counter(
        Turn.objects.at(moment)
        .filter(form__in=[s.form_id for s in states])
        .values_list("form", flat=True)
    )
    rows = [_form_row(state, names, turns, moment) for state in states]
    return sorted(rows, key=lambda row: (not row.holds, row.title))


def _form_row(
    state: FormState, names: Mapping[str, str], turns: Mapping[str, int], moment: Moment
) -> FormRow:
    return FormRow(
        key=state.form_id,
        title=state.title,
        table_number=state.table_number,
        authority=state.authority,
        approval=state.approval,
        period_kind=kind_words(state.period_kind),
        purpose=Purpose(state.purpose).label,
        owner=names.get(state.form.unit, ""),
        valid=valid_words(state.valid_from, state.valid_to),
        holds=not state.retired and holds_on(state.valid_from, state.valid_to, moment.today),
        turns=turns.get(state.form_id, 0),
    )


def valid_words(first: date | None, last: date | None) -> str:
    """有效期 in words; '' where none is set."""
    if not first and not last:
        return ""
    return f"{first.isoformat() if first else '…'}—{last.isoformat() if last else '…'}"


@dataclass(frozen=True)
class TurnRow:
    """A period of a form in words."""

    key: str
    period: str
    period_label: str
    stage: str
    stage_label: str
    due_at: datetime
    closes_at: datetime | None


MOST_SHOWN = 60
"""So many rows of a form's shape stand on its page."""


@dataclass(frozen=True)
class Line:
    """A row of a form's shape in words."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class FormPage:
    """All that the page of one form shows."""

    row: FormRow
    state: FormState
    layout: Layout
    definitions: dict[str, Definition]
    turns: list[TurnRow]
    editions: list[FormState]
    owned: bool

    @property
    def shape(self) -> list[Line]:
        """The rows with the name of the figure in each cell; a row by unit or enterprise once."""
        rows = self.layout.rows or (Row("", row_words(row_kind(self.state.layout))),)
        names = {key: f"{d.name}（{d.measured_in}）" for key, d in self.definitions.items()}
        return [
            Line(
                row.label,
                tuple(names.get(self.layout.indicator(row, c), "") for c in self.layout.columns),
            )
            for row in rows[:MOST_SHOWN]
        ]


def row_words(kind: str) -> str:
    """What stands for rows that come about by themselves."""
    return _("每家企业一行") if kind == RowKind.ENTERPRISES else _("每个单位一行")


def form_for(viewer: Viewer, key: str, moment: Moment) -> FormState:
    """The edition of a form in force at a moment, or `NotFound`."""
    state = _states(viewer, moment).filter(form=key).first()
    if state is None:
        raise NotFound(_("没有这张报表，或者不在您的查看范围内。"))
    return state


def form_page(viewer: Viewer, key: str, moment: Moment) -> FormPage:
    """One form with its layout, turns and editions."""
    state = form_for(viewer, key, moment)
    names = unit_names({state.form.unit}, moment)
    turns = turn_rows(key, moment)
    editions = FormState.objects.ever(moment).filter(form=key).select_related("since")
    return FormPage(
        row=_form_row(state, names, {key: len(turns)}, moment),
        state=state,
        layout=layout_of(state, state.form.city, moment),
        definitions=definitions_by_key(indicators_in(state.layout), moment),
        turns=turns,
        editions=list(editions.order_by("-since")),
        owned=reviews(viewer, state.form.unit),
    )


def turn_rows(form: str, moment: Moment) -> list[TurnRow]:
    """The turns of a form, the latest first."""
    states = TurnState.objects.at(moment).filter(turn__form=form).select_related("turn")
    return [
        TurnRow(
            state.turn_id,
            state.turn.period,
            period_label(state.turn.period),
            state.stage,
            TurnStage(state.stage).label,
            state.due_at,
            state.closes_at,
        )
        for state in states.order_by("-turn__period")
    ]


def turn_for(viewer: Viewer, key: str, moment: Moment) -> TurnState:
    """A turn whose form a viewer may see, or `NotFound`."""
    inside = visible(Turn.objects.at(moment).filter(key=key), viewer)
    states = TurnState.objects.at(moment).filter(turn__in=inside)
    state = states.select_related("turn__form").first()
    if state is None:
        raise NotFound(_("没有这一期，或者不在您的查看范围内。"))
    return state


def layout_of(state: FormState, city: str, moment: Moment, filing_unit: str = "") -> Layout:
    """The layout of an edition with its rows: fixed ones, the units it names, or the enterprises
    in business that `filing_unit` looks after."""
    kind = row_kind(state.layout)
    if kind == RowKind.ENTERPRISES:
        return laid_out(state.layout, _enterprise_rows(filing_unit, city, moment))
    if kind != RowKind.UNITS:
        return laid_out(state.layout, fixed_rows(state.layout))
    wanted = state.layout["rows"]
    units, kinds = wanted.get("units", ()), wanted.get("kinds", ())
    rows = [
        Row(key, short or name, unit=key)
        for key, short, name, kind in units_of(city, moment).values_list(
            "of", "short_name", "name", "kind"
        )
        if key in units or kind in kinds
    ]
    return laid_out(state.layout, rows)


def asks_anything(state: FormState, period: str, moment: Moment) -> bool:
    """Whether a form has any figure to ask about a period: of January it may have none."""
    indicators = definitions_by_key(indicators_in(state.layout), moment).values()
    abouts = {column.get("about") or About.THIS for column in state.layout.get("columns", ())}
    periods = [when for about in abouts if (when := period_about(period, about))]
    return not indicators or any(
        has_own_figure(meant, when) for meant in indicators for when in periods
    )


def _enterprise_rows(unit: str, city: str, moment: Moment) -> list[Row]:
    return [
        Row(firm.of_id, firm.name, unit=firm.unit, enterprise=firm.of_id)
        for firm in _in_business(city, moment).filter(unit=unit)
    ]


def _in_business(city: str, moment: Moment) -> QuerySet[EnterpriseState]:
    rows = EnterpriseState.objects.at(moment).filter(city=city)
    return rows.filter(standing=EnterpriseStanding.IN_BUSINESS).order_by("name")


@dataclass(frozen=True)
class Respondent:
    """Who answers: a unit, or an enterprise under the unit that looks after it."""

    unit: str
    enterprise: str = ""
    zone: str = ""


def respondents_of(state: FormState, city: str, moment: Moment) -> list[Respondent]:
    """Who answers a form: its units, those of its kinds, the enterprises of its zones; by name."""
    wanted = state.respondents
    units = [
        Respondent(unit.of_id)
        for unit in units_of(city, moment)
        if unit.kind != UnitKind.COLLECTIVE
        and (unit.of_id in wanted.get("units", ()) or unit.kind in wanted.get("kinds", ()))
    ]
    zones = list(wanted.get("zones", ()))
    firms = _in_business(city, moment).filter(unit__in=zones) if zones else ()
    return units + [Respondent(firm.unit, firm.of_id, firm.zone) for firm in firms]


def find_form(key: str) -> Found | None:
    """A form as a subject."""
    state = FormState.objects.open().filter(form=key).select_related("form").first()
    if state is None:
        return None
    address = reverse("form", args=[key])
    scope = {"city": state.form.city}
    return Found(state.title, address, _("报表制度"), state.table_number, scope)


def find_turn(key: str) -> Found | None:
    """A turn as a subject."""
    turn = Turn.objects.filter(key=key).select_related("form").first()
    state = FormState.objects.open().filter(form=turn.form_id).first() if turn else None
    if turn is None or state is None:
        return None
    title = f"{period_label(turn.period)} · {state.title}"
    return Found(title, reverse("turn", args=[key]), _("报表期"), "", {"city": turn.city})
