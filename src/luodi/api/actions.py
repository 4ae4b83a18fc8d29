"""Making and revoking tokens; keeping what a write was answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person

from .models import Answer, Token
from .rules import HOLDERS, LONGEST_DAYS, MOST_TOKENS, digest_of, ends_at, new_token


def make_token(*, name: str, days: int, writes: bool, by: str, at: datetime) -> str:
    """Make a token for `by` themselves; returns it, the only time it is ever seen.

    `days` are 1 to 366. The act and the row hold its digest and name, never the token.
    """
    viewer = viewer_of_person(by)
    if not viewer.roles & HOLDERS:
        raise NotAllowed(_("您的岗位看不到业务数据，不需要令牌。"))
    if not name.strip():
        raise Incomplete(_("请写明令牌用在哪里，以后好认。"))
    if not 1 <= days <= LONGEST_DAYS:
        raise Incomplete(_("有效期应为 1 到 366 天。"))
    held = Token.objects.open().filter(person=by, expires_at__gt=at).count()
    if held >= MOST_TOKENS:
        raise Incomplete(_("已有 20 个有效令牌，请先撤销不用的。"))
    token = new_token()
    row = Token(
        person_id=by,
        key=new_key(),
        digest=digest_of(token),
        name=name.strip()[:60],
        writes=writes,
        expires_at=ends_at(at, days),
        city=viewer.city,
        unit=viewer.unit,
        enterprise=viewer.enterprise,
    )
    scope = {"city": viewer.city, "unit": viewer.unit, "enterprise": viewer.enterprise}
    payload = {"name": row.name, "writes": writes, "token": row.key}
    subjects = [subject_key("person", by)]
    with perform(
        "make_token", by=by, at=at, subjects=subjects, scope=scope, payload=payload
    ) as deed:
        deed.write(row)
    return token


def revoke_token(*, token: str, by: str, at: datetime) -> None:
    """End one of `by`'s own tokens, named by its key, from now on."""
    row = Token.objects.open().filter(key=token, person=by).first()
    if row is None:
        raise NotFound(_("没有这个令牌，或者已经撤销。"))
    scope = {"city": row.city, "unit": row.unit, "enterprise": row.enterprise}
    subjects = [subject_key("person", by)]
    payload = {"name": row.name, "token": row.key}
    with perform(
        "revoke_token", by=by, at=at, subjects=subjects, scope=scope, payload=payload
    ) as deed:
        deed.close(row)


@transaction.atomic
def answer_once(
    *,
    token: str,
    idempotency_key: str,
    asked: str,
    do: Callable[[], dict[str, Any]],
    by: str,
    at: datetime,
) -> dict[str, Any]:
    """Do a write once for an idempotency key of `by`'s token: sent again, the same answer is given.

    The same key with something else `asked` is a `Conflict`. A refusal keeps no answer, so that
    the same key may try again.
    """
    digest = digest_of(asked)
    before = Answer.objects.filter(token=token, idempotency_key=idempotency_key).first()
    if before is not None:
        if before.request != digest:
            raise Conflict(
                _("这个 Idempotency-Key 已经用于另一次请求，请换一个。"), "idempotency.reused"
            )
        return dict(before.body)
    body = do()
    try:
        with transaction.atomic():
            Answer.objects.create(
                token=token, idempotency_key=idempotency_key, request=digest, body=body
            )
    except IntegrityError as error:
        raise Conflict(_("同一请求正在办理，请稍后再试。"), "idempotency.busy") from error
    return body
