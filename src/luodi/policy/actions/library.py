"""Policies come into the library, their terms change, they end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.changes import changed
from luodi.common.doors import AdoptedCard, AdoptedDocument
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment, read_iso_day
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound, Refusal
from luodi.orgs.queries import units_of, viewer_of_person

from ..choices import ClaimMode, PolicyStanding
from ..models import Article, ArticleState, Policy, PolicyState
from ..queries.holding import hold_article
from ..queries.library import policy_for
from ..rules import keeps_policies, read_money

MOST_TITLE = 300
MOST_MATERIALS = 40


def adopt_articles(
    *, deed: Deed, document: AdoptedDocument, cards: Sequence[AdoptedCard], at: datetime
) -> Policy | None:
    """Enter a policy with the articles that were accepted; None where there are none."""
    if not cards:
        return None
    first = cards[0].data
    policy = Policy(
        key=new_key(), city=document.city, document=document.key, sha256=document.sha256
    )
    deed.write(policy)
    deed.write(
        PolicyState(
            policy_id=policy.key,
            title=document.title[:MOST_TITLE],
            number=document.number[:80],
            issuer=document.issuer[:120],
            issued_on=document.issued_on[:10],
            from_on=read_iso_day(first.get("since") or ""),
            until_on=read_iso_day(first.get("until") or ""),
        )
    )
    deed.touch(subject_key("policy", policy.key))
    for card in cards:
        _enter(deed, policy, card)
    return policy


def _enter(deed: Deed, policy: Policy, card: AdoptedCard) -> None:
    article = Article(
        key=new_key(),
        city=policy.city,
        policy_id=policy.key,
        order=card.order,
        sentence=card.sentence_key,
    )
    data = card.data
    deed.write(article)
    deed.write(
        ArticleState(
            article_id=article.key,
            label=(data.get("label") or "")[:40],
            title=(data.get("title") or data.get("text") or "")[:MOST_TITLE],
            text=data.get("text") or "",
            office=_office(data.get("units") or ()),
            mode=data.get("mode") if data.get("mode") in ClaimMode.values else ClaimMode.APPLIED,
            amount=_amount(data.get("amount") or ""),
            share=(data.get("share") or "")[:10],
            base=(data.get("base") or "")[:60],
            each=(data.get("each") or "")[:20],
            window_from=read_iso_day(data.get("window_from") or ""),
            window_until=read_iso_day(data.get("window_until") or ""),
            materials=_listed(data.get("materials") or ""),
        )
    )
    deed.touch(subject_key("article", article.key))


def _office(units: Sequence[Mapping[str, Any]]) -> str:
    """The unit in charge: the lead, else the first that doesn't merely cooperate."""
    leads = [u for u in units if u.get("role") == "lead"]
    others = [u for u in units if u.get("role") != "cooperating"]
    return next((u["unit"] for u in [*leads, *others] if u.get("unit")), "")


def _amount(written: str) -> int | None:
    """A sum from a card; one that can't be read is left for a person to enter."""
    try:
        return read_money(written)
    except Refusal:
        return None


def _listed(written: str) -> list[str]:
    """Papers, one a line."""
    names = (name.strip()[:120] for name in written.splitlines())
    return list(dict.fromkeys(name for name in names if name))[:MOST_MATERIALS]


def revise_article(
    *, article: str, terms: Mapping[str, Any], why: str, seen: int, by: str, at: datetime
) -> bool:
    """Change the terms of an article; False where nothing is different.

    `terms` are title, office (a key), mode, amount, budget, share, base, each, thing, window_from,
    window_until and materials (one a line) as typed; what is left out stays. Claims that were
    settled keep what was settled.
    """
    held = hold_article(article, by, Moment(at), seen)
    said = _read(terms, held.article.city, at)
    if not changed(held.state, said):
        return False
    if not why.strip():
        raise Incomplete(_("请写明修改原因。"))
    first = said.get("window_from", held.state.window_from)
    last = said.get("window_until", held.state.window_until)
    if first and last and last < first:
        raise Incomplete(_("申报截止日期早于开始日期，请核对。"))
    with perform(
        "revise_article",
        by=by,
        at=at,
        subjects=held.subjects,
        scope=held.scope,
        payload={"changed": changed(held.state, said)},
        why=why.strip(),
    ) as deed:
        deed.replace(held.state, **said)
    return True


DAYS = ("window_from", "window_until")
WORDS = {"title": 300, "share": 10, "base": 60, "each": 20, "thing": 80}


def _read(terms: Mapping[str, Any], city: str, at: datetime) -> dict[str, Any]:
    said: dict[str, Any] = {
        name: str(terms[name] or "").strip()[:most] for name, most in WORDS.items() if name in terms
    }
    if "title" in said and not said["title"]:
        raise Incomplete(_("请填写条款名称。"))
    said |= {name: read_money(terms[name] or "") for name in ("amount", "budget") if name in terms}
    said |= {name: terms[name] for name in DAYS if name in terms}
    if "materials" in terms:
        said["materials"] = _listed(terms["materials"] or "")
    if "mode" in terms:
        if terms["mode"] not in ClaimMode.values:
            raise NotFound(_("没有这种兑现方式，请从列表里选择。"))
        said["mode"] = terms["mode"]
    if "office" in terms:
        known = set(units_of(city, Moment(at)).values_list("of", flat=True))
        if terms["office"] and terms["office"] not in known:
            raise NotFound(_("没有这个单位，请从列表里选择。"))
        said["office"] = terms["office"]
    return said


def abolish_policy(
    *, policy: str, until: date | None, why: str, seen: int, by: str, at: datetime
) -> None:
    """Say until when a policy holds (`until`), or that it is abolished at once (None)."""
    viewer, moment = viewer_of_person(by), Moment(at)
    found, state = policy_for(viewer, policy, moment)
    if not keeps_policies(viewer, found.city):
        raise NotAllowed(_("政策的有效期由专班办公室登记。"))
    if state.since_id != seen:
        raise Conflict(_("别人刚刚改了这项政策，请刷新后再办；您填的内容没有写入。"))
    if state.standing != PolicyStanding.IN_FORCE:
        raise Closed(_("这项政策已经废止。"))
    if not why.strip():
        raise Incomplete(_("请写明依据，例如废止或延期的文件。"))
    if until and state.from_on and until < state.from_on:
        raise Incomplete(_("有效期截止日期早于施行日期，请核对。"))
    changes = {"until_on": until} if until else {"standing": PolicyStanding.ABOLISHED}
    with perform(
        "abolish_policy",
        by=by,
        at=at,
        subjects=[subject_key("policy", policy)],
        scope={"city": found.city},
        why=why.strip(),
    ) as deed:
        deed.replace(state, **changes)
