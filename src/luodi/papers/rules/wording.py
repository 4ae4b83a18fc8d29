"""The fixed words of official papers. They stay Chinese whatever the interface speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SONG, BIAO_SONG = "宋体", "方正小标宋简体"
FANG_SONG, HEI, KAI = "仿宋_GB2312", "黑体", "楷体_GB2312"
"""Fonts as GB/T 9704-2012 names them."""

UNSIGNED = "未签发草稿"
NOT_SIGNED = "未签发"
UNSIGNED_LINE = "未签发草稿 · 仅供本单位核稿 · 不得外传"
INTERNAL_LINE = "内部参考 · 由系统按记录生成 · 未经签发"
NO_NUMBER = "（未编号）"
REPORT_TO = "报："
SEND_TO = "送："
COPY_TO = "抄送："
ATTACHMENTS = "附件："
PRINTED = "印发"
FIGURES_SHEET = "数据来源"
FIGURES_HEAD = ("序号", "数据", "数值", "单位", "来源", "所在位置")
TEXT_SHEET = "正文"
TEXT_HEAD = ("位置", "内容", "出自")
OFFICE_VOICE = "专班办公室"
MASTHEAD, TAIL = "报头", "版记"
EMPTY_CELL = "—"
TABLE = "表"


@dataclass(frozen=True)
class Issued:
    """What signing adds to a snapshot: the number as written, and the day."""

    number: str
    on: date


def chinese_date(day: date) -> str:
    """2026年3月10日: no leading zeros (GB/T 9704-2012, 7.3.5.3)."""
    return f"{day.year}年{day.month}月{day.day}日"
