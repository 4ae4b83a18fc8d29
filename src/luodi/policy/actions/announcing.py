"""Telling matched firms and those who serve them, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import subject_key
from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.jobs.actions import tell
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import handlers_of, people_of_enterprise
from luodi.orgs.rules import whole_city

from ..choices import RuleStage
from ..models import Announcement, Article, ArticleRule
from ..queries.library import article_for
from ..queries.matching import fitting


def announce_article(*, article: str, by: str, at: datetime) -> int:
    """Tell the firms that fit an article in force, and the staff of their homes; each firm once.

    Returns how many firms were told now; nothing while the article doesn't hold yet.
    """
    found = Article.objects.get(key=article)
    viewer, moment = whole_city(found.city), Moment(at)
    row = article_for(viewer, article, moment)
    if row.rule is None or not row.in_force:
        return 0
    told = set(Announcement.objects.filter(article=article).values_list("enterprise", flat=True))
    firms = [firm for firm in fitting(row, viewer, moment) if firm.of_id not in told]
    if not firms:
        return 0
    with perform(
        "announce_policy",
        by=by,
        at=at,
        subjects=[subject_key("article", article)],
        scope={"city": found.city},
        payload={"firms": len(firms)},
    ) as deed:
        for firm in firms:
            scope = {name: getattr(firm, name) for name in ("city", "zone", "unit")}
            deed.write(Announcement(article_id=article, enterprise=firm.of_id, **scope))
    _tell(article, row.title, firms, by, at)
    return len(firms)


def _tell(article: str, title: str, firms: list[EnterpriseState], by: str, at: datetime) -> None:
    homes: dict[str, list[EnterpriseState]] = defaultdict(list)
    subject = subject_key("article", article)
    for firm in firms:
        homes[firm.unit].append(firm)
        tell(
            people=[person for person, _name in people_of_enterprise(firm.of_id, Moment(at))],
            kind="policy",
            sentence=partial(_to_firm, title),
            subject=subject,
            address=reverse("policy_article", args=[article]),
            by=by,
            at=at,
            once=f"policy:{article}:{firm.of_id}",
        )
    for home, some in homes.items():
        tell(
            people=handlers_of(home),
            kind="policy",
            sentence=partial(_to_home, title, some),
            subject=subject,
            address=reverse("policy_firms", args=[article]),
            by=by,
            at=at,
            once=f"policy:{article}:{home}:{some[0].of_id}",
        )


def _to_firm(title: str) -> str:
    return _("有一条政策与贵企业相符：%(title)s") % {"title": title[:120]}


def _to_home(title: str, firms: Sequence[EnterpriseState]) -> str:
    names = listed(firm.name for firm in firms[:5])
    words = {"title": title[:120], "n": len(firms), "names": names}
    return _("新政策与本区 %(n)d 家企业相符：%(title)s。%(names)s") % words


def announce_due(*, by: str, at: datetime) -> int:
    """Tell of every article whose checked conditions hold by now; firms already told stay untold.

    Returns how many firms were told.
    """
    today = Moment(at).today
    rules = ArticleRule.objects.open().filter(stage=RuleStage.CHECKED, from_on__lte=today)
    articles = rules.order_by("article").values_list("article", flat=True).distinct()
    return sum(announce_article(article=article, by=by, at=at) for article in list(articles))
