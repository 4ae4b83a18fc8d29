"""A firm asks; offices are called out, it is asked back, given a timetable, answered; it objects,
is answered by the next level, and closes. Another firm looks for it and finds nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from browser.conftest import PEOPLE, PHONE
from factories.requests import ahead
from factories.site import Site, fresh_site

MADE = f"""{PEOPLE}
from luodi.cli.demo.people import password
from luodi.orgs.actions import open_account, post_in_enterprise, register_enterprise
from luodi.orgs.models import Account, UnitState
from luodi.orgs.rules import check_character
at = datetime(2026, 3, 2, 1, tzinfo=UTC)
units = {{s.short_name or s.name: s.of_id for s in UnitState.objects.open()}}
city = Account.objects.get(username="office").person.city
for number, username in ((1, "firm-one"), (2, "firm-two")):
    body = f"91999999{{number:09}}"
    details = {{"name": f"生成的企业{{number}}号", "credit_code": body + check_character(body),
               "unit": units["开发区管委会"], "size_class": "above_scale"}}
    firm = register_enterprise(city=city, details=details, generated=True, by="system:demo", at=at)
    person = post_in_enterprise(
        enterprise=firm.key, name=f"示例-企业{{number}}", generated=True, by="system:demo", at=at
    )
    open_account(
        username=username, password=password(), person=person.key, by="system:demo", at=at
    )
"""

TITLE = "二号车间频繁停电"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with two firms of the zone, each with somebody who speaks for it."""
    with fresh_site(tmp_path_factory.mktemp("site") / "data", MADE) as one:
        one.start()
        yield one


def unfold(person, form) -> None:
    """Open the details a form lies in, where it isn't open."""
    if not form.is_visible():
        person.page.locator("details", has=form).locator("summary").click()


def say(person, step: str, words: str) -> None:
    """Open a step of the page and send its words."""
    form = person.page.locator(f"form[action$='/{step}/']")
    unfold(person, form)
    form.locator("textarea").first.fill(words)
    form.locator("button").click()


def ask(firm) -> str:
    """The firm asks; the address of its request."""
    firm.go("/my-requests/new/", see="要解决什么")
    firm.page.select_option("select[name=category]", "power")
    firm.page.fill("input[name=title]", TITLE)
    firm.page.fill("textarea[name=text]", "上月停电三次，产线中断，请协调增容。")
    firm.press("提出")
    firm.sees("已提出，编号 诉〔")
    firm.shot("asked")
    return firm.page.url


def follow(person) -> None:
    """Open the request from the page one is on."""
    person.page.get_by_role("link", name=TITLE).locator("visible=true").first.click()


def whistle(zone, called) -> None:
    """The zone responds and calls a bureau out, which arrives and notes something inside."""
    zone.go("/requests/", see=TITLE)
    follow(zone)
    say(zone, "respond", "已安排专人，今天到现场。")
    zone.sees("已响应企业")
    form = zone.page.locator("form[action$='/call_out/']")
    unfold(zone, form)
    form.get_by_label("晋城市工业和信息化局").check()
    form.locator("textarea").fill("一起看线路容量")
    form.locator("button").click()
    zone.sees("还没报到")
    called.go("/", see="报到")
    follow(called)
    called.page.locator("form[action$='/arrive/'] button").click()
    called.sees("已报到")
    say(called, "write_note", "内部：变压器老旧，先不对外讲")
    called.sees("企业看不到")


def pause(zone, firm, mine: str) -> None:
    """The firm is asked for something, which stops the clock, and answers."""
    zone.page.reload()
    say(zone, "ask_firm", "请补充变压器铭牌容量")
    zone.sees("暂停计时")
    firm.page.goto(mine)
    firm.sees("请您补充：请补充变压器铭牌容量")
    say(firm, "answer_question", "630 千伏安")
    firm.sees("继续计时")


def timetable(zone) -> None:
    """The zone gives a timetable and, in the end, its answer."""
    zone.page.reload()
    table = zone.page.locator("form[action$='/give_timetable/']")
    unfold(zone, table)
    table.locator("textarea[name=reason]").fill("要停电施工")
    for number, (what, day) in enumerate((("现场勘查", 9), ("换变压器", 20)), start=1):
        table.locator(f"input[name=step_{number}]").fill(what)
        table.locator(f"input[name=day_{number}]").fill(ahead(day))
    table.locator("button").click()
    zone.sees("已把时间表给企业")
    zone.shot("request-with-timetable")
    say(zone, "answer", "已换变压器")
    zone.sees("等待评价")


def rate(firm, mine: str, word: str, why: str = "") -> None:
    """The firm says how the answer is."""
    firm.page.goto(mine)
    firm.page.get_by_label(word, exact=True).check()
    firm.page.locator("form[action$='/rate/'] textarea").fill(why)
    firm.page.locator("form[action$='/rate/'] button").click()


def test_a_request_through_whistle_pause_timetable_objection_to_its_close(person):
    firm, zone = person("firm-one"), person("zone")
    mine = ask(firm)
    whistle(zone, person("gongxin"))
    pause(zone, firm, mine)
    timetable(zone)
    firm.page.goto(mine)
    firm.sees("换变压器")
    assert "变压器老旧" not in firm.page.content() and "报到" not in firm.page.content()
    rate(firm, mine, "不满意", "昨天又停了")
    firm.sees("不满意重办")
    leader = person("zone-leader")
    leader.go("/", see=TITLE)
    follow(leader)
    leader.sees("分管领导")
    say(leader, "respond", "我来督办")
    say(leader, "answer", "已另拉专线")
    rate(firm, mine, "满意")
    firm.sees("已办结")
    firm.shot("request-closed")
    other = person("firm-two")
    assert other.page.goto(mine).status == 404
    other.sees("没有这件诉求，或者它不在您的范围内")
    other.go("/my-requests/", see="还没有提出过诉求")


def test_a_call_is_noted_and_a_visit_logged_on_a_phone(person):
    zone = person("zone", PHONE)
    zone.go("/requests/new/", see="代企业登记诉求")
    zone.page.fill("input[name=firm]", "生成的企业2号")
    zone.page.select_option("select[name=category]", "labour")
    zone.page.fill("input[name=title]", "缺焊工")
    zone.page.fill("textarea[name=text]", "新线缺二十名焊工。")
    zone.shot("noting-on-a-phone")
    zone.press("登记")
    zone.sees("已登记，编号")
    zone.go("/visits/new/", see="登记走访")
    zone.page.fill("input[name=firm]", "生成的企业2号")
    zone.page.fill("input[name=purpose]", "看新线")
    zone.page.fill("textarea[name=summary]", "新线调试中。")
    zone.press("登记")
    zone.sees("没有记下问题")
    zone.page.fill("form[action$='/problem/'] input[name=title]", "门口道路积水")
    zone.page.locator("form[action$='/problem/'] select[name=lead]").select_option(index=1)
    zone.press("记下")
    zone.sees("督〔")
    zone.shot("visit-on-a-phone")
