"""Zones of one city with rules of their own: adopted, followed, withdrawn; the past as it was."""

from __future__ import annotations

import copy
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.test import Client

from factories.city import FIRMS, MAKER, make_city
from factories.requests import FIRM, asked
from factories.zones import adopt, with_cadence, zone_rules
from luodi.audit.models import Act
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotFound
from luodi.ledger.actions import open_item
from luodi.ledger.choices import Source
from luodi.ledger.models import ItemState
from luodi.orgs.actions import (
    adopt_zone_pack,
    change_enterprise,
    cities,
    renew_pack,
    withdraw_zone_pack,
)
from luodi.orgs.models import EnterpriseState, PackEdition
from luodi.orgs.queries import (
    cities_in_force,
    pack_of,
    places_in_force,
    rulebook,
    rules_for,
    rules_of_unit,
    rules_of_viewer,
    viewer_of_person,
)
from luodi.packs import Stack, resolve
from luodi.packs.schemas import ClockRule
from luodi.services.models import RequestClock
from luodi.services.queries import categories_in_sight
from luodi.services.queries.visits import quiet_of_firms
from luodi.supervision.actions import open_due_meetings
from luodi.supervision.models import Meeting
from luodi.supervision.queries import bodies_of

pytestmark = pytest.mark.django_db(databases="__all__")

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OTHER = FIRMS[1][0]


@pytest.fixture
def two(at):
    """A city with a second zone, into which the firm of the county moves."""
    city = make_city(at=at, zones=["示例西区"])
    move(city, OTHER, "示例西区", at)
    return city


def move(city, firm: str, home: str, at) -> None:
    seen = EnterpriseState.objects.open().get(of=city.enterprises[firm])
    change_enterprise(
        enterprise=city.enterprises[firm], details={"unit": city.units[home]}, why="搬迁",
        seen=seen.since_id, by=city.people["office"], at=at,
    )  # fmt: skip


def minutes(stack: Stack, at) -> int:
    rule = stack.one("clocks", ClockRule, "request-respond", Moment(at).today)
    return rule.amount


def due(request, limit: str = "respond"):
    return RequestClock.objects.open().get(request=request, limit=limit).due_at


def test_two_zones_of_one_city_answer_by_their_own_limits_at_once(two, at):
    adopt(two.units["开发区管委会"], at, "quick", 30, 2)
    adopt(two.units["示例西区"], at, "slow", 120, 6)
    office = {"by": two.people["office"], "channel": "phone"}
    one = asked(two, at, "东")
    other = asked(two, at, "西", firm=two.enterprises[OTHER], **office)
    assert (due(one), due(other)) == (at + HOUR / 2, at + 2 * HOUR)
    assert due(other, "settle") - due(one, "settle") == 4 * DAY
    working = RequestClock.objects.get(request=one, limit="respond").working
    assert working["owner"] == "示例开发区（quick）"
    assert minutes(pack_of(two.key, Moment(at)), at) == 60


def test_a_running_request_keeps_its_limits_and_the_past_its_rules(two, at):
    zone = two.units["开发区管委会"]
    one = asked(two, at)
    before = Moment(at, Act.objects.count())
    adopt(zone, at + HOUR, minutes=30)
    assert due(one) == at + HOUR
    later = asked(two, at + HOUR, "后", anyway=True)
    assert due(later) == at + HOUR + HOUR / 2
    assert minutes(rules_for(one, before), at) == 60
    assert minutes(rules_for(one, Moment(at)), at) == 30
    withdraw_zone_pack(zone=zone, why="改用全市规则", by=MAKER, at=at + 2 * HOUR)
    assert minutes(rules_for(one, Moment(at)), at) == 60 and due(later) == at + 1.5 * HOUR
    assert verify().breaks == ()


def test_a_firm_that_moves_is_under_the_rules_of_where_it_is(two, at):
    adopt(two.units["开发区管委会"], at, minutes=30)
    one = asked(two, at)
    move(two, FIRM, "示例西区", at + HOUR)
    two.people["zone_staff"] = two.people["zone_staff_1"]
    after = asked(two, at + HOUR, "搬后", anyway=True)
    assert (due(one), due(after)) == (at + HOUR / 2, at + 2 * HOUR)
    speaker = viewer_of_person(two.people["enterprise"])
    assert minutes(rules_of_viewer(speaker, Moment(at)), at) == 60


def test_a_renewed_city_carries_its_zones_along_in_one_act(two, at):
    """The zone's own rules stay over the new edition, and what it leaves to the city follows."""
    zone = two.units["开发区管委会"]
    adopt(zone, at, minutes=30)
    content = copy.deepcopy(resolve("jincheng").content())
    for part in content:
        for rule in part["rules"].get("clocks", []):
            rule["amount"] = 7
    acts = Act.objects.count()
    renew_pack(city=two.key, pack=content, by=MAKER, at=at + HOUR)
    assert Act.objects.count() == acts + 1
    stack = rules_of_unit(two.key, zone, Moment(at))
    assert minutes(stack, at) == 30
    assert stack.one("clocks", ClockRule, "item-handle", Moment(at).today).amount == 7
    assert [pack.key for pack in stack.packs] == ["china", "jincheng", "quick"]
    assert minutes(rules_of_unit(two.key, zone, Moment(at, acts - 1)), at) == 60
    renew_pack(city=two.key, pack=content, by=MAKER, at=at + 2 * HOUR)
    assert Act.objects.count() == acts + 1
    assert verify().breaks == ()


def test_a_city_cannot_drop_what_a_zone_stands_on(two, at):
    adopt(two.units["开发区管委会"], at)
    with pytest.raises(Closed, match=r"开发区管委会.*jincheng"):
        renew_pack(city=two.key, pack=resolve("linfen").content(), by=MAKER, at=at)


@pytest.mark.parametrize(
    ("pack", "says"),
    [
        (lambda: resolve("jincheng").content(), "没有开发区自己的规则"),
        (lambda: resolve("huozhou").content(), "临汾市"),
        (lambda: [zone_rules("odd", 1, 1, over="nowhere")], "nowhere"),
    ],
)
def test_what_does_not_fit_the_city_is_refused(two, at, pack, says):
    with pytest.raises((Closed, Incomplete), match=says):
        adopt_zone_pack(zone=two.units["开发区管委会"], pack=pack(), by=MAKER, at=at)
    assert PackEdition.objects.exclude(zone="").count() == 0


def test_only_a_zone_runs_its_own_rules_and_only_one_that_does_gives_them_up(two, at):
    with pytest.raises(NotFound, match="没有这个开发区"):
        adopt(two.units["甲县"], at)
    with pytest.raises(Closed, match="没有自己的规则包"):
        withdraw_zone_pack(zone=two.units["示例西区"], why="试", by=MAKER, at=at)
    adopt(two.units["示例西区"], at)
    with pytest.raises(Incomplete, match="为什么"):
        withdraw_zone_pack(zone=two.units["示例西区"], why=" ", by=MAKER, at=at)


def test_adopting_the_same_again_writes_nothing(two, at):
    adopt(two.units["示例西区"], at)
    acts = Act.objects.count()
    adopt(two.units["示例西区"], at + HOUR)
    assert Act.objects.count() == acts


def test_each_city_stands_once_however_many_of_its_zones_have_rules(two, at):
    for number, zone in enumerate(("开发区管委会", "示例西区"), start=1):
        adopt(two.units[zone], at, f"own-{number}")
    make_city(at=at, key="other")
    assert cities_in_force() == ["other", two.key]
    book, places = places_in_force(Moment(at))
    assert [city for city, _ in places] == ["other", two.key, two.key, two.key]
    assert {book.at(*place).key for place in places} == {"jincheng", "own-1", "own-2"}


def test_reading_many_rows_takes_two_queries(two, at, django_assert_num_queries):
    adopt(two.units["示例西区"], at)
    rows = [asked(two, at, str(n), anyway=True) for n in range(3)]
    rules_for(rows[0], Moment(at))
    with django_assert_num_queries(2):
        book = rulebook([two.key], Moment(at))
        assert {minutes(book.of(row), at) for row in rows} == {60}


def test_each_zone_has_its_own_rhythm_beside_the_citys(two, at):
    """Two zones may call their rules by one key; both are opened, and the city's bodies once."""
    for name in ("开发区管委会", "示例西区"):
        pack = zone_rules(f"own-{two.units[name][:4]}", 30, 2)
        owner = {"body": "zone", "name": name}
        adopt_zone_pack(
            zone=two.units[name], pack=[with_cadence(pack, owner=owner)], by=MAKER, at=at
        )
    bodies = [body.name for body in bodies_of(two.key, Moment(at))]
    assert len(bodies) == len(set(bodies)) and {"开发区管委会", "示例西区"} <= set(bodies)
    later = at + 32 * DAY
    assert open_due_meetings(by=MAKER, at=later) > 0
    assert open_due_meetings(by=MAKER, at=later) == 0
    opened = Meeting.objects.filter(cadence="own-rhythm").values_list("zone", "period")
    zones = (two.units["开发区管委会"], two.units["示例西区"])
    assert sorted(opened) == sorted((z, p) for z in zones for p in ("2026-03", "2026-04"))


def test_an_items_clock_is_that_of_its_leads_place(two, at):
    pack = zone_rules("strict", 30, 2)
    clocks = resolve("jincheng").content()[-1]["rules"]["clocks"]
    own = next(rule for rule in clocks if rule["key"] == "item-handle") | {"amount": 1}
    pack["rules"]["clocks"].append(own)
    adopt_zone_pack(zone=two.units["开发区管委会"], pack=[pack], by=MAKER, at=at)
    said = {"city": two.key, "source": Source.INSPECTION, "content": "示例", "at": at,
            "clock": "item-handle", "by": two.people["office"]}  # fmt: skip
    due = {
        name: ItemState.objects.get(item=open_item(title=name, lead=two.units[name], **said)).due_at
        for name in ("开发区管委会", "示例西区")
    }
    assert due["开发区管委会"] - at < 2 * DAY < 14 * DAY < due["示例西区"] - at


def test_a_page_names_the_zones_rules_and_whose_they_are(two, at):
    page = f"/units/{two.units['开发区管委会']}/"
    client = Client()
    client.force_login(two.accounts["office"], backend="luodi.config.backends.AccountBackend")
    before = client.get(page).content.decode()
    assert "本市规则包" in before and "与本市不同的规则" not in before
    adopt(two.units["开发区管委会"], at)
    after = client.get(page).content.decode()
    assert (
        "开发区自己的规则包" in after and "企业诉求响应" in after and "示例开发区（quick）" in after
    )
    assert "本市规则包" in client.get(f"/units/{two.units['示例西区']}/").content.decode()


def test_three_cities_and_a_zone_answer_by_their_own_packs_side_by_side(at):
    """Linfen with its zone on Huozhou's pack, its county on the city's, and a city of three limits."""
    linfen = make_city(at=at, key="linfen", pack=resolve("linfen").content())
    three = make_city(at=at, key="three", pack=resolve("example-three-limits").content())
    zone, huozhou = linfen.units["开发区管委会"], resolve("huozhou").content()
    adopt_zone_pack(zone=zone, pack=huozhou, by=MAKER, at=at)
    speaks = {"by": linfen.people["office"], "channel": "phone"}
    in_zone, in_county = (
        asked(linfen, at),
        asked(linfen, at, firm=linfen.enterprises[OTHER], **speaks),
    )
    elsewhere = asked(three, at)
    limits = {
        name: dict(RequestClock.objects.filter(request=one).values_list("limit", "working__owner"))
        for name, one in (("zone", in_zone), ("county", in_county), ("three", elsewhere))
    }
    assert set(limits["zone"].values()) == {"霍州经济技术开发区"}
    assert "霍州经济技术开发区" not in limits["county"].values() and len(limits["county"]) == 2
    assert list(limits["three"]) == ["respond", "news", "settle"]
    assert cities_in_force() == ["linfen", "three"]


def test_a_zones_categories_are_offered_to_the_office_and_taken_for_its_firms_alone(two, at):
    pack = zone_rules("words", 30, 2)
    category = pack["rules"]["request_categories"][0] | {"key": "own-words", "title": "示例类别"}
    pack["rules"]["request_categories"] = [category]
    adopt_zone_pack(zone=two.units["开发区管委会"], pack=[pack], by=MAKER, at=at)
    office = viewer_of_person(two.people["office"])
    neighbour = viewer_of_person(two.people["zone_staff_1"])
    assert "own-words" in dict(categories_in_sight(office, Moment(at)))
    assert "own-words" not in dict(categories_in_sight(neighbour, Moment(at)))
    assert asked(two, at, category="own-words").category == "own-words"
    speaks = {"by": two.people["office"], "channel": "phone", "firm": two.enterprises[OTHER]}
    with pytest.raises(Incomplete, match="企业所在地的类别"):
        asked(two, at, category="own-words", **speaks)


def test_how_often_a_firm_is_called_on_goes_by_where_it_is(two, at):
    pack = zone_rules("quiet", 30, 2)
    limits = copy.deepcopy(resolve("jincheng").content()[0]["rules"]["visit_limits"])
    pack["rules"]["visit_limits"] = [rule | {"most": 99} for rule in limits]
    adopt_zone_pack(zone=two.units["开发区管委会"], pack=[pack], by=MAKER, at=at)
    firms = [two.enterprises[FIRM], two.enterprises[OTHER]]
    found = quiet_of_firms(firms, two.key, Moment(at).today, Moment(at))
    assert {one.rule.most for one in found[firms[0]]} == {99}
    assert 99 not in {one.rule.most for one in found[firms[1]]} and found[firms[1]]


def test_a_zone_adopting_while_its_city_renews_is_asked_to_look_again(two, at, monkeypatch):
    """And the other way round: no zone is left over an edition of its city that has ended."""
    east, west = two.units["开发区管委会"], two.units["示例西区"]
    renewed = resolve("jincheng").content()
    renewed[-1] = copy.deepcopy(renewed[-1])
    renewed[-1]["head"]["name_en"] = "Renewed"
    meanwhile(monkeypatch, lambda: renew_pack(city=two.key, pack=renewed, by=MAKER, at=at + HOUR))
    with pytest.raises(Conflict):
        adopt(east, at + HOUR)
    meanwhile(monkeypatch, lambda: adopt(west, at + 2 * HOUR))
    with pytest.raises(Conflict):
        renew_pack(city=two.key, pack=resolve("jincheng").content(), by=MAKER, at=at + 2 * HOUR)
    editions = PackEdition.objects.open().filter(city=two.key).order_by("zone")
    assert [edition.zone for edition in editions] == ["", west]
    assert {part["head"]["name_en"] for part in editions[1].content} >= {"Renewed"}


def meanwhile(monkeypatch, other):
    """Let somebody else's `other` come in between a change's reading and its writing."""
    real = cities.perform

    @contextmanager
    def late(*args, **given):
        monkeypatch.setattr(cities, "perform", real)
        other()
        with real(*args, **given) as deed:
            yield deed

    monkeypatch.setattr(cities, "perform", late)
