"""Enterprises: registered with a checked code, seen within their home's scope, never alone."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories.city import credit_code
from luodi.audit.queries import moment_at, verify
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed
from luodi.orgs import actions
from luodi.orgs.choices import Role
from luodi.orgs.models import Enterprise, EnterpriseState, Unit
from luodi.orgs.queries import (
    colleagues_in,
    enterprise_by_code,
    enterprises_of,
    may_see,
    people_with,
    viewer_of_person,
    visible,
)


def details(city, number: int = 77, **changes: str) -> dict[str, str]:
    return {
        "name": "示例机械厂",
        "credit_code": credit_code(number),
        "unit": city.units["开发区管委会"],
        "size_class": "below_scale",
    } | changes


def register(city, at, by: str = "statistician", **changes: str) -> str:
    who = {"by": city.people[by], "at": at}
    return actions.register_enterprise(city=city.key, details=details(city, **changes), **who).key


def state_of(key: str) -> EnterpriseState:
    return EnterpriseState.objects.open().get(of=key)


def test_an_enterprise_of_a_zone_and_one_of_a_county_know_their_homes(city, at):
    zone, county = city.units["开发区管委会"], city.units["乙县"]
    first = state_of(register(city, at, county=county))
    assert (first.unit, first.zone, first.county) == (zone, zone, county)
    second = state_of(register(city, at, credit_code=credit_code(78), unit=county))
    assert (second.unit, second.zone, second.county) == (county, "", county)
    assert verify().breaks == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " "}, "企业名称"),
        ({"credit_code": "123"}, "18 位"),
        ({"credit_code": credit_code(77)[:-1] + "0"}, "校验位"),
        ({"size_class": "huge"}, "规上或规下"),
        ({"unit": "nowhere"}, "开发区或县"),
        ({"county": "nowhere"}, "坐落"),
    ],
)
def test_a_faulty_entry_is_refused_in_words(city, at, changes, said):
    before = Enterprise.objects.count()
    with pytest.raises(Incomplete, match=said):
        register(city, at, **changes)
    assert Enterprise.objects.count() == before


def test_one_code_is_registered_once(city, at):
    key = register(city, at)
    with pytest.raises(Conflict, match="示例机械厂"):
        register(city, at, name="另一家")
    other = register(city, at, credit_code=credit_code(79))
    with pytest.raises(Conflict, match="已经登记"):
        actions.change_enterprise(
            enterprise=other, details={"credit_code": credit_code(77)},
            seen=state_of(other).since_id, why="更正", by=city.people["office"], at=at,
        )  # fmt: skip
    assert enterprise_by_code(city.key, f" {credit_code(77).lower()} ", Moment(at)).of_id == key


def test_a_change_keeps_what_was_said_before_and_an_older_form_loses(city, at):
    key = register(city, at)
    before = state_of(key)
    change = {
        "enterprise": key,
        "details": {"size_class": "above_scale"},
        "by": city.people["zone_staff"],
        "at": at,
    }
    with pytest.raises(Incomplete, match="变更原因"):
        actions.change_enterprise(**change, seen=before.since_id, why="")
    assert actions.change_enterprise(**change, seen=before.since_id, why="升规")
    with pytest.raises(Conflict, match="刷新"):
        actions.change_enterprise(**change, seen=before.since_id, why="升规")
    assert not actions.change_enterprise(**change, seen=state_of(key).since_id, why="升规")
    then = EnterpriseState.objects.at(moment_at(before.since_id)).get(of=key)
    assert (then.size_class, state_of(key).size_class) == ("below_scale", "above_scale")


def test_a_deregistered_one_is_only_put_back(city, at):
    key = register(city, at)
    who = {"by": city.people["office"], "at": at}
    with pytest.raises(Conflict, match="在营"):
        actions.reopen_enterprise(enterprise=key, why="误办", **who)
    with pytest.raises(Incomplete, match="原因"):
        actions.close_enterprise(enterprise=key, why=" ", **who)
    actions.close_enterprise(enterprise=key, why="已注销", **who)
    for refused in (
        lambda: actions.close_enterprise(enterprise=key, why="再次", **who),
        lambda: actions.change_enterprise(enterprise=key, details={}, seen=0, why="x", **who),
    ):
        with pytest.raises(Conflict, match="已注销"):
            refused()
    actions.reopen_enterprise(enterprise=key, why="误办", **who)
    assert state_of(key).standing == "in_business"


@pytest.mark.parametrize("who", ["clerk", "zone_head", "leading_group", "enterprise", "auditor"])
def test_the_register_is_kept_by_those_it_belongs_to(city, at, who):
    with pytest.raises(NotAllowed):
        register(city, at, by=who)


def test_a_zone_keeps_its_own_enterprises_only(city, at):
    register(city, at, by="zone_staff")
    with pytest.raises(NotAllowed):
        register(city, at, by="zone_staff", credit_code=credit_code(80), unit=city.units["甲县"])
    elsewhere = city.enterprises["示例光电二厂"]
    with pytest.raises(NotAllowed):
        actions.close_enterprise(
            enterprise=elsewhere, why="试", by=city.people["zone_staff"], at=at
        )


def seen_by(city, who: str, at) -> set[str]:
    return {s.name for s in enterprises_of(viewer_of_person(city.people[who]), Moment(at))}


def test_scope_is_the_homes_the_citys_or_ones_own(city, at):
    everything = {"示例光电一厂", "示例光电二厂"}
    for who in ("office", "statistician", "leading_group"):
        assert seen_by(city, who, at) == everything
    assert seen_by(city, "zone_staff", at) == {"示例光电一厂"}
    assert seen_by(city, "enterprise", at) == {"示例光电一厂"}
    for who in ("clerk", "other_clerk", "auditor", "system_admin"):
        assert seen_by(city, who, at) == set()


def test_an_enterprise_that_moves_is_seen_by_its_new_home(city, at):
    key = city.enterprises["示例光电一厂"]
    actions.change_enterprise(
        enterprise=key, details={"unit": city.units["甲县"]}, seen=state_of(key).since_id,
        why="迁出", by=city.people["statistician"], at=at,
    )  # fmt: skip
    assert seen_by(city, "zone_staff", at) == set()


def test_a_row_of_an_enterprise_is_never_of_the_whole_city(city, at):
    """Even where the unit was forgotten, a bureau doesn't see it."""
    home, firm = city.units["开发区管委会"], city.enterprises["示例光电一厂"]
    bare = {"city": city.key, "enterprise": firm}
    viewers = {who: viewer_of_person(city.people[who]) for who in city.people}
    assert not may_see(viewers["clerk"], bare)
    assert may_see(viewers["enterprise"], bare)
    assert may_see(viewers["zone_staff"], bare | {"zone": home})
    assert may_see(viewers["statistician"], bare)
    other = bare | {"enterprise": city.enterprises["示例光电二厂"]}
    assert not may_see(viewers["enterprise"], other)
    assert not may_see(viewers["enterprise"], {"city": city.key})
    assert not visible(Unit.objects.all(), viewers["enterprise"]).exists()


def test_who_speaks_for_an_enterprise_belongs_to_no_unit(city, at):
    person, home = city.people["enterprise"], city.units["开发区管委会"]
    viewer = viewer_of_person(person)
    assert viewer.enterprise == city.enterprises["示例光电一厂"]
    assert (viewer.units, viewer.unit, viewer.unit_roles) == (frozenset(), "", frozenset())
    assert person not in colleagues_in([home], but="")
    assert person not in people_with(home, Role.values)
    with pytest.raises(NotAllowed):
        actions.appoint(
            name="", person=person, unit=home, role=Role.OFFICE, by="system:demo", at=at
        )
    with pytest.raises(NotAllowed):
        actions.appoint(name="某", unit=home, role=Role.ENTERPRISE, by="system:demo", at=at)


def test_an_enterprise_has_a_page_of_its_own(sign_in, city):
    client = sign_in("enterprise")
    page = client.get("/my-enterprise/").content.decode()
    assert "示例光电一厂" in page and credit_code(1) in page
    assert "示例光电二厂" not in page and 'class="search"' not in page
    assert client.get("/search/?q=示例").status_code == 403


def test_the_pages_register_change_and_close(sign_in, city, at):
    client = sign_in("zone_staff")
    sent = details(city) | {"county": city.units["甲县"], "industry_code": "C3982"}
    wrong = client.post("/enterprises/new/", sent | {"credit_code": "1"})
    assert wrong.status_code == 422 and "18 位" in wrong.content.decode()
    taken = client.post("/enterprises/new/", sent | {"credit_code": credit_code(1)})
    assert taken.status_code == 422 and "已经登记" in taken.content.decode()
    address = client.post("/enterprises/new/", sent).headers["Location"]
    key = address.split("/")[2]
    seen = {"seen": str(state_of(key).since_id)}
    assert client.post(address, sent | seen | {"cluster": "光机电"}).status_code == 422
    said = sent | seen | {"cluster": "光机电", "why": "补登"}
    assert client.post(address, said).status_code == 302
    assert client.post(address + "close/", {"why": "注销"}).status_code == 302
    assert "误办" in client.get(address).content.decode()
    assert client.post(address + "reopen/", {"why": "误办"}).status_code == 302
    listed = client.get("/enterprises/").content.decode()
    assert "示例机械厂" in listed and "示例光电二厂" not in listed
    assert client.get("/enterprises/?export=xlsx").status_code == 200
    other = city.enterprises["示例光电二厂"]
    assert client.get(f"/enterprises/{other}/").status_code == 404
    assert client.post(f"/enterprises/{other}/close/", {"why": "x"}).status_code == 404


def test_people_of_an_enterprise_are_entered_by_its_code(sign_in, city):
    client = sign_in("system_admin")
    sent = {"credit_code": credit_code(2), "name": "示例-厂办"}
    assert client.post("/people/enterprise/", sent).status_code == 302
    unknown = client.post("/people/enterprise/", sent | {"credit_code": credit_code(99)})
    assert unknown.status_code == 404
    assert "示例-厂办" in client.get("/people/").content.decode()
    assert "示例-厂办" in sign_in("security_admin").get("/people/").content.decode()
    assert (
        "示例-厂办"
        in sign_in("office")
        .get(f"/enterprises/{city.enterprises['示例光电二厂']}/")
        .content.decode()
    )


def test_the_list_asks_as_often_for_three_as_for_one(
    sign_in, city, at, django_assert_max_num_queries
):
    client = sign_in("statistician")
    with django_assert_max_num_queries(14) as for_one:
        client.get("/enterprises/")
    for number in range(90, 93):
        register(city, at, credit_code=credit_code(number), name=f"示例{number}厂")
    with django_assert_max_num_queries(len(for_one)):
        client.get("/enterprises/")


def listed(*rows: str) -> SimpleUploadedFile:
    text = "\n".join(rows)
    return SimpleUploadedFile("名录.csv", text.encode("gb18030"))


HEAD = "企业名称,统一社会信用代码,所在开发区,坐落县区,规模"


def test_a_list_is_taken_whole_and_the_same_list_changes_nothing(sign_in, city):
    client = sign_in("statistician")
    rows = [
        "2026年企业名录,,,,",
        HEAD,
        f"示例甲厂,{credit_code(201)},开发区管委会,乙县,规上",
        f"示例乙厂,{credit_code(202).lower()},甲县,,规下",
        f"示例光电一厂,{credit_code(1)},开发区管委会,甲县,规下",
    ]
    assert client.post("/enterprises/import/", {"file": listed(*rows)}).status_code == 302
    page = client.get("/enterprises/").content.decode()
    assert "新登记 2 家，变更 1 家" in page and "示例乙厂" in page
    assert state_of(city.enterprises["示例光电一厂"]).cluster == "光机电"
    client.post("/enterprises/import/", {"file": listed(*rows)})
    assert "没有变化 3 家" in client.get("/enterprises/").content.decode()
    exported = client.get("/enterprises/?export=xlsx").content
    again = SimpleUploadedFile("企业名录.xlsx", exported)
    assert client.post("/enterprises/import/", {"file": again}).status_code == 302
    assert "没有变化 4 家" in client.get("/enterprises/").content.decode()
    assert verify().breaks == ()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["名称,代码", "a,b"], "表头"),
        ([HEAD], "没有一家企业"),
        ([HEAD, f"好厂,{credit_code(301)},开发区管委会,,规上", "坏厂,123,开发区管委会,,规上"],
         "第 3 行：统一社会信用代码应为 18 位"),
        ([HEAD, f"厂,{credit_code(302)},某某区,,规上"], "第 2 行"),
        ([HEAD, f"厂,{credit_code(303)},甲县,,规上", f"厂,{credit_code(303)},甲县,,规上"],
         "与第 2 行"),
        ([HEAD, f"厂,{credit_code(304)},甲县,,中"], "规上或规下"),
    ],
)  # fmt: skip
def test_a_faulty_list_is_told_row_by_row_and_nothing_is_taken(sign_in, city, rows, said):
    before = Enterprise.objects.count()
    answer = sign_in("office").post("/enterprises/import/", {"file": listed(*rows)})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert Enterprise.objects.count() == before


def test_a_zone_imports_its_own_enterprises_only(sign_in, city):
    rows = [HEAD, f"厂,{credit_code(305)},甲县,,规上"]
    answer = sign_in("zone_staff").post("/enterprises/import/", {"file": listed(*rows)})
    assert answer.status_code == 422 and "不归您登记" in answer.content.decode()
    taken = [HEAD, f"示例光电二厂,{credit_code(2)},开发区管委会,,规上"]
    answer = sign_in("zone_staff").post("/enterprises/import/", {"file": listed(*taken)})
    assert answer.status_code == 422 and "不归您登记" in answer.content.decode()


def test_what_is_no_list_is_refused_in_words(sign_in, city):
    for data in (b"", b"\x00\x01\x02", b"PK\x03\x04broken"):
        file = SimpleUploadedFile("x.xlsx", data)
        assert sign_in("office").post("/enterprises/import/", {"file": file}).status_code == 422
