"""A policy from its PDF to a paid claim, by the people who do it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from browser.conftest import PEOPLE
from browser.steps.reading import choose_and_import
from factories.pdfs import pdf
from factories.requests import ahead
from factories.site import Site, fresh_site

LINES = """示例市人民政府办公室
关于印发支持生成企业发展若干措施的通知
各县（市、区）人民政府，市直各有关单位：
现印发给你们，请认真抓好落实。本文为测试用示例。
示例市人民政府办公室
2026年2月20日
支持生成企业发展若干措施
为支持企业发展，制定本措施。
第一条  奖励规上企业。对上年度营业收入达到2000万元
以上的规模以上企业，给予一次性10万元奖励，免申即享。
（责任单位：市工信局）
第二条  本措施自2026年2月1日起施行，有效期至2099年1月31日。"""

MADE = f"""{PEOPLE}
from datetime import date
from luodi.cli.demo.figures import ACCOUNT, _speaker, _register
from luodi.cli.demo.people import MAKER, Cast
from luodi.orgs.actions import renew_pack
from luodi.orgs.models import Account, UnitState
from luodi.packs import resolve
at = datetime(2026, 3, 2, 1, tzinfo=UTC)
city = Account.objects.get(username="office").person.city
units = {{s.short_name or s.name: s.of_id for s in UnitState.objects.open()}}
cast = Cast(city, units, {{a.username: a.person_id for a in Account.objects.all()}})
_register(cast, 1, at)
_register(cast, 2, at)
_speaker(cast, at)
content = resolve("jincheng").content()
text = __import__("json").dumps(content, ensure_ascii=False)
content = __import__("json").loads(text)
def no_wait(part):
    if isinstance(part, dict):
        if part.get("key") == "policy-notice":
            part.update(unit="minute", amount=0, end="same_time")
        for value in part.values():
            no_wait(value)
    elif isinstance(part, list):
        for value in part:
            no_wait(value)
no_wait(content)
renew_pack(city=city, pack=content, by=MAKER, at=at)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo's people, two generated firms, and a notice that is over at once."""
    with fresh_site(tmp_path_factory.mktemp("site") / "data", MADE) as one:
        one.start()
        yield one


def adopted(office, file) -> None:
    """The PDF is imported, its article accepted, the document adopted."""
    choose_and_import(office, file)
    office.sees("政策条款")
    office.shot("policy-room")
    office.press("采纳")
    office.sees("入库")
    office.press("入库")
    office.go("/policies/", see="支持生成企业发展若干措施")
    office.page.get_by_role("link", name="支持生成企业发展若干措施").click()
    office.sees("给予一次性10万元奖励")
    office.shot("policy")


def article(person) -> None:
    """The article's page by its list."""
    person.go("/policies/articles/", see="奖励规上企业")
    person.page.get_by_role("link", name="奖励规上企业").locator("visible=true").first.click()
    person.sees("适用条件")


def test_a_policy_from_pdf_to_a_paid_claim(person, tmp_path):
    office, bureau, firm = person("office"), person("gongxin"), person("firm")
    file = tmp_path / "措施.pdf"
    file.write_bytes(pdf([LINES]))
    adopted(office, file)

    article(office)
    office.page.get_by_role("link", name="编条件").click()
    office.sees("下面是从条文里读出的建议")
    office.shot("policy-rule")
    office.press("录入，送复核")
    office.sees("由录入人以外的同事复核")
    bureau.go("/", see="政策条件待复核")
    article(bureau)
    bureau.page.get_by_role("link", name="复核条件").click()
    bureau.press("复核通过")
    bureau.sees("规模为规上")

    firm.go("/policies/mine/", see="补上这些，就能判断")
    firm.shot("policy-mine")
    firm.go("/policies/mine/facts/")
    firm.page.select_option("#id_fact", label="上年度营业收入")
    firm.page.fill("#id_value", "3000万元")
    firm.page.fill("#id_on", "2025-12-31")
    firm.press("提交核实")
    firm.sees("待核实")
    zone = person("zone")
    zone.go("/policies/statements/", see="3000万元")
    zone.page.get_by_role("link", name="演示企业01号").click()
    zone.press("属实")
    zone.sees("单位核实")
    zone.shot("policy-facts")

    article(bureau)
    bureau.press("匹配企业，列入名单")
    bureau.sees("已列入 1 家企业")
    bureau.page.get_by_role("link", name="兑现〔").first.click()
    bureau.press("核对通过")
    bureau.sees("待企业确认")
    firm.go("/policies/mine/", see="请确认享受")
    firm.page.get_by_role("link", name="请确认享受").click()
    firm.press("确认享受")
    firm.sees("企业已确认")
    assert firm.page.get_by_text("内部备注").count() == 0
    bureau.page.reload()
    bureau.press("公示")
    bureau.sees("公示中")
    bureau.page.fill("input[name=paid_on]", ahead(0))
    bureau.page.fill("input[name=voucher]", "0001")
    bureau.press("拨付")
    bureau.sees("已拨付")
    bureau.shot("policy-claim")
    office.go("/policies/effects/", see="100.0%（1/1）")
    office.shot("policy-effects")
