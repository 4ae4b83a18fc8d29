"""Turning an article into conditions: one person enters them, another checks them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, in_words
from luodi.kit.eligibility import Condition, check, from_json, to_json

from ..choices import RuleStage
from ..models import ArticleRule
from ..queries.catalogue import catalogue
from ..queries.holding import HeldArticle, hold_article
from ..rules import Line, condition_of
from .announcing import announce_article


def enter_rule(
    *, article: str, lines: Sequence[Line], from_on: date, by: str, at: datetime
) -> ArticleRule:
    """Enter the conditions of an article from a day on; they count once somebody else checks them.

    Refuses what can't be read, a fact that the catalogue doesn't have, and conditions that
    contradict each other, each with a sentence.
    """
    held = hold_article(article, by, Moment(at))
    condition = _sound(lines, held, at)
    waiting = ArticleRule.objects.open().filter(article=article, stage=RuleStage.ENTERED)
    with perform(
        "enter_policy_rule",
        by=by,
        at=at,
        subjects=held.subjects,
        scope=held.scope,
        payload={"from_on": from_on.isoformat(), "lines": len(lines)},
    ) as deed:
        for row in waiting:
            deed.close(row)
        return deed.write(
            ArticleRule(
                article_id=article,
                stage=RuleStage.ENTERED,
                condition=to_json(condition),
                from_on=from_on,
                entered_by=by,
            )
        )


def _sound(lines: Sequence[Line], held: HeldArticle, at: datetime) -> Condition:
    """The condition that lines say, or a refusal that names every fault."""
    if not lines:
        raise Incomplete(_("至少要有一个条件。"))
    known = catalogue(held.article.city, Moment(at)).facts
    condition = condition_of(lines, known)
    faults = check(condition, known)
    if faults:
        raise Incomplete("".join(in_words(fault.refusal) for fault in faults), "policy.rule")
    return condition


def check_rule(*, article: str, seen: int, by: str, at: datetime) -> None:
    """Confirm the conditions somebody else entered: from their day on they decide who fits.

    A version that began on an earlier day stays for the days before.
    """
    held = hold_article(article, by, Moment(at))
    row = _waiting(article, seen)
    if row.entered_by == by:
        raise NotAllowed(_("条件由录入人以外的人员复核。"))
    known = catalogue(held.article.city, Moment(at)).facts
    faults = check(from_json(row.condition), known)
    if faults:
        raise Incomplete("".join(in_words(fault.refusal) for fault in faults), "policy.rule")
    same = ArticleRule.objects.open().filter(
        article=article, stage=RuleStage.CHECKED, from_on=row.from_on
    )
    with perform(
        "check_policy_rule",
        by=by,
        at=at,
        subjects=held.subjects,
        scope=held.scope,
        payload={"from_on": row.from_on.isoformat()},
    ) as deed:
        for old in same:
            deed.close(old)
        deed.replace(row, stage=RuleStage.CHECKED, checked_by=by)
    announce_article(article=article, by=by, at=at)


def return_rule(*, article: str, seen: int, why: str, by: str, at: datetime) -> None:
    """Send the conditions somebody else entered back: they are dropped, with the reason."""
    held = hold_article(article, by, Moment(at))
    row = _waiting(article, seen)
    if not why.strip():
        raise Incomplete(_("请写明退回原因。"))
    with perform(
        "return_policy_rule",
        by=by,
        at=at,
        subjects=held.subjects,
        scope=held.scope,
        why=why.strip(),
    ) as deed:
        deed.close(row)


def _waiting(article: str, seen: int) -> ArticleRule:
    row = ArticleRule.objects.open().filter(article=article, stage=RuleStage.ENTERED).first()
    if row is None:
        raise Closed(_("这一条没有待复核的条件，可能已经有人复核过。"))
    if row.since_id != seen:
        raise Conflict(_("待复核的条件刚刚被重新录入，请刷新后再复核。"))
    return row
