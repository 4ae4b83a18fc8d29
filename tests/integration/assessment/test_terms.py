"""Terms of leadership teams: entered, corrected, and computed from the published years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factories.appraisals import OTHERS, ZONE
from factories.procedures import prepared, published, shown, who
from luodi.assessment.actions import change_term, open_term
from luodi.assessment.models import TeamTermState
from luodi.assessment.queries import own_places, term_page, term_pages
from luodi.audit.queries import moment_at, verify
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound

pytestmark = pytest.mark.django_db(databases="__all__")


def entered(city, at, zone=ZONE, first=date(2024, 1, 1), last=date(2026, 12, 31), **said):
    given = {"scheme": "small", "title": "示例班子 2024–2026"} | said
    return open_term(
        unit=city.units[zone], term_from=first, term_to=last, **given, **who(city, "office", at)
    ).key


def test_a_term_shows_its_published_years_and_says_why_it_can_t_tell(city, at):
    key = shown(city, at).key
    term = entered(city, at)
    page = term_page(term, who(city, "zone_staff", at)["viewer"], Moment(at))
    assert [(y.year, y.score) for y in page.years] == [(2024, ""), (2025, ""), (2026, "")]
    assert "0年" in page.why and page.result == ""
    done = published(city, at, key)
    page = term_page(term, who(city, "zone_staff", done)["viewer"], Moment(done))
    assert [(y.score, y.rank, y.of, y.tier) for y in page.years][1] == ("82.00", 1, 3, "第一档")
    assert "1年" in page.why and not page.ended
    assert own_places(who(city, "office", done)["viewer"], city.units[OTHERS[0]], Moment(done)) == {
        2025: (2, 3)
    }


def test_a_zone_sees_its_own_term_only(city, at):
    prepared(city, at)
    term = entered(city, at)
    entered(city, at, zone=OTHERS[0])
    assert len(term_pages(who(city, "office", at)["viewer"], Moment(at))) == 2
    assert len(term_pages(who(city, "zone_staff", at)["viewer"], Moment(at))) == 1
    with pytest.raises(NotFound):
        term_page(term, who(city, "east_staff", at)["viewer"], Moment(at))


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"title": " "}, Incomplete),
        ({"last": date(2023, 12, 31)}, Incomplete),
        ({"last": date(2040, 1, 1)}, Incomplete),
        ({"scheme": "none"}, NotFound),
        ({"zone": "甲县"}, NotFound),
    ],
)
def test_what_isn_t_a_term_is_refused(city, at, said, kind):
    prepared(city, at)
    with pytest.raises(kind):
        entered(city, at, **said)


def test_terms_of_a_zone_don_t_overlap_and_a_change_needs_a_reason(city, at):
    prepared(city, at)
    term = entered(city, at)
    with pytest.raises(Conflict, match="重叠"):
        entered(city, at, first=date(2026, 12, 31), last=date(2028, 1, 1))
    state = TeamTermState.objects.open().get(term=term)
    said = {"term": term, "title": state.title, "term_from": state.term_from,
            "term_to": date(2027, 6, 30)}  # fmt: skip
    office = who(city, "office", at + timedelta(days=1))
    with pytest.raises(Incomplete, match="更改原因"):
        change_term(seen=state.since_id, why="", **said, **office)
    with pytest.raises(NotAllowed):
        change_term(seen=state.since_id, why="延期", **said, **who(city, "zone_staff", at))
    change_term(seen=state.since_id, why="任期延长", **said, **office)
    with pytest.raises(Conflict, match="刚刚改了"):
        change_term(seen=state.since_id, why="再来", **said, **office)
    then = term_page(term, office["viewer"], moment_at(state.since_id))
    assert then.state.term_to == date(2026, 12, 31)
    assert verify().breaks == ()


def test_pages_of_terms(city, at, sign_in):
    prepared(city, at)
    office = sign_in("office")
    given = {"unit": city.units[ZONE], "scheme": "small", "title": "示例班子",
             "term_from": "2024-01-01", "term_to": "2023-01-01"}  # fmt: skip
    bad = office.post("/assessment/terms/new/", given)
    assert bad.status_code == 422 and "示例班子" in bad.content.decode()
    made = office.post("/assessment/terms/new/", given | {"term_to": "2026-12-31"})
    assert made.status_code == 302
    assert "示例班子" in sign_in("zone_staff").get("/assessment/terms/").content.decode()
    page = sign_in("zone_staff").get(made["Location"]).content.decode()
    assert "至少要2年" in page
    assert "示例班子" not in sign_in("clerk").get("/assessment/terms/").content.decode()
    stale = office.post(made["Location"] + "change/", given | {"seen": 1, "why": "x"})
    assert stale.status_code in (409, 422)
    assert office.get("/assessment/terms/?export=xlsx")["Content-Type"].endswith("sheet")
