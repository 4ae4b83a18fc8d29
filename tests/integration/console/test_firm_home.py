"""What an enterprise finds first: what waits for it, and where it can turn."""

from __future__ import annotations

import pytest

from factories import collection as made
from factories.requests import answered, in_hand
from luodi.common.moments import Moment
from luodi.console.queries import duties_of
from luodi.orgs.queries import viewer_of
from luodi.services import actions

pytestmark = pytest.mark.django_db(databases="__all__")


def waiting(city, who: str, moment: Moment) -> list[tuple[str, str, str]]:
    duties = duties_of(viewer_of(city.accounts[who]), moment)
    return [(duty.light, duty.what, duty.address) for duty in duties]


def test_a_request_waits_for_its_firm_where_a_word_is_missing(city, at):
    asked = in_hand(city, at)
    assert waiting(city, "enterprise", Moment(at)) == []
    actions.ask_firm(request=asked.key, text="哪一台变压器", by=city.people["zone_staff"], at=at)
    [(light, what, address)] = waiting(city, "enterprise", Moment(at))
    assert light == "yellow" and what.startswith(f"请补充诉求的情况 {asked.number}：")
    assert address == f"/my-requests/{asked.key}/"


def test_an_answer_waits_for_the_firms_word(city, at):
    one = answered(city, at)
    [(_light, what, _address)] = waiting(city, "enterprise", Moment(at))
    assert what.startswith(f"请评价诉求的办理 {one.number}：")


def test_forms_to_fill_in_and_to_check_wait_on_the_first_page(city, at):
    form, now = made.defined(city, at), Moment(made.APRIL)
    made.opened(city, form)
    filing = made.filing_of(city, form)
    [(light, what, address)] = waiting(city, "clerk", now)
    assert what == "填报2026年3月《示例工业月报》" and address == f"/filings/{filing.key}/"
    assert light == "green"
    made.submitted(city, filing)
    assert waiting(city, "clerk", now) == []
    assert ("none", "1 份报表等您审核", "/filings/review/") in waiting(city, "statistician", now)


def test_the_page_offers_a_firm_what_it_can_do(sign_in, city):
    page = sign_in("enterprise").get("/").content.decode()
    for address in ("/my-requests/new/", "/policies/mine/", "/my-chain/", "/conduct/"):
        assert f'href="{address}"' in page
    assert "现在没有等贵企业办理的事" in page and "昨天以来" not in page
