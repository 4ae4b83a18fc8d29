"""The columnar mirror: the same answers as the database, and never an old one."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.db.models import Count, Max, Sum

from factories.city import make_city
from luodi.audit.actions import perform
from luodi.audit.models import Act
from luodi.common.moments import Moment
from luodi.indicators.actions import Cell, define_indicator, withdraw, write_figures
from luodi.indicators.models import Value
from luodi.indicators.queries import mirror, revised_cells, series, top, totals
from luodi.indicators.queries.totals import Total, counts, readable
from luodi.orgs.queries import viewer_of_person

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.fixture
def small(at, monkeypatch):
    """A city in a database without a transaction around the test, mirrored from the first row."""
    monkeypatch.setattr(mirror, "LEAST", 0)
    monkeypatch.setattr(mirror, "_mirror", mirror.Mirror())
    return make_city(at=at)


@pytest.fixture
def indicators(small, at) -> list[str]:
    with perform("define", by="x", at=at, scope={"city": small.key}) as deed:
        made = [
            define_indicator(deed=deed, city=small.key, name=name, measured_in="亿元", scale=2)
            for name in ("产值", "税收")
        ]
    return [one.indicator_id for one in made]


@pytest.fixture
def write(small, at):
    """`write([(indicator, unit, enterprise, period, amount)], origin)`: figures in one act."""

    def entered(cells, origin="report:F", scale=2, fails=False):
        with perform("submit", by="x", at=at, scope={"city": small.key}) as deed:
            made = [Cell(*cell, scale) for cell in cells]
            write_figures(
                deed=deed, city=small.key, cells=made, origin=origin, purpose="statistics", zone="z"
            )
            if fails:
                raise KeyError("as if the machine had stopped")
        return deed.act.position

    return entered


def by_unit(moment):
    rows = Value.objects.at(moment).filter(purpose="statistics").order_by()
    return sorted(mirror.read(rows.values_list("unit").annotate(Sum("amount"), Count("pk"))))


def test_what_was_written_is_read_at_once(indicators, write, at):
    one = indicators[0]
    write([(one, "u1", "", "2026-01", 5), (one, "u2", "", "2026-01", 7)])
    now = Moment(at)
    assert by_unit(now) == [("u1", 5, 1), ("u2", 7, 1)]
    assert mirror._mirror.duck is not None
    first = write([(one, "u1", "", "2026-01", 6)], "report:G")
    assert by_unit(now) == [("u1", 6, 1), ("u2", 7, 1)]
    with perform("return", by="x", at=at) as deed:
        withdraw(deed=deed, origin="report:G")
    assert by_unit(now) == [("u2", 7, 1)]
    assert by_unit(Moment(at, first)) == [("u1", 6, 1), ("u2", 7, 1)]
    assert by_unit(Moment(at, first - 1)) == [("u1", 5, 1), ("u2", 7, 1)]


def test_a_few_named_cells_are_found_by_index_and_wake_no_mirror(indicators, write, at):
    write([(indicators[0], "u1", "", "2026-01", 5)])
    rows = Value.objects.open().filter(unit="u1").values_list("unit", "amount")
    assert mirror.read(rows, 1) == [("u1", 5)] and mirror._mirror.duck is None
    assert mirror.read(rows, mirror.BY_INDEX + 1) == [("u1", 5)]
    assert mirror._mirror.duck is not None


def test_a_large_batch_comes_by_file_with_every_sign(indicators, write, at):
    units = [f'单"位,\n{n}' for n in range(mirror.BY_FILE + 5)]
    write([(indicators[0], unit, "", "2026-01", n) for n, unit in enumerate(units)])
    assert [unit for unit, _, _ in by_unit(Moment(at))] == sorted(units)
    write([(indicators[0], unit, "", "2026-01", n + 1) for n, unit in enumerate(units)])
    assert sum(total for _, total, _ in by_unit(Moment(at))) == sum(range(len(units) + 1))
    empty = mirror.read(Value.objects.filter(enterprise="").order_by().values_list("zone"))
    assert len(empty) == 2 * len(units), "an empty text stays one, it doesn't become nothing"


def test_many_ended_rows_come_over_too(indicators, write, at, monkeypatch):
    monkeypatch.setattr(mirror, "BY_LIST", 3)
    for amount in (1, 2):
        write([(indicators[0], f"u{n}", "", "2026-01", amount) for n in range(12)])
        assert {total for _, total, _ in by_unit(Moment(at))} == {amount}


def test_what_is_rolled_back_is_never_seen(indicators, write, at):
    one, now = indicators[0], Moment(at)
    write([(one, "u1", "", "2026-01", 5)])
    assert by_unit(now) == [("u1", 5, 1)]
    with pytest.raises(KeyError):
        write([(one, "u1", "", "2026-01", 9)], fails=True)
    assert by_unit(now) == [("u1", 5, 1)]
    with pytest.raises(KeyError), transaction.atomic():
        write([(one, "u1", "", "2026-01", 9)])
        assert by_unit(now) == [("u1", 9, 1)], "inside, one sees one's own"
        raise KeyError
    assert by_unit(now) == [("u1", 5, 1)]
    write([(one, "u1", "", "2026-01", 8)])
    assert by_unit(now) == [("u1", 8, 1)]


def test_two_processes_see_each_others_figures(indicators, write, at, monkeypatch):
    here, there = mirror.Mirror(), mirror.Mirror()
    for n in range(3):
        write([(indicators[0], "u1", "", "2026-01", n)])
        for one in (here, there):
            monkeypatch.setattr(mirror, "_mirror", one)
            assert by_unit(Moment(at)) == [("u1", n, 1)]


def test_a_process_that_was_forked_begins_anew(indicators, write, at, monkeypatch):
    write([(indicators[0], "u1", "", "2026-01", 1)])
    by_unit(Moment(at))
    before = mirror._mirror.duck
    monkeypatch.setattr(mirror._mirror, "process", -1)
    assert by_unit(Moment(at)) == [("u1", 1, 1)]
    assert mirror._mirror.duck is not before


def test_another_record_under_the_same_position_is_read_anew(indicators, write, at):
    write([(indicators[0], "u1", "", "2026-01", 1)])
    assert by_unit(Moment(at)) == [("u1", 1, 1)]
    Value.objects.update(amount=3)
    Act.objects.filter(position=mirror._mirror.head[0]).update(digest="restored")
    assert by_unit(Moment(at)) == [("u1", 3, 1)]


def test_a_portion_that_fails_half_way_is_forgotten(indicators, write, at, monkeypatch):
    write([(indicators[0], "u1", "", "2026-01", 1)])
    by_unit(Moment(at))
    write([(indicators[0], "u1", "", "2026-01", 2)])
    copy = mirror._copy

    def broken(duck, into, *rest):
        copy(duck, into, *rest)
        raise OSError("no space left")

    monkeypatch.setattr(mirror, "_copy", broken)
    with pytest.raises(OSError, match="no space"):
        by_unit(Moment(at))
    monkeypatch.setattr(mirror, "_copy", copy)
    assert by_unit(Moment(at)) == [("u1", 2, 1)]


def test_a_small_site_asks_its_database(indicators, write, at, monkeypatch):
    monkeypatch.setattr(mirror, "LEAST", 10**9)
    write([(indicators[0], "u1", "", "2026-01", 1)])
    assert by_unit(Moment(at)) == [("u1", 1, 1)] and mirror._mirror.duck is None


def test_joins_are_refused_and_nothing_is_nothing(indicators, write, at):
    with pytest.raises(ValueError, match="no joins"):
        mirror.read(Value.objects.values_list("indicator__code"))
    write([(indicators[0], "u1", "", "2026-01", 1)])
    assert mirror.read(Value.objects.filter(unit__in=[]).values_list("unit")) == []


def test_both_engines_give_the_same_to_the_digit(small, indicators, write, at, monkeypatch):
    one, other = indicators
    bureau = small.units["市工信局"]
    write([(one, bureau, f"e{n}", f"2026-{n % 4 + 1:02}", 10**15 * n - 7) for n in range(60)])
    write([(other, "u2", f"e{n}", "2026-01", -n) for n in range(50)], scale=0)
    write([(one, bureau, "e1", "2026-02", 15)], scale=1)
    then = write([(other, "u2", f"e{n}", "2026-01", n) for n in range(20)])
    write([(one, bureau, "", "2026-02", 3)])

    def answers():
        found = []
        for person in ("statistician", "clerk", "zone_staff"):
            viewer = viewer_of_person(small.people[person])
            for moment in (Moment(at), Moment(at, then), Moment(at, then - 1)):
                rows = readable(viewer, moment, "statistics")
                found += [
                    totals(rows, "indicator", "period"),
                    totals(rows.exclude(enterprise=""), "unit"),
                    counts(rows, "zone", of="enterprise"),
                    counts(rows, "unit", "period"),
                    top(rows.filter(indicator=one), "enterprise", 5),
                    top(rows.filter(indicator=other), "enterprise", 5),
                    series(rows, one, bureau),
                    revised_cells(viewer, moment, other, ["2026-01"], "statistics"),
                    sorted(mirror.read(rows.values_list("indicator").annotate(Max("pk")))),
                ]
        return found

    mirrored = answers()
    assert mirror._mirror.duck is not None
    monkeypatch.setattr(mirror.Mirror, "cursor", lambda self: None)
    assert answers() == mirrored
    assert mirrored[0][one, "2026-02"].scale == 2 and mirrored[0][other, "2026-01"].count == 50


def test_sums_of_two_scales_are_exact():
    assert Total(15, 1).plus(Total(-7, 3)) == Total(1493, 3, 2)


def test_the_list_shows_the_latest_figure_of_units_never_of_an_enterprise(
    small, indicators, write, at, client
):
    write([(indicators[0], small.units["市工信局"], "", "2026-01", 4242)])
    write([(indicators[0], small.units["市工信局"], "e1", "2026-02", 77177)])
    client.force_login(
        small.accounts["statistician"], backend="luodi.config.backends.AccountBackend"
    )
    page = client.get("/indicators/").content.decode()
    assert "42.42" in page and "771.77" not in page
    page = client.get(f"/indicators/{indicators[0]}/").content.decode()
    assert "42.42" in page and "771.77" not in page
