"""Periods, working days, clocks, cadences and deadlines as written."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from luodi.kit.calendars import (
    SHANGHAI,
    Anchor,
    Cadence,
    Clock,
    Extension,
    OfficeHours,
    Pause,
    Period,
    WorkCalendar,
    YearTable,
    deadline_to_date,
    due,
    read_deadline,
    schedule,
)

FEBRUARY = YearTable(
    2026,
    "测试安排",
    off={date(2026, 2, 15) + timedelta(days=i): "春节" for i in range(9)},
    work={date(2026, 2, 14): "春节", date(2026, 2, 28): "春节"},
)
CALENDAR = WorkCalendar((FEBRUARY,))
PLAIN = WorkCalendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


class TestPeriods:
    @pytest.mark.parametrize(
        ("key", "start", "end", "zh", "en"),
        [
            ("2026", "2026-01-01", "2026-12-31", "2026年", "2026"),
            ("2026H2", "2026-07-01", "2026-12-31", "2026年下半年", "H2 2026"),
            ("2026Q1", "2026-01-01", "2026-03-31", "2026年第一季度", "Q1 2026"),
            ("2024-02", "2024-02-01", "2024-02-29", "2024年2月", "Feb 2024"),
            ("2026W09", "2026-02-23", "2026-03-01", "2026年第9周", "Week 9, 2026"),
        ],
    )
    def test_a_key_reads_back_and_has_days_and_words(self, key, start, end, zh, en):
        period = Period.parse(f" {key} ")
        assert (period.key, str(period)) == (key, key)
        assert (period.start, period.end) == (date.fromisoformat(start), date.fromisoformat(end))
        assert (period.label(), period.label("en")) == (zh, en)
        assert period.start in period and period.end + timedelta(days=1) not in period

    @pytest.mark.parametrize("key", ["", "2026-13", "2026Q5", "2025W53", "2026H0", "26-01", "0000"])
    def test_what_is_no_period_is_refused(self, key):
        with pytest.raises(ValueError, match="no"):
            Period.parse(key)

    def test_a_week_belongs_to_the_month_of_its_thursday(self):
        assert Period.parse("2026W09").parent("month").key == "2026-02"
        assert Period.parse("2026W14").parent().key == "2026-04"
        assert Period.parse("2026W01").start == date(2025, 12, 29)
        assert Period.parse("2026W01").parent("year").key == "2026"

    def test_children_nest_at_every_level(self):
        year = Period.parse("2026")
        for kind, count in (("half", 2), ("quarter", 4), ("month", 12), ("week", 53)):
            assert len(year.children(kind)) == count
            assert all(child.parent("year") == year for child in year.children(kind))
        assert Period.parse("2026Q1").children()[0].key == "2026-01"
        assert year.children("year") == (year,) == Period.parse("2026").parent().children("year")

    def test_a_smaller_parent_or_larger_child_is_refused(self):
        with pytest.raises(ValueError, match="no parent"):
            Period.parse("2026").parent("month")
        with pytest.raises(ValueError, match="no child"):
            Period.parse("2026-01").children("year")

    def test_neighbours_and_the_year_before(self):
        assert Period.parse("2026-12").next().key == "2027-01"
        assert Period.parse("2026Q1").previous().key == "2025Q4"
        assert Period.parse("2026Q2").previous().key == "2026Q1"
        assert Period.parse("2026-03").same_last_year() == Period.parse("2025-03")
        assert Period.parse("2026W53").same_last_year() is None

    def test_order_is_by_time_then_larger_first(self):
        keys = ["2026-02", "2026W01", "2026", "2025-12", "2026-01", "2026Q1"]
        ordered = [p.key for p in sorted(map(Period.parse, keys))]
        assert ordered == ["2025-12", "2026", "2026Q1", "2026-01", "2026W01", "2026-02"]
        assert Period.parse("2026").__lt__(3) is NotImplemented


class TestWorkingDays:
    def test_a_day_says_what_it_is(self):
        says = {d: CALENDAR.day(date(2026, 2, d)).says() for d in (13, 14, 15, 7)}
        assert says == {13: "工作日", 14: "春节调休上班", 15: "春节", 7: "周末"}
        assert CALENDAR.day(date(2026, 2, 14)).says("en") == "make-up working day (春节)"

    def test_an_unpublished_year_still_has_an_answer(self):
        assert CALENDAR.known(2026) and not CALENDAR.known(2027)
        assert CALENDAR.source(2026) == "测试安排" and CALENDAR.source(2027) is None
        assert CALENDAR.is_working(date(2027, 10, 1))
        assert CALENDAR.unknown_years(date(2026, 12, 1), date(2027, 1, 2)) == (2027,)

    def test_counting_on_and_back(self):
        assert CALENDAR.add(date(2026, 2, 13), 2) == date(2026, 2, 24)
        assert CALENDAR.add(date(2026, 2, 24), -2) == date(2026, 2, 13)
        assert CALENDAR.add(date(2026, 2, 15), 0) == date(2026, 2, 15)
        assert CALENDAR.from_day(date(2026, 2, 15)) == date(2026, 2, 24)
        assert len(list(CALENDAR.between(date(2026, 2, 9), date(2026, 3, 1)))) == 11

    @pytest.mark.parametrize("segments", [(), ((time(12), time(9)),)])
    def test_office_hours_are_in_order(self, segments):
        with pytest.raises(ValueError, match="office hours"):
            OfficeHours(segments)


class TestClocks:
    @pytest.mark.parametrize(
        ("clock", "start", "ends"),
        [
            (Clock("minute", 60), "2026-02-13 17:30", "2026-02-13 18:30:00"),
            (Clock("hour", 2), "2026-02-13 23:00", "2026-02-14 01:00:00"),
            (Clock("day", 3), "2026-02-13 09:00", "2026-02-16 23:59:59"),
            (Clock("day", 3, roll=True), "2026-02-13 09:00", "2026-02-24 23:59:59"),
            (Clock("day", 1, end="same_time"), "2026-02-13 09:00", "2026-02-14 09:00:00"),
            (Clock("day", 3, start_day_counts=True), "2026-03-02 09:00", "2026-03-04 23:59:59"),
            (Clock("workday", 2), "2026-02-13 09:00", "2026-02-24 23:59:59"),
            (Clock("workday", 1, end="office_close"), "2026-02-13 9:00", "2026-02-14 18:00:00"),
            (Clock("workhour", 4), "2026-02-13 17:00", "2026-02-14 11:30:00"),
            (Clock("workhour", 1), "2026-02-13 17:00", "2026-02-13 18:00:00"),
            (Clock("month", 1), "2026-01-31 09:00", "2026-02-28 23:59:59"),
            (Clock("month", 12), "2026-12-15 09:00", "2027-12-15 23:59:59"),
            (Clock("month", 11), "2026-01-31 09:00", "2026-12-31 23:59:59"),
            (Clock("workday", 1, cutoff=time(17)), "2026-03-02 17:01", "2026-03-04 23:59:59"),
            (Clock("workday", 1, cutoff=time(17)), "2026-03-02 17:00", "2026-03-03 23:59:59"),
            (Clock("minute", 30, cutoff=time(17)), "2026-03-06 20:00", "2026-03-09 09:00:00"),
        ],
    )
    def test_when_a_limit_ends(self, clock, start, ends):
        start = start.replace(" 9:", " 09:")
        found = due(at(start), clock, CALENDAR)
        assert found.at == at(ends) and found.at.tzinfo is UTC
        assert found.on == at(ends).date()
        assert found.late(at(ends) + timedelta(seconds=1)) and not found.late(at(ends))

    def test_a_pause_pushes_days_and_minutes(self):
        pause = Pause(at("2026-03-03 10:00"), at("2026-03-04 10:00"), "补正材料")
        by_days = due(at("2026-03-02 09:00"), Clock("workday", 2), CALENDAR, [pause])
        assert by_days.on == date(2026, 3, 6)
        assert "2026-03-03至2026-03-04不计：暂停计时（补正材料）" in map(str, by_days.working)
        by_time = due(at("2026-03-03 09:30"), Clock("minute", 60), CALENDAR, [pause])
        assert by_time.at == at("2026-03-04 10:30")

    def test_an_open_pause_leaves_no_due_time_and_says_why(self):
        pause = Pause(at("2026-03-03 10:00"))
        for clock in (Clock("workday", 2), Clock("minute", 1440), Clock("workhour", 30)):
            found = due(at("2026-03-02 12:00"), clock, CALENDAR, [pause])
            assert found.at is None and found.on is None and not found.late(at("2027-01-01 00:00"))
            assert found.refusal is not None and found.refusal.code == "clock.paused"
            assert "未写明" in str(found.working[-1]) and "not stated" in found.working[-1].says(
                "en"
            )

    def test_a_pause_after_the_end_changes_nothing(self):
        late = [
            Pause(at("2026-03-10 10:00")),
            Pause(at("2026-02-01 10:00"), at("2026-02-02 10:00")),
        ]
        for clock in (Clock("workday", 1), Clock("minute", 60), Clock("workhour", 1)):
            assert (
                due(at("2026-03-02 09:00"), clock, CALENDAR, late).at
                == due(at("2026-03-02 09:00"), clock, CALENDAR).at
            )

    def test_overlapping_empty_and_touching_pauses_count_once(self):
        pauses = [
            Pause(at("2026-03-02 10:00"), at("2026-03-02 12:00")),
            Pause(at("2026-03-02 11:00"), at("2026-03-02 11:30")),
            Pause(at("2026-03-02 12:00"), at("2026-03-02 13:00")),
            Pause(at("2026-03-02 09:10"), at("2026-03-02 09:10")),
        ]
        found = due(at("2026-03-02 09:00"), Clock("minute", 120), CALENDAR, pauses)
        assert found.at == at("2026-03-02 14:00")
        open_too = [*pauses, Pause(at("2026-03-02 10:30"))]
        assert due(at("2026-03-02 09:00"), Clock("minute", 120), CALENDAR, open_too).at is None

    def test_extensions_add_units_or_name_an_instant(self):
        longer = [Extension(amount=2, reason="情况复杂"), Extension(until=at("2026-03-20 18:00"))]
        more = due(at("2026-03-02 09:00"), Clock("workday", 1), CALENDAR, (), longer[:1])
        assert more.on == date(2026, 3, 5)
        agreed = due(at("2026-03-02 09:00"), Clock("workday", 1), CALENDAR, (), longer)
        assert agreed.at == at("2026-03-20 18:00")
        assert "延期2个工作日：情况复杂" in map(str, agreed.working)

    def test_what_falls_in_an_unpublished_year_is_provisional(self):
        found = due(at("2026-12-31 09:00"), Clock("workday", 3), CALENDAR)
        assert found.provisional
        assert "2027年放假安排尚未公布，暂按周末推算" in map(str, found.working)
        assert not due(at("2026-12-31 09:00"), Clock("day", 3), CALENDAR).provisional

    def test_the_working_groups_days_that_do_not_count(self):
        found = due(at("2026-02-13 09:00"), Clock("workday", 2), CALENDAR)
        assert "2026-02-15至2026-02-23不计：春节" in map(str, found.working)
        assert found.working[-1].says("en") == "Due 2026-02-24 23:59"

    def test_what_is_no_clock_is_refused(self):
        for bad in (("fortnight", 1), ("day", -1), ("day", 10**6), ("month", 1, "same_time")):
            with pytest.raises(ValueError, match=r"clock|working days"):
                Clock(*bad)
        with pytest.raises(ValueError, match="aware"):
            due(datetime(2026, 3, 2), Clock("day", 1), PLAIN)
        assert (Clock("day", 3).says(), Clock("day", 3).says("en")) == ("3个自然日", "3 days")


class TestCadence:
    MONTHLY = Cadence(
        "month",
        Anchor("period", "day", 25),
        Anchor("next_period", "workday", 5),
        Anchor("due", "workday_before", 2),
        closes=time(18),
    )

    def test_a_month_opens_is_due_and_warns(self):
        turn = schedule(self.MONTHLY, Period.parse("2026-01"), CALENDAR)
        assert turn is not None
        assert (turn.opens_on, turn.due_on) == (date(2026, 1, 25), date(2026, 2, 6))
        assert (turn.warn_on, turn.due_at) == (date(2026, 2, 4), at("2026-02-06 18:00"))
        assert not turn.provisional
        later = schedule(self.MONTHLY, Period.parse("2026-12"), CALENDAR)
        assert later is not None and later.provisional

    def test_only_the_months_named_have_a_turn(self):
        odd = Cadence(
            "month", Anchor("period", "day", 1), Anchor("period", "day", 31), months=(1, 3)
        )
        assert schedule(odd, Period.parse("2026-02"), PLAIN) is None
        assert schedule(odd, Period.parse("2026"), PLAIN) is None
        turn = schedule(odd, Period.parse("2026-03"), PLAIN)
        assert turn is not None and turn.due_on == date(2026, 3, 31) and turn.warn_on is None

    def test_weeks_turn_on_week_days(self):
        weekly = Cadence(
            "week",
            Anchor("period", "weekday", 4),
            Anchor("period", "weekday", 5),
            Anchor("due", "day", 1),
        )
        turn = schedule(weekly, Period.parse("2026W09"), CALENDAR)
        assert turn is not None
        assert (turn.opens_on, turn.due_on) == (date(2026, 2, 26), date(2026, 2, 27))
        assert turn.warn_on == date(2026, 2, 26)


class TestWrittenDeadlines:
    @pytest.mark.parametrize(
        ("text", "on"),
        [
            ("2025年12月底前", "2025-12-31"),
            ("2025年12月", "2025-12-31"),
            ("年底前", "2025-12-31"),
            ("2026年底", "2026-12-31"),
            ("６月底前", "2025-06-30"),
            ("十二月底前", "2025-12-31"),
            ("十月中旬", "2025-10-20"),
            ("九月初", "2025-09-10"),
            ("上半年", "2025-06-30"),
            ("下半年", "2025-12-31"),
            ("一季度末", "2025-03-31"),
            ("第3季度", "2025-09-30"),
            ("2025年12月31日前", "2025-12-31"),
            ("2025.6", "2025-06-30"),
            ("2025-06-15", "2025-06-15"),
            ("明年6月底前", "2026-06-30"),
            ("今年8月", "2025-08-31"),
            ("“十五五”末", "2030-12-31"),
            ("2025年底前并长期坚持", "2025-12-31"),
        ],
    )
    def test_a_day_is_read(self, text, on):
        assert deadline_to_date(text, date(2025, 2, 23)) == date.fromisoformat(on)
        assert read_deadline(text, date(2025, 2, 23)).says() == f"截止{on}"

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("", "empty"),
            ("长期坚持", "continuous"),
            ("持续推进", "continuous"),
            ("每月5日前", "recurring"),
            ("5个工作日内", "relative"),
            ("尽快", "unread"),
            ("2月30日前", "no_such_day"),
            ("1月底前", "ambiguous_year"),
        ],
    )
    def test_where_there_is_no_day_it_says_why(self, text, code):
        found = read_deadline(text, date(2025, 2, 23))
        assert (found.on, found.code) == (None, code)
        assert found.says() and found.says("en")

    def test_without_an_issue_date_a_bare_month_has_no_year(self):
        assert read_deadline("6月底前").code == "ambiguous_year"
        assert read_deadline("今年6月").code == "ambiguous_year"
