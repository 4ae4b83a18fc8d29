"""Telling firms how an article answers for them, and those who serve them: once for one answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import subject_key
from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict
from luodi.jobs.actions import tell
from luodi.orgs.choices import Role
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import handlers_of, people_of_city, people_of_enterprise
from luodi.orgs.rules import whole_city

from ..choices import RuleStage
from ..models import Announcement, Article, ArticleRule
from ..queries.library import ArticleRow, article_for
from ..queries.matching import FirmsKnown, firms_known, told_of
from ..rules import is_news


@dataclass(frozen=True)
class News:
    """An answer that a firm wasn't told yet."""

    firm: EnterpriseState
    answer: str


def announce_article(
    *, article: str, by: str, at: datetime, firms: FirmsKnown | None = None
) -> int:
    """Tell the firms that fit an article in force or are near it, those that fit no more, the staff
    of their homes, and the office in charge; nobody again while the answer is the same.

    `firms` are those of the city where they have been read already. Returns how many firms were
    told now; nothing while the article doesn't hold yet.
    """
    found = Article.objects.get(key=article)
    viewer, moment = whole_city(found.city), Moment(at)
    row = article_for(viewer, article, moment)
    if row.condition is None or not row.in_force:
        return 0
    firms = firms or firms_known(viewer, moment)
    answers = list(zip(firms.states, firms.answers(row.condition), strict=True))
    if not _news(article, answers):
        return 0
    try:
        with perform(
            "announce_policy",
            by=by,
            at=at,
            subjects=[subject_key("article", article)],
            scope={"city": found.city},
        ) as deed:
            deed.lock()
            news = _news(article, answers)
            if not news:
                raise Conflict(_("刚刚已经告知过。"))
            deed.payload["firms"] = len(news)
            for one in news:
                scope = {name: getattr(one.firm, name) for name in ("city", "zone", "unit")}
                key = one.firm.of_id
                deed.write(
                    Announcement(article_id=article, enterprise=key, answer=one.answer, **scope)
                )
    except Conflict:
        return 0
    _tell(row, news, firms, by, at)
    return len(news)


def _news(article: str, answers: Sequence[tuple[EnterpriseState, str]]) -> list[News]:
    """The answers that their firms weren't told last."""
    rows = Announcement.objects.filter(article=article).order_by("act")
    last = dict(rows.values_list("enterprise", "answer"))
    return [News(firm, now) for firm, now in answers if is_news(last.get(firm.of_id, ""), now)]


def _tell(row: ArticleRow, news: Sequence[News], firms: FirmsKnown, by: str, at: datetime) -> None:
    homes: dict[str, list[News]] = defaultdict(list)
    common = {"kind": "policy", "subject": subject_key("article", row.key), "by": by, "at": at}
    for one in news:
        homes[one.firm.unit].append(one)
        tell(
            people=[person for person, _name in people_of_enterprise(one.firm.of_id, Moment(at))],
            sentence=partial(_to_firm, row, one, firms),
            address=reverse("policy_article", args=[row.key]),
            **common,
        )
    address = reverse("policy_firms", args=[row.key])
    for home, some in homes.items():
        tell(
            people=[person for person in handlers_of(home) if person != by],
            sentence=partial(_to_home, row.title, some),
            address=address,
            **common,
        )
    office = handlers_of(row.office) if row.office else people_of_city(row.city, [Role.OFFICE])
    if row.office not in homes:
        tell(
            people=[person for person in office if person != by],
            sentence=partial(_to_office, row.title, news),
            address=address,
            **common,
        )


def _to_firm(row: ArticleRow, one: News, firms: FirmsKnown) -> str:
    words = {"title": row.title[:120]}
    if one.answer == "fits":
        return _("有一条政策与贵企业相符：%(title)s") % words
    if one.answer == "fails":
        return _("贵企业不再符合一条政策：%(title)s") % words
    told = told_of(row.condition, firms.found[one.firm.of_id], firms.known)
    words["lacking"] = told.lacking[:200]
    return _("有一条政策贵企业只差一项：%(title)s。%(lacking)s") % words


def _counts(news: Sequence[News]) -> Mapping[str, int]:
    count = Counter(one.answer for one in news)
    return {answer: count[answer] for answer in ("fits", "near", "fails")}


def _to_home(title: str, news: Sequence[News]) -> str:
    names = listed(one.firm.name for one in news[:5])
    words = {"title": title[:120], "names": names, **_counts(news)}
    return (
        _(
            "政策“%(title)s”已告知本区企业："
            "相符 %(fits)d、只差一项 %(near)d、不再符合 %(fails)d。%(names)s"
        )
        % words
    )


def _to_office(title: str, news: Sequence[News]) -> str:
    words = {"title": title[:120], **_counts(news)}
    return (
        _("政策“%(title)s”已告知全市企业：相符 %(fits)d、只差一项 %(near)d、不再符合 %(fails)d。")
        % words
    )


def announce_due(*, by: str, at: datetime) -> int:
    """Tell of every article whose checked conditions hold by now; firms already told stay untold.

    What is known of a city's firms is read once. Returns how many firms were told.
    """
    today = Moment(at).today
    rules = ArticleRule.objects.open().filter(stage=RuleStage.CHECKED, from_on__lte=today)
    pairs = list(rules.order_by("article").values_list("article", "article__city").distinct())
    known = {city: firms_known(whole_city(city), Moment(at)) for city in {c for _a, c in pairs}}
    return sum(announce_article(article=a, firms=known[city], by=by, at=at) for a, city in pairs)
