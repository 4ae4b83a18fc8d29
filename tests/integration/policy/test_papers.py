"""Files of a claim's papers: handed in once, opened by those who see the claim, offered again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.city import MAKER, PASSWORD, make_city
from factories.policies import PAPERS
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, Mendable, NotAllowed, NotFound
from luodi.documents.models import StoredFile
from luodi.documents.queries import file_for
from luodi.orgs.actions import open_account, post_in_enterprise
from luodi.orgs.queries import viewer_of_person
from luodi.policy.actions import (
    Given,
    add_claim_papers,
    apply_for_policy,
    hand_in_papers,
    move_claim,
)
from luodi.policy.models import ClaimPaper, FirmPaper, PolicyClaim, PolicyClaimState
from luodi.policy.queries import claim_page, held_papers, paper_file

FORM, AUDIT, LEDGER = PAPERS
NEXT_YEAR = datetime(2027, 1, 5, 1, tzinfo=UTC)


def text(response) -> str:
    return response.content.decode()


def upload(name="审计.txt", data="测试用审计报告"):
    return SimpleUploadedFile(name, data.encode())


@pytest.fixture
def address(ready) -> str:
    return f"/policies/articles/{ready.second}/apply/"


@pytest.fixture
def hand_in(city, at, ready):
    def make(paper=AUDIT, name="审计.txt", data=b"made", who="enterprise", when=None, until=None):
        return hand_in_papers(
            article=ready.second, enterprise=ready.firm, by=city.people[who], at=when or at,
            papers={paper: Given([(name, data)], until)},
        )  # fmt: skip

    return make


@pytest.fixture
def applied(city, at, ready, hand_in):
    """The key of a claim, and that of its one file."""
    [file] = hand_in()
    claim = apply_for_policy(
        article=ready.second, enterprise=ready.firm, about="", amount="30万元",
        materials=[FORM, LEDGER], held=[file], by=city.people["enterprise"], at=at,
    )  # fmt: skip
    return claim.key, file


@pytest.fixture
def second_firm(city, at):
    """Somebody who speaks for the other firm, with an account."""
    person = post_in_enterprise(
        enterprise=city.enterprises["示例光电二厂"], name="示例-企业二", by=MAKER, at=at,
        generated=True,
    )  # fmt: skip
    city.people["enterprise_2"] = person.key
    city.accounts["enterprise_2"] = open_account(
        username="shili-enterprise-2", password=PASSWORD, person=person.key, by=MAKER, at=at
    )
    return person.key


def test_what_is_uploaded_is_kept_though_the_rest_is_refused(ready, sign_in, address):
    client = sign_in("enterprise")
    assert f"还缺：{'、'.join(PAPERS)}" in text(client.get(address))
    found = client.post(address, {"amount": "许多", "p1-files": upload(), "p0-copy": "on"})
    assert found.status_code == 422
    assert (
        "读不出" in text(found) and "审计.txt" in text(found) and f"还缺：{LEDGER}" in text(found)
    )
    held = FirmPaper.objects.open().get(of=ready.firm).file_id
    found = client.post(
        address,
        {"amount": "30万元", "p0-copy": "on", "p1-held": held, "p2-copy": "on"},
        follow=True,
    )
    claim = PolicyClaim.objects.get(article=ready.second)
    assert f"/policies/papers/{held}/" in text(found) and claim.number in text(found)
    assert StoredFile.objects.count() == 1 + StoredFile.objects.exclude(key=held).count()


def test_looking_first_hands_in_nothing_but_the_papers(ready, sign_in, address):
    found = sign_in("enterprise").post(
        address, {"amount": "30万元", "p1-files": [upload(), upload("附表.xlsx", "x")], "look": "1"}
    )
    assert found.status_code == 200
    assert f"还缺：{FORM}、{LEDGER}" in text(found)
    assert not PolicyClaim.objects.filter(article=ready.second).exists()
    assert FirmPaper.objects.open().filter(of=ready.firm, paper=AUDIT).count() == 2


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (upload("a.exe"), "不收这种文件"),
        (upload("空.txt", ""), "文件是空的"),
        (upload("机密.txt", "机密★1年"), "标有密级"),
    ],
)
def test_what_the_house_refuses_is_refused(ready, sign_in, address, file, why):
    found = sign_in("enterprise").post(address, {"amount": "30万元", "p1-files": file})
    assert found.status_code == 422 and why in text(found) and "30万元" in text(found)
    assert not FirmPaper.objects.exists()


def test_a_file_is_opened_by_those_who_see_the_claim(city, applied, second_firm, sign_in):
    _claim, file = applied
    address = f"/policies/papers/{file}/"
    seen = {}
    for who in ("enterprise", "clerk", "zone_staff", "office", "leading_group", "other_clerk",
                "enterprise_2", "system_admin", "auditor"):  # fmt: skip
        seen[who] = sign_in(who).get(address).status_code
    assert seen == {
        "enterprise": 200, "clerk": 200, "zone_staff": 200, "office": 200, "leading_group": 200,
        "other_clerk": 404, "enterprise_2": 404, "system_admin": 403, "auditor": 403,
    }  # fmt: skip
    for who in ("enterprise", "clerk", "office"):  # by the general address nobody opens it
        assert sign_in(who).get(f"/files/{file}/a.txt").status_code in (403, 404)
    assert file_for(viewer_of_person(city.people["office"]), file) is None


def test_an_office_opens_nothing_before_it_stands_with_a_claim(city, hand_in, sign_in, address):
    [file] = hand_in()
    clerk = sign_in("clerk")
    assert clerk.get(f"/policies/papers/{file}/").status_code == 404
    found = text(clerk.post(address, {"firm": "示例光电一厂", "amount": "1", "look": "1"}))
    assert "审计.txt" in found and f"/policies/papers/{file}/" not in found
    assert sign_in("enterprise").get(f"/policies/papers/{file}/").content == b"made"


def test_another_citys_people_open_nothing(city, at, applied):
    other = make_city(at=at, key="lingshi")
    viewer = viewer_of_person(other.people["office"])
    with pytest.raises(NotFound):
        claim_page(applied[0], viewer, Moment(at))
    with pytest.raises(NotFound):
        paper_file(applied[1], viewer, Moment(at))


def test_a_paper_handed_in_once_is_offered_again_while_it_is_valid(city, at, ready, applied):
    claim, file = applied
    number = PolicyClaim.objects.get(key=claim).number
    viewer = viewer_of_person(city.people["enterprise"])

    def offered(day):
        return held_papers(ready.firm, PAPERS, viewer, Moment(day))[AUDIT]

    [one] = offered(at)
    assert (one.file, one.claims, str(one.valid_until)) == (file, (number,), "2026-12-31")
    assert offered(NEXT_YEAR) == []  # 上年度审计报告: next year's is another
    step = {"claim": claim, "by": city.people["enterprise"], "at": at}
    move_claim(
        move="withdraw", seen=PolicyClaimState.objects.open().get(claim=claim).since_id, **step
    )
    again = apply_for_policy(
        article=ready.second, enterprise=ready.firm, about="", amount="20万元",
        materials=[FORM, LEDGER], held=[file], by=city.people["enterprise"], at=at,
    )  # fmt: skip
    assert ClaimPaper.objects.filter(file=file).count() == 2
    assert claim_page(again.key, viewer, Moment(at)).papers[1].files == ((file, "审计.txt"),)


@pytest.mark.parametrize(
    ("paper", "until", "last"),
    [
        (FORM, None, "2027-03-02"),
        (AUDIT, None, "2026-12-31"),
        (FORM, datetime(2026, 5, 1).date(), "2026-05-01"),
    ],
)
def test_until_when_it_is_offered(ready, hand_in, paper, until, last):
    [file] = hand_in(paper, until=until)
    assert str(FirmPaper.objects.open().get(file=file).valid_until) == last


def test_the_same_file_is_kept_once(hand_in):
    assert hand_in() == hand_in(name="又一次.txt")
    assert FirmPaper.objects.open().count() == 1


def test_what_may_not_be_handed_in(city, at, ready, hand_in):
    with pytest.raises(NotFound, match="不要“别的”"):
        hand_in("别的")
    with pytest.raises(Incomplete, match="已经过期"):
        hand_in(until=datetime(2026, 3, 1).date())
    for who in ("zone_staff", "other_clerk", "leading_group"):
        with pytest.raises(NotAllowed):
            hand_in(who=who)
    with pytest.raises(Incomplete, match="最多交 20 个文件"):
        hand_in_papers(
            article=ready.second, enterprise=ready.firm, by=city.people["enterprise"], at=at,
            papers={AUDIT: Given([(f"{n}.txt", b"x") for n in range(21)])},
        )  # fmt: skip


def test_a_firm_uses_no_paper_of_another(city, at, ready, second_firm):
    [theirs] = hand_in_papers(
        article=ready.second, enterprise=city.enterprises["示例光电二厂"], by=second_firm, at=at,
        papers={AUDIT: Given([("审计.txt", b"theirs")])},
    )  # fmt: skip
    with pytest.raises(Conflict, match="不是这家企业的"):
        apply_for_policy(
            article=ready.second, enterprise=ready.firm, about="", amount="30万元",
            materials=[FORM, LEDGER], held=[theirs], by=city.people["enterprise"], at=at,
        )  # fmt: skip


def test_papers_are_completed_on_the_page_of_a_returned_claim(city, at, applied, sign_in):
    claim, _file = applied
    state = PolicyClaimState.objects.open().get(claim=claim)
    move_claim(
        claim=claim, move="send_back", seen=state.since_id, why="请补辅助账",
        by=city.people["clerk"], at=at,
    )  # fmt: skip
    seen = PolicyClaimState.objects.open().get(claim=claim).since_id
    address, client = f"/policies/claims/{claim}/papers/", sign_in("enterprise")
    assert "补充材料" in text(client.get(f"/policies/claims/{claim}/"))
    nothing = client.post(address, {"seen": seen})
    assert nothing.status_code == 422 and "请选择要补的文件" in text(nothing)
    assert client.post(address, {"p2-files": upload("账.txt")}).status_code == 422
    found = client.post(address, {"seen": seen, "p2-files": upload("账.txt")}, follow=True)
    assert "账.txt" in text(found) and "材料已登记" in text(found)
    seen = PolicyClaimState.objects.open().get(claim=claim).since_id
    assert sign_in("other_clerk").post(address, {"seen": seen}).status_code == 404
    assert sign_in("zone_staff").post(address, {"seen": seen}).status_code == 403


def test_no_papers_come_to_a_claim_that_is_decided(city, at, applied):
    claim, _file = applied
    for who, move, more in (
        ("clerk", "check", {}),
        ("section_head", "decide", {"amount": "2万元"}),
    ):
        seen = PolicyClaimState.objects.open().get(claim=claim).since_id
        move_claim(claim=claim, move=move, seen=seen, by=city.people[who], at=at, **more)
    seen = PolicyClaimState.objects.open().get(claim=claim).since_id
    said = {"claim": claim, "papers": {LEDGER: Given([("账.txt", b"x")])}, "seen": seen, "at": at}
    for who in ("enterprise", "clerk"):
        with pytest.raises(Closed, match="不能再补材料"):
            add_claim_papers(by=city.people[who], **said)
    with pytest.raises(Mendable):
        add_claim_papers(by=city.people["enterprise"], **{**said, "seen": seen - 1})


def test_the_page_of_an_application_asks_the_store_the_same_however_many_files(
    hand_in, sign_in, address
):
    client = sign_in("enterprise")

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    hand_in()
    few = count()
    for number in range(5):
        hand_in(data=f"made {number}".encode())
    assert count() == few
