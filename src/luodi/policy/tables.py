"""Lists of policies, matches and claims: dense tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from .queries import (
    ArticleRow,
    ClaimRow,
    EffectRow,
    FirmMatch,
    Match,
    PolicyRow,
    RenewalRow,
    StatementRow,
)
from .rules import in_ten_thousand

POLICIES = (
    Column("title", _("政策"), lambda r: r.title, filter="text",
           href=lambda r: f"/policies/{r.key}/", wide=True),
    Column("number", _("文号"), lambda r: r.number, filter="text"),
    Column("issuer", _("发文机关"), lambda r: r.issuer, filter="choice", group=True),
    Column("issued", _("发文日期"), lambda r: r.issued_on),
    Column("state", _("效力"), lambda r: r.state, filter="choice", group=True),
    Column("from", _("施行日期"), lambda r: r.from_on, kind="date"),
    Column("until", _("有效期至"), lambda r: r.until_on, kind="date"),
    Column("articles", _("条款"), lambda r: r.articles, kind="number"),
    Column("ruled", _("已设条件"), lambda r: r.ruled, kind="number"),
)  # fmt: skip
ARTICLES = (
    Column("title", _("条款"), lambda r: f"{r.label} {r.title}".strip(), filter="text",
           href=lambda r: f"/policies/articles/{r.key}/", wide=True),
    Column("policy", _("政策"), lambda r: r.policy_title, filter="choice", group=True),
    Column("office", _("主管单位"), lambda r: r.office_name, filter="choice", group=True),
    Column("mode", _("兑现方式"), lambda r: r.mode_label, filter="choice", group=True),
    Column("grant", _("标准"), lambda r: r.grant),
    Column("window", _("申报期"), lambda r: r.window, kind="standing"),
    Column("rule", _("条件"), lambda r: r.rule_state, filter="choice", group=True),
    Column("budget", _("预算（万元）"), lambda r: in_ten_thousand(r.budget), kind="number"),
    Column("left", _("余额（万元）"), lambda r: in_ten_thousand(r.left), kind="number"),
)  # fmt: skip
MATCHES = (
    Column("answer", _("是否符合"), lambda r: r.told.word, filter="choice", group=True),
    Column("title", _("条款"), lambda r: f"{r.article.label} {r.article.title}".strip(),
           filter="text", href=lambda r: f"/policies/articles/{r.article.key}/", wide=True),
    Column("policy", _("政策"), lambda r: r.article.policy_title, filter="choice", group=True),
    Column("grant", _("标准"), lambda r: r.article.grant),
    Column("mode", _("兑现方式"), lambda r: r.article.mode_label, filter="choice"),
    Column("window", _("申报期"), lambda r: r.article.window, kind="standing"),
    Column("lacking", _("差什么"), lambda r: r.told.lacking, wide=True),
    Column("reasons", _("逐条理由"), lambda r: r.told.line, wide=True),
)  # fmt: skip
FIRMS = (
    Column("answer", _("是否符合"), lambda r: r.told.word, filter="choice", group=True),
    Column("firm", _("企业"), lambda r: r.name, filter="text",
           href=lambda r: f"/policies/for/{r.key}/", wide=True),
    Column("home", _("所在区域"), lambda r: r.home, filter="choice", group=True),
    Column("lacking", _("差什么"), lambda r: r.told.lacking, wide=True),
    Column("reasons", _("逐条理由"), lambda r: r.told.line, wide=True),
)  # fmt: skip
CLAIMS = (
    Column("number", _("编号"), lambda r: r.number, "nowrap", "text", lambda r: r.address),
    Column("firm", _("企业"), lambda r: r.firm, filter="text"),
    Column("thing", _("事项"), lambda r: r.thing, filter="text"),
    Column("mode", _("兑现方式"), lambda r: r.mode_label, filter="choice", group=True),
    Column("stage", _("环节"), lambda r: r.stage_label, filter="choice", group=True),
    Column("light", _("状态"), lambda r: r.light, kind="standing"),
    Column("office", _("主管单位"), lambda r: r.office_name, filter="choice", group=True),
    Column("asked", _("申请（元）"), lambda r: in_yuan(r.asked), kind="number"),
    Column("amount", _("核定（元）"), lambda r: in_yuan(r.amount), kind="number"),
)  # fmt: skip
CLAIMS_SHEET = (
    *CLAIMS,
    Column("title", _("条款"), lambda r: r.title),
    Column("notice", _("公示至"), lambda r: r.notice_until, kind="date"),
    Column("paid", _("拨付日期"), lambda r: r.paid_on, kind="date"),
)
"""On the screen the state says both days in words; a sheet is counted with."""
EFFECTS = (
    Column("title", _("条款"), lambda r: r.title, filter="text",
           href=lambda r: f"/policies/articles/{r.key}/", wide=True),
    Column("policy", _("政策"), lambda r: r.policy, filter="choice", group=True),
    Column("office", _("主管单位"), lambda r: r.office, filter="choice", group=True),
    Column("claims", _("兑现笔数"), lambda r: r.claims, kind="number"),
    Column("open", _("办理中"), lambda r: r.open, kind="number"),
    Column("paid", _("已拨付笔数"), lambda r: r.paid, kind="number"),
    Column("sum", _("已拨付（元）"), lambda r: in_yuan(r.sum_paid), kind="number"),
    Column("budget", _("预算（万元）"), lambda r: in_ten_thousand(r.budget), kind="number"),
    Column("left", _("余额（万元）"), lambda r: in_ten_thousand(r.left), kind="number"),
    Column("firms", _("惠及企业"), lambda r: r.firms, kind="number"),
    Column("fitting", _("符合企业"), lambda r: r.fitting, kind="number"),
    Column("share", _("覆盖率（已惠及/现符合）"), lambda r: r.share),
)  # fmt: skip


def in_yuan(fen: int | None) -> Decimal | None:
    """A sum in 元, exactly."""
    return None if fen is None else Decimal(fen).scaleb(-2)


def policies_table(rows: Iterable[PolicyRow], params: Mapping[str, str], empty: Any) -> Table:
    """The library."""
    return Table("policies", POLICIES, rows, params, empty)


def articles_table(rows: Iterable[ArticleRow], params: Mapping[str, str], empty: Any) -> Table:
    """Articles of all policies."""
    return Table("articles", ARTICLES, rows, params, empty)


def matches_table(rows: Iterable[Match], params: Mapping[str, str], empty: Any) -> Table:
    """Articles for one firm."""
    return Table("matches", MATCHES, rows, params, empty)


def firms_table(rows: Iterable[FirmMatch], params: Mapping[str, str], empty: Any) -> Table:
    """Firms for one article."""
    return Table("firms", FIRMS, rows, params, empty)


def claims_table(rows: Iterable[ClaimRow], params: Mapping[str, str], empty: Any) -> Table:
    """Claims; as a sheet with the days in columns of their own."""
    columns = CLAIMS_SHEET if params.get("export") == "xlsx" else CLAIMS
    return Table("claims", columns, rows, params, empty)


def effects_table(rows: Iterable[EffectRow], params: Mapping[str, str], empty: Any) -> Table:
    """What came of each article."""
    return Table("effects", EFFECTS, rows, params, empty)


STATEMENTS = (
    Column("firm", _("企业"), lambda r: r.firm, filter="text",
           href=lambda r: f"/policies/facts/{r.enterprise}/", wide=True),
    Column("fact", _("事实"), lambda r: r.label, filter="choice", group=True),
    Column("value", _("企业自述"), lambda r: r.value),
    Column("on", _("截至"), lambda r: r.on, kind="date"),
)  # fmt: skip


def statements_table(rows: Iterable[StatementRow], params: Mapping[str, str], empty: Any) -> Table:
    """What firms state and nobody has verified."""
    return Table("statements", STATEMENTS, rows, params, empty)


RENEWALS = (
    Column("firm", _("企业"), lambda r: r.firm, filter="text",
           href=lambda r: f"/policies/facts/{r.enterprise}/", wide=True),
    Column("home", _("所在区域"), lambda r: r.home, filter="choice", group=True),
    Column("fact", _("事实"), lambda r: r.label, filter="choice", group=True),
    Column("value", _("核实的值"), lambda r: r.value),
    Column("on", _("截至"), lambda r: r.on, kind="date"),
    Column("lasts", _("有效期"), lambda r: r.light, kind="standing"),
    Column("articles", _("涉及条款"), lambda r: r.articles, kind="number"),
    Column("waits", _("企业自述"), lambda r: _("已报，待核实") if r.waits else "", filter="choice"),
)  # fmt: skip


def renewals_table(rows: Iterable[RenewalRow], params: Mapping[str, str], empty: Any) -> Table:
    """Verified facts that run out."""
    return Table("renewals", RENEWALS, rows, params, empty)
