"""Claims begin: firms that fit are listed without their asking, or a firm applies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete
from luodi.common.verdicts import Told
from luodi.orgs.choices import EnterpriseStanding
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import enterprises_of, viewer_of_person
from luodi.orgs.rules import Viewer, whole_city

from ..choices import ClaimMode
from ..flows import ENDED, FLOWS
from ..models import PolicyClaim, PolicyClaimState
from ..queries.addressed import applicant
from ..queries.catalogue import catalogue
from ..queries.claiming import working_of
from ..queries.facts import dossiers, values_of
from ..queries.holding import hold_article
from ..queries.library import ArticleRow, article_for
from ..queries.matching import fitting, told_of, unmet
from ..queries.papers import chosen_papers
from ..rules import Catalogue, number_of, read_money, thing_of
from .papers import put_with


def match_firms(*, article: str, by: str, at: datetime) -> int:
    """List every firm that fits an article had without an application; returns how many are new.

    All firms of the city are looked at, whoever keeps them: the list is the office's own. A firm
    with a claim for the same thing, of this article or another, isn't listed again.
    """
    held = hold_article(article, by, Moment(at))
    moment = Moment(at)
    row = article_for(held.viewer, article, moment)
    _check_open(row, ClaimMode.AUTOMATIC)
    if row.rule is None:
        raise Incomplete(_("这一条还没有复核过的条件，不能匹配企业。"))
    thing = thing_of(row.thing, "", row.text, moment.today)
    known = catalogue(held.article.city, moment)
    with perform("match_firms", by=by, at=at, subjects=held.subjects, scope=held.scope) as deed:
        deed.lock()
        firms = fitting(row, whole_city(held.article.city), moment)
        have = _live(thing, [firm.of_id for firm in firms])
        fresh = [firm for firm in firms if firm.of_id not in have]
        if not fresh:
            raise Conflict(_("没有新的符合条件的企业；已经列入的不重复列入。"))
        found = dossiers([firm.of_id for firm in fresh], known, moment)
        amount = None if row.share or row.each else row.amount
        for firm in fresh:
            working = working_of(row, values_of(found[firm.of_id]), known, moment)
            _begin(deed, row, firm, thing, working, moment, {"amount": amount})
        deed.payload["firms"] = len(fresh)
    return len(fresh)


def apply_for_policy(
    *,
    article: str,
    enterprise: str,
    about: str,
    amount: str,
    materials: Sequence[str],
    by: str,
    at: datetime,
    held: Sequence[str] = (),
) -> PolicyClaim:
    """A firm applies under an article, or the office in charge enters the application for any firm
    of the city; of one that it doesn't look after it isn't told what is known.

    `about` names what is asked for where an article pays for several things (a machine, a
    certificate); `materials` are the papers handed in on paper, by name, `held` the keys of files
    that the house holds for them. Refused with the reasons where the
    conditions say no, where the window is closed, and where the same thing is claimed already.
    """
    viewer, moment = viewer_of_person(by), Moment(at)
    row = article_for(viewer, article, moment)
    firm = applicant(viewer, row, enterprise, moment)
    _check_firm(firm)
    _check_open(row, ClaimMode.APPLIED)
    _light, why = row.window
    if row.is_closed_on(moment.today):
        raise Closed(_("现在不在申报期：%(why)s。") % {"why": why})
    known = catalogue(firm.city, moment)
    dossier = dossiers([enterprise], known, moment)[enterprise]
    told = told_of(row.condition, dossier, known)
    if told.state in ("fails", "near"):
        raise Incomplete(_unfit(told, known, enterprise, viewer, moment))
    asked = read_money(amount)
    if asked is None:
        raise Incomplete(_("请填写申请金额。"))
    if row.amount is not None and not row.each and asked > row.amount:
        raise Incomplete(_("申请金额超过了这一条的上限 %(most)s。") % {"most": row.grant})
    files = chosen_papers(enterprise, row.materials, held, viewer, moment)
    named = {*materials, *(paper for paper, _file in files)}
    given = [name for name in row.materials if name in named]
    if len(given) < len(row.materials):
        lacking = "、".join(name for name in row.materials if name not in given)
        raise Incomplete(_("还缺申报材料：%(names)s。") % {"names": lacking})
    thing = thing_of(row.thing, about, row.text, moment.today)
    scope = {"city": firm.city, "zone": firm.unit, "unit": row.office, "enterprise": enterprise}
    subjects = [subject_key("article", article)]
    with perform("apply_for_policy", by=by, at=at, subjects=subjects, scope=scope) as deed:
        deed.lock()
        _check_firm(EnterpriseState.objects.open().get(of=enterprise))
        taken = _live(thing, [enterprise])
        if enterprise in taken:
            raise Conflict(
                _("同一事项“%(thing)s”已有兑现 %(number)s，不重复享受。")
                % {"thing": thing, "number": taken[enterprise]}
            )
        working = working_of(row, values_of(dossier), known, moment)
        said = {"asked": asked, "materials": given}
        claim = _begin(deed, row, firm, thing, working, moment, said)
        put_with(deed=deed, claim=claim, papers=files)
        return claim


def _check_firm(firm: EnterpriseState) -> None:
    if firm.standing != EnterpriseStanding.IN_BUSINESS:
        raise Closed(_("“%(name)s”已不在营，不能申请。") % {"name": firm.name})


def _unfit(told: Told, known: Catalogue, enterprise: str, viewer: Viewer, moment: Moment) -> str:
    """Why a firm doesn't fit; without what is known of it where that isn't the viewer's to read."""
    reads = enterprises_of(viewer, moment).filter(of=enterprise).exists()
    why = told.lacking if reads else unmet(told, known)
    return _("不符合这一条的条件：%(why)s。") % {"why": why.rstrip("。.")}


def _check_open(row: ArticleRow, mode: str) -> None:
    if not row.in_force:
        raise Closed(_("这项政策现在不在有效期内。"))
    if row.mode != mode:
        words = {
            ClaimMode.APPLIED: _("这一条免申即享，由主管单位匹配企业，不需要申请。"),
            ClaimMode.AUTOMATIC: _("这一条要企业申请，不能直接匹配。"),
        }
        raise Closed(words[ClaimMode(mode)])


def _live(thing: str, enterprises: Sequence[str]) -> dict[str, str]:
    """The numbers of claims for a thing that still stand, by enterprise."""
    rows = PolicyClaimState.objects.open().filter(
        PolicyClaimState.held_by(enterprises), claim__thing=thing
    )
    rows = rows.exclude(stage__in=ENDED).select_related("claim")
    return {row.holder: row.claim.number for row in rows}


def _begin(
    deed: Deed,
    row: ArticleRow,
    firm: EnterpriseState,
    thing: str,
    working: dict[str, Any],
    moment: Moment,
    columns: dict[str, Any],
) -> PolicyClaim:
    """Write a claim with its number inside a deed that holds the lock."""
    year = moment.today.year
    taken = PolicyClaim.objects.filter(city=firm.city, year=year).aggregate(n=Max("serial"))
    here = sum(isinstance(one, PolicyClaim) for one in deed.rows)
    serial = (taken["n"] or 0) + here + 1
    claim = PolicyClaim(
        key=new_key(),
        article_id=row.key,
        mode=row.mode,
        year=year,
        serial=serial,
        number=number_of(year, serial),
        thing=thing,
        working=working,
        city=firm.city,
        zone=firm.unit,
        unit=row.office,
        enterprise=firm.of_id,
    )
    deed.write(claim)
    deed.write(PolicyClaimState(claim_id=claim.key, stage=FLOWS[row.mode].start, **columns))
    deed.touch(subject_key("policy_claim", claim.key))
    return claim
