"""An office enters an application for any firm of its city, by name or code, and sees no more."""

from __future__ import annotations

import pytest

from factories.city import credit_code, make_city
from factories.policies import COPIES, PAPERS, known
from luodi.common.moments import Moment
from luodi.common.refusals import NotAllowed, NotFound
from luodi.jobs.models import InboxMessage
from luodi.orgs.queries import enterprises_served, viewer_of_person
from luodi.policy.actions import apply_for_policy
from luodi.policy.models import PolicyClaim

FIRM = "示例光电二厂"  # a county's: the bureau doesn't look after it
GIVEN = {"amount": "30万元", **COPIES}


@pytest.fixture
def address(ready) -> str:
    return f"/policies/articles/{ready.second}/apply/"


@pytest.mark.parametrize("typed", [FIRM, f"  {FIRM} ", credit_code(2), credit_code(2).lower()])
def test_by_its_name_or_code(city, at, ready, sign_in, address, typed):
    client = sign_in("clerk")
    found = client.post(address, {**GIVEN, "firm": typed}, follow=True).content.decode()
    claim = PolicyClaim.objects.get(article=ready.second)
    assert claim.enterprise == city.enterprises[FIRM] and claim.number in found
    assert f"/policies/for/{claim.enterprise}/" not in found
    assert client.get(f"/policies/for/{claim.enterprise}/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "why"), [("", "必填"), ("示例光电", "没有叫“示例光电”的企业"), ("二厂", "没有叫")]
)
def test_half_a_name_finds_nobody(sign_in, address, typed, why):
    found = sign_in("clerk").post(address, {**GIVEN, "firm": typed})
    assert found.status_code == 422
    assert why in found.content.decode() and "30万元" in found.content.decode()
    assert FIRM not in found.content.decode()


def test_what_is_known_of_it_is_not_told(city, at, sign_in, address):
    known(city, at, FIRM, rd_share="2.17", certificates="高新技术企业")
    found = sign_in("clerk").post(address, {**GIVEN, "firm": FIRM}).content.decode()
    assert "不符合这一条的条件：研发费用占营业收入比重不低于3%" in found
    assert "2.17" not in found
    office = sign_in("office").post(address, {**GIVEN, "firm": FIRM}).content.decode()
    assert "现为2.17%" in office


@pytest.mark.parametrize("who", ["zone_staff", "other_clerk", "leading_group", "statistician"])
def test_nobody_else_enters_one(city, at, ready, sign_in, address, who):
    assert sign_in(who).post(address, {**GIVEN, "firm": FIRM}).status_code == 403
    with pytest.raises(NotAllowed):
        apply_for_policy(
            article=ready.second, enterprise=city.enterprises[FIRM], about="", amount="30万元",
            materials=PAPERS, by=city.people[who], at=at,
        )  # fmt: skip


def test_a_firm_applies_for_itself_alone(city, at, ready, sign_in, address):
    said = {"about": "", "amount": "30万元", "materials": PAPERS, "at": at}
    with pytest.raises(NotAllowed):
        apply_for_policy(
            article=ready.second, enterprise=city.enterprises[FIRM],
            by=city.people["enterprise"], **said,
        )  # fmt: skip
    sign_in("enterprise").post(address, {**GIVEN, "firm": FIRM})
    assert PolicyClaim.objects.get(article=ready.second).enterprise == ready.firm


def test_another_citys_firm_is_not_found(city, at, ready):
    other = make_city(at=at, key="lingshi")
    said = {"about": "", "amount": "30万元", "materials": PAPERS, "at": at}
    with pytest.raises(NotFound):
        apply_for_policy(
            article=ready.second, enterprise=other.enterprises[FIRM],
            by=city.people["clerk"], **said,
        )  # fmt: skip
    with pytest.raises(NotFound):
        apply_for_policy(
            article=ready.second, enterprise=city.enterprises[FIRM],
            by=other.people["clerk"], **said,
        )  # fmt: skip


def test_the_firm_is_told_of_what_was_entered_for_it(city, at, ready):
    apply_for_policy(
        article=ready.second, enterprise=ready.firm, about="", amount="30万元", materials=PAPERS,
        by=city.people["clerk"], at=at,
    )  # fmt: skip
    told = InboxMessage.objects.filter(person=city.people["enterprise"], kind="policy")
    assert told.filter(sentence__contains="待审核").count() == 1


def test_only_those_who_act_for_the_city_or_a_unit_reach_the_whole_register(city, at):
    seen = {
        who: enterprises_served(viewer_of_person(person), Moment(at)).count()
        for who, person in city.people.items()
    }
    served = {who for who, count in seen.items() if count}
    assert served == {
        "office", "clerk", "section_head", "leader_in_charge", "other_clerk", "zone_staff",
        "zone_head", "zone_leader",
    }  # fmt: skip
