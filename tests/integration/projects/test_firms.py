"""The firm of a project, its three days, the admission rate, and rates as texts state them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from factories.projects import batched
from luodi.audit.models import Act
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person
from luodi.packs.schemas import FactRule
from luodi.projects.actions import add_to_batch, make_batch, record_firm
from luodi.projects.models import ProjectFirm
from luodi.projects.queries import cohort, stated_rates
from luodi.projects.queries import stated as stated_module
from luodi.projects.rules import distinct

pytestmark = pytest.mark.django_db(databases="__all__")

FIRM, OTHER = "示例光电一厂", "示例光电二厂"
MEETS = {"meets_on": date(2026, 2, 1)}
ADMITTED = MEETS | {"promoted_on": date(2026, 2, 10), "admitted_on": date(2026, 2, 20)}


@pytest.fixture
def record(city, at, project):
    def record_one(who: str = "office", **given) -> None:
        open_one = ProjectFirm.objects.open().filter(project=given.get("project", project.key))
        seen = open_one.values_list("since_id", flat=True).first() or 0
        usual = {"project": project.key, "enterprise": FIRM, "threshold": "above_scale"}
        usual |= {"days": {}, "seen": seen, "by": city.people[who], "at": at}
        record_firm(**(usual | given))

    return record_one


def test_the_three_days_are_three_things(record, project):
    record(days=MEETS)
    record(days=ADMITTED)
    firm = ProjectFirm.objects.open().get(project=project)
    assert (firm.meets_on, firm.promoted_on, firm.admitted_on) == tuple(ADMITTED.values())
    assert ProjectFirm.objects.filter(project=project).count() == 2


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"admitted_on": date(2026, 2, 1)}, "填了入库（列入名录）日期，还缺达规日期。"),
        (MEETS | {"admitted_on": date(2026, 2, 2)}, "填了入库（列入名录）日期，还缺升规日期。"),
        (MEETS | {"promoted_on": date(2026, 1, 31)}, "升规日期不能早于达规日期（2026-02-01）。"),
        ({"meets_on": date(2026, 3, 3)}, "达规日期不能晚于今天。"),
    ],
)
def test_days_out_of_order_are_refused(record, days, said):
    with pytest.raises(Incomplete, match=said):
        record(days=days)
    assert not ProjectFirm.objects.exists()


def test_a_firm_outside_of_the_register_is_refused(record):
    with pytest.raises(Incomplete, match="企业名录里没有“无名厂”"):
        record(enterprise="无名厂")
    with pytest.raises(Incomplete, match="请填写承担企业"):
        record(enterprise="  ")


def test_a_change_needs_a_reason_and_a_fresh_page(record, city, at, project):
    record(days=MEETS)
    with pytest.raises(Incomplete, match="没有改动"):
        record(days=MEETS)
    with pytest.raises(Incomplete, match="请写明原因"):
        record(enterprise=OTHER, days=MEETS)
    record(enterprise=OTHER, days=MEETS, why="更正承担企业")
    with pytest.raises(Conflict, match="刚刚有了变化"):
        record(days=ADMITTED, seen=0)


def test_others_may_not_record(record, city):
    with pytest.raises((NotAllowed, NotFound)):
        record("other_clerk")
    with pytest.raises((NotAllowed, NotFound)):
        record("auditor")


def test_the_page_records_and_keeps_what_was_refused(sign_in, project, city):
    address = f"/projects/{project.key}/firm/"
    said = {"enterprise": FIRM, "threshold": "above_scale", "seen": "0", "meets_on": "2026-02-01"}
    refused = sign_in("clerk").post(f"{address}record/", said | {"admitted_on": "2026-01-01"})
    assert refused.status_code >= 400 and FIRM in refused.content.decode()
    done = sign_in("office").post(f"{address}record/", said, follow=True)
    page = done.content.decode()
    assert "承担企业已登记。" in page and f"/enterprises/{city.enterprises[FIRM]}/" in page
    assert "登记承担企业：示例光电一厂、达规 2026-02-01。" in (
        sign_in("office").get(f"/projects/{project.key}/").content.decode()
    )
    english = sign_in("office").get(address, headers={"accept-language": "en"}).content.decode()
    assert "Meets the threshold on" in english and "达规日期" not in english


def produced(city, at, keys) -> str:
    office = {"by": city.people["office"], "at": at}
    batch = make_batch(city=city.key, title="示例批次", held_on=date(2026, 2, 1), **office)
    add_to_batch(batch=batch.key, part="produced", projects=keys, **office)
    return batch.key


def admission(city, moment: Moment, day: date):
    found = cohort(viewer_of_person(city.people["office"]), moment, day)
    rates = {one.rule.key: one for one in found.rates(distinct(found.all))}
    return rates["admission"]


def test_admission_counts_firms_each_once_and_says_who_is_left_out(record, opened, city, at):
    keys = [opened(name=f"示例项目{n}", investor=f"投资方{n}").key for n in range(4)]
    produced(city, at, keys)
    for key, firm, days in ((keys[0], FIRM, ADMITTED), (keys[1], FIRM, {}), (keys[2], OTHER, {})):
        record(project=key, enterprise=firm, days=days)
    now = Moment(at + timedelta(hours=1))
    found = admission(city, now, date(2026, 3, 2))
    assert (found.numerator, found.base, found.percent) == (1, 2, Decimal("50.00"))
    assert set(found.reached) == set(keys[:2]) and found.behind == (keys[2],)
    assert found.left_out == ((keys[3], "没有登记承担企业，不能按企业计。"),)
    assert admission(city, now, date(2026, 2, 19)).percent == Decimal("0.00")


def test_what_was_known_before_stays_known(record, opened, city, at):
    key = opened().key
    produced(city, at, [key])
    record(project=key, days=MEETS)
    before = Moment(at, Act.objects.order_by("-position").values_list("position", flat=True)[0])
    record(project=key, days=ADMITTED)
    assert admission(city, before, date(2026, 3, 2)).percent == Decimal("0.00")
    now = Moment(at + timedelta(hours=1))
    assert admission(city, now, date(2026, 3, 2)).percent == Decimal("100.00")


def stated(**given) -> FactRule:
    usual = {
        "key": "stated", "owner": {"body": "city", "name": "示例市"}, "kind": "fact",
        "source": "示例综述", "indicator": "batch-start-rate", "name": "开工率",
        "name_en": "Start rate", "subject": "全市", "period": "2026", "value": "54.5",
        "unit": "%", "document": "示例综述",
        "rate": {"numerator": "开工", "denominator": "签约", "base": "签约一批", "over": "6/11"},
    }  # fmt: skip
    return FactRule(**(usual | given))


def test_texts_and_record_stand_side_by_side(opened, city, at, monkeypatch):
    keys = [opened(name=f"示例项目{n}", investor=f"投资方{n}").key for n in range(3)]
    batched(city, keys, at)
    office = viewer_of_person(city.people["office"])
    facts = [stated(), stated(value="54.6"), stated(period="2022/2023", rate=None)]
    real = stated_module.pack_of

    class Pack:
        def __init__(self, stack):
            self.stack = stack

        def all(self, kind, schema, *day):
            return facts if kind == "facts" else self.stack.all(kind, schema, *day)

    monkeypatch.setattr(stated_module, "pack_of", lambda *given: Pack(real(*given)))
    same, odd, early = stated_rates(office, Moment(at + timedelta(hours=1)))
    assert same.again == "6/11 = 54.5%　相符" and odd.again == "6/11 = 54.5%　不符"
    assert (same.computed, same.working, same.points) == (
        Decimal("0.00"),
        "0 ÷ 2",
        Decimal("-54.50"),
    )
    assert early.computed is None and early.why == "记录里没有这一时期的批次。"
    assert early.again == "文中没有个数，不能复算" and early.period == "2022—2023"


def test_published_rates_are_on_the_page_of_who_sees_the_city(sign_in, project):
    office = sign_in("office").get("/projects/batches/").content.decode()
    assert "文件所述与记录对照" in office and "97.69" in office and "57.11" in office
    assert "文件所述与记录对照" not in sign_in("clerk").get("/projects/batches/").content.decode()
