"""Every page of policies as those see it who may, and in a number of queries that stays."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.city import MAKER, credit_code
from factories.policies import COPIES, known
from luodi.orgs.actions import register_enterprise
from luodi.policy.actions import match_firms
from luodi.policy.models import ArticleRule, FirmFact, PolicyClaim


def text(response) -> str:
    return response.content.decode()


def queries_of(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


PAGES = [
    ("office", "/policies/", "示例市支持光机电企业发展若干措施"),
    ("office", "/policies/articles/", "补助研发投入"),
    ("clerk", "/policies/effects/", "覆盖率"),
    ("zone_staff", "/policies/statements/", "没有待核实"),
    ("enterprise", "/policies/mine/", "补上这些，就能判断"),
    ("enterprise", "/policies/mine/facts/", "企业自述经单位核实之后才算数"),
    ("enterprise", "/policies/", "示例市支持光机电企业发展若干措施"),
    ("office", "/policies/{policy}/", "高新技术企业"),
    ("clerk", "/policies/articles/{second}/", "高新技术企业"),
    ("enterprise", "/policies/articles/{second}/", "贵企业"),
    ("clerk", "/policies/articles/{second}/rule/", "企业事实目录"),
    ("clerk", "/policies/articles/{second}/revise/", "补助申请表"),
    ("office", "/policies/articles/{first}/firms/", "示例光电一厂"),
    ("office", "/policies/for/{firm}/", "缺：从业人员"),
    ("zone_staff", "/policies/facts/{firm}/", "现用值"),
    ("enterprise", "/policies/articles/{second}/apply/", "补助申请表"),
]


@pytest.mark.parametrize(("who", "address", "says"), PAGES)
def test_a_page_says_what_it_is_for(sign_in, ready, who, address, says):
    found = sign_in(who).get(address.format(**vars(ready)))
    assert found.status_code == 200
    assert says in text(found)


LISTS = [
    ("office", "/policies/articles/"),
    ("office", "/policies/articles/{second}/firms/"),
    ("office", "/policies/effects/"),
    ("office", "/policies/claims/"),
    ("office", "/policies/for/{firm}/"),
    ("office", "/policies/articles/{first}/"),
    ("enterprise", "/policies/mine/"),
    ("office", "/"),
]


def test_the_number_of_queries_stays(city, at, ready, sign_in):
    clients = {who: sign_in(who) for who, _address in LISTS}
    match_firms(article=ready.first, by=city.people["clerk"], at=at)
    known(city, at, "示例光电二厂", revenue="1")
    few = {a: queries_of(clients[who], a.format(**vars(ready))) for who, a in LISTS}
    for number in range(40, 50):
        details = {
            "name": f"示例企业{number}", "credit_code": credit_code(number),
            "unit": city.units["开发区管委会"], "county": city.units["甲县"],
            "size_class": "above_scale",
        }  # fmt: skip
        firm = register_enterprise(city=city.key, details=details, by=MAKER, at=at, generated=True)
        city.enterprises[details["name"]] = firm.key
        known(city, at, details["name"], revenue="3000万元")
    match_firms(article=ready.first, by=city.people["clerk"], at=at)
    many = {a: queries_of(clients[who], a.format(**vars(ready))) for who, a in LISTS}
    assert many == few


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("enterprise", "/policies/for/{firm}/", 403),
        ("enterprise", "/policies/effects/", 403),
        ("enterprise", "/policies/articles/{second}/firms/", 403),
        ("other_clerk", "/policies/for/{firm}/", 404),
        ("other_clerk", "/policies/articles/{second}/rule/", 403),
        ("system_admin", "/policies/", 403),
        ("office", "/policies/nowhere/", 404),
        ("office", "/policies/claims/nowhere/", 404),
    ],
)
def test_the_wrong_person_is_told_so(sign_in, ready, who, address, status):
    assert sign_in(who).get(address.format(**vars(ready))).status_code == status


def test_a_firm_sees_its_own_claims_alone(city, at, ready, sign_in):
    other = known(city, at, "示例光电二厂", revenue="9000万元")
    match_firms(article=ready.first, by=city.people["clerk"], at=at)
    client = sign_in("enterprise")
    said = text(client.get("/policies/claims/")) + text(
        client.get(f"/policies/articles/{ready.first}/")
    )
    assert "示例光电一厂" in said and "示例光电二厂" not in said
    theirs = PolicyClaim.objects.get(enterprise=other)
    assert client.get(f"/policies/claims/{theirs.key}/").status_code == 404
    assert (
        client.post(f"/policies/claims/{theirs.key}/move/", {"move": "confirm"}).status_code == 404
    )


def test_a_rule_is_entered_on_its_page_and_nothing_typed_is_lost(city, ready, sign_in):
    client, address = sign_in("clerk"), f"/policies/articles/{ready.third}/rule/"
    assert client.get(address).status_code == 403  # the zone's article
    client = sign_in("zone_staff")
    given = {"from_on": "2026-03-01", "l0-group": "1", "l0-fact": "employees",
             "l0-operator": "at_least", "l0-values": "一百来人"}  # fmt: skip
    found = client.post(address, given)
    assert found.status_code == 422
    assert "读不出" in text(found) and "一百来人" in text(found)
    found = client.post(address, {**given, "l0-values": "100人"}, follow=True)
    assert "待复核的条件" in text(found)
    assert ArticleRule.objects.open().filter(article=ready.third, stage="entered").count() == 1


def test_an_application_by_its_page(city, ready, sign_in):
    client, address = sign_in("enterprise"), f"/policies/articles/{ready.second}/apply/"
    found = client.post(address, {"amount": "30万", "p0-copy": "on"})
    assert found.status_code == 422
    assert "还缺申报材料" in text(found) and "30万" in text(found)
    found = client.post(address, {"amount": "30万元", **COPIES}, follow=True)
    assert "待审核" in text(found)
    assert PolicyClaim.objects.get(article=ready.second).number in text(found)


def test_duties_of_the_office_and_of_the_firm(city, at, ready, sign_in):
    match_firms(article=ready.first, by=city.people["clerk"], at=at)
    said = text(sign_in("clerk").get("/"))
    assert "政策兑现“已匹配” 1 笔" in said
    claim = PolicyClaim.objects.get(article=ready.first)
    client = sign_in("clerk")
    client.post(f"/policies/claims/{claim.key}/move/",
                {"move": "check", "seen": claim.states.get().since_id})  # fmt: skip
    assert "请确认享受" in text(sign_in("enterprise").get("/policies/mine/"))


def test_excel_of_every_list(sign_in, ready):
    client = sign_in("office")
    for address in ("/policies/", "/policies/articles/", "/policies/effects/", "/policies/claims/",
                    f"/policies/for/{ready.firm}/", f"/policies/articles/{ready.first}/firms/"):  # fmt: skip
        found = client.get(address, {"export": "xlsx"})
        assert found.content[:2] == b"PK"


def test_facts_are_stated_and_verified_on_their_pages(city, ready, sign_in):
    firm = sign_in("enterprise")
    given = {"fact": "employees", "value": "120", "on": "2025-12-31"}
    assert "待核实" in text(firm.post("/policies/mine/facts/", given, follow=True))
    seen = FirmFact.objects.open().get(fact="employees").since_id
    zone, address = sign_in("zone_staff"), f"/policies/facts/{ready.firm}/"
    assert "120人" in text(zone.get("/policies/statements/"))
    assert zone.post(f"{address}verdict/", {"fact": "employees"}).status_code == 422
    zone.post(f"{address}verdict/", {"fact": "employees", "seen": seen, "so": "1"})
    assert FirmFact.objects.open().get(fact="employees").stage == "verified"
