"""A project registered twice is found, merged while a second person looks on, and taken apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from browser.conftest import PEOPLE
from factories.site import Site, fresh_site

MADE = f"""{PEOPLE}
from datetime import date
from luodi.orgs.models import Account, UnitState
from luodi.projects.actions import add_to_batch, make_batch, open_lead
at = datetime(2026, 3, 2, 1, tzinfo=UTC)
office = Account.objects.get(username="office").person
units = {{s.short_name or s.name: s.of_id for s in UnitState.objects.open()}}
by = {{"by": office.key, "at": at}}
zone = units["开发区管委会"]
keys = []
for name, money in (("生成的储能电池项目", "88000"), ("生成的储能电池建设项目（开发区）", "90000")):
    said = {{"name": name, "investor": "生成的投资方", "lead": zone, "zone": zone,
            "signing": "contract", "investment": money}}
    keys.append(open_lead(city=office.city, details=said, **by).key)
batch = make_batch(city=office.city, title="生成的一季度", held_on=date(2026, 3, 1), **by).key
add_to_batch(batch=batch, part="signed", projects=keys, **by)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with one project registered twice, both in the signed list of a batch."""
    with fresh_site(tmp_path_factory.mktemp("site") / "data", MADE) as one:
        one.start()
        yield one


def side_by_side(person):
    """The two records beside each other."""
    person.go("/projects/alike/", see="待看 1")
    person.page.get_by_role("link", name="生成的储能电池").locator("visible=true").first.click()
    person.sees("两个都列在“生成的一季度 · 签约一批”：合并后只计一次。")
    return person


def test_a_project_registered_twice_is_merged_once_and_can_be_taken_apart(person):
    office, zone = side_by_side(person("office")), side_by_side(person("zone"))
    page = office.page
    page.get_by_role("row", name="总投资").get_by_label("90,000").check()
    page.fill("form.merging textarea[name=why]", "同一家企业重复登记")
    office.shot("merging")
    office.press("合并")
    office.sees("已合并")
    office.sees("已并入本项目的")
    office.sees("90,000")
    office.shot("merged")
    zone.page.fill("form.merging textarea[name=why]", "重复")
    zone.press("合并")
    zone.sees("有的已经合并")
    zone.shot("merged-too-late")
    office.go("/projects/batches/", see="生成的一季度")
    page.get_by_role("link", name="生成的一季度").locator("visible=true").first.click()
    office.sees("签约一批 1")
    office.sees("合计只计一次")
    office.shot("merged-in-a-batch")
    page.get_by_role("link", name="生成的储能电池").locator("visible=true").first.click()
    page.locator(".notice li a").first.click()
    office.sees("到那里办理")
    page.get_by_role("link", name="撤销合并").click()
    page.fill("textarea[name=why]", "是两期工程")
    office.press("撤销合并")
    office.sees("两个项目重新分开")
    office.go("/projects/batches/", see="生成的一季度")
    page.get_by_role("link", name="生成的一季度").locator("visible=true").first.click()
    office.sees("签约一批 2")
