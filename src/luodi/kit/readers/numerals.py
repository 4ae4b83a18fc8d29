"""Numbers as list labels write them: 一、 ① A. iv) 甲."""

from __future__ import annotations

from collections.abc import Callable

DIGITS = "〇一二三四五六七八九"
FORMAL = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def counting(number: int, digits: str = DIGITS, units: str = "十百千") -> str:
    """A number below ten thousand in Chinese: 10 is 十, 21 is 二十一, 105 is 一百零五."""
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    written = ""
    gap = False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            written += "零" if gap and written else ""
            written += digits[digit] + (units[power - 1] if power else "")
        gap = not digit
    return written.removeprefix("一") if 10 <= number < 20 else written


def formal(number: int) -> str:
    """Banker's numerals: 壹, 壹拾, 贰拾壹."""
    return counting(number, FORMAL, "拾佰仟")


def digital(number: int) -> str:
    """Digit by digit: 二〇二五."""
    return "".join(DIGITS[int(d)] for d in str(number)) if number >= 0 else str(number)


def letters(number: int) -> str:
    """a to z, then aa, bb as word processors do; decimal from 781 on."""
    if not 0 < number <= 780:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def roman(number: int) -> str:
    """Lower-case Roman numerals below 4,000, else decimal."""
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written


def _series(first: str, size: int) -> Callable[[int], str]:
    return lambda n: chr(ord(first) + n - 1) if 0 < n <= size else str(n)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda n: signs[n - 1] if 0 < n <= len(signs) else str(n)


def circled(number: int) -> str:
    """① to ㊿, else decimal."""
    for first, start, end in (("①", 1, 20), ("㉑", 21, 35), ("㊱", 36, 50)):
        if start <= number <= end:
            return chr(ord(first) + number - start)
    return str(number)


def _wide(number: int) -> str:
    return str(number).translate({ord("0") + d: ord("０") + d for d in range(10)})


WRITTEN: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedFullstop": _series("⒈", 20),
    "decimalEnclosedParen": _series("⑴", 20),
    "ideographEnclosedCircle": _series("㊀", 10),
    "upperLetter": lambda n: letters(n).upper(),
    "lowerLetter": letters,
    "upperRoman": lambda n: roman(n).upper(),
    "lowerRoman": roman,
    "chineseCounting": counting,
    "chineseCountingThousand": counting,
    "taiwaneseCounting": counting,
    "taiwaneseCountingThousand": counting,
    "japaneseCounting": counting,
    "chineseLegalSimplified": formal,
    "ideographLegalTraditional": formal,
    "ideographDigital": digital,
    "taiwaneseDigital": digital,
    "japaneseDigitalTenThousand": digital,
    "ideographTraditional": _cycle(STEMS),
    "ideographZodiac": _cycle(BRANCHES),
    "numberInDash": lambda n: f"- {n} -",
    "none": lambda n: "",
}


def written(number: int, style: str) -> str:
    """A number in a style of ECMA-376 part 1, 17.18.59 (`ST_NumberFormat`); else decimal."""
    return WRITTEN.get(style, str)(number)
