"""What waits for somebody in policies, for the page of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luodi.common.duties import RETURNED, Duty
from luodi.common.languages import language
from luodi.common.moments import LOCAL, Moment
from luodi.kit.flows import Move
from luodi.orgs.choices import Role
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import visible
from luodi.orgs.rules import UNIT_ROLES, Viewer

from ..choices import FactStage, RuleStage
from ..flows import FIRM, FLOWS, FOR_FIRM, OFFICE, PROXY
from ..models import ArticleRule, ArticleState, FirmFact, PolicyClaim, PolicyClaimState
from ..rules import keeps_facts
from .holding import firms_with_account
from .renewing import renewals


def policy_duties(viewer: Viewer, moment: Moment) -> Iterator[Duty]:
    """Rules to be checked, statements to be verified, claims to be handled or answered."""
    if viewer.enterprise:
        yield from _of_firm(viewer, moment)
        yield from _renewals_of_firm(viewer, moment)
    elif viewer.roles & (UNIT_ROLES | {Role.OFFICE}):
        yield from _rules(viewer, moment)
        yield from _statements(viewer, moment)
        yield from _renewals(viewer, moment)
        yield from _of_office(viewer, moment)


def _offices(viewer: Viewer) -> frozenset[str]:
    """The units for which the viewer handles articles."""
    return frozenset(unit for unit, role in viewer.unit_roles if role in UNIT_ROLES)


def _handled(viewer: Viewer, field: str) -> Q:
    """What is the viewer's to handle: the own units' things; the office has those of no unit."""
    mine = Q(**{f"{field}__in": _offices(viewer)})
    return mine | Q(**{field: ""}) if viewer.has(Role.OFFICE) else mine


def _rules(viewer: Viewer, moment: Moment) -> Iterator[Duty]:
    """Rules that somebody else entered."""
    rows = ArticleRule.objects.at(moment).filter(
        stage=RuleStage.ENTERED, article__city__in=viewer.cities
    )
    waiting = {row.article_id for row in rows.exclude(entered_by=viewer.person)}
    states = ArticleState.objects.at(moment).filter(_handled(viewer, "office"))
    for key, title in states.filter(article__in=waiting).values_list("article", "title"):
        what = _("政策条件待复核：%(title)s") % {"title": title[:60]}
        yield Duty(what, "", reverse("policy_rule", args=[key]))


def _statements(viewer: Viewer, moment: Moment) -> Iterator[Duty]:
    """What firms of one's own zone or county state of themselves, together."""
    rows = visible(FirmFact.objects.at(moment).filter(stage=FactStage.STATED), viewer)
    waiting = list(rows.values_list("of", flat=True))
    states = EnterpriseState.objects.at(moment).filter(of__in=set(waiting)) if waiting else ()
    homes = {state.of_id: state for state in states}
    mine = [
        key
        for key in waiting
        if key in homes
        and keeps_facts(viewer, homes[key].city, homes[key].unit, homes[key].zone)
        and not (viewer.has(Role.OFFICE) and homes[key].unit)
    ]
    if mine:
        count = len(mine)
        words = ngettext("%(n)d 项企业自述待核实", "%(n)d 项企业自述待核实", count)
        firms = len(set(mine))
        why = ngettext("来自 %(n)d 家企业", "来自 %(n)d 家企业", firms) % {"n": firms}
        yield Duty(words % {"n": count}, why, reverse("policy_statements"))


def _renewals(viewer: Viewer, moment: Moment) -> Iterator[Duty]:
    """Facts of the firms of one's own zone or county that are about to run out, together."""
    rows = renewals(viewer, moment, soon=True)
    mine = [row for row in rows if row.may_record and not row.waits]
    if viewer.has(Role.OFFICE):
        mine = [row for row in mine if not row.unit]
    if mine:
        words = ngettext("%(n)d 项企业事实将到期", "%(n)d 项企业事实将到期", len(mine))
        firms = len({row.enterprise for row in mine})
        why = ngettext("来自 %(n)d 家企业", "来自 %(n)d 家企业", firms) % {"n": firms}
        address = reverse("policy_renewals")
        yield Duty(words % {"n": len(mine)}, why, address, _end_of(mine[0].last_on), "yellow")


def _renewals_of_firm(viewer: Viewer, moment: Moment) -> Iterator[Duty]:
    """What a firm is asked to state anew before it counts no more."""
    for row in renewals(viewer, moment, enterprise=viewer.enterprise):
        if row.may_state and not row.waits:
            what = _("请更新企业事实：%(fact)s") % {"fact": row.label}
            address = f"{reverse('my_policy_facts')}?{urlencode({'fact': row.fact})}#state"
            light = "none" if row.is_over else row.light[0]
            yield Duty(what, row.light[1], address, _end_of(row.last_on), light)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, LOCAL)


def _of_office(viewer: Viewer, moment: Moment) -> Iterator[Duty]:
    """Claims of one's office by where they stand; in the notice only those whose time is over.

    What waits for the word of a firm without an account waits for the office, too.
    """
    mine = visible(PolicyClaim.objects.at(moment), viewer).filter(_handled(viewer, "unit"))
    states = list(
        PolicyClaimState.objects.at(moment).filter(claim__in=mine).select_related("claim")
    )
    speaking = firms_with_account(state.holder for state in states)
    count: Counter[tuple[str, str]] = Counter()
    for state in states:
        over = state.notice_until is None or moment.at > state.notice_until
        waits = any(
            state.stage in move.sources and _is_of_office(move, state.holder in speaking)
            for move in FLOWS[state.claim.mode].moves
        )
        if waits and (state.stage != "noticed" or over):
            count[state.claim.mode, state.stage] += 1
    for (mode, stage), n in sorted(count.items()):
        label = FLOWS[mode].state(stage).label(language())
        words = ngettext("政策兑现%(stage)s %(n)d 笔", "政策兑现%(stage)s %(n)d 笔", n)
        query = urlencode({"f_stage": label})
        yield Duty(
            words % {"stage": f"“{label}”", "n": n},
            "",
            f"{reverse('policy_claims')}?{query}",
            light="yellow" if stage == "noticed" else "none",
        )


def _is_of_office(move: Move, firm_speaks: bool) -> bool:
    """Whether a move waits for the office rather than for the firm."""
    if move.name in FOR_FIRM or PROXY in move.roles:
        return not firm_speaks
    return OFFICE in move.roles and move.name != "drop"


def _of_firm(viewer: Viewer, moment: Moment) -> Iterator[Duty]:
    """What waits for a firm: to confirm what it is given, to complete what was returned."""
    mine = visible(PolicyClaim.objects.at(moment), viewer)
    states = PolicyClaimState.objects.at(moment).filter(claim__in=mine).select_related("claim")
    for state in states.order_by("claim__year", "claim__serial"):
        moves = {
            move.name
            for move in FLOWS[state.claim.mode].moves
            if state.stage in move.sources and FIRM in move.roles
        }
        address = reverse("policy_claim", args=[state.claim_id])
        if "confirm" in moves:
            what = _("请确认享受：%(thing)s") % {"thing": state.claim.thing}
            yield Duty(what, state.claim.number, address)
        elif "hand_in" in moves:
            what = _("申请退回补正：%(thing)s") % {"thing": state.claim.thing}
            yield Duty(what, state.why, address, light=RETURNED)
