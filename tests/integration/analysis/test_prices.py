"""Growth in comparable prices, and January and February as one figure, in pivot and forms."""

from __future__ import annotations

import pytest

from factories import collection as made
from factories.figures import defined, reported
from luodi.analysis.queries.pivots import WORDS, pivot
from luodi.analysis.queries.scope import reader_for
from luodi.analysis.rules.questions import read_question
from luodi.audit.actions import perform
from luodi.collection import actions
from luodi.collection.models import Turn
from luodi.collection.queries import sheet_of
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete
from luodi.indicators.actions import define_indicator
from luodi.indicators.rules import has_own_figure, is_joined
from luodi.kit.calendars import Period
from luodi.orgs.queries import viewer_of_person

pytestmark = pytest.mark.django_db(databases="__all__")
UNIT = "市工信局"


def answers(city, at, indicator, show, first="2026-01", last="2026-03"):
    reader = reader_for(viewer_of_person(city.people["office"]), at.date())
    asked = {"indicator": [indicator], "from": [first], "to": [last], "show": [show]}
    found = pivot(reader, read_question(asked, WORDS, at.date()), Moment(at))
    (row,) = [row for row in found.rows if row.labels[1] == UNIT]
    return [cell.answer for cell in row.cells], [cell.note for cell in row.cells], row.labels[0]


def coded(city, at, name, code, measured_in, **said):
    with perform("define", by=city.people["statistician"], at=at, scope={"city": city.key}) as deed:
        made_ = define_indicator(
            deed=deed, city=city.key, name=name, measured_in=measured_in, scale=1, code=code, **said
        )
    return made_.indicator_id


def test_growth_in_comparable_prices_is_never_computed_from_levels(city, at):
    key = defined(city, at, "增加值", prices="comparable")
    for period, figure in (("2025-03", "100"), ("2026-03", "110")):
        reported(city, at, UNIT, period, {key: figure})
    (growth,), _notes, _label = answers(city, at, key, "growth", "2026-03")
    assert growth.number is None and "可比价" in growth.reason.says()
    assert "comparable" in growth.reason.says("en")


def test_the_declared_growth_is_shown_in_its_place(city, at):
    rate = coded(city, at, "增加值增速", "vag", "%", counts="in_period")
    key = defined(city, at, "增加值", prices="comparable", growth_by="vag")
    reported(city, at, UNIT, "2025-03", {key: "100"})
    reported(city, at, UNIT, "2026-03", {key: "110", rate: "6.3"})
    for show in ("growth", "comparable"):
        (growth,), _notes, _label = answers(city, at, key, show, "2026-03")
        assert (growth.number, growth.scale, growth.measured_in) == (63, 1, "%"), show
    (to_date,), _notes, _label = answers(city, at, key, "cumulative_growth", "2026-03")
    assert to_date.number is None and "累计" in to_date.reason.says()


def test_january_and_february_are_one_figure(city, at):
    key = defined(city, at, "营业收入", combined=True)
    for period, figure in (("2025-02", "80"), ("2026-02", "100"), ("2026-03", "60")):
        reported(city, at, UNIT, period, {key: figure})
    values, notes, label = answers(city, at, key, "value")
    assert [a.text for a in values] == ["", "100.00", "60.00"] and "1—2月合并" in label
    assert notes == ["", "1—2月", ""] and values[0].reason.code == "combined_months"
    growth, _notes, _label = answers(city, at, key, "growth")
    assert [a.text for a in growth[:2]] == ["", "25.0"]
    chain, _notes, _label = answers(city, at, key, "chain")
    assert chain[2].number is None and "1—2月" in chain[2].reason.says()
    assert answers(city, at, key, "cumulative")[0][2].text == "160.00"
    with pytest.raises(Incomplete, match="1月"):
        reported(city, at, UNIT, "2026-01", {key: "50"})


def test_a_form_asks_for_no_single_january(city, at, own_data):
    keys = made.indicators(city, at)
    joined = defined(city, at, "营业收入", combined=True, purpose="statistics")
    layout = made.layout(keys)
    layout["rows"]["items"].append({"key": "joined", "label": "营业收入", "indicator": joined})
    form = made.defined(city, at, layout=layout)
    who = made.viewer(city, "clerk")
    for period, asked in (("2026-01", False), ("2026-02", True)):
        made.opened(city, form, period)
        sheet = sheet_of(who, made.filing_of(city, form, period=period).key, Moment(made.APRIL))
        assert ("joined:now" in sheet.places) is asked and "output:now" in sheet.places
        assert sheet.joined == ["营业收入"]
    sheet = sheet_of(who, _march(city, form).key, Moment(made.APRIL))
    assert sheet.joined == []


def _march(city, form):
    made.opened(city, form, "2026-03")
    return made.filing_of(city, form, period="2026-03")


def test_a_form_with_nothing_but_joined_months_skips_january(city, at, own_data):
    joined = defined(city, at, "营业收入", combined=True, purpose="statistics")
    layout = {
        "rows": {"kind": "lines", "items": [{"key": "r", "label": "收入", "indicator": joined}]},
        "columns": [{"key": "now", "label": "本月"}],
    }
    form = made.defined(city, at, layout=layout)
    with pytest.raises(Incomplete, match="1—2月"):
        made.opened(city, form, "2026-01")
    actions.open_due_turns(by="system:clock", at=made.APRIL)
    assert "2026-01" not in set(Turn.objects.filter(form=form).values_list("period", flat=True))


class Meant:
    combined, valid_from = True, "2026-01"


def test_months_are_joined_from_the_version_on():
    assert not has_own_figure(Meant, "2026-01") and is_joined(Meant, "2026-02")
    assert has_own_figure(Meant, "2025-01") and not is_joined(Meant, "2025-02")
    assert has_own_figure(Meant, "2026Q1") and has_own_figure(Meant, "")
    assert Period.parse("2026-01").number == 1
