"""Money of banks, special funds and bonds: told step by step, corrected with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.changes import changed
from luodi.common.keys import new_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.common.tables import shown

from ..choices import FundingKind, FundingStep
from ..models import Funding, FundingEntry
from ..queries import Holding, entries_now, hold, institutions_at
from ..rules.funding import Amount, Excess, excesses, named, steps_of
from ..rules.money import decimal_of, exact, read_money


def record_funding(
    *,
    project: str,
    kind: str,
    giver: str,
    step: str,
    amount: str,
    happened_on: date,
    by: str,
    at: datetime,
    why: str = "",
) -> str:
    """Tell that an amount of a bank, fund or bond reached a step; returns the entry's key.

    More than the step before has, on any day, needs a reason; so does the same amount again on
    the same day. Only a recommendation may have no amount.
    """
    held = _held(project, by)
    name = _giver(held, kind, giver, Moment(at))
    columns = _columns(kind, step, amount, happened_on, Moment(at))
    entry = new_key()
    with perform(
        "record_funding",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"kind": kind, "giver": name, "step": step, "entry": entry,
                 "amount": [columns["amount"], columns["amount_scale"]],
                 "happened_on": happened_on.isoformat()},
        why=why.strip(),
    ) as deed:  # fmt: skip
        deed.lock()
        funding = Funding.objects.filter(project=project, kind=kind, giver=name).first()
        if funding is None:
            funding = deed.write(
                Funding(key=new_key(), project_id=project, kind=kind, giver=name, **held.scope)
            )
        before = entries_now(funding.key)
        told = _amount(step, columns)
        if told in before and not why.strip():
            raise Incomplete(_("同一天、同一步已记过同样的金额；确实是另一笔的，请写明原因。"))
        _check_excess(kind, before, [*before, told], why)
        deed.write(FundingEntry(funding_id=funding.key, entry=entry, why=why.strip(), **columns))
    return entry


def correct_funding(
    *,
    entry: str,
    amount: str,
    happened_on: date,
    why: str,
    by: str,
    at: datetime,
    void: bool = False,
    seen: int | None = None,
) -> None:
    """Correct an amount, or call it void: a new version with its reason."""
    now = FundingEntry.objects.open().select_related("funding").filter(entry=entry).first()
    if now is None:
        raise NotFound(_("没有这笔资金，或者它不在您的范围内。"))
    held = _held(now.funding.project_id, by)
    if seen is not None and seen != now.since_id:
        raise Conflict(_("这个数刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    if not why.strip():
        raise Incomplete(_("更正或作废，请写明原因。"))
    kind = now.funding.kind
    columns = _columns(kind, now.step, amount, happened_on, Moment(at)) | {"void": void}
    if not changed(now, columns):
        raise Conflict(_("没有改动任何内容。"))
    with perform(
        "correct_funding",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"kind": kind, "giver": now.funding.giver, "step": now.step, "entry": entry,
                 "amount": [columns["amount"], columns["amount_scale"]], "void": void,
                 "happened_on": happened_on.isoformat()},
        why=why.strip(),
    ) as deed:  # fmt: skip
        deed.lock()
        deed.replace(now, why=why.strip(), **columns)


def _held(project: str, by: str) -> Holding:
    held = hold(project, by)
    if not held.roles:
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以填写融资和专项资金。"))
    return held


def _giver(held: Holding, kind: str, giver: str, moment: Moment) -> str:
    if kind not in FundingKind.values:
        raise Incomplete(_("没有这一类资金，请重新选择。"))
    if not giver.strip():
        raise Incomplete(_("请填写银行、专项资金或债券的名称。"))
    if kind != FundingKind.LOAN:
        return giver.strip()
    return named(giver, institutions_at(held.project.city, moment))


def _columns(
    kind: str, step: str, amount: str, happened_on: date, moment: Moment
) -> dict[str, Any]:
    if step not in steps_of(kind):
        raise Incomplete(_("这一类资金没有这一步，请重新选择。"))
    if happened_on > moment.today:
        raise Incomplete(_("发生日期不能晚于今天。"))
    number, scale = read_money(_("金额"), amount)
    if number is None and step != FundingStep.RECOMMENDED:
        raise Incomplete(_("请填写金额。"))
    return {"step": step, "amount": number, "amount_scale": scale, "happened_on": happened_on}


def _amount(step: str, columns: dict[str, Any]) -> Amount:
    return Amount(step, exact(columns["amount"], columns["amount_scale"]), columns["happened_on"])


def _check_excess(kind: str, before: Sequence[Amount], after: Sequence[Amount], why: str) -> None:
    """Refuse a new excess that has no reason."""
    known: dict[str, Fraction] = {}
    for one in excesses(kind, before):
        known[one.step] = max(known.get(one.step, Fraction(0)), one.has - one.before)
    fresh = [
        one
        for one in excesses(kind, after)
        if one.has - one.before > known.get(one.step, Fraction(0))
    ]
    if fresh and not why.strip():
        raise Incomplete(_excess_words(kind, fresh[0]) + _("确实如此的，请写明原因。"))


def _excess_words(kind: str, one: Excess) -> str:
    steps = steps_of(kind)
    before = steps[steps.index(FundingStep(one.step)) - 1]
    words = {
        "day": one.day.isoformat(),
        "step": FundingStep(one.step).label,
        "has": shown(decimal_of(one.has)),
        "before": before.label,
        "limit": shown(decimal_of(one.before)),
    }
    return _("到 %(day)s，%(step)s %(has)s 万元，超过%(before)s %(limit)s 万元。") % words
