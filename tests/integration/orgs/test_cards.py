"""What other modules show on an enterprise's page, and to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories import collection, graded
from factories.projects import details
from factories.sites import plot_details
from luodi.common.doors import cards_on
from luodi.common.moments import Moment
from luodi.orgs.queries import viewer_of_person
from luodi.projects.actions import open_lead, record_firm
from luodi.sites.actions import register_site, take_site


@pytest.fixture
def firm(city):
    return next(iter(city.enterprises.values()))


def titles(city, firm, who, at) -> list[str]:
    found = cards_on("enterprise", firm, viewer_of_person(city.people[who]), Moment(at))
    return [str(card.context["title"]) for card in found if "title" in card.context]


def test_what_it_holds_stands_on_its_page(city, at, firm, sign_in):
    office = {"by": city.people["office"], "at": at}
    place = {"city": city.key, "zone": city.units["开发区管委会"]}
    plot = register_site(kind="plot", details=plot_details(), **place, **office).key
    assert "用地用房" not in titles(city, firm, "office", at)
    take_site(site=plot, holder=f"enterprise:{firm}", tenure="let", from_on=at.date(), **office)
    page = sign_in("office").get(f"/enterprises/{firm}/").content.decode()
    assert "用地用房" in page and f"/sites/{plot}/" in page
    own = sign_in("enterprise").get("/my-enterprise/").content.decode()
    assert "用地用房" in own and f"/sites/{plot}/" not in own
    assert "用地用房" not in titles(city, list(city.enterprises.values())[1], "office", at)
    before = Moment(at - timedelta(days=1), 1)
    found = cards_on("enterprise", firm, viewer_of_person(city.people["office"]), before)
    assert not [card for card in found if card.context.get("title") and card.context.get("rows")]


def test_a_grade_on_notice_stands_there_for_the_offices_and_the_firm_itself(city, at, firm):
    graded.busy(city, at)
    for who in ("office", "zone_staff", "enterprise"):
        assert "亩均效益评价" in titles(city, firm, who, at), who
    other = list(city.enterprises.values())[1]
    assert "亩均效益评价" not in titles(city, other, "enterprise", at)


def test_what_it_carries_stands_there_for_the_offices_only(city, at, firm):
    project = open_lead(city=city.key, details=details(city), by=city.people["office"], at=at).key
    record_firm(
        project=project, enterprise="示例光电一厂", threshold="above_scale", days={},
        by=city.people["office"], at=at,
    )  # fmt: skip
    assert "承担的项目" in titles(city, firm, "office", at)
    assert "承担的项目" not in titles(city, firm, "enterprise", at)


def test_a_report_stands_there_for_those_who_may_read_it(city, at, firm):
    form = collection.defined(
        city, at, respondents={"zones": [city.units["开发区管委会"]]}, review_levels=2
    )
    collection.opened(city, form)
    shown = {
        who: "报送的报表" in titles(city, firm, who, at)
        for who in ("statistician", "office", "enterprise")
    }
    assert shown == {"statistician": True, "office": False, "enterprise": True}
