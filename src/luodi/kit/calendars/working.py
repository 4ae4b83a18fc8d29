"""The working of a computed date: what a page shows to explain it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from luodi.kit.refusals import Lang

_SAYS: dict[str, tuple[str, str]] = {
    "start": ("自{at}起算", "Counted from {at}"),
    "cutoff": (
        "{at}已过当日受理时限{cutoff}，按{start}收到计算",
        "{at} is after the day's cutoff {cutoff}: taken as received {start}",
    ),
    "length": ("期限{amount}{unit}", "Length {amount} {unit}"),
    "extension": ("延期{amount}{unit}：{reason}", "Extended by {amount} {unit}: {reason}"),
    "extended_to": ("延期至{until}：{reason}", "Extended to {until}: {reason}"),
    "skipped": ("{first}至{last}不计：{reason}", "{first} to {last} not counted: {reason}"),
    "pause": ("{since}至{until}暂停计时：{reason}", "Paused {since} to {until}: {reason}"),
    "paused": ("{since}起暂停计时，尚未恢复：{reason}", "Paused since {since}: {reason}"),
    "month": ("{months}个月后的对应日为{last}", "{months} months later is {last}"),
    "rolled": (
        "最后一日{last}为休息日，顺延至{to}",
        "The last day {last} is a day off: moved to {to}",
    ),
    "provisional": (
        "{year}年放假安排尚未公布，暂按周末推算",
        "The holidays of {year} are not yet published: plain weekends assumed",
    ),
    "due": ("截止{at}", "Due {at}"),
}

UNIT_WORDS: dict[str, tuple[str, str]] = {
    "minute": ("分钟", "minutes"),
    "hour": ("小时", "hours"),
    "workhour": ("个工作小时", "working hours"),
    "day": ("个自然日", "days"),
    "workday": ("个工作日", "working days"),
    "month": ("个月", "months"),
}
UNSTATED = ("未写明", "not stated")


@dataclass(frozen=True)
class Note:
    """One line of the working: a code, its parameters, a sentence in both languages.

    A parameter that is a pair holds its Chinese and its English words.
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def says(self, lang: Lang = "zh") -> str:
        """The line in the language asked for."""
        english = lang == "en"
        words = {k: v[english] if isinstance(v, tuple) else v for k, v in self.params.items()}
        return _SAYS[self.code][english].format(**words)

    def __str__(self) -> str:
        return self.says()
