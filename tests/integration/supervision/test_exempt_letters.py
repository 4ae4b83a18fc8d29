"""A letter that a good-faith exemption covers: offered to the unit, said on the letter."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories import letters
from factories.exempting import applied, granted
from factories.papers import staff_office
from luodi.common.moments import Moment
from luodi.orgs.queries import viewer_of_person
from luodi.supervision.queries import coverable, letter_page

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_running_letter_of_the_unit_can_be_covered_and_says_so(city, at, sign_in):
    body = {"by": city.people["leading_group"], "at": at + timedelta(days=1)}
    staff_office(city, at)
    unit = "市工信局"
    sent = letters.issued(city, at, letters.red_item(city, at, unit=unit), unit=unit)
    letters.drafted(city, at, letters.red_item(city, at, "又一事项", unit=unit), unit=unit)
    letters.issued(city, at, letters.red_item(city, at, "别处的事项"))
    clerk = viewer_of_person(city.people["clerk"])
    offered = coverable(city.units[unit], clerk, Moment(at))
    assert [key for key in offered if key.startswith("letter:")] == [f"letter:{sent}"]
    assert "警示提醒函 市开发区组函〔2026〕1号" in offered[f"letter:{sent}"]
    key = applied(city, at, subjects=[f"letter:{sent}"])
    assert letter_page(clerk, sent, Moment(at)).spared is None
    granted(key, body)
    said, address = letter_page(clerk, sent, Moment(body["at"])).spared
    assert "容错〔2026〕1号" in said and address.endswith(f"{key}/")
    shown = sign_in("clerk").get(f"/supervision/letters/{sent}/").content.decode()
    assert "这份函件已作出容错免责决定" in shown and address in shown
    assert letters.step(city, at, sent, "office", "cancel_letter", why="已容错")
    assert f"letter:{sent}" not in coverable(city.units[unit], clerk, Moment(body["at"]))
