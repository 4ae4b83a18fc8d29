"""By hand-made requests: wrong people at every address that writes, texts that are formulas,
another city, a firm that moves or is closed, conditions that can't be."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest

from factories.city import make_city
from factories.policies import COPIES, PAPERS, known
from luodi.audit.models import Act
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete
from luodi.orgs.actions import change_enterprise, close_enterprise, merge_enterprise
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import viewer_of_person
from luodi.policy.actions import apply_for_policy, enter_rule, match_firms, move_claim, state_fact
from luodi.policy.models import PolicyClaim, PolicyClaimState
from luodi.policy.queries import claims, policy_duties, statements
from luodi.policy.rules import Line

OTHERS = ("other_clerk", "statistician", "leading_group", "system_admin", "auditor")
OFFICE_ONLY = (*OTHERS, "zone_staff", "enterprise")
POSTS = [
    ("policies/{policy}/abolish/", {"why": "x"}, (*OFFICE_ONLY, "clerk")),
    ("policies/articles/{second}/revise/", {"title": "x", "mode": "applied", "why": "x"}, OFFICE_ONLY),
    ("policies/articles/{second}/rule/",
     {"from_on": "2026-03-01", "l0-fact": "employees", "l0-operator": "at_least", "l0-values": "1"},
     OFFICE_ONLY),
    ("policies/articles/{second}/rule/check/", {}, OFFICE_ONLY),
    ("policies/articles/{second}/rule/return/", {"why": "x"}, OFFICE_ONLY),
    ("policies/articles/{first}/match/", {}, OFFICE_ONLY),
    ("policies/articles/{second}/apply/", {"amount": "1万元", "firm": "示例光电一厂", **COPIES},
     (*OTHERS, "zone_staff")),
    ("policies/facts/{firm}/", {"fact": "tax", "value": "1", "on": "2025-12-31", "why": "x"},
     (*OTHERS, "clerk", "enterprise")),
    ("policies/facts/{firm}/verdict/", {"fact": "employees", "so": "1"},
     (*OTHERS, "clerk", "enterprise")),
    ("policies/claims/{claim}/move/", {"move": "check", "amount": "1万元"}, OFFICE_ONLY),
    ("policies/claims/{claim}/note/", {"text": "x"}, OFFICE_ONLY),
    ("policies/claims/{claim}/object/", {"who": "x", "text": "x"}, OFFICE_ONLY),
    ("policies/claims/{claim}/hand-over/", {"into": "示例光电二厂", "why": "x"}, OFFICE_ONLY),
    ("policies/claims/{claim}/answer/", {"objection": "x", "stage": "rejected", "answer": "x"},
     OFFICE_ONLY),
    ("policies/claims/{claim}/papers/", {"p0-held": []}, (*OTHERS, "zone_staff")),
    ("policies/mine/facts/", {"fact": "tax", "value": "1", "on": "2025-12-31"},
     (*OTHERS, "clerk", "office", "zone_staff")),
]  # fmt: skip


@pytest.fixture
def listed(city, at, ready) -> str:
    match_firms(article=ready.first, by=city.people["clerk"], at=at)
    state_fact(
        enterprise=ready.firm, fact="employees", value="120", on=at.date(),
        by=city.people["enterprise"], at=at,
    )  # fmt: skip
    return PolicyClaim.objects.get(article=ready.first).key


def test_the_wrong_people_write_nothing_anywhere(city, ready, listed, sign_in):
    keys = {**vars(ready), "claim": listed}
    latest = Act.objects.order_by("position").last().position
    seen = {"seen": PolicyClaimState.objects.open().get(claim=listed).since_id}
    wrong = []
    for who in sorted({who for _address, _said, people in POSTS for who in people}):
        client = sign_in(who)
        for address, said, people in POSTS:
            if who in people:
                status = client.post("/" + address.format(**keys), {**seen, **said}).status_code
                if status not in (403, 404):
                    wrong.append((who, address, status))
    assert wrong == []
    verbs = Act.objects.filter(position__gt=latest).values_list("verb", flat=True)
    assert [verb for verb in verbs if "polic" in verb or "fact" in verb or "claim" in verb] == []


def test_another_city_writes_and_exports_nothing_of_this_one(city, at, ready, listed, sign_in):
    other = make_city(at=at, key="lingshi")
    city.accounts["far"] = other.accounts["office"]
    client, keys = sign_in("far"), {**vars(ready), "claim": listed}
    seen = {"seen": PolicyClaimState.objects.open().get(claim=listed).since_id}
    for address, said, _people in POSTS[:-1]:
        assert client.post("/" + address.format(**keys), {**seen, **said}).status_code == 404
    for address in ("", "articles/", "effects/", "statements/", "renewals/", "claims/"):
        sheet = words_of(client.get(f"/policies/{address}", {"export": "xlsx"}).content)
        assert "示例光电" not in sheet and "补助研发投入" not in sheet


def words_of(sheet: bytes) -> str:
    with zipfile.ZipFile(BytesIO(sheet)) as packed:
        return "".join(
            packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml")
        )


def test_a_text_is_never_a_formula(city, at, ready, sign_in):
    apply_for_policy(
        article=ready.second, enterprise=ready.firm, about='=HYPERLINK("http://x","y")',
        amount="30万元", materials=PAPERS, by=city.people["enterprise"], at=at,
    )  # fmt: skip
    sheet = words_of(sign_in("office").get("/policies/claims/", {"export": "xlsx"}).content)
    assert "HYPERLINK" in sheet and "<f>" not in sheet


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([("employees", "at_least", "5"), ("employees", "below", "3")], "互相矛盾"),
        ([("nothing", "at_least", "5")], "不在企业事实目录里"),
        ([("employees", "includes", "5")], "不能这样比较"),
        ([("certificates", "one_of", "天下第一")], "没有“天下第一”这个取值"),
        ([("employees", "between", "5")], "要写 2 个值"),
    ],
)
def test_conditions_that_cannot_be_are_refused(city, at, ready, lines, why):
    said = [Line(n, False, *line) for n, line in enumerate(lines)]
    with pytest.raises(Incomplete, match=why):
        enter_rule(
            article=ready.first, lines=said, from_on=at.date(), by=city.people["office"], at=at
        )


def test_a_made_up_field_is_no_choice_of_the_page(ready, sign_in):
    address = f"/policies/articles/{ready.first}/rule/"
    given = {"from_on": "2026-03-01", "l0-fact": "nothing", "l0-operator": "at_least",
             "l0-values": "7个"}  # fmt: skip
    found = sign_in("clerk").post(address, given)
    assert found.status_code == 422 and "7个" in found.content.decode()


def moved_away(city, at, firm: str) -> None:
    """The firm moves from the zone to a county."""
    state = EnterpriseState.objects.open().get(of=firm)
    change_enterprise(
        enterprise=firm, details={"unit": city.units["乙县"]}, seen=state.since_id, why="迁址",
        by=city.people["office"], at=at,
    )  # fmt: skip


def test_a_claim_goes_on_with_a_firm_that_moves(city, at, ready, listed):
    zone = viewer_of_person(city.people["zone_staff"])
    assert len(statements(zone, Moment(at))) == 1
    moved_away(city, at, ready.firm)
    assert [row.key for row in claims(zone, Moment(at))] == [listed]  # its home when it began
    assert statements(zone, Moment(at)) == []
    assert not any("自述" in duty.what for duty in policy_duties(zone, Moment(at)))
    said = statements(viewer_of_person(city.people["office"]), Moment(at))
    assert [row.fact for row in said] == ["employees"]


def test_a_claim_of_a_merged_firm_goes_on_under_its_successor(city, at, ready, listed, sign_in):
    clerk, address = sign_in("clerk"), f"/policies/claims/{listed}/hand-over/"
    said = {"seen": PolicyClaimState.objects.open().get(claim=listed).since_id, "why": "合并登记"}
    running = clerk.post(address, {**said, "into": "示例光电二厂"})
    assert running.status_code == 409 and "企业仍在营" in running.content.decode()
    close_enterprise(enterprise=ready.firm, why="合并", by=city.people["office"], at=at)
    itself = clerk.post(address, {**said, "into": "示例光电一厂"})
    assert itself.status_code == 409 and "不能承继" in itself.content.decode()
    found = clerk.post(address, {**said, "into": "示例光电二厂"}, follow=True).content.decode()
    assert "示例光电二厂" in found and "转由承继企业继续" in found
    firm = viewer_of_person(city.people["enterprise"])
    assert claims(firm, Moment(at)) == []
    [row] = claims(viewer_of_person(city.people["clerk"]), Moment(at))
    assert row.enterprise == city.enterprises["示例光电二厂"]
    state = PolicyClaimState.objects.open().get(claim=listed)
    move_claim(claim=listed, move="check", seen=state.since_id, by=city.people["clerk"], at=at)
    assert PolicyClaimState.objects.open().get(claim=listed).stage == "checked"


def test_a_successor_gets_nothing_twice(city, at, ready, listed, sign_in):
    known(city, at, "示例光电二厂", revenue="9000万元")
    match_firms(article=ready.first, by=city.people["clerk"], at=at)
    close_enterprise(enterprise=ready.firm, why="合并", by=city.people["office"], at=at)
    seen = PolicyClaimState.objects.open().get(claim=listed).since_id
    said = {"seen": seen, "why": "合并登记", "into": "示例光电二厂"}
    found = sign_in("clerk").post(f"/policies/claims/{listed}/hand-over/", said)
    assert found.status_code == 409 and "不重复享受" in found.content.decode()


def merged(city, at, old: str, new: str) -> int:
    return merge_enterprise(
        enterprise=old, into=new, why="吸收合并", by=city.people["office"], at=at
    )


def test_a_running_claim_follows_in_the_act_of_the_merger(city, at, ready, listed, sign_in):
    two = city.enterprises["示例光电二厂"]
    assert merged(city, at, ready.firm, two) == 1
    assert Act.objects.last().verb == "merge_enterprise"
    assert claims(viewer_of_person(city.people["enterprise"]), Moment(at)) == []
    assert sign_in("enterprise").get(f"/policies/claims/{listed}/").status_code == 404
    assert (
        "转由承继企业继续" in sign_in("clerk").get(f"/policies/claims/{listed}/").content.decode()
    )
    state = PolicyClaimState.objects.open().get(claim=listed)
    assert (state.holder, state.stage) == (two, "matched")
    move_claim(claim=listed, move="check", seen=state.since_id, by=city.people["clerk"], at=at)


def test_a_claim_stays_where_the_successor_has_one_for_the_same_thing(city, at, ready, listed):
    known(city, at, "示例光电二厂", revenue="9000万元")
    match_firms(article=ready.first, by=city.people["clerk"], at=at)
    assert merged(city, at, ready.firm, city.enterprises["示例光电二厂"]) == 0
    assert PolicyClaimState.objects.open().get(claim=listed).holder == ready.firm


def test_a_claim_that_ended_stays_with_the_firm_that_had_it(city, at, ready, listed):
    state = PolicyClaimState.objects.open().get(claim=listed)
    drop = {"claim": listed, "move": "drop", "seen": state.since_id, "why": "示例"}
    move_claim(**drop, by=city.people["clerk"], at=at)
    assert merged(city, at, ready.firm, city.enterprises["示例光电二厂"]) == 0
    assert PolicyClaimState.objects.open().get(claim=listed).holder == ready.firm


def test_a_firm_that_closes_is_neither_listed_nor_checked(city, at, ready, listed):
    known(city, at, "示例光电二厂", revenue="9000万元")
    for firm in (ready.firm, city.enterprises["示例光电二厂"]):
        close_enterprise(enterprise=firm, why="测试注销", by=city.people["office"], at=at)
    with pytest.raises(Incomplete, match="企业仍在营"):
        move_claim(
            claim=listed, move="check", amount="",
            seen=PolicyClaimState.objects.open().get(claim=listed).since_id,
            by=city.people["clerk"], at=at + timedelta(days=1),
        )  # fmt: skip
    assert PolicyClaim.objects.count() == 1
