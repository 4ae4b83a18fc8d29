"""What is lit at a moment, whoever lit it, and how each unit stands.

One list for everything that leans on lights: agendas, ladders, bulletins, meeting screens.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.keys import subject_key
from luodi.common.moments import LOCAL, Moment
from luodi.common.tables import LIGHT_ORDER
from luodi.ledger.queries import items
from luodi.orgs.queries import unit_names, visible
from luodi.orgs.rules import Viewer, whole_city
from luodi.plans.models import Report
from luodi.plans.queries import plans_of, steps_in
from luodi.plans.queries.measures import measures_by_plan
from luodi.plans.queries.reports import report_rows
from luodi.plans.queries.rounds import open_rounds
from luodi.plans.rules.lights import said_in_words
from luodi.projects.queries import leads_waiting_in, stuck

from ..choices import LetterKind
from .letters import letters

KINDS = {
    "measure": gettext_lazy("工作举措"),
    "step": gettext_lazy("年度任务"),
    "item": gettext_lazy("督办事项"),
    "report": gettext_lazy("未报月报"),
    "stuck": gettext_lazy("卡住的项目"),
    "lead": gettext_lazy("招商线索答复"),
    "letter": gettext_lazy("警示提醒函"),
    "talk": gettext_lazy("约谈"),
}
"""What can be lit, as a page calls it."""

PRESSING = ("red", "yellow")


@dataclass(frozen=True)
class Lit:
    """One thing with a light. `units` answer for it; `rule` gave the light; `days` over its time.

    `subject` is the subject key of the thing itself (`measure:…`, `item:…`, `project:…`).
    """

    kind: str
    subject: str
    title: str
    address: str
    light: str
    why: str
    rule: str
    units: tuple[str, ...]
    due_on: date | None = None
    days: int = 0

    @property
    def key(self) -> str:
        """Names this one light: a thing may show several at once, each by a rule of its own."""
        return f"{self.subject}|{self.kind}|{self.rule}"

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(KINDS[self.kind])

    @property
    def shown(self) -> tuple[str, str]:
        """Light and reason, as a table column takes them."""
        return self.light, self.why


@dataclass(frozen=True)
class UnitStanding:
    """What is lit of one unit, the most pressing first."""

    unit: str
    name: str
    lit: tuple[Lit, ...]

    def count(self, light: str, kind: str = "") -> int:
        """How many show a light, of one kind or of all."""
        return sum(one.light == light and kind in ("", one.kind) for one in self.lit)

    @property
    def reds(self) -> int:
        return self.count("red")

    @property
    def yellows(self) -> int:
        return self.count("yellow")


def lit_in(city: str, moment: Moment) -> list[Lit]:
    """The same over a whole city: for what the scheduler drafts, never for a page."""
    return lit(whole_city(city), moment)


def lit(viewer: Viewer, moment: Moment) -> list[Lit]:
    """Everything red or yellow in the viewer's scope at the moment, the most pressing first."""
    found = [
        *_measures(viewer, moment),
        *_items(viewer, moment),
        *_reports(viewer, moment),
        *_stuck(viewer, moment),
        *_leads(viewer, moment),
        *_letters(viewer, moment),
    ]
    pressing = [one for one in found if one.light in PRESSING]
    return sorted(pressing, key=lambda one: (LIGHT_ORDER[one.light], -one.days, one.title))


def by_unit(found: Iterable[Lit], moment: Moment) -> list[UnitStanding]:
    """What is lit by the unit that answers for it, those with most reds first."""
    mine: dict[str, list[Lit]] = defaultdict(list)
    for one in found:
        for unit in one.units:
            mine[unit].append(one)
    names = unit_names(mine, moment)
    rows = [UnitStanding(unit, names.get(unit, ""), tuple(some)) for unit, some in mine.items()]
    return sorted(rows, key=lambda row: (-row.reds, -row.yellows, row.name))


def _measures(viewer: Viewer, moment: Moment) -> Iterator[Lit]:
    """Measures, for which the lead answers, or every unit where none is marked; and their steps."""
    plans = list(plans_of(viewer, moment))
    for rows in measures_by_plan(plans, viewer, moment).values():
        for row in rows:
            lead = row.lead
            yield Lit(
                kind="measure",
                subject=subject_key("measure", row.key),
                title=row.title,
                address=reverse("measure", args=[row.key]),
                light=row.verdict.light,
                why=_why(said_in_words(row.verdict), lead is None and len(row.units) > 1),
                rule=row.verdict.rule,
                units=(lead.key,) if lead else tuple(unit.key for unit in row.units),
                due_on=row.due_on,
                days=_over(row.due_on, moment),
            )
    for step in steps_in(plans, viewer, moment):
        yield Lit(
            kind="step",
            subject=subject_key("step", step.key),
            title=step.title,
            address=reverse("measure", args=[step.measure]),
            light=step.verdict.light,
            why=step.why,
            rule=step.verdict.rule,
            units=(step.unit,),
            due_on=step.due_on,
            days=_over(step.due_on, moment),
        )


def _why(said: str, leaderless: bool) -> str:
    """The reason of a measure's light; that several units stand for it where none leads."""
    return said + _("；未标明牵头，列出全部责任单位") if leaderless else said


def _items(viewer: Viewer, moment: Moment) -> Iterator[Lit]:
    for row in items(viewer, moment, {"show": "open"}):
        yield Lit(
            kind="item",
            subject=subject_key("item", row.key),
            title=f"{row.number} {row.title}",
            address=reverse("item", args=[row.key]),
            light=row.light,
            why=row.why,
            rule=row.rule,
            units=(row.lead_unit,),
            due_on=row.due_on,
            days=_over(row.due_on, moment),
        )


def _reports(viewer: Viewer, moment: Moment) -> Iterator[Lit]:
    """Months for which a unit owes reports that were due: one line for each unit and month."""
    rounds = {round.key: round for round in open_rounds(viewer, moment)}
    wanted = visible(Report.objects.filter(round__in=list(rounds)), viewer)
    owed = Counter(
        (row.round, row.unit)
        for row in report_rows(wanted, viewer, moment)
        if row.overdue and not row.handed
    )
    for (key, unit), count in owed.items():
        round = rounds[key]
        due_on = round.due_at.astimezone(LOCAL).date()
        yield Lit(
            kind="report",
            subject=subject_key("round", key),
            title=_("%(period)s月报（%(plan)s）")
            % {"period": round.period, "plan": round.plan_title[:60]},
            address=reverse("round", args=[key]),
            light="red",
            why=_("应于 %(due)s 前报送，还有 %(n)s 条没有报") % {"due": due_on, "n": count},
            rule="report-overdue",
            units=(unit,),
            due_on=due_on,
            days=_over(due_on, moment),
        )


def _stuck(viewer: Viewer, moment: Moment) -> Iterator[Lit]:
    """Projects that waited longer at a stage than the city's rules allow."""
    _kinds, rows = stuck(viewer, moment)
    for one in rows:
        yield Lit(
            kind="stuck",
            subject=subject_key("project", one.key),
            title=one.row.name,
            address=reverse("project", args=[one.key]),
            light="yellow",
            why=_("%(title)s：已等 %(days)s 天，超出 %(over)s 天")
            % {"title": one.title, "days": one.days, "over": one.over},
            rule=one.rule.key,
            units=tuple(unit for unit in (one.row.lead_unit,) if unit),
            days=one.over,
        )


def _leads(viewer: Viewer, moment: Moment) -> Iterator[Lit]:
    for row in leads_waiting_in(viewer.city, moment):
        if not (viewer.sees_whole_city or row.lead_unit in viewer.units):
            continue
        due_on = row.answer_due.astimezone(LOCAL).date() if row.answer_due else None
        yield Lit(
            kind="lead",
            subject=subject_key("project", row.key),
            title=row.name,
            address=reverse("project", args=[row.key]),
            light=row.light[0],
            why=row.light[1],
            rule="lead",
            units=tuple(unit for unit in (row.lead_unit,) if unit),
            due_on=due_on,
            days=_over(due_on, moment),
        )


def _letters(viewer: Viewer, moment: Moment) -> Iterator[Lit]:
    """Letters to a unit whose answer or rectification is near or over its time."""
    for row in letters(viewer, moment):
        yield Lit(
            kind="letter" if row.kind == LetterKind.WARNING_LETTER else "talk",
            subject=subject_key("letter", row.key),
            title=f"{row.number} {row.title}".strip(),
            address=row.address,
            light=row.light,
            why=row.why,
            rule=row.verdict.rule,
            units=(row.unit,),
            due_on=row.due_on,
            days=row.days,
        )


def _over(due_on: date | None, moment: Moment) -> int:
    """Natural days over a due day, 0 up to and on it."""
    return max(0, (moment.today - due_on).days) if due_on else 0
