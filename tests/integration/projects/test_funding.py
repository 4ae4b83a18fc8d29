"""Banks' money, special funds and bonds: step by step, never above what precedes, as of any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factories.projects import bulk_projects
from luodi.audit.queries import moment_at, verify
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person
from luodi.projects.actions import correct_funding, record_funding
from luodi.projects.models import Funding, FundingEntry
from luodi.projects.queries import fundings_of, funnel, project_head

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = date(2026, 3, 2)


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def tell(city, at, project):
    """`tell("loan", "credited", "800", "2026-02-01")`: the clerk tells of a bank's money."""

    def told(kind, step, amount, day="2026-02-01", who="clerk", days=0, **given):
        usual = {"giver": "工行" if kind == "loan" else "技改专项资金"}
        return record_funding(
            kind=kind, step=step, amount=amount, happened_on=date.fromisoformat(day),
            project=given.pop("project", project.key), by=city.people[who],
            at=at + timedelta(days=days), **(usual | given),
        )  # fmt: skip

    return told


def page_of(city, moment, day=TODAY, who="office"):
    return funnel(viewer_of_person(city.people[who]), moment, day)


def test_the_funnel_goes_from_recommended_to_disbursed(city, at, opened, project, tell):
    other = opened(name="另一个", code="").key
    tell("loan", "recommended", "")
    tell("loan", "intended", "1715.3")
    tell("loan", "credited", "1304.1", "2026-02-10")
    tell("loan", "disbursed", "836.6", "2026-02-20", who="zone_staff")
    tell("loan", "recommended", "5000", giver="示例村镇银行", project=other)
    page = page_of(city, Moment(at))
    assert [(n, str(a)) for _l, n, a in page.total.steps] == [
        (2, "5000"), (1, "1715.3"), (1, "1304.1"), (1, "836.6")
    ]  # fmt: skip
    assert [str(rate.percent) for rate in page.total.rates] == ["76.03", "64.15", "48.77"]
    assert page.total.rates[0].working == "授信 1,304.1 ÷ 意向 1,715.3（万元）"
    assert [bank.label for bank in page.banks] == ["中国工商银行", "示例村镇银行"]
    assert page.banks[1].rates[0].percent is None and "没有意向" in page.banks[1].rates[0].reason
    early = page_of(city, Moment(at), date(2026, 2, 10))
    assert early.total.count("disbursed") == 0 and early.total.count("credited") == 1
    assert [zone.label for zone in page.zones] == ["开发区管委会"] and not verify().breaks


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([("intended", "100")], "意向 100 万元，超过推介 0 万元"),
        ([("recommended", ""), ("credited", "100")], "授信 100 万元，超过意向 0"),
        ([("recommended", "50"), ("intended", "80")], "超过推介 50"),
        ([("recommended", ""), ("intended", "80"), ("credited", "81")], "超过意向 80"),
    ],
)
def test_more_than_the_step_before_needs_a_reason(tell, steps, says):
    *before, (step, amount) = steps
    for name, sum_ in before:
        tell("loan", name, sum_)
    with pytest.raises(Incomplete, match=says):
        tell("loan", step, amount)
    tell("loan", step, amount, why="银行直接授信，未走推介")
    assert FundingEntry.objects.count() == len(steps)


def test_days_order_the_steps_not_the_telling(tell):
    tell("loan", "recommended", "")
    tell("loan", "intended", "500", "2026-02-20")
    with pytest.raises(Incomplete, match="到 2026-02-10，授信 300"):
        tell("loan", "credited", "300", "2026-02-10")
    tell("loan", "credited", "300", "2026-02-20")


def test_several_payments_add_up(city, at, project, tell):
    for step, amount in (("recommended", ""), ("intended", "500"), ("credited", "500")):
        tell("loan", step, amount)
    tell("loan", "disbursed", "200", "2026-02-10")
    tell("loan", "disbursed", "200", "2026-02-15")
    with pytest.raises(Incomplete, match="投放 600 万元，超过授信 500"):
        tell("loan", "disbursed", "200", "2026-02-20")
    assert page_of(city, Moment(at)).total.amount("disbursed") == 400


def test_a_correction_is_a_version_and_a_void_counts_nowhere(city, at, project, tell):
    tell("loan", "recommended", "")
    entry = tell("loan", "intended", "500")
    row = FundingEntry.objects.get(entry=entry)
    given = {"entry": entry, "amount": "450", "happened_on": date(2026, 2, 1),
             "by": city.people["zone_staff"], "at": at + timedelta(days=1)}  # fmt: skip
    with pytest.raises(Incomplete, match="写明原因"):
        correct_funding(why=" ", **given)
    correct_funding(why="银行更正", seen=row.since_id, **given)
    with pytest.raises(Conflict, match="刚刚有了变化"):
        correct_funding(why="又改", seen=row.since_id, **given | {"amount": "440"})
    assert page_of(city, moment_at(row.since_id)).total.amount("intended") == 500
    assert page_of(city, Moment(at + timedelta(days=2))).total.amount("intended") == 450
    correct_funding(why="记错项目", void=True, **given | {"at": at + timedelta(days=3)})
    assert page_of(city, Moment(at + timedelta(days=4))).total.amount("intended") == 0
    head = project_head(project.key, viewer_of_person(city.people["clerk"]), Moment(at))
    [one] = fundings_of(head, Moment(at + timedelta(days=4)))
    assert one.entries[0].void and len(one.entries[0].before) == 2


def test_unused_money_and_overdue_audits_are_listed(city, at, project, tell):
    tell("special_fund", "applied_for", "600", "2025-03-01")
    tell("special_fund", "granted", "500", "2025-06-01")
    tell("special_fund", "used", "200", "2025-07-01")
    tell("special_fund", "used", "100", "2026-02-01")
    [row] = page_of(city, Moment(at)).special
    assert (row.unused, row.granted_on, row.long_unused) == (200, date(2025, 6, 1), True)
    assert row.unaudited == 200, "the payment of February is not due yet"
    tell("special_fund", "audited", "200", "2026-02-20")
    assert page_of(city, Moment(at)).special[0].unaudited == 0
    with pytest.raises(Incomplete, match="使用 600 万元，超过下达 500"):
        tell("special_fund", "used", "300", "2026-03-01")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"amount": "-1"}, "不能是负数"),
        ({"amount": ""}, "填写金额"),
        ({"amount": "三亩"}, "金额："),
        ({"kind": "gift"}, "没有这一类"),
        ({"step": "used"}, "没有这一步"),
        ({"giver": "  "}, "名称"),
        ({"day": "2026-04-01"}, "不能晚于今天"),
    ],
)
def test_bad_input_is_refused_in_words(tell, given, says):
    usual = {"kind": "loan", "step": "credited", "amount": "5", "why": "直接授信"}
    with pytest.raises(Incomplete, match=says):
        tell(**(usual | given))
    assert not Funding.objects.exists()


def test_who_may_tell_and_see(city, at, project, tell, sign_in):
    with pytest.raises(NotAllowed):
        tell("loan", "recommended", "", who="leading_group")
    with pytest.raises(NotFound):
        tell("loan", "recommended", "", who="other_clerk")
    tell("loan", "recommended", "1234567")
    other = sign_in("other_clerk")
    assert other.get(f"/projects/{project.key}/funding/").status_code == 404
    assert "1,234,567" not in text(other.get("/projects/funding/"))
    assert "1,234,567" in text(sign_in("zone_staff").get("/projects/funding/"))


def test_the_pages_record_correct_and_sum(sign_in, city, project):
    clerk = sign_in("clerk")
    address = f"/projects/{project.key}/funding/"
    given = {"what": "loan:credited", "giver": "国开行", "amount": "1亿元",
             "happened_on": "2026-02-01"}  # fmt: skip
    refused = clerk.post(f"{address}record/", given)
    assert refused.status_code == 422 and "超过意向 0 万元" in text(refused)
    page = text(clerk.post(f"{address}record/", given | {"why": "银行直批"}, follow=True))
    assert "国家开发银行" in page and "10,000" in page and "授信超过前一步" in page
    entry = FundingEntry.objects.get()
    page = text(clerk.get(f"{address}?entry={entry.entry}"))
    seen = page.split('name="seen" value="')[1].split('"')[0]
    said = {"entry": entry.entry, "seen": seen, "amount": "9000", "happened_on": "2026-02-02",
            "why": "核对"}  # fmt: skip
    assert "此前 1 版" in text(clerk.post(f"{address}correct/", said, follow=True))
    assert clerk.post(f"{address}correct/", said | {"amount": "1"}).status_code == 409
    story = text(clerk.get(f"/projects/{project.key}/"))
    assert "国家开发银行：授信 10,000 万元" in story and "更正为 9,000" in story
    english = {"headers": {"Accept-Language": "en"}}
    for one in (address, "/projects/funding/"):
        page = text(clerk.get(one, **english))
        assert "Credited" in page and "授信" not in page


def test_the_overview_takes_the_same_queries_for_many(
    sign_in, city, at, project, tell, django_assert_max_num_queries
):
    tell("loan", "recommended", "")
    office = sign_in("office")
    office.get("/projects/funding/")
    counts = []
    for n in (0, 6):
        bulk_projects(city, 30 if n else 0, at) if n else None
        for number in range(n):
            tell("loan", "recommended", "", giver=f"银行{number}")
            tell("special_bond", "applied_for", "7", giver=f"债券{number}")
        with django_assert_max_num_queries(45) as seen:
            assert office.get("/projects/funding/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert office.get("/projects/funding/?export=xlsx").status_code == 200
