"""Why a target or measure was judged as it was, in a sentence: from the branch and its facts."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.languages import language

SENTENCES = {
    "no_course": gettext_lazy("没有可比的进度。%(why)s"),
    "not_begun": gettext_lazy("目标期从 %(begins)s 开始，评估期内还没有数可比。"),
    "no_figure": gettext_lazy("评估期内没有数。%(why)s"),
    "final": gettext_lazy("期末 %(period)s 为 %(actual)s%(unit)s，目标 %(goal)s。"),
    "final_missing": gettext_lazy(
        "目标期末 %(lacking)s 的数还没有；最近 %(period)s 为 %(actual)s%(unit)s，目标 %(goal)s。"
    ),
    "early": gettext_lazy("%(period)s 为 %(actual)s%(unit)s，已提前达到目标 %(goal)s。"),
    "no_pace": gettext_lazy("%(period)s 为 %(actual)s%(unit)s，没有应达进度可比。%(why)s"),
    "on_pace": gettext_lazy(
        "%(period)s 为 %(actual)s%(unit)s，应达 %(expected)s%(unit)s，达到进度。"
    ),
    "within": gettext_lazy(
        "%(period)s 为 %(actual)s%(unit)s，应达 %(expected)s%(unit)s，相差 %(short)s%(unit)s，"
        "不超过应达数的 %(tolerance)s%%。"
    ),
    "off_pace": gettext_lazy(
        "%(period)s 为 %(actual)s%(unit)s，应达 %(expected)s%(unit)s，相差 %(short)s%(unit)s，"
        "超过应达数的 %(tolerance)s%%。"
    ),
    "done": gettext_lazy("已认定办结。%(done)s"),
    "done_late": gettext_lazy("%(done)s 办结，晚于时限 %(due)s。"),
    "no_deadline": gettext_lazy("没有设定时限，无法评判。"),
    "overdue": gettext_lazy("时限 %(due)s 已过，没有办结。"),
    "done_after": gettext_lazy("评估期末还没有办结，%(done)s 已办结，时限 %(due)s。"),
    "reported": gettext_lazy("时限 %(due)s 未到，%(reported)s 有已采用的报告。"),
    "no_report": gettext_lazy("时限 %(due)s 未到，但评估期末前 %(days)s 天没有已采用的报告。"),
}
"""By the branch of `rules.evaluations`."""

NAMES = (
    "why", "begins", "period", "actual", "unit", "goal", "lacking", "expected",
    "short", "tolerance", "done", "due", "reported", "days",
)  # fmt: skip


def sentence_of(code: str, facts: Mapping[str, str]) -> str:
    """The reason in the reader's language; facts that weren't there are left out.

    Why a figure or a course is missing was kept in the words of the paper: another language
    leaves it out, the sentence before it says what is missing.
    """
    known = {name: facts.get(name, "") for name in NAMES}
    if language() != "zh":
        known["why"] = ""
    said = SENTENCES.get(code)
    return (str(said) % known).strip() if said else _("规则已变，原因见当时的记录。")
