"""A policy document written for the tests in the official form, and ways to bring it to a claim."""

from __future__ import annotations

from datetime import date, datetime

from factories.city import City
from factories.reading import imported
from luodi.common.moments import Moment
from luodi.orgs.queries import viewer_of_person
from luodi.policy.actions import (
    Given,
    apply_for_policy,
    check_rule,
    enter_rule,
    hand_in_papers,
    match_firms,
    record_fact,
    state_fact,
)
from luodi.policy.models import Article, Policy, PolicyClaim
from luodi.policy.queries import article_for, catalogue, proposed_lines
from luodi.reading.actions import accept_certain, adopt_document, decide_card
from luodi.reading.choices import Verdict
from luodi.reading.models import ReviewCard

POLICY = """示例市人民政府办公室文件

示政办发〔2026〕8号

示例市人民政府办公室
关于印发示例市支持光机电企业发展若干措施的通知

各县（市、区）人民政府，市直各有关单位：
《示例市支持光机电企业发展若干措施》已经市人民政府同意，现印发给你们，请认真抓好落实。

示例市人民政府办公室
2026年2月20日

示例市支持光机电企业发展若干措施

为支持光机电企业发展，制定本措施。本文为测试用示例。

第一条  奖励规上企业。对上年度营业收入达到2000万元以上的规模以上企业，给予一次性10万元奖励，免申即享。（责任单位：市工信局）
第二条  补助研发投入。对研发投入占比不低于3%的高新技术企业，按照研发费用的5%给予补助，最高不超过50万元。（责任单位：市工信局）
申报材料：1.补助申请表；2.上年度审计报告；3.研发费用辅助账。
申报时间：2026年2月1日至2099年6月30日。
第三条  支持稳岗。对从业人员100人以上的企业，每人给予500元补贴，未列入严重失信名单。（责任单位：开发区管委会）
第四条  本措施自2026年2月1日起施行，有效期至2099年1月31日，由市工信局解释。
"""


def adopted(city: City, at: datetime, text: str = POLICY, name: str = "示例措施.txt") -> Policy:
    """The policy in the library, every card accepted."""
    office = city.people["office"]
    document = imported(city, at, text, name)
    accept_certain(document=document.key, by=office, at=at)
    for card in ReviewCard.objects.filter(document=document, verdict=Verdict.UNDECIDED):
        decide_card(
            document=document.key, card=card.pk, version=card.version,
            verdict=Verdict.ACCEPTED, by=office, at=at,
        )  # fmt: skip
    adopt_document(document=document.key, by=office, at=at)
    return Policy.objects.get(document=document.key)


def articles(policy: Policy) -> list[str]:
    """Its articles in the order of the text."""
    return list(
        Article.objects.filter(policy=policy).order_by("order").values_list("key", flat=True)
    )


def ruled(city: City, at: datetime, article: str, from_on: date = date(2026, 2, 1)) -> None:
    """What the sentence suggests becomes the rule: entered by the office, checked by the bureau."""
    office, moment = city.people["office"], Moment(at)
    row = article_for(viewer_of_person(office), article, moment)
    lines = proposed_lines(row, catalogue(city.key, moment))
    enter_rule(article=article, lines=lines, from_on=from_on, by=office, at=at)
    other = "clerk" if row.office == city.units["市工信局"] else "zone_staff"
    by = city.people[other]
    waiting = article_for(viewer_of_person(by), article, moment).waiting
    check_rule(article=article, seen=waiting.since_id, by=by, at=at)


def known(city: City, at: datetime, firm: str = "示例光电一厂", **facts: str) -> str:
    """What an office recorded of a firm; returns its key."""
    key = city.enterprises[firm]
    for fact, value in facts.items():
        record_fact(
            enterprise=key, fact=fact, value=value, on=date(2025, 12, 31), why="测试用证明",
            by=city.people["office"], at=at,
        )  # fmt: skip
    return key


def busy(city: City, at: datetime, mark: str = "") -> dict[str, list[str]]:
    """A policy with rules, an application under way, a list of firms had without one, an
    objection, a statement that waits."""
    text = POLICY.replace("光机电企业", f"{mark}光机电企业")
    policy = adopted(city, at, text, f"{mark}示例措施.txt")
    first, second, _third = keys = articles(policy)
    ruled(city, at, first)
    ruled(city, at, second)
    firm = known(city, at, revenue="3000万元", certificates="高新技术企业", rd_share="4")
    clerk = city.people["clerk"]
    match_firms(article=first, by=clerk, at=at)
    audit = hand_in_papers(
        article=second, enterprise=firm, papers={PAPERS[1]: Given([(f"{mark}审计.txt", b"made")])},
        by=city.people["enterprise"], at=at,
    )  # fmt: skip
    applied = apply_for_policy(
        article=second, enterprise=firm, about="", amount="30万元", materials=PAPERS, held=audit,
        by=city.people["enterprise"], at=at,
    )  # fmt: skip
    state_fact(
        enterprise=firm, fact="employees", value="120", on=date(2025, 12, 31),
        by=city.people["enterprise"], at=at,
    )  # fmt: skip
    listed = PolicyClaim.objects.get(article=first, enterprise=firm)
    claims = [listed.key, applied.key]
    return {
        "policy": [policy.key], "article": keys, "policy_claim": claims, "policy_paper": audit,
    }  # fmt: skip


PAPERS = ("补助申请表", "上年度审计报告", "研发费用辅助账")
COPIES = {f"p{n}-copy": "on" for n in range(len(PAPERS))}
"""All of them handed in on paper, as the form of an application says it."""
