"""Entering indicators and saying what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotFound, in_words
from luodi.kit.calendars import Period

from ..choices import Measure, Prices, Purpose
from ..models import Definition, Indicator
from ..queries import FIXED, FORMING, Proposal, formula_fault, proposals
from ..rules import code_of


def define_indicator(
    *,
    deed: Deed,
    city: str,
    name: str,
    measured_in: str,
    scale: int,
    code: str = "",
    purpose: str = Purpose.DISPATCH,
    source: str = "",
    **more: Any,
) -> Definition:
    """Enter an indicator with its first definition into `deed`; returns the definition.

    `more` are further fields of a `Definition`.
    """
    key = new_key()
    deed.write(Indicator(key=key, city=city, code=code or code_of(name, measured_in)))
    deed.touch(subject_key("indicator", key))
    return deed.write(
        Definition(
            indicator_id=key,
            name=name[:120],
            measured_in=measured_in[:20],
            scale=scale,
            purpose=purpose,
            source=source[:200],
            **more,
        )
    )


def enter_indicator(
    *, city: str, fields: Mapping[str, Any], by: str, at: datetime, why: str = ""
) -> Definition:
    """Enter an indicator into a city's dictionary by the fields of its definition.

    Refuses a name that the purpose has already in this unit (`Conflict`), a version that begins
    in no period, and half of a numerator and denominator.
    """
    _check(fields)
    same = Definition.objects.open().filter(indicator__city=city)
    given = {name: fields[name] for name in ("name", "measured_in", "purpose")}
    if same.filter(**given).exists():
        raise Conflict(_("已经有同名、同计量单位、同用途的指标，请修订原来的指标。"))
    code = code_of(f"{fields['name']}|{fields['purpose']}", fields["measured_in"])
    _check_formula(city, fields, Moment(at), "", code)
    with perform("enter_indicator", by=by, at=at, scope={"city": city}, why=why) as deed:
        return define_indicator(deed=deed, city=city, code=code, **fields)


def revise_definition(
    *, indicator: str, seen: int, fields: Mapping[str, Any], by: str, at: datetime, why: str
) -> Definition:
    """Put a new version of a definition beside the old ones; returns it.

    `seen` is the primary key of the version the reviser had before them: `Conflict` where another
    one holds by now. Refuses a change of unit or purpose, a change of nothing, and no reason.
    """
    row = Definition.objects.open().filter(indicator=indicator).select_related("indicator").first()
    if row is None:
        raise NotFound(_("没有这个指标。"))
    if row.pk != seen:
        raise Conflict(_("别人刚刚修订过这个指标，请刷新后再看；您填的内容没有写入。"))
    if not why.strip():
        raise Incomplete(_("请写明修订的原因。"))
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    if changed.keys() & FIXED:
        raise Incomplete(_("计量单位和用途不能修改：已有的数会变成别的意思。请另建一个指标。"))
    if not changed:
        raise Incomplete(_("没有改动，不需要修订。"))
    _check({**fields})
    city, subject = row.indicator.city, subject_key("indicator", indicator)
    if changed.keys() & {"formula", *FORMING}:
        whole = {name: getattr(row, name) for name in ("formula", *FORMING)} | dict(fields)
        _check_formula(city, whole, Moment(at), indicator, row.indicator.code)
    with perform(
        "revise_definition", by=by, at=at, subjects=[subject], scope={"city": city}, why=why
    ) as deed:
        return deed.replace(row, **changed)


def _check(fields: Mapping[str, Any]) -> None:
    if not fields["name"].strip() or not fields["measured_in"].strip():
        raise Incomplete(_("请写明指标名称和计量单位。"))
    if fields.get("valid_from"):
        try:
            Period.parse(fields["valid_from"])
        except ValueError as error:
            raise Incomplete(
                _("“%s”不是时期。请写成 2026、2026H1、2026Q1、2026-03 或 2026W09。")
                % fields["valid_from"]
            ) from error
    if bool(fields.get("numerator")) != bool(fields.get("denominator")):
        raise Incomplete(_("分子与分母须一并写明。"))
    flow = (fields.get("period_kind", "month"), fields.get("measure", Measure.FLOW))
    if fields.get("combined") and flow != ("month", Measure.FLOW):
        raise Incomplete(_("只有按月的流量指标才有1—2月合并。"))
    if fields.get("growth_by") and fields.get("prices") != Prices.COMPARABLE:
        raise Incomplete(_("只有可比价指标才写增速由哪个指标给出。"))


def _check_formula(
    city: str, fields: Mapping[str, Any], moment: Moment, indicator: str, code: str
) -> None:
    fault = formula_fault(city, fields, moment, indicator, code)
    if fault is None:
        return
    whose, why = fault
    if whose == fields["name"]:
        raise Incomplete(_("公式有误：%s") % in_words(why), why.code)
    said = {"name": whose, "why": in_words(why)}
    raise Incomplete(_("这样改，指标“%(name)s”的公式就算不出来了：%(why)s") % said, why.code)


@transaction.atomic
def adopt_pack_indicators(
    *, city: str, codes: Iterable[str] | None = None, by: str, at: datetime
) -> list[str]:
    """Take indicators of the city's packs into the dictionary; returns the codes taken.

    `codes` names them, None takes all. What the dictionary has already gets the pack's version
    beside its own; what is the same is passed over. Rules with several versions are entered in
    their order, one act for each round.
    """
    wanted = None if codes is None else set(codes)
    chosen = [
        one
        for one in proposals(city, Moment(at))
        if one.state in {"new", "changed"} and (wanted is None or one.code in wanted)
    ]
    for turn in range(max((len(one.missing) for one in chosen), default=0)):
        _adopt_turn(city, chosen, turn, by, at)
    return [one.code for one in chosen]


def _adopt_turn(city: str, chosen: list[Proposal], turn: int, by: str, at: datetime) -> None:
    """Enter the versions of one round: the first ones, then the second ones, and so on."""
    those = [one for one in chosen if len(one.missing) > turn]
    codes = [one.code for one in those]
    running = {
        row.indicator.code: row
        for row in Definition.objects.open()
        .filter(indicator__city=city, indicator__code__in=codes)
        .select_related("indicator")
    }
    payload = {"codes": codes}
    with perform(
        "adopt_pack_indicators", by=by, at=at, scope={"city": city}, payload=payload
    ) as deed:
        for one in those:
            fields, row = one.missing[turn], running.get(one.code)
            if row is None:
                define_indicator(deed=deed, city=city, code=one.code, **fields)
            else:
                deed.replace(row, **fields)
                deed.touch(subject_key("indicator", row.indicator_id))
