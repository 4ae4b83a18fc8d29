"""iCalendar text: read back by a small parser of RFC 5545; and decisions read from one line."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from luodi.supervision.rules.feeds import Entry, escaped, folded, write_calendar
from luodi.supervision.rules.lines import due_in, lead_in

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
LONG = "示例开发区建设工作领导小组2026年4月双月例会；材料, 议程\\附件\n第二行" * 3
UNITS = {"市工信局": "a", "工信局": "a", "市统计局": "b", "开发区管委会": "z"}


def meeting(**given) -> Entry:
    said = {
        "uid": "city-rule-2026-04@luodi", "summary": LONG, "changed_at": AT,
        "begins": datetime(2026, 4, 20, 1, tzinfo=UTC), "ends": datetime(2026, 4, 20, 3, tzinfo=UTC),
        "place": "第二会议室;三楼", "words": "一\r\n二\x07", "address": "https://x/m/1/",
    }  # fmt: skip
    return Entry(**(said | given))


def read(data: bytes) -> list[tuple[str, str]]:
    """Unfolded content lines as name (with parameters) and value: RFC 5545, 3.1."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    lines = data.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]
    return [tuple(line.split(":", 1)) for line in lines]


def unescaped(said: str) -> str:
    out, after = "", False
    for sign in said:
        if after:
            out, after = out + ("\n" if sign in "nN" else sign), False
        elif sign == "\\":
            after = True
        else:
            out += sign
    return out


def test_every_line_is_at_most_75_octets_and_no_character_is_cut():
    data = write_calendar("日历" * 40, [meeting()])
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


@pytest.mark.parametrize("said", [LONG, "a" * 74, "a" * 75, "a" * 76, "示" * 25, "示" * 26, ""])
def test_folding_can_be_undone(said):
    pieces = list(folded(said))
    assert b"".join(p if n == 0 else p[1:] for n, p in enumerate(pieces)).decode() == said
    assert all(p.startswith(b" ") for p in pieces[1:])


def test_text_comes_back_as_it_was():
    found = dict(read(write_calendar("x", [meeting()])))
    assert unescaped(found["SUMMARY"]) == LONG
    assert unescaped(found["LOCATION"]) == "第二会议室;三楼"
    assert unescaped(found["DESCRIPTION"]) == "一\n二"
    assert escaped("a\\b;c,d\ne") == "a\\\\b\\;c\\,d\\ne"


def test_a_meeting_has_uid_stamp_sequence_zone_and_status():
    lines = read(write_calendar("x", [meeting(sequence=3, status="CANCELLED", busy=False)]))
    found = dict(lines)
    assert found["UID"] == "city-rule-2026-04@luodi"
    assert found["DTSTART;TZID=Asia/Shanghai"] == "20260420T090000"
    assert found["DTEND;TZID=Asia/Shanghai"] == "20260420T110000"
    assert found["DTSTAMP"] == found["LAST-MODIFIED"] == "20260302T010000Z"
    assert (found["SEQUENCE"], found["STATUS"], found["TRANSP"]) == (
        "3", "CANCELLED", "TRANSPARENT"
    )  # fmt: skip
    assert ("TZID", "Asia/Shanghai") in lines
    assert lines[0] == ("BEGIN", "VCALENDAR") and lines[-1] == ("END", "VCALENDAR")
    assert found["VERSION"] == "2.0" and found["PRODID"]


def test_a_whole_day_ends_on_the_day_after():
    found = dict(
        read(write_calendar("x", [meeting(begins=date(2026, 4, 30), ends=date(2026, 4, 30))]))
    )
    assert found["DTSTART;VALUE=DATE"] == "20260430"
    assert found["DTEND;VALUE=DATE"] == "20260501"


def test_nothing_typed_can_add_a_line_or_a_component():
    evil = "x\r\nEND:VEVENT\r\nBEGIN:VALARM"
    lines = read(write_calendar(evil, [meeting(summary=evil, place=evil, words=evil, uid=evil)]))
    names = [name for name, _value in lines]
    assert names.count("BEGIN") == names.count("END") == 4
    assert "VALARM" not in {value for name, value in lines if name == "BEGIN"}


def test_begin_and_end_nest_and_uids_are_stable():
    entries = [meeting(uid=f"{n}@luodi") for n in range(3)]
    once, again = write_calendar("x", entries), write_calendar("x", entries)
    assert once == again
    open_ones: list[str] = []
    for name, value in read(once):
        if name == "BEGIN":
            open_ones.append(value)
        elif name == "END":
            assert open_ones.pop() == value
    assert open_ones == []


@pytest.mark.parametrize(
    ("said", "lead"),
    [
        ("由市工信局牵头，6月30日前提出方案", "a"),
        ("市工信局负责摸底", "a"),
        ("请开发区管委会牵头、市统计局配合", "z"),
        ("市统计局要配合", ""),
        ("某某局牵头", ""),
        ("市工信局牵头，市统计局牵头", ""),
        ("", ""),
    ],
)
def test_the_lead_is_read_only_where_the_line_marks_it(said, lead):
    assert lead_in(said, UNITS) == lead


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("6月30日前提出方案", date(2026, 6, 30)),
        ("2027年1月5日前", date(2027, 1, 5)),
        ("6月底前完成", date(2026, 6, 30)),
        ("2月30日前", None),
        ("6月1日报初稿，6月30日前定稿", None),
        ("1月5日前", None),
        ("尽快", None),
    ],
)
def test_the_day_is_read_only_where_the_line_names_one(said, due):
    assert due_in(said, date(2026, 3, 12)) == due
