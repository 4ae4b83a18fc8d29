"""Exact quantities."""

from __future__ import annotations

from fractions import Fraction

import pytest

from luodi.kit.quantities import LIMIT, UNITS, Quantity, ratio, read_number, root, show, unit
from luodi.kit.refusals import Refusal


def q(text: str, of: str, scale: int | None = None) -> Quantity:
    found = Quantity.parse(text, of, scale)
    assert isinstance(found, Quantity), found
    return found


@pytest.mark.parametrize(
    ("text", "of", "shown"),
    [
        ("1,234.5", "万元", "1234.5万元"),
        ("１，２３４．５", "万元", "1234.5万元"),
        ("500亿元", "万元", "5000000万元"),
        ("3.5万", "元", "35000元"),
        ("− 5.20", "%", "−5.20%"),
        ("15亩", "公顷", "1公顷"),
        ("一千二百三十", "个", "1230个"),
        ("两百零五万三千", "元", "2053000元"),
        ("一万亿零五", "元", "1000000000005元"),
        ("负三点五", "％", "−3.5%"),
        ("十", "家", "10家"),
        ("60", "万/亩", "60万元/亩"),
    ],
)
def test_numbers_are_read_as_people_write_them(text, of, shown):
    assert str(Quantity.parse(text, of)) == shown


def test_a_bare_power_is_part_of_the_number():
    assert str(Quantity.parse("500亿", "元")) == "50000000000元"
    assert Quantity.parse("500亿", "元") == Quantity.parse("500亿元", "元")


@pytest.mark.parametrize(
    ("text", "of", "scale", "code"),
    [
        ("", "元", None, "quantity.empty"),
        ("1,23", "元", None, "quantity.unread"),
        ("约" * 30, "元", None, "quantity.unread"),
        ("9" * 70, "元", None, "quantity.unread"),
        ("亿", "元", None, "quantity.unread"),
        ("二三", "个", None, "quantity.unread"),
        ("十百", "个", None, "quantity.unread"),
        ("零十", "个", None, "quantity.unread"),
        ("一万万零", "个", None, "quantity.unread"),
        ("1", "光年", None, "quantity.unknown_unit"),
        ("3亩", "元", None, "quantity.unit_mismatch"),
        ("12.345", "%", 2, "quantity.too_precise"),
        ("9" * 20, "元", None, "quantity.overflow"),
    ],
)
def test_what_is_no_quantity_is_refused_with_a_sentence(text, of, scale, code):
    refusal = Quantity.parse(text, of, scale)
    assert isinstance(refusal, Refusal) and refusal.code == code
    assert refusal.says() and refusal.says("en")


def test_conversion_is_exact_or_refused():
    mu = q("1", "亩")
    assert mu.convert("平方米").code == "quantity.inexact"
    assert str(mu.convert("平方米", 2, "half_up")) == "666.67平方米"
    assert mu.convert("元").code == "quantity.unit_mismatch"
    assert mu.convert("光年").code == "quantity.unknown_unit"
    assert q("9" * 18, "亿元").convert("元").code == "quantity.overflow"
    assert q("9" * 18, "亿元").convert("元", 0, "down").code == "quantity.overflow"
    assert str(q("1.50", "亿元").convert(UNITS["万元"])) == "15000万元"


def test_yuan_and_mu_never_add_and_points_are_not_percent():
    assert q("1", "元").plus(q("1", "亩")).code == "quantity.unit_mismatch"
    assert q("1", "元").minus(q("1", "亩")).code == "quantity.unit_mismatch"
    assert str(q("22.6", "%").minus(q("7.7", "%"))) == "14.9个百分点"
    assert str(q("7.7", "%").plus(q("1.5", "个百分点"))) == "9.2%"
    assert q("1.5", "个百分点").plus(q("7.7", "%")).code == "quantity.unit_mismatch"
    assert str(q("1", "亿元").plus(q("5", "万元"))) == "1.0005亿元"
    assert str(q("3", "家").minus(q("5", "家"))) == "−2家"


def test_multiples_and_shares():
    assert str(q("1.5", "亿元").times(3)) == "4.5亿元"
    assert Quantity(LIMIT, 0, UNITS["元"]).times(2).code == "quantity.overflow"
    assert str(q("29.9", "万平方米").over(q("37.9", "万平方米"), 2)) == "78.89%"
    assert q("1", "元").over(q("0", "元"), 2).code == "quantity.zero_denominator"
    assert q("1", "元").over(q("1", "亩"), 2).code == "quantity.unit_mismatch"


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("half_up", (1, 2, 3, -3)), ("half_even", (1, 2, 2, -2)), ("down", (0, 1, 2, -2)),
        ("up", (1, 2, 3, -3)), ("floor", (0, 1, 2, -3)), ("ceiling", (1, 2, 3, -2)),
    ],
)  # fmt: skip
def test_rounding_modes(mode, expected):
    values = (Fraction(3, 4), Fraction(3, 2), Fraction(5, 2), Fraction(-5, 2))
    assert tuple(ratio(v, 1, 0, mode) for v in values) == expected


def test_rates_of_the_real_texts():
    assert ratio(600, 11, 1) == 545
    assert ratio(9731_00, 10683, 2) == 9109
    assert ratio(1, 0, 2).code == "quantity.zero_denominator"
    with pytest.raises(ValueError, match="places"):
        ratio(1, 2, -1)


def test_showing():
    assert show(-1234567, 2, grouping=True) == "−12,345.67"
    assert show(5, 2) == "0.05" and show(0, 0) == "0"
    assert q("1234567", "元").text(grouping=True, with_unit=False) == "1,234,567"
    with pytest.raises(ValueError, match="scale"):
        Quantity(1, 19, UNITS["元"])


def test_units_by_other_spellings():
    assert unit(" ％ ") is UNITS["%"] and str(unit("千米")) == "公里" and unit("光年") is None
    assert read_number("千") == (Fraction(1000), 0)


@pytest.mark.parametrize(
    ("of", "degree", "places", "expected"),
    [
        (Fraction(3, 2), 5, 1, 84),
        (Fraction(121, 100), 2, 0, 10),
        (Fraction(0), 3, 1, -1000),
        (Fraction(1), 50, 2, 0),
        (Fraction(1, 2), 2, 1, -293),
        (Fraction(1005, 1000) ** 2, 2, 0, 1),  # exactly a half: away from zero
        (Fraction(995, 1000) ** 2, 2, 0, -1),
        (Fraction(10**30), 1, 0, None),
        (Fraction(-1), 2, 0, None),
    ],
)
def test_a_root_is_rounded_once(of, degree, places, expected):
    found = root(of, degree, Fraction(1, 100), places, less=1)
    assert isinstance(found, Refusal) if expected is None else found == expected


def test_a_root_of_what_makes_no_sense_is_an_error():
    for degree, over, places in ((0, 1, 0), (2, 0, 0), (2, 1, -1)):
        with pytest.raises(ValueError):
            root(Fraction(2), degree, over, places)


@pytest.mark.parametrize("text", ["12①", "5²", "1⁄₂", "12 34", "120\n350", "1 2345", "１２ ３４"])
def test_notes_powers_and_two_numbers_in_one_text_are_not_one_number(text):
    found = read_number(text)
    assert isinstance(found, Refusal) and found.code == "quantity.unread"


def test_groups_of_three_and_space_before_a_power_are_one_number():
    assert read_number("1 234 567.5") == (Fraction(12345675, 10), 1)
    assert read_number("- 5 万") == (Fraction(-50000), 0)
