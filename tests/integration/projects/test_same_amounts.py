"""Said again with other zeros behind the point, an amount has not changed anywhere."""

from __future__ import annotations

from datetime import date

import pytest

from factories.projects import details
from factories.sites import plot_details
from luodi.audit.models import Act
from luodi.common.refusals import Conflict, Incomplete
from luodi.projects.actions import (
    correct_funding,
    plan_year,
    record_funding,
    report_money,
    revise_project,
    say_site_need,
    set_agreement,
)
from luodi.projects.models import SiteNeed
from luodi.sites.actions import register_site, revise_site

pytestmark = pytest.mark.django_db(databases="__all__")

NONE = (Conflict, Incomplete)
SAME = "没有改动|同样的数"


def test_other_zeros_are_no_change(city, at, opened):
    project = opened(investment="12.5").key
    office = {"by": city.people["office"], "at": at}
    one = {"project": project, **office}
    plan = {"year": 2026, **one}
    month = {"series": "dispatch", "period": "2026-01", **one}
    terms = {"title": "协议", "signed_on": date(2026, 1, 5), "days": {}, **one}
    plan_year(amount="12.5", **plan)
    report_money(amounts={"month": "1.5", "to_date": "1.5"}, **month)
    set_agreement(land="60.5", promises={"output": "500"}, **terms)
    say_site_need(need={"wanted": "plot_wanted", "clean_class": "", "land": "60.5"}, **one)
    loan = {"kind": "special_fund", "giver": "示例资金", "step": "applied_for", **one}
    entry = record_funding(amount="5.5", happened_on=date(2026, 2, 1), **loan)
    place = {"city": city.key, "zone": city.units["开发区管委会"], "kind": "plot"}
    site = register_site(details=plot_details(price="16.8"), **place, **office).key
    need = SiteNeed.objects.open().get().since_id
    acts = Act.objects.count()
    with pytest.raises(NONE, match=SAME):
        revise_project(details=details(city, investment="12.50"), why="改", **one)
    with pytest.raises(NONE, match=SAME):
        plan_year(amount="12.50", why="改", **plan)
    with pytest.raises(NONE, match=SAME):
        report_money(amounts={"month": "1.50", "to_date": "1.500"}, why="改", **month)
    with pytest.raises(NONE, match=SAME):
        set_agreement(land="60.50", promises={"output": "500.0"}, why="改", **terms)
    with pytest.raises(NONE, match=SAME):
        say_site_need(
            need={"wanted": "plot_wanted", "clean_class": "", "land": "60.50"}, seen=need, **one
        )
    with pytest.raises(NONE, match=SAME):
        correct_funding(
            entry=entry, amount="5.50", happened_on=date(2026, 2, 1), why="改", **office
        )
    with pytest.raises(NONE, match=SAME):
        revise_site(site=site, details=plot_details(price="16.80"), **office)
    assert Act.objects.count() == acts
    set_agreement(land="60.50", promises={"output": "501"}, why="改", **terms)
    revise_project(details=details(city, investment="12.51"), **one)
    assert Act.objects.get(position=acts + 2).payload["changed"] == ["investment"]
