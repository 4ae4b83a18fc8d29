"""What a person fills in about a grading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, FilesField, Words

MOST_WORDS = 2000
MOST_FIGURE = 40


class OpenGradingForm(forms.Form):
    """The year and the rule of a grading."""

    year = forms.IntegerField(label=_("评价年份"), min_value=2000, max_value=2100)
    rule = forms.ChoiceField(label=_("评价规则"))

    def __init__(self, *args: Any, rules: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = list(rules)  # type: ignore[attr-defined]


class GradingWhyForm(forms.Form):
    """A reason, where one is asked for, and the state that was looked at."""

    why = forms.CharField(
        label=_("原因"), required=False, max_length=MOST_WORDS, widget=Words(rows=2)
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class GradingFirmForm(forms.Form):
    """That a firm takes no part, or since when it produces."""

    exempt = forms.ChoiceField(label=_("不参评情形"), required=False)
    started_on = forms.DateField(label=_("投产日期"), required=False, widget=DayInput())
    why = forms.CharField(label=_("原因"), max_length=MOST_WORDS, widget=Words(rows=2))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kinds: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exempt"].choices = [("", _("参评")), *kinds]  # type: ignore[attr-defined]


class GradingObjectionForm(forms.Form):
    """What a firm, or somebody for it, holds against its grade; with what proves it."""

    about = forms.ChoiceField(label=_("哪个数"), required=False)
    claimed = forms.CharField(label=_("认为应是"), required=False, max_length=MOST_FIGURE)
    words = forms.CharField(label=_("异议理由"), max_length=MOST_WORDS, widget=Words(rows=4))
    evidence = FilesField(label=_("佐证材料"), required=False)

    def __init__(self, *args: Any, inputs: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [("", _("不针对某个数")), *inputs]  # type: ignore[attr-defined]


class GradingAnswerForm(forms.Form):
    """The office's answer to an objection."""

    move = forms.ChoiceField(
        label=_("结论"), choices=[("uphold", _("异议成立")), ("reject", _("异议不成立"))]
    )
    corrected = forms.CharField(
        label=_("更正为"), required=False, max_length=MOST_FIGURE,
        help_text=_("异议成立且针对某个数的，填更正后的数；系统随即重新计算，原结果保留。"),
    )  # fmt: skip
    reply = forms.CharField(label=_("答复"), max_length=MOST_WORDS, widget=Words(rows=4))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class GradingFileForm(forms.Form):
    """A table of figures of the firms, as a department gives it."""

    file = forms.FileField(label=_("Excel 或 CSV 文件"))
