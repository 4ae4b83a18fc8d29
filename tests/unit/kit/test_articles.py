"""What an article grants, when, on what papers: read from its words."""

from __future__ import annotations

from datetime import date

import pytest

from luodi.kit.articles import (
    force_of,
    grant_of,
    grants,
    is_policy,
    materials_of,
    sum_of,
    terms_of,
    window_of,
    without_next_heading,
)


@pytest.mark.parametrize(
    ("title", "kind", "policy"),
    [
        ("支持企业上规入统若干措施", "措施", True),
        ("中小企业贷款贴息实施细则", "细则", True),
        ("技术改造资金申报指南", "指南", True),
        ("奖补资金管理办法（试行）", "办法", True),
        ("小微园区提升工作方案", "方案", False),
        ("促进消费行动计划", "行动计划", False),
        ("会议管理办法", "办法", False),
    ],
)
def test_which_documents_hold_policies(title, kind, policy):
    assert is_policy(title, kind) is policy


@pytest.mark.parametrize(
    ("text", "form", "most", "more"),
    [
        ("给予一次性10万元奖励", "fixed", 10_000_000, {}),
        ("给予最高不超过200万元的补助", "fixed", 200_000_000, {}),
        ("奖励 1,500元", "fixed", 150_000, {}),
        ("每人给予500元补贴", "each", 50_000, {"each": "每人"}),
        ("按照研发费用的5%给予补助，最高不超过50万元", "share", 50_000_000,
         {"share": "5", "base": "研发费用"}),
        ("按其设备投资额8％补助", "share", None, {"share": "8", "base": "设备投资额"}),
        ("给予贷款贴息，最高20万元", "open", 20_000_000, {}),
        ("优先保障用地", "open", None, {}),
    ],
)  # fmt: skip
def test_what_is_granted(text, form, most, more):
    grant = grant_of(text)
    assert (grant.form, grant.most) == (form, most)
    assert {name: getattr(grant, name) for name in more} == more


def test_whether_something_is_granted():
    assert grants("给予一次性10万元\n奖励")
    assert grants("减免房屋租金")
    assert not grants("加强组织领导，定期通报进展")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("申报时间：2026年5月1日至2026年6月30日", (date(2026, 5, 1), date(2026, 6, 30))),
        ("受理期限为5月1日至6月30日", (date(2026, 5, 1), date(2026, 6, 30))),
        ("申报截止2026年8月31日", (None, date(2026, 8, 31))),
        ("申报时间：2026年2月30日至3月5日", (None, date(2026, 3, 5))),
        ("随时受理", (None, None)),
    ],
)
def test_windows(text, found):
    assert window_of(text, 2026) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("自2026年4月1日起施行，有效期至2028年3月31日", (date(2026, 4, 1), date(2028, 3, 31))),
        ("自2026年4月1日起施行，有效期2年", (date(2026, 4, 1), date(2028, 3, 31))),
        ("自2024年2月29日起施行，有效期三年", (date(2024, 2, 29), date(2027, 2, 28))),
        ("自2026年4月1日起施行", (date(2026, 4, 1), None)),
        ("本措施由市工信局解释", (None, None)),
    ],
)
def test_how_long_a_policy_holds(text, found):
    assert force_of(text) == found


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        (
            "申报材料：1.申请表；2.审计报告；3.辅助账。\n申报时间：2026年",
            ("申请表", "审计报告", "辅助账"),
        ),
        ("申报材料：（1）申请表；（2）审计\n报告。", ("申请表", "审计报告")),
        ("申请材料：申请表；营业执照复印件。", ("申请表", "营业执照复印件")),
        ("提交材料后拨付", ()),
    ],
)
def test_papers(text, papers):
    assert materials_of(text) == papers


def test_an_article_ends_before_the_next_heading():
    assert without_next_heading("给予奖励。\n二、支持引才\n（一）总体") == "给予奖励。"
    assert without_next_heading("给予奖励。") == "给予奖励。"


def test_terms_together():
    terms = terms_of("给予10万元奖励，免申\n即享。", 2026)
    assert (terms.mode, terms.grant.most, terms.window, terms.materials) == (
        "automatic", 10_000_000, (None, None), (),
    )  # fmt: skip
    assert not sum_of("许多")
