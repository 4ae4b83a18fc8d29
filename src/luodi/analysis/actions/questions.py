"""Keeping a question under a name: a working paper of one person, in no analysis."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luodi.common.refusals import Incomplete

from ..models import Question

MOST = 100
LONGEST = 8_000


def keep_question(*, title: str, address: str, by: str, at: datetime) -> Question:
    """Keep a question for oneself; one of the same name is replaced."""
    title = title.strip()[:120]
    if not title:
        raise Incomplete(_("请给查询起个名字。"))
    if len(address) > LONGEST:
        raise Incomplete(_("这个查询选得太多，存不下；请少选一些。"))
    others = Question.objects.filter(person=by).exclude(title=title)
    if others.count() >= MOST:
        raise Incomplete(_("最多存 %d 个查询，请先删去不用的。") % MOST)
    kept, _made = Question.objects.update_or_create(
        person=by, title=title, defaults={"address": address}
    )
    return kept


def drop_question(*, title: str, by: str, at: datetime) -> None:
    """Drop a question of one's own; nothing happens where there is none."""
    Question.objects.filter(person=by, title=title).delete()
