"""Clocks: a time limit becomes a stored instant, with its working.

Rules of counting (民法典 第二百条至第二百零四条): the day a limit begins on is not counted,
counting starts with the next day; a limit in months ends on the corresponding day, or on the
last day of the month if there is none; its last day ends at midnight, or when business closes;
where `roll` is set and the last day is a day off, the day after the days off is the last day.

A day on which a clock is paused at any moment is not counted; for minutes and hours exactly the
paused time is not counted. Instants are aware and returned in UTC. The end of a day is its last
second, 23:59:59, so that the date of the instant is the day itself; late is strictly after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from luodi.kit.calendars.elapsed import Stretch, merge, office_stretches, run
from luodi.kit.calendars.workdays import SHANGHAI, OfficeHours, WorkCalendar
from luodi.kit.calendars.working import UNIT_WORDS, UNSTATED, Note
from luodi.kit.refusals import Lang, Refusal

ClockUnit = Literal["minute", "hour", "workhour", "day", "workday", "month"]
End = Literal["same_time", "end_of_day", "office_close"]

_LIMITS = {
    "minute": 5_000_000,
    "hour": 100_000,
    "workhour": 20_000,
    "day": 36_600,
    "workday": 10_000,
    "month": 1_200,
}
_MINUTES = {"minute": 1, "hour": 60, "workhour": 60, "day": 1440}
_DAY = timedelta(days=1)
_LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True)
class Clock:
    """A time limit: `amount` units.

    `end`: days and months end with the day or when the office closes; a natural day may also be
    24 hours (`same_time`). Minutes and hours always end at the same time. `start_day_counts`
    counts the first day too. `cutoff` (local time): what arrives later counts as arrived when the
    office next opens. `roll`: a last day that is a day off moves to the next working day.
    """

    unit: ClockUnit
    amount: int
    end: End = "end_of_day"
    start_day_counts: bool = False
    roll: bool = False
    cutoff: time | None = None
    office: OfficeHours | None = None

    def __post_init__(self) -> None:
        limit = _LIMITS.get(self.unit)
        if limit is None or not 0 <= self.amount <= limit:
            raise ValueError(f"no clock of {self.amount} {self.unit}")
        if self.end == "same_time" and self.unit in ("workday", "month"):
            raise ValueError("working days and months end with a day or with the office")

    def says(self, lang: Lang = "zh") -> str:
        """The limit in words."""
        words = UNIT_WORDS[self.unit][lang == "en"]
        return f"{self.amount}{words}" if lang == "zh" else f"{self.amount} {words}"


@dataclass(frozen=True)
class Pause:
    """A stretch that is not counted; without `until` it still lasts."""

    since: datetime
    until: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Extension:
    """More units of the clock's own kind, or a later instant agreed on."""

    amount: int = 0
    until: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Due:
    """The instant something is due in UTC, or None with the refusal that says why."""

    at: datetime | None
    provisional: bool
    working: tuple[Note, ...]
    refusal: Refusal | None = None

    @property
    def on(self) -> date | None:
        """The day in Shanghai."""
        return self.at.astimezone(SHANGHAI).date() if self.at else None

    def late(self, now: datetime) -> bool:
        """Whether the moment is past the due instant; False where there is none."""
        return self.at is not None and now > self.at


@dataclass(frozen=True)
class _Count:
    """What counting starts from."""

    clock: Clock
    calendar: WorkCalendar
    start: datetime
    pauses: tuple[Pause, ...]
    amount: int

    @property
    def office(self) -> OfficeHours:
        return self.clock.office or self.calendar.office


def due(
    start: datetime,
    clock: Clock,
    calendar: WorkCalendar,
    pauses: Iterable[Pause] = (),
    extensions: Iterable[Extension] = (),
) -> Due:
    """Compute when a limit that began at `start` ends.

    `start` and every instant must be aware (ValueError otherwise). A pause that still lasts before
    the limit has run out gives `at=None` and the refusal `clock.paused`. `provisional` is True
    where a working-day decision fell in a year whose holidays are not published.
    """
    longer = tuple(extensions)
    breaks = tuple(sorted(pauses, key=lambda pause: pause.since))
    _require_aware(start, breaks, longer)
    office = clock.office or calendar.office
    begin = _begin(start.astimezone(SHANGHAI), clock, calendar, office)
    amount = clock.amount + sum(extension.amount for extension in longer)
    count = _Count(clock, calendar, begin, breaks, max(amount, 0))
    notes = [*_opening(start, begin, clock), *_lengths(clock, longer)]
    ended, more, through = _end(count)
    notes += more
    if ended is None:
        return _still_paused(count, notes)
    return _finish(count, ended, through, longer, notes)


def _finish(
    count: _Count,
    ended: datetime,
    through: date,
    longer: Sequence[Extension],
    notes: list[Note],
) -> Due:
    agreed = [e.until.astimezone(SHANGHAI) for e in longer if e.until is not None]
    at = max([ended, *agreed])
    unknown: tuple[int, ...] = ()
    if _uses_working_days(count.clock) and at == ended:
        unknown = count.calendar.unknown_years(count.start.date(), through)
    notes += [Note("provisional", {"year": year}) for year in unknown]
    notes.append(Note("due", {"at": _show(at)}))
    return Due(at.astimezone(UTC), bool(unknown), tuple(notes))


def _still_paused(count: _Count, notes: list[Note]) -> Due:
    pause = next(pause for pause in count.pauses if pause.until is None)
    since = _show(pause.since)
    params = {"since": since, "reason": pause.reason or UNSTATED}
    refusal = Refusal(
        "clock.paused",
        f"计时自{since}起暂停，恢复后才能确定截止时间",
        f"The clock has been paused since {since}; it has no due time until it resumes",
        params,
    )
    return Due(None, False, (*notes, Note("paused", params)), refusal)


def _require_aware(
    start: datetime, pauses: Sequence[Pause], extensions: Sequence[Extension]
) -> None:
    instants = [start, *(p.since for p in pauses)]
    instants += [p.until for p in pauses if p.until] + [e.until for e in extensions if e.until]
    if any(instant.tzinfo is None for instant in instants):
        raise ValueError("a clock counts aware instants only")


def _begin(start: datetime, clock: Clock, calendar: WorkCalendar, office: OfficeHours) -> datetime:
    if clock.cutoff is None or start.time() <= clock.cutoff:
        return start
    day = calendar.add(start.date(), 1)
    return datetime.combine(day, office.opens, SHANGHAI)


def _opening(start: datetime, begin: datetime, clock: Clock) -> list[Note]:
    notes = [Note("start", {"at": _show(begin)})]
    if clock.cutoff and begin != start:
        notes.insert(
            0,
            Note(
                "cutoff",
                {"at": _show(start), "cutoff": f"{clock.cutoff:%H:%M}", "start": _show(begin)},
            ),
        )
    return notes


def _lengths(clock: Clock, extensions: Sequence[Extension]) -> list[Note]:
    words = UNIT_WORDS[clock.unit]
    notes = [Note("length", {"amount": clock.amount, "unit": words})]
    for extension in extensions:
        reason = extension.reason or UNSTATED
        if extension.amount:
            params = {"amount": extension.amount, "unit": words, "reason": reason}
            notes.append(Note("extension", params))
        if extension.until:
            notes.append(Note("extended_to", {"until": _show(extension.until), "reason": reason}))
    return notes


def _uses_working_days(clock: Clock) -> bool:
    return clock.unit in ("workhour", "workday") or clock.roll or clock.cutoff is not None


Ended = tuple[datetime | None, list[Note], date]


def _end(count: _Count) -> Ended:
    if count.clock.unit in ("minute", "hour", "workhour"):
        return _by_time(count)
    if count.clock.unit == "day" and count.clock.end == "same_time":
        return _by_time(count)
    return _by_days(count)


def _by_time(count: _Count) -> Ended:
    length = timedelta(minutes=count.amount * _MINUTES[count.clock.unit])
    breaks = merge((pause.since, pause.until) for pause in count.pauses)
    open_time: Iterator[Stretch] = iter([(count.start, None)])
    if count.clock.unit == "workhour":
        open_time = office_stretches(count.start, count.calendar, count.office)
    ended = run(length, open_time, breaks)
    if ended is None:
        return None, _pause_notes(count, None), count.start.date()
    rolled, notes = _roll(count, ended)
    return rolled, [*_pause_notes(count, ended), *notes], rolled.date()


def _pause_notes(count: _Count, ended: datetime | None) -> list[Note]:
    return [
        Note(
            "pause",
            {
                "since": _show(pause.since),
                "until": _show(pause.until),
                "reason": pause.reason or UNSTATED,
            },
        )
        for pause in count.pauses
        if pause.until and pause.until > count.start and (ended is None or pause.since < ended)
    ]


def _roll(count: _Count, ended: datetime) -> tuple[datetime, list[Note]]:
    last = ended.date()
    if not count.clock.roll or count.calendar.is_working(last):
        return ended, []
    to = count.calendar.from_day(last)
    closing = datetime.combine(to, ended.time(), SHANGHAI)
    return closing, [Note("rolled", {"last": last.isoformat(), "to": to.isoformat()})]


def _by_days(count: _Count) -> Ended:
    length, notes = count.amount, list[Note]()
    first = count.start.date()
    if count.clock.unit == "month":
        last = months_later(first, count.amount)
        length = (last - first).days
        notes = [Note("month", {"months": count.amount, "last": last.isoformat()})]
    elif count.clock.start_day_counts:
        first -= _DAY
    day, skipped = _count_days(count, first, length)
    notes += _skip_notes(skipped)
    if day is None:
        return None, notes, count.start.date()
    closing = count.office.closes if count.clock.end == "office_close" else _LAST_SECOND
    ended, rolled = _roll(count, datetime.combine(day, closing, SHANGHAI))
    return ended, notes + rolled, ended.date()


Words = tuple[str, str]
Skips = list[tuple[date, Words]]


def _count_days(count: _Count, day: date, length: int) -> tuple[date | None, Skips]:
    skipped: Skips = []
    while length:
        day += _DAY
        pause = _pause_on(count.pauses, day)
        if pause and pause.until is None:
            return None, skipped
        why = _paused_words(pause) if pause else _off(count, day)
        if why:
            skipped.append((day, why))
        else:
            length -= 1
    return day, skipped


def _paused_words(pause: Pause) -> Words:
    if not pause.reason:
        return "暂停计时", "paused"
    return f"暂停计时（{pause.reason}）", f"paused ({pause.reason})"


def _off(count: _Count, day: date) -> Words | None:
    if count.clock.unit != "workday":
        return None
    found = count.calendar.day(day)
    return None if found.working else (found.says("zh"), found.says("en"))


def _pause_on(pauses: Sequence[Pause], day: date) -> Pause | None:
    begins, ends = datetime.combine(day, time.min, SHANGHAI), _ends(day)
    for pause in pauses:
        if pause.since < ends and (pause.until is None or pause.until > begins):
            return pause
    return None


def _ends(day: date) -> datetime:
    return datetime.combine(day + _DAY, time.min, SHANGHAI)


def _skip_notes(skipped: Skips) -> list[Note]:
    runs: list[tuple[date, date, Words]] = []
    for day, why in skipped:
        if runs and runs[-1][2] == why and runs[-1][1] + _DAY == day:
            runs[-1] = (runs[-1][0], day, why)
        else:
            runs.append((day, day, why))
    return [
        Note("skipped", {"first": a.isoformat(), "last": b.isoformat(), "reason": why})
        for a, b, why in runs
    ]


def months_later(day: date, months: int) -> date:
    """The corresponding day so many months later, or the last day of that month.

    Source: 民法典 第二百零二条.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - _DAY)


def _show(instant: datetime | None) -> str:
    return f"{instant.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if instant else ""
