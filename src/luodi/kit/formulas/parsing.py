"""The text of a formula into nodes, and nodes into text.

The grammar is LALR; it knows names of functions in English and Chinese, full-width signs, and
constants with a unit. A parse error is a refusal that says where.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput, VisitError

from luodi.kit.formulas import nodes as n
from luodi.kit.formulas.refusing import refused
from luodi.kit.quantities import UNITS
from luodi.kit.refusals import Refusal

LONGEST = 2000
"""Characters of a formula; more is refused."""
DEEPEST = 40
"""Levels of brackets; more is refused."""

_LONG_FIRST = sorted(UNITS, key=len, reverse=True)
_UNITS = "|".join(re.escape(name).replace("/", r"\/") for name in _LONG_FIRST)
_GRAMMAR = rf"""
?start: compared
?compared: sum
    | sum SIGN sum -> compare
?sum: term
    | sum "+" term -> add
    | sum "-" term -> subtract
?term: factor
    | term "*" factor -> multiply
    | term "/" factor -> ratio
?factor: atom
    | "-" factor -> negate
?atom: NUMBER -> constant
    | KEY -> reference
    | "(" sum ")"
    | NAME "(" [argument ("," argument)*] ")" -> call
?argument: sum
    | NAME -> word
    | TEXT -> text
SIGN: "<=" | ">=" | "!=" | "≤" | "≥" | "≠" | "=" | "<" | ">"
NUMBER: /\d+(?:\.\d+)?(?:\s*(?:{_UNITS}))?/
KEY: /\[\s*[^\[\]\s][^\[\]\n]{{0,120}}\]/
TEXT: /"[^"\n]{{0,60}}"/
NAME: /[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff]*/
%ignore /\s+/
"""
_WIDE = str.maketrans(
    "（），＋－−×÷＊／＝＜＞［］“”％．０１２３４５６７８９", '(),+--*/*/=<>[]""%.0123456789'
)
"""One character for one, so that positions stay; keys are taken from the text as it was."""

_ONE: dict[str, type[n.Node]] = {
    "abs": n.Absolute, "total": n.Total, "count": n.Count, "parent": n.Above,
    "prior": n.Prior, "year_ago": n.YearAgo, "cumulative": n.Cumulative, "single": n.Single,
    "growth": n.Growth, "chain_growth": n.ChainGrowth,
}  # fmt: skip
_TWO: dict[str, type[n.Node]] = {
    "ratio": n.Ratio, "share": n.Share, "points": n.Points, "if_present": n.IfPresent,
    "contribution": n.Contribution, "pull": n.Pull, "comparable_growth": n.ComparableGrowth,
}  # fmt: skip
_MANY: dict[str, type[n.Least] | type[n.Most]] = {"min": n.Least, "max": n.Most}
CHINESE = {
    "绝对值": "abs", "合计": "total", "家数": "count", "上级": "parent", "上期": "prior",
    "上年同期": "year_ago", "累计": "cumulative", "当月": "single", "当期": "single",
    "同比": "growth", "环比": "chain_growth", "比率": "ratio", "占比": "share",
    "百分点": "points", "有数则": "if_present", "贡献率": "contribution", "拉动": "pull",
    "可比价同比": "comparable_growth", "最小": "min", "最大": "max",
    "年均增速": "annual_growth", "排名": "rank",
}  # fmt: skip
"""Chinese names of the functions -> English ones; both are read, English is written."""
FUNCTIONS = (*_ONE, *_TWO, *_MANY, "annual_growth", "rank")


class _Refused(Exception):
    """Carries a refusal out of the transformer."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def parse(text: str) -> n.Node | Refusal:
    """The nodes of a formula's text.

    Refusals: `formula.empty`, `formula.too_long`, `formula.unread` (with `span`, and what stands
    there), `formula.unknown_function`, `formula.arguments` (number or kind of arguments).
    """
    if not text.strip():
        return refused("empty", "公式是空的", "The formula is empty")
    deepest = max(_depths(text), default=0)
    if len(text) > LONGEST or deepest > DEEPEST:
        return refused(
            "too_long",
            f"公式过长或括号层数过多（最多{LONGEST}字、{DEEPEST}层）",
            f"The formula is too long or too deep ({LONGEST} characters, {DEEPEST} levels)",
        )
    try:
        tree = _parser().parse(text.translate(_WIDE))
        built: n.Node = _Builder(text).transform(tree)
    except UnexpectedInput as error:
        return _unread(text, error)
    except VisitError as error:
        assert isinstance(error.orig_exc, _Refused), error
        return error.orig_exc.refusal
    return built


def _depths(text: str) -> list[int]:
    level, found = 0, []
    for char in text:
        level += (char in "(（-－") - (char in ")）")
        found.append(level)
    return found


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", propagate_positions=True, maybe_placeholders=False)


def _unread(text: str, error: UnexpectedInput) -> Refusal:
    at = error.pos_in_stream
    token = getattr(error, "token", None)
    if at is None or (isinstance(token, Token) and token.type == "$END"):
        return refused(
            "unread",
            "公式没有写完",
            "The formula ends too early",
            (len(text), len(text)),
        )
    width = len(token) if isinstance(token, Token) else 1
    there = text[at : at + width]
    return refused(
        "unread",
        f"公式第{at + 1}个字“{there}”处看不懂",
        f"The formula can't be read at character {at + 1} (“{there}”)",
        (at, at + width),
        text=there,
    )


def _span(meta: Any) -> tuple[int, int]:
    return (meta.start_pos, meta.end_pos)


@v_args(meta=True)
class _Builder(Transformer[Token, Any]):
    """Lark's tree into nodes."""

    def __init__(self, text: str) -> None:
        super().__init__(visit_tokens=False)
        self.source = text

    def compare(self, meta: Any, items: list[Any]) -> n.Node:
        sign = {"≤": "<=", "≥": ">=", "≠": "!="}.get(str(items[1]), str(items[1]))
        return n.Compare(sign, items[0], items[2], span=_span(meta))  # type: ignore[arg-type]

    def add(self, meta: Any, items: list[Any]) -> n.Node:
        return n.Add(*items, span=_span(meta))

    def subtract(self, meta: Any, items: list[Any]) -> n.Node:
        return n.Subtract(*items, span=_span(meta))

    def multiply(self, meta: Any, items: list[Any]) -> n.Node:
        return n.Multiply(*items, span=_span(meta))

    def ratio(self, meta: Any, items: list[Any]) -> n.Node:
        return n.Ratio(*items, span=_span(meta))

    def negate(self, meta: Any, items: list[Any]) -> n.Node:
        return n.Negate(*items, span=_span(meta))

    def constant(self, meta: Any, items: list[Any]) -> n.Node:
        found = re.fullmatch(r"([\d.]+)\s*(.*)", str(items[0]))
        assert found  # the terminal has this form
        return n.Constant(Fraction(Decimal(found[1])), UNITS.get(found[2]), span=_span(meta))

    def reference(self, meta: Any, items: list[Any]) -> n.Node:
        start, end = _span(meta)
        return n.Reference(self.source[start + 1 : end - 1].strip(), span=(start, end))

    def word(self, meta: Any, items: list[Any]) -> str:
        return str(items[0])

    def text(self, meta: Any, items: list[Any]) -> str:
        start, end = _span(meta)
        return f'"{self.source[start + 1 : end - 1]}"'

    def call(self, meta: Any, items: list[Any]) -> n.Node:
        return _called(str(items[0]), items[1:], _span(meta))


def _called(written: str, given: list[Any], span: tuple[int, int]) -> n.Node:
    name = CHINESE.get(written, written)
    if name == "rank":
        return _rank(given, span)
    if name == "annual_growth":
        return _annual_growth(given, span)
    made = _ONE.get(name) or _TWO.get(name) or _MANY.get(name)
    if made is None:
        raise _Refused(
            refused(
                "unknown_function",
                f"没有函数“{written}”",
                f"There is no function “{written}”",
                span,
                name=written,
            )
        )
    if not all(isinstance(one, n.Node) for one in given):
        raise _wrong(written, "算式", "expressions", span)
    if name in _MANY:
        if len(given) < 2:
            raise _wrong(written, "至少两个算式", "at least two expressions", span)
        return _MANY[name](tuple(given), span=span)
    wanted = 1 if name in _ONE else 2
    if len(given) != wanted:
        raise _wrong(written, f"{wanted}个算式", f"{wanted} expression(s)", span)
    if made in (n.Total, n.Count) and not isinstance(given[0], n.Reference):
        raise _wrong(written, "一个指标，如[x]", "an indicator such as [x]", span)
    return made(*given, span=span)


def _rank(given: list[Any], span: tuple[int, int]) -> n.Node:
    first = given[1] if len(given) > 1 else "high"
    first = {"高": "high", "低": "low"}.get(first, first) if isinstance(first, str) else first
    grouping = given[2] if len(given) > 2 else '""'
    good = given and len(given) <= 3 and isinstance(given[0], n.Node) and first in ("high", "low")
    if not good or not (isinstance(grouping, str) and grouping.startswith('"')):
        raise _wrong("rank", "算式、high或low、分组名", "an expression, high or low, a group", span)
    return n.Rank(given[0], "low" if first == "low" else "high", grouping.strip('"'), span=span)


def _annual_growth(given: list[Any], span: tuple[int, int]) -> n.Node:
    years = given[1] if len(given) == 2 else None
    whole = isinstance(years, n.Constant) and years.unit is None and years.value.denominator == 1
    if not whole or not isinstance(given[0], n.Node) or not 1 <= years.value <= 50:  # type: ignore[union-attr]
        raise _wrong("annual_growth", "算式和1到50的年数", "an expression and 1 to 50 years", span)
    return n.AnnualGrowth(given[0], int(years.value), span=span)  # type: ignore[union-attr]


def _wrong(name: str, zh: str, en: str, span: tuple[int, int]) -> _Refused:
    return _Refused(
        refused("arguments", f"{name}需要：{zh}", f"{name} takes {en}", span, name=name)
    )


_BINDS: dict[type[n.Node], int] = {
    n.Compare: 0, n.Add: 1, n.Subtract: 1, n.Multiply: 2, n.Negate: 3
}  # fmt: skip
_SIGNS: dict[type[n.Node], str] = {n.Add: "+", n.Subtract: "-", n.Multiply: "*"}
_NAMES = {made: name for table in (_ONE, _TWO, _MANY) for name, made in table.items()}


def written(node: n.Node) -> str:
    """A node as text that `parse` reads back into the same node."""
    return _write(node, 0)


def _write(node: n.Node, outside: int) -> str:
    binds = _BINDS.get(type(node), 9)
    text = _PLAIN.get(type(node), _function)(node)
    return f"({text})" if binds < outside else text


def _infix(node: Any) -> str:
    binds = _BINDS[type(node)]
    sign = node.sign if isinstance(node, n.Compare) else _SIGNS[type(node)]
    return f"{_write(node.left, binds)} {sign} {_write(node.right, binds + 1)}"


def _constant(node: Any) -> str:
    digits = 0
    while (node.value * 10**digits).denominator != 1:
        digits += 1
    whole = str(int(node.value * 10**digits)).rjust(digits + 1, "0")
    text = whole[: len(whole) - digits] + (f".{whole[-digits:]}" if digits else "")
    return text + (f" {node.unit.name}" if node.unit else "")


def _rank_text(node: Any) -> str:
    more = f', {node.first}, "{node.grouping}"' if node.grouping else f", {node.first}"
    return f"rank({_write(node.of, 0)}{more})"


def _function(node: n.Node) -> str:
    inside = ", ".join(_write(child, 0) for child in node.children())
    return f"{_NAMES[type(node)]}({inside})"


_PLAIN: dict[type[n.Node], Callable[[Any], str]] = {
    n.Constant: _constant,
    n.Reference: lambda node: f"[{node.key}]",
    n.Negate: lambda node: f"-{_write(node.of, 3)}",
    n.Add: _infix,
    n.Subtract: _infix,
    n.Multiply: _infix,
    n.Compare: _infix,
    n.AnnualGrowth: lambda node: f"annual_growth({_write(node.of, 0)}, {node.years})",
    n.Rank: _rank_text,
}
