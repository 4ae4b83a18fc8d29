"""Periods, working days, clocks, deadlines as written, and the rhythm of a reporting cycle."""

from luodi.kit.calendars.cadence import Anchor, Cadence, Schedule, schedule
from luodi.kit.calendars.clocks import Clock, Due, Extension, Pause, due
from luodi.kit.calendars.periods import KINDS, Kind, Period
from luodi.kit.calendars.workdays import SHANGHAI, Day, OfficeHours, WorkCalendar, YearTable
from luodi.kit.calendars.working import Note
from luodi.kit.calendars.written import WrittenDeadline, deadline_to_date, read_deadline

__all__ = [
    "KINDS",
    "SHANGHAI",
    "Anchor",
    "Cadence",
    "Clock",
    "Day",
    "Due",
    "Extension",
    "Kind",
    "Note",
    "OfficeHours",
    "Pause",
    "Period",
    "Schedule",
    "WorkCalendar",
    "WrittenDeadline",
    "YearTable",
    "deadline_to_date",
    "due",
    "read_deadline",
    "schedule",
]
