"""What happened to a project's money, in plain sentences for its timeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.languages import headed, language, listed
from luodi.common.periods import period_label
from luodi.common.tables import shown

from ..choices import FundingStep, Series
from ..flows import AGREEMENT
from ..rules.money import COLUMNS

Payload = Mapping[str, Any]


def _planned(payload: Payload) -> str:
    words = {"year": payload["year"]}
    if payload.get("corrects"):
        return _("更正 %(year)s 年计划投资。") % words
    return _("填写 %(year)s 年计划投资。") % words


def _reported(payload: Payload) -> str:
    words = {
        "month": period_label(payload["period"]),
        "series": Series(payload["series"]).label,
    }
    told = _told(payload)
    if told:
        words["told"] = told
        if payload.get("corrects"):
            return _("更正%(month)s的%(series)s：%(told)s（万元）。") % words
        return _("填报%(month)s的%(series)s：%(told)s（万元）。") % words
    if payload.get("corrects"):
        return _("更正%(month)s的%(series)s。") % words
    return _("填报%(month)s的%(series)s。") % words


def _told(payload: Payload) -> str:
    """The amounts of a month; what is official statistics is not told here."""
    if payload["series"] == Series.STATISTICS:
        return ""
    english = language() == "en"
    fund = payload.get("fund_title_en" if english else "fund_title", "")
    amounts = [
        f"{label} {shown(Decimal(payload[name]).scaleb(-payload[f'{name}_scale']))}"
        for name, label in COLUMNS.items()
        if payload.get(name) is not None
    ]
    return listed([fund, *amounts] if fund else amounts)


def _taken(payload: Payload) -> str:
    words = {"month": period_label(payload["period"]), "file": payload["file"]}
    return _("导入在线审批监管平台%(month)s的数（%(file)s）。") % words


def _funded(payload: Payload) -> str:
    words = {
        "giver": payload["giver"],
        "step": FundingStep(payload["step"]).label,
        "amount": _amount(payload),
    }
    if payload["amount"][0] is None:
        return headed(payload["giver"], str(FundingStep(payload["step"]).label))
    return _("%(giver)s：%(step)s %(amount)s 万元。") % words


def _funding_corrected(payload: Payload) -> str:
    words = {
        "giver": payload["giver"],
        "step": FundingStep(payload["step"]).label,
        "amount": _amount(payload),
    }
    if payload.get("void"):
        return _("%(giver)s：一笔%(step)s作废。") % words
    return _("%(giver)s：%(step)s更正为 %(amount)s 万元。") % words


def _amount(payload: Payload) -> str:
    number, scale = payload["amount"]
    return shown(None if number is None else Decimal(number).scaleb(-scale))


def _agreed(payload: Payload) -> str:
    return _("改动标准地协议。") if payload.get("changes") else _("登记标准地协议。")


def _result(payload: Payload) -> str:
    words = {"year": payload["year"], "amount": _amount(payload)}
    if payload.get("corrects"):
        return _("更正 %(year)s 年协议兑现情况：%(amount)s。") % words
    return _("填报 %(year)s 年协议兑现情况：%(amount)s。") % words


def _agreement_moved(payload: Payload) -> str:
    move = next(one for one in AGREEMENT.moves if one.name == payload["move"])
    words = {"move": move.label(language()), "until": payload.get("until", "")}
    if payload.get("until"):
        return _("标准地协议：%(move)s，期限 %(until)s。") % words
    return _("标准地协议：%(move)s。") % words


def _tag_decided(payload: Payload) -> str:
    said = {
        "give": _("认定标签（%(tag)s）。"),
        "deny": _("认定没有标签（%(tag)s）。"),
        "leave": _("撤回对标签的认定（%(tag)s）。"),
    }[payload["decision"]]
    return said % {"tag": payload["title_en" if language() == "en" else "title"]}


MONEY: dict[str, Callable[[Payload], str]] = {
    "plan_year": _planned,
    "report_money": _reported,
    "decide_tag": _tag_decided,
    "set_agreement": _agreed,
    "report_result": _result,
    "move_agreement": _agreement_moved,
    "record_funding": _funded,
    "correct_funding": _funding_corrected,
    "take_export": _taken,
}
"""The sentence of an act by its verb."""
