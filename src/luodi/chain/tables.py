"""Lists of chains, products, gaps, firms, supplies and target firms: dense tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from luodi.common.languages import titled
from luodi.common.tables import Column, Table
from luodi.packs.schemas import MatchingRateRule

Params = Mapping[str, str]
PORTION = 500
"""Rows on one page of a table; the Excel file holds all."""
GENERATED, IN_LIBRARY, TO_LIST = _("生成的示例"), _("已在库"), _("列入")


def _firm(key: str) -> str:
    return f"/chain-firms/{key}/" if key else ""


CHAINS = (
    Column(
        "name",
        _("产业链"),
        lambda r: r.name,
        filter="text",
        href=lambda r: f"/chains/{r.key}/",
        wide=True,
    ),
    Column("segments", pgettext_lazy("chain", "环节"), lambda r: r.segments, kind="number"),
    Column("products", _("产品"), lambda r: r.products, kind="number"),
    Column("made", _("本地能产"), lambda r: r.made_here, kind="number"),
    Column("gaps", _("缺口"), lambda r: r.gaps, kind="number"),
    Column("firms", _("企业"), lambda r: r.firms, kind="number"),
    Column("local", _("其中本地"), lambda r: r.local, kind="number"),
    Column("supplies", _("供应关系"), lambda r: r.supplies, kind="number"),
)
GAPS = (
    Column("name", _("产品"), lambda r: r.name, filter="text", wide=True),
    Column(
        "segment", pgettext_lazy("chain", "环节"), lambda r: r.segment, filter="choice", group=True
    ),
    Column("stream", _("位置"), lambda r: r.stream, filter="choice", group=True),
    Column("why", _("为什么是缺口"), lambda r: r.why, filter="choice", group=True),
    Column("value", _("在外采购（万元/年）"), lambda r: r.value, kind="number"),
    Column("buyers", _("采购的本地企业"), lambda r: r.buyers_named, filter="text"),
    Column("elsewhere", _("外地能供"), lambda r: r.elsewhere_named, filter="text"),
)
PRODUCTS = (
    Column(
        "name",
        _("产品"),
        lambda r: r.name,
        filter="text",
        href=lambda r: f"/chain-products/{r.key}/",
        wide=True,
    ),
    Column(
        "segment", pgettext_lazy("chain", "环节"), lambda r: r.segment, filter="choice", group=True
    ),
    Column("technique", _("技术路线"), lambda r: r.technique, filter="choice", group=True),
    Column("application", _("应用领域"), lambda r: r.application, filter="choice", group=True),
    Column("here", _("本地能产（家）"), lambda r: r.here, kind="number"),
    Column("elsewhere", _("外地能产（家）"), lambda r: r.elsewhere, kind="number"),
    Column("buyers", _("采购方（家）"), lambda r: r.buyers, kind="number"),
    Column("makers", _("生产企业"), lambda r: r.makers, filter="text"),
)
VIEW = (
    Column("group", _("类别"), lambda r: r.group, filter="choice", group=True),
    Column("name", _("名称"), lambda r: r.name, filter="text", href=lambda r: r.address, wide=True),
    Column("products", _("产品"), lambda r: r.products, kind="number"),
    Column("made", _("本地能产"), lambda r: r.made_here, kind="number"),
    Column("gaps", _("缺口"), lambda r: r.gaps, kind="number"),
    Column("firms", _("企业"), lambda r: r.firms, kind="number"),
    Column("local", _("其中本地"), lambda r: int(r.local), kind="number"),
    Column("sold", _("供应"), lambda r: r.sold, kind="number"),
    Column("bought", _("采购"), lambda r: r.bought, kind="number"),
)
FIRMS = (
    Column(
        "name", _("企业"), lambda r: r.name, filter="text", href=lambda r: _firm(r.key), wide=True
    ),
    Column("local", _("本地或外地"), lambda r: r.local, filter="choice", group=True),
    Column("place", _("所在地"), lambda r: r.place, filter="choice", group=True),
    Column("code", _("统一社会信用代码"), lambda r: r.credit_code, filter="text"),
    Column("makes", _("产品"), lambda r: r.makes, kind="number"),
    Column("sells", _("供应"), lambda r: r.sells, kind="number"),
    Column("buys", _("采购"), lambda r: r.buys, kind="number"),
    Column("former", _("曾用名、又名"), lambda r: r.former, filter="text"),
    Column("merged", _("已并入"), lambda r: r.merged, filter="text"),
    Column(
        "generated",
        _("数据性质"),
        lambda r: GENERATED if r.generated else "",
        filter="choice",
    ),
)
SUPPLIES = (
    Column(
        "supplier",
        _("供应方"),
        lambda r: r.supplier_name,
        filter="text",
        href=lambda r: _firm(r.supplier),
    ),
    Column("product", _("产品"), lambda r: r.product, filter="text"),
    Column(
        "buyer", _("采购方"), lambda r: r.buyer_name, filter="text", href=lambda r: _firm(r.buyer)
    ),
    Column("share", _("占比（%）"), lambda r: r.share, kind="number"),
    Column("shares", _("占比合计（%）"), lambda r: r.shares, kind="number"),
    Column("full", _("占比说全了吗"), lambda r: r.shares_in_words, filter="choice", group=True),
    Column("value", _("年采购额（万元）"), lambda r: r.value, kind="number"),
    Column(
        "local",
        _("本地配套"),
        lambda r: r.local_in_words,
        filter="choice",
        group=True,
    ),
    Column("since", _("起"), lambda r: r.since_on, kind="date"),
    Column("until", _("止"), lambda r: r.until_on, kind="date"),
    Column("source", _("来源"), lambda r: r.source, filter="text"),
)
OWN_SUPPLIES = tuple(
    Column(c.key, c.label, c.value, c.kind, c.filter, None, c.wide, c.group)
    for c in SUPPLIES
    if c.key not in ("local", "source", "shares", "full")
)
"""What an enterprise sees: without addresses of the offices, and without what they noted."""

HONOURS = (
    Column(
        "name", _("企业"), lambda r: r.name, filter="text", href=lambda r: _firm(r.firm), wide=True
    ),
    Column("chain", _("产业链"), lambda r: r.chain, filter="choice", group=True),
    Column("honour", _("名单"), lambda r: r.honour, filter="choice", group=True),
    Column("level", _("级别"), lambda r: r.level, filter="choice", group=True),
    Column("from", _("进入年份"), lambda r: str(r.from_year)),
    Column("to", _("退出年份"), lambda r: str(r.to_year) if r.to_year else ""),
    Column("source", _("出处"), lambda r: r.source, filter="text"),
)
TOUCHED = (
    Column("depth", _("第几层"), lambda r: r.depth, kind="number"),
    Column("supplier", _("供应方"), lambda r: r.supplier, filter="text"),
    Column("product", _("产品"), lambda r: r.product, filter="text"),
    Column(
        "buyer", _("采购方"), lambda r: r.buyer_name, filter="text", href=lambda r: _firm(r.buyer)
    ),
    Column("delivering", _("已在供货的其他企业"), lambda r: r.delivering, filter="text"),
    Column("here", _("本地能替代"), lambda r: r.here, filter="text"),
    Column("elsewhere", _("外地能替代"), lambda r: r.elsewhere, filter="text"),
)
CANDIDATES = (
    Column("name", _("企业"), lambda r: r.name, href=lambda r: _firm(r.key), wide=True),
    Column("points", _("相近度"), lambda r: r.points, kind="number"),
    Column("product", _("产品"), lambda r: r.product),
    Column("place", _("所在地"), lambda r: r.place),
    Column("certificates", _("资质证书"), lambda r: r.certificates),
    Column("customers", _("已有客户"), lambda r: r.customers),
    Column("why", _("理由"), lambda r: r.why),
)
FUNNEL = (
    Column("step", _("环节"), lambda r: r.label, wide=True),
    Column("counted", _("按对接记录（家）"), lambda r: r.counted, kind="number"),
    Column("rate", _("比上一步（%）"), lambda r: r.rate, kind="number"),
    Column("working", _("怎么数的"), lambda r: r.working),
    Column("stated", _("综述所列"), lambda r: r.stated_in_words),
)
TARGETS = (
    Column(
        "name",
        _("目标企业"),
        lambda r: r.name,
        filter="text",
        href=lambda r: f"/chain-targets/{r.key}/",
        wide=True,
    ),
    Column("stage", _("进展"), lambda r: r.stage_label, filter="choice", group=True),
    Column("chain", _("产业链"), lambda r: r.chain, filter="choice", group=True),
    Column("product", _("产品"), lambda r: r.product, filter="text"),
    Column("origin", _("来源"), lambda r: r.origin, filter="choice", group=True),
    Column("why", _("为什么邀请"), lambda r: r.why, filter="text"),
    Column("unit", _("跟进单位"), lambda r: r.unit, filter="choice", group=True),
    Column("contacts", _("对接次数"), lambda r: r.contacts, kind="number"),
    Column("last", _("最近对接"), lambda r: r.last_on, kind="date"),
    Column(
        "lead",
        _("项目"),
        lambda r: r.lead.name if r.lead else "",
        href=lambda r: r.lead.address if r.lead else "",
    ),
)
WANTED = (
    Column(
        "firm",
        _("外地企业"),
        lambda r: r.firm_name,
        filter="text",
        href=lambda r: _firm(r.firm),
        wide=True,
    ),
    Column("product", _("能补的缺口"), lambda r: r.name, filter="text"),
    Column("chain", _("产业链"), lambda r: r.chain, filter="choice", group=True),
    Column("buyers", _("采购的本地企业"), lambda r: r.buyers, filter="text"),
    Column("place", _("所在地"), lambda r: r.place, filter="choice", group=True),
    Column(
        "target",
        _("目标企业库"),
        lambda r: IN_LIBRARY if r.target else TO_LIST,
        filter="choice",
        href=lambda r: (
            f"/chain-targets/{r.target}/"
            if r.target
            else f"/chain-targets/new/?firm={r.firm}&product={r.product}"
        ),
    ),
)
TRIPS = (
    Column("unit", _("单位"), lambda r: r.unit, filter="choice", group=True),
    Column("leader", _("带队职务"), lambda r: r.leader, filter="text"),
    Column("from", _("出发"), lambda r: r.from_on, kind="date"),
    Column("to", _("返回"), lambda r: r.to_on, kind="date"),
    Column("destination", _("去处"), lambda r: r.destination, filter="text", wide=True),
    Column("mode", _("招商模式"), lambda r: r.mode, filter="choice", group=True),
    Column("contacts", _("对接企业次数"), lambda r: r.contacts, kind="number"),
    Column("outcome", _("成果"), lambda r: r.outcome, filter="text"),
)
RHYTHMS = (
    Column("unit", _("单位"), lambda r: r.unit, filter="text", wide=True),
    Column("rule", _("频次要求"), lambda r: r.rule, filter="choice", group=True),
    Column("source", _("出处"), lambda r: r.source_in_words),
    Column("done", _("已外出（次）"), lambda r: r.done, kind="number"),
    Column("missing", _("缺（期）"), lambda r: r.missing, kind="number"),
    Column("missed", _("缺哪几期"), lambda r: r.missed, filter="text"),
    Column("state", _("状态"), lambda r: r.lamp, kind="standing", filter="choice", group=True),
)
BY_MODE = (
    Column("mode", _("招商模式"), lambda r: r.title, wide=True),
    Column("contacts", _("对接次数"), lambda r: r.contacts, kind="number"),
    Column("firms", _("企业（家）"), lambda r: r.firms, kind="number"),
)
EVENTS = (
    Column(
        "name",
        _("活动"),
        lambda r: r.name,
        filter="text",
        href=lambda r: f"/promotion/events/{r.pk}/",
        wide=True,
    ),
    Column("on", _("日期"), lambda r: r.on, kind="date"),
    Column("place", _("地点"), lambda r: r.place, filter="text"),
    Column("unit", _("主办单位"), lambda r: r.unit, filter="choice", group=True),
    Column("mode", _("招商模式"), lambda r: r.mode, filter="choice", group=True),
    Column("attended", _("参加的单位和职务"), lambda r: r.attended, filter="text"),
    Column("firms", _("对接企业（家）"), lambda r: r.firms, kind="number"),
    Column("signed", _("其中签约（家）"), lambda r: r.signed, kind="number"),
    Column("note", _("说明"), lambda r: r.note),
)
_TARGET = Column(
    "target",
    _("目标企业"),
    lambda r: r.name,
    filter="text",
    href=lambda r: f"/chain-targets/{r.target}/",
    wide=True,
)
_AGREED = (
    Column("agreement", _("签约方式"), lambda r: r.agreement, filter="choice", group=True),
    Column("amount", _("签约金额（万元）"), lambda r: r.amount, kind="number"),
    Column(
        "lead",
        _("项目"),
        lambda r: r.lead.name if r.lead else "",
        href=lambda r: r.lead.address if r.lead else "",
    ),
    Column("stage", _("项目环节"), lambda r: r.lead.stage if r.lead else "", filter="choice"),
)
MET = (
    _TARGET,
    Column("on", _("日期"), lambda r: r.on, kind="date"),
    Column("reached", _("到了哪一步"), lambda r: r.reached, filter="choice", group=True),
    *_AGREED,
    Column("words", _("谈了什么"), lambda r: r.words, filter="text"),
)
SIGNINGS = (
    _TARGET,
    Column("on", _("签约日期"), lambda r: r.on, kind="date"),
    *_AGREED,
    Column("unit", _("跟进单位"), lambda r: r.unit, filter="choice", group=True),
    Column(
        "occasion",
        _("在哪里签的"),
        lambda r: r.occasion,
        filter="text",
        href=lambda r: f"/promotion/events/{r.event}/" if r.event else "",
    ),
)


GRAPH_COLUMNS = {
    "regions": ("group", "name", "firms", "local", "sold", "bought"),
    "firms": ("group", "name", "sold", "bought"),
}
"""What a view counts, where that isn't products."""


def view_columns(name: str) -> tuple[Column, ...]:
    """The columns that say something in a view."""
    wanted = GRAPH_COLUMNS.get(name)
    if wanted is None:
        return tuple(column for column in VIEW if column.key != "bought")
    return tuple(column for column in VIEW if column.key in wanted)


def chain_columns(rules: Iterable[MatchingRateRule]) -> tuple[Column, ...]:
    """The columns of the list of chains, one for each definition of the matching rate."""
    rates = [
        Column(
            f"rate-{rule.key}",
            gettext("本地配套率·%(title)s（%%）") % {"title": titled(rule)},
            lambda r, key=rule.key: r.rates.get(key),
            kind="number",
        )
        for rule in rules
    ]
    return (*CHAINS, *rates)


def unfiltered(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Columns without filters: for a page whose own choice a filter would drop."""
    return tuple(replace(column, filter="", group=False) for column in columns)


def table_of(
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Any],
    params: Params,
    empty: Any = "",
    among: bool = False,
) -> Table:
    """Rows as a table of this module, filtered, sorted, grouped and parted into pages.

    `among`: one of several on its page.
    """
    return Table(name, columns, rows, params, empty, among=among, portion=PORTION)
