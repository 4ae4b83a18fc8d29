"""Checks as a form keeps them: plain data, read into rules.

    {"key": "c1", "kind": "required", "indicators": ["a", "b"]}
    {"key": "c2", "kind": "range", "indicator": "a", "low": "0", "high": "100"}    in a's unit
    {"key": "c3", "kind": "formula", "formula": "[total] = [a] + [b]"}
    {"key": "c4", "kind": "members", "indicator": "a", "sign": "=", "within": "0.01"}
    {"key": "c5", "kind": "outlier", "indicator": "a", "periods": 12, "least": 6, "times": 6}

Each may say `hard` (true but for outliers), and the rule's words `zh`, `en`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast

from luodi.kit.checking.fields import Field
from luodi.kit.checking.linear import HOLDS, Sign
from luodi.kit.checking.rules import Members, Outlier, Range, Required, Rule
from luodi.kit.refusals import Refusal

Compare = Callable[[str, str, bool, str, str], "Rule | Refusal"]
"""From key, formula text, hard and the rule's words to a rule."""
MOST = 2_000
COUNTS = (("periods", 12), ("least", 6), ("times", 6))
Stored = Mapping[str, Any]


def rules_of(
    stored: Iterable[Stored], fields: Mapping[str, Field], compare: Compare
) -> tuple[list[Rule], list[Refusal]]:
    """(rules, refusals) of a form's checks. Refusals `check.*` and those of formulas.

    `params["key"]` of a refusal is the check it is about.
    """
    rules: list[Rule] = []
    refusals: list[Refusal] = []
    seen: set[str] = set()
    for number, one in enumerate(stored):
        key = str(one.get("key") or "") if isinstance(one, Mapping) else ""
        if number >= MOST:
            refusals.append(_refused("too_many", f"超过 {MOST} 条", f"more than {MOST}", key))
            break
        if not key or key in seen:
            words = "每条审核规则要有自己的编号", "Every check needs a key of its own"
            refusals.append(_refused("key", *words, key))
            continue
        seen.add(key)
        for made in _READ.get(str(one.get("kind")), _unknown)(key, one, fields, compare):
            (rules if not isinstance(made, Refusal) else refusals).append(made)  # type: ignore[arg-type]
    return rules, refusals


Made = Iterator["Rule | Refusal"]


def _words(one: Stored) -> tuple[str, str]:
    return str(one.get("zh") or ""), str(one.get("en") or "")


def _field(key: str, name: Any, fields: Mapping[str, Field]) -> Field | Refusal:
    field = fields.get(str(name))
    if field is None:
        zh, en = f"没有指标“{name}”", f"There is no indicator “{name}”"
        return _refused("indicator", zh, en, key)
    return field


def _required(key: str, one: Stored, fields: Mapping[str, Field], compare: Compare) -> Made:
    names = one.get("indicators") or [one.get("indicator")]
    for name in names if isinstance(names, list | tuple) else [names]:
        field = _field(key, name, fields)
        hard = bool(one.get("hard", True))
        yield field if isinstance(field, Refusal) else Required(key, field, hard, *_words(one))


def _range(key: str, one: Stored, fields: Mapping[str, Field], compare: Compare) -> Made:
    field = _field(key, one.get("indicator"), fields)
    if isinstance(field, Refusal):
        yield field
        return
    low, high = _figure(field, one.get("low")), _figure(field, one.get("high"))
    if isinstance(low, Refusal) or isinstance(high, Refusal) or _empty(low, high):
        yield _bad(key, "上下限", "the bounds")
    else:
        yield Range(key, field, low, high, bool(one.get("hard", True)), *_words(one))


def _empty(low: int | None, high: int | None) -> bool:
    """Bounds that say nothing, or that nothing fits between."""
    return low > high if low is not None and high is not None else low is high


def _members(key: str, one: Stored, fields: Mapping[str, Field], compare: Compare) -> Made:
    field = _field(key, one.get("indicator"), fields)
    if isinstance(field, Refusal):
        yield field
        return
    within, sign = _figure(field, one.get("within")), cast("Sign", one.get("sign") or "=")
    if isinstance(within, Refusal) or sign not in HOLDS:
        yield _bad(key, "比较方式", "how it is compared")
    else:
        yield Members(key, field, sign, within or 0, bool(one.get("hard", True)), *_words(one))


def _outlier(key: str, one: Stored, fields: Mapping[str, Field], compare: Compare) -> Made:
    field = _field(key, one.get("indicator"), fields)
    if isinstance(field, Refusal):
        yield field
        return
    periods, least, times = (one.get(name, usual) for name, usual in COUNTS)
    whole = all(type(n) is int and 0 < n <= 120 for n in (periods, least, times))
    if not whole or least > periods:
        yield _bad(key, "期数", "the number of periods")
    else:
        hard, (zh, en) = bool(one.get("hard", False)), _words(one)
        yield Outlier(key, field, periods, least, times, hard=hard, zh=zh, en=en)


def _formula(key: str, one: Stored, fields: Mapping[str, Field], compare: Compare) -> Made:
    made = compare(key, str(one.get("formula") or ""), bool(one.get("hard", True)), *_words(one))
    if isinstance(made, Refusal):
        yield Refusal(made.code, made.zh, made.en, {**made.params, "key": key})
    else:
        yield made


def _unknown(key: str, one: Stored, fields: Mapping[str, Field], compare: Compare) -> Made:
    yield _bad(key, "种类", "its kind")


def _figure(field: Field, written: Any) -> int | Refusal | None:
    """A bound as written, exactly at the field's scale; None where none is."""
    if written in (None, ""):
        return None
    figure = field.taking.read(str(written))
    return figure if isinstance(figure, int | Refusal) else None


def _bad(key: str, zh: str, en: str) -> Refusal:
    return _refused("part", f"审核规则“{key}”的{zh}不对", f"Check “{key}”: {en} is wrong", key)


def _refused(code: str, zh: str, en: str, key: str) -> Refusal:
    return Refusal(f"check.{code}", zh, en, {"key": key})


_READ = {
    "required": _required,
    "range": _range,
    "members": _members,
    "outlier": _outlier,
    "formula": _formula,
}
