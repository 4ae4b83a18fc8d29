"""Several people at one request, one code, one firm in the same moment, on a site's own database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from luodi.orgs.actions import change_enterprise, change_phone, register_enterprise
from luodi.orgs.models import EnterpriseState
from luodi.services import actions
from luodi.services.models import EntryCode, Request, RequestState, Satisfaction
from luodi.services.rules import mark_of

from .at_once import AT, at_once, founded, said
from .city import FIRMS, City, credit_code
from .requests import answered, asked, in_hand

PHONE = "10000000001"


def _city() -> City:
    city = founded()
    rows = EnterpriseState.objects.open().filter(city=city.key)
    city.enterprises = dict(rows.values_list("name", "of"))
    return city


def asking() -> None:
    """The firm and four clerks ask the same; then ten different things are asked."""
    city = _city()
    same = [lambda: asked(city, AT)] * 5
    outcomes = at_once(same)  # type: ignore[arg-type]

    def other(number: int) -> Callable[[], object]:
        word = chr(0x4E00 + 40 * number) * 30
        return lambda: asked(city, AT, title=word, text=word, category="sales", anyway=True)

    more = at_once([other(number) for number in range(6)])
    serials = sorted(Request.objects.values_list("serial", flat=True))
    said(outcomes, more=Counter(more), gapless=serials == list(range(1, len(serials) + 1)))


def rating() -> None:
    """Staff note a word while the firm gives its own, and the firm puts a noted one right twice."""
    city = _city()
    one = answered(city, AT, "评价", anyway=True)
    noted = {"how": "phone", "said_at": AT, "by": city.people["zone_staff"], "at": AT}
    own = {"by": city.people["enterprise"], "at": AT}
    outcomes = at_once(
        [
            lambda: actions.accept_answer(request=one.key, satisfied="satisfied", **noted),
            lambda: actions.accept_answer(request=one.key, satisfied="fairly", **own),
        ]
    )
    two = answered(city, AT, "再评", anyway=True)
    actions.accept_answer(request=two.key, satisfied="satisfied", **noted)
    bad = {"satisfied": "dissatisfied", "words": "没有", **own}
    again = at_once([lambda: actions.replace_word(request=two.key, **bad)] * 3)
    said(
        outcomes, words=Satisfaction.objects.filter(request=one).count(),
        again=sorted(again).count("done"), round=RequestState.objects.open().get(request=two).round,
    )  # fmt: skip


def entering() -> None:
    """Four browsers use one code at once; nine wrong tries at once leave the right one no good."""
    city = _city()
    change_phone(person=city.people["enterprise"], phone=PHONE, why="登记", by="system:demo", at=AT)

    def code(minute: int) -> str:
        at = AT + timedelta(minutes=minute)
        row = actions.ask_for_code(
            credit_code=credit_code(1), phone=PHONE, address="10.0.0.1", by="stranger", at=at
        )
        mark = mark_of(f"code:{row.key}", "123456")
        EntryCode.objects.filter(pk=row.pk).update(mark=mark)
        return row.key

    first, second = code(0), code(1)
    outcomes = at_once([lambda: _enter(first, "123456")] * 4)
    wrong = at_once([lambda: _enter(second, "000000")] * 9)
    late = at_once([lambda: _enter(second, "123456")])
    asks = at_once([lambda: code(5)] * 5)
    said(outcomes, wrong=Counter(wrong), late=late[0], asks=sorted(asks).count("done"))


def _enter(key: str, code: str) -> None:
    at = AT + timedelta(minutes=2)
    actions.enter_by_code(key=key, code=code, by="stranger", at=at)


def raising() -> None:
    """Three schedulers raise while somebody responds; each limit is raised but once."""
    city = _city()
    one = in_hand(city, AT, "超时", anyway=True)
    late = AT + timedelta(days=9)
    tick = [lambda: actions.raise_late_requests(by="system:services", at=late)] * 3
    outcomes = at_once(
        [*tick, lambda: actions.answer(
            request=one.key, text="答复", by=city.people["zone_staff"], at=late)]
    )  # fmt: skip
    again = actions.raise_late_requests(by="system:services", at=late)
    said(outcomes, level=RequestState.objects.open().get(request=one).level, again=again)


def registering() -> None:
    """Two people register two firms with one code; a firm moves while its request is answered."""
    city = _city()
    details = {
        "name": "示例三厂", "credit_code": credit_code(3), "unit": city.units["甲县"],
        "size_class": "below_scale",
    }  # fmt: skip

    def register(name: str) -> Callable[[], object]:
        return lambda: register_enterprise(
            city=city.key, details=details | {"name": name}, by=city.people["office"], at=AT
        )

    outcomes = at_once([register("示例三厂"), register("示例四厂")])
    one = in_hand(city, AT, "搬迁", anyway=True)
    firm = city.enterprises[FIRMS[0][0]]
    seen = EnterpriseState.objects.open().get(of=firm).since_id
    moving = at_once(
        [
            lambda: change_enterprise(
                enterprise=firm, details={"unit": city.units["甲县"]}, seen=seen, why="迁址",
                by=city.people["office"], at=AT,
            ),
            lambda: actions.answer(
                request=one.key, text="答复", by=city.people["zone_staff"], at=AT
            ),
        ]
    )  # fmt: skip
    state = RequestState.objects.open().get(request=one)
    home = EnterpriseState.objects.open().get(of=firm).unit
    moved = home == city.units["甲县"]
    said(
        outcomes, moving=sorted(moving), right=state.desk == (home if moved else ""),
        firms=EnterpriseState.objects.open().filter(credit_code=credit_code(3)).count(),
    )  # fmt: skip
