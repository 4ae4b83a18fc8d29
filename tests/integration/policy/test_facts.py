"""What is known of a firm: registers, statements, figures by their purpose; and as of a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factories.policies import known
from factories.registers import entered, moved
from luodi.audit.queries import moment_at
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.indicators.choices import Purpose
from luodi.indicators.models import Definition, Indicator, Value
from luodi.orgs.queries import viewer_of_person
from luodi.policy.actions import (
    check_rule,
    enter_rule,
    match_firms,
    move_claim,
    record_fact,
    refuse_fact,
    return_rule,
    state_fact,
    verify_fact,
)
from luodi.policy.models import ArticleRule, FirmFact, PolicyClaimState
from luodi.policy.queries import article_for, catalogue, dossiers, policies_for, statements
from luodi.policy.rules import Line

LAST_YEAR = date(2025, 12, 31)


@pytest.fixture
def firm(city) -> str:
    return city.enterprises["示例光电一厂"]


@pytest.fixture
def fact(city, at, firm):
    """`fact("revenue")`: what counts of the firm now, or None."""

    def read(name, moment=None):
        moment = moment or Moment(at)
        found = dossiers([firm], catalogue(city.key, moment), moment)[firm].get(name)
        return found.value if found else None

    return read


@pytest.fixture
def own(city, at, firm):
    return {"enterprise": firm, "on": LAST_YEAR, "by": city.people["enterprise"], "at": at}


def test_what_the_register_knows_is_a_fact(city, fact):
    assert fact("size_class") == "above_scale"
    assert fact("home") == city.units["开发区管委会"]
    assert fact("industry_section") == "c"
    assert fact("revenue") is None


def test_a_statement_counts_once_it_is_verified(city, at, firm, fact, own):
    state_fact(fact="employees", value="120人", **own)
    assert fact("employees") is None
    zone = city.people["zone_staff"]
    [row] = statements(viewer_of_person(zone), Moment(at))
    assert (row.firm, row.value, row.may_verify) == ("示例光电一厂", "120人", True)
    verify_fact(enterprise=firm, fact="employees", seen=row.since, by=zone, at=at)
    assert fact("employees") == 120


def test_a_statement_that_is_not_so_leaves_what_was_verified(city, at, firm, fact, own):
    known(city, at, employees="80")
    state_fact(fact="employees", value="120", **own)
    seen = FirmFact.objects.open().get(stage="stated").since_id
    said = {"enterprise": firm, "fact": "employees", "by": city.people["zone_staff"], "at": at}
    with pytest.raises(Incomplete, match="不符的原因"):
        refuse_fact(seen=seen, why=" ", **said)
    with pytest.raises(Conflict):
        refuse_fact(seen=seen - 1, why="社保人数不符", **said)
    refuse_fact(seen=seen, why="社保人数不符", **said)
    assert fact("employees") == 80


@pytest.mark.parametrize(
    ("name", "value", "on", "why"),
    [
        ("employees", "很多", LAST_YEAR, "读不出"),
        ("employees", "12.5", LAST_YEAR, "读不出"),
        ("certificates", "高新技术企业、天下第一", LAST_YEAR, "没有“天下第一”这个取值"),
        ("established", "前年", LAST_YEAR, "要写日期"),
        ("newly_above_scale", "也许", LAST_YEAR, "“是”或“否”"),
        ("employees", "12", date(2030, 1, 1), "不能晚于今天"),
    ],
)
def test_what_cannot_be_read_is_said(own, name, value, on, why):
    with pytest.raises(Incomplete, match=why):
        state_fact(fact=name, value=value, **{**own, "on": on})


def test_a_firm_states_nothing_that_offices_record(city, at, firm, own):
    with pytest.raises(NotFound):
        state_fact(fact="bad_credit", value="否", **own)
    with pytest.raises(NotAllowed):
        state_fact(**{**own, "enterprise": city.enterprises["示例光电二厂"]}, fact="tax", value="1")
    with pytest.raises(NotFound):  # a county's firm is not the zone's
        record_fact(
            enterprise=city.enterprises["示例光电二厂"], fact="tax", value="1", on=LAST_YEAR,
            why="税票", by=city.people["zone_staff"], at=at,
        )  # fmt: skip


def figure(city, firm, purpose, amount) -> None:
    """A figure of the firm for last year, as a filing would have brought it."""
    act = FirmFact.objects.order_by("since").last().since
    one, _new = Indicator.objects.get_or_create(
        key="revenue0", defaults={"city": city.key, "code": "ent-revenue", "act": act}
    )
    if not Definition.objects.filter(indicator=one).exists():
        Definition.objects.create(
            indicator=one, name="营业收入", measured_in="万元", scale=2, period_kind="month", counts="year_to_date",
            purpose=purpose, since=act,
        )  # fmt: skip
    Value.objects.create(
        indicator=one, city=city.key, enterprise=firm, period="2025-12", amount=amount, scale=2,
        purpose=purpose, origin="test", since=act,
    )  # fmt: skip


def test_statistical_microdata_serves_no_policy(city, at, firm, fact):
    known(city, at, tax="1")
    figure(city, firm, Purpose.STATISTICS, 999_900)
    assert fact("revenue") is None
    figure(city, firm, Purpose.ENTERPRISE, 250_000)
    assert fact("revenue") == 2500 * 10**4


def line(group, fact, operator, values, refused=False):
    return Line(group, refused, fact, operator, values)


@pytest.fixture
def enter(city, at, ready):
    def make(*lines, who="office", from_on=date(2026, 2, 1), article=None):
        return enter_rule(
            article=article or ready.first, lines=lines, from_on=from_on, by=city.people[who], at=at
        )

    return make


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([line(1, "revenue", "at_least", "500"), line(2, "revenue", "below", "300")], "互相矛盾"),
        ([line(1, "no_such_fact", "at_least", "5")], "不在企业事实目录里"),
        ([line(1, "revenue", "includes", "5")], "不能这样比较"),
        ([line(1, "revenue", "between", "5")], "要写 2 个值"),
        ([line(1, "revenue", "at_least", "五百来万")], "读不出"),
        ([line(1, "size_class", "one_of", "特大")], "没有“特大”这个取值"),
        ([], "至少要有一个条件"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_with_a_sentence(enter, lines, why):
    with pytest.raises(Incomplete, match=why):
        enter(*lines)


def test_two_people_make_a_rule(city, at, ready, enter):
    row = enter(line(1, "employees", "at_least", "50"), line(1, "tax", "at_least", "100"))
    with pytest.raises(NotAllowed, match="录入人以外"):
        check_rule(article=ready.first, seen=row.since_id, by=city.people["office"], at=at)
    return_rule(
        article=ready.first, seen=row.since_id, why="组号有误", by=city.people["clerk"], at=at
    )
    assert (
        article_for(viewer_of_person(city.people["office"]), ready.first, Moment(at)).waiting
        is None
    )


def test_a_new_version_never_changes_a_past_answer(city, at, ready, enter):
    office = viewer_of_person(city.people["office"])

    def told(moment):
        rows = policies_for(ready.firm, office, moment)
        return {one.article.key: one.told.state for one in rows}[ready.first]

    before = ArticleRule.objects.latest("since").since_id
    assert told(Moment(at)) == "fits"
    row = enter(line(1, "revenue", "at_least", "9000"), from_on=date(2026, 6, 1))
    check_rule(article=ready.first, seen=row.since_id, by=city.people["clerk"], at=at)
    assert told(Moment(at)) == "fits"
    assert told(Moment(at + timedelta(days=120))) == "near"
    assert told(moment_at(before)) in ("fits", "unknown")
    row = enter(line(1, "revenue", "at_least", "9000"))  # from the very day the first began
    seen = row.since_id
    check_rule(article=ready.first, seen=seen, by=city.people["clerk"], at=at)
    assert told(Moment(at)) == "near"
    assert told(moment_at(seen)) == "fits"


def test_what_registers_hold_counts_beside_what_was_verified(city, at, fact):
    assert fact("certificates") is None
    known(city, at, certificates="科技型中小企业")
    given = {"level": "little-giant", "from_on": date(2026, 1, 5)}
    one = entered(city, at, "specialised")
    moved(city, at, one, "recognise", **given)
    assert fact("certificates") == {"tech_sme", "little_giant"}


def test_a_grave_credit_note_stops_a_payment(city, at, ready, fact):
    match_firms(article=ready.first, by=city.people["clerk"], at=at)
    assert fact("bad_credit") is None
    said = {"level": "grave", "from_on": date(2026, 1, 5), "reason": "生成的示例"}
    entered(city, at, "credit", given=said)
    assert fact("bad_credit") is True
    claim = PolicyClaimState.objects.open().get(claim__article=ready.first)
    step = {"claim": claim.claim_id, "move": "check", "seen": claim.since_id}
    with pytest.raises(Incomplete, match="严重失信"):
        move_claim(by=city.people["clerk"], at=at, **step)
