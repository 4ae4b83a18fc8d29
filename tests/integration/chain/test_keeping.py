"""Writing about chains: one identity for a firm, bad input in sentences, nothing lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factories.chains import chain_text, drawn_in, firm_key, invited, product_key, spoken
from factories.city import credit_code
from luodi.chain import actions
from luodi.chain.models import ChainFirmState, Contact, Making, Supply, TargetFirmState
from luodi.chain.queries import chain_map, own_supplies, rhythms, supply_rows, trip_duties
from luodi.chain.queries.facts import honours_held
from luodi.chain.queries.imports import import_plan
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def who(city, at):
    return {"by": city.people["office"], "at": at}


def plan_of(city, at, text):
    return import_plan(city.key, "示例光电链", text, Moment(at))


def test_two_names_with_one_code_in_a_file_are_refused_with_the_line(city, at):
    code = credit_code(77)
    text = f"环节\t产品\t企业\t信用代码\n甲\t乙\t一家公司\t{code}\n甲\t乙\t另一家公司\t{code}"
    plan = plan_of(city, at, text)
    assert [line.what for line in plan.lines] == ["new", "refused"]
    assert "一个代码只能是一家企业" in plan.lines[1].problem and "一家公司" in plan.lines[1].problem


def test_a_known_code_with_another_name_is_the_same_firm_and_keeps_both(city, at, who):
    drawn_in(city, at)
    code = credit_code(901)
    text = f"环节\t产品\t企业\t信用代码\n传感\t示例传感器\t改了名的传感厂\t{code}"
    plan = plan_of(city, at, text)
    assert "按同一家企业处理" in plan.lines[0].warnings[0] and plan.lines[0].what == "changed"
    actions.import_chain(city=city.key, chain="示例光电链", text=text, looked_at=plan.token, **who)
    state = ChainFirmState.objects.open().get(city=city.key, credit_code=code)
    assert state.name == "外地示例传感厂" and "改了名的传感厂" in state.former_names
    assert all(line.what == "same" for line in plan_of(city, at, chain_text()).lines)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("环节\t产品\n\t镜片", "没有写环节"),
        ("环节\t产品\t位置\n甲\t镜片\t河边", "上游、中游或下游"),
        ("环节\t产品\t企业\t信用代码\n甲\t镜片\t某厂\t123", "应为 18 位"),
        ("采购方\t产品\t来源\n某厂\t没有的东西\t走访", "里没有叫“没有的东西”的产品"),
        ("采购方\t产品\t来源\n\t示例镜片\t走访", "没有写采购方"),
        ("采购方\t产品\n某厂\t示例镜片", "从哪里得来"),
        ("采购方\t产品\t来源\t占比\n某厂\t示例镜片\t走访\t130", "不能超过 100%"),
        ("采购方\t产品\t来源\t金额\n某厂\t示例镜片\t走访\t三百多", "金额："),
        ("采购方\t产品\t来源\t起\n某厂\t示例镜片\t走访\t去年", "日期请写成"),
        (
            "采购方\t产品\t来源\t起\t止\n某厂\t示例镜片\t走访\t2026-03-01\t2026-02-01",
            "早于起始日期",
        ),
    ],
)
def test_each_bad_line_has_its_sentence(city, at, text, words):
    drawn_in(city, at)
    (line,) = plan_of(city, at, text).lines
    assert line.what == "refused" and words in line.problem


def test_a_text_without_heads_and_a_stale_look_are_refused(city, at, who):
    with pytest.raises(Incomplete, match="没有找到表头"):
        plan_of(city, at, "随便写的几行\n没有表头")
    plan = plan_of(city, at, chain_text())
    drawn_in(city, at)
    with pytest.raises(Conflict, match="再看一遍"):
        actions.import_chain(
            city=city.key, chain="示例光电链", text=chain_text(), looked_at=plan.token, **who
        )


def test_a_renamed_firm_is_found_by_both_names(city, at, who):
    drawn_in(city, at)
    key = firm_key(city, "外地示例传感厂")
    state = ChainFirmState.objects.open().get(firm=key)
    said = {"name": "新名传感厂", "credit_code": state.credit_code}
    with pytest.raises(Incomplete, match="修改原因"):
        actions.revise_firm(firm=key, details=said, seen=state.since_id, why=" ", **who)
    actions.revise_firm(firm=key, details=said, seen=state.since_id, why="更名", **who)
    with pytest.raises(Conflict, match="刚刚改了"):
        actions.revise_firm(firm=key, details=said, seen=state.since_id, why="更名", **who)
    for name in ("新名传感厂", "外地示例传感厂"):
        with pytest.raises(Conflict, match="已经登记为“新名传感厂”"):
            actions.register_firm(city=city.key, details={"name": name}, **who)


def test_a_merged_firm_keeps_its_rows_and_counts_for_the_other(city, at, who):
    drawn_in(city, at)
    old, new = firm_key(city, "外地示例镜片厂"), firm_key(city, "外地示例传感厂")
    before = Supply.objects.open().count()
    actions.merge_firm(firm=old, into=new, seen=None, why="吸收合并", **who)
    assert Supply.objects.open().count() == before
    found = chain_map(city.key, Moment(at))
    assert old not in found.firms and found.merged == {old: new}
    rows = supply_rows(found, city.key, Moment(at), firm=new)
    assert {row.product for row in rows} == {"示例镜片", "示例传感器"}
    with pytest.raises(Closed, match="已并入“外地示例传感厂”"):
        actions.say_makes(
            firm=old, product=product_key(city, "示例整机"), capability="", source="", **who
        )
    with pytest.raises(Incomplete, match="不能并入自己"):
        actions.merge_firm(firm=new, into=new, seen=None, why="误", **who)
    one, two = firm_key(city, "示例光电一厂"), firm_key(city, "示例光电二厂")
    with pytest.raises(Conflict, match="两家都在企业名录"):
        actions.merge_firm(firm=one, into=two, seen=None, why="误", **who)
    clerk = {"by": city.people["clerk"], "at": at}
    with pytest.raises(NotAllowed):
        actions.merge_firm(firm=one, into=new, seen=None, why="误", **clerk)


def test_the_past_shows_what_was_known(city, at, who):
    drawn_in(city, at)
    from luodi.audit.models import Act

    then = Moment(at, Act.objects.latest("position").position)
    actions.stop_making(
        firm=firm_key(city, "示例光电一厂"),
        product=product_key(city, "示例镜片"),
        why="停产",
        **who,
    )
    assert len(chain_map(city.key, then).makes) == len(chain_map(city.key, Moment(at)).makes) + 1
    assert Making.objects.open().count() == 4


def test_a_supply_that_ended_counts_no_more_and_stays(city, at, who):
    drawn_in(city, at)
    row = Supply.objects.open().filter(product=product_key(city, "示例传感器")).get()
    actions.end_supply(supply=row.pk, on=at.date() - timedelta(days=1), why="合同到期", **who)
    found = chain_map(city.key, Moment(at))
    assert all(link.product != row.product_id for link in found.links)
    rows = supply_rows(found, city.key, Moment(at))
    assert [one.current for one in rows if one.product == "示例传感器"] == [False]


def test_honours_have_entry_and_exit(city, at, who):
    chain = drawn_in(city, at)
    firm = firm_key(city, "示例光电一厂")
    said = {"firm": firm, "chain": chain, "honour": "chain_leader_firm", "level": "province_level",
            "source": "省名单"}  # fmt: skip
    actions.honour_firm(from_year=2024, **said, **who)
    with pytest.raises(Conflict, match="退出后才能再次进入"):
        actions.honour_firm(from_year=2025, **said, **who)
    from luodi.chain.models import ChainHonour
    from luodi.chain.queries import honours

    row = ChainHonour.objects.open().get()
    with pytest.raises(Incomplete, match="不能早于"):
        actions.end_honour(honour=row.pk, to_year=2023, why="复核", **who)
    actions.end_honour(honour=row.pk, to_year=2025, why="复核未过", **who)
    actions.honour_firm(from_year=2027, **said, **who)
    found = chain_map(city.key, Moment(at))
    listed = [len(honours(found, city.key, Moment(at), chain, year)) for year in range(2023, 2028)]
    assert listed == [0, 1, 1, 0, 1]


def test_an_honour_is_a_fact_of_the_enterprise_while_it_lasts(city, at, who):
    chain, local = drawn_in(city, at), city.enterprises["示例光电一厂"]
    subject, other = f"enterprise:{local}", f"enterprise:{city.enterprises['示例光电二厂']}"
    assert honours_held([subject], Moment(at)) == {subject: frozenset()}
    actions.honour_firm(
        firm=firm_key(city, "示例光电一厂"), chain=chain, honour="chain_leader_firm",
        level="province_level", source="省名单", from_year=at.year, **who,
    )  # fmt: skip
    held = honours_held([subject, other], Moment(at))
    assert held == {subject: frozenset({"chain:leader"}), other: frozenset()}
    assert honours_held([subject], Moment(at.replace(year=at.year - 1)))[subject] == frozenset()


def test_contacts_move_a_target_forward_never_back(city, at, who):
    drawn_in(city, at)
    target = invited(city, at)

    def stage():
        return TargetFirmState.objects.open().get(target=target).stage

    spoken(city, target, at, "talking")
    spoken(city, target, at, "contacted")
    assert stage() == "talking"
    spoken(city, target, at, "given_up", words="对方另选他处")
    assert stage() == "given_up"
    spoken(city, target, at, "contacted")
    assert stage() == "contacted" and Contact.objects.count() == 4
    with pytest.raises(Incomplete, match="不能晚于今天"):
        spoken(city, target, at, on=at.date() + timedelta(days=1))
    with pytest.raises(Incomplete, match="谈了什么"):
        spoken(city, target, at, words=" ")
    with pytest.raises(NotFound):
        spoken(city, target, at, trip="x")


def test_who_may_be_invited_once(city, at, who):
    drawn_in(city, at)
    said = {"product": "", "why": "龙头企业", "unit": "", "mode": ""}
    with pytest.raises(Incomplete, match="本地企业"):
        actions.list_target(firm=firm_key(city, "示例光电一厂"), **said, **who)
    firm = firm_key(city, "外地示例镜片厂")
    with pytest.raises(Incomplete, match="为什么邀请"):
        actions.list_target(firm=firm, **(said | {"why": ""}), **who)
    with pytest.raises(NotAllowed):
        zone = {"by": city.people["zone_staff"], "at": at}
        actions.list_target(firm=firm, **(said | {"unit": city.units["甲县"]}), **zone)
    actions.list_target(firm=firm, **said, **who)
    with pytest.raises(Conflict, match="已经在目标企业库"):
        actions.list_target(firm=firm, **said, **who)


def test_an_enterprise_is_told_its_own_supplies_only(city, at):
    drawn_in(city, at)
    viewer = viewer_of_person(city.people["enterprise"])
    rows = own_supplies(viewer, Moment(at))
    assert {(one.supplier_name, one.buyer_name) for one in rows} == {
        ("示例光电一厂", "示例光电二厂"),
        ("示例光电二厂", "示例光电一厂"),
    }


def test_trips_against_the_rhythm_of_a_pack_become_duties(at):
    from factories.city import make_city
    from luodi.packs import resolve

    city = make_city(at=at, key="linxi", pack=resolve("linfen").content())
    zone = viewer_of_person(city.people["zone_staff"])
    said = {"city": city.key, "unit": city.units["开发区管委会"], "leader": "主任",
            "destination": "外省示例市", "mode": "", "outcome": ""}  # fmt: skip
    who = {"by": city.people["zone_staff"], "at": at}
    first = actions.record_trip(from_on=date(2026, 2, 3), to_on=date(2026, 2, 5), **said, **who)
    found = {one.unit: one for one in rhythms(zone, Moment(at), 2026)}
    mine = found["开发区管委会"]
    assert [one.state for one in mine.windows[:4]] == ["missing", "kept", "open", "to_come"]
    assert mine.missed == "2026-01" and "县" not in "".join(found)
    duties = trip_duties(zone, Moment(at))
    assert [duty.light for duty in duties] == ["green", "red"]
    office = viewer_of_person(city.people["office"])
    counties = {one.unit: one for one in rhythms(office, Moment(at), 2026)}["甲县"]
    assert [one.window.label for one in counties.windows[:2]] == [
        "2026-01/2026-02",
        "2026-03/2026-04",
    ]
    assert any("主官外出招商有缺" in duty.what for duty in trip_duties(office, Moment(at)))
    actions.take_back_trip(trip=first.key, seen=None, why="登记错了", **who)
    assert {one.unit: one for one in rhythms(zone, Moment(at), 2026)}["开发区管委会"].missing == 2
    with pytest.raises(Closed):
        actions.take_back_trip(trip=first.key, seen=None, why="再撤", **who)
    with pytest.raises(NotAllowed):
        clerk = {"by": city.people["clerk"], "at": at}
        actions.record_trip(from_on=date(2026, 2, 3), to_on=date(2026, 2, 5), **said, **clerk)
    with pytest.raises(Incomplete, match="60 天"):
        actions.record_trip(from_on=date(2026, 2, 3), to_on=date(2026, 1, 5), **said, **who)
