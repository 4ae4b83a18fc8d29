"""The funnel: contacts, talks, signings and projects, counted from the log with its working."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from luodi.common.languages import aside, listed
from luodi.common.moments import Moment
from luodi.orgs.queries import pack_of
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import FactRule

from ..choices import Agreement, TargetStage
from ..models import Contact
from ..rules import exact_value
from .targets import leads_of, modes_of, targets_of

REACHED = {
    TargetStage.LISTED: 0,
    TargetStage.CONTACTED: 1,
    TargetStage.TALKING: 2,
    TargetStage.SIGNED: 3,
}
STATED = ("promotion-contacts", "promotion-projects", "signed-projects")
"""The codes of the figures that reviews state for the steps of the funnel."""


@dataclass
class _Talks:
    """The log gathered: how far each firm came, by which modes, and what was signed."""

    count: int = 0
    deepest: dict[str, int] = field(default_factory=dict)
    modes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    agreements: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    amounts: Counter[str] = field(default_factory=Counter)
    unsaid: Counter[str] = field(default_factory=Counter)

    def add(self, row: Contact) -> None:
        """Count a contact."""
        target, depth = row.target_id, REACHED.get(TargetStage(row.reached), 0)
        self.count += 1
        self.deepest[target] = max(self.deepest.get(target, 0), depth)
        self.modes[row.mode].append(target)
        if row.reached == TargetStage.SIGNED:
            self.agreements[target].add(row.agreement)
            amount = exact_value(row.amount, row.amount_scale)
            if amount is None:
                self.unsaid[row.agreement] += 1
            else:
                self.amounts[row.agreement] += amount  # type: ignore[assignment]

    def working(self, depth: int) -> str:
        """What stands behind a step in words."""
        if depth < REACHED[TargetStage.SIGNED]:
            stage = TargetStage.CONTACTED if depth == 1 else TargetStage.TALKING
            return _("对接记录里到过“%(stage)s”及以后的企业，各计一次") % {"stage": stage.label}
        parts = []
        for agreement in (Agreement.CONTRACT, Agreement.FRAMEWORK):
            firms = sum(self._best(said) == agreement for said in self.agreements.values())
            if firms:
                words = {"label": agreement.label, "n": firms, "sum": self._sum(agreement)}
                parts.append(_("%(label)s %(n)d 家（%(sum)s）") % words)
        unsaid = sum(not self._best(said) for said in self.agreements.values())
        if unsaid:
            parts.append(_("未注明签约方式 %(n)d 家") % {"n": unsaid})
        return listed(parts)

    @staticmethod
    def _best(said: set[str]) -> str:
        order = (Agreement.CONTRACT.value, Agreement.FRAMEWORK.value)
        return next((one for one in order if one in said), "")

    def _sum(self, agreement: str) -> str:
        """The amounts of an agreement in 万元, and how many have none."""
        parts = []
        if self.amounts[agreement]:
            amount = Decimal(self.amounts[agreement]).normalize() + 0
            parts.append(_("合计 %(sum)s 万元") % {"sum": f"{amount:,f}"})
        if self.unsaid[agreement]:
            parts.append(_("%(n)d 笔没有金额") % {"n": self.unsaid[agreement]})
        if agreement == Agreement.FRAMEWORK:
            parts.append(_("不计入签约额"))
        return listed(parts)


@dataclass(frozen=True)
class Step:
    """A step of the funnel: computed from the log, and as a review states it."""

    label: str
    counted: int
    rate: Decimal | None
    stated: tuple[tuple[str, str, str], ...]
    working: str

    @property
    def stated_in_words(self) -> str:
        """What the reviews state, with period and source."""
        return listed(aside(f"{period} {figure}", source) for period, figure, source in self.stated)


@dataclass(frozen=True)
class ModeRow:
    """A mode of promotion: how often it was used, with how many firms."""

    title: str
    contacts: int
    firms: int


@dataclass(frozen=True)
class Funnel:
    """Contacts, talks, signed, of one year or of all."""

    year: int | None
    steps: tuple[Step, ...]
    contacts: int
    by_mode: tuple[ModeRow, ...]


def funnel(viewer: Viewer, moment: Moment, year: int | None = None) -> Funnel:
    """How many firms came how far: each firm counts once at every step it reached.

    The last step counts the firms whose project is in the pipeline, signed or not; its rate is
    that of those signed.

    The figures of the reviews stand beside, with their source; they count visits and projects, so
    they aren't added to what is counted here.
    """
    talks = _Talks()
    mine = targets_of(viewer, moment).values("target")
    rows = Contact.objects.at(moment).filter(target__in=mine)
    if year is not None:
        rows = rows.filter(on__year=year)
    for row in rows.order_by("on", "pk"):
        talks.add(row)
    modes, stated = talks.modes, _stated(viewer.city, moment)
    leads = leads_of(talks.deepest, moment)
    labels = (_("对接企业"), _("进入洽谈"), _("签约"))
    steps, before = [], 0
    for depth, (label, code) in enumerate(zip(labels, STATED, strict=True), 1):
        n = sum(one >= depth for one in talks.deepest.values())
        said = tuple(stated.get(code, ()))
        steps.append(Step(label, n, _share(n, before), said, talks.working(depth)))
        before = n
    signed = {key for key, depth in talks.deepest.items() if depth >= REACHED[TargetStage.SIGNED]}
    words = _("其中已签约 %(n)d 家、未签约 %(m)d 家") % {
        "n": len(signed & leads.keys()), "m": len(leads.keys() - signed),
    }  # fmt: skip
    opened = len(signed & leads.keys())
    steps.append(Step(_("登记为项目"), len(leads), _share(opened, len(signed)), (), words))
    count = talks.count
    titles = modes_of(viewer.city, moment)
    lines = [
        ModeRow(title, len(modes.get(key, ())), len(set(modes.get(key, ()))))
        for key, title in titles
    ]
    if modes.get(""):
        lines.append(ModeRow(_("未注明"), len(modes[""]), len(set(modes[""]))))
    return Funnel(year, tuple(steps), count, tuple(lines))


def _share(part: int, whole: int) -> Decimal | None:
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _stated(city: str, moment: Moment) -> dict[str, list[tuple[str, str, str]]]:
    """Figures of the reviews by code: period, figure with unit, source."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for rule in pack_of(city, moment).all("facts", FactRule, moment.today):
        if rule.indicator in STATED and rule.figure == "actual":
            found[rule.indicator].append((rule.period, f"{rule.value} {rule.unit}", rule.source))
    return found
