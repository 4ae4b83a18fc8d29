"""The library of target firms, what was said with them, and the funnel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luodi.common.doors import facts
from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.orgs.queries import names_of, pack_of, unit_names, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import ModeRule

from ..choices import Agreement, ContactKind, TargetOrigin, TargetStage
from ..models import Contact, TargetFirm, TargetFirmState
from ..rules import brings_along, exact_value
from .chains import gap_rows
from .graph import ChainMap, chain_map


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


def signed_in_words(agreement: str, amount: Decimal | None) -> str:
    """What was signed and for how much; '' where nothing was."""
    if not agreement:
        return ""
    said = str(Agreement(agreement).label)
    return said if amount is None else f"{said} {amount.normalize() + 0:f} {_('万元')}"


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
    event_pk: int | None
    signed: str


@dataclass(frozen=True)
class TargetPage:
    """A target firm with its log; `may_speak`: the viewer may put down a contact.

    `agreement` and `amount` are what was signed last, a contract before a framework agreement.
    """

    row: TargetRow
    state: TargetFirmState
    log: tuple[ContactRow, ...]
    may_speak: bool
    sentence: str
    agreement: str = ""
    amount: Decimal | None = None


def target_page(viewer: Viewer, key: str, moment: Moment) -> TargetPage:
    """One target firm, or `NotFound`."""
    state = targets_of(viewer, moment).filter(target=key).first()
    if state is None:
        raise NotFound(_("没有这家目标企业，或者它不在您的范围内。"))
    rows = target_rows(viewer, moment, key)
    may = brings_along(viewer, state.target.city, state.unit) and not moment.is_past
    signed = Contact.objects.at(moment).filter(target=key).exclude(agreement="")
    contract = Agreement.CONTRACT
    last = max(signed, key=lambda row: (row.agreement == contract, row.on, row.pk), default=None)
    return TargetPage(
        rows[0],
        state,
        tuple(_log(viewer, key, moment)),
        may,
        state.sentence,
        last.agreement if last else "",
        exact_value(last.amount, last.amount_scale) if last else None,
    )


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
            row.event_id,
            signed_in_words(row.agreement, exact_value(row.amount, row.amount_scale)),
        )
        for row in rows
    ]


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
