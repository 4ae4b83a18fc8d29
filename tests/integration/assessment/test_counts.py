"""Additions, deductions and vetoes are counted by the office; the record only proposes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import letters
from factories.appraisals import (
    GIVEN,
    OTHERS,
    SMALL,
    ZONE,
    as_office,
    figures,
    more_zones,
    staged,
    with_scheme,
)
from factories.papers import staff_office
from luodi.assessment.actions import (
    accept_counts,
    count_extras,
    freeze_scheme,
    open_appraisal,
    run_appraisal,
)
from luodi.assessment.models import AppraisalFigure
from luodi.assessment.queries import (
    appraisal_runs,
    counts_page,
    hold_appraisal,
    replayed,
    scores_of,
)
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person

pytestmark = pytest.mark.django_db(databases="__all__")

DAY = timedelta(days=1)
SCHEME = {**SMALL, "deductions": [{**SMALL["deductions"][0], "letters": "warning_letter"}]}


@pytest.fixture
def appraisal(city, at):
    """Three zones with figures, a scheme that counts warning letters, one letter of the year."""
    staff_office(city, at)
    more_zones(city, at)
    with_scheme(city, at, SCHEME)
    made = open_appraisal(scheme="small", year=2026, **as_office(city, at))
    freeze_scheme(appraisal=made.key, **as_office(city, at))
    figures(city, at, made.key, GIVEN)
    letters.issued(city, at, letters.red_item(city, at))
    return made


@pytest.fixture
def office(city, at):
    return as_office(city, at + DAY)


def page_of(appraisal, office):
    return counts_page(appraisal.key, office["viewer"], Moment(office["at"]))


def enter(appraisal, office, counts, seen=None):
    seen = page_of(appraisal, office).seen if seen is None else seen
    return count_extras(appraisal=appraisal.key, counts=counts, seen=seen, **office)


def accept(appraisal, office, proposals, seen=None):
    seen = page_of(appraisal, office).seen if seen is None else seen
    return accept_counts(appraisal=appraisal.key, proposals=proposals, seen=seen, **office)


def scored(appraisal, office, name):
    run = run_appraisal(appraisal=appraisal.key, **office)
    held = hold_appraisal(appraisal.key, office["viewer"], Moment(office["at"]))
    [newest, *_rest] = appraisal_runs(held, office["viewer"], Moment(office["at"]))
    assert newest == run and replayed(run).digest == run.digest
    return next(row for row in scores_of(run, held, office["viewer"]) if row.name == name)


def test_the_record_proposes_letters_and_nothing_counts_until_it_is_accepted(
    city, appraisal, office
):
    zone, east = (f"{city.units[name]}/letters" for name in (ZONE, OTHERS[0]))
    page = page_of(appraisal, office)
    assert page.cells[zone].proposed.count == 1 and page.cells[east].proposed.count == 0
    assert page.cells[f"{city.units[ZONE]}/fraud"].proposed is None
    assert scored(appraisal, office, ZONE).total == "82.00"
    with pytest.raises(Conflict, match="刚刚变了"):
        accept(appraisal, office, {zone: 2})
    assert accept(appraisal, office, {zone: 1, east: 0}) == 2
    row = scored(appraisal, office, ZONE)
    assert row.total == "81.50"
    [said] = next(line for line in row.lines if line.key == "letters").figures
    [(letter, words)] = said.letters
    assert said.text == "1" and "2026-03-02" in words
    assert page_of(appraisal, office).cells[zone].proposed.letters[0].key == letter
    assert page_of(appraisal, office).waiting == [
        page_of(appraisal, office).cells[f"{city.units[OTHERS[1]]}/letters"]
    ]
    with pytest.raises(Conflict):
        accept(appraisal, office, {zone: 1})
    assert verify().breaks == ()


def test_a_count_by_hand_needs_its_reason_and_the_one_before_stays(city, appraisal, office):
    cell = f"{city.units[ZONE]}/fraud"
    with pytest.raises(Incomplete, match="开发区管委会“造假”次数的依据"):
        enter(appraisal, office, {cell: ("1", " ")})
    for typed in ("一个半", "-1", "1.5", "1000", "", "٣"):
        with pytest.raises(Incomplete, match="0 到 999 的整数"):
            enter(appraisal, office, {cell: (typed, "依据")})
    with pytest.raises(Incomplete, match="没有改动"):
        enter(appraisal, office, {cell: ("", "")})
    with pytest.raises(NotFound):
        enter(appraisal, office, {f"{city.units['市统计局']}/fraud": ("1", "依据")})
    seen = page_of(appraisal, office).seen
    assert enter(appraisal, office, {cell: ("１", "统计执法决定书"), cell[:-5] + "prize": ("", "")})
    row = scored(appraisal, office, ZONE)
    assert (row.rank, row.why) == (None, "有一票否决事项，不参加排名")
    veto = next(line for line in row.lines if line.key == "fraud")
    assert [(f.text, f.why, f.letters) for f in veto.figures] == [("1", "统计执法决定书", None)]
    with pytest.raises(Conflict, match="别人刚刚登记"):
        enter(appraisal, office, {cell: ("0", "决定书已撤销")}, seen)
    enter(appraisal, office, {cell: ("0", "决定书已撤销")})
    assert scored(appraisal, office, ZONE).rank == 1
    history = [(e.count, e.why, e.now) for e in page_of(appraisal, office).history]
    assert history == [(0, "决定书已撤销", True), (1, "统计执法决定书", False)]
    assert verify().breaks == ()


def test_what_was_counted_by_hand_is_never_taken_over_with_the_rest(city, at, appraisal, office):
    cell = f"{city.units[ZONE]}/letters"
    enter(appraisal, office, {cell: ("0", "函件已按容错免予计次")})
    page = page_of(appraisal, office)
    assert page.cells[cell].waits and page.cells[cell] not in page.waiting
    accept(appraisal, office, {cell: 1})
    letters.issued(city, at, letters.red_item(city, at, "又一超期事项"))
    page = page_of(appraisal, office)
    assert (page.cells[cell].text, page.cells[cell].proposed.count) == ("1", 2)
    assert page.cells[cell] in page.waiting


def test_a_cancelled_letter_and_one_of_another_year_are_not_proposed(city, at, appraisal, office):
    cell = f"{city.units[ZONE]}/letters"
    [proposed] = page_of(appraisal, office).cells[cell].proposed.letters
    letters.step(city, at, proposed.key, "office", "cancel_letter", why="发错单位")
    assert page_of(appraisal, office).cells[cell].proposed.count == 0
    letters.issued(city, at + 305 * DAY, letters.red_item(city, at, "来年的事项"))
    later = as_office(city, at + 310 * DAY)
    assert page_of(appraisal, later).cells[cell].proposed.count == 0


def test_nothing_is_counted_before_the_scheme_is_frozen_or_after_the_decision(
    city, at, appraisal, office
):
    cell = {f"{city.units[ZONE]}/prize": ("1", "表彰决定")}
    draft = open_appraisal(scheme="small", year=2027, **office)
    with pytest.raises(Closed, match="先把方案定稿"):
        enter(draft, office, cell)
    figures(city, at, appraisal.key, {ZONE: {"prize:count": 2}}, origin="corrected")
    with pytest.raises(Closed, match="已按异议更正"):
        enter(appraisal, office, cell)
    for stage in ("decided", "published", "rewarded"):
        staged(city, at, appraisal.key, stage)
        with pytest.raises(Closed, match="已经审定"):
            enter(appraisal, office, {f"{city.units[OTHERS[0]]}/prize": ("1", "表彰决定")})
    assert not AppraisalFigure.objects.filter(part="count", origin="verified").exists()


def test_others_than_the_office_count_nothing(city, at, appraisal, sign_in):
    staged(city, at, appraisal.key, "verifying")
    address = reverse("appraisal_counts", args=[appraisal.key])
    for username in ("zone_staff", "statistician", "clerk", "leading_group"):
        assert sign_in(username).get(address).status_code == 403
        viewer = viewer_of_person(city.people[username])
        with pytest.raises(NotAllowed):
            count_extras(
                appraisal=appraisal.key, counts={}, seen=0, viewer=viewer, by=viewer.person, at=at
            )
    assert (
        "counts/"
        not in sign_in("zone_staff")
        .get(reverse("appraisal", args=[appraisal.key]))
        .content.decode()
    )


def test_the_grid_takes_counts_and_proposals_and_loses_nothing(city, appraisal, sign_in):
    office, address = sign_in("office"), reverse("appraisal_counts", args=[appraisal.key])
    zone, east = city.units[ZONE], city.units[OTHERS[0]]

    def text(response):
        return response.content.decode()

    shown = text(office.get(address))
    assert 'value="' + f'{zone}/letters/1"' in shown and "采用记录中的全部 3 个次数" in shown
    assert reverse("appraisal_counts", args=[appraisal.key]) in text(
        office.get(reverse("appraisal", args=[appraisal.key]))
    )
    seen = shown.partition('name="seen" value="')[2].partition('"')[0]
    typed = {"seen": seen, f"count-{zone}/prize": "2", f"why-{zone}/prize": ""}
    wrong = office.post(address, typed)
    assert wrong.status_code == 422 and 'value="2"' in text(wrong)
    typed[f"why-{zone}/prize"] = "表彰决定 <3 号>"
    typed[f"was-{zone}/prize"] = ""
    taken = office.post(address, {**typed, "accept": f"{zone}/letters/1"})
    assert taken.status_code == 200 and "表彰决定 &lt;3 号&gt;" in text(taken)
    seen = text(taken).partition('name="seen" value="')[2].partition('"')[0]
    assert office.post(address, {**typed, "seen": seen}).url == address
    shown = text(office.get(address))
    assert "记录中的函件" in shown and "现计 2 次" in shown
    assert office.post(address, {"accept": "x"}).status_code == 422
    assert office.post(address, {"accept": f"{east}/letters/9"}).status_code == 409
    assert office.get(address + "?sheet=counts").status_code == 200
    english = office.get(address, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "appraisal_counts" not in english


def test_the_grid_takes_the_same_queries_for_more_units_and_letters(city, at, appraisal, office):
    def queries():
        with CaptureQueriesContext(connection) as found:
            page_of(appraisal, office)
        return len(found)

    enter(appraisal, office, {f"{city.units[ZONE]}/prize": ("1", "表彰决定")})
    few = queries()
    letters.issued(city, at, letters.red_item(city, at, "又一超期事项"))
    enter(appraisal, office, {f"{city.units[n]}/prize": ("1", "表彰决定") for n in OTHERS})
    assert queries() == few
