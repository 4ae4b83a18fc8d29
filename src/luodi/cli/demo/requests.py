"""The demo's requests, visits and a breakfast with firms: generated, and said so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from luodi.common.moments import Moment
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import viewer_of_person
from luodi.services import actions
from luodi.services.queries import sponsors_to_choose

from .calendar import Event, china
from .people import Cast

SPOKEN = [
    ("power", "二期厂房增容", "【演示】二期厂房年底投产，现有容量不够，请协调增容。"),
    ("labour", "缺技术工人", "【演示】新线需要焊工和质检共二十名，请帮助招工。"),
    ("financing", "流动资金周转", "【演示】订单增加，希望对接银行的短期贷款。"),
    ("space", "找一层标准厂房", "【演示】需要三千平方米、层高六米的厂房。"),
    ("sales", "本地配套", "【演示】希望认识本地做精密结构件的厂家。"),
    ("training", "安全培训", "【演示】想让班组长参加安全管理培训。"),
    ("approval", "环评手续咨询", "【演示】扩建是否需要重新办环评，请答复。"),
    ("policy", "设备更新补助", "【演示】去年的设备更新补助还没有到账，请查一查。"),
]


def request_events(cast: Cast, now: datetime) -> list[Event]:
    """What firms of the zone ask through the year, and how it goes."""
    made: dict[str, str] = {}
    today = Moment(now).today
    events: list[Event] = []
    for number, (category, title, text) in enumerate(SPOKEN[:5]):
        day = date(2026, 3, 10) + timedelta(days=37 * number)
        events += _settled(cast, made, number, day, category, title, text)
    events += _visits(cast, made, today)
    events += _breakfast(cast, made, today)
    return events + _own(cast, made, today) + _running(cast, made, today)


def _firm(cast: Cast, number: int) -> str:
    """A firm of the zone by its place among them."""
    home = cast.units["开发区管委会"]
    rows = EnterpriseState.objects.open().filter(unit=home).order_by("credit_code")
    keys = list(rows.values_list("of", flat=True))
    return keys[number % len(keys)]


def _ask(cast: Cast, made: dict[str, str], name: str, number: int, **said: Any) -> Any:
    def begin(at: datetime) -> None:
        asked = actions.ask(
            firm=_firm(cast, number), channel="phone", by=cast.people["zone"], at=at, **said
        )
        made[name] = asked.key

    return begin


def _do(cast: Cast, made: dict[str, str], name: str, verb: str, who: str, **said: Any) -> Any:
    def step(at: datetime) -> None:
        if verb in ("object_to_answer", "accept_answer"):
            said.update(how="phone", said_at=at)
        action: Callable[..., object] = getattr(actions, verb)
        action(request=made[name], by=cast.people[who], at=at, **said)

    return step


def _own(cast: Cast, made: dict[str, str], today: date) -> list[Event]:
    """What the firm with an account asks itself: answered, and its word awaited."""

    def begin(at: datetime) -> None:
        person = cast.people["firm"]
        made["own"] = actions.ask(
            firm=viewer_of_person(person).enterprise, category="power", title="夏季限电安排",
            text="【演示】请提前告知今年夏季的限电安排，便于排产。", by=person, at=at,
        ).key  # fmt: skip

    day = today - timedelta(days=2)
    return [
        Event(china(day, 10), begin),
        Event(
            china(day, 10, 25),
            _do(cast, made, "own", "respond", "zone", text="【演示】收到，核实后答复。"),
        ),
        Event(
            china(day, 16),
            _do(cast, made, "own", "answer", "zone", text="【演示】今年没有限电计划。"),
        ),
    ]


def _settled(
    cast: Cast, made: dict[str, str], number: int, day: date, category: str, title: str, text: str
) -> list[Event]:
    """A request that was answered; the second late, the third not well at first."""
    name = f"done-{number}"
    late = 2 if number == 1 else 0
    events = [
        Event(
            china(day, 9, 5),
            _ask(cast, made, name, number, category=category, title=title, text=text),
        ),
        Event(
            china(day, 9 + late, 35),
            _do(cast, made, name, "respond", "zone", text="【演示】已收到，专人跟进。"),
        ),
        Event(
            china(day + timedelta(days=1), 16),
            _do(cast, made, name, "answer", "zone", text="【演示】已对接，办法见附。"),
        ),
    ]
    again = china(day + timedelta(days=2), 10)
    if number == 2:
        unhappy = _do(cast, made, name, "object_to_answer", "zone", words="【演示】还没有解决。")
        events.append(Event(again, unhappy))
        events.append(
            Event(
                again + timedelta(minutes=20),
                _do(cast, made, name, "respond", "zone-leader", text="【演示】我来办。"),
            )
        )
        events.append(
            Event(
                again + timedelta(hours=6),
                _do(cast, made, name, "answer", "zone-leader", text="【演示】银行已上门。"),
            )
        )
        again += timedelta(days=1)
    good = _do(cast, made, name, "accept_answer", "zone", satisfied="satisfied")
    return [*events, Event(again, good)]


def _running(cast: Cast, made: dict[str, str], today: date) -> list[Event]:
    """What runs today: called out with a timetable, waiting for the firm, just come in."""
    events = []
    for number, (category, title, text) in enumerate(SPOKEN[5:], start=5):
        back = {5: 6, 6: 2, 7: 0}[number]
        begin = _ask(cast, made, f"now-{number}", number, category=category, title=title, text=text)
        events.append(Event(china(today - timedelta(days=back), 9, 10), begin))
    day = today - timedelta(days=6)
    timetable = [
        ("【演示】联系培训机构", today + timedelta(days=1)),
        ("【演示】开班", today + timedelta(days=9)),
    ]
    first, second = "now-5", "now-6"
    units = cast.units
    events += [
        Event(china(day, 9, 40), _do(cast, made, first, "respond", "zone", text="【演示】收到。")),
        Event(
            china(day, 10),
            _do(
                cast, made, first, "call_out", "zone", lead=units["市人社局"],
                called=[units["市工信局"]], task="【演示】商量开班。",
            ),
        ),
        Event(china(day, 11), _do(cast, made, first, "arrive", "gongxin")),
        Event(
            china(day + timedelta(days=1), 15),
            _do(
                cast, made, first, "give_timetable", "zone", steps=timetable,
                reason="【演示】等培训机构排期。",
            ),
        ),
        Event(
            china(today - timedelta(days=2), 9, 50),
            _do(cast, made, second, "respond", "zone", text="【演示】收到，正在核对。"),
        ),
        Event(
            china(today - timedelta(days=2), 15),
            _do(cast, made, second, "ask_firm", "zone", text="【演示】请补扩建的产能和占地。"),
        ),
    ]  # fmt: skip
    return events


def _visits(cast: Cast, made: dict[str, str], today: date) -> list[Event]:
    """Visits of the zone: some made, one planned; a leader who looks after a firm."""

    def visit(number: int) -> Callable[[datetime], None]:
        def log(at: datetime) -> None:
            made[f"visit-{number}"] = actions.log_new_visit(
                firm=_firm(cast, number), kind="inspection" if number == 2 else "visit",
                purpose="【演示】了解生产和用工", on=Moment(at).today,
                summary="【演示】生产正常，用工偏紧。", by=cast.people["zone"], at=at,
            ).key  # fmt: skip

        return log

    def plan(at: datetime) -> None:
        actions.plan_visit(
            firm=_firm(cast, 3), kind="visit", purpose="【演示】年底走访",
            on=today + timedelta(days=3), by=cast.people["zone"], at=at,
        )  # fmt: skip

    def problem(at: datetime) -> None:
        actions.note_problem(
            visit=made["visit-0"], title="厂门口道路积水", text="【演示】雨后积水，车辆难进。",
            lead=cast.units["开发区管委会"], by=cast.people["zone"], at=at,
        )  # fmt: skip

    def sponsor(at: datetime) -> None:
        leaders = sponsors_to_choose(viewer_of_person(cast.people["zone"]), Moment(at))
        actions.name_sponsor(
            firm=_firm(cast, 0), person=leaders[0][0], by=cast.people["zone"], at=at
        )

    def draw(at: datetime) -> None:
        actions.draw_inspections(
            count=2, purpose="【演示】安全生产抽查", on=today + timedelta(days=12),
            by=cast.people["zone"], at=at,
        )  # fmt: skip

    made_on = [today - timedelta(days=20 - 6 * number) for number in range(3)]
    return [
        *(Event(china(day, 15), visit(number)) for number, day in enumerate(made_on)),
        Event(china(made_on[0], 16), problem),
        Event(china(date(2026, 3, 9)), sponsor),
        Event(china(today - timedelta(days=1), 17), plan),
        Event(china(today - timedelta(days=1), 17, 30), draw),
    ]


def _breakfast(cast: Cast, made: dict[str, str], today: date) -> list[Event]:
    """A breakfast with three firms, each ask one line."""

    def hold(at: datetime) -> None:
        firms = [_firm(cast, number) for number in (0, 1, 2)]
        made["breakfast"] = actions.hold_gathering(
            kind="breakfast", title="【演示】光机电企业早餐会", held_on=Moment(at).today,
            place="管委会一楼", firms=firms, by=cast.people["zone"], at=at,
        ).key  # fmt: skip
        for firm, category, line in zip(
            firms,
            ("labour", "environment", "sales"),
            ("【演示】希望校企合作定向招工", "【演示】厂区门前停车难", "【演示】想参加明年的展会"),
            strict=True,
        ):
            actions.note_ask(
                gathering=made["breakfast"], firm=firm, category=category, line=line,
                by=cast.people["zone"], at=at,
            )  # fmt: skip

    return [Event(china(today - timedelta(days=1), 8, 30), hold)]
