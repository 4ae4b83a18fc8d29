"""The library of target firms, what was said with them, and the funnel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luodi.common.doors import facts
from luodi.common.languages import listed, titled
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.orgs.queries import names_of, pack_of, unit_names, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import FactRule, ModeRule

from ..choices import ContactKind, TargetOrigin, TargetStage
from ..models import Contact, PromotionEvent, TargetFirm, TargetFirmState
from ..rules import brings_along
from .chains import gap_rows
from .graph import ChainMap, chain_map

REACHED = {
    TargetStage.LISTED: 0,
    TargetStage.CONTACTED: 1,
    TargetStage.TALKING: 2,
    TargetStage.SIGNED: 3,
}
STATED = ("promotion-contacts", "promotion-projects", "signed-projects")
"""The codes of the figures that reviews state for the steps of the funnel."""


def modes_of(city: str, moment: Moment) -> list[tuple[str, str]]:
    """The modes of promotion of a city: key and title."""
    rules = pack_of(city, moment).all("modes", ModeRule, moment.today)
    ordered = sorted(rules, key=lambda rule: rule.order)
    return [(rule.key, titled(rule)) for rule in ordered]


@dataclass(frozen=True)
class Lead:
    """The project that came of a target firm, as the projects say."""

    key: str
    name: str
    stage: str
    address: str


def leads_of(targets: Iterable[str], moment: Moment) -> dict[str, Lead]:
    """Projects opened from target firms, asked of whoever registers projects."""
    source = facts.get("target_firm.lead")
    return dict(source(targets, moment)) if source else {}


@dataclass(frozen=True)
class TargetRow:
    """A firm to be invited, with why and how far."""

    key: str
    firm: str
    name: str
    place: str
    chain: str
    product: str
    origin: str
    why: str
    stage: str
    stage_label: str
    unit_key: str
    unit: str
    mode: str
    contacts: int
    last_on: date | None
    lead: Lead | None
    generated: bool


def targets_of(viewer: Viewer, moment: Moment) -> QuerySet[TargetFirmState]:
    """The target firms a viewer may see, as they were at a moment."""
    mine = visible(TargetFirm.objects.at(moment), viewer)
    return TargetFirmState.objects.at(moment).filter(target__in=mine).select_related("target")


def target_rows(viewer: Viewer, moment: Moment, key: str = "") -> list[TargetRow]:
    """Target firms in words, in a fixed number of queries."""
    states = targets_of(viewer, moment)
    states = list(states.filter(target=key) if key else states)
    city_map = chain_map(viewer.city, moment)
    units = unit_names({state.unit for state in states if state.unit}, moment)
    modes = dict(modes_of(viewer.city, moment))
    keys = [state.target_id for state in states]
    talks: dict[str, list[date]] = defaultdict(list)
    for target, on in (
        Contact.objects.at(moment).filter(target__in=keys).values_list("target", "on")
    ):
        talks[target].append(on)
    leads = leads_of(keys, moment)
    rows = [_row(city_map, state, units, modes, talks[state.target_id], leads) for state in states]
    return sorted(rows, key=lambda row: (row.name, row.key))


def _row(
    city_map: ChainMap,
    state: TargetFirmState,
    units: dict[str, str],
    modes: dict[str, str],
    talks: list[date],
    leads: dict[str, Lead],
) -> TargetRow:
    firm = city_map.merged.get(state.target.firm_id, state.target.firm_id)
    node = city_map.firms.get(firm)
    product = city_map.product_name(state.product_id) if state.product_id else state.wanted
    return TargetRow(
        key=state.target_id,
        firm=firm,
        name=city_map.firm_name(firm),
        place=node.place if node else "",
        chain=city_map.chains.get(state.chain_id or "", ""),
        product=product,
        origin=str(TargetOrigin(state.origin).label),
        why=why_wanted(state, product),
        stage=state.stage,
        stage_label=str(TargetStage(state.stage).label),
        unit_key=state.unit,
        unit=units.get(state.unit, ""),
        mode=modes.get(state.mode, ""),
        contacts=len(talks),
        last_on=max(talks, default=None),
        lead=leads.get(state.target_id),
        generated=bool(node and node.generated),
    )


def why_wanted(state: TargetFirmState, product: str) -> str:
    """Why a firm is in the library, as a sentence."""
    words = {"product": product or "—", "source": state.source or "—"}
    sentences = {
        TargetOrigin.GAP: _("本地没有企业生产“%(product)s”，它能生产。"),
        TargetOrigin.DIRECTORY: _("《%(source)s》的招商名录点名，产品“%(product)s”。"),
        TargetOrigin.NAMED: _("人工登记：%(source)s。"),
    }
    return sentences[TargetOrigin(state.origin)] % words


@dataclass(frozen=True)
class ContactRow:
    """A line of the log."""

    on: date
    kind: str
    reached: str
    mode: str
    words: str
    who: str
    at: datetime
    event: str


@dataclass(frozen=True)
class TargetPage:
    """A target firm with its log; `may_speak`: the viewer may put down a contact."""

    row: TargetRow
    state: TargetFirmState
    log: tuple[ContactRow, ...]
    may_speak: bool
    sentence: str


def target_page(viewer: Viewer, key: str, moment: Moment) -> TargetPage:
    """One target firm, or `NotFound`."""
    state = targets_of(viewer, moment).filter(target=key).first()
    if state is None:
        raise NotFound(_("没有这家目标企业，或者它不在您的范围内。"))
    rows = target_rows(viewer, moment, key)
    may = brings_along(viewer, state.target.city, state.unit) and not moment.is_past
    return TargetPage(rows[0], state, tuple(_log(viewer, key, moment)), may, state.sentence)


def _log(viewer: Viewer, key: str, moment: Moment) -> list[ContactRow]:
    rows = list(
        Contact.objects.at(moment)
        .filter(target=key)
        .select_related("act", "event")
        .order_by("-on", "-pk")
    )
    people = names_of({row.act.by for row in rows})
    modes = dict(modes_of(viewer.city, moment))
    return [
        ContactRow(
            row.on,
            str(ContactKind(row.kind).label),
            str(TargetStage(row.reached).label),
            modes.get(row.mode, ""),
            row.words,
            people.get(row.act.by, ""),
            row.act.at,
            row.event.name if row.event else "",
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Step:
    """A step of the funnel: computed from the log, and as a review states it."""

    label: str
    counted: int
    rate: Decimal | None
    stated: tuple[tuple[str, str, str], ...]

    @property
    def stated_in_words(self) -> str:
        """What the reviews state, with period and source."""
        return listed(f"{period} {figure}（{source}）" for period, figure, source in self.stated)


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

    The figures of the reviews stand beside, with their source; they count visits and projects, so
    they aren't added to what is counted here.
    """
    mine = targets_of(viewer, moment).values("target")
    rows = Contact.objects.at(moment).filter(target__in=mine)
    if year is not None:
        rows = rows.filter(on__year=year)
    deepest: dict[str, int] = {}
    modes: dict[str, list[str]] = defaultdict(list)
    count = 0
    for target, reached, mode in rows.order_by("on", "pk").values_list("target", "reached", "mode"):
        count += 1
        deepest[target] = max(deepest.get(target, 0), REACHED.get(TargetStage(reached), 0))
        modes[mode].append(target)
    stated = _stated(viewer.city, moment)
    labels = (_("对接企业"), _("进入洽谈"), _("签约"))
    steps, before = [], 0
    for depth, (label, code) in enumerate(zip(labels, STATED, strict=True), 1):
        n = sum(one >= depth for one in deepest.values())
        steps.append(Step(label, n, _share(n, before), tuple(stated.get(code, ()))))
        before = n
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """A gap with the firms elsewhere that could close it, and whether they are in the library."""

    product: str
    name: str
    chain: str
    chain_key: str
    buyers: str
    firm: str
    firm_name: str
    place: str
    target: str = ""


def wanted_firms(viewer: Viewer, moment: Moment, chain: str = "") -> list[Wanted]:
    """Firms elsewhere that make what nobody here makes: candidates for the library."""
    city_map = chain_map(viewer.city, moment)
    known = dict(TargetFirm.objects.at(moment).filter(city=viewer.city).values_list("firm", "key"))
    seen = set(targets_of(viewer, moment).values_list("target", flat=True))
    rows = city_map.once("wanted", chain, lambda: _wanted(city_map, chain))
    listed_here = {firm: target for firm, target in known.items() if target in seen}
    return [
        replace(row, target=listed_here[row.firm]) if row.firm in listed_here else row
        for row in rows
    ]


def _wanted(city_map: ChainMap, chain: str) -> list[Wanted]:
    """Every gap with every firm elsewhere that could close it."""
    firms = city_map.firms
    return [
        Wanted(
            gap.product, gap.name, gap.chain_name, gap.chain, gap.buyers_named, firm,
            city_map.firm_name(firm), firms[firm].place if firm in firms else "",
        )
        for gap in gap_rows(city_map, chain)
        for firm in gap.elsewhere
    ]  # fmt: skip


@dataclass(frozen=True)
class EventRow:
    """A promotion event with what came of it."""

    pk: int
    name: str
    on: date
    place: str
    mode: str
    note: str
    contacts: int
    signed: int


def events(viewer: Viewer, moment: Moment) -> list[EventRow]:
    """The events of the city, the latest first."""
    modes = dict(modes_of(viewer.city, moment))
    seen = targets_of(viewer, moment).values("target")
    met: dict[int, list[str]] = defaultdict(list)
    rows = Contact.objects.at(moment).filter(target__in=seen).exclude(event=None)
    for event, reached in rows.values_list("event", "reached"):
        met[event].append(reached)
    mine = visible(PromotionEvent.objects.at(moment), viewer).order_by("-on", "-pk")
    return [
        EventRow(
            row.pk,
            row.name,
            row.on,
            row.place,
            modes.get(row.mode, ""),
            row.note,
            len(met[row.pk]),
            sum(one == TargetStage.SIGNED for one in met[row.pk]),
        )
        for row in mine
    ]
