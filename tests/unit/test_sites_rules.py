"""The rules of sites: standing at an instant, the use rate, areas held against drawings, words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.common.refusals import Incomplete
from luodi.sites.rules import Space, check_details, standing, use_rate
from luodi.sites.rules.drawing import drawn, mu_of, off_by, plain, said_by, stored

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)

spaces = st.lists(
    st.builds(
        Space,
        st.text("abc", max_size=3),
        st.just("楼"),
        st.none() | st.decimals(0, 10_000, places=2),
        st.booleans(),
        st.booleans(),
    ),
    max_size=12,
)


@given(spaces)
def test_the_use_rate_is_what_fractions_say_and_nobody_is_lost(given_spaces):
    rate = use_rate(given_spaces)
    counted = [one for one in given_spaces if one.built and one.area is not None]
    assert rate.floors + len(rate.left_out) == len(given_spaces)
    built = sum((Fraction(one.area) for one in counted), Fraction(0))
    used = sum((Fraction(one.area) for one in counted if one.used), Fraction(0))
    assert (Fraction(rate.used), Fraction(rate.built)) == (used, built)
    if built:
        assert abs(Fraction(rate.percent) - 100 * used / built) <= Fraction(1, 200)
        assert 0 <= rate.percent <= 100 and not rate.reason
    else:
        assert rate.percent is None and rate.reason


def test_why_a_floor_is_left_out_is_said():
    rate = use_rate([Space("a", "甲", Decimal(1), False, True), Space("b", "乙", None, True, True)])
    assert [(one.key, one.why) for one in rate.left_out] == [
        ("a", "尚未建成"),
        ("b", "没有填面积"),
    ]


def held(hold, ends=None):
    return SimpleNamespace(
        hold=hold, holder="project:x", held_by="p", held_at=AT, expires_at=ends, until_on=None
    )


@given(st.integers(-100, 100))
def test_a_reservation_ends_at_its_instant_and_not_before(seconds):
    now = standing(held("reserved", AT), AT + timedelta(seconds=seconds))
    assert now.state == ("free" if seconds >= 0 else "reserved")
    assert now.lapsed == (seconds >= 0)
    assert now.open_to("project:y") == (seconds >= 0) and now.open_to("project:x")


def test_what_is_taken_stays_taken_and_nothing_is_free():
    taken = standing(held("taken"), AT + timedelta(days=9_999))
    assert taken.state == "taken" and not taken.open_to("project:x") and taken.label == "已用"
    assert standing(None, AT).open_to("anybody") and not standing(None, AT).lapsed


@pytest.mark.parametrize(
    ("stated", "measured", "off"),
    [
        (Decimal(60), 40_000, None),
        (Decimal("62.9"), 40_000, None),
        (Decimal(90), 40_000, Decimal("-33.3")),
        (Decimal(30), 40_000, Decimal("100.0")),
        (None, 40_000, None),
        (Decimal(0), 40_000, None),
    ],
)
def test_an_area_is_asked_about_beyond_five_per_cent(stated, measured, off):
    assert mu_of(measured) == 60 and mu_of(None) is None
    assert off_by(stated, measured) == off


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text() | st.integers()
                    | st.decimals(), lambda inner: st.lists(inner)))  # fmt: skip
def test_any_property_becomes_plain_text(value):
    text = plain(value)
    assert text == text.strip() and text.isprintable() and text.encode() is not None


@pytest.mark.parametrize("number", ["sNaN", "NaN", "Infinity"])
def test_what_is_no_number_is_nothing(number):
    assert plain(Decimal(number)) == ""


def test_properties_are_read_in_either_language_and_odd_ones_left():
    said = said_by({"地块名称": " 甲 ", "area": Decimal("60.50"), "用途": "科研", "颜色": "红"})
    assert said == {"name": "甲", "number": "", "area": "60.5", "use": "research", "price": "",
                    "map_number": "", "park": ""}  # fmt: skip
    assert said_by({})["use"] == "industrial" and said_by({"use": "火星"})["use"] == "火星"


def test_a_geometry_comes_back_as_it_was_stored():
    polygons = ((((1, 2), (3, 4), (5, 6), (1, 2)),),)
    assert drawn(stored(polygons)) == polygons


@pytest.mark.parametrize(
    ("kind", "said", "words"),
    [
        ("plot", {}, "地块名称"),
        ("plot", {"name": "甲"}, "用途"),
        ("plot", {"name": "甲", "use": "industrial", "area": "0"}, "地块面积"),
        (
            "plot",
            {"name": "甲", "use": "industrial", "area": "1", "supply_mode": "gift"},
            "供地方式",
        ),
        ("plot", {"name": "甲", "use": "research", "area": "1", "supply_years": 51}, "50 年之间"),
        ("plant", {"building": "甲"}, "楼层"),
        ("plant", {"building": "甲", "floor": "1", "clean_class": "iso_0"}, "洁净等级"),
        ("plant", {"building": "甲", "floor": "1", "load": "7公斤"}, "楼面荷载"),
    ],
)
def test_bad_details_are_refused_in_words(kind, said, words):
    with pytest.raises(Incomplete, match=words):
        check_details(kind, said)
