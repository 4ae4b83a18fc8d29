"""An enterprise becomes part of another one: entered once, and what is kept of it follows."""

from __future__ import annotations

import pytest

from factories.city import FIRMS
from factories.registers import entered, moved
from factories.requests import asked, in_hand, visited
from luodi.audit.models import Act
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.jobs.models import InboxMessage
from luodi.orgs.actions import (
    change_enterprise,
    close_enterprise,
    merge_enterprise,
    reopen_enterprise,
)
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import viewer_of_person
from luodi.registers.models import EntryState
from luodi.registers.queries import entry_page, registers_held
from luodi.services.actions import asking
from luodi.services.models import RequestState
from luodi.services.queries import visits

pytestmark = pytest.mark.django_db(databases="__all__")

OLD, NEW = FIRMS[0][0], FIRMS[1][0]


def merged(city, at, **more) -> int:
    given = {
        "enterprise": city.enterprises[OLD], "into": city.enterprises[NEW], "why": "吸收合并",
        "by": city.people["office"], "at": at,
    }  # fmt: skip
    return merge_enterprise(**(given | more))


def text(answer) -> str:
    return answer.content.decode()


def test_requests_visits_and_entries_follow_in_the_one_act(city, at, sign_in):
    request, visit = in_hand(city, at), visited(city, at)
    kept, left = entered(city, at, "specialised"), entered(city, at)
    moved(city, at, kept, "recognise", level="innovative", from_on=at.date())
    moved(city, at, left, "leave", reason="示例")
    then, acts = Moment(at, Act.objects.count()), Act.objects.count()
    assert merged(city, at) == 4
    assert list(Act.objects.order_by("pk")[acts:].values_list("verb", flat=True)) == [
        "merge_enterprise", "hand_over_request",
    ]  # fmt: skip
    old, new = city.enterprises[OLD], city.enterprises[NEW]
    assert RequestState.objects.open().get(request=request).firm == new
    office = viewer_of_person(city.people["office"])
    assert [row.key for row in visits(office, Moment(at), new)] == [visit]
    assert registers_held([f"enterprise:{new}", f"enterprise:{old}"], Moment(at)) == {
        f"enterprise:{new}": frozenset({"specialised"}), f"enterprise:{old}": frozenset(),
    }  # fmt: skip
    page = entry_page(kept, office, Moment(at))
    assert page.row.name == NEW and f"“{OLD}”并入" in page.timeline[-1].sentence
    assert entry_page(kept, office, then).row.name == OLD
    assert f"诉求转到 {NEW} 名下" in text(sign_in("office").get(f"/requests/{request.key}/"))
    firm = sign_in("enterprise")
    assert firm.get(f"/my-requests/{request.key}/").status_code == 404
    assert firm.get(f"/registers/entries/{kept}/").status_code == 404
    assert not verify().breaks


def test_where_both_stand_on_a_register_the_old_entry_stays(city, at):
    both, mine = entered(city, at, "specialised"), entered(city, at)
    entered(city, at, "specialised", 1)
    assert merged(city, at) == 1
    assert EntryState.objects.open().get(entry=both).about == city.enterprises[OLD]
    assert EntryState.objects.open().get(entry=mine).about == city.enterprises[NEW]


def test_the_page_enters_a_merger_and_shows_the_successor(city, at, sign_in):
    office, old = sign_in("office"), city.enterprises[OLD]
    address = f"/enterprises/{old}/merge/"
    for into, why, said in (
        (OLD, "合并", "不能是它自己"), ("没有的企业", "合并", "没有叫"),
        (NEW[:4], "合并", "没有叫"), (NEW, " ", "必填"),
    ):  # fmt: skip
        answer = office.post(address, {"into": into, "why": why})
        assert answer.status_code == 422 and said in text(answer) and into in text(answer)
    page = text(office.post(address, {"into": NEW, "why": "吸收合并"}, follow=True))
    assert "已登记合并，名下 0 件事随之转过去。" in page
    assert "已并入" in page and f'href="/enterprises/{city.enterprises[NEW]}/"' in page
    assert "登记合并</button>" not in page and "恢复为在营" not in page
    told = InboxMessage.objects.filter(person=city.people["enterprise"], kind="request")
    assert f"已并入“{NEW}”" in told.get().sentence
    firm = sign_in("enterprise")
    for own in ("/my-enterprise/", "/my-requests/", "/my-requests/new/"):
        assert f"已并入“{NEW}”" in text(firm.get(own))
    assert firm.get("/my-requests/?at=2000-01-01").status_code == 200


@pytest.mark.parametrize(
    ("more", "kind", "words"),
    [
        ({"why": " "}, Incomplete, "原因"), ({"into": "self"}, Incomplete, "它自己"),
        ({"into": "nobody"}, NotFound, "没有这家"), ({"by": "clerk"}, NotFound, "没有这家企业"),
        ({"by": "zone_head"}, NotAllowed, "管企业名录"), ({"into": "closed"}, Closed, "不是在营"),
    ],
)  # fmt: skip
def test_a_merger_that_can_not_be_is_refused(city, at, more, kind, words):
    two = city.enterprises[NEW]
    if more.get("into") == "closed":
        close_enterprise(enterprise=two, why="示例", by=city.people["office"], at=at)
    meant = {"self": city.enterprises[OLD], "closed": two} | city.people
    given = {name: meant.get(value, value) for name, value in more.items()}
    with pytest.raises(kind, match=words):
        merged(city, at, **given)
    assert EnterpriseState.objects.open().get(of=city.enterprises[OLD]).merged_into == ""


def test_what_was_merged_is_neither_merged_again_nor_changed_nor_brought_back(city, at):
    merged(city, at)
    old = city.enterprises[OLD]
    by = {"by": city.people["office"], "at": at}
    with pytest.raises(Conflict, match=f"已并入“{NEW}”"):
        merged(city, at)
    with pytest.raises(Closed, match="不能并入"):
        merged(city, at, enterprise=city.enterprises[NEW], into=old)
    with pytest.raises(Conflict, match="不能恢复"):
        reopen_enterprise(enterprise=old, why="误办", **by)
    seen = EnterpriseState.objects.open().get(of=old).since_id
    with pytest.raises(Conflict, match="不再变更"):
        change_enterprise(enterprise=old, details={"name": "新"}, seen=seen, why="改名", **by)


def test_an_ask_that_a_merger_overtakes_is_refused(city, at, monkeypatch):
    check = asking._check

    def overtaken(*given):
        check(*given)
        merged(city, at)

    monkeypatch.setattr(asking, "_check", overtaken)
    with pytest.raises(Closed, match=f"已并入“{NEW}”"):
        asked(city, at)
    assert not RequestState.objects.exists()
